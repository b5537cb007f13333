//! From the URL of a resource to the endpoints of its authorization server.

mod error;
mod resource;
mod selection;
mod server;
mod site;
mod text;
mod well_known;

pub use error::DiscoveryError;
pub use resource::ResourceMetadata;
pub use selection::select_scopes;
pub use server::ServerMetadata;
pub(super) use site::{Site, discover};
