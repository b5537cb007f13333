//! `call` of an operation that is a tool of an MCP server, over streamable HTTP (revision 2025-11-25).

use serde_json::{Value, json};

use super::{
    call::{bearing, called, outcome},
    session::{Received, Session},
};
use crate::{
    judge::{Answer, Missed, Outcome},
    wire::Request,
};

/// The revision that is asked for.
const REVISION: &str = "2025-11-25";

impl Session<'_> {
    /// Begins a session and calls a tool. A server that lets nobody begin has given its answer.
    pub(super) async fn tool(&mut self, name: &str, token: Option<&str>) -> Result<Answer, Missed> {
        let client = json!({ "name": "scopecheck", "version": env!("CARGO_PKG_VERSION") });
        let hello = json!({ "protocolVersion": REVISION, "capabilities": {}, "clientInfo": client });
        let begun = self.message("initialize", Some((1, hello)), token, None).await?;
        if !(200..300).contains(&begun.reply.status) {
            let outcome = outcome(&begun);
            return Ok(called(&begun, outcome));
        }
        let session = begun.reply.header("mcp-session-id").unwrap_or_default().to_owned();
        self.message("notifications/initialized", None, token, Some(&session)).await?;
        let params = json!({ "name": name, "arguments": {} });
        let received = self.message("tools/call", Some((2, params)), token, Some(&session)).await?;
        let outcome = match outcome(&received) {
            // Whoever answers 200 has not refused by the rules of HTTP, but has not served either.
            Outcome::Accepted if !is_served(&received) => Outcome::RefusedElsewhere,
            outcome => outcome,
        };
        Ok(called(&received, outcome))
    }

    async fn message(
        &mut self,
        method: &str,
        request: Option<(u32, Value)>,
        token: Option<&str>,
        session: Option<&str>,
    ) -> Result<Received, Missed> {
        let message = match request {
            Some((id, params)) => json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }),
            None => json!({ "jsonrpc": "2.0", "method": method }),
        };
        let mut request =
            Request::post(self.world.setup.url.clone(), "application/json", message.to_string())
                .header("accept", "application/json, text/event-stream");
        if let Some(session) = session {
            request = request.header("mcp-protocol-version", REVISION);
            if !session.is_empty() {
                request = request.header("mcp-session-id", session);
            }
        }
        self.send(&bearing(request, token)).await
    }
}

/// Whether a message holds the result of a tool that did its work, be it JSON or the event of a stream.
fn is_served(received: &Received) -> bool {
    let text = String::from_utf8_lossy(&received.reply.body);
    let events = text.lines().filter_map(|line| line.strip_prefix("data:"));
    let mut messages =
        events.chain([text.as_ref()]).filter_map(|text| serde_json::from_str::<Value>(text.trim()).ok());
    messages.any(|message| {
        message.get("result").is_some_and(|result| result.get("isError") != Some(&Value::Bool(true)))
    })
}
