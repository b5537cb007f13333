//! Ctrl-C in the middle of a run.

use std::{
    fs,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use crate::{
    double::{Answer, Double},
    plain::{Manners, Plain},
    support::Room,
};

fn wait_until(what: &str, mut met: impl FnMut() -> bool) {
    let began = Instant::now();
    while !met() {
        assert!(began.elapsed() < Duration::from_secs(20), "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn interrupt(child: &Child) {
    kill(Pid::from_raw(i32::try_from(child.id()).unwrap()), Signal::SIGINT).unwrap();
}

/// Whether a process is there and no zombie.
fn alive(pid: i32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    kill(Pid::from_raw(pid), None).is_ok() && !stat.contains(") Z ")
}

fn started(room: &Room, arguments: &[&str]) -> Child {
    room.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn what_is_done_is_reported_and_the_target_is_gone_with_its_children() {
    let room = Room::new();
    let pid = room.file("pid");
    room.write(
        "scopecheck.toml",
        &format!(
            "[target.mine.server.default]\nissuer = \"http://127.0.0.1:{{port}}\"\nstart = {{ command = [\"sh\", \"-c\", \"sleep 300 & echo $! > {}; exec {} serve --port {{port}}\"], ready = \"/.well-known/oauth-authorization-server\", timeout = \"10s\" }}\n",
            pid.display(),
            env!("CARGO_BIN_EXE_scopecheck"),
        ),
    );
    let child = started(
        &room,
        &["server", "--target", "mine", "--rate", "20", "--jobs", "2", "--report", "json=results.json"],
    );
    wait_until("a few results", || {
        fs::read_to_string(room.file("scopecheck-out/events.ndjson")).is_ok_and(|log| log.lines().count() > 3)
    });
    let pid: i32 = room.read("pid").trim().parse().unwrap();
    assert!(alive(pid));
    interrupt(&child);
    let began = Instant::now();
    let output = child.wait_with_output().unwrap();
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
    assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stderr));
    let results = room.json("results.json");
    assert_eq!(results["footer"]["interrupted"], true);
    assert_eq!(results["footer"]["exit_code"], 130);
    assert!(results["cases"].as_array().unwrap().len() >= 3);
    wait_until("the end of the target's child", || !alive(pid));
}

#[test]
fn a_clean_up_that_hangs_does_not_cost_the_report() {
    let plain = Plain::new(Manners::default());
    let server = Double::start(move |seen| {
        let reply = plain.answer(seen);
        let slow = if seen.method == "DELETE" { 60_000 } else { 30 };
        reply.after(Duration::from_millis(slow))
    });
    let room = Room::new();
    let child = started(&room, &["server", &server.origin, "--report", "json=results.json"]);
    wait_until("a few requests", || server.seen().len() > 40);
    interrupt(&child);
    let began = Instant::now();
    let output = child.wait_with_output().unwrap();
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
    assert_eq!(output.status.code(), Some(130));
    let results = room.json("results.json");
    assert_eq!(results["footer"]["interrupted"], true);
    assert!(!results["footer"]["leftovers"].as_array().unwrap().is_empty(), "what is left behind is told");
}

#[test]
fn a_subject_that_does_not_answer_can_be_interrupted_before_the_run() {
    let server = Double::start(|_| Answer::status(200).after(Duration::from_mins(1)));
    let room = Room::new();
    let child = started(&room, &["server", &server.origin, "--timeout", "60s"]);
    // The log of requests is written as they are answered, so there is nothing to wait for but time.
    std::thread::sleep(Duration::from_secs(1));
    interrupt(&child);
    let began = Instant::now();
    let output = child.wait_with_output().unwrap();
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
    assert_eq!(output.status.code(), Some(130));
}
