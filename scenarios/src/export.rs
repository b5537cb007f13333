//! All vectors as one plain JSON file, for those who only want the data.
//!
//! The file is generated (`scenarios/vectors.json`), committed, and compared by a test. It is pure ASCII: what a test of strings is about
//! must not depend on an editor, a terminal or a normaliser on its way.

use std::{collections::BTreeMap, fmt::Write as _};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    catalog::Catalog,
    model::{Answers, Expected, Json, Vector},
    operations::{self, OPERATIONS, SEMANTICS},
};

/// The whole file.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Export<'a> {
    /// The version of this form, 1. It changes when a member changes its meaning or goes.
    format: u32,
    /// What each operation does.
    operations: BTreeMap<&'a str, &'a str>,
    /// What a library may declare: each choice with its values, the strict one first.
    semantics: BTreeMap<&'a str, &'a [&'a str]>,
    /// The vectors, sorted by id.
    vectors: Vec<ExportedVector<'a>>,
}

/// One vector.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ExportedVector<'a> {
    /// `library/<topic>/<slug>`; never reused.
    id: &'a str,
    /// What a conforming library does.
    title: &'a str,
    /// The operation.
    op: &'a str,
    /// Whether the operation is no part of the adapter protocol: only the reference implementation of the project offers it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    reference_only: bool,
    /// The input as a value; left out where the text says what no value can hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<Value>,
    /// The input as JSON text, exactly as it is to be sent: it may hold duplicate members.
    input_text: &'a str,
    /// What is expected of everybody.
    expected: ExportedAnswer,
    /// What is expected instead where one of these profiles is selected.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    profiles: BTreeMap<&'a str, ExportedAnswer>,
    /// The declared semantics under which it holds.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    under: BTreeMap<&'a str, &'a str>,
    /// What is special: `open`, `quirk`, `hostile`, `security`, `history`, `order`, `refusable`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    flags: Vec<&'a str>,
    /// What is lost where it fails: `escalation`, `leak`, `denial`, `interop`, `cosmetic`.
    impact: &'a str,
    /// The requirement of a standard that is judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    requirement: Option<&'a str>,
    /// The contract that is judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    contract: Option<&'a str>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    /// Public threads, or ids of the project's notes.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    origin: &'a [String],
}

/// What is expected: exactly one of the members, but that `any_ok` may stand beside `rejected`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ExportedAnswer {
    /// The only answer that is right. Members may come in any order, lists may not.
    #[serde(skip_serializing_if = "Option::is_none")]
    ok: Option<Value>,
    /// One of these answers is right.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    any_ok: Vec<Value>,
    /// None of these answers is right.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_ok: Vec<Value>,
    /// The input has to be refused; beside `any_ok`, it may be.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    rejected: bool,
}

/// The text of `scenarios/vectors.json`, one vector a line.
pub fn vectors_json(catalog: &Catalog) -> String {
    let vectors = catalog.cases.values().filter_map(|loaded| loaded.case.vector.as_ref());
    let export = Export {
        format: 1,
        operations: OPERATIONS.iter().map(|operation| (operation.word, operation.doc)).collect(),
        semantics: SEMANTICS.iter().map(|(name, values, _)| (*name, *values)).collect(),
        vectors: vectors.map(exported).collect(),
    };
    let mut text = format!(
        "{{\n\"format\": {},\n\"operations\": {:#},\n\"semantics\": {},\n\"vectors\": [\n",
        export.format,
        json!(export.operations),
        json!(export.semantics)
    );
    let lines: Vec<String> = export.vectors.iter().map(|vector| json!(vector).to_string()).collect();
    text.push_str(&lines.join(",\n"));
    text.push_str("\n]\n}\n");
    ascii(&text)
}

fn exported(vector: &Vector) -> ExportedVector<'_> {
    let Vector { ok, any_ok, not_ok, rejected, .. } = vector;
    ExportedVector {
        id: vector.id.as_str(),
        title: &vector.title,
        op: vector.op.as_str(),
        reference_only: operations::find(vector.op.as_str())
            .is_some_and(|operation| operation.reference_only),
        input: vector.input.exact_value(),
        input_text: vector.input.text(),
        expected: answer(ok.as_ref(), any_ok, not_ok, *rejected),
        profiles: vector
            .profiles
            .iter()
            .map(|(profile, Expected { ok, any_ok, not_ok, rejected })| {
                (profile.as_str(), answer(ok.as_ref(), any_ok, not_ok, *rejected))
            })
            .collect(),
        under: vector.under.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect(),
        flags: vector.flags.iter().map(|flag| flag.as_str()).collect(),
        impact: vector.impact.as_str(),
        requirement: vector.requirement.as_ref().map(crate::model::Word::as_str),
        contract: vector.contract.as_ref().map(crate::model::Word::as_str),
        note: vector.note.as_deref(),
        origin: &vector.origin,
    }
}

fn answer(ok: Option<&Json>, any_ok: &[Json], not_ok: &Answers, rejected: bool) -> ExportedAnswer {
    ExportedAnswer {
        ok: ok.and_then(Json::value),
        any_ok: any_ok.iter().filter_map(Json::value).collect(),
        not_ok: not_ok.0.iter().filter_map(Json::value).collect(),
        rejected,
    }
}

/// JSON text with everything escaped that is no printable ASCII. Such characters only stand in strings.
fn ascii(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii() && character != '\u{7f}' {
            escaped.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            let _ = write!(escaped, "\\u{unit:04x}");
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::from_texts;

    #[test]
    fn a_vector_is_exported_in_ascii_with_its_exact_text() {
        let (catalog, errors) = from_texts(&[(
            "vectors/a.toml",
            r#"
            [[vector]]
            id = "library/claims/twice"
            title = "A claim that stands there twice is refused, é or not"
            contract = "CL-01"
            impact = "escalation"
            op = "claims"
            input = '{"claims":{"scope":"a","scope":"\u00e9😀"}}'
            any-ok = ['{"scopes":[]}']
            rejected = true
            flags = ["hostile", "quirk"]
            under = { malformed = "reject" }
            [vector.profiles.cli-engine]
            ok = '{"scopes":["é"]}'
            "#,
        )]);
        assert_eq!(errors, []);
        let text = vectors_json(&catalog);
        assert!(text.is_ascii());
        let all: Value = serde_json::from_str(&text).unwrap();
        insta::assert_snapshot!(format!("{:#}", all["vectors"][0]));
    }
}
