//! How the answers of an endpoint arrive, where a rule says that they do not come at once and whole.

use std::time::Duration;

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
        }
    }

    /// What of an answer leaves the gate, and whether the connection ends behind it. `octets` is what the server has written at once.
    pub(super) fn through(octets: &[u8]) -> (&[u8], Vec<u8>, bool) {
        let field = |word: &str| format!("\r\n{FIELD}: {word}");
        let place = |word: &str| find(octets, field(word).as_bytes());
        if !octets.starts_with(b"HTTP/") {
            return (octets, Vec::new(), false);
        }
        if place("never").is_some() {
            return (&[], Vec::new(), true);
        }
        let Some(at) = place("cut") else { return (octets, Vec::new(), false) };
        let (before, behind) = octets.split_at(at);
        let behind = behind.get(field("cut").len()..).unwrap_or_default();
        let body = find(behind, b"\r\n\r\n").map_or(behind.len(), |end| end + 4);
        let half = (behind.len() - body) / 2;
        (before, behind[..body + half].to_vec(), true)
    }
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

impl State {
    /// Does the work of an endpoint, and lets its answer arrive as the rules have it. An answer that does not reach the client means nothing to it:
    /// what is put down is that it was let down.
    pub(super) fn at(&mut self, endpoint: &str, work: impl FnOnce(&mut Self) -> Out) -> Out {
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
            Arrival::Whole | Arrival::Late => out,
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
        let (before, behind, ends) = Arrival::through(octets.as_bytes());
        (String::from_utf8([before, &behind].concat()).unwrap(), ends)
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
        let body = "\r\nx-arrival: cut\r\n";
        assert_eq!(through(body), (body.to_owned(), false));
    }
}
