//! The shape of ids.

/// What is wrong with the id of a case, and what to do.
pub(crate) fn case_id_problem(id: &str) -> Option<(String, String)> {
    let segments: Vec<&str> = id.split('/').collect();
    let example = "write `area/topic/slug` in lower case, for example `server/refresh/scope-parameter`";
    if segments.len() != 3 || !segments.iter().all(|segment| is_slug(segment)) {
        return Some((format!("`{id}` has not the shape of a case id"), example.to_owned()));
    }
    segments.iter().find_map(|segment| ordinal(segment)).map(|part| {
        (
            format!("`{part}` in `{id}` looks like an ordinal or a section number"),
            "say what the case is about: numbers change, ids never do".to_owned(),
        )
    })
}

/// What is wrong with the slug of a check or the id of a row, script or flow.
pub(super) fn slug_problem(id: &str, kind: &str) -> Option<(String, String)> {
    if !is_slug(id) {
        return Some((
            format!("`{id}` has not the shape of the id of a {kind}"),
            "write lower-case words with `-` between them, for example `never-more`".to_owned(),
        ));
    }
    ordinal(id).map(|part| {
        (
            format!("`{part}` in `{id}` looks like an ordinal or a section number"),
            format!("say what the {kind} is about: numbers change, ids never do"),
        )
    })
}

/// Lower-case letters and digits, a letter first, single `-` between the words.
pub(super) fn is_slug(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// A part that is a number, or a number behind a word that only counts (`case2`, `section3`).
fn ordinal(slug: &str) -> Option<&str> {
    let counters = ["", "case", "check", "test", "step", "row", "no", "nr", "sec", "section", "part"];
    let counted = |part: &str| {
        let mut rests = counters.into_iter().filter_map(|word| part.strip_prefix(word));
        rests.any(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    let mut before = "";
    slug.split('-').find(|part| {
        // `utf-8` and `status-400` are names.
        let named = matches!(before, "utf" | "status");
        before = part;
        !named && counted(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_three_slugs_without_numbers() {
        assert_eq!(case_id_problem("server/refresh/scope-parameter"), None);
        assert_eq!(case_id_problem("server/discovery/oauth2-document"), None);
        assert_eq!(slug_problem("not-utf-8", "row"), None);
        assert_eq!(slug_problem("refused-with-status-400", "check"), None);
        for wrong in [
            "server/refresh",
            "Server/a/b",
            "server//b",
            "server/a/b-",
            "server/a/-b",
            "server/a/b_c",
            "server/a/3",
        ] {
            assert!(case_id_problem(wrong).unwrap().0.contains("shape"), "{wrong}");
        }
        for wrong in ["server/a/case-2", "server/a/case2", "server/rfc-6749/a", "server/a/section3"] {
            assert!(case_id_problem(wrong).unwrap().0.contains("ordinal"), "{wrong}");
        }
    }
}
