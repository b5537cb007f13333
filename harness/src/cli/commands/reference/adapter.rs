//! `scopecheck reference adapter`: the reference library behind the adapter protocol.

use std::io::{self, ErrorKind};

use scopecheck_reference::{
    adapter,
    faults::{self, FaultInfo, Role},
    library::{Library, LibraryProfile},
};
use scopecheck_scenarios::nearest::did_you_mean;

use crate::{
    cli::{
        CliError, Shell,
        args::{GlobalArgs, ReferenceAdapterArgs},
    },
    library::library_profile,
};

/// Runs the command.
pub(super) fn run(args: &ReferenceAdapterArgs, _global: &GlobalArgs, shell: &Shell) -> Result<u8, CliError> {
    let asked = profile(&args.profile)?;
    let faults = args.faults.iter().map(|name| fault(name)).collect::<Result<Vec<_>, _>>()?;
    let chosen = faults.iter().find_map(|info| {
        let profile = library_profile(info.profile)?;
        (profile != LibraryProfile::Standard && profile != asked).then_some((info.name, profile))
    });
    if let Some((name, profile)) = chosen {
        shell.note(&format!("the fault `{name}` shows under the profile `{profile}`, which is used"));
    }
    let library = Library::new(
        chosen.map_or(asked, |(_, profile)| profile),
        faults.iter().map(|info| info.fault).collect(),
    );
    match adapter::run(io::stdin().lock(), io::stdout().lock(), &library) {
        Ok(status) => Ok(status),
        // Whoever asked has gone, and with them the need for an answer.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(0),
        Err(error) => Err(CliError::incomplete(format!("standard input or output broke down: {error}"))
            .help("the adapter reads requests from one pipe and writes answers to another")),
    }
}

fn profile(word: &str) -> Result<LibraryProfile, CliError> {
    word.parse().map_err(|_| {
        let words: Vec<String> = LibraryProfile::ALL.iter().map(ToString::to_string).collect();
        let near = did_you_mean(word, words.iter().map(String::as_str));
        CliError::usage(format!("`{word}` is not a value of --profile"))
            .help(near.unwrap_or_else(|| format!("write one of {}", words.join(", "))))
    })
}

fn fault(name: &str) -> Result<&'static FaultInfo, CliError> {
    let of_library = faults::all().iter().filter(|info| info.role == Role::Library).map(|info| info.name);
    let near = || {
        did_you_mean(name, of_library).unwrap_or_else(|| {
            "`scopecheck serve --list-faults` shows all; take one of role `library`".to_owned()
        })
    };
    match faults::find(name) {
        None => Err(CliError::usage(format!("there is no fault `{name}`")).help(near())),
        Some(info) if info.role != Role::Library => Err(CliError::usage(format!(
            "the fault `{name}` is one of the reference {}, and not of its library",
            info.role
        ))
        .help(near())),
        Some(info) => Ok(info),
    }
}
