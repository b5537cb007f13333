//! The words of client cases: the scripted world, and what is done to a client between its runs.

use super::{Entry, entry};

/// What `run` may name: commands of the client beside those that log in and call.
pub const COMMANDS: &[Entry] =
    &[entry("status", "show what is held"), entry("logout", "forget what is held")];

/// What a case does to the JSON files that a client has left in its state directory, whatever else they hold.
pub const STORED: &[Entry] = &[
    entry("cut", "each file is cut in half"),
    entry("foreign", "each file holds JSON of another shape"),
    entry("without-scopes", "each member `scopes` is gone, as from a file of a time before it was kept"),
    entry("null-scopes", "each member `scopes` is null"),
];

/// Endpoints of the scripted world that `[[respond]]` may name, and the keys that belong to each.
pub const RESPONDERS: &[(&str, &[&str])] = &[
    (
        "resource",
        &["answers", "requires", "forbids", "never", "names-scope", "names", "error", "spelling", "before"],
    ),
    (
        "metadata",
        &["answers", "resource-scopes", "server-scopes", "foreign", "servers", "second-server-scopes"],
    ),
    ("registration", &["answers", "registers", "refuse"]),
    (
        "authorization",
        &["refuse", "refuse-scope", "forged-callback", "forged-as", "callback", "callback-scope"],
    ),
    (
        "token",
        &[
            "answers",
            "refuse",
            "drop",
            "one-at-a-time",
            "echo",
            "echo-as",
            "refresh-token",
            "refreshes",
            "expires-in",
            "beside",
            "user",
            "claim",
            "claims-more",
            "id-token",
        ],
    ),
];

/// The authorization servers of the scripted world that the document of the resource may name.
pub const SERVERS: &[Entry] =
    &[entry("first", "at the root of the origin"), entry("second", "below the path `/second`")];

/// How the answers of an endpoint of the scripted world arrive.
pub const ARRIVALS: &[Entry] = &[
    entry("slow", "after 300 ms"),
    entry("unavailable", "status 503, and nothing is done"),
    entry("cut", "what was asked for is done, and the connection ends in the middle of the answer"),
    entry("nothing", "what was asked for is done, and the connection ends without an answer"),
];

/// What a forged callback of the scripted world is like, beside one with a foreign `state`.
pub const FORGERIES: &[Entry] = &[
    entry("stateless", "it has a code and no `state`"),
    entry("error", "it has an error, and neither a code nor a `state`"),
];

/// How the answer to an authorization request comes to the redirect URI, where it is no redirect.
pub const CALLBACKS: &[Entry] = &[
    entry("split", "in three pieces, 50 ms apart"),
    entry("long", "with a code of 5,000 characters"),
    entry("repeated", "twice at the same time, as from a browser that loads a page ahead"),
];

/// Which scopes the challenge of a 403 names.
pub const CHALLENGE_NAMES: &[Entry] =
    &[entry("required", "what the operation requires"), entry("missing", "what of it the token lacks")];

/// How a challenge of the scripted world is written (RFC 9110 section 11.2): all of these say the same.
pub const CHALLENGE_SPELLINGS: &[Entry] = &[
    entry("token", "the value of `scope` is a token, without quotation marks; only for one scope"),
    entry("spaced", "white space around the equals signs"),
    entry("upper", "the names of scheme and parameters in capitals"),
    entry("escaped", "every letter of the scope with a backslash before it"),
    entry("reversed", "the scopes in the opposite order"),
    entry("last", "`scope` behind all other parameters"),
];

/// How a token response of the scripted world says what was granted.
pub const ECHO_FORMS: &[Entry] = &[
    entry("reversed", "a string, in the opposite order"),
    entry("array", "an array of strings, which the standard does not know"),
    entry("null", "`null`"),
    entry("more", "a string that names a scope more, `extra`, which nobody asked for; it is granted"),
];
