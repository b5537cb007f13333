//! What a client has stored is spoilt between two of its runs. Nothing is known of it but that it is JSON, in files somewhere below one folder.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

/// Larger files are no records of tokens.
const CAP: u64 = 1024 * 1024;
/// Folders that lie deeper are not looked into.
const DEPTH: usize = 16;
const SCOPES: &str = "scopes";

/// Spoils the files of JSON below a folder that hold one of these secrets, by a word of the vocabulary, and tells how many. What holds none is no
/// record of a token; files that the word says nothing of stay as they are.
pub(super) fn spoil(folder: &Path, how: &str, secrets: &[String]) -> io::Result<usize> {
    let mut spoilt = 0;
    for path in files(folder, DEPTH)? {
        let octets = fs::read(&path)?;
        let text = String::from_utf8_lossy(&octets);
        if !secrets.iter().any(|secret| text.contains(secret.as_str())) {
            continue;
        }
        let Ok(value @ (Value::Object(_) | Value::Array(_))) = serde_json::from_slice(&octets) else {
            continue;
        };
        let text = match how {
            "cut" => octets[..octets.len() / 2].to_vec(),
            "foreign" => {
                json!({ "profiles": [{ "name": "default", "colour": true }] }).to_string().into_bytes()
            }
            "without-scopes" => changed(value, None).unwrap_or(octets.clone()),
            "null-scopes" => changed(value, Some(&Value::Null)).unwrap_or(octets.clone()),
            _ => {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidInput,
                    format!("`{how}` is no word about stored files"),
                ));
            }
        };
        if text != octets {
            // Written where it stands: owner and rights are kept.
            fs::write(&path, text)?;
            spoilt += 1;
        }
    }
    Ok(spoilt)
}

/// The regular files below a folder, in the order of their names. Links are not followed.
fn files(folder: &Path, depth: usize) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        if about.is_dir() && depth > 0 {
            found.extend(files(&entry.path(), depth - 1)?);
        } else if about.is_file() && about.len() <= CAP {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// The text of a value in which each member `scopes`, at any depth, is this value or none; nothing if there is no such member.
fn changed(mut value: Value, new: Option<&Value>) -> Option<Vec<u8>> {
    change(&mut value, new).then(|| value.to_string().into_bytes())
}

fn change(value: &mut Value, new: Option<&Value>) -> bool {
    match value {
        Value::Object(members) => {
            let mut done = members.contains_key(SCOPES);
            match (members.get_mut(SCOPES), new) {
                (Some(held), Some(new)) => held.clone_from(new),
                _ => drop(members.remove(SCOPES)),
            }
            for member in members.values_mut() {
                done |= change(member, new);
            }
            done
        }
        // All of them, also behind one that was changed.
        Value::Array(items) => {
            let mut done = false;
            for item in items {
                done |= change(item, new);
            }
            done
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_json_is_spoilt_wherever_it_lies() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("app").join("credentials");
        fs::create_dir_all(&below).unwrap();
        let token = below.join("main.json");
        fs::write(folder.path().join("app").join("lock"), "").unwrap();
        fs::write(folder.path().join("settings.toml"), "a = 1").unwrap();
        let after = |how: &str, text: &str| {
            fs::write(&token, text).unwrap();
            let spoilt = spoil(folder.path(), how, &["t-1".to_owned()]).unwrap();
            (spoilt, fs::read_to_string(&token).unwrap())
        };
        let text = r#"{"a":[{"scopes":["x"],"t":"t-1"}],"scopes":["y"]}"#;
        assert_eq!(after("cut", text), (1, text[..text.len() / 2].to_owned()));
        assert_eq!(after("without-scopes", text), (1, r#"{"a":[{"t":"t-1"}]}"#.to_owned()));
        assert_eq!(
            after("null-scopes", text),
            (1, r#"{"a":[{"scopes":null,"t":"t-1"}],"scopes":null}"#.to_owned())
        );
        assert_eq!(after("without-scopes", "[\"t-1\"]"), (0, "[\"t-1\"]".to_owned()));
        assert_eq!(after("foreign", "t-1"), (0, "t-1".to_owned()));
        assert!(serde_json::from_str::<Value>(&after("foreign", "[\"t-1\"]").1).unwrap().is_object());
        assert_eq!(after("cut", "{\"colour\":1}"), (0, "{\"colour\":1}".to_owned()), "no record of a token");
        fs::write(&token, "[\"t-1\"]").unwrap();
        assert!(spoil(folder.path(), "burnt", &["t-1".to_owned()]).is_err());
    }
}
