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

pub(super) const CLIENT: &str = "\
Test a client: it is run against a scripted authorization and resource server on this machine, and what it sends is judged.

Without CMD or `--target` the reference client is tested, each run a process of its own. CMD is a plain MCP client: the URL of \
the server becomes its last argument, the context of a case stands in its environment, and it is run once, in which it lists the \
tools, calls each of them once, and exits with 0 if all of that succeeded. A target table says how a command-line client is \
run, which is more than one run: `[client.default]` with `commands = { login = [...], call = [...], calls = [...] }`, in which \
{url}, {state_dir}, {operation} and {scope} are filled in; `calls` calls several operations at once. No browser is needed: the authorization endpoint answers a plain GET \
with the redirect; for a client that insists on one there is `--browser`.

With `--serve CASE` the script of one case stays up for a client that you start by hand, and the verdict comes with Enter or Ctrl-C.

Examples:
  scopecheck client
  scopecheck client -- node mcp-client.mjs
  scopecheck client --browser command --target mine
  scopecheck client --serve client/step-up/asks-anew
  scopecheck client --filter 'area(client/step-up)' -v
  scopecheck client --target mine";

pub(super) const RESOURCE: &str = "\
Test a resource server, an API that demands scopes: it is called with tokens of chosen scope.

Without URL the embedded reference resource server is tested, over plain HTTP and as an MCP server. The tokens come from an \
issuer that this program runs on the loopback interface, and that the resource server has to trust.

Examples:
  scopecheck resource
  scopecheck resource --filter 'area(resource/challenge)' -v
  scopecheck resource --filter 'requirement(RFC6749-7-1)'";

pub(super) const LIBRARY: &str = "\
Test a library that parses, joins and decides on scopes: every vector, and every law with generated inputs.

CMD is an adapter: a program of a hundred lines or fewer, in the language of the library, that speaks JSON lines on standard input \
and output and hands each call on to the library. `scopecheck adapter new` writes a starting point, `scopecheck adapter check` \
explains what is wrong with one. Operations that it does not announce are `n/a`. `--target` runs an adapter of `targets/`, which \
is installed once into its own folder. Without either the reference library is tested, in this process.

An input that breaks a law is made as small as it gets, and is the same one for the same seed; it is kept under \
`.scopecheck/findings/`, tried first the next time, and `scopecheck replay` tries it alone.

Examples:
  scopecheck library
  scopecheck library -- python3 adapter.py
  scopecheck library --target oauthlib --expect none
  scopecheck library --cases 10000 --seed 7 --filter 'area(library/laws)' -- ./adapter
  scopecheck library --filter 'area(library/union)' -v
  scopecheck library --filter 'area(library/laws)' --seed 7
  scopecheck library --profile cli-engine";

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

pub(super) const REPLAY: &str = "\
Put a stored finding once more: the input that broke a law, to the subject that broke it. Findings are what \
`scopecheck library` has found for a target or for CMD; they lie in `.scopecheck/findings` of the folder that the run was \
started in, one file each.

Without CMD the subject is started as the finding says: the same command, in the folder that holds `.scopecheck`, or the \
same target. So a finding starts a program: give CMD for one whose origin you do not know. Nothing is written; the next run \
brings the file up to date.

The word on it stands at the end: `still failing` (exit code 1), `fixed` (0), or `could not run`, with the reason (3). A \
file that cannot be read is exit code 2.

Examples:
  scopecheck replay mylib-union-exact-0c0ffee0c0de
  scopecheck replay .scopecheck/findings/mylib-union-exact-0c0ffee0c0de.json
  scopecheck replay mylib-union-exact-0c0ffee0c0de -- python3 adapter.py";

pub(super) const SERVE: &str = "\
Start the reference authorization server on the loopback interface, and a reference resource server beside it that takes \
its tokens. The first line of output is `listening http://127.0.0.1:PORT`, the second `resource http://127.0.0.1:PORT`. \
They keep everything in memory, approve every request by themselves, and end with Ctrl-C. With -v the server logs to \
standard error, a JSON object a line; with -vv also what it does to each registration.

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

