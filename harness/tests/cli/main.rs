//! The commands that look and do not run, as somebody meets them who types them: the built program, its output and its exit code.
#![expect(clippy::unwrap_used, reason = "a helper that cannot do its work has to end the test that uses it")]

mod case;
mod coverage;
mod explain;
mod list;
mod readme;
mod reference_client;
mod report;
mod serve;
mod support;
mod usage;
