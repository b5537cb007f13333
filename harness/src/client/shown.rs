//! What a client shows on standard output.

use serde_json::{Deserializer, Value};

/// The scopes that a client shows as granted: what the members `scopes` of its output say, at any depth, in lists or in strings with a space between
/// two. Nothing if the output is no JSON, or has no such member.
pub(super) fn scopes(stdout: &[u8]) -> Option<Value> {
    let documents: Vec<Value> =
        Deserializer::from_slice(stdout).into_iter().collect::<Result<_, _>>().ok()?;
    let mut found: Option<Vec<String>> = None;
    for document in &documents {
        collect(document, &mut found);
    }
    found.map(Value::from)
}

fn collect(value: &Value, found: &mut Option<Vec<String>>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::Array(items) if name == "scopes" => {
                        let scopes = items.iter().filter_map(Value::as_str).map(str::to_owned);
                        found.get_or_insert_default().extend(scopes);
                    }
                    Value::String(text) if name == "scopes" => {
                        let scopes = text.split(' ').filter(|scope| !scope.is_empty()).map(str::to_owned);
                        found.get_or_insert_default().extend(scopes);
                    }
                    member => collect(member, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_found_at_any_depth_and_in_each_document() {
        let shown = |text: &str| scopes(text.as_bytes()).map(|value| value.to_string());
        let two = "{\"data\":[{\"scopes\":[\"a\",1,\"b\"]},{\"scopes\":\"c  d\"}]}\n{\"scopes\":[]}";
        assert_eq!(shown(two).as_deref(), Some(r#"["a","b","c","d"]"#));
        assert_eq!(shown("{\"scopes\":[]}").as_deref(), Some("[]"));
        for none in ["", "{}", "scopes: a", "{\"scopes\":[\"a\"]} and more"] {
            assert_eq!(shown(none), None, "{none}");
        }
    }
}
