use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{run, shown};

#[test]
fn a_case_takes_one_line() {
    assert_snapshot!(shown(&["list", "id(server/refresh/scope-parameter)"]));
}

#[test]
fn ids_stand_one_a_line_and_nothing_else_does() {
    assert_snapshot!(shown(&[
        "list",
        "id(server/registration/narrowed-scope) or id(server/refresh/scope-parameter)",
        "--format",
        "ids"
    ]));
}

#[test]
fn json_tells_everything_about_a_case() {
    assert_snapshot!(shown(&["list", "id(server/authorize/each-scope-adds)", "--format", "json"]));
}

#[test]
fn the_id_of_an_instance_finds_its_case() {
    let said =
        run(&["list", "id(server/refresh/scope-parameter@client=public,row=wider)", "--format", "ids"]);
    assert_eq!((said.code, said.stdout.as_str()), (Some(0), "server/refresh/scope-parameter\n"));
}

#[test]
fn the_whole_list_holds_every_case_once_and_in_order() {
    let json: Value = serde_json::from_str(&run(&["list", "--format", "json"]).stdout).unwrap();
    let cases: Vec<&str> = json.as_array().unwrap().iter().map(|case| case["id"].as_str().unwrap()).collect();
    assert!(cases.len() >= 30);
    assert!(cases.is_sorted());
    let said = run(&["list", "--format", "ids"]);
    assert_eq!(said.stdout.lines().collect::<Vec<_>>(), cases);
    let table = run(&["list"]);
    let subject = |line: &&str| {
        ["client/", "library/", "resource/", "server/"].iter().any(|word| line.starts_with(word))
    };
    assert_eq!(table.stdout.lines().filter(subject).count(), cases.len());
}

#[test]
fn a_mistyped_word_gets_the_nearest_names() {
    assert_snapshot!(shown(&["list", "refersh"]));
    assert_snapshot!(shown(&["list", "id(server/refresh/scope-paramter)"]));
}

#[test]
fn what_nothing_resembles_is_told_without_a_guess() {
    assert_snapshot!(shown(&["list", "level(may) and level(must) and tag(zzzzzzzz)"]));
}

#[test]
fn a_filter_that_is_wrong_is_shown_with_a_caret() {
    assert_snapshot!(shown(&["list", "area(server) && level(must)"]));
}

#[test]
fn colour_is_there_where_it_is_asked_for() {
    let said = run(&["list", "scope-parameter", "--color", "always"]);
    assert!(said.stdout.contains('\u{1b}'));
    assert!(!run(&["list", "scope-parameter"]).stdout.contains('\u{1b}'));
}
