//! Findings of a library under test: stored once, put first in the next run, put once more by `scopecheck replay`.
#![expect(clippy::unwrap_used, reason = "a helper that cannot do its work has to end the test that uses it")]

mod again;
mod program;
mod replay;
mod support;
