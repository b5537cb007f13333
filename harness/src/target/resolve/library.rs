//! One library table.

use std::borrow::Cow;

use scopecheck_scenarios::model::Word;

use super::{
    super::{
        LibraryTable, TargetRef, file::TargetFile, mistake::Mistake, placeholder::fill, raw::RawLibrary,
    },
    address, merge, parts,
};

/// What the command of an adapter may name: this program.
const PLACEHOLDERS: [&str; 1] = ["scopecheck"];

/// Merges and checks a table that exists in `file`.
pub(in crate::target) fn resolve_library(
    file: &TargetFile,
    target: &TargetRef,
) -> Result<LibraryTable, Mistake> {
    let raw: RawLibrary = merge::merged(&file.raw.library, "library", file, &target.table)?;
    let check = parts::Check { source: &file.source };
    let Some(command) = &raw.command else {
        let message = format!("the table `library.{}` of `{}` has no `command`", target.table, target.name);
        return Err(Mistake::at(&file.source, 0..0, message).help(
            "add `command = [\"program\", \"argument\"]`, the adapter that speaks the protocol of libraries",
        ));
    };
    check.program(command)?;
    if let Some(name) = raw.capabilities.as_ref().and_then(|told| told.keys().next()) {
        return Err(Mistake::at(
            &file.source,
            name.span(),
            "a library has no capabilities but what it announces",
        )
        .help("leave `capabilities` out; the answer to `hello` lists the operations"));
    }
    // What is not acted on is refused: a pin that silently checks nothing is worse than none.
    if let Some(check) = raw.pin.as_ref().and_then(|pins| pins.keys().next()) {
        return Err(Mistake::at(&file.source, check.span(), "a library table pins no behaviour").help(
            "leave `pin` out; what a library does where the protocol is open is declared in its `semantics`",
        ));
    }
    Ok(LibraryTable {
        target: target.name.clone(),
        table: target.table.clone(),
        folder: file.folder.clone(),
        profiles: check.profiles(raw.profiles.as_deref().unwrap_or_default())?,
        install: raw.install.as_ref().map(|install| check.command(install)).transpose()?,
        command: command.get_ref().iter().map(|word| fillable(file, word)).collect::<Result<_, _>>()?,
        env: raw.env.unwrap_or_default().into_iter().map(|(name, word)| (name, word.value)).collect(),
    })
}

/// An argument whose placeholders are known; nothing is filled in yet.
fn fillable(file: &TargetFile, word: &Word) -> Result<String, Mistake> {
    let any = |name: &str| PLACEHOLDERS.contains(&name).then_some(Cow::Borrowed("x"));
    fill(&word.value, any)
        .map(|_| word.value.clone())
        .map_err(|error| address::placeholder(&file.source, word, &error, &PLACEHOLDERS))
}
