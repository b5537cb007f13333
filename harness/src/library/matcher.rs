//! The matching strategies of the reference as libraries of their own, in this process: each offers `covers` and declares how it matches.

use scopecheck_reference::matching::{Strategy, missing_under};
use scopecheck_scenarios::laws::Reply;
use serde::Deserialize;
use serde_json::json;

use super::{Adapter, Hello};

/// A library that matches by one strategy.
#[derive(Debug)]
pub(super) struct Matcher {
    strategy: Strategy,
    hello: Hello,
}

/// The input of `covers`.
#[derive(Debug, Deserialize)]
struct Covers {
    granted: Vec<String>,
    required: Vec<String>,
}

impl Matcher {
    /// The strategies that a library has to declare.
    pub(super) fn all() -> [Self; 2] {
        [Strategy::Hierarchic, Strategy::Wildcard].map(|strategy| Self {
            strategy,
            hello: Hello {
                name: format!("reference, {strategy}"),
                operations: ["covers".to_owned()].into(),
                semantics: [("matching", strategy.to_string().as_str())].into_iter().collect(),
                ..Hello::default()
            },
        })
    }
}

impl Adapter for Matcher {
    fn hello(&self) -> &Hello {
        &self.hello
    }

    fn call(&self, _op: &str, input: &str) -> Reply {
        match serde_json::from_str::<Covers>(input) {
            Ok(Covers { granted, required }) => {
                let missing = missing_under(self.strategy, &granted, &required);
                Reply::Ok(json!({ "covered": missing.is_empty(), "missing": missing }))
            }
            Err(error) => Reply::Rejected { kind: "malformed".to_owned(), message: error.to_string() },
        }
    }
}
