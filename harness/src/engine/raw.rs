//! `raw`: exact octets for an endpoint.

use scopecheck_scenarios::{
    model::{Raw, Text, TextKind},
    template::{Piece, Template},
};
use serde_json::Value;

use super::{
    authorize::arrived,
    session::Session,
    steps::{decided, fields, json_outcome},
    token::Measure,
};
use crate::{
    judge::{Answer, Missed},
    wire::{Encoding, Request, encode_value},
};

const FORM: &str = "application/x-www-form-urlencoded";

impl Session<'_> {
    /// Sends the octets of the case; only the placeholders are filled in, percent-encoded in queries and forms.
    pub(super) async fn raw(&mut self, raw: &Raw) -> Result<Answer, Missed> {
        let media = raw.content_type.as_deref().unwrap_or(FORM);
        let query = self.octets(raw.query.as_ref(), true)?;
        let body = self.octets(raw.body.as_ref(), media == FORM)?;
        let query = String::from_utf8_lossy(&query).into_owned();
        let address = |endpoint: String| {
            if query.is_empty() {
                endpoint
            } else {
                format!("{endpoint}{}{query}", if endpoint.contains('?') { '&' } else { '?' })
            }
        };
        match raw.endpoint.as_str() {
            "token" => {
                let client = self.client(None).await?;
                let url = address(self.world.endpoint("token_endpoint")?);
                let received = self.send(Request::post(url, media, body)).await?;
                self.weigh("raw", &received, &client, Measure::default()).await
            }
            "registration" => {
                let url = self
                    .world
                    .endpoint("registration_endpoint")
                    .map_err(|_| Missed::not_applicable("needs registration"))?;
                let received = self.enrol(Request::post(address(url), media, body)).await?;
                let outcome =
                    json_outcome(&received, |body| body.get("client_id").is_some_and(Value::is_string));
                Ok(Answer::plain("raw", outcome.clone(), decided(&received, &outcome), fields(&received)))
            }
            _ => {
                let url = address(self.world.endpoint("authorization_endpoint")?);
                let redirect_uri = self.world.redirect_uri().to_owned();
                let landed = self.walk(url, &redirect_uri, true).await?;
                Ok(Answer { verb: "raw", ..arrived(landed) })
            }
        }
    }

    fn octets(&self, text: Option<&Text>, encoded: bool) -> Result<Vec<u8>, Missed> {
        let Some(text) = text else { return Ok(Vec::new()) };
        let template = match &text.kind {
            TextKind::Hex(octets) => return Ok(octets.clone()),
            TextKind::Many(_) => return Err(Missed::blocked("`raw` sends one text, not an array")),
            TextKind::One(text) => {
                Template::parse(text).map_err(|error| Missed::blocked(error.to_string()))?
            }
        };
        let mut octets = Vec::new();
        for piece in &template.pieces {
            match piece {
                Piece::Literal(text) => octets.extend_from_slice(text.as_bytes()),
                Piece::Placeholder(placeholder) => {
                    let name = placeholder.path.join(".");
                    let filter =
                        placeholder.filter.as_ref().map(|filter| format!("|{filter}")).unwrap_or_default();
                    let value = self.string(&format!("{{{name}{filter}}}"))?;
                    let value = if encoded { encode_value(value.as_bytes(), Encoding::Plus) } else { value };
                    octets.extend_from_slice(value.as_bytes());
                }
            }
        }
        Ok(octets)
    }
}
