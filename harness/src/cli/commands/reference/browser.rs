//! `scopecheck reference browser`: what stands in for a browser.

use crate::{
    cli::{CliError, args::ReferenceBrowserArgs, runner::runtime},
    client::visit,
};

/// Runs the command.
pub(super) fn run(args: &ReferenceBrowserArgs) -> Result<u8, CliError> {
    let is_url = |argument: &&String| argument.starts_with("http://") || argument.starts_with("https://");
    let url = args.arguments.iter().find(is_url).ok_or_else(|| {
        CliError::usage("no argument is a URL").help("give the authorization URL, in quotation marks")
    })?;
    runtime()?.block_on(visit(url)).map_err(|why| CliError::new(1, why))?;
    Ok(0)
}
