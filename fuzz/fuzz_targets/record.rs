//! The fuzz target `record`; what it holds is said in `src/targets/record.rs`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| scopecheck_fuzz::targets::record::check(data));
