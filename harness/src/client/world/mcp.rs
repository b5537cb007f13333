//! The protected resource as an MCP server: streamable HTTP, the wire of the revisions up to 2025-11-25, one tool for each operation.
//!
//! Every message is protected alike, as a gate in front of the server would do it: with one that is open, clients start two authorizations
//! at once. The answers are the smallest that clients take; none of them is a stream.

use serde_json::{Map, Value, json};

use super::{
    answer::Out,
    log::{Facts, Kind},
    resource::{bearer, of_call},
    state::State,
};

/// The path of the server.
pub(in crate::client) const MCP: &str = "/mcp";
/// The revision that is answered, whatever is asked for: a client that offers a later one falls back.
const REVISION: &str = "2025-11-25";

impl State {
    /// Answers a request at the server's path.
    pub(super) fn message(&mut self, method: &str, body: &[u8], authorization: Option<&str>) -> (Kind, Out) {
        if method != "POST" {
            // There is no stream to open and no session to end.
            return (Kind::Other, Out::empty(405).header("allow", "POST"));
        }
        let message = serde_json::from_slice::<Value>(body).unwrap_or_default();
        let Some(called) = message.get("method").and_then(Value::as_str) else {
            return (Kind::Other, Out::json(400, &refused(&Value::Null, -32700, "no JSON-RPC request")));
        };
        let tool = (called == "tools/call")
            .then(|| message.pointer("/params/name").and_then(Value::as_str).unwrap_or_default());
        if let Some(tool) = tool {
            self.come_to(tool);
        }
        let token = authorization.and_then(bearer);
        let mut facts = Facts::default();
        let parameters = of_call(tool.unwrap_or(called), authorization);
        let out = self.at("resource", &parameters, |world| match world.admit(token, &mut facts) {
            Ok(granted) => match tool {
                Some(tool) if world.tools.iter().any(|known| known == tool) => {
                    world.permit(tool, &granted, facts).map_or_else(
                        |refusal| *refusal,
                        |facts| {
                            let text = json!({ "type": "text", "text": format!("{tool}: done") });
                            reply(&message, &json!({ "content": [text] })).meaning(facts)
                        },
                    )
                }
                _ => world.plain(called, &message).meaning(facts),
            },
            Err(refusal) => *refusal,
        });
        // A notification asks for nothing: it is no call that a case could count.
        let kind = if message.get("id").is_some() { Kind::Resource } else { Kind::Other };
        (kind, out)
    }

    /// What needs no scope.
    fn plain(&self, method: &str, message: &Value) -> Out {
        if message.get("id").is_none() {
            return Out::empty(202);
        }
        match method {
            "initialize" => reply(
                message,
                &json!({
                    "protocolVersion": REVISION,
                    "capabilities": { "tools": {} },
                    "serverInfo": { "name": "scopecheck", "version": env!("CARGO_PKG_VERSION") },
                }),
            ),
            "ping" => reply(message, &Value::Object(Map::new())),
            "tools/list" => {
                let tools = self
                    .tools
                    .iter()
                    .map(|name| json!({ "name": name, "inputSchema": { "type": "object" } }));
                reply(message, &json!({ "tools": tools.collect::<Vec<_>>() }))
            }
            "tools/call" => Out::json(200, &refused(&message["id"], -32602, "no such tool")),
            _ => Out::json(200, &refused(&message["id"], -32601, "no such method")),
        }
    }
}

fn reply(message: &Value, result: &Value) -> Out {
    Out::json(200, &json!({ "jsonrpc": "2.0", "id": message["id"], "result": result }))
}

fn refused(id: &Value, code: i32, text: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": text } })
}

#[cfg(test)]
mod tests {
    use scopecheck_scenarios::model::Case;

    use super::*;
    use crate::{
        client::world::run::Ahead,
        judge::Scopes,
        system::{Clock, Dice},
    };

    const CASE: &str = r#"
id = "client/a/b"
title = "T"
subject = "client"
impact = "denial"

[[respond]]
to = "resource"
requires = { read = "a", write = "b" }

[[respond]]
to = "token"
during = ["two"]
drop = "b"

[[step]]
id = "one"
invoke = "read"

[[step]]
id = "two"
invoke = "write"
"#;

    fn world() -> State {
        let case: Case = toml::from_str(CASE).unwrap();
        let mut world = State::new("http://w".to_owned(), MCP, Dice::new(1, "test"), Clock::default());
        world.ahead = case.steps.iter().map(|step| Ahead::of(&case, step)).collect();
        world.tools = vec!["read".to_owned(), "write".to_owned()];
        world.go_on(0);
        world.tokens.insert("t".to_owned(), Scopes::read("a"));
        world
    }

    fn ask(world: &mut State, body: &str, token: Option<&str>) -> (u16, Value) {
        let (_, out) = world.message("POST", body.as_bytes(), token);
        let reply = out.reply();
        (reply.status, reply.json().unwrap_or_default())
    }

    const TOKEN: Option<&str> = Some("Bearer t");
    const CALL: &str = r#"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"write"}}"#;

    #[test]
    fn every_message_needs_a_token_and_the_tools_are_listed_in_order() {
        let mut world = world();
        let list = r#"{"jsonrpc":"2.0","id":"x","method":"tools/list"}"#;
        assert_eq!(ask(&mut world, list, None).0, 401);
        let (status, answer) = ask(&mut world, list, TOKEN);
        assert_eq!((status, &answer["id"]), (200, &json!("x")));
        assert_eq!(answer["result"]["tools"][1]["name"], "write");
        assert_eq!(
            ask(&mut world, r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, TOKEN).0,
            202
        );
    }

    #[test]
    fn a_run_comes_to_a_step_when_its_tool_is_called() {
        let mut world = world();
        assert_eq!((world.step.as_str(), world.rules.drop.len()), ("one", 0));
        assert_eq!(ask(&mut world, CALL, TOKEN).0, 403);
        assert_eq!((world.step.as_str(), world.rules.drop.len()), ("two", 1));
        // Called again it is the same step, and an earlier tool leads nowhere.
        assert_eq!(ask(&mut world, &CALL.replace("write", "read"), TOKEN).0, 200);
        assert_eq!(world.step, "two");
    }

    #[test]
    fn what_is_no_request_is_told_so() {
        let mut world = world();
        for body in ["", "[]", "{", "\u{0}", r#"{"id":1}"#] {
            assert_eq!(ask(&mut world, body, TOKEN).0, 400, "{body}");
        }
        assert_eq!(ask(&mut world, &CALL.replace("write", "other"), TOKEN).1["error"]["code"], -32602);
        let (_, stream) = world.message("GET", b"", TOKEN);
        assert_eq!(stream.reply().status, 405);
    }
}
