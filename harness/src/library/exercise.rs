//! A library under test, as a run sees it: each instance is one vector or one law.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use scopecheck_reports::{Grade, StepNote};
use scopecheck_scenarios::{
    catalog::Catalog,
    laws::{self, Law},
    model::Vector,
};
use tokio::{task::spawn_blocking, time::timeout};

use super::{
    Adapter, dialect,
    law::{self, Found},
    protocol,
    result::{checked, note, notes, of_law, settle, with_fixed},
    stored::{self, Outcome, Setting},
    vector,
};
use crate::{
    engine::unexercised,
    findings::FindingStore,
    judge::Judged,
    plan::Instance,
    run::{Exercise, Work},
    system::Clock,
};

/// How many inputs are generated for each law.
pub const CASES: u32 = 1_000;

/// A library under test.
pub struct LibraryExercise<'a> {
    /// The library.
    pub adapter: Arc<dyn Adapter>,
    /// The table of the target, for the results.
    pub table: String,
    /// The catalogue.
    pub catalog: &'a Catalog,
    /// The profiles that are selected; the first one that a vector names says what is expected.
    pub profiles: &'a [String],
    /// The clock.
    pub clock: Clock,
    /// The seed of everything that is generated.
    pub seed: u64,
    /// How many inputs are generated for each law.
    pub cases: u32,
    /// How long an instance may take; what is not done by then is `blocked`.
    pub limit: Duration,
    /// The stored findings of the subject, which are put first and where new ones go; `None` stores nothing.
    pub findings: Option<Arc<FindingStore>>,
}

impl std::fmt::Debug for LibraryExercise<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LibraryExercise")
            .field("library", &self.adapter.hello().name)
            .field("table", &self.table)
            .finish_non_exhaustive()
    }
}

impl Exercise for LibraryExercise<'_> {
    fn table(&self) -> &str {
        &self.table
    }

    fn exercise<'a>(&'a self, instance: &'a Instance<'a>, rerun: String) -> Work<'a> {
        Box::pin(async move {
            let began = self.clock.elapsed_ms();
            let started = self.clock.now();
            let mut result = unexercised(instance, &self.table, rerun, Grade::NotApplicable, "", started);
            let (judged, steps) = self.judged(instance).await;
            let checks = &instance.loaded.case.checks;
            let checks =
                checks.iter().map(|check| checked(self.catalog, instance, check, judged.clone())).collect();
            settle(&mut result, checks, steps);
            result.duration_ms = self.clock.elapsed_ms().saturating_sub(began);
            result
        })
    }
}

impl LibraryExercise<'_> {
    /// Makes every vector's call and leaves the answers unread. Cases of the protocol judge a conversation, so where they alone are selected, one has
    /// to be held first.
    pub async fn converse(&self) {
        let calls = protocol::conversation(self.adapter.hello(), self.catalog);
        let adapter = Arc::clone(&self.adapter);
        // What goes wrong in it is a breach, which the cases of the protocol will tell.
        let _ = spawn_blocking(move || adapter.call_all(&calls)).await;
    }

    async fn judged(&self, instance: &Instance<'_>) -> (Judged, Vec<StepNote>) {
        let case = &instance.loaded.case;
        if let Some(vector) = &case.vector {
            return self.vector(vector).await;
        }
        let named = case.law.as_ref().map_or("", |law| law.as_str());
        if let Some(law) = laws::find(named) {
            return self.law(law).await;
        }
        if let Some(rule) = &case.protocol {
            let adapter = Arc::clone(&self.adapter);
            let Ok(conduct) = spawn_blocking(move || adapter.conduct()).await else {
                return (Judged::plain(Grade::Error, "the conversation was not ended"), Vec::new());
            };
            return protocol::judge(rule.as_str(), conduct.as_ref());
        }
        if let Some(point) = &case.dialect {
            return (dialect::judge(point.as_str(), self.adapter.hello()), Vec::new());
        }
        let why = format!("the case is nothing that a library can be put to (law `{named}`)");
        (Judged::plain(Grade::Error, why), Vec::new())
    }

    async fn vector(&self, vector: &Vector) -> (Judged, Vec<StepNote>) {
        let hello = self.adapter.hello();
        if let Some(why) = vector::spared(vector, self.profiles, hello) {
            return (Judged::plain(Grade::NotApplicable, why), Vec::new());
        }
        let adapter = Arc::clone(&self.adapter);
        let (op, input) = (vector.op.value.clone(), vector.input.text().to_owned());
        let call = spawn_blocking(move || adapter.call(&op, &input));
        let reply = match timeout(self.limit, call).await {
            Ok(Ok(reply)) => reply,
            Ok(Err(_)) => {
                return (Judged::plain(Grade::Error, "the call was not brought to its end"), Vec::new());
            }
            Err(_late) => {
                let why = format!("no answer within {} s", self.limit.as_secs());
                return (Judged::plain(Grade::Blocked, why), Vec::new());
            }
        };
        let judged = vector::judge(vector, self.profiles, &hello.semantics, &reply);
        (judged, vec![note("call".to_owned(), vector.op.as_str(), vector.input.text(), &reply)])
    }

    async fn law(&self, law: &'static Law) -> (Judged, Vec<StepNote>) {
        let hello = self.adapter.hello();
        if let Some(why) = law::spared(law, hello) {
            return (Judged::plain(Grade::NotApplicable, why), Vec::new());
        }
        let stop = Stop(Arc::default());
        let (adapter, told) = (Arc::clone(&self.adapter), Arc::clone(&stop.0));
        let setting = Setting { cases: self.cases, seed: self.seed };
        let findings = self.findings.clone();
        let mut search = spawn_blocking(move || match findings {
            Some(store) => stored::search(law, adapter.as_ref(), &store, setting, &told),
            None => Outcome {
                found: law::search(law, adapter.as_ref(), setting.cases, setting.seed, &told),
                fixed: Vec::new(),
            },
        });
        let outcome = match timeout(self.limit, &mut search).await {
            Ok(outcome) => outcome,
            Err(_late) => {
                stop.0.store(true, Ordering::Relaxed);
                search.await
            }
        };
        let Ok(Outcome { found, fixed }) = outcome else {
            return (Judged::plain(Grade::Error, "the law was not judged to its end"), Vec::new());
        };
        let steps = match &found {
            Found::Broken(example) => notes(example),
            _ => Vec::new(),
        };
        (with_fixed(of_law(law, &found, self.cases, &hello.semantics), &fixed), steps)
    }
}

/// Ends a search that nobody waits for any more.
struct Stop(Arc<AtomicBool>);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
