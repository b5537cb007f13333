//! Vectors as cases: what a vector says, under the header that every list, filter and report knows.

use serde_json::Value;

use crate::{
    catalog::{LoadedCase, SourceFile},
    laws::{Broken, Reply},
    model::{Case, Check, Expected, Json, Subject, Vector, Word},
};

/// The only check of a vector.
pub const ANSWER: &str = "answer";

/// Compares a reply with what is expected, as JSON values: members in any order, lists in theirs.
///
/// A crash is never expected. An unsupported call is no answer, so it is a breach here; whoever runs the vector looks for it first.
pub fn compare(expected: &Expected, reply: &Reply) -> Result<(), Broken> {
    let right: Vec<Value> = expected.ok.iter().chain(&expected.any_ok).filter_map(Json::value).collect();
    let wrong: Vec<Value> = expected.not_ok.0.iter().filter_map(Json::value).collect();
    let holds = match reply {
        Reply::Ok(value) if wrong.is_empty() => right.contains(value),
        Reply::Ok(value) => !wrong.contains(value),
        // What is only told which answers are wrong may refuse.
        Reply::Rejected { .. } => expected.rejected || !wrong.is_empty(),
        Reply::Unsupported { .. } | Reply::Crashed { .. } | Reply::Garbled { .. } | Reply::Silent { .. } => {
            false
        }
    };
    if holds { Ok(()) } else { Err(Broken::new(in_words(expected), said(reply))) }
}

/// What is expected, in words: `{"scopes":["a"]} or a refusal`.
pub fn in_words(expected: &Expected) -> String {
    if !expected.not_ok.0.is_empty() {
        let wrong: Vec<&str> = expected.not_ok.0.iter().map(Json::text).collect();
        return format!("anything but {}", wrong.join(" or "));
    }
    let right = expected.ok.iter().chain(&expected.any_ok).map(Json::text);
    let refusal = expected.rejected.then_some("a refusal");
    right.chain(refusal).collect::<Vec<_>>().join(" or ")
}

/// A reply in words.
fn said(reply: &Reply) -> String {
    match reply {
        Reply::Ok(value) => value.to_string(),
        Reply::Rejected { kind, message } => format!("a refusal ({kind}: {message})"),
        Reply::Unsupported { reason } => format!("unsupported: {reason}"),
        Reply::Crashed { detail } => format!("a crash: {detail}"),
        Reply::Garbled { detail } => format!("no reply of the protocol: {detail}"),
        Reply::Silent { detail } => format!("no answer: {detail}"),
    }
}

/// The case of a vector: one check, no steps.
pub(crate) fn case_of(vector: Vector, source: SourceFile) -> LoadedCase {
    let span = vector.id.span.clone();
    let word = |value: &str| Word { value: value.to_owned(), span: span.clone() };
    let check = Check {
        id: word(ANSWER),
        requirement: vector.requirement.clone(),
        contract: vector.contract.clone(),
        witness: word("call.answered"),
        control: None,
        contrast: None,
        gain: false,
        counter: false,
        needs: Vec::new(),
        rows: Vec::new(),
        expect: None,
        of: None,
        outcomes: Vec::new(),
        grade: None,
        hint: None,
    };
    let case = Case {
        id: vector.id.clone(),
        title: vector.title.clone(),
        subject: Subject::Library,
        impact: vector.impact,
        why: vector.note.clone(),
        needs: Vec::new(),
        profiles: Vec::new(),
        axes: indexmap::IndexMap::new(),
        tags: vector.flags.iter().map(|flag| word(flag.as_str())).collect(),
        origin: vector.origin.clone(),
        client: None,
        counter: None,
        mcp_scenario: None,
        default_scope: None,
        law: None,
        protocol: None,
        dialect: None,
        vector: Some(vector),
        rows: Vec::new(),
        respond: Vec::new(),
        steps: Vec::new(),
        checks: vec![check],
    };
    LoadedCase { case, source, scripts: Vec::new(), scripts_source: None }
}

/// The ids that a file of vectors seems to hold although it cannot be read: nothing can be said about them.
pub(crate) fn ids_in(text: &str) -> Vec<String> {
    let quoted = |rest: &str| rest.trim().split(['"', '\'']).nth(1).map(str::to_owned);
    text.lines()
        .filter_map(|line| {
            line.trim_start().strip_prefix("id")?.trim_start().strip_prefix('=').and_then(quoted)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Answers;

    fn ok(text: &str) -> Reply {
        Reply::Ok(serde_json::from_str(text).unwrap())
    }

    fn refusal() -> Reply {
        Reply::Rejected { kind: "malformed".into(), message: "no".into() }
    }

    #[test]
    fn one_answer_is_right_whatever_the_order_of_its_members() {
        let expected =
            Expected { ok: Some(Json::made(r#"{"covered":true,"missing":[]}"#)), ..Expected::default() };
        assert_eq!(compare(&expected, &ok(r#"{"missing":[],"covered":true}"#)), Ok(()));
        assert!(compare(&expected, &ok(r#"{"missing":["a"],"covered":true}"#)).is_err());
        let broken = compare(&expected, &refusal()).unwrap_err().to_string();
        insta::assert_snapshot!(broken, @r#"expected {"covered":true,"missing":[]}, got a refusal (malformed: no)"#);
    }

    #[test]
    fn one_of_several_answers_or_a_refusal_may_be_right() {
        let any_ok = vec![Json::made("{\"scopes\":[]}"), Json::made("{\"scopes\":[\"a\"]}")];
        let expected = Expected { any_ok, rejected: true, ..Expected::default() };
        for right in [ok("{\"scopes\":[]}"), ok("{\"scopes\":[\"a\"]}"), refusal()] {
            assert_eq!(compare(&expected, &right), Ok(()));
        }
        let broken = compare(&expected, &ok("{\"scopes\":[\"b\"]}")).unwrap_err().to_string();
        insta::assert_snapshot!(broken, @r#"expected {"scopes":[]} or {"scopes":["a"]} or a refusal, got {"scopes":["b"]}"#);
    }

    #[test]
    fn an_answer_that_is_wrong_leaves_every_other_one_and_a_refusal() {
        let not_ok = Answers(vec![Json::made("{\"scopes\":[\"a\"]}")]);
        let expected = Expected { not_ok, ..Expected::default() };
        assert_eq!(compare(&expected, &ok("{\"scopes\":[]}")), Ok(()));
        assert_eq!(compare(&expected, &refusal()), Ok(()));
        let broken = compare(&expected, &ok("{\"scopes\":[\"a\"]}")).unwrap_err().to_string();
        insta::assert_snapshot!(broken, @r#"expected anything but {"scopes":["a"]}, got {"scopes":["a"]}"#);
    }

    #[test]
    fn a_crash_is_never_right() {
        let crash = Reply::Crashed { detail: "exit 101".into() };
        assert!(compare(&Expected { rejected: true, ..Expected::default() }, &crash).is_err());
    }

    #[test]
    fn the_ids_of_a_file_that_cannot_be_read_are_still_known() {
        let text = "[[vector]]\nid = \"library/a/b\"\ninput = broken\n[[vector]]\n  id='library/a/c'\nidle = \"x\"\n";
        assert_eq!(ids_in(text), ["library/a/b", "library/a/c"]);
    }
}
