//! Durations as people write them: `500ms`, `20s`, `2m`.

use std::time::Duration;

/// Reads a whole number with its unit: `ms`, `s`, `m` or `h`.
pub fn parse_duration(text: &str) -> Result<Duration, DurationError> {
    let error = || DurationError { text: text.to_owned() };
    let unit_at = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(error)?;
    let (digits, unit) = text.split_at(unit_at);
    let count: u64 = digits.parse().map_err(|_| error())?;
    let milliseconds = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return Err(error()),
    };
    match count.checked_mul(milliseconds) {
        // A limit of zero would end everything before it starts, and one of more than a year is none.
        Some(total @ 1..=31_536_000_000) => Ok(Duration::from_millis(total)),
        _ => Err(error()),
    }
}

/// Text that is no duration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is no duration; write a whole number above zero with its unit, such as `500ms`, `20s`, `2m` or `1h`"
)]
pub struct DurationError {
    /// What was written.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_a_number_with_its_unit() {
        assert_eq!(parse_duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(parse_duration("20s"), Ok(Duration::from_secs(20)));
        assert_eq!(parse_duration("2m"), Ok(Duration::from_mins(2)));
        assert_eq!(parse_duration("1h"), Ok(Duration::from_hours(1)));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in
            ["", "20", "s", "20 s", "-1s", "1.5s", "0s", "20S", "1d", "99999999999999999999s", "9999999h"]
        {
            assert!(parse_duration(text).is_err(), "{text:?}");
        }
        insta::assert_snapshot!(parse_duration("20").unwrap_err(),
            @"`20` is no duration; write a whole number above zero with its unit, such as `500ms`, `20s`, `2m` or `1h`");
    }
}
