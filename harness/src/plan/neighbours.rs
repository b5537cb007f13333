//! Neighbours of a scope: strings that a careless comparison takes for it.

/// The neighbour that the filter names, or `None` where this scope has none.
pub(crate) fn neighbour(scope: &str, filter: &str) -> Option<String> {
    let changed = match filter {
        "prefix" => {
            let mut chars = scope.chars();
            chars.next_back();
            chars.as_str().to_owned()
        }
        "substring" => {
            let mut chars = scope.chars();
            chars.next();
            chars.as_str().to_owned()
        }
        "suffix" => format!("{scope}x"),
        "child" => format!("{scope}:x"),
        "parent" => scope.rsplit_once(['.', ':', '/']).map(|(parent, _)| parent.to_owned())?,
        "swapcase" => scope
            .chars()
            .map(|c| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
            .collect(),
        "lookalike" => lookalike(scope)?,
        "less-one" => scope.rsplit_once(' ').map_or(String::new(), |(fewer, _)| fewer.to_owned()),
        "last" => scope.rsplit_once(' ').map(|(_, last)| last.to_owned())?,
        _ => return None,
    };
    (changed != scope && (filter == "less-one" || !changed.is_empty())).then_some(changed)
}

/// Replaces one character by an ASCII character that is easily taken for it.
fn lookalike(scope: &str) -> Option<String> {
    const PAIRS: [(char, char); 8] =
        [('l', '1'), ('o', '0'), ('i', 'l'), ('e', '3'), ('a', '@'), ('s', '5'), ('-', '_'), (':', '.')];
    PAIRS
        .iter()
        .find(|(from, _)| scope.contains(*from))
        .map(|(from, to)| scope.replacen(*from, &to.to_string(), 1))
}

#[cfg(test)]
mod tests {
    use super::neighbour;

    #[test]
    fn each_filter_gives_another_string_or_none() {
        let of = |filter| neighbour("files:read", filter);
        assert_eq!(of("prefix").as_deref(), Some("files:rea"));
        assert_eq!(of("substring").as_deref(), Some("iles:read"));
        assert_eq!(of("suffix").as_deref(), Some("files:readx"));
        assert_eq!(of("child").as_deref(), Some("files:read:x"));
        assert_eq!(of("parent").as_deref(), Some("files"));
        assert_eq!(of("swapcase").as_deref(), Some("FILES:READ"));
        assert_eq!(of("lookalike").as_deref(), Some("fi1es:read"));
        assert_eq!(neighbour("read", "parent"), None);
        assert_eq!(neighbour("1234", "swapcase"), None);
        assert_eq!(neighbour("x", "prefix"), None);
        assert_eq!(neighbour("a b c", "less-one").as_deref(), Some("a b"));
        assert_eq!(neighbour("a b c", "last").as_deref(), Some("c"));
        assert_eq!(neighbour("a", "last"), None);
    }
}
