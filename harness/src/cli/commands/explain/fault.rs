//! A fault of the reference implementation.

use scopecheck_reference::faults::{FaultInfo, FaultProfile, Role, Standing};
use scopecheck_scenarios::catalog::Catalog;

use super::proof;
use crate::cli::Sheet;

/// Explains a fault.
pub(super) fn explain(sheet: &mut Sheet, catalog: &Catalog, info: &FaultInfo) {
    sheet.heading(0, info.name);
    sheet.prose(0, info.sentence);
    sheet.gap();
    sheet.field(0, "carried by", &format!("the reference {}", info.role));
    sheet.field(
        0,
        "profile",
        &match info.profile {
            FaultProfile::Standard => "standard: shows to everybody".to_owned(),
            other => format!("{other}: shows with that profile only"),
        },
    );
    sheet.field(
        0,
        "standing",
        match info.standing {
            Standing::Proven => "proven: a check fails on it",
            Standing::Warned => "warned: a check warns of it",
            Standing::Planned => "planned: no check sees it yet",
        },
    );
    let summary = catalog
        .requirements
        .get(info.breaks)
        .map(|requirement| &requirement.summary)
        .or_else(|| catalog.contracts.get(info.breaks).map(|contract| &contract.summary));
    sheet.field(
        0,
        "breaks",
        &summary.map_or(info.breaks.to_owned(), |summary| format!("{}: {summary}", info.breaks)),
    );
    sheet.list(0, "checks", proof::checks_of(catalog, info.breaks));
    sheet.gap();
    sheet.field(0, "try it", &trial(info));
    sheet.field(0, "prove it", &format!("scopecheck selftest --fault {}", info.name));
}

/// The command that starts what carries the fault, with the profile under which it shows. `mcp` is no profile of these
/// commands: what it asks for is always there.
fn trial(info: &FaultInfo) -> String {
    let (command, rest) = match info.role {
        Role::Server | Role::Resource => ("serve", ""),
        Role::Library => ("reference adapter", ""),
        Role::Client => ("reference client", " URL"),
    };
    let profile = match info.profile {
        FaultProfile::Standard | FaultProfile::Mcp => String::new(),
        named => format!(" --profile {named}"),
    };
    format!("scopecheck {command}{profile} --fault {}{rest}", info.name)
}
