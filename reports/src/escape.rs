//! Making hostile text visible.
//!
//! Scope strings, headers and bodies come from the system under test, and a scope that hides half of itself from
//! the reader is exactly what this suite looks for. Every renderer passes such text through here. The exact text
//! stands in `results.json`; what is made here is for people.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Makes `text` safe to print on one line: whatever moves the cursor, changes colours, reverses the direction of
/// reading, breaks the line or cannot be seen becomes `\u{..}`.
///
/// ```
/// use scopecheck_reports::escape::line;
///
/// assert_eq!(line("read\u{1b}[2Jwrite"), "read\\u{1b}[2Jwrite");
/// assert_eq!(line("repo:read"), "repo:read");
/// ```
pub fn line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            _ if is_hostile(c) => {
                // Writing to a string cannot fail.
                let _ = write!(escaped, "\\u{{{:x}}}", u32::from(c));
            }
            _ => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// Makes `text` safe to print over several lines: like [`line()`], but a line break stays one.
pub fn block(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c != '\n' && is_hostile(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split('\n').map(line).collect::<Vec<_>>().join("\n"))
}

/// Makes JSON safe to look at: what [`line()`] would make visible becomes a `\\u` escape of JSON, so that the document
/// says the same and shows nothing false. A line break stays one.
pub(crate) fn json(document: String) -> String {
    // Outside its strings JSON has no such characters, and inside them every one may be written as an escape.
    let is_bare = |c: char| c != '\n' && is_hostile(c);
    if !document.chars().any(is_bare) {
        return document;
    }
    let mut escaped = String::with_capacity(document.len() + 16);
    for c in document.chars() {
        if is_bare(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// Whether a character must not reach a terminal, an XML file or an eye as it is.
fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // Invisible: soft hyphen, joiners, fillers, variation selectors, tags.
            '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
            // The direction of reading.
            | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            // Spaces that are not the space, and further line breaks.
            | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}'
            | '\u{3000}'
            // No characters at all; XML refuses them.
            | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_is_left_alone_and_not_copied() {
        for text in
            ["", "repo:read", "a b", r#"--data 'scope=a\b "c"'"#, "Prüfung 検査 🙂", "https://x/?a=%20"]
        {
            assert!(matches!(line(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn what_can_hide_or_move_text_becomes_visible() {
        insta::assert_snapshot!(line("a\u{1b}[31mred\u{1b}[0m"), @r"a\u{1b}[31mred\u{1b}[0m");
        insta::assert_snapshot!(line("read\u{202e}etirw"), @r"read\u{202e}etirw");
        insta::assert_snapshot!(line("ad\u{200b}min"), @r"ad\u{200b}min");
        insta::assert_snapshot!(line("a\u{a0}b"), @r"a\u{a0}b");
        insta::assert_snapshot!(line("a\0b\u{9b}c\u{7f}"), @r"a\u{0}b\u{9b}c\u{7f}");
        insta::assert_snapshot!(line("one\ntwo\tthree\r"), @r"one\ntwo\tthree\r");
        insta::assert_snapshot!(line("x\u{ffff}\u{e0041}"), @r"x\u{ffff}\u{e0041}");
    }

    #[test]
    fn a_block_keeps_its_line_breaks_and_nothing_else() {
        insta::assert_snapshot!(block("[[expected]]\n\tcase = \"a\u{7}\""), @r#"
        [[expected]]
        \tcase = "a\u{7}"
        "#);
        assert!(matches!(block("a\nb"), Cow::Borrowed("a\nb")));
    }

    #[test]
    fn json_says_the_same_after_it_is_made_safe() {
        let value = serde_json::json!({ "a\u{9b}b": ["\u{202e}", "\u{e0041}", "\u{7f}", "\n", "é🙂"] });
        let document = json(serde_json::to_string_pretty(&value).unwrap());
        assert!(!document.chars().any(|c| c != '\n' && is_hostile(c)), "{document}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&document).unwrap(), value);
    }

    #[test]
    fn no_character_at_all_gets_through_as_a_control_or_a_change_of_direction() {
        for c in '\0'..=char::MAX {
            let escaped = line(c.encode_utf8(&mut [0; 4])).into_owned();
            assert!(!escaped.chars().any(is_hostile), "{:x}", u32::from(c));
        }
    }
}
