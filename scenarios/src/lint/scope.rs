//! The names that are in scope inside a case or flow: its steps with what they can give, and its rows.

use crate::{
    catalog::Catalog,
    model::{Case, Flow, Step, Subject, Verb, Word},
    vocabulary,
};

/// What the words of one case or flow may refer to.
#[derive(Debug)]
pub(super) struct Scope<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) subject: Subject,
    pub(super) in_flow: bool,
    pub(super) steps: Vec<Known<'a>>,
    /// The ids of all rows; empty for a case without rows.
    pub(super) rows: Vec<&'a str>,
    /// The keys that at least one row has.
    pub(super) row_keys: Vec<&'a str>,
}

/// A step, and what its answer can give.
#[derive(Debug)]
pub(super) struct Known<'a> {
    pub(super) id: &'a str,
    pub(super) verb: &'static str,
    pub(super) fields: Vec<&'static str>,
    pub(super) sets: Vec<&'static str>,
    pub(super) events: Vec<&'static str>,
    /// The rows that the step runs in; empty means all.
    pub(super) rows: &'a [Word],
    /// What the step gives cannot be known: it has no verb, or an unknown flow. One mistake is told once.
    pub(super) open: bool,
}

impl<'a> Scope<'a> {
    pub(super) fn of_case(catalog: &'a Catalog, case: &'a Case) -> Self {
        let mut row_keys: Vec<&str> =
            case.rows.iter().flat_map(|row| row.values.keys().map(String::as_str)).collect();
        row_keys.sort_unstable();
        row_keys.dedup();
        Self {
            catalog,
            subject: case.subject,
            in_flow: false,
            steps: case.steps.iter().map(|step| known(catalog, step)).collect(),
            rows: case.rows.iter().map(|row| row.id.as_str()).collect(),
            row_keys,
        }
    }

    pub(super) fn of_flow(catalog: &'a Catalog, flow: &'a Flow) -> Self {
        Self {
            catalog,
            subject: Subject::Server,
            in_flow: true,
            steps: flow.steps.iter().map(|step| known(catalog, step)).collect(),
            rows: Vec::new(),
            row_keys: Vec::new(),
        }
    }

    /// The first step of that id, and its number.
    pub(super) fn step(&self, id: &str) -> Option<(usize, &Known<'a>)> {
        self.steps.iter().enumerate().find(|(_, step)| step.id == id)
    }

    /// The rows among `wanted` (empty means all) that the step is not run in.
    pub(super) fn rows_without<'r>(&'r self, step: &Known<'_>, wanted: &'r [Word]) -> Vec<&'r str> {
        let all: Vec<&str> =
            if wanted.is_empty() { self.rows.clone() } else { wanted.iter().map(Word::as_str).collect() };
        let runs = |row: &str| step.rows.is_empty() || step.rows.iter().any(|word| word.value == row);
        all.into_iter().filter(|row| !runs(row)).collect()
    }
}

fn known<'a>(catalog: &'a Catalog, step: &'a Step) -> Known<'a> {
    let mut known = Known {
        id: step.id.as_str(),
        verb: step.verb().map_or("", |verb| verb.word()),
        fields: Vec::new(),
        sets: Vec::new(),
        events: Vec::new(),
        rows: &step.rows,
        open: match step.verb() {
            Some(Verb::Use(flow)) => !catalog.flows.contains_key(flow.as_str()),
            Some(_) => false,
            None => true,
        },
    };
    gather(catalog, step, &mut known, 0);
    known
}

/// Adds what a step gives; a flow gives what its steps give.
fn gather(catalog: &Catalog, step: &Step, known: &mut Known<'_>, depth: usize) {
    let Some(verb) = step.verb() else { return };
    let alike = match verb {
        Verb::Raw(raw) => match raw.endpoint.as_str() {
            "authorization" => "authorize",
            "registration" => "register",
            _ => "token",
        },
        Verb::Use(flow) => {
            // Flows do not nest; the depth only keeps a wrong file from recursing for ever.
            if let (Some(flow), 0) = (catalog.flows.get(flow.as_str()), depth) {
                for inner in &flow.steps {
                    gather(catalog, inner, known, depth + 1);
                }
            }
            return;
        }
        verb => verb.word(),
    };
    let (fields, sets) = vocabulary::given_by(alike);
    add(&mut known.fields, fields);
    add(&mut known.sets, sets);
    add(&mut known.events, vocabulary::find_verb(alike).map_or(&[], |entry| entry.events));
}

fn add(list: &mut Vec<&'static str>, more: &[&'static str]) {
    for word in more {
        if !list.contains(word) {
            list.push(word);
        }
    }
}
