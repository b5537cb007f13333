use insta::assert_snapshot;

use crate::support::{run, shown};

#[test]
fn a_case_is_explained_from_its_title_to_its_file() {
    assert_snapshot!(shown(&["explain", "server/registration/echo-is-usable"]));
}

#[test]
fn a_check_is_explained_with_the_steps_it_stands_on() {
    assert_snapshot!(shown(&["explain", "server/refresh/scope-parameter#never-more"]));
}

#[test]
fn the_id_of_an_instance_stands_for_its_check() {
    let full = run(&["explain", "server/refresh/scope-parameter@client=public,row=wider#never-more"]);
    assert_eq!(full.stdout, run(&["explain", "server/refresh/scope-parameter#never-more"]).stdout);
}

#[test]
fn a_requirement_is_explained_whatever_the_case_of_its_letters() {
    assert_snapshot!(shown(&["explain", "rfc6749-6-2"]));
}

#[test]
fn a_requirement_without_a_check_says_why() {
    assert_snapshot!(shown(&["explain", "RFC6749-10.2-1"]));
}

#[test]
fn a_fault_is_explained_with_what_it_breaks() {
    assert_snapshot!(shown(&["explain", "refresh-widened"]));
}

#[test]
fn a_contract_is_explained_with_the_system_it_holds_for() {
    assert_snapshot!(shown(&["explain", "DCR-05"]));
}

#[test]
fn an_unknown_id_gets_the_nearest_ones_of_every_kind() {
    assert_snapshot!(shown(&["explain", "RFC6749-3.3-44"]));
    assert_snapshot!(shown(&["explain", "refersh-widened"]));
    assert_snapshot!(shown(&["explain", "server/refresh/scope-paramter#never-more"]));
    assert_snapshot!(shown(&["explain", "qqqqqqqqqqqqqq"]));
}

#[test]
fn an_unknown_check_gets_those_of_its_case() {
    assert_snapshot!(shown(&["explain", "server/registration/echo-is-usable#echo"]));
}

#[test]
fn everything_that_is_listed_can_be_explained() {
    let cases = run(&["list", "--format", "ids"]).stdout;
    let requirements = run(&["coverage", "--format", "ids"]).stdout;
    let faults = run(&["serve", "--list-faults"]).stdout;
    let faults = faults.lines().filter_map(|line| line.split('\t').next());
    // One of each kind, spread over the list: each run is a process of its own.
    let ids = cases.lines().step_by(9).chain(requirements.lines().step_by(17)).chain(faults.step_by(11));
    for id in ids {
        let said = run(&["explain", id]);
        assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""), "{id}");
        assert!(said.stdout.starts_with(&format!("{id}\n")), "{id}");
    }
}
