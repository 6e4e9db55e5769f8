//! A share and its target as a small drawing, in whole thousandths of its width.

use crate::html::Html;
use hoso::money::Ratio;

/// Draws how much of a whole was cut, and a mark where the target stands.
pub(super) fn meter(part: i128, whole: i128, target: Ratio) -> Html {
    let class = if target.is_reached_by(part, whole) { "reached" } else { "missed" };
    let (filled, mark) = (
        thousandths(part, whole),
        thousandths(target.numerator().into(), target.denominator().into()),
    );
    Html::drawn(format_args!(
        "<svg class=\"meter\" viewBox=\"0 0 1000 100\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <rect class=\"whole\" width=\"1000\" height=\"100\" y=\"0\"/>\
         <rect class=\"{class}\" width=\"{filled}\" height=\"60\" y=\"20\"/>\
         <line class=\"target\" x1=\"{mark}\" x2=\"{mark}\" y1=\"0\" y2=\"100\"/></svg>"
    ))
}

/// Returns a part of a whole in thousandths, none less than zero and none more than all.
pub(super) fn thousandths(part: i128, whole: i128) -> i128 {
    let share = part.checked_mul(1000).and_then(|it| it.checked_div(whole));
    share.unwrap_or(0).clamp(0, 1000)
}
