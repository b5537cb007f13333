//! The steps of cases and flows.

use super::{
    ids::slug_problem,
    made,
    place::Place,
    rows, runs,
    scope::Scope,
    template::{self, Standpoint},
};
use crate::{
    catalog::Catalog,
    error::FileError,
    model::{Step, Subject, Verb, Word},
    vocabulary,
    words::texts_of_step,
};

pub(super) fn lint(scope: &Scope<'_>, steps: &[Step], place: &mut Place<'_>) {
    for (number, step) in steps.iter().enumerate() {
        id(scope, steps, number, place);
        rows::named(&step.rows, scope, place);
        match step.verbs().as_slice() {
            [] => place.wrong(
                &step.id.span,
                format!("the step `{}` does nothing", step.id),
                "give it one verb, for example `use = \"code-grant\"`",
            ),
            [verb] => one(scope, step, *verb, number, place),
            [first, second, ..] => {
                let (first, second) = (first.word(), second.word());
                place.wrong(
                    &place.key(&step.id, second),
                    format!("the step `{}` has two verbs, `{first}` and `{second}`", step.id),
                    "make two steps of it",
                );
            }
        }
        let standpoint = Standpoint { before: number, rows: &step.rows, in_row: false };
        for (_, text) in texts_of_step(step) {
            template::lint(text, scope, standpoint, place);
        }
    }
}

pub(super) fn lint_flows(catalog: &Catalog) -> Vec<FileError> {
    let mut errors = Vec::new();
    for (id, flow) in &catalog.flows {
        let mut place = Place::new(&catalog.sources.flows[id]);
        file_name(&flow.id, "flow", &catalog.sources.flows[id].path, &mut place);
        lint(&Scope::of_flow(catalog, flow), &flow.steps, &mut place);
        errors.extend(place.errors);
    }
    errors
}

/// A flow or base is found by its name, so its file has to have that name.
pub(super) fn file_name(id: &Word, kind: &str, path: &str, place: &mut Place<'_>) {
    if let Some((message, help)) = slug_problem(&id.value, kind) {
        place.wrong(&id.span, message, help);
    } else if !path.replace('\\', "/").ends_with(&format!("/{id}.toml")) {
        place.wrong(
            &id.span,
            format!("the {kind} `{id}` stands in a file of another name"),
            format!("rename the file to `{id}.toml`"),
        );
    }
}

fn id(scope: &Scope<'_>, steps: &[Step], number: usize, place: &mut Place<'_>) {
    let id = &steps[number].id;
    if let Some((message, help)) = slug_problem(&id.value, "step") {
        place.wrong(&id.span, message, help);
    }
    if scope.step(id.as_str()).is_some_and(|(first, _)| first < number) {
        place.wrong(&id.span, format!("the step `{id}` is there already"), "give one of the two another id");
    }
    let reserved = vocabulary::words(vocabulary::ROOTS)
        .chain(vocabulary::words(vocabulary::STEP_CLIENTS))
        .any(|root| root == id.value);
    if reserved || id.value == "none" {
        place.wrong(
            &id.span,
            format!("`{id}` cannot be the id of a step: it stands for something else in strings"),
            "give it another id",
        );
    }
}

fn one(scope: &Scope<'_>, step: &Step, verb: Verb<'_>, number: usize, place: &mut Place<'_>) {
    let word = verb.word();
    if let Some(entry) = vocabulary::find_verb(word)
        && !entry.subjects.contains(&scope.subject)
    {
        let known: Vec<String> = vocabulary::VERBS
            .iter()
            .filter(|entry| entry.subjects.contains(&scope.subject))
            .map(|entry| format!("`{}`", entry.word))
            .collect();
        place.wrong(
            &place.key(&step.id, word),
            format!("`{word}` is no verb of a {} case", scope.subject.as_str()),
            format!("its verbs are {}", known.join(", ")),
        );
    }
    if !matches!(verb, Verb::Use(_)) {
        for (key, said) in [("scope", step.scope.is_some()), ("client", step.client.is_some())] {
            if said {
                place.wrong(
                    &place.key(&step.id, key),
                    format!("`{key}` beside a verb goes with `use` only"),
                    format!("write it into the table of `{word}`"),
                );
            }
        }
    }
    runs::lint(scope, step, verb, place);
    words(scope, step, verb, number, place);
}

