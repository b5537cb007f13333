//! The fuzz target `callback`; what it holds is said in `src/targets/callback.rs`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| scopecheck_fuzz::targets::callback::check(data));
