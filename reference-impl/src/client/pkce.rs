//! Proof Key for Code Exchange (RFC 7636), method S256 and no other.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::outside::secret;

/// What one flow keeps to itself: the verifier, and the `state` that its answer has to bring back.
pub(super) struct Proof {
    /// 43 characters of base64url (RFC 7636 section 4.1).
    pub(super) verifier: String,
    /// 22 characters of base64url.
    pub(super) state: String,
}

impl Proof {
    /// A new one, which nobody can guess.
    pub(super) fn generate() -> Self {
        Self { verifier: secret::<32>(), state: secret::<16>() }
    }

    /// The challenge that goes with the verifier (RFC 7636 section 4.2).
    pub(super) fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(&self.verifier))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_7636_appendix_b_holds() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned();
        let proof = Proof { verifier, state: String::new() };
        assert_eq!(proof.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn two_flows_share_nothing() {
        let (one, other) = (Proof::generate(), Proof::generate());
        assert_eq!((one.verifier.len(), one.state.len()), (43, 22));
        assert_ne!(one.verifier, other.verifier);
        assert_ne!(one.state, other.state);
    }
}
