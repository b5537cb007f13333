//! `application/x-www-form-urlencoded`, octet by octet (RFC 6749 appendix B).

/// How octets other than letters, digits and `-._~` are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Encoding {
    /// A space as `+`, the rest as `%XX`.
    #[default]
    Plus,
    /// A space as `%20`, the rest as `%XX`.
    Percent,
    /// Every octet as `%XX`.
    Full,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The name, as octets of its text.
    pub name: String,
    /// The value; an empty one is sent as `name=`.
    pub value: Vec<u8>,
    /// How the value is written.
    pub encoding: Encoding,
}

impl Pair {
    /// A parameter in the usual encoding.
    pub fn new(name: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), value: value.into(), encoding: Encoding::Plus }
    }
}

/// Writes parameters, joined by `&`.
pub fn encode(pairs: &[Pair]) -> String {
    let written: Vec<String> = pairs
        .iter()
        .map(|pair| {
            format!(
                "{}={}",
                encode_value(pair.name.as_bytes(), Encoding::Plus),
                encode_value(&pair.value, pair.encoding)
            )
        })
        .collect();
    written.join("&")
}

/// Writes one value.
pub fn encode_value(octets: &[u8], encoding: Encoding) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut written = String::with_capacity(octets.len());
    for &octet in octets {
        let plain = octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_' | b'~');
        match (encoding, octet) {
            (Encoding::Plus | Encoding::Percent, _) if plain => written.push(char::from(octet)),
            (Encoding::Plus, b' ') => written.push('+'),
            _ => {
                written.push('%');
                written.push(char::from(HEX[usize::from(octet >> 4)]));
                written.push(char::from(HEX[usize::from(octet & 15)]));
            }
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_encoding_writes_the_same_octets_in_its_own_way() {
        let octets = b"a b:+\xff";
        assert_eq!(encode_value(octets, Encoding::Plus), "a+b%3A%2B%FF");
        assert_eq!(encode_value(octets, Encoding::Percent), "a%20b%3A%2B%FF");
        assert_eq!(encode_value(b"a b", Encoding::Full), "%61%20%62");
    }

    #[test]
    fn repeated_and_valueless_parameters_are_kept() {
        assert_eq!(encode(&[Pair::new("scope", "a"), Pair::new("scope", "")]), "scope=a&scope=");
    }
}
