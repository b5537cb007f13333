//! What a filter can see of a case.

/// What a filter can see of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts<'a> {
    /// The id of the case, or of the instance with its variant.
    pub id: &'a str,
    /// Area and topic, such as `server/refresh`.
    pub area: &'a str,
    /// The free words of the case.
    pub tags: Vec<&'a str>,
    /// `escalation`, `leak`, `denial`, `interop` or `cosmetic`.
    pub impact: &'a str,
    /// The requirements and contracts that its checks name.
    pub requirements: Vec<RequirementFacts<'a>>,
}

/// What a filter can see of a requirement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RequirementFacts<'a> {
    /// Its id, such as `RFC6749-6-1`, or that of a contract, such as `DCR-05`.
    pub id: &'a str,
    /// The document, such as `RFC 6749`; empty for a contract.
    pub source: &'a str,
    /// The place in that document, such as `3.1; 3.2`.
    pub section: &'a str,
    /// The keyword, such as `MUST NOT`; empty for a contract.
    pub level: &'a str,
}
