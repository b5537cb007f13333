//! The target that is part of this program: the embedded reference servers.

use scopecheck_scenarios::error::SourceFile;

use super::{TargetError, file::TargetFile};

/// The name of the embedded target.
pub(super) const NAME: &str = "reference";

/// The embedded target. A folder `targets/reference` outranks it.
pub(super) fn reference() -> Result<TargetFile, TargetError> {
    let text = include_str!("../../../targets/reference/target.toml");
    TargetFile::parse(
        SourceFile { path: "targets/reference/target.toml".to_owned(), text: text.into() },
        None,
    )
}
