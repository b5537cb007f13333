//! Runs to render: one small run per thing that can happen.

use indexmap::IndexMap;
use scopecheck_reports::{
    CaseResult, CheckResult, Counts, Difference, Exchange, Expectation, Footer, Grade, Header,
    RequirementRef, Results, SCHEMA_VERSION, StepNote, Target, Witness,
};

/// The header of every fixture.
pub(crate) fn header() -> Header {
    Header {
        schema_version: SCHEMA_VERSION.to_owned(),
        suite: "scopecheck".to_owned(),
        suite_version: "0.1.0".to_owned(),
        requirements: "2026.1".to_owned(),
        target: Target {
            name: "example".to_owned(),
            table: "default".to_owned(),
            kind: "server".to_owned(),
            address: "https://as.example".to_owned(),
        },
        seed: 42,
        config_hash: "3f1a9c0d5e77".to_owned(),
        profiles: vec!["oauth2".to_owned(), "dcr".to_owned()],
        filter: None,
        flags: vec![],
        started: "2026-11-21T12:00:00Z".to_owned(),
    }
}

/// A footer with the counts of `cases`.
pub(crate) fn footer(cases: &[CaseResult], exit_code: u8, exit_reason: &str) -> Footer {
    Footer {
        finished: "2026-11-21T12:00:03Z".to_owned(),
        duration_ms: 3_214,
        counts: Counts::of(cases),
        exit_code,
        exit_reason: exit_reason.to_owned(),
        interrupted: false,
        leftovers: vec![],
        expectations: indexmap::IndexMap::default(),
        unmatched: vec![],
        stale: vec![],
        paste: None,
        next: vec!["scopecheck coverage".to_owned()],
        notes: vec![],
    }
}

/// A run of `cases` that ended.
pub(crate) fn run(mut cases: Vec<CaseResult>, exit_code: u8, exit_reason: &str) -> Results {
    cases.sort_by(|a, b| (&a.table, &a.id).cmp(&(&b.table, &b.id)));
    let footer = footer(&cases, exit_code, exit_reason);
    Results { header: header(), cases, footer: Some(footer) }
}

/// A case with one check of this grade.
pub(crate) fn case(id: &str, grade: Grade) -> CaseResult {
    let (name, variant) = id.split_once('@').unwrap_or((id, ""));
    let axes = variant.split(',').filter_map(|axis| axis.split_once('='));
    CaseResult {
        id: id.to_owned(),
        case: name.to_owned(),
        variant: axes.map(|(axis, value)| (axis.to_owned(), value.to_owned())).collect::<IndexMap<_, _>>(),
        title: "A refresh gives what was granted, or less, and says so".to_owned(),
        subject: "server".to_owned(),
        area: name.rsplit_once('/').map_or(name, |(area, _)| area).to_owned(),
        impact: "escalation".to_owned(),
        grade,
        reason: None,
        table: "default".to_owned(),
        started: "2026-11-21T12:00:01Z".to_owned(),
        duration_ms: 38,
        checks: vec![check(id, grade)],
        exchanges: vec![exchange()],
        steps: vec![StepNote {
            id: "go".to_owned(),
            verb: "refresh".to_owned(),
            outcome: Some("exact".to_owned()),
            events: vec!["decided".to_owned()],
        }],
        rerun: format!("scopecheck server https://as.example --seed 42 --filter 'id({id})'"),
    }
}

/// A case that did not run, with the reason.
pub(crate) fn unexercised(id: &str, grade: Grade, reason: &str) -> CaseResult {
    CaseResult {
        reason: Some(reason.to_owned()),
        checks: vec![],
        exchanges: vec![],
        steps: vec![],
        ..case(id, grade)
    }
}

/// A check with its witness.
pub(crate) fn check(id: &str, grade: Grade) -> CheckResult {
    CheckResult {
        id: format!("{id}#never-more"),
        slug: "never-more".to_owned(),
        requirement: RequirementRef {
            id: "RFC6749-6-2".to_owned(),
            source: "RFC 6749".to_owned(),
            section: "6".to_owned(),
            level: "MUST NOT".to_owned(),
            summary: "A refreshed access token does not carry a scope that the resource owner did not grant at first."
                .to_owned(),
            url: Some("https://www.rfc-editor.org/rfc/rfc6749#section-6".to_owned()),
        },
        grade,
        message: "The refreshed token carries no more than the login had granted.".to_owned(),
        hint: None,
        difference: None,
        witness: Some(Witness {
            event: "decided".to_owned(),
            step: "go".to_owned(),
            exchange: Some(0),
            detail: "200 from the token endpoint".to_owned(),
        }),
        observed: None,
        evidence: vec![0],
        curl: None,
        expectation: Expectation::None,
        responsible: "server".to_owned(),
    }
}

