//! Started, ready, stopped.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use nix::{sys::signal::kill, unistd::Pid};

use super::super::{RunnerError, RunningTarget, ServerTable, Setting, Start};

/// Answers 200 to everything with the tools of a plain system, and starts a child that ignores polite requests.
const SERVER: &str = r#"
import http.server, subprocess, sys
child = subprocess.Popen(["sh", "-c", "trap '' TERM; while :; do sleep 0.05; done"])
open(sys.argv[2], "w").write(f"{child.pid}")
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/ready" else 404)
        self.end_headers()
    def log_message(self, *args): pass
print("listening", flush=True)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
"#;

fn table(command: &[&str], ready: &str, timeout: Duration) -> ServerTable {
    let start = Start {
        command: command.iter().map(ToString::to_string).collect(),
        env: [("PORT".to_owned(), "{port}".to_owned())].into_iter().collect(),
        ready: ready.to_owned(),
        timeout,
    };
    ServerTable { start: Some(start), ..ServerTable::bare("http://127.0.0.1:{port}") }
}

fn setting() -> Setting {
    Setting { program: PathBuf::from("/opt/scopecheck") }
}

async fn refused(table: &ServerTable) -> RunnerError {
    match RunningTarget::start(table, &setting()).await {
        Ok(_) => panic!("it started"),
        Err(error) => error,
    }
}

fn alive(pid: &Path) -> bool {
    let id = fs::read_to_string(pid).unwrap().parse().unwrap();
    // A zombie that nobody has waited for yet is dead all the same.
    let state = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    kill(Pid::from_raw(id), None).is_ok() && !state.contains(") Z ")
}

#[tokio::test]
async fn a_target_is_started_and_its_whole_group_is_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let pid = folder.path().join("pid");
    let table =
        table(&["python3", "-c", SERVER, "{port}", pid.to_str().unwrap()], "/ready", Duration::from_secs(20));
    let mut target = RunningTarget::start(&table, &setting()).await.unwrap();
    assert!(target.issuer().starts_with("http://127.0.0.1:") && !target.issuer().contains('{'));
    assert_eq!(target.ended(), None);
    assert_eq!(target.lines(), ["listening"]);
    assert!(alive(&pid));
    let asked = Instant::now();
    target.stop().await;
    assert!(!alive(&pid), "the child that ignores SIGTERM is killed, too");
    assert!(asked.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_target_ends_when_it_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let pid = folder.path().join("pid");
    let table =
        table(&["python3", "-c", SERVER, "{port}", pid.to_str().unwrap()], "/ready", Duration::from_secs(20));
    drop(RunningTarget::start(&table, &setting()).await.unwrap());
    assert!(!alive(&pid));
}

#[tokio::test]
async fn a_target_that_is_not_ready_yet_ends_with_the_run_that_waits_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let pid = folder.path().join("pid");
    let table =
        table(&["python3", "-c", SERVER, "{port}", pid.to_str().unwrap()], "/never", Duration::from_mins(1));
    let setting = setting();
    let starting = RunningTarget::start(&table, &setting);
    assert!(tokio::time::timeout(Duration::from_secs(2), starting).await.is_err());
    assert!(!alive(&pid));
}

#[tokio::test]
async fn a_polite_target_is_not_kept_waiting() {
    let server = SERVER.replace("trap '' TERM; ", "");
    let folder = tempfile::tempdir().unwrap();
    let pid = folder.path().join("pid");
    let table = table(
        &["python3", "-c", &server, "{port}", pid.to_str().unwrap()],
        "/ready",
        Duration::from_secs(20),
    );
    let target = RunningTarget::start(&table, &setting()).await.unwrap();
    let asked = Instant::now();
    target.stop().await;
    assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
    assert!(!alive(&pid));
}

