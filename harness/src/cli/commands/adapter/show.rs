//! What a check has seen, as a page.

use super::seen::{Problem, Seen, Tally};
use crate::{
    cli::{Sheet, Shell, count::count},
    library::Hello,
};

/// The most lines of evidence that are shown, the last ones.
const LINES: usize = 8;

/// The page. `command` is the adapter as it is typed.
pub(super) fn page(hello: &Hello, seen: &Seen, command: &str, shell: &Shell) -> String {
    let mut sheet = Sheet::new(shell);
    if !shell.quiet() {
        sheet.pairs(0, &summary(hello, seen, command));
    }
    for (number, problem) in seen.problems.iter().enumerate() {
        sheet.gap();
        show(&mut sheet, number + 1, problem);
    }
    if !seen.notes.is_empty() && !shell.quiet() {
        sheet.gap();
        sheet.heading(0, "worth knowing");
        for note in &seen.notes {
            sheet.prose(2, note);
        }
    }
    sheet.gap();
    if seen.problems.is_empty() {
        let operations = count(seen.tallies.len(), "operation");
        sheet.line(0, &format!("{operations}, nothing to mend; ready: scopecheck library -- {command}"));
    } else {
        let problems = count(seen.problems.len(), "problem");
        sheet.line(0, &format!("{problems}; once more when mended: scopecheck adapter check -- {command}"));
    }
    sheet.finish()
}

fn summary(hello: &Hello, seen: &Seen, command: &str) -> Vec<(String, String)> {
    let language = hello.language.as_ref().map(|language| format!(", {language}")).unwrap_or_default();
    let mut rows = vec![
        ("adapter".to_owned(), command.to_owned()),
        ("hello".to_owned(), format!("{} {}{language}", hello.name, hello.version)),
    ];
    rows.extend(seen.tallies.iter().map(|tally| (tally.op.clone(), counts(tally))));
    if seen.stuck {
        rows.push((String::new(), "nothing further was tried".to_owned()));
    }
    if seen.at_once > 0 {
        rows.push(("at once".to_owned(), count(seen.at_once, "call")));
    }
    rows
}

/// How the calls of an operation went, in words.
fn counts(tally: &Tally) -> String {
    let parts = [
        (tally.ok, "answered"),
        (tally.rejected, "refused"),
        (tally.unsupported, "unsupported"),
        (tally.lost, "without an answer"),
    ];
    let said: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{number} {word}"))
        .collect();
    said.join(", ")
}

fn show(sheet: &mut Sheet, number: usize, problem: &Problem) {
    let times = if problem.times > 1 { format!(" ({} times)", problem.times) } else { String::new() };
    sheet.heading(0, &format!("{number}  {}{times}", problem.what));
    let skipped = problem.seen.len().saturating_sub(LINES);
    for (at, line) in problem.seen.iter().skip(skipped).enumerate() {
        sheet.field(3, if at == 0 { "seen" } else { "" }, line);
    }
    sheet.field(3, "cause", &problem.cause);
    sheet.field(3, "to mend", &problem.mend);
}
