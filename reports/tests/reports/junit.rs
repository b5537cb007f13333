//! JUnit XML: what a reader counts, and whether the strictest reader takes it.

use std::fs;
use std::path::Path;

use roxmltree::Document;
use scopecheck_reports::{Expectation, Grade, Results, junit};
use uppsala::XsdValidator;

use crate::fixtures::{HOSTILE, case, everything, failed_run, failing, hostile, run};

fn violations(xml: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/junit-jenkins.xsd");
    let schema = fs::read_to_string(path).unwrap();
    let validator = XsdValidator::from_schema(&uppsala::parse(&schema).unwrap()).unwrap();
    match uppsala::parse(xml) {
        Ok(document) => validator.validate(&document).iter().map(ToString::to_string).collect(),
        Err(error) => vec![error.to_string()],
    }
}

fn render(results: &Results) -> String {
    junit::render(results).unwrap()
}

/// `name: element type message` for every test case.
fn endings(xml: &str) -> Vec<String> {
    let document = Document::parse(xml).unwrap();
    document
        .descendants()
        .filter(|node| node.has_tag_name("testcase"))
        .map(|node| {
            let name = node.attribute("name").unwrap_or_default();
            let ending =
                node.children().find(|child| child.is_element() && !child.has_tag_name("system-out"));
            match ending {
                None => format!("{name}: success"),
                Some(ending) => {
                    let word = ending.tag_name().name();
                    let kind = ending.attribute("type").map(|kind| format!(" {kind}")).unwrap_or_default();
                    format!("{name}: {word}{kind}: {}", ending.attribute("message").unwrap_or_default())
                }
            }
        })
        .collect()
}

#[test]
fn a_failed_run() {
    insta::assert_snapshot!(render(&failed_run()));
}

#[test]
fn every_grade_and_every_outcome_has_its_state() {
    insta::assert_snapshot!(endings(&render(&everything())).join("\n"));
}

#[test]
fn the_strictest_reader_takes_every_report() {
    let cut = Results { footer: None, ..everything() };
    let mut interrupted = everything();
    if let Some(footer) = &mut interrupted.footer {
        footer.interrupted = true;
        footer.duration_ms = 12_345_678;
    }
    for results in [everything(), failed_run(), cut, interrupted, run(vec![], 4, "nothing was selected")] {
        let xml = render(&results);
        assert_eq!(violations(&xml), [""; 0], "{xml}");
    }
}

#[test]
fn hostile_text_gives_valid_xml_that_still_shows_it() {
    for text in HOSTILE {
        let xml = render(&hostile(text));
        assert_eq!(violations(&xml), [""; 0], "{text:?}");
        let expected = scopecheck_reports::escape::line(text);
        let document = Document::parse(&xml).unwrap();
        let failure = document.descendants().find(|node| node.has_tag_name("failure")).unwrap();
        let message = failure.attribute("message").unwrap();
        assert_eq!(message, format!("The token carries {expected} too."));
    }
}

#[test]
fn the_validator_refuses_what_jenkins_refuses() {
    let good = r#"<testsuites name="a" time="1.5"><testsuite name="s" tests="1" failures="0" errors="0" skipped="1">
        <testcase name="c" classname="server"><skipped message="n/a"/></testcase></testsuite></testsuites>"#;
    assert_eq!(violations(good), [""; 0]);
    for (change, to) in [
        (r#"name="a" time"#, r#"name="a" skipped="1" time"#),
        (r#"time="1.5""#, r#"time="1.5 s""#),
        (r#" tests="1""#, ""),
        (r#"<testcase name="c""#, "<testcase"),
        (r#"classname="server">"#, r#"classname="server"><properties/>"#),
        (r#"<skipped message="n/a"/>"#, "<omitted/>"),
        (r#"<skipped message="n/a"/>"#, r#"<skipped reason="n/a"/>"#),
        (r#"<skipped message="n/a"/>"#, "text"),
        ("</testcase>", ""),
    ] {
        let bad = good.replacen(change, to, 1);
        assert_ne!(bad, good);
        assert_ne!(violations(&bad), [""; 0], "accepted: {bad}");
    }
}

#[test]
fn name_and_classname_are_always_set_and_the_counts_agree() {
    let xml = render(&everything());
    let document = Document::parse(&xml).unwrap();
    let cases: Vec<_> = document.descendants().filter(|node| node.has_tag_name("testcase")).collect();
    assert!(
        cases
            .iter()
            .all(|node| node.attribute("name").is_some() && node.attribute("classname") == Some("server"))
    );
    let count = |name| document.descendants().filter(|node| node.has_tag_name(name)).count().to_string();
    let root = document.root_element();
    assert_eq!(root.attribute("tests"), Some(cases.len().to_string().as_str()));
    assert_eq!(root.attribute("failures"), Some(count("failure").as_str()));
    assert_eq!(root.attribute("errors"), Some(count("error").as_str()));
}

#[test]
fn the_gravest_check_of_a_case_speaks_for_it() {
    let id = "server/refresh/matrix";
    let mut mixed = case(id, Grade::Blocked);
    mixed.checks[0].message = "no witness".to_owned();
    mixed.checks.push(failing(id).checks.remove(0));
    mixed.grade = Grade::Fail;
    let mut excused = failing("server/refresh/other");
    excused.checks[0].expectation = Expectation::Expected { reason: "Known.".to_owned(), issue: None };
    excused.checks.push(failing("server/refresh/other").checks.remove(0));
    insta::assert_snapshot!(endings(&render(&run(vec![mixed, excused], 1, "broken"))).join("\n"));
}

#[test]
fn a_warning_is_red_only_where_it_counts() {
    let plain = case("server/a/plain", Grade::Warn);
    let mut denied = case("server/a/denied", Grade::Warn);
    denied.checks[0].expectation = Expectation::Unexpected;
    insta::assert_snapshot!(endings(&render(&run(vec![plain, denied], 1, "a warning is denied"))).join("\n"));
}

#[test]
fn a_run_that_is_not_green_is_not_green_here_either() {
    let green = || vec![case("server/a/b", Grade::Pass)];
    let last = |results: &Results| endings(&render(results)).pop().unwrap();
    let mut results = run(green(), 3, "no check of level MUST was exercised");
    insta::assert_snapshot!(last(&results), @"the run as a whole: error exit-code: exit 3: no check of level MUST was exercised");
    if let Some(footer) = &mut results.footer {
        footer.interrupted = true;
        footer.exit_reason = "interrupted; what is recorded is valid".to_owned();
    }
    insta::assert_snapshot!(last(&results), @"the run as a whole: error interrupted: interrupted; what is recorded is valid");
    results.footer = None;
    insta::assert_snapshot!(last(&results), @"the run as a whole: error incomplete: the run was cut short before its footer was written; run it again");
}
