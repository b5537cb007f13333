//! `record`, `identity`, `metadata` and `resolver`: what a client keeps.

use serde::{Deserialize, Deserializer};
use serde_json::json;

use crate::faults::Fault;
use crate::identity::{Identity, same_identity};
use crate::library::input::{Object, Text, read, texts};
use crate::library::instance::Library;
use crate::library::reply::{Answer, Refusal};
use crate::metadata::{CommandScopes, ViewsOfCliEngine};
use crate::record::StoredRecord;
use crate::resolver::Asked;
use crate::scope::union_scopes;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordInput {
    text: Text,
    now: Option<i64>,
}

/// `record`: a stored record, without its secrets.
pub(in crate::library) fn record(library: &Library, input: &str) -> Answer {
    let RecordInput { text, now } = read(input)?;
    let record = StoredRecord::decode(&text.utf8()?).map_err(|error| Refusal::new("record", error))?;
    if library.has(Fault::RecordNeedsScopes) && record.scopes.is_none() {
        return Err(Refusal::new("record", "the stored record has no `scopes`"));
    }
    let mut answer = json!({
        "scopes": record.scopes.as_deref().unwrap_or_default(),
        "known": record.scopes.is_some(),
        "expires_at": record.expires_at,
        "refreshable": record.refresh_token.is_some(),
    });
    if let (Some(now), Some(members)) = (now, answer.as_object_mut()) {
        members.insert("valid".to_owned(), json!(record.valid_at(now)));
    }
    Ok(answer)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IdentityInput {
    claims: Option<Object>,
    id_token: Option<Object>,
    #[serde(default)]
    before: Login,
    #[serde(default)]
    after: Login,
}

/// A login by the claims of its token: not named, or named and perhaps opaque.
#[derive(Default)]
enum Login {
    #[default]
    Unnamed,
    Named(Option<Object>),
}

impl Login {
    /// Who logged in; nobody that is known where the token is opaque.
    fn identity(&self) -> Result<Identity, Refusal> {
        let object = match self {
            Self::Unnamed | Self::Named(None) => None,
            Self::Named(Some(object)) => Some(object),
        };
        Ok(Identity::of(Object::members_of(object)?.as_ref(), None))
    }
}

impl<'de> Deserialize<'de> for Login {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::Named)
    }
}

/// `identity`: who a token is for, or whether two logins are of one.
pub(in crate::library) fn identity(library: &Library, input: &str) -> Answer {
    let IdentityInput { claims, id_token, before, after } = read(input)?;
    if let (Login::Unnamed, Login::Unnamed) = (&before, &after) {
        let claims = Object::members_of(claims.as_ref())?;
        let id_token = Object::members_of(id_token.as_ref())?;
        let identity = Identity::of(claims.as_ref(), id_token.as_ref());
        let key = identity.key().to_owned();
        return Ok(json!({ "name": identity.name, "subject": identity.subject, "key": key }));
    }
    let (mut before, mut after) = (before.identity()?, after.identity()?);
    if library.has(Fault::IdentityByName) {
        before.subject.clear();
        after.subject.clear();
    }
    let compared = same_identity(&before, &after).map_err(|error| Refusal::new("identity", error))?;
    Ok(json!({ "compared": compared }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MetadataInput {
    steps: Vec<MetadataStep>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum MetadataStep {
    Set(Vec<Text>),
    With(Vec<Text>),
    Key(Text),
}

/// `metadata`: the two views after a sequence of changes.
pub(in crate::library) fn metadata(library: &Library, input: &str) -> Answer {
    let steps = read::<MetadataInput>(input)?.steps;
    let (mut scopes, mut views) = (CommandScopes::default(), ViewsOfCliEngine::default());
    for step in steps {
        match step {
            MetadataStep::Set(list) => {
                let list = texts(list)?;
                if library.is_cli_engine() {
                    let before = views.joined.clone();
                    views.set_scopes(&list);
                    if library.has(Fault::MetadataViewLeftBehind) && list.is_empty() {
                        views.joined = before;
                    }
                } else {
                    scopes.set_scopes(&list).map_err(Refusal::malformed)?;
                }
            }
            MetadataStep::With(list) => {
                let list = texts(list)?;
                if library.is_cli_engine() {
                    views.with_scopes(&list);
                } else {
                    scopes.set_scopes(&list).map_err(Refusal::malformed)?;
                }
            }
            MetadataStep::Key(text) => {
                let text = text.utf8()?;
                if library.is_cli_engine() {
                    views.with_joined(Some(text));
                } else {
                    scopes.set_joined(Some(&text)).map_err(Refusal::malformed)?;
                }
            }
        }
    }
    if library.is_cli_engine() {
        return Ok(json!({ "list": views.list, "joined": views.joined }));
    }
    Ok(json!({ "list": scopes.list(), "joined": scopes.joined() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResolverInput {
    declared: Vec<Text>,
    calls: Vec<ResolverCall>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResolverCall {
    extra: Vec<Text>,
    #[serde(default)]
    fails: bool,
}

/// `resolver`: what reaches the provider in a sequence of calls.
pub(in crate::library) fn resolver(library: &Library, input: &str) -> Answer {
    let ResolverInput { declared, calls } = read(input)?;
    let declared = texts(declared)?;
    let mut asked = Asked::new(&declared);
    let mut requests = Vec::new();
    for call in calls {
        let extra = texts(call.extra)?;
        let Some(mut request) = asked.next(&extra) else { continue };
        if library.has(Fault::ResolverReplaces) {
            request = union_scopes(&declared, &extra);
        }
        requests.push(request.clone());
        if !call.fails {
            asked.note(request);
        }
    }
    Ok(json!({ "requests": requests, "requested": asked.requested() }))
}
