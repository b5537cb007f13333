//! Logins of one run that overlap: an authorization request comes while an earlier login is still under way.

use super::log::{Kind, Logged, text};

/// Notes each authorization request that comes while an earlier login of the same run is under way.
///
/// A login is under way from its authorization request until the token response for its code has gone out. A code that is never redeemed was given
/// up: its login ended with the answer that brought it. The same URL opened twice is one login: its `state` is the same.
pub(super) fn note(log: &mut [Logged]) {
    let overlapping: Vec<usize> = (0..log.len())
        .filter(|at| {
            let (before, rest) = log.split_at(*at);
            rest.first().is_some_and(|request| {
                let others = before.iter().filter(|earlier| is_other(earlier, request));
                request.kind == Kind::Authorize
                    && others.into_iter().any(|earlier| ended_ms(earlier, log) > request.started_ms)
            })
        })
        .collect();
    for at in overlapping {
        if let Some(logged) = log.get_mut(at) {
            logged.facts.events.push("overlapping_login");
        }
    }
}

/// Whether an earlier request began another login.
fn is_other(earlier: &Logged, request: &Logged) -> bool {
    let state = |logged: &Logged| text(&logged.facts.parameters, "state").to_owned();
    earlier.kind == Kind::Authorize && state(earlier) != state(request)
}

/// When the login of an authorization request came to its end.
fn ended_ms(authorize: &Logged, log: &[Logged]) -> u64 {
    let code = authorize.facts.code.as_deref();
    let redeems = |logged: &&Logged| {
        logged.kind == Kind::Token && code.is_some_and(|code| text(&logged.facts.parameters, "code") == code)
    };
    log.iter().find(redeems).map_or(authorize.answered_ms, |redeemed| redeemed.answered_ms)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{
        client::world::log::Facts,
        wire::{Request, WireError},
    };

    /// A request at this time, whose answer takes so long.
    fn at(ms: u64, kind: Kind, takes: u64, code: Option<&str>, parameters: &Value) -> Logged {
        let parameters = parameters.as_object().cloned().unwrap_or_default();
        Logged {
            step: "go".to_owned(),
            kind,
            request: Request { method: "GET", url: String::new(), headers: Vec::new(), body: None },
            reply: Err(WireError::Connection(String::new())),
            started_ms: ms,
            answered_ms: ms + takes,
            facts: Facts { parameters, code: code.map(str::to_owned), ..Facts::default() },
        }
    }

    fn authorize(ms: u64, takes: u64, code: &str, state: &str) -> Logged {
        at(ms, Kind::Authorize, takes, Some(code), &json!({ "state": state }))
    }

    fn redeem(ms: u64, takes: u64, code: &str) -> Logged {
        at(ms, Kind::Token, takes, None, &json!({ "code": code }))
    }

    /// The times of the requests that overlap an earlier login.
    fn noted(mut log: Vec<Logged>) -> Vec<u64> {
        note(&mut log);
        log.iter()
            .filter(|logged| logged.facts.events == ["overlapping_login"])
            .map(|logged| logged.started_ms)
            .collect()
    }

    #[test]
    fn a_login_is_under_way_until_its_token_has_gone_out() {
        let log = |second: u64| {
            let mut log =
                vec![authorize(0, 0, "c", "s"), redeem(10, 300, "c"), authorize(second, 0, "d", "t")];
            log.sort_by_key(|logged| logged.started_ms);
            noted(log)
        };
        assert_eq!(log(5), [5]);
        assert_eq!(log(309), [309]);
        assert!(log(310).is_empty());
    }

    #[test]
    fn what_was_given_up_and_what_is_opened_twice_does_not_overlap() {
        let given_up = vec![authorize(0, 0, "c", "s"), authorize(20, 0, "d", "t"), redeem(30, 0, "d")];
        assert!(noted(given_up).is_empty());
        let twice = vec![authorize(0, 0, "c", "s"), authorize(1, 0, "d", "s"), redeem(30, 0, "c")];
        assert!(noted(twice).is_empty());
        let kept_back = vec![authorize(0, 300, "c", "s"), authorize(20, 0, "d", "t")];
        assert_eq!(noted(kept_back), [20]);
    }
}
