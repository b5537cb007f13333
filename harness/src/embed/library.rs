//! A library as closures, one for each operation.

use std::{collections::BTreeMap, fmt, sync::Arc};

use scopecheck_scenarios::laws::Reply;
use serde_json::Value;

use super::{Input, Refusal, mistakes};
use crate::library::{Adapter, Hello, Semantics};

type Operation = dyn Fn(&Input) -> Result<Value, Refusal> + Send + Sync;

/// A library under test: its name, its dialect, and a closure for each operation that it offers.
#[derive(Clone)]
pub struct Library {
    hello: Hello,
    declared: BTreeMap<String, String>,
    operations: BTreeMap<String, Arc<Operation>>,
    mistakes: Vec<String>,
}

impl Library {
    /// A library that offers nothing yet.
    pub fn named(name: impl Into<String>, version: impl Into<String>) -> Self {
        let hello = Hello { name: name.into(), version: version.into(), ..Hello::default() };
        Self { hello, declared: BTreeMap::new(), operations: BTreeMap::new(), mistakes: Vec::new() }
    }

    /// Offers an operation of [`super::OPERATIONS`]. The closure answers with a JSON object, or says why not.
    #[must_use]
    pub fn op(
        mut self,
        name: &str,
        operation: impl Fn(&Input) -> Result<Value, Refusal> + Send + Sync + 'static,
    ) -> Self {
        self.mistakes.extend(mistakes::of_operation(name));
        if self.operations.insert(name.to_owned(), Arc::new(operation)).is_some() {
            self.mistakes.push(format!("`{name}` is offered twice\nhelp: leave one of the closures"));
        } else {
            self.hello.operations.push(name.to_owned());
        }
        self
    }

    /// Declares a choice of the library's dialect: a point of [`super::SEMANTICS`] and one of its values. What is not declared is held to
    /// the first value of its point.
    #[must_use]
    pub fn declares(mut self, point: &str, value: &str) -> Self {
        self.mistakes.extend(mistakes::of_semantics(point, value));
        self.declared.insert(point.to_owned(), value.to_owned());
        self.hello.semantics = self.declared.clone().into_iter().collect::<Semantics>();
        self
    }

    /// What was said of the library that cannot be meant.
    pub(super) fn mistakes(&self) -> &[String] {
        &self.mistakes
    }
}

impl Adapter for Library {
    fn hello(&self) -> &Hello {
        &self.hello
    }

    fn call(&self, op: &str, input: &str) -> Reply {
        let Some(operation) = self.operations.get(op) else {
            return Reply::Unsupported { reason: format!("the library does not offer `{op}`") };
        };
        match Input::read(op, input).and_then(|input| operation(&input)) {
            Ok(answer) => Reply::Ok(answer),
            Err(refusal) => refusal.reply(),
        }
    }
}

impl fmt::Debug for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Library").field("hello", &self.hello).finish_non_exhaustive()
    }
}
