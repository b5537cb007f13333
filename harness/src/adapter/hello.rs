//! The answer to `hello`.

use scopecheck_scenarios::{
    nearest::nearest,
    operations::{OPERATIONS, SEMANTICS},
};
use serde_json::{Map, Value};

use super::{kinds::Kind, record::Record};
use crate::library::{Hello, Semantics};

/// The widest window, whatever is announced.
const WIDEST: usize = 1_024;

/// Reads what an adapter says of itself. What it says wrongly is a breach; only what makes the whole unusable is an error, in words.
pub(super) fn read(said: &Value, record: &mut Record) -> Result<Hello, String> {
    let Some(said) = said.as_object() else { return Err("`hello` is no object".to_owned()) };
    let Some(announced) = said.get("operations").and_then(Value::as_array) else {
        return Err("`operations`, the array of what the library offers, is missing".to_owned());
    };
    let word = |member: &str| said.get(member).and_then(Value::as_str).filter(|word| !word.trim().is_empty());
    let shown = Value::Object(said.clone()).to_string();
    if word("name").is_none() {
        record.breach(Kind::Nameless, "", "`hello` has no `name`", &shown);
    }
    if word("version").is_none() {
        record.breach(Kind::Versionless, "", "`hello` has no `version`", &shown);
    }
    Ok(Hello {
        name: word("name").unwrap_or("unnamed").to_owned(),
        version: word("version").unwrap_or("unknown").to_owned(),
        language: word("language").map(str::to_owned),
        operations: operations(announced, &shown, record),
        semantics: semantics(said, &shown, record),
        max_in_flight: window(said, &shown, record),
    })
}

fn operations(announced: &[Value], shown: &str, record: &mut Record) -> Vec<String> {
    let known =
        || OPERATIONS.iter().filter(|operation| !operation.reference_only).map(|operation| operation.word);
    let mut offered: Vec<String> = Vec::new();
    for operation in announced {
        let Some(word) = operation.as_str().filter(|word| known().any(|known| known == *word)) else {
            let named = operation.as_str().map_or_else(|| operation.to_string(), str::to_owned);
            let near = nearest(&named, known(), 1);
            let meant = near.first().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let what = format!("`hello` announces `{named}`, which is no operation of the protocol{meant}");
            record.breach(Kind::UnknownOperation, &named, what, shown);
            continue;
        };
        if !offered.iter().any(|other| other == word) {
            offered.push(word.to_owned());
        }
    }
    offered
}

fn semantics(said: &Map<String, Value>, shown: &str, record: &mut Record) -> Semantics {
    let Some(declared) = said.get("semantics").filter(|declared| !declared.is_null()) else {
        return Semantics::default();
    };
    let Some(declared) = declared.as_object() else {
        record.breach(Kind::UnknownSemantics, "", "`semantics` is no object", shown);
        return Semantics::default();
    };
    let mut kept = Map::new();
    for (point, value) in declared {
        let known = SEMANTICS.iter().find(|(known, ..)| known == point);
        let fits =
            known.is_some_and(|(_, values, _)| value.as_str().is_some_and(|word| values.contains(&word)));
        if fits {
            kept.insert(point.clone(), value.clone());
            continue;
        }
        let what = if let Some((_, values, _)) = known {
            format!("`hello` declares `{point} = {value}`; the values are {}", values.join(", "))
        } else {
            let points: Vec<&str> = SEMANTICS.iter().map(|(known, ..)| *known).collect();
            format!(
                "`hello` declares `{point}`, which the protocol does not know; the points are {}",
                points.join(", ")
            )
        };
        record.breach(Kind::UnknownSemantics, point, what, shown);
    }
    Semantics::read(&Value::Object(kept))
}

fn window(said: &Map<String, Value>, shown: &str, record: &mut Record) -> usize {
    let Some(window) = said.get("max_in_flight").filter(|window| !window.is_null()) else { return 1 };
    if let Some(window @ 1..) = window.as_u64() {
        return usize::try_from(window).unwrap_or(WIDEST).min(WIDEST);
    }
    record.breach(Kind::BadWindow, "", format!("`max_in_flight` is {window}"), shown);
    1
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn breaches(said: &Value) -> (Option<Hello>, Vec<String>) {
        let mut record = Record::default();
        let hello = read(said, &mut record).ok();
        (hello, record.conduct().breaches.iter().map(|breach| breach.what.clone()).collect())
    }

    #[test]
    fn a_hello_is_read_whole() {
        let (hello, breaches) = breaches(&json!({
            "name": "oauthlib", "version": "3.3.1", "language": "python", "operations": ["parse", "serialize"],
            "semantics": { "separators": "space" }, "max_in_flight": 64
        }));
        let hello = hello.unwrap();
        assert_eq!(
            (hello.name.as_str(), hello.version.as_str(), hello.max_in_flight),
            ("oauthlib", "3.3.1", 64)
        );
        assert_eq!(hello.operations, ["parse", "serialize"]);
        assert_eq!(hello.semantics.declared("separators"), Some("space"));
        assert_eq!(breaches, [] as [&str; 0]);
    }

    #[test]
    fn each_mistake_in_a_hello_is_named_and_the_rest_is_used() {
        let (hello, breaches) = breaches(&json!({
            "operations": ["parse", "parse", "serialise", 7, "match"], "semantics": { "seperators": "space", "order": "none" },
            "max_in_flight": 0
        }));
        assert_eq!(hello.unwrap().operations, ["parse"]);
        insta::assert_snapshot!(breaches.join("\n"));
    }

    #[test]
    fn a_hello_without_operations_cannot_be_used() {
        let why = |said: Value| read(&said, &mut Record::default()).unwrap_err();
        insta::assert_snapshot!(why(json!(1)), @"`hello` is no object");
        insta::assert_snapshot!(why(json!({"operations": "parse"})), @"`operations`, the array of what the library offers, is missing");
    }
}
