//! The rules of the adapter protocol and the points of the dialect: how they are explained, and what the reference adapter is told.

use crate::support::{Deviating, Said, put, run, tally};

/// Puts the rules of the protocol to the reference adapter, with a fault if one is named.
fn told(fault: Option<&str>) -> Said {
    let program = env!("CARGO_BIN_EXE_scopecheck");
    let mut words = vec![
        "library",
        "--timeout",
        "300ms",
        "--filter",
        "area(library/protocol)",
        "--",
        program,
        "reference",
        "adapter",
    ];
    words.extend(fault.into_iter().flat_map(|fault| ["--fault", fault]));
    run(&words, b"").0
}

#[test]
fn a_rule_a_point_and_a_contract_of_the_protocol_are_explained() {
    let shown = |id: &str| run(&["explain", id], b"").0.shown();
    insta::assert_snapshot!(shown("library/protocol/lines"));
    insta::assert_snapshot!(shown("library/dialect/matching"));
    insta::assert_snapshot!(shown("AP-02"));
}

#[test]
fn the_reference_adapter_keeps_every_rule_and_the_rules_alone_can_be_run() {
    let said = told(None);
    assert_eq!(said.code, Some(0), "{}", said.shown());
    assert!(said.stdout.contains("7 pass"), "{}", said.shown());
}

#[test]
fn each_fault_of_the_adapter_fails_its_own_rule() {
    for (fault, rule) in [
        ("adapter-announces-unknown-operation", "hello"),
        ("adapter-prints-debug-line", "lines"),
        ("adapter-answers-twice", "replies"),
        ("adapter-reply-without-member", "members"),
        ("adapter-crashes-on-empty", "life"),
        ("adapter-exits-with-status", "end"),
    ] {
        let said = told(Some(fault));
        assert_eq!(said.code, Some(1), "{fault}: {}", said.shown());
        let failed = format!("  fail      library/protocol/{rule}\n");
        assert!(said.stdout.contains(&failed), "{fault}: {}", said.shown());
    }
}

#[test]
fn an_adapter_that_hangs_is_never_green() {
    let said = told(Some("adapter-hangs-on-long-input"));
    assert_eq!(said.code, Some(3), "{}", said.shown());
}

#[test]
fn each_declared_deviation_costs_one_warning_and_a_library_in_this_process_speaks_no_protocol() {
    let declared = [
        ("separators", "whitespace"),
        ("duplicates", "keep"),
        ("claims", "merge"),
        ("malformed", "drop"),
        ("matching", "wildcard"),
    ];
    let limit = std::time::Duration::from_mins(1);
    let library = || Deviating::new(&declared, |_, _, reply| reply);
    assert_eq!(tally(&put(library(), "library/dialect/", limit)), "warn 5");
    assert_eq!(tally(&put(library().offering(&["covers"]), "library/dialect/", limit)), "n/a 4, warn 1");
    let strict = Deviating::new(&[], |_, _, reply| reply);
    assert_eq!(tally(&put(strict, "library/dialect/", limit)), "pass 5");
    assert_eq!(tally(&put(library(), "library/protocol/", limit)), "n/a 7");
}

/// An adapter that keeps to the protocol, and offers one operation that it never does.
const IDLE: &str = r#"
import json, sys
for line in sys.stdin:
    said = json.loads(line)
    if "bye" in said:
        break
    if "hello" in said:
        reply = {"hello": {"name": "idle", "version": "1", "operations": ["parse"]}}
    else:
        reply = {"seq": said["seq"], "unsupported": {"reason": "later"}}
    print(json.dumps(reply), flush=True)
"#;

#[test]
fn good_manners_alone_prove_nothing() {
    let (said, _folder) = run(&["library", "-q", "--", "python3", "-c", IDLE], b"");
    assert_eq!(said.code, Some(3), "{}", said.shown());
    assert!(said.stdout.contains("nothing is proven"), "{}", said.shown());
}
