//! The breaches of the protocol that are told apart: what each is, what usually causes it, how it is mended.

use crate::library::Rule;

/// A kind of breach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The hello has no usable name.
    Nameless,
    /// The hello has no version.
    Versionless,
    /// The hello announces an operation that the protocol does not know.
    UnknownOperation,
    /// The hello declares a dialect that the protocol does not know.
    UnknownSemantics,
    /// The hello has a window that is no number from 1.
    BadWindow,
    /// One process says hello twice.
    SecondHello,
    /// A restarted adapter says something else of itself.
    OtherHello,
    /// A line is no JSON object.
    NotJson,
    /// A line is not UTF-8.
    NotUtf8,
    /// A line begins with a byte order mark.
    Mark,
    /// A line is too long.
    TooLong,
    /// A JSON object without a `seq`.
    NoSeq,
    /// A reply to a call that was never made.
    Unasked,
    /// A second reply to a call.
    Repeated,
    /// Not exactly one of the four members.
    Members,
    /// A member of the wrong type.
    Shape,
    /// No answer in time.
    Overrun,
    /// It died over a call.
    Crash,
    /// It died, and no call alone makes it do so.
    CrashTogether,
    /// Calls in flight together are not all answered, and each of them is when it is alone.
    LostTogether,
    /// It ended while nothing was asked of it.
    Left,
    /// It ended with another status than 0 after `bye`.
    Status,
    /// It did not end after `bye`.
    Stays,
}

impl Kind {
    /// The rule that is broken.
    pub(super) fn rule(self) -> Rule {
        match self {
            Self::Nameless
            | Self::Versionless
            | Self::UnknownOperation
            | Self::UnknownSemantics
            | Self::BadWindow
            | Self::SecondHello
            | Self::OtherHello => Rule::Hello,
            Self::NotJson | Self::NotUtf8 | Self::Mark | Self::TooLong => Rule::Lines,
            Self::NoSeq | Self::Unasked | Self::Repeated => Rule::Replies,
            Self::Members | Self::Shape => Rule::Members,
            Self::Overrun | Self::LostTogether => Rule::Time,
            Self::Crash | Self::CrashTogether | Self::Left => Rule::Life,
            Self::Status | Self::Stays => Rule::End,
        }
    }

    /// What usually causes it.
    pub(super) fn cause(self) -> &'static str {
        match self {
            Self::Nameless | Self::Versionless => "the member was left out, or is no string",
            Self::UnknownOperation => {
                "a spelling mistake, or a function of the library that the protocol has no operation for"
            }
            Self::UnknownSemantics => "a spelling mistake, or a choice that the protocol has no word for",
            Self::BadWindow => "`max_in_flight` is 0, negative or no integer",
            Self::SecondHello => {
                "the answer to `hello` is written for other lines as well, or by two parts of the adapter"
            }
            Self::OtherHello => "the hello depends on the time, on randomness or on a file that has changed",
            Self::NotJson => {
                "something prints to standard output: a leftover of debugging, a warning of the library, a log"
            }
            Self::NotUtf8 => "standard output is written in the encoding of the system, not in UTF-8",
            Self::Mark => "standard output is opened with an encoding that writes a byte order mark",
            Self::TooLong => "an answer grows without end, or lines are not ended",
            Self::NoSeq => "the reply does not repeat the `seq` of its call",
            Self::Unasked => {
                "the `seq` is made up, counted by the adapter itself, or written as a string or a float"
            }
            Self::Repeated => {
                "a handler writes its reply and the loop around it writes it once more, or an error is answered twice"
            }
            Self::Members => {
                "a reply says both an answer and an error, or neither of `ok`, `rejected`, `unsupported` and `crashed`"
            }
            Self::Shape => "the answer is written bare and not as the object that the protocol asks for",
            Self::Overrun => {
                "the reply stays in a buffer until more comes, or the library does not come to an end on this input"
            }
            Self::Crash => "an exception that the adapter does not catch, or a crash of the library itself",
            Self::CrashTogether => "memory that runs out, or calls that share a state",
            Self::LostTogether => {
                "what was read at once is taken for one message, though `max_in_flight` promises that it may be several"
            }
            Self::Left => {
                "the adapter reads one line and ends, or takes an empty pipe for the end of its input"
            }
            Self::Status => "an exception on the way out",
            Self::Stays => "the adapter does not know `bye`, or a thread of it keeps running",
        }
    }

    /// How it is usually mended.
    pub(super) fn mend(self) -> &'static str {
        match self {
            Self::Nameless => "give `hello` a `name`, the name of the library",
            Self::Versionless => "give `hello` a `version`, read from the installed library",
            Self::UnknownOperation => {
                "announce the operations of the protocol only; the table is in targets/ADAPTERS.md"
            }
            Self::UnknownSemantics => "declare only what the protocol knows, and leave out what is strict",
            Self::BadWindow => "leave `max_in_flight` out, or give a number from 1",
            Self::SecondHello => "answer `hello` once, when it comes",
            Self::OtherHello => "say the same each time",
            Self::NotJson => "write to standard error instead",
            Self::NotUtf8 => {
                "set the encoding of standard output to UTF-8, or escape everything that is not ASCII"
            }
            Self::Mark => "use UTF-8 without a byte order mark",
            Self::TooLong => "end each reply with a line feed, and keep it below 16 MiB",
            Self::NoSeq => "copy `seq` from the call into the reply, also where the call is refused",
            Self::Unasked => "copy `seq` from the call, as the integer that it is",
            Self::Repeated => "write exactly one line for each call",
            Self::Members => "answer with exactly one of the four members",
            Self::Shape => {
                "`ok` is an object with the members of the operation; the other three are objects with a text"
            }
            Self::Overrun => "flush standard output after each line; if it does, the library hangs here",
            Self::Crash => {
                "catch what the library throws: a refusal is `rejected`, anything else is `crashed` with its text"
            }
            Self::CrashTogether => "lower `max_in_flight`, and look for state that is shared between calls",
            Self::LostTogether => "read line by line; or announce `max_in_flight = 1`",
            Self::Left => "read lines until `bye` or the end of standard input",
            Self::Status => "end with exit status 0 after `bye`",
            Self::Stays => "end on `bye`, and at the end of standard input",
        }
    }
}
