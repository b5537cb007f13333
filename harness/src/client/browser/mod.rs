//! What stands in for a browser, and for the person in front of it: authorization URLs are fetched and their redirects followed.

mod folder;
mod visit;
mod watch;

pub use folder::OPENERS;
pub(super) use folder::{folder, path_behind};
pub use visit::visit;
pub(super) use watch::Watch;
