//! `scopecheck reference adapter`.

use clap::Args;

/// `scopecheck reference adapter`.
///
/// The words are those of the reference implementation, which refuses the ones that it does not know.
#[derive(Clone, Debug, Args)]
pub struct ReferenceAdapterArgs {
    /// Whose rules to follow: `standard`, `toolhive` or `cli-engine`.
    #[arg(long, value_name = "NAME", default_value = "standard")]
    pub profile: String,
    /// Switch a fault of the library on (repeatable).
    #[arg(long = "fault", value_name = "NAME", value_delimiter = ',')]
    pub faults: Vec<String>,
}
