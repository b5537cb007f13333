//! Pinned behaviours that can never hold are told before the run: a pin that silently checks nothing is worse than none.

use indexmap::IndexMap;
use scopecheck_scenarios::{catalog::Catalog, model::Check, nearest::did_you_mean};

use crate::cli::CliError;

/// Each pin of a table (`NAME/TABLE`) has to name a check that records behaviours, and one that it can record.
pub(in crate::cli) fn try_pins(
    catalog: &Catalog,
    table: &str,
    pins: &IndexMap<String, String>,
) -> Result<(), CliError> {
    let checks: Vec<(String, &Check)> = catalog
        .cases
        .values()
        .flat_map(|loaded| {
            loaded.case.checks.iter().map(move |check| (format!("{}#{}", loaded.case.id, check.id), check))
        })
        .collect();
    for (pinned, behaviour) in pins {
        let wrong = |what: String| {
            CliError::usage(format!("the table `{table}` pins `{pinned}` to `{behaviour}`: {what}"))
        };
        let Some((_, check)) = checks.iter().find(|(id, _)| id == pinned) else {
            let near = did_you_mean(pinned, checks.iter().map(|(id, _)| id.as_str()));
            return Err(wrong("there is no such check".to_owned())
                .help(near.unwrap_or_else(|| "`scopecheck list` shows every case".to_owned())));
        };
        let names: Vec<&str> = check.outcomes.iter().filter_map(|row| row.name.as_deref()).collect();
        if names.is_empty() {
            return Err(wrong("the check records no behaviour that could be pinned".to_owned())
                .help(format!("`scopecheck explain {pinned}` shows what it checks")));
        }
        if !names.contains(&behaviour.as_str()) && !is_outcome(behaviour) {
            return Err(wrong("the check never records that".to_owned())
                .help(format!("it records {}", names.join(", "))));
        }
    }
    Ok(())
}

/// Whether the behaviour is written as an outcome, which may be pinned instead of its name.
fn is_outcome(behaviour: &str) -> bool {
    const WORDS: [&str; 11] = [
        "exact",
        "narrower",
        "wider",
        "other",
        "none",
        "beyond",
        "accepted",
        "refused-elsewhere",
        "login-required",
        "server-error",
        "unreadable",
    ];
    let word = behaviour.split('+').next().unwrap_or_default();
    WORDS.contains(&word) || behaviour.starts_with("refused:")
}
