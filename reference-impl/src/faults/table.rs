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
    ParseComma, "parse-comma", Library, Standard, Proven, "A scope string is split at commas as well as at the space.", "RFC6749-3.3-10";
    ParseAnyWhitespace, "parse-any-whitespace", Library, Standard, Proven, "A scope string is split at every white space that Unicode knows.", "RFC6749-3.3-10";
    ParseKeepsEmpties, "parse-keeps-empties", Library, Standard, Proven, "Doubled spaces and spaces at the ends of a scope string yield empty scopes.", "RFC6749-3.3-11";
    ParseGrammarUnchecked, "parse-grammar-unchecked", Library, Standard, Proven, "A scope string may hold characters outside the grammar.", "RFC6749-3.3-11";
    SerializeTrailingSpace, "serialize-trailing-space", Library, Standard, Proven, "A scope string is written with a space after its last scope.", "GR-04";
    SerializeComma, "serialize-comma", Library, Standard, Proven, "A scope string is written with commas.", "GR-04";
    ClaimsScpIgnored, "claims-scp-ignored", Library, Standard, Proven, "The claim `scp` is not read.", "CL-02";
    ClaimsConflictSilent, "claims-conflict-silent", Library, Standard, Planned, "Where `scope` and `scp` contradict each other, `scope` is taken and nothing is said.", "CONV-LIB-1";
    ClaimsMerged, "claims-merged", Library, Standard, Proven, "The claims `scope` and `scp` are merged.", "CONV-LIB-1";
    ClaimsBlankShadows, "claims-blank-shadows", Library, Standard, Proven, "A blank `scope` hides what `scp` states.", "CL-02";
    ClaimsElementStringified, "claims-element-stringified", Library, Standard, Proven, "An element of a claim that is no string is turned into one.", "CL-03";
    TokenPaddingAccepted, "token-padding-accepted", Library, Standard, Planned, "A token is read although its payload is padded base64.", "CL-01";
    UnionListSorted, "union-list-sorted", Library, Standard, Proven, "A union is sorted.", "UN-01";
    UnionFirstNotDeduplicated, "union-first-not-deduplicated", Library, Standard, Proven, "Duplicates of its first operand stay in a union.", "UN-04";
    UnionCaseFolded, "union-case-folded", Library, Standard, Proven, "A union takes scopes that differ in case for the same.", "GR-01";
    CoversPrefix, "covers-prefix", Library, Standard, Proven, "A granted scope covers every longer one that begins with it.", "RFC6749-3.3-12";
    CoversSubstring, "covers-substring", Library, Standard, Proven, "A required scope is looked for in the joined text of the granted ones.", "RFC6749-3.3-12";
    CoversCaseInsensitive, "covers-case-insensitive", Library, Standard, Proven, "Required scopes are looked for without regard to case.", "RFC6749-3.3-12";
    CoversSwapped, "covers-swapped", Library, Standard, Proven, "What is granted and what is required are swapped in the comparison.", "SU-02";
    MissingListsAll, "missing-lists-all", Library, Standard, Proven, "What is missing is reported as everything that is required.", "SU-02";
    RecordedEmptyAsAll, "recorded-empty-as-all", Library, Standard, Proven, "An empty `scope` in a token response is read as if everything requested had been granted.", "TOK-02";
    RecordedEchoIgnored, "recorded-echo-ignored", Library, Standard, Proven, "What was requested is recorded, whatever the token response says.", "TOK-02";
    PlanDropsDefaults, "plan-drops-defaults", Library, Standard, Proven, "A step-up leaves out the defaults.", "UN-01";
    PlanDropsGranted, "plan-drops-granted", Library, Standard, Proven, "A step-up leaves out what is held already.", "UN-01";
    PlanAlthoughCovered, "plan-although-covered", Library, Standard, Proven, "A step-up is planned although the required scopes are held, unless they are the very list that is held.", "SU-03";
    EnsureMaskedByRequest, "ensure-masked-by-request", Library, Standard, Proven, "What was recorded adds to what the claims of the token state.", "SU-07";
    EnsureIgnoresClaim, "ensure-ignores-claim", Library, Standard, Proven, "The claims of the token are not looked at after a login.", "SU-06";
    EnsureOpaqueCovers, "ensure-opaque-covers", Library, Standard, Proven, "An opaque token of which nothing was recorded is taken to cover everything.", "SU-06";
    ExpandBaselineFirst, "expand-baseline-first", Library, Standard, Proven, "The baseline comes first in a registration.", "UN-02";
    ExpandUnionBeforeValidation, "expand-union-before-validation", Library, Standard, Proven, "The baseline is joined before validation, and what is unsupported then vanishes.", "DCR-01";
    ExpandLengthCompared, "expand-length-compared", Library, Standard, Proven, "Whether a registration was expanded is told from the number of scopes.", "UN-03";
    BaselineRawSupported, "baseline-raw-supported", Library, Standard, Proven, "A baseline is compared with the configured list even where that is empty and the defaults apply.", "CFG-03";
    ReadChallengeCommaSplits, "read-challenge-comma-splits", Library, Standard, Proven, "A comma within a quoted string of a challenge ends the parameter.", "challenge-among-others";
    ReadChallengeFirstOnly, "read-challenge-first-only", Library, Standard, Proven, "Only the first of several challenges is looked at.", "challenge-among-others";
    ReadChallengePairRaw, "read-challenge-pair-raw", Library, Standard, Proven, "A quoted pair in a challenge keeps its backslash.", "challenge-in-any-guise";
    ReadChallengeCaseSensitive, "read-challenge-case-sensitive", Library, Standard, Proven, "The scheme of a challenge is recognised in one spelling only.", "challenge-in-any-guise";
    EmitChallengeRaw, "emit-challenge-raw", Library, Standard, Proven, "Scopes are written into a challenge unchecked and unescaped.", "RFC6750-3-6";
    WildcardCrossesLevels, "wildcard-crosses-levels", Library, Standard, Proven, "A wildcard in place of one level covers several.", "AZ-12";
    RecordNeedsScopes, "record-needs-scopes", Library, Standard, Proven, "A stored record from before scopes were recorded does not load.", "TOK-01";
    IdentityByName, "identity-by-name", Library, Standard, Proven, "Two logins are compared by the name that is shown instead of by the subject.", "ID-02";
    MetadataViewLeftBehind, "metadata-view-left-behind", Library, CliEngine, Proven, "An empty list of scopes leaves the joined view as it was.", "MD-01";
    ResolverReplaces, "resolver-replaces", Library, Standard, Proven, "A resolver asks for the scopes of the last call only, instead of for all that were asked for so far.", "RES-01";
    AdmissionSpaceAllowed, "admission-space-allowed", Library, Standard, Proven, "A configured scope may hold spaces.", "CFG-06";
    HintCommaJoined, "hint-comma-joined", Library, Standard, Proven, "The hint joins the missing scopes by a comma behind one flag.", "SU-05";
    AdapterPrintsDebugLine, "adapter-prints-debug-line", Library, Standard, Proven, "The adapter prints what it is doing to standard output, between its replies.", "AP-02";
    AdapterAnswersTwice, "adapter-answers-twice", Library, Standard, Proven, "The adapter answers a call that is refused twice.", "AP-03";
    AdapterReplyWithoutMember, "adapter-reply-without-member", Library, Standard, Proven, "The adapter answers a call that is refused with its `seq` and nothing else.", "AP-04";
    AdapterHangsOnLongInput, "adapter-hangs-on-long-input", Library, Standard, Planned, "The adapter never answers a call of more than 1,000 octets, nor any after it; silence is blocked, so no check is red.", "AP-05";
    AdapterCrashesOnEmpty, "adapter-crashes-on-empty", Library, Standard, Proven, "The adapter dies over an empty scope string.", "AP-06";
    AdapterExitsWithStatus, "adapter-exits-with-status", Library, Standard, Proven, "The adapter leaves with exit status 3 after `bye`.", "AP-07";
    AdapterAnnouncesUnknownOperation, "adapter-announces-unknown-operation", Library, Standard, Proven, "The adapter announces an operation that the protocol does not have.", "AP-01";
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
    DuplicatesEchoed, "duplicates-echoed", Server, Standard, Proven, "The token response repeats a scope as often as the request did.", "RFC6749-3.3-2";
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
    UpdateIgnored, "update-ignored", Server, Standard, Proven, "An update of a registration is answered with its new scope, while the old one still applies.", "RFC7592-2.2-1";
    UpdateMerges, "update-merges", Server, Standard, Proven, "An update of a registration adds its scope to the registered one instead of replacing it.", "RFC7592-2.2-1";
    UpdateOmittedWidens, "update-omitted-widens", Server, Standard, Proven, "An update of a registration that leaves scope out registers every supported scope.", "RFC7592-2.2-2";
    UpdateEchoDiffers, "update-echo-differs", Server, Standard, Proven, "The answer to an update of a registration shows every scope of the request, and only the first of them applies.", "RFC7592-2.2-3";
    RefusedUpdateApplied, "refused-update-applied", Server, Standard, Proven, "An update of a registration that is refused takes effect all the same.", "RFC7592-2.2-3";
    ConsentIgnored, "consent-ignored", Server, Standard, Proven, "Scopes that the resource owner left out are granted all the same.", "RFC6749-3.3-6";
    ConsentNarrowingUnsaid, "consent-narrowing-unsaid", Server, Standard, Proven, "Scopes that the resource owner left out are not granted, and the answer has no `scope` to say so.", "RFC6749-3.3-7";
    DeclinedConsentGrants, "declined-consent-grants", Server, Standard, Proven, "A request that the resource owner declines is granted.", "RFC6749-3.3-6";
    ConsentShared, "consent-shared", Server, Standard, Proven, "A grant gains what another person has consented to for the same client.", "RFC6749-3.3-6";
    StoredScopeTrusted, "stored-scope-trusted", Server, Standard, Warned, "Scopes that left the registration after the authorization request are still granted with the code.", "RFC7591-2-3";
    ShrunkRegistrationRefreshed, "shrunk-registration-refreshed", Server, Standard, Warned, "A refresh still gives scopes that have left the registration.", "RFC7591-2-3";
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
    OfflineAccessAnyCase, "offline-access-any-case", Server, Toolhive, Warned, "A look-alike of `offline_access` in another case earns a refresh token.", "AZ-10";
    DefaultsUnchecked, "defaults-unchecked", Server, Toolhive, Proven, "A registration without scope gets all defaults, supported or not.", "DCR-04";
    DefaultsAdded, "defaults-added", Server, Toolhive, Proven, "The defaults are added to a registration that does name scopes.", "DCR-04";
    StartGateSkipped, "start-gate-skipped", Server, Toolhive, Proven, "A baseline outside the supported scopes does not stop the start.", "CFG-05";
    StartGateRawList, "start-gate-raw-list", Server, Toolhive, Proven, "The baseline is compared with the supported scopes as they are configured, so that none of the defaults will do.", "CFG-03";
    StartGateMute, "start-gate-mute", Server, Toolhive, Proven, "A start is refused without a word on the field and the scope.", "CFG-04";
    StartGateNamesAll, "start-gate-names-all", Server, Toolhive, Proven, "The refusal of a start lists the whole baseline instead of the first offender.", "CFG-04";
    RegisteredScopesLinger, "registered-scopes-linger", Server, Toolhive, Proven, "What one registration is given is added to the lists that later ones start from.", "DCR-08";
    BaselineUnlogged, "baseline-unlogged", Server, Toolhive, Proven, "A baseline in effect is not logged.", "LOG-01";
    BaselineLoggedAlways, "baseline-logged-always", Server, Toolhive, Proven, "The baseline is logged by each gate of the start, and where there is none, too.", "LOG-01";
    ExpansionLoggedLoudly, "expansion-logged-loudly", Server, Toolhive, Proven, "A registration that the baseline added to is a warning in the log.", "LOG-02";
    ExpansionLoggedAlways, "expansion-logged-always", Server, Toolhive, Proven, "Every registration is logged as one that the baseline added to.", "LOG-02";
    LogUnescaped, "log-unescaped", Server, Toolhive, Proven, "What a client calls itself is written into the log as it is.", "LOG-03";
    LogHoldsTokens, "log-holds-tokens", Server, Toolhive, Proven, "Codes and tokens are logged as they come and go.", "LOG-05";
    InsufficientUnauthorized, "insufficient-unauthorized", Resource, Standard, Proven, "Too little scope is answered with status 401 and `invalid_token`.", "RFC6750-3.1-1";
    ChallengeMissing, "challenge-missing", Resource, Standard, Proven, "A refusal carries no `WWW-Authenticate` header.", "RFC6750-3-1";
    ChallengeBare, "challenge-bare", Resource, Standard, Proven, "A challenge is the word `Bearer` without any parameter.", "RFC6750-3-2";
    ChallengeScopeRepeated, "challenge-scope-repeated", Resource, Standard, Proven, "A challenge has one `scope` parameter for each scope that is needed.", "RFC6750-3-5";
    ChallengeCommaJoined, "challenge-comma-joined", Resource, Standard, Warned, "A challenge joins the scopes that are needed with commas.", "RFC6750-3-3";
    ChallengeScopeJson, "challenge-scope-json", Resource, Standard, Proven, "A challenge writes the scopes that are needed as a JSON array, its quotation marks escaped.", "RFC6750-3-6";
    ChallengeUnquoted, "challenge-unquoted", Resource, Standard, Proven, "The scopes of a challenge stand there without quotation marks.", "RFC9110-11.2-2";
    ChallengeTextRaw, "challenge-text-raw", Resource, Standard, Proven, "The `error_description` of a challenge holds quotation marks that are not escaped.", "RFC6750-3-9";
    ChallengeTextQuoted, "challenge-text-quoted", Resource, Standard, Proven, "The `error_description` of a challenge holds quotation marks, which are escaped but may not stand there.", "RFC6750-3-9";
    ErrorWithoutToken, "error-without-token", Resource, Standard, Warned, "A request without a token is answered with an error code.", "RFC6750-3.1-3";
    ScopeBeforeValidity, "scope-before-validity", Resource, Standard, Proven, "The scope of a token is looked at first, and an expired one is reported as one of too little scope.", "RFC9068-4-2";
    ExpiredTokenAccepted, "expired-token-accepted", Resource, Standard, Proven, "A token that has expired is still good.", "RFC6750-3.1-4";
    ForeignTokenAccepted, "foreign-token-accepted", Resource, Standard, Proven, "A token that is meant for another resource server is good here.", "RFC9700-2.3-2";
    UnsignedTokenAccepted, "unsigned-token-accepted", Resource, Standard, Proven, "A token without a signature is good, whatever it claims.", "RFC6749-7-1";
    TokenNotDemanded, "token-not-demanded", Resource, Standard, Proven, "A request without a token is served, as if its sender could do everything.", "RFC6749-7-1";
    AbsentScopeAllows, "absent-scope-allows", Resource, Standard, Proven, "A token that states no scope may do everything.", "RFC6749-7-1";
    AnyOfForAll, "any-of-for-all", Resource, Standard, Proven, "One of the scopes that an operation demands is enough, where it demands all of them.", "RFC6749-7-1";
    ResourcePrefixMatch, "resource-prefix-match", Resource, Standard, Proven, "A scope of the token is good for every scope that begins with it.", "RFC6749-7-1";
    ResourceSubstringMatch, "resource-substring-match", Resource, Standard, Proven, "A scope of the token is good for every scope that stands in it.", "RFC6749-7-1";
    ResourceCaseInsensitive, "resource-case-insensitive", Resource, Standard, Proven, "The scopes of a token are compared without regard to case.", "RFC6749-7-1";
    ConflictingClaimsJoined, "conflicting-claims-joined", Resource, Standard, Warned, "Claims `scope` and `scp` that contradict each other are joined.", "RFC9068-4-1";
    RolesReadAsScopes, "roles-read-as-scopes", Resource, Standard, Warned, "The claim `roles` is read as if it held scopes.", "CONV-MS-1";
    ResourceScopeIgnored, "resource-scope-ignored", Resource, Standard, Warned, "Only the claim `scp` of a token is read.", "RFC9068-4-1";
    ResourceScpIgnored, "resource-scp-ignored", Resource, Standard, Warned, "Only the claim `scope` of a token is read.", "CONV-OKTA-1";
    ResourceMetadataNoScopes, "resource-metadata-no-scopes", Resource, Standard, Warned, "The metadata of the resource list no scopes.", "RFC9728-2-1";
    ResourceMetadataEmptyScopes, "resource-metadata-empty-scopes", Resource, Standard, Proven, "The metadata of the resource publish an empty array as `scopes_supported`.", "RFC9728-3.2-1";
    ResourceMetadataScopesString, "resource-metadata-scopes-string", Resource, Standard, Warned, "The metadata of the resource publish `scopes_supported` as a string.", "RFC9728-2-1";
    ResourceMetadataOtherScopes, "resource-metadata-other-scopes", Resource, Standard, Planned, "The metadata of the resource list scopes that no operation demands.", "RFC9728-2-1";
    ChallengeScopeUnnamed, "challenge-scope-unnamed", Resource, Mcp, Warned, "A challenge does not name the scope that is needed.", "MCP-CH-1";
    ChallengeOnlyMissing, "challenge-only-missing", Resource, Mcp, Planned, "A challenge names only those needed scopes that the token lacks.", "MCP-CH-5";
    ChallengeOneAtATime, "challenge-one-at-a-time", Resource, Mcp, Warned, "A challenge names one missing scope, and the next one only after that.", "MCP-CH-3";
    OfflineAccessChallenged, "offline-access-challenged", Resource, Mcp, Warned, "Challenges and metadata of the resource name `offline_access`.", "MCP-RT-4";
    ToolScopeUnchecked, "tool-scope-unchecked", Resource, Mcp, Proven, "A tool may be called with any good token, whatever its scope.", "RFC6749-7-1";
    ToolScopeErrorInBody, "tool-scope-error-in-body", Resource, Mcp, Proven, "A tool call of too little scope is answered with status 200 and an error in the body.", "MCP-20250326-1";
    ClientDropsGranted, "client-drops-granted", Client, Standard, Proven, "A step-up asks for the defaults and what is required, and leaves out what was granted before.", "MCP-SEL-5";
    ClientDropsDefaults, "client-drops-defaults", Client, CliEngine, Proven, "A step-up leaves out the default scopes.", "UN-01";
    ClientDropsRecorded, "client-drops-recorded", Client, CliEngine, Proven, "A step-up keeps only what the token itself states, and leaves out what was recorded beside it.", "SU-08";
    ClientRequestsOnlyMissing, "client-requests-only-missing", Client, Standard, Proven, "A step-up asks for nothing but what is missing.", "MCP-SU-4";
    ClientForgetsOnExpiry, "client-forgets-on-expiry", Client, CliEngine, Warned, "Once a token has expired, a step-up no longer asks for what it held.", "SU-08";
    ClientForgetsOnRefresh, "client-forgets-on-refresh", Client, CliEngine, Warned, "A refresh without an echo leaves a client that knows of no scope any more.", "TOK-06";
    ClientReplacesBetter, "client-replaces-better", Client, CliEngine, Warned, "A token of less scope than required replaces a better one before it is judged.", "TOK-08";
    ClientSavesLate, "client-saves-late", Client, CliEngine, Proven, "A new token is used from memory although it could not be saved.", "TOK-07";
    ClientTwoFlows, "client-two-flows", Client, CliEngine, Proven, "A login asks for the defaults first and for the rest in a second request.", "SU-10";
    ClientEchoIgnored, "client-echo-ignored", Client, Standard, Proven, "The client takes what it requested for granted, whatever the response says.", "RFC6749-5.1-4";
    ClientEmptyEchoEverything, "client-empty-echo-everything", Client, CliEngine, Warned, "An empty `scope` in the response is read as if everything had been granted.", "TOK-02";
    ClientClaimMasked, "client-claim-masked", Client, CliEngine, Proven, "What was requested hides a narrower claim of the token, so that a decline is not seen.", "SU-07";
    ClientRetriesSameToken, "client-retries-same-token", Client, Mcp, Proven, "A refusal for too little scope is met by the same request with the same token.", "MCP-SU-1";
    ClientEndlessStepUp, "client-endless-step-up", Client, Mcp, Proven, "As long as the resource asks for more, the client logs in again.", "MCP-SU-5";
    ClientDeclineAskedAgain, "client-decline-asked-again", Client, Mcp, Warned, "What was declined a moment ago is asked for again.", "MCP-SU-6";
    ClientRefreshesForStepUp, "client-refreshes-for-step-up", Client, Standard, Proven, "A refusal for too little scope is met by a refresh that asks for more than was granted.", "RFC6749-6-1";
    ClientStepsUpAnyway, "client-steps-up-anyway", Client, CliEngine, Proven, "Every 403 is met by a step-up, whatever its error code.", "SU-03";
    ClientCaseFolded, "client-case-folded", Client, CliEngine, Proven, "Scopes that differ in case only are taken for the same.", "SU-02";
    ClientAsksServerList, "client-asks-server-list", Client, Mcp, Warned, "A login asks for everything that the authorization server lists.", "MCP-SEL-9";
    ClientPoolsServerLists, "client-pools-server-lists", Client, Mcp, Warned, "A login asks for what other authorization servers of the resource list than the one that is asked.", "MCP-SEL-9";
    ClientMixesServers, "client-mixes-servers", Client, Standard, Warned, "The client registers at the first authorization server of a resource, and asks the last for what the others list.", "RFC7591-3.2.1-3";
    ClientEmptyScope, "client-empty-scope", Client, Mcp, Warned, "Without a scope to ask for, the parameter is sent empty.", "MCP-SEL-8";
    ClientCommaJoined, "client-comma-joined", Client, Standard, Proven, "The scopes of a request are joined by commas.", "RFC6749-3.3-1";
    ClientErrorSwallowed, "client-error-swallowed", Client, CliEngine, Warned, "What the authorization server says when it refuses a login is not passed on.", "SU-11";
    ClientAccountSwitch, "client-account-switch", Client, CliEngine, Proven, "A login as somebody else replaces the token without a word.", "ID-03";
    ClientNarrowRegistration, "client-narrow-registration", Client, Standard, Proven, "The client registers for the first scope only, and then asks for all of them.", "RFC7591-2-1";
    ClientScopeAnywhere, "client-scope-anywhere", Client, Standard, Warned, "The first `scope=` of a refusal is taken, in whichever scheme or quotation it stands.", "RFC9110-11.6.1-1";
    ClientForeignMetadata, "client-foreign-metadata", Client, Standard, Proven, "Metadata that are about another resource are used.", "RFC9728-3.3-1";
    ClientChallengeNamesExact, "client-challenge-names-exact", Client, Standard, Warned, "The names of scheme and parameters in a challenge are compared with regard to case.", "RFC9110-11.2-3";
    ClientChallengeQuotedOnly, "client-challenge-quoted-only", Client, Standard, Warned, "A parameter of a challenge is seen only as name, equals sign and quotation mark without anything between.", "RFC9110-11.2-3";
    ClientEscapesKept, "client-escapes-kept", Client, Standard, Warned, "Backslashes of a quoted scope stay where they are.", "RFC9110-5.6.4-1";
    ClientFirstChallengedOnly, "client-first-challenged-only", Client, Standard, Warned, "Of the scopes that a challenge names the first is asked for, as if order had a meaning.", "RFC6750-3-4";
    ClientFiltersByServerList, "client-filters-by-server-list", Client, Mcp, Proven, "What the authorization server does not list is not asked for.", "MCP-SEL-4";
    ClientAddsOfflineAccess, "client-adds-offline-access", Client, Mcp, Proven, "Every login asks for `offline_access`, whether the server lists it or not.", "MCP-RT-2";
    ClientRegistersArray, "client-registers-array", Client, Standard, Proven, "A registration names its scopes in an array.", "RFC7591-2-1";
    ClientRepeatsScope, "client-repeats-scope", Client, Standard, Proven, "Each scope is sent in a parameter of its own.", "RFC6749-3.1-3";
    ClientPlusUnencoded, "client-plus-unencoded", Client, Standard, Proven, "A plus sign in a scope is sent as it is, and reads as a space.", "RFC6749-B-1";
    ClientReadsOtherMembers, "client-reads-other-members", Client, Standard, Proven, "A member `scopes` of a token response is read beside `scope`.", "RFC6749-5.1-5";
    ClientReadsIdToken, "client-reads-id-token", Client, Standard, Proven, "What an ID token names as scope is taken for granted, too.", "MCP-SEL-9";
    ClientGivesUp, "client-gives-up", Client, Standard, Proven, "A 401 ends the call, although a login would help.", "MCP-20250618-1";
    ClientReliesOnRefresh, "client-relies-on-refresh", Client, Standard, Proven, "A token that has expired and cannot be refreshed is the end; no login is made.", "MCP-RT-3";
    ClientInsistsOnAll, "client-insists-on-all", Client, Standard, Warned, "A token that was granted less than was asked for is thrown away.", "RFC6749-5.1-4";
    ClientOldMetadata, "client-old-metadata", Client, Standard, Warned, "What the resource lists, and which authorization server it names, is not looked up again for a step-up.", "RFC9728-5.2-1";
    ClientOmitsResource, "client-omits-resource", Client, Standard, Warned, "An authorization request does not say for which resource it is.", "RFC9728-7.4-1";
    ClientDeclineNamesAll, "client-decline-names-all", Client, CliEngine, Proven, "The error about a decline lists all that is required instead of what is missing.", "SU-06";
    ClientRefreshNamesScope, "client-refresh-names-scope", Client, CliEngine, Proven, "A refresh names the scopes that were granted.", "TOK-06";
    ClientOfflineUnasked, "client-offline-unasked", Client, Standard, Warned, "Offline access is requested without a prompt for consent.", "OIDC-CORE-11-1";
    ClientCountsAnew, "client-counts-anew", Client, Mcp, Proven, "Step-ups are counted anew whenever another scope is demanded, so that demands which take turns have no end.", "MCP-SU-6";
    ClientRepeatsLogin, "client-repeats-login", Client, Mcp, Proven, "A login that fails is made again and again, whatever it failed for.", "MCP-SU-5";
    ClientForgetsOnFailure, "client-forgets-on-failure", Client, CliEngine, Proven, "A login that fails costs the token that was held before it.", "RES-02";
    ClientTakesAnyAnswer, "client-takes-any-answer", Client, CliEngine, Proven, "Whatever the token endpoint answers is taken for a token; where it says none, the token is `undefined`.", "TOK-03";
    ClientStateUnchecked, "client-state-unchecked", Client, CliEngine, Proven, "The first code that comes to the redirect URI is used, whatever its `state`.", "SU-11";
    ClientReadsOnce, "client-reads-once", Client, CliEngine, Proven, "A callback is read once, up to 4,096 octets; what comes later is not seen.", "SU-11";
    ClientRedeemsTwice, "client-redeems-twice", Client, CliEngine, Proven, "A code is redeemed as often as it comes.", "SU-11";
    ClientReadsCallbackScope, "client-reads-callback-scope", Client, Mcp, Warned, "What a callback names as scope counts instead of what the token response says.", "MCP-SEL-9";
    ClientDropsRefused, "client-drops-refused", Client, CliEngine, Proven, "A scope that the server refuses is left out, and the login goes on as if it had not been asked for.", "SU-06";
    ClientImpatient, "client-impatient", Client, Mcp, Warned, "The metadata of a resource that take longer than 100 ms count as if there were none.", "MCP-SEL-7";
    ClientGrantsAsText, "client-grants-as-text", Client, Standard, Proven, "A grant that is not, letter for letter, what was asked for counts as none.", "RFC6749-5.1-4";
    ClientUnsaidIsNothing, "client-unsaid-is-nothing", Client, Standard, Proven, "A token response without a `scope` is taken to grant nothing.", "RFC6749-5.1-3";
    ClientIgnoresScp, "client-ignores-scp", Client, CliEngine, Proven, "Of the claims of a token `scp` is not read.", "CL-02";
    ClientExchangeNamesScope, "client-exchange-names-scope", Client, CliEngine, Proven, "The exchange of a code names the scopes once more.", "SU-11";
    ClientRefreshesAlways, "client-refreshes-always", Client, CliEngine, Proven, "A stored token is refreshed before its first use, although it is still good.", "TOK-05";
    ClientStatusRefreshes, "client-status-refreshes", Client, CliEngine, Proven, "To show what is held, a token that has expired is refreshed.", "TOK-05";
    ClientBrokenRecordStays, "client-broken-record-stays", Client, CliEngine, Proven, "A stored record that cannot be read is the end of every call, until somebody removes it.", "TOK-01";
    ClientOldRecordRefused, "client-old-record-refused", Client, CliEngine, Proven, "A stored record from before scopes were kept counts as none.", "TOK-01";
    ClientOldRecordDefaults, "client-old-record-defaults", Client, CliEngine, Proven, "A stored record from before scopes were kept is taken to hold the default scopes.", "TOK-01";
    ClientSavesInPlace, "client-saves-in-place", Client, CliEngine, Proven, "A record is written over the old one where it stands, and without a lock.", "TOK-10";
    ClientLogoutKeeps, "client-logout-keeps", Client, CliEngine, Proven, "A logout tells that the token is forgotten, and keeps it.", "SU-08";
    ClientOverlapsLogins, "client-overlaps-logins", Client, CliEngine, Proven, "Calls at once refresh and log in side by side, each from what was held when it began.", "SU-12";
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
