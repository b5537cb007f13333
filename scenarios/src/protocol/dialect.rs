//! What a declared deviation means for the users of a library: a closed list, each point with a case of its own.

/// A point of [`crate::operations::SEMANTICS`] for which a value other than the strict one costs a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// As it is written in the `dialect` of a case.
    pub word: &'static str,
    /// The operations that it is about; a library that offers none of them has nothing to declare.
    pub ops: &'static [&'static str],
    /// The values other than the strict one.
    pub deviations: &'static [Deviation],
}

/// A value other than the strict one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deviation {
    /// As a library declares it.
    pub value: &'static str,
    /// What it means for those who use the library, one sentence.
    pub meaning: &'static str,
}

impl Point {
    /// What a value other than the strict one means; `None` for the strict one, and for what is no value.
    pub fn meaning(&self, value: &str) -> Option<&'static str> {
        let deviation = self.deviations.iter().find(|deviation| deviation.value == value)?;
        Some(deviation.meaning)
    }
}

const READERS: &[&str] = &["parse", "claims", "token", "recorded", "ensure_granted", "challenge"];

/// Every point, in the order of the semantics.
pub const POINTS: &[Point] = &[
    Point {
        word: "separators",
        ops: READERS,
        deviations: &[Deviation {
            value: "whitespace",
            meaning: "a string that holds a tab or a line break, which no scope may, is read as several scopes, while others refuse it or take it for one: \
                      what one side granted is not what the other reads",
        }],
    },
    Point {
        word: "duplicates",
        ops: &[
            "parse",
            "claims",
            "token",
            "union",
            "recorded",
            "plan_step_up",
            "expand_registration",
            "challenge",
        ],
        deviations: &[Deviation {
            value: "keep",
            meaning: "a scope that stands there twice stays twice, so equal sets come out as different lists: never tell from length or text whether \
                      anything was added or taken away",
        }],
    },
    Point {
        word: "claims",
        ops: &["claims", "token", "ensure_granted"],
        deviations: &[Deviation {
            value: "merge",
            meaning: "where `scope` and `scp` differ, both count: a token is read as more than either of its claims states",
        }],
    },
    Point {
        word: "malformed",
        ops: &[
            "parse",
            "serialize",
            "claims",
            "token",
            "recorded",
            "ensure_granted",
            "challenge",
            "emit_challenge",
        ],
        deviations: &[
            Deviation {
                value: "keep",
                meaning: "what is no scope is kept as one: it can be compared, stored and sent on, and whoever reads it next may refuse it or split it",
            },
            Deviation {
                value: "drop",
                meaning: "what is no scope vanishes without a word: a damaged list looks like a shorter one that is in order, and nobody is told",
            },
        ],
    },
    Point {
        word: "matching",
        ops: &["covers", "plan_step_up", "ensure_granted"],
        deviations: &[
            Deviation {
                value: "hierarchic",
                meaning: "a scope covers all that lie below it: every grant is wider than its text says, and wider than a server that compares whole scopes meant it",
            },
            Deviation {
                value: "wildcard",
                meaning: "a scope with `*` covers whole families: the character is legal in any scope, so a server that grants such a name as a name grants them all",
            },
        ],
    },
];

/// The point of that word.
pub fn find_point(word: &str) -> Option<&'static Point> {
    POINTS.iter().find(|point| point.word == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalog::Catalog, operations};

    #[test]
    fn every_deviation_is_a_value_of_the_semantics_and_none_is_forgotten() {
        for point in POINTS {
            let (_, values, _) = operations::SEMANTICS.iter().find(|(word, ..)| *word == point.word).unwrap();
            let deviations: Vec<&str> = point.deviations.iter().map(|deviation| deviation.value).collect();
            assert_eq!(deviations, values[1..], "{}", point.word);
            assert_eq!(point.meaning(values[0]), None, "the strict value costs nothing");
            for op in point.ops {
                assert!(operations::find(op).is_some_and(|op| !op.reference_only), "{op}");
            }
        }
    }

    #[test]
    fn a_point_is_about_every_operation_whose_vectors_depend_on_it() {
        let catalog = Catalog::embedded().unwrap();
        for vector in catalog.cases.values().filter_map(|loaded| loaded.case.vector.as_ref()) {
            for point in vector.under.keys().filter_map(|word| find_point(word)) {
                assert!(point.ops.contains(&vector.op.as_str()), "{} under {}", vector.id, point.word);
            }
        }
    }
}
