//! `--serve CASE`: the script of a case for a client that somebody starts by hand.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use crate::support::{program, run};

/// A script that is up.
struct Script {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    told: String,
    _folder: tempfile::TempDir,
}

impl Script {
    fn of(case: &str, flags: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(program())
            .args(["client", "--serve", case])
            .args(flags)
            .current_dir(folder.path())
            .env("NO_COLOR", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut script = Self { child, input, output, told: String::new(), _folder: folder };
        script.wait("waiting for");
        script
    }

    /// Reads until a line begins so.
    fn wait(&mut self, beginning: &str) {
        loop {
            let mut line = String::new();
            assert_ne!(self.output.read_line(&mut line).unwrap(), 0, "{}", self.told);
            self.told.push_str(&line);
            if line.starts_with(beginning) {
                return;
            }
        }
    }

    fn url(&self) -> &str {
        self.told.lines().find_map(|line| line.trim().strip_prefix("url ")).unwrap().trim()
    }

    /// Starts the reference client.
    fn start(&self, arguments: &[&str]) {
        let status = Command::new(program())
            .args(["reference", "client"])
            .args(arguments)
            .arg(self.url())
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(status.code().is_some());
    }

    fn enter(&mut self) {
        self.input.write_all(b"\n").unwrap();
    }

    /// The whole output, and the exit code.
    fn end(mut self) -> String {
        self.output.read_to_string(&mut self.told).unwrap();
        format!("{}exit code {}", self.told, self.child.wait().unwrap().code().unwrap())
    }
}

fn settled(text: &str) -> String {
    let times = |line: &&str| !line.trim_start().starts_with("in ");
    let text = text.lines().filter(times).collect::<Vec<_>>().join("\n");
    text.split("127.0.0.1:")
        .enumerate()
        .map(
            |(number, part)| {
                if number == 0 { part } else { part.trim_start_matches(|c: char| c.is_ascii_digit()) }
            },
        )
        .collect::<Vec<_>>()
        .join("127.0.0.1:PORT")
}

#[test]
fn a_plain_client_that_is_started_by_hand_gets_its_verdict_on_enter() {
    let mut script = Script::of("client/step-up/asks-anew", &[]);
    script.start(&[]);
    script.enter();
    insta::assert_snapshot!(settled(&script.end()));
}

#[test]
fn a_client_that_deviates_is_told_so_and_how_to_try_again() {
    let mut script = Script::of("client/step-up/opaque-token", &["--protocol", "2026-07-28"]);
    script.start(&["--fault", "client-requests-only-missing"]);
    script.enter();
    insta::assert_snapshot!(settled(&script.end()));
}

#[test]
fn a_command_line_client_is_run_once_for_each_step() {
    let mut script = Script::of("client/login/declined-in-the-response", &[]);
    assert!(script.told.contains("/api"), "{}", script.told);
    script.start(&["login", "--scope", "a", "--scope", "b"]);
    script.enter();
    insta::assert_snapshot!(settled(&script.end()));
}

#[test]
fn a_script_that_nobody_has_used_proves_nothing() {
    let mut script = Script::of("client/step-up/asks-anew", &[]);
    script.enter();
    let told = settled(&script.end());
    assert!(told.ends_with("exit code 3"), "{told}");
}

#[test]
fn ctrl_c_asks_for_the_verdict() {
    let script = Script::of("client/step-up/asks-anew", &[]);
    script.start(&[]);
    let id = i32::try_from(script.child.id()).unwrap();
    nix::sys::signal::kill(nix::unistd::Pid::from_raw(id), nix::sys::signal::Signal::SIGINT).unwrap();
    let told = script.end();
    assert!(told.contains("1 pass") && told.ends_with("exit code 0"), "{told}");
}

#[test]
fn what_cannot_be_served_is_refused() {
    let refused = |arguments: &[&str]| {
        let ran = run("", &[&["client"], arguments].concat());
        format!("exit {}\n{}{}", ran.code, ran.stdout, ran.stderr)
    };
    let texts = [
        refused(&["--serve", "client/step-up/ask-anew"]),
        refused(&["--serve", "server/refresh/scope-parameter"]),
        refused(&["--serve", "client/step-up/asks-anew", "--", "node", "client.mjs"]),
        refused(&["--serve", "client/step-up/asks-anew", "--protocol", "2025-11-24"]),
        refused(&["--browser", "command"]),
        refused(&["--browser", "lynx", "--", "x"]),
    ];
    insta::assert_snapshot!(texts.join("\n"));
}
