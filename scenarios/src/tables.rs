//! The vocabulary as Markdown, for `scenarios/README.md`.

use std::fmt::Write as _;

use crate::vocabulary::{self as v, Entry};

/// Every list of the vocabulary, each as a table.
pub fn markdown() -> String {
    let mut text = String::new();
    text.push_str("### Verbs\n\n| verb | subjects | what it does | events | fields | sets |\n|---|---|---|---|---|---|\n");
    for verb in v::VERBS {
        let subjects: Vec<&str> = verb.subjects.iter().map(|subject| subject.as_str()).collect();
        let later = if verb.executed { "" } else { " (linted, not yet run)" };
        let (fields, sets) = match verb.word {
            "raw" => ("those of its endpoint".to_owned(), "those of its endpoint".to_owned()),
            "use" => ("those of its steps".to_owned(), "those of its steps".to_owned()),
            word => {
                let (fields, sets) = v::given_by(word);
                (code(fields), code(sets))
            }
        };
        let _ = writeln!(
            text,
            "| `{}` | {} | {}{later} | {} | {fields} | {sets} |",
            verb.word,
            subjects.join(", "),
            cell(verb.doc),
            code(verb.events)
        );
    }
    text.push_str("\n### Axes\n\n| axis | values | what it is |\n|---|---|---|\n");
    for (axis, values, doc) in v::AXES {
        let _ = writeln!(text, "| `{axis}` | {} | {} |", code(values), cell(doc));
    }
    let lists: [(&str, &[Entry]); 20] = [
        ("Witness events", v::EVENTS),
        ("Expectations", v::EXPECTATIONS),
        ("Sets", v::SET_FUNCTIONS),
        ("Outcomes", v::OUTCOMES),
        ("Suffixes of the first six outcomes", v::OUTCOME_SUFFIXES),
        ("Capabilities (`needs`)", v::NEEDS),
        ("Profiles", v::PROFILES),
        ("`client` of a case", v::CASE_CLIENTS),
        ("`client` of a step, beside the id of a `register` step", v::STEP_CLIENTS),
        ("Roots of placeholders, beside the ids of earlier steps", v::ROOTS),
        ("Filters of placeholders", v::FILTERS),
        ("Fields of answers", v::FIELDS),
        ("Members of `challenge`", v::CHALLENGE_MEMBERS),
        ("`form` of a token", v::TOKEN_FORMS),
        ("`flaw` of a token", v::TOKEN_FLAWS),
        ("Commands of `run`", v::COMMANDS),
        ("`stored` of a step", v::STORED),
        ("Endpoints of `raw`", v::RAW_ENDPOINTS),
        ("Endpoints of scripts", v::SCRIPT_ENDPOINTS),
        ("Grades of a table", GRADES),
    ];
    for (title, list) in lists {
        let _ = write!(text, "\n### {title}\n\n| word | meaning |\n|---|---|\n");
        for entry in list {
            let _ = writeln!(text, "| `{}` | {} |", entry.word, cell(entry.doc));
        }
    }
    text + &crate::library_tables::markdown()
}

const GRADES: &[Entry] = &[
    Entry { word: "pass", doc: "met" },
    Entry { word: "warn", doc: "a SHOULD broken, or our own inference" },
    Entry { word: "fail", doc: "a MUST broken, or rights gained" },
    Entry { word: "observed", doc: "the standards leave it open" },
];

fn code(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" ")
}

/// A `|` would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
