//! The fuzz target `token`; what it holds is said in `src/targets/token.rs`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| scopecheck_fuzz::targets::token::check(data));
