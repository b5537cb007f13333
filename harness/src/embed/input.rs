//! The input of a call, member by member.

use scopecheck_scenarios::operations;
use serde_json::Value;

use super::Refusal;

/// The input of a call: a JSON object with the members that the operation has ([`super::OPERATIONS`]).
///
/// It was read by `serde_json`, so of a repeated member the last one is left. A library that reads JSON text by itself sees more of it
/// through [`super::Adapter`].
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    op: String,
    whole: Value,
}

impl Input {
    /// Reads the input of an operation.
    pub(super) fn read(op: &str, text: &str) -> Result<Self, Refusal> {
        let whole = serde_json::from_str(text).map_err(|error| {
            // A lone surrogate, say: it can be written in JSON, and no Rust string can hold it.
            Refusal::unsupported(format!("the input cannot be a value of serde_json: {error}"))
        })?;
        Ok(Self { op: op.to_owned(), whole })
    }

    /// The whole object.
    pub fn whole(&self) -> &Value {
        &self.whole
    }

    /// A member, whatever it is: the claims of a token, a token response.
    pub fn value(&self, member: &str) -> Result<&Value, Refusal> {
        self.whole.get(member).ok_or_else(|| {
            let has = operations::find(&self.op).map_or(&[][..], |operation| operation.input);
            let has: Vec<String> = has.iter().map(|name| format!("`{name}`")).collect();
            let (op, has) = (&self.op, has.join(", "));
            Refusal::mistake(format!("the closure of `{op}` asks for `{member}`, and the input has {has}"))
        })
    }

    /// A member that is a text. One that is not UTF-8 is unsupported, for a `&str` cannot hold it; [`Self::octets`] can.
    pub fn text(&self, member: &str) -> Result<&str, Refusal> {
        str_of(self.value(member)?, member)
    }

    /// A member that is a text, as octets, UTF-8 or not.
    pub fn octets(&self, member: &str) -> Result<Vec<u8>, Refusal> {
        let value = self.value(member)?;
        match value.get("hex").and_then(Value::as_str) {
            Some(digits) => octets_of(digits)
                .ok_or_else(|| Refusal::mistake(format!("`hex` of `{member}` holds no pairs of hex digits"))),
            None => str_of(value, member).map(|text| text.as_bytes().to_vec()),
        }
    }

    /// A member that is a list of texts.
    pub fn list(&self, member: &str) -> Result<Vec<&str>, Refusal> {
        self.list_or_null(member)?.ok_or_else(|| {
            Refusal::mistake(format!(
                "the closure of `{}` asks for the list `{member}`, which may be null: ask with `list_or_null`",
                self.op
            ))
        })
    }

    /// A member that is a list of texts, or null.
    pub fn list_or_null(&self, member: &str) -> Result<Option<Vec<&str>>, Refusal> {
        match self.value(member)? {
            Value::Null => Ok(None),
            Value::Array(list) => {
                list.iter().map(|element| str_of(element, member)).collect::<Result<_, _>>().map(Some)
            }
            other => Err(wrong(member, "a list", other)),
        }
    }

    /// A member that is true or false.
    pub fn flag(&self, member: &str) -> Result<bool, Refusal> {
        let value = self.value(member)?;
        value.as_bool().ok_or_else(|| wrong(member, "true or false", value))
    }
}

fn str_of<'v>(value: &'v Value, member: &str) -> Result<&'v str, Refusal> {
    match value {
        Value::String(text) => Ok(text),
        Value::Object(object) if object.contains_key("hex") => {
            Err(Refusal::unsupported(format!("`{member}` is not UTF-8 here, and the library takes texts")))
        }
        other => Err(wrong(member, "a text", other)),
    }
}

fn wrong(member: &str, wanted: &str, found: &Value) -> Refusal {
    let found = match found {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    Refusal::mistake(format!("the closure asks for `{member}` as {wanted}, and it is {found}"))
}

/// The octets that pairs of hexadecimal digits stand for.
fn octets_of(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| {
            let [high, low] = pair else { return None };
            let digit = |octet: &u8| char::from(*octet).to_digit(16);
            u8::try_from(digit(high)? * 16 + digit(low)?).ok()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use scopecheck_scenarios::laws::Reply;

    use super::*;

    fn input(op: &str, text: &str) -> Input {
        Input::read(op, text).unwrap()
    }

    fn said<T: std::fmt::Debug>(read: Result<T, Refusal>) -> String {
        match read.unwrap_err().reply() {
            Reply::Unsupported { reason } => format!("unsupported: {reason}"),
            Reply::Crashed { detail } => format!("crashed: {detail}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_text_that_is_not_utf_8_can_be_had_as_octets_alone() {
        let hex = input("parse", r#"{"text":{"hex":"61fF"}}"#);
        assert_eq!(hex.octets("text"), Ok(vec![0x61, 0xff]));
        insta::assert_snapshot!(said(hex.text("text")), @"unsupported: `text` is not UTF-8 here, and the library takes texts");
        assert_eq!(input("parse", r#"{"text":"é"}"#).octets("text"), Ok("é".as_bytes().to_vec()));
        for digits in ["6", "zz", "é"] {
            let wrong = input("parse", &format!(r#"{{"text":{{"hex":"{digits}"}}}}"#));
            assert_eq!(said(wrong.octets("text")), "crashed: `hex` of `text` holds no pairs of hex digits");
        }
    }

    #[test]
    fn null_is_a_value_that_has_to_be_asked_for() {
        let null = input("expand_registration", r#"{"requested":null}"#);
        assert_eq!(null.list_or_null("requested"), Ok(None));
        insta::assert_snapshot!(said(null.list("requested")), @"crashed: the closure of `expand_registration` asks for the list `requested`, which may be null: ask with `list_or_null`");
        insta::assert_snapshot!(said(null.flag("requested")), @"crashed: the closure asks for `requested` as true or false, and it is null");
    }

    #[test]
    fn what_no_rust_string_can_hold_is_unsupported() {
        let lone = Input::read("parse", r#"{"text":"\ud800"}"#);
        assert!(said(lone).starts_with("unsupported: the input cannot be a value of serde_json: "));
    }
}
