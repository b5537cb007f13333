//! A case, from its title to its file.

use scopecheck_scenarios::{
    catalog::{Catalog, LoadedCase},
    model::{Case, Impact, Row, Subject, Word},
    vocabulary::NEEDS,
};

use super::{check, library, step, text, world};
use crate::{
    cli::{Sheet, count::count},
    plan::{RowChoice, expand},
};

/// Explains a case.
pub(super) fn explain(sheet: &mut Sheet, catalog: &Catalog, loaded: &LoadedCase) {
    let case = &loaded.case;
    sheet.heading(0, case.id.as_str());
    sheet.prose(0, &case.title);
    sheet.gap();
    header(sheet, loaded);
    stimulus(sheet, case);
    sheet.gap();
    sheet.heading(0, "Checks");
    for one in &case.checks {
        sheet.heading(2, &format!("#{}", one.id));
        check::body(sheet, 4, catalog, loaded, one);
    }
    sheet.gap();
    sheet.field(0, "run it", &format!("scopecheck {} --filter 'id({})'", case.subject.as_str(), case.id));
}

/// The rows and steps.
pub(super) fn stimulus(sheet: &mut Sheet, case: &Case) {
    if let Some(vector) = &case.vector {
        return library::vector(sheet, vector);
    }
    if let Some(law) = &case.law {
        return library::law(sheet, law);
    }
    if let Some(rule) = &case.protocol {
        return library::rule(sheet, rule);
    }
    if let Some(point) = &case.dialect {
        return library::point(sheet, point);
    }
    if !case.rows.is_empty() {
        sheet.gap();
        sheet.heading(0, "Rows");
        let rows: Vec<_> = case.rows.iter().map(|row| (row.id.as_str(), values(row))).collect();
        sheet.pairs(2, &rows);
    }
    if !case.respond.is_empty() {
        sheet.gap();
        sheet.heading(0, "World");
        let rules = world::describe(case);
        let rules: Vec<_> = rules.iter().map(|(endpoint, said)| (endpoint.as_str(), said.clone())).collect();
        sheet.pairs(2, &rules);
    }
    sheet.gap();
    sheet.heading(0, "Steps");
    let steps: Vec<_> = case.steps.iter().map(|one| (one.id.as_str(), step::describe(one))).collect();
    sheet.pairs(2, &steps);
}

fn header(sheet: &mut Sheet, loaded: &LoadedCase) {
    let case = &loaded.case;
    if let Some(why) = &case.why {
        sheet.field(0, "why", why);
    }
    sheet.field(0, "subject", subject(case.subject));
    sheet.field(0, "impact", &format!("{}: {}", case.impact.as_str(), loss(case.impact)));
    sheet.list(0, "needs", case.needs.iter().map(|need| meaning(need.as_str())));
    if !case.profiles.is_empty() {
        let profiles = text::quoted(case.profiles.iter().map(Word::as_str));
        sheet.field(0, "profiles", &format!("only where one is selected: {profiles}"));
    }
    match case.client.as_ref().map(Word::as_str) {
        Some("fresh") => sheet.field(0, "client", "registers one of its own"),
        Some("none") => sheet.field(0, "client", "needs none before its first step"),
        _ => {}
    }
    sheet.field(0, "runs", &runs(loaded));
    if let Some(table) = &case.counter {
        sheet.field(
            0,
            "counter",
            &format!(
                "run again against the table `{table}`, where the checks marked `counter` have to turn red"
            ),
        );
    }
    sheet.list(0, "origin", &case.origin);
    sheet.field(0, "file", &loaded.source.path);
    if let Some(scripts) = &loaded.scripts_source {
        sheet.field(0, "scripts", &format!("{} ({})", scripts.path, count(loaded.scripts.len(), "script")));
    }
}

/// How many instances there are, and why.
fn runs(loaded: &LoadedCase) -> String {
    let Case { axes, rows, .. } = &loaded.case;
    let instances = expand(loaded, &RowChoice::default()).len();
    let mut factors: Vec<String> = axes
        .iter()
        .map(|(axis, values)| format!("{axis} = {}", text::quoted(values.iter().map(Word::as_str))))
        .collect();
    if !rows.is_empty() {
        factors.push(count(rows.len(), "row"));
    }
    if factors.is_empty() {
        "once".to_owned()
    } else {
        format!("{}: {}", count(instances, "instance"), factors.join(", "))
    }
}

fn values(row: &Row) -> String {
    let values: Vec<String> =
        row.values.iter().map(|(key, given)| format!("{key} = {}", text::value(given))).collect();
    if values.is_empty() { "no value, so what names one is not sent".to_owned() } else { values.join(", ") }
}

/// A capability with its meaning.
pub(super) fn meaning(need: &str) -> String {
    match NEEDS.iter().find(|entry| entry.word == need) {
        Some(entry) => format!("{need}: {}", entry.doc),
        None => need.to_owned(),
    }
}

fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Library => "library: code that decides on scopes",
        Subject::Server => "server: an authorization server",
        Subject::Resource => "resource: a resource server",
        Subject::Client => "client: an OAuth or MCP client",
    }
}

fn loss(impact: Impact) -> &'static str {
    match impact {
        Impact::Escalation => "somebody gets rights that nobody granted",
        Impact::Leak => "somebody learns what is not theirs to know",
        Impact::Denial => "somebody is kept from what was granted",
        Impact::Interop => "two correct programs do not work together",
        Impact::Cosmetic => "a blemish",
    }
}
