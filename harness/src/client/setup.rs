//! What is known of a client under test before it is run.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use indexmap::IndexMap;
use scopecheck_reference::faults::Fault;
use scopecheck_scenarios::vocabulary::NEEDS;

use super::Hand;
use crate::target::{self, Browser, ClientCommands, ClientTable};

/// What is known of a client under test before it is run.
#[derive(Debug, Clone)]
pub struct ClientSetup {
    /// The name of the target.
    pub name: String,
    /// The table of the target.
    pub table: String,
    /// How a plain MCP client is run: the URL of the server is appended. Where this is said, `commands` is not looked at.
    pub command: Option<Vec<String>>,
    /// How a command-line client is run.
    pub commands: ClientCommands,
    /// Where its commands run; `None` for the current folder.
    pub folder: Option<PathBuf>,
    /// This program, for commands that name it.
    pub program: PathBuf,
    /// What is added to our own environment.
    pub env: IndexMap<String, String>,
    /// Who opens its authorization URL.
    pub browser: Browser,
    /// The profiles that are selected.
    pub profiles: Vec<String>,
    /// The revision of MCP that it is told, and whose statements are judged; what a revision does not say is observed.
    pub protocol: String,
    /// Capabilities that it has or lacks, by the words of the vocabulary.
    pub capabilities: BTreeMap<&'static str, bool>,
    /// Pinned behaviours, by check id.
    pub pin: BTreeMap<String, String>,
    /// How long a case may take, all its runs together. No limit for a client that is started by hand.
    pub limit: Duration,
    /// Who starts the client, where it is not us; no command is looked at then but to tell what kind of client it is.
    pub hand: Option<Arc<dyn Hand>>,
}

/// The revision of MCP that today's clients speak.
pub const PROTOCOL: &str = "2025-11-25";
/// How long a client case may take (`design.md` section 3).
pub const LIMIT: Duration = Duration::from_secs(10);

impl Default for ClientSetup {
    fn default() -> Self {
        Self {
            name: String::new(),
            table: "default".to_owned(),
            command: None,
            commands: ClientCommands::default(),
            folder: None,
            program: PathBuf::from("scopecheck"),
            env: IndexMap::new(),
            browser: Browser::None,
            profiles: vec!["oauth2".to_owned()],
            protocol: PROTOCOL.to_owned(),
            capabilities: BTreeMap::new(),
            pin: BTreeMap::new(),
            limit: LIMIT,
            hand: None,
        }
    }
}

impl ClientSetup {
    /// What a table says. `program` is this program, for commands that name it.
    pub fn of(table: &ClientTable, program: &Path) -> Self {
        let mut profiles = table.profiles.clone();
        if !profiles.iter().any(|profile| profile == "oauth2") {
            profiles.insert(0, "oauth2".to_owned());
        }
        let told = |(word, holds): (&String, &bool)| {
            NEEDS.iter().find(|known| known.word == word).map(|known| (known.word, *holds))
        };
        Self {
            name: table.target.clone(),
            table: table.table.clone(),
            command: table.command.clone(),
            commands: table.commands.clone(),
            folder: table.folder.clone(),
            program: program.to_owned(),
            env: table.env.clone(),
            browser: table.browser,
            profiles,
            protocol: table.protocol.clone().unwrap_or_else(|| PROTOCOL.to_owned()),
            capabilities: table.capabilities.iter().filter_map(told).collect(),
            pin: table.pin.iter().map(|(check, word)| (check.clone(), word.clone())).collect(),
            limit: LIMIT,
            hand: None,
        }
    }

    /// The same with a fault of the reference client switched on, in every command.
    #[must_use]
    pub fn with_fault(mut self, fault: Fault) -> Self {
        let ClientCommands { login, call, calls, status, logout } = &mut self.commands;
        for command in [&mut self.command, login, call, calls, status, logout].into_iter().flatten() {
            if let Some(at) = command.iter().position(|word| word == "client") {
                let rest = command.split_off(at + 1);
                command.extend(["--fault".to_owned(), fault.to_string()]);
                command.extend(rest);
            }
        }
        self
    }
}

/// What the placeholders of a command stand for in one run.
#[derive(Debug, Clone, Default)]
pub(super) struct Filling<'a> {
    /// This program.
    pub(super) program: &'a str,
    /// The URL of the protected resource.
    pub(super) url: &'a str,
    /// The folder in which the client keeps what it knows, the same for every run of a case.
    pub(super) state_dir: &'a str,
    /// The operation to call.
    pub(super) operation: &'a str,
    /// The scopes that the operation takes, for clients that know them beforehand.
    pub(super) requires: &'a str,
    /// The scopes to log in for.
    pub(super) scopes: Vec<&'a str>,
}

