//! One file for each target: `check(data)` panics where something that always holds does not.

pub mod callback;
pub mod case;
pub mod challenge;
pub mod claims;
pub mod parse;
pub mod record;
pub mod registration;
pub mod step_up;
pub mod token;
pub mod union;

mod laws;

use super::judge;

/// The function of a target; it panics where something that always holds does not.
pub type Check = fn(&[u8]);

/// Every target: its name, which is that of its binary, its corpus and its line in the README, and its function.
pub const ALL: &[(&str, Check)] = &[
    ("callback", callback::check),
    ("case", case::check),
    ("challenge", challenge::check),
    ("claims", claims::check),
    ("parse", parse::check),
    ("record", record::check),
    ("registration", registration::check),
    ("step_up", step_up::check),
    ("token", token::check),
    ("union", union::check),
];

/// The octets as text; what is not UTF-8 never reaches a reader of strings.
fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

/// Two halves of an input, cut at its first NUL.
fn halves(data: &[u8]) -> (&[u8], &[u8]) {
    match data.iter().position(|octet| *octet == 0) {
        Some(cut) => (&data[..cut], &data[cut + 1..]),
        None => (data, &[]),
    }
}

/// A list of scopes, one a line.
fn lines(data: &[u8]) -> Vec<String> {
    if data.is_empty() {
        return Vec::new();
    }
    String::from_utf8_lossy(data).split('\n').map(str::to_owned).collect()
}
