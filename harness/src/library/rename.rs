//! The last step towards the smallest input: one scope renamed everywhere at once.
//!
//! Each scope of a generated input shrinks by itself, so where two of them have to be the same, neither can.

use std::collections::BTreeSet;

use serde_json::Value;

/// The names that a counterexample should have, the simplest first.
const SIMPLE: [&str; 12] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];

/// The inputs in which one scope has a simpler name, wherever it stands; the scopes in the order in which they stand.
///
/// Only scopes of the grammar are renamed: what is no scope may be what the law is about. And nothing is where a header or a token stands in the input, for the
/// law knows what these were made of.
pub(super) fn simpler(input: &Value) -> Vec<Value> {
    if ["header", "token"].iter().any(|made| input.get(*made).is_some()) {
        return Vec::new();
    }
    let mut names = Vec::new();
    collect(input, &mut names);
    let used: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let mut free = SIMPLE.iter().filter(|name| !used.contains(**name));
    let Some(simple) = free.next() else { return Vec::new() };
    let mut seen = BTreeSet::new();
    let longer = names.iter().filter(|name| !SIMPLE.contains(&name.as_str()) && seen.insert(name.as_str()));
    longer.map(|name| renamed(input, name, simple)).collect()
}

/// The scopes of an input: the elements of its lists, and the words of its texts.
fn collect(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::String(text) => names.extend(words(text).map(str::to_owned)),
        Value::Array(elements) => elements.iter().for_each(|element| collect(element, names)),
        Value::Object(members) => members.values().for_each(|member| collect(member, names)),
        _ => {}
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let legal = |word: &&str| word.bytes().all(|octet| matches!(octet, 0x21 | 0x23..=0x5b | 0x5d..=0x7e));
    text.split(' ').filter(|word| !word.is_empty()).filter(legal)
}

fn renamed(value: &Value, name: &str, simple: &str) -> Value {
    match value {
        Value::String(text) => {
            let words: Vec<&str> =
                text.split(' ').map(|word| if word == name { simple } else { word }).collect();
            Value::String(words.join(" "))
        }
        Value::Array(elements) => elements.iter().map(|element| renamed(element, name, simple)).collect(),
        Value::Object(members) => {
            members.iter().map(|(key, member)| (key.clone(), renamed(member, name, simple))).collect()
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_scope_is_renamed_wherever_it_stands() {
        let input = json!({ "first": ["read", "a"], "claims": { "scope": "read a x" } });
        let simpler = simpler(&input);
        assert_eq!(simpler.len(), 2);
        assert!(simpler.contains(&json!({ "first": ["b", "a"], "claims": { "scope": "b a x" } })));
        assert!(simpler.contains(&json!({ "first": ["read", "a"], "claims": { "scope": "read a b" } })));
    }

    #[test]
    fn what_the_law_may_be_about_stays() {
        assert_eq!(simpler(&json!({ "text": "a\tb" })), [] as [Value; 0]);
        assert_eq!(simpler(&json!({ "header": "Bearer scope=\"x\"", "scopes": ["x"] })), [] as [Value; 0]);
    }

    #[test]
    fn what_is_simple_stays() {
        assert_eq!(simpler(&json!({ "scopes": ["a", "b"], "interactive": true })), [] as [Value; 0]);
    }
}
