//! `use`: a named flow. It ends at its first refusal, which is its outcome.

use scopecheck_scenarios::model::{Step, Word};
use serde_json::{Map, Value};

use super::session::Session;
use crate::{
    judge::{Answer, Event, Missed, StepState},
    plan::{Given, Sent},
};

/// Fields of an authorization answer that stay visible behind the token response.
const CARRIED: &[&str] = &["code", "state", "sent_state", "landed", "location", "redirect_uri"];

impl Session<'_> {
    /// Many servers issue a refresh token only where `offline_access` was granted (OpenID Connect Core section 11). Where a later step needs
    /// one, none came, and the server lists that scope, the flow is run again with it; otherwise nothing is done.
    pub(super) async fn once_more_offline(&mut self, step: &Step, state: &StepState) -> Option<StepState> {
        let StepState::Ran(answer) = state else { return None };
        let offered = self.bindings.known.contains("offline_access");
        let asked = answer
            .requested
            .as_ref()
            .is_some_and(|asked| !asked.is_empty() && !asked.contains("offline_access"));
        let wanted = self.refreshed.contains(step.id.as_str()) && step.r#use.is_some();
        if !(wanted && offered && asked && answer.outcome.is_accepted())
            || answer.fields.contains_key("refresh_token")
        {
            return None;
        }
        self.also = Some("offline_access");
        let again = Box::pin(self.step(step)).await;
        self.also = None;
        match &again {
            StepState::Ran(answer) if answer.fields.contains_key("refresh_token") => Some(again),
            _ => None,
        }
    }

    /// Runs the steps of a flow until one is refused.
    pub(super) async fn flow(&mut self, step: &Step, name: &Word) -> Result<Answer, Missed> {
        let catalog = self.catalog;
        let flow = catalog
            .flows
            .get(name.as_str())
            .ok_or_else(|| Missed::blocked(format!("there is no flow `{name}`")))?;
        let scope = match (self.sent(step.scope.as_ref())?, self.also) {
            (Sent::One(mut asked), Some(also)) => {
                asked.push(b' ');
                asked.extend_from_slice(also.as_bytes());
                Sent::One(asked)
            }
            (scope, _) => scope,
        };
        let client = step.client.as_ref().map(|word| self.string(word.as_str())).transpose()?;
        let outer_given = self.given.replace(Given { scope: Some(scope), client });
        let outer_inner = std::mem::take(&mut self.inner);
        let mut last: Result<Answer, Missed> = Err(Missed::blocked(format!("the flow `{name}` has no step")));
        let mut events: Vec<Event> = Vec::new();
        let mut carried = Map::new();
        let mut requested = None;
        for inner in &flow.steps {
            if let Some(hook) = &self.hook {
                hook(&format!("{}.{}", step.id, inner.id));
            }
            match Box::pin(self.step(inner)).await {
                StepState::Missed(missed) => {
                    last = Err(missed);
                    break;
                }
                StepState::Ran(answer) => {
                    events.extend(answer.events.iter().cloned());
                    for name in CARRIED {
                        if let Some(value) = answer.fields.get(*name) {
                            carried.insert((*name).to_owned(), value.clone());
                        }
                    }
                    requested = answer.requested.clone().or(requested);
                    let accepted = answer.outcome.is_accepted();
                    self.inner.insert(inner.id.value.clone(), StepState::Ran(answer.clone()));
                    last = Ok(*answer);
                    if !accepted {
                        break;
                    }
                }
            }
        }
        self.given = outer_given;
        self.inner = outer_inner;
        let last = last?;
        let mut fields: Map<String, Value> = carried;
        fields.extend(last.fields.clone());
        Ok(Answer { verb: "use", events: settled(events, &last), fields, requested, ..last })
    }
}

/// A flow has decided when its last step has: a code alone decides nothing for it.
fn settled(events: Vec<Event>, last: &Answer) -> Vec<Event> {
    let decided = last.events.iter().any(|event| event.name == "decided");
    if decided { events } else { events.into_iter().filter(|event| event.name != "decided").collect() }
}
