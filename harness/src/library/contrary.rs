//! A library that answers every vector wrongly, to show that each of them can turn red.

use std::collections::{BTreeSet, HashMap};

use scopecheck_scenarios::{
    catalog::Catalog, laws::Reply, model::Vector, operations::OPERATIONS, protocol::POINTS,
};
use serde_json::{Value, json};

use super::{Adapter, Hello, vector};

/// Answers with what a vector names as wrong, and with an answer that says nothing where it names none.
#[derive(Debug)]
pub struct Contrary {
    hello: Hello,
    /// What is named as wrong, by operation and input.
    wrong: HashMap<(String, String), Value>,
}

impl Contrary {
    /// The libraries that together contradict the whole catalogue. There is more than one, for several vectors may make the same call and
    /// name different answers as wrong.
    pub fn all(catalog: &Catalog) -> Vec<Self> {
        let vectors = || catalog.cases.values().filter_map(|loaded| loaded.case.vector.as_ref());
        let offered = OPERATIONS.iter().map(|operation| operation.word);
        let operations: BTreeSet<&str> = offered.chain(vectors().map(|vector| vector.op.as_str())).collect();
        let hello = Hello {
            name: "contrary".to_owned(),
            operations: operations.into_iter().map(str::to_owned).collect(),
            ..Hello::default()
        };
        // Some laws and vectors hold of a dialect only, so some of them declare it.
        let joined = |matching| [("grant", "joined"), ("plan", "two"), ("matching", matching)];
        let dialects = ["exact", "hierarchic", "wildcard"]
            .map(|matching| Hello { semantics: joined(matching).into_iter().collect(), ..hello.clone() });
        let libraries = std::iter::once(hello.clone()).chain(dialects);
        let mut all: Vec<Self> = libraries.map(|hello| Self { hello, wrong: HashMap::new() }).collect();
        for (vector, (call, wrong)) in vectors().filter_map(|vector| Some((vector, named_wrong(vector)?))) {
            let applies = |library: &&mut Self| {
                vector::spared(vector, &[], &library.hello).is_none() && !library.wrong.contains_key(&call)
            };
            match all.iter_mut().find(applies) {
                Some(library) => {
                    library.wrong.insert(call, wrong);
                }
                None => all.push(Self { hello: hello.clone(), wrong: HashMap::from([(call, wrong)]) }),
            }
        }
        all
    }

    /// A library that declares a value other than the strict one wherever that costs a warning.
    pub fn deviating() -> Self {
        let deviations =
            POINTS.iter().filter_map(|point| Some((point.word, point.deviations.first()?.value)));
        let hello = Hello {
            name: "contrary".to_owned(),
            operations: OPERATIONS.iter().map(|operation| operation.word.to_owned()).collect(),
            semantics: deviations.collect(),
            ..Hello::default()
        };
        Self { hello, wrong: HashMap::new() }
    }
}

/// The call of a vector and the first answer that it names as wrong.
fn named_wrong(vector: &Vector) -> Option<((String, String), Value)> {
    let wrong = vector.not_ok.0.first()?.value()?;
    Some(((vector.op.value.clone(), vector.input.text().to_owned()), wrong))
}

impl Adapter for Contrary {
    fn hello(&self) -> &Hello {
        &self.hello
    }

    fn call(&self, op: &str, input: &str) -> Reply {
        let wrong = self.wrong.get(&(op.to_owned(), input.to_owned()));
        Reply::Ok(wrong.cloned().unwrap_or_else(|| json!({})))
    }
}
