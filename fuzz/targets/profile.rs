//! `cargo +nightly fuzz run profile`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::profile(bytes));
