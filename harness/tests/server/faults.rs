//! `serve --fault` and `server` together: a planted bug is found from outside, and nothing is found without one.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Stdio},
};

use crate::support::Room;

struct Served {
    child: Child,
    issuer: String,
}

impl Served {
    fn start(room: &Room, arguments: &[&str]) -> Self {
        let mut child = room
            .command(&[&["serve", "--port", "0"], arguments].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let issuer = first.trim().strip_prefix("listening ").unwrap().to_owned();
        Self { child, issuer }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

fn code(serve: &[&str], server: &[&str]) -> Option<i32> {
    let room = Room::new();
    let running = Served::start(&room, serve);
    room.run(&[&["server", running.issuer.as_str()], server].concat()).code
}

#[test]
fn faults_of_everybody_show_to_who_knows_the_issuer_alone() {
    assert_eq!(code(&[], &[]), Some(0));
    // A part of the catalogue is enough to see them; `selftest` runs every fault against all of it.
    for (fault, area) in [
        ("refresh-widened", "refresh"),
        ("prefix-match", "authorize"),
        ("registration-echo-differs", "registration"),
    ] {
        let filter = format!("area(server/{area})");
        assert_eq!(code(&["--fault", fault], &["--filter", &filter]), Some(1), "{fault}");
    }
}

#[test]
fn faults_of_the_profile_toolhive_show_under_its_table() {
    let serve = [
        "--profile",
        "toolhive",
        "--scopes",
        "openid offline_access",
        "--baseline",
        "offline_access",
        "--upstream",
    ];
    let server = ["--target", "reference/toolhive", "--profile", "toolhive"];
    assert_eq!(code(&serve, &server), Some(0));
    for fault in ["union-sorted", "echo-without-union"] {
        let part = [&server[..], &["--filter", "area(server/registration)"]].concat();
        assert_eq!(code(&[&serve[..], &["--fault", fault]].concat(), &part), Some(1), "{fault}");
    }
}
