//! Grades that a case can name.

use std::borrow::Cow;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de::Error as _};

/// A grade, or one per profile: `{ default = "pass", oidc = "warn" }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeSpec {
    /// The grade where no profile says otherwise.
    pub default: GradeWord,
    /// Grades by profile; the first selected profile that is listed wins.
    pub profiles: IndexMap<String, GradeWord>,
}

impl GradeSpec {
    /// The grade under these profiles.
    pub fn under<S: AsRef<str>>(&self, profiles: &[S]) -> GradeWord {
        self.profiles
            .iter()
            .find(|(name, _)| profiles.iter().any(|profile| profile.as_ref() == name.as_str()))
            .map_or(self.default, |(_, grade)| *grade)
    }
}

impl<'de> Deserialize<'de> for GradeSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let grade = |value: &toml::Value| match value {
            toml::Value::String(word) => GradeWord::parse(word).map_err(D::Error::custom),
            other => Err(D::Error::custom(format!("invalid type: {}, expected a grade", other.type_str()))),
        };
        match toml::Value::deserialize(deserializer)? {
            toml::Value::Table(table) => {
                let default = table
                    .get("default")
                    .ok_or_else(|| D::Error::custom("a grade by profile needs `default`"))
                    .and_then(grade)?;
                let profiles = table
                    .iter()
                    .filter(|(name, _)| *name != "default")
                    .map(|(name, value)| Ok((name.clone(), grade(value)?)))
                    .collect::<Result<_, D::Error>>()?;
                Ok(Self { default, profiles })
            }
            value => grade(&value).map(|default| Self { default, profiles: IndexMap::new() }),
        }
    }
}

impl JsonSchema for GradeSpec {
    fn schema_name() -> Cow<'static, str> {
        "Grade".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let word = generator.subschema_for::<GradeWord>();
        json_schema!({
            "oneOf": [word, { "type": "object", "required": ["default"], "additionalProperties": word }]
        })
    }
}

/// The grades that a case can name; the others are the engine's to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GradeWord {
    /// Met.
    Pass,
    /// A SHOULD broken, or our own inference.
    Warn,
    /// A MUST broken, or rights gained.
    Fail,
    /// The standards leave it open.
    Observed,
}

impl GradeWord {
    fn parse(word: &str) -> Result<Self, String> {
        match word {
            "pass" => Ok(Self::Pass),
            "warn" => Ok(Self::Warn),
            "fail" => Ok(Self::Fail),
            "observed" => Ok(Self::Observed),
            other => {
                Err(format!("unknown variant `{other}`, expected one of `pass`, `warn`, `fail`, `observed`"))
            }
        }
    }
}
