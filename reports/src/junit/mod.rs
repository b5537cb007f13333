//! JUnit XML in the dialect of Jenkins' xUnit plugin, the strictest reader of it.
//!
//! A `testsuite` is an area and a `testcase` an instance; `name` and `classname` are always set. What is not green on
//! the command line is not green here: an unmatched entry of `expected.toml`, a run that was cut short, and an exit
//! code that no case accounts for have a test case of their own.

mod render;
mod verdict;

pub use render::{JunitError, render};
