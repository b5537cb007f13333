//! From the requested scopes of a client to the registered ones.

use crate::scope::{missing_scopes, union_scopes};

/// What a client that names no scope is registered for, and what is supported where nothing is configured (DCR-04).
pub const DEFAULT_SCOPES: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// What a server says about registrations.
#[derive(Debug, Clone, Copy)]
pub struct RegistrationPolicy<'a> {
    /// What the server supports; an empty list means [`DEFAULT_SCOPES`] (CFG-02).
    pub supported: &'a [String],
    /// What a client gets that names no scope, as far as it is supported (DCR-04).
    pub defaults: &'a [String],
    /// What every client gains (DCR-05).
    pub baseline: &'a [String],
}

/// What a registration became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expansion {
    /// The registered scopes, to be stored and to be echoed alike (DCR-06).
    pub registered: Vec<String>,
    /// Whether the baseline added anything (UN-03).
    pub expanded: bool,
}

/// Why a registration is refused on account of its scope. Over HTTP the code is `invalid_client_metadata` (DCR-01).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RegistrationError {
    /// A requested scope is not supported; the first such one, in the order of the request (DCR-03).
    #[error("unsupported scope: {scope}")]
    Unsupported {
        /// The offender.
        scope: String,
    },
    /// No scope was requested, and no default is supported (DCR-04).
    #[error(
        "none of the default scopes ({}) are supported by this server; the client must declare scope explicitly",
        .defaults.join(", ")
    )]
    NoDefault {
        /// The defaults.
        defaults: Vec<String>,
    },
}

/// The supported scopes: what is configured, or [`DEFAULT_SCOPES`] where nothing is (CFG-02).
pub fn effective_supported(configured: &[String]) -> Vec<String> {
    if configured.is_empty() { DEFAULT_SCOPES.map(str::to_owned).to_vec() } else { configured.to_vec() }
}

/// Validates what a client requests, then joins the baseline to it (DCR-01 steps 6 and 7).
///
/// No scope and an empty list both mean that nothing was requested (DCR-02). The requested scopes are validated
/// before the union, so that the baseline can neither hide an unsupported scope nor rescue a missing default.
pub fn expand_registration<S: AsRef<str>>(
    requested: Option<&[S]>,
    policy: &RegistrationPolicy<'_>,
) -> Result<Expansion, RegistrationError> {
    let supported = effective_supported(policy.supported);
    let requested: Vec<String> =
        requested.unwrap_or_default().iter().map(|scope| scope.as_ref().to_owned()).collect();
    let validated = if requested.is_empty() {
        supported_defaults(&supported, policy.defaults)?
    } else {
        match missing_scopes(&supported, &requested).into_iter().next() {
            Some(scope) => return Err(RegistrationError::Unsupported { scope }),
            None => union_scopes(&requested, &[]),
        }
    };
    let registered = union_scopes(&validated, policy.baseline);
    Ok(Expansion { expanded: registered != validated, registered })
}

