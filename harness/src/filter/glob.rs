//! Patterns with `*` and `?`.

use std::fmt;

/// A pattern: `*` stands for any run of characters, `?` for exactly one. Letter case does not matter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Glob {
    pattern: String,
    folded: Vec<char>,
}

impl Glob {
    /// Makes a pattern of any text; there is no invalid one.
    pub fn new(pattern: impl Into<String>) -> Self {
        let pattern = pattern.into();
        let folded = pattern.chars().flat_map(char::to_lowercase).collect();
        Self { pattern, folded }
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.pattern
    }

    /// Whether the pattern is a plain name, without `*` and `?`.
    pub fn is_literal(&self) -> bool {
        !self.pattern.contains(['*', '?'])
    }

    /// Whether the whole of `text` fits the pattern.
    pub fn matches(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
        let (mut at, mut within) = (0, 0);
        // Where to resume when what follows the last `*` does not fit: one character of `text` further.
        let mut resume: Option<(usize, usize)> = None;
        while within < text.len() {
            match self.folded.get(at) {
                Some('*') => {
                    resume = Some((at, within));
                    at += 1;
                }
                Some(&wanted) if wanted == '?' || wanted == text[within] => {
                    at += 1;
                    within += 1;
                }
                _ => match &mut resume {
                    Some((star, from)) => {
                        *from += 1;
                        at = *star + 1;
                        within = *from;
                    }
                    None => return false,
                },
            }
        }
        self.folded[at..].iter().all(|rest| *rest == '*')
    }
}

impl fmt::Display for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.pattern)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_run_and_a_question_mark_for_one_character() {
        for (pattern, text, fits) in [
            ("server/refresh/*", "server/refresh/scope-parameter", true),
            ("server/refresh/*", "server/register/echo", false),
            ("*refresh*", "server/refresh/scope-parameter", true),
            ("*ab*ab", "abxabab", true),
            ("*ab*ab", "abxaba", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("a?c", "aéc", true),
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("**", "anything", true),
            ("a*", "", false),
            ("RFC6749-*", "rfc6749-6-1", true),
        ] {
            assert_eq!(Glob::new(pattern).matches(text), fits, "{pattern} on {text}");
        }
    }

    #[test]
    fn many_stars_do_not_cost_exponential_time() {
        assert!(!Glob::new("*a".repeat(200) + "b").matches(&"a".repeat(2_000)));
    }
}
