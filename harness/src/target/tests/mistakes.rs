//! What is said about targets that are not there, and about files that are wrong.

use super::{super::*, loaded, write};

/// The message for a `target.toml` with this text, without the folder that it lies in.
fn refused(text: &str) -> String {
    let message = loaded("mine", text).unwrap_err().to_string();
    message.split_once("target.toml:").map_or(message.clone(), |(_, rest)| format!("target.toml:{rest}"))
}

fn server(lines: &str) -> String {
    refused(&format!("[server.default]\n{lines}\n"))
}

#[test]
fn names_that_do_not_exist_come_with_the_nearest_ones() {
    let root = tempfile::tempdir().unwrap();
    write(
        root.path(),
        "targets/oidc-provider/target.toml",
        "[server.default]\nissuer = 'https://a'\n[server.jwt]\nissuer = 'https://a'\n",
    );
    write(root.path(), "targets/requests/target.toml", "[client.default]\ncommand = ['x']\n");
    let refused = |name: &str| {
        let error =
            load_server(&TargetRef::parse(name).unwrap(), &Places::near(root.path(), None)).unwrap_err();
        error.to_string().replace(&root.path().display().to_string(), "HERE")
    };
    insta::assert_snapshot!(refused("oidc-provder"), @r"
    there is no target `oidc-provder`
    help: did you mean `oidc-provider`?
    ");
    insta::assert_snapshot!(refused("zzz"), @r"
    there is no target `zzz`
    help: the targets here are `oidc-provider`, `reference`, `requests`; a new one is a folder HERE/targets/zzz with a `target.toml`, or a table `[target.zzz.KIND.default]` in scopecheck.toml, KIND one of `library`, `server`, `client`
    ");
    insta::assert_snapshot!(refused("oidc-provider/jtw"), @r"
    the target `oidc-provider` has no table `server.jtw`
    help: did you mean `jwt`?
    ");
    insta::assert_snapshot!(refused("oidc-provider/opaque"), @r"
    the target `oidc-provider` has no table `server.opaque`
    help: write one of `oidc-provider/default`, `oidc-provider/jwt`
    ");
    insta::assert_snapshot!(refused("requests"), @r"
    the target `requests` has no table `server.default`
    help: it is no server: its tables are `client.default`
    ");
    insta::assert_snapshot!(loaded("mine", "").unwrap_err(), @r"
    the target `mine` has no table `server.default`
    help: it has no table at all; add `[server.default]`
    ");
    let missing = Config::load("/no/such/scopecheck.toml".as_ref()).unwrap_err();
    insta::assert_snapshot!(missing, @r"
    cannot read /no/such/scopecheck.toml: No such file or directory (os error 2)
    help: check the path and its permissions
    ");
}

#[test]
fn keys_and_types_are_checked_for_every_kind() {
    insta::assert_snapshot!(server("isuer = 'https://a'"), @r"
    target.toml:2:1: unknown key `isuer`
      |
    2 | isuer = 'https://a'
      | ^^^^^
    help: did you mean `issuer`?
    ");
    insta::assert_snapshot!(server("scopes = { grantable = ['a'], forbiden = 'c' }"), @r"
    target.toml:2:31: unknown key `forbiden`
      |
    2 | scopes = { grantable = ['a'], forbiden = 'c' }
      |                               ^^^^^^^^
    help: did you mean `forbidden`?
    ");
    insta::assert_snapshot!(server("profiles = 'oidc'"), @r#"
    target.toml:2:12: wrong type: string "oidc", expected an array
      |
    2 | profiles = 'oidc'
      |            ^^^^^^
    help: write a value of that type; strings always stand in quotes
    "#);
    insta::assert_snapshot!(server("client = { mode = 'static' }"), @r"
    target.toml:2:19: unknown word `static`
      |
    2 | client = { mode = 'static' }
      |                   ^^^^^^^^
    help: the words known here are `dcr`, `registered`, `cimd`
    ");
    insta::assert_snapshot!(server("login = { fields = {} }"), @r"
    target.toml:2:9: the key `mode` is missing
      |
    2 | login = { fields = {} }
      |         ^^^^^^^^^^^^^^^
    help: add `mode` to this table
    ");
    insta::assert_snapshot!(refused("[servers.default]\n"), @r"
    target.toml:1:2: unknown key `servers`
      |
    1 | [servers.default]
      |  ^^^^^^^
    help: did you mean `server`?
    ");
    insta::assert_snapshot!(refused("[resource.default]\noperations = [{ method = 'GET', pth = '/', requires = 'a' }]\n"), @r"
    target.toml:2:33: unknown key `pth`
      |
    2 | operations = [{ method = 'GET', pth = '/', requires = 'a' }]
      |                                 ^^^
    help: did you mean `path`?
    ");
    insta::assert_snapshot!(refused("[client.default]\nbrowser = 'lynx'\n"), @r"
    target.toml:2:11: unknown word `lynx`
      |
    2 | browser = 'lynx'
      |           ^^^^^^
    help: the words known here are `none`, `command`, `print`
    ");
    insta::assert_snapshot!(refused("[library.default]\ncomand = ['x']\n"), @r"
    target.toml:2:1: unknown key `comand`
      |
    2 | comand = ['x']
      | ^^^^^^
    help: did you mean `command`?
    ");
}

#[test]
fn words_of_the_vocabulary_are_checked() {
    insta::assert_snapshot!(server("profiles = ['odic']"), @r"
    target.toml:2:13: unknown profile `odic`
      |
    2 | profiles = ['odic']
      |             ^^^^^^
    help: did you mean `oidc`?
    ");
    insta::assert_snapshot!(server("capabilities = { introspecton = true }"), @r"
    target.toml:2:18: unknown capability `introspecton`
      |
    2 | capabilities = { introspecton = true }
      |                  ^^^^^^^^^^^^
    help: did you mean `introspection`?
    ");
}

#[test]
fn extending_has_to_end_somewhere() {
    insta::assert_snapshot!(server("extends = 'defualt'\n[server.other]\nissuer = 'https://a'"), @r"
    target.toml:2:11: there is no table `server.defualt` to extend
      |
    2 | extends = 'defualt'
      |           ^^^^^^^^^
    help: the other server tables here: `other`
    ");
    insta::assert_snapshot!(server("extends = 'default'"), @r"
    target.toml:2:11: this table extends itself: `default` -> `default`
      |
    2 | extends = 'default'
      |           ^^^^^^^^^
    help: let one of them stand alone
    ");
    insta::assert_snapshot!(server("extends = 'b'\n[server.b]\nextends = 'default'"), @r"
    target.toml:4:11: this table extends itself: `default` -> `b` -> `default`
      |
    4 | extends = 'default'
      |           ^^^^^^^^^
    help: let one of them stand alone
    ");
}

#[test]
fn what_is_started_stays_on_this_machine() {
    let start = "start = { command = ['x'] }";
    insta::assert_snapshot!(server(&format!("{start}\nissuer = 'http://as.example.com:{{port}}'")), @r"
    target.toml:3:10: `as.example.com` is not an address of this machine
      |
    3 | issuer = 'http://as.example.com:{port}'
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    help: what `start` starts is reached at 127.0.0.1, [::1] or localhost only; leave `start` out to test something elsewhere
    ");
    insta::assert_snapshot!(server(start), @r#"
    target.toml:2:21: a table with `start` needs an `issuer`
      |
    2 | start = { command = ['x'] }
      |                     ^^^^^
    help: add `issuer = "http://127.0.0.1:{port}"`
    "#);
    insta::assert_snapshot!(server(&format!("{start}\nissuer = 'http://127.0.0.1:{{prot}}'")), @r"
    target.toml:3:10: `{prot}` has no value here
      |
    3 | issuer = 'http://127.0.0.1:{prot}'
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^
    help: did you mean `{port}`?
    ");
    insta::assert_snapshot!(server("issuer = 'http://127.0.0.1:{port}'"), @r"
    target.toml:2:10: `{port}` has no value here
      |
    2 | issuer = 'http://127.0.0.1:{port}'
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^
    help: `{port}` is the port that `start` is given; write the real port, or add `start`
    ");
    for issuer in [
        "http://127.0.0.1:{port}",
        "http://localhost:{port}/as",
        "http://[::1]:{port}",
        "http://127.1.2.3:8080",
    ] {
        assert!(
            loaded("mine", &format!("[server.default]\n{start}\nissuer = '{issuer}'\n")).is_ok(),
            "{issuer}"
        );
    }
    for issuer in [
        "http://127.0.0.1.example.com:{port}",
        "http://localhost.example.com",
        "http://0.0.0.0:{port}",
        "http://[::2]:{port}",
    ] {
        assert!(
            loaded("mine", &format!("[server.default]\n{start}\nissuer = '{issuer}'\n")).is_err(),
            "{issuer}"
        );
    }
}

#[test]
fn values_are_checked() {
    insta::assert_snapshot!(server("issuer = 'as.example.com'"), @r"
    target.toml:2:10: `as.example.com` is no issuer
      |
    2 | issuer = 'as.example.com'
      |          ^^^^^^^^^^^^^^^^
    help: write an address such as `http://127.0.0.1:{port}`
    ");
    insta::assert_snapshot!(server("issuer = 'https://as.example.com/?tenant=1'"), @r"
    target.toml:2:10: an issuer has neither query nor fragment (RFC 8414 section 2)
      |
    2 | issuer = 'https://as.example.com/?tenant=1'
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    help: cut it before the `?` or the `#`
    ");
    insta::assert_snapshot!(server("start = { command = [] }"), @r#"
    target.toml:2:21: a command needs a program
      |
    2 | start = { command = [] }
      |                     ^^
    help: write the program and its arguments as an array: `["node", "server.mjs"]`
    "#);
    insta::assert_snapshot!(server("start = { command = ['x', '{prot}'] }"), @r"
    target.toml:2:27: `{prot}` has no value here
      |
    2 | start = { command = ['x', '{prot}'] }
      |                           ^^^^^^^^
    help: did you mean `{port}`?
    ");
    insta::assert_snapshot!(server("start = { command = ['x', '{'] }"), @r"
    target.toml:2:27: a brace without its partner
      |
    2 | start = { command = ['x', '{'] }
      |                           ^^^
    help: a brace itself is written `{{` or `}}`
    ");
    // A setting can be named where the table has it.
    insta::assert_snapshot!(server("start = { command = ['x', '{baseline}'] }"), @r"
    target.toml:2:27: `{baseline}` has no value here
      |
    2 | start = { command = ['x', '{baseline}'] }
      |                           ^^^^^^^^^^^^
    help: what can stand here is `{port}` and `{scopecheck}`; a brace itself is written `{{`
    ");
    insta::assert_snapshot!(
        server("start = { command = ['x', '{basline}'] }\nsettings = { baseline = 'a' }"),
        @r"
    target.toml:2:27: `{basline}` has no value here
      |
    2 | start = { command = ['x', '{basline}'] }
      |                           ^^^^^^^^^^^
    help: did you mean `{baseline}`?
    "
    );
    insta::assert_snapshot!(server("start = { command = ['x'] }\nsettings = { base-line = 'a' }"), @r"
    target.toml:3:14: `base-line` is no setting
      |
    3 | settings = { base-line = 'a' }
      |              ^^^^^^^^^
    help: did you mean `baseline`?
    ");
    insta::assert_snapshot!(server("start = { command = ['x'] }\nissuer = 'http://127.0.0.1:{port}'\nsettings = { baseline = 'a' }"), @r"
    target.toml:4:14: the command in `start` does not name `{baseline}`
      |
    4 | settings = { baseline = 'a' }
      |              ^^^^^^^^
    help: name it among the arguments or in `env`, or take the setting out
    ");
    insta::assert_snapshot!(server("start = { command = ['x'] }\nsettings = { baseline = 'a  b' }"), @r#"
    target.toml:3:25: `a  b` is no scope string
      |
    3 | settings = { baseline = 'a  b' }
      |                         ^^^^^^
    help: write scopes of printable ASCII, separated by one space each: `"a b"` (RFC 6749 section 3.3)
    "#);
    insta::assert_snapshot!(server("start = { command = ['x'], timeout = '20' }"), @r"
    target.toml:2:38: `20` is no duration; write a whole number above zero with its unit, such as `500ms`, `20s`, `2m` or `1h`
      |
    2 | start = { command = ['x'], timeout = '20' }
      |                                      ^^^^
    ");
    insta::assert_snapshot!(server("start = { command = ['x'], ready = 'healthz' }"), @r"
    target.toml:2:36: `ready` is a path that answers 200 once the target is ready
      |
    2 | start = { command = ['x'], ready = 'healthz' }
      |                                    ^^^^^^^^^
    help: start it with `/`, as in `/.well-known/openid-configuration`
    ");
    insta::assert_snapshot!(server("scopes = { grantable = ['a b'] }"), @r#"
    target.toml:2:25: `a b` is not one scope
      |
    2 | scopes = { grantable = ['a b'] }
      |                         ^^^^^
    help: write each scope as a string of its own: `["a", "b"]`
    "#);
    insta::assert_snapshot!(server("scopes = { grantable = ['a', 'a'] }"), @r"
    target.toml:2:30: `a` is listed twice
      |
    2 | scopes = { grantable = ['a', 'a'] }
      |                              ^^^
    help: remove one of them
    ");
    insta::assert_snapshot!(server("scopes = { grantable = ['a\"b'] }"), @r#"
    target.toml:2:25: `a"b` is not one scope
      |
    2 | scopes = { grantable = ['a"b'] }
      |                         ^^^^^
    help: a scope is made of printable ASCII without space, `"` and `\` (RFC 6749 section 3.3)
    "#);
    insta::assert_snapshot!(server("scopes = { grantable = ['a'], forbidden = 'a' }"), @r"
    target.toml:2:43: `a` is grantable, so it cannot be refused
      |
    2 | scopes = { grantable = ['a'], forbidden = 'a' }
      |                                           ^^^
    help: name a scope that is not in `grantable`, or leave the key out (cases that need it are then n/a)
    ");
    insta::assert_snapshot!(server("scopes = { default = 'a  b' }"), @r#"
    target.toml:2:22: `a  b` is no scope string
      |
    2 | scopes = { default = 'a  b' }
      |                      ^^^^^^
    help: write scopes of printable ASCII, separated by one space each: `"a b"` (RFC 6749 section 3.3)
    "#);
    insta::assert_snapshot!(server("client = { mode = 'registered', id = 'x' }"), @r#"
    target.toml:2:10: a registered client is known by its id and its redirect URI
      |
    2 | client = { mode = 'registered', id = 'x' }
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    help: add `id = "..."` and `redirect-uri = "..."`, as they are registered
    "#);
    insta::assert_snapshot!(server("login = { mode = 'form' }"), @r#"
    target.toml:2:9: this login needs `fields`
      |
    2 | login = { mode = 'form' }
      |         ^^^^^^^^^^^^^^^^^
    help: name the fields of the form: `fields = { login = "u", password = "p" }`
    "#);
    insta::assert_snapshot!(server("login = { mode = 'json', fields = { a = 'b' } }"), @r#"
    target.toml:2:9: this login needs `url`
      |
    2 | login = { mode = 'json', fields = { a = 'b' } }
      |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    help: say where the fields are posted to: `url = "/api/auth/"`
    "#);
    insta::assert_snapshot!(server("login = { mode = 'form', fields = { password = '{secrets.password}' } }"), @r#"
    target.toml:2:48: there is no secret `password`
      |
    2 | login = { mode = 'form', fields = { password = '{secrets.password}' } }
      |                                                ^^^^^^^^^^^^^^^^^^^^
    help: add `secrets = { password = { env = "..." } }`
    "#);
}

#[test]
fn a_secret_in_the_file_is_refused_and_not_shown() {
    let canary = "c4n4ry-hunter2";
    for value in [
        format!("'{canary}'"),
        format!("{{ value = '{canary}' }}"),
        format!("{{ env = 'X', file = '{canary}' }}"),
        format!("['{canary}']"),
    ] {
        let message = server(&format!("secrets = {{ client_secret = {value} }}"));
        assert!(!message.contains("c4n4ry"), "{message}");
    }
    insta::assert_snapshot!(server(&format!("secrets = {{ client_secret = '{canary}' }}")), @r#"
    target.toml:2:29: `client_secret` does not say where the secret comes from
      |
    2 | secrets = { client_secret = (not shown)
      |                             ^^^^^^^^^^^
    help: write `{ env = "VARIABLE" }`, `{ file = "path" }` or `{ command = ["program", "argument"] }`; the secret itself never stands in this file
    "#);
}

#[test]
fn a_pin_of_a_library_is_refused_because_nothing_would_act_on_it() {
    let root = tempfile::tempdir().unwrap();
    let table =
        "[library.default]\ncommand = ['x']\npin = { 'library/claims/scp-string#answer' = 'rejected' }\n";
    write(root.path(), "targets/mine/target.toml", table);
    let places = Places::near(root.path(), None);
    let error = load_library(&TargetRef::parse("mine").unwrap(), &places).unwrap_err().to_string();
    insta::assert_snapshot!(error.replace(&root.path().display().to_string(), "HERE"), @r"
    HERE/targets/mine/target.toml:3:9: a library table pins no behaviour
      |
    3 | pin = { 'library/claims/scp-string#answer' = 'rejected' }
      |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    help: leave `pin` out; what a library does where the protocol is open is declared in its `semantics`
    ");
}
