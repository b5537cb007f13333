//! Which cases a library in this process is put to.

use scopecheck_scenarios::{
    catalog::Catalog,
    laws,
    model::{Case, Subject},
    operations,
};

use crate::{
    cli::{Section, instances},
    filter::Filter,
    library::Hello,
    plan::Instance,
};

/// What is selected.
pub(super) struct Selection<'a> {
    /// The filter.
    pub(super) filter: Option<&'a Filter>,
    /// The profiles.
    pub(super) profiles: &'a [String],
    /// Only cases that need no other operations than these; all cases if empty.
    pub(super) only: &'a [String],
}

/// The instances, sorted by id. Nothing is an error that names what is near.
pub(super) fn selected<'c>(
    catalog: &'c Catalog,
    selection: &Selection<'_>,
    hello: &Hello,
) -> Result<Vec<Instance<'c>>, String> {
    let section = Section {
        subject: Subject::Library,
        filter: selection.filter,
        profiles: selection.profiles,
        profile_cases_only: false,
    };
    let mut instances = instances(catalog, section).map_err(|error| error.to_string())?;
    instances.retain(|instance| {
        let case = &instance.loaded.case;
        let needed = needed(case);
        // Some operations are known to the reference implementation alone: to nobody else they are even `n/a`.
        let ours = |op: &str| operations::find(op).is_some_and(|operation| operation.reference_only);
        let meant = |op: &str| selection.only.is_empty() || selection.only.iter().any(|only| only == op);
        // A library in this process speaks no protocol that it could break.
        case.protocol.is_none() && needed.iter().all(|op| meant(op) && (!ours(op) || hello.offers(op)))
    });
    if instances.is_empty() {
        return Err(
            "what is selected is put to no operation of the protocol\nhelp: widen `filter` or `only`"
                .to_owned(),
        );
    }
    Ok(instances)
}

/// The operations that a case calls.
fn needed(case: &Case) -> Vec<&str> {
    if let Some(vector) = &case.vector {
        return vec![vector.op.as_str()];
    }
    let law = case.law.as_ref().and_then(|name| laws::find(name.as_str()));
    law.map_or_else(Vec::new, |law| law.ops.to_vec())
}
