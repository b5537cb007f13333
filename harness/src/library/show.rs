//! Inputs and replies as a reader can bear them.

use scopecheck_scenarios::laws::Reply;

/// The longest input or answer inside a sentence: a library chooses how long its answers are, and some inputs are meant to be long.
const LONGEST: usize = 240;

/// A text, cut to what fits into a sentence.
pub(super) fn brief(text: &str) -> String {
    brief_within(text, LONGEST)
}

/// A text, cut where it has more characters than this.
pub(crate) fn brief_within(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{} ... ({} bytes)", &text[..end], text.len()),
        None => text.to_owned(),
    }
}

/// A list, cut to what fits into a sentence.
pub(super) fn listed(scopes: &[String]) -> Vec<String> {
    const MOST: usize = 20;
    let more = scopes.len().saturating_sub(MOST);
    let mut shown: Vec<String> = scopes.iter().take(MOST).map(|scope| brief(scope)).collect();
    if more > 0 {
        shown.push(format!("... and {more} more"));
    }
    shown
}

/// A reply in words, cut to what fits into a sentence.
pub(super) fn shown(reply: &Reply) -> String {
    shown_within(reply, LONGEST)
}

/// A reply in words, its text cut where it has more characters than this.
pub(crate) fn shown_within(reply: &Reply, longest: usize) -> String {
    let brief = |text: &str| brief_within(text, longest);
    match reply {
        Reply::Ok(answer) => brief(&answer.to_string()),
        Reply::Rejected { kind, message } => format!("a refusal ({}): {}", brief(kind), brief(message)),
        Reply::Unsupported { reason } => format!("unsupported: {}", brief(reason)),
        Reply::Crashed { detail } => format!("a crash: {}", brief(detail)),
        Reply::Garbled { detail } => format!("no reply of the protocol: {}", brief(detail)),
        Reply::Silent { detail } => format!("no answer: {}", brief(detail)),
    }
}
