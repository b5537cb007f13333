//! What is said when a panic shows that Scopecheck itself is wrong.

use std::{
    io::Write as _,
    panic,
    sync::atomic::{AtomicBool, Ordering},
};

use scopecheck_reports::escape;

static HAPPENED: AtomicBool = AtomicBool::new(false);

/// From now on a panic, in whatever thread, is reported as a bug of ours, and never as one of the subject.
pub(super) fn install_hook() {
    panic::set_hook(Box::new(|info| {
        HAPPENED.store(true, Ordering::Relaxed);
        let place = info.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        let what = info.payload_as_str().unwrap_or("no message");
        // Nobody is left to tell if this cannot be written; a second panic would hide the first.
        let _ = anstream::stderr().write_all(report(what, &place).as_bytes());
    }));
}

fn report(what: &str, place: &str) -> String {
    format!(
        "error: this is a bug in scopecheck {}: {} ({place})\n\
         help: the subject is not to blame; please report this line with the command that led to it\n",
        env!("CARGO_PKG_VERSION"),
        // A message may quote what a subject sent.
        escape::line(what),
    )
}

/// Whether there was a panic, even one that was caught or that ended only a thread.
pub(super) fn happened() -> bool {
    HAPPENED.load(Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_as_a_bug_of_ours_on_one_line() {
        let said = report("index out of bounds\nof \u{1b}[2J", "harness/src/x.rs:1:2")
            .replace(env!("CARGO_PKG_VERSION"), "VERSION");
        insta::assert_snapshot!(said, @r"
        error: this is a bug in scopecheck VERSION: index out of bounds\nof \u{1b}[2J (harness/src/x.rs:1:2)
        help: the subject is not to blame; please report this line with the command that led to it
        ");
    }
}
