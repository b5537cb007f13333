//! The seeds: what the vectors and a few cases show, as the inputs of the targets, named by what they were made of.
//!
//! `UPDATE_SEEDS=1` writes them anew. A file whose name begins with `finding-` is kept by hand; one that is named by its hash is what a
//! fuzzer left there, and no seed.

use std::{collections::BTreeMap, env, fs};

use serde_json::Value;

use crate::{
    support::{corpus, fuzz},
    targets::ALL,
};

/// How many seeds a target has at most; the shortest are taken.
const MOST: usize = 60;

/// The longest seed in octets.
const LONGEST: usize = 1_024;

/// Queries of a redirect to a client that awaits the state `st-1`: no vector holds one.
const CALLBACKS: &[(&str, &str)] = &[
    ("code", "code=c&state=st-1"),
    ("code-and-issuer", "code=c&state=st-1&iss=https%3A%2F%2Fas.example"),
    ("code-and-scope", "code=c&state=st-1&scope=read+write"),
    ("code-empty", "code=&state=st-1"),
    ("code-twice", "code=a&code=b&state=st-1"),
    ("code-and-error", "code=c&error=access_denied&state=st-1"),
    ("error", "error=access_denied&state=st-1"),
    ("error-described", "error=invalid_scope&error_description=no%20such%20scope&state=st-1"),
    ("error-with-controls", "error=x&error_description=a%1b%5b31m%0ab&state=st-1"),
    ("neither-code-nor-error", "state=st-1"),
    ("state-absent", "code=c"),
    ("state-of-another", "code=c&state=st-2"),
    ("state-twice", "code=c&state=st-1&state=st-1"),
    ("state-in-capitals", "code=c&STATE=st-1"),
    ("state-escaped", "code=c&state=%73t%2d1"),
    ("no-utf-8", "code=%ff%fe&state=st-1"),
    ("separators-alone", "&&=&==&"),
];

/// Cases that show much of the format in few lines.
const CASES: &[&str] = &[
    "client/challenge/",
    "library/laws/",
    "resource/challenge/",
    "resource/claims/",
    "resource/tool/",
    "server/introspection/",
    "server/metadata/",
    "server/refresh/",
    "server/registration/",
    "server/token/",
];

/// The input of a vector as octets for a target, and which target that is.
fn input_of(vector: &Value) -> Option<(&'static str, Vec<u8>)> {
    let input = &vector["input"];
    let list = |name: &str| {
        let scopes: Option<Vec<&str>> = input[name].as_array()?.iter().map(Value::as_str).collect();
        scopes.map(|scopes| scopes.join("\n"))
    };
    // The text as it stands in the file, equal members included.
    let inside = |name: &str| {
        let text = vector["input_text"].as_str()?.strip_prefix(&format!("{{\"{name}\":"))?;
        Some(text.strip_suffix('}')?.as_bytes().to_vec())
    };
    Some(match vector["op"].as_str()? {
        "parse" => ("parse", octets(&input["text"])?),
        "challenge" => ("challenge", octets(&input["header"])?),
        "token" => ("token", octets(&input["token"])?),
        "record" => ("record", octets(&input["text"])?),
        "claims" => ("claims", inside("claims")?),
        "registration" => ("registration", inside("body")?),
        "expand_registration" => {
            let body = serde_json::json!({ "scope": list("requested")?.replace('\n', " "), "baseline": input["baseline"] });
            ("registration", body.to_string().into_bytes())
        }
        "union" => ("union", [list("first")?, list("second")?].join("\0").into_bytes()),
        "covers" => ("step_up", [String::new(), list("granted")?, list("required")?].join("\0").into_bytes()),
        "plan_step_up" => {
            ("step_up", [list("defaults")?, list("granted")?, list("required")?].join("\0").into_bytes())
        }
        _ => return None,
    })
}

/// A text of a vector, or the octets that it gives in hexadecimal.
fn octets(value: &Value) -> Option<Vec<u8>> {
    let Some(digits) = value["hex"].as_str() else { return Some(value.as_str()?.as_bytes().to_vec()) };
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()).collect()
}

/// Every seed of a target, by its name.
fn seeds(target: &str) -> BTreeMap<String, Vec<u8>> {
    let vectors = include_str!("../../../scenarios/vectors.json");
    let vectors: Value = serde_json::from_str(vectors).unwrap();
    let mut all: Vec<(String, Vec<u8>)> = Vec::new();
    for vector in vectors["vectors"].as_array().unwrap() {
        if let Some((_, data)) = input_of(vector).filter(|(of, _)| *of == target) {
            let id = vector["id"].as_str().unwrap();
            all.push((id.trim_start_matches("library/").replace('/', "-"), data));
        }
    }
    if target == "callback" {
        all.extend(CALLBACKS.iter().map(|(name, query)| ((*name).to_owned(), query.as_bytes().to_vec())));
    }
    if target == "case" {
        all.extend(CASES.iter().map(|folder| shortest_case(folder)));
        all.extend(broken_cases());
    }
    all.retain(|(_, data)| data.len() <= if target == "case" { 2 * LONGEST } else { LONGEST });
    all.sort_by_key(|(name, data)| (data.len(), name.clone()));
    all.truncate(MOST);
    all.into_iter().collect()
}

/// The shortest case of a folder.
fn shortest_case(folder: &str) -> (String, Vec<u8>) {
    let catalog = scopecheck_scenarios::catalog::Catalog::embedded().unwrap();
    let cases = catalog.cases.values().filter(|loaded| loaded.case.vector.is_none());
    let of_folder = cases.filter(|loaded| loaded.case.id.value.starts_with(folder));
    let shortest = of_folder.min_by_key(|loaded| (loaded.source.text.len(), loaded.case.id.value.clone()));
    let shortest = shortest.unwrap();
    (shortest.case.id.value.replace('/', "-"), shortest.source.text.as_bytes().to_vec())
}

/// Files that are no cases, each in its own way.
fn broken_cases() -> [(String, Vec<u8>); 4] {
    [
        ("broken-empty", ""),
        ("broken-no-toml", "id = \"server/a/b\"\ntitle = \"unclosed\n"),
        ("broken-unknown-key", "id = \"server/a/b\"\ntitel = \"x\"\nsubject = \"server\"\n"),
        ("broken-types", "id = 1\ntitle = []\nsubject = \"nobody\"\n[[checks]]\nid = {}\n"),
    ]
    .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
}

/// Whether the name is the hash by which a fuzzer names what it finds.
fn is_hash(name: &str) -> bool {
    name.len() == 40 && name.bytes().all(|octet| octet.is_ascii_hexdigit())
}

#[test]
fn the_seeds_are_what_the_vectors_say() {
    let renewing = env::var_os("UPDATE_SEEDS").is_some();
    for (target, _) in ALL {
        let wanted = seeds(target);
        let mut found = corpus(target);
        found.retain(|name, _| !name.starts_with("finding-") && !is_hash(name));
        if renewing {
            let folder = fuzz().join("corpus").join(target);
            fs::create_dir_all(&folder).unwrap();
            for name in found.keys() {
                fs::remove_file(folder.join(name)).unwrap();
            }
            for (name, data) in wanted {
                fs::write(folder.join(name), data).unwrap();
            }
            continue;
        }
        let stale: Vec<&String> =
            wanted.keys().chain(found.keys()).filter(|name| wanted.get(*name) != found.get(*name)).collect();
        assert!(
            stale.is_empty(),
            "fuzz/corpus/{target}: {stale:?} are stale; run `UPDATE_SEEDS=1 cargo test -p scopecheck --test corpus`"
        );
    }
}
