//! Single tokens.

use proptest::prelude::*;

/// Tokens that are taken for one another: by case, by prefix, by an ending, by a separator of another standard.
const ALIKE: &[&str] = &[
    "a",
    "b",
    "c",
    "A",
    "ab",
    "a,b",
    "a+b",
    "a;b",
    "a:b",
    "a.b",
    "a/b",
    "read",
    "READ",
    "reads",
    "rea",
    "read:all",
    "read.all",
    "read.all.x",
    "read/all",
    "read%3Aall",
    "read,write",
    "openid",
    "offline_access",
    "OFFLINE_ACCESS",
    "admin",
    "https://api.example/x",
    "https://api.example/x/",
    "*",
    "read.*",
    "urn:x=G,PG-13",
    "1",
    "01",
    "1.0",
    "api/.default",
    "api",
];

/// Tokens that break whatever quotes, decodes or types them.
const AWKWARD: &[&str] = &[
    "!",
    "'",
    "#",
    "&",
    "=",
    "[",
    "]",
    "{}",
    "~",
    "`",
    "$x",
    "<b>",
    "a%20b",
    "%61",
    "--scope",
    "null",
    "true",
    "0",
    "1e999",
    "-",
    "_",
    ".",
    "..",
    ",",
    "+",
    "scope=",
    "scope=a",
    "error=b",
    "[\u{27}a\u{27}]",
    "bytes",
    "Bearer",
];

/// Strings that are no token: each holds what the grammar has no place for.
const STRANGERS: &[&str] = &[
    "a\tb",
    "a\n",
    "a\nb",
    "a\r\nb",
    "a\u{0}b",
    "a\u{b}b",
    "a\u{7f}b",
    "a\u{a0}b",
    "a\u{200b}b",
    "a\u{2028}b",
    "a\u{3000}b",
    "a\u{85}b",
    "a\u{feff}",
    "a\"b",
    "a\\b",
    "\"a\"",
    "\u{e9}",
    "e\u{301}",
    "\u{430}",
    "\u{ff41}",
    "a\u{1f600}",
    "\u{1b}[31m",
];

/// One token of the grammar. Most come from the few that are alike.
pub(super) fn token() -> impl Strategy<Value = String> + Clone {
    prop_oneof![
        8 => prop::sample::select(ALIKE).prop_map(str::to_owned),
        2 => prop::sample::select(AWKWARD).prop_map(str::to_owned),
        1 => "[!#-\\[\\]-~]{1,12}",
        1 => prop::sample::select(&["a", "b", ",", "%"][..]).prop_map(|piece| piece.repeat(300)),
    ]
}

/// One string that is no token; none is empty and none holds a space.
pub(super) fn stranger() -> impl Strategy<Value = String> + Clone {
    prop_oneof![
        4 => prop::sample::select(STRANGERS).prop_map(str::to_owned),
        1 => "[\\PC--[ -~]]{1,3}",
    ]
}

/// A list of tokens with repetitions, often empty. One in fifty is long, for there are libraries that look at the first few only.
pub(super) fn list() -> impl Strategy<Value = Vec<String>> + Clone {
    let repeated = prop::collection::vec(token(), 1..7).prop_map(|mut tokens| {
        tokens.extend(tokens.first().cloned());
        tokens
    });
    prop_oneof![
        42 => prop::collection::vec(token(), 0..8),
        7 => repeated,
        1 => prop::collection::vec(token(), 40..80),
    ]
}

/// A list of distinct tokens, at least one.
pub(super) fn distinct() -> impl Strategy<Value = Vec<String>> + Clone {
    prop::collection::vec(token(), 1..8).prop_map(once)
}

/// Each where it first stood.
pub(super) fn once(tokens: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    tokens.into_iter().filter(|token| seen.insert(token.clone())).collect()
}
