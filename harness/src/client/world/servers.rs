//! The authorization servers of the world: one at the root of the origin, and where a rule names it a second one below a path of its own.

use scopecheck_scenarios::model::Word;

use super::{metadata, rules::Rules, state::State};
use crate::judge::Scopes;

/// The path of the second server.
const SECOND: &str = "/second";
/// The path of a first server that only a document about another resource leads to.
const ELSEWHERE: &str = "/elsewhere";

/// An authorization server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Server {
    /// The one at the root.
    #[default]
    First,
    /// The one below a path of its own.
    Second,
}

impl Server {
    /// All of them.
    const ALL: [Self; 2] = [Self::First, Self::Second];

    /// The server that a case names; the lint knows the words.
    pub(super) fn named(word: &Word) -> Self {
        if word.value == Self::Second.word() { Self::Second } else { Self::First }
    }

    /// The word of the vocabulary.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
        }
    }
}

impl Rules {
    /// The path of a server; one at the root has none. One that only a document about another resource names is no neighbour that a client might
    /// try by itself.
    fn path_of(&self, server: Server) -> &'static str {
        match server {
            Server::Second => SECOND,
            Server::First if self.foreign => ELSEWHERE,
            Server::First => "",
        }
    }

    /// What a server lists.
    pub(super) fn list_of(&self, server: Server) -> Option<&Scopes> {
        match server {
            Server::First => self.server_scopes.as_ref(),
            Server::Second => self.second_server_scopes.as_ref(),
        }
    }
}

impl State {
    /// The issuer.
    pub(super) fn issuer(&self, server: Server) -> String {
        format!("{}{}", self.origin, self.rules.path_of(server))
    }

    /// The server that a path belongs to, and the path as it would be at a root. The well-known part stands before the path of a server (RFC 8414
    /// section 3.1); behind it, where it stands in OpenID Connect, it is found as well.
    pub(super) fn server_at<'p>(&self, path: &'p str) -> Option<(Server, &'p str)> {
        let at = |server: Server| {
            let own = self.rules.path_of(server);
            let inserted = path.strip_prefix(metadata::SERVER).is_some_and(|rest| rest == own);
            if inserted {
                return Some((server, metadata::SERVER));
            }
            path.strip_prefix(own).filter(|below| below.starts_with('/')).map(|below| (server, below))
        };
        // The first server may be at the root, where all paths are.
        let second = at(Server::Second).filter(|_| self.rules.second);
        second.or_else(|| at(Server::First))
    }

    /// What other servers of the resource list than this one, and this one does not; `None` where there is only one.
    pub(super) fn supported_elsewhere(&self, server: Server) -> Option<Scopes> {
        if !self.rules.second {
            return None;
        }
        let own = self.rules.list_of(server);
        let others = Server::ALL.into_iter().filter(|other| *other != server);
        let listed = others.filter_map(|other| self.rules.list_of(other)).flat_map(Scopes::iter);
        Some(Scopes::collect(listed.filter(|scope| own.is_none_or(|own| !own.contains(scope)))))
    }
}
