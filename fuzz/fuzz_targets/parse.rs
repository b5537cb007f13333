//! The fuzz target `parse`; what it holds is said in `src/targets/parse.rs`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| scopecheck_fuzz::targets::parse::check(data));
