//! `scopecheck adapter check`, against adapters that are wrong in one point each.

use crate::support::{adapters, is_there, run};

/// What a check says of the script of that name, with these limits.
fn checked(script: &str, limits: [&str; 2]) -> String {
    let file = format!("{script}.py");
    let [call, hello] = limits;
    let words = ["adapter", "check", "--timeout", call, "--hello-timeout", hello, "--", "python3", &file];
    run(&adapters(), &words).shown()
}

/// Takes a snapshot of what a check says of each script.
fn snapshots(scripts: &[&str], limits: [&str; 2]) {
    if !is_there("python3") {
        return;
    }
    for script in scripts {
        insta::assert_snapshot!(*script, checked(script, limits));
    }
}

/// Long enough for every answer on a busy machine.
const PATIENT: [&str; 2] = ["5s", "30s"];
/// For those that never answer.
const SHORT: [&str; 2] = ["1s", "30s"];

#[test]
fn an_adapter_that_keeps_to_the_protocol_is_ready() {
    snapshots(&["honest", "lies"], PATIENT);
}

#[test]
fn a_foreign_line_on_standard_output_is_told_by_what_it_looks_like() {
    snapshots(&["prints-debug", "surrogates"], PATIENT);
    snapshots(&["repr-replies"], SHORT);
}

#[test]
fn the_encoding_of_standard_output_is_told() {
    snapshots(&["bom", "crlf"], PATIENT);
    snapshots(&["latin1"], ["2s", "30s"]);
}

#[test]
fn numbers_that_are_not_those_of_the_calls_are_told() {
    snapshots(&["twice"], PATIENT);
    snapshots(&["wrong-seq", "string-seq", "no-seq"], SHORT);
}

#[test]
fn replies_without_the_members_of_the_protocol_are_told() {
    snapshots(&["no-members", "two-members", "bare-list", "announces-too-much"], PATIENT);
}

#[test]
fn what_hello_says_wrongly_is_told_with_the_nearest_names() {
    snapshots(&["unknown-op", "unknown-semantics", "no-version", "no-operations", "odd-in-flight"], PATIENT);
}

#[test]
fn output_that_stays_in_a_buffer_is_told_from_silence() {
    snapshots(&["flushes-hello-only", "hangs"], SHORT);
    snapshots(&["never-flushes", "silent"], ["1s", "3s"]);
}

#[test]
fn calls_that_are_not_answered_are_told() {
    snapshots(&["skips", "one-at-a-time"], SHORT);
}

#[test]
fn a_death_is_told_with_the_last_words() {
    snapshots(&["dies", "dies-always", "leaves-at-second", "short-lines"], PATIENT);
}

#[test]
fn an_adapter_that_leaves_by_itself_is_never_ready() {
    if !is_there("python3") {
        return;
    }
    // Whether it is gone before or after the next call is written is a matter of luck, and so are the words on it.
    for script in ["exits-after-hello", "exits-after-one"] {
        let said = checked(script, PATIENT);
        assert!(said.starts_with("exit 1\n"), "{said}");
        assert!(said.contains("read line") && !said.contains("ready"), "{said}");
    }
}

#[test]
fn the_end_is_part_of_the_protocol() {
    snapshots(&["exits-1-after-bye"], PATIENT);
    snapshots(&["stays-after-bye"], ["1s", "3s"]);
}

#[test]
fn answers_that_change_are_told() {
    snapshots(&["changes-its-mind"], PATIENT);
}

#[test]
fn a_line_of_a_hundred_megabytes_does_not_end_the_check() {
    snapshots(&["long-line"], ["20s", "30s"]);
}

#[test]
fn an_adapter_that_never_says_hello_is_told_why() {
    snapshots(&["dies-on-hello", "echoes"], PATIENT);
    snapshots(&["repr", "pretty", "bare-hello", "utf16"], ["1s", "3s"]);
}
