//! The two views of profile `cli-engine`, which are stored apart and can disagree outside the grammar.

use crate::claims::split_white_space;

/// The scopes of a command as that system keeps them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ViewsOfCliEngine {
    /// The list, as it was given.
    pub list: Vec<String>,
    /// The metadata key `scopes`.
    pub joined: Option<String>,
}

impl ViewsOfCliEngine {
    /// `set_scopes`: the list verbatim, and the key absent only for an empty list (MD-01).
    pub fn set_scopes(&mut self, scopes: &[String]) {
        self.joined = if scopes.is_empty() { None } else { Some(scopes.join(" ")) };
        self.list = scopes.to_vec();
    }

    /// `CommandSpec.with_scopes`: the joined text only, from which the list is split (MD-02).
    pub fn with_scopes(&mut self, scopes: &[String]) {
        self.with_joined(Some(scopes.join(" ")).filter(|joined| !joined.is_empty()));
    }

    /// The key itself; the last writer wins (MD-02).
    pub fn with_joined(&mut self, joined: Option<String>) {
        self.list = joined.iter().flat_map(|text| split_white_space(text)).map(str::to_owned).collect();
        self.joined = joined;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_examples_of_md_01_hold() {
        for (list, joined) in
            [(&["a", "b"][..], Some("a b")), (&[], None), (&["a b"], Some("a b")), (&[""], Some(""))]
        {
            let mut views = ViewsOfCliEngine::default();
            views.set_scopes(&texts(list));
            assert_eq!((views.list, views.joined.as_deref()), (texts(list), joined));
        }
    }

    #[test]
    fn the_examples_of_md_02_hold() {
        for (given, joined, list) in [
            (
                &["commerce.business:read", "x:y"][..],
                Some("commerce.business:read x:y"),
                &["commerce.business:read", "x:y"][..],
            ),
            (&[], None, &[]),
            (&[""], None, &[]),
            (&["", ""], Some(" "), &[]),
            (&["a b"], Some("a b"), &["a", "b"]),
            (&["a", "a"], Some("a a"), &["a", "a"]),
        ] {
            let mut views = ViewsOfCliEngine::default();
            views.with_scopes(&texts(&["before"]));
            views.with_scopes(&texts(given));
            assert_eq!((views.list, views.joined.as_deref()), (texts(list), joined));
        }
    }
}
