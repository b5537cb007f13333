//! The operations, each from the text of its input to its answer.

mod challenge;
mod claims;
mod client;
mod command_line;
mod config;
mod grant;
mod matching;
mod registration;
mod sets;
mod step_up;
mod text;

pub(super) use challenge::{challenge, emit_challenge};
pub(super) use claims::{claims, token};
pub(super) use client::{identity, metadata, record, resolver};
pub(super) use command_line::command_line;
pub(super) use config::config;
pub(super) use grant::{ensure_granted, recorded};
pub(super) use matching::matches;
pub(super) use registration::{expand_registration, registration, validate_baseline};
pub(super) use sets::{covers, union};
pub(super) use step_up::plan_step_up;
pub(super) use text::{parse, serialize};
