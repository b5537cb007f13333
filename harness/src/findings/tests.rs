//! The store over real folders: what is written, what is read back, what is told of a file that is wrong.

use std::{fs, path::Path};

use scopecheck_scenarios::laws::{Broken, Call, Reply};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{FOLDER, Finding, FindingError, FindingStore, Sighting, Start, find, home, read};
use crate::system::Clock;

fn start(program: &str) -> Start {
    Start::command(&[program.to_owned()])
}

fn open(home: &Path, program: &str) -> FindingStore {
    FindingStore::open(home, start(program), Clock::default())
}

fn broken() -> Broken {
    Broken::new("the set [\"a\",\"b\"]", "[\"a\"]")
}

fn calls() -> Vec<(Call, Reply)> {
    let input = json!({ "first": ["a"], "second": ["b"] });
    vec![(Call { op: "union", input }, Reply::Ok(json!({ "scopes": ["a"] })))]
}

/// What a run tells the store of this input.
fn sighting<'a>(input: &'a Value, broken: &'a Broken, calls: &'a [(Call, Reply)]) -> Sighting<'a> {
    Sighting {
        law: "union-exact",
        input,
        broken,
        calls,
        fickle: false,
        library: "mine",
        version: "1.0",
        language: Some("rust"),
        seed: 7,
        cases: 1_000,
    }
}

fn keep(store: &FindingStore, input: &Value) -> Option<String> {
    store.found(sighting(input, &broken(), &calls()))
}

fn input() -> Value {
    json!({ "first": ["a"], "second": ["b"] })
}

fn files(home: &TempDir) -> Vec<String> {
    let folder = fs::read_dir(home.path().join(FOLDER)).into_iter().flatten();
    let mut names: Vec<String> =
        folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn stored(home: &TempDir, name: &str) -> Finding {
    read(&home.path().join(FOLDER).join(format!("{name}.json"))).unwrap()
}

/// Errors as they are shown, without the folder of the test.
fn told(home: &TempDir, errors: impl IntoIterator<Item = FindingError>) -> String {
    let texts: Vec<String> = errors.into_iter().map(|error| error.to_string()).collect();
    texts.join("\n").replace(&home.path().display().to_string(), "HOME")
}

#[test]
fn a_finding_is_written_as_a_value_that_a_person_can_read() {
    let home = tempfile::tempdir().unwrap();
    let name = keep(&open(home.path(), "mine"), &input()).unwrap();
    let text = fs::read_to_string(home.path().join(FOLDER).join(format!("{name}.json"))).unwrap();
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "TIME");
    settings.add_filter(r"scopecheck \d+\.\d+\.\d+", "scopecheck VERSION");
    settings.bind(|| insta::assert_snapshot!(text));
    assert_eq!(files(&home), [format!("{name}.json")], "nothing half-written stays behind");
}

#[test]
fn the_same_input_is_stored_once() {
    let home = tempfile::tempdir().unwrap();
    let first = open(home.path(), "mine");
    let name = keep(&first, &input());
    assert_eq!(keep(&first, &input()), name, "in one run");
    let second = open(home.path(), "mine");
    assert_eq!(keep(&second, &input()), name, "in the next");
    // Whoever did not know of it finds it in its place.
    let late = open(home.path(), "mine");
    fs::remove_dir_all(home.path().join(FOLDER)).unwrap();
    let early = open(home.path(), "mine");
    assert_eq!((keep(&late, &input()), keep(&early, &input())), (name.clone(), name));
    assert_eq!(files(&home).len(), 1);
}

#[test]
fn a_library_that_changed_its_name_does_not_store_an_input_twice() {
    let home = tempfile::tempdir().unwrap();
    let name = keep(&open(home.path(), "mine"), &input()).unwrap();
    let renamed = open(home.path(), "mine");
    let (input, broken, calls) = (input(), broken(), calls());
    let again = renamed.found(Sighting { library: "theirs", ..sighting(&input, &broken, &calls) });
    assert_eq!(again, Some(name.clone()));
    assert_eq!(files(&home).len(), 1);
    assert_eq!(stored(&home, &name).subject.name, "theirs");
}

