//! The four kinds of subject.

use std::fmt;

/// The kind of subject that a table describes (`design.md`, opening table).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Code behind an adapter.
    Library,
    /// An authorization server.
    Server,
    /// A resource server.
    Resource,
    /// A client.
    Client,
}

impl Kind {
    /// Every kind, in the order of the design.
    pub const ALL: [Self; 4] = [Self::Library, Self::Server, Self::Resource, Self::Client];

    /// The word used in files and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Library => "library",
            Self::Server => "server",
            Self::Resource => "resource",
            Self::Client => "client",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}
