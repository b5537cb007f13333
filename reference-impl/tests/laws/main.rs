//! The laws of `scopecheck-scenarios` against the reference: the library, the server, the client and its store.
//!
//! A counterexample that was found once is kept as a value under `findings/` and put to the library first, whatever
//! the strategies generate by then.
#![expect(clippy::unwrap_used, reason = "a helper that cannot do its work has to end the test that uses it")]

mod client;
#[path = "../client/support.rs"]
#[expect(dead_code, reason = "the tests of the client need more of it")]
mod client_support;
#[path = "../client/double.rs"]
mod double;
#[path = "../client/failing.rs"]
mod failing;
mod library;
mod reply;
mod server;
#[path = "../server/support.rs"]
#[expect(dead_code, reason = "the tests of the server need more of it")]
mod server_support;

use proptest::test_runner::{
    Config, FailurePersistence, FileFailurePersistence, RngAlgorithm, RngSeed, TestRunner,
};

/// The seeds of what broke a law once, tried first.
const SEEDS: &str = "tests/laws/proptest-regressions.txt";

/// A runner of so many cases. The inputs are the same every time: the search for new ones is the matter of the fuzz targets. Whatever
/// the environment could change is set here. Only an honest subject leaves the seed of a failure behind.
fn runner(cases: u32, honest: bool) -> TestRunner {
    let seeds: Option<Box<dyn FailurePersistence>> =
        if honest { Some(Box::new(FileFailurePersistence::Direct(SEEDS))) } else { None };
    TestRunner::new(Config {
        cases,
        max_shrink_iters: 4096,
        max_shrink_time: 10_000,
        failure_persistence: seeds,
        rng_algorithm: RngAlgorithm::ChaCha,
        rng_seed: RngSeed::Fixed(4),
        verbose: 0,
        ..Config::with_cases(cases)
    })
}
