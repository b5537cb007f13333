//! The language of `--filter`: which cases a run selects.
//!
//! An expression is made of predicates such as `area(server/refresh)` or `level(must)`, joined by `and`, `or`, `not` and
//! parentheses; a bare word means `id(*word*)`. `not` binds tightest, then `and`, then `or`.

mod error;
mod expr;
mod facts;
mod glob;
mod lexer;
mod parser;
mod section;

pub use error::FilterError;
pub use expr::Filter;
pub use facts::{Facts, RequirementFacts};
pub use glob::Glob;

#[cfg(test)]
mod tests;
