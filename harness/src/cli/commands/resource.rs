//! `scopecheck resource`: a resource server under test.

use scopecheck_scenarios::model::Subject;

use crate::cli::{
    CliError, Shell,
    args::{GlobalArgs, ResourceArgs},
};

/// Runs the command.
pub(crate) fn run(args: &ResourceArgs, global: &GlobalArgs, shell: &Shell) -> Result<u8, CliError> {
    let Some(named) = args.url.clone().or_else(|| args.run.target.as_ref().map(ToString::to_string)) else {
        return super::embedded::run(&args.run, &[Subject::Resource], global, shell);
    };
    Err(CliError::usage(format!(
        "this version tests the embedded resource server only, and cannot tell what `{named}` demands for which operation"
    ))
    .help(
        "leave it out; a table `[resource.default]` with `operations = [{ method = \"GET\", path = \"/items\", requires = \"a\" }]` \
         in `targets/NAME/target.toml` is read and checked already",
    ))
}
