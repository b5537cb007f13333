//! Why a call failed.

use crate::client::provider::ProviderError;
use crate::client::shown::{shown, shown_list};
use crate::client::wire::HttpError;

/// The scopes that a challenge names.
fn named(scopes: &[String]) -> String {
    if scopes.is_empty() { "naming no scope".to_owned() } else { format!("naming {}", shown_list(scopes)) }
}

/// The operation that was called; without one, the resource itself was.
fn of_operation(operation: &str) -> String {
    if operation.is_empty() { String::new() } else { format!(" for the operation `{}`", shown(operation)) }
}

/// What a body says.
fn said(body: &str) -> String {
    match body.trim() {
        "" => "and says nothing more; check the URL, or ask its operator".to_owned(),
        body => format!("and says: {}; check the URL, or ask its operator", shown(body)),
    }
}

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// No answer.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// No token.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The resource takes none of our tokens.
    #[error("{} refuses every token with status 401, a new one, too; check that its authorization server is the right one", shown(.0))]
    Unauthorized(String),
    /// The resource says no, and more scope would not change it.
    #[error("{} answers 403 without `insufficient_scope`: more scope would not help; ask its operator for access", shown(.0))]
    Forbidden(String),
    /// The resource asked for more after every step-up.
    #[error(
        "{} still answers `insufficient_scope` ({}) after {steps} step-up(s){}; this is final: report it to its operator",
        shown(resource),
        named(scopes),
        of_operation(operation)
    )]
    StepUpLimit {
        /// The resource.
        resource: String,
        /// The operation.
        operation: String,
        /// How many step-ups were made.
        steps: u32,
        /// What it asks for now.
        scopes: Vec<String>,
    },
    /// Another status than one of success.
    #[error("{} answers with status {status} {}", shown(url), said(body))]
    Status {
        /// What was called.
        url: String,
        /// The status.
        status: u16,
        /// The body.
        body: String,
    },
    /// The answer breaks the Model Context Protocol.
    #[error("the MCP server at {} {}; report it to its operator", shown(url), shown(why))]
    Mcp {
        /// The server.
        url: String,
        /// What is wrong with its answer, after its name.
        why: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(body: &str) -> String {
        let url = "http://127.0.0.1:1/x".to_owned();
        CallError::Status { url, status: 404, body: body.to_owned() }.to_string()
    }

    #[test]
    fn an_answer_without_a_body_leaves_no_sentence_open() {
        insta::assert_snapshot!(status(" \n"), @"http://127.0.0.1:1/x answers with status 404 and says nothing more; check the URL, or ask its operator");
        insta::assert_snapshot!(status("not here"), @"http://127.0.0.1:1/x answers with status 404 and says: not here; check the URL, or ask its operator");
    }

    #[test]
    fn a_call_of_the_resource_itself_names_no_operation() {
        let limit = |operation: &str| {
            let (resource, operation) = ("http://127.0.0.1:1".to_owned(), operation.to_owned());
            CallError::StepUpLimit { resource, operation, steps: 2, scopes: Vec::new() }.to_string()
        };
        insta::assert_snapshot!(limit(""), @"http://127.0.0.1:1 still answers `insufficient_scope` (naming no scope) after 2 step-up(s); this is final: report it to its operator");
        insta::assert_snapshot!(limit("write"), @"http://127.0.0.1:1 still answers `insufficient_scope` (naming no scope) after 2 step-up(s) for the operation `write`; this is final: report it to its operator");
    }
}
