//! From an id to its explanation.

use scopecheck_scenarios::catalog::Catalog;

use super::{
    case, check, contract, fault,
    find::{Found, find},
    requirement,
};
use crate::cli::{
    CliError, Sheet, Shell,
    args::{ExplainArgs, GlobalArgs},
};

/// Explains a case, a check, a requirement, a fault or a contract.
pub(crate) fn run(args: &ExplainArgs, _global: &GlobalArgs, shell: &Shell) -> Result<u8, CliError> {
    let catalog = Catalog::embedded()?;
    let mut sheet = Sheet::new(shell);
    match find(&catalog, &args.id)? {
        Found::Case(loaded) => case::explain(&mut sheet, &catalog, loaded),
        Found::Check(loaded, slug) => check::explain(&mut sheet, &catalog, loaded, slug),
        Found::Requirement(requirement) => requirement::explain(&mut sheet, &catalog, requirement),
        Found::Contract(contract) => contract::explain(&mut sheet, &catalog, contract),
        Found::Fault(info) => fault::explain(&mut sheet, &catalog, info),
    }
    shell.print(&sheet.finish());
    Ok(0)
}
