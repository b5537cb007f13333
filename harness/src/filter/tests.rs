//! What expressions select, and what is said about those that are wrong.

use super::*;

fn refresh() -> Facts<'static> {
    Facts {
        id: "server/refresh/scope-parameter@client=public,row=wider",
        area: "server/refresh",
        tags: vec!["slow", "rotation"],
        impact: "escalation",
        requirements: vec![
            RequirementFacts { id: "RFC6749-6-2", source: "RFC 6749", section: "6", level: "MUST NOT" },
            RequirementFacts {
                id: "RFC6749-5.1-1",
                source: "RFC 6749",
                section: "5.1; 3.3",
                level: "REQUIRED",
            },
            RequirementFacts { id: "DCR-05", source: "", section: "", level: "" },
        ],
    }
}

fn selects(expression: &str) -> bool {
    Filter::parse(expression).unwrap_or_else(|error| panic!("{error}")).matches(&refresh())
}

fn refused(expression: &str) -> String {
    Filter::parse(expression).unwrap_err().to_string()
}

#[test]
fn each_predicate_looks_at_its_own_fact() {
    for (expression, selected) in [
        ("id(server/refresh/scope-parameter@*)", true),
        ("id(server/refresh/scope-parameter)", false),
        ("area(server/refresh)", true),
        ("area(server)", true),
        ("area(serv)", false),
        ("area(server/*)", true),
        ("tag(slow)", true),
        ("tag(slo)", false),
        ("tag(rot*)", true),
        ("requirement(RFC6749-6-2)", true),
        ("requirement(rfc6749-6-?)", true),
        ("requirement(DCR-05)", true),
        ("section(rfc6749#3)", true),
        ("section(rfc6749#3.3)", true),
        ("section(rfc6749#4)", false),
        ("section(rfc6749)", true),
        ("level(must)", true),
        ("level(must not)", true),
        ("level(MUST-NOT)", true),
        ("level(should)", false),
        ("impact(escalation)", true),
        ("impact(Leak)", false),
    ] {
        assert_eq!(selects(expression), selected, "{expression}");
    }
}

#[test]
fn a_bare_word_means_any_id_that_contains_it() {
    assert!(selects("refresh"));
    assert!(selects("Scope-Param"));
    assert!(selects("server/*/scope"));
    assert!(!selects("registration"));
}

#[test]
fn not_binds_tighter_than_and_which_binds_tighter_than_or() {
    assert!(selects("nothing and nothing or refresh"));
    assert!(!selects("nothing and (nothing or refresh)"));
    assert!(selects("not nothing and refresh"));
    assert!(!selects("not (nothing or refresh)"));
    assert!(selects("not not refresh"));
    assert!(selects("refresh and level(must) and not tag(fast) or nothing"));
    assert!(selects("(((refresh)))"));
    assert!(selects("  refresh\tand\n level( must )  "));
}

#[test]
fn the_first_name_asked_for_is_what_suggestions_start_from() {
    let word = |expression: &str| Filter::parse(expression).unwrap().word_for_suggestion().map(str::to_owned);
    assert_eq!(word("refersh").as_deref(), Some("refersh"));
    assert_eq!(word("level(must) and area(server/refersh)").as_deref(), Some("server/refersh"));
    assert_eq!(word("not slow and tag(fats)").as_deref(), Some("fats"));
    assert_eq!(word("not slow"), None);
    assert_eq!(word("level(may)"), None);
}

