//! A library as plain as can be, written a second time on purpose: if a law asks too much, it breaks here.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::laws::{
    Call, Reply,
    reply::{distinct, is_token, strings, text, without},
};

type Answer = Result<Value, String>;

/// Answers a call.
pub(super) fn answer(call: &Call) -> Reply {
    let input = &call.input;
    let answer = match call.op {
        "parse" => parse(text(input, "text")).map(|scopes| json!({ "scopes": scopes })),
        "serialize" => Ok(json!({ "text": distinct(&strings(input, "scopes")).join(" ") })),
        "claims" => claims(&input["claims"]).map(|scopes| json!({ "scopes": scopes })),
        "token" => token(text(input, "token")),
        "union" => {
            Ok(json!({ "scopes": distinct(&[strings(input, "first"), strings(input, "second")].concat()) }))
        }
        "covers" => {
            let missing = distinct(&without(&strings(input, "required"), &strings(input, "granted")));
            Ok(json!({ "covered": missing.is_empty(), "missing": missing }))
        }
        "recorded" => match &input["response"]["scope"] {
            Value::Null => Ok(json!({ "scopes": distinct(&strings(input, "requested")) })),
            Value::String(text) => parse(text).map(|scopes| json!({ "scopes": scopes })),
            other => Err(format!("a scope cannot be {other}")),
        },
        "plan_step_up" => Ok(plan(input)),
        "ensure_granted" => ensure(input),
        "expand_registration" => expand(input),
        "validate_baseline" => {
            let offender =
                without(&strings(input, "baseline"), &strings(input, "supported")).first().copied();
            Ok(json!({ "valid": offender.is_none(), "offending": offender }))
        }
        "challenge" => challenge(text(input, "header")),
        "emit_challenge" => emit(input),
        other => return Reply::Unsupported { reason: other.to_owned() },
    };
    match answer {
        Ok(value) => Reply::Ok(value),
        Err(message) => Reply::Rejected { kind: "refused".to_owned(), message },
    }
}

fn parse(text: &str) -> Result<Vec<&str>, String> {
    let pieces: Vec<&str> = text.split(' ').filter(|piece| !piece.is_empty()).collect();
    match pieces.iter().find(|piece| !is_token(piece)) {
        Some(piece) => Err(format!("{piece:?} is no scope")),
        None => Ok(distinct(&pieces)),
    }
}

fn claims(claims: &Value) -> Result<Vec<&str>, String> {
    let read = |name: &str| match &claims[name] {
        Value::Null => Ok(Vec::new()),
        Value::String(text) => parse(text),
        Value::Array(elements) => {
            let all: Option<Vec<&str>> =
                elements.iter().map(|one| one.as_str().filter(|one| is_token(one))).collect();
            all.map(|all| distinct(&all)).ok_or_else(|| format!("`{name}` holds what is no scope"))
        }
        other => Err(format!("`{name}` cannot be {other}")),
    };
    let (scope, scp) = (read("scope")?, read("scp")?);
    if !scope.is_empty() && !scp.is_empty() && !crate::laws::reply::same_set(&scope, &scp) {
        return Err("`scope` and `scp` differ".to_owned());
    }
    Ok(if scope.is_empty() { scp } else { scope })
}

fn token(token: &str) -> Answer {
    let segments: Vec<&str> = token.split('.').collect();
    let payload = match segments.as_slice() {
        [_, payload, _] => URL_SAFE_NO_PAD.decode(payload).ok(),
        _ => None,
    };
    let object: Option<Value> = payload.and_then(|octets| serde_json::from_slice(&octets).ok());
    match object.filter(Value::is_object) {
        Some(object) => claims(&object).map(|scopes| json!({ "scopes": scopes })),
        None => Ok(json!({ "scopes": [] })),
    }
}

