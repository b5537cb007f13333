//! One server table.

use super::{
    super::{ServerTable, TargetRef, file::TargetFile, mistake::Mistake},
    merge, parts,
};

/// Merges and checks a table that exists in `file`.
pub(in crate::target) fn resolve_server(
    file: &TargetFile,
    target: &TargetRef,
) -> Result<ServerTable, Mistake> {
    let raw = merge::merged(&file.raw.server, "server", file, &target.table)?;
    let check = parts::Check { source: &file.source };
    let settings = check.settings(raw.settings.as_ref())?;
    let start = raw.start.as_ref().map(|start| check.start(start, &settings)).transpose()?;
    check.settings_are_named(raw.settings.as_ref(), start.as_ref())?;
    let secrets = check.secrets(raw.secrets.as_ref())?;
    Ok(ServerTable {
        target: target.name.clone(),
        table: target.table.clone(),
        folder: file.folder.clone(),
        profiles: check.profiles(raw.profiles.as_deref().unwrap_or_default())?,
        install: raw.install.as_ref().map(|install| check.command(install)).transpose()?,
        issuer: check.issuer(raw.issuer.as_ref(), raw.start.as_ref())?,
        start,
        settings,
        scopes: check.scopes(&raw.scopes.unwrap_or_default())?,
        client: raw.client.as_ref().map(|client| check.client(client)).transpose()?.unwrap_or_default(),
        login: raw.login.as_ref().map(|login| check.login(login, &secrets)).transpose()?.unwrap_or_default(),
        secrets,
        capabilities: check.capabilities(raw.capabilities.as_ref())?,
        pin: raw.pin.unwrap_or_default(),
    })
}
