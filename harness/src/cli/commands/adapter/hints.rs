//! What a line that is none of the protocol looks like, and what that says about its cause.

use serde_json::{Value, value::RawValue};

use super::{once::Once, seen::Problem};
use crate::library::{Breach, Rule};

/// How much of a sentence is shown where its middle is left out, in characters from each end.
const LONGEST: usize = 80;

/// What usually causes something, and how it is mended.
pub(super) type Hint = (&'static str, &'static str);

/// What a line of a stranger tells about itself; `None` where it tells nothing.
pub(super) fn of_line(line: &str) -> Option<Hint> {
    let line = line.trim();
    let begins_like_a_message = line.starts_with("{\"");
    if line.contains('\0') {
        return Some((
            "standard output is written in UTF-16",
            "write UTF-8, in so many words: the default of the system is another one here",
        ));
    }
    if line.starts_with("{'") {
        return Some((
            "a dictionary of Python is printed as Python writes it",
            "print `json.dumps(...)` of it",
        ));
    }
    if line.contains("\"suite\":") && begins_like_a_message {
        return Some((
            "the adapter gives back the line that it is sent",
            "answer `hello` with the name, the version and the operations of the library",
        ));
    }
    if begins_like_a_message && line.contains("\"operations\"") {
        return Some((
            "the announcement stands bare",
            "put it into a member `hello`: {\"hello\":{\"name\":\"...\",\"version\":\"...\",\"operations\":[...]}}",
        ));
    }
    let is_json_but_no_text =
        serde_json::from_str::<&RawValue>(line).is_ok() && serde_json::from_str::<Value>(line).is_err();
    if begins_like_a_message && (is_json_but_no_text || line.contains("\\ud8")) {
        return Some((
            "a string with half a surrogate pair is written as an escape such as \\ud800, and that is no text",
            "send a string that is no text as its octets, {\"hex\":\"...\"}",
        ));
    }
    let ends_open = ["{", "[", ","].iter().any(|end| line.ends_with(end));
    if matches!(line, "{" | "}" | "[" | "]") || (line.starts_with('"') && ends_open) {
        return Some((
            "a message is spread over several lines",
            "write each message on one line, without indentation",
        ));
    }
    None
}

/// A breach of the protocol as a problem, with the cause that its evidence tells.
pub(super) fn explained(breach: &Breach) -> Problem {
    let told = (breach.rule == Rule::Lines).then(|| of_line(&breach.evidence)).flatten();
    let left = (breach.rule == Rule::Life && breach.what.contains("exit status 0")).then_some((
        "the adapter ends by itself: it reads one line, or something ends its loop",
        "read line after line until `bye` or the end of standard input",
    ));
    let long = (breach.rule == Rule::Life && breach.what.contains(&"x".repeat(LONGEST))).then_some((
        "a line is read with a bound on its length, 64 KiB in some languages, and a long one is taken for several or for the end",
        "read lines of any length",
    ));
    let (cause, mend) = told.or(long).or(left).unwrap_or((breach.cause, breach.mend));
    // Some languages mark the place in a line of its own, which says nothing once the lines are moved.
    let says = |line: &&str| line.chars().any(|c| !matches!(c, ' ' | '^' | '~'));
    let seen = breach.evidence.lines().filter(says).map(str::to_owned);
    Problem {
        what: squeezed(&breach.what),
        seen: seen.collect(),
        cause: cause.to_owned(),
        mend: mend.to_owned(),
        times: breach.times,
        rule: Some(breach.rule),
    }
}

/// Where lines could not be read or belong to no call, the calls that were not answered are one consequence of that, and not each a problem.
pub(super) fn without_consequences(problems: &mut Vec<Problem>) {
    let unread = |problem: &Problem| matches!(problem.rule, Some(Rule::Lines | Rule::Replies));
    if !problems.iter().any(unread) {
        return;
    }
    let (late, mut others): (Vec<_>, Vec<_>) =
        std::mem::take(problems).into_iter().partition(|problem| problem.rule == Some(Rule::Time));
    let times = late.iter().map(|problem| problem.times).sum();
    if let Some(first) = late.into_iter().next() {
        others.push(Problem {
            cause: "the answer may be one of the lines above, which could not be read as one".to_owned(),
            mend: "mend what is above first".to_owned(),
            times,
            ..first
        });
    }
    *problems = others;
}

