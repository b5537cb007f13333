//! The fuzz target `claims`; what it holds is said in `src/targets/claims.rs`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| scopecheck_fuzz::targets::claims::check(data));
