//! The event log: written, read back, torn, and mistaken.

use std::io::{self, Write};

use scopecheck_reports::log::{EventWriter, read};
use scopecheck_reports::{Event, FoldError, Grade, Results};

use crate::fixtures::{HOSTILE, case, everything, failed_run, header, hostile};

fn written(results: &Results) -> String {
    let mut writer = EventWriter::new(Vec::new());
    writer.append(&Event::Header(results.header.clone())).unwrap();
    for case in &results.cases {
        writer.append(&Event::Case(Box::new(case.clone()))).unwrap();
    }
    if let Some(footer) = &results.footer {
        writer.append(&Event::Footer(footer.clone())).unwrap();
    }
    String::from_utf8(writer.into_inner()).unwrap()
}

fn message(log: &str) -> String {
    read(log.as_bytes()).unwrap_err().to_string()
}

#[test]
fn what_is_written_is_read_back() {
    let results = everything();
    let log = written(&results);
    assert_eq!(log.lines().count(), results.cases.len() + 2);
    assert_eq!(read(log.as_bytes()).unwrap(), results);
    assert!(read(log.as_bytes()).unwrap().complete());
}

#[test]
fn hostile_text_is_read_back_exactly_and_stays_on_its_line() {
    for text in HOSTILE {
        let results = hostile(text);
        let log = written(&results);
        assert_eq!(log.lines().count(), results.cases.len() + 2, "{text:?}");
        assert_eq!(read(log.as_bytes()).unwrap(), results, "{text:?}");
    }
}

#[test]
fn cases_are_sorted_by_table_and_id_whatever_ended_first() {
    let mut second_table = case("server/a/a", Grade::Pass);
    second_table.table = "jwt".to_owned();
    let events = [
        Event::Header(header()),
        Event::Case(Box::new(second_table)),
        Event::Case(Box::new(case("server/b/b", Grade::Pass))),
        Event::Case(Box::new(case("server/a/a", Grade::Pass))),
    ];
    let results = Results::fold(events).unwrap();
    let order: Vec<_> = results.cases.iter().map(|case| format!("{} {}", case.table, case.id)).collect();
    assert_eq!(order, ["default server/a/a", "default server/b/b", "jwt server/a/a"]);
}

#[test]
fn a_log_that_is_cut_anywhere_gives_what_was_recorded_by_then() {
    let results = failed_run();
    let log = written(&results);
    let header_end = log.find('\n').unwrap();
    for end in header_end..log.len() - 1 {
        let cut = read(&log.as_bytes()[..end]).unwrap_or_else(|error| panic!("cut at {end}: {error}"));
        let whole_lines = log[..end].matches('\n').count();
        assert!(cut.cases.len() + 1 >= whole_lines, "cut at {end}");
        assert!(!cut.complete(), "cut at {end}");
    }
}

#[test]
fn a_log_that_only_lacks_its_last_line_break_is_complete() {
    let log = written(&failed_run());
    assert!(read(log.trim_end().as_bytes()).unwrap().complete());
}

#[test]
fn an_interrupted_run_is_not_complete() {
    let mut results = failed_run();
    if let Some(footer) = &mut results.footer {
        footer.interrupted = true;
    }
    assert!(!results.complete());
}

#[test]
fn unknown_fields_and_empty_lines_are_skipped() {
    let log = written(&failed_run()).replacen("{\"event\"", "\n{\"later\":[1],\"event\"", 2);
    assert_eq!(read(log.as_bytes()).unwrap(), failed_run());
}

#[test]
fn a_log_without_a_header_says_that_nothing_was_recorded() {
    let header_only = written(&Results { cases: vec![], footer: None, ..failed_run() });
    let messages = ["", "\n", &header_only[..20]].map(message);
    insta::assert_snapshot!(messages.join("\n"));
}

#[test]
fn a_line_that_is_not_an_event_is_named() {
    let log = written(&failed_run());
    let mut lines: Vec<_> = log.lines().collect();
    let mut messages = Vec::new();
    for bad in ["{\"event\":\"case\",\"id\":7}", "{\"event\":\"casse\"}", "not JSON"] {
        lines[1] = bad;
        messages.push(message(
            &(lines.join(
                "
",
            ) + "
"),
        ));
    }
    insta::assert_snapshot!(messages.join(
        "
"
    ));
}

#[test]
fn events_out_of_order_are_named() {
    let log = written(&failed_run());
    let lines: Vec<_> = log.lines().collect();
    let messages = [
        message(&lines[1..].join(
            "
",
        )),
        message(&[lines[0], lines[0]].join(
            "
",
        )),
        message(&[lines[0], lines[1], lines[1]].join(
            "
",
        )),
        message(&[&log, lines[1]].concat()),
    ];
    insta::assert_snapshot!(messages.join(
        "
"
    ));
    assert_eq!(Results::fold([]), Err(FoldError::NoHeader));
}

#[test]
fn a_log_of_another_version_is_refused_by_its_version() {
    let log = written(&failed_run());
    let with = |version: &str| log.replacen("\"schema_version\":\"1.0\"", version, 1);
    let messages = [
        message(&with("\"schema_version\":\"2.0\"")),
        message(&with("\"schema_version\":\"one\"")),
        message(&with("\"schema_version\":1")),
        message(&with("\"other\":1")),
    ];
    insta::assert_snapshot!(messages.join(
        "
"
    ));
    assert!(read(with("\"schema_version\":\"1.7\"").as_bytes()).is_ok());
}

#[test]
fn an_event_is_flushed_at_once_and_a_full_disk_is_reported() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::other("no space left"))
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let error = EventWriter::new(Full).append(&Event::Header(header())).unwrap_err();
    insta::assert_snapshot!(error);

    // A buffered sink must have everything after each event.
    let mut writer = EventWriter::new(io::BufWriter::new(Vec::new()));
    writer.append(&Event::Header(header())).unwrap();
    assert!(writer.into_inner().buffer().is_empty());
}
