//! How the subject of a finding is started: what makes two runs runs against the same subject.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::typed::quoted;

/// How a library is started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// An adapter of this command line.
    Command {
        /// The program and its arguments; never empty where a run has written it.
        words: Vec<String>,
        /// The folder that it is started in; where it is relative, it counts from the folder that holds `.scopecheck`.
        folder: String,
    },
    /// A table of a target.
    Target {
        /// The name of the target.
        name: String,
        /// The name of the table.
        table: String,
    },
    /// The reference library in this process.
    Embedded {
        /// Its profile, such as `standard`.
        profile: String,
    },
}

impl Start {
    /// An adapter of this command line, started in the current folder.
    pub fn command(words: &[String]) -> Self {
        Self::Command { words: words.to_vec(), folder: ".".to_owned() }
    }
}

/// As a person would type it.
impl fmt::Display for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Command { words, folder } => {
                let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
                write!(f, "{}", words.join(" "))?;
                if folder == "." { Ok(()) } else { write!(f, " (in {folder})") }
            }
            Self::Target { name, table } if table == "default" => write!(f, "--target {name}"),
            Self::Target { name, table } => write!(f, "--target {name}/{table}"),
            Self::Embedded { profile } => write!(f, "embedded, profile {profile}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_is_shown_as_it_is_typed() {
        let words = ["python3", "my adapter.py", "it's"].map(str::to_owned);
        insta::assert_snapshot!(Start::command(&words), @r"python3 'my adapter.py' 'it'\''s'");
        let target = |table: &str| Start::Target { name: "oauthlib".to_owned(), table: table.to_owned() };
        insta::assert_snapshot!(target("default"), @"--target oauthlib");
        insta::assert_snapshot!(target("two"), @"--target oauthlib/two");
        let elsewhere = Start::Command { words: vec!["a".to_owned()], folder: "sub".to_owned() };
        insta::assert_snapshot!(elsewhere, @"a (in sub)");
        insta::assert_snapshot!(Start::Embedded { profile: "standard".to_owned() }, @"embedded, profile standard");
    }
}
