//! Faults of the authorization server: the embedded server is started with a fault, and every case is put to it.

use std::collections::BTreeMap;

use scopecheck_reference::faults::{Fault, FaultInfo, FaultProfile};
use scopecheck_scenarios::{
    catalog::Catalog,
    model::{Case, Subject},
};

use super::{Killed, Verdicts, killed, merge, tried};
use crate::{
    engine::Run,
    run::{Counters, EmbeddedStarter, ServerExercise, start_embedded, table_of},
    subject::{Setup, World},
    system::Clock,
    wire::{Wire, WireLimits},
};

/// How long an instance of the matrix may take: the subjects are our own.
const LIMIT: std::time::Duration = std::time::Duration::from_mins(1);

/// How a server is described to the suite; the second way knows more of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum View {
    Bare,
    Table,
}

/// Makes the description of a started table.
pub type Describe<'a> = &'a (dyn Fn(&str, &str) -> Result<Setup, String> + Sync);

/// The profiles under which the server is run.
pub(super) const PROFILES: [FaultProfile; 2] = [FaultProfile::Standard, FaultProfile::Toolhive];

/// Faults of profile `standard` have to show to somebody who knows nothing but the issuer; a table of the target knows more.
pub(super) fn views(profile: FaultProfile) -> &'static [View] {
    if profile == FaultProfile::Standard { &[View::Bare, View::Table] } else { &[View::Table] }
}

/// The verdicts on the server without a fault, by profile and view.
pub(super) type Honest = BTreeMap<(String, View), Verdicts>;

/// The server's part of the matrix.
pub(super) struct Trial<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) describe: Describe<'a>,
    pub(super) seed: u64,
    pub(super) jobs: usize,
}

impl Trial<'_> {
    /// What a fault turns red. The first view gives the word: what a bare issuer shows.
    pub(super) async fn kill(&self, info: &'static FaultInfo, honest: &Honest) -> Killed {
        let mut whole: Option<Killed> = None;
        for view in views(info.profile) {
            // A fault may keep the server from starting, or from being found: nothing is proven then, and the word has to say so.
            let verdicts = self.verdicts(info.profile, *view, Some(info.fault)).await.unwrap_or_default();
            let seen = killed(info, verdicts, honest.get(&(info.profile.to_string(), *view)));
            match &mut whole {
                None => whole = Some(seen),
                Some(whole) => {
                    seen.red.iter().for_each(|(check, grade)| merge(&mut whole.red, check, *grade));
                }
            }
        }
        whole.unwrap_or_else(|| killed(info, Verdicts::new(), None))
    }

    /// The verdicts on a server under this profile and view, with this fault.
    pub(super) async fn verdicts(
        &self,
        profile: FaultProfile,
        view: View,
        fault: Option<Fault>,
    ) -> Result<Verdicts, String> {
        let Some(table) = table_of(profile) else { return Ok(Verdicts::new()) };
        let faults: Vec<Fault> = fault.into_iter().collect();
        let server = start_embedded(table, &faults).await.map_err(|error| error.to_string())?;
        let setup = match view {
            View::Bare => {
                Setup { issuer: server.issuer().to_owned(), table: table.to_owned(), ..Setup::default() }
            }
            View::Table => Setup {
                starter: EmbeddedStarter::of(table, &faults),
                ..(self.describe)(table, server.issuer())?
            },
        };
        let world = self.world(setup).await?;
        // Counter-cases need the same fault off the table as on it; they are proven by the scripts and the embedded run.
        let counters = Counters::default();
        let clock = Clock::default();
        let run = Run { world: &world, catalog: self.catalog, clock, hook: None, limit: LIMIT };
        let subject = ServerExercise { run, counters: &counters };
        let selected =
            |case: &Case| case.subject == Subject::Server && selected(case, profile, &world.profiles);
        let verdicts = tried(&subject, self.catalog, selected, clock, self.jobs).await;
        server.shutdown().await;
        Ok(verdicts)
    }

    async fn world(&self, setup: Setup) -> Result<World, String> {
        let wire = Wire::new(WireLimits::default(), None, true).map_err(|error| error.to_string())?;
        World::prepare(setup, wire, self.seed).await.map_err(|error| error.to_string())
    }
}

/// The cases of everybody are run against profile `standard`, those of a system against its own profile.
fn selected(case: &Case, profile: FaultProfile, profiles: &[String]) -> bool {
    if case.profiles.is_empty() {
        return profile == FaultProfile::Standard;
    }
    case.profiles.iter().any(|profile| profiles.contains(&profile.value))
}
