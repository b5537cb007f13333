//! The issuer: an address, and a loopback one for what we start ourselves.

use std::borrow::Cow;

use scopecheck_scenarios::{error::SourceFile, model::Word, nearest::nearest};
use url::{Host, Url};

use super::super::{
    mistake::Mistake,
    placeholder::{PLACEHOLDERS, PlaceholderError, fill},
};

/// Checks an issuer and gives it back as written. `started` tells whether a command of ours starts what stands there.
pub(super) fn issuer(source: &SourceFile, word: &Word, started: bool) -> Result<String, Mistake> {
    let at = |message: String| Mistake::at(source, word.span.clone(), message);
    // Any port will do to see whether the rest is an address.
    let value = |name: &str| (started && name == "port").then_some(Cow::Borrowed("1"));
    let filled = fill(&word.value, value).map_err(|error| match error {
        PlaceholderError::Unknown(name) if name == "port" => at("`{port}` has no value here".to_owned())
            .help("`{port}` is the port that `start` is given; write the real port, or add `start`"),
        other => placeholder(source, word, &other, &["port"]),
    })?;
    let Some(url) =
        Url::parse(&filled).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
    else {
        return Err(
            at(format!("`{word}` is no issuer")).help("write an address such as `http://127.0.0.1:{port}`")
        );
    };
    if url.query().is_some() || url.fragment().is_some() {
        return Err(at("an issuer has neither query nor fragment (RFC 8414 section 2)".to_owned())
            .help("cut it before the `?` or the `#`"));
    }
    if started && !is_loopback(&url) {
        return Err(at(format!("`{}` is not an address of this machine", url.host_str().unwrap_or_default())).help(
            "what `start` starts is reached at 127.0.0.1, [::1] or localhost only; leave `start` out to test something elsewhere",
        ));
    }
    Ok(word.value.clone())
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// A placeholder that cannot be filled in.
pub(super) fn placeholder(
    source: &SourceFile,
    word: &Word,
    error: &PlaceholderError,
    known: &[&str],
) -> Mistake {
    let listed: Vec<String> = known.iter().map(|name| format!("`{{{name}}}`")).collect();
    let listed = match listed.split_last() {
        Some((last, head)) if !head.is_empty() => format!("{} and {last}", head.join(", ")),
        _ => listed.concat(),
    };
    let (message, help) = match error {
        PlaceholderError::Unknown(name) => {
            let near = nearest(name, PLACEHOLDERS.into_iter().chain(known.iter().copied()), 1);
            let help = match near.first() {
                Some(near) if known.contains(near) => format!("did you mean `{{{near}}}`?"),
                _ => format!("what can stand here is {listed}; a brace itself is written `{{{{`"),
            };
            (format!("`{{{name}}}` has no value here"), help)
        }
        PlaceholderError::Lonely => {
            ("a brace without its partner".to_owned(), "a brace itself is written `{{` or `}}`".to_owned())
        }
    };
    Mistake::at(source, word.span.clone(), message).help(help)
}
