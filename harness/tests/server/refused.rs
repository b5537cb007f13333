//! What keeps a run from exercising anything is `blocked`, never `fail`: refused registrations, rate limits, logins that fail.

use std::sync::atomic::{AtomicUsize, Ordering};

use insta::assert_snapshot;

use crate::{
    double::{Answer, Double, Seen},
    plain::{Manners, Plain},
    support::{Room, checks, settings, shown},
};

const ONE: [&str; 2] = ["--filter", "id(server/authorize/unknown-scope)"];

const FORM: &str = r#"<form method="post" action="/login"><input name="login"><input type="password" name="password"></form>"#;

/// A server that answers requests to one path like this, and keeps the rules otherwise.
fn except(path: &'static str, answer: impl Fn(&Seen) -> Answer + Send + Sync + 'static) -> Double {
    let plain = Plain::new(Manners::default());
    Double::start(move |seen| if seen.path == path { answer(seen) } else { plain.answer(seen) })
}

#[test]
fn registration_that_is_forbidden() {
    let server = except("/register", |_| Answer::error(403, "access_denied"));
    settings().bind(|| assert_snapshot!(shown(&server.origin, &ONE)));
}

#[test]
fn registration_that_needs_an_initial_access_token() {
    let server = except("/register", |_| {
        Answer::error(401, "invalid_token").with("www-authenticate", "Bearer error=\"invalid_token\"")
    });
    settings().bind(|| assert_snapshot!(shown(&server.origin, &ONE)));
}

#[test]
fn registration_that_answers_nonsense() {
    let server = except("/register", |_| Answer::text(201, "application/json", "{\"client_id\":7}"));
    settings().bind(|| assert_snapshot!(shown(&server.origin, &ONE)));
}

#[test]
fn a_whole_run_without_a_client_blames_nobody() {
    for refusal in [Answer::error(403, "access_denied"), Answer::error(401, "invalid_token")] {
        let server = except("/register", move |_| refusal.clone());
        let room = Room::new();
        let said = room.server(&server.origin, &["--report", "json=results.json"]);
        assert_eq!(said.code, Some(3), "{}", said.stdout);
        let red: Vec<_> = checks(&room.json("results.json"))
            .into_iter()
            .filter(|(grade, _)| grade == "fail" || grade == "warn")
            .collect();
        assert_eq!(red, [], "a server that lets nobody register breaks nothing");
    }
}

#[test]
fn a_rate_limit_is_blocked_wherever_it_comes() {
    let limited = || Answer::error(429, "slow_down").with("retry-after", "30");
    for path in ["/register", "/authorize", "/token"] {
        let server = except(path, move |_| limited());
        let room = Room::new();
        let said = room.server(&server.origin, &["--report", "json=results.json"]);
        assert_eq!(said.code, Some(3), "{path}: {}", said.stdout);
        let results = checks(&room.json("results.json"));
        let red: Vec<_> = results.iter().filter(|(grade, _)| grade == "fail" || grade == "warn").collect();
        assert!(red.is_empty(), "{path}: {red:?}");
        assert!(results.iter().any(|(grade, _)| grade == "blocked"), "{path}");
    }
}

#[test]
fn a_registration_that_came_too_soon_is_sent_again_when_the_server_says() {
    let plain = Plain::new(Manners::default());
    let count = AtomicUsize::new(0);
    let server = Double::start(move |seen| {
        if seen.path == "/register" && count.fetch_add(1, Ordering::Relaxed).is_multiple_of(2) {
            return Answer::error(429, "slow_down").with("retry-after", "0");
        }
        plain.answer(seen)
    });
    let room = Room::new();
    let said = room.server(&server.origin, &["--report", "json=results.json"]);
    assert_eq!(said.code, Some(0), "{}", said.stdout);
    let results = checks(&room.json("results.json"));
    assert!(!results.iter().any(|(grade, _)| grade == "blocked"), "{results:?}");
}

#[test]
fn a_server_that_takes_no_registration_is_not_asked_for_ever() {
    let server = except("/register", |_| Answer::error(429, "slow_down").with("retry-after", "0"));
    let room = Room::new();
    let said = room.server(&server.origin, &["--report", "json=results.json"]);
    assert_eq!(said.code, Some(3), "{}", said.stdout);
    let results = checks(&room.json("results.json"));
    assert!(!results.iter().any(|(grade, _)| grade == "fail" || grade == "warn"), "{results:?}");
}

#[test]
fn a_rate_limit_that_comes_later_says_what_to_do() {
    let plain = Plain::new(Manners::default());
    let count = AtomicUsize::new(0);
    let server = Double::start(move |seen| {
        if seen.path == "/authorize" && count.fetch_add(1, Ordering::Relaxed) >= 1 {
            return Answer::error(429, "slow_down");
        }
        plain.answer(seen)
    });
    settings().bind(|| {
        assert_snapshot!(shown(
            &server.origin,
            &["--jobs", "1", "--filter", "id(server/authorize/order-makes-no-difference)"]
        ));
    });
}

#[test]
fn a_rate_limit_on_the_metadata() {
    let server = except("/.well-known/oauth-authorization-server", |_| Answer::status(429));
    settings().bind(|| assert_snapshot!(shown(&server.origin, &ONE)));
}

#[test]
fn a_login_page_that_nobody_fills_in() {
    let server = except("/authorize", |_| Answer::html(200, FORM));
    settings().bind(|| assert_snapshot!(shown(&server.origin, &ONE)));
}

#[test]
fn a_login_form_that_comes_back_again_and_again() {
    let plain = Plain::new(Manners::default());
    let server = Double::start(move |seen| match seen.path.as_str() {
        "/authorize" | "/login" => Answer::html(200, FORM),
        _ => plain.answer(seen),
    });
    let room = Room::new();
    room.write(
        "scopecheck.toml",
        &format!(
            "[target.mine.server.default]\nissuer = \"{}\"\nlogin = {{ mode = \"form\", fields = {{ login = \"alice\", password = \"wrong\" }} }}\n",
            server.origin
        ),
    );
    let said = room.run(&[&["server", "--target", "mine"], &ONE[..]].concat());
    settings().bind(|| assert_snapshot!(room.shown(&said, &server.origin)));
    assert!(server.count("POST", "/login") <= 48, "the form is not sent for ever");
}

#[test]
fn a_whole_run_without_a_login_is_incomplete() {
    let server = except("/authorize", |_| Answer::html(200, FORM));
    let room = Room::new();
    let said = room.server(&server.origin, &["--report", "json=results.json"]);
    assert_eq!(said.code, Some(3), "{}", said.stdout);
    let red: Vec<_> = checks(&room.json("results.json"))
        .into_iter()
        .filter(|(grade, _)| grade == "fail" || grade == "warn")
        .collect();
    assert_eq!(red, [], "a login page breaks nothing");
}
