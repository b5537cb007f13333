//! `discover`: the metadata of the resource (RFC 9728).

use serde_json::{Map, Value};
use url::Url;

use super::session::Session;
use crate::{
    judge::{Answer, Missed, Outcome},
    wire::Request,
};

impl Session<'_> {
    /// Fetches the document: the well-known path goes between host and path (section 3.1).
    pub(super) async fn discover(&mut self) -> Result<Answer, Missed> {
        let resource = &self.world.setup.url;
        let url = Url::parse(resource)
            .map_err(|error| Missed::blocked(format!("`{resource}` is no URL: {error}")))?;
        let path = if url.path() == "/" { "" } else { url.path() };
        let document =
            format!("{}/.well-known/oauth-protected-resource{path}", url.origin().ascii_serialization());
        let received = self.send(&Request::get(document)).await?;
        let status = received.reply.status;
        if status == 404 {
            return Err(Missed::not_applicable(
                "the resource server publishes no metadata (RFC 9728 asks nobody to)",
            ));
        }
        let mut events = vec![received.event("answered")];
        let mut fields = Map::new();
        fields.insert("status".to_owned(), Value::from(status));
        let outcome = match received.reply.json() {
            Some(Value::Object(body)) if status == 200 => {
                events.push(received.event("metadata_fetched"));
                fields.insert("body".to_owned(), Value::Object(body));
                Outcome::Accepted
            }
            _ if (500..600).contains(&status) => Outcome::ServerError,
            _ => Outcome::Unreadable,
        };
        Ok(Answer::plain("discover", outcome, events, fields))
    }
}
