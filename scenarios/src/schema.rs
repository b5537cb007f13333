//! A JSON Schema for each kind of file, for editors and for those who only want the data.
//!
//! The schemas are generated from the types that read the files, committed under `scenarios/schemas/`, and compared by a test.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;

use crate::{
    export::Export,
    load::{ContractFile, RequirementFile},
    model::{Base, Case, Flow, ScriptFile, VectorFile},
    protocol,
};

/// Every schema, of files and of the lines of the adapter protocol, with the name of its file under `scenarios/schemas/`.
pub fn all() -> Vec<(&'static str, Value)> {
    vec![
        ("case.schema.json", of::<Case>("A case: one stimulus with its checks.")),
        ("scripts.schema.json", of::<ScriptFile>("The scripts beside a case.")),
        ("flow.schema.json", of::<Flow>("A named flow: steps that many cases share.")),
        ("base.schema.json", of::<Base>("A base of scripts: an answer for every endpoint.")),
        ("requirements.schema.json", of::<RequirementFile>("Requirements of one document.")),
        (
            "contracts.schema.json",
            of::<ContractFile>(
                "Contracts of the two systems that the project grew from, and of our own protocol.",
            ),
        ),
        ("vectors.schema.json", of::<VectorFile>("Vectors: calls of a library with the answers expected.")),
        (
            "vectors-export.schema.json",
            generate::<Export<'_>>(
                SchemaSettings::draft2020_12().for_serialize(),
                "All vectors, as `scenarios/vectors.json` gives them.",
            ),
        ),
        ("adapter-request.schema.json", protocol::request()),
        ("adapter-reply.schema.json", protocol::reply()),
    ]
}

/// The text of a schema's file.
pub fn text(schema: &Value) -> String {
    format!("{schema:#}\n")
}

fn of<T: JsonSchema>(title: &str) -> Value {
    generate::<T>(SchemaSettings::draft2020_12(), title)
}

fn generate<T: JsonSchema>(settings: SchemaSettings, title: &str) -> Value {
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), Value::String(title.to_owned()));
    schema.to_value()
}
