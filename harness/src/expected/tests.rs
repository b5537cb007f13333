//! The table of outcomes, row by row, and the file itself.

use indexmap::IndexMap;
use jiff::civil::{Date, date};
use scopecheck_reports::{CaseResult, CheckResult, Expectation, Grade, RequirementRef};
use scopecheck_scenarios::error::SourceFile;

use super::*;

const HEADER: &str = "written-for = '0.1.0'\nrequirements = '2026.1'\n";

fn expected(entries: &str) -> Expected {
    Expected::parse(&source(&format!("{HEADER}{entries}"))).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(text: &str) -> String {
    Expected::parse(&source(text)).unwrap_err().to_string()
}

fn source(text: &str) -> SourceFile {
    SourceFile { path: "targets/mine/expected.toml".into(), text: text.into() }
}

/// An entry about check `never-more` of case `server/refresh/matrix`.
fn entry(lines: &str) -> String {
    format!(
        "[[expect]]\ncase = 'server/refresh/matrix'\ncheck = 'never-more'\nreason = 'They know.'\n{lines}\n"
    )
}

fn check(slug: &str, grade: Grade) -> CheckResult {
    CheckResult {
        id: format!("server/refresh/matrix#{slug}"),
        slug: slug.to_owned(),
        requirement: RequirementRef {
            id: "RFC6749-6-2".to_owned(),
            source: "RFC 6749".to_owned(),
            section: "6".to_owned(),
            level: "MUST NOT".to_owned(),
            summary: "Not more than was granted.".to_owned(),
            url: None,
        },
        grade,
        message: "the refresh gave `admin`,\nwhich nobody granted".to_owned(),
        difference: None,
        hint: None,
        witness: None,
        observed: None,
        evidence: Vec::new(),
        curl: None,
        expectation: Expectation::None,
        responsible: "server".to_owned(),
    }
}

fn case(row: &str, checks: Vec<CheckResult>) -> CaseResult {
    let variant: IndexMap<String, String> = [("row".to_owned(), row.to_owned())].into_iter().collect();
    CaseResult {
        id: format!("server/refresh/matrix@row={row}"),
        case: "server/refresh/matrix".to_owned(),
        variant,
        title: String::new(),
        subject: "server".to_owned(),
        area: "server/refresh".to_owned(),
        impact: "escalation".to_owned(),
        grade: Grade::worst(checks.iter().map(|check| check.grade)).unwrap_or(Grade::Blocked),
        reason: None,
        table: "default".to_owned(),
        started: String::new(),
        duration_ms: 0,
        checks,
        exchanges: Vec::new(),
        steps: Vec::new(),
        rerun: String::new(),
    }
}

fn catalog() -> Vec<CatalogCase<'static>> {
    vec![
        CatalogCase {
            id: "server/refresh/matrix",
            checks: vec!["never-more", "says-so"],
            axes: vec![("row", vec!["wider", "equal"])],
        },
        CatalogCase { id: "server/other/case", checks: vec!["only"], axes: Vec::new() },
    ]
}

fn options() -> Options {
    Options {
        today: date(2026, 11, 21),
        deny_warn: false,
        unfiltered: true,
        suite_version: "0.1.0".to_owned(),
        requirements: "2026.1".to_owned(),
    }
}

/// What becomes of one check that ends in `grade` under these entries.
fn outcome(entries: &str, grade: Grade) -> (Expectation, Applied) {
    let mut cases = vec![case("wider", vec![check("never-more", grade)])];
    let applied = expected(entries).apply(&mut cases, &catalog(), &options());
    (cases.remove(0).checks.remove(0).expectation, applied)
}

fn reason() -> String {
    "They know.".to_owned()
}

