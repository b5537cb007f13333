//! A line that an adapter wrote, read.

use scopecheck_scenarios::laws::Reply;
use serde_json::{Map, Value};

use super::kinds::Kind;

/// What a line is.
#[derive(Debug, PartialEq)]
pub(super) enum Said {
    /// Nothing: white space.
    Nothing,
    /// The answer to `hello`.
    Hello(Value),
    /// A reply to the call of that number.
    Reply(u64, Reply, Option<Kind>),
    /// A breach, in words.
    Wrong(Kind, String),
}

/// Reads a line. The second value is a breach that does not keep the line from being read.
pub(super) fn read(line: &[u8]) -> (Said, Option<Kind>) {
    let (line, mark) = match line.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (rest, Some(Kind::Mark)),
        None => (line, None),
    };
    if line.iter().all(u8::is_ascii_whitespace) {
        return (Said::Nothing, mark);
    }
    let text = match std::str::from_utf8(line) {
        Ok(text) => text,
        Err(error) => {
            let why =
                format!("a line on standard output is not UTF-8 from octet {}", error.valid_up_to() + 1);
            return (Said::Wrong(Kind::NotUtf8, why), mark);
        }
    };
    let read = serde_json::from_str::<Value>(text);
    let Ok(Value::Object(mut said)) = read.or_else(|_| serde_json::from_str(&whole_pairs(text))) else {
        let why = "a line on standard output is no JSON object".to_owned();
        return (Said::Wrong(Kind::NotJson, why), mark);
    };
    if let Some(hello) = said.remove("hello") {
        return (Said::Hello(hello), mark);
    }
    let said = match said.remove("seq") {
        None | Some(Value::Null) => {
            Said::Wrong(Kind::NoSeq, "a line on standard output has no `seq`".to_owned())
        }
        Some(seq) => match seq.as_u64() {
            Some(seq) => {
                let (reply, breach) = reply(said);
                Said::Reply(seq, reply, breach)
            }
            None => Said::Wrong(
                Kind::Unasked,
                format!("a reply has the `seq` {seq}, which is no number of a call"),
            ),
        },
    };
    (said, mark)
}

/// The text with half a surrogate pair replaced wherever one is escaped: the grammar of JSON has no word against it (RFC 8259 section 8.2), and
/// an input of ours that an adapter quotes may hold one.
fn whole_pairs(text: &str) -> String {
    let unit = |at: &str| {
        let digits = at.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let (mut whole, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        whole.push_str(before);
        let second = escape.get(6..).and_then(unit);
        let (taken, kept) = match (unit(escape), second) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => (12, escape.get(..12)),
            (Some(0xd800..=0xdfff), _) => (6, Some("\\ufffd")),
            // Any other escape: the backslash and what it escapes, which may be another backslash.
            _ => (2, escape.get(..2)),
        };
        whole.push_str(kept.unwrap_or(escape));
        rest = escape.get(taken..).filter(|_| kept.is_some()).unwrap_or_default();
    }
    whole + rest
}

/// What a reply says, from its members without `seq`.
fn reply(mut said: Map<String, Value>) -> (Reply, Option<Kind>) {
    const MEMBERS: [&str; 4] = ["ok", "rejected", "unsupported", "crashed"];
    let present: Vec<&str> = MEMBERS.into_iter().filter(|member| said.contains_key(*member)).collect();
    let [only] = present.as_slice() else {
        let detail = match present.as_slice() {
            [] => "a reply with none of `ok`, `rejected`, `unsupported` and `crashed`".to_owned(),
            several => format!("a reply with `{}` at once", several.join("` and `")),
        };
        return (Reply::Garbled { detail }, Some(Kind::Members));
    };
    let value = said.remove(*only).unwrap_or_default();
    let Value::Object(members) = value else {
        return (Reply::Garbled { detail: format!("an `{only}` that is no object") }, Some(Kind::Shape));
    };
    let text = |member: &str| match members.get(member) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let reply = match *only {
        "ok" => Reply::Ok(Value::Object(members)),
        "rejected" => Reply::Rejected { kind: text("kind"), message: text("message") },
        "unsupported" => Reply::Unsupported { reason: text("reason") },
        _ => Reply::Crashed { detail: text("detail") },
    };
    (reply, None)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(line: &str) -> Said {
        read(line.as_bytes()).0
    }

    #[test]
    fn the_four_replies_are_read() {
        assert_eq!(
            said(r#"{"seq":1,"ok":{"scopes":["a"]}}"#),
            Said::Reply(1, Reply::Ok(json!({"scopes": ["a"]})), None)
        );
        assert_eq!(
            said("{\"seq\":2,\"rejected\":{\"kind\":\"malformed\",\"message\":\"x\"}}\r"),
            Said::Reply(2, Reply::Rejected { kind: "malformed".into(), message: "x".into() }, None)
        );
        let Said::Reply(3, Reply::Unsupported { reason }, None) = said(r#"{"seq":3,"unsupported":{}}"#)
        else {
            panic!()
        };
        assert_eq!(reason, "");
        let Said::Reply(4, Reply::Crashed { detail }, None) = said(r#"{"seq":4,"crashed":{"detail":7}}"#)
        else {
            panic!()
        };
        assert_eq!(detail, "7");
    }

    #[test]
    fn half_a_surrogate_pair_is_no_reason_to_read_nothing() {
        let scopes = |text: &str| match said(&format!(r#"{{"seq":1,"ok":{{"scopes":["{text}"]}}}}"#)) {
            Said::Reply(1, Reply::Ok(answer), None) => answer["scopes"][0].as_str().map(str::to_owned),
            _ => None,
        };
        assert_eq!(scopes(r"a\ud800").unwrap(), "a\u{fffd}");
        assert_eq!(scopes(r"\udc00\ud83d\ude00\uD800x").unwrap(), "\u{fffd}\u{1f600}\u{fffd}x");
        assert_eq!(scopes(r"\\ud800\ud800").unwrap(), "\\ud800\u{fffd}");
        assert_eq!(scopes(r"\ud8"), None);
        assert_eq!(scopes("\\ud800\u{e9}\\\\").unwrap(), "\u{fffd}\u{e9}\\");
    }

    #[test]
    fn everything_else_is_told_apart() {
        let kind = |line: &[u8]| match read(line).0 {
            Said::Wrong(kind, _) | Said::Reply(_, _, Some(kind)) => Some(kind),
            _ => None,
        };
        assert_eq!(kind(b"parsing a b"), Some(Kind::NotJson));
        assert_eq!(kind(b"[1]"), Some(Kind::NotJson));
        assert_eq!(kind(b"{\"seq\":1,\"ok\":{\"scopes\":[\"\xe9\"]}}"), Some(Kind::NotUtf8));
        assert_eq!(kind(br#"{"ok":{}}"#), Some(Kind::NoSeq));
        assert_eq!(kind(br#"{"seq":null,"ok":{}}"#), Some(Kind::NoSeq));
        assert_eq!(kind(br#"{"seq":"1","ok":{}}"#), Some(Kind::Unasked));
        assert_eq!(kind(br#"{"seq":1}"#), Some(Kind::Members));
        assert_eq!(kind(br#"{"seq":1,"ok":{},"crashed":{}}"#), Some(Kind::Members));
        assert_eq!(kind(br#"{"seq":1,"ok":["a"]}"#), Some(Kind::Shape));
        assert_eq!(kind(b" \r"), None);
        assert_eq!(read(b"\xef\xbb\xbf{\"hello\":{}}"), (Said::Hello(json!({})), Some(Kind::Mark)));
    }
}
