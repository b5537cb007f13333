//! Names that nobody can have meant, with the nearest that there are: a misspelt operation would otherwise only be never called.

use scopecheck_scenarios::{
    nearest::did_you_mean,
    operations::{OPERATIONS, SEMANTICS},
    vocabulary,
};

/// Why this is no operation that a library can offer.
pub(super) fn of_operation(name: &str) -> Option<String> {
    let known =
        || OPERATIONS.iter().filter(|operation| !operation.reference_only).map(|operation| operation.word);
    unknown(&format!("there is no operation `{name}` in the protocol"), "operations", name, known)
}

/// Why this is no choice of a dialect.
pub(super) fn of_semantics(point: &str, value: &str) -> Option<String> {
    let Some((_, values, _)) = SEMANTICS.iter().find(|(known, ..)| *known == point) else {
        let sentence = format!("a dialect has no point `{point}`");
        return unknown(&sentence, "points", point, || SEMANTICS.iter().map(|(point, ..)| *point));
    };
    unknown(&format!("`{point}` has no value `{value}`"), "values", value, || values.iter().copied())
}

/// Why this is no profile.
pub(super) fn of_profile(name: &str) -> Option<String> {
    let sentence = format!("there is no profile `{name}`");
    unknown(&sentence, "profiles", name, || vocabulary::words(vocabulary::PROFILES))
}

/// The sentence, and what can be written instead, where a name is not known.
fn unknown<'a, I: Iterator<Item = &'a str>>(
    sentence: &str,
    kind: &str,
    name: &str,
    known: impl Fn() -> I,
) -> Option<String> {
    if known().any(|word| word == name) {
        return None;
    }
    let help = did_you_mean(name, known())
        .unwrap_or_else(|| format!("the {kind} are {}", known().collect::<Vec<_>>().join(", ")));
    Some(format!("{sentence}\nhelp: {help}"))
}
