//! Plain MCP clients: one run for all steps of a case.

use scopecheck::{
    client::{ClientSetup, verdicts_of},
    target::ClientTable,
};
use scopecheck_reports::Grade;
use scopecheck_scenarios::catalog::Catalog;

use crate::support::{program, run};

async fn grades(command: &[&str]) -> Vec<Grade> {
    let command: Vec<String> = command.iter().map(|word| (*word).to_owned()).collect();
    let setup = ClientSetup::of(&ClientTable::plain(&command), &program());
    let catalog = Catalog::embedded().unwrap();
    verdicts_of(&setup, &catalog, 1, 4).await.into_values().collect()
}

#[test]
fn the_reference_client_started_with_a_url_satisfies_every_case_that_fits() {
    let program = program();
    let ran = run("", &["client", "--", program.to_str().unwrap(), "reference", "client"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    let filters =
        vec![(r"in \d+(\.\d+)? m?s", "in [TIME]"), (r"client command at .*", "client command at [PROGRAM]")];
    insta::with_settings!({ filters => filters }, { insta::assert_snapshot!(ran.stdout) });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_is_exit_0_and_nothing_else_is_green_nowhere() {
    let grades = grades(&["/bin/sh", "-c", "exit 0"]).await;
    let green = |grade: &Grade| matches!(grade, Grade::Pass | Grade::Observed);
    assert!(!grades.iter().any(green) && grades.contains(&Grade::Blocked), "{grades:?}");
}
