//! Places in documents: `rfc6749#3.3`.

/// A document, and a section of it unless the whole document is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Section {
    source: String,
    place: Option<String>,
}

impl Section {
    /// Reads `rfc6749#3.3`, or `rfc6749` for the whole document.
    pub(super) fn new(text: &str) -> Self {
        let (source, place) = match text.split_once('#') {
            Some((source, place)) => (source, Some(normalized(place)).filter(|place| !place.is_empty())),
            None => (text, None),
        };
        Self { source: squeezed(source), place }
    }

    pub(super) fn has_source(&self) -> bool {
        !self.source.is_empty()
    }

    /// Whether a requirement with this source and section stands there. `3` covers `3.3`; an entry may list several, as in `3.1; 3.2`.
    pub(super) fn matches(&self, source: &str, section: &str) -> bool {
        squeezed(source) == self.source
            && self
                .place
                .as_ref()
                .is_none_or(|wanted| section.split(';').any(|one| covers(wanted, &normalized(one))))
    }
}

fn covers(wanted: &str, place: &str) -> bool {
    place
        .strip_prefix(wanted)
        // A dot starts a subsection; a space starts a remark, as in `4.4.2 (likewise 4.3.2)` or `step 4` of a named section.
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || rest.starts_with(' '))
}

/// `RFC 6749` and `rfc6749` are the same document.
fn squeezed(source: &str) -> String {
    source.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

fn normalized(place: &str) -> String {
    place.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_covers_itself_and_what_lies_below_it() {
        for (filter, source, section, covered) in [
            ("rfc6749#3.3", "RFC 6749", "3.3", true),
            ("rfc6749#3", "RFC 6749", "3.3", true),
            ("rfc6749#3", "RFC 6749", "31", false),
            ("rfc6749#3.3", "RFC 6749", "3", false),
            ("rfc6749#3.2", "RFC 6749", "3.1; 3.2", true),
            ("RFC 6749#3.3", "RFC 6749", "3.3; Appendix A.4", true),
            ("rfc6749#appendix a", "RFC 6749", "3.3; Appendix A.4", true),
            ("rfc6749#4.4.2", "RFC 6749", "4.4.2 (likewise 4.3.2)", true),
            ("rfc6749", "RFC 6749", "6", true),
            ("rfc6749#", "RFC 6749", "6", true),
            ("rfc674", "RFC 6749", "6", false),
            ("rfc6750#3.3", "RFC 6749", "3.3", false),
            (
                "mcp2026-07-28#step-up authorization flow",
                "MCP 2026-07-28",
                "Step-Up Authorization Flow step 4",
                true,
            ),
        ] {
            assert_eq!(
                Section::new(filter).matches(source, section),
                covered,
                "{filter} on {source} {section}"
            );
        }
    }
}
