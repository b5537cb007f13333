use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, ChildStdout, Stdio},
};

use insta::assert_snapshot;
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use crate::support::{command, run, shown};

/// A started server; it ends with the test, whatever ends the test.
struct Served {
    child: Child,
    out: BufReader<ChildStdout>,
    address: String,
}

impl Served {
    fn start(arguments: &[&str]) -> Self {
        let mut child = command(std::env::temp_dir().as_path(), &[&["serve"], arguments].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        out.read_line(&mut first).unwrap();
        let mut second = String::new();
        out.read_line(&mut second).unwrap();
        assert!(second.starts_with("resource http://127.0.0.1:"), "{second}");
        let address = first
            .trim_end()
            .strip_prefix("listening http://")
            .unwrap_or_else(|| panic!("{first}"))
            .to_owned();
        Self { child, out, address }
    }

    /// The document of RFC 8414, as it came over the wire.
    fn metadata(&self) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!(
            "GET /.well-known/oauth-authorization-server HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Ends the server; gives its exit code, the rest of its output and its notes.
    fn end(mut self, signal: Signal) -> (Option<i32>, String, String) {
        kill(Pid::from_raw(self.child.id().try_into().unwrap()), signal).unwrap();
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        let mut notes = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut notes).unwrap();
        (self.child.wait().unwrap().code(), rest, notes)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It is gone already where the test went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn ctrl_c_and_sigterm_end_the_server_with_exit_code_0() {
    for signal in [Signal::SIGINT, Signal::SIGTERM] {
        let served = Served::start(&[]);
        assert!(served.address.starts_with("127.0.0.1:"));
        assert!(served.metadata().starts_with("HTTP/1.1 200"));
        let address = served.address.clone();
        let (code, rest, notes) = served.end(signal);
        assert_eq!((code, rest.as_str(), notes.as_str()), (Some(0), "", "Ctrl-C ends it\n"));
        assert!(TcpStream::connect(address).is_err());
    }
}

#[test]
fn a_fault_of_toolhive_brings_its_profile_with_it() {
    let served = Served::start(&["--fault", "union-sorted"]);
    let metadata = served.metadata();
    assert!(metadata.contains(r#""scopes_supported":["openid","offline_access"]"#), "{metadata}");
    let (code, _, notes) = served.end(Signal::SIGTERM);
    assert_eq!(code, Some(0));
    let notes: Vec<&str> = notes.lines().map(|line| line.split("127.0.0.1").next().unwrap()).collect();
    assert_snapshot!(notes.join("\n"), @r"
    fault union-sorted: The union of the requested scopes and the baseline is sorted, so that the order of the request is lost.
    the fault union-sorted shows under the profile toolhive only, so that is served
    the stub identity provider is at http://
    Ctrl-C ends it
    ");
}

#[test]
fn what_is_given_outranks_what_a_fault_brings() {
    let served = Served::start(&["--fault", "union-sorted", "--scopes", "openid  profile", "-q"]);
    let metadata = served.metadata();
    assert!(metadata.contains(r#""scopes_supported":["openid","profile"]"#), "{metadata}");
    assert_eq!(served.end(Signal::SIGTERM), (Some(0), String::new(), String::new()));
}

#[test]
fn the_list_of_faults_has_five_columns_and_no_heading() {
    let said = run(&["serve", "--list-faults"]);
    assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""));
    assert!(said.stdout.lines().count() > 50);
    for line in said.stdout.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [name, role, profile, standing, sentence] = columns[..] else { panic!("{line}") };
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{line}");
        assert!(["library", "server", "resource", "client"].contains(&role), "{line}");
        assert!(["standard", "toolhive", "cli-engine", "mcp"].contains(&profile), "{line}");
        assert!(["proven", "warned", "planned"].contains(&standing), "{line}");
        assert!(sentence.ends_with('.'), "{line}");
    }
    assert!(said.stdout.contains("\nrefresh-widened\tserver\tstandard\tproven\t"));
}

#[test]
fn an_unknown_word_gets_the_nearest_one() {
    assert_snapshot!(shown(&["serve", "--fault", "refersh-widened"]));
    assert_snapshot!(shown(&["serve", "--fault", "qqqqqqqqqqqq"]));
    assert_snapshot!(shown(&["serve", "--profile", "toolhiv"]));
    assert_snapshot!(shown(&["serve", "--unknown", "drop"]));
    assert_snapshot!(shown(&["serve", "--token-format", "jwd"]));
    assert_snapshot!(shown(&["serve", "--claim-form", "scope-list"]));
}

#[test]
fn scopes_outside_the_grammar_are_refused() {
    assert_snapshot!(shown(&["serve", "--scopes", "read \"write\""]));
}

#[test]
fn a_baseline_outside_the_supported_scopes_does_not_start() {
    assert_snapshot!(shown(&["serve", "--scopes", "read write", "--baseline", "admin"]));
}

#[test]
fn a_port_that_is_taken_is_told() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    assert_snapshot!(shown(&["serve", "--port", &port]).replace(&port, "PORT"));
}

#[test]
fn an_output_that_nobody_reads_does_not_stop_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let notes = folder.path().join("notes");
    let mut child = command(folder.path(), &["serve"])
        .stdout(Stdio::piped())
        .stderr(fs::File::create(&notes).unwrap())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    while !fs::read_to_string(&notes).unwrap().contains("Ctrl-C") {
        std::thread::sleep(std::time::Duration::from_millis(10));
        assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
    }
    kill(Pid::from_raw(child.id().try_into().unwrap()), Signal::SIGTERM).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn the_log_goes_to_standard_error_where_it_is_asked_for() {
    let baseline = ["--profile", "toolhive", "--baseline", "offline_access"];
    let told = "{\"level\":\"INFO\",\"message\":\"a baseline is in effect: every client that registers gains it\",\"baseline\":[\"offline_access\"]}\n";
    for (flag, expected) in [("--quiet", false), ("-v", true), ("-vv", true)] {
        let served = Served::start(&[&baseline[..], &[flag]].concat());
        let (code, rest, notes) = served.end(Signal::SIGTERM);
        assert_eq!((code, rest.as_str()), (Some(0), ""));
        assert_eq!(notes.matches(told).count(), usize::from(expected), "{flag}: {notes}");
    }
}

#[test]
fn consent_and_limits_are_read_and_what_nobody_knows_is_told() {
    let served =
        Served::start(&["--consent", "", "--rate-limit", "5", "--capacity", "9", "--person", "second-owner"]);
    assert!(served.metadata().starts_with("HTTP/1.1 200"));
    for (arguments, said) in [
        (
            ["--person", "nobody"],
            "write one of resource-owner, second-owner, cautious-owner, unwilling-owner",
        ),
        (["--consent", "a\"b"], "--consent is not a list of scopes"),
        (["--rate-limit", "0"], "invalid value '0' for '--rate-limit <N>'"),
        (["--capacity", "0"], "invalid value '0' for '--capacity <N>'"),
    ] {
        let output = run(&[&["serve"], &arguments[..]].concat());
        assert_eq!(output.code, Some(2));
        assert!(output.stderr.contains(said), "{}", output.stderr);
    }
}
