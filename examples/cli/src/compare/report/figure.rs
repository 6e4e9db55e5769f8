//! Figures as people read them: a point between thousands, a comma before decimals.

use crate::html::{Html, Reader};
use hoso::money::{Dong, Ratio};
use hoso::simplify::cost::Fraction;

/// Writes a part of a whole as a percentage; nothing where there is no whole.
pub(super) fn percent(part: i128, whole: i128) -> String {
    Fraction::new(part, whole).map_or_else(String::new, |it| comma(&it.percent(2)))
}

/// Writes a share that was stated, without decimals that say nothing.
pub(super) fn stated(share: Ratio) -> String {
    let exact = Fraction::new(share.numerator().into(), share.denominator().into());
    exact.map_or_else(
        || share.to_string(),
        |it| {
            let decimals = it.percent(5);
            let number =
                decimals.trim_end_matches(" %").trim_end_matches('0').trim_end_matches('.');
            comma(&format!("{number} %"))
        },
    )
}

pub(super) fn comma(number: &str) -> String {
    number.replace('.', ",")
}

/// Writes an amount, or that it is not known.
pub(super) fn dong(reader: Reader, amount: Option<Dong>) -> Html {
    amount.map_or_else(|| unknown(reader), Html::text)
}

/// Writes an amount that may have a part of a đồng.
pub(super) fn exact(amount: Fraction) -> String {
    let decimals = amount.decimals(3);
    let (whole, rest) = decimals.split_once('.').unwrap_or((&decimals, ""));
    let whole = whole.parse().map_or_else(|_| whole.into(), |it| Dong::new(it).to_string());
    match rest.trim_end_matches('0') {
        "" => whole,
        rest => format!("{whole},{rest}"),
    }
}

/// Writes a whole number of đồng of any size.
pub(super) fn sum(amount: i128) -> String {
    i64::try_from(amount).map_or_else(|_| amount.to_string(), |it| Dong::new(it).to_string())
}

/// Says that a figure is not known.
pub(super) fn unknown(reader: Reader) -> Html {
    Html::of("span", "chip unknown", reader.say("chưa biết", "not known"))
}

/// Writes what was saved with its sign: less is a minus.
pub(super) fn changed(saved: i128) -> String {
    match saved {
        0 => "0".into(),
        1.. => format!("−{}", sum(saved)),
        _ => format!("+{}", sum(saved.saturating_neg())),
    }
}
