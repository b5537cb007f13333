//! Answers of the scripted world.

use serde_json::Value;
use wiremock::ResponseTemplate;

use super::log::Facts;
use crate::wire::Reply;

/// An answer on its way out, with what it means.
#[derive(Debug)]
pub(super) struct Out {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
    /// What it means.
    pub(super) facts: Facts,
}

impl Out {
    /// An answer without a body.
    pub(super) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: String::new(), facts: Facts::default() }
    }

    /// An answer of JSON.
    pub(super) fn json(status: u16, body: &Value) -> Self {
        let mut out = Self::empty(status);
        out.headers.push(("content-type".to_owned(), "application/json".to_owned()));
        out.body = body.to_string();
        out
    }

    /// An error of RFC 6749 section 5.2 or RFC 7591 section 3.2.2.
    pub(super) fn error(code: &str, description: &str) -> Self {
        Self::json(400, &serde_json::json!({ "error": code, "error_description": description }))
    }

    /// The same with one more header field.
    pub(super) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The same with what it means.
    pub(super) fn meaning(mut self, facts: Facts) -> Self {
        self.facts = facts;
        self
    }

    /// As the record keeps it.
    pub(super) fn reply(&self) -> Reply {
        Reply {
            status: self.status,
            headers: self.headers.clone(),
            body: self.body.clone().into_bytes(),
            oversized: false,
        }
    }

    /// As it is sent.
    pub(super) fn template(&self) -> ResponseTemplate {
        let mut template = ResponseTemplate::new(self.status);
        let media = self.headers.iter().find(|(name, _)| name == "content-type");
        if let Some((_, media)) = media {
            template = template.set_body_raw(self.body.clone(), media);
        }
        for (name, value) in self.headers.iter().filter(|(name, _)| name != "content-type") {
            let pair =
                (http::HeaderName::try_from(name.as_str()), http::HeaderValue::try_from(value.as_str()));
            if let (Ok(name), Ok(value)) = pair {
                template = template.append_header(name, value);
            }
        }
        template
    }
}
