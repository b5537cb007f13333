//! A first draft of a case that lints green as it is.
//!
//! Whoever writes the draft to its file also renews `ids.lock`, with [`crate::lint::lock_text`] over the folder that now holds it.

use thiserror::Error;

use crate::{lint::case_id_problem, nearest::did_you_mean};

/// Why there is no draft.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ScaffoldError {
    /// The id has not the shape of one.
    #[error("{problem}\nhelp: {help}")]
    Shape {
        /// What is wrong.
        problem: String,
        /// What to do.
        help: String,
    },
    /// Libraries have no cases with steps.
    #[error(
        "libraries are not tested by steps, so there is no draft of `{0}`\nhelp: write a vector under `scenarios/vectors/`, or a law: `scenarios/README.md` shows both"
    )]
    Library(String),
    /// The id does not begin with a subject.
    #[error("`{id}` does not begin with a subject\nhelp: {help}")]
    Subject {
        /// The id.
        id: String,
        /// What to write instead.
        help: String,
    },
}

/// The text of `scenarios/cases/<id>.toml`.
pub fn new_case(id: &str) -> Result<String, ScaffoldError> {
    let subject = id.split('/').next().unwrap_or_default();
    if subject == "library" {
        return Err(ScaffoldError::Library(id.to_owned()));
    }
    if let Some((problem, help)) = case_id_problem(id) {
        return Err(ScaffoldError::Shape { problem, help });
    }
    let draft = match subject {
        "server" => SERVER,
        "resource" => RESOURCE,
        "client" => CLIENT,
        other => {
            let subjects = ["server", "resource", "client"];
            return Err(ScaffoldError::Subject {
                id: id.to_owned(),
                help: did_you_mean(other, subjects.into_iter())
                    .unwrap_or_else(|| "an id begins with `server/`, `resource/` or `client/`".to_owned()),
            });
        }
    };
    Ok(draft.replace("ID", id))
}

const SERVER: &str = include_str!("scaffold/server.toml");
const RESOURCE: &str = include_str!("scaffold/resource.toml");
const CLIENT: &str = include_str!("scaffold/client.toml");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lint::{lint, lock_text},
        load::from_texts,
        read::read,
    };

    #[test]
    fn every_draft_lints_green_beside_the_embedded_data() {
        for id in
            ["server/token/my-first-case", "resource/challenge/my-first-case", "client/step-up/my-first-case"]
        {
            let (mut catalog, errors) = crate::load::embedded(true);
            assert!(errors.is_empty());
            let (draft, errors) = from_texts(&[(&format!("cases/{id}.toml"), &new_case(id).unwrap())]);
            assert_eq!(errors, []);
            catalog.cases.extend(draft.cases);
            catalog.sources.lock.text = lock_text(&catalog).into();
            catalog.sources.live = read::<toml::Table>(&catalog.sources.lock).unwrap()["live"]
                .as_array()
                .unwrap()
                .iter()
                .map(|id| crate::model::Word::made(id.as_str().unwrap()))
                .collect();
            let path = format!("scenarios/cases/{id}.toml");
            let errors: Vec<String> = lint(&catalog)
                .into_iter()
                .filter(|error| error.path == path)
                .map(|error| error.to_string())
                .collect();
            assert!(errors.is_empty(), "{}", errors.join("\n\n"));
        }
    }

    #[test]
    fn an_id_without_a_draft_says_what_to_do() {
        let refused =
            ["library/union/order", "Server/a/b", "server/refresh/case-2", "sever/refresh/narrower", "x/y/z"]
                .map(|id| new_case(id).unwrap_err().to_string());
        insta::assert_snapshot!(refused.join("\n\n"));
    }
}
