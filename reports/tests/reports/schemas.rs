//! The committed JSON Schemas: up to date, and true of what is written.

use std::path::{Path, PathBuf};
use std::{env, fs};

use jsonschema::Validator;
use scopecheck_reports::{Event, Format, schema};
use serde_json::{Value, json, to_value};

use crate::fixtures::{HOSTILE, everything, failed_run, hostile};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schema").join(name)
}

fn is_up_to_date(name: &str, schema: &impl serde::Serialize) {
    let generated = serde_json::to_string_pretty(schema).unwrap() + "\n";
    if env::var_os("UPDATE_SCHEMAS").is_some() {
        fs::write(path(name), &generated).unwrap();
    }
    let committed = fs::read_to_string(path(name)).unwrap_or_default();
    assert!(
        committed == generated,
        "reports/schema/{name} is not what the model gives; run `UPDATE_SCHEMAS=1 cargo test -p scopecheck-reports` and \
         look at the difference: within a major version, fields are only ever added"
    );
}

fn validator(name: &str) -> Validator {
    let text = fs::read_to_string(path(name)).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

#[test]
fn the_schema_of_results_is_up_to_date_and_holds_for_what_is_written() {
    is_up_to_date("results-v1.json", &schema::results());
    let validator = validator("results-v1.json");
    let runs = [everything(), failed_run()].into_iter().chain(HOSTILE.map(hostile));
    for results in runs {
        let value: Value = serde_json::from_str(&Format::Json.render(&results).unwrap()).unwrap();
        let errors: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0]);
    }
}

#[test]
fn the_schema_of_an_event_is_up_to_date_and_holds_for_what_is_written() {
    is_up_to_date("event-v1.json", &schema::event());
    let validator = validator("event-v1.json");
    let results = everything();
    let cases = results.cases.into_iter().map(|case| Event::Case(Box::new(case)));
    let events =
        [Event::Header(results.header)].into_iter().chain(cases).chain(results.footer.map(Event::Footer));
    for event in events {
        let value = to_value(event).unwrap();
        let errors: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0]);
    }
}

#[test]
fn the_schemas_refuse_what_is_wrong_and_take_what_a_later_minor_version_adds() {
    let results = validator("results-v1.json");
    let event = validator("event-v1.json");
    let mut value = to_value(everything()).unwrap();
    value["added"] = json!(true);
    value["cases"][0]["added"] = json!({});
    assert!(results.is_valid(&value));
    value["cases"][0]["grade"] = json!("ok");
    assert!(!results.is_valid(&value));
    assert!(!results.is_valid(&json!({ "cases": [] })));
    assert!(!event.is_valid(&json!({ "event": "other" })));
    assert!(!event.is_valid(&json!({})));
}