fn exchange() -> Exchange {
    Exchange {
        step: "go".to_owned(),
        method: "POST".to_owned(),
        url: "https://as.example/token".to_owned(),
        request_headers: vec![("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned())],
        request_body: Some("grant_type=refresh_token&refresh_token=token%231&scope=a+b+admin".to_owned()),
        status: Some(200),
        response_headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        response_body: Some(r#"{"access_token":"token#2","scope":"a b admin"}"#.to_owned()),
        error: None,
        started_ms: 12,
        duration_ms: 9,
    }
}

/// The check of a refresh that widened.
pub(crate) fn widened(id: &str) -> CheckResult {
    CheckResult {
        message: "The refreshed token carries a scope that the login had not granted.".to_owned(),
        hint: Some("Compare whole scope tokens, octet by octet.".to_owned()),
        difference: Some(Difference {
            expected: "within: a b".to_owned(),
            actual: "a b admin".to_owned(),
            missing: vec![],
            extra: vec!["admin".to_owned()],
        }),
        curl: Some(
            "curl -sS https://as.example/token --data-urlencode grant_type=refresh_token --data-urlencode \
             \"refresh_token=$REFRESH_TOKEN\" --data-urlencode 'scope=a b admin'"
                .to_owned(),
        ),
        expectation: Expectation::Unexpected,
        ..check(id, Grade::Fail)
    }
}

/// A case whose refresh widened.
pub(crate) fn failing(id: &str) -> CaseResult {
    CaseResult { checks: vec![widened(id)], ..case(id, Grade::Fail) }
}

/// A run with a failure and its entry to paste.
pub(crate) fn failed_run() -> Results {
    let id = "server/refresh/matrix@client=public,row=wider";
    let mut failing = failing(id);
    failing.checks.push(CheckResult {
        id: format!("{id}#answer-tells"),
        slug: "answer-tells".to_owned(),
        ..check(id, Grade::Pass)
    });
    let mut run = run(
        vec![failing, case("server/refresh/rotation", Grade::Pass)],
        1,
        "a MUST is broken and no entry of expected.toml excuses it",
    );
    if let Some(footer) = &mut run.footer {
        footer.paste = Some(
            "[[expected]]\ncase = \"server/refresh/matrix\"\ncheck = \"never-more\"\nwhere = { client = \"public\", row = \
             \"wider\" }\ngrade = \"fail\"\nreason = \"\"\n"
                .to_owned(),
        );
        footer.next = vec!["scopecheck explain server/refresh/matrix".to_owned()];
    }
    run
}

/// A run in which each grade and each outcome of `expected.toml` occurs.
pub(crate) fn everything() -> Results {
    let with = |id: &str, grade, expectation| {
        let mut case = case(id, grade);
        case.checks[0].expectation = expectation;
        case
    };
    let reason = || "The server widens on purpose.".to_owned();
    let mut cases = vec![
        case("server/authorize/known", Grade::Pass),
        case("server/authorize/should", Grade::Warn),
        case("server/authorize/open", Grade::Observed),
        unexercised("server/device/flow", Grade::NotApplicable, "needs grant.device"),
        unexercised("server/register/limited", Grade::Blocked, "429 from the registration endpoint"),
        unexercised("server/register/panicked", Grade::Error, "the case could not be planned"),
        failing("server/refresh/matrix@row=wider"),
        with("server/x/expected", Grade::Fail, Expectation::Expected { reason: reason(), issue: None }),
        with("server/x/stale", Grade::Pass, Expectation::Stale { reason: reason() }),
        with("server/x/changed", Grade::Warn, Expectation::Changed { reason: reason(), from: Grade::Fail }),
        with(
            "server/x/expired",
            Grade::Fail,
            Expectation::Expired { reason: reason(), expires: "2026-11-01".to_owned() },
        ),
        with("server/x/silent", Grade::Blocked, Expectation::NoSignal { reason: reason() }),
    ];
    cases[2].checks[0].observed = Some("outcome = ignored".to_owned());
    let mut run = run(cases, 1, "a MUST is broken and no entry of expected.toml excuses it");
    if let Some(footer) = &mut run.footer {
        footer.stale = vec!["server/x/stale#never-more".to_owned()];
        footer.unmatched = vec!["case = \"server/gone\", check = \"never-more\"".to_owned()];
        footer.leftovers = vec!["client registered as client#1 (DELETE answered 405)".to_owned()];
        footer.notes =
            vec!["free-form: the server grants a random scope too, so look-alikes prove nothing.".to_owned()];
    }
    run
}

/// Text that tries to leave the place that it is put in.
pub(crate) const HOSTILE: [&str; 16] = [
    "",
    " ",
    "\u{1b}[2J\u{1b}[31mred",
    "\u{9b}31m",
    "a\0b",
    "line\nbreak\r\n\ttab",
    "read\u{202e}etirw",
    "ad\u{200b}min",
    "]]>",
    "<scope attr='\"'>&amp;&#0;</scope>",
    "\"quoted\\\"",
    "{\"scope\":\"a\"}",
    "\u{fffe}\u{ffff}\u{feff}",
    "\u{7f}\u{85}\u{2028}",
    "%00%0a",
    "🙂é漢字",
];

/// A run in which everything that a subject can choose is this text.
pub(crate) fn hostile(text: &str) -> Results {
    let id = format!("server/refresh/matrix@row={text}");
    let mut case = failing(&id);
    let check = &mut case.checks[0];
    check.message = format!("The token carries {text} too.");
    check.observed = Some(text.to_owned());
    check.curl = Some(format!("curl -d 'scope={text}'"));
    if let Some(difference) = &mut check.difference {
        difference.actual = format!("a {text}");
        difference.extra = vec![text.to_owned()];
    }
    if let Some(witness) = &mut check.witness {
        witness.detail = text.to_owned();
    }
    let exchange = &mut case.exchanges[0];
    exchange.response_body = Some(text.to_owned());
    exchange.response_headers.push(("x".to_owned(), text.to_owned()));
    let mut run = run(vec![case, unexercised("server/x/y", Grade::Blocked, text)], 1, text);
    run.header.target.address = text.to_owned();
    if let Some(footer) = &mut run.footer {
        footer.unmatched = vec![text.to_owned()];
        footer.notes = vec![text.to_owned()];
        footer.paste = Some(format!("case = {text:?}"));
    }
    run
}
