//! What the placeholders of a case stand for in one instance.

use std::{collections::HashSet, sync::Arc};

use scopecheck_scenarios::{
    model::{Row, Text, TextKind},
    template::{Piece, Placeholder, Template},
};

use super::neighbours::neighbour;

/// A server that lists no scopes is not one without scopes.
const NO_SCOPES: &str = "no scope is known to ask for: the metadata has no list `scopes_supported`; name some in a target table, `scopes = { grantable = [\"...\"] }`";

/// The values that the plan binds.
#[derive(Debug, Clone, Default)]
pub struct Bindings {
    /// Scopes that a client may be granted, in order.
    pub grantable: Vec<String>,
    /// A scope that the client may not have.
    pub forbidden: Option<String>,
    /// A scope that the server does not know.
    pub unknown: String,
    /// A scope made up for this instance.
    pub random: String,
    /// The documented default, space-separated.
    pub default: Option<String>,
    /// What each operation of a resource server demands, space-separated.
    pub operations: Vec<String>,
    /// Every scope that the server is known to have; a neighbour that is one of them proves nothing.
    pub known: Arc<HashSet<String>>,
    /// The row of the instance.
    pub row: Option<Row>,
}

/// What `use` was given, inside a flow.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The scope.
    pub scope: Option<Sent>,
    /// The client, already resolved to a word.
    pub client: Option<String>,
}

/// A value on its way to the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// The parameter is not sent.
    Absent,
    /// Sent once.
    One(Vec<u8>),
    /// Sent once for each.
    Many(Vec<Vec<u8>>),
}

impl Sent {
    /// The values in order.
    pub fn values(&self) -> Vec<&[u8]> {
        match self {
            Self::Absent => Vec::new(),
            Self::One(value) => vec![value],
            Self::Many(values) => values.iter().map(Vec::as_slice).collect(),
        }
    }

    /// The values as text, joined by spaces: what was asked for, seen as one list.
    pub fn text(&self) -> String {
        self.values().iter().map(|value| String::from_utf8_lossy(value)).collect::<Vec<_>>().join(" ")
    }
}

/// Fields of earlier answers: `step.field`.
pub trait Fields {
    /// The text of a field; `Err` says why there is none.
    fn field(&self, path: &[String]) -> Result<String, Unbound>;
}

/// Why a placeholder stands for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unbound {
    /// A capability is missing: the instance does not apply.
    Need(String),
    /// An earlier step did not apply.
    NotApplicable(String),
    /// An earlier step gave no such field.
    Blocked(String),
    /// The case is wrong; the lint should have said so.
    Wrong(String),
}

impl Bindings {
    /// Fills in a value. A value that is one placeholder alone passes on what it stands for, absence and octets included.
    pub fn sent(
        &self,
        text: Option<&Text>,
        given: Option<&Given>,
        fields: &dyn Fields,
    ) -> Result<Sent, Unbound> {
        let Some(text) = text else { return Ok(Sent::Absent) };
        match &text.kind {
            TextKind::Hex(octets) => Ok(Sent::One(octets.clone())),
            TextKind::Many(texts) => texts
                .iter()
                .map(|text| self.string(text, given, fields).map(String::into_bytes))
                .collect::<Result<_, _>>()
                .map(Sent::Many),
            TextKind::One(text) => {
                let template = parse(text)?;
                if let Some(only) = template.only_placeholder() {
                    match (only.path[0].as_str(), &only.filter) {
                        ("row", None) => {
                            let value = self
                                .row
                                .as_ref()
                                .and_then(|row| only.path.get(1).and_then(|key| row.values.get(key)));
                            return self.sent(value, given, fields);
                        }
                        ("flow", None) if only.path.get(1).is_some_and(|name| name == "scope") => {
                            return Ok(given.and_then(|given| given.scope.clone()).unwrap_or(Sent::Absent));
                        }
                        _ => {}
                    }
                }
                self.fill(&template, given, fields).map(|text| Sent::One(text.into_bytes()))
            }
        }
    }

    /// Fills in a string.
    pub fn string(&self, text: &str, given: Option<&Given>, fields: &dyn Fields) -> Result<String, Unbound> {
        self.fill(&parse(text)?, given, fields)
    }

    fn fill(
        &self,
        template: &Template,
        given: Option<&Given>,
        fields: &dyn Fields,
    ) -> Result<String, Unbound> {
        let mut filled = String::new();
        for piece in &template.pieces {
            match piece {
                Piece::Literal(text) => filled.push_str(text),
                Piece::Placeholder(placeholder) => {
                    filled.push_str(&self.placeholder(placeholder, given, fields)?);
                }
            }
        }
        Ok(filled)
    }

