//! Which checks each fault of the reference resource server turns red.
//!
//! The snapshot is the proof of the resource cases, and is meant to be read.

use std::{collections::BTreeMap, fmt::Write as _};

use scopecheck::{resource::verdicts_resource, run::Verdicts};
use scopecheck_reference::faults::{Role, Standing, all};
use scopecheck_reports::Grade;
use scopecheck_scenarios::catalog::Catalog;

/// The verdicts that are not green, in a line each.
fn red(verdicts: &Verdicts) -> BTreeMap<&str, Grade> {
    verdicts
        .iter()
        .filter(|(_, grade)| matches!(grade, Grade::Fail | Grade::Warn))
        .map(|(check, grade)| (check.as_str(), *grade))
        .collect()
}

#[tokio::test]
async fn the_word_of_every_fault_is_true_and_the_honest_server_is_green() {
    let catalog = Catalog::embedded().unwrap();
    let honest = verdicts_resource(&catalog, None, 1).await.unwrap();
    let trouble: Vec<_> = honest
        .iter()
        .filter(|(_, grade)| !matches!(grade, Grade::Pass | Grade::Observed | Grade::NotApplicable))
        .collect();
    assert!(trouble.is_empty(), "{trouble:?}");
    let mut page = String::new();
    let mut untrue = Vec::new();
    for info in all().iter().filter(|info| info.role == Role::Resource) {
        let verdicts = verdicts_resource(&catalog, Some(info.fault), 1).await.unwrap();
        let red = red(&verdicts);
        let seen = match (red.values().any(|grade| *grade == Grade::Fail), red.is_empty()) {
            (true, _) => Standing::Proven,
            (false, false) => Standing::Warned,
            (false, true) => Standing::Planned,
        };
        if seen != info.standing {
            untrue.push(format!("{}: {seen}", info.name));
        }
        writeln!(page, "{} ({seen})", info.name).unwrap();
        for (check, grade) in red {
            writeln!(page, "  {grade} {check}").unwrap();
        }
    }
    insta::assert_snapshot!(page);
    assert!(untrue.is_empty(), "the table of faults says otherwise: {}", untrue.join(", "));
}
