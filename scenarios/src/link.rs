//! Where a section of a source can be read on the web.

/// The address of a document, or of its section where that can be linked to.
pub fn link(source: &str, section: &str) -> Option<String> {
    // Of several sections the first one is linked.
    let first = section.split(';').next().unwrap_or_default().trim();
    // `3.2.1 (likewise 2)` is linked by its number.
    let end = first.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(first.len());
    let number = Some(&first[..end]).filter(|number| !number.is_empty());
    let anchor = |prefix: &str, number: &str| format!("{prefix}{number}");
    if let Some(rfc) = source.strip_prefix("RFC ") {
        let appendix = first.strip_prefix("Appendix ");
        let anchor = match (number, appendix) {
            (Some(number), _) => anchor("#section-", number),
            (None, Some(letter)) => anchor("#appendix-", letter),
            (None, None) => String::new(),
        };
        return Some(format!("https://www.rfc-editor.org/rfc/rfc{rfc}.html{anchor}"));
    }
    if let Some(revision) = source.strip_prefix("MCP ") {
        return Some(format!("https://modelcontextprotocol.io/specification/{revision}/basic/authorization"));
    }
    if source.starts_with("draft-") {
        let name = source.split(' ').next()?;
        return Some(format!("https://datatracker.ietf.org/doc/{name}/"));
    }
    match source {
        "OpenID Connect Core 1.0" => Some("https://openid.net/specs/openid-connect-core-1_0.html"),
        "OpenID Connect Discovery 1.0" => Some("https://openid.net/specs/openid-connect-discovery-1_0.html"),
        "OpenID Connect Registration 1.0" => {
            Some("https://openid.net/specs/openid-connect-registration-1_0.html")
        }
        _ if source.starts_with("OAuth 2.1") => {
            Some("https://datatracker.ietf.org/doc/draft-ietf-oauth-v2-1/")
        }
        _ => None,
    }
    .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_linked_where_the_document_has_anchors() {
        let link = |source, section| link(source, section).unwrap();
        assert_eq!(link("RFC 6749", "3.1; 3.2"), "https://www.rfc-editor.org/rfc/rfc6749.html#section-3.1");
        assert_eq!(
            link("RFC 7591", "3.2.1 (likewise 2)"),
            "https://www.rfc-editor.org/rfc/rfc7591.html#section-3.2.1"
        );
        assert_eq!(link("RFC 6749", "Appendix B"), "https://www.rfc-editor.org/rfc/rfc6749.html#appendix-B");
        assert_eq!(link("RFC 6749", "Preface"), "https://www.rfc-editor.org/rfc/rfc6749.html");
        assert_eq!(
            link("draft-ietf-oauth-x (editor copy)", "11"),
            "https://datatracker.ietf.org/doc/draft-ietf-oauth-x/"
        );
    }

    #[test]
    fn a_source_that_is_no_document_has_no_link() {
        assert_eq!(link("Vendor convention", "GitHub OAuth apps"), None);
    }

    #[test]
    fn every_document_of_the_requirements_has_a_link() {
        let catalog = crate::catalog::Catalog::embedded().unwrap();
        for requirement in
            catalog.requirements.values().filter(|requirement| requirement.source != "Vendor convention")
        {
            assert!(link(&requirement.source, &requirement.section).is_some(), "{}", requirement.source);
        }
    }
}
