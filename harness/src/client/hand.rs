//! A client that a person starts by hand: the world of one case stays up until it is said that a run has ended.

use std::{fmt, pin::Pin};

use scopecheck_scenarios::model::Case;

/// What somebody who starts a client needs to know.
#[derive(Debug)]
pub struct Served<'a> {
    /// The case, with its steps.
    pub case: &'a Case,
    /// The id of the instance.
    pub id: &'a str,
    /// The URL of the protected resource.
    pub url: &'a str,
    /// Whether the resource speaks MCP; else operation `read` is `GET URL/read`.
    pub mcp: bool,
}

/// Who starts the client.
pub trait Hand: Send + Sync + fmt::Debug {
    /// The world of a case is up.
    fn announce(&self, served: &Served<'_>);

    /// The client has to be run for these steps, by their ids. Comes back when it has ended: with `true`, or with `false` if no further run is to
    /// come.
    fn run<'a>(&'a self, steps: &'a [&'a str]) -> Pin<Box<dyn Future<Output = bool> + Send + 'a>>;
}
