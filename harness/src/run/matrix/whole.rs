//! The kill matrix: every fault of the reference implementation against every check, and every script of a case.

use std::collections::{BTreeMap, BTreeSet};

use scopecheck_reference::faults::{Fault, FaultInfo, FaultProfile, Role, Standing};
use scopecheck_reports::Grade;
use scopecheck_scenarios::{
    catalog::Catalog,
    model::{Case, Check, GradeWord, Subject},
};

use super::{Counters, Drive, DriveOptions, start_embedded, table_of};
use crate::{
    engine::Run,
    plan::{Instance, RowChoice, expand},
    script::{Proof, Stage, prove},
    subject::{Setup, World},
    system::Clock,
    wire::{Wire, WireLimits},
};

/// How long an instance of the matrix may take: the subjects are our own.
const LIMIT: std::time::Duration = std::time::Duration::from_mins(1);

/// What the checks of one run ended in, by `case#slug`: the worst over rows and variants.
pub type Verdicts = BTreeMap<String, Grade>;

/// What a fault turned red.
#[derive(Debug, Clone)]
pub struct Killed {
    /// The fault.
    pub info: &'static FaultInfo,
    /// What was seen.
    pub seen: Standing,
    /// The checks that failed or warned and do not without the fault.
    pub red: Verdicts,
}

/// The whole matrix.
#[derive(Debug, Clone, Default)]
pub struct Matrix {
    /// The verdicts without any fault.
    pub honest: Verdicts,
    /// One row for each fault that was run.
    pub faults: Vec<Killed>,
    /// One row for each script.
    pub scripts: Vec<Proof>,
    /// What is wrong with the suite, a line each.
    pub problems: Vec<String>,
}

/// How a server is described to the suite; the second way knows more of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Bare,
    Table,
}

/// Makes the description of a started table.
pub type Describe<'a> = &'a (dyn Fn(&str, &str) -> Result<Setup, String> + Sync);

/// Runs the matrix over these faults. `whole` means that nothing was left out, so that unproven checks are problems.
pub async fn matrix(
    catalog: &Catalog,
    faults: &[&'static FaultInfo],
    whole: bool,
    describe: Describe<'_>,
    seed: u64,
    jobs: usize,
) -> Matrix {
    let mut matrix = Matrix::default();
    let trial = Trial { catalog, describe, seed, jobs };
    let mut honest: BTreeMap<(FaultProfile, bool), Verdicts> = BTreeMap::new();
    for profile in [FaultProfile::Standard, FaultProfile::Toolhive] {
        for view in views(profile) {
            match trial.verdicts(profile, *view, None).await {
                Ok(verdicts) => {
                    for (check, grade) in &verdicts {
                        if !matches!(grade, Grade::Pass | Grade::Observed | Grade::NotApplicable) {
                            matrix.problems.push(format!(
                                "without a fault, `{check}` ends as `{grade}` ({profile}, {view:?})"
                            ));
                        }
                        merge(&mut matrix.honest, check, *grade);
                    }
                    honest.insert((profile, *view == View::Bare), verdicts);
                }
                Err(why) => matrix.problems.push(why),
            }
        }
    }
    for info in faults {
        let killed = trial.kill(info, &honest).await;
        match killed {
            Err(why) => matrix.problems.push(format!("fault `{}`: {why}", info.name)),
            Ok(killed) => {
                if killed.seen != info.standing {
                    matrix.problems.push(format!(
                        "fault `{}` is listed as `{}` but is `{}`",
                        info.name, info.standing, killed.seen
                    ));
                }
                matrix.faults.push(killed);
            }
        }
    }
    matrix.scripts = scripts(catalog, seed).await;
    for proof in &matrix.scripts {
        matrix
            .problems
            .extend(proof.problems.iter().map(|problem| format!("script {}: {problem}", proof.name)));
    }
    if whole {
        let unproven = unproven(catalog, &matrix);
        matrix.problems.extend(unproven);
    }
    matrix
}

async fn scripts(catalog: &Catalog, seed: u64) -> Vec<Proof> {
    let stage = Stage::open().await;
    let mut proofs = Vec::new();
    for loaded in catalog.cases.values().filter(|loaded| loaded.case.subject == Subject::Server) {
        proofs.extend(prove(catalog, loaded, &stage, seed).await);
    }
    stage.close().await;
    proofs
}

/// Faults of profile `standard` have to show to somebody who knows nothing but the issuer; a table of the target knows more.
fn views(profile: FaultProfile) -> &'static [View] {
    if profile == FaultProfile::Standard { &[View::Bare, View::Table] } else { &[View::Table] }
}

struct Trial<'a> {
    catalog: &'a Catalog,
    describe: Describe<'a>,
    seed: u64,
    jobs: usize,
}

