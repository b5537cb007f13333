//! Faults of the reference client turn checks red, each as hard as its requirement allows. `selftest` runs all of them.

use scopecheck::client::{ClientSetup, verdicts_of};
use scopecheck_reports::Grade;
use scopecheck_scenarios::catalog::Catalog;

use crate::support::{fault, reference};

async fn red(setup: &ClientSetup) -> Vec<String> {
    let catalog = Catalog::embedded().unwrap();
    let verdicts = verdicts_of(setup, &catalog, 1, 4).await;
    let red = verdicts.iter().filter(|(_, grade)| matches!(grade, Grade::Fail | Grade::Warn));
    red.map(|(check, grade)| format!("{check} {grade}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_union_that_is_not_made_is_a_warning() {
    let setup = reference(Some(fault("client-requests-only-missing")));
    insta::assert_snapshot!(red(&setup).await.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_that_the_revision_does_not_have_is_observed() {
    let setup = ClientSetup {
        protocol: "2025-11-25".to_owned(),
        ..reference(Some(fault("client-requests-only-missing")))
    };
    // What other standards ask for stays as it is.
    insta::assert_snapshot!(red(&setup).await.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_loop_fails_and_is_stopped() {
    let began = std::time::Instant::now();
    let red = red(&reference(Some(fault("client-endless-step-up")))).await;
    insta::assert_snapshot!(red.join("\n"));
    assert!(began.elapsed().as_secs() < 60, "the loop was not stopped");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_the_exit_status_tells_is_a_warning() {
    let red = red(&reference(Some(fault("client-empty-echo-everything")))).await;
    insta::assert_snapshot!(red.join("\n"));
}