/// The command of a plain MCP client, whose last argument is the URL.
pub(super) fn fill_plain(command: &[String], filling: &Filling<'_>) -> Vec<String> {
    let arguments = command.iter().map(|argument| filled(argument, filling, ""));
    arguments.chain([filling.url.to_owned()]).collect()
}

/// A command with its placeholders filled in. An argument with `{scope}` is repeated for each scope, and with it the flag that stands in front of
/// it; `{scopes}` stands for all of them in one argument, with a space between two.
pub(super) fn fill(command: &[String], filling: &Filling<'_>) -> Vec<String> {
    let mut words: Vec<String> = Vec::with_capacity(command.len());
    for argument in command {
        if !argument.contains("{scope}") {
            words.push(filled(argument, filling, ""));
            continue;
        }
        let flag = if argument == "{scope}" { words.pop_if(|flag| flag.starts_with('-')) } else { None };
        for scope in &filling.scopes {
            words.extend(flag.clone());
            words.push(filled(argument, filling, scope));
        }
    }
    words
}

/// The same for several operations, each with the scopes that it takes: an argument with `{operation}` or `{requires}` is repeated for each of them,
/// and with it the flag that stands in front of it.
pub(super) fn fill_calls(command: &[String], filling: &Filling<'_>, calls: &[(&str, String)]) -> Vec<String> {
    let of_one = ["{operation}", "{requires}"];
    let mut words: Vec<String> = Vec::with_capacity(command.len());
    for argument in command {
        if !of_one.iter().any(|name| argument.contains(name)) {
            words.push(filled(argument, filling, ""));
            continue;
        }
        let alone = of_one.iter().any(|name| argument.starts_with(name));
        let flag = if alone { words.pop_if(|flag| flag.starts_with('-')) } else { None };
        for (operation, requires) in calls {
            words.extend(flag.clone());
            words.push(filled(argument, &Filling { operation, requires, ..filling.clone() }, ""));
        }
    }
    words
}

fn filled(text: &str, filling: &Filling<'_>, scope: &str) -> String {
    let value = |name: &str| match name {
        "url" => Some(Cow::Borrowed(filling.url)),
        "state_dir" => Some(Cow::Borrowed(filling.state_dir)),
        "operation" => Some(Cow::Borrowed(filling.operation)),
        "requires" => Some(Cow::Borrowed(filling.requires)),
        "scope" => Some(Cow::Owned(scope.to_owned())),
        "scopes" => Some(Cow::Owned(filling.scopes.join(" "))),
        "scopecheck" => Some(Cow::Borrowed(filling.program)),
        _ => None,
    };
    // The table was checked when it was read; what cannot be filled in is passed on as it is.
    target::fill(text, value).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_repeated_with_its_flag_and_the_rest_is_filled_in_once() {
        let command = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let filling = Filling {
            program: "P",
            url: "U",
            state_dir: "S",
            operation: "O",
            requires: "x y",
            scopes: vec!["a", "b"],
        };
        let filled = |text: &str| fill(&command(text), &filling).join("|");
        assert_eq!(filled("c --dir {state_dir} --scope {scope} {url}"), "c|--dir|S|--scope|a|--scope|b|U");
        assert_eq!(filled("c --scope={scope} {url}/{operation}"), "c|--scope=a|--scope=b|U/O");
        assert_eq!(filled("c {scopes}"), "c|a b");
        assert_eq!(filled("c --needs {requires}"), "c|--needs|x y");
        assert_eq!(fill_plain(&command("c {{scope}} {state_dir}"), &filling), ["c", "{scope}", "S", "U"]);
        let calls = [("read", "a".to_owned()), ("write", "b c".to_owned())];
        let several = |text: &str| fill_calls(&command(text), &filling, &calls).join("|");
        assert_eq!(
            several("c -v --call {operation}={requires} {url}"),
            "c|-v|--call|read=a|--call|write=b c|U"
        );
        assert_eq!(several("c --call={operation} {state_dir}"), "c|--call=read|--call=write|S");
        let none = Filling { scopes: Vec::new(), ..filling };
        assert_eq!(fill(&command("c --scope {scope} {url}"), &none), ["c", "U"]);
    }
}
