//! `scopecheck adapter check`.

use scopecheck_reports::escape;
use serde_json::json;

use super::{
    hints::{buffered, first_with, how_to_flush, of_line},
    once::{Once, once},
    probes::probes,
    seen::Seen,
    show::page,
    stages::talk,
};
use crate::{
    adapter::{AdapterCommand, AdapterLimits, ProcessAdapter, StartError},
    cli::{CliError, Shell, args::CheckAdapterArgs},
    library::{Adapter as _, Rule},
    typed::quoted,
};

/// The exit code where something has to be mended.
const PROBLEMS: u8 = 1;
/// The most lines of standard error that are shown.
const LINES: usize = 8;

/// Talks to an adapter, and explains what is wrong with it.
pub(super) fn check(args: &CheckAdapterArgs, shell: &Shell) -> Result<u8, CliError> {
    let limits = AdapterLimits { hello: args.hello_timeout, call: args.timeout };
    let adapter = ProcessAdapter::start(AdapterCommand::new(args.command.clone()), limits)
        .map_err(|error| not_talking(args, &error))?;
    let mut seen = talk(&adapter);
    look_again(args, adapter.hello().operations.first(), &mut seen);
    let command: Vec<String> = args.command.iter().map(|word| quoted(word)).collect();
    shell.print(&page(adapter.hello(), &seen, &command.join(" "), shell));
    Ok(if seen.problems.is_empty() { 0 } else { PROBLEMS })
}

/// The same conversation written in advance, where that can tell more: nothing was answered, or nothing was wrong.
fn look_again(args: &CheckAdapterArgs, op: Option<&String>, seen: &mut Seen) {
    if !seen.stuck && !seen.problems.is_empty() {
        return;
    }
    let Some(op) = op else { return };
    let Some(once) = in_advance(args, Some(op)) else { return };
    if seen.stuck {
        // A reply that did come, but could not be read, is another problem.
        let silent = seen.problems.iter().all(|problem| problem.rule == Some(Rule::Time));
        if let Some(first) = first_with(&once, "seq").filter(|_| silent) {
            seen.problems = vec![buffered(first, &args.command)];
        }
        return;
    }
    if once.lines().any(|line| line.ends_with(b"\r")) {
        seen.notes.push(
            "lines end with CR LF; that is tolerated, and LF alone is what the protocol says".to_owned(),
        );
    }
    match once.status {
        Some(status) if status.success() => {}
        Some(_) => seen.notes.push(
            "at the end of standard input, without a `bye`, it does not end with exit status 0; a suite that is killed leaves it so"
                .to_owned(),
        ),
        None => seen.notes.push(
            "at the end of standard input, without a `bye`, it does not end; a suite that is killed would leave it behind".to_owned(),
        ),
    }
}

/// Hello, a plain call where an operation is known, and the end.
fn in_advance(args: &CheckAdapterArgs, op: Option<&String>) -> Option<Once> {
    let suite = concat!("scopecheck ", env!("CARGO_PKG_VERSION"));
    let mut lines = format!("{}\n", json!({ "hello": { "protocol": 1, "suite": suite } }));
    let plain = op.and_then(|op| probes(op).into_iter().next());
    if let Some(probe) = plain {
        lines = format!("{lines}{{\"seq\":1,\"op\":\"{}\",\"input\":{}}}\n", probe.op, probe.input);
    }
    once(&args.command, lines, args.hello_timeout)
}

/// An adapter that there is no conversation with, as the end of the command.
fn not_talking(args: &CheckAdapterArgs, error: &StartError) -> CliError {
    let mut said = vec![error.to_string()];
    let mut help = error.help().to_owned();
    match error {
        StartError::Ended { lines, .. } if !lines.is_empty() => {
            "its last lines say why; run the command by hand, and mend that first".clone_into(&mut help);
        }
        StartError::NotStarted { .. } | StartError::Ended { .. } => {}
        StartError::Silent { said: Some(line), .. } | StartError::BadHello { said: line, .. } => {
            if !matches!(error, StartError::BadHello { .. }) {
                said.push(format!("it said: {}", escape::line(line)));
            }
            if let Some((cause, mend)) = of_line(line) {
                said.push(format!("the usual cause: {cause}"));
                mend.clone_into(&mut help);
            }
        }
        StartError::Silent { said: None, .. } => {
            let once = in_advance(args, None);
            let hello = once.as_ref().and_then(|once| first_with(once, "hello"));
            let other = once.as_ref().filter(|_| hello.is_none()).and_then(Once::first);
            if hello.is_some() || other.is_some() {
                said.push("it answers when its standard input is closed: what it writes stays in a buffer until then".to_owned());
                help = format!("flush standard output after each line{}", how_to_flush(&args.command));
            }
            if let Some(other) = other {
                said.push(format!("it says then: {}", escape::line(&other)));
                if let Some((cause, mend)) = of_line(&other) {
                    said.push(format!("the usual cause: {cause}"));
                    help = format!("{mend}; and {help}");
                }
            }
        }
    }
    let lines = error.lines();
    let last = lines.get(lines.len().saturating_sub(LINES)..).unwrap_or_default();
    if !last.is_empty() {
        said.push(format!("its last lines on standard error:\n  {}", last.join("\n  ")));
    }
    CliError::incomplete(said.join("\n")).help(help)
}
