//! The committed schemas are those of the types, and accept every file of the data.
#![expect(clippy::unwrap_used, reason = "a helper of tests may fail like one")]

use std::{fs, path::Path};

use scopecheck_scenarios::{catalog::Catalog, export, schema};
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn toml_files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            toml_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            found.push(path);
        }
    }
    found.sort();
}

/// The schema that a file claims by its place.
fn schema_of(path: &Path) -> &'static str {
    let name = path.to_string_lossy().replace('\\', "/");
    let below = name.rsplit_once("/scenarios/").unwrap().1;
    match below.split_once('/') {
        Some(("cases", slug)) if slug.ends_with(".scripts.toml") => "scripts.schema.json",
        Some(("cases" | "tests", _)) => "case.schema.json",
        Some(("vectors", _)) => "vectors.schema.json",
        Some(("flows", _)) => "flow.schema.json",
        Some(("bases", _)) => "base.schema.json",
        Some(("requirements", _)) => "requirements.schema.json",
        _ => "contracts.schema.json",
    }
}

#[test]
fn the_committed_schemas_are_not_stale() {
    let folder = root().join("schemas");
    let mut stale = Vec::new();
    for (name, value) in schema::all() {
        let path = folder.join(name);
        let wanted = schema::text(&value);
        if fs::read_to_string(&path).is_ok_and(|text| text == wanted) {
            continue;
        }
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            fs::write(&path, wanted).unwrap();
        } else {
            stale.push(name);
        }
    }
    assert!(
        stale.is_empty(),
        "{stale:?} are stale; run `UPDATE_SCHEMAS=1 cargo test -p scopecheck-scenarios`"
    );
}

#[test]
fn the_schemas_accept_every_file() {
    let mut files = vec![root().join("contracts.toml")];
    for folder in ["cases", "vectors", "flows", "bases", "requirements", "tests/sketches"] {
        toml_files(&root().join(folder), &mut files);
    }
    let schemas: Vec<(&str, jsonschema::Validator)> = schema::all()
        .into_iter()
        .map(|(name, value)| (name, jsonschema::validator_for(&value).unwrap()))
        .collect();
    let mut refused = Vec::new();
    let folder = root().join("schemas").canonicalize().unwrap();
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let data: Value = serde_json::to_value(toml::from_str::<toml::Table>(&text).unwrap()).unwrap();
        let wanted = schema_of(&path);
        // Editors follow this line, where there is one.
        if let Some(named) = text.lines().find_map(|line| line.strip_prefix("#:schema ")) {
            let followed = path.parent().unwrap().join(named).canonicalize().ok();
            if followed != Some(folder.join(wanted)) {
                refused.push(format!("{}: `#:schema {named}` is not {wanted}", path.display()));
            }
        }
        let (_, schema) = schemas.iter().find(|(name, _)| *name == wanted).unwrap();
        for error in schema.iter_errors(&data) {
            refused.push(format!("{}: {} at {}", path.display(), error, error.instance_path()));
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn the_exported_vectors_are_not_stale_and_follow_their_schema() {
    let path = root().join("vectors.json");
    let wanted = export::vectors_json(&Catalog::from_dir(root()).unwrap());
    if fs::read_to_string(&path).is_ok_and(|text| text == wanted) {
        // As it should be.
    } else if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        fs::write(&path, &wanted).unwrap();
    } else {
        panic!("vectors.json is stale; run `UPDATE_SCHEMAS=1 cargo test -p scopecheck-scenarios`");
    }
    let (_, schema) = schema::all().into_iter().find(|(name, _)| name.starts_with("vectors-export")).unwrap();
    let errors: Vec<String> = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(&serde_json::from_str(&wanted).unwrap())
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn the_schema_of_a_case_refuses_an_unknown_key() {
    let (_, schema) = schema::all().remove(0);
    let schema = jsonschema::validator_for(&schema).unwrap();
    let case = |extra: &str| {
        let text = format!("id = 'server/a/b'\ntitle = 'T'\nsubject = 'server'\nimpact = 'leak'\n{extra}");
        serde_json::to_value(toml::from_str::<toml::Table>(&text).unwrap()).unwrap()
    };
    assert!(schema.is_valid(&case("[[row]]\nid = 'one'\nask = ['a', 'b']")));
    assert!(!schema.is_valid(&case("tittle = 'T'")));
    assert!(!schema.is_valid(&case("[[step]]\nid = 'go'\nrefresh = { tokn = 'x' }")));
}
