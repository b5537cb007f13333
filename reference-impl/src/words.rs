//! Closed lists of words: an enum whose values are written and read in one spelling.

/// A word that is not in the closed list that was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is no {kind}; use one of: {}", .known.join(", "))]
pub struct UnknownWord {
    /// What was given.
    pub given: String,
    /// What kind of word was expected, in words.
    pub kind: &'static str,
    /// The words that are known, in the order of their definition.
    pub known: Vec<&'static str>,
}

/// Defines an enum with one word for each value, together with `ALL`, `word`, `Display` and `FromStr`.
macro_rules! words {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident: $kind:literal {
            $($(#[$value_meta:meta])* $value:ident = $word:literal,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name {
            $($(#[$value_meta])* $value,)+
        }

        impl $name {
            /// All values, in the order of their definition.
            $vis const ALL: &'static [Self] = &[$(Self::$value,)+];

            /// The word of this value, as on the command line.
            $vis const fn word(self) -> &'static str {
                match self {
                    $(Self::$value => $word,)+
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, out: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                out.pad(self.word())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::words::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok(Self::$value),)+
                    _ => Err($crate::words::UnknownWord {
                        given: text.to_owned(),
                        kind: $kind,
                        known: vec![$($word,)+],
                    }),
                }
            }
        }
    };
}

pub(crate) use words;
