//! `scopecheck::embed`: libraries made of closures, green, red, and neither.

use std::{collections::BTreeSet, panic, thread, time::Duration};

use scopecheck::{
    embed::{Check, Input, Library, ListedGrade, Refusal, Report, Value, check, json},
    library::Embedded,
};
use scopecheck_reference::faults::FaultProfile;
use scopecheck_reports::Grade;

type Answer = Result<Value, Refusal>;

/// Joins two lists as the protocol says.
fn joined(input: &Input) -> Answer {
    let mut union: Vec<&str> = Vec::new();
    for scope in input.list("first")?.into_iter().chain(input.list("second")?) {
        if !union.contains(&scope) {
            union.push(scope);
        }
    }
    Ok(json!({ "scopes": union }))
}

/// Decides as the protocol says.
fn covered(input: &Input) -> Answer {
    let granted = input.list("granted")?;
    let mut missing: Vec<&str> = Vec::new();
    for scope in input.list("required")? {
        if !granted.contains(&scope) && !missing.contains(&scope) {
            missing.push(scope);
        }
    }
    Ok(json!({ "covered": missing.is_empty(), "missing": missing }))
}

/// A library whose `union` is this one, beside an honest `covers`.
fn joining(union: impl Fn(&Input) -> Answer + Send + Sync + 'static) -> Library {
    Library::named("mine", "1.0.0")
        .declares("order", "kept")
        .declares("duplicates", "first")
        .op("covers", covered)
        .op("union", union)
}

