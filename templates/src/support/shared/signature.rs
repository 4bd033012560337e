//! Signatures of webhooks, by secrets that both sides share: those of Standard Webhooks, and of anything else that is an HMAC (RFC 2104). Needs
//! `base64_code.rs`; crates `hmac`, `sha1`, `sha2`. Clients and servers have a copy each.

use std::fmt::{self, Write};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::{base64_decoded, base64_encoded};

/// How old a message may be, or how far ahead its clock, unless something else is set: five minutes, as Standard Webhooks recommends.
const TOLERANCE: Duration = Duration::from_secs(300);

/// The most signatures of a message that are compared, so that nobody has a server compute thousands.
const MOST_SIGNATURES: usize = 16;

/// The hash function of an HMAC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureHash {
    /// SHA-1, which only what is old has.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

/// How the bytes of a signature are text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureText {
    /// Hexadecimal digits, in lower or upper case.
    Hex,
    /// Base64, with or without padding, in either alphabet.
    Base64,
}

/// What is signed, by which HMAC, and where in the headers the signature is.
#[derive(Debug, Clone)]
#[must_use = "a form does nothing until `Signatures::new` gets it"]
pub struct SignatureForm {
    header: HeaderName,
    layout: Layout,
    hash: SignatureHash,
    text: SignatureText,
    id: Option<HeaderName>,
    timestamp: Option<HeaderName>,
    content: String,
}

/// What is in the header with the signature.
#[derive(Debug, Clone)]
enum Layout {
    /// One signature, after a prefix: `sha256=…`.
    One(String),
    /// Named values separated by commas, of which one is the time: `t=…,v1=…,v1=…`.
    Pairs { time: String, signature: String },
    /// Signatures with a version, separated by spaces: `v1,… v1,…`.
    Versions(String),
}

impl SignatureForm {
    /// A header with the HMAC of the body by SHA-256, in hexadecimal digits.
    pub fn new(header: HeaderName) -> Self {
        Self {
            header,
            layout: Layout::One(String::new()),
            hash: SignatureHash::Sha256,
            text: SignatureText::Hex,
            id: None,
            timestamp: None,
            content: "{body}".to_owned(),
        }
    }

    /// That of [Standard Webhooks](https://www.standardwebhooks.com): `webhook-id`, `webhook-timestamp`, `webhook-signature: v1,…`.
    pub fn standard() -> Self {
        Self {
            layout: Layout::Versions("v1".to_owned()),
            text: SignatureText::Base64,
            id: Some(HeaderName::from_static("webhook-id")),
            timestamp: Some(HeaderName::from_static("webhook-timestamp")),
            content: "{id}.{timestamp}.{body}".to_owned(),
            ..Self::new(HeaderName::from_static("webhook-signature"))
        }
    }

    /// That of GitHub: `x-hub-signature-256: sha256=…`.
    pub fn github() -> Self {
        Self::new(HeaderName::from_static("x-hub-signature-256")).prefix("sha256=")
    }

    /// That of Stripe: `stripe-signature: t=…,v1=…`.
    pub fn stripe() -> Self {
        Self::new(HeaderName::from_static("stripe-signature"))
            .pairs("t", "v1")
            .content("{timestamp}.{body}")
    }

    /// That of Slack: `x-slack-signature: v0=…` and `x-slack-request-timestamp`.
    pub fn slack() -> Self {
        Self::new(HeaderName::from_static("x-slack-signature"))
            .prefix("v0=")
            .timestamp_header(HeaderName::from_static("x-slack-request-timestamp"))
            .content("v0:{timestamp}:{body}")
    }

    /// Sets the hash function. Default: SHA-256.
    pub fn hash(mut self, hash: SignatureHash) -> Self {
        self.hash = hash;
        self
    }

    /// Sets how the signature is text. Default: hexadecimal digits.
    pub fn text(mut self, text: SignatureText) -> Self {
        self.text = text;
        self
    }

