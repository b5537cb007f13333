//! Builds an expression of tokens: `or` of `and` of `not` of predicates.

use std::ops::Range;

use super::{
    Glob,
    error::{FilterError, IMPACTS, PREDICATES, Problem},
    expr::{Expr, Predicate},
    lexer::{Kind, Token, tokens},
    section::Section,
};

/// Deep enough for any filter that a person writes, shallow enough for every stack.
const DEEPEST: usize = 64;

/// Reads an expression.
pub(super) fn parse(text: &str) -> Result<Expr, FilterError> {
    let tokens = tokens(text)?;
    let mut parser = Parser { text, tokens, at: 0, depth: 0 };
    if parser.tokens.is_empty() {
        return Err(parser.error(0..text.len(), Problem::Empty));
    }
    let expr = parser.any()?;
    match parser.tokens.get(parser.at) {
        None => Ok(expr),
        Some(token) => {
            let problem = if token.kind == Kind::Close { Problem::Unopened } else { Problem::NoOperator };
            Err(parser.error(token.span.clone(), problem))
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn error(&self, span: Range<usize>, problem: Problem) -> FilterError {
        FilterError { text: self.text.to_owned(), span, problem }
    }

    fn take(&mut self, kind: &Kind) -> bool {
        let taken = self.tokens.get(self.at).is_some_and(|token| token.kind == *kind);
        self.at += usize::from(taken);
        taken
    }

    fn any(&mut self) -> Result<Expr, FilterError> {
        let mut parts = vec![self.all()?];
        while self.take(&Kind::Or) {
            parts.push(self.all()?);
        }
        Ok(single_or(parts, Expr::Or))
    }

    fn all(&mut self) -> Result<Expr, FilterError> {
        let mut parts = vec![self.one()?];
        while self.take(&Kind::And) {
            parts.push(self.one()?);
        }
        Ok(single_or(parts, Expr::And))
    }

    fn one(&mut self) -> Result<Expr, FilterError> {
        let Some(token) = self.tokens.get(self.at).cloned() else {
            return Err(self.error(self.text.len()..self.text.len(), Problem::MissingOperand));
        };
        self.at += 1;
        match token.kind {
            Kind::Not => {
                self.deeper(&token.span)?;
                let inner = self.one()?;
                self.depth -= 1;
                Ok(Expr::Not(Box::new(inner)))
            }
            Kind::Open => {
                self.deeper(&token.span)?;
                let inner = self.any()?;
                self.depth -= 1;
                if self.take(&Kind::Close) {
                    return Ok(inner);
                }
                Err(match self.tokens.get(self.at) {
                    Some(next) => self.error(next.span.clone(), Problem::NoOperator),
                    None => self.error(token.span, Problem::Unclosed),
                })
            }
            Kind::Word(word) => {
                let glob = Glob::new(format!("*{word}*"));
                Ok(Expr::Is(Predicate::Word(word, glob)))
            }
            Kind::Call { name, argument } => predicate(&name, &argument).map(Expr::Is).map_err(|problem| {
                let span = if matches!(problem, Problem::UnknownPredicate(_)) {
                    token.span.start..token.span.start + name.len()
                } else {
                    token.span.clone()
                };
                self.error(span, problem)
            }),
            Kind::And | Kind::Or | Kind::Close => Err(self.error(token.span, Problem::MissingOperand)),
        }
    }

    fn deeper(&mut self, span: &Range<usize>) -> Result<(), FilterError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.error(span.clone(), Problem::TooDeep(DEEPEST)));
        }
        Ok(())
    }
}

fn single_or(mut parts: Vec<Expr>, join: fn(Vec<Expr>) -> Expr) -> Expr {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            join(parts)
        }
    }
}

fn predicate(name: &str, argument: &str) -> Result<Predicate, Problem> {
    if !PREDICATES.contains(&name) {
        return Err(Problem::UnknownPredicate(name.to_owned()));
    }
    if argument.is_empty() {
        return Err(Problem::EmptyArgument(name.to_owned()));
    }
    let glob = || Glob::new(argument);
    Ok(match name {
        "area" => Predicate::Area(glob()),
        "tag" => Predicate::Tag(glob()),
        "requirement" => Predicate::Requirement(glob()),
        "section" => {
            let section = Section::new(argument);
            if !section.has_source() {
                return Err(Problem::NoSource(argument.to_owned()));
            }
            Predicate::Section(section)
        }
        "level" => Predicate::Level(level(argument)?),
        "impact" => {
            let word = argument.to_lowercase();
            if !IMPACTS.contains(&word.as_str()) {
                return Err(Problem::UnknownImpact(argument.to_owned()));
            }
            Predicate::Impact(word)
        }
        _ => Predicate::Id(glob()),
    })
}

/// `must` means every keyword that binds as hard as MUST, and `should` both forms of SHOULD; the longer spellings mean themselves.
fn level(argument: &str) -> Result<Vec<&'static str>, Problem> {
    let word =
        argument.split_whitespace().collect::<Vec<_>>().join(" ").replace(['-', '_'], " ").to_lowercase();
    Ok(match word.as_str() {
        "must" => vec!["MUST", "MUST NOT", "REQUIRED"],
        "must not" => vec!["MUST NOT"],
        "required" => vec!["REQUIRED"],
        "should" => vec!["SHOULD", "SHOULD NOT"],
        "should not" => vec!["SHOULD NOT"],
        "may" => vec!["MAY"],
        _ => return Err(Problem::UnknownLevel(argument.to_owned())),
    })
}
