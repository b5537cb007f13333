//! The rules that an adapter keeps: a closed list, each with a case of its own.

/// What stands as `profile` of the contracts of the protocol. It is no profile that could be selected: every adapter is held to them.
pub const CONTRACTS: &str = "adapter";

/// A rule of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// As it is written in the `protocol` of a case.
    pub word: &'static str,
    /// What it demands, one sentence.
    pub sentence: &'static str,
}

const fn rule(word: &'static str, sentence: &'static str) -> Rule {
    Rule { word, sentence }
}

/// Every rule, in the order of a conversation.
pub const RULES: &[Rule] = &[
    rule(
        "hello",
        "the first line of an adapter announces its name, operations and dialect in the words of the protocol",
    ),
    rule(
        "lines",
        "standard output holds one JSON object a line, in UTF-8 and at most 16 MiB, and nothing else",
    ),
    rule("replies", "each call is answered once, under its own `seq`"),
    rule("members", "a reply holds exactly one of `ok`, `rejected`, `unsupported` and `crashed`, an object"),
    rule("time", "each call is answered within the limit"),
    rule("life", "an adapter lives until it is told `bye`"),
    rule("end", "after `bye` an adapter leaves by itself, with exit status 0"),
];

/// The rule of that word.
pub fn find_rule(word: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.word == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalog::Catalog, model::Word, protocol::POINTS};

    #[test]
    fn every_rule_and_every_point_has_one_case() {
        let catalog = Catalog::embedded().unwrap();
        let named = |of: fn(&crate::model::Case) -> Option<&Word>| {
            let mut words: Vec<String> = catalog
                .cases
                .values()
                .filter_map(|loaded| of(&loaded.case))
                .map(ToString::to_string)
                .collect();
            words.sort();
            words
        };
        let sorted = |mut words: Vec<&'static str>| {
            words.sort_unstable();
            words
        };
        let rules = named(|case| case.protocol.as_ref());
        assert_eq!(rules, sorted(RULES.iter().map(|rule| rule.word).collect()));
        let points = named(|case| case.dialect.as_ref());
        assert_eq!(points, sorted(POINTS.iter().map(|point| point.word).collect()));
    }
}
