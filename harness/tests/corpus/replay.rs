//! What was found once is looked at in every test run.

use std::panic::catch_unwind;

use crate::{support::corpus, targets::ALL};

#[test]
fn every_file_of_every_corpus_holds() {
    for (target, check) in ALL {
        for (name, data) in corpus(target) {
            assert!(
                catch_unwind(|| check(&data)).is_ok(),
                "fuzz/corpus/{target}/{name} breaks what always holds"
            );
        }
    }
}

#[test]
fn nothing_at_all_holds_too() {
    for (target, check) in ALL {
        assert!(catch_unwind(|| check(b"")).is_ok(), "the empty input breaks `{target}`");
        assert!(catch_unwind(|| check(b"\0\xff\0")).is_ok(), "octets that are no text break `{target}`");
    }
}
