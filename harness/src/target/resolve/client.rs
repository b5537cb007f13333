//! One client table.

use std::borrow::Cow;

use scopecheck_scenarios::model::Word;
use toml::Spanned;

use super::{
    super::{
        ClientCommands, ClientTable, TargetRef, client_table::CLIENT_PLACEHOLDERS, file::TargetFile,
        mistake::Mistake, placeholder::fill, raw::RawClient,
    },
    address, merge, parts,
};

/// Merges and checks a table that exists in `file`.
pub(in crate::target) fn resolve_client(
    file: &TargetFile,
    target: &TargetRef,
) -> Result<ClientTable, Mistake> {
    let raw: RawClient = merge::merged(&file.raw.client, "client", file, &target.table)?;
    let check = parts::Check { source: &file.source };
    let words = |words: Option<&Spanned<Vec<Word>>>| {
        words
            .map(|words| {
                check.program(words)?;
                words.get_ref().iter().map(|word| fillable(file, word)).collect::<Result<Vec<_>, _>>()
            })
            .transpose()
    };
    let commands = raw.commands.unwrap_or_default();
    if let Some(word) = raw.secrets.as_ref().and_then(|secrets| secrets.values().next()) {
        return Err(Mistake::at(&file.source, word.span(), "a client under test is given no secrets yet")
            .help("leave `secrets` out; what the client needs of its own it may take from the environment"));
    }
    Ok(ClientTable {
        target: target.name.clone(),
        table: target.table.clone(),
        folder: file.folder.clone(),
        profiles: check.profiles(raw.profiles.as_deref().unwrap_or_default())?,
        install: raw.install.as_ref().map(|install| check.command(install)).transpose()?,
        command: words(raw.command.as_ref())?,
        commands: ClientCommands {
            login: words(commands.login.as_ref())?,
            call: words(commands.call.as_ref())?,
            calls: words(commands.calls.as_ref())?,
            status: words(commands.status.as_ref())?,
            logout: words(commands.logout.as_ref())?,
        },
        env: raw
            .env
            .unwrap_or_default()
            .iter()
            .map(|(name, word)| Ok((name.clone(), fillable(file, word)?)))
            .collect::<Result<_, Mistake>>()?,
        browser: raw.browser.unwrap_or_default(),
        protocol: raw.protocol.map(|word| word.value),
        capabilities: check.capabilities(raw.capabilities.as_ref())?,
        pin: raw.pin.unwrap_or_default(),
    })
}

/// An argument whose placeholders are known; nothing is filled in yet.
fn fillable(file: &TargetFile, word: &Word) -> Result<String, Mistake> {
    let any = |name: &str| CLIENT_PLACEHOLDERS.contains(&name).then_some(Cow::Borrowed("x"));
    fill(&word.value, any)
        .map(|_| word.value.clone())
        .map_err(|error| address::placeholder(&file.source, word, &error, &CLIENT_PLACEHOLDERS))
}
