//! Text for people, in Vietnamese and English.
//!
//! Vietnamese is what the law says; English is a courtesy. Names are compared
//! in Unicode NFC, since the same word may be typed in two forms.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// A language of labels, reasons and ledgers.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum Lang {
    /// Vietnamese.
    Vi,
    /// English.
    #[default]
    En,
}

impl Lang {
    /// Chooses between the Vietnamese and the English form.
    #[must_use]
    pub fn pick<T>(self, vi: T, en: T) -> T {
        match self {
            Self::Vi => vi,
            Self::En => en,
        }
    }
}

/// A text in Vietnamese, and in English where somebody translated it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Text {
    vi: Box<str>,
    en: Option<Box<str>>,
}

impl Text {
    /// Creates a text; both forms are brought into Unicode NFC.
    #[must_use]
    pub fn new(vi: &str, en: Option<&str>) -> Self {
        Self { vi: nfc(vi).into(), en: en.map(|it| nfc(it).into()) }
    }

    /// Writes a text in every language.
    pub(crate) fn told(say: impl Fn(Lang) -> String) -> Self {
        Self { vi: say(Lang::Vi).into(), en: Some(say(Lang::En).into()) }
    }

    /// Returns the text in a language, or in Vietnamese where it has no translation.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => self.en.as_deref().unwrap_or(&self.vi),
        }
    }

    /// Returns the Vietnamese text.
    #[must_use]
    pub fn vi(&self) -> &str {
        &self.vi
    }

    /// Returns the English text, if there is one.
    #[must_use]
    pub fn en(&self) -> Option<&str> {
        self.en.as_deref()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.vi)
    }
}

/// Brings a text into Unicode NFC.
pub(crate) fn nfc(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    }
}

/// Returns a text as it is compared where people typed it: without case, marks over and under letters, and joints.
///
/// `Tiếp-nhận  hồ sơ` and `tiep nhan ho so` are the same.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::new();
    for letter in text.nfd().flat_map(char::to_lowercase) {
        match letter {
            '\u{300}'..='\u{36F}' => {}
            'đ' => folded.push('d'),
            it if it.is_whitespace() || matches!(it, '-' | '_') => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            it => folded.push(it),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Returns true for characters that nobody sees: controls, marks of direction, blanks of no width.
pub(crate) fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}')
        || matches!(letter, '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// How many letters of a word, and how many known words, are compared with it.
const MAX_LETTERS: usize = 64;
const MAX_KNOWN: usize = 200;

/// Returns the known word that was most likely meant: the fewest edits, at most about a third of its length.
pub(crate) fn nearest<'a>(
    found: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let found: Vec<char> = found.chars().take(MAX_LETTERS).collect();
    known
        .into_iter()
        .take(MAX_KNOWN)
        .map(|word| (edits(&found, word), word))
        .filter(|(edits, word)| *edits <= 1.max((word.len().max(found.len()) + 1) / 3))
        .min()
        .map(|(_, word)| word)
}

/// Counts the insertions, deletions, replacements and swaps of neighbours between two words.
fn edits(found: &[char], word: &str) -> usize {
    let mut rows = [[0_usize; MAX_LETTERS + 1]; 3];
    let [higher, above, row] = &mut rows;
    let (mut higher, mut above, mut row) = (higher, above, row);
    above.iter_mut().enumerate().for_each(|(at, it)| *it = at);
    let cell = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
    let mut before = None;
    for (at, right) in word.chars().take(MAX_LETTERS).enumerate() {
        let mut last = at + 1;
        row.iter_mut().take(1).for_each(|it| *it = last);
        for (idx, &left) in found.iter().enumerate() {
            let replaced = cell(above, idx) + usize::from(left != right);
            let mut best = replaced.min(cell(above, idx + 1) + 1).min(last + 1);
            let crossed = idx
                .checked_sub(1)
                .filter(|&it| found.get(it) == Some(&right) && before == Some(left));
            if let Some(earlier) = crossed {
                best = best.min(cell(higher, earlier) + 1);
            }
            last = best;
            row.iter_mut().skip(idx + 1).take(1).for_each(|it| *it = best);
        }
        (higher, above, row, before) = (above, row, higher, Some(right));
    }
    cell(above, found.len())
}

/// Writes a message in Vietnamese and in English with the same arguments; a phrase among them may ask for the language by its name.
macro_rules! say {
    ($lang:ident, $vi:literal, $en:literal $(, $argument:expr)* $(,)?) => {
        $crate::text::Text::told(|$lang| match $lang {
            $crate::text::Lang::Vi => alloc::format!($vi $(, $argument)*),
            $crate::text::Lang::En => alloc::format!($en $(, $argument)*),
        })
    };
}
pub(crate) use say;

/// Declares a closed set of words of the field, each with its Vietnamese and English label.
///
/// One declaration gives the enum, its word in TOML, JSON and on the command
/// line, its labels, and its reader and printer.
macro_rules! words {
    ($(
        $(#[$meta:meta])*
        $vis:vis enum $name:ident as $what:literal {
            $($(#[$variant_meta:meta])* $variant:ident = $word:literal ($vi:literal, $en:literal)),+ $(,)?
        }
    )+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        $vis enum $name { $($(#[$variant_meta])* $variant),+ }

        impl $name {
            /// Every word of the set, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the word used in definitions, JSON and on the command line.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Returns the label for people.
            #[must_use]
            pub const fn label(self, lang: $crate::text::Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$variant, $crate::text::Lang::Vi) => $vi,
                      (Self::$variant, $crate::text::Lang::En) => $en),+
                }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::error::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|it| it.as_str() == text)
                    .ok_or_else(|| $crate::error::Error::value(text, $what))
            }
        }

        impl $crate::read::Leaf for $name {
            const EXPECTED: &'static str = $what;

            fn read(node: $crate::read::Node<'_>, cx: &mut $crate::read::Reader<'_>) -> Option<Self> {
                cx.word(node, Self::EXPECTED, Self::ALL, Self::as_str)
            }

            fn print(&self, out: &mut alloc::string::String) {
                $crate::read::print_string(self.as_str(), out);
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <alloc::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}
pub(crate) use words;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_near() {
        let known = ["limit", "starts", "law"];
        assert_eq!(nearest("limt", known), Some("limit"));
        assert_eq!(nearest("start", known), Some("starts"));
        assert_eq!(nearest("lwa", known), Some("law"));
        assert_eq!(nearest("zebra", known), None);
    }

    #[test]
    fn one_name_in_two_normal_forms_is_one_name() {
        assert_eq!(Text::new("Hồ sơ", None), Text::new("Ho\u{302}\u{300} so\u{31b}", None));
    }
}
