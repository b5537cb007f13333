//! A law put to a library: inputs are generated until one breaks it, and that one is made as small as it gets.

use std::sync::atomic::{AtomicBool, Ordering};

use proptest::{
    strategy::{Strategy as _, ValueTree},
    test_runner::{Config, RngAlgorithm, RngSeed, TestRunner, noop_result_cache},
};
use scopecheck_scenarios::{
    laws::{self, Broken, Call, Law, Put, Reply, put},
    model::Case,
};
use serde_json::Value;

use super::{Adapter, Hello, Semantics, batch, rename};
use crate::system::Dice;

/// How many smaller inputs are tried once one has broken a law. The bound is a number and no time, so that the same seed ends in the same input.
const SHRINKS: u32 = 4_096;

/// How many inputs are put together, so that their calls can be in flight at once.
pub(super) const BATCH: usize = 64;

/// After so many inputs that are not supported, and none that is, a library is taken not to do this.
const AT_LEAST: u32 = 64;

/// What came of a law.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Found {
    /// No input broke it.
    Held {
        /// How many inputs were tried.
        tried: u32,
        /// How many of them were answered, and not only refused.
        answered: u32,
        /// How many of them the library does not do.
        unsupported: u32,
    },
    /// An input breaks it.
    Broken(Box<Counterexample>),
    /// The library does not do this.
    Unsupported(String),
    /// A call was not answered, so nothing is known.
    Silent {
        /// Why not.
        detail: String,
        /// The input of the law.
        input: Value,
        /// Which input it was, from 1.
        tried: u32,
    },
    /// A stored input, which broke the law before, was not answered.
    SilentAgain {
        /// Why not.
        detail: String,
        /// The input of the law.
        input: Value,
        /// The name of its finding.
        name: String,
    },
    /// No input could be generated: a mistake of ours.
    Ungenerated(String),
}

/// An input that breaks a law, as small as it gets.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Counterexample {
    /// The input of the law.
    pub(super) input: Value,
    /// What the law demands, and what was found.
    pub(super) broken: Broken,
    /// The calls that were made once more for this input, with their replies.
    pub(super) calls: Vec<(Call, Reply)>,
    /// How many inputs were tried until one broke the law.
    pub(super) tried: u32,
    /// Whether the law held when the same input was put once more.
    pub(super) fickle: bool,
    /// The finding that holds it; `None` where nothing is stored.
    pub(super) kept: Option<Kept>,
}

/// The finding that holds a counterexample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kept {
    /// It was found by this run, and is stored under this name.
    New(String),
    /// It was stored before.
    Before {
        /// Its name.
        name: String,
        /// How many other stored findings of the law still break it.
        more: usize,
    },
}

/// Why a law does not apply to a library; `None` where it does.
pub(super) fn spared(law: &Law, hello: &Hello) -> Option<String> {
    if let Some(missing) = law.ops.iter().find(|op| !hello.offers(op)) {
        return Some(format!("the library does not offer `{missing}`"));
    }
    hello.semantics.differs(law.under.iter().copied())
}

/// Whether a case is a law of this very dialect: the strict library is not held to it, and this one is.
pub fn is_of_dialect(case: &Case, semantics: &Semantics) -> bool {
    let law = case.law.as_ref().and_then(|name| laws::find(name.as_str()));
    law.is_some_and(|law| {
        let under = || law.under.iter().copied();
        Semantics::default().differs(under()).is_some() && semantics.differs(under()).is_none()
    })
}

