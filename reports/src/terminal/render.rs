//! The report from top to bottom.

use super::page::Page;
use super::{TerminalOptions, cases, expectations, header, reasons, summary};
use crate::Results;

/// Renders results for people.
pub fn render(results: &Results, options: &TerminalOptions) -> String {
    let mut page = Page::new(options);
    if !options.quiet {
        header::write(&mut page, results);
    }
    cases::write(&mut page, results);
    reasons::write(&mut page, results);
    expectations::write(&mut page, results);
    summary::write(&mut page, results);
    page.finish()
}
