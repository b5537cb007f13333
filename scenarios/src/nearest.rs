//! The words nearest to a mistyped one, for every suggestion that Scopecheck makes.

/// How many edits still make a suggestion: one in three characters, but always two.
fn reach(word: &str) -> usize {
    (word.chars().count() / 3).max(2)
}

/// At most `most` of the candidates, nearest first; empty where none is near.
///
/// Near is: few edits away, or one contains the other (`oidc` and `targets/oidc-provider`), letters' case aside.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    let wanted = word.to_lowercase();
    let reach = reach(&wanted);
    let mut near: Vec<(usize, &str)> = candidates
        .filter_map(|candidate| {
            let lower = candidate.to_lowercase();
            let edits = strsim::osa_distance(&wanted, &lower);
            let contained = wanted.len() >= 3
                && (lower.contains(&wanted) || (lower.len() >= 3 && wanted.contains(&lower)));
            // A contained word is a worse guess than a mistyped one, whatever its length.
            if edits <= reach && edits < wanted.chars().count() {
                Some((edits, candidate))
            } else if contained {
                Some((reach + 1 + lower.len().abs_diff(wanted.len()), candidate))
            } else {
                None
            }
        })
        .collect();
    near.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(b.1)));
    near.dedup_by(|a, b| a.1 == b.1);
    near.into_iter().take(most).map(|(_, candidate)| candidate).collect()
}

/// `did you mean `a` or `b`?`, if anything is near.
pub fn did_you_mean<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    let near: Vec<String> =
        nearest(word, candidates, 3).into_iter().map(|word| format!("`{word}`")).collect();
    (!near.is_empty()).then(|| format!("did you mean {}?", any_of(&near)))
}

/// `a`, `a or b`, `a, b or c`.
pub(crate) fn any_of(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} or {last}", head.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [&str; 5] = ["refresh", "register", "revoke", "read", "targets/oidc-provider"];

    #[test]
    fn the_nearest_word_comes_first() {
        assert_eq!(nearest("refersh", WORDS.into_iter(), 3), ["refresh"]);
        assert_eq!(nearest("Revok", WORDS.into_iter(), 3), ["revoke"]);
        assert_eq!(nearest("oidc", WORDS.into_iter(), 3), ["targets/oidc-provider"]);
    }

    #[test]
    fn nothing_near_gives_no_suggestion() {
        assert!(nearest("zzzzzz", WORDS.into_iter(), 3).is_empty());
        assert!(nearest("x", WORDS.into_iter(), 3).is_empty());
        assert_eq!(did_you_mean("zzzzzz", WORDS.into_iter()), None);
    }

    #[test]
    fn suggestions_are_one_sentence() {
        insta::assert_snapshot!(did_you_mean("rea", ["read", "real", "ready"].into_iter()).unwrap(), @"did you mean `read`, `real` or `ready`?");
    }
}
