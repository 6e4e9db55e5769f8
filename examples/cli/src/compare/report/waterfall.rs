//! The saving as a waterfall: bars from the cost before, down each activity, to the cost after.
//!
//! Every bar is a drawing of its own in a table, in whole thousandths of the
//! greatest sum, so that names of any length wrap and paper breaks where it likes.

use std::fmt::Write as _;

use hoso::simplify::Design;
use hoso::simplify::Verdict;

use super::figure::{changed, percent, sum};
use super::meter::thousandths;
use super::saving::{Parts, Saving, Step};
use crate::html::{Html, Reader, Table};

/// The classes of the shades, darkest first: time, direct cost, fee.
const SHADES: [&str; 3] = ["time", "direct", "fee"];

pub(super) fn waterfall(
    reader: Reader,
    (old, new): (&Design<'_>, &Design<'_>),
    it: &Verdict<'_>,
) -> Html {
    let heading = reader.heading("Tiết kiệm theo hoạt động", "The saving by activity");
    let Some(saving) = Saving::between((old, it.before()), (new, it.after())) else {
        let remark = reader.remark(
            "Không vẽ được: có dòng chưa biết chi phí, xem biểu chi phí bên dưới.",
            "Not drawn: a line is not known, see the table of costs below.",
        );
        return heading.and(&remark);
    };
    let mut table = reader.table(
        &[
            ("Hoạt động (một hồ sơ)", "Activity (one case)"),
            ("", ""),
            ("Thời gian", "Time"),
            ("Trực tiếp", "Direct"),
            ("Phí, lệ phí", "Fees"),
            ("Cộng (đồng)", "Sum (đồng)"),
        ],
        &[2, 3, 4, 5],
    );
    let most = saving.steps.iter().map(|it| it.left.sum()).fold(saving.before.sum(), i128::max);
    whole(&mut table, reader.say("Chi phí trước", "Cost before"), saving.before, most);
    let mut from = saving.before.sum();
    for step in &saving.steps {
        table.row(row(reader, step, from, most));
        from = step.left.sum();
    }
    whole(&mut table, reader.say("Chi phí sau", "Cost after"), saving.after, most);
    let saved = saving.before.sum() - saving.after.sum();
    let total = reader
        .say("Tiết kiệm", "Saved")
        .and(&Html::text(format_args!(" {}", percent(saved, saving.before.sum()))));
    let before = saving.before.each();
    let after = saving.after.each();
    let mut cells = vec![total, Html::default()];
    cells.extend(
        before.iter().zip(after).map(|(before, after)| Html::text(changed(before - after))),
    );
    cells.push(Html::text(changed(saved)));
    table.classed("sum", cells);
    heading.and(&legend(reader)).and(&Html::of("div", "waterfall", table.finish()))
}

fn whole(table: &mut Table, name: Html, cost: Parts, most: i128) {
    let mut cells = vec![name, stack(cost, most)];
    cells.extend(cost.each().map(|it| Html::text(sum(it))));
    cells.push(Html::text(sum(cost.sum())));
    table.classed("sum", cells);
}

fn row(reader: Reader, step: &Step<'_>, from: i128, most: i128) -> Vec<Html> {
    let task = reader.both(|lang| step.task.label(lang).into());
    let name = match step.name {
        Some(name) => {
            reader.both(|lang| name.get(lang).into()).and(&Html::of("div", "remark inline", task))
        }
        None => task,
    };
    let mut cells = vec![name, floating(step, from, most)];
    cells.extend(step.saved.each().map(|it| Html::text(changed(it))));
    cells.push(Html::text(changed(step.saved.sum())));
    cells
}

/// Draws a sum from zero, shade beside shade.
fn stack(cost: Parts, most: i128) -> Html {
    let mut bars = String::new();
    let mut at = 0;
    for (shade, amount) in SHADES.iter().zip(cost.each()) {
        bar(&mut bars, ("stays", shade), (at, at + amount), most, (15, 70));
        at += amount;
    }
    picture(&bars, at, most)
}

/// Draws what goes from the right end to the left, and below it what comes again.
fn floating(step: &Step<'_>, from: i128, most: i128) -> Html {
    let mut bars = String::new();
    let amounts = step.saved.each();
    let is_mixed = amounts.iter().any(|it| *it > 0) && amounts.iter().any(|it| *it < 0);
    let (above, below) = if is_mixed { ((10, 38), (52, 38)) } else { ((15, 70), (15, 70)) };
    let mut at = from;
    for (shade, amount) in SHADES.iter().zip(amounts).rev().filter(|(_, it)| *it > 0) {
        bar(&mut bars, ("goes", shade), (at - amount, at), most, above);
        at -= amount;
    }
    for (shade, amount) in SHADES.iter().zip(amounts).filter(|(_, it)| *it < 0) {
        bar(&mut bars, ("comes", shade), (at, at - amount), most, below);
        at -= amount;
    }
    let _ = write!(bars, "{}", stem(from, most, (0, 15)));
    picture(&bars, at, most)
}

/// Draws one bar between two amounts.
fn bar(
    out: &mut String,
    (way, shade): (&str, &str),
    (from, to): (i128, i128),
    most: i128,
    (y, height): (i32, i32),
) {
    let (left, right) = (thousandths(from, most), thousandths(to, most));
    if right > left {
        let width = right - left;
        let _ = write!(
            out,
            "<rect class=\"{way} {shade}\" x=\"{left}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
        );
    }
}

/// Draws the thread that leads from one row to the next.
fn stem(at: i128, most: i128, (from, to): (i32, i32)) -> Html {
    let x = thousandths(at, most);
    Html::drawn(format_args!(
        "<line class=\"stem\" x1=\"{x}\" x2=\"{x}\" y1=\"{from}\" y2=\"{to}\"/>"
    ))
}

fn picture(bars: &str, end: i128, most: i128) -> Html {
    let stem = stem(end, most, (85, 100));
    Html::drawn(format_args!(
        "<svg class=\"bar\" viewBox=\"0 0 1000 100\" preserveAspectRatio=\"none\" aria-hidden=\"true\">{bars}{stem}</svg>"
    ))
}

fn legend(reader: Reader) -> Html {
    let names = [
        reader.say("thời gian", "time"),
        reader.say("chi phí trực tiếp", "direct cost"),
        reader.say("phí, lệ phí", "fees"),
    ];
    let ways = [
        ("stays", reader.say("còn phải chịu", "borne")),
        ("goes", reader.say("giảm", "saved")),
        ("comes", reader.say("tăng", "added")),
    ];
    let shades =
        SHADES.iter().zip(names).map(|(shade, name)| swatch(&[("stays", *shade)]).and(&name));
    let ways =
        ways.into_iter().map(|(way, name)| swatch(&SHADES.map(|shade| (way, shade))).and(&name));
    let keys = shades.chain(ways).map(|it| Html::of("span", "key", it));
    Html::of("p", "legend inline", Html::joined(keys, " "))
}

fn swatch(shades: &[(&str, &str)]) -> Html {
    let mut bars = String::new();
    for ((way, shade), x) in shades.iter().zip((0..).step_by(10)) {
        let _ = write!(
            bars,
            "<rect class=\"{way} {shade}\" x=\"{x}\" width=\"10\" height=\"10\" y=\"0\"/>"
        );
    }
    let width = 10 * shades.len();
    Html::drawn(format_args!(
        "<svg class=\"swatch\" viewBox=\"0 0 {width} 10\" width=\"{width}\" height=\"10\" aria-hidden=\"true\">{bars}</svg>"
    ))
}
