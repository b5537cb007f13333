//! `results.json`: written, read back, and mistaken.

use scopecheck_reports::{Results, json};

use crate::fixtures::{HOSTILE, everything, failed_run, hostile};

fn written(results: &Results) -> String {
    let mut out = Vec::new();
    json::write(results, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn message(text: &str) -> String {
    json::read(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn what_is_written_is_read_back() {
    assert_eq!(json::read(written(&everything()).as_bytes()).unwrap(), everything());
    for text in HOSTILE {
        assert_eq!(json::read(written(&hostile(text)).as_bytes()).unwrap(), hostile(text), "{text:?}");
    }
}

#[test]
fn a_failed_run() {
    insta::assert_snapshot!(written(&failed_run()));
}

#[test]
fn what_is_not_results_is_refused_with_the_place() {
    let good = written(&failed_run());
    let messages = [
        message(""),
        message("{\"header\":{\"schema_version\":\"1.0\"}}"),
        message("{\"cases\":[]}"),
        message(&good.replacen("\"1.0\"", "\"2.0\"", 1)),
        message(&good.replacen("\"grade\": \"fail\"", "\"grade\": \"bad\"", 1)),
    ];
    insta::assert_snapshot!(messages.join(
        "
"
    ));
}
