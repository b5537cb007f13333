//! `scopecheck plan`: what a run would do. Nothing is sent to the subject.

use std::{collections::BTreeMap, fmt::Write as _};

use scopecheck_reports::escape;
use scopecheck_scenarios::{catalog::Catalog, model::Subject};

use super::{embedded::Part, embedded_server::embedded_table};
use crate::{
    cli::{
        CliError, Shell,
        args::{GlobalArgs, PlanArgs, PlanSubject, RunArgs},
        runner::{Inputs, Section, instances, profiles},
    },
    plan::Instance,
    target::{ServerTable, load_server},
};

/// Runs the command.
pub(crate) fn run(args: &PlanArgs, _global: &GlobalArgs, shell: &Shell) -> Result<u8, CliError> {
    let catalog = Catalog::embedded()?;
    let (run, issuer) = match &args.subject {
        Some(PlanSubject::Server(server)) => (&server.run, server.issuer.as_deref()),
        None => (&args.run, None),
    };
    let inputs = Inputs::settle(run)?;
    let tables = tables(run, issuer, &inputs)?;
    let further = profiles(run)?;
    let mut text = String::new();
    let _ = writeln!(
        text,
        "seed {}, jobs {}, request limit {} s",
        inputs.seed,
        inputs.jobs,
        inputs.limits.request.as_secs_f32()
    );
    let (mut count, mut registrations) = (0, 0);
    let whole = args.subject.is_none() && run.target.is_none();
    if whole {
        let part = Part {
            catalog: &catalog,
            args: run,
            inputs: &inputs,
            further: &further,
            cases: crate::library::CASES,
        };
        for subject in [Subject::Library, Subject::Resource, Subject::Client] {
            let plan = part.plan(subject, &further, false);
            if plan.is_empty() {
                continue;
            }
            count += plan.len();
            let _ = writeln!(text, "\nthe embedded {}", named(subject));
            for (case, rows) in grouped(&plan) {
                let _ = writeln!(text, "  {rows:>3}  {case}");
            }
        }
    }
    for (number, table) in tables.iter().enumerate() {
        let mut selected: Vec<String> = vec!["oauth2".to_owned()];
        selected.extend(table.profiles.iter().chain(&further).filter(|name| *name != "oauth2").cloned());
        let section = Section {
            subject: Subject::Server,
            filter: run.filter.as_ref(),
            profiles: &selected,
            profile_cases_only: number > 0,
        };
        let plan = match instances(&catalog, section) {
            Err(_) if whole => Vec::new(),
            plan => plan?,
        };
        if plan.is_empty() {
            continue;
        }
        count += plan.len();
        registrations += plan.iter().map(clients_of).sum::<usize>();
        text.push_str(&heading(run, issuer.filter(|_| number == 0), table, &selected)?);
        for (case, rows) in grouped(&plan) {
            let _ = writeln!(text, "  {rows:>3}  {case}");
        }
    }
    let _ = writeln!(
        text,
        "\n{count} instances; their cases register up to {registrations} clients, beside one or two that are shared"
    );
    if count == 0 {
        return Err(CliError::nothing_selected(
            "every case that matches needs a profile that is not selected",
        )
        .help("`scopecheck explain CASE` shows the profiles of a case"));
    }
    shell.print(&escape::block(&text));
    Ok(0)
}

fn named(subject: Subject) -> &'static str {
    match subject {
        Subject::Library => "reference library",
        Subject::Server => "reference authorization server",
        Subject::Resource => "reference resource server",
        Subject::Client => "reference client",
    }
}

fn heading(
    run: &RunArgs,
    issuer: Option<&str>,
    table: &ServerTable,
    profiles: &[String],
) -> Result<String, CliError> {
    let bare = issuer.is_some() && run.target.is_none();
    let address = match (issuer, &table.issuer, &table.start) {
        (Some(issuer), ..) => issuer.to_owned(),
        (None, _, Some(_)) => "started by this run, on a free port".to_owned(),
        (None, Some(issuer), None) => issuer.clone(),
        (None, None, None) => "(none)".to_owned(),
    };
    let expected = Inputs::expected(run, table.expected_file())?;
    let mut text = format!("\ntarget {}\n", table.full_name());
    let _ = writeln!(text, "  issuer    {address}");
    let _ = writeln!(
        text,
        "  profiles  {}{}",
        profiles.join(" "),
        if bare { " (and what the metadata shows)" } else { "" }
    );
    let grantable = match table.scopes.grantable.as_slice() {
        [] => "the first of scopes_supported".to_owned(),
        scopes => scopes.join(" "),
    };
    let forbidden = table.scopes.forbidden.as_deref().unwrap_or("(unknown: cases that need one are n/a)");
    let _ = writeln!(text, "  scopes    {grantable}; forbidden {forbidden}");
    let _ = writeln!(
        text,
        "  expected  {}",
        if expected.path.is_empty() { "(nothing is excused)" } else { &expected.path }
    );
    Ok(text)
}

/// The cases in order, with how many instances of each are run. Vectors are many and small: they are counted by their area.
fn grouped<'a>(plan: &'a [Instance<'_>]) -> BTreeMap<&'a str, usize> {
    let mut cases = BTreeMap::new();
    for instance in plan {
        let case = &instance.loaded.case;
        let name = if case.vector.is_some() { case.area() } else { case.id.as_str() };
        *cases.entry(name).or_default() += 1;
    }
    cases
}

/// How many clients an instance registers for itself.
fn clients_of(instance: &Instance<'_>) -> usize {
    let case = &instance.loaded.case;
    let own = case.steps.iter().filter(|step| {
        step.register.is_some()
            || step.raw.as_ref().is_some_and(|raw| raw.endpoint.as_str() == "registration")
    });
    own.count() + usize::from(case.client.as_ref().is_some_and(|word| word.as_str() == "fresh"))
}

fn tables(run: &RunArgs, issuer: Option<&str>, inputs: &Inputs) -> Result<Vec<ServerTable>, CliError> {
    match (&run.target, issuer) {
        (Some(target), _) => Ok(vec![load_server(target, &inputs.places)?]),
        (None, Some(issuer)) => Ok(vec![ServerTable::bare(issuer)]),
        (None, None) => Ok(vec![embedded_table("default")?, embedded_table("toolhive")?]),
    }
}