/// The report as a person sees it, but for the time that it took and the lines of this file.
fn shown(report: &Report) -> String {
    let text = report.to_string();
    let lines = text.lines().map(|line| match line.trim_start() {
        time if time.starts_with("in ") && line.starts_with("          in ") => "          in TIME",
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The ids of the cases with that grade.
fn graded(report: &Report, grade: Grade) -> BTreeSet<&str> {
    let cases = &report.results().unwrap().cases;
    cases.iter().filter(|case| case.grade == grade).map(|case| case.id.as_str()).collect()
}

fn only(library: &Library, case: &str) -> Report {
    Check::of(library).filter(&format!("id({case})")).run()
}

#[test]
fn a_library_that_keeps_what_it_offers_is_clean() {
    let report = check(&joining(joined));
    report.assert_clean();
    assert!(graded(&report, Grade::Pass).len() > 50, "{}", report.line());
    let laws = only(&joining(joined), "library/laws/union-*");
    insta::assert_snapshot!(laws.line(), @"scopecheck: mine 1.0.0 is clean: 9 pass (seed 1, 256 inputs a law)");
}

#[test]
fn a_union_that_is_sorted_breaks_the_order_that_it_declares() {
    let sorted = joining(|input| {
        let mut answer = joined(input)?;
        if let Some(scopes) = answer["scopes"].as_array_mut() {
            scopes.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
        }
        Ok(answer)
    });
    assert!(!check(&sorted).is_clean());
    insta::assert_snapshot!(shown(&only(&sorted, "library/laws/union-order")));
}

#[test]
fn scopes_that_are_compared_by_prefix_fail() {
    let prefix = Library::named("mine", "1.0.0").op("covers", |input| {
        let granted = input.list("granted")?;
        let kept_out = |scope: &&str| !granted.iter().any(|held| scope.starts_with(held));
        let missing: Vec<&str> = input.list("required")?.into_iter().filter(kept_out).collect();
        Ok(json!({ "covered": missing.is_empty(), "missing": missing }))
    });
    assert!(!check(&prefix).is_clean());
    insta::assert_snapshot!(shown(&only(&prefix, "library/laws/covers-exact")));
}

#[test]
fn a_comma_that_separates_fails() {
    let comma = Library::named("mine", "1.0.0").op("parse", |input| {
        let scopes: Vec<&str> =
            input.text("text")?.split([' ', ',']).filter(|scope| !scope.is_empty()).collect();
        Ok(json!({ "scopes": scopes }))
    });
    assert!(!check(&comma).is_clean());
    insta::assert_snapshot!(shown(&only(&comma, "library/laws/parse-space-separates")));
}

#[test]
fn what_a_library_says_is_escaped() {
    let hostile = joining(|_| Ok(json!({ "scopes": ["\u{1b}[2Jread", "\u{202e}etirw"] })));
    let report = only(&hostile, "library/laws/union-exact");
    assert!(!report.to_string().contains(['\u{1b}', '\u{202e}']));
    insta::assert_snapshot!(shown(&report));
}

#[test]
fn the_text_of_a_failure_is_the_panic_of_the_test() {
    let report = only(&joining(|_| Ok(json!({ "scopes": [] }))), "library/laws/union-exact");
    let payload = panic::catch_unwind(|| report.assert_clean()).unwrap_err();
    assert_eq!(payload.downcast_ref::<String>(), Some(&report.to_string()));
}

#[test]
fn a_library_that_offers_nothing_is_not_clean() {
    insta::assert_snapshot!(shown(&check(&Library::named("mine", "1.0.0"))));
}

#[test]
fn a_check_that_nothing_applies_to_is_not_clean() {
    let report = Check::of(&joining(joined)).filter("library/laws/parse-order").run();
    assert!(!report.is_clean());
    insta::assert_snapshot!(shown(&report));
}

#[test]
fn each_operation_alone_is_enough_to_be_judged() {
    let operations = ["union", "covers"];
    for op in operations {
        Check::of(&joining(joined)).only([op]).run().assert_clean();
    }
    let union = Library::named("mine", "1.0.0").op("union", joined);
    check(&union).assert_clean();
}

#[test]
fn a_panic_is_a_crash_and_the_run_goes_on() {
    let careless = joining(|input| {
        let first = input.list("first")?;
        assert!(!first.contains(&"a"), "no room for {first:?}");
        joined(input)
    });
    let report = check(&careless);
    let failed = graded(&report, Grade::Fail);
    assert!(!failed.is_empty() && failed.iter().all(|id| id.contains("union")), "{failed:?}");
    assert!(graded(&report, Grade::Pass).iter().any(|id| id.contains("covers")));
    insta::with_settings!({ filters => vec![(r"at \S*embed\.rs:\d+", "at FILE:LINE")] }, {
        insta::assert_snapshot!(shown(&only(&careless, "library/laws/union-exact")));
    });
}

#[test]
fn a_call_that_does_not_come_back_is_blocked_and_the_run_goes_on() {
    let slow = joining(|input| {
        if input.list("first")?.len() > 2 {
            thread::sleep(Duration::from_hours(1));
        }
        joined(input)
    });
    let report = Check::of(&slow).call_limit(Duration::from_millis(500)).run();
    assert!(!report.is_clean());
    assert!(graded(&report, Grade::Blocked).iter().all(|id| id.contains("union")), "{report}");
    assert!(graded(&report, Grade::Pass).iter().any(|id| id.contains("covers")));
    assert!(
        report.to_string().contains("given up: 3 calls of the operation were not answered in time"),
        "{report}"
    );
}

#[test]
fn a_known_failure_is_excused_until_it_is_gone() {
    let forgetful = joining(|input| Ok(json!({ "scopes": input.list("first")? })));
    let known = |library: &Library| {
        Check::of(library)
            .filter("union")
            .known_failure("library/*union*", "It forgets the second list.")
            .run()
    };
    known(&forgetful).assert_clean();
    let mended = known(&joining(joined));
    assert!(!mended.is_clean());

    let one = |library: &Library, id: &str| {
        let report =
            Check::of(library).only(["union"]).known_failure(id, "It forgets the second list.").run();
        assert!(!report.is_clean());
        shown(&report)
    };
    insta::with_settings!({ filters => vec![(r"line \d+", "line LINE")] }, {
        insta::assert_snapshot!(one(&joining(joined), "library/laws/union-exact"));
        insta::assert_snapshot!(one(&joining(joined), "library/laws/onion-exact"));
    });
}

#[test]
fn a_warning_is_red_where_warnings_are_denied() {
    let unordered = Library::named("mine", "1.0.0").op("union", |input| {
        let mut answer = joined(input)?;
        if let Some(scopes) = answer["scopes"].as_array_mut() {
            scopes.reverse();
        }
        Ok(answer)
    });
    let order = || Check::of(&unordered).only(["union"]);
    order().run().assert_clean();
    assert!(!order().deny_warnings().run().is_clean());
    order().deny_warnings().known(ListedGrade::Warn, "library/*", "Sets have no order.").run().assert_clean();
}

#[test]
fn what_cannot_be_meant_is_told_before_anything_is_called() {
    let wrong = Library::named("mine", "1.0.0")
        .declares("order", "random")
        .declares("colour", "red")
        .op("unoin", |_| panic!("it is never called"))
        .op("match", joined)
        .op("union", joined)
        .op("union", joined);
    let report = Check::of(&wrong)
        .profile("toolhve")
        .filter("id(")
        .only(["parse"])
        .known_failure("library/laws/union-exact", " ")
        .run();
    assert!(report.results().is_none() && !report.is_clean());
    insta::assert_snapshot!(shown(&report));
    insta::assert_snapshot!(shown(&Check::of(&joining(joined)).filter("onion").run()));
}

#[test]
fn a_closure_that_misreads_its_input_is_red_and_says_how() {
    let wrong = |read: fn(&Input) -> Answer| {
        let report = only(&joining(read), "library/laws/union-exact");
        assert!(!report.is_clean());
        let failed =
            report.results().and_then(|results| results.cases.first()?.checks.first()?.difference.clone());
        failed.expect("it failed").actual
    };
    insta::assert_snapshot!(wrong(|input| Ok(json!({ "scopes": input.list("left")? }))), @"a crash: the closure of `union` asks for `left`, and the input has `first`, `second`");
    insta::assert_snapshot!(wrong(|input| Ok(json!({ "scopes": input.text("first")? }))), @"a crash: the closure asks for `first` as a text, and it is a list");
    let null = Library::named("mine", "1.0.0").op("expand_registration", |input| {
        Ok(json!({ "registered": input.list("requested")?, "expanded": false }))
    });
    let text = check(&null).to_string();
    assert!(text.contains("ask with `list_or_null`"), "{text}");
}

#[test]
fn the_same_seed_gives_the_same_results() {
    let results = |seed| {
        let report = Check::of(&joining(|_| Ok(json!({ "scopes": ["a"] })))).filter("union").seed(seed).run();
        let mut results = report.results().expect("the check ran").clone();
        for case in &mut results.cases {
            (case.started, case.duration_ms) = (String::new(), 0);
        }
        results.cases
    };
    assert_eq!(results(7), results(7));
    assert_ne!(results(7), results(8));
}

#[test]
fn an_adapter_of_ones_own_is_checked_inside_a_runtime_as_well() {
    let reference = || Embedded::new(FaultProfile::Standard, Vec::new()).expect("the profile of a library");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let report = runtime.block_on(async { Check::adapter(reference()).cases(64).run() });
    report.assert_clean();
}
