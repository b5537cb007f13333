//! The operations over plain HTTP: `GET /NAME`.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::app::App;
use super::credentials::presented;
use super::demand::Demand;
use super::guard::admit;
use super::respond::json_response;

/// Answers a call of an operation. What it does is to say which scopes the token has.
pub(super) async fn operation(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    request: Request,
) -> Response {
    let Some(operation) = app.operation(&name) else {
        let known: Vec<&str> = app.config.operations.iter().map(|known| known.name.as_str()).collect();
        return json_response(StatusCode::NOT_FOUND, &json!({ "error": "not_found", "operations": known }));
    };
    let demand = Demand { operation: Some(operation), resource: "" };
    let presented = presented(request.headers(), request.uri().query(), None);
    match admit(&app, presented, &demand).await {
        Ok(held) => {
            json_response(StatusCode::OK, &json!({ "operation": operation.name, "scope": held.join(" ") }))
        }
        Err(refusal) => refusal.response(&app, &demand),
    }
}