#[tokio::test]
async fn placeholders_reach_the_command_and_its_environment() {
    let script = "echo \"$0 $PORT $1\"; exit 3";
    let error =
        refused(&table(&["sh", "-c", script, "{scopecheck}", "{port}"], "/", Duration::from_secs(5))).await;
    let RunnerError::Died { lines, .. } = error else { panic!("{error}") };
    let words: Vec<&str> = lines[0].split(' ').collect();
    assert_eq!(words[0], "/opt/scopecheck");
    assert_eq!(words[1], words[2]);
    assert!(words[1].parse::<u16>().is_ok());
}

#[tokio::test]
async fn a_command_that_dies_is_told_with_its_last_lines() {
    let script = "i=0; while [ $i -lt 50 ]; do echo line $i; i=$((i+1)); done; exit 3";
    let error = refused(&table(&["sh", "-c", script], "/", Duration::from_secs(5))).await;
    let RunnerError::Died { lines, .. } = &error else { panic!("{error}") };
    assert_eq!((lines.len(), lines[0].as_str(), lines[39].as_str()), (40, "line 10", "line 49"));
    let error = refused(&table(
        &["sh", "-c", "printf 'no \\033[31mconfiguration\\n' >&2; exit 3"],
        "/",
        Duration::from_secs(5),
    ))
    .await;
    insta::assert_snapshot!(error, @r"
    the target ended before it was ready: exit status: 3
      command: sh -c printf 'no \033[31mconfiguration\n' >&2; exit 3
      its last lines:
        no \u{1b}[31mconfiguration
    help: run the command by hand in the target's folder
    ");
    let error = refused(&table(&["sh", "-c", "kill -9 $$"], "/", Duration::from_secs(5))).await;
    insta::assert_snapshot!(error, @r"
    the target ended before it was ready: signal: 9 (SIGKILL)
      command: sh -c kill -9 $$
      it printed nothing
    help: run the command by hand in the target's folder
    ");
}

#[tokio::test]
async fn a_command_that_does_not_exist_is_told() {
    let error = refused(&table(&["/no/such/program", "--port", "1"], "/", Duration::from_secs(5))).await;
    insta::assert_snapshot!(error, @r"
    cannot run `/no/such/program --port 1`: No such file or directory (os error 2)
    help: check that the program is installed and in PATH
    ");
}

#[tokio::test]
async fn a_target_that_never_answers_is_told_with_what_it_did_instead() {
    let error =
        refused(&table(&["sh", "-c", "echo up; exec sleep 60"], "/", Duration::from_millis(300))).await;
    let RunnerError::NotReady { url, .. } = &error else { panic!("{error}") };
    let text = error.to_string().replace(url, "http://127.0.0.1:PORT/");
    insta::assert_snapshot!(text, @r"
    the target was not ready after 0.3 s: nothing answers there
      command: sh -c echo up; exec sleep 60
      waited for: 200 from http://127.0.0.1:PORT/
      its last lines:
        up
    help: raise `timeout` in `start`, or correct `ready` or the port
    ");
}

#[tokio::test]
async fn a_port_that_is_taken_is_not_tested() {
    let stranger = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = stranger.local_addr().unwrap();
    let mut table = table(&["sleep", "60"], "/", Duration::from_secs(5));
    table.issuer = Some(format!("http://{address}"));
    let text = refused(&table).await.to_string().replace(&address.port().to_string(), "PORT");
    insta::assert_snapshot!(text, @r"
    something else listens at 127.0.0.1:PORT already, and it would be tested in place of the target
    help: end it, or use `{port}` in the issuer and in the command, so that a free port is taken
    ");
}

#[tokio::test]
async fn what_runs_already_is_left_alone_and_what_has_no_address_is_refused() {
    let target =
        RunningTarget::start(&ServerTable::bare("https://as.example.com"), &setting()).await.unwrap();
    assert_eq!(target.issuer(), "https://as.example.com");
    target.stop().await;
    let nowhere = ServerTable { issuer: None, ..ServerTable::bare("") };
    let error = refused(&nowhere).await;
    assert!(error.is_configuration());
    insta::assert_snapshot!(error, @r#"
    the table `issuer/default` has no issuer
    help: add `issuer = "https://..."`, or `start` and the address that it gives the target
    "#);
}