#[test]
fn listed_and_the_same_grade_is_expected() {
    let (expectation, applied) =
        outcome(&entry("grade = 'fail'\nissue = 'https://example.com/1'"), Grade::Fail);
    assert_eq!(
        expectation,
        Expectation::Expected { reason: reason(), issue: Some("https://example.com/1".into()) }
    );
    assert_eq!(applied, Applied { expected: 1, ..Applied::default() });
    let (expectation, applied) = outcome(&entry("grade = 'blocked'"), Grade::Blocked);
    assert!(matches!(expectation, Expectation::Expected { .. }));
    assert_eq!(applied.incomplete, 0, "what is expected to be blocked leaves nothing open");
}

#[test]
fn listed_and_failing_in_another_way_is_changed() {
    for (listed, ended) in
        [("fail", Grade::Warn), ("warn", Grade::Fail), ("blocked", Grade::Fail), ("blocked", Grade::Warn)]
    {
        let (expectation, applied) = outcome(&entry(&format!("grade = '{listed}'")), ended);
        assert_eq!(expectation, Expectation::Changed { reason: reason(), from: listed.parse().unwrap() });
        assert_eq!(applied, Applied { changed: 1, ..Applied::default() }, "{listed} {ended}");
    }
}

#[test]
fn listed_and_passing_is_stale() {
    for ended in [Grade::Pass, Grade::Observed] {
        let (expectation, applied) = outcome(&entry("grade = 'fail'"), ended);
        assert_eq!(expectation, Expectation::Stale { reason: reason() });
        assert_eq!(applied.stale, ["server/refresh/matrix#never-more (line 4: They know.)"]);
    }
}

#[test]
fn listed_and_expired_is_unexpected_again() {
    let (expectation, applied) = outcome(&entry("grade = 'fail'\nexpires = 2026-11-20"), Grade::Fail);
    assert_eq!(expectation, Expectation::Expired { reason: reason(), expires: "2026-11-20".into() });
    assert_eq!(applied, Applied { unexpected_fail: 1, ..Applied::default() });
    let (expectation, _) = outcome(&entry("grade = 'fail'\nexpires = '2026-11-21'"), Grade::Fail);
    assert!(matches!(expectation, Expectation::Expected { .. }), "the last day still excuses");
    let (_, applied) = outcome(&entry("grade = 'warn'\nexpires = 2026-11-20"), Grade::Warn);
    assert_eq!(applied, Applied::default(), "a warn counts against nobody unless it is denied");
}

#[test]
fn listed_and_matching_nothing_in_the_catalogue_is_unmatched() {
    for entries in [
        "[[expect]]\ncase = 'server/refresh/matrx'\ngrade = 'fail'\nreason = 'r'\n",
        "[[expect]]\ncase = 'server/refresh/*'\ncheck = 'only'\ngrade = 'fail'\nreason = 'r'\n",
        "[[expect]]\ncase = 'server/refresh/matrix'\nwhere = { row = 'wide' }\ngrade = 'fail'\nreason = 'r'\n",
        "[[expect]]\ncase = 'server/other/case'\nwhere = { row = 'wider' }\ngrade = 'fail'\nreason = 'r'\n",
    ] {
        let (_, applied) = outcome(entries, Grade::Pass);
        assert_eq!(applied.unmatched.len(), 1, "{entries}");
        assert!(applied.stale.is_empty(), "{entries}");
    }
}

#[test]
fn listed_and_not_selected_is_silent() {
    let entries = "[[expect]]\ncase = 'server/other/case'\ngrade = 'fail'\nreason = 'r'\n";
    let (expectation, applied) = outcome(entries, Grade::Pass);
    assert_eq!((expectation, applied), (Expectation::None, Applied::default()));
    let other_table = entry("where = { table = 'jwt' }\ngrade = 'fail'");
    assert_eq!(outcome(&other_table, Grade::Pass), (Expectation::None, Applied::default()));
    assert_eq!(outcome(&other_table, Grade::Fail).0, Expectation::Unexpected);
}

#[test]
fn listed_and_not_exercised_is_no_signal() {
    for ended in [Grade::NotApplicable, Grade::Blocked, Grade::Error] {
        let (expectation, applied) = outcome(&entry("grade = 'fail'"), ended);
        assert_eq!(expectation, Expectation::NoSignal { reason: reason() });
        assert_eq!(applied.no_signal.len(), 1);
        assert_eq!(applied.incomplete, usize::from(ended != Grade::NotApplicable), "{ended}");
    }
    let (expectation, _) = outcome(&entry("grade = 'blocked'"), Grade::Error);
    assert_eq!(expectation, Expectation::NoSignal { reason: reason() });
}

