//! The fuzz target `case`; what it holds is said in `src/targets/case.rs`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| scopecheck_fuzz::targets::case::check(data));
