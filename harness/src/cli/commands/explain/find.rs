//! What an id stands for.

use scopecheck_reference::faults::{self, FaultInfo};
use scopecheck_scenarios::{
    catalog::{Catalog, LoadedCase},
    model::{Check, Contract, Requirement},
    nearest::did_you_mean,
};

use crate::cli::CliError;

/// What there is to explain.
#[derive(Debug)]
pub(super) enum Found<'a> {
    Case(&'a LoadedCase),
    Check(&'a LoadedCase, &'a Check),
    Requirement(&'a Requirement),
    Contract(&'a Contract),
    Fault(&'static FaultInfo),
}

/// Finds what an id stands for; the case of its letters does not matter. The id of an instance, as reports print it, stands for its
/// case or check.
pub(super) fn find<'a>(catalog: &'a Catalog, typed: &str) -> Result<Found<'a>, CliError> {
    let (name, slug) = match typed.split_once('#') {
        Some((name, slug)) => (name, Some(slug)),
        None => (typed, None),
    };
    let name = name.split('@').next().unwrap_or(name);
    let same = |id: &str| id.eq_ignore_ascii_case(name);
    if let Some((id, loaded)) = catalog.cases.iter().find(|(id, _)| same(id)) {
        return match slug {
            None => Ok(Found::Case(loaded)),
            Some(slug) => check(id, loaded, slug),
        };
    }
    if slug.is_none() {
        if let Some((_, requirement)) = catalog.requirements.iter().find(|(id, _)| same(id)) {
            return Ok(Found::Requirement(requirement));
        }
        if let Some((_, contract)) = catalog.contracts.iter().find(|(id, _)| same(id)) {
            return Ok(Found::Contract(contract));
        }
        if let Some(info) = faults::all().iter().find(|info| same(info.name)) {
            return Ok(Found::Fault(info));
        }
    }
    if let Some((_, retired)) = catalog.retired.iter().find(|(id, _)| same(id)) {
        let error = CliError::usage(format!("the case `{}` is retired: {}", retired.id, retired.reason));
        return Err(match &retired.successor {
            Some(successor) => error.help(format!("its successor is `{successor}`")),
            None => {
                error.help("its id is never used again; `scopecheck list` shows the cases that there are")
            }
        });
    }
    Err(unknown(catalog, typed, name, slug.is_some()))
}

fn check<'a>(id: &str, loaded: &'a LoadedCase, slug: &str) -> Result<Found<'a>, CliError> {
    let checks = &loaded.case.checks;
    if let Some(check) = checks.iter().find(|check| check.id.value.eq_ignore_ascii_case(slug)) {
        return Ok(Found::Check(loaded, check));
    }
    let known: Vec<String> = checks.iter().map(|check| format!("{id}#{}", check.id)).collect();
    Err(CliError::usage(format!("the case `{id}` has no check `{slug}`"))
        .help(format!("it has\n  {}", known.join("\n  "))))
}

fn unknown(catalog: &Catalog, typed: &str, name: &str, is_check: bool) -> CliError {
    let cases = catalog.cases.keys().map(String::as_str);
    let error = CliError::usage(format!("nothing has the id `{typed}`"));
    let near = if is_check {
        did_you_mean(name, cases)
    } else {
        let others = catalog.requirements.keys().chain(catalog.contracts.keys()).map(String::as_str);
        let faults = faults::all().iter().map(|info| info.name);
        did_you_mean(name, cases.chain(others).chain(faults))
    };
    error.help(near.unwrap_or_else(|| {
        "`scopecheck list` shows the cases, `scopecheck coverage` the requirements, `scopecheck serve --list-faults` the faults".to_owned()
    }))
}
