//! Small drawings in a table, in whole thousandths of their width.
#![expect(clippy::float_arithmetic, reason = "a figure becomes a place of a drawing")]

use hoso::simulate::Estimate;

use crate::html::Html;
use crate::simulate::figure::{part, thousandths};

/// Draws a figure as a bar up to the greatest one, and its interval as a whisker.
pub(super) fn bar(estimate: &Estimate, most: f64, class: &'static str) -> Html {
    let place = |value: f64| thousandths(part(value, most));
    let mean = place(estimate.mean());
    let whisker = estimate.interval().map_or_else(String::new, |it| {
        let (low, high) = (place(it.low()), place(it.high()));
        format!(
            "<line class=\"whisker\" x1=\"{low}\" x2=\"{high}\" y1=\"50\" y2=\"50\"/>\
             <line class=\"whisker\" x1=\"{low}\" x2=\"{low}\" y1=\"25\" y2=\"75\"/>\
             <line class=\"whisker\" x1=\"{high}\" x2=\"{high}\" y1=\"25\" y2=\"75\"/>"
        )
    });
    Html::drawn(format_args!(
        "<svg class=\"bar\" viewBox=\"0 0 1000 100\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <rect class=\"ground\" width=\"1000\" height=\"100\"/>\
         <rect class=\"{class}\" width=\"{mean}\" height=\"70\" y=\"15\"/>{whisker}</svg>"
    ))
}

/// Draws low, mean and high around a line that stands for zero.
pub(super) fn around_zero([low, mean, high]: [f64; 3], most: f64) -> Html {
    let place = |value: f64| thousandths((part(value, most) + 1.0) / 2.0);
    let (low, mean, high) = (place(low), place(mean), place(high));
    Html::drawn(format_args!(
        "<svg class=\"bar\" viewBox=\"0 0 1000 100\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <rect class=\"ground\" width=\"1000\" height=\"100\"/>\
         <line class=\"zero\" x1=\"500\" x2=\"500\" y1=\"0\" y2=\"100\"/>\
         <rect class=\"will\" x=\"{low}\" width=\"{}\" height=\"36\" y=\"32\"/>\
         <line class=\"whisker\" x1=\"{mean}\" x2=\"{mean}\" y1=\"15\" y2=\"85\"/></svg>",
        (high - low).max(4)
    ))
}
