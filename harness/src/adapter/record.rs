//! What has been seen of an adapter's conduct so far: each kind of breach once, with its first evidence.

use super::kinds::Kind;
use crate::library::{Breach, Conduct};

/// The longest evidence that is kept, in characters.
const LONGEST: usize = 400;

/// The record of a conversation.
#[derive(Debug, Default)]
pub(super) struct Record {
    conduct: Conduct,
    /// The kinds and the words of the breaches, as they stand in `conduct`.
    kinds: Vec<(Kind, String)>,
}

impl Record {
    /// Writes a breach down. Breaches of one kind with the same key are one.
    pub(super) fn breach(
        &mut self,
        kind: Kind,
        key: &str,
        what: impl Into<String>,
        evidence: impl AsRef<str>,
    ) {
        let known = self.kinds.iter().position(|(other, word)| *other == kind && word == key);
        if let Some(breach) = known.and_then(|known| self.conduct.breaches.get_mut(known)) {
            breach.times += 1;
            return;
        }
        self.kinds.push((kind, key.to_owned()));
        self.conduct.breaches.push(Breach {
            rule: kind.rule(),
            what: what.into(),
            cause: kind.cause(),
            mend: kind.mend(),
            evidence: brief(evidence.as_ref()),
            times: 1,
        });
    }

    pub(super) fn called(&mut self) {
        self.conduct.calls += 1;
    }

    pub(super) fn replied(&mut self) {
        self.conduct.replies += 1;
    }

    pub(super) fn restarted(&mut self) {
        self.conduct.restarts += 1;
    }

    /// What has been seen.
    pub(super) fn conduct(&self) -> &Conduct {
        &self.conduct
    }
}

/// The last words of a process, of which the end says most, cut to what fits into a report.
pub(super) fn last_words(lines: &[String]) -> String {
    let text = lines.join("\n");
    let letters = text.chars().count();
    match text.char_indices().nth(letters.saturating_sub(LONGEST)) {
        Some((begin, _)) if letters > LONGEST => format!("... {}", text.get(begin..).unwrap_or_default()),
        _ => text,
    }
}

/// A text, cut to what fits into a report.
pub(super) fn brief(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => {
            format!("{} ... ({} octets)", text.get(..end).unwrap_or_default(), text.len())
        }
        None => text.to_owned(),
    }
}
