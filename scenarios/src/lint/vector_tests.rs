//! One mistake at a time into a vector and into the headers of laws, rules and points.

use super::lint;
use crate::{error::FileError, load::from_texts};

const VECTOR: &str = r#"[[vector]]
id = "library/union/example"
title = "A union holds both lists"
contract = "UN-02"
impact = "denial"
op = "union"
input = '{"first":["a"],"second":["b"]}'
ok = '{"scopes":["a","b"]}'
under = { order = "kept" }
flags = ["quirk"]
origin = ["M19"]
[vector.profiles.cli-engine]
ok = '{"scopes":["b","a"]}'
"#;

const LAW: &str = r#"id = "library/laws/union-exact"
title = "A union holds every element of both lists and no other"
subject = "library"
impact = "denial"
law = "union-exact"

[[check]]
id = "holds"
contract = "UN-02"
witness = "law.answered"
"#;

const CONTRACTS: &str =
    "[[contract]]\nid = \"UN-02\"\nprofile = \"toolhive\"\nstatus = \"sys\"\nsummary = \"The union.\"\n";

const REQUIREMENTS: &str = "[[requirement]]\nid = \"OF-SERVERS\"\nsource = \"RFC 6749\"\nsection = \"6\"\nlevel = \"MUST\"\nrole = \"authorization-server\"\nsummary = \"S.\"\ntestable = \"black-box\"\nhow = \"H.\"\nseverity = \"security\"\nbasis = \"explicit\"\nstanding = \"planned\"\nreason = \"Waits.\"\n";

const LOCK: &str = "live = [\"library/laws/union-exact\", \"library/union/example\"]\n";

/// The mistakes of a world with one change.
fn mistakes(from: &str, to: &str) -> Vec<FileError> {
    let change = |text: &str| text.replacen(from, to, 1);
    let (catalog, mut errors) = from_texts(&[
        ("vectors/example.toml", &change(VECTOR)),
        ("cases/library/laws/union-exact.toml", &change(LAW)),
        ("contracts.toml", CONTRACTS),
        ("requirements/rfc6749.toml", REQUIREMENTS),
        ("ids.lock", LOCK),
    ]);
    errors.extend(lint(&catalog));
    errors
}

