//! Whether a scope that the client may have admits a requested one.

use super::app::App;
use crate::faults::Fault;

/// Whether `held` admits `asked`: only if both are the same, byte for byte (GR-01, AZ-03).
fn admits(app: &App, held: &str, asked: &str) -> bool {
    held == asked
        || (app.has(Fault::PrefixMatch) && asked.starts_with(held))
        || (app.has(Fault::ParentMatch) && held.starts_with(asked))
        || (app.has(Fault::SubstringMatch) && held.contains(asked))
        || (app.has(Fault::CaseInsensitiveMatch) && held.eq_ignore_ascii_case(asked))
}

/// Whether any scope of a list admits the requested one.
pub(super) fn admitted(app: &App, allowed: &[String], asked: &str) -> bool {
    allowed.iter().any(|held| admits(app, held, asked))
}
