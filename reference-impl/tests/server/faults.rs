//! Each fault shows: under some probe the server that has it answers otherwise than the honest one.
//!
//! The snapshot is the evidence, and is meant to be read.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use scopecheck_reference::faults::{Fault, FaultProfile, Role, all};
use scopecheck_reference::server::{Captured, Log, Record, ServerConfig, start};
use serde_json::{Value, json};

use crate::support::{Answer, Client, REDIRECT_URI, Server, decoded, encoded, repro};

/// Something to do with a server. A text is appended to the request as it is written here.
#[derive(Debug, Clone, Copy)]
enum Probe {
    /// A login of a client that registered `read write files:read`, or `openid` in profile `toolhive`.
    Login(&'static str),
    /// A login for `read write`, then a refresh.
    Refresh(&'static str),
    /// The same, then another refresh without scope.
    RefreshTwice(&'static str),
    /// Two logins without scope.
    LoginTwice,
    /// A login for `read`, with something added to the exchange of the code.
    Exchange(&'static str),
    /// A client credentials request of a client that registered `read write`.
    ClientCredentials(&'static str),
    /// A registration with this `scope` member, then a login with what was echoed.
    Register(&'static str),
    /// A bad scope beside a redirect URI that is not registered.
    Stray,
    /// Both metadata documents.
    Metadata,
    /// Introspection of a revoked token.
    Revoked,
    /// Reading a registration back.
    ReadBack,
    /// A login for `read write` whose registration shrinks to `read` before the code is redeemed.
    Shrunk,
    /// The same, before the token is refreshed.
    ShrunkRefresh,
    /// A registration for `read`, then an update with this `scope` member; an empty text leaves it out.
    Update(&'static str),
    /// A login for `read write`, then one of another person for `read`.
    TwoPersons,
    /// Starting with this baseline, beside supported scopes or beside none.
    Start { configured: bool, baseline: &'static str },
    /// A registration with this name for this scope, then a login, and what the log says of it.
    Logged(&'static str, &'static str),
    /// A registration for `profile`, then one without scope.
    RegisterTwice,
}

use Probe::{
    ClientCredentials, Exchange, Logged, Login, LoginTwice, Metadata, ReadBack, Refresh, RefreshTwice,
    Register, RegisterTwice, Revoked, Shrunk, ShrunkRefresh, Start, Stray, TwoPersons, Update,
};

/// What shows a fault of the server; a new one needs a probe.
fn probe(fault: Fault) -> Probe {
    match fault {
        Fault::RefreshWidened => Refresh("scope=read+files:read"),
        Fault::RefreshNarrowingUnsaid => Refresh("scope=read"),
        Fault::RefreshOmittedDefault => Refresh(""),
        Fault::RefreshEmptyNone => Refresh("scope="),
        Fault::RefreshTokenShrunk => RefreshTwice("scope=write"),
        Fault::RefreshErrorInvalidGrant => Refresh("scope=admin"),
        Fault::RefreshOrderDependent => Refresh("scope=write+read"),
        Fault::ScopeMissingWhenNarrowed | Fault::UnknownGrantedUnsaid | Fault::UnknownScopeServerError => {
            Login("scope=read+unknown")
        }
        Fault::RegisteredLimitIgnored | Fault::FirstScopeOnlyChecked => Login("scope=read+admin"),
        Fault::PrefixMatch => Login("scope=readx"),
        Fault::ParentMatch => Login("scope=files"),
        Fault::SubstringMatch => Login("scope=rit"),
        Fault::CaseInsensitiveMatch => Login("scope=READ"),
        Fault::SeparatorAnyWhitespace => Login("scope=read%09write"),
        Fault::SeparatorComma => Login("scope=read,write"),
        Fault::EmptyUnlikeOmitted | Fault::EmptyScopeServerError => Login("scope="),
        Fault::ErrorCodeScopeInvalid | Fault::StateLost => Login("scope=unknown"),
        Fault::RegistrationEchoDiffers | Fault::RegistrationEchoMissing => Register(r#""read write""#),
        Fault::RegistrationArrayServerError => Register(r#"["read"]"#),
        Fault::RegistrationUnknownMember => Register(r#""read","scopes":"write""#),
        Fault::RegistrationErrorCode => Register(r#""read unknown""#),
        Fault::RepeatedScopeMerged | Fault::RepeatedScopeLast => Login("scope=read&scope=write"),
        Fault::OrderDependent
        | Fault::LastScopeReplaces
        | Fault::CommaJoinedResponse
        | Fault::ScopeArrayResponse
        | Fault::ScopeNullResponse
        | Fault::ScopeEmptyStringResponse
        | Fault::PlusNotDecoded => Login("scope=read+write"),
        Fault::ClaimWiderThanResponse
        | Fault::IntrospectionWider
        | Fault::IntrospectionScopeArray
        | Fault::JwtScopeArray => Login("scope=read"),
        Fault::IntrospectionInactiveScope | Fault::RevokedTokenKeepsScope => Revoked,
        Fault::DuplicateScopeServerError | Fault::DuplicatesEchoed => Login("scope=read+read"),
        Fault::CodeExchangeWidens => Exchange("scope=write"),
        Fault::UnknownParameterScopes => Login("scope=read&scopes=write"),
        Fault::MalformedScopeAccepted => Login("scope=read+a%22b"),
        Fault::ErrorDescriptionRaw => Login("scope=a%22b"),
        Fault::OmittedScopeAll | Fault::OmittedInvalidRequest => Login(""),
        Fault::OmittedScopeVaries => LoginTwice,
        Fault::DoublePercentDecoding => Login("scope=files%253Aread"),
        Fault::ClientCredentialsScopeStatus => ClientCredentials("scope=unknown"),
        Fault::ClientCredentialsUnchecked => ClientCredentials("scope=admin"),
        Fault::MetadataEmptyScopes | Fault::MetadataScopesString | Fault::DiscoveryDiffers => Metadata,
        Fault::BadScopeRedirectsAnywhere => Stray,
        Fault::ReadBackDiffers => ReadBack,
        Fault::UnionSorted => Register(r#""profile openid""#),
        Fault::UnionBeforeValidation | Fault::UnsupportedFiltered | Fault::BaselineUnsupportedAdmitted => {
            Register(r#""openid admin""#)
        }
        Fault::EchoWithoutUnion | Fault::BaselineReplaces | Fault::BaselineFirst | Fault::DefaultsAdded => {
            Register(r#""openid""#)
        }
        Fault::BaselineGranted | Fault::RefreshWithoutOfflineAccess => Login("scope=openid"),
        Fault::UpstreamReachedOnBadScope => Login("scope=admin"),
        Fault::OfflineAccessAnyCase => Login("scope=openid+OFFLINE_ACCESS"),
        Fault::DefaultsUnchecked => Register("null"),
        Fault::StoredScopeTrusted => Shrunk,
        Fault::UpdateIgnored | Fault::UpdateMerges => Update(r#""write""#),
        Fault::UpdateOmittedWidens => Update(""),
        Fault::UpdateEchoDiffers => Update(r#""read write""#),
        Fault::RefusedUpdateApplied => Update(r#""write unknown""#),
        Fault::ShrunkRegistrationRefreshed => ShrunkRefresh,
        Fault::ConsentIgnored | Fault::ConsentNarrowingUnsaid => {
            Login("scope=read+write&login_hint=cautious-owner")
        }
        Fault::DeclinedConsentGrants => Login("scope=read&login_hint=unwilling-owner"),
        Fault::ConsentShared => TwoPersons,
        Fault::StartGateSkipped | Fault::StartGateMute | Fault::StartGateNamesAll => {
            Start { configured: true, baseline: "openid admin" }
        }
        Fault::StartGateRawList => Start { configured: false, baseline: "offline_access" },
        Fault::RegisteredScopesLinger => RegisterTwice,
        Fault::BaselineUnlogged | Fault::BaselineLoggedAlways | Fault::ExpansionLoggedLoudly => {
            Logged("plain", "openid")
        }
        Fault::ExpansionLoggedAlways => Logged("plain", "openid offline_access"),
        Fault::LogUnescaped => Logged(r#"x\n{\"level\":\"WARN\"}"#, "openid"),
        Fault::LogHoldsTokens => Logged("plain", "openid"),
        other => panic!("`{other}` has no probe: write down what shows it"),
    }
}

fn config(profile: FaultProfile, fault: Option<Fault>) -> ServerConfig {
    let faults: BTreeSet<Fault> = fault.into_iter().collect();
    if profile == FaultProfile::Standard {
        return ServerConfig { faults, ..ServerConfig::default() };
    }
    let supported = ["openid", "profile", "offline_access", "OFFLINE_ACCESS"].map(str::to_owned).to_vec();
    ServerConfig { faults, scopes_supported: Some(supported), ..repro(&["offline_access"]) }
}

/// What a person would note of an answer.
async fn noted(server: &Server, client: &Client, answer: &Answer) -> String {
    let token = answer.text_member("access_token");
    if token.is_empty() {
        return refusal(server, answer);
    }
    let (header, claims) = decoded(&token).unwrap();
    let claim = claims.get("scope").or(claims.get("scp")).cloned().unwrap_or(Value::Null);
    let said = answer.json().get("scope").map_or("nothing".to_owned(), Value::to_string);
    let introspected = server.introspect(client, &token).await["scope"].clone();
    let refresh = if answer.member("refresh_token").is_string() { ", refresh token" } else { "" };
    let kind = &header["typ"];
    format!("says {said}, {kind} claims {claim}, introspection says {introspected}{refresh}")
}

fn refusal(server: &Server, answer: &Answer) -> String {
    let error = answer.error().unwrap_or_default();
    let Some(location) = answer.location() else {
        return format!("{} {error}", answer.status);
    };
    let state = if answer.redirected("state").is_some() { "with" } else { "without" };
    let text = answer.redirected("error_description").unwrap_or_default();
    let raw = if text.contains(['"', '\\']) { ", raw text" } else { "" };
    let upstream =
        server.running.upstream_origin().is_some_and(|origin| location.as_str().starts_with(origin));
    let place = if upstream { "the identity provider" } else { location.host_str().unwrap_or_default() };
    format!("{} {error} to {place}, {state} state{raw}", answer.status)
}

async fn registered(server: &Server, scope: &str) -> (Client, Answer) {
    let body = format!(
        r#"{{"redirect_uris":["{REDIRECT_URI}"],"token_endpoint_auth_method":"none",
           "grant_types":["authorization_code","refresh_token"],"scope":{scope}}}"#
    );
    let answer = server.register_raw(&body).await;
    (Client { id: answer.text_member("client_id"), secret: None, registration: answer.json() }, answer)
}

/// Runs a probe, and notes what came of it.
async fn observe(profile: FaultProfile, fault: Option<Fault>, probe: Probe) -> String {
    if let Start { configured, baseline } = probe {
        let baseline = baseline.split(' ').map(str::to_owned).collect();
        let mut config = ServerConfig { baseline, ..config(profile, fault) };
        config.scopes_supported = config.scopes_supported.filter(|_| configured);
        return start(config).await.map_or_else(|error| error.to_string(), |_| "started".to_owned());
    }
    let log = Arc::new(Captured::default());
    let sink: Arc<dyn Log> = log.clone();
    let server = Server::start(ServerConfig { log: Some(sink), ..config(profile, fault) }).await;
    let toolhive = profile == FaultProfile::Toolhive;
    let (client, _) = registered(
        &server,
        if toolhive { r#""openid OFFLINE_ACCESS""# } else { r#""read write files:read""# },
    )
    .await;
    let server = &server;
    match probe {
        Login(extra) => {
            let first = server.authorize(&client, extra).await;
            let note = noted(server, &client, &server.login(&client, extra).await).await;
            if toolhive { format!("{}; {note}", refusal(server, &first)) } else { note }
        }
        LoginTwice => {
            let first = server.login(&client, "").await.text_member("scope");
            format!("{first}, then {}", server.login(&client, "").await.text_member("scope"))
        }
        Refresh(extra) | RefreshTwice(extra) => {
            let login = server.login(&client, "scope=read+write").await;
            let mut answer = server.refresh(&client, &login.text_member("refresh_token"), extra).await;
            if let RefreshTwice(_) = probe {
                answer = server.refresh(&client, &answer.text_member("refresh_token"), "").await;
            }
            noted(server, &client, &answer).await
        }
        Exchange(extra) => {
            let code = server.authorize(&client, "scope=read").await.redirected("code").unwrap();
            noted(server, &client, &server.redeem(&client, &code, extra).await).await
        }
        ClientCredentials(extra) => {
            let client = server.confidential("read write").await;
            let form = format!("grant_type=client_credentials&{extra}");
            noted(server, &client, &server.form("/oauth/token", &client, &form).await).await
        }
        Register(scope) => {
            let (client, answer) = registered(server, scope).await;
            let stored = server.running.registered_scope(&client.id);
            let echo = answer.json().get("scope").map_or("nothing".to_owned(), Value::to_string);
            format!(
                "{} {} echoes {echo}, stores {stored:?}",
                answer.status,
                answer.error().unwrap_or_default()
            )
        }
        Stray => {
            let query = encoded(&[
                ("client_id", &client.id),
                ("redirect_uri", "http://evil.example/"),
                ("response_type", "code"),
                ("scope", "unknown"),
            ]);
            refusal(server, &server.get(&server.url(&format!("/oauth/authorize?{query}"))).await)
        }
        Metadata => {
            let oauth = server.get(&server.url("/.well-known/oauth-authorization-server")).await;
            let openid = server.get(&server.url("/.well-known/openid-configuration")).await;
            format!("{} and {}", oauth.member("scopes_supported"), openid.member("scopes_supported"))
        }
        Revoked => {
            let token = server.login(&client, "scope=read").await.text_member("access_token");
            server.form("/oauth/revoke", &client, &encoded(&[("token", &token)])).await;
            let told = server.introspect(&client, &token).await;
            json!({ "active": told["active"], "scope": told["scope"] }).to_string()
        }
        ReadBack => {
            let text = |name: &str| client.registration[name].as_str().unwrap();
            let (uri, token) = (text("registration_client_uri"), text("registration_access_token"));
            server.bearer(reqwest::Method::GET, uri, token).await.text_member("scope")
        }
        Shrunk => {
            let (client, _) = registered(server, r#""read write""#).await;
            let code = server.authorize(&client, "scope=read+write").await.redirected("code").unwrap();
            server.running.replace_registered_scope(&client.id, vec!["read".to_owned()]);
            noted(server, &client, &server.redeem(&client, &code, "").await).await
        }
        ShrunkRefresh => {
            let (client, _) = registered(server, r#""read write""#).await;
            let login = server.login(&client, "scope=read+write").await;
            server.running.replace_registered_scope(&client.id, vec!["read".to_owned()]);
            let answer = server.refresh(&client, &login.text_member("refresh_token"), "").await;
            noted(server, &client, &answer).await
        }
        Update(scope) => {
            let (client, _) = registered(server, r#""read""#).await;
            let answer = server.update_scope(&client, scope).await;
            let stored = server.running.registered_scope(&client.id);
            let (error, echo) = (answer.error().unwrap_or_default(), answer.member("scope"));
            format!("{} {error} echoes {echo}, stores {stored:?}", answer.status)
        }
        TwoPersons => {
            server.login(&client, "scope=read+write").await;
            let second = server.login(&client, "scope=read&login_hint=second-owner").await;
            noted(server, &client, &second).await
        }
        Logged(name, scope) => {
            let before = log.records().len();
            let body = format!(
                r#"{{"redirect_uris":["{REDIRECT_URI}"],"token_endpoint_auth_method":"none","client_name":"{name}","scope":"{scope}"}}"#
            );
            server.register_raw(&body).await;
            server.login(&client, "scope=openid").await;
            let lines: Vec<String> =
                log.records().iter().map(Record::line).map(|line| masked(&line)).collect();
            let (start, rest) = lines.split_at(before);
            let starts = start.iter().filter(|line| line.contains("in effect")).count();
            format!("{starts} at the start, then {rest:?}")
        }
        RegisterTwice => {
            registered(server, r#""profile""#).await;
            registered(server, "null").await.1.text_member("scope")
        }
        Start { .. } => unreachable!("this probe has no server"),
    }
}

/// Without what differs from run to run: the values of tokens.
fn masked(line: &str) -> String {
    let end = |name: &str| line.find(name).map(|at| at + name.len());
    line[..end("access_token").or_else(|| end("\"code\":")).unwrap_or(line.len())].to_owned()
}

#[tokio::test]
async fn each_fault_deviates_from_the_honest_server() {
    let mut evidence = String::new();
    for info in all().iter().filter(|info| info.role == Role::Server) {
        let probe = probe(info.fault);
        let honest = observe(info.profile, None, probe).await;
        let faulty = observe(info.profile, Some(info.fault), probe).await;
        assert_ne!(honest, faulty, "{} does not show under {probe:?}", info.name);
        writeln!(evidence, "{} {probe:?}\n  honest: {honest}\n  faulty: {faulty}", info.name).unwrap();
    }
    insta::assert_snapshot!(evidence);
}
