//! The table: one line for each fault.

use super::info::{FaultInfo, FaultProfile, Role, Standing};
use crate::words::words;

/// Defines the faults and their table from the same lines, so that neither can miss an entry of the other.
macro_rules! faults {
    ($($value:ident, $name:literal, $role:ident, $profile:ident, $standing:ident, $sentence:literal, $breaks:literal;)+) => {
        words! {
            /// A named bug that the reference implementation can switch on.
            pub enum Fault: "fault" {
                $(#[doc = $sentence] $value = $name,)+
            }
        }

        const TABLE: &[FaultInfo] = &[
            $(FaultInfo {
                fault: Fault::$value,
                name: $name,
                role: Role::$role,
                profile: FaultProfile::$profile,
                standing: Standing::$standing,
                sentence: $sentence,
                breaks: $breaks,
            },)+
        ];
    };
}

/// All faults, in the order of the table.
pub const fn all() -> &'static [FaultInfo] {
    TABLE
}

/// The fault of that name.
pub fn find(name: &str) -> Option<&'static FaultInfo> {
    TABLE.iter().find(|info| info.name == name)
}

// name of the value, name on the command line, role, profile, standing, sentence, requirement or contract
#[rustfmt::skip]
faults! {
    RefreshWidened, "refresh-widened", Server, Standard, Proven, "A refresh grants any scope that the client is registered for, whatever was granted at first.", "RFC6749-6-2";
    RefreshNarrowingUnsaid, "refresh-narrowing-unsaid", Server, Standard, Proven, "A refresh ignores a narrower scope, grants the whole of the original grant and leaves `scope` out of the answer.", "RFC6749-6-5";
    RefreshOmittedDefault, "refresh-omitted-default", Server, Standard, Proven, "A refresh without scope gives the default scope instead of what was granted.", "RFC6749-6-3";
    RefreshEmptyNone, "refresh-empty-none", Server, Standard, Proven, "An empty `scope=` at a refresh is refused, while an omitted one gives the original grant.", "RFC6749-3.1-1";
    RefreshTokenShrunk, "refresh-token-shrunk", Server, Standard, Proven, "After a narrower refresh the new refresh token is bound to the narrower scope.", "RFC6749-6-4";
    RefreshErrorInvalidGrant, "refresh-error-invalid-grant", Server, Standard, Warned, "A refresh that asks for more than was granted is refused with `invalid_grant`.", "RFC6749-5.2-4";
    RefreshOrderDependent, "refresh-order-dependent", Server, Standard, Proven, "A refresh is refused unless its scope is the very string that was granted, order and all.", "RFC6749-3.3-4";
    ScopeMissingWhenNarrowed, "scope-missing-when-narrowed", Server, Standard, Proven, "Scopes that the client may not have are dropped, and the answer has no `scope` to say so.", "RFC6749-5.1-1";
    UnknownGrantedUnsaid, "unknown-granted-unsaid", Server, Standard, Proven, "Scopes that the client may not have are granted, and the answer names only the others.", "RFC6749-5.1-1";
    UnknownScopeServerError, "unknown-scope-server-error", Server, Standard, Proven, "A scope that the client may not have is answered with status 500.", "RFC6749-5.2-1";
    RegisteredLimitIgnored, "registered-limit-ignored", Server, Standard, Warned, "Any supported scope is granted at the authorization endpoint, whatever the client registered.", "RFC7591-2-3";
    PrefixMatch, "prefix-match", Server, Standard, Proven, "A registered scope admits every longer string that begins with it.", "RFC6749-3.3-3";
    ParentMatch, "parent-match", Server, Standard, Proven, "A registered scope admits every shorter string that it begins with.", "RFC6749-3.3-3";
    SubstringMatch, "substring-match", Server, Standard, Proven, "A registered scope admits every string that it contains.", "RFC6749-3.3-3";
    CaseInsensitiveMatch, "case-insensitive-match", Server, Standard, Proven, "Scopes are compared without regard to case, and granted as they were written in the request.", "RFC6749-3.3-3";
    SeparatorAnyWhitespace, "separator-any-whitespace", Server, Standard, Warned, "A requested scope is split at tabs and other white space as well as at the space.", "RFC6749-3.3-2";
    SeparatorComma, "separator-comma", Server, Standard, Warned, "A requested scope is split at commas as well as at the space.", "RFC6749-3.3-2";
    EmptyUnlikeOmitted, "empty-unlike-omitted", Server, Standard, Proven, "An empty `scope=` is refused with `invalid_request`, while an omitted one gives the default.", "RFC6749-3.1-1";
    EmptyScopeServerError, "empty-scope-server-error", Server, Standard, Proven, "An empty `scope=` is answered with status 500.", "RFC6749-3.1-1";
    ErrorCodeScopeInvalid, "error-code-scope-invalid", Server, Standard, Proven, "A refused scope is reported as `scope_invalid`, a code that no specification defines.", "RFC6749-4.1.2.1-1";
    RegistrationEchoDiffers, "registration-echo-differs", Server, Standard, Proven, "The answer to a registration shows every requested scope, and only the first of them applies.", "RFC7591-3.2.1-1";
    RegistrationEchoMissing, "registration-echo-missing", Server, Standard, Proven, "The answer to a registration leaves `scope` out although a limit applies.", "RFC7591-3.2.1-1";
    RegistrationArrayServerError, "registration-array-server-error", Server, Standard, Proven, "An array as `scope` of a registration is answered with status 500.", "RFC7591-3.2.2-1";
    RegistrationUnknownMember, "registration-unknown-member", Server, Standard, Proven, "A member `scopes` of a registration, which no specification knows, adds to the registered scope.", "RFC7591-2-4";
    RegistrationErrorCode, "registration-error-code", Server, Standard, Warned, "A registration with an unsupported scope is refused with `invalid_scope`.", "RFC7591-3.2.2-1";
    RepeatedScopeMerged, "repeated-scope-merged", Server, Standard, Proven, "Several `scope` parameters in one request are merged.", "RFC6749-4.1.2.1-5";
    RepeatedScopeLast, "repeated-scope-last", Server, Standard, Warned, "Of several `scope` parameters in one request the last one counts.", "RFC6749-4.1.2.1-5";
    FirstScopeOnlyChecked, "first-scope-only-checked", Server, Standard, Proven, "Only the first requested scope is checked, and the others are granted unseen.", "RFC7591-2-3";
    OrderDependent, "order-dependent", Server, Standard, Proven, "Only the first requested scope is granted, so that the order of the list decides.", "RFC6749-3.3-4";
    LastScopeReplaces, "last-scope-replaces", Server, Standard, Proven, "Each listed scope replaces the one before it, so that only the last is granted.", "RFC6749-3.3-5";
    StateLost, "state-lost", Server, Standard, Proven, "An error redirect does not carry `state`.", "RFC6749-4.1.2.1-3";
    BadScopeRedirectsAnywhere, "bad-scope-redirects-anywhere", Server, Standard, Proven, "A bad scope is reported by redirect before the redirect URI is checked.", "RFC6749-4.1.2.1-2";
    CommaJoinedResponse, "comma-joined-response", Server, Standard, Proven, "The token response joins scopes with commas.", "RFC6749-3.3-2";
    ScopeArrayResponse, "scope-array-response", Server, Standard, Proven, "The token response carries `scope` as an array.", "RFC6749-5.1-2";
    ScopeNullResponse, "scope-null-response", Server, Standard, Proven, "The token response carries `scope` as null.", "OAUTH21-C.3-1";
    ScopeEmptyStringResponse, "scope-empty-string-response", Server, Standard, Proven, "The token response carries an empty string as `scope`, whatever was granted.", "RFC6749-5.1-1";
    ClaimWiderThanResponse, "claim-wider-than-response", Server, Standard, Proven, "The access token is good for every registered scope, while the answer names the granted ones.", "RFC6749-5.1-1";
    IntrospectionWider, "introspection-wider", Server, Standard, Proven, "Introspection reports every scope that the client is registered for.", "RFC7662-2.2-4";
    IntrospectionScopeArray, "introspection-scope-array", Server, Standard, Proven, "Introspection reports `scope` as an array.", "RFC7662-2.2-1";
    IntrospectionInactiveScope, "introspection-inactive-scope", Server, Standard, Warned, "Introspection of an inactive token still shows its scope.", "RFC7662-2.2-3";
    JwtScopeArray, "jwt-scope-array", Server, Standard, Proven, "A token of type `at+jwt` carries `scope` as an array.", "RFC8693-4.2-1";
    DuplicateScopeServerError, "duplicate-scope-server-error", Server, Standard, Proven, "A scope that is listed twice is answered with status 500.", "RFC6749-3.3-4";
    DuplicatesEchoed, "duplicates-echoed", Server, Standard, Warned, "The token response repeats a scope as often as the request did.", "RFC6749-3.3-2";
    CodeExchangeWidens, "code-exchange-widens", Server, Standard, Proven, "A `scope` parameter at the code exchange adds to what was granted.", "RFC6749-4.1.3-1";
    UnknownParameterScopes, "unknown-parameter-scopes", Server, Standard, Proven, "A parameter `scopes` at the authorization endpoint adds to the request.", "RFC6749-3.1-2";
    MalformedScopeAccepted, "malformed-scope-accepted", Server, Standard, Proven, "A scope with characters outside the grammar is granted and echoed.", "RFC6749-3.3-2";
    ErrorDescriptionRaw, "error-description-raw", Server, Standard, Proven, "The offending scope is copied into `error_description` as it came.", "RFC6749-4.1.2.1-4";
    OmittedScopeAll, "omitted-scope-all", Server, Standard, Proven, "A request without scope gets every registered scope, and the answer does not say so.", "RFC6749-3.3-8";
    OmittedInvalidRequest, "omitted-invalid-request", Server, Standard, Proven, "A request without scope is refused with `invalid_request`.", "RFC6749-3.3-8";
    OmittedScopeVaries, "omitted-scope-varies", Server, Standard, Proven, "A request without scope gets another default each time.", "RFC6749-3.3-8";
    DoublePercentDecoding, "double-percent-decoding", Server, Standard, Warned, "A requested scope is percent-decoded twice.", "RFC6749-B-2";
    PlusNotDecoded, "plus-not-decoded", Server, Standard, Proven, "A plus sign in a request is not decoded to a space.", "RFC6749-B-2";
    ClientCredentialsScopeStatus, "client-credentials-scope-status", Server, Standard, Proven, "A bad scope in a client credentials request is answered with status 401.", "RFC6749-5.2-1";
    ClientCredentialsUnchecked, "client-credentials-unchecked", Server, Standard, Warned, "A client credentials request gets any supported scope, whatever the client registered.", "RFC7591-2-3";
    MetadataEmptyScopes, "metadata-empty-scopes", Server, Standard, Proven, "The metadata publish an empty array as `scopes_supported`.", "RFC8414-3.2-1";
    MetadataScopesString, "metadata-scopes-string", Server, Standard, Warned, "The metadata publish `scopes_supported` as a string.", "RFC8414-2-1";
    RevokedTokenKeepsScope, "revoked-token-keeps-scope", Server, Standard, Warned, "A revoked access token stays active, with its scope.", "RFC7662-2.2-3";
    ReadBackDiffers, "read-back-differs", Server, Standard, Proven, "Reading a registration back shows the supported scopes instead of the registered ones.", "RFC7591-3.2.1-1";
    UnionSorted, "union-sorted", Server, Toolhive, Proven, "The union of the requested scopes and the baseline is sorted, so that the order of the request is lost.", "UN-02";
    UnionBeforeValidation, "union-before-validation", Server, Toolhive, Proven, "The baseline is joined before validation, and what is unsupported then vanishes instead of being refused.", "DCR-01";
    UnsupportedFiltered, "unsupported-filtered", Server, Toolhive, Proven, "Without regard to a baseline, unsupported scopes of a registration are dropped instead of refused.", "DCR-03";
    EchoWithoutUnion, "echo-without-union", Server, Toolhive, Proven, "The answer to a registration shows the requested scopes, while the union with the baseline applies.", "DCR-06";
    BaselineGranted, "baseline-granted", Server, Toolhive, Proven, "The baseline is granted at the authorization endpoint without being asked for.", "DCR-09";
    BaselineReplaces, "baseline-replaces", Server, Toolhive, Proven, "The baseline is registered instead of the requested scopes.", "DCR-05";
    BaselineFirst, "baseline-first", Server, Toolhive, Proven, "The union begins with the baseline, so that the order of the request is lost.", "UN-02";
    BaselineUnsupportedAdmitted, "baseline-unsupported-admitted", Server, Toolhive, Proven, "A registration may name any scope once a baseline is set.", "DCR-03";
    DiscoveryDiffers, "discovery-differs", Server, Toolhive, Proven, "One of the two discovery documents shows the baseline as the supported scopes.", "CFG-08";
    UpstreamReachedOnBadScope, "upstream-reached-on-bad-scope", Server, Toolhive, Proven, "A request with a bad scope still reaches the upstream identity provider.", "AZ-05";
    RefreshWithoutOfflineAccess, "refresh-without-offline-access", Server, Toolhive, Proven, "A refresh token is issued although `offline_access` was not granted.", "AZ-10";
    OfflineAccessAnyCase, "offline-access-any-case", Server, Toolhive, Planned, "A look-alike of `offline_access` in another case earns a refresh token.", "AZ-10";
    DefaultsUnchecked, "defaults-unchecked", Server, Toolhive, Proven, "A registration without scope gets all defaults, supported or not.", "DCR-04";
    DefaultsAdded, "defaults-added", Server, Toolhive, Proven, "The defaults are added to a registration that does name scopes.", "DCR-04";
    StoredScopeTrusted, "stored-scope-trusted", Server, Toolhive, Planned, "Scopes that left the registration after the authorization request are still granted with the code.", "AZ-06";
    StartGateSkipped, "start-gate-skipped", Server, Toolhive, Planned, "A baseline outside the supported scopes does not stop the start.", "CFG-05";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_line_is_fit_to_be_printed() {
        for info in all() {
            let kebab = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
            assert!(info.name.bytes().all(kebab), "{}", info.name);
            assert!(info.sentence.ends_with('.') && !info.sentence.contains('\t'), "{}", info.sentence);
            assert!(!info.breaks.is_empty(), "{}", info.name);
        }
    }

    #[test]
    fn a_fault_is_found_by_its_name_and_only_by_it() {
        let names: BTreeSet<&str> = all().iter().map(|info| info.name).collect();
        assert_eq!(names.len(), all().len());
        for info in all() {
            assert_eq!(find(info.name), Some(info));
            assert_eq!(info.name.parse(), Ok(info.fault));
            assert_eq!(info.fault.to_string(), info.name);
        }
        assert_eq!(find("Refresh-Widened"), None);
        let error = "fast".parse::<Standing>().unwrap_err();
        insta::assert_snapshot!(error, @"`fast` is no standing; use one of: proven, warned, planned");
    }
}
