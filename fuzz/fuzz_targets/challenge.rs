//! The fuzz target `challenge`; what it holds is said in `src/targets/challenge.rs`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| scopecheck_fuzz::targets::challenge::check(data));
