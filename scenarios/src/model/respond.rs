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
    /// `resource`, `metadata` or `token`.
    pub to: Word,
    /// The rule holds while these steps run; left out, for the whole case.
    #[serde(default)]
    pub during: Vec<Word>,
    /// `resource`: operation to required scope, space-separated. A call without a good token is answered with 401, and the challenge names what
    /// the first of these operations requires (all that a gate in front of them knows); a call with too little with 403, `insufficient_scope`
    /// and what this operation requires.
    #[serde(default)]
    #[schemars(with = "std::collections::BTreeMap<String, String>")]
    pub requires: IndexMap<Spanned<String>, String>,
    /// `resource`: operations that are answered with 403 and no challenge, whatever the token.
    #[serde(default)]
    pub forbids: Vec<Word>,
    /// `resource`: whether challenges name a scope; they do if left out.
    pub names_scope: Option<bool>,
    /// `resource`: another challenge that stands before ours in the same header field, octet by octet.
    pub before: Option<String>,
    /// `metadata`: the resource's document is about another resource, and the only way to the server; nothing in it may be used.
    pub foreign: Option<bool>,
    /// `metadata`: `scopes_supported` of the resource's document (RFC 9728); left out, it has no such member.
    pub resource_scopes: Option<Text>,
    /// `metadata`: `scopes_supported` of the server's document (RFC 8414); left out, it has no such member.
    pub server_scopes: Option<Text>,
    /// `token`: scopes that are left out of every grant, space-separated.
    pub drop: Option<Text>,
    /// `token`: whether the response says what was granted; it does if left out.
    pub echo: Option<bool>,
    /// `token`: access tokens are JWTs whose claim of this name tells the truth, `scope` or `scp`; left out, they are opaque.
    pub claim: Option<Word>,
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
