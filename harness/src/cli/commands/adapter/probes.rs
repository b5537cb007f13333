//! What an adapter is asked: for each operation a plain input, and inputs that tell how it reads JSON and text.

/// What a probe is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim {
    /// A plain input, which every library should answer.
    Plain,
    /// An odd one, which the library may refuse.
    Odd,
    /// A long one.
    Long,
}

/// A call that tells something about an adapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Probe {
    /// The operation.
    pub(super) op: String,
    /// What is special about the input, a few words.
    pub(super) about: &'static str,
    /// What it is about.
    pub(super) aim: Aim,
    /// The input, JSON text on one line.
    pub(super) input: String,
}

/// How long the long text is, in octets.
const LONG: usize = 1 << 20;

/// A compact JWT whose claims are `{"scope":"read"}`.
const TOKEN: &str = "eyJhbGciOiJFUzI1NiJ9.eyJzY29wZSI6InJlYWQifQ.c2lnbmF0dXJl";

/// An input for each operation. `$` is the text that varies, inside of a JSON string.
const INPUTS: &[(&str, &str)] = &[
    ("parse", r#"{"text":"$"}"#),
    ("serialize", r#"{"scopes":["$"]}"#),
    ("claims", r#"{"claims":{"scope":"$"}}"#),
    ("token", r#"{"token":"$"}"#),
    ("union", r#"{"first":["$"],"second":["read"]}"#),
    ("covers", r#"{"granted":["$"],"required":["read"]}"#),
    (
        "recorded",
        r#"{"requested":["read"],"response":{"access_token":"t","token_type":"Bearer","scope":"$"}}"#,
    ),
    ("plan_step_up", r#"{"defaults":[],"granted":["$"],"required":["read"],"interactive":true}"#),
    ("ensure_granted", r#"{"required":["read"],"claims":{"scope":"$"},"recorded":[]}"#),
    ("expand_registration", r#"{"requested":["$"],"supported":["read","$"],"defaults":[],"baseline":[]}"#),
    ("validate_baseline", r#"{"baseline":["$"],"supported":["read","$"]}"#),
    ("challenge", r#"{"header":"Bearer scope=\"$\""}"#),
    ("emit_challenge", r#"{"scopes":["$"],"error":"insufficient_scope"}"#),
];

/// Texts as they stand in JSON. The backslashes are JSON's.
const ODD: &[(&str, &str)] = &[
    ("letters beyond ASCII", "caf\u{e9} \u{1f512}"),
    ("the escapes of a quotation mark and a backslash", r#"a\\\"b"#),
    ("the escape \\u0000", r"a\u0000b"),
    ("half a surrogate pair, \\ud800", r"a\ud800b"),
];

/// The probes of an operation: the plain one first, the long one last. None for an operation that the protocol does not know.
pub(super) fn probes(op: &str) -> Vec<Probe> {
    let Some((_, template)) = INPUTS.iter().find(|(known, _)| *known == op) else { return Vec::new() };
    let probe = |about, aim, input| Probe { op: op.to_owned(), about, aim, input };
    let plain = template.replace('$', if op == "token" { TOKEN } else { "read" });
    let mut probes = vec![probe("a plain input", Aim::Plain, plain.clone())];
    probes.extend(ODD.iter().map(|(about, text)| probe(about, Aim::Odd, template.replace('$', text))));
    if template.contains("\"$\"") {
        let hex = template.replace("\"$\"", r#"{"hex":"61ff62"}"#);
        probes.push(probe("octets that are no UTF-8, as {\"hex\":...}", Aim::Odd, hex));
    }
    if let Some(members) = plain.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        probes.push(probe("every member twice", Aim::Odd, format!("{{{members},{members}}}")));
    }
    probes.push(probe("a text of 1 MiB", Aim::Long, template.replace('$', &"x".repeat(LONG))));
    probes
}

#[cfg(test)]
mod tests {
    use scopecheck_scenarios::operations::OPERATIONS;
    use serde_json::value::RawValue;

    use super::*;

    #[test]
    fn every_operation_of_the_protocol_has_probes_that_are_json_and_have_its_members() {
        for operation in OPERATIONS.iter().filter(|operation| !operation.reference_only) {
            let probes = probes(operation.word);
            assert!(probes.len() > 5, "{}", operation.word);
            for probe in probes {
                serde_json::from_str::<&RawValue>(&probe.input).unwrap();
                for member in operation.input {
                    assert!(probe.input.contains(&format!("\"{member}\":")), "{}: {member}", operation.word);
                }
            }
        }
        assert_eq!(probes("divide"), []);
    }

    #[test]
    fn the_probes_of_an_operation_go_from_plain_to_long() {
        let lines: Vec<String> = probes("parse")
            .iter()
            .map(|probe| format!("{}: {}", probe.about, probe.input.chars().take(60).collect::<String>()))
            .collect();
        insta::assert_snapshot!(lines.join("\n"));
    }
}
