//! Text from the subject stays where it is put, in every format.

use scopecheck_reports::terminal::{TerminalOptions, render};
use scopecheck_reports::{Format, escape};

use crate::fixtures::{HOSTILE, everything, hostile};

#[test]
fn no_format_lets_a_control_character_or_a_change_of_direction_through() {
    for text in HOSTILE {
        for format in Format::ALL {
            let rendered = format.render(&hostile(text)).unwrap();
            let is_bad = |c: &char| *c != '\n' && !escape::line(&c.to_string()).starts_with(*c);
            let bad: Vec<_> = rendered.chars().filter(is_bad).collect();
            assert!(bad.is_empty(), "{format} {text:?}: {bad:?}");
        }
    }
}

#[test]
fn hostile_text_never_adds_a_line_to_the_report_for_people() {
    let harmless = render(&hostile("x"), &TerminalOptions { width: 10_000, ..Default::default() });
    for text in HOSTILE {
        let options = TerminalOptions { width: 10_000, ..Default::default() };
        // Commands keep the line breaks that the harness made: it quotes what it puts in.
        let mut results = hostile(text);
        results.cases[0].checks[0].curl = Some("curl".to_owned());
        results.cases[0].rerun = "scopecheck".to_owned();
        let rendered = render(&results, &options);
        assert_eq!(rendered.lines().count(), harmless.lines().count(), "{text:?}\n{rendered}");
    }
}

#[test]
fn a_report_has_no_trailing_spaces_and_no_double_gaps() {
    for options in [
        TerminalOptions::default(),
        TerminalOptions { verbose: true, ..Default::default() },
        TerminalOptions { quiet: true, ..Default::default() },
        TerminalOptions { width: 0, ..Default::default() },
    ] {
        let text = render(&everything(), &options);
        assert!(!text.contains("\n\n\n"), "{text}");
        assert!(!text.starts_with('\n') && !text.ends_with("\n\n"), "{text}");
        let trailing: Vec<_> = text.lines().filter(|line| line.ends_with(' ')).collect();
        assert!(trailing.is_empty(), "{trailing:?}");
    }
}
