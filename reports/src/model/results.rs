//! The fold of an event log.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CaseResult, Counts, Footer, Header};

/// One line of the event log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The first event: what is run.
    Header(Header),
    /// A case has run.
    Case(Box<CaseResult>),
    /// The last event: how the run ended.
    Footer(Footer),
}

/// Everything that a report shows: the content of `results.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Results {
    /// What was run.
    pub header: Header,
    /// The cases, sorted by subject (library, server, resource, client), table (that of the target first) and id.
    pub cases: Vec<CaseResult>,
    /// How the run ended; absent if it was cut short.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub footer: Option<Footer>,
}

impl Results {
    /// Whether the run reached its end.
    pub fn complete(&self) -> bool {
        self.footer.as_ref().is_some_and(|footer| !footer.interrupted)
    }

    /// The counts of the footer or, if the run was cut short, of the cases that are there.
    pub fn counts(&self) -> Counts {
        self.footer.as_ref().map_or_else(|| Counts::of(&self.cases), |footer| footer.counts)
    }

    /// Puts the cases into their order, so that equal runs give equal files whatever ran first.
    pub(crate) fn sort(&mut self) {
        const SUBJECTS: [&str; 4] = ["library", "server", "resource", "client"];
        let own = &self.header.target.table;
        let subject = |case: &CaseResult| SUBJECTS.iter().position(|subject| *subject == case.subject);
        self.cases.sort_by(|a, b| {
            let place = |case| (subject(case), case.table != *own);
            place(a).cmp(&place(b)).then_with(|| (&a.table, &a.id).cmp(&(&b.table, &b.id)))
        });
    }

    /// Folds events into results.
    pub fn fold(events: impl IntoIterator<Item = Event>) -> Result<Self, FoldError> {
        let mut fold = Fold::default();
        for event in events {
            fold.push(event)?;
        }
        fold.finish()
    }
}

/// Why a sequence of events is not that of one run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    /// The header is missing, or not first.
    #[error("a log starts with its header, and this one does not; it may have been cut at the start")]
    NoHeader,
    /// A second header.
    #[error("there is a second header; a log holds one run, so give each run a file of its own")]
    SecondHeader,
    /// Something follows the footer.
    #[error("something follows the footer, which ends a log; give each run a file of its own")]
    AfterFooter,
    /// The same instance twice.
    #[error(
        "`{id}` of table `{table}` was already recorded; a log holds each case once, so do not join the logs of several runs"
    )]
    SecondResult {
        /// The instance.
        id: String,
        /// Its table.
        table: String,
    },
}

/// Results in the making, one event at a time.
#[derive(Default)]
pub(crate) struct Fold {
    header: Option<Header>,
    cases: Vec<CaseResult>,
    seen: HashSet<(String, String)>,
    footer: Option<Footer>,
}

impl Fold {
    pub(crate) fn push(&mut self, event: Event) -> Result<(), FoldError> {
        if self.footer.is_some() {
            return Err(FoldError::AfterFooter);
        }
        match event {
            Event::Header(_) if self.header.is_some() => return Err(FoldError::SecondHeader),
            Event::Header(header) => self.header = Some(header),
            _ if self.header.is_none() => return Err(FoldError::NoHeader),
            Event::Case(case) => {
                if !self.seen.insert((case.table.clone(), case.id.clone())) {
                    return Err(FoldError::SecondResult { id: case.id, table: case.table });
                }
                self.cases.push(*case);
            }
            Event::Footer(footer) => self.footer = Some(footer),
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<Results, FoldError> {
        let header = self.header.ok_or(FoldError::NoHeader)?;
        let mut results = Results { header, cases: self.cases, footer: self.footer };
        if let Some(footer) = &mut results.footer {
            let expectations = std::mem::take(&mut footer.expectations);
            for check in results.cases.iter_mut().flat_map(|case| &mut case.checks) {
                if let Some(expectation) = expectations.get(&check.id) {
                    check.expectation = expectation.clone();
                }
            }
        }
        results.sort();
        Ok(results)
    }
}
