//! A whole visit to an MCP server (revisions up to 2025-11-25).

use serde_json::{Value, json};

use super::message::{notification, request, result};
use crate::client::session::{CallError, Outgoing, Session};

/// The newest revision that begins with `initialize`; later ones have another wire.
const NEWEST: &str = "2025-11-25";
/// Most pages of tools that are asked for.
const PAGES: u32 = 100;

/// What a visit came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct McpVisit {
    /// The revision that the server answered with.
    pub revision: String,
    /// The tools that were called, in order.
    pub tools: Vec<String>,
}

/// Initialises, lists the tools and calls each once. A tool that cannot be called keeps nobody from the next one; the first
/// failure is what the visit comes to.
pub async fn visit(session: &Session, url: &str) -> Result<McpVisit, CallError> {
    let mut talk = Talk { session, url, revision: None, mcp_session: None, next: 0 };
    let params = json!({
        "protocolVersion": session.config().mcp_revision.as_str().min(NEWEST),
        "capabilities": {},
        "clientInfo": { "name": "scopecheck-reference", "version": env!("CARGO_PKG_VERSION") },
    });
    let answer = talk.ask("initialize", "initialize", Some(params)).await?;
    let revision = answer.get("protocolVersion").and_then(Value::as_str).map(str::to_owned);
    let revision = revision.ok_or_else(|| talk.broken("answers `initialize` without a protocolVersion"))?;
    talk.revision = Some(revision.clone());
    talk.tell("notifications/initialized").await?;
    let tools = talk.tools().await?;
    let mut failed = None;
    for tool in &tools {
        if let Err(error) = talk.call(tool).await {
            failed.get_or_insert(error);
        }
    }
    failed.map_or(Ok(McpVisit { revision, tools }), Err)
}

/// A conversation with a server.
struct Talk<'a> {
    session: &'a Session,
    url: &'a str,
    revision: Option<String>,
    mcp_session: Option<String>,
    next: u64,
}

impl Talk<'_> {
    /// The names of all tools.
    async fn tools(&mut self) -> Result<Vec<String>, CallError> {
        let mut names = Vec::new();
        let mut cursor = None;
        for _ in 0..PAGES {
            let params = cursor.map(|cursor: String| json!({ "cursor": cursor }));
            let page = self.ask("tools/list", "tools/list", params).await?;
            let tools = page.get("tools").and_then(Value::as_array);
            let tools = tools.ok_or_else(|| self.broken("answers `tools/list` without tools"))?;
            names.extend(tools.iter().filter_map(|tool| tool.get("name")?.as_str().map(str::to_owned)));
            cursor = page.get("nextCursor").and_then(Value::as_str).map(str::to_owned);
            if cursor.is_none() {
                return Ok(names);
            }
        }
        Err(self.broken("lists its tools on more pages than anybody reads"))
    }

    /// Calls a tool.
    async fn call(&mut self, tool: &str) -> Result<(), CallError> {
        let params = json!({ "name": tool, "arguments": {} });
        let answer = self.ask(&format!("tools/call {tool}"), "tools/call", Some(params)).await?;
        if answer.get("isError") == Some(&Value::Bool(true)) {
            return Err(self.broken(&format!("says that its tool `{tool}` failed")));
        }
        Ok(())
    }

    /// Sends a request and reads its result.
    async fn ask(
        &mut self,
        operation: &str,
        method: &str,
        params: Option<Value>,
    ) -> Result<serde_json::Map<String, Value>, CallError> {
        self.next += 1;
        let id = self.next;
        let reply =
            self.session.send(self.url, operation, &self.outgoing(request(id, method, params))).await?;
        if method == "initialize" {
            self.mcp_session = reply.header("mcp-session-id").map(str::to_owned);
        }
        result(&reply, id).map_err(|why| self.broken(&why))
    }

    /// Sends a notification.
    async fn tell(&self, method: &str) -> Result<(), CallError> {
        let reply = self.session.send(self.url, method, &self.outgoing(notification(method))).await?;
        if reply.is_success() {
            return Ok(());
        }
        Err(self.broken(&format!("answers `{method}` with status {}", reply.status)))
    }

    fn outgoing(&self, json: String) -> Outgoing {
        let mut headers = vec![("accept", "application/json, text/event-stream".to_owned())];
        headers.extend(self.revision.clone().map(|revision| ("mcp-protocol-version", revision)));
        headers.extend(self.mcp_session.clone().map(|session| ("mcp-session-id", session)));
        Outgoing { url: self.url.to_owned(), json: Some(json), headers }
    }

    fn broken(&self, why: &str) -> CallError {
        CallError::Mcp { url: self.url.to_owned(), why: why.to_owned() }
    }
}
