//! `scopecheck library`: what it prints and how it ends.

use crate::support::run;

/// What the program said.
fn shown(arguments: &[&str]) -> String {
    run(arguments, b"").0.shown()
}

/// Replaces what the clock decides.
fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r"(?m)^          in .*$", "          in TIME");
    settings
}

#[test]
fn the_reference_library_passes_a_vector_and_a_law() {
    settings().bind(|| {
        let union = "id(library/laws/union-idempotent) or id(library/union/order-of-the-first-is-kept)";
        insta::assert_snapshot!(shown(&["library", "--filter", union, "-v"]));
    });
}

#[test]
fn the_whole_library_suite_is_green() {
    let (said, _folder) = run(&["library", "-q"], b"");
    assert_eq!(said.code, Some(0), "{}", said.shown());
}

#[test]
fn the_same_seed_gives_the_same_results_but_for_the_times() {
    let results = || {
        let (said, folder) =
            run(&["library", "--filter", "union", "--seed", "7", "--report", "json=results.json"], b"");
        assert_eq!(said.code, Some(0), "{}", said.shown());
        let text = std::fs::read_to_string(folder.path().join("results.json")).unwrap();
        let mut results: serde_json::Value = serde_json::from_str(&text).unwrap();
        for case in results["cases"].as_array_mut().unwrap() {
            case["started"].take();
            case["duration_ms"].take();
        }
        results["cases"].take()
    };
    assert_eq!(results(), results());
}

#[test]
fn a_profile_is_put_to_everything() {
    for profile in ["cli-engine", "toolhive"] {
        let vectors = ["library", "--filter", "not area(library/laws)", "--profile", profile, "-q"];
        let (said, _folder) = run(&vectors, b"");
        assert_eq!(said.code, Some(0), "{}", said.shown());
    }
}

#[test]
fn what_cannot_be_run_says_what_to_do_instead() {
    insta::assert_snapshot!(shown(&["library", "--target", "reference/two", "--", "python3", "adapter.py"]));
    let mut settings = settings();
    settings.add_filter(r"a folder .*/targets/", "a folder HERE/targets/");
    settings.bind(|| insta::assert_snapshot!(shown(&["library", "--target", "no-such-target"])));
    insta::assert_snapshot!(shown(&["library", "--filter", "unoin"]));
}

#[test]
fn a_vector_and_a_law_are_explained() {
    insta::assert_snapshot!(shown(&["explain", "library/separators/tab#answer"]));
    insta::assert_snapshot!(shown(&["explain", "library/laws/union-exact"]));
}
