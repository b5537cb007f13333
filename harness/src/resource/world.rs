//! The prepared subject: the resource server, and the issuer that it trusts.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use thiserror::Error;

use super::{Issuer, IssuerError, ResourceSetup};
use crate::{
    plan::Bindings,
    wire::{Wire, WireError},
};

/// Why a resource server cannot be put to a test.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ResourceError {
    /// There is no issuer.
    #[error(transparent)]
    Issuer(#[from] IssuerError),
    /// There is no HTTP client.
    #[error(transparent)]
    Wire(#[from] WireError),
    /// The embedded resource server did not start.
    #[error(transparent)]
    Start(#[from] scopecheck_reference::resource::StartError),
}

/// The prepared subject of a run.
#[derive(Debug)]
pub struct ResourceWorld {
    /// What was known before.
    pub setup: ResourceSetup,
    /// The client of the run.
    pub wire: Wire,
    /// Who makes the tokens.
    pub issuer: Issuer,
    /// What the resource server can do, by the words of the vocabulary.
    pub capabilities: BTreeMap<&'static str, bool>,
    /// What the operations demand; `row` and `random` are set for each instance.
    pub bindings: Bindings,
    /// The seed of the run.
    pub seed: u64,
}

impl ResourceWorld {
    /// Puts a world together; nobody is contacted.
    pub fn new(setup: ResourceSetup, wire: Wire, issuer: Issuer, seed: u64) -> Self {
        let known: HashSet<String> =
            setup.operations.iter().flat_map(|operation| operation.requires.iter().cloned()).collect();
        let bindings = Bindings {
            operations: setup.operations.iter().map(super::Operation::demanded).collect(),
            known: Arc::new(known),
            ..Bindings::default()
        };
        Self { capabilities: setup.known_capabilities(), setup, wire, issuer, bindings, seed }
    }
}
