//! Names of things: procedures, states, facts, fee items.
//!
//! An [`Id`] is a value of fixed size, so that events and dossiers hold and
//! compare names without touching the heap. There is no interner and no
//! global table.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};

/// A name: 1 to 47 ASCII lower-case letters and digits, joined by `-`, `/` or `.`.
///
/// # Example
///
/// ```
/// use hoso::id::Id;
///
/// let item = Id::parse("construction-permit/house")?;
/// assert_eq!(item.as_str(), "construction-permit/house");
/// assert!(Id::parse("Giấy phép").is_err());
/// # Ok::<(), hoso::error::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Id {
    // INVARIANT: FNV-1a of the name, so that unequal names nearly always differ in one word.
    hash: u64,
    len: u8,
    // INVARIANT: zero after `len`.
    bytes: [u8; Self::MAX],
}

impl Id {
    /// The longest name, in bytes.
    pub const MAX: usize = 47;

    /// Parses a name.
    ///
    /// # Errors
    ///
    /// When the text is empty, longer than [`Id::MAX`] bytes, holds other
    /// characters, or begins, ends or doubles a separator.
    pub fn parse(text: &str) -> Result<Self, crate::error::Error> {
        Self::try_new(text).ok_or_else(|| crate::error::Error::name(text))
    }

    /// Makes a name that this library itself uses; only for constants.
    #[expect(clippy::panic, reason = "in a constant a wrong name is an error of compilation")]
    pub(crate) const fn literal(text: &str) -> Self {
        match Self::try_new(text) {
            Some(id) => id,
            None => panic!("not a name"),
        }
    }

    pub(crate) const fn try_new(text: &str) -> Option<Self> {
        let from = text.as_bytes();
        if from.is_empty() || from.len() > Self::MAX {
            return None;
        }
        let mut bytes = [0; Self::MAX];
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut joint = true;
        let mut rest = from;
        let mut slots = bytes.as_mut_slice();
        while let ([byte, tail @ ..], [slot, free @ ..]) = (rest, slots) {
            match *byte {
                b'a'..=b'z' | b'0'..=b'9' => joint = false,
                b'-' | b'/' | b'.' if !joint => joint = true,
                _ => return None,
            }
            *slot = *byte;
            hash = (hash ^ *byte as u64).wrapping_mul(0x0100_0000_01b3);
            (rest, slots) = (tail, free);
        }
        if joint {
            return None;
        }
        Some(Self { hash, len: from.len() as u8, bytes })
    }

    /// Returns the name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let used = self.bytes.get(..usize::from(self.len)).unwrap_or_default();
        core::str::from_utf8(used).unwrap_or_default()
    }

    /// Returns the word by which names are found fast.
    pub(crate) const fn hash_word(&self) -> u64 {
        self.hash
    }
}

impl PartialEq for Id {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && self.bytes == other.bytes
    }
}

impl Eq for Id {}

impl Ord for Id {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bytes.cmp(&other.bytes)
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Id {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Id {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <alloc::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// A SHA-256 digest that names one exact definition, calendar or tariff.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    pub(crate) fn of(text: &str) -> Self {
        use sha2::Digest as _;
        Self(sha2::Sha256::digest(text.as_bytes()).into())
    }

    /// Returns the 32 bytes of the digest.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    #[cfg(feature = "serde")]
    fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        for (slot, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *slot = u8::from_str_radix(core::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Fingerprint {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Fingerprint {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <alloc::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| serde::de::Error::custom("a fingerprint is 64 hexadecimal digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_join_and_never_lead_trail_or_double() {
        for good in ["a", "1.013225", "fee/house", "a-b.c/d"] {
            assert_eq!(Id::try_new(good).unwrap().as_str(), good);
        }
        for bad in ["", "-a", "a-", "a--b", "A", "hồ-sơ", "a b", &"a".repeat(48)] {
            assert!(Id::try_new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn order_is_that_of_the_text() {
        let mut names = ["b", "a-b", "a", "ab"].map(|it| Id::try_new(it).unwrap());
        names.sort();
        assert_eq!(names.map(|it| std::string::String::from(it.as_str())), ["a", "a-b", "ab", "b"]);
    }
}
