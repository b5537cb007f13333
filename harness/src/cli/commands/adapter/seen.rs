//! What a check has seen.

use crate::library::Rule;

/// Something that has to be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    /// What was seen, one sentence.
    pub(super) what: String,
    /// The lines that show it; text of the subject.
    pub(super) seen: Vec<String>,
    /// What usually causes it.
    pub(super) cause: String,
    /// How it is usually mended.
    pub(super) mend: String,
    /// How often it was seen.
    pub(super) times: u64,
    /// The rule of the protocol that it breaks, where the driver has seen it.
    pub(super) rule: Option<Rule>,
}

/// How the calls of an operation went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// The operation.
    pub(super) op: String,
    /// How many were answered with `ok`.
    pub(super) ok: usize,
    /// How many were refused.
    pub(super) rejected: usize,
    /// How many cannot be put to the library.
    pub(super) unsupported: usize,
    /// How many ended in a crash, a silence or in words that are none of the protocol.
    pub(super) lost: usize,
}

/// What was seen of an adapter.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The operations, in the order in which they were announced.
    pub(super) tallies: Vec<Tally>,
    /// How many calls were made at once; 0 where it did not come to that.
    pub(super) at_once: usize,
    /// Whether the first plain call was not answered or the adapter died over it, so that nothing further was tried.
    pub(super) stuck: bool,
    /// What has to be mended, in the order in which it was seen.
    pub(super) problems: Vec<Problem>,
    /// What is worth knowing and breaks no rule.
    pub(super) notes: Vec<String>,
    /// What crashed: the operation, the note on it, and its detail.
    pub(super) crashes: Vec<Crash>,
}

/// A crash, of the library as a reply tells it or of the adapter itself.
#[derive(Debug)]
pub(super) struct Crash {
    /// The operation.
    pub(super) op: String,
    /// What is worth knowing of it, where it is no death.
    pub(super) note: String,
    /// What was said of it.
    pub(super) detail: String,
}
