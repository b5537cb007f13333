//! How the answers of an endpoint arrive, where a rule says that they do not come at once and whole.

use std::time::Duration;

use serde_json::{Map, Value};

use super::{answer::Out, log::Facts, state::State};

/// How an answer arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Arrival {
    /// At once, and whole.
    #[default]
    Whole,
    /// After [`LATE`], and whole.
    Late,
    /// The connection ends in the middle of its body.
    Cut,
    /// The connection ends without it.
    Never,
    /// Whole, once every callback that goes out before it has been answered.
    Held,
}

/// How long a late answer takes: longer than any answer of a server next door, and nothing that a client may not have to wait for.
pub(super) const LATE: Duration = Duration::from_millis(300);

/// The header field by which the gate is told; it goes no further.
pub(super) const FIELD: &str = "x-arrival";

impl Arrival {
    /// What the gate is told; nothing where it has only to pass the answer on.
    pub(super) fn told(self) -> Option<&'static str> {
        match self {
            Self::Whole | Self::Late => None,
            Self::Cut => Some("cut"),
            Self::Never => Some("never"),
            Self::Held => Some("held"),
        }
    }

    /// What of an answer leaves the gate. `octets` is what the server has written at once.
    pub(super) fn through(octets: &[u8]) -> Passage<'_> {
        let told = [Self::Cut, Self::Never, Self::Held].into_iter().find_map(|arrival| {
            let field = format!("\r\n{FIELD}: {}", arrival.told()?);
            Some((arrival, find(octets, field.as_bytes())?, field.len()))
        });
        let Some((arrival, at, length)) = told.filter(|_| octets.starts_with(b"HTTP/")) else {
            return Passage { before: octets, ..Passage::default() };
        };
        let (before, behind) = octets.split_at(at);
        let behind = behind.get(length..).unwrap_or_default();
        match arrival {
            Self::Whole | Self::Late | Self::Held => Passage { before, behind, ends: false, held: true },
            Self::Never => Passage { ends: true, ..Passage::default() },
            Self::Cut => {
                let body = find(behind, b"\r\n\r\n").map_or(behind.len(), |end| end + 4);
                let half = (behind.len() - body) / 2;
                Passage { before, behind: &behind[..body + half], ends: true, held: false }
            }
        }
    }
}

/// What of an answer leaves the gate: two parts, between which stood what the gate is told.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Passage<'o> {
    pub(super) before: &'o [u8],
    pub(super) behind: &'o [u8],
    /// Whether the connection ends behind it.
    pub(super) ends: bool,
    /// Whether it waits for callbacks.
    pub(super) held: bool,
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

impl State {
    /// Does the work of an endpoint, and lets its answer arrive as the rules have it. An answer that does not reach the client means nothing to it:
    /// what is put down is that it was let down.
    pub(super) fn at(
        &mut self,
        endpoint: &str,
        parameters: &Map<String, Value>,
        work: impl FnOnce(&mut Self) -> Out,
    ) -> Out {
        let out = self.arrived(endpoint, work);
        // What was sent is known whatever became of the answer.
        let facts = Facts { parameters: parameters.clone(), ..out.facts.clone() };
        out.meaning(facts)
    }

    fn arrived(&mut self, endpoint: &str, work: impl FnOnce(&mut Self) -> Out) -> Out {
        let let_down = || Facts { events: vec!["outage"], ..Facts::default() };
        let arrival = match self.rules.answers.get(endpoint).map(String::as_str) {
            Some("unavailable") => return Out::empty(503).meaning(let_down()),
            Some("slow") => Arrival::Late,
            Some("cut") => Arrival::Cut,
            Some("nothing") => Arrival::Never,
            _ => Arrival::Whole,
        };
        let out = work(self).arriving(arrival);
        match arrival {
            Arrival::Whole | Arrival::Late | Arrival::Held => out,
            Arrival::Cut | Arrival::Never => {
                let sent = Facts { requested: out.facts.requested.clone(), ..let_down() };
                // That the client has sent its refresh token stays true, whatever became of the answer.
                let refreshed = out.facts.events.contains(&"refresh_requested");
                let events = refreshed.then_some("refresh_requested").into_iter().chain(sent.events);
                let events = events.collect();
                out.meaning(Facts { events, ..sent })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(octets: &str) -> (String, bool) {
        let Passage { before, behind, ends, .. } = Arrival::through(octets.as_bytes());
        (String::from_utf8([before, behind].concat()).unwrap(), ends)
    }

    #[test]
    fn the_field_that_tells_the_gate_goes_no_further() {
        let plain = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nbody";
        assert_eq!(through(plain), (plain.to_owned(), false));
        let cut = "HTTP/1.1 200 OK\r\nx-arrival: cut\r\ncontent-length: 4\r\n\r\nbody";
        assert_eq!(through(cut), (plain.replace("body", "bo"), true));
        let alone = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\nx-arrival: cut\r\n\r\n";
        assert_eq!(through(alone), (plain.replace("body", ""), true));
        assert_eq!(through(&cut.replace("cut", "never")), (String::new(), true));
        let held = cut.replace("cut", "held");
        assert_eq!(through(&held), (plain.to_owned(), false));
        assert!(Arrival::through(held.as_bytes()).held && !Arrival::through(cut.as_bytes()).held);
        let body = "\r\nx-arrival: cut\r\n";
        assert_eq!(through(body), (body.to_owned(), false));
    }
}
