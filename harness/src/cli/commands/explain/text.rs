//! Values on their way to the wire, in words.

use scopecheck_scenarios::model::{Text, TextKind, Word};

/// A value as a person reads it.
pub(super) fn value(text: &Text) -> String {
    match &text.kind {
        TextKind::One(text) if text.is_empty() => "the empty value".to_owned(),
        TextKind::One(text) => format!("`{text}`"),
        TextKind::Many(texts) => {
            let each: Vec<String> = texts.iter().map(|text| format!("`{text}`")).collect();
            format!("each of {}", each.join(", "))
        }
        TextKind::Hex(octets) => {
            let digits: Vec<String> = octets.iter().map(|octet| format!("{octet:02x}")).collect();
            format!("the octets {}", digits.join(" "))
        }
    }
}

/// ` for the scope ...`, or ` without a scope`.
pub(super) fn for_scope(scope: Option<&Text>) -> String {
    let Some(scope) = scope else { return " without a scope".to_owned() };
    match &scope.kind {
        TextKind::One(text) if text.is_empty() => " with a valueless scope".to_owned(),
        TextKind::One(_) => format!(" for the scope {}", value(scope)),
        TextKind::Many(_) => format!(" with a scope parameter for {}", value(scope)),
        TextKind::Hex(_) => format!(" for a scope of {}", value(scope)),
    }
}

/// `, as the client ...`; nothing for the client of the case.
pub(super) fn as_client(client: Option<&Word>) -> String {
    client.map_or(String::new(), |client| format!(", as the client `{client}`"))
}

/// `` `a`, `b` and `c` ``.
pub(super) fn quoted<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    joined(&words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>())
}

/// `a, b and c`.
pub(super) fn joined(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}