#[test]
fn not_listed_and_failing_is_unexpected_and_ready_to_paste() {
    let (expectation, applied) = outcome("", Grade::Fail);
    assert_eq!(expectation, Expectation::Unexpected);
    assert_eq!(applied.unexpected_fail, 1);
    insta::assert_snapshot!(applied.paste, @r#"
    [[expect]] # RFC6749-6-2 the refresh gave `admin`,\nwhich nobody granted
    case = "server/refresh/matrix"
    check = "never-more"
    grade = "fail"
    reason = "" # Say in a sentence why this is known and accepted.
    "#);
}

#[test]
fn not_listed_and_anything_else_is_nothing() {
    for grade in [Grade::Pass, Grade::Warn, Grade::Observed, Grade::NotApplicable] {
        assert_eq!(outcome("", grade), (Expectation::None, Applied::default()), "{grade}");
    }
    assert_eq!(outcome("", Grade::Blocked).1, Applied { incomplete: 1, ..Applied::default() });
}

#[test]
fn a_denied_warn_counts_like_a_fail() {
    let mut cases = vec![case("wider", vec![check("never-more", Grade::Warn)])];
    let options = Options { deny_warn: true, ..options() };
    let applied = Expected::none().apply(&mut cases, &catalog(), &options);
    assert_eq!(cases[0].checks[0].expectation, Expectation::Unexpected);
    assert_eq!(applied.unexpected_fail, 1);
}

#[test]
fn an_entry_that_is_still_needed_somewhere_is_not_stale() {
    let mut cases = vec![
        case("wider", vec![check("never-more", Grade::Fail), check("says-so", Grade::Pass)]),
        case("equal", vec![check("never-more", Grade::Pass)]),
    ];
    let expected = expected("[[expect]]\ncase = 'server/*'\ngrade = 'fail'\nreason = 'r'\n");
    let applied = expected.apply(&mut cases, &catalog(), &options());
    assert_eq!(applied, Applied { expected: 1, ..Applied::default() });
    assert_eq!(cases[1].checks[0].expectation, Expectation::None);
}

#[test]
fn an_entry_that_may_be_needed_is_not_stale() {
    for order in [[Grade::Pass, Grade::Blocked], [Grade::Blocked, Grade::Pass]] {
        let mut cases = vec![
            case("wider", vec![check("never-more", order[0])]),
            case("equal", vec![check("never-more", order[1])]),
        ];
        let applied = expected(&entry("grade = 'fail'")).apply(&mut cases, &catalog(), &options());
        assert!(applied.stale.is_empty());
    }
}

#[test]
fn a_filtered_run_calls_an_entry_stale_only_if_all_that_it_means_did_run() {
    let options = Options { unfiltered: false, ..options() };
    let stale = |lines: &str| {
        let mut cases = vec![case("wider", vec![check("never-more", Grade::Pass)])];
        expected(&entry(lines)).apply(&mut cases, &catalog(), &options).stale.len()
    };
    assert_eq!(stale("grade = 'fail'"), 0, "the other row may still fail");
    assert_eq!(stale("where = { row = 'wider' }\ngrade = 'fail'"), 1);
    assert_eq!(stale("where = { row = 'w*' }\ngrade = 'fail'"), 0);
}

#[test]
fn the_entry_that_describes_what_happened_counts() {
    let entries =
        format!("{}{}", entry("grade = 'warn'"), entry("where = { row = 'wider' }\ngrade = 'fail'"));
    let (expectation, applied) = outcome(&entries, Grade::Fail);
    assert!(matches!(expectation, Expectation::Expected { .. }));
    assert_eq!(applied.changed, 0);
}

#[test]
fn a_case_that_broke_before_its_first_check_leaves_the_run_incomplete() {
    let applied = Expected::none().apply(&mut [case("wider", Vec::new())], &catalog(), &options());
    assert_eq!(applied.incomplete, 1);
}

#[test]
fn entries_to_paste_name_the_variant_only_where_variants_differ() {
    let pasted = |second: Grade| {
        let mut cases = vec![
            case("wider", vec![check("never-more", Grade::Fail)]),
            case("equal", vec![check("never-more", second)]),
        ];
        expected("").apply(&mut cases, &catalog(), &options()).paste
    };
    insta::assert_snapshot!(pasted(Grade::Fail), @r#"
    [[expect]] # RFC6749-6-2 the refresh gave `admin`,\nwhich nobody granted
    case = "server/refresh/matrix"
    check = "never-more"
    grade = "fail"
    reason = "" # Say in a sentence why this is known and accepted.
    "#);
    insta::assert_snapshot!(pasted(Grade::Pass), @r#"
    [[expect]] # RFC6749-6-2 the refresh gave `admin`,\nwhich nobody granted
    case = "server/refresh/matrix"
    check = "never-more"
    where = { row = "wider" }
    grade = "fail"
    reason = "" # Say in a sentence why this is known and accepted.
    "#);
}

#[test]
fn what_is_pasted_is_refused_until_it_has_a_reason_and_then_excuses() {
    let mut cases = vec![
        case("wider", vec![check("never-more", Grade::Fail), check("says-so", Grade::Fail)]),
        case("equal", vec![check("never-more", Grade::Fail)]),
        CaseResult { table: "jwt".into(), ..case("wider", vec![check("never-more", Grade::Pass)]) },
    ];
    let paste = Expected::none().apply(&mut cases, &catalog(), &options()).paste;
    assert!(refused(&paste).contains("an entry without a reason"));
    let told = paste.replace("reason = \"\"", "reason = \"They know.\"");
    let expected = Expected::parse(&source(&told)).unwrap_or_else(|error| panic!("{error}\n{told}"));
    assert_eq!((expected.written_for.as_str(), expected.requirements.as_str()), ("0.1.0", "2026.1"));
    let applied = expected.apply(&mut cases, &catalog(), &options());
    assert_eq!(applied, Applied { expected: 3, ..Applied::default() });
}

#[test]
fn every_field_is_read() {
    let read = expected(&entry(
        "where = { row = 'w*', client = 'public' }\ngrade = 'warn'\nissue = 'i'\nowner = 'o'\nexpires = 2027-01-31",
    ));
    let entry = &read.entries[0];
    assert_eq!(entry.case.as_str(), "server/refresh/matrix");
    assert_eq!((entry.variant["row"].as_str(), entry.variant["client"].as_str()), ("w*", "public"));
    assert_eq!(entry.grade, ListedGrade::Warn);
    assert_eq!((entry.issue.as_deref(), entry.owner.as_deref()), (Some("i"), Some("o")));
    assert_eq!(entry.expires, Some(date(2027, 1, 31)));
    assert_eq!(entry.line, 4);
    assert!(expected("").entries.is_empty());
}

#[test]
fn mistakes_are_shown_in_place() {
    let entry = |lines: &str| refused(&format!("{HEADER}[[expect]]\n{lines}\n"));
    insta::assert_snapshot!(refused(""), @r"
    targets/mine/expected.toml:1:1: the key `written-for` is missing
      |
    1 | 
      | ^
    help: add `written-for` to this table
    ");
    insta::assert_snapshot!(refused("written-for = '0.1.0'\nrequirement = '2026.1'\n"), @r"
    targets/mine/expected.toml:2:1: unknown key `requirement`
      |
    2 | requirement = '2026.1'
      | ^^^^^^^^^^^
    help: did you mean `requirements`?
    ");
    insta::assert_snapshot!(entry("grade = 'fail'\nreason = 'r'"), @r"
    targets/mine/expected.toml:3:1: the key `case` is missing
      |
    3 | [[expect]]
      | ^^^^^^^^^^
    help: add `case` to this table
    ");
    insta::assert_snapshot!(entry("case = 'a'\ngrade = 'fail'"), @r"
    targets/mine/expected.toml:3:1: the key `reason` is missing
      |
    3 | [[expect]]
      | ^^^^^^^^^^
    help: add `reason` to this table
    ");
    insta::assert_snapshot!(entry("case = 'a'\ngrade = 'fail'\nreason = ' '"), @r"
    targets/mine/expected.toml:6:10: an entry without a reason excuses nothing
      |
    6 | reason = ' '
      |          ^^^
    help: say in a sentence why this is known and accepted
    ");
    insta::assert_snapshot!(entry("case = 'a'\ngrade = 'error'\nreason = 'r'"), @r"
    targets/mine/expected.toml:5:9: `error` cannot be expected
      |
    5 | grade = 'error'
      |         ^^^^^^^
    help: write `fail`, `warn` or `blocked`; the other grades need no excuse, and an `error` is never the subject's
    ");
    insta::assert_snapshot!(entry("case = 'a'\ngrade = 'fail'\nreasn = 'r'"), @r"
    targets/mine/expected.toml:6:1: unknown key `reasn`
      |
    6 | reasn = 'r'
      | ^^^^^
    help: did you mean `reason`?
    ");
    insta::assert_snapshot!(entry("case = 'a@row=b'\ngrade = 'fail'\nreason = 'r'"), @r#"
    targets/mine/expected.toml:4:8: `case` names a case, without its variant and its check
      |
    4 | case = 'a@row=b'
      |        ^^^^^^^^^
    help: write the part after `@` as `where = { axis = "value" }` and the part after `#` as `check`
    "#);
    insta::assert_snapshot!(entry("case = 'a'\ngrade = 'fail'\nreason = 'r'\nexpires = 'soon'"), @r"
    targets/mine/expected.toml:7:11: `expires` is a day
      |
    7 | expires = 'soon'
      |           ^^^^^^
    help: write it as `2027-01-31`
    ");
    insta::assert_snapshot!(entry("case = 'a'\ngrade = 'fail'\nreason = 'r'\nexpires = 2027-01-31T00:00:00Z"), @r"
    targets/mine/expected.toml:7:11: `expires` is a day
      |
    7 | expires = 2027-01-31T00:00:00Z
      |           ^^^^^^^^^^^^^^^^^^^^
    help: write it as `2027-01-31`
    ");
    insta::assert_snapshot!(entry("case = 'a'\ngrade = 'fail'\nreason = 'r'\nfingerprint = '0123456789ab'"), @r"
    targets/mine/expected.toml:7:15: fingerprints are not compared by this version
      |
    7 | fingerprint = '0123456789ab'
      |               ^^^^^^^^^^^^^^
    help: remove the line; the entry then excuses every failure of this check with this grade
    ");
    insta::assert_snapshot!(entry("case = 'a'\nwhere = 'row'\ngrade = 'fail'\nreason = 'r'"), @r#"
    targets/mine/expected.toml:5:9: wrong type: string "row", expected a table
      |
    5 | where = 'row'
      |         ^^^^^
    help: write a value of that type; strings always stand in quotes
    "#);
    insta::assert_snapshot!(Expected::load("/no/such/expected.toml".as_ref()).unwrap_err(), @r"
    cannot read /no/such/expected.toml: No such file or directory (os error 2)
    help: check the path given to --expect, or write `--expect none` to excuse nothing
    ");
}

#[test]
fn a_day_is_a_date_without_a_time() {
    let read = |text: &str| -> Option<Date> {
        super::date::day(&toml::from_str::<toml::Table>(&format!("d = {text}")).unwrap()["d"])
    };
    assert_eq!(read("2027-01-31"), Some(date(2027, 1, 31)));
    assert_eq!(read("'2027-01-31'"), Some(date(2027, 1, 31)));
    assert_eq!(read("'2027-02-30'"), None);
    assert_eq!(read("12:00:00"), None);
    assert_eq!(read("7"), None);
}
