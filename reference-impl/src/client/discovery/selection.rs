//! What to ask for at first (MCP 2025-11-25, Scope Selection Strategy).

/// The scopes of the initial request: those of the challenge, else all that the resource lists, else none, in which
/// case the parameter is left out. What the authorization server lists plays no part.
pub fn select_scopes(challenged: Option<&[String]>, listed: &[String]) -> Vec<String> {
    challenged.filter(|scopes| !scopes.is_empty()).unwrap_or(listed).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn the_challenge_outranks_the_list_and_the_list_outranks_nothing() {
        assert_eq!(select_scopes(Some(&list("a b")), &list("c")), list("a b"));
        assert_eq!(select_scopes(Some(&[]), &list("c")), list("c"));
        assert_eq!(select_scopes(None, &list("c d")), list("c d"));
        assert!(select_scopes(None, &[]).is_empty());
    }
}