    fn placeholder(
        &self,
        placeholder: &Placeholder,
        given: Option<&Given>,
        fields: &dyn Fields,
    ) -> Result<String, Unbound> {
        let path = placeholder.path.as_slice();
        let second = path.get(1).map(String::as_str);
        let value = match (path[0].as_str(), second) {
            ("grantable", Some(index)) => {
                let index: usize = index.parse().map_err(|_| wrong(placeholder))?;
                if self.grantable.is_empty() {
                    return Err(Unbound::Blocked(NO_SCOPES.to_owned()));
                }
                self.grantable.get(index).cloned().ok_or_else(|| Unbound::Need(scopes_need(index)))?
            }
            ("forbidden", None) => {
                self.forbidden.clone().ok_or_else(|| Unbound::Need("scopes.forbidden".to_owned()))?
            }
            ("default", None) => {
                self.default.clone().ok_or_else(|| Unbound::Need("scopes.default".to_owned()))?
            }
            ("operation", Some(index)) => {
                let number: usize = index.parse().map_err(|_| wrong(placeholder))?;
                let demanded = self.operations.get(number);
                demanded
                    .cloned()
                    .ok_or_else(|| Unbound::Need(format!("operation {number} in the target table")))?
            }
            ("unknown", None) => self.unknown.clone(),
            ("random", None) => self.random.clone(),
            ("row", Some(key)) => match self.row.as_ref().and_then(|row| row.values.get(key)) {
                Some(text) => self.sent(Some(text), given, fields)?.text(),
                None => String::new(),
            },
            ("flow", Some("client")) => given.and_then(|given| given.client.clone()).unwrap_or_default(),
            ("flow", Some("scope")) => {
                given.and_then(|given| given.scope.as_ref()).map(Sent::text).unwrap_or_default()
            }
            _ => fields.field(path)?,
        };
        let Some(filter) = &placeholder.filter else { return Ok(value) };
        let changed = neighbour(&value, filter).ok_or_else(|| {
            Unbound::NotApplicable(format!("`{value}` has no neighbour of the kind `{filter}`"))
        })?;
        // Parts of a set are no neighbours, and are what they are.
        if !matches!(filter.as_str(), "less-one" | "last") && self.known.contains(&changed) {
            return Err(Unbound::NotApplicable(format!(
                "the neighbour `{changed}` of `{value}` is a scope of its own here"
            )));
        }
        Ok(changed)
    }
}

fn parse(text: &str) -> Result<Template, Unbound> {
    Template::parse(text).map_err(|error| Unbound::Wrong(error.to_string()))
}

fn wrong(placeholder: &Placeholder) -> Unbound {
    Unbound::Wrong(format!("`{{{}}}` is no placeholder", placeholder.path.join(".")))
}

fn scopes_need(index: usize) -> String {
    match index {
        0 => "scopes.one".to_owned(),
        1 => "scopes.two".to_owned(),
        2 => "scopes.three".to_owned(),
        more => format!("{} grantable scopes", more + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct NoFields;

    impl Fields for NoFields {
        fn field(&self, path: &[String]) -> Result<String, Unbound> {
            Err(Unbound::Blocked(path.join(".")))
        }
    }

    fn bindings() -> Bindings {
        Bindings {
            grantable: vec!["read".into(), "write".into()],
            known: Arc::new(["rea".to_owned()].into()),
            ..Bindings::default()
        }
    }

    #[test]
    fn scopes_rows_and_fields_are_filled_in() {
        let bindings = bindings();
        let fill = |text: &str| bindings.string(text, None, &NoFields);
        assert_eq!(fill("{grantable.0} {grantable.1|suffix}").unwrap(), "read writex");
        assert_eq!(fill("{grantable.2}"), Err(Unbound::Need("scopes.three".into())));
        assert_eq!(fill("{forbidden}"), Err(Unbound::Need("scopes.forbidden".into())));
        assert_eq!(fill("{login.code}"), Err(Unbound::Blocked("login.code".into())));
    }

    #[test]
    fn a_neighbour_that_is_a_scope_of_its_own_does_not_apply() {
        assert!(matches!(
            bindings().string("{grantable.0|prefix}", None, &NoFields),
            Err(Unbound::NotApplicable(_))
        ));
    }

    #[test]
    fn a_row_without_the_key_leaves_the_parameter_out() {
        let mut bindings = bindings();
        let row: Row = toml::from_str("id = 'omitted'").unwrap();
        bindings.row = Some(row);
        assert_eq!(bindings.sent(Some(&Text::made("{row.ask}")), None, &NoFields), Ok(Sent::Absent));
    }
}
