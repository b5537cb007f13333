//! What can be wrong with an expression.

use std::{fmt, ops::Range};

/// A mistake in a filter expression. Its text shows the expression, a caret under the mistake, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterError {
    pub(super) text: String,
    pub(super) span: Range<usize>,
    pub(super) problem: Problem,
}

/// The kinds of mistakes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Problem {
    #[error("the filter is empty")]
    Empty,
    #[error("a predicate is missing here")]
    MissingOperand,
    #[error("two predicates stand side by side")]
    NoOperator,
    #[error("this parenthesis is never closed")]
    Unclosed,
    #[error("nothing was opened that this parenthesis closes")]
    Unopened,
    #[error("`{0}` is not a predicate")]
    UnknownPredicate(String),
    #[error("`{0}` needs something in its parentheses")]
    EmptyArgument(String),
    #[error("`{written}` is not the operator `{meant}`")]
    ForeignOperator { written: String, meant: &'static str },
    #[error("`{0}` is not a level")]
    UnknownLevel(String),
    #[error("`{0}` is not an impact")]
    UnknownImpact(String),
    #[error("`{0}` names no document")]
    NoSource(String),
    #[error("the parentheses are nested more than {0} deep")]
    TooDeep(usize),
}

/// The predicates, as a help line lists them.
pub(super) const PREDICATES: [&str; 7] = ["id", "area", "tag", "requirement", "section", "level", "impact"];
/// The impacts of `design.md` 5.1.
pub(super) const IMPACTS: [&str; 5] = ["escalation", "leak", "denial", "interop", "cosmetic"];

impl Problem {
    fn help(&self) -> String {
        match self {
            Self::Empty => "leave `--filter` out to select every case, or write a word such as `refresh`".to_owned(),
            Self::MissingOperand => "`and` and `or` stand between two predicates, `not` before one: `area(server) and not level(may)`".to_owned(),
            Self::NoOperator => "join them: `a and b` if both have to hold, `a or b` if one is enough".to_owned(),
            Self::Unclosed => "add the `)` that closes it".to_owned(),
            Self::Unopened => "remove it, or add the `(` that opens it".to_owned(),
            Self::UnknownPredicate(word) => match near(word, &PREDICATES) {
                Some(name) => format!("did you mean `{name}(...)`?"),
                None => format!("use one of {}", listed(&PREDICATES)),
            },
            Self::EmptyArgument(name) => match name.as_str() {
                "section" => "write a document and a section: `section(rfc6749#3.3)`".to_owned(),
                "level" => "write a level: `level(must)`".to_owned(),
                "impact" => "write an impact: `impact(escalation)`".to_owned(),
                _ => format!("write a name or a pattern: `{name}(*refresh*)`"),
            },
            Self::ForeignOperator { meant: "not", written } => format!("use `not a`, not `{written}a`"),
            Self::ForeignOperator { meant, written } if written == "," => format!("use `a {meant} b`, not `a, b`"),
            Self::ForeignOperator { meant, written } => format!("use `a {meant} b`, not `a {written} b`"),
            Self::UnknownLevel(_) => "use `must`, `should`, `may`, or exactly one keyword: `must not`, `required`, `should not`".to_owned(),
            Self::UnknownImpact(word) => match near(word, &IMPACTS) {
                Some(name) => format!("did you mean `impact({name})`?"),
                None => format!("use one of {}", listed(&IMPACTS)),
            },
            Self::NoSource(_) => "write the document before the `#`: `section(rfc6749#3.3)`".to_owned(),
            Self::TooDeep(_) => "a filter that deep is hard to read; split it into several runs".to_owned(),
        }
    }
}

fn near(word: &str, names: &[&'static str]) -> Option<&'static str> {
    scopecheck_scenarios::nearest::nearest(word, names.iter().copied(), 1).first().copied()
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A line feed or an escape in the expression must neither move the caret nor reach the terminal.
        let shown =
            |part: &str| part.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
        let before = self.text.get(..self.span.start).unwrap_or_default();
        let marked = self.text.get(self.span.clone()).unwrap_or_default();
        let carets = "^".repeat(marked.chars().count().max(1));
        writeln!(f, "{}", self.problem)?;
        if self.problem != Problem::Empty {
            writeln!(f, "  {}", shown(&self.text))?;
            writeln!(f, "  {}{carets}", " ".repeat(before.chars().count()))?;
        }
        write!(f, "help: {}", self.problem.help())
    }
}

impl std::error::Error for FilterError {}
