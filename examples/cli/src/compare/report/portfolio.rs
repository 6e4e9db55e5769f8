//! Many procedures together: in total, by field, by authority, and one by one.

use hoso::money::Ratio;
use hoso::simplify::cost::Account;
use hoso::simplify::{CostLeg, Entry, Judged, Portfolio, Tally, Verdict};

use super::figure::{dong, percent, stated, sum, unknown};
use super::objections::list;
use super::verdict::{banner, count, reached};
use crate::compare::holds;
use crate::html::{Html, Reader, Table};

pub(super) fn portfolio(reader: Reader, it: &Portfolio<'_>) -> Html {
    let total = it.total();
    let page = banner(reader, holds(it), &stated(it.target()));
    let page = page.and(&groups(reader, it, &total));
    let page = page.and(&left_out(reader, &total));
    let page = page.and(&procedures(reader, it));
    let objected = Html::joined(it.entries().iter().filter_map(|it| objected(reader, it)), "");
    match objected.is_empty() {
        true => page,
        false => page.and(&reader.heading("Phản đối", "Objections")).and(&objected),
    }
}

fn groups(reader: Reader, it: &Portfolio<'_>, total: &Tally) -> Html {
    let mut table = reader.table(
        &[
            ("", ""),
            ("Thủ tục", "Procedures"),
            ("Tự đạt", "Reaching"),
            ("Quy định trước", "Burdens before"),
            ("Cắt giảm", "Cut"),
            ("Mới", "New"),
            ("Chi phí trước (đồng)", "Cost before (đồng)"),
            ("Chi phí sau", "Cost after"),
            ("Giảm", "Saved"),
            ("Không tính phí", "Without fees"),
        ],
        &[1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
    let target = it.target();
    table.group("task", &Html::of("span", "inline", reader.say("Theo lĩnh vực", "By field")));
    for (field, tally) in it.by_field() {
        let name =
            field.map_or_else(|| Html::text("—"), |it| reader.both(|lang| it.get(lang).into()));
        table.row(of_tally(reader, name, &tally, target));
    }
    table.group("task", &Html::of("span", "inline", reader.say("Theo cấp", "By authority")));
    for (level, tally) in it.by_authority() {
        let name = reader.both(|lang| level.label(lang).into());
        table.row(of_tally(reader, name, &tally, target));
    }
    table.classed("sum", of_tally(reader, reader.say("Tổng cộng", "In total"), total, target));
    reader.heading("Tổng hợp", "Summary").and(&table.finish())
}

fn of_tally(reader: Reader, name: Html, it: &Tally, target: Ratio) -> Vec<Html> {
    let legs = it.legs(target);
    let cut = it.removed() + it.simplified();
    let (before, after) = it.cost().with_fees();
    let (bare, rest) = it.cost().without_fees();
    let judged = |share: String, holds: bool| {
        Html::text(share).and(&Html::tag("div", reached(reader, holds)))
    };
    let is_known = it.cost().unknown() < it.procedures();
    let known = |amount| if is_known { Html::text(sum(amount)) } else { unknown(reader) };
    let cut_share = format!("{cut} ({})", percent(count(cut), count(it.before())));
    vec![
        name,
        Html::text(it.procedures()),
        Html::text(it.reaching()),
        Html::text(it.before()),
        judged(cut_share, legs.burdens),
        Html::text(it.added()),
        known(before),
        known(after),
        judged(percent(before - after, before), legs.cost),
        judged(percent(bare - rest, bare), legs.cost_without_fees),
    ]
}

fn left_out(reader: Reader, total: &Tally) -> Html {
    let (single, unknown) = (total.cost().single(), total.cost().unknown());
    let said = reader.both(|lang| {
        lang.pick(
            format!("Chi phí là của một năm; {single} thủ tục tính một hồ sơ vì không rõ số hồ sơ một năm; {unknown} thủ tục chưa biết đủ chi phí và không được cộng vào."),
            format!("Costs are of a year; {single} procedures count with one case, since nobody said how many there are in a year; the cost of {unknown} is not known and not added."),
        )
    });
    Html::of("p", "remark", said)
}

fn procedures(reader: Reader, it: &Portfolio<'_>) -> Html {
    let mut table = reader.table(
        &[
            ("Thủ tục", "Procedure"),
            ("Quy định", "Burdens"),
            ("Chi phí trước (đồng)", "Cost before (đồng)"),
            ("Chi phí sau", "Cost after"),
            ("Giảm", "Saved"),
            ("Không tính phí", "Without fees"),
            ("Kết luận", "Verdict"),
        ],
        &[1, 2, 3, 4, 5],
    );
    it.entries().iter().for_each(|it| procedure(reader, &mut table, it));
    let heading = reader.heading("Từng thủ tục", "Procedure by procedure");
    let unit = reader.remark("Chi phí của một hồ sơ.", "Costs of one case.");
    heading.and(&unit).and(&table.finish())
}

fn procedure(reader: Reader, table: &mut Table, it: &Entry<'_>) {
    let of = it.procedure();
    let at = Html::of("div", "at", Html::text(format_args!("{} @ {}", of.id(), of.version())));
    let name = reader.both(|lang| of.name().get(lang).into()).and(&at);
    let cost = |it: &Account<'_>| dong(reader, it.applicant().with_fees());
    let none = Html::default;
    table.row(match it.judged() {
        Judged::Compared(verdict) => compared(reader, name, verdict),
        Judged::Abolished(burdens, account) => {
            let gone = Html::of("span", "chip yes", reader.say("bãi bỏ", "abolished"));
            let count = Html::text(format_args!("{burdens}/{burdens}"));
            vec![name, count, cost(account), none(), none(), none(), gone]
        }
        Judged::New(burdens, account) => {
            let new = Html::of("span", "chip no", reader.say("mới", "new"));
            let count = Html::text(format_args!("+{burdens}"));
            vec![name, count, none(), cost(account), none(), none(), new]
        }
    });
}

fn compared(reader: Reader, name: Html, it: &Verdict<'_>) -> Vec<Html> {
    let share = |leg: CostLeg| {
        let share = leg.share().map(|(saved, before)| Html::text(percent(saved, before)));
        share.unwrap_or_default()
    };
    vec![
        name,
        Html::text(format_args!("{}/{}", it.cut(), it.balance().before())),
        dong(reader, it.cost().before()),
        dong(reader, it.cost().after()),
        share(it.cost()),
        share(it.cost_without_fees()),
        reached(reader, it.holds()),
    ]
}

/// Lists the objections against one procedure, under its name.
fn objected(reader: Reader, it: &Entry<'_>) -> Option<Html> {
    let Judged::Compared(verdict) = it.judged() else { return None };
    let found = Some(verdict.objections()).filter(|it| !it.is_empty())?;
    let name = Html::tag("h3", reader.both(|lang| it.procedure().name().get(lang).into()));
    Some(name.and(&list(reader, found)))
}
