//! Answers of the scripted world.

use serde_json::Value;
use wiremock::ResponseTemplate;

use super::{
    arrival::{Arrival, FIELD, LATE},
    log::Facts,
};
use crate::wire::{Reply, WireError};

/// An answer on its way out, with what it means.
#[derive(Debug)]
pub(super) struct Out {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
    arrival: Arrival,
    /// What it means.
    pub(super) facts: Facts,
}

impl Out {
    /// An answer without a body.
    pub(super) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: String::new(),
            arrival: Arrival::default(),
            facts: Facts::default(),
        }
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

    /// The same, as it arrives.
    pub(super) fn arriving(mut self, arrival: Arrival) -> Self {
        self.arrival = arrival;
        self
    }

    /// How long it is kept back, in milliseconds.
    pub(super) fn takes_ms(&self) -> u64 {
        let late = self.arrival == Arrival::Late;
        if late { u64::try_from(LATE.as_millis()).unwrap_or_default() } else { 0 }
    }

    /// As the client has it.
    pub(super) fn received(&self) -> Result<Reply, WireError> {
        let mut reply = self.reply();
        match self.arrival {
            Arrival::Whole | Arrival::Late | Arrival::Held => {}
            Arrival::Cut => reply.body.truncate(reply.body.len() / 2),
            Arrival::Never => return Err(WireError::Connection("the connection was closed".to_owned())),
        }
        Ok(reply)
    }

    /// As it was meant.
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
        if let Some(told) = self.arrival.told() {
            template = template.append_header(FIELD, told);
        }
        if self.arrival == Arrival::Late { template.set_delay(LATE) } else { template }
    }
}
