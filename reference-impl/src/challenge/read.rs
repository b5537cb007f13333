//! The list of challenges.

use super::error::{ChallengeError, Trouble};
use super::model::{Challenge, Content, Parameter, Part};
use super::scan::Scan;

/// Reads the value of a `WWW-Authenticate` field, or of several that were joined by commas.
///
/// A comma separates both challenges and parameters: what follows it is a parameter if an equals sign comes after the
/// name, and a scheme if not. Each byte is looked at a bounded number of times.
pub fn read_challenges(text: &str) -> Result<Vec<Challenge>, ChallengeError> {
    let mut scan = Scan::new(text);
    let mut challenges: Vec<Challenge> = Vec::new();
    scan.commas();
    while !scan.at_end() {
        let name = scan.token().ok_or_else(|| scan.error(Trouble::NoName))?;
        let spaces = scan.white_space();
        if scan.take('=') {
            let offset = name.span.start;
            let parameter = value_of(&mut scan, name)?;
            match challenges.last_mut().map(|challenge| &mut challenge.content) {
                Some(Content::Parameters(parameters)) => parameters.push(parameter),
                _ => return Err(ChallengeError { offset, trouble: Trouble::NoScheme }),
            }
        } else {
            challenges.push(Challenge { scheme: name, content: content_of(&mut scan, spaces)? });
        }
        scan.white_space();
        if !scan.commas() && !scan.at_end() {
            return Err(scan.error(Trouble::NoComma));
        }
    }
    for challenge in &mut challenges {
        if challenge.parameters().is_empty() && matches!(challenge.content, Content::Parameters(_)) {
            challenge.content = Content::Nothing;
        }
    }
    Ok(challenges)
}

/// What follows a scheme on its own side of the next comma. Without a space nothing can follow; with one there may be
/// parameters, even beyond commas.
fn content_of(scan: &mut Scan<'_>, spaces: usize) -> Result<Content, ChallengeError> {
    if spaces == 0 {
        return if scan.at_boundary() { Ok(Content::Nothing) } else { Err(scan.error(Trouble::NoName)) };
    }
    if scan.at_boundary() {
        return Ok(Content::Parameters(Vec::new()));
    }
    if let Some(blob) = scan.token68() {
        return Ok(Content::Token68(blob));
    }
    let name = scan.token().ok_or_else(|| scan.error(Trouble::NoName))?;
    scan.white_space();
    if !scan.take('=') {
        return Err(scan.error(Trouble::NoComma));
    }
    Ok(Content::Parameters(vec![value_of(scan, name)?]))
}

/// The value of a parameter, a token or a quoted string.
fn value_of(scan: &mut Scan<'_>, name: Part) -> Result<Parameter, ChallengeError> {
    scan.white_space();
    if scan.rest().starts_with('"') {
        return Ok(Parameter { name, value: scan.quoted()?, quoted: true });
    }
    let value = scan.token().ok_or_else(|| scan.error(Trouble::NoValue))?;
    Ok(Parameter { name, value, quoted: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The challenges on one line each: scheme, then `name=value` with offsets, or the blob.
    fn shown(text: &str) -> String {
        let challenges = match read_challenges(text) {
            Ok(challenges) => challenges,
            Err(error) => return format!("error: {error}"),
        };
        let lines = challenges.iter().map(|challenge| {
            let scheme = format!("{}@{}", challenge.scheme.text, challenge.scheme.span.start);
            match &challenge.content {
                Content::Nothing => scheme,
                Content::Token68(blob) => format!("{scheme} <{}>@{}", blob.text, blob.span.start),
                Content::Parameters(parameters) => parameters.iter().fold(scheme, |line, parameter| {
                    let (name, value) = (&parameter.name, &parameter.value);
                    let quote = if parameter.quoted { "\"" } else { "" };
                    format!(
                        "{line} {}@{}={quote}{}{quote}@{:?}",
                        name.text, name.span.start, value.text, value.span
                    )
                }),
            }
        });
        lines.collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn the_grammar_of_rfc_9110_is_read_with_offsets() {
        let texts = [
            "",
            " , ,",
            "Bearer",
            "Bearer ",
            "bEaReR ReAlM=x",
            r#"Bearer realm="a, b", scope="c d""#,
            r#"Bearer realm="a \"q\" \\ \x""#,
            r#"Basic realm="x",, , Bearer scope="a" ,error = invalid_token"#,
            r"Negotiate, Bearer scope=a",
            r"Negotiate YWJj=, Bearer scope=a",
            "Digest abc==  ,X",
            r#"Bearer , scope="a""#,
            r"Bearer a=1, a=2, A=3",
            r#"Bearer realm="é	tab""#,
        ];
        let told = texts.map(|text| format!("{text:?}\n    {}", shown(text)));
        insta::assert_snapshot!(told.join("\n"));
    }

    #[test]
    fn what_leaves_the_grammar_is_told_with_its_offset() {
        let texts = [
            "=",
            "\"x\"",
            "scope=\"a\"",
            "Basic abc=, realm=\"x\"",
            "Bearer,realm=\"x\"",
            "Bearer scope=",
            "Bearer scope=,x=y",
            "Bearer scope=\"a",
            "Bearer scope=\"a\\",
            "Bearer scope=\"a\" error=x",
            "Bearer scope=\"a\"x",
            "Bearer a b",
            "Bearer scope=\"a\nb\"",
            "Bearer scope=é",
            "Bearer\u{0}",
        ];
        let told = texts.map(|text| format!("{text:?}\n    {}", shown(text)));
        insta::assert_snapshot!(told.join("\n"));
    }

    #[test]
    fn ten_thousand_parameters_are_read_in_no_time() {
        let text = format!("Bearer {}", vec!["scope=a"; 10_000].join(", "));
        let challenges = read_challenges(&text).unwrap();
        assert_eq!(challenges[0].parameters().len(), 10_000);
        assert_eq!(challenges[0].repeated().unwrap().name.span.start, 16);
        let commas = ",".repeat(1024 * 1024);
        assert!(read_challenges(&commas).unwrap().is_empty());
        let schemes = "a ".repeat(100_000);
        assert!(read_challenges(&schemes).is_err());
        assert_eq!(read_challenges(&"a,".repeat(100_000)).unwrap().len(), 100_000);
    }
}
