//! Whether what is held suffices, what to ask for if it does not, and whether the answer brought it.

mod arguments;
mod coverage;
mod ensure;
mod hint;
mod plan;

pub use arguments::{LoginArguments, UsageError};
pub use coverage::{Coverage, covers, covers_under};
pub use ensure::{DeclineError, ensure_granted};
pub use hint::{MissingScopes, login_command, shell_word};
pub use plan::{Outcomes, Plan, plan_step_up};
