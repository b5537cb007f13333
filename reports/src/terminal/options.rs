//! What the caller may choose.

/// How the report for people is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TerminalOptions {
    /// Whether to colour it. Nothing is said by colour alone.
    pub color: bool,
    /// How many columns there are; prose is wrapped to fit, commands never are.
    pub width: usize,
    /// Only what went wrong, the counts and the exit code (`-q`).
    pub quiet: bool,
    /// Every case and every check (`-v`).
    pub verbose: bool,
}

impl Default for TerminalOptions {
    fn default() -> Self {
        Self { color: false, width: 100, quiet: false, verbose: false }
    }
}
