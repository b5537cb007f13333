//! `scopecheck` without a command, and a subject's command without a subject: the embedded reference implementation.

use std::{num::NonZeroU32, sync::Arc};

use scopecheck_reports::Target;
use scopecheck_scenarios::{catalog::Catalog, model::Subject};

use super::{embedded_client, embedded_library, embedded_resource, embedded_server};
use crate::{
    cli::{
        CliError, Shell,
        args::{GlobalArgs, RunArgs},
        runner::{Inputs, Section, Title, Whole, instances, listen, profiles, runtime},
    },
    expected::Expected,
    library::CASES,
    plan::Instance,
};

/// Every kind of subject, in the order in which they are run: what the later ones rest on comes first.
pub(crate) const SUBJECTS: [Subject; 4] =
    [Subject::Library, Subject::Server, Subject::Resource, Subject::Client];

/// What the parts of an embedded run share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    /// The catalogue.
    pub(crate) catalog: &'a Catalog,
    /// The flags.
    pub(crate) args: &'a RunArgs,
    /// The settled configuration.
    pub(crate) inputs: &'a Inputs,
    /// The profiles of the flags.
    pub(crate) further: &'a [String],
    /// How many inputs are generated for each law.
    pub(crate) cases: u32,
}

impl<'a> Part<'a> {
    /// The instances of this subject that the filter and these profiles select; none is no mistake, for the filter may mean another part.
    pub(crate) fn plan(
        &self,
        subject: Subject,
        profiles: &[String],
        profile_cases_only: bool,
    ) -> Vec<Instance<'a>> {
        let filter = self.args.filter.as_ref();
        instances(self.catalog, Section { subject, filter, profiles, profile_cases_only }).unwrap_or_default()
    }

    /// How a run against this subject is typed.
    pub(crate) fn command(&self, subject: Subject) -> String {
        format!("scopecheck {} --seed {}", subject.as_str(), self.inputs.seed)
    }
}

/// Runs the command for these kinds of subject.
pub(crate) fn run(
    args: &RunArgs,
    subjects: &[Subject],
    _global: &GlobalArgs,
    shell: &Shell,
) -> Result<u8, CliError> {
    run_with(args, subjects, CASES, shell)
}

/// Runs the command for the reference library, with so many generated inputs for each law.
pub(crate) fn run_library(args: &RunArgs, cases: Option<NonZeroU32>, shell: &Shell) -> Result<u8, CliError> {
    run_with(args, &[Subject::Library], cases.map_or(CASES, NonZeroU32::get), shell)
}

fn run_with(args: &RunArgs, subjects: &[Subject], cases: u32, shell: &Shell) -> Result<u8, CliError> {
    if let Some(target) = &args.target {
        return Err(CliError::usage(format!("`--target {}` needs to know the kind of subject", target.name))
            .help(format!("type `scopecheck server --target {}/{}`", target.name, target.table)));
    }
    let catalog = Catalog::embedded()?;
    let inputs = Inputs::settle(args)?;
    let further = profiles(args)?;
    let only = match subjects {
        [only] => Some(*only),
        _ => None,
    };
    super::select::select(&catalog, args.filter.as_ref(), only)?;
    let part = Part { catalog: &catalog, args, inputs: &inputs, further: &further, cases };
    runtime()?.block_on(test(part, subjects, shell))
}

async fn test(part: Part<'_>, subjects: &[Subject], shell: &Shell) -> Result<u8, CliError> {
    let stop = listen();
    let expected = Expected::none();
    let kind = match subjects {
        [only] => only.as_str(),
        _ => "embedded",
    };
    let target = Target {
        name: "reference".to_owned(),
        table: "default".to_owned(),
        kind: kind.to_owned(),
        address: "embedded".to_owned(),
    };
    let profiles: Vec<String> = match subjects {
        [Subject::Library | Subject::Resource | Subject::Client] => vec!["oauth2".to_owned()],
        _ => ["oauth2", "dcr", "toolhive"].map(str::to_owned).to_vec(),
    };
    let title = Title { target, profiles, config: "reference".to_owned(), command: String::new() };
    let mut whole =
        Whole::begin(part.catalog, part.args, part.inputs, title, &expected, Arc::clone(&stop.asked))?;
    let mut selected = 0;
    for subject in subjects {
        if whole.interrupted() {
            break;
        }
        whole.typed(part.command(*subject));
        selected += match subject {
            Subject::Library => embedded_library::part(&mut whole, part).await?,
            Subject::Server => embedded_server::part(&mut whole, part).await?,
            Subject::Resource => embedded_resource::part(&mut whole, part).await?,
            Subject::Client => embedded_client::part(&mut whole, part).await?,
        };
    }
    if selected == 0 {
        return Err(CliError::nothing_selected(
            "every case that matches needs a profile that is not selected, or a subject that is not embedded",
        )
        .help("`scopecheck list` shows every case, `scopecheck explain CASE` its profiles"));
    }
    whole.end(next(subjects), shell)
}

fn next(subjects: &[Subject]) -> Vec<String> {
    let lines: &[&str] = match subjects {
        [Subject::Library] => &["scopecheck list 'area(library)'                  every vector and law"],
        [Subject::Resource] => {
            &["scopecheck list 'area(resource)'                 every case for resource servers"]
        }
        [Subject::Client] => &["scopecheck list 'area(client)'                   every case for clients"],
        _ => &[
            "scopecheck server https://as.example.com        test your authorization server",
            "scopecheck serve                                the reference servers, to try a client on them",
            "scopecheck list                                 every case",
        ],
    };
    lines.iter().map(|line| (*line).to_owned()).collect()
}
