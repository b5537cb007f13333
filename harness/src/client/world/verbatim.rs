//! The targets of requests octet by octet, as clients write them: behind the gate a URL is normalised (`'` becomes `%27`), and evidence must not be.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use url::Url;

/// So long is a request line that is kept; a longer one is put down as it was read.
const LINE: usize = 64 * 1024;
/// So many targets wait at once to be put down; those of requests that never got an answer are forgotten in time.
const WAITING: usize = 64;

/// The request targets that came in and are not put down yet, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Targets(Arc<Mutex<VecDeque<Vec<u8>>>>);

impl Targets {
    fn push(&self, target: Vec<u8>) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() == WAITING {
            waiting.pop_front();
        }
        waiting.push_back(target);
    }

    /// The target that was read as this URL, as it was written.
    pub(super) fn written(&self, read: &Url) -> Option<String> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |target: &Vec<u8>| {
            let target = String::from_utf8_lossy(target);
            read.join(&target).is_ok_and(|url| (url.path(), url.query()) == (read.path(), read.query()))
        };
        let at = waiting.iter().position(same)?;
        waiting.remove(at).map(|target| String::from_utf8_lossy(&target).into_owned())
    }
}

/// What one connection brings in. A client sends a request after it has the answer to the one before, so a request line is what comes first, and
/// first after an answer.
#[derive(Debug)]
pub(super) struct Listening {
    targets: Targets,
    line: Option<Vec<u8>>,
    answered: Arc<AtomicBool>,
}

impl Listening {
    /// Listens to a connection; whoever passes answers on sets `answered`.
    pub(super) fn to(targets: Targets, answered: Arc<AtomicBool>) -> Self {
        Self { targets, line: Some(Vec::new()), answered }
    }

    /// Hears what comes in.
    pub(super) fn hear(&mut self, octets: &[u8]) {
        if self.answered.swap(false, Ordering::Relaxed) {
            self.line = Some(Vec::new());
        }
        let Some(mut line) = self.line.take() else { return };
        let end = octets.iter().position(|octet| *octet == b'\n');
        line.extend_from_slice(&octets[..end.unwrap_or(octets.len())]);
        if end.is_some() {
            if let Some(target) = target(&line) {
                self.targets.push(target.to_owned());
            }
        } else if line.len() < LINE {
            self.line = Some(line);
        }
    }
}

/// The target of a request line (RFC 9112 section 3): what stands between the method and the version.
fn target(line: &[u8]) -> Option<&[u8]> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let version = line.iter().rposition(|octet| *octet == b' ')?;
    let method = line.iter().position(|octet| *octet == b' ')?;
    let is_request = line[version + 1..].starts_with(b"HTTP/") && method < version;
    is_request.then(|| &line[method + 1..version])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_given_back_as_it_was_written() {
        let (targets, answered) = (Targets::default(), Arc::new(AtomicBool::new(false)));
        let mut connection = Listening::to(targets.clone(), Arc::clone(&answered));
        connection.hear(b"GET /authorize?scope=it's");
        connection.hear(b"+\"a\" HTTP/1.1\r\nhost: w\r\n\r\n");
        let read = Url::parse("http://w/authorize?scope=it%27s+%22a%22").unwrap();
        assert_eq!(targets.written(&Url::parse("http://w/other").unwrap()), None);
        assert_eq!(targets.written(&read).as_deref(), Some("/authorize?scope=it's+\"a\""));
        assert_eq!(targets.written(&read), None, "each is given once");
        answered.store(true, Ordering::Relaxed);
        connection.hear(b"POST /token HTTP/1.1\r\ncontent-length: 9\r\n\r\n");
        connection.hear(b"GET /x HTTP/1.1\n");
        assert!(targets.written(&Url::parse("http://w/x").unwrap()).is_none(), "a body is no request");
        assert!(targets.written(&Url::parse("http://w/token").unwrap()).is_some());
    }

    #[test]
    fn what_is_no_request_line_is_passed_over() {
        for line in [&b""[..], b"GET", b"GET /", b"GET HTTP/1.1", b"HTTP/1.1 200 OK"] {
            assert_eq!(target(line), None, "{}", String::from_utf8_lossy(line));
        }
        assert_eq!(target(b"GET /a b HTTP/1.1\r"), Some(&b"/a b"[..]));
    }
}
