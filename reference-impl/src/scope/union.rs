//! Union and difference of two lists of scopes, at linear cost.
//!
//! Both work on lists as they come: neither checks the grammar, drops empty texts, nor changes its input (UN-02).

use std::collections::HashSet;

use super::seen::Seen;

/// The union of any number of lists: each scope where it first occurs, borrowed from its list.
pub fn distinct_scopes<'a, S: AsRef<str>>(lists: &[&'a [S]]) -> Vec<&'a str> {
    let mut scopes = Vec::with_capacity(lists.iter().map(|list| list.len()).sum());
    for list in lists {
        scopes.extend(list.iter().map(AsRef::as_ref));
    }
    keep_first(&mut scopes);
    scopes
}

/// Of equal scopes in a list the first stays.
pub(super) fn keep_first(scopes: &mut Vec<&str>) {
    let mut seen = Seen::with_room(scopes.len());
    scopes.retain(|scope| seen.insert(scope));
}

/// The same, owned. Of three lists (defaults, granted, required) it is what a step-up asks for (UN-01, without that
/// contract's quirk of keeping duplicates of the first).
pub fn union_of<S: AsRef<str>>(lists: &[&[S]]) -> Vec<String> {
    owned(distinct_scopes(lists))
}

/// The scopes of `first`, then those that `second` adds; of equal ones the first stays (UN-02).
pub fn union_scopes<S: AsRef<str>>(first: &[S], second: &[S]) -> Vec<String> {
    union_of(&[first, second])
}

/// The scopes that both lists hold, in the order of `first` and without duplicates.
pub fn common_scopes<S: AsRef<str>>(first: &[S], second: &[S]) -> Vec<String> {
    let held: HashSet<&str> = second.iter().map(AsRef::as_ref).collect();
    let first = distinct_scopes(&[first]);
    owned(first.into_iter().filter(|scope| held.contains(scope)))
}

/// The scopes of `required` that `granted` does not hold, in the order of `required` and without duplicates.
pub fn missing_scopes<S: AsRef<str>>(granted: &[S], required: &[S]) -> Vec<String> {
    owned(missing_of(granted, required))
}

/// The same, borrowed from `required`.
pub(super) fn missing_of<'a, S: AsRef<str>>(granted: &'a [S], required: &'a [S]) -> Vec<&'a str> {
    let mut seen = Seen::with_room(granted.len() + required.len());
    for scope in granted {
        seen.insert(scope.as_ref());
    }
    let required = required.iter().map(AsRef::as_ref);
    required.filter(|scope| seen.insert(scope)).collect()
}

fn owned<'a>(scopes: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    scopes.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_examples_of_un_02_hold() {
        let table: &[(&[&str], &[&str], &[&str])] = &[
            (&[], &[], &[]),
            (&["openid", "profile"], &[], &["openid", "profile"]),
            (&[], &["openid", "email"], &["openid", "email"]),
            (&["openid"], &["openid", "profile", "email"], &["openid", "profile", "email"]),
            (
                &["openid", "profile"],
                &["email", "offline_access"],
                &["openid", "profile", "email", "offline_access"],
            ),
            (
                &["openid", "openid", "profile"],
                &["profile", "email", "email"],
                &["openid", "profile", "email"],
            ),
            (&[], &["openid", "profile", "openid"], &["openid", "profile"]),
            (&["", "openid"], &[], &["", "openid"]),
            (&["profile"], &["openid"], &["profile", "openid"]),
            (&["Read"], &["read"], &["Read", "read"]),
        ];
        for (first, second, union) in table {
            assert_eq!(union_scopes(first, second), *union, "{first:?} and {second:?}");
        }
    }

    #[test]
    fn the_examples_of_un_01_hold_without_its_quirk() {
        let table: &[([&[&str]; 3], &[&str])] = &[
            ([&["a", "b"], &["b", "c"], &["c", "d"]], &["a", "b", "c", "d"]),
            ([&[], &[], &["x", "x"]], &["x"]),
            ([&["a", "a"], &[], &["a"]], &["a"]),
            ([&["z", "a"], &["m"], &["b"]], &["z", "a", "m", "b"]),
            ([&["Read"], &[], &["read"]], &["Read", "read"]),
        ];
        for (lists, union) in table {
            assert_eq!(union_of(lists), *union, "{lists:?}");
        }
    }

    #[test]
    fn what_is_common_keeps_the_order_of_the_first_list() {
        assert_eq!(common_scopes(&["c", "a", "b", "a"], &["a", "c"]), ["c", "a"]);
        assert!(common_scopes(&["a"], &["A"]).is_empty());
    }

    #[test]
    fn what_is_missing_is_named_once() {
        assert_eq!(missing_scopes(&["b"], &["c", "b", "a", "c"]), ["c", "a"]);
        assert!(missing_scopes(&["a"], &[]).is_empty());
    }

    fn lists() -> impl Strategy<Value = Vec<String>> {
        // Few distinct tokens, so that the lists overlap, and more of them than are scanned for.
        prop::collection::vec("[a-e]{0,2}", 0..60)
    }

    proptest! {
        #[test]
        fn the_laws_of_un_04_hold(first in lists(), second in lists()) {
            let union = union_scopes(&first, &second);
            prop_assert_eq!(&union_scopes(&union, &second), &union);
            prop_assert_eq!(&union_scopes(&union, &first), &union);
            prop_assert!(first.iter().chain(&second).all(|scope| union.contains(scope)));
            prop_assert!(union.iter().all(|scope| first.contains(scope) || second.contains(scope)));
            prop_assert_eq!(&union_scopes(&union, &[]), &union);
            let alone = union_scopes(&first, &[]);
            prop_assert!(union.starts_with(&alone));
            prop_assert!(missing_scopes(&union, &first).is_empty());
            prop_assert_eq!(&union[alone.len()..], &missing_scopes(&first, &second)[..]);
        }
    }
}
