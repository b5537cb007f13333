//! Numbers and lines in text.

/// `1 case`, `2 cases`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// Each text on a line of its own.
pub(crate) fn lines<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> String {
    let mut lines = String::new();
    for text in texts {
        lines.push_str(text.as_ref());
        lines.push('\n');
    }
    lines
}
