//! What a library declares of its dialect, and what that means for its users.

use scopecheck_reports::{Difference, Grade, Witness};
use scopecheck_scenarios::{
    operations::SEMANTICS,
    protocol::{Point, find_point},
};

use super::Hello;
use crate::judge::Judged;

/// The verdict on a point of the dialect: a declared value other than the strict one costs a warning.
///
/// Whether the library does what it declares is for the vectors and laws to say.
pub(super) fn judge(word: &str, hello: &Hello) -> Judged {
    let strict =
        SEMANTICS.iter().find(|(known, ..)| *known == word).and_then(|(_, values, _)| values.first());
    let Some((point, strict)) = find_point(word).zip(strict) else {
        return Judged::plain(Grade::Error, format!("no deviation of a dialect is about `{word}`"));
    };
    if !point.ops.iter().any(|op| hello.offers(op)) {
        return Judged::plain(Grade::NotApplicable, none_of(point));
    }
    let declared = hello.semantics.declared(word);
    let told = match declared {
        Some(value) => format!("it declares `{word} = {value}`"),
        None => format!("it declares nothing, so it is held to `{word} = {strict}`"),
    };
    let witness = Some(Witness {
        event: "answered".to_owned(),
        step: "hello".to_owned(),
        exchange: None,
        detail: told.clone(),
    });
    match declared.and_then(|value| Some((value, point.meaning(value)?))) {
        Some((value, meaning)) => Judged {
            difference: Some(Difference {
                expected: format!("{word} = {strict}"),
                actual: format!("{word} = {value}"),
                missing: Vec::new(),
                extra: Vec::new(),
            }),
            witness,
            ..Judged::plain(Grade::Warn, format!("{told}: {meaning}"))
        },
        None => Judged { witness, ..Judged::plain(Grade::Pass, told) },
    }
}

fn none_of(point: &Point) -> String {
    let ops: Vec<String> = point.ops.iter().map(|op| format!("`{op}`")).collect();
    format!("the library offers none of the operations that this is about: {}", ops.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(word: &str, operations: &[&str], declared: &[(&str, &str)]) -> String {
        let hello = Hello {
            operations: operations.iter().map(|op| (*op).to_owned()).collect(),
            semantics: declared.iter().copied().collect(),
            ..Hello::default()
        };
        let judged = judge(word, &hello);
        format!("{}: {}", judged.grade, judged.message)
    }

    #[test]
    fn a_declared_deviation_warns_and_says_what_it_means() {
        insta::assert_snapshot!(told("separators", &["parse"], &[("separators", "whitespace")]));
        insta::assert_snapshot!(told("claims", &["token"], &[("claims", "merge")]), @"warn: it declares `claims = merge`: where `scope` and `scp` differ, both count: a token is read as more than either of its claims states");
    }

    #[test]
    fn the_strict_value_costs_nothing_declared_or_not() {
        insta::assert_snapshot!(told("matching", &["covers"], &[("matching", "exact")]), @"pass: it declares `matching = exact`");
        insta::assert_snapshot!(told("matching", &["covers"], &[("claims", "merge")]), @"pass: it declares nothing, so it is held to `matching = exact`");
    }

    #[test]
    fn a_library_without_the_operations_has_nothing_to_declare() {
        insta::assert_snapshot!(told("claims", &["parse"], &[("claims", "merge")]), @"n/a: the library offers none of the operations that this is about: `claims`, `token`, `ensure_granted`");
        insta::assert_snapshot!(told("order", &["parse"], &[]), @"error: no deviation of a dialect is about `order`");
    }
}
