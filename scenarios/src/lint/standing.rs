//! Requirements and contracts: what they say of their own standing has to be true.

use super::place::Place;
use crate::{
    catalog::Catalog,
    coverage::checks_by_requirement,
    error::FileError,
    model::{ContractStatus, Requirement, Standing},
    protocol, vocabulary,
};

pub(super) fn lint(catalog: &Catalog, complete: bool) -> Vec<FileError> {
    let named = checks_by_requirement(catalog);
    let mut errors = Vec::new();
    for (id, requirement) in &catalog.requirements {
        let mut place = Place::new(&catalog.sources.requirements[id]);
        standing(requirement, named.get(id.as_str()), complete, &mut place);
        if requirement.summary.trim().is_empty() {
            place.wrong(
                &requirement.id.span,
                format!("`{id}` says nothing"),
                "say in `summary` what is required, in your own words",
            );
        }
        errors.extend(place.errors);
    }
    let mut place = Place::new(&catalog.sources.contracts);
    for contract in catalog.contracts.values() {
        let ours = contract.profile.as_str() == protocol::CONTRACTS;
        if !ours {
            place.unknown(&contract.profile, "profile", vocabulary::words(vocabulary::PROFILES));
        }
        if ours != (contract.status == ContractStatus::Protocol) {
            place.wrong(
                &contract.id.span,
                format!("`{}` is half a rule of the adapter protocol", contract.id),
                format!(
                    "write both `profile = \"{}\"` and `status = \"protocol\"`, or neither",
                    protocol::CONTRACTS
                ),
            );
        }
        if catalog.requirements.contains_key(&contract.id.value) {
            place.wrong(
                &contract.id.span,
                format!("`{}` is a requirement, too", contract.id),
                "give the contract another id",
            );
        }
    }
    errors.extend(place.errors);
    errors
}

fn standing(requirement: &Requirement, checks: Option<&Vec<String>>, complete: bool, place: &mut Place<'_>) {
    let id = &requirement.id;
    let span = place.key(id, "standing");
    let reason = requirement.reason.as_deref().unwrap_or_default().trim();
    match (requirement.standing, checks) {
        // With a case that is wrong, or cannot be read, nobody knows what it checks.
        (Standing::Checked, None) if complete => place.wrong(
            &span,
            format!("no check names `{id}`"),
            "write `standing = \"planned\"` or `\"excluded\"` with a `reason`, or write the check",
        ),
        (Standing::Planned | Standing::Excluded, Some(checks)) => place.wrong(
            &span,
            format!("`{id}` is checked by `{}`", checks.first().map_or("", String::as_str)),
            "write `standing = \"checked\"` and leave the `reason` out",
        ),
        (Standing::Planned, None) if reason.is_empty() => {
            place.wrong(
                &span,
                format!("`{id}` is planned without a reason"),
                "say in `reason` what it waits for",
            );
        }
        (Standing::Excluded, None) if reason.is_empty() => {
            place.wrong(
                &span,
                format!("`{id}` is excluded without a reason"),
                "say in `reason` why there is no check",
            );
        }
        (Standing::Checked, Some(_)) if !reason.is_empty() => {
            place.wrong(
                &place.key(id, "reason"),
                format!("`{id}` is checked and has a reason why not"),
                "leave the `reason` out",
            );
        }
        _ => {}
    }
}
