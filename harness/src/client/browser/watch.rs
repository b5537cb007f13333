//! The output of a client that prints its authorization URL: each such URL that stands there is visited once.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use super::visit;

/// The longest URL that is looked for; what is longer has been cut off somewhere, or is none.
const LONGEST: usize = 64 * 1024;

/// How the path of each authorization endpoint of the world ends.
const ENDPOINT: &str = "/authorize";

/// Looks for authorization URLs in a stream.
#[derive(Debug, Clone)]
pub(in crate::client) struct Watch {
    /// How a URL of the world begins; an authorization endpoint of it ends in [`ENDPOINT`].
    prefix: String,
    tail: Vec<u8>,
    /// What was visited already; clones, for the other streams of a run, share it.
    visited: Arc<Mutex<HashSet<String>>>,
}

impl Watch {
    /// Looks for URLs of authorization endpoints at this origin.
    pub(in crate::client) fn new(origin: &str) -> Self {
        Self { prefix: format!("{origin}/"), tail: Vec::new(), visited: Arc::default() }
    }

    /// Takes what has come, and visits what has become whole. `quiet` says that nothing more has come for a while, which ends a URL, too.
    pub(in crate::client) fn take(&mut self, octets: &[u8], quiet: bool) {
        for url in self.found(octets, quiet) {
            tokio::spawn(async move {
                // Whoever is not reached has shown a URL that leads nowhere; the run will tell.
                drop(visit(&url).await);
            });
        }
    }

    fn found(&mut self, octets: &[u8], quiet: bool) -> Vec<String> {
        self.tail.extend_from_slice(octets);
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(at) = position(&self.tail[from..], self.prefix.as_bytes()).map(|at| at + from) {
            let length = self.tail[at..].iter().position(|octet| !may_stand_in_a_url(*octet));
            let end = match length {
                Some(length) => at + length,
                None if quiet => self.tail.len(),
                None => {
                    from = at;
                    break;
                }
            };
            let text = String::from_utf8_lossy(&self.tail[at..end]);
            // A full stop behind a URL belongs to the sentence.
            let url = text.trim_end_matches(['.', ',', ')', ']', ';', ':', '!']).to_owned();
            let path = url.split(['?', '#']).next().unwrap_or_default();
            if path.ends_with(ENDPOINT)
                && self.visited.lock().unwrap_or_else(PoisonError::into_inner).insert(url.clone())
            {
                found.push(url);
            }
            from = end;
        }
        // What is left over may be the beginning of a URL.
        let is_begun = self.tail.get(from..).is_some_and(|rest| rest.starts_with(self.prefix.as_bytes()));
        let kept =
            if is_begun { self.tail.len() - from } else { self.prefix.len().min(self.tail.len() - from) };
        self.tail.drain(..self.tail.len() - kept.min(LONGEST));
        found
    }
}

fn position(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

/// Whether an octet may stand in a URL that was printed (RFC 3986 section 2). A quotation mark stands around it.
fn may_stand_in_a_url(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&()*+,;=%".contains(&octet)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watch() -> Watch {
        Watch::new("http://127.0.0.1:9")
    }

    #[test]
    fn a_url_is_found_in_any_pieces_and_only_once() {
        let text = b"open \x1b[1mhttp://127.0.0.1:9/authorize?a=b%20c&d=e\x1b[0m now\nagain: http://127.0.0.1:9/authorize?a=b%20c&d=e.\n";
        for size in [1, 2, 7, 30, 200] {
            let mut watch = watch();
            let found: Vec<String> = text.chunks(size).flat_map(|part| watch.found(part, false)).collect();
            assert_eq!(found, ["http://127.0.0.1:9/authorize?a=b%20c&d=e"], "{size}");
        }
    }

    #[test]
    fn a_url_at_the_end_of_a_prompt_is_whole_once_it_is_quiet() {
        let mut watch = watch();
        assert!(watch.found(b"URL: http://127.0.0.1:9/authorize?x", false).is_empty());
        assert!(watch.found(b"=1", false).is_empty());
        assert_eq!(watch.found(b"", true), ["http://127.0.0.1:9/authorize?x=1"]);
        assert!(watch.found(b"", true).is_empty());
    }

    #[test]
    fn other_urls_and_floods_are_passed_over() {
        let mut watch = watch();
        assert!(watch.found(b"http://127.0.0.1:9/token http://192.0.2.1/authorize?a ", true).is_empty());
        let second = watch.found(b"http://127.0.0.1:9/second/authorize?b ", true);
        assert_eq!(second, ["http://127.0.0.1:9/second/authorize?b"]);
        for _ in 0..100 {
            watch.found(&[b'a'; 10_000], false);
        }
        assert!(watch.tail.len() <= LONGEST);
        watch.found(b"http://127.0.0.1:9/authorize?", false);
        for _ in 0..100 {
            watch.found(&[b'a'; 10_000], false);
        }
        assert!(watch.tail.len() <= LONGEST);
    }
}
