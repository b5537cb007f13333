//! Configuration: what is meant by what is written, what must not be started, and that nothing is shared with the caller
//! (CFG-01 to CFG-07 and DCR-08 of `contracts.md`).

use std::sync::Arc;

use scopecheck_reference::registration::{Gate, ProviderParameters, RunConfig, RuntimeConfig};
use scopecheck_reference::server::{Captured, Profile, ServerConfig, StartError, start};
use serde_json::Value;

use crate::support::{Server, repro};

const WITHOUT_SCOPE: &str = r#"{"redirect_uris":["http://localhost:8080/callback"]}"#;

fn list(text: &str) -> Vec<String> {
    text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Profile `toolhive` with these lists; no supported list is written as `-`.
fn config(supported: &str, baseline: &str) -> ServerConfig {
    ServerConfig {
        scopes_supported: (supported != "-").then(|| list(supported)),
        baseline: list(baseline),
        ..repro(&[])
    }
}

async fn refusal(config: ServerConfig) -> String {
    start(config).await.map_or_else(|error| error.to_string(), |_| "started".to_owned())
}

/// What a client sees of the scopes: both documents, and what registrations become.
async fn seen(server: &Server) -> Vec<Value> {
    let narrow = WITHOUT_SCOPE.replace('}', r#","scope":"openid"}"#);
    vec![
        server.get(&server.url("/.well-known/oauth-authorization-server")).await.member("scopes_supported"),
        server.get(&server.url("/.well-known/openid-configuration")).await.member("scopes_supported"),
        server.register_raw(&narrow).await.member("scope"),
        server.register_raw(WITHOUT_SCOPE).await.member("scope"),
        server.register_raw(&narrow).await.member("scope"),
    ]
}

#[tokio::test]
async fn a_baseline_that_is_empty_is_as_good_as_none() {
    let (without, empty) = (ServerConfig { baseline: Vec::new(), ..config("-", "") }, config("-", ""));
    let (without, empty) = (Server::start(without).await, Server::start(empty).await);
    let expected = seen(&without).await;
    assert_eq!(seen(&empty).await, expected);
    assert_eq!(expected[2], "openid");
}

#[tokio::test]
async fn without_a_supported_list_the_default_scopes_are_supported_and_are_what_the_gates_look_at() {
    for supported in ["-", ""] {
        let server = Server::start(config(supported, "offline_access")).await;
        let seen = seen(&server).await;
        let all = "openid profile email offline_access";
        assert_eq!(seen[0], Value::from(list(all)));
        assert_eq!(seen[1], seen[0], "neither document shows the baseline, nor the union (CFG-08)");
        assert_eq!((&seen[2], &seen[3]), (&"openid offline_access".into(), &all.into()));
        let refused = refusal(config(supported, "custom")).await;
        assert!(refused.contains(r#"contains "custom" which is not in scopes_supported"#), "{refused}");
    }
}

#[tokio::test]
async fn the_examples_of_cfg_04_hold() {
    for (baseline, supported, offender) in [
        ("", "openid", None),
        ("", "-", None),
        ("openid", "openid profile", None),
        ("openid openid", "openid profile", None),
        ("openid offline_access", "openid", Some("offline_access")),
        ("foo bar", "openid", Some("foo")),
        ("offline_access", "-", None),
        ("custom_scope", "-", Some("custom_scope")),
        ("OpenID", "openid", Some("OpenID")),
        ("openid.evil", "openid", Some("openid.evil")),
    ] {
        let said = refusal(config(supported, baseline)).await;
        let expected = offender.map_or("started".to_owned(), |scope| {
            format!(
                "invalid run config: baseline_client_scopes contains \"{scope}\" which is not in scopes_supported; \
                 add it to scopes_supported or take it out of baseline_client_scopes"
            )
        });
        assert_eq!(said, expected, "{baseline} in {supported}");
    }
}

#[test]
fn each_gate_refuses_by_itself_and_changes_nothing() {
    let written = RunConfig {
        scopes_supported: Some(list("openid profile")),
        baseline_client_scopes: list("openid offline_access"),
    };
    let runtime = RuntimeConfig::from_run_config(&written);
    let provider = ProviderParameters::from_runtime_config(&runtime);
    let before = (written.clone(), runtime.clone(), provider.clone());
    let refused = [written.validate(), runtime.validate(), provider.validate()].map(Result::unwrap_err);
    assert_eq!(
        refused.clone().map(|error| error.gate),
        [Gate::RunConfig, Gate::RuntimeConfig, Gate::Provider]
    );
    for error in refused {
        assert_eq!(error.source.to_string(), {
            r#"baseline_client_scopes contains "offline_access" which is not in scopes_supported"#
        });
    }
    assert_eq!((written, runtime, provider), before, "a validation writes no defaults back");
}

#[tokio::test]
async fn a_refused_configuration_has_no_effect_at_all() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap();
    let log = Arc::new(Captured::default());
    let bad = ServerConfig {
        port: address.port(),
        log: Some(log.clone()),
        ..config("openid", "openid offline_access")
    };
    // While the port is taken, binding first would show as another error.
    let error = start(bad.clone()).await.unwrap_err();
    assert!(matches!(error, StartError::Baseline(_)), "{error}");
    drop(free);
    assert!(start(bad).await.is_err());
    assert!(tokio::net::TcpStream::connect(address).await.is_err(), "the server listens after all");
    assert_eq!(log.records(), [], "the baseline is announced, and is not in effect");
}

#[tokio::test]
async fn a_baseline_is_never_cut_down_to_what_is_supported() {
    for baseline in ["openid extra", "extra openid", "extra"] {
        assert_ne!(refusal(config("openid", baseline)).await, "started", "{baseline}");
    }
}

#[tokio::test]
async fn scopes_outside_the_grammar_are_refused_wherever_they_are_written() {
    let owned = |scope: &str| vec!["openid".to_owned(), scope.to_owned()];
    let mut texts = Vec::new();
    for scope in ["", "open id", "a\"b", "a\\b", "\u{e9}", "a\n", "a\u{7f}"] {
        let supported = ServerConfig { scopes_supported: Some(owned(scope)), ..config("-", "") };
        texts.push(refusal(supported.clone()).await);
        // Supporting it makes it no better as a baseline, which would be echoed as a space too many.
        assert_ne!(refusal(ServerConfig { baseline: owned(scope), ..supported }).await, "started");
        let default = ServerConfig { default_scope: Some(owned(scope)), ..config("-", "") };
        assert!(refusal(default).await.starts_with("default_scope "), "{scope:?}");
    }
    insta::assert_snapshot!(texts.join("\n"), @r#"
    scopes_supported holds "", which is no scope: a scope token at offset 0 is empty: it needs at least one character; leave the token out
    scopes_supported holds "open id", which is no scope: the byte 0x20 at offset 4 may not stand in a scope token: only 0x21, 0x23-0x5B and 0x5D-0x7E may, and only the space (0x20) separates; take it out
    scopes_supported holds "a\"b", which is no scope: `"` (0x22) at offset 1 may not stand in a scope token: only 0x21, 0x23-0x5B and 0x5D-0x7E may, and only the space (0x20) separates; take it out
    scopes_supported holds "a\\b", which is no scope: `\` (0x5C) at offset 1 may not stand in a scope token: only 0x21, 0x23-0x5B and 0x5D-0x7E may, and only the space (0x20) separates; take it out
    scopes_supported holds "é", which is no scope: the byte 0xC3 at offset 0 may not stand in a scope token: only 0x21, 0x23-0x5B and 0x5D-0x7E may, and only the space (0x20) separates; take it out
    scopes_supported holds "a\n", which is no scope: the byte 0x0A at offset 1 may not stand in a scope token: only 0x21, 0x23-0x5B and 0x5D-0x7E may, and only the space (0x20) separates; take it out
    scopes_supported holds "a\u{7f}", which is no scope: the byte 0x7F at offset 1 may not stand in a scope token: only 0x21, 0x23-0x5B and 0x5D-0x7E may, and only the space (0x20) separates; take it out
    "#);
}

#[tokio::test]
async fn what_the_caller_does_to_its_lists_afterwards_changes_nothing() {
    let mut written = config("openid offline_access profile", "offline_access");
    let server = Server::start(written.clone()).await;
    let before = seen(&server).await;
    written.baseline.push("admin".to_owned());
    written.baseline.swap(0, 1);
    if let Some(supported) = &mut written.scopes_supported {
        supported.clear();
        supported.push("admin".to_owned());
    }
    written.default_scope.get_or_insert_default().push("admin".to_owned());
    written.profile = Profile::Standard;
    assert_eq!(seen(&server).await, before);

    let other = Server::start(ServerConfig { baseline: list("profile"), ..config("-", "") }).await;
    assert_eq!(seen(&other).await[2], "openid profile", "two servers share no list");
    assert_eq!(seen(&server).await, before);
}

#[tokio::test]
async fn no_registration_changes_what_the_next_one_gets() {
    let server = Server::start(config("-", "offline_access")).await;
    let first = seen(&server).await;
    for _ in 0..20 {
        server.public("email profile").await;
        assert_eq!(seen(&server).await, first);
    }
}
