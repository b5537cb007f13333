//! The parts of the lines that do not depend on an operation: what the schemas of the protocol are made of.

use std::borrow::Cow;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::VERSION;
use crate::operations::{OPERATIONS, SEMANTICS};

/// The first line of the suite.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Greeting {
    /// What the suite says of itself.
    pub hello: Suite,
}

/// What the suite says of itself.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Suite {
    /// The version of the protocol.
    #[schemars(schema_with = "version")]
    pub protocol: u32,
    /// Its name and version, `scopecheck 0.1.0`.
    pub suite: String,
}

/// The last line of the suite.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Farewell {
    /// Nothing more will come: the adapter answers what it was asked, and leaves with exit status 0.
    pub bye: Nothing,
}

/// An empty object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Nothing {}

/// The first line of an adapter, the answer to `hello`.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
pub struct Welcome {
    /// What the adapter says of its library.
    pub hello: Announcement,
}

/// What an adapter says of its library.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
pub struct Announcement {
    /// The name of the library, such as `oauthlib`.
    #[schemars(length(min = 1))]
    pub name: String,
    /// Its version.
    #[schemars(length(min = 1))]
    pub version: String,
    /// The language that it is written in.
    pub language: Option<String>,
    /// The operations that it offers. Announcing one accepts its row of the protocol and its laws.
    #[schemars(schema_with = "operations")]
    pub operations: Vec<String>,
    /// Its dialect. What is left out is held to the first value of each choice.
    pub semantics: Option<Dialect>,
    /// How many calls may wait for their replies at once; 1 where it is left out.
    #[schemars(range(min = 1))]
    pub max_in_flight: Option<u32>,
}

/// What an adapter declares of its dialect: words of [`SEMANTICS`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dialect(pub IndexMap<String, String>);

impl JsonSchema for Dialect {
    fn schema_name() -> Cow<'static, str> {
        "Dialect".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let points: Map<String, Value> = SEMANTICS
            .iter()
            .map(|(point, values, doc)| ((*point).to_owned(), json!({ "enum": values, "description": doc })))
            .collect();
        json_schema!({ "type": "object", "properties": points, "additionalProperties": false })
    }
}

/// The input is refused.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
pub struct Rejected {
    /// What is wrong, in a word of the library's own. It is shown and not judged.
    pub kind: Option<String>,
    /// What is wrong; it should name the first offender.
    pub message: Option<String>,
}

/// The library does not do this.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
pub struct Unsupported {
    /// Why not.
    pub reason: Option<String>,
}

/// The library fell over, and its adapter lives to say so.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
pub struct Crashed {
    /// What is known of it: the exception, the last frames.
    pub detail: Option<String>,
}

fn version(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "const": VERSION })
}

fn operations(_: &mut SchemaGenerator) -> Schema {
    let words =
        OPERATIONS.iter().filter(|operation| !operation.reference_only).map(|operation| operation.word);
    json_schema!({ "type": "array", "items": { "enum": words.collect::<Vec<_>>() } })
}