    /// Sets what stands before the signature in its header, such as `sha256=`. Default: nothing.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.layout = Layout::One(prefix.into());
        self
    }

    /// Has the header consist of pairs separated by commas, of which one is the time and one or several are signatures: `t=…,v1=…`.
    pub fn pairs(mut self, time: impl Into<String>, signature: impl Into<String>) -> Self {
        self.layout = Layout::Pairs {
            time: time.into(),
            signature: signature.into(),
        };
        self
    }

    /// Sets the header with the time at which it was sent, in seconds since 1970. Default: none.
    pub fn timestamp_header(mut self, header: HeaderName) -> Self {
        self.timestamp = Some(header);
        self
    }

    /// Sets the header with the id of the message. Default: none.
    pub fn id_header(mut self, header: HeaderName) -> Self {
        self.id = Some(header);
        self
    }

    /// Sets what is signed: text with `{body}` and, where there are such, `{timestamp}` and `{id}`. Default: the body alone.
    ///
    /// A time that isn't signed is worth nothing, so it is checked only if it is part of this.
    pub fn content(mut self, content: impl Into<String>) -> Self {
        self.content = content.into();
        self
    }
}

/// Signs messages, and verifies signatures, by one secret or several.
///
/// ```text
/// let signatures = Signatures::standard(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])?;
/// let signatures = Signatures::new(SignatureForm::github(), [std::env::var("WEBHOOK_SECRET")?])?;
/// ```
///
/// With several secrets, any of them verifies. The first one signs, and where a message can have several signatures all do. So a secret is
/// changed without losing a message: the receiver gets the new one in addition, then the sender, then the old one is taken away.
#[derive(Clone)]
pub struct Signatures {
    form: SignatureForm,
    keys: Vec<Vec<u8>>,
    tolerance: Duration,
}

impl Signatures {
    /// Those of a form, by secrets whose bytes are the keys.
    ///
    /// # Errors
    /// There is no secret, or an empty one; or the form signs no body, or a time or an id that no header has.
    pub fn new(
        form: SignatureForm,
        secrets: impl IntoIterator<Item = impl AsRef<[u8]>>,
    ) -> Result<Self, SignatureError> {
        let keys = secrets.into_iter().map(|secret| secret.as_ref().to_vec());
        Self::of(form, keys.collect())
    }

    /// Those of [Standard Webhooks](https://www.standardwebhooks.com), by secrets in base64, with or without the prefix `whsec_`.
    ///
    /// # Errors
    /// There is no secret, or one isn't base64 or is empty.
    pub fn standard(
        secrets: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Result<Self, SignatureError> {
        let keys = secrets.into_iter().map(|secret| {
            let secret = secret.as_ref();
            base64_decoded(secret.strip_prefix("whsec_").unwrap_or(secret))
        });
        let keys: Option<Vec<_>> = keys.collect();
        Self::of(
            SignatureForm::standard(),
            keys.ok_or(SignatureError::Secret)?,
        )
    }

    fn of(form: SignatureForm, keys: Vec<Vec<u8>>) -> Result<Self, SignatureError> {
        if keys.is_empty() || keys.iter().any(Vec::is_empty) {
            return Err(SignatureError::Secret);
        }
        let has_time = form.timestamp.is_some() || matches!(form.layout, Layout::Pairs { .. });
        let is_missing = |place: &str, is_there: bool| form.content.contains(place) && !is_there;
        if !form.content.contains("{body}")
            || is_missing("{timestamp}", has_time)
            || is_missing("{id}", form.id.is_some())
        {
            return Err(SignatureError::Form);
        }
        Ok(Self {
            form,
            keys,
            tolerance: TOLERANCE,
        })
    }

    /// Sets how much the time of a message may differ from that of its receiver. Default: five minutes. It keeps others from
    /// sending again later what they have overheard.
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// The header with the id of a message, if there is one.
    pub(crate) fn id_header(&self) -> Option<&HeaderName> {
        self.form.id.as_ref()
    }

    /// Returns the headers of a message. `id` tells messages apart: a message that is sent again has the same one.
    ///
    /// # Errors
    /// The id can't be in a header.
    pub fn sign(
        &self,
        id: &str,
        time: SystemTime,
        body: &[u8],
    ) -> Result<HeaderMap, SignatureError> {
        let form = &self.form;
        let time = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        let time = time.as_secs().to_string();
        let signed = self.content(id, &time, body);
        let mut codes = self
            .keys
            .iter()
            .map(|key| form.text.encode(&form.hash.code(key, &signed)));
        let value = match &form.layout {
            Layout::One(prefix) => format!("{prefix}{}", codes.next().unwrap_or_default()),
            Layout::Pairs {
                time: name,
                signature,
            } => codes.fold(format!("{name}={time}"), |all, code| {
                format!("{all},{signature}={code}")
            }),
            Layout::Versions(version) => {
                let codes: Vec<String> = codes.map(|code| format!("{version},{code}")).collect();
                codes.join(" ")
            }
        };
        let texts = [
            (form.id.as_ref(), id),
            (form.timestamp.as_ref(), &time),
            (Some(&form.header), &value),
        ];
        let mut headers = HeaderMap::new();
        for (name, text) in texts {
            if let Some(name) = name {
                let value = HeaderValue::try_from(text);
                headers.insert(
                    name,
                    value.map_err(|_| SignatureError::Header(name.clone()))?,
                );
            }
        }
        Ok(headers)
    }

    /// Verifies a message as it was received, now.
    ///
    /// # Errors
    /// A header is missing or can't be read, the message is too old or from the future, or it wasn't signed by any of the secrets.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), SignatureError> {
        self.verify_at(SystemTime::now(), headers, body)
    }

