//! The reference library, in this process.

use std::panic::{AssertUnwindSafe, catch_unwind};

use scopecheck_reference::{
    faults::{Fault, FaultProfile},
    library::{self, Library, LibraryProfile},
};
use scopecheck_scenarios::laws::Reply;

use super::{Adapter, Hello, Semantics};

/// The reference library.
#[derive(Debug)]
pub struct Embedded {
    library: Library,
    hello: Hello,
}

impl Embedded {
    /// The library under a profile, with these faults; `None` for a profile that no library has.
    pub fn new(profile: FaultProfile, faults: Vec<Fault>) -> Option<Self> {
        let library = Library::new(library_profile(profile)?, faults.into_iter().collect());
        let hello = Hello {
            name: "reference".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            // Those that only our own vectors know are offered here as well.
            operations: library
                .operations()
                .iter()
                .chain(library.further_operations())
                .map(|op| (*op).to_owned())
                .collect(),
            language: Some("rust".to_owned()),
            semantics: Semantics::read(&library.semantics()),
            max_in_flight: 0,
        };
        Some(Self { library, hello })
    }
}

/// The profile of the library that shows faults of this profile.
pub fn library_profile(profile: FaultProfile) -> Option<LibraryProfile> {
    match profile {
        FaultProfile::Standard => Some(LibraryProfile::Standard),
        FaultProfile::Toolhive => Some(LibraryProfile::Toolhive),
        FaultProfile::CliEngine => Some(LibraryProfile::CliEngine),
        FaultProfile::Mcp => None,
    }
}

impl Adapter for Embedded {
    fn hello(&self) -> &Hello {
        &self.hello
    }

    fn call(&self, op: &str, input: &str) -> Reply {
        // The library keeps nothing between two calls, so a panic leaves nothing half-done behind.
        match catch_unwind(AssertUnwindSafe(|| self.library.answer(op, input))) {
            Ok(library::Reply::Ok(answer)) => Reply::Ok(answer),
            Ok(library::Reply::Rejected { kind, message }) => {
                Reply::Rejected { kind: kind.to_owned(), message }
            }
            Ok(library::Reply::Unsupported { reason }) => Reply::Unsupported { reason },
            Ok(library::Reply::Crashed { detail }) => Reply::Crashed { detail },
            Err(_) => Reply::Crashed { detail: "it panicked".to_owned() },
        }
    }
}
