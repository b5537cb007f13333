//! The words of an error that a process ended with.

/// The words, without the punctuation around them: a program may name scopes in whichever sentence it likes, and the URL of a login has the scopes
/// in it.
pub(crate) fn told(stderr: &str) -> Vec<&str> {
    words(error_lines(stderr))
}

/// The same of a program that is known to have failed: where no line begins with `error`, its last line is what it says.
pub(crate) fn told_of_failure(stderr: &str) -> Vec<&str> {
    let lines = error_lines(stderr);
    let last = || stderr.lines().rfind(|line| !line.trim().is_empty()).into_iter().collect();
    words(if lines.is_empty() { last() } else { lines })
}

fn words(lines: Vec<&str>) -> Vec<&str> {
    let words =
        lines.into_iter().flat_map(|line| line.split([' ', '"', '\'', '`', ',', ';', '(', ')', '{', '}']));
    let bare = words.map(|word| word.trim_matches(['.', ':', '!', '?', '\\']));
    bare.filter(|word| !word.is_empty() && !word.contains("://")).collect()
}

/// The lines of the error: it begins with the last line that begins with `error`; what stands above it is talk.
pub(crate) fn error_lines(stderr: &str) -> Vec<&str> {
    let lines: Vec<&str> = stderr.lines().collect();
    let is_error = |line: &&str| line.trim_start_matches([' ', '"']).to_lowercase().starts_with("error");
    lines.iter().rposition(is_error).map_or_else(Vec::new, |at| lines[at..].to_vec())
}

#[cfg(test)]
mod tests {
    use super::{told, told_of_failure};

    #[test]
    fn an_error_is_told_from_its_last_beginning_on() {
        assert_eq!(
            told("asked for `a b`\nerror: not granted: `b`, `c`.\n"),
            ["error", "not", "granted", "b", "c"]
        );
        let json = "visit http://x/?scope=a\n{\n  \"error\": {\n    \"message\": \"for \\\"dev\\\": a:b, c\"\n  }\n}\n";
        assert_eq!(told(json), ["error", "message", "for", "dev", "a:b", "c"]);
        assert!(told("logged in, granted `a`\n").is_empty());
    }

    #[test]
    fn who_has_failed_says_so_in_the_last_line_whatever_it_begins_with() {
        assert_eq!(
            told_of_failure("asked for `a b`\ntoken endpoint: 400 invalid_grant\n\n"),
            ["token", "endpoint", "400", "invalid_grant"]
        );
        assert_eq!(told_of_failure("error: no `b`\nbye\n"), ["error", "no", "b", "bye"]);
        assert!(told_of_failure("").is_empty());
    }
}
