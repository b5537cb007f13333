//! The counts, the exit code in words, and what to type next.

use super::expectations::counted;
use super::page::{Ink, Page};
use crate::{Footer, Grade, Results, Tally};

/// Writes the end of the report.
pub(super) fn write(page: &mut Page<'_>, results: &Results) {
    let footer = results.footer.as_ref();
    if let Some(footer) = footer.filter(|_| !page.options.quiet) {
        write_paste(page, footer);
        write_leftovers(page, footer);
    }
    write_counts(page, results);
    page.gap();
    match footer {
        Some(footer) => write_exit(page, footer),
        None => page.prose(0, Ink::Of(Grade::Error), &cut_short(results)),
    }
    if let Some(footer) = footer.filter(|footer| !page.options.quiet && !footer.next.is_empty()) {
        page.gap();
        for (number, command) in footer.next.iter().enumerate() {
            page.verbatim(0, if number == 0 { "next" } else { "" }, command);
        }
    }
}

fn write_paste(page: &mut Page<'_>, footer: &Footer) {
    let Some(paste) = &footer.paste else { return };
    page.gap();
    page.line(0, Ink::Strong, "To excuse what failed, give a reason and add to expected.toml:");
    page.gap();
    // Not indented, so that it can be copied as it is.
    for row in paste.trim_end().split('\n') {
        page.line(0, Ink::Plain, row);
    }
}

fn write_leftovers(page: &mut Page<'_>, footer: &Footer) {
    if footer.leftovers.is_empty() {
        return;
    }
    page.gap();
    page.line(0, Ink::Strong, "Left on the target, because it could not be removed:");
    for leftover in &footer.leftovers {
        page.prose(2, Ink::Plain, leftover);
    }
}

fn write_counts(page: &mut Page<'_>, results: &Results) {
    let counts = results.counts();
    page.gap();
    let heads: Vec<_> = Grade::ALL
        .into_iter()
        .map(|grade| (Ink::Faint, grade.word().to_owned(), column(grade.word())))
        .chain([(Ink::Faint, "total".to_owned(), column("total"))])
        .collect();
    page.row(0, "", &heads);
    for (label, tally) in [("cases", counts.cases), ("checks", counts.checks)] {
        page.row(0, label, &cells(&tally));
    }
}

fn cells(tally: &Tally) -> Vec<(Ink, String, usize)> {
    Grade::ALL
        .into_iter()
        .map(|grade| {
            let number = tally.of(grade);
            let ink = if number == 0 { Ink::Faint } else { Ink::Of(grade) };
            (ink, number.to_string(), column(grade.word()))
        })
        .chain([(Ink::Plain, tally.total().to_string(), column("total"))])
        .collect()
}

/// Wide enough for the word above and for five digits.
fn column(word: &str) -> usize {
    word.len().max(5) + 2
}

fn write_exit(page: &mut Page<'_>, footer: &Footer) {
    let grade = if footer.exit_code == 0 { Grade::Pass } else { Grade::Fail };
    page.field(0, Ink::Of(grade), &format!("exit {}", footer.exit_code), &footer.exit_reason);
    let interrupted = if footer.interrupted { "interrupted after" } else { "in" };
    page.continued(0, Ink::Faint, &format!("{interrupted} {}", duration(footer.duration_ms)));
}

fn duration(ms: u64) -> String {
    match ms {
        0..1_000 => format!("{ms} ms"),
        1_000..60_000 => format!("{}.{} s", ms / 1_000, ms % 1_000 / 100),
        _ => format!("{} min {} s", ms / 60_000, ms % 60_000 / 1_000),
    }
}

fn cut_short(results: &Results) -> String {
    format!(
        "incomplete: the run was cut short before its footer was written. What it had found out by then, {}, is valid \
         and shown above; run it again for the rest.",
        counted(results.cases.len(), "case")
    )
}
