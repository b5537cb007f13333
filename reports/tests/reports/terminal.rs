//! The report for people, read as people read it.

use insta::assert_snapshot;
use scopecheck_reports::terminal::{TerminalOptions, render};
use scopecheck_reports::{Expectation, Grade, Results};

use crate::fixtures::{case, everything, failed_run, failing, hostile, run, unexercised};

fn plain(results: &Results) -> String {
    render(results, &TerminalOptions::default())
}

fn green() -> Results {
    run(
        vec![
            case("server/refresh/matrix@row=equal", Grade::Pass),
            case("server/refresh/rotation", Grade::Pass),
        ],
        0,
        "every scored check is satisfied",
    )
}

#[test]
fn all_pass() {
    assert_snapshot!(plain(&green()));
}

#[test]
fn all_pass_verbose() {
    assert_snapshot!(render(&green(), &TerminalOptions { verbose: true, ..Default::default() }));
}

#[test]
fn fail() {
    assert_snapshot!(plain(&failed_run()));
}

#[test]
fn fail_on_a_narrow_terminal() {
    assert_snapshot!(render(&failed_run(), &TerminalOptions { width: 60, ..Default::default() }));
}

#[test]
fn fail_quiet() {
    assert_snapshot!(render(&failed_run(), &TerminalOptions { quiet: true, ..Default::default() }));
}

#[test]
fn fail_in_colour() {
    let coloured = render(&failed_run(), &TerminalOptions { color: true, ..Default::default() });
    assert_snapshot!(coloured.replace('\u{1b}', "ESC"));
}

#[test]
fn warn() {
    let mut warning = case("server/token/says-scope", Grade::Warn);
    warning.checks[0].message = "The response does not say that less was granted.".to_owned();
    "SHOULD".clone_into(&mut warning.checks[0].requirement.level);
    assert_snapshot!(plain(&run(vec![warning], 0, "every scored check is satisfied")));
}

#[test]
fn observed() {
    let mut observed = case("server/authorize/unknown-scope@row=random", Grade::Observed);
    observed.checks[0].observed = Some("outcome = ignored".to_owned());
    observed.checks[0].message = "The unknown scope was left out and the rest granted.".to_owned();
    assert_snapshot!(plain(&run(vec![observed], 0, "every scored check is satisfied")));
}

#[test]
fn blocked() {
    let limited = "the registration endpoint answered 429 Too Many Requests, Retry-After: 60";
    let mut blocked: Vec<_> = (1..=5)
        .map(|n| unexercised(&format!("server/registration/case-{n}"), Grade::Blocked, limited))
        .collect();
    let mut refused = case("server/refresh/matrix@row=equal", Grade::Blocked);
    refused.checks[0].message = "the control `login` was refused: invalid_scope".to_owned();
    refused.checks[0].witness = None;
    blocked.insert(0, refused);
    assert_snapshot!(plain(&run(blocked, 3, "6 cases could not be exercised, so the run is incomplete")));
}

#[test]
fn not_applicable() {
    let device = "needs grant.device, which the metadata does not list";
    let cases = vec![
        unexercised("server/device/basic", Grade::NotApplicable, "needs scopes.two; give `scopes.grantable`"),
        unexercised("server/device/narrower", Grade::NotApplicable, device),
        unexercised("server/device/wider", Grade::NotApplicable, device),
    ];
    assert_snapshot!(plain(&run(
        cases,
        3,
        "no check of level MUST ended in pass or fail, so nothing is proven"
    )));
}

#[test]
fn error() {
    let cases = vec![unexercised(
        "server/x/y",
        Grade::Error,
        "the scripted server could not be started: address in use",
    )];
    assert_snapshot!(plain(&run(cases, 3, "1 case ended in error, so the run is incomplete")));
}

#[test]
fn expected() {
    let mut known = failing("server/refresh/matrix@row=wider");
    known.checks[0].expectation = Expectation::Expected {
        reason: "The server widens on purpose.".to_owned(),
        issue: Some("https://issues.example/7".to_owned()),
    };
    assert_snapshot!(plain(&run(vec![known], 0, "every scored check is satisfied or excused")));
}

#[test]
fn stale() {
    let mut stale = case("server/refresh/matrix@row=wider", Grade::Pass);
    stale.checks[0].expectation = Expectation::Stale { reason: "The server widens on purpose.".to_owned() };
    let mut run = run(vec![stale], 5, "1 entry of expected.toml is stale");
    if let Some(footer) = &mut run.footer {
        footer.stale = vec!["server/refresh/matrix@row=wider#never-more".to_owned()];
        footer.next = vec!["scopecheck baseline update".to_owned()];
    }
    assert_snapshot!(plain(&run));
}

#[test]
fn unmatched() {
    let mut run = run(vec![case("server/x/y", Grade::Pass)], 5, "1 entry of expected.toml matches no case");
    if let Some(footer) = &mut run.footer {
        footer.unmatched = vec!["case = \"server/refresh/gone\" (line 12)".to_owned()];
    }
    assert_snapshot!(plain(&run));
}

#[test]
fn incomplete() {
    let cut = Results { footer: None, ..green() };
    assert_snapshot!(plain(&cut));
}

#[test]
fn hostile_text() {
    assert_snapshot!(plain(&hostile("\u{1b}[31mread\u{202e}etirw\u{200b}\n")));
}

#[test]
fn every_grade_and_every_outcome_of_an_expectation() {
    assert_snapshot!(plain(&everything()));
}

#[test]
fn a_case_of_another_table_stands_apart() {
    let mut other = failing("server/refresh/matrix@row=wider");
    other.table = "baseline-off".to_owned();
    let text = plain(&run(vec![other, failing("server/refresh/matrix@row=wider")], 1, "broken"));
    let headings: Vec<_> = text.lines().filter(|line| line.starts_with("server/")).collect();
    let expected =
        ["server/refresh (table baseline-off)  1 fail", "server/refresh                       1 fail"];
    assert_eq!(headings, expected);
}

#[test]
fn colour_adds_nothing_but_colour() {
    let coloured = render(&everything(), &TerminalOptions { color: true, ..Default::default() });
    let stripped = coloured
        .split('\u{1b}')
        .enumerate()
        .map(|(n, part)| if n == 0 { part } else { part.split_once('m').map_or(part, |(_, rest)| rest) })
        .collect::<String>();
    assert_eq!(stripped, plain(&everything()));
}
