//! An expression, and what it selects.

use std::str::FromStr;

use super::{Facts, FilterError, Glob, parser, section::Section};

/// A parsed `--filter` expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    pub(super) text: String,
    pub(super) root: Expr,
}

/// One node of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expr {
    Is(Predicate),
    Not(Box<Expr>),
    And(Vec<Expr>),
    Or(Vec<Expr>),
}

/// One question about a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Predicate {
    /// A bare word, kept apart from `id(*word*)` so that near names can be suggested for what was typed.
    Word(String, Glob),
    Id(Glob),
    Area(Glob),
    Tag(Glob),
    Requirement(Glob),
    Section(Section),
    Level(Vec<&'static str>),
    Impact(String),
}

impl Filter {
    /// Reads an expression.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        parser::parse(text).map(|root| Self { text: text.to_owned(), root })
    }

    /// The expression as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the case is selected.
    pub fn matches(&self, facts: &Facts<'_>) -> bool {
        self.root.matches(facts)
    }

    /// The first name that a case must have by this expression. Where nothing matches, names near to it can be suggested.
    pub fn word_for_suggestion(&self) -> Option<&str> {
        self.root.word()
    }
}

impl FromStr for Filter {
    type Err = FilterError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl Expr {
    fn matches(&self, facts: &Facts<'_>) -> bool {
        match self {
            Self::Is(predicate) => predicate.matches(facts),
            Self::Not(inner) => !inner.matches(facts),
            Self::And(all) => all.iter().all(|one| one.matches(facts)),
            Self::Or(any) => any.iter().any(|one| one.matches(facts)),
        }
    }

    fn word(&self) -> Option<&str> {
        match self {
            Self::Is(predicate) => predicate.word(),
            // What is excluded is no help to somebody who got nothing.
            Self::Not(_) => None,
            Self::And(parts) | Self::Or(parts) => parts.iter().find_map(Self::word),
        }
    }
}

impl Predicate {
    fn matches(&self, facts: &Facts<'_>) -> bool {
        match self {
            Self::Word(_, glob) | Self::Id(glob) => glob.matches(facts.id),
            Self::Area(glob) => {
                glob.matches(facts.area)
                    || facts.area.match_indices('/').any(|(at, _)| glob.matches(&facts.area[..at]))
            }
            Self::Tag(glob) => facts.tags.iter().any(|tag| glob.matches(tag)),
            Self::Requirement(glob) => facts.requirements.iter().any(|one| glob.matches(one.id)),
            Self::Section(section) => {
                facts.requirements.iter().any(|one| section.matches(one.source, one.section))
            }
            Self::Level(words) => facts
                .requirements
                .iter()
                .any(|one| words.iter().any(|word| word.eq_ignore_ascii_case(one.level))),
            Self::Impact(word) => facts.impact.eq_ignore_ascii_case(word),
        }
    }

    fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word, _) => Some(word),
            Self::Id(glob) | Self::Area(glob) | Self::Tag(glob) | Self::Requirement(glob) => {
                Some(glob.as_str())
            }
            Self::Section(_) | Self::Level(_) | Self::Impact(_) => None,
        }
    }
}