/// The words inside the table of a verb.
fn words(scope: &Scope<'_>, step: &Step, verb: Verb<'_>, number: usize, place: &mut Place<'_>) {
    match verb {
        Verb::Discover(discover) => {
            let resource = scope.subject == Subject::Resource;
            let documents: &[&str] = if resource { &["resource"] } else { &["oauth", "openid"] };
            place.unknown(&discover.document, "document", documents.iter().copied());
        }
        Verb::Register(register) => {
            if let Some(client) = &register.client {
                place.unknown(client, "kind of client", ["public", "confidential"].into_iter());
            }
        }
        Verb::Update(update) => registered(scope, step, &update.client, number, place),
        Verb::Read(word) | Verb::Delete(word) => registered(scope, step, word, number, place),
        Verb::Authorize(authorize) => {
            client(scope, step, authorize.client.as_ref(), number, place);
            if let Some(encoding) = &authorize.encoding {
                place.unknown(encoding, "encoding", ["plus", "percent", "full"].into_iter());
            }
        }
        Verb::Token(token) => {
            client(scope, step, token.client.as_ref(), number, place);
            made::lint(scope, step, token, place);
            match &token.grant {
                Some(grant) => {
                    place.unknown(grant, "grant", ["authorization_code", "client_credentials"].into_iter());
                }
                None if scope.subject == Subject::Server => place.wrong(
                    &place.key(&step.id, "token"),
                    "a token request needs `grant`",
                    "write `grant = \"authorization_code\"` or `grant = \"client_credentials\"`",
                ),
                None => {}
            }
        }
        Verb::Refresh(refresh) => client(scope, step, refresh.client.as_ref(), number, place),
        Verb::Call(call) => {
            if let Some(token) = &call.token {
                earlier(scope, step, token, number, &["token"], place);
            }
        }
        Verb::Raw(raw) => {
            place.unknown(&raw.endpoint, "endpoint", vocabulary::words(vocabulary::RAW_ENDPOINTS));
        }
        Verb::Use(flow) => {
            if scope.in_flow {
                place.wrong(&flow.span, "a flow cannot use a flow", "write its steps here");
            } else {
                place.unknown(flow, "flow", scope.catalog.flows.keys().map(String::as_str));
            }
            client(scope, step, step.client.as_ref(), number, place);
        }
        Verb::Start(_) => started(scope, step, number, place),
        Verb::Log(records) => {
            if let Some(level) = &records.level {
                place.unknown(level, "level", vocabulary::LOG_LEVELS.iter().copied());
            }
            if !scope.steps[..number].iter().any(|known| known.verb == "start") {
                place.wrong(
                    &place.key(&step.id, "log"),
                    "there is no log before the server was started by this case",
                    "make `start = { ... }` the first step",
                );
            }
        }
        Verb::Introspect(_)
        | Verb::Revoke(_)
        | Verb::Device(_)
        | Verb::Exchange(_)
        | Verb::Par(_)
        | Verb::Invoke(_)
        | Verb::Login(_)
        | Verb::Run(_) => {}
    }
}

/// The server of a case is one: it is started by the first step, in every row.
fn started(scope: &Scope<'_>, step: &Step, number: usize, place: &mut Place<'_>) {
    if number > 0 || !step.rows.is_empty() || scope.in_flow {
        place.wrong(
            &place.key(&step.id, "start"),
            "a server is started by the first step of a case, in every row",
            "move the step to the front and leave `rows` out",
        );
    }
}

/// `client = ...`: a word of the vocabulary or an earlier registration.
fn client(scope: &Scope<'_>, step: &Step, word: Option<&Word>, number: usize, place: &mut Place<'_>) {
    let Some(word) = word else { return };
    let passed_on = scope.in_flow && word.value == "{flow.client}";
    if !passed_on && !vocabulary::knows(vocabulary::STEP_CLIENTS, word.as_str()) {
        registered(scope, step, word, number, place);
    }
}

fn registered(scope: &Scope<'_>, step: &Step, word: &Word, number: usize, place: &mut Place<'_>) {
    earlier(scope, step, word, number, &["register", "raw"], place);
}

/// A word that has to be the id of an earlier step with one of these verbs.
fn earlier(
    scope: &Scope<'_>,
    step: &Step,
    word: &Word,
    number: usize,
    verbs: &[&str],
    place: &mut Place<'_>,
) {
    let names =
        scope.steps[..number].iter().filter(|known| verbs.contains(&known.verb)).map(|known| known.id);
    match scope.step(word.as_str()) {
        None => {
            place.wrong(
                &word.span,
                format!("there is no step `{word}`"),
                Place::suggestion(&word.value, &format!("earlier `{}` step", verbs[0]), names),
            );
        }
        Some((at, _)) if at >= number => {
            place.wrong(
                &word.span,
                format!("the step `{word}` runs later"),
                "a step can only use answers of steps before it",
            );
        }
        Some((_, known)) if !verbs.contains(&known.verb) => place.wrong(
            &word.span,
            format!("the step `{word}` is a `{}`, not a `{}`", known.verb, verbs[0]),
            Place::suggestion(&word.value, &format!("earlier `{}` step", verbs[0]), names),
        ),
        Some((_, known)) => {
            if let Some(row) = scope.rows_without(known, &step.rows).first() {
                place.wrong(
                    &word.span,
                    format!("the step `{word}` is not run in the row `{row}`"),
                    "let both run in the same rows: `rows = [...]`",
                );
            }
        }
    }
}
