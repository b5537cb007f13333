//! Faults of the adapter itself: the library behind it is sound, and what is said about it is not.

use serde_json::Value;

use super::line::Next;
use crate::{faults::Fault, library::Library};

/// The faults that only a process can show. They do nothing to a library that is called without an adapter.
pub const FAULTS: [Fault; 7] = [
    Fault::AdapterPrintsDebugLine,
    Fault::AdapterAnswersTwice,
    Fault::AdapterReplyWithoutMember,
    Fault::AdapterHangsOnLongInput,
    Fault::AdapterCrashesOnEmpty,
    Fault::AdapterExitsWithStatus,
    Fault::AdapterAnnouncesUnknownOperation,
];

/// An operation that no library has.
pub(super) const UNKNOWN: &str = "normalise";

/// What is printed before each reply.
pub(super) const DEBUG: &[u8] = b"DEBUG scopes: answering\n";

/// The longest input that an adapter which hangs still answers, in octets.
const LONGEST: usize = 1_000;

/// What a fault does instead of answering a call; `None` where the call is answered.
pub(super) fn instead(op: &str, input: &str, library: &Library) -> Option<Next> {
    let is_empty = || {
        let input: Option<Value> = serde_json::from_str(input).ok();
        op == "parse" && input.is_some_and(|input| input.get("text").and_then(Value::as_str) == Some(""))
    };
    if library.has(Fault::AdapterHangsOnLongInput) && input.len() > LONGEST {
        return Some(Next::FallSilent);
    }
    if library.has(Fault::AdapterCrashesOnEmpty) && is_empty() {
        return Some(Next::Die);
    }
    None
}

/// How often a reply is written.
pub(super) fn times(reply: &Value, library: &Library) -> usize {
    let refused = || reply.get("rejected").is_some();
    if library.has(Fault::AdapterAnswersTwice) && refused() { 2 } else { 1 }
}

/// Takes out of a refusal what it says.
pub(super) fn emptied(mut reply: Value, library: &Library) -> Value {
    if library.has(Fault::AdapterReplyWithoutMember)
        && let Some(members) = reply.as_object_mut()
    {
        members.remove("rejected");
    }
    reply
}

/// The exit status after `bye`.
pub(super) fn status(library: &Library) -> u8 {
    if library.has(Fault::AdapterExitsWithStatus) { 3 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{adapter::run, faults, library::LibraryProfile};

    const TALK: &str = "{\"hello\":{\"protocol\":1,\"suite\":\"scopecheck 0.1.0\"}}\n{\"seq\":1,\"op\":\"parse\",\"input\":{\"text\":\"a\"}}\n\
        {\"seq\":2,\"op\":\"parse\",\"input\":{\"text\":\"a\\tb\"}}\n{\"seq\":3,\"op\":\"parse\",\"input\":{\"text\":\"\"}}\n{\"bye\":{}}\n";

    fn said(fault: Fault, input: &str) -> String {
        let library = Library::new(LibraryProfile::Standard, [fault].into());
        let mut output = Vec::new();
        let status = run(input.as_bytes(), &mut output, &library).unwrap();
        let lines = String::from_utf8(output).unwrap();
        let shown = lines.lines().map(|line| if line.starts_with("{\"hello\"") { "(hello)" } else { line });
        format!("{}\n(status {status})", shown.collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn each_fault_breaks_one_rule_of_the_protocol() {
        insta::assert_snapshot!(FAULTS.map(|fault| format!("{fault}\n{}", said(fault, TALK))).join("\n\n"));
        let listed =
            faults::all().iter().filter(|info| info.breaks.starts_with("AP-")).map(|info| info.fault);
        assert_eq!(listed.collect::<Vec<_>>(), FAULTS);
    }

    #[test]
    fn an_adapter_that_hangs_reads_on_and_answers_nothing_more() {
        let long = "a".repeat(LONGEST);
        let input = format!("{{\"seq\":1,\"op\":\"parse\",\"input\":{{\"text\":\"{long}\"}}}}\n{TALK}");
        assert_eq!(said(Fault::AdapterHangsOnLongInput, &input), "\n(status 0)");
    }

    #[test]
    fn an_unknown_operation_is_announced_only_under_its_fault() {
        let hello = TALK.lines().next().unwrap();
        let announced = |faults: &[Fault]| {
            let library = Library::new(LibraryProfile::Standard, faults.iter().copied().collect());
            let mut output = Vec::new();
            run(hello.as_bytes(), &mut output, &library).unwrap();
            String::from_utf8(output).unwrap().contains(UNKNOWN)
        };
        assert!(!announced(&[]));
        assert!(announced(&[Fault::AdapterAnnouncesUnknownOperation]));
    }
}