#[test]
fn two_subjects_of_one_name_keep_their_findings_apart() {
    let home = tempfile::tempdir().unwrap();
    let one = keep(&open(home.path(), "one"), &input()).unwrap();
    let other = keep(&open(home.path(), "other"), &input()).unwrap();
    assert_eq!(other, format!("{one}-2"));
    for program in ["one", "other"] {
        assert_eq!(open(home.path(), program).of_law("union-exact").len(), 1, "{program}");
    }
    assert!(open(home.path(), "third").of_law("union-exact").is_empty());
    assert!(open(home.path(), "one").of_law("union-order").is_empty());
}

#[test]
fn a_finding_keeps_when_it_was_first_seen_and_learns_what_is_new() {
    let home = tempfile::tempdir().unwrap();
    let store = open(home.path(), "mine");
    let name = keep(&store, &input()).unwrap();
    let path = home.path().join(FOLDER).join(format!("{name}.json"));
    let old = fs::read_to_string(&path).unwrap();
    let seen = stored(&home, &name).first_seen;
    fs::write(&path, old.replace(&seen, "2020-01-01T00:00:00Z")).unwrap();

    store.no_longer_fails(&name);
    let fixed = stored(&home, &name);
    assert!(fixed.fixed.is_some());
    assert_eq!(fixed.last_seen, "2020-01-01T00:00:00Z", "it was not seen since");
    assert!(open(home.path(), "mine").of_law("union-exact")[0].fixed);

    let (input, calls) = (input(), calls());
    let worse = Broken::new("the set", "nothing");
    store.still_fails(&name, Sighting { version: "1.1", seed: 8, ..sighting(&input, &worse, &calls) });
    let again = stored(&home, &name);
    assert_eq!(again.fixed, None);
    assert_eq!(again.first_seen, "2020-01-01T00:00:00Z");
    assert_ne!(again.last_seen, again.first_seen);
    let told = (again.got.as_str(), again.subject.version.as_str(), again.seed);
    assert_eq!(told, ("nothing", "1.1", 7), "the seed stays that of the run that found it");
    assert!(store.warnings().is_empty());
}

#[test]
fn a_long_reply_is_cut_and_the_input_is_not() {
    let home = tempfile::tempdir().unwrap();
    let long = "x".repeat(100_000);
    let input = json!({ "first": [long], "second": [] });
    let calls = [
        (Call { op: "union", input: input.clone() }, Reply::Ok(json!({ "scopes": [long] }))),
        (Call { op: "union", input: json!({}) }, Reply::Crashed { detail: long.clone() }),
    ];
    let broken = Broken::new("an answer", format!("a crash: {long}"));
    let name = open(home.path(), "mine").found(sighting(&input, &broken, &calls)).unwrap();
    let finding = stored(&home, &name);
    assert_eq!(finding.input, input);
    assert_eq!(finding.calls[0].cut, ["input", "reply"]);
    assert_eq!(finding.calls[1].cut, ["reply"]);
    assert!(finding.got.ends_with("bytes)") && finding.got.len() < 70_000);
    assert!(home.path().join(FOLDER).join(format!("{name}.json")).metadata().unwrap().len() < 500_000);
}

#[test]
fn a_library_cannot_store_outside_of_the_folder() {
    let home = tempfile::tempdir().unwrap();
    let (input, broken, calls) = (input(), broken(), calls());
    for library in ["../../x", "/tmp/x", "..", "", "a\0b", "x\n/y", &"é".repeat(5_000)] {
        let store = open(home.path(), library);
        let name = store.found(Sighting { library, ..sighting(&input, &broken, &calls) }).unwrap();
        assert!(store.warnings().is_empty(), "{library:?}");
        assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{name}");
    }
    assert_eq!(files(&home).len(), 7);
    let entries = |folder: &Path| fs::read_dir(folder).unwrap().count();
    assert_eq!((entries(home.path()), entries(&home.path().join(".scopecheck"))), (1, 1));
}

#[test]
fn a_file_that_cannot_be_read_is_a_warning_and_the_others_are_read() {
    let home = tempfile::tempdir().unwrap();
    let name = keep(&open(home.path(), "mine"), &input()).unwrap();
    let folder = home.path().join(FOLDER);
    let text = fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
    fs::write(folder.join("a-torn.json"), &text[..text.len() / 2]).unwrap();
    fs::write(folder.join("b-empty.json"), "").unwrap();
    fs::write(folder.join("c-other.json"), "[1]").unwrap();
    fs::write(folder.join("d-newer.json"), text.replace("\"1.0\"", "\"2.0\\u001b[2J\"")).unwrap();
    fs::write(folder.join("e-members.json"), "{\"schema_version\":\"1.3\"}").unwrap();
    fs::create_dir(folder.join("f-folder.json")).unwrap();
    fs::write(folder.join("g-large.json"), vec![b' '; (16 << 20) + 1]).unwrap();
    fs::write(folder.join("h\u{1b}[2J.json"), [0xff]).unwrap();
    fs::write(folder.join("README"), "not one of ours").unwrap();
    let store = open(home.path(), "mine");
    assert_eq!(store.of_law("union-exact").len(), 1);
    insta::assert_snapshot!(told(&home, store.warnings()));
    assert!(store.warnings().is_empty(), "each is told once");
}

