//! How the two systems that the suite grew from read the claims. Their contracts; the reference reads otherwise.

use serde_json::Value;

use super::members::Members;

/// The words of a text, split at every white space that Unicode knows: the tokenizer TZ-A. Duplicates are kept.
pub fn split_white_space(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

/// Profile `cli-engine`: the first of `scope` and `scp` that yields anything counts alone (CL-02). Elements of arrays
/// are split, what is no string is skipped (CL-03), order and duplicates are kept (CL-04).
pub fn read_claims_of_cli_engine(claims: &Members) -> Vec<String> {
    let read = |name: &str| claims.get(name).map(words_of).unwrap_or_default();
    let scope = read("scope");
    if scope.is_empty() { read("scp") } else { scope }
}

/// Profile `toolhive`, as its token exchange reads a subject token (EX-02): `scope` if it is a string that is not
/// empty, else `scp` in either form; an array as `scope` is passed over.
pub fn read_claims_of_toolhive(claims: &Members) -> Vec<String> {
    match claims.get("scope") {
        Some(Value::String(text)) if !text.is_empty() => owned(split_white_space(text)),
        _ => claims.get("scp").map(words_of).unwrap_or_default(),
    }
}

/// The words of a string, or of the strings in an array.
fn words_of(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => owned(split_white_space(text)),
        Value::Array(elements) => {
            owned(elements.iter().filter_map(Value::as_str).flat_map(split_white_space))
        }
        _ => Vec::new(),
    }
}

fn owned<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cli_engine(text: &str) -> Vec<String> {
        read_claims_of_cli_engine(&Members::read(text).unwrap())
    }

    #[test]
    fn the_examples_of_cl_02_to_cl_04_hold() {
        let table: &[(&str, &[&str])] = &[
            (r#"{"scope":["a","b c"]}"#, &["a", "b", "c"]),
            (r#"{"scope":{"a":1},"scp":"x y"}"#, &["x", "y"]),
            (r#"{"scope":7,"scp":["x"]}"#, &["x"]),
            (r#"{"scope":"a","scp":["b"]}"#, &["a"]),
            (r#"{"scope":["a",1,null,{"b":1},["c"],"d e"]}"#, &["a", "d", "e"]),
            (r#"{"scope":"a\tb\nc  d\u00a0e\u200bf"}"#, &["a", "b", "c", "d", "e\u{200b}f"]),
            (r#"{"scope":["","  "]}"#, &[]),
            (r#"{"scope":"a\u0000b"}"#, &["a\0b"]),
            (r#"{"scope":"a a b"}"#, &["a", "a", "b"]),
            (r#"{"scope":"a","scope":"b"}"#, &["b"]),
        ];
        for (text, scopes) in table {
            assert_eq!(cli_engine(text), *scopes, "{text}");
        }
    }

    #[test]
    fn the_examples_of_ex_02_hold() {
        let table: &[(&str, &[&str])] = &[
            (r#"{"scope":"a b","scp":["c"]}"#, &["a", "b"]),
            (r#"{"scope":"   ","scp":["c"]}"#, &[]),
            (r#"{"scope":"","scp":["c",1]}"#, &["c"]),
            (r#"{"scope":["a"],"scp":["b c"]}"#, &["b", "c"]),
        ];
        for (text, scopes) in table {
            let read = read_claims_of_toolhive(&Members::read(text).unwrap());
            assert_eq!(read, *scopes, "{text}");
        }
    }
}
