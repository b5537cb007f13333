//! Command lines as a person types them.

/// A word for a shell, in quotes where it needs them.
pub(crate) fn quoted(word: &str) -> String {
    let plain =
        !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "-._~:/@%+=,".contains(c));
    if plain { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

/// A command with a further flag. What stands behind ` -- ` stays the last.
pub(crate) fn with_flag(command: &str, flag: &str) -> String {
    match command.split_once(" -- ") {
        Some((command, subject)) => format!("{command} {flag} -- {subject}"),
        None => format!("{command} {flag}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_where_a_shell_would_take_them_apart() {
        assert_eq!(["a-b.py", "", "it's", "a b"].map(quoted), ["a-b.py", "''", r"'it'\''s'", "'a b'"]);
    }

    #[test]
    fn a_flag_stands_before_the_command_of_the_subject() {
        assert_eq!(with_flag("scopecheck library -- ./a -- b", "-v"), "scopecheck library -v -- ./a -- b");
        assert_eq!(with_flag("scopecheck", "-v"), "scopecheck -v");
    }
}
