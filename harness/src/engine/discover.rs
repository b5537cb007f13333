//! `discover`: a metadata document.

use scopecheck_scenarios::model::Discover;
use serde_json::Value;

use super::{session::Session, steps::fields};
use crate::{
    judge::{Answer, Missed, Outcome},
    subject::{WELL_KNOWN_OAUTH, WELL_KNOWN_OPENID, well_known},
    wire::Request,
};

impl Session<'_> {
    /// Fetches the document from the first place that has it.
    pub(super) async fn discover(&mut self, discover: &Discover) -> Result<Answer, Missed> {
        let document =
            if discover.document.as_str() == "openid" { WELL_KNOWN_OPENID } else { WELL_KNOWN_OAUTH };
        let places = well_known(&self.world.setup.issuer, document)
            .map_err(|error| Missed::blocked(error.to_string()))?;
        let mut last = None;
        for url in places {
            let received = self.send(Request::get(url)).await?;
            let mut events = vec![received.event("answered")];
            if received.reply.status == 200 && matches!(received.reply.json(), Some(Value::Object(_))) {
                events.push(received.event("metadata_fetched"));
                return Ok(Answer::plain("discover", Outcome::Accepted, events, fields(&received)));
            }
            let outcome =
                if received.reply.status >= 500 { Outcome::ServerError } else { Outcome::RefusedElsewhere };
            last = Some(Answer::plain("discover", outcome, events, fields(&received)));
        }
        last.ok_or_else(|| Missed::not_applicable("the document has no place to be fetched from"))
    }
}
