//! One mistake at a time into a world that lints, and the exact text that comes out.

use super::*;
use crate::{
    error::{FileError, LoadErrors},
    load::from_texts,
};

const CASE: &str = r#"id = "server/refresh/example"
title = "A refresh gives what was granted, or less"
subject = "server"
impact = "escalation"
needs = ["grant.refresh_token"]
axes = { client = ["public"] }
counter = "off"

[[row]]
id = "narrower"
ask = "{grantable.0}"

[[row]]
id = "omitted"

[[step]]
id = "login"
use = "code-grant"
scope = "{grantable.0} {grantable.1}"

[[step]]
id = "only-narrower"
rows = ["narrower"]
introspect = { token = "{login.access_token}" }

[[step]]
id = "go"
refresh = { token = "{login.refresh_token}", scope = "{row.ask}" }

[[check]]
id = "never-more"
requirement = "DERIVED-MUST"
witness = "go.decided"
control = "login"
gain = true
counter = true
expect = { within = [{ granted = "go" }, { granted = "login" }] }

[[check]]
id = "answer-tells"
requirement = "FIRM-MUST"
witness = "go.decided"
of = "go"
outcomes = [{ is = "exact", grade = "pass" }, { is = "*+unsaid", grade = "fail" }, { else = "warn" }]
"#;

const SCRIPTS: &str = r#"[[script]]
id = "widens"
title = "Every refresh gives everything"
base = "as-basic"
row = "narrower"
axes = { client = "public" }
breaks = ["never-more"]

[[script.answer]]
step = "login.token"
endpoint = "token"
grant = "refresh_token"
json = { access_token = "{jwt:scope=a b}", scope = "a b c" }
"#;

const FLOW: &str = r#"id = "code-grant"
title = "A code grant"

[[step]]
id = "authorize"
authorize = { scope = "{flow.scope}", client = "{flow.client}" }

[[step]]
id = "token"
token = { grant = "authorization_code", code = "{authorize.code}", client = "{flow.client}" }
"#;

const BASE: &str = r#"id = "as-basic"
title = "A plain server"
grantable = ["a", "b"]

[[answer]]
endpoint = "authorization"
redirect = { code = "{code}", state = "{state}" }
"#;

const CONTRACTS: &str = r#"[[contract]]
id = "DCR-05"
profile = "toolhive"
status = "sys"
summary = "The baseline is added."
"#;

const LOCK: &str = r#"live = ["server/refresh/example"]

[[retired]]
id = "server/refresh/old"
successor = "server/refresh/example"
reason = "two cases became one"
"#;

fn requirements() -> String {
    let one = |id: &str, level: &str, role: &str, basis: &str, standing: &str| {
        format!(
            "[[requirement]]\nid = \"{id}\"\nsource = \"RFC 6749\"\nsection = \"6\"\nlevel = \"{level}\"\nrole = \"{role}\"\nsummary = \"S.\"\ntestable = \"black-box\"\nhow = \"H.\"\nseverity = \"security\"\nbasis = \"{basis}\"\n{standing}\n\n"
        )
    };
    let planned = "standing = \"planned\"\nreason = \"Waits.\"";
    [
        one("DERIVED-MUST", "MUST NOT", "authorization-server", "derived", "standing = \"checked\""),
        one("FIRM-MUST", "MUST", "authorization-server", "explicit", "standing = \"checked\""),
        one("FIRM-SHOULD", "SHOULD", "authorization-server", "explicit", planned),
        one("VENDOR", "MAY", "authorization-server", "convention", planned),
        one("OF-CLIENTS", "MUST", "client", "explicit", planned),
    ]
    .concat()
}

