//! The kill matrix: every fault of the reference implementation against every check, and every script of a case.

use std::collections::BTreeMap;

use futures_util::{StreamExt as _, stream};
use scopecheck_reference::faults::{FaultInfo, Role};
use scopecheck_reports::Grade;
use scopecheck_scenarios::{catalog::Catalog, model::Subject};

use super::{
    Killed, Matrix, Verdicts, merge,
    others::Others,
    proven::unproven,
    server::{Describe, Honest, PROFILES, Trial, views},
};
use crate::library::verdicts_contrary;
use crate::script::{Proof, Stage, prove};

/// So many faults are tried at once: a client waits more than it works, for answers that take their time on purpose.
const AT_ONCE: usize = 3;

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
    let server = Trial { catalog, describe, seed, jobs };
    let mut honest = Honest::new();
    for profile in PROFILES {
        for view in views(profile) {
            match server.verdicts(profile, *view, None).await {
                Ok(verdicts) => {
                    matrix.keep_honest(&verdicts, &format!("{profile}, {view:?}"));
                    honest.insert((profile.to_string(), *view), verdicts);
                }
                Err(why) => matrix.problems.push(why),
            }
        }
    }
    let mut others = Others { catalog, seed, jobs, honest: BTreeMap::new() };
    others
        .learn_honest(|verdicts, which| match verdicts {
            Ok(verdicts) => matrix.keep_honest(verdicts, which),
            Err(why) => matrix.problems.push(format!("{which}: {why}")),
        })
        .await;
    let (server, honest, others) = (&server, &honest, &others);
    let mut trials = stream::iter(faults)
        .map(async |info| {
            let killed = match info.role {
                Role::Server => Ok(server.kill(info, honest).await),
                Role::Library | Role::Resource | Role::Client => others.kill(info).await,
            };
            (info, killed)
        })
        .buffered(AT_ONCE);
    while let Some((info, killed)) = trials.next().await {
        match killed {
            Ok(killed) => matrix.keep(killed),
            Err(why) => matrix.problems.push(format!("fault `{}`: {why}", info.name)),
        }
    }
    matrix.contrary = verdicts_contrary(catalog, seed).await;
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

impl Matrix {
    /// Keeps the verdicts without a fault; red ones are problems of the suite or of the reference implementation.
    fn keep_honest(&mut self, verdicts: &Verdicts, which: &str) {
        for (check, grade) in verdicts {
            if !matches!(grade, Grade::Pass | Grade::Observed | Grade::NotApplicable) {
                self.problems.push(format!("without a fault, `{check}` ends as `{grade}` ({which})"));
            }
            merge(&mut self.honest, check, *grade);
        }
    }

    fn keep(&mut self, killed: Killed) {
        if killed.seen != killed.info.standing {
            self.problems.push(format!(
                "fault `{}` is listed as `{}` but is `{}`",
                killed.info.name, killed.info.standing, killed.seen
            ));
        }
        self.faults.push(killed);
    }
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
