//! Standing rules of the scripted world that clients are tested in.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::{Text, Word};

/// How one endpoint of the scripted world answers (`design.md` section 5.1). A key belongs to one endpoint; of several rules for an endpoint
/// each later one replaces the keys that it states.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Respond {
    /// `resource`, `metadata`, `registration`, `authorization` or `token`.
    pub to: Word,
    /// The rule holds while these steps run; left out, for the whole case.
    #[serde(default)]
    pub during: Vec<Word>,
    /// Any endpoint but `authorization`: how its answers arrive, one of the vocabulary's words; left out, at once and whole.
    pub answers: Option<Word>,
    /// `resource`: operation to required scope, space-separated. A call without a good token is answered with 401, and the challenge names what
    /// the first of these operations requires (all that a gate in front of them knows); a call with too little with 403, `insufficient_scope`
    /// and what this operation requires.
    #[serde(default)]
    #[schemars(with = "std::collections::BTreeMap<String, String>")]
    pub requires: IndexMap<Spanned<String>, String>,
    /// `resource`: operations that are answered with 403 and no challenge, whatever the token.
    #[serde(default)]
    pub forbids: Vec<Word>,
    /// `resource`: operations that are answered with 403 and a challenge, whatever the token holds.
    #[serde(default)]
    pub never: Vec<Word>,
    /// `resource`: whether challenges name a scope; they do if left out.
    pub names_scope: Option<bool>,
    /// `resource`: which scopes a 403 names: those `required` by the operation (if left out), or those of them that are `missing` in the token.
    pub names: Option<Word>,
    /// `resource`: whether the challenge of a 403 has an `error`; it has if left out.
    pub error: Option<bool>,
    /// `resource`: how a challenge is written, one of the vocabulary's spellings; left out, in the plainest way.
    pub spelling: Option<Word>,
    /// `resource`: another challenge that stands before ours in the same header field, octet by octet.
    pub before: Option<String>,
    /// `metadata`: the resource's document is about another resource, and the only way to the server; nothing in it may be used.
    pub foreign: Option<bool>,
    /// `metadata`: `scopes_supported` of the resource's document (RFC 9728); left out, it has no such member.
    pub resource_scopes: Option<Text>,
    /// `metadata`: `scopes_supported` of the server's document (RFC 8414); left out, it has no such member.
    pub server_scopes: Option<Text>,
    /// `metadata`: the authorization servers that the resource's document names, in this order, `first` (at the root) and `second` (below a path of
    /// its own); left out, the first. What one of them has registered or issued is unknown to the other, and the resource takes the tokens of both.
    #[serde(default)]
    pub servers: Vec<Word>,
    /// `metadata`: `scopes_supported` of the second server's document; left out, it has no such member.
    pub second_server_scopes: Option<Text>,
    /// `registration`: what is registered, whatever was asked for, and said in the answer.
    pub registers: Option<Text>,
    /// `registration` or `authorization`: every request is refused with this error code; `token`: every code.
    pub refuse: Option<Word>,
    /// `authorization`: a request that names one of these scopes, space-separated, is refused with `invalid_scope`.
    pub refuse_scope: Option<Text>,
    /// `authorization`: before the answer, a callback with a foreign `state` goes to the redirect URI, whose code stands for this scope,
    /// space-separated.
    pub forged_callback: Option<Text>,
    /// `authorization`: what this callback is like, one of the vocabulary's words; left out, its `state` is foreign.
    pub forged_as: Option<Word>,
    /// `authorization`: how its answer comes to the redirect URI, one of the vocabulary's words; left out, by a redirect. Otherwise the world sends it there
    /// itself, as a browser does, and an error in the usual way where it is not taken.
    pub callback: Option<Word>,
    /// `authorization`: what its answer names in a parameter `scope`, which no standard defines there, space-separated.
    pub callback_scope: Option<Text>,
    /// `token`: scopes that are left out of every grant, space-separated.
    pub drop: Option<Text>,
    /// `token`: a grant holds one of the scopes that were asked for, each time the next one; all of them if left out.
    pub one_at_a_time: Option<bool>,
    /// `token`: whether the response says what was granted; it does if left out.
    pub echo: Option<bool>,
    /// `token`: how the response says what was granted, one of the vocabulary's forms; left out, as a string in the order of the grant.
    pub echo_as: Option<Word>,
    /// `token`: whether a refresh token is issued; it is if left out.
    pub refresh_token: Option<bool>,
    /// `token`: whether a refresh token that is sent is good; it is if left out.
    pub refreshes: Option<bool>,
    /// `token`: how long access tokens are good, in seconds; an hour if left out.
    pub expires_in: Option<u32>,
    /// `token`: members that no standard defines (`scopes`, `scp`, `granted_scopes`) say this set, space-separated.
    pub beside: Option<Text>,
    /// `token`: who the user is, the claim `sub` of a JWT; always the same one if left out.
    pub user: Option<Word>,
    /// `token`: access tokens are JWTs whose claim of this name tells the truth, `scope` or `scp`; left out, they are opaque.
    pub claim: Option<Word>,
    /// `token`: scopes that this claim names beyond what was granted, space-separated; the response says the truth, and so does the resource.
    pub claims_more: Option<Text>,
    /// `token`: an ID token comes along whose claim `scope` names these, space-separated; left out, there is none.
    pub id_token: Option<Text>,
}

impl Respond {
    /// Operation to required scope, in the order of the file; a table of TOML has none of its own.
    pub fn required(&self) -> Vec<(&str, &str)> {
        let mut required: Vec<(&Spanned<String>, &String)> = self.requires.iter().collect();
        required.sort_by_key(|(operation, _)| operation.span().start);
        required
            .into_iter()
            .map(|(operation, scope)| (operation.get_ref().as_str(), scope.as_str()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_keep_the_order_of_the_file() {
        let rule: Respond =
            toml::from_str("to = 'resource'\nrequires = { read = 'b', admin = 'a' }").unwrap();
        assert_eq!(rule.required(), [("read", "b"), ("admin", "a")]);
    }
}