pub(super) const REFERENCE_BROWSER: &str = "\
What stands in for a browser, and for the person in front of it. `scopecheck client --browser command` puts it first in PATH \
under the names by which clients start a browser. It takes what a browser takes, fetches the first URL, which has to be on this \
machine, follows its redirects as long as they stay there, and ends with 0 if that succeeded.

Example:
  scopecheck reference browser 'http://127.0.0.1:8080/authorize?response_type=code&client_id=...'";
pub(super) const REFERENCE: &str = "\
Run a part of the reference implementation as a process of its own: the client, or the library behind the adapter \
protocol. They are the embedded subjects of the suite, and carry its faults (`scopecheck serve --list-faults`).";

pub(super) const REFERENCE_CLIENT: &str = "\
The reference client: one login at a time, tokens that are judged before they replace a better one, and step-up when a \
resource answers 403 with `insufficient_scope`. Nobody is needed: the authorization URL is fetched, and the redirect \
followed. With `--browser command` a person consents, and without a terminal that fails at once, with the command to type.

Started with a URL alone it does what a plain MCP client does: it initialises, lists the tools and calls each once.

SCOPECHECK_CONTEXT or MCP_CONFORMANCE_CONTEXT (JSON: `url`, `state_dir`, `client_id`, `client_secret`) stand in for \
flags that are left out. Exit codes: 0 done, 1 failed, 2 usage.

Examples:
  scopecheck reference client --state-dir DIR login --scope read --scope write http://127.0.0.1:8080
  scopecheck reference client --state-dir DIR call --operation write http://127.0.0.1:8080
  scopecheck reference client --state-dir DIR status
  scopecheck reference client --fault client-drops-granted http://127.0.0.1:8080/mcp";

pub(super) const REFERENCE_ADAPTER: &str = "\
The reference library behind the adapter protocol: one JSON object a line on standard input, one answer a line on \
standard output, until the input ends or says `bye`.

Examples:
  scopecheck reference adapter
  scopecheck reference adapter --fault NAME      a fault of role `library`, of `scopecheck serve --list-faults`";

pub(super) const ADAPTER: &str = "\
Write an adapter for a library, and look closely at one. An adapter is a small program in the language of the library: it \
reads one JSON object a line, calls the library, and writes one JSON object a line. targets/ADAPTERS.md leads from an empty \
file to a gate in CI.";

pub(super) const ADAPTER_NEW: &str = "\
Write a starting point: an adapter that speaks the protocol, offers one operation, and calls a stand-in where your library \
goes. It passes `scopecheck adapter check` and `scopecheck library` as it is written. Nothing is overwritten.

Examples:
  scopecheck adapter new python
  scopecheck adapter new go --out tests/scope";

pub(super) const ADAPTER_CHECK: &str = "\
Talk to an adapter and explain what is wrong with it: output that stays in a buffer, encodings, leftovers of debugging, \
numbers, names, the end. Each operation is called with a plain input, odd ones and a long one, then as many calls are made \
at once as the adapter promises. Whether the library is right is not asked here; that is `scopecheck library`.

Exit codes: 0 ready, 1 there is something to mend, 2 usage, 3 it cannot be started or never answers `hello`.

Examples:
  scopecheck adapter check -- python3 adapter.py
  scopecheck adapter check --hello-timeout 30s -- java -cp lib.jar Adapter.java";

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

pub(super) const CASE_FMT: &str = "\
Lay out scenario files alike, so that a difference between two versions is one of meaning: keys in the order of the \
format, one blank line before each table, arrays on one line where they fit unless they were written over several. \
Comments stay. What cannot be read as TOML is shown and left alone (exit code 2). With `--check` nothing is written, \
and a file that is not laid out ends in exit code 1.";
