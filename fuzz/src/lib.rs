//! What the fuzz targets check, one function a target: they are called with generated octets here, and with the
//! committed corpora by `cargo test` (`harness/tests/corpus`).

pub mod judge;
pub mod targets;
