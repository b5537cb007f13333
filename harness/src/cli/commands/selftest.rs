//! `scopecheck selftest`: the kill matrix.

use std::fmt::Write as _;

use scopecheck_reference::faults::{self, FaultInfo, Standing};
use scopecheck_scenarios::{catalog::Catalog, nearest::did_you_mean};

use super::embedded_server::embedded_table;
use crate::{
    cli::{
        CliError, Shell,
        args::{GlobalArgs, SelftestArgs},
        runner::{runtime, setup},
    },
    run::{Matrix, matrix},
};

/// Runs the command.
pub(crate) fn run(args: &SelftestArgs, _global: &GlobalArgs, shell: &Shell) -> Result<u8, CliError> {
    let catalog = Catalog::embedded()?;
    let chosen = chosen(args)?;
    let whole = args.faults.is_empty() && args.profiles.is_empty();
    let describe = |table: &str, issuer: &str| {
        embedded_table(table)
            .and_then(|table| setup(&table, issuer, true, &[]))
            .map_err(|error| error.to_string())
    };
    let jobs = args.jobs.map_or(4, std::num::NonZeroUsize::get);
    let matrix =
        runtime()?.block_on(matrix(&catalog, &chosen, whole, &describe, args.seed.unwrap_or(1), jobs));
    shell.print(&shown(&matrix, &chosen, whole, shell.verbose() > 0));
    Ok(u8::from(!matrix.problems.is_empty()))
}

fn chosen(args: &SelftestArgs) -> Result<Vec<&'static FaultInfo>, CliError> {
    for name in &args.faults {
        if faults::find(name).is_none() {
            let near = did_you_mean(name, faults::all().iter().map(|info| info.name));
            let all = "`scopecheck serve --list-faults` shows every fault".to_owned();
            return Err(CliError::usage(format!("there is no fault `{name}`")).help(near.unwrap_or(all)));
        }
    }
    let chosen: Vec<&FaultInfo> = faults::all()
        .iter()
        .filter(|info| args.faults.is_empty() || args.faults.iter().any(|name| name == info.name))
        .filter(|info| {
            args.profiles.is_empty()
                || args.profiles.iter().any(|profile| *profile == info.profile.to_string())
        })
        .collect();
    if chosen.is_empty() {
        return Err(CliError::nothing_selected("no fault has such a profile")
            .help("`scopecheck serve --list-faults` shows every fault"));
    }
    Ok(chosen)
}

fn shown(matrix: &Matrix, chosen: &[&'static FaultInfo], whole: bool, verbose: bool) -> String {
    let mut text = String::new();
    for killed in &matrix.faults {
        let reds: Vec<&str> = killed.red.keys().map(String::as_str).collect();
        let first = reds.first().copied().unwrap_or("(no check)");
        let more = if reds.len() > 1 && !verbose { format!(" (+{})", reds.len() - 1) } else { String::new() };
        let _ = writeln!(text, "{:<9} {:<34} {first}{more}", killed.seen.to_string(), killed.info.name);
        if verbose {
            for red in reds.iter().skip(1) {
                let _ = writeln!(text, "{:<44} {red}", "");
            }
        }
    }
    let count = |standing: Standing| matrix.faults.iter().filter(|killed| killed.seen == standing).count();
    let _ = writeln!(
        text,
        "\n{} faults: {} proven, {} warned, {} planned",
        chosen.len(),
        count(Standing::Proven),
        count(Standing::Warned),
        count(Standing::Planned)
    );
    let held = matrix.scripts.iter().filter(|proof| proof.problems.is_empty()).count();
    let _ = writeln!(text, "{} scripts: {held} hold", matrix.scripts.len());
    if matrix.problems.is_empty() {
        text.push_str(if whole {
            "the suite is proven: every check that can be red is turned red, and each is green on a conforming subject\n"
        } else {
            "the chosen faults show as they are listed; `scopecheck selftest` proves the whole suite\n"
        });
    } else {
        let _ = writeln!(text, "\n{} problems:", matrix.problems.len());
        for problem in &matrix.problems {
            let _ = writeln!(text, "  {problem}");
        }
    }
    text
}
