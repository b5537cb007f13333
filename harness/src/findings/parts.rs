//! How much of a subject's text goes into a file: a subject chooses how long its answers are.

use serde_json::Value;

/// The most of one value or text that is stored, in bytes.
pub(super) const MOST: usize = 64 * 1024;

/// A value, or the beginning of its JSON text as a string where that is too long; and whether it was cut.
pub(super) fn value(value: &Value) -> (Value, bool) {
    match cut(&value.to_string(), MOST) {
        Some(beginning) => (Value::String(beginning), true),
        None => (value.clone(), false),
    }
}

/// A text, or its beginning where it is too long; and whether it was cut.
pub(super) fn text(text: &str) -> (String, bool) {
    match cut(text, MOST) {
        Some(beginning) => (beginning, true),
        None => (text.to_owned(), false),
    }
}

/// A text that is meant to be short, such as a name.
pub(super) fn short(text: &str) -> String {
    const SHORT: usize = 256;
    cut(text, SHORT).unwrap_or_else(|| text.to_owned())
}

/// The beginning of a text that is longer than this, with its whole length; `None` where it is not.
fn cut(text: &str, most: usize) -> Option<String> {
    (text.len() > most).then(|| {
        let beginning = text.get(..text.floor_char_boundary(most)).unwrap_or_default();
        format!("{beginning} ... ({} bytes)", text.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_cut_between_two_characters_and_says_how_long_it_was() {
        assert_eq!(text(&"x".repeat(MOST)), ("x".repeat(MOST), false));
        // An odd number of bytes of two-byte characters cannot be cut at the limit itself.
        let (beginning, cut) = text(&format!("x{}", "é".repeat(MOST / 2)));
        assert!(cut && beginning.ends_with("é ... (65537 bytes)"), "{}", &beginning[beginning.len() - 40..]);
        assert!(value(&Value::from("x".repeat(MOST))).1, "with its quotes it is longer");
        assert_eq!(short(&"x".repeat(300)).len(), 256 + " ... (300 bytes)".len());
    }
}
