//! Every law, once.

use super::{Law, challenge, claims, covers, ensure, parse, recorded, registration, step_up, token, union};

/// Every law, in the order of the topics.
pub fn all() -> &'static [Law] {
    LAWS
}

/// The law of that name.
pub fn find(name: &str) -> Option<&'static Law> {
    LAWS.iter().find(|law| law.name == name)
}

const LAWS: &[Law] = &[
    parse::ROUND_TRIP,
    parse::ONE_SPACE,
    parse::ACCEPTS,
    parse::ORDER,
    parse::SPACE_SEPARATES,
    parse::REFUSES,
    parse::MORE_SPACES,
    parse::STABLE,
    claims::LIKE_PARSE,
    claims::ARRAY_LIKE_STRING,
    claims::OTHERS_IRRELEVANT,
    claims::MEMBER_ORDER,
    claims::NEVER_MORE,
    claims::NO_MERGE,
    claims::ODD_TYPES,
    token::LIKE_CLAIMS,
    token::SIGNATURE_IRRELEVANT,
    token::OPAQUE,
    recorded::ECHO,
    recorded::ABSENT,
    recorded::EMPTY,
    recorded::NEVER_MORE,
    recorded::MEMBERS,
    union::EXACT,
    union::ORDER,
    union::NO_DUPLICATES,
    union::IDEMPOTENT,
    union::COMMUTATIVE,
    union::ASSOCIATIVE,
    union::NEUTRAL,
    union::REPEATABLE,
    union::COVERS_BOTH,
    covers::MISSING,
    covers::EXACT,
    covers::MONOTONE,
    covers::ANTITONE,
    covers::REFLEXIVE,
    covers::UNRELATED,
    covers::TRANSITIVE,
    covers::AS_SETS,
    step_up::COVERED,
    step_up::UNRELATED,
    step_up::REQUEST,
    step_up::THREE_OUTCOMES,
    step_up::TWO_OUTCOMES,
    step_up::AS_SETS,
    step_up::SETTLES,
    ensure::MISSING,
    ensure::CLAIM_DECIDES,
    ensure::JOINED,
    ensure::OPAQUE,
    ensure::UNRELATED,
    ensure::AS_SETS,
    registration::BOUNDS,
    registration::ORDER,
    registration::UNSUPPORTED,
    registration::EXPANDED,
    registration::SETTLES,
    registration::AS_SETS,
    registration::FIRST_OFFENDER,
    challenge::ROUND_TRIP,
    challenge::ONE_LINE,
    challenge::AMONG_OTHERS,
    challenge::IN_ANY_GUISE,
    challenge::HOSTILE,
];
