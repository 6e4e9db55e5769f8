//! Figures as they are written, for machines and for people.

use alloc::format;
use alloc::string::String;

use crate::calibrate::estimates::Chance;
use crate::calibrate::fit::lapse;
use crate::simulate::figures::Interval;
use crate::text::Lang;

/// Returns a key of TOML, quoted where it must be.
pub(super) fn key(name: &str) -> String {
    let plain = |it: u8| it.is_ascii_alphanumeric() || it == b'-';
    if name.bytes().all(plain) { name.into() } else { format!("\"{name}\"") }
}

pub(super) fn ratio(it: &Chance) -> String {
    let written = it.written();
    match written % 100 {
        0 => format!("{}%", written / 100),
        rest => format!("{}.{rest:02}%", written / 100),
    }
}

/// Returns a share in percent with two decimals.
#[expect(clippy::float_arithmetic, reason = "a share is written in percent")]
pub(super) fn hundredths(share: f64) -> String {
    let text = format!("{:.2}", share * 100.0);
    text.trim_end_matches('0').trim_end_matches('.').into()
}

pub(super) fn percent(share: f64) -> String {
    format!("{} %", hundredths(share))
}

pub(super) fn bounds(it: &Interval) -> String {
    format!("{} ({}–{})", percent(it.mean()), hundredths(it.low()), hundredths(it.high()))
}

pub(super) fn chance(it: &Chance) -> String {
    format!("{}, {}/{}", bounds(&it.share), it.taken, it.possible)
}

/// Returns a number with three decimals at most.
pub(super) fn decimals(number: f64) -> String {
    let text = format!("{number:.3}");
    text.trim_end_matches('0').trim_end_matches('.').into()
}

/// Returns a mean length of time and its bounds, for people.
pub(super) fn lengths(it: &Interval, lang: Lang) -> String {
    let one = |seconds: f64| {
        lapse(libm::fmax(seconds, 0.0)).map_or_else(|| "–".into(), |it| it.label(lang))
    };
    format!("{} ({}–{})", one(it.mean()), one(it.low()), one(it.high()))
}

pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
}
