//! The long texts of `--help`.

pub(super) const ABOUT: &str = "\
Scopecheck tests how software handles OAuth scope: token grammar, claims, registration, refresh, challenges.

Without a command it tests the reference implementation that is built into it, needs no network, and prints what to \
type next.";

pub(super) const AFTER: &str = "\
Examples:
  scopecheck                                      try it out, offline
  scopecheck server https://as.example.com        test an authorization server
  scopecheck server --target oidc-provider        install, start, test and stop a system of targets/
  scopecheck server --target mine --report json=results.json --report junit=junit.xml
  scopecheck list 'area(server/refresh) and level(must)'
  scopecheck explain RFC6749-6-1

Grades:
  pass       exercised and met; carries its witness
  fail       a MUST is broken, or rights were gained
  warn       a SHOULD is broken, or the requirement is our own inference
  observed   the standards leave it open; a named behaviour is recorded
  n/a        a capability is missing, and the report says which
  blocked    applies, but could not be exercised
  error      the fault of the suite or of its environment, never of the subject

Exit codes:
  0    every scored check is satisfied or excused
  1    the subject violated something unexpected
  2    usage, configuration or scenario file error
  3    incomplete: something is blocked or in error, or the run was cut short
  4    nothing was selected
  5    expectations are stale or match nothing
  70   a bug in scopecheck
  130  interrupted; partial results are valid

Each flag of a run but -q and -v has a variable: `--max-failures 3` is SCOPECHECK_MAX_FAILURES=3, and what is repeatable \
is separated by commas. Flags outrank the environment, the environment outranks scopecheck.toml.";

pub(super) const SERVER: &str = "\
Test an authorization server over HTTP, as an OAuth client would.

With ISSUER alone, the server's own metadata decides what can be tested: the first scopes of `scopes_supported` are \
asked for, a client registers itself, and cases that need to know more are `n/a`. A target table says the rest: which \
scopes are forbidden, how to log in, which profiles apply.

Examples:
  scopecheck server https://as.example.com
  scopecheck server https://as.example.com --filter 'section(rfc6749#6)' -v
  scopecheck server --target oidc-provider/jwt --expect none
  scopecheck server http://127.0.0.1:8080 --profile toolhive --rate 5";

pub(super) const LIST: &str = "\
List the cases, all of them or those that match.

A filter is made of predicates, joined by `and`, `or`, `not` and parentheses. `*` and `?` are wildcards.
  refresh                   a bare word: any id that contains it
  id(server/refresh/*)      the id of the case
  area(server/refresh)      area and topic; `area(server)` covers all of its topics
  tag(x)                    a free word of the case
  requirement(RFC6749-6-1)  a requirement that one of its checks names
  section(rfc6749#3.3)      a section; `#3` covers 3.3
  level(must)               must, should or may
  impact(escalation)        escalation, leak, denial, interop or cosmetic

Examples:
  scopecheck list
  scopecheck list 'area(server/refresh) and not level(may)'
  scopecheck list 'impact(escalation) or impact(leak)' --format ids";

pub(super) const EXPLAIN: &str = "\
Explain a case, a check, a requirement, a fault or a contract: what it is about, where it comes from, what proves it.

Examples:
  scopecheck explain server/refresh/scope-parameter
  scopecheck explain 'server/refresh/scope-parameter#never-more'
  scopecheck explain RFC6749-6-1
  scopecheck explain refresh-widened";

pub(super) const PLAN: &str = "\
Show the effective configuration and the cases that a run would execute, and say why the others are left out. Nothing \
is sent to the subject.

Examples:
  scopecheck plan
  scopecheck plan server --target oidc-provider
  scopecheck plan server https://as.example.com --filter refresh";

pub(super) const COVERAGE: &str = "\
Show every requirement with the checks that name it, or the reason why there is none. A requirement with neither ends \
in exit code 2.";

pub(super) const REPORT: &str = "\
Render the results of an earlier run again. Nothing is run, and nothing is judged anew: the \
exit code is that of the rendering, 0 even where the run had failed.

Examples:
  scopecheck report results.json
  scopecheck report scopecheck-out/events.ndjson --report junit=junit.xml";

pub(super) const SERVE: &str = "\
Start the reference authorization server on the loopback interface. Its first line of output is \
`listening http://127.0.0.1:PORT`. It keeps everything in memory, approves every request by itself, and ends with \
Ctrl-C.

Examples:
  scopecheck serve
  scopecheck serve --port 8080 --unknown ignore --token-format opaque
  scopecheck serve --list-faults
  scopecheck serve --fault refresh-widened        then, elsewhere: scopecheck server http://127.0.0.1:PORT";

pub(super) const SELFTEST: &str = "\
Prove the suite: each fault of the reference implementation is switched on, and the checks of its role have to see it \
as `scopecheck serve --list-faults` promises. A promise that does not hold ends in exit code 1.

Examples:
  scopecheck selftest
  scopecheck selftest --fault refresh-widened --fault prefix-match";

pub(super) const CASE: &str = "\
Write and lint case files. A case is one TOML file, scenarios/cases/AREA/TOPIC/SLUG.toml; scenarios/README.md shows the \
format line by line.";

pub(super) const CASE_NEW: &str = "\
Write a new case file that lints green and waits for your edits. The first part of the id tells the kind of subject.

Example:
  scopecheck case new server/refresh/keeps-its-scope";

pub(super) const CASE_LINT: &str = "\
Check every file under `scenarios/`: keys, words, references, ids and proofs. All mistakes are shown, each in place, \
with what to write instead. Any mistake ends in exit code 2.";
