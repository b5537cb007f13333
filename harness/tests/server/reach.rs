//! Servers that cannot be reached, or whose metadata cannot be used.

use std::{io::Read as _, net::TcpListener, time::Instant};

use insta::assert_snapshot;

use crate::{
    double::{Answer, Double, Seen},
    plain::{Manners, Plain, metadata},
    support::{Room, checks, settings, shown},
};

/// One case that everybody can be asked, so that the text stays short.
const ONE: [&str; 2] = ["--filter", "id(server/authorize/unknown-scope)"];

/// A server that answers every request for metadata like this, and keeps the rules otherwise.
fn described(answer: impl Fn(&Seen) -> Answer + Send + Sync + 'static) -> Double {
    let plain = Plain::default();
    Double::start(
        move |seen| {
            if seen.path.contains("/.well-known/") { answer(seen) } else { plain.answer(seen) }
        },
    )
}

fn show(server: &Double, more: &[&str]) -> String {
    shown(&server.origin, &[&ONE[..], more].concat())
}

#[test]
fn a_server_that_keeps_the_rules_is_green() {
    let plain = Plain::new(Manners::default());
    let server = Double::start(move |seen| plain.answer(seen));
    let room = Room::new();
    let said = room.server(&server.origin, &["--report", "json=results.json"]);
    assert_eq!(said.code, Some(0), "{}", said.stdout);
    let results = checks(&room.json("results.json"));
    assert!(
        results.iter().all(|(grade, _)| matches!(grade.as_str(), "pass" | "observed" | "n/a")),
        "{}",
        said.stdout
    );
    assert!(results.iter().filter(|(grade, _)| grade == "pass").count() > 200);
}

#[test]
fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    settings().bind(|| assert_snapshot!(shown(&issuer, &ONE)));
}

#[test]
fn the_connection_is_closed_without_an_answer() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // What is not read would be answered with a reset instead of an end.
            let _request = stream.read(&mut [0; 4096]);
        }
    });
    settings().bind(|| assert_snapshot!(shown(&issuer, &ONE)));
}

#[test]
fn html_instead_of_metadata() {
    let server = described(|_| Answer::html(200, "<title>Welcome</title>"));
    settings().bind(|| assert_snapshot!(show(&server, &[])));
}

#[test]
fn metadata_that_redirects_for_ever() {
    let server = described(|seen| Answer::redirect(&seen.path));
    settings().bind(|| assert_snapshot!(show(&server, &[])));
    assert!(server.seen().len() <= 2, "redirects are not followed");
}

#[test]
fn metadata_without_an_end_is_read_up_to_the_cap() {
    let server = described(|_| Answer::endless());
    settings().bind(|| assert_snapshot!(show(&server, &[])));
}

#[test]
fn metadata_that_never_ends_coming_is_given_up_in_time() {
    let server = described(|_| Answer::trickle());
    let began = Instant::now();
    let shown = show(&server, &["--timeout", "300ms"]);
    assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
    settings().bind(|| assert_snapshot!(shown));
}

#[test]
fn metadata_that_is_no_json() {
    let server = described(|_| Answer::text(200, "application/json", "{\"issuer\": "));
    settings().bind(|| assert_snapshot!(show(&server, &[])));
}

#[test]
fn metadata_that_is_no_object() {
    let server = described(|_| Answer::text(200, "application/json", "[1]"));
    settings().bind(|| assert_snapshot!(show(&server, &[])));
}

#[test]
fn metadata_of_another_issuer() {
    let server = described(|_| Answer::json(200, &metadata("https://as.example")));
    settings().bind(|| assert_snapshot!(show(&server, &[])));
}

#[test]
fn a_second_document_of_somebody_else_is_not_used() {
    let server = described(|seen| match seen.path.as_str() {
        "/.well-known/openid-configuration" => Answer::json(200, &metadata("https://as.example")),
        _ => Answer::json(200, &metadata(&seen.origin)),
    });
    settings().bind(|| assert_snapshot!(show(&server, &[])));
}

#[test]
fn metadata_that_offer_no_registration_need_a_client() {
    let server = described(|seen| {
        let mut document = metadata(&seen.origin);
        document.as_object_mut().unwrap().remove("registration_endpoint");
        Answer::json(200, &document)
    });
    settings().bind(|| assert_snapshot!(show(&server, &[])));
    assert_eq!(Room::new().server(&server.origin, &[]).code, Some(3), "what does not apply proves nothing");
}

#[test]
fn metadata_without_endpoints() {
    let server = described(|seen| Answer::json(200, &serde_json::json!({ "issuer": seen.origin })));
    settings().bind(|| assert_snapshot!(show(&server, &[])));
}

#[test]
fn an_authorization_endpoint_that_redirects_for_ever() {
    let plain = Plain::default();
    let server = Double::start(move |seen| match seen.path.as_str() {
        "/authorize" => Answer::redirect("/authorize?again=1"),
        _ => plain.answer(seen),
    });
    settings().bind(|| assert_snapshot!(show(&server, &[])));
}

#[test]
fn a_token_response_without_an_end_is_read_up_to_the_cap() {
    let plain = Plain::default();
    let server = Double::start(move |seen| match seen.path.as_str() {
        "/token" => Answer::endless(),
        _ => plain.answer(seen),
    });
    settings().bind(|| {
        assert_snapshot!(shown(
            &server.origin,
            &["--filter", "id(server/refresh/scope-parameter@client=public,row=equal)"]
        ));
    });
}

#[test]
fn an_endpoint_that_is_always_late_is_given_up() {
    const FOUR: &str = "id(server/refresh/scope-parameter@client=public,row=e*) or id(server/refresh/scope-parameter@client=public,row=narrower) or id(server/refresh/scope-parameter@client=public,row=wider)";
    let plain = Plain::default();
    let server = Double::start(move |seen| match seen.path.as_str() {
        "/token" => Answer::trickle(),
        _ => plain.answer(seen),
    });
    let room = Room::new();
    let said = room.server(&server.origin, &["--timeout", "200ms", "--jobs", "1", "--filter", FOUR]);
    settings().bind(|| assert_snapshot!(room.shown(&said, &server.origin)));
    assert_eq!(server.count("POST", "/token"), 3);
}

#[test]
fn what_is_no_issuer_is_a_mistake_of_usage() {
    let bad =
        ["as.example", "ftp://as.example", "http://127.0.0.1:1/?a=b", "http://127.0.0.1:1/#f", "http://", ""];
    let all: Vec<String> =
        bad.iter().map(|issuer| format!("## {issuer:?}\n{}", shown(issuer, &[]))).collect();
    assert_snapshot!(all.join("\n"));
}
