//! A `scope` string: reading it, writing it again, and the judge's reader beside it.

use scopecheck_reference::scope::ScopeSet;

use super::{judge, text};

/// Whatever the text is, it is read or refused at an offset inside it; what is read comes back the same when it is written and read again.
///
/// # Panics
///
/// Where one of that is not so: this is what the fuzzer looks for.
pub fn check(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let judged = judge::Scopes::read(text);
    match ScopeSet::parse(text) {
        Ok(set) => {
            let written = set.to_string();
            assert!(set.is_empty() || judge::keeps_grammar(&written), "what is written keeps the grammar");
            let again = ScopeSet::parse(&written).expect("what was written is read");
            assert!(again.iter().eq(set.iter()), "parse after serialize changes nothing");
            assert!(judged.iter().eq(set.iter()), "the judge reads the same tokens in the same order");
        }
        Err(error) => {
            assert!(error.offset() < text.len(), "the error points into the text");
            assert!(judged.iter().any(|token| !judge::is_token(token)), "the judge sees what was refused");
        }
    }
}
