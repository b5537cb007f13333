//! One request and its answer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One request and its answer, as recorded: secrets are already replaced by stable labels such as `token#1`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Exchange {
    /// The step that sent it.
    pub step: String,
    /// The HTTP method.
    pub method: String,
    /// The URL, query included.
    pub url: String,
    /// The request's header fields, in order.
    pub request_headers: Vec<(String, String)>,
    /// The request's body, if it had one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_body: Option<String>,
    /// The status of the answer; absent if none came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The answer's header fields, in order.
    pub response_headers: Vec<(String, String)>,
    /// The answer's body, if it had one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_body: Option<String>,
    /// What went wrong on the wire, if no complete answer came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// When it was sent, in milliseconds since the case started.
    pub started_ms: u64,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
}
