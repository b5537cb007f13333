//! The scopes that a command declares, in two views that agree (MD-01 to MD-03).

mod command;
mod dialect;

pub use command::CommandScopes;
pub use dialect::ViewsOfCliEngine;
