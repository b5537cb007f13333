//! The fuzz targets without a fuzzer: their corpora, replayed through the functions that it calls, and the seeds that begin them.
#![expect(clippy::unwrap_used, reason = "a helper that cannot do its work has to end the test that uses it")]

mod folders;
mod replay;
mod seeds;
mod support;
#[path = "../../../fuzz/src/targets/mod.rs"]
#[expect(
    unreachable_pub,
    clippy::expect_used,
    reason = "a library there, and what never holds has to end the run"
)]
mod targets;

// What `targets` expects beside it.
use scopecheck::judge;
