//! What is put to a library: what is called, and what has to come of it.

use scopecheck_scenarios::{
    laws,
    model::{Expected, Json, Vector, Word},
    operations,
    protocol::{find_point, find_rule},
};

use crate::cli::Sheet;

/// The call of a vector and the answers that are right.
pub(super) fn vector(sheet: &mut Sheet, vector: &Vector) {
    sheet.gap();
    sheet.heading(0, "Call");
    let about = operations::find(vector.op.as_str()).map_or_else(String::new, |op| format!(": {}", op.doc));
    sheet.field(2, "operation", &format!("`{}`{about}", vector.op));
    sheet.field(2, "input", vector.input.text());
    let strict: [&str; 0] = [];
    answers(sheet, &vector.expected(&strict));
    for (profile, instead) in &vector.profiles {
        sheet.field(2, "profile", &format!("`{profile}` expects something else"));
        answers(sheet, instead);
    }
    sheet.list(2, "under", vector.under.iter().map(|(point, value)| format!("`{point} = {value}`")));
    if !vector.flags.is_empty() {
        let flags: Vec<&str> = vector.flags.iter().map(|flag| flag.as_str()).collect();
        sheet.field(2, "flags", &flags.join(", "));
    }
}

fn answers(sheet: &mut Sheet, expected: &Expected) {
    sheet.list(2, "right", expected.ok.iter().chain(&expected.any_ok).map(Json::text));
    sheet.list(2, "wrong", expected.not_ok.0.iter().map(Json::text));
    if expected.rejected {
        sheet.field(2, "right", "a refusal");
    }
}

/// What a law demands, and of whom.
pub(super) fn law(sheet: &mut Sheet, name: &Word) {
    sheet.gap();
    sheet.heading(0, "Law");
    let Some(law) = laws::find(name.as_str()) else {
        sheet.field(2, "name", &format!("`{name}`, which is no law"));
        return;
    };
    sheet.field(2, "name", law.name);
    sheet.field(2, "demands", law.sentence);
    sheet.field(2, "calls", &law.ops.iter().map(|op| format!("`{op}`")).collect::<Vec<_>>().join(", "));
    sheet.list(2, "under", law.under.iter().map(|(point, value)| format!("`{point} = {value}`")));
}

/// What a rule of the adapter protocol demands.
pub(super) fn rule(sheet: &mut Sheet, word: &Word) {
    sheet.gap();
    sheet.heading(0, "Rule of the adapter protocol");
    sheet.field(2, "name", word.as_str());
    let Some(rule) = find_rule(word.as_str()) else { return };
    sheet.field(2, "demands", rule.sentence);
    sheet.field(
        2,
        "judged",
        "last, by all calls of the run; a library in our own process speaks no protocol",
    );
}

/// What a library may declare, and what that means.
pub(super) fn point(sheet: &mut Sheet, word: &Word) {
    sheet.gap();
    sheet.heading(0, "Point of the dialect");
    sheet.field(2, "name", word.as_str());
    let Some(point) = find_point(word.as_str()) else { return };
    let known = operations::SEMANTICS.iter().find(|(known, ..)| *known == point.word);
    if let Some((_, [strict, ..], about)) = known {
        sheet.field(2, "about", about);
        sheet.field(2, "strict", &format!("`{strict}`, which holds where nothing is declared"));
    }
    let deviations = point.deviations.iter();
    sheet.list(
        2,
        "warned",
        deviations.map(|deviation| format!("`{}`: {}", deviation.value, deviation.meaning)),
    );
    sheet.field(2, "concerns", &point.ops.iter().map(|op| format!("`{op}`")).collect::<Vec<_>>().join(", "));
}
