//! Which path leads where.

use std::sync::Arc;

use axum::Router;
use axum::routing::{any, get};

use super::app::{App, MCP_PATH, WELL_KNOWN};
use super::{mcp, metadata, plain};

/// All routes of the resource server.
pub(super) fn routes(app: Arc<App>) -> Router {
    Router::new()
        .route(WELL_KNOWN, get(metadata::plain))
        .route(&format!("{WELL_KNOWN}{MCP_PATH}"), get(metadata::mcp))
        .route(MCP_PATH, any(mcp::endpoint))
        .route("/{operation}", get(plain::operation))
        .with_state(app)
}
