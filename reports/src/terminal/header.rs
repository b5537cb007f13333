//! What was run, against what.

use super::page::{Ink, Page};
use crate::{Header, Results};

/// Writes the header and the notes on the run as a whole.
pub(super) fn write(page: &mut Page<'_>, results: &Results) {
    let header = &results.header;
    let first = format!(
        "{} {}: {} {} at {}",
        header.suite,
        header.suite_version,
        header.target.kind,
        target(header),
        header.target.address
    );
    page.line(0, Ink::Strong, &first);
    page.prose(0, Ink::Faint, &conditions(header));
    if let Some(footer) = &results.footer {
        if !footer.notes.is_empty() {
            page.gap();
        }
        for note in &footer.notes {
            page.field(0, Ink::Faint, "note", note);
        }
    }
}

fn target(header: &Header) -> String {
    match header.target.table.as_str() {
        "default" => header.target.name.clone(),
        table => format!("{}/{table}", header.target.name),
    }
}

fn conditions(header: &Header) -> String {
    let mut parts = vec![format!("requirements {}", header.requirements), format!("seed {}", header.seed)];
    for (word, list) in [("profiles", &header.profiles), ("flags", &header.flags)] {
        if !list.is_empty() {
            parts.push(format!("{word} {}", list.join(" ")));
        }
    }
    parts.extend(header.filter.as_ref().map(|filter| format!("filter {filter}")));
    parts.join(", ")
}
