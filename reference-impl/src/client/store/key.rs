//! The names under which a store keeps its entries.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::Url;

use super::StoreError;

/// Kept as they are; everything else is percent-encoded, so that two names never meet in one file (TOK-10).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// The same without the dot, at which no name may end.
const ENCODED_REST: &AsciiSet = &ENCODED.add(b'.');

/// Names that some system takes for a device.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// What kind of entry it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Drawer {
    /// The tokens for a resource.
    Credentials,
    /// The registration at an authorization server.
    Clients,
}

impl Drawer {
    /// The folder of the file store.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Credentials => "credentials",
            Self::Clients => "clients",
        }
    }
}

/// The name of an entry: a drawer, and two parts which are kept apart (TOK-10).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StoreKey {
    drawer: Drawer,
    provider: String,
    environment: String,
}

impl StoreKey {
    /// A key of two parts, neither of which may leave the folder.
    pub fn new(drawer: Drawer, provider: &str, environment: &str) -> Result<Self, StoreError> {
        check(provider)?;
        check(environment)?;
        Ok(Self { drawer, provider: provider.to_owned(), environment: environment.to_owned() })
    }

    /// The key of an absolute URL: its origin, and all that follows.
    pub fn of_url(drawer: Drawer, url: &Url) -> Result<Self, StoreError> {
        let origin = url.origin().ascii_serialization();
        let rest = url.as_str().get(origin.len()..).filter(|rest| !rest.is_empty()).unwrap_or("/");
        let encoded = |text: &str, set| utf8_percent_encode(text, set).to_string();
        Self::new(drawer, &encoded(&origin, ENCODED), &encoded(rest, ENCODED_REST))
    }

    /// The kind of entry.
    pub const fn drawer(&self) -> Drawer {
        self.drawer
    }

    /// The first part.
    pub fn provider(&self) -> &str {
        &self.provider
    }

    /// The second part.
    pub fn environment(&self) -> &str {
        &self.environment
    }

    /// The URL that the key was made of; another key gives a text that is none.
    pub fn url(&self) -> String {
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let (origin, rest) = (decoded(&self.provider), decoded(&self.environment));
        if rest == "/" { origin } else { format!("{origin}{rest}") }
    }
}

/// Refuses what could leave the folder, or what some system cannot keep.
fn check(part: &str) -> Result<(), StoreError> {
    let refused = |why| Err(StoreError::Key { part: part.to_owned(), why });
    let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_port = |name: &str| {
        let number = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
        number.is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9']))
    };
    if part.is_empty() {
        return refused("it is empty");
    }
    if part.starts_with('.') {
        return refused("it begins with a dot");
    }
    if part.ends_with(['.', ' ']) {
        return refused("it ends with a dot or a space");
    }
    if part.chars().any(|c| c.is_control() || "/\\:*?\"<>|".contains(c)) {
        return refused("it holds a character that a file name cannot have");
    }
    if DEVICES.contains(&stem.as_str()) || is_port(&stem) {
        return refused("some systems take it for a device");
    }
    if part.len() > 200 {
        return refused("it is longer than 200 bytes");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(provider: &str, environment: &str) -> Result<StoreKey, StoreError> {
        StoreKey::new(Drawer::Credentials, provider, environment)
    }

    #[test]
    fn what_could_leave_the_folder_is_refused() {
        for part in [
            "", ".", "..", ".hidden", "a/b", "a\\b", "a\0", "a\n", "nul", "NUL.txt", "com1", "a.", "a ",
            "a:b",
        ] {
            assert!(key(part, "dev").is_err(), "{part:?}");
            assert!(key("app", part).is_err(), "{part:?}");
        }
        for part in ["dev", "a-b", "a.b", "com", "console", "é"] {
            assert!(key(part, part).is_ok(), "{part:?}");
        }
    }

    #[test]
    fn two_parts_that_read_alike_when_joined_are_two_keys() {
        assert_ne!(key("a-b", "c").unwrap(), key("a", "b-c").unwrap());
    }

    #[test]
    fn the_key_of_a_url_gives_the_url_back() {
        for text in ["http://127.0.0.1:8080", "https://example.com/mcp?x=%2F..", "http://[::1]:9/a/b"] {
            let url = Url::parse(text).unwrap();
            assert_eq!(StoreKey::of_url(Drawer::Credentials, &url).unwrap().url(), text);
        }
        let (one, other) =
            (Url::parse("https://a.example/b/c").unwrap(), Url::parse("https://a.example/b%2Fc").unwrap());
        let of = |url| StoreKey::of_url(Drawer::Clients, url).unwrap();
        assert_ne!(of(&one), of(&other));
    }

    #[test]
    fn an_error_says_what_to_do() {
        insta::assert_snapshot!(key("..", "dev").unwrap_err(), @"`..` cannot be the name of an entry of the store: it begins with a dot; choose another");
    }
}
