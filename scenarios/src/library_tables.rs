//! What is put to libraries, as Markdown for `scenarios/README.md`: operations, semantics, flags, laws, rules, deviations.

use std::fmt::Write as _;

use crate::{
    laws,
    model::Flag,
    operations::{OPERATIONS, SEMANTICS},
    protocol::{POINTS, RULES},
};

/// Every list, each as a table.
pub(crate) fn markdown() -> String {
    let mut text = String::from(
        "\n### Operations of a library\n\n| operation | what it does | members of the input | members of the answer |\n|---|---|---|---|\n",
    );
    for operation in OPERATIONS {
        let own = if operation.reference_only { " (the reference's own tests only)" } else { "" };
        let optional = operation.optional.iter().map(|member| format!("`{member}`?"));
        let input: Vec<String> =
            operation.input.iter().map(|member| format!("`{member}`")).chain(optional).collect();
        let _ = writeln!(
            text,
            "| `{}` | {}{own} | {} | {} |",
            operation.word,
            operation.doc,
            input.join(" "),
            code(operation.ok)
        );
    }
    text.push_str("\n### Semantics that a library declares, the strict value first\n\n| choice | values | what it is about |\n|---|---|---|\n");
    for (name, values, doc) in SEMANTICS {
        let _ = writeln!(text, "| `{name}` | {} | {doc} |", code(values));
    }
    text.push_str("\n### Flags of a vector\n\n| word | meaning |\n|---|---|\n");
    for flag in Flag::ALL {
        let _ = writeln!(text, "| `{}` | {} |", flag.as_str(), flag.meaning());
    }
    text.push_str(
        "\n### Laws\n\n| law | what holds | operations | only where declared |\n|---|---|---|---|\n",
    );
    for law in laws::all() {
        let under: Vec<String> =
            law.under.iter().map(|(name, value)| format!("`{name} = {value}`")).collect();
        let sentence = law.sentence.replace('|', "\\|");
        let _ = writeln!(text, "| `{}` | {sentence} | {} | {} |", law.name, code(law.ops), under.join(" "));
    }
    text.push_str(
        "\n### Rules of the adapter protocol (`protocol` of a case)\n\n| word | what is demanded |\n|---|---|\n",
    );
    for rule in RULES {
        let _ = writeln!(text, "| `{}` | {} |", rule.word, rule.sentence);
    }
    text.push_str("\n### Deviations of a dialect (`dialect` of a case)\n\n| choice | value | what it means for users |\n|---|---|---|\n");
    for point in POINTS {
        for deviation in point.deviations {
            let _ = writeln!(text, "| `{}` | `{}` | {} |", point.word, deviation.value, deviation.meaning);
        }
    }
    text
}

fn code(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" ")
}
