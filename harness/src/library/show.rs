//! Inputs and replies as a reader can bear them.

use scopecheck_scenarios::laws::Reply;

/// The longest input or answer inside a sentence: a library chooses how long its answers are, and some inputs are meant to be long.
const LONGEST: usize = 240;

/// A text, cut to what fits into a sentence.
pub(super) fn brief(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
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

/// A reply in words.
pub(super) fn shown(reply: &Reply) -> String {
    match reply {
        Reply::Ok(answer) => brief(&answer.to_string()),
        Reply::Rejected { kind, message } => format!("a refusal ({kind}): {}", brief(message)),
        Reply::Unsupported { reason } => format!("unsupported: {}", brief(reason)),
        Reply::Crashed { detail } => format!("a crash: {}", brief(detail)),
    }
}
