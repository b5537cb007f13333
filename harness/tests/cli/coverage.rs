use serde_json::Value;

use crate::support::run;

#[test]
fn every_requirement_has_a_check_or_a_reason() {
    let said = run(&["coverage", "--format", "json"]);
    assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""));
    let entries: Value = serde_json::from_str(&said.stdout).unwrap();
    for entry in entries.as_array().unwrap() {
        let checked = entry["standing"] == "checked";
        assert_eq!(entry["checks"].as_array().unwrap().is_empty(), !checked, "{entry}");
        assert_eq!(entry["reason"].is_string(), !checked, "{entry}");
    }
}

#[test]
fn the_table_counts_what_the_json_lists() {
    let entries: Value = serde_json::from_str(&run(&["coverage", "--format", "json"]).stdout).unwrap();
    let of = |standing: &str| {
        entries.as_array().unwrap().iter().filter(|entry| entry["standing"] == standing).count()
    };
    let table = run(&["coverage"]).stdout;
    let total = table.lines().find(|line| line.starts_with("all sources")).unwrap();
    let numbers: Vec<usize> = total.split_whitespace().filter_map(|cell| cell.parse().ok()).collect();
    let all = entries.as_array().unwrap().len();
    assert_eq!(numbers, [of("checked"), of("planned"), of("excluded"), of("silent"), all]);
    assert!(of("checked") > 0);
}

#[test]
fn the_table_says_what_is_waited_for_and_what_never_comes() {
    let said = run(&["coverage"]);
    assert_eq!(said.code, Some(0));
    assert!(said.stdout.starts_with("source "), "{}", said.stdout);
    for heading in ["\nPlanned\n", "\nExcluded\n", "\nContracts\n"] {
        assert!(said.stdout.contains(heading), "{heading}");
    }
    assert!(!run(&["coverage", "-q"]).stdout.contains("\nPlanned\n"));
}
