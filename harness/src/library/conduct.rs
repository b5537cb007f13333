//! How an adapter kept to the protocol (`design.md` section 5.2): what was seen, and what usually causes it.

/// A rule of the protocol, the `protocol` of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The first line announces the adapter.
    Hello,
    /// Standard output holds one JSON object a line, and nothing else.
    Lines,
    /// Each call is answered once, by its `seq`.
    Replies,
    /// A reply says one of the four things that a reply can say.
    Members,
    /// Each call is answered in time.
    Time,
    /// The adapter lives until it is told to leave.
    Life,
    /// It leaves when it is told to, with exit status 0.
    End,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 7] =
        [Self::Hello, Self::Lines, Self::Replies, Self::Members, Self::Time, Self::Life, Self::End];

    /// As it is written in a case.
    pub fn word(self) -> &'static str {
        match self {
            Self::Hello => "hello",
            Self::Lines => "lines",
            Self::Replies => "replies",
            Self::Members => "members",
            Self::Time => "time",
            Self::Life => "life",
            Self::End => "end",
        }
    }

    /// The rule of that word.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.word() == word)
    }
}

/// A breach of a rule, with its first evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The rule.
    pub rule: Rule,
    /// What was seen, one sentence.
    pub what: String,
    /// What usually causes it, one sentence.
    pub cause: &'static str,
    /// How it is usually mended, one sentence.
    pub mend: &'static str,
    /// The line, the call or the last words on standard error that show it, cut to a bearable length; text of the subject, so hostile.
    pub evidence: String,
    /// How often it was seen.
    pub times: u64,
}

/// How an adapter kept to the protocol, over a whole run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conduct {
    /// How many calls were made.
    pub calls: u64,
    /// How many of them were answered.
    pub replies: u64,
    /// How often the adapter was started once more.
    pub restarts: u32,
    /// What it broke, each once, in the order in which it was first seen.
    pub breaches: Vec<Breach>,
}
