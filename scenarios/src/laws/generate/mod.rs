//! Inputs of the laws, weighted to what goes wrong: scopes that look alike, separators of other standards, repetitions, nothing at all.
//!
//! Lists are made of few distinct tokens, so that they overlap; each strategy shrinks towards `a`, `b` and `c`.

mod challenges;
mod claim_sets;
mod lists;
mod registrations;
mod responses;
mod texts;
mod tokens;
mod unrelated;

#[cfg(test)]
mod plain;
#[cfg(test)]
mod tests;

pub(super) use challenges::{
    challenge, challenge_among_others, challenge_in_any_guise, hostile_challenge, hostile_header,
};
pub(super) use claim_sets::{claims, claims_of_odd_type, named_list, odd_claims, opaque_token, two_claims};
pub(super) use lists::{
    distinct_list, granted_and_required, granted_required_and_more, one_list, step_up, three_lists, two_lists,
};
pub(super) use registrations::{baseline, registration, unsupported_registration};
pub(super) use responses::{
    echoed, echoed_blank, login, login_opaque, login_with_claim, not_echoed, odd_response,
};
pub(super) use texts::{grammatical_text, hostile_text, malformed_text};
pub(super) use unrelated::unrelated;
