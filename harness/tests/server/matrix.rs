//! Every check is proven by a fault or a script. The faults take minutes in an unoptimised build, so `selftest` runs them; here are the
//! scripts, which prove the data, and the faults that `serve --list-faults` calls proven are counted against the catalogue.

use std::collections::BTreeSet;

use scopecheck::script::{Stage, prove};
use scopecheck_scenarios::{catalog::Catalog, model::Subject};

#[tokio::test(flavor = "multi_thread")]
async fn every_script_turns_red_what_it_breaks_and_leaves_the_rest_green() {
    let catalog = Catalog::embedded().unwrap();
    let stage = Stage::open().await;
    let mut problems = Vec::new();
    let mut names = BTreeSet::new();
    for loaded in catalog.cases.values().filter(|loaded| loaded.case.subject == Subject::Server) {
        for proof in prove(&catalog, loaded, &stage, 1).await {
            problems.extend(proof.problems.iter().map(|problem| format!("{}: {problem}", proof.name)));
            names.insert(proof.name);
        }
    }
    stage.close().await;
    assert_eq!(problems, Vec::<String>::new());
    assert!(!names.is_empty());
}
