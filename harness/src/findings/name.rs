//! What a finding is called.

use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// The longest part of a name that comes from the library: a file name has to hold the law and the number as well.
const LONGEST: usize = 40;

/// The name of a finding: the library, the law, and twelve hex digits over the law and the input.
pub(super) fn name(library: &str, law: &str, input: &Value) -> String {
    let mut hash = Sha256::new();
    hash.update(law.as_bytes());
    hash.update([0]);
    hash.update(input.to_string().as_bytes());
    let digits =
        hash.finalize().iter().take(6).fold(String::new(), |text, octet| text + &format!("{octet:02x}"));
    format!("{}-{law}-{digits}", plain(library))
}

/// A library's name as a part of a file name. The library chose it, so nothing of it but letters and digits is trusted.
fn plain(library: &str) -> String {
    let mut plain = String::new();
    for c in library.chars() {
        if plain.len() == LONGEST {
            break;
        }
        if c.is_ascii_alphanumeric() {
            plain.push(c.to_ascii_lowercase());
        } else if !plain.is_empty() && !plain.ends_with('-') {
            plain.push('-');
        }
    }
    let plain = plain.trim_end_matches('-');
    if plain.is_empty() { "library".to_owned() } else { plain.to_owned() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_name_says_whose_finding_it_is_and_of_which_law() {
        let input = json!({ "first": ["a"], "second": [] });
        insta::assert_snapshot!(name("oauthlib", "union-exact", &input), @"oauthlib-union-exact-5c7f0032815f");
        assert_ne!(name("oauthlib", "union-exact", &input), name("oauthlib", "union-exact", &json!({})));
    }

    #[test]
    fn a_library_cannot_name_a_file_elsewhere() {
        for (hostile, safe) in [
            ("../x", "x"),
            ("@modelcontextprotocol/sdk", "modelcontextprotocol-sdk"),
            ("/etc/passwd", "etc-passwd"),
            ("..", "library"),
            ("", "library"),
            ("C:\\x\0\n\u{202e}y", "c-x-y"),
            ("Ünïcode", "n-code"),
        ] {
            assert_eq!(plain(hostile), safe, "{hostile:?}");
        }
        assert_eq!(plain(&"x".repeat(10_000)).len(), LONGEST);
    }
}