impl Trial<'_> {
    async fn kill(
        &self,
        info: &'static FaultInfo,
        honest: &BTreeMap<(FaultProfile, bool), Verdicts>,
    ) -> Result<Killed, String> {
        let mut red = Verdicts::new();
        let mut seen = Standing::Planned;
        if info.role == Role::Server {
            for (number, view) in views(info.profile).iter().enumerate() {
                // A fault may keep the server from starting, or from being found: nothing is proven then, and the word has to say so.
                let Ok(verdicts) = self.verdicts(info.profile, *view, Some(info.fault)).await else {
                    continue;
                };
                let before = honest.get(&(info.profile, *view == View::Bare));
                let mut worst = Standing::Planned;
                for (check, grade) in verdicts {
                    let was = before.and_then(|before| before.get(&check));
                    if matches!(grade, Grade::Fail | Grade::Warn) && was != Some(&grade) {
                        worst = match (grade, worst) {
                            (Grade::Fail, _) | (_, Standing::Proven) => Standing::Proven,
                            _ => Standing::Warned,
                        };
                        merge(&mut red, &check, grade);
                    }
                }
                // The first view gives the word: what a bare issuer shows.
                if number == 0 {
                    seen = worst;
                }
            }
        }
        Ok(Killed { info, seen, red })
    }

    async fn verdicts(
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
            View::Table => (self.describe)(table, server.issuer())?,
        };
        let world = self.world(setup).await?;
        let mut plan: Vec<Instance<'_>> = self
            .catalog
            .cases
            .values()
            .filter(|loaded| {
                loaded.case.subject == Subject::Server && selected(&loaded.case, profile, &world.profiles)
            })
            .flat_map(|loaded| expand(loaded, &RowChoice::default()))
            .collect();
        plan.sort_by(|a, b| a.id.cmp(&b.id));
        // Counter-cases need the same fault off the table as on it; they are proven by the scripts and the embedded run.
        let counters = Counters::default();
        let drive = Drive {
            run: Run {
                world: &world,
                catalog: self.catalog,
                clock: Clock::default(),
                hook: None,
                limit: LIMIT,
            },
            counters: &counters,
            options: DriveOptions { jobs: self.jobs, ..DriveOptions::default() },
            stop: std::sync::Arc::default(),
        };
        let mut verdicts = Verdicts::new();
        drive
            .work(&plan, &|_| String::new(), |result| {
                for check in &result.checks {
                    merge(&mut verdicts, &format!("{}#{}", result.case, check.slug), check.grade);
                }
                false
            })
            .await;
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

/// Keeps the worst grade; among the green ones, that a check passed somewhere counts more than that it did not apply.
fn merge(verdicts: &mut Verdicts, check: &str, grade: Grade) {
    let kept = verdicts.entry(check.to_owned()).or_insert(grade);
    if grade.severity_rank() > kept.severity_rank() {
        *kept = grade;
    }
}

/// Checks that nothing turns red, or nothing leaves green.
fn unproven(catalog: &Catalog, matrix: &Matrix) -> Vec<String> {
    let mut red: BTreeSet<String> =
        matrix.faults.iter().flat_map(|killed| killed.red.keys().cloned()).collect();
    let mut green: BTreeSet<String> = matrix
        .honest
        .iter()
        .filter(|(_, grade)| matches!(grade, Grade::Pass | Grade::Observed))
        .map(|(check, _)| check.clone())
        .collect();
    for proof in &matrix.scripts {
        let case = proof.name.split(" / ").next().unwrap_or_default();
        red.extend(proof.red.iter().map(|slug| format!("{case}#{slug}")));
        green.extend(proof.green.iter().map(|slug| format!("{case}#{slug}")));
    }
    let mut problems = Vec::new();
    for loaded in catalog.cases.values().filter(|loaded| loaded.case.subject == Subject::Server) {
        for check in &loaded.case.checks {
            let name = format!("{}#{}", loaded.case.id, check.id);
            if can_be_red(check) && !red.contains(&name) {
                problems.push(format!("`{name}` is turned red by no fault and no script: it is not proven"));
            }
            if !green.contains(&name) {
                problems.push(format!("`{name}` is green on no conforming subject: it may be a false alarm"));
            }
        }
    }
    problems
}

/// A check that only records behaviours cannot be broken.
fn can_be_red(check: &Check) -> bool {
    let grades = |grade: &scopecheck_scenarios::model::GradeSpec| {
        matches!(grade.default, GradeWord::Fail | GradeWord::Warn)
            || grade.profiles.values().any(|grade| matches!(grade, GradeWord::Fail | GradeWord::Warn))
    };
    let rows = || check.outcomes.iter().flat_map(|row| row.grade.iter().chain(&row.r#else));
    let expects = check.expect.is_some() && check.grade != Some(GradeWord::Observed);
    expects || rows().any(grades)
}
