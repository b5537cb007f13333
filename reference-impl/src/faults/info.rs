//! What is known about a fault.

use super::Fault;
use crate::words::words;

words! {
    /// Which part of the reference implementation carries a fault.
    pub enum Role: "role" {
        /// The scope algebra behind the adapter protocol.
        Library = "library",
        /// The authorization server.
        Server = "server",
        /// The resource server.
        Resource = "resource",
        /// The client.
        Client = "client",
    }
}

words! {
    /// The profile under which a fault shows.
    pub enum FaultProfile: "profile of a fault" {
        /// What the standards ask of everybody.
        Standard = "standard",
        /// The contracts of the embedded authorization server (`contracts.md`, system B).
        Toolhive = "toolhive",
        /// The contracts of the command-line client (`contracts.md`, system A).
        CliEngine = "cli-engine",
        /// The rules of the Model Context Protocol.
        Mcp = "mcp",
    }
}

words! {
    /// How far the suite sees a fault.
    pub enum Standing: "standing" {
        /// A check fails.
        Proven = "proven",
        /// A check warns.
        Warned = "warned",
        /// No check sees it yet.
        Planned = "planned",
    }
}

/// One line of the table of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaultInfo {
    /// The fault itself.
    pub fault: Fault,
    /// Its name on the command line.
    pub name: &'static str,
    /// The part that carries it.
    pub role: Role,
    /// The profile under which it shows.
    pub profile: FaultProfile,
    /// How far the suite sees it.
    pub standing: Standing,
    /// What goes wrong, in a sentence.
    pub sentence: &'static str,
    /// The requirement or contract that it breaks.
    pub breaks: &'static str,
}
