//! What the one who started the client tells it through the environment (the client contract of `design.md` section 4).

use std::path::PathBuf;

use serde_json::{Map, Value};

use crate::cli::CliError;

/// The members of the context that the client has a use for.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// `url`.
    pub(super) url: Option<String>,
    /// `state_dir`.
    pub(super) state_dir: Option<PathBuf>,
    /// `client_id`.
    pub(super) client_id: Option<String>,
    /// `client_secret`.
    pub(super) client_secret: Option<String>,
    /// `default_scopes`.
    pub(super) default_scopes: Vec<String>,
}

/// Reads the JSON text. Members that are not known are passed over, for every scenario has its own.
pub(super) fn read(text: Option<&str>) -> Result<Context, CliError> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(Context::default()) };
    let members: Map<String, Value> = serde_json::from_str(text).map_err(|error| {
        CliError::usage(format!(
            "SCOPECHECK_CONTEXT is no JSON object (line {}, column {})",
            error.line(),
            error.column()
        ))
        .help(r#"write an object such as {"url":"http://127.0.0.1:8080/mcp"}, or unset the variable"#)
    })?;
    let text =
        |name: &str| match members.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(CliError::usage(format!("`{name}` of SCOPECHECK_CONTEXT is no string"))
                .help("write a string")),
        };
    Ok(Context {
        url: text("url")?,
        state_dir: text("state_dir")?.map(PathBuf::from),
        client_id: text("client_id")?,
        client_secret: text("client_secret")?,
        default_scopes: list(&members, "default_scopes")?,
    })
}

/// A list of strings.
fn list(members: &Map<String, Value>, name: &str) -> Result<Vec<String>, CliError> {
    let items = match members.get(name) {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(items)) => items.iter().map(|item| item.as_str().map(str::to_owned)).collect(),
        Some(_) => None,
    };
    items.ok_or_else(|| {
        CliError::usage(format!("`{name}` of SCOPECHECK_CONTEXT is no list of strings"))
            .help(r#"write a list such as ["openid"]"#)
    })
}
