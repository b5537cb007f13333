//! The operations of a library and the semantics that it declares (`design.md` section 5.2): closed lists.

/// An operation with the members of its input and of its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// As it is written in `op`.
    pub word: &'static str,
    /// One line.
    pub doc: &'static str,
    /// The members of the input; each has to be given.
    pub input: &'static [&'static str],
    /// Members of the input that may be left out.
    pub optional: &'static [&'static str],
    /// The members that an answer may have.
    pub ok: &'static [&'static str],
    /// Offered by the reference alone, for its own tests: no part of the adapter protocol.
    pub reference_only: bool,
}

const fn op(
    word: &'static str,
    doc: &'static str,
    input: &'static [&'static str],
    ok: &'static [&'static str],
) -> Operation {
    Operation { word, doc, input, optional: &[], ok, reference_only: false }
}

const fn own(
    word: &'static str,
    doc: &'static str,
    input: &'static [&'static str],
    optional: &'static [&'static str],
    ok: &'static [&'static str],
) -> Operation {
    Operation { word, doc, input, optional, ok, reference_only: true }
}

/// Every operation: those of the protocol, then those of the reference alone.
pub const OPERATIONS: &[Operation] = &[
    op("parse", "reads a `scope` string", &["text"], &["scopes"]),
    op("serialize", "writes a `scope` string", &["scopes"], &["text"]),
    op("claims", "reads the scopes out of the claims of a token", &["claims"], &["scopes"]),
    op("token", "reads the scopes out of an access token, unverified", &["token"], &["scopes"]),
    op("union", "joins two lists, the order of the first kept", &["first", "second"], &["scopes"]),
    op(
        "covers",
        "decides whether what is granted covers what is required",
        &["granted", "required"],
        &["covered", "missing"],
    ),
    op("recorded", "decides what to remember of a token response", &["requested", "response"], &["scopes"]),
    op(
        "plan_step_up",
        "decides whether a new authorization is needed, and with which scopes",
        &["defaults", "granted", "required", "interactive"],
        &["plan", "request", "missing"],
    ),
    op(
        "ensure_granted",
        "decides after a login whether it granted what is required",
        &["required", "claims", "recorded"],
        &["granted", "missing"],
    ),
    op(
        "expand_registration",
        "decides which scopes a client is registered with",
        &["requested", "supported", "defaults", "baseline"],
        &["registered", "expanded"],
    ),
    op(
        "validate_baseline",
        "decides whether a baseline lies within what is supported",
        &["baseline", "supported"],
        &["valid", "offending"],
    ),
    op("challenge", "reads a `WWW-Authenticate` value", &["header"], &["scopes", "error"]),
    op("emit_challenge", "writes a `WWW-Authenticate` value", &["scopes", "error"], &["header"]),
    own(
        "match",
        "decides whether a scope that is held matches one that is asked for",
        &["strategy", "held", "asked"],
        &[],
        &["matches"],
    ),
    own(
        "record",
        "reads a stored record",
        &["text"],
        &["now"],
        &["scopes", "known", "expires_at", "refreshable", "valid"],
    ),
    own(
        "identity",
        "derives an identity from claims, or compares two",
        &[],
        &["claims", "id_token", "before", "after"],
        &["name", "subject", "key", "compared"],
    ),
    own(
        "metadata",
        "keeps the two views on the scopes of a command in step",
        &["steps"],
        &[],
        &["list", "joined"],
    ),
    own(
        "resolver",
        "keeps the books of what a command has requested",
        &["declared", "calls"],
        &[],
        &["requests", "requested"],
    ),
    own("registration", "reads the scope of a registration request", &["body"], &[], &["requested"]),
    own(
        "config",
        "checks the configuration of a server",
        &[],
        &["scopes_supported", "baseline_client_scopes", "gate", "admission"],
        &["supported", "admitted"],
    ),
    own(
        "cli",
        "reads the command line of a login, or writes the hint that names one",
        &[],
        &["args", "missing", "env"],
        &["scopes", "env", "hint"],
    ),
];

/// A declared choice, its values, the strict one first, and what it is about.
pub const SEMANTICS: &[(&str, &[&str], &str)] = &[
    ("separators", &["space", "whitespace"], "what separates the scopes of a string"),
    ("duplicates", &["first", "keep"], "what becomes of a scope that stands there twice"),
    ("claims", &["first", "merge"], "what becomes of two claims that differ"),
    ("malformed", &["reject", "keep", "drop"], "what becomes of a scope outside the grammar"),
    ("matching", &["exact", "hierarchic", "wildcard"], "when a scope covers another"),
    ("order", &["kept", "any"], "whether the order of a list is kept"),
    ("plan", &["three", "two"], "how many outcomes a step-up plan has"),
    (
        "grant",
        &["claim", "joined"],
        "whether a readable claim is authoritative, or joined with what is recorded",
    ),
];

/// The members that an answer may leave out: a library that decides need not say what it lacks, and a reader of scopes need not read more.
pub fn may_omit(word: &str) -> &'static [&'static str] {
    match word {
        "covers" | "ensure_granted" => &["missing"],
        "validate_baseline" => &["offending"],
        "expand_registration" => &["expanded"],
        "challenge" => &["error"],
        _ => &[],
    }
}

/// The operation of that name.
pub fn find(word: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.word == word)
}
