//! Whose contracts the library follows.

use crate::words::words;

words! {
    /// Whose contracts the library follows where they differ.
    #[derive(Default)]
    pub enum LibraryProfile: "library profile" {
        /// The standards, read strictly: the reference.
        #[default]
        Standard = "standard",
        /// The command-line client of `contracts.md` (system A, release 0.10.4), quirks included.
        CliEngine = "cli-engine",
        /// The embedded authorization server of `contracts.md` (systems B and F), quirks included.
        Toolhive = "toolhive",
    }
}
