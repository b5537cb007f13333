//! Start and stop.

use std::time::Duration;

use scopecheck_reference::server::{ServerConfig, StartError, start};

use crate::support::{Server, repro};

#[tokio::test]
async fn a_baseline_that_is_not_supported_stops_the_start_before_anything_is_bound() {
    // The port is taken, which would be the error if binding came first.
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = start(ServerConfig { port, ..repro(&["offline_access", "admin:read"]) }).await.unwrap_err();
    assert!(matches!(error, StartError::Baseline(_)));
    insta::assert_snapshot!(error, @r#"invalid run config: baseline_client_scopes contains "admin:read" which is not in scopes_supported; add it to scopes_supported or take it out of baseline_client_scopes"#);
}

#[tokio::test]
async fn a_port_that_is_taken_is_said_to_be() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = start(ServerConfig { port, ..ServerConfig::default() }).await.unwrap_err().to_string();
    let error = error.replace(&port.to_string(), "PORT");
    assert!(error.starts_with("cannot listen on 127.0.0.1:PORT: "), "{error}");
    assert!(error.ends_with("choose another port, or 0 to let the system choose"), "{error}");
}

#[tokio::test]
async fn a_baseline_within_the_default_scopes_needs_no_supported_list() {
    let config = ServerConfig { scopes_supported: None, ..repro(&["offline_access"]) };
    assert!(start(config).await.is_ok());
}

#[tokio::test]
async fn a_shutdown_closes_connections_that_are_kept_alive() {
    let running = start(ServerConfig::default()).await.unwrap();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/oauth/jwks", running.issuer());
    assert_eq!(http.get(&url).send().await.unwrap().status(), 200);
    running.shutdown().await;
    assert!(http.get(&url).send().await.is_err());
}

#[tokio::test]
async fn after_the_shutdown_and_after_a_drop_nobody_listens() {
    let server = Server::standard().await;
    let address = server.running.issuer().trim_start_matches("http://").to_owned();
    server.running.shutdown().await;
    assert!(tokio::net::TcpStream::connect(&address).await.is_err());

    let server = start(repro(&[])).await.unwrap();
    let address = server.upstream_origin().unwrap().trim_start_matches("http://").to_owned();
    drop(server);
    for _ in 0..100 {
        if tokio::net::TcpStream::connect(&address).await.is_err() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the stub identity provider still listens on {address}");
}
