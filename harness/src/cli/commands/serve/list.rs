//! `scopecheck serve --list-faults`.

use scopecheck_reference::faults;

use crate::cli::count::lines;

/// One fault a line, without a header: name, role, profile, standing and a sentence, separated by tabs (`design.md` section 4).
pub(super) fn faults() -> String {
    lines(faults::all().iter().map(|info| {
        format!("{}\t{}\t{}\t{}\t{}", info.name, info.role, info.profile, info.standing, info.sentence)
    }))
}
