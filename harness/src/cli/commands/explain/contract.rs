//! A contract: of one of the two systems that the project grew from, or of our own adapter protocol.

use scopecheck_scenarios::{
    catalog::Catalog,
    model::{Contract, ContractStatus},
};

use super::proof;
use crate::{cli::Sheet, engine::OUR_PROTOCOL};

/// Explains a contract.
pub(super) fn explain(sheet: &mut Sheet, catalog: &Catalog, contract: &Contract) {
    let id = contract.id.as_str();
    sheet.heading(0, id);
    sheet.prose(0, &contract.summary);
    sheet.gap();
    let system = match contract.status {
        ContractStatus::Protocol => OUR_PROTOCOL,
        _ => contract.profile.as_str(),
    };
    sheet.field(0, "system", system);
    sheet.field(
        0,
        "status",
        &match contract.status {
            ContractStatus::Rfc => "rfc: touches a standard, so it concerns everybody".to_owned(),
            ContractStatus::Sys => format!("sys: asked under `--profile {}` only", contract.profile),
            ContractStatus::Quirk => {
                "quirk: looks accidental; never copied, and told where it is seen".to_owned()
            }
            ContractStatus::Protocol => "protocol: a rule of our own, asked of every adapter".to_owned(),
        },
    );
    sheet.gap();
    let checks = proof::checks_of(catalog, id);
    if checks.is_empty() {
        sheet.field(0, "checks", "none names it");
    }
    sheet.list(0, "checks", checks);
    sheet.list(0, "faults", proof::faults_of(id));
}