/// A world with these files changed: `(file, from, to)`.
fn world(changes: &[(&str, &str, &str)]) -> Vec<FileError> {
    let mut files: Vec<(&str, String)> = vec![
        ("cases/server/refresh/example.toml", CASE.to_owned()),
        ("cases/server/refresh/example.scripts.toml", SCRIPTS.to_owned()),
        ("flows/code-grant.toml", FLOW.to_owned()),
        ("bases/as-basic.toml", BASE.to_owned()),
        ("requirements/rfc6749.toml", requirements()),
        ("contracts.toml", CONTRACTS.to_owned()),
        ("ids.lock", LOCK.to_owned()),
    ];
    for (file, from, to) in changes {
        let (_, text) = files.iter_mut().find(|(name, _)| name.ends_with(file)).unwrap();
        assert!(text.contains(from), "{file} does not hold {from}");
        *text = text.replacen(from, to, 1);
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let (catalog, mut errors) = from_texts(&files);
    errors.extend(lint(&catalog));
    errors
}

/// Every mistake that one change of the case makes, one change after the other.
fn case_mistakes(changes: &[(&str, &str)]) -> String {
    mistakes(&changes.iter().map(|(from, to)| ("example.toml", *from, *to)).collect::<Vec<_>>())
}

fn mistakes(changes: &[(&str, &str, &str)]) -> String {
    changes.iter().map(|change| shown(&world(&[*change]), change)).collect::<Vec<_>>().join("\n\n")
}

fn shown(errors: &[FileError], change: &(&str, &str, &str)) -> String {
    assert!(!errors.is_empty(), "{change:?} is no mistake");
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_world_of_these_tests_lints() {
    let errors = world(&[]);
    assert!(errors.is_empty(), "{}", LoadErrors(errors));
}

#[test]
fn mistakes_of_the_header() {
    insta::assert_snapshot!(case_mistakes(&[
        ("grant.refresh_token", "grant.refresh"),
        ("needs = [\"grant.refresh_token\"]", "needs = [\"grant.refresh_token\", \"grant.refresh_token\"]"),
        ("needs = [\"grant.refresh_token\"]", "profiles = [\"oicd\"]"),
        ("axes = { client", "axes = { clent"),
        ("[\"public\"]", "[\"publik\"]"),
        ("[\"public\"]", "[]"),
        ("counter = \"off\"", "client = \"own\""),
        ("counter = true\n", ""),
        ("title = \"A refresh gives what was granted, or less\"", "title = \" \""),
        ("counter = \"off\"", "counter = \"off\"\ntags = [\"Not A Slug\"]"),
        ("[[row]]", "[[respond]]\nto = \"token\"\n\n[[row]]"),
        ("counter = \"off\"", "counter = \"off\"\norigin = [\"a public thread\", \"DCR-55\"]"),
    ]));
}

#[test]
fn mistakes_of_ids() {
    insta::assert_snapshot!(case_mistakes(&[
        ("id = \"server/refresh/example\"", "id = \"server/refresh\""),
        ("id = \"server/refresh/example\"", "id = \"server/refresh/case-3\""),
        ("id = \"server/refresh/example\"", "id = \"server/refresh/other\""),
        ("id = \"server/refresh/example\"", "id = \"server/refresh/old\""),
        ("id = \"go\"", "id = \"login\""),
        ("id = \"only-narrower\"", "id = \"random\""),
        ("id = \"only-narrower\"", "id = \"Only\""),
        ("id = \"answer-tells\"", "id = \"never-more\""),
        ("id = \"answer-tells\"", "id = \"check2\""),
        ("id = \"omitted\"", "id = \"narrower\""),
    ]));
}

#[test]
fn a_case_id_is_given_once() {
    let (_, errors) =
        from_texts(&[("cases/server/a/b.toml", CASE), ("cases/server/refresh/example.toml", CASE)]);
    insta::assert_snapshot!(errors[0]);
}

#[test]
fn mistakes_of_the_lock() {
    insta::assert_snapshot!(mistakes(&[
        ("ids.lock", "[\"server/refresh/example\"]", "[]"),
        ("ids.lock", "[\"server/refresh/example\"]", "[\"server/refresh/example\", \"server/refresh/gone\"]"),
        (
            "ids.lock",
            "[\"server/refresh/example\"]",
            "[\"server/refresh/example\", \"server/refresh/example\"]"
        ),
        ("ids.lock", "[\"server/refresh/example\"]", "[\"server/refresh/example\", \"server/refresh/old\"]"),
        ("ids.lock", "successor = \"server/refresh/example\"", "successor = \"server/refresh/exmaple\""),
        ("ids.lock", "reason = \"two cases became one\"", "reason = \"\""),
    ]));
}

#[test]
fn the_lock_is_written_sorted_with_what_is_retired() {
    let (catalog, _) = from_texts(&[("cases/server/refresh/example.toml", CASE), ("ids.lock", LOCK)]);
    insta::assert_snapshot!(lock_text(&catalog));
}

#[test]
fn mistakes_of_steps() {
    insta::assert_snapshot!(case_mistakes(&[
        ("introspect = { token = \"{login.access_token}\" }", ""),
        ("introspect = {", "revoke = { token = \"x\" }\nintrospect = {"),
        ("introspect = { token = \"{login.access_token}\" }", "call = { operation = 0 }"),
        ("use = \"code-grant\"", "use = \"code-grand\""),
        ("use = \"code-grant\"", "use = \"code-grant\"\nclient = \"mine\""),
        ("use = \"code-grant\"", "use = \"code-grant\"\nclient = \"go\""),
        ("use = \"code-grant\"", "use = \"code-grant\"\nexit = \"any\""),
        ("introspect = {", "scope = \"a\"\nintrospect = {"),
        ("rows = [\"narrower\"]", "rows = [\"narower\"]"),
        ("introspect = { token = \"{login.access_token}\" }", "token = { scope = \"a\" }"),
        ("introspect = { token = \"{login.access_token}\" }", "token = { grant = \"code\" }"),
        ("introspect = { token = \"{login.access_token}\" }", "discover = { document = \"oath\" }"),
        ("introspect = { token = \"{login.access_token}\" }", "raw = { endpoint = \"tokens\" }"),
        ("introspect = { token = \"{login.access_token}\" }", "authorize = { encoding = \"base64\" }"),
        ("introspect = { token = \"{login.access_token}\" }", "read = \"login\""),
    ]));
}

#[test]
fn mistakes_of_placeholders() {
    insta::assert_snapshot!(case_mistakes(&[
        ("ask = \"{grantable.0}\"", "ask = \"{grantable.0|prefixx}\""),
        ("ask = \"{grantable.0}\"", "ask = \"{grantable}\""),
        ("ask = \"{grantable.0}\"", "ask = \"{login.scope}\""),
        ("ask = \"{grantable.0}\"", "ask = \"{forbidden.0}\""),
        ("ask = \"{grantable.0}\"", "ask = \"{operation.0.requires}\""),
        ("ask = \"{grantable.0}\"", "ask = \"{grantable.0\""),
        ("ask = \"{grantable.0}\"", "ask = \"{grantable..0}\""),
        ("ask = \"{grantable.0}\"", "ask = \"{grantable.0}\"\nextra = \"x\""),
        ("scope = \"{row.ask}\"", "scope = \"{row.aks}\""),
        ("scope = \"{row.ask}\"", "scope = \"{row.ask} {flow.scope}\""),
        ("scope = \"{row.ask}\"", "scope = \"{row.ask} {logn.scope}\""),
        ("scope = \"{row.ask}\"", "scope = \"{row.ask} {go.scope}\""),
        ("scope = \"{row.ask}\"", "scope = \"{row.ask} {login.scop}\""),
        ("scope = \"{row.ask}\"", "scope = \"{row.ask} {only-narrower.code}\""),
        ("scope = \"{row.ask}\"", "scope = \"{row.ask} {login.body}\""),
        ("scope = \"{row.ask}\"", "scope = \"{row.ask} {login.scope.first}\""),
        ("scope = \"{row.ask}\"", "scope = \"{row.ask} {login}\""),
    ]));
}

#[test]
fn mistakes_of_checks() {
    insta::assert_snapshot!(case_mistakes(&[
        ("requirement = \"FIRM-MUST\"\n", ""),
        ("requirement = \"FIRM-MUST\"", "requirement = \"FIRM-MUST\"\ncontract = \"DCR-05\""),
        ("requirement = \"FIRM-MUST\"", "requirement = \"FIRM-MSUT\""),
        ("requirement = \"FIRM-MUST\"", "contract = \"DCR-50\""),
        ("requirement = \"FIRM-MUST\"", "requirement = \"VENDOR\""),
        ("requirement = \"FIRM-MUST\"", "requirement = \"OF-CLIENTS\""),
        ("witness = \"go.decided\"\nof", "witness = \"go\"\nof"),
        ("witness = \"go.decided\"\nof", "witness = \"goo.decided\"\nof"),
        ("witness = \"go.decided\"\nof", "witness = \"go.decide\"\nof"),
        ("witness = \"go.decided\"\nof", "witness = \"go.code_issued\"\nof"),
        ("witness = \"go.decided\"\nof", "witness = \"only-narrower.answered\"\nof"),
        ("control = \"login\"", "control = \"logn\""),
        ("control = \"login\"", "contrast = \"stranger\""),
        ("counter = \"off\"\n", ""),
        ("of = \"go\"", "of = \"go\"\nrows = [\"wide\"]"),
        ("of = \"go\"", "of = \"go\"\nneeds = [\"scopes.too\"]"),
        ("of = \"go\"", "of = \"go\"\nexpect = { absent = \"go.error\" }"),
        ("expect = { within = [{ granted = \"go\" }, { granted = \"login\" }] }", ""),
        (
            "expect = { within = [{ granted = \"go\" }, { granted = \"login\" }] }",
            "of = \"go\"\nexpect = { absent = \"go.error\" }"
        ),
        (
            "expect = { within = [{ granted = \"go\" }, { granted = \"login\" }] }",
            "expect = { within = [{ granted = \"go\" }, { scope = \"a\" }] }"
        ),
    ]));
}

#[test]
fn a_contract_is_asked_only_under_its_profile() {
    insta::assert_snapshot!(case_mistakes(&[("requirement = \"FIRM-MUST\"", "contract = \"DCR-05\"")]));
}

#[test]
fn mistakes_of_expectations() {
    let expected = "expect = { within = [{ granted = \"go\" }, { granted = \"login\" }] }";
    let changes: Vec<(&str, &str)> = [
        "expect = { }",
        "expect = { within = [{ granted = \"go\" }, { granted = \"login\" }], absent = \"go.error\" }",
        "expect = { within = [{ granted = \"go\" }] }",
        "expect = { within = [{ granted = \"go\" }, { granted = \"logn\" }] }",
        "expect = { within = [{ granted = \"go\" }, { registered = \"login\" }] }",
        "expect = { within = [{ granted = \"go\" }, { granted = \"login\", scope = \"a\" }] }",
        "expect = { within = [{ granted = \"go\" }, { granted = \"login.token\" }] }",
        "expect = { one-of = [{ granted = \"go\" }, { granted = \"login\" }] }",
        "expect = { status = 400 }",
        "expect = { status = 400, is = { granted = \"go\" } }",
        "expect = { same-set = [{ granted = \"go\" }, { granted = \"login\" }], is = \"go\" }",
        "expect = { same-outcome = [\"go\"] }",
        "expect = { not = { absent = \"go.errror\" } }",
        "expect = { absent = \"go.code\" }",
        "expect = { json-type = { of = \"go.scope\", is = \"text\" } }",
        "expect = { same-text = [\"{go.scope}\"] }",
    ]
    .map(|to| (expected, to))
    .into();
    // Without `gain`, which has a test of its own.
    let all: Vec<String> = changes
        .iter()
        .map(|(from, to)| {
            let change = ("example.toml", *from, *to);
            shown(&world(&[change, ("example.toml", "gain = true\n", "")]), &change)
        })
        .collect();
    insta::assert_snapshot!(all.join("\n\n"));
}

#[test]
fn mistakes_of_outcome_tables() {
    let rows = "[{ is = \"exact\", grade = \"pass\" }, { is = \"*+unsaid\", grade = \"fail\" }, { else = \"warn\" }]";
    let changes = [
        "[{ is = \"exact\", grade = \"pass\" }]",
        "[{ else = \"warn\" }, { is = \"exact\", grade = \"pass\" }]",
        "[{ is = \"exat\", grade = \"pass\" }, { else = \"warn\" }]",
        "[{ is = \"accepted+unsaid\", grade = \"pass\" }, { else = \"warn\" }]",
        "[{ is = \"refused:*\", grade = \"pass\" }, { is = \"refused:invalid_scope\", grade = \"warn\" }, { else = \"warn\" }]",
        "[{ is = [\"exact\", \"exact\"], grade = \"pass\" }, { else = \"warn\" }]",
        "[{ is = \"exact\" }, { else = \"warn\" }]",
        "[{ is = \"exact\", grade = \"pass\" }, { grade = \"warn\", else = \"warn\" }]",
        "[{ grade = \"pass\" }, { else = \"warn\" }]",
        "[{ is = \"exact\", grade = { default = \"pass\", oicd = \"warn\" } }, { else = \"warn\" }]",
        "[{ count = \"go\", at-most = 3, grade = \"pass\" }, { at-most = 3, grade = \"warn\" }, { else = \"fail\" }]",
    ]
    .map(|to| (rows, to));
    let mut text = case_mistakes(&changes);
    text += "\n\n";
    text += &case_mistakes(&[("of = \"go\"\n", ""), ("of = \"go\"", "of = \"og\"")]);
    insta::assert_snapshot!(text);
}

#[test]
fn a_grade_is_no_harder_than_its_requirement() {
    insta::assert_snapshot!(case_mistakes(&[
        ("requirement = \"FIRM-MUST\"", "requirement = \"DERIVED-MUST\""),
        ("requirement = \"FIRM-MUST\"", "requirement = \"FIRM-SHOULD\""),
        ("gain = true", "grade = \"fail\""),
        ("of = \"go\"", "of = \"go\"\ngrade = \"warn\""),
        ("grade = \"fail\" }", "grade = \"fail\", requirement = \"FIRM-SHOULD\" }"),
    ]));
}

#[test]
fn mistakes_of_scripts() {
    insta::assert_snapshot!(mistakes(&[
        ("scripts.toml", "base = \"as-basic\"", "base = \"as-basics\""),
        ("scripts.toml", "row = \"narrower\"", "row = \"wider\""),
        ("scripts.toml", "client = \"public\"", "client = \"confidential\""),
        ("scripts.toml", "axes = { client", "axes = { clients"),
        ("scripts.toml", "breaks = [\"never-more\"]", "breaks = [\"never-moor\"]"),
        ("scripts.toml", "breaks = [\"never-more\"]", "breaks = [\"never-more\", \"never-more\"]"),
        ("scripts.toml", "step = \"login.token\"", "step = \"logn\""),
        ("scripts.toml", "step = \"login.token\"", "step = \"login.tokens\""),
        ("scripts.toml", "endpoint = \"token\"", "endpoint = \"tokn\""),
        ("scripts.toml", "endpoint = \"token\"", "endpoint = \"metadata\""),
        ("scripts.toml", "{jwt:scope=a b}", "{token}"),
        ("scripts.toml", "json = {", "status = 99\njson = {"),
        ("scripts.toml", "json = {", "body = \"x\"\njson = {"),
        ("scripts.toml", "id = \"widens\"", "id = \"Widens\""),
        (
            "bases/as-basic.toml",
            "endpoint = \"authorization\"",
            "endpoint = \"authorization\"\nstep = \"login\""
        ),
        ("bases/as-basic.toml", "id = \"as-basic\"", "id = \"as-plain\""),
    ]));
}

#[test]
fn scripts_need_their_case() {
    let (_, errors) = from_texts(&[("cases/server/refresh/example.scripts.toml", SCRIPTS)]);
    insta::assert_snapshot!(errors[0]);
}

#[test]
fn mistakes_of_flows() {
    insta::assert_snapshot!(mistakes(&[
        ("code-grant.toml", "authorize = {", "use = \"code-grant\"\n#"),
        ("code-grant.toml", "id = \"code-grant\"", "id = \"code-grants\""),
        ("code-grant.toml", "{flow.scope}", "{row.scope}"),
    ]));
}

#[test]
fn a_requirement_says_the_truth_about_its_checks() {
    insta::assert_snapshot!(mistakes(&[
        ("rfc6749.toml", "standing = \"checked\"", "standing = \"planned\"\nreason = \"Waits.\""),
        ("rfc6749.toml", "standing = \"planned\"\nreason = \"Waits.\"", "standing = \"checked\""),
        ("rfc6749.toml", "standing = \"planned\"\nreason = \"Waits.\"", "standing = \"planned\""),
        ("rfc6749.toml", "standing = \"planned\"\nreason = \"Waits.\"", "standing = \"excluded\""),
        ("rfc6749.toml", "standing = \"checked\"", "standing = \"checked\"\nreason = \"Waits.\""),
        ("contracts.toml", "profile = \"toolhive\"", "profile = \"tolhive\""),
    ]));
}

#[test]
fn a_script_breaks_only_what_its_row_judges() {
    insta::assert_snapshot!(case_mistakes(&[(
        "control = \"login\"",
        "control = \"login\"\nrows = [\"omitted\"]"
    )]));
}

#[test]
fn client_cases_only_invoke() {
    let case = CASE.replace("subject = \"server\"", "subject = \"client\"");
    let (catalog, _) =
        from_texts(&[("cases/server/refresh/example.toml", &case), ("flows/code-grant.toml", FLOW)]);
    let errors = lint(&catalog);
    let wrong: Vec<String> =
        errors.iter().filter(|error| error.message.contains("no verb")).map(ToString::to_string).collect();
    insta::assert_snapshot!(wrong.join("\n"));
}

#[test]
fn library_cases_are_refused() {
    insta::assert_snapshot!(case_mistakes(&[("subject = \"server\"", "subject = \"library\"")]));
}

/// The sketches of the design, each in a world of the embedded data.
#[test]
fn the_sketches_lint() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sketches");
    let (embedded, errors) = crate::load::embedded(true);
    assert_eq!(errors, []);
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let id = toml::from_str::<toml::Table>(&text).unwrap()["id"].as_str().unwrap().to_owned();
        let (sketch, errors) = from_texts(&[(&format!("cases/{id}.toml"), &text)]);
        assert!(errors.is_empty(), "{}", LoadErrors(errors));
        let mut catalog = embedded.clone();
        catalog.cases.extend(sketch.cases);
        catalog.sources.live.push(crate::model::Word::made(&*id));
        let errors: Vec<FileError> =
            lint(&catalog).into_iter().filter(|error| error.path.ends_with(&format!("{id}.toml"))).collect();
        assert!(errors.is_empty(), "{}", LoadErrors(errors));
        seen += 1;
    }
    assert_eq!(seen, 5);
}
