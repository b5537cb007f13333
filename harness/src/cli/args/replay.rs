//! The command that puts a stored finding once more.

use clap::Args;

/// `scopecheck replay`.
#[derive(Clone, Debug, Args)]
pub struct ReplayArgs {
    /// A file, or a name in `.scopecheck/findings`, with or without `.json`.
    #[arg(value_name = "FINDING")]
    pub finding: String,
    /// The adapter to put it to, and its arguments; without it, the subject is started as it was when the finding was stored.
    #[arg(last = true, value_name = "CMD")]
    pub command: Vec<String>,
}
