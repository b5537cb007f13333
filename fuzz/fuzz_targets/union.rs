//! The fuzz target `union`; what it holds is said in `src/targets/union.rs`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| scopecheck_fuzz::targets::union::check(data));