/// The same that is seen of several operations is one problem.
pub(super) fn merged(problems: Vec<Problem>) -> Vec<Problem> {
    let mut merged: Vec<(Problem, Vec<String>)> = Vec::new();
    for problem in problems {
        let alike = merged.iter_mut().find(|(first, _)| {
            matches!(problem.rule, Some(Rule::Life | Rule::Time))
                && (first.rule, &first.seen, &first.cause) == (problem.rule, &problem.seen, &problem.cause)
        });
        match (alike, problem.what.split('`').nth(1)) {
            (Some((first, others)), Some(op)) => {
                first.times += problem.times;
                others.push(format!("`{op}`"));
            }
            _ => merged.push((problem, Vec::new())),
        }
    }
    let with_others = merged.into_iter().map(|(mut problem, others)| {
        if !others.is_empty() {
            problem.what = format!("{}; likewise {}", problem.what, others.join(", "));
        }
        problem
    });
    with_others.collect()
}

/// A sentence without the middle of the long input in it.
fn squeezed(what: &str) -> String {
    let characters: Vec<char> = what.chars().collect();
    match (characters.get(..LONGEST), characters.get(characters.len().saturating_sub(LONGEST)..)) {
        (Some(first), Some(last)) if characters.len() > 3 * LONGEST => {
            first.iter().chain(&[' ', '.', '.', '.', ' ']).chain(last).collect()
        }
        _ => what.to_owned(),
    }
}

/// The problem of an adapter that says everything when it ends, and nothing before.
pub(super) fn buffered(first: String, command: &[String]) -> Problem {
    Problem {
        what: "what the adapter says only comes when its standard input is closed".to_owned(),
        seen: vec![first],
        cause: "standard output to a pipe is buffered, and what is written stays there until the end"
            .to_owned(),
        mend: format!("flush standard output after each line{}", how_to_flush(command)),
        times: 1,
        rule: Some(Rule::Time),
    }
}

/// The first line with this member in what was said in advance.
pub(super) fn first_with(once: &Once, member: &str) -> Option<String> {
    let named = format!("\"{member}\"");
    let texts = once.lines().map(|line| String::from_utf8_lossy(line).trim().to_owned());
    texts.into_iter().find(|line| line.contains(&named)).map(|line| line.chars().take(200).collect())
}

/// How it is done in the language that the command names; nothing where it names none.
pub(super) fn how_to_flush(command: &[String]) -> &'static str {
    const WAYS: &[(&str, &str)] = &[
        ("python", ": `print(line, flush=True)`, or `sys.stdout.flush()`"),
        ("ruby", ": `$stdout.sync = true`"),
        ("php", ": `fflush(STDOUT)`"),
        ("perl", ": `$| = 1`"),
        ("java", ": `writer.flush()`"),
        ("dotnet", ": `Console.Out.Flush()`"),
    ];
    let program = command.first().map(String::as_str).unwrap_or_default();
    let name = program.rsplit('/').next().unwrap_or_default();
    WAYS.iter().find(|(language, _)| name.starts_with(language)).map(|(_, way)| *way).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_what_it_comes_from() {
        let lines = [
            "{\0\"\0s\0e\0q\0",
            "{'seq': 1, 'ok': {'scopes': ['a']}}",
            r#"{"hello":{"protocol":1,"suite":"scopecheck 0.1.0"}}"#,
            r#"{"name":"x","operations":["parse"]}"#,
            r#"{"seq":1,"ok":{"scopes":["a\ud800"]}}"#,
            "{",
            r#"  "seq": 1,"#,
            r#"  "ok": {"#,
            "DEBUG calling parse",
            r#"{"seq":1"#,
        ];
        let told: Vec<String> = lines
            .iter()
            .map(|line| format!("{line:?}\n  {}", of_line(line).map_or("nothing", |(cause, _)| cause)))
            .collect();
        insta::assert_snapshot!(told.join("\n"));
    }

    #[test]
    fn flushing_is_explained_in_the_language_of_the_command() {
        let way = |program: &str| how_to_flush(&[program.to_owned(), "adapter".to_owned()]);
        assert_eq!(way("/usr/bin/python3.12"), ": `print(line, flush=True)`, or `sys.stdout.flush()`");
        assert_eq!(way("./adapter"), "");
        assert_eq!(how_to_flush(&[]), "");
    }
}
