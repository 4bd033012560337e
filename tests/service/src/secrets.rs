//! Ids, tokens and client secrets: how they are made, and what of them is stored.
//!
//! - An **access token** is only ever compared, so its SHA-256 is stored. It is 128 random bits, which nobody guesses from a fast hash:
//!   the slow hashes of passwords would only make each request slow.
//! - A **client secret** is shown to its owner again, by the API's own rules, so a hash won't do. It is encrypted with
//!   XChaCha20-Poly1305 under a key that isn't in the database: who steals a dump of it has no secrets. The id of the app is authenticated
//!   with it, so that a secret that was copied to the row of another app isn't accepted there. Several keys may be given: the first
//!   encrypts, all decrypt, so that keys can be replaced.

use std::fmt;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The bytes of a nonce, which are random: with 192 bits they don't repeat.
const NONCE: usize = 24;

/// The bytes that tell which key encrypted a secret.
const KEY_ID: usize = 4;

/// The letters of Mattermost's ids: those of z-base-32.
const ALPHABET: &[u8; 32] = b"ybndrfg8ejkmcpqxot1uwisza345h769";

/// Random bytes of the operating system.
///
/// # Panics
/// If it has none, and nothing that needs them would be safe.
fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system has random numbers");
    bytes
}

/// Makes an id, token or secret: 128 random bits as 26 letters and digits.
pub fn new_id() -> String {
    let bits = u128::from_le_bytes(random());
    let letter = |index: u32| char::from(ALPHABET[(bits >> (5 * index)) as usize & 31]);
    (0..26).map(letter).collect()
}

/// Whether a text has the form of an id: 26 letters or digits.
pub fn is_id(text: &str) -> bool {
    text.len() == 26 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// What is stored of a token.
pub fn token_hash(token: &str) -> String {
    hex(&Sha256::digest(token))
}

/// Whether two hashes of tokens are the same, in a time that doesn't depend on where they differ.
pub fn is_same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

/// Error returned when a stored secret can't be decrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a stored secret can't be decrypted with the keys that are configured")
    }
}

impl std::error::Error for Unreadable {}

/// The keys of client secrets.
#[derive(Clone)]
pub struct Keyring(Vec<(u32, XChaCha20Poly1305)>);

impl Keyring {
    /// A keyring of a first key and, possibly, of older ones.
    pub fn new(first: [u8; 32], older: &[[u8; 32]]) -> Self {
        let keys = std::iter::once(&first).chain(older);
        Self(keys.map(|key| (key_id(key), cipher(key))).collect())
    }

    /// A new key, in hexadecimal.
    pub fn new_key() -> String {
        hex(&random::<32>())
    }

    /// Encrypts a secret of `owner`.
    ///
    /// # Panics
    /// If the secret has more than 256 GiB.
    pub fn seal(&self, owner: &str, secret: &str) -> String {
        let (id, cipher) = &self.0[0];
        let nonce = random::<NONCE>();
        let payload = Payload {
            msg: secret.as_bytes(),
            aad: owner.as_bytes(),
        };
        let sealed = cipher
            .encrypt(&XNonce::from(nonce), payload)
            .expect("a secret is short");
        hex(&[&id.to_be_bytes()[..], &nonce, &sealed].concat())
    }

    /// Decrypts a secret of `owner`.
    ///
    /// # Errors
    /// If no key fits, or the text was changed or is another owner's.
    pub fn open(&self, owner: &str, sealed: &str) -> Result<String, Unreadable> {
        let bytes = unhex(sealed).ok_or(Unreadable)?;
        let (id, rest) = bytes.split_first_chunk::<KEY_ID>().ok_or(Unreadable)?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or(Unreadable)?;
        let payload = Payload {
            msg: sealed,
            aad: owner.as_bytes(),
        };
        let wanted = u32::from_be_bytes(*id);
        let (_, cipher) = self
            .0
            .iter()
            .find(|key| key.0 == wanted)
            .ok_or(Unreadable)?;
        let secret = cipher.decrypt(&XNonce::from(*nonce), payload);
        let secret = secret.map_err(|_| Unreadable)?;
        String::from_utf8(secret).map_err(|_| Unreadable)
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Keyring").field(&self.0.len()).finish()
    }
}

fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(*key))
}

/// A number that tells keys apart and says nothing about them.
fn key_id(key: &[u8; 32]) -> u32 {
    let hash = Sha256::new()
        .chain_update("key id of ")
        .chain_update(key)
        .finalize();
    u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]])
}

/// Reads a key of 64 hexadecimal digits.
pub fn key(text: &str) -> Option<[u8; 32]> {
    unhex(text)?.try_into().ok()
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value)]);
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(digit).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |digit: u8| {
        char::from(digit)
            .to_digit(16)
            .and_then(|it| u8::try_from(it).ok())
    };
    let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_26_letters_or_digits_and_differ() {
        let ids: std::collections::BTreeSet<String> = (0..1000).map(|_| new_id()).collect();
        assert_eq!(ids.len(), 1000);
        assert!(ids.iter().all(|id| is_id(id)), "{ids:?}");
        assert!(!is_id("register") && !is_id("ybndrfg8ejkmcpqxot1uwisz_-") && !is_id(""));
    }

    #[test]
    fn a_secret_comes_back_only_for_its_owner_and_with_its_key() {
        let ring = Keyring::new([1; 32], &[]);
        let sealed = ring.seal("ann", "s3cret");
        assert!(!sealed.contains("s3cret"));
        assert_ne!(sealed, ring.seal("ann", "s3cret"), "nonces are random");
        assert_eq!(ring.open("ann", &sealed).as_deref(), Ok("s3cret"));
        assert_eq!(ring.open("bob", &sealed), Err(Unreadable));
        let other = Keyring::new([2; 32], &[]);
        assert_eq!(other.open("ann", &sealed), Err(Unreadable));
        let replaced = Keyring::new([2; 32], &[[1; 32]]);
        assert_eq!(replaced.open("ann", &sealed).as_deref(), Ok("s3cret"));
        for broken in [
            "",
            "00",
            "zz",
            &sealed[..sealed.len() - 2],
            &sealed.replace(['0', '1'], "2"),
        ] {
            assert_eq!(ring.open("ann", broken), Err(Unreadable), "{broken}");
        }
        assert_eq!(format!("{ring:?}"), "Keyring(1)");
    }

    #[test]
    fn a_key_is_64_hexadecimal_digits() {
        assert!(key(&Keyring::new_key()).is_some());
        for bad in ["", "00", &"g".repeat(64), &"0".repeat(63), &"0".repeat(66)] {
            assert_eq!(key(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_token_is_compared_by_its_hash() {
        let hash = token_hash("secret");
        assert_eq!(hash.len(), 64);
        assert!(is_same(&hash, &token_hash("secret")));
        assert!(!is_same(&hash, &token_hash("Secret")));
    }
}