#[test]
fn what_a_later_version_added_is_ignored() {
    let home = tempfile::tempdir().unwrap();
    let name = keep(&open(home.path(), "mine"), &input()).unwrap();
    let path = home.path().join(FOLDER).join(format!("{name}.json"));
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("\"1.0\",", "\"1.7\", \"colour\": \"red\",", 1)).unwrap();
    assert_eq!(open(home.path(), "mine").of_law("union-exact").len(), 1);
}

#[test]
fn a_folder_that_cannot_be_had_is_a_warning() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join(".scopecheck"), "a file in its place").unwrap();
    let store = open(home.path(), "mine");
    assert_eq!(keep(&store, &input()), None);
    insta::assert_snapshot!(told(&home, store.warnings()));
}

#[test]
fn no_more_than_a_hundred_inputs_of_a_law_are_put() {
    let home = tempfile::tempdir().unwrap();
    let store = open(home.path(), "mine");
    let names: Vec<String> =
        (0..103).map(|number| keep(&store, &json!({ "first": [number], "second": [] })).unwrap()).collect();
    store.no_longer_fails(&names[0]);
    let next = open(home.path(), "mine");
    let put = next.of_law("union-exact");
    assert_eq!(put.len(), 100);
    assert!(put.iter().all(|stored| !stored.fixed), "what is fixed comes last");
    insta::assert_snapshot!(told(&home, next.warnings()), @r"
    3 stored findings of the law `union-exact` in HOME/.scopecheck/findings are not put in this run, which takes 100
    help: delete what is fixed for good
    ");
}

#[test]
fn a_finding_is_found_by_its_name_or_by_its_path() {
    let home = tempfile::tempdir().unwrap();
    let name = keep(&open(home.path(), "mine"), &input()).unwrap();
    let path = home.path().join(FOLDER).join(format!("{name}.json"));
    for wanted in [name.clone(), format!("{name}.json"), format!("{FOLDER}/{name}.json")] {
        assert_eq!(find(home.path(), &wanted).unwrap(), path, "{wanted}");
    }
    assert_eq!(find(home.path(), path.to_str().unwrap()).unwrap(), path);
    let missing = |wanted: &str| told(&home, find(home.path(), wanted).err());
    insta::assert_snapshot!(missing(&name.replace("exact", "exakt")), @r"
    there is no finding `mine-union-exakt-37f6b64a23a6`
    help: did you mean `mine-union-exact-37f6b64a23a6`?
    ");
    insta::assert_snapshot!(missing("qqqqqqqqqqqqqqqq"), @r"
    there is no finding `qqqqqqqqqqqqqqqq`
    help: .scopecheck/findings holds one: `mine-union-exact-37f6b64a23a6`
    ");
    insta::assert_snapshot!(missing("../elsewhere/\u{1b}x.json"), @r"
    there is no finding `../elsewhere/\u{1b}x.json`
    help: .scopecheck/findings holds one: `mine-union-exact-37f6b64a23a6`
    ");
    let empty = tempfile::tempdir().unwrap();
    insta::assert_snapshot!(told(&empty, find(empty.path(), &name).err()), @r"
    there is no finding `mine-union-exact-37f6b64a23a6`
    help: none is stored in .scopecheck/findings here; a run of `scopecheck library -- CMD` stores what breaks a law
    ");
}

#[test]
fn a_stored_command_counts_from_the_folder_that_holds_the_store() {
    let from = |path: &str| home(Path::new(path)).display().to_string();
    assert_eq!(from("/x/.scopecheck/findings/a.json"), "/x");
    assert_eq!(from(".scopecheck/findings/a.json"), ".");
    assert_eq!(from("../y/.scopecheck/findings/a.json"), "../y");
    assert_eq!(from("/x/regressions/a.json"), ".");
    assert_eq!(from("a.json"), ".");
}
