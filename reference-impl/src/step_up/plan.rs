//! The decision before a login (SU-03).

use super::coverage::covers;
use crate::scope::union_of;

/// What a plan may come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Outcomes {
    /// Without somebody to ask, what is missing is named and nothing is started.
    #[default]
    Three,
    /// A login is started whether or not somebody is there: the later form of profile `cli-engine`.
    Two,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// Use what is held.
    Covered,
    /// Log in again.
    Reauthenticate {
        /// What to ask for: the defaults, what is held, what is required (P6).
        request: Vec<String>,
    },
    /// Nobody is there to log in.
    Missing {
        /// The scopes that are required and not held.
        missing: Vec<String>,
    },
}

/// Decides, without looking at the terminal or at anything else.
///
/// What is held is asked for again, or the new token would be worth less than the old one.
pub fn plan_step_up<S: AsRef<str>>(
    outcomes: Outcomes,
    defaults: &[S],
    granted: &[S],
    required: &[S],
    interactive: bool,
) -> Plan {
    let missing = covers(granted, required).missing;
    if missing.is_empty() {
        return Plan::Covered;
    }
    if interactive || outcomes == Outcomes::Two {
        return Plan::Reauthenticate { request: union_of(&[defaults, granted, required]) };
    }
    Plan::Missing { missing }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(outcomes: Outcomes, lists: [&[&str]; 3], interactive: bool) -> Plan {
        let [defaults, granted, required] = lists;
        plan_step_up(outcomes, defaults, granted, required, interactive)
    }

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_examples_of_su_03_hold() {
        let granted: &[&str] = &["base", "read"];
        for interactive in [true, false] {
            for required in [&["read"][..], &[], &["read", "base", "read"]] {
                assert_eq!(plan(Outcomes::Three, [&["base"], granted, required], interactive), Plan::Covered);
            }
        }
        let request = texts(&["base", "read", "write"]);
        let lists = [&["base"][..], granted, &["write"]];
        assert_eq!(plan(Outcomes::Three, lists, true), Plan::Reauthenticate { request: request.clone() });
        assert_eq!(plan(Outcomes::Three, lists, false), Plan::Missing { missing: texts(&["write"]) });
        assert_eq!(plan(Outcomes::Two, lists, false), Plan::Reauthenticate { request });
        let missing = texts(&["write", "admin"]);
        let lists = [&[][..], granted, &["read", "write", "admin"]];
        assert_eq!(plan(Outcomes::Three, lists, false), Plan::Missing { missing });
        for (granted, required) in [("base", ""), ("read:all", "read"), ("read", "Read")] {
            let plan = plan(Outcomes::Three, [&[], &[granted], &[required]], false);
            assert_eq!(plan, Plan::Missing { missing: texts(&[required]) });
        }
    }

    #[test]
    fn what_is_asked_for_begins_with_the_defaults_and_repeats_nothing() {
        let lists = [&["z", "a", "z"][..], &["m", "a"], &["b", "m"]];
        let request = texts(&["z", "a", "m", "b"]);
        assert_eq!(plan(Outcomes::Three, lists, true), Plan::Reauthenticate { request });
    }
}
