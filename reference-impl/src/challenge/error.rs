//! Why a text is not a list of challenges.

/// A place at which the text leaves the grammar of RFC 9110 section 11.6.1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at offset {offset} of the challenge {trouble}; report it to the resource server")]
pub struct ChallengeError {
    /// Where, counted in bytes from the start of the text.
    pub offset: usize,
    /// What is wrong there.
    pub trouble: Trouble,
}

/// What can be wrong with a list of challenges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Trouble {
    /// Neither a scheme nor the name of a parameter.
    #[error("a scheme or the name of a parameter is missing")]
    NoName,
    /// A parameter where no challenge can take it.
    #[error("stands a parameter that belongs to no scheme")]
    NoScheme,
    /// An equals sign without a value after it.
    #[error("the value of a parameter is missing")]
    NoValue,
    /// Two parts without a comma between them.
    #[error("a comma is missing")]
    NoComma,
    /// A quoted string that nothing closes.
    #[error("begins a quoted string that is not closed")]
    Unclosed,
    /// A control character in a quoted string.
    #[error("stands a control character")]
    Control,
}
