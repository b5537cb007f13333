//! What a file under `scenarios/` can say, one type per table.

mod case;
mod check;
mod expect;
mod flow;
mod grade;
mod json;
mod outcome;
mod requirement;
mod respond;
mod script;
mod set;
mod step;
mod text;
mod vector;
mod word;

pub use case::{Case, Impact, Row, Subject};
pub use check::Check;
pub use expect::{Expect, IsRef, StatusSpec, TypeSpec};
pub use flow::Flow;
pub use grade::{GradeSpec, GradeWord};
pub use json::Json;
pub use outcome::{OutcomeRow, WordList};
pub use requirement::{
    Basis, Contract, ContractStatus, Level, Requirement, Role, Severity, Standing, Testable,
};
pub use respond::Respond;
pub use script::{Answer, Base, Script, ScriptFile};
pub use set::{SetFunction, SetRef};
pub use step::{
    AT_ONCE, Authorize, Call, ClientRef, Device, Discover, Exchange, Exit, Introspect, Par, Raw, Records,
    Refresh, Register, Revoke, Settings, Step, TokenRequest, Update, Verb,
};
pub use text::{Text, TextKind};
pub use vector::{Answers, Expected, Flag, Vector, VectorFile};
pub use word::Word;