/// The defaults that are supported, in their own order.
fn supported_defaults(supported: &[String], defaults: &[String]) -> Result<Vec<String>, RegistrationError> {
    let dropped = missing_scopes(supported, defaults);
    let kept = missing_scopes(&dropped, defaults);
    if kept.is_empty() {
        return Err(RegistrationError::NoDefault { defaults: defaults.to_vec() });
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn list(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    fn expand(requested: Option<&str>, supported: &str, baseline: &str) -> Result<String, RegistrationError> {
        let (supported, baseline) = (list(supported), list(baseline));
        let defaults = effective_supported(&[]);
        let policy = RegistrationPolicy { supported: &supported, defaults: &defaults, baseline: &baseline };
        let requested = requested.map(list);
        expand_registration(requested.as_deref(), &policy).map(|expansion| expansion.registered.join(" "))
    }

    fn expanded(requested: &str, baseline: &str) -> bool {
        let (defaults, baseline) = (effective_supported(&[]), list(baseline));
        let policy = RegistrationPolicy { supported: &[], defaults: &defaults, baseline: &baseline };
        expand_registration(Some(&list(requested)), &policy).unwrap().expanded
    }

    fn unsupported(scope: &str) -> Result<String, RegistrationError> {
        Err(RegistrationError::Unsupported { scope: scope.to_owned() })
    }

    #[test]
    fn the_examples_of_dcr_03_hold() {
        assert_eq!(expand(Some("openid profile"), "", "").unwrap(), "openid profile");
        assert_eq!(expand(Some("openid openid profile"), "", "").unwrap(), "openid profile");
        assert_eq!(expand(Some("email offline_access openid profile"), "", "").unwrap(), {
            "email offline_access openid profile"
        });
        assert_eq!(expand(Some("openid sneaky_admin"), "", ""), unsupported("sneaky_admin"));
        for stranger in ["openid.evil", "open", "OpenID"] {
            assert_eq!(expand(Some(stranger), "", ""), unsupported(stranger));
        }
    }

    #[test]
    fn the_examples_of_dcr_04_hold_as_they_were_run() {
        assert_eq!(expand(None, "", "").unwrap(), "openid profile email offline_access");
        assert_eq!(expand(Some(""), "", "").unwrap(), "openid profile email offline_access");
        assert_eq!(expand(None, "openid offline_access", "").unwrap(), "openid offline_access");
        insta::assert_snapshot!(expand(None, "custom_scope", "custom_scope").unwrap_err(), @"none of the default scopes (openid, profile, email, offline_access) are supported by this server; the client must declare scope explicitly");
    }

    #[test]
    fn the_examples_of_dcr_05_hold() {
        let custom = "openid profile email offline_access custom:scope";
        assert_eq!(expand(None, custom, "custom:scope").unwrap(), custom);
        let four = "openid profile email offline_access";
        assert_eq!(expand(Some(four), custom, "openid").unwrap(), four);
        assert_eq!(expand(Some("openid profile"), custom, "openid offline_access").unwrap(), {
            "openid profile offline_access"
        });
        assert_eq!(expand(Some("openid"), custom, "offline_access").unwrap(), "openid offline_access");
        assert_eq!(expand(Some("openid admin"), custom, "offline_access"), unsupported("admin"));
    }

    #[test]
    fn only_an_addition_counts_as_an_expansion() {
        assert!(!expanded("openid profile", "profile"));
        assert!(!expanded("openid openid", "openid"));
        assert!(!expanded("openid", ""));
        assert!(expanded("openid", "offline_access"));
        assert!(expanded("openid openid", "profile"));
    }

    #[test]
    fn the_order_of_the_request_comes_first() {
        assert_eq!(expand(Some("profile"), "", "openid").unwrap(), "profile openid");
    }

    fn lists() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec("[a-d]", 0..6)
    }

    proptest! {
        #[test]
        fn whatever_is_registered_holds_the_request_and_the_baseline_and_nothing_unsupported(
            requested in lists(),
            supported in prop::collection::vec("[a-d]", 1..6),
            baseline in lists(),
        ) {
            let baseline: Vec<String> = baseline.into_iter().filter(|one| supported.contains(one)).collect();
            let policy = RegistrationPolicy { supported: &supported, defaults: &supported, baseline: &baseline };
            let all_supported = requested.iter().all(|one| supported.contains(one));
            match expand_registration(Some(&requested), &policy) {
                Ok(expansion) => {
                    let registered = expansion.registered;
                    prop_assert!(all_supported);
                    prop_assert!(requested.iter().chain(&baseline).all(|one| registered.contains(one)));
                    prop_assert!(registered.iter().all(|one| supported.contains(one)));
                    prop_assert_eq!(&union_scopes(&registered, &[]), &registered);
                }
                Err(RegistrationError::Unsupported { scope }) => {
                    let first = requested.iter().find(|one| !supported.contains(one));
                    prop_assert_eq!(first, Some(&scope));
                }
                Err(error) => prop_assert!(false, "{}", error),
            }
        }
    }

    #[test]
    fn no_registration_changes_the_next_one() {
        let (defaults, baseline) = (effective_supported(&[]), list("offline_access"));
        let policy = RegistrationPolicy { supported: &[], defaults: &defaults, baseline: &baseline };
        let first = expand_registration(Some(&["openid"]), &policy).unwrap();
        let between = expand_registration::<&str>(None, &policy).unwrap();
        let second = expand_registration(Some(&["email"]), &policy).unwrap();
        assert_eq!(first.registered, ["openid", "offline_access"]);
        assert_eq!(between.registered, DEFAULT_SCOPES);
        assert_eq!(second.registered, ["email", "offline_access"]);
        assert_eq!((defaults, baseline), (effective_supported(&[]), list("offline_access")));
    }
}
