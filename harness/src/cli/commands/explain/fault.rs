//! A fault of the reference implementation.

use scopecheck_reference::faults::{FaultInfo, FaultProfile, Standing};
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
    sheet.field(0, "try it", &format!("scopecheck serve --fault {}", info.name));
    sheet.field(0, "prove it", &format!("scopecheck selftest --fault {}", info.name));
}
