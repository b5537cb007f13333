//! A scripted world that is spoken to in ways that no client should: it goes on, or says why the run has to be stopped.

use std::time::Duration;

use scopecheck_scenarios::model::Case;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use super::{World, resource::PLAIN};
use crate::system::{Clock, Dice};

const LONG: Duration = Duration::from_secs(20);

async fn world() -> World {
    world_of("").await
}

/// A world with one more rule.
async fn world_of(rule: &str) -> World {
    let world = World::open(PLAIN, Dice::new(1, "hostile"), Clock::default()).await.unwrap();
    let case = "id = 'client/a/b'\ntitle = 'T'\nsubject = 'client'\nimpact = 'denial'\n\
                [[respond]]\nto = 'resource'\nrequires = { read = 'a' }\n[[step]]\nid = 'one'\ninvoke = 'read'\n";
    let case: Case = toml::from_str(&format!("{case}{rule}")).unwrap();
    world.enter(&case, &[&case.steps[0]]);
    world
}

async fn connected(world: &World) -> TcpStream {
    TcpStream::connect(world.origin().trim_start_matches("http://")).await.unwrap()
}

/// What is answered to these octets, up to the end of the connection or a short silence.
async fn said(world: &World, octets: &[u8]) -> String {
    let mut stream = connected(world).await;
    stream.write_all(octets).await.unwrap();
    let (mut answer, mut part) = (Vec::new(), [0; 4096]);
    while let Ok(Ok(read @ 1..)) = timeout(Duration::from_millis(300), stream.read(&mut part)).await {
        answer.extend_from_slice(&part[..read]);
    }
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn http_1_0_is_answered_and_put_down() {
    let world = world().await;
    let answer = said(&world, b"GET /api/read HTTP/1.0\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.0 401"), "{answer}");
    assert!(answer.contains("Bearer scope=\"a\""), "{answer}");
    assert_eq!(world.take_log().await.len(), 1);
}

#[tokio::test]
async fn octets_that_are_no_utf_8_and_no_http_are_answered_and_stop_nothing() {
    let world = world().await;
    for odd in [
        &b"GET /api/read HTTP/1.1\r\nhost: x\r\nauthorization: Bearer \xff\xfe\r\nconnection: close\r\n\r\n"[..],
        b"GET /api/%ff%fe?scope=%ff HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"POST /token HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\nconnection: close\r\n\r\ngrant=\xff\xfe\x00",
        b"\xff\xfe\x00\x01 nothing\r\n\r\n",
        b"GET /api/read HTTP/9.9\r\n\r\n",
    ] {
        let answer = said(&world, odd).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
    let answer = said(&world, b"GET /api/read HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
}

#[tokio::test]
async fn a_request_without_end_ends_its_run() {
    let world = world().await;
    let mut stream = connected(&world).await;
    stream.write_all(b"POST /token HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n").await.unwrap();
    let flood = async {
        let chunk = [b"10000\r\n".to_vec(), vec![b'a'; 0x10000], b"\r\n".to_vec()].concat();
        while stream.write_all(&chunk).await.is_ok() {}
    };
    let why = timeout(LONG, async {
        let (why, ()) = tokio::join!(world.looping(), flood);
        why
    });
    assert_eq!(why.await.unwrap(), "it sent more than 8 MiB through one connection");
}

#[tokio::test]
async fn connections_that_say_nothing_keep_nobody_waiting() {
    let world = world().await;
    let mut silent = Vec::new();
    for _ in 0..50 {
        let mut stream = connected(&world).await;
        stream.write_all(b"GET /api/re").await.unwrap();
        silent.push(stream);
    }
    let answer = said(&world, b"GET /api/read HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
}

#[tokio::test]
async fn answers_arrive_as_the_rules_have_it() {
    let document = async |how: &str| {
        let rule = format!("[[respond]]\nto = 'metadata'\nanswers = '{how}'\n");
        let world = world_of(&rule).await;
        let path = "/.well-known/oauth-authorization-server";
        let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        let mut stream = connected(&world).await;
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        timeout(LONG, stream.read_to_end(&mut answer)).await.unwrap().unwrap();
        (String::from_utf8(answer).unwrap(), world.take_log().await.remove(0))
    };
    let (slow, logged) = document("slow").await;
    assert!(slow.ends_with('}') && logged.facts.events == ["metadata_fetched"], "{slow}");
    let (cut, logged) = document("cut").await;
    assert!(cut.starts_with("HTTP/1.1 200") && !cut.ends_with('}') && !cut.contains("x-arrival"), "{cut}");
    let kept = logged.reply.unwrap().body;
    assert!(cut.as_bytes().ends_with(&kept) && !kept.is_empty());
    let (nothing, logged) = document("nothing").await;
    assert!(nothing.is_empty() && logged.reply.is_err() && logged.facts.events == ["outage"], "{nothing}");
    assert!(document("unavailable").await.0.starts_with("HTTP/1.1 503"));
}

#[tokio::test]
async fn a_url_is_put_down_as_it_was_written() {
    let world = world().await;
    let request = "GET /authorize?scope=it's+a%2Fb/c%20 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    said(&world, request.as_bytes()).await;
    let log = world.take_log().await;
    let url = &log[0].request.url;
    assert!(url.ends_with("/authorize?scope=it's+a%2Fb/c%20"), "{url}");
}

#[tokio::test]
async fn a_callback_that_nobody_listens_for_is_known_before_anything_is_taken_for_done() {
    let authorize = "GET /authorize?response_type=code&client_id=c&state=s&scope=a&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcb \
                     HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    for rule in ["callback = 'split'", "forged-callback = 'z'"] {
        let world = world_of(&format!("[[respond]]\nto = 'authorization'\n{rule}\n")).await;
        assert!(!world.unheard("one"));
        let answer = said(&world, authorize.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 ") && !answer.contains("x-arrival"), "{answer}");
        let log = world.take_log().await;
        assert!(world.unheard("one") && log[0].facts.events == ["code_issued"], "{rule}");
    }
}

#[tokio::test]
async fn a_callback_that_is_not_taken_is_followed_by_an_error() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let authorize = format!(
        "GET /authorize?response_type=code&client_id=c&state=s&scope=a&redirect_uri=http%3A%2F%2F127.0.0.1%3A{port}%2Fcb \
         HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
    );
    let client = tokio::spawn(async move {
        let mut read = Vec::new();
        for _ in 0..2 {
            let mut stream = listener.accept().await.unwrap().0;
            let mut octets = vec![0; 8192];
            let length = stream.read(&mut octets).await.unwrap();
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
            read.push(String::from_utf8_lossy(&octets[..length]).into_owned());
        }
        read
    });
    let world = world_of("[[respond]]\nto = 'authorization'\ncallback = 'long'\n").await;
    let answer = said(&world, authorize.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 200 ") && !answer.contains("location"), "{answer}");
    let read = client.await.unwrap();
    assert!(read[0].len() > 5_000 && read[1].starts_with("GET /cb?error=temporarily_unavailable&state=s "));
    let log = world.take_log().await;
    assert_eq!(log[0].facts.events, ["code_issued", "callback_sent"]);
}
