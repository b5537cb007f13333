//! Inputs of the benches, and the peers that the reference is measured beside.

/// A list of so many scopes as they occur: tools, URLs and short words.
pub fn scopes(count: usize) -> Vec<String> {
    (0..count)
        .map(|number| match number % 3 {
            0 => format!("mcp:tool-{number}:read"),
            1 => format!("https://api.example.com/auth/scope.{number}"),
            _ => format!("repo{number}"),
        })
        .collect()
}

/// A list that shares half of its scopes with [`scopes`].
pub fn half_shared(count: usize) -> Vec<String> {
    scopes(count + count / 2).split_off(count / 2)
}

/// The union as it is written first: every scope is looked for in the list so far.
pub fn naive_union<'a>(first: &'a [String], second: &'a [String]) -> Vec<&'a str> {
    let mut union: Vec<&str> = Vec::new();
    for scope in first.iter().chain(second) {
        if !union.contains(&scope.as_str()) {
            union.push(scope);
        }
    }
    union
}

/// The same, with a copy of every scope.
pub fn naive_union_owned(first: &[String], second: &[String]) -> Vec<String> {
    let mut union: Vec<String> = Vec::new();
    for scope in first.iter().chain(second) {
        if !union.contains(scope) {
            union.push(scope.clone());
        }
    }
    union
}

/// The peer's reader of a `scope` string; `None` where it refuses.
pub fn oxide_auth_parse(text: &str) -> Option<oxide_auth::primitives::scope::Scope> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use scopecheck_reference::scope::{distinct_scopes, union_scopes};

    use super::*;

    #[test]
    fn the_peers_do_the_same_work() {
        let (first, second) = (scopes(50), half_shared(50));
        assert_eq!(naive_union(&first, &second), distinct_scopes(&[&first, &second]));
        assert_eq!(naive_union_owned(&first, &second), union_scopes(&first, &second));
        assert!(oxide_auth_parse(&first.join(" ")).is_some());
    }
}
