//! Text from a peer, made fit to be shown.

/// The longest text of a peer that is shown, in characters.
const LONGEST: usize = 300;

/// Text from a peer as one line: control characters and what hides or reorders text become escapes, and what is long
/// is cut.
pub(super) fn shown(text: &str) -> String {
    let mut out = String::new();
    for (index, character) in text.chars().enumerate() {
        if index == LONGEST {
            out.push_str("...");
            break;
        }
        if is_plain(character) {
            out.push(character);
        } else {
            out.extend(character.escape_unicode());
        }
    }
    out
}

/// Several texts of a peer, separated by `, `.
pub(super) fn shown_list<S: AsRef<str>>(texts: &[S]) -> String {
    texts.iter().map(|text| shown(text.as_ref())).collect::<Vec<_>>().join(", ")
}

/// Whether a character may go to a terminal as it is. What Rust would escape in a debug text is not, but quotes are.
fn is_plain(character: char) -> bool {
    matches!(character, '"' | '\'' | '\\')
        || (character.escape_debug().len() == 1
            && !matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_peer_steers_a_terminal() {
        assert_eq!(shown("a\u{1b}[2J\r\nb"), r"a\u{1b}[2J\u{d}\u{a}b");
        assert_eq!(shown("x\u{202e}y\u{200b}"), r"x\u{202e}y\u{200b}");
        assert_eq!(shown(r#"say "no" \ é"#), r#"say "no" \ é"#);
    }

    #[test]
    fn what_is_long_is_cut() {
        assert_eq!(shown(&"a".repeat(1000)).len(), LONGEST + 3);
    }
}
