//! Where tables come from, and how they are merged.

use std::{path::Path, time::Duration};

use super::{super::*, loaded, write};

const FULL: &str = r#"
[server.default]
profiles = ["oidc"]
install = ["npm", "ci"]
start = { command = ["node", "server.mjs"], env = { PORT = "{port}" }, ready = "/.well-known/openid-configuration", timeout = "5s" }
issuer = "http://127.0.0.1:{port}"
scopes = { grantable = ["a", "b"], forbidden = "c", unknown = "auto", default = "a b" }
client = { mode = "dcr", auth = ["none", "client_secret_post"], scope = "a b" }
login = { mode = "form", fields = { login = "u", password = "{secrets.password}" } }
secrets = { password = { env = "PATH" }, client_secret = { file = "secret" }, other = { command = ["pass", "show"] } }
capabilities = { introspection = false }
pin = { "server/authorize/unknown-scope#outcome" = "ignored" }

[server.jwt]
extends = "default"
scopes = { grantable = ["x"], unknown = "nosuch" }

[server.deep]
extends = "jwt"
profiles = []
"#;

fn places(root: &Path) -> Places {
    Places { config: None, targets: root.join("targets") }
}

#[test]
fn every_key_of_the_design_is_understood() {
    let table = loaded("mine", FULL).unwrap();
    let start = table.start.as_ref().unwrap();
    assert_eq!(table.full_name(), "mine/default");
    assert_eq!(table.profiles, ["oidc"]);
    assert_eq!(table.install.as_deref().unwrap(), ["npm", "ci"]);
    assert_eq!(
        (start.command.len(), start.env["PORT"].as_str(), start.timeout),
        (2, "{port}", Duration::from_secs(5))
    );
    assert_eq!(table.issuer.as_deref(), Some("http://127.0.0.1:{port}"));
    assert_eq!(table.scopes.grantable, ["a", "b"]);
    assert_eq!(table.scopes.default.as_deref(), Some("a b"));
    assert_eq!(table.scopes.unknown, UnknownScope::Auto);
    assert_eq!(table.client.auth, [ClientAuth::None, ClientAuth::ClientSecretPost]);
    assert_eq!(table.login.mode, LoginMode::Form);
    assert_eq!(table.secrets["client_secret"], SecretSource::File("secret".into()));
    assert!(!table.capabilities["introspection"]);
    assert_eq!(table.pin["server/authorize/unknown-scope#outcome"], "ignored");
    assert_eq!(table.login_fields().unwrap()["password"].reveal(), std::env::var("PATH").unwrap());
}

#[test]
fn a_table_extends_another_key_by_key() {
    let table = loaded("mine/jwt", FULL).unwrap();
    assert_eq!(table.scopes.grantable, ["x"]);
    assert_eq!(table.scopes.forbidden, None, "a key that is stated replaces the whole value");
    assert_eq!(table.scopes.unknown, UnknownScope::Named("nosuch".into()));
    assert_eq!(table.profiles, ["oidc"]);
    let deep = loaded("mine/deep", FULL).unwrap();
    assert!(deep.profiles.is_empty());
    assert_eq!(deep.scopes.grantable, ["x"]);
    assert!(deep.start.is_some());
}

#[test]
fn the_embedded_target_is_found_anywhere() {
    let root = tempfile::tempdir().unwrap();
    for (name, faces) in
        [("reference", "read"), ("reference/toolhive", "openid"), ("reference/baseline-off", "openid")]
    {
        let table = load_server(&TargetRef::parse(name).unwrap(), &places(root.path())).unwrap();
        assert_eq!(table.folder, None);
        assert_eq!(table.scopes.grantable[0], faces);
        assert_eq!(table.start.unwrap().command[0], "{scopecheck}");
    }
}

#[test]
fn only_the_table_with_the_baseline_states_it() {
    let root = tempfile::tempdir().unwrap();
    let table = |name: &str| load_server(&TargetRef::parse(name).unwrap(), &places(root.path())).unwrap();
    let (with, without) = (table("reference/toolhive"), table("reference/baseline-off"));
    assert_eq!(with.start, without.start);
    assert_eq!(with.settings["supported"], without.settings["supported"]);
    assert_eq!(
        (with.settings["baseline"].as_str(), without.settings["baseline"].as_str()),
        ("offline_access", "")
    );
}

#[test]
fn the_embedded_copy_and_the_targets_in_the_repository_load() {
    let targets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../targets");
    let places = Places { config: None, targets: targets.clone() };
    for name in places.names() {
        let text = std::fs::read_to_string(targets.join(&name).join("target.toml")).unwrap();
        let kinds: toml::Table = toml::from_str(&text).unwrap();
        for (kind, tables) in kinds {
            for table in tables.as_table().unwrap().keys() {
                let target = TargetRef::parse(&format!("{name}/{table}")).unwrap();
                let error = match kind.as_str() {
                    "server" => load_server(&target, &places).err(),
                    "client" => load_client(&target, &places).err(),
                    "library" => load_library(&target, &places).err(),
                    other => panic!("{name}: no table of the kind {other} is loaded yet"),
                };
                assert!(error.is_none(), "{}", error.unwrap());
            }
        }
    }
}

#[test]
fn the_configuration_outranks_the_folder_table_by_table() {
    let root = tempfile::tempdir().unwrap();
    write(
        root.path(),
        "targets/mine/target.toml",
        "[server.default]\nissuer = 'https://folder'\n[server.only]\nissuer = 'https://only'\n",
    );
    write(root.path(), "scopecheck.toml", "[target.mine.server.default]\nissuer = 'https://configuration'\n");
    write(root.path(), "expected.toml", "");
    let config = Config::load(&root.path().join("scopecheck.toml")).unwrap();
    let places = Places::near(root.path(), Some(config));
    let issuer = |name: &str| load_server(&TargetRef::parse(name).unwrap(), &places).unwrap();
    assert_eq!(issuer("mine").issuer.as_deref(), Some("https://configuration"));
    assert_eq!(issuer("mine").expected_file(), Some(root.path().join("expected.toml")));
    assert_eq!(issuer("mine/only").issuer.as_deref(), Some("https://only"));
    assert_eq!(issuer("mine/only").expected_file(), None);
}

#[test]
fn the_folder_of_targets_may_lie_above() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "targets/mine/target.toml", "[server.default]\nissuer = 'https://as.example.com'\n");
    write(root.path(), "a/b/file", "");
    let table =
        load_server(&TargetRef::parse("mine").unwrap(), &Places::near(&root.path().join("a/b"), None))
            .unwrap();
    assert_eq!(table.folder, Some(root.path().join("targets/mine")));
}

#[test]
fn tables_of_other_kinds_are_read_too() {
    let text = r#"
[library.default]
command = ["python3", "adapter.py"]
[resource.default]
url = "http://127.0.0.1:{port}"
operations = [{ method = "GET", path = "/items", requires = "a" }, { tool = "write", requires = "a b", match = "all" }]
tokens = "minted"
[client.default]
commands = { login = ["x", "{url}"], call = ["x"], calls = ["x", "{operation}={requires}"], status = ["x"], logout = ["x"] }
protocol = "2025-11-25"
browser = "none"
[server.default]
issuer = "https://as.example.com"
"#;
    assert!(loaded("mine", text).is_ok());
}
