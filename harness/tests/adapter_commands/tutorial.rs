//! The tutorial on adapters, gone through from its beginning to its end: every file is written, every command typed, and what is printed
//! is what stands there.

use std::{env, fs, path::Path, process::Command};

use crate::support::{finish, is_there};

/// The folder of the targets, where the tutorial lies.
fn tutorial() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("targets/ADAPTERS.md");
    fs::read_to_string(path).unwrap()
}

/// The blocks of code, each with the words behind its fence.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(words) => {
                open = true;
                blocks.push((words.to_owned(), String::new()));
            }
            None if open => blocks.last_mut().unwrap().1.extend([line, "\n"]),
            None => {}
        }
    }
    blocks
}

/// Writes a file, or changes it: `NAME`, `NAME after LINE`, `NAME before LINE`, `NAME instead LINE`, a line by its beginning.
fn write(folder: &Path, words: &str, text: &str) {
    let (name, place) = words.split_once(' ').unwrap_or((words, ""));
    let path = folder.join(name);
    let Some((how, beginning)) = place.split_once(' ') else {
        fs::write(path, text).unwrap();
        return;
    };
    let before = fs::read_to_string(&path).unwrap();
    let mut after = String::new();
    let mut found = false;
    for line in before.lines() {
        let here = line.trim_start().starts_with(beginning);
        found |= here;
        let line = [line, "\n"].concat();
        match how {
            "before" if here => after.extend([text, &line]),
            "after" if here => after.extend([&line, text]),
            "instead" if here => after.push_str(text),
            _ => after.push_str(&line),
        }
    }
    assert!(found, "no line of {name} begins with `{beginning}`");
    fs::write(path, after).unwrap();
}

/// A line without what changes with every new case: numbers, and the width of a column of them.
fn bare(line: &str) -> String {
    let digits: String = line.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let words: Vec<&str> = digits.split_whitespace().collect();
    let mut bare = words.join(" ");
    while bare.contains("00") {
        bare = bare.replace("00", "0");
    }
    bare
}

/// Whether what was said is what stands there, where `...` stands for any number of lines.
fn is_as_told(told: &[String], said: &[String]) -> bool {
    match told.split_first() {
        None => said.is_empty(),
        Some((line, rest)) if line == "..." => {
            (0..=said.len()).any(|skipped| is_as_told(rest, &said[skipped..]))
        }
        Some((line, rest)) => {
            said.split_first().is_some_and(|(first, others)| first == line && is_as_told(rest, others))
        }
    }
}

#[test]
fn the_tutorial_goes_as_it_says() {
    if !is_there("python3") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_scopecheck"));
    let path = env::var_os("PATH").unwrap_or_default();
    let places = program.parent().map(Path::to_owned).into_iter().chain(env::split_paths(&path));
    let path = env::join_paths(places).unwrap();
    let mut typed = 0;
    for (words, text) in blocks(&tutorial()) {
        match words.split_once(' ').unwrap_or((&words, "")) {
            ("python" | "toml", file) if !file.is_empty() => write(folder.path(), file, &text),
            ("console", _) => {
                let (line, told) = text.split_once('\n').unwrap();
                let mut shell = Command::new("sh");
                // Where this is set, Python does not buffer, and the first mistake is none.
                shell
                    .args(["-c", line.strip_prefix("$ ").unwrap()])
                    .env("PATH", &path)
                    .env_remove("PYTHONUNBUFFERED");
                let said = finish(shell, folder.path());
                let lines = |text: &str| text.lines().map(bare).collect::<Vec<_>>();
                let all = format!("{}{}", said.stdout, said.stderr);
                assert!(is_as_told(&lines(told), &lines(&all)), "{line}\n--- told\n{told}\n--- said\n{all}");
                typed += 1;
            }
            _ => {}
        }
    }
    assert!(typed > 9, "only {typed} commands were found");
}
