//! The reference client as somebody meets it who types it, against the reference servers.

use std::{
    fmt::Write as _,
    fs,
    io::Read as _,
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
};

use insta::assert_snapshot;
use scopecheck_reference::{
    client::{FileStore, TokenStore},
    resource::{self, ResourceConfig, RunningResource},
    server::{self, RunningServer, ServerConfig},
};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::support::{Said, command, run_in, shown};

/// The servers, on threads of their own, and a state directory.
struct World {
    // The runtime ends last, or the servers could not be stopped.
    resource: RunningResource,
    server: RunningServer,
    state: TempDir,
    _runtime: Runtime,
}

impl World {
    fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let (server, resource) = runtime.block_on(async {
            let server = server::start(ServerConfig::default()).await.unwrap();
            let issuer = server.issuer().to_owned();
            (server, resource::start(ResourceConfig { issuer, ..ResourceConfig::default() }).await.unwrap())
        });
        Self { resource, server, state: tempfile::tempdir().unwrap(), _runtime: runtime }
    }

    fn state(&self) -> &str {
        self.state.path().to_str().unwrap()
    }

    /// Runs the client with these words, and then the resource.
    fn client(&self, words: &[&str]) -> String {
        let words =
            [&["reference", "client", "--state-dir", self.state()], words, &[self.resource.url()]].concat();
        self.shown(&run_in(self.state.path(), &words))
    }

    /// What was said, without what differs from run to run.
    fn shown(&self, said: &Said) -> String {
        let text = said.shown(self.state.path());
        text.replace(self.resource.url(), "http://RESOURCE").replace(self.server.issuer(), "http://SERVER")
    }
}

#[test]
fn login_call_refusal_step_up_call_status_logout() {
    let world = World::start();
    let mut told = String::new();
    for words in [
        &["login", "--scope", "read"][..],
        &["call", "--operation", "read"],
        &["call", "--operation", "write"],
        &["status"],
        &["logout"],
        &["status"],
    ] {
        writeln!(told, "# {}\n{}", words.join(" "), world.client(words)).unwrap();
    }
    insta::with_settings!({ filters => [(r"in \d+ s", "in N s")] }, { assert_snapshot!(told) });
}

#[test]
fn with_a_url_alone_it_is_a_plain_mcp_client() {
    let world = World::start();
    let said = run_in(world.state.path(), &["reference", "client", &world.resource.mcp_url()]);
    assert_snapshot!(world.shown(&said));
}

#[test]
fn the_context_stands_in_for_what_is_not_typed() {
    let world = World::start();
    let context =
        serde_json::json!({ "url": world.resource.mcp_url(), "state_dir": world.state(), "name": "auth/x" });
    for variable in ["SCOPECHECK_CONTEXT", "MCP_CONFORMANCE_CONTEXT"] {
        let mut command = command(world.state.path(), &["reference", "client"]);
        assert!(command.env(variable, context.to_string()).output().unwrap().status.success(), "{variable}");
    }
    let store: Arc<dyn TokenStore> = Arc::new(FileStore::new(world.state()));
    assert_eq!(store.keys(scopecheck_reference::client::Drawer::Credentials).unwrap().len(), 1);
}

#[test]
fn the_offered_revision_is_that_of_the_environment() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}/mcp", listener.local_addr().unwrap());
    let mut command = command(Path::new("/"), &["reference", "client", &url]);
    let mut child =
        command.env("MCP_CONFORMANCE_PROTOCOL_VERSION", "2025-06-18").stderr(Stdio::null()).spawn().unwrap();
    let (mut stream, _) = listener.accept().unwrap();
    let mut heard = String::new();
    let mut buffer = [0; 4096];
    while !heard.contains("\"protocolVersion\":\"2025-06-18\"") {
        let read = stream.read(&mut buffer).unwrap();
        assert!(read > 0, "{heard}");
        heard += &String::from_utf8_lossy(&buffer[..read]);
    }
    drop(stream);
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn without_a_person_it_fails_at_once_and_its_hint_can_be_run() {
    let world = World::start();
    let first = world.client(&["--browser", "command", "call", "--operation", "write"]);
    assert_snapshot!(first);
    let hint =
        |said: &str| said.split("run `").nth(1).and_then(|rest| rest.split('`').next()).unwrap().to_owned();
    let typed =
        hint(&first).replace("FOLDER", world.state()).replace("http://RESOURCE", world.resource.url());
    // A shell and the program itself read the hint back; what it says is the same again.
    let bin = Path::new(env!("CARGO_BIN_EXE_scopecheck")).parent().unwrap();
    let output =
        Command::new("/bin/sh").args(["-c", &typed]).env("PATH", bin).env("NO_COLOR", "1").output().unwrap();
    let again = Said {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    };
    assert_eq!(again.code, Some(1), "{}", again.stderr);
    assert_eq!(hint(&world.shown(&again)), hint(&first));
}

#[test]
fn what_is_typed_wrong_is_told_with_what_is_right() {
    let client = |words: &[&str]| shown(&[&["reference", "client"], words].concat());
    let mut told = String::new();
    for words in [
        &[][..],
        &["login", "--scope", "http://127.0.0.1:9"],
        &["login", "--scope", "a", "b", "http://127.0.0.1:9"],
        &["login", "--scope", "a b", "http://127.0.0.1:9"],
        &["--browser", "comand", "status"],
        &["--fault", "client-drop", "status"],
        &["--fault", "refresh-widened", "status"],
        &["call", "http://example.com/mcp"],
        &["call", "mcp"],
    ] {
        writeln!(told, "# {}\n{}", words.join(" "), client(words)).unwrap();
    }
    assert_snapshot!(told);
}

#[test]
fn a_scope_of_a_comma_is_one_scope_and_an_empty_one_is_none() {
    let world = World::start();
    let said = world.client(&["login", "--scope", "", "--scope=read,write"]);
    assert!(said.contains("`read,write`") || said.contains("read,write"), "{said}");
    assert!(said.starts_with("exit 1\n"), "{said}");
}

#[test]
fn no_output_holds_a_token() {
    let world = World::start();
    let said = world.client(&["login", "--scope", "read"]) + &world.client(&["status"]);
    let store = FileStore::new(world.state());
    let key = store.keys(scopecheck_reference::client::Drawer::Credentials).unwrap().remove(0);
    let record: serde_json::Value = serde_json::from_str(&store.read(&key).unwrap().unwrap()).unwrap();
    for name in ["access_token", "refresh_token"] {
        assert!(!said.contains(record[name].as_str().unwrap()), "{name}");
    }
}

/// `UPDATE_README=1` writes it anew.
#[test]
fn the_readme_shows_what_the_demo_prints() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("reference-impl");
    let mut demo = Command::new("bash");
    demo.arg(folder.join("demo.sh")).env("SCOPECHECK", env!("CARGO_BIN_EXE_scopecheck")).env("NO_COLOR", "1");
    let output = demo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).unwrap();
    let path = folder.join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once("```console\n").unwrap();
    let (shown, after) = rest.split_once("```\n").unwrap();
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&path, format!("{before}```console\n{}\n```\n{after}", printed.trim_end())).unwrap();
        return;
    }
    assert_eq!(shown.trim_end(), printed.trim_end(), "run with UPDATE_README=1 and look at the difference");
}