fn shown(changes: &[(&str, &str)]) -> String {
    let one = |(from, to): &(&str, &str)| {
        assert!(VECTOR.contains(from) || LAW.contains(from), "nothing holds {from}");
        let errors = mistakes(from, to);
        assert!(!errors.is_empty(), "{to} is no mistake");
        errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    changes.iter().map(one).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn a_vector_and_a_law_lint() {
    assert_eq!(mistakes("nothing", ""), []);
}

#[test]
fn mistakes_of_vectors() {
    insta::assert_snapshot!(shown(&[
        ("id = \"library/union/example\"", "id = \"library/union/Example\""),
        ("id = \"library/union/example\"", "id = \"server/union/example\""),
        ("title = \"A union holds both lists\"", "title = \" \""),
        ("contract = \"UN-02\"\nimpact", "impact"),
        ("contract = \"UN-02\"\nimpact", "contract = \"UN-20\"\nimpact"),
        ("contract = \"UN-02\"\nimpact", "requirement = \"OF-SERVERS\"\nimpact"),
        ("contract = \"UN-02\"\nimpact", "requirement = \"OF-SERVERS\"\ncontract = \"UN-02\"\nimpact"),
        ("op = \"union\"", "op = \"unoin\""),
        ("\"second\":[\"b\"]", "\"secnd\":[\"b\"]"),
        ("'{\"first\":[\"a\"],\"second\":[\"b\"]}'", "'[\"a\"]'"),
        ("'{\"first\":[\"a\"],\"second\":[\"b\"]}'", "\"{'first':['a'],'second':[]}\""),
        ("'{\"scopes\":[\"a\",\"b\"]}'", "'{\"scope\":\"a b\"}'"),
        ("'{\"scopes\":[\"a\",\"b\"]}'", "'{\"scopes\":[\"\\ud800\"]}'"),
        ("ok = '{\"scopes\":[\"a\",\"b\"]}'\n", ""),
        ("ok = '{\"scopes\":[\"a\",\"b\"]}'", "ok = '{\"scopes\":[\"a\",\"b\"]}'\nrejected = true"),
        ("ok = '{\"scopes\":[\"b\",\"a\"]}'", "rejected = false"),
        ("cli-engine", "cli-egine"),
        ("order = \"kept\"", "ordre = \"kept\""),
        ("order = \"kept\"", "order = \"keep\""),
        ("flags = [\"quirk\"]", "flags = [\"qirk\"]"),
        ("flags = [\"quirk\"]", "flags = [\"quirk\", \"quirk\"]"),
        ("flags = [\"quirk\"]\norigin = [\"M19\"]", "flags = [\"history\"]"),
        ("[vector.profiles.cli-engine]\nok = '{\"scopes\":[\"b\",\"a\"]}'", ""),
        ("impact = \"denial\"\nop", "impact = \"deniel\"\nop"),
    ]));
}

#[test]
fn several_answers_and_a_refusal_go_together() {
    let ok = "ok = '{\"scopes\":[\"a\",\"b\"]}'";
    assert_eq!(mistakes(ok, "any-ok = ['{\"scopes\":[\"a\",\"b\"]}']\nrejected = true"), []);
    assert_eq!(mistakes(ok, "not-ok = '{\"scopes\":[\"a\"]}'"), []);
    assert_eq!(mistakes(ok, "rejected = true"), []);
}

#[test]
fn mistakes_of_headers_of_laws() {
    insta::assert_snapshot!(shown(&[
        ("law = \"union-exact\"", "law = \"union-exakt\""),
        ("law = \"union-exact\"\n", ""),
        ("witness = \"law.answered\"", "witness = \"call.answered\""),
        ("witness = \"law.answered\"", "witness = \"law.answered\"\nexpect = { absent = \"go.error\" }"),
        ("[[check]]", "[[step]]\nid = \"go\"\nuse = \"code-grant\"\n\n[[check]]"),
        ("subject = \"library\"", "subject = \"server\""),
        (
            "[[check]]",
            "[[check]]\nid = \"again\"\ncontract = \"UN-02\"\nwitness = \"law.answered\"\n\n[[check]]"
        ),
    ]));
}

#[test]
fn an_id_is_given_once_among_cases_and_vectors() {
    let again = VECTOR.replace("library/union/example", "library/laws/union-exact");
    let (_, errors) = from_texts(&[("vectors/a.toml", &again), ("cases/library/laws/union-exact.toml", LAW)]);
    insta::assert_snapshot!(errors[0]);
}

#[test]
fn a_file_of_vectors_that_cannot_be_read_takes_no_id_out_of_the_lock() {
    let broken = VECTOR.replace("op = \"union\"", "op = 3");
    let (catalog, errors) = from_texts(&[("vectors/a.toml", &broken), ("ids.lock", LOCK)]);
    assert_eq!(errors.len(), 1);
    let wrong: Vec<String> = lint(&catalog).iter().map(ToString::to_string).collect();
    assert!(wrong.iter().all(|error| !error.contains("library/union/example`")), "{wrong:?}");
}

#[test]
fn no_two_vectors_have_one_title() {
    let again = VECTOR.replace("library/union/example", "library/union/other");
    let lock = "live = [\"library/union/example\", \"library/union/other\"]\n";
    let (catalog, errors) = from_texts(&[
        ("vectors/a.toml", VECTOR),
        ("vectors/b.toml", &again),
        ("contracts.toml", CONTRACTS),
        ("ids.lock", lock),
    ]);
    assert_eq!(errors, []);
    let wrong: Vec<String> = lint(&catalog).iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(wrong.join("\n"), @r#"
    scenarios/vectors/b.toml:3:1: `library/union/example` has this title
      |
    3 | title = "A union holds both lists"
      | ^^^^^
    help: say what is special about this one
    "#);
}

const RULE: &str = r#"id = "library/protocol/lines"
title = "An adapter writes nothing else"
subject = "library"
impact = "interop"
protocol = "lines"

[[check]]
id = "holds"
contract = "AP-02"
witness = "protocol.answered"
"#;

const POINT: &str = r#"id = "library/dialect/claims"
title = "Claims are not joined"
subject = "library"
impact = "escalation"
dialect = "claims"

[[check]]
id = "holds"
contract = "AP-02"
witness = "hello.answered"
"#;

const OURS: &str =
    "[[contract]]\nid = \"AP-02\"\nprofile = \"adapter\"\nstatus = \"protocol\"\nsummary = \"The lines.\"\n";

fn mistakes_of_headers(from: &str, to: &str) -> String {
    let change = |text: &str| text.replacen(from, to, 1);
    let (catalog, mut errors) = from_texts(&[
        ("cases/library/protocol/lines.toml", &change(RULE)),
        ("cases/library/dialect/claims.toml", &change(POINT)),
        ("contracts.toml", &change(OURS)),
        ("requirements/rfc6749.toml", REQUIREMENTS),
        ("ids.lock", "live = [\"library/dialect/claims\", \"library/protocol/lines\"]\n"),
    ]);
    errors.extend(lint(&catalog));
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_rule_of_the_protocol_and_a_point_of_the_dialect_lint() {
    assert_eq!(mistakes_of_headers("nothing", ""), "");
}

#[test]
fn mistakes_of_headers_of_rules_and_points() {
    let changes = [
        ("protocol = \"lines\"", "protocol = \"line\""),
        ("protocol = \"lines\"", "protocol = \"lines\"\nlaw = \"union-exact\""),
        ("witness = \"protocol.answered\"", "witness = \"hello.answered\""),
        (
            "witness = \"protocol.answered\"",
            "witness = \"protocol.answered\"\nexpect = { absent = \"go.error\" }",
        ),
        ("subject = \"library\"\nimpact = \"interop\"", "subject = \"server\"\nimpact = \"interop\""),
        ("dialect = \"claims\"", "dialect = \"plan\""),
        ("witness = \"hello.answered\"", "witness = \"dialect.answered\""),
        ("profile = \"adapter\"", "profile = \"toolhive\""),
        ("status = \"protocol\"", "status = \"rfc\""),
    ];
    let shown = changes.map(|(from, to)| {
        assert!([RULE, POINT, OURS].iter().any(|text| text.contains(from)), "nothing holds {from}");
        let mistakes = mistakes_of_headers(from, to);
        assert!(!mistakes.is_empty(), "{to} is no mistake");
        mistakes
    });
    insta::assert_snapshot!(shown.join("\n\n"));
}
