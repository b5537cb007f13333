//! The fuzz target `registration`; what it holds is said in `src/targets/registration.rs`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| scopecheck_fuzz::targets::registration::check(data));