/// Puts a law to a library with so many generated inputs. Once `stop` is set, what is known by then is the answer.
pub(super) fn search(law: &Law, adapter: &dyn Adapter, cases: u32, seed: u64, stop: &AtomicBool) -> Found {
    let strategy = (law.input)();
    let mut runner = TestRunner::new(config(cases, Dice::new(seed, law.name).number()));
    let (mut tried, mut answered, mut unsupported) = (0, 0, 0);
    let mut reason = String::new();
    while tried < cases && !stop.load(Ordering::Relaxed) {
        let mut trees = Vec::with_capacity(BATCH);
        while trees.len() < BATCH && u32::try_from(trees.len()).is_ok_and(|more| tried + more < cases) {
            match strategy.new_tree(&mut runner) {
                Ok(tree) => trees.push(tree),
                Err(reason) => return Found::Ungenerated(reason.to_string()),
            }
        }
        let inputs: Vec<Value> = trees.iter().map(ValueTree::current).collect();
        let outcomes = batch::put_all(law, adapter, &inputs);
        for ((mut tree, input), outcome) in trees.into_iter().zip(inputs).zip(outcomes) {
            tried += 1;
            match outcome {
                Ok(Put::Answered) => answered += 1,
                Ok(Put::Rejected) => {}
                Ok(Put::Unsupported { reason: why }) => {
                    unsupported += 1;
                    if reason.is_empty() {
                        reason = why;
                    }
                    // A library that has answered nothing so far does not do this at all.
                    if answered == 0 && unsupported == tried && unsupported >= AT_LEAST {
                        return Found::Unsupported(reason);
                    }
                }
                Ok(Put::Silent { detail }) => return Found::Silent { detail, input, tried },
                Err(broken) => {
                    let (input, broken) = shrunk(law, adapter, &mut tree, (input, broken), stop);
                    return Found::Broken(Box::new(once_more(law, adapter, input, broken, tried)));
                }
            }
        }
    }
    if answered == 0 && unsupported > 0 {
        return Found::Unsupported(reason);
    }
    Found::Held { tried, answered, unsupported }
}

/// Puts one input, and judges it.
pub(super) fn once(law: &Law, adapter: &dyn Adapter, input: &Value) -> Result<Put, Broken> {
    put(law, input, &mut |call| adapter.call(call.op, &call.input.to_string()))
}

/// Goes to simpler inputs as long as they break the law, and back a step where they do not.
fn shrunk(
    law: &Law,
    adapter: &dyn Adapter,
    tree: &mut dyn ValueTree<Value = Value>,
    first: (Value, Broken),
    stop: &AtomicBool,
) -> (Value, Broken) {
    let mut smallest = first;
    let mut moved = tree.simplify();
    for _ in 0..SHRINKS {
        if !moved || stop.load(Ordering::Relaxed) {
            break;
        }
        let input = tree.current();
        moved = match once(law, adapter, &input) {
            Err(broken) => {
                smallest = (input, broken);
                tree.simplify()
            }
            Ok(_) => tree.complicate(),
        };
    }
    // Each name is tried once in each round, and every round that goes on has one long name less.
    while !stop.load(Ordering::Relaxed) {
        let simpler = rename::simpler(&smallest.0);
        let broken = simpler.into_iter().find_map(|input| Some((once(law, adapter, &input).err()?, input)));
        let Some((broken, input)) = broken else { break };
        smallest = (input, broken);
    }
    smallest
}

/// Puts the input a last time, to show the calls and to see whether the library is of one mind.
pub(super) fn once_more(
    law: &Law,
    adapter: &dyn Adapter,
    input: Value,
    broken: Broken,
    tried: u32,
) -> Counterexample {
    let mut calls = Vec::new();
    let again = put(law, &input, &mut |call| {
        let reply = adapter.call(call.op, &call.input.to_string());
        calls.push((call.clone(), reply.clone()));
        reply
    });
    Counterexample {
        input,
        broken,
        calls,
        tried,
        fickle: matches!(again, Ok(Put::Answered | Put::Rejected)),
        kept: None,
    }
}

/// Every setting is named, so that nothing comes from the environment or from a file.
fn config(cases: u32, seed: u64) -> Config {
    Config {
        cases,
        max_local_rejects: 65_536,
        max_global_rejects: 1_024,
        max_flat_map_regens: 1_000_000,
        failure_persistence: None,
        source_file: None,
        test_name: None,
        max_shrink_time: 0,
        max_shrink_iters: SHRINKS,
        max_default_size_range: 100,
        result_cache: noop_result_cache,
        verbose: 0,
        rng_algorithm: RngAlgorithm::ChaCha,
        rng_seed: RngSeed::Fixed(seed),
        _non_exhaustive: (),
    }
}
