//! Clients that start a browser, or print the URL that somebody should open.

use crate::support::{Ran, program, run};

const ONE: &str = "id(client/step-up/asks-anew)";

/// The reference client as it behaves with a person in front of it.
fn client(how: &str, table: &str, flags: &[&str]) -> Ran {
    let program = program();
    let client = format!(
        "'{}', 'reference', 'client', '--interactive', '--browser', '{how}', '--state-dir', '{{state_dir}}'",
        program.display()
    );
    let config = format!(
        "[target.it.client.default]\ncommands.call = [{client}, 'call', '--operation', '{{operation}}', '{{url}}']\n{table}"
    );
    run(&config, &[&["client", "--target", "it", "--filter", ONE], flags].concat())
}

#[test]
fn a_client_that_starts_a_browser_finds_one() {
    let ran = client("command", "browser = 'command'", &[]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("1 pass"), "{}", ran.stdout);
}

#[test]
fn a_client_that_prints_its_url_has_it_opened() {
    let ran = client("print", "browser = 'print'", &[]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("1 pass"), "{}", ran.stdout);
}

#[test]
fn the_flag_outranks_the_table() {
    let ran = client("print", "browser = 'none'", &["--browser", "print"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn the_stand_in_for_a_browser_goes_nowhere_else() {
    let ran = run("", &["reference", "browser", "--new-tab", "http://192.0.2.1/authorize"]);
    assert_eq!(ran.code, 1);
    let none = run("", &["reference", "browser", "about:blank"]);
    assert_eq!(none.code, 2);
    insta::assert_snapshot!([ran.stderr, none.stderr].join("\n"));
}
