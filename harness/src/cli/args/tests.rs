//! What is understood, what is refused, and what `--help` says.

use clap::{CommandFactory as _, Parser as _};

use super::*;

fn parse(words: &str) -> Result<Cli, clap::Error> {
    Cli::try_parse_from(std::iter::once("scopecheck").chain(words.split_whitespace()))
}

fn refused(words: &str) -> String {
    parse(words).unwrap_err().to_string()
}

/// The long help of a command, as wide as its source, whatever the terminal of the test run.
fn help(path: &[&str]) -> String {
    let mut command = Cli::command().term_width(110);
    command.build();
    let mut found = &mut command;
    for name in path {
        found = found.find_subcommand_mut(name).unwrap();
    }
    found.clone().term_width(110).render_long_help().to_string()
}

#[test]
fn the_definition_is_sound() {
    Cli::command().debug_assert();
}

#[test]
fn without_a_command_the_run_flags_stand_alone() {
    let cli = parse("--filter refresh --seed 7 -v --report json=out/results.json").unwrap();
    assert!(cli.command.is_none());
    assert_eq!(cli.run.seed, Some(7));
    assert_eq!(cli.run.filter.unwrap().as_str(), "refresh");
    assert_eq!(cli.run.reports[0].path.to_str(), Some("out/results.json"));
    assert_eq!(cli.global.verbose, 1);
}

#[test]
fn a_server_run_takes_every_run_flag() {
    let words = "server https://as.example.com --config c.toml --target a/b --profile oidc --profile dcr --filter refresh \
                 --seed 1 --jobs 4 --timeout 500ms --rate 5 --max-failures 3 --expect none --allow-stale --deny warn \
                 --report json=a.json --report junit=b.xml --out dir --color never -q";
    let cli = parse(words).unwrap();
    let Some(Command::Server(server)) = cli.command else { panic!("not a server run") };
    assert_eq!(server.issuer.as_deref(), Some("https://as.example.com"));
    assert_eq!(server.run.target.as_ref().map(ToString::to_string).as_deref(), Some("a/b"));
    assert_eq!(server.run.profiles, ["oidc", "dcr"]);
    assert_eq!(server.run.timeout, Some(std::time::Duration::from_millis(500)));
    assert_eq!(server.run.expect, Some(Expect::None));
    assert_eq!(server.run.reports.len(), 2);
    assert!(server.run.allow_stale && server.run.denies_warnings());
    assert_eq!(cli.global.color, ColorChoice::Never);
    assert!(cli.global.quiet);
}

#[test]
fn plan_takes_what_the_run_itself_would_take() {
    let Some(Command::Plan(plan)) = parse("plan server --target reference --seed 3").unwrap().command else {
        panic!("not a plan")
    };
    let Some(PlanSubject::Server(server)) = plan.subject else { panic!("not of a server") };
    assert_eq!(server.run.seed, Some(3));
    let Some(Command::Plan(plan)) = parse("plan --filter refresh").unwrap().command else {
        panic!("not a plan")
    };
    assert!(plan.subject.is_none() && plan.run.filter.is_some());
}

#[test]
fn the_reference_server_takes_scopes_and_faults() {
    let words = [
        "scopecheck",
        "serve",
        "--profile",
        "toolhive",
        "--scopes",
        "openid offline_access",
        "--baseline",
        "offline_access",
        "--upstream",
        "--fault",
        "a",
        "--fault",
        "b",
    ];
    let Some(Command::Serve(serve)) = Cli::try_parse_from(words).unwrap().command else {
        panic!("not serve")
    };
    assert_eq!(serve.scopes.as_deref(), Some("openid offline_access"));
    assert_eq!(serve.baseline.as_deref(), Some("offline_access"));
    assert_eq!(serve.faults, ["a", "b"]);
    assert!(serve.upstream && !serve.list_faults);
    assert_eq!((serve.port, serve.unknown.as_str(), serve.token_format.as_str()), (0, "refuse", "jwt"));
}

#[test]
fn the_small_commands_are_understood() {
    let command = |words: &str| parse(words).unwrap().command.unwrap();
    assert!(matches!(
        command("list refresh --format ids"),
        Command::List(ListArgs { format: ListFormat::Ids, filter: Some(_) })
    ));
    assert!(
        matches!(command("explain RFC6749-6-1"), Command::Explain(ExplainArgs { id }) if id == "RFC6749-6-1")
    );
    assert!(matches!(command("coverage"), Command::Coverage(_)));
    assert!(
        matches!(command("report r.json --report junit=x.xml"), Command::Report(report) if report.reports.len() == 1)
    );
    assert!(matches!(command("selftest --fault a"), Command::Selftest(selftest) if selftest.faults == ["a"]));
    assert!(matches!(command("case lint"), Command::Case(CaseArgs { command: CaseCommand::Lint(_) })));
    assert!(matches!(
        command("case new server/a/b"),
        Command::Case(CaseArgs { command: CaseCommand::New(_) })
    ));
}

#[test]
fn what_is_wrong_is_said_with_what_is_right() {
    insta::assert_snapshot!(refused("--filter a&&b"), @r"
    error: invalid value 'a&&b' for '--filter <EXPR>': `&&` is not the operator `and`
      a&&b
       ^^
    help: use `a and b`, not `a && b`

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(refused("server --target ../a"), @r"
    error: invalid value '../a' for '--target <NAME[/TABLE]>': `../a` is no name of a target; write NAME or NAME/TABLE, such as `oidc-provider/jwt`, of ASCII letters, digits, `-`, `_` and `.`

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(refused("server --report xml=a"), @r"
    error: invalid value 'xml=a' for '--report <FORMAT=PATH>': `xml` is not a report format; write one of terminal, json, junit

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(refused("server --timeout 10"), @r"
    error: invalid value '10' for '--timeout <TIME>': `10` is no duration; write a whole number above zero with its unit, such as `500ms`, `20s`, `2m` or `1h`

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(refused("server --deny fail"), @r"
    error: invalid value 'fail' for '--deny <GRADE>'
      [possible values: warn]

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(refused("server --jobs 0"), @r"
    error: invalid value '0' for '--jobs <N>': number would be zero for non-zero type

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(refused("sevrer"), @r"
    error: unrecognized subcommand 'sevrer'

      tip: some similar subcommands exist: 'serve', 'server'

    Usage: scopecheck [OPTIONS]
           scopecheck <COMMAND>

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(refused("--seed 1 server"), @r"
    error: the subcommand 'server' cannot be used with '--seed <N>'

    Usage: scopecheck [OPTIONS]
           scopecheck <COMMAND>

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(refused("server -q -v"), @r"
    error: the argument '--quiet' cannot be used with '--verbose...'

    Usage: scopecheck server --quiet [ISSUER]

    For more information, try '--help'.
    ");
}

#[test]
fn help_teaches() {
    for path in [
        &[][..],
        &["server"],
        &["list"],
        &["explain"],
        &["plan"],
        &["plan", "server"],
        &["coverage"],
        &["report"],
        &["replay"],
        &["serve"],
        &["selftest"],
        &["reference"],
        &["reference", "client"],
        &["reference", "client", "login"],
        &["reference", "adapter"],
        &["case"],
        &["case", "new"],
        &["case", "lint"],
        &["adapter"],
        &["adapter", "new"],
        &["adapter", "check"],
    ] {
        let name = ["help"].iter().chain(path).copied().collect::<Vec<_>>().join("-");
        insta::assert_snapshot!(name, help(path));
    }
}

#[test]
fn short_help_fits_on_one_screen() {
    insta::assert_snapshot!("short-help", Cli::command().term_width(110).render_help());
}
