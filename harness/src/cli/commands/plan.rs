//! `scopecheck plan`: what a run would do. Nothing is sent to the subject.

use std::fmt::Write as _;

use scopecheck_scenarios::{catalog::Catalog, model::Subject};

use super::{embedded::embedded_table, select::select};
use crate::{
    cli::{
        CliError, Shell,
        args::{GlobalArgs, PlanArgs, PlanSubject, RunArgs},
        runner::{Inputs, profiles},
    },
    plan::{RowChoice, expand},
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
    let mut instances = 0;
    let mut mutations = 0;
    for (number, table) in tables.iter().enumerate() {
        let bare = issuer.is_some() && run.target.is_none();
        let mut selected: Vec<String> = vec!["oauth2".to_owned()];
        selected.extend(table.profiles.iter().chain(&further).cloned());
        let _ = writeln!(text, "\ntarget {}", table.full_name());
        let address = if number == 0 {
            issuer.map(str::to_owned).or_else(|| table.issuer.clone())
        } else {
            table.issuer.clone()
        };
        let _ = writeln!(text, "  issuer    {}", address.unwrap_or_else(|| "(none)".to_owned()));
        let _ = writeln!(
            text,
            "  profiles  {}{}",
            selected.join(" "),
            if bare { " (and what the metadata shows)" } else { "" }
        );
        let grantable = if table.scopes.grantable.is_empty() {
            "the first of scopes_supported".to_owned()
        } else {
            table.scopes.grantable.join(" ")
        };
        let _ = writeln!(
            text,
            "  scopes    {grantable}; forbidden {}",
            table.scopes.forbidden.as_deref().unwrap_or("(unknown: cases that need one are n/a)")
        );
        let _ = writeln!(text, "  expected  {}", {
            let expected = Inputs::expected(run, table)?;
            if expected.path.is_empty() { "(nothing is excused)".to_owned() } else { expected.path }
        });
        for loaded in select(&catalog, run.filter.as_ref(), Some(Subject::Server))? {
            let needed = &loaded.case.profiles;
            let fits = needed.iter().any(|profile| selected.contains(&profile.value));
            if (number > 0 && needed.is_empty()) || (!needed.is_empty() && !fits) {
                continue;
            }
            let count = expand(loaded, &RowChoice::default()).len();
            instances += count;
            let own = loaded.case.steps.iter().filter(|step| step.register.is_some()).count();
            let fresh = usize::from(loaded.case.client.as_ref().is_some_and(|word| word.as_str() == "fresh"));
            mutations += count * (own + fresh);
            let _ = writeln!(text, "  {count:>3}  {}", loaded.case.id);
        }
    }
    let _ = writeln!(
        text,
        "\n{instances} instances; at most {mutations} clients registered by cases, and one or two shared ones"
    );
    shell.print(&text);
    Ok(0)
}

fn tables(run: &RunArgs, issuer: Option<&str>, inputs: &Inputs) -> Result<Vec<ServerTable>, CliError> {
    match (&run.target, issuer) {
        (Some(target), _) => Ok(vec![load_server(target, &inputs.places)?]),
        (None, Some(issuer)) => Ok(vec![ServerTable::bare(issuer)]),
        (None, None) => Ok(vec![embedded_table("default")?, embedded_table("toolhive")?]),
    }
}
