//! Stored findings put to a library, before anything is generated.

use std::sync::atomic::{AtomicBool, Ordering};

use scopecheck_scenarios::laws::{Broken, Law, Put};

use super::{
    Adapter, batch,
    law::{self, BATCH, Counterexample, Found, Kept, once, once_more},
};
use crate::findings::{FindingStore, Sighting, StoredInput};

/// How often an input is put whose answers are known to change.
pub(super) const TRIES_OF_A_FICKLE_ONE: u32 = 16;

/// What came of a law, and of its stored findings.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outcome {
    /// What came of the law.
    pub(super) found: Found,
    /// The stored findings that broke the law before and break it no longer.
    pub(super) fixed: Vec<String>,
}

/// What is told in the files of findings, beside the finding itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// The seed of the run.
    pub(super) seed: u64,
    /// How many inputs are generated for each law.
    pub(super) cases: u32,
}

/// Puts the stored inputs of a law, then generated ones unless a stored one has settled it; what is found is stored.
pub(super) fn search(
    law: &Law,
    adapter: &dyn Adapter,
    store: &FindingStore,
    setting: Setting,
    stop: &AtomicBool,
) -> Outcome {
    let Again { settled, mut fixed, refused } = put_stored(law, adapter, store, setting, stop);
    let found = settled.unwrap_or_else(|| {
        let mut found = law::search(law, adapter, setting.cases, setting.seed, stop);
        if let Found::Broken(example) = &mut found {
            example.kept = store.found(sighting(law, adapter, example, setting)).map(Kept::New);
        }
        found
    });
    // A refusal mends nothing where nothing at all is accepted.
    if matches!(found, Found::Held { answered: 1.., .. }) {
        for name in refused {
            store.no_longer_fails(&name);
            fixed.push(name);
        }
    }
    Outcome { found, fixed }
}

/// What came of the stored inputs of a law.
struct Again {
    /// What they settle about the law.
    settled: Option<Found>,
    /// Those that are fixed now.
    fixed: Vec<String>,
    /// Those that are refused now, which is a mend only where others are accepted.
    refused: Vec<String>,
}

/// Puts every stored input, so that each file says how things stand.
fn put_stored(
    law: &Law,
    adapter: &dyn Adapter,
    store: &FindingStore,
    setting: Setting,
    stop: &AtomicBool,
) -> Again {
    let (mut broken, mut silent) = (None, None);
    let (mut fixed, mut refused) = (Vec::new(), Vec::new());
    let mut more = 0;
    for stored in store.of_law(law.name).chunks(BATCH) {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let inputs: Vec<_> = stored.iter().map(|stored| stored.input.clone()).collect();
        for (stored, outcome) in stored.iter().zip(batch::put_all(law, adapter, &inputs)) {
            match patient(law, adapter, stored, outcome, stop) {
                Ok(Put::Answered | Put::Rejected) if stored.fixed => {}
                Ok(Put::Rejected) => refused.push(stored.name.clone()),
                Ok(Put::Answered) => {
                    store.no_longer_fails(&stored.name);
                    fixed.push(stored.name.clone());
                }
                Ok(Put::Unsupported { .. }) => {}
                Ok(Put::Silent { detail }) => {
                    let (input, name) = (stored.input.clone(), stored.name.clone());
                    silent.get_or_insert(Found::SilentAgain { detail, input, name });
                }
                Err(breach) => {
                    let example = once_more(law, adapter, stored.input.clone(), breach, 0);
                    store.still_fails(&stored.name, sighting(law, adapter, &example, setting));
                    if broken.is_some() {
                        more += 1;
                    } else {
                        broken = Some((example, stored.name.clone()));
                    }
                }
            }
        }
    }
    let broken = broken.map(|(example, name)| {
        Found::Broken(Box::new(Counterexample { kept: Some(Kept::Before { name, more }), ..example }))
    });
    Again { settled: broken.or(silent), fixed, refused }
}

/// An input whose answers are known to change is put again, until it breaks the law or has had its tries.
fn patient(
    law: &Law,
    adapter: &dyn Adapter,
    stored: &StoredInput,
    first: Result<Put, Broken>,
    stop: &AtomicBool,
) -> Result<Put, Broken> {
    let mut outcome = first;
    let tries = if stored.fickle { TRIES_OF_A_FICKLE_ONE } else { 1 };
    for _ in 1..tries {
        if !matches!(outcome, Ok(Put::Answered | Put::Rejected)) || stop.load(Ordering::Relaxed) {
            break;
        }
        outcome = once(law, adapter, &stored.input);
    }
    outcome
}

fn sighting<'a>(
    law: &'a Law,
    adapter: &'a dyn Adapter,
    example: &'a Counterexample,
    setting: Setting,
) -> Sighting<'a> {
    let hello = adapter.hello();
    Sighting {
        law: law.name,
        input: &example.input,
        broken: &example.broken,
        calls: &example.calls,
        fickle: example.fickle,
        library: &hello.name,
        version: &hello.version,
        language: hello.language.as_deref(),
        seed: setting.seed,
        cases: setting.cases,
    }
}