    /// Like [`verify`](Self::verify), at some time.
    ///
    /// # Errors
    /// Those of `verify`.
    pub fn verify_at(
        &self,
        now: SystemTime,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<(), SignatureError> {
        let form = &self.form;
        let header = text_of(headers, &form.header)?;
        let id = match &form.id {
            Some(name) => text_of(headers, name)?,
            None => "",
        };
        let time = match (&form.layout, &form.timestamp) {
            (Layout::Pairs { time, .. }, _) => {
                let found = pairs(header).find(|(name, _)| *name == time);
                found
                    .map(|(_, time)| time)
                    .ok_or_else(|| SignatureError::Header(form.header.clone()))?
            }
            (_, Some(name)) => text_of(headers, name)?,
            (_, None) => "",
        };
        if form.content.contains("{timestamp}") {
            self.check_time(now, time)?;
        }
        let signed = self.content(id, time, body);
        let given = form.given(header);
        let is_signed = |key: &Vec<u8>| form.hash.is_any(key, &signed, &given);
        match self.keys.iter().any(is_signed) {
            true => Ok(()),
            false => Err(SignatureError::Mismatch),
        }
    }

    fn check_time(&self, now: SystemTime, time: &str) -> Result<(), SignatureError> {
        let is_number = time.bytes().all(|byte| byte.is_ascii_digit());
        let seconds: u64 = match time.parse() {
            Ok(seconds) if is_number => seconds,
            _ => return Err(SignatureError::Time),
        };
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        match seconds.abs_diff(now) <= self.tolerance.as_secs() {
            true => Ok(()),
            false => Err(SignatureError::Time),
        }
    }

    /// The parts of what is signed.
    fn content<'c>(&'c self, id: &'c str, time: &'c str, body: &'c [u8]) -> Vec<&'c [u8]> {
        let mut parts: Vec<&[u8]> = Vec::new();
        let mut rest = self.form.content.as_str();
        while let Some(begin) = rest.find('{') {
            let (before, after) = rest.split_at(begin);
            parts.push(before.as_bytes());
            let places: [(&str, &[u8]); 3] = [
                ("{id}", id.as_bytes()),
                ("{timestamp}", time.as_bytes()),
                ("{body}", body),
            ];
            let found = places.iter().find(|(place, _)| after.starts_with(place));
            let (place, value) = found.copied().unwrap_or(("{", b"{"));
            parts.push(value);
            rest = &after[place.len()..];
        }
        parts.push(rest.as_bytes());
        parts
    }
}

impl SignatureForm {
    /// The signatures in the header, as bytes; what isn't one is left out.
    fn given(&self, header: &str) -> Vec<Vec<u8>> {
        let texts: Vec<&str> = match &self.layout {
            Layout::One(prefix) => header.strip_prefix(prefix.as_str()).into_iter().collect(),
            Layout::Pairs { signature, .. } => {
                let named = pairs(header).filter(|(name, _)| name == signature);
                named.map(|(_, text)| text).collect()
            }
            Layout::Versions(version) => {
                let all = header.split_ascii_whitespace();
                let split = all.filter_map(|one| one.split_once(','));
                let of_version = split.filter(|(one, _)| one == version);
                of_version.map(|(_, text)| text).collect()
            }
        };
        let texts = texts.into_iter().take(MOST_SIGNATURES);
        texts.filter_map(|text| self.text.decode(text)).collect()
    }
}

fn pairs(header: &str) -> impl Iterator<Item = (&str, &str)> {
    let pairs = header.split(',').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.trim(), value.trim()))
}

