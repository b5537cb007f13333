//! What is typed wrongly is told with what to do next.

use crate::support::run;

fn refused(config: &str, arguments: &[&str]) -> String {
    let ran = run(config, arguments);
    format!("exit {}\n{}{}", ran.code, ran.stdout, ran.stderr)
}

#[test]
fn what_this_version_cannot_run_is_refused() {
    let of = |table: &str| format!("[target.it.client.default]\n{table}\n");
    let client = ["client", "--target", "it"];
    let texts = [
        refused(
            &of("command = ['node', 'client.mjs']"),
            &["client", "--target", "it", "--", "node", "client.mjs"],
        ),
        refused(&of("env = { A = 'b' }"), &client),
        refused(&of("commands.call = ['x', '{uri}']"), &client),
        refused(&of("commands.call = ['x']\nsecrets = { a = { env = 'A' } }"), &client),
        refused(&of("extends = 'other'"), &client),
        refused(&of("commands.call = ['x']\npin = { 'client/a/b#c' = 'd' }"), &client),
        refused("[target.it.server.default]\nissuer = 'http://127.0.0.1:1'\n", &client),
    ];
    insta::assert_snapshot!(texts.join("\n"));
}
