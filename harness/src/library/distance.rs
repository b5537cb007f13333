//! How far an answer is from the expected one: order and duplicates of a list weigh less than its members.

use serde_json::{Map, Value};

use super::Semantics;
use crate::judge::{Scopes, keeps_grammar};

/// In what an answer differs from the expected one, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Distance {
    /// In nothing.
    Same,
    /// In the order of a list.
    Order,
    /// In how often a member of a list is repeated (and perhaps in the order).
    Duplicates,
    /// In what it says.
    Different,
}

impl Distance {
    /// How far two JSON values are apart. Members of objects have no order; lists of strings are compared as lists of scopes.
    pub(super) fn between(expected: &Value, actual: &Value) -> Self {
        match (expected, actual) {
            (Value::Object(expected), Value::Object(actual)) => Self::of_objects(expected, actual),
            (Value::Array(one), Value::Array(other)) if one != other => {
                match (strings(one), strings(other)) {
                    (Some(one), Some(other)) => Self::of_lists(&one, &other),
                    _ => Self::Different,
                }
            }
            _ if expected == actual => Self::Same,
            _ => Self::Different,
        }
    }

    /// A member that is null says the same as one that is absent ("`error` or null").
    fn of_objects(expected: &Map<String, Value>, actual: &Map<String, Value>) -> Self {
        let absent = Value::Null;
        let names = expected.keys().chain(actual.keys().filter(|name| !expected.contains_key(*name)));
        let members = names.map(|name| {
            let (one, other) = (expected.get(name).unwrap_or(&absent), actual.get(name).unwrap_or(&absent));
            if name == "text" { Self::of_texts(one, other) } else { Self::between(one, other) }
        });
        members.max().unwrap_or(Self::Same)
    }

    /// The text of a list is a list as long as both keep the grammar.
    fn of_texts(expected: &Value, actual: &Value) -> Self {
        match (expected.as_str(), actual.as_str()) {
            _ if expected == actual => Self::Same,
            (Some(one), Some(other)) if keeps_grammar(one) && keeps_grammar(other) => {
                Self::of_lists(&one.split(' ').collect::<Vec<_>>(), &other.split(' ').collect::<Vec<_>>())
            }
            _ => Self::Different,
        }
    }

    fn of_lists(one: &[&str], other: &[&str]) -> Self {
        if one == other {
            return Self::Same;
        }
        let set = |list: &[&str]| Scopes::collect(list.iter().copied());
        if !set(one).same(&set(other)) {
            return Self::Different;
        }
        let sorted = |list: &[&str]| {
            let mut list = list.to_vec();
            list.sort_unstable();
            list.into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        if sorted(one) == sorted(other) { Self::Order } else { Self::Duplicates }
    }

    /// Whether the library has said that it makes no point of what differs.
    pub(super) fn is_declared(self, semantics: &Semantics) -> bool {
        let any_order = semantics.declared("order") == Some("any");
        match self {
            Self::Same => true,
            Self::Order => any_order,
            Self::Duplicates => semantics.declared("duplicates") == Some("keep"),
            Self::Different => false,
        }
    }

    /// Whether the library has promised what is broken here; what it has not promised costs a warning.
    pub(super) fn is_promised(self, semantics: &Semantics) -> bool {
        match self {
            Self::Same | Self::Different => true,
            Self::Order => semantics.declared("order") == Some("kept"),
            Self::Duplicates => semantics.declared("duplicates") == Some("first"),
        }
    }
}

/// The list, if it holds strings and nothing else.
pub(super) fn strings(list: &[Value]) -> Option<Vec<&str>> {
    list.iter().map(Value::as_str).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn order_and_duplicates_weigh_less_than_members() {
        let of = |expected, actual| Distance::between(&expected, &actual);
        assert_eq!(of(json!({"scopes": ["a", "b"]}), json!({"scopes": ["a", "b"]})), Distance::Same);
        assert_eq!(of(json!({"scopes": ["a", "b"]}), json!({"scopes": ["b", "a"]})), Distance::Order);
        assert_eq!(
            of(json!({"scopes": ["a", "b"]}), json!({"scopes": ["b", "a", "b"]})),
            Distance::Duplicates
        );
        assert_eq!(of(json!({"scopes": ["a", "b"]}), json!({"scopes": ["a"]})), Distance::Different);
        assert_eq!(of(json!({"scopes": ["a"]}), json!({"scopes": ["A"]})), Distance::Different);
        assert_eq!(of(json!({"scopes": []}), json!({"scopes": [1]})), Distance::Different);
        assert_eq!(
            of(json!({"missing": [], "covered": true}), json!({"covered": true, "missing": []})),
            Distance::Same
        );
        assert_eq!(
            of(json!({"covered": true}), json!({"covered": true, "missing": []})),
            Distance::Different
        );
        assert_eq!(of(json!({"scopes": [], "error": null}), json!({"scopes": []})), Distance::Same);
        assert_eq!(of(json!({"scopes": []}), json!({"scopes": [], "error": "x"})), Distance::Different);
    }

    #[test]
    fn a_text_is_a_list_only_while_it_keeps_the_grammar() {
        let of = |expected, actual| Distance::between(&json!({"text": expected}), &json!({"text": actual}));
        assert_eq!(of("a b", "b a"), Distance::Order);
        assert_eq!(of("a b", "a b "), Distance::Different);
        assert_eq!(of("a b", "a  b"), Distance::Different);
        assert_eq!(of("", " "), Distance::Different);
    }

    #[test]
    fn a_declaration_excuses_what_it_names_and_nothing_else() {
        let keep: Semantics = [("duplicates", "keep")].into_iter().collect();
        assert!(Distance::Duplicates.is_declared(&keep));
        assert!(!Distance::Order.is_declared(&keep));
        let any: Semantics = [("order", "any")].into_iter().collect();
        assert!(Distance::Order.is_declared(&any));
        assert!(!Distance::Different.is_declared(&any));
    }
}
