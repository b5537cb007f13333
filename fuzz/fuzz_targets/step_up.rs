//! The fuzz target `step_up`; what it holds is said in `src/targets/step_up.rs`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| scopecheck_fuzz::targets::step_up::check(data));
