//! The languages, their files and how these are built and run.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::typed::quoted;

/// A language that there is a starting point for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// One file, standard library only.
    #[value(alias = "py")]
    Python,
    /// One file, Node without packages.
    #[value(aliases = ["js", "node"])]
    Javascript,
    /// A module without dependencies.
    #[value(alias = "golang")]
    Go,
    /// A package that needs `serde_json`.
    #[value(alias = "rs")]
    Rust,
    /// One file that `java` runs as it is, without dependencies.
    Java,
}

/// A file of a starting point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StarterFile {
    /// Where it goes, relative to the folder of the adapter, with `/` between folders.
    pub path: &'static str,
    /// What stands in it.
    pub text: &'static str,
}

const PYTHON: &[StarterFile] = &[StarterFile { path: "adapter.py", text: include_str!("python/adapter.py") }];
const JAVASCRIPT: &[StarterFile] =
    &[StarterFile { path: "adapter.mjs", text: include_str!("javascript/adapter.mjs") }];
const GO: &[StarterFile] = &[
    StarterFile { path: "go.mod", text: include_str!("go/go.mod") },
    StarterFile { path: "main.go", text: include_str!("go/main.go") },
];
// Under its own name the manifest would make a package of this folder, and leave it out of ours.
const RUST: &[StarterFile] = &[
    StarterFile { path: "Cargo.toml", text: include_str!("rust/manifest.toml") },
    StarterFile { path: "src/main.rs", text: include_str!("rust/main.rs") },
];
const JAVA: &[StarterFile] = &[StarterFile { path: "Adapter.java", text: include_str!("java/Adapter.java") }];

impl Language {
    /// Every language.
    pub const ALL: [Self; 5] = [Self::Python, Self::Javascript, Self::Go, Self::Rust, Self::Java];

    /// The files of its starting point.
    pub fn files(self) -> &'static [StarterFile] {
        match self {
            Self::Python => PYTHON,
            Self::Javascript => JAVASCRIPT,
            Self::Go => GO,
            Self::Rust => RUST,
            Self::Java => JAVA,
        }
    }

    /// The command that builds an adapter in this folder, as it is typed; `None` where nothing is built.
    pub fn build(self, folder: &Path) -> Option<String> {
        let place = |name: &str| typed(&folder.join(name));
        match self {
            Self::Python | Self::Javascript | Self::Java => None,
            // Built, and not `go run`: that takes as long as the compiler does, and hides the exit status.
            Self::Go => Some(format!("go build -C {} -o adapter .", typed(folder))),
            Self::Rust => Some(format!(
                "cargo build --release --manifest-path {} --target-dir {}",
                place("Cargo.toml"),
                place("target")
            )),
        }
    }

    /// The command that runs an adapter in this folder, as it is typed.
    pub fn run(self, folder: &Path) -> String {
        let place = |name: &str| typed(&folder.join(name));
        match self {
            Self::Python => format!("python3 {}", place("adapter.py")),
            Self::Javascript => format!("node {}", place("adapter.mjs")),
            Self::Go => program(folder, "adapter"),
            Self::Rust => program(folder, "target/release/scope-adapter"),
            Self::Java => format!("java {}", place("Adapter.java")),
        }
    }
}

/// A path as it is typed.
fn typed(path: &Path) -> String {
    quoted(&path.display().to_string())
}

/// A program as it is typed: a name without a folder would be looked for elsewhere.
fn program(folder: &Path, name: &str) -> String {
    let path = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() };
    typed(&path.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_says_how_it_is_built_and_run() {
        let commands: Vec<String> = Language::ALL
            .into_iter()
            .flat_map(|language| {
                let folder = Path::new("my adapter");
                [language.build(folder).unwrap_or_default(), language.run(folder)]
            })
            .collect();
        insta::assert_snapshot!(commands.join("\n"), @r"

        python3 'my adapter/adapter.py'

        node 'my adapter/adapter.mjs'
        go build -C 'my adapter' -o adapter .
        'my adapter/adapter'
        cargo build --release --manifest-path 'my adapter/Cargo.toml' --target-dir 'my adapter/target'
        'my adapter/target/release/scope-adapter'

        java 'my adapter/Adapter.java'
        ");
        assert_eq!(Language::Go.run(Path::new(".")), "./adapter");
    }

    #[test]
    fn a_starting_point_says_where_the_library_and_the_next_operation_go() {
        for language in Language::ALL {
            let text: String = language.files().iter().map(|file| file.text).collect();
            for words in [
                "Replace this by your library's call",
                "The next one goes here",
                "\"parse\"",
                "RFC 6749 section 3.3",
            ] {
                assert!(text.contains(words), "{language:?} does not say `{words}`");
            }
        }
    }
}
