//! The dossier code (mã số hồ sơ), in its three dated formats.
//!
//! A code says which office received the dossier and on which day. It proves
//! no order: daily numbers are given by each office.

use alloc::boxed::Box;
use core::fmt;

use chrono::{Datelike as _, NaiveDate};

use crate::error::Error;
use crate::text::words;

words! {
    /// The form of a dossier code.
    pub enum CodeFormat as "a format of dossier codes" {
        /// `000.A0.01.H26-210212-9090`: Circular 01/2018/TT-VPCP, Art. 19, from 06/01/2019.
        Agency = "agency" ("Thông tư 01/2018/TT-VPCP", "Circular 01/2018/TT-VPCP"),
        /// `H15.50.05.13-261008-0975`: Circular 03/2025/TT-VPCP, Art. 13 (order inferred from practice).
        Province = "province" ("Thông tư 03/2025/TT-VPCP", "Circular 03/2025/TT-VPCP"),
        /// `H26.1.2-260125-150001`: two digits of the system owner before the number; Circular
        /// 04/2025/TT-VPCP, Art. 23(2), for centrally provided services from 25/01/2026.
        Central = "central" ("Thông tư 04/2025/TT-VPCP", "Circular 04/2025/TT-VPCP"),
    }
}

/// The first day on which codes of centrally provided services exist.
const CENTRAL_FROM: (i32, u32, u32) = (2026, 1, 25);
/// The first day of Circular 01/2018/TT-VPCP.
const AGENCY_FROM: (i32, u32, u32) = (2019, 1, 6);
/// Before the circular of 15/09/2025 no code has the province first.
const PROVINCE_FROM: (i32, u32, u32) = (2025, 9, 15);

/// A dossier code that is well-formed on its own day.
///
/// # Example
///
/// ```
/// use hoso::dossier::{CodeFormat, DossierCode};
///
/// let code: DossierCode = "000.00.00.H26-230411-0001".parse()?;
/// assert_eq!(code.format(), CodeFormat::Agency);
/// assert_eq!(code.received().to_string(), "2023-04-11");
/// assert!("000.00.00.H26-230230-0001".parse::<DossierCode>().is_err()); // no such day
/// # Ok::<(), hoso::error::Error>(())
/// ```
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct DossierCode {
    text: Box<str>,
    received: NaiveDate,
    format: CodeFormat,
}

impl DossierCode {
    /// Returns the code as it is printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the day of reception that the code names.
    #[must_use]
    pub const fn received(&self) -> NaiveDate {
        self.received
    }

    /// Returns the format.
    #[must_use]
    pub const fn format(&self) -> CodeFormat {
        self.format
    }
}

impl core::str::FromStr for DossierCode {
    type Err = Error;

    /// Parses a code; the format must exist on the day that the code names.
    fn from_str(text: &str) -> Result<Self, Error> {
        parse(text).ok_or_else(|| {
            Error::value(
                text,
                "a dossier code such as `H26.1.2-260125-0001` of a format in force on its day",
            )
        })
    }
}

fn parse(text: &str) -> Option<DossierCode> {
    let mut parts = text.split('-');
    let (agency, day, number) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || !digits(number) || number.len() < 4 || number.len() > 12 {
        return None;
    }
    let received = parse_day(day)?;
    let format = format_of(agency, number, received)?;
    Some(DossierCode { text: text.into(), received, format })
}

fn parse_day(day: &str) -> Option<NaiveDate> {
    if day.len() != 6 || !digits(day) {
        return None;
    }
    let part = |range: core::ops::Range<usize>| day.get(range)?.parse::<u32>().ok();
    let year = i32::try_from(part(0..2)?).ok()? + 2000;
    NaiveDate::from_ymd_opt(year, part(2..4)?, part(4..6)?)
}

fn format_of(agency: &str, number: &str, received: NaiveDate) -> Option<CodeFormat> {
    let since = |(year, month, day)| {
        (received.year(), received.month(), received.day()) >= (year, month, day)
    };
    let segments = || agency.split('.');
    let widths = [3, 2, 2];
    let old = segments().count() == 4
        && segments().zip(widths).all(|(it, width)| it.len() == width && upper(it))
        && segments().next_back().is_some_and(province);
    if old {
        return since(AGENCY_FROM).then_some(CodeFormat::Agency);
    }
    let new = segments().next().is_some_and(province)
        && segments().count() <= 5
        && segments().skip(1).all(|it| (1..=3).contains(&it.len()) && upper(it));
    if !new || !since(PROVINCE_FROM) {
        return None;
    }
    match number.len() {
        0..6 => Some(CodeFormat::Province),
        _ => since(CENTRAL_FROM).then_some(CodeFormat::Central),
    }
}

/// Returns true for the code of a province or ministry, such as `H26`.
fn province(segment: &str) -> bool {
    matches!(segment.as_bytes(), [b'A'..=b'Z', b'0'..=b'9', b'0'..=b'9'])
}

fn upper(segment: &str) -> bool {
    segment.bytes().all(|it| it.is_ascii_digit() || it.is_ascii_uppercase())
}

fn digits(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit())
}

impl fmt::Display for DossierCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for DossierCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for DossierCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <alloc::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_holds_on_its_own_days() {
        let format = |text: &str| text.parse::<DossierCode>().ok().map(|it| it.format());
        for (text, expected) in [
            ("000.00.00.H26-230411-0001", Some(CodeFormat::Agency)),
            ("000.A0.01.H26-210212-9090", Some(CodeFormat::Agency)),
            ("000.00.00.H26-181231-0001", None),
            ("000.00.00.H26-230230-0001", None),
            ("H15.50.05.13-261008-0975", Some(CodeFormat::Province)),
            ("H15.50.05.13-241008-0975", None),
            ("H26.1.2-260125-150001", Some(CodeFormat::Central)),
            ("H26.1.2-260124-150001", None),
            ("h26.1.2-260125-0001", None),
            ("H26.1.2-260125-1", None),
            ("H26-260125-0001-1", None),
            ("", None),
        ] {
            assert_eq!(format(text), expected, "{text}");
        }
    }
}
