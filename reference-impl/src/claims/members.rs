//! The members of a JSON object as they came, duplicates and order included.

use std::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::{Map, Value};

/// The members of a JSON object in their order. A name may stand there more than once: a map would keep the last and
/// tell nobody.
#[derive(Clone, Default, PartialEq)]
pub struct Members {
    pairs: Vec<(String, Value)>,
}

impl Members {
    /// Reads the text of a JSON object. The error is that of the JSON reader: it tells line and column, and comes for
    /// whatever is no object, is nested 128 levels deep or more, or holds a number or an escape that cannot be kept.
    pub fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The last member of that name. RFC 7519 section 4 asks for the last where duplicates are not refused. Names are
    /// equal byte for byte: `Scope` is not `scope`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.pairs.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// How often the name occurs.
    pub fn count(&self, name: &str) -> usize {
        self.pairs.iter().filter(|(key, _)| key == name).count()
    }

    /// The members in order, duplicates included.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

/// Names only: a value may be a secret.
impl fmt::Debug for Members {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.pairs.iter().map(|(name, _)| name)).finish()
    }
}

impl From<&Map<String, Value>> for Members {
    fn from(map: &Map<String, Value>) -> Self {
        Self { pairs: map.iter().map(|(name, value)| (name.clone(), value.clone())).collect() }
    }
}

impl From<Map<String, Value>> for Members {
    fn from(map: Map<String, Value>) -> Self {
        Self { pairs: map.into_iter().collect() }
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Members, A::Error>
    where
        A::Error: de::Error,
    {
        let mut pairs = Vec::new();
        while let Some(pair) = access.next_entry()? {
            pairs.push(pair);
        }
        Ok(Members { pairs })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_is_kept_and_the_last_of_a_name_counts() {
        let members = Members::read(r#"{"scope":"a","sub":"u","scope":"a admin"}"#).unwrap();
        assert_eq!(members.count("scope"), 2);
        assert_eq!(members.get("scope").unwrap(), "a admin");
        assert_eq!(members.get("Scope"), None);
        assert_eq!(members.iter().len(), 3);
    }

    #[test]
    fn a_map_gives_its_members_in_their_order() {
        let map = serde_json::from_str::<Map<String, Value>>(r#"{"scope":"a","sub":"u"}"#).unwrap();
        for members in [Members::from(&map), Members::from(map.clone())] {
            assert_eq!(members, Members::read(r#"{"scope":"a","sub":"u"}"#).unwrap());
            assert!(!members.is_empty());
        }
        assert!(Members::from(Map::new()).is_empty());
    }

    #[test]
    fn only_an_object_has_members() {
        for text in
            ["[]", "1", "null", "\"a\"", "{} x", "", "\u{feff}{}", r#"{"a":1e999}"#, r#"{"a":"\ud800"}"#]
        {
            assert!(Members::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_depth_is_bounded() {
        let nested =
            |levels: usize| format!("{{\"a\":{}{}}}", "[".repeat(levels - 1), "]".repeat(levels - 1));
        assert!(Members::read(&nested(127)).is_ok());
        assert!(Members::read(&nested(128)).is_err());
        assert!(Members::read(&nested(100_000)).is_err());
    }

    #[test]
    fn debugging_shows_names_and_no_values() {
        let members = Members::read(r#"{"sub":"secret"}"#).unwrap();
        assert_eq!(format!("{members:?}"), r#"{"sub"}"#);
    }
}
