//! Laws of servers, clients and stores, which no operation of a library can show (`contracts.md` P8 to P12).
//!
//! They are functions over what a test has seen. P8 and P9 hold where unknown scopes are refused and matching is exact.

use super::{
    Broken,
    reply::{demand, list, without},
};

/// P8: an authorization request is accepted exactly where every requested scope is registered.
pub fn authorize_decides(requested: &[&str], registered: &[&str], accepted: bool) -> Result<(), Broken> {
    let strangers = without(requested, registered);
    let said = |accepted: bool| if accepted { "accepted" } else { "refused" }.to_owned();
    demand(accepted == strangers.is_empty(), || said(strangers.is_empty()), || said(accepted))
}

/// P9: what is granted was requested and is registered.
pub fn grant_is_within(granted: &[&str], requested: &[&str], registered: &[&str]) -> Result<(), Broken> {
    let beyond = [without(granted, requested), without(granted, registered)].concat();
    demand(
        beyond.is_empty(),
        || format!("nothing beyond {} and {}", list(requested), list(registered)),
        || list(granted),
    )
}

/// P10: a refresh grants nothing that was not granted before.
pub fn refresh_is_within(refreshed: &[&str], granted: &[&str]) -> Result<(), Broken> {
    let beyond = without(refreshed, granted);
    demand(beyond.is_empty(), || format!("nothing beyond {}", list(granted)), || list(refreshed))
}

/// P11: a save that failed leaves the store as it was, octet by octet.
///
/// The octets may hold secrets, so a breach says nothing of them but their number.
pub fn failed_save_changes_nothing(before: Option<&[u8]>, after: Option<&[u8]>) -> Result<(), Broken> {
    let size = |octets: Option<&[u8]>| match octets {
        Some(octets) => format!("a record of {} octets", octets.len()),
        None => "no record".to_owned(),
    };
    demand(
        before == after,
        || format!("the store as it was, {}", size(before)),
        || format!("another content, {}", size(after)),
    )
}

/// P12: a resolution opens at most one authorization flow.
pub fn one_flow_per_resolution(authorizations: usize) -> Result<(), Broken> {
    demand(
        authorizations <= 1,
        || "at most one authorization request".to_owned(),
        || authorizations.to_string(),
    )
}
