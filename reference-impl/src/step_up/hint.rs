//! What to tell a person who must log in (SU-05).

/// A step-up that nobody is there to make.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "missing required scope(s): {}; run `{}` at a terminal",
    display_list(.missing),
    login_command(.program, .missing, .target)
)]
pub struct MissingScopes {
    /// The scopes that are required and not held.
    pub missing: Vec<String>,
    /// How the program is called, up to and including the verb that logs in.
    pub program: String,
    /// What follows the scopes: the URL or the environment to log in to.
    pub target: Vec<String>,
}

/// The command that asks for these scopes: one flag for each, quoted for a POSIX shell where it needs to be.
pub fn login_command(program: &str, missing: &[String], target: &[String]) -> String {
    let mut words = vec![program.to_owned()];
    for scope in missing {
        if scope.starts_with('-') {
            // Behind a space it would be taken for a flag.
            words.push(format!("--scope={}", shell_word(scope)));
            continue;
        }
        words.push("--scope".to_owned());
        words.push(shell_word(scope));
    }
    words.extend(target.iter().map(|word| shell_word(word)));
    words.join(" ")
}

/// A word as a POSIX shell reads it back: quoted unless every character of it is harmless.
pub fn shell_word(word: &str) -> String {
    let harmless = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./:@%+=,".contains(&byte);
    if !word.is_empty() && word.bytes().all(harmless) {
        return word.to_owned();
    }
    // Within single quotes everything stands for itself but the single quote.
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// Scopes as a person reads them: joined by a comma and a space (SU-05), and escaped, since a peer may have chosen
/// them.
pub(super) fn display_list(scopes: &[String]) -> String {
    let shown: Vec<String> = scopes.iter().map(|scope| scope.escape_debug().to_string()).collect();
    shown.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn each_scope_has_a_flag_of_its_own() {
        let error = MissingScopes {
            missing: texts(&["a", "https://api/x:write"]),
            program: "scopecheck reference client login".to_owned(),
            target: texts(&["http://127.0.0.1:8080/mcp"]),
        };
        insta::assert_snapshot!(error, @"missing required scope(s): a, https://api/x:write; run `scopecheck reference client login --scope a --scope https://api/x:write http://127.0.0.1:8080/mcp` at a terminal");
    }

    #[test]
    fn what_a_shell_would_take_apart_is_quoted() {
        let command = login_command("login", &texts(&["a;rm", "it's", "", "*", "a b", "$(x)"]), &[]);
        insta::assert_snapshot!(command, @r"login --scope 'a;rm' --scope 'it'\''s' --scope '' --scope '*' --scope 'a b' --scope '$(x)'");
    }
}
