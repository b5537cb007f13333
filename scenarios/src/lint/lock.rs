//! `ids.lock`: every id that was ever given.

use std::fmt::Write as _;

use super::place::Place;
use crate::{
    catalog::{Catalog, LoadedCase},
    error::FileError,
    model::Word,
};

pub(super) fn lint(catalog: &Catalog) -> Vec<FileError> {
    let mut errors = Vec::new();
    let live = &catalog.sources.live;
    // A case that does not say the id of its path is told so elsewhere; here its path counts.
    let at_its_path = |loaded: &LoadedCase, id: &str| {
        // A vector shares its file with others: only its own id counts.
        match loaded.case.vector {
            Some(_) => loaded.case.id.as_str() == id,
            None => loaded.source.path.replace('\\', "/").ends_with(&format!("cases/{id}.toml")),
        }
    };
    let is_there = |id: &str| {
        catalog.cases.contains_key(id)
            || catalog.broken.iter().any(|broken| broken == id)
            || catalog.cases.values().any(|loaded| at_its_path(loaded, id))
    };
    for loaded in catalog.cases.values() {
        let id = &loaded.case.id;
        let mut place = Place::new(&loaded.source);
        if let Some(retired) = catalog.retired.get(&id.value) {
            let successor = retired
                .successor
                .as_ref()
                .map_or(String::new(), |word| format!("; its successor is `{word}`"));
            place.wrong(
                &id.span,
                format!("the id `{id}` is retired: {}", retired.reason),
                format!("ids never come back; give another one{successor}"),
            );
        } else if !live.contains(id) && at_its_path(loaded, id.as_str()) {
            place.wrong(
                &id.span,
                format!("`ids.lock` does not know the id `{id}`"),
                format!("add the line `\"{id}\",` to `live` in `ids.lock`, in its place by the alphabet"),
            );
        }
        errors.extend(place.errors);
    }
    let mut place = Place::new(&catalog.sources.lock);
    for (number, word) in live.iter().enumerate() {
        if live[..number].contains(word) {
            place.wrong(&word.span, format!("`{word}` is there already"), "keep one of the two");
        } else if number > 0 && live[number - 1].value > word.value {
            place.wrong(
                &word.span,
                format!("`{word}` is out of order"),
                "keep `live` sorted, so that two new cases meet in a merge only where they belong",
            );
        }
        if !is_there(&word.value) && !catalog.retired.contains_key(&word.value) {
            place.wrong(
                &word.span,
                format!("there is no case `{word}`"),
                "move it to a table `[[retired]]` with `id`, `reason` and, if there is one, `successor`",
            );
        }
        if catalog.retired.contains_key(&word.value) {
            place.wrong(&word.span, format!("`{word}` is live and retired"), "keep one of the two");
        }
    }
    for retired in catalog.retired.values() {
        if let Some(successor) = &retired.successor
            && !is_there(&successor.value)
            && !catalog.retired.contains_key(&successor.value)
        {
            place.unknown(successor, "case", catalog.cases.keys().map(String::as_str));
        }
        if retired.reason.trim().is_empty() {
            place.wrong(
                &retired.id.span,
                format!("`{}` is retired without a reason", retired.id),
                "say in one sentence why it went",
            );
        }
    }
    errors.extend(place.errors);
    errors
}

/// `ids.lock` as it should be: every id that was live or is a case, sorted, and the retired ones as they are.
pub fn lock_text(catalog: &Catalog) -> String {
    let mut ids: Vec<&str> = catalog
        .cases
        .keys()
        .map(String::as_str)
        .chain(catalog.sources.live.iter().map(Word::as_str))
        .filter(|id| !catalog.retired.contains_key(*id))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let mut text = String::from(
        "# Every id that a case or vector ever had. A new one adds its line; one that goes moves to a table `[[retired]]`.\nlive = [\n",
    );
    for id in ids {
        let _ = writeln!(text, "  \"{id}\",");
    }
    text.push_str("]\n");
    for retired in catalog.retired.values() {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let _ = write!(text, "\n[[retired]]\nid = {}\n", quoted(&retired.id.value));
        if let Some(successor) = &retired.successor {
            let _ = writeln!(text, "successor = {}", quoted(&successor.value));
        }
        let _ = writeln!(text, "reason = {}", quoted(&retired.reason));
    }
    text
}
