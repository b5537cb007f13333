//! JSON-RPC messages as they travel over streamable HTTP.

use serde_json::{Map, Value, json};

use crate::client::wire::Reply;

/// A request.
pub(super) fn request(id: u64, method: &str, params: Option<Value>) -> String {
    message(Some(id), method, params)
}

/// A notification, which has no answer.
pub(super) fn notification(method: &str) -> String {
    message(None, method, None)
}

fn message(id: Option<u64>, method: &str, params: Option<Value>) -> String {
    let mut members = Map::new();
    members.insert("jsonrpc".to_owned(), json!("2.0"));
    if let Some(id) = id {
        members.insert("id".to_owned(), json!(id));
    }
    members.insert("method".to_owned(), json!(method));
    if let Some(params) = params {
        members.insert("params".to_owned(), params);
    }
    Value::Object(members).to_string()
}

/// The result of the answer to a request, or what is wrong with it. The answer may be a JSON body or an event in a
/// stream; messages that answer something else are passed over.
pub(super) fn result(reply: &Reply, id: u64) -> Result<Map<String, Value>, String> {
    if !reply.is_success() {
        return Err(format!("answers with status {}", reply.status));
    }
    let streamed = reply.header("content-type").is_some_and(|kind| {
        kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("text/event-stream")
    });
    let text = reply.text();
    let texts = if streamed { events(&text) } else { vec![text] };
    let answers = texts.iter().filter_map(|text| serde_json::from_str::<Map<String, Value>>(text).ok());
    let mut answers = answers.filter(|answer| answer.get("id") == Some(&json!(id)));
    let answer = answers.next().ok_or("gives no answer with the id of the request")?;
    if let Some(error) = answer.get("error") {
        let message = error.get("message").and_then(Value::as_str).unwrap_or("without a message");
        return Err(format!("answers with an error: {message}"));
    }
    answer
        .get("result")
        .and_then(Value::as_object)
        .cloned()
        .ok_or_else(|| "answers without a result".to_owned())
}

/// The data of the events in a stream.
fn events(stream: &str) -> Vec<String> {
    let mut events = Vec::new();
    let mut data: Vec<&str> = Vec::new();
    for line in stream.lines().chain([""]) {
        if let Some(text) = line.strip_prefix("data:") {
            data.push(text.strip_prefix(' ').unwrap_or(text));
        } else if line.is_empty() && !data.is_empty() {
            events.push(data.join("\n"));
            data.clear();
        }
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(kind: &str, body: &str) -> Reply {
        let headers = vec![("content-type".to_owned(), kind.to_owned())];
        Reply { url: String::new(), status: 200, headers, body: body.as_bytes().to_vec() }
    }

    #[test]
    fn an_answer_is_found_in_a_body_and_in_a_stream() {
        let answer = r#"{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}"#;
        let stream = format!(": hello\n\nevent: message\ndata: {{\"method\":\"x\"}}\n\ndata:{answer}\n\n");
        for reply in [reply("application/json", answer), reply("text/event-stream; charset=utf-8", &stream)] {
            assert!(result(&reply, 1).unwrap().contains_key("tools"));
            assert!(result(&reply, 2).is_err());
        }
    }

    #[test]
    fn an_error_is_told() {
        let reply = reply("application/json", r#"{"id":1,"error":{"code":-1,"message":"no"}}"#);
        assert_eq!(result(&reply, 1), Err("answers with an error: no".to_owned()));
    }

    #[test]
    fn a_notification_has_no_id() {
        assert_eq!(notification("a/b"), r#"{"jsonrpc":"2.0","method":"a/b"}"#);
        assert_eq!(request(1, "a", None), r#"{"jsonrpc":"2.0","id":1,"method":"a"}"#);
    }
}
