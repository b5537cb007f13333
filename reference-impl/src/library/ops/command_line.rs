//! `cli`: the arguments of a login, and the hint that names them.

use serde::Deserialize;
use serde_json::json;

use crate::faults::Fault;
use crate::library::input::{Text, read, texts};
use crate::library::instance::Library;
use crate::library::reply::{Answer, Refusal};
use crate::step_up::{LoginArguments, login_command, shell_word};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CommandLineInput {
    args: Option<Vec<Text>>,
    missing: Option<Vec<Text>>,
    env: Option<Text>,
}

/// `cli`: what the arguments of a login name, or the command that asks for what is missing.
pub(in crate::library) fn command_line(library: &Library, input: &str) -> Answer {
    let CommandLineInput { args, missing, env } = read(input)?;
    if let Some(args) = args {
        return arguments(library, &texts(args)?);
    }
    let missing = texts(missing.unwrap_or_default())?;
    let env = env.map(Text::utf8).transpose()?.unwrap_or_default();
    Ok(json!({ "hint": hint(library, &missing, &env) }))
}

/// Form 1: arguments.
fn arguments(library: &Library, args: &[String]) -> Answer {
    let usage = |error| Refusal::new("usage", error);
    let read = LoginArguments::read(args).map_err(usage)?;
    let scopes =
        if library.is_cli_engine() { read.scopes } else { read.scope_set().map_err(usage)?.into_strings() };
    Ok(match read.env {
        Some(env) => json!({ "scopes": scopes, "env": env }),
        None => json!({ "scopes": scopes }),
    })
}

/// Form 2: the hint, which profile `cli-engine` does not quote (SU-05).
fn hint(library: &Library, missing: &[String], env: &str) -> String {
    if library.has(Fault::HintCommaJoined) {
        return format!("auth login --env {env} --scope {}", missing.join(", "));
    }
    if library.is_cli_engine() {
        let flags = missing.iter().map(|scope| format!(" --scope {scope}"));
        return format!("auth login --env {env}{}", flags.collect::<String>());
    }
    login_command(&format!("auth login --env {}", shell_word(env)), missing, &[])
}
