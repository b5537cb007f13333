//! What a law is, and how it is put to a subject.

use serde_json::Value;
use thiserror::Error;

use super::reply::shown;

/// A property that every answer to a generated input must satisfy, whoever answers.
#[derive(Debug, Clone, Copy)]
pub struct Law {
    /// The name, `union-idempotent`; the same as the `law` of its header file.
    pub name: &'static str,
    /// The law in one sentence.
    pub sentence: &'static str,
    /// The operations that it calls, which a library has to announce.
    pub ops: &'static [&'static str],
    /// The declared semantics under which it holds; a library that declares another value is not held to it.
    pub under: &'static [(&'static str, &'static str)],
    /// The input as it is generated.
    #[cfg(feature = "generate")]
    pub input: fn() -> proptest::strategy::BoxedStrategy<Value>,
    /// The next call to make after these replies; `None` where that is enough.
    pub calls: fn(input: &Value, so_far: &[Reply]) -> Option<Call>,
    /// The judgement, from the input and the replies alone.
    pub holds: fn(input: &Value, output: &[Reply]) -> Result<(), Broken>,
}

/// One call of an operation (`design.md` section 5.2).
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The operation.
    pub op: &'static str,
    /// Its input, a JSON object.
    pub input: Value,
}

/// What a subject answered (`design.md` section 5.2).
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// An answer, a JSON object.
    Ok(Value),
    /// The input was refused.
    Rejected {
        /// A free word.
        kind: String,
        /// The reason; it should name the first offender.
        message: String,
    },
    /// The subject does not offer this.
    Unsupported {
        /// Why not.
        reason: String,
    },
    /// The subject fell over.
    Crashed {
        /// What is known of it.
        detail: String,
    },
    /// The subject answered, but not in the words of the protocol.
    Garbled {
        /// What is wrong with the answer.
        detail: String,
    },
    /// There was no answer, so nothing is known about the subject.
    Silent {
        /// Why not: the time ran out, or the subject has been given up.
        detail: String,
    },
}

/// A law that does not hold for this input.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("expected {expected}, got {got}")]
pub struct Broken {
    /// What the law demands of this input, in words.
    pub expected: String,
    /// What was answered.
    pub got: String,
}

impl Broken {
    /// A breach.
    pub fn new(expected: impl Into<String>, got: impl Into<String>) -> Self {
        Self { expected: expected.into(), got: got.into() }
    }
}

/// A law that was put to a subject and was not broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// At least one call was answered, so the law was exercised.
    Answered,
    /// Every call was refused, as the law allows for this input.
    Rejected,
    /// The subject does not offer this; nothing was judged.
    Unsupported {
        /// Why not.
        reason: String,
    },
    /// A call was not answered; nothing was judged.
    Silent {
        /// Why not.
        detail: String,
    },
}

/// No law needs more calls than this for one input.
const MOST_CALLS: usize = 16;

/// Makes the calls of a law and judges the replies.
///
/// A crash and a garbled answer break every law; a call that is unsupported or not answered ends the attempt without a verdict.
pub fn put(law: &Law, input: &Value, subject: &mut dyn FnMut(&Call) -> Reply) -> Result<Put, Broken> {
    let mut trial = Trial::new(law, input);
    while let Some(call) = trial.next() {
        let reply = subject(&call);
        if let Some(ended) = trial.take(&call, reply) {
            return ended;
        }
    }
    trial.end()
}

/// One input of a law on its way through the calls: for those who put many inputs at once.
#[derive(Debug)]
pub struct Trial<'a> {
    law: &'a Law,
    input: &'a Value,
    replies: Vec<Reply>,
}

impl<'a> Trial<'a> {
    /// Begins with an input.
    pub fn new(law: &'a Law, input: &'a Value) -> Self {
        Self { law, input, replies: Vec::new() }
    }

    /// The next call; `None` once the replies are enough to judge.
    pub fn next(&self) -> Option<Call> {
        (self.law.calls)(self.input, &self.replies).filter(|_| self.replies.len() < MOST_CALLS)
    }

    /// Takes the reply to that call in. `Some` where it ends the attempt.
    pub fn take(&mut self, call: &Call, reply: Reply) -> Option<Result<Put, Broken>> {
        let broken =
            |got| Some(Err(Broken::new(format!("an answer to {} {}", call.op, shown(&call.input)), got)));
        match reply {
            Reply::Unsupported { reason } => Some(Ok(Put::Unsupported { reason })),
            Reply::Silent { detail } => Some(Ok(Put::Silent { detail })),
            Reply::Crashed { detail } => broken(format!("a crash: {detail}")),
            Reply::Garbled { detail } => broken(format!("no reply of the protocol: {detail}")),
            reply => {
                self.replies.push(reply);
                None
            }
        }
    }

    /// The judgement over all replies.
    pub fn end(&self) -> Result<Put, Broken> {
        (self.law.holds)(self.input, &self.replies)?;
        let answered = self.replies.iter().any(|reply| matches!(reply, Reply::Ok(_)));
        Ok(if answered { Put::Answered } else { Put::Rejected })
    }
}