#[test]
fn operators_of_other_languages_are_translated() {
    insta::assert_snapshot!(refused("refresh && level(must)"), @r"
    `&&` is not the operator `and`
      refresh && level(must)
              ^^
    help: use `a and b`, not `a && b`
    ");
    insta::assert_snapshot!(refused("a | b"), @r"
    `|` is not the operator `or`
      a | b
        ^
    help: use `a or b`, not `a | b`
    ");
    insta::assert_snapshot!(refused("!refresh"), @r"
    `!` is not the operator `not`
      !refresh
      ^
    help: use `not a`, not `!a`
    ");
    insta::assert_snapshot!(refused("a AND b"), @r"
    `AND` is not the operator `and`
      a AND b
        ^^^
    help: use `a and b`, not `a AND b`
    ");
    insta::assert_snapshot!(refused("a, b"), @r"
    `,` is not the operator `or`
      a, b
       ^
    help: use `a or b`, not `a, b`
    ");
}

#[test]
fn a_mistake_in_the_shape_is_shown_in_place() {
    insta::assert_snapshot!(refused(""), @r"
    the filter is empty
    help: leave `--filter` out to select every case, or write a word such as `refresh`
    ");
    insta::assert_snapshot!(refused("   "), @r"
    the filter is empty
    help: leave `--filter` out to select every case, or write a word such as `refresh`
    ");
    insta::assert_snapshot!(refused("a b"), @r"
    two predicates stand side by side
      a b
        ^
    help: join them: `a and b` if both have to hold, `a or b` if one is enough
    ");
    insta::assert_snapshot!(refused("a and"), @r"
    a predicate is missing here
      a and
           ^
    help: `and` and `or` stand between two predicates, `not` before one: `area(server) and not level(may)`
    ");
    insta::assert_snapshot!(refused("or a"), @r"
    a predicate is missing here
      or a
      ^^
    help: `and` and `or` stand between two predicates, `not` before one: `area(server) and not level(may)`
    ");
    insta::assert_snapshot!(refused("()"), @r"
    a predicate is missing here
      ()
       ^
    help: `and` and `or` stand between two predicates, `not` before one: `area(server) and not level(may)`
    ");
    insta::assert_snapshot!(refused("(a or b"), @r"
    this parenthesis is never closed
      (a or b
      ^
    help: add the `)` that closes it
    ");
    insta::assert_snapshot!(refused("(a b)"), @r"
    two predicates stand side by side
      (a b)
         ^
    help: join them: `a and b` if both have to hold, `a or b` if one is enough
    ");
    insta::assert_snapshot!(refused("a)"), @r"
    nothing was opened that this parenthesis closes
      a)
       ^
    help: remove it, or add the `(` that opens it
    ");
    insta::assert_snapshot!(refused("id(a"), @r"
    this parenthesis is never closed
      id(a
        ^
    help: add the `)` that closes it
    ");
}

#[test]
fn a_mistake_in_a_predicate_is_shown_in_place() {
    insta::assert_snapshot!(refused("a and levle(must)"), @r"
    `levle` is not a predicate
      a and levle(must)
            ^^^^^
    help: did you mean `level(...)`?
    ");
    insta::assert_snapshot!(refused("profile(oidc)"), @r"
    `profile` is not a predicate
      profile(oidc)
      ^^^^^^^
    help: use one of `id`, `area`, `tag`, `requirement`, `section`, `level`, `impact`
    ");
    insta::assert_snapshot!(refused("area()"), @r"
    `area` needs something in its parentheses
      area()
      ^^^^^^
    help: write a name or a pattern: `area(*refresh*)`
    ");
    insta::assert_snapshot!(refused("section()"), @r"
    `section` needs something in its parentheses
      section()
      ^^^^^^^^^
    help: write a document and a section: `section(rfc6749#3.3)`
    ");
    insta::assert_snapshot!(refused("section(#3.3)"), @r"
    `#3.3` names no document
      section(#3.3)
      ^^^^^^^^^^^^^
    help: write the document before the `#`: `section(rfc6749#3.3)`
    ");
    insta::assert_snapshot!(refused("level(mandatory)"), @r"
    `mandatory` is not a level
      level(mandatory)
      ^^^^^^^^^^^^^^^^
    help: use `must`, `should`, `may`, or exactly one keyword: `must not`, `required`, `should not`
    ");
    insta::assert_snapshot!(refused("impact(escalate)"), @r"
    `escalate` is not an impact
      impact(escalate)
      ^^^^^^^^^^^^^^^^
    help: use one of `escalation`, `leak`, `denial`, `interop`, `cosmetic`
    ");
}

#[test]
fn a_caret_stands_right_after_letters_of_several_octets_and_control_characters_stay_out() {
    insta::assert_snapshot!(refused("é and \u{1b}[31m\n)"), @r"
    nothing was opened that this parenthesis closes
      é and  [31m )
                  ^
    help: remove it, or add the `(` that opens it
    ");
}

#[test]
fn a_filter_of_any_depth_ends_in_an_answer() {
    assert!(Filter::parse(&("(".repeat(60) + "a" + &")".repeat(60))).is_ok());
    insta::assert_snapshot!(Filter::parse(&"(".repeat(100_000)).unwrap_err().problem, @"the parentheses are nested more than 64 deep");
    insta::assert_snapshot!(Filter::parse(&"not ".repeat(100_000)).unwrap_err().problem, @"the parentheses are nested more than 64 deep");
    assert!(Filter::parse(&("a or ".repeat(10_000) + "b")).is_ok());
}
