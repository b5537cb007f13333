//! Cuts an expression into words, parentheses and predicates.

use std::ops::Range;

use super::error::{FilterError, Problem};

/// What an expression consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Close,
    And,
    Or,
    Not,
    /// A bare word.
    Word(String),
    /// `name(argument)`; the argument reaches to the next closing parenthesis.
    Call {
        name: String,
        argument: String,
    },
}

/// One piece with the bytes that it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Range<usize>,
}

/// Cuts `text` into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, FilterError> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let skipped = rest.len() - rest.trim_start().len();
        if skipped > 0 {
            at += skipped;
            continue;
        }
        let token = token(text, at)?;
        at = token.span.end;
        found.push(token);
    }
    Ok(found)
}

fn token(text: &str, at: usize) -> Result<Token, FilterError> {
    let rest = &text[at..];
    for (sign, kind) in [("(", Kind::Open), (")", Kind::Close)] {
        if rest.starts_with(sign) {
            return Ok(Token { kind, span: at..at + sign.len() });
        }
    }
    for (written, meant) in
        [("&&", "and"), ("||", "or"), ("&", "and"), ("|", "or"), ("!", "not"), (",", "or")]
    {
        if rest.starts_with(written) {
            let problem = Problem::ForeignOperator { written: written.to_owned(), meant };
            return Err(FilterError { text: text.to_owned(), span: at..at + written.len(), problem });
        }
    }
    let length = rest.find(|c: char| c.is_whitespace() || "()&|!,".contains(c)).unwrap_or(rest.len());
    let word = &rest[..length];
    let end = at + length;
    if let Some(written) =
        ["and", "or", "not"].into_iter().find(|known| *known != word && known.eq_ignore_ascii_case(word))
    {
        // `AND` as a bare word would silently select ids with `and` in them.
        let problem = Problem::ForeignOperator { written: word.to_owned(), meant: written };
        return Err(FilterError { text: text.to_owned(), span: at..end, problem });
    }
    let kind = match word {
        "and" => Kind::And,
        "or" => Kind::Or,
        "not" => Kind::Not,
        _ if rest[length..].starts_with('(') => return call(text, at, end),
        _ => Kind::Word(word.to_owned()),
    };
    Ok(Token { kind, span: at..end })
}

/// A predicate whose name ends at `open`. A section may hold parentheses of its own, so pairs are counted.
fn call(text: &str, at: usize, open: usize) -> Result<Token, FilterError> {
    let mut depth = 0_usize;
    for (offset, c) in text[open..].char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            let close = open + offset;
            let argument = text[open + 1..close].trim().to_owned();
            return Ok(Token {
                kind: Kind::Call { name: text[at..open].to_owned(), argument },
                span: at..close + 1,
            });
        }
    }
    Err(FilterError { text: text.to_owned(), span: open..open + 1, problem: Problem::Unclosed })
}