fn plan(input: &Value) -> Value {
    let [defaults, granted, required] = ["defaults", "granted", "required"].map(|list| strings(input, list));
    let missing = distinct(&without(&required, &granted));
    if missing.is_empty() {
        json!({ "plan": "covered" })
    } else if input["interactive"] == json!(true) {
        json!({ "plan": "reauthenticate", "request": distinct(&[defaults, granted, required].concat()) })
    } else {
        json!({ "plan": "missing", "missing": missing })
    }
}

fn ensure(input: &Value) -> Answer {
    let (required, recorded) = (strings(input, "required"), strings(input, "recorded"));
    let object = &input["claims"];
    let silent = object["scope"].is_null() && object["scp"].is_null();
    let claimed = if silent { recorded.clone() } else { claims(object)? };
    let missing = distinct(&[without(&required, &claimed), without(&required, &recorded)].concat());
    Ok(json!({ "granted": missing.is_empty(), "missing": missing }))
}

fn expand(input: &Value) -> Answer {
    let [requested, supported, defaults, baseline] =
        ["requested", "supported", "defaults", "baseline"].map(|list| strings(input, list));
    let wanted = distinct(if requested.is_empty() { &defaults } else { &requested });
    if let Some(stranger) = without(&wanted, &supported).first() {
        return Err(format!("unsupported scope: {stranger}"));
    }
    let registered = distinct(&[wanted.clone(), baseline].concat());
    Ok(json!({ "expanded": registered.len() > wanted.len(), "registered": registered }))
}

fn emit(input: &Value) -> Answer {
    let scopes = strings(input, "scopes");
    let error = input["error"].as_str();
    if let Some(bad) = scopes.iter().chain(&error).find(|text| !is_token(text)) {
        return Err(format!("{bad:?} cannot stand in a challenge"));
    }
    let error = error.map_or(String::new(), |error| format!("error=\"{error}\", "));
    Ok(json!({ "header": format!("Bearer {error}scope=\"{}\"", scopes.join(" ")) }))
}

/// One token, `=` or comma of a header, or the content of a quoted string.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Word(String),
    Quoted(String),
    Equals,
    Comma,
}

fn pieces(header: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = header.chars().peekable();
    while let Some(next) = rest.next() {
        match next {
            ' ' | '\t' => {}
            ',' => pieces.push(Piece::Comma),
            '=' => pieces.push(Piece::Equals),
            '"' => {
                let mut content = String::new();
                loop {
                    match rest.next().ok_or("a quote is not closed")? {
                        '"' => break,
                        '\\' => content.push(rest.next().ok_or("a quote is not closed")?),
                        other => content.push(other),
                    }
                }
                pieces.push(Piece::Quoted(content));
            }
            word => {
                let mut content = String::from(word);
                while let Some(more) = rest.next_if(|more| !" \t,=\"".contains(*more)) {
                    content.push(more);
                }
                pieces.push(Piece::Word(content));
            }
        }
    }
    Ok(pieces)
}

/// The first Bearer challenge: a word that is followed by neither `=` nor a quoted string begins a challenge.
fn challenge(header: &str) -> Answer {
    let pieces = pieces(header)?;
    let (mut scheme, mut scope, mut error) = (String::new(), None, None);
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        match (piece, pieces.get(at + 1), pieces.get(at + 2)) {
            (Piece::Word(name), Some(Piece::Equals), Some(Piece::Word(value) | Piece::Quoted(value))) => {
                if scheme == "bearer" && name.eq_ignore_ascii_case("scope") && scope.is_none() {
                    scope = Some(value.clone());
                } else if scheme == "bearer" && name.eq_ignore_ascii_case("error") && error.is_none() {
                    error = Some(value.clone());
                }
                at += 2;
            }
            (Piece::Word(name), ..) if scheme != "bearer" => scheme = name.to_ascii_lowercase(),
            (Piece::Word(_), ..) if scope.is_some() => break,
            (Piece::Quoted(_), ..) => return Err("a value without a name".to_owned()),
            _ => {}
        }
        at += 1;
    }
    let scope = scope.unwrap_or_default();
    Ok(json!({ "scopes": parse(&scope)?, "error": error }))
}