/// The text of a header that has to be there, once.
fn text_of<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<&'h str, SignatureError> {
    let mut values = headers.get_all(name).into_iter();
    let only = match (values.next(), values.next()) {
        (Some(only), None) => only.to_str().ok().map(str::trim),
        _ => None,
    };
    let only = only.filter(|text| !text.is_empty());
    only.ok_or_else(|| SignatureError::Header(name.clone()))
}

impl SignatureText {
    fn encode(self, bytes: &[u8]) -> String {
        match self {
            Self::Hex => bytes.iter().fold(String::new(), |mut text, byte| {
                // Writing to a string doesn't fail.
                let _ = write!(text, "{byte:02x}");
                text
            }),
            Self::Base64 => base64_encoded(bytes),
        }
    }

    fn decode(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Base64 => base64_decoded(text),
            Self::Hex => {
                let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
                    return None;
                };
                let digit = |digit: u8| char::from(digit).to_digit(16);
                let byte =
                    |[high, low]: &[u8; 2]| u8::try_from(digit(*high)? << 4 | digit(*low)?).ok();
                pairs.iter().map(byte).collect()
            }
        }
    }
}

impl SignatureHash {
    fn code(self, key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
        match self {
            Self::Sha1 => code::<Hmac<sha1::Sha1>>(key, parts),
            Self::Sha256 => code::<Hmac<sha2::Sha256>>(key, parts),
            Self::Sha384 => code::<Hmac<sha2::Sha384>>(key, parts),
            Self::Sha512 => code::<Hmac<sha2::Sha512>>(key, parts),
        }
    }

    /// Whether any of some signatures is that of a key, in a time that doesn't say how much of them is right.
    fn is_any(self, key: &[u8], parts: &[&[u8]], given: &[Vec<u8>]) -> bool {
        match self {
            Self::Sha1 => is_any::<Hmac<sha1::Sha1>>(key, parts, given),
            Self::Sha256 => is_any::<Hmac<sha2::Sha256>>(key, parts, given),
            Self::Sha384 => is_any::<Hmac<sha2::Sha384>>(key, parts, given),
            Self::Sha512 => is_any::<Hmac<sha2::Sha512>>(key, parts, given),
        }
    }
}

fn code<M: Mac + KeyInit>(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    mac::<M>(key, parts).map_or_else(Vec::new, |mac| mac.finalize().into_bytes().to_vec())
}

fn is_any<M: Mac + KeyInit + Clone>(key: &[u8], parts: &[&[u8]], given: &[Vec<u8>]) -> bool {
    let Some(mac) = mac::<M>(key, parts) else {
        return false;
    };
    // `verify_slice` takes as long for any two texts of one length.
    given
        .iter()
        .any(|given| mac.clone().verify_slice(given).is_ok())
}

/// Never `None`, as an HMAC has keys of any length.
fn mac<M: Mac + KeyInit>(key: &[u8], parts: &[&[u8]]) -> Option<M> {
    let mut mac = <M as KeyInit>::new_from_slice(key).ok()?;
    parts.iter().for_each(|part| mac.update(part));
    Some(mac)
}

/// Shows no secret.
impl fmt::Debug for Signatures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signatures")
            .field("form", &self.form)
            .field("tolerance", &self.tolerance)
            .finish_non_exhaustive()
    }
}

/// Why a message isn't signed as it should be, or can't be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// There is no secret, or one is empty or isn't base64.
    Secret,
    /// A form signs no body, or a time or an id that no header has.
    Form,
    /// A header is missing, is there several times, or isn't as it should be.
    Header(HeaderName),
    /// The message is too old, or from the future.
    Time,
    /// None of the secrets was used for it, or something was changed.
    Mismatch,
    /// The body is a stream, of which there is no signature.
    Stream,
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Secret => f.write_str("a secret is missing, empty or not base64"),
            Self::Form => f.write_str("what is signed has no body, or a part that no header has"),
            Self::Header(name) => write!(f, "the header {name} is missing or not valid"),
            Self::Time => f.write_str("the time of the signature is not that of now"),
            Self::Mismatch => f.write_str("the signature is not valid"),
            Self::Stream => f.write_str("a stream can't be signed"),
        }
    }
}

impl std::error::Error for SignatureError {}
