//! Faults of the library, the resource server and the client: each is run with a fault, under the profile that the fault is of.

use std::collections::BTreeMap;

use scopecheck_reference::faults::{Fault, FaultInfo, FaultProfile, Role};
use scopecheck_scenarios::catalog::Catalog;

use super::{Killed, Verdicts, killed};
use crate::{client::verdicts_client, library::verdicts_library, resource::verdicts_resource};

/// The profiles under which a role is run. The others have no fault of their own; what they expect of a library is tried by the tests of the
/// reference implementation.
const PROFILES: [(Role, FaultProfile); 4] = [
    (Role::Library, FaultProfile::Standard),
    (Role::Library, FaultProfile::CliEngine),
    (Role::Resource, FaultProfile::Standard),
    (Role::Client, FaultProfile::Standard),
];

/// The part of the matrix that is not the server's.
pub(super) struct Others<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) seed: u64,
    pub(super) jobs: usize,
    /// The verdicts without a fault, by role and profile.
    pub(super) honest: BTreeMap<String, Verdicts>,
}

impl Others<'_> {
    /// Runs every role without a fault, and hands over each answer with its name.
    pub(super) async fn learn_honest(&mut self, mut kept: impl FnMut(Result<&Verdicts, String>, &str)) {
        for (role, profile) in PROFILES {
            let name = name(role, profile);
            match self.verdicts(role, profile, None).await {
                Ok(verdicts) => {
                    kept(Ok(&verdicts), &name);
                    self.honest.insert(name, verdicts);
                }
                Err(why) => kept(Err(why), &name),
            }
        }
    }

    /// What a fault turns red.
    pub(super) async fn kill(&self, info: &'static FaultInfo) -> Result<Killed, String> {
        let verdicts = self.verdicts(info.role, info.profile, Some(info.fault)).await?;
        Ok(killed(info, verdicts, self.honest.get(&name(info.role, info.profile))))
    }

    async fn verdicts(
        &self,
        role: Role,
        profile: FaultProfile,
        fault: Option<Fault>,
    ) -> Result<Verdicts, String> {
        match role {
            Role::Library => verdicts_library(self.catalog, profile, fault, self.seed).await,
            Role::Resource => verdicts_resource(self.catalog, fault, self.seed).await,
            Role::Client => verdicts_client(self.catalog, fault, self.seed, self.jobs).await,
            Role::Server => Ok(Verdicts::new()),
        }
    }
}

fn name(role: Role, profile: FaultProfile) -> String {
    format!("{role}, {profile}")
}
