//! The verdict: both legs against the target, and what follows for a share of subjects and for a year.

use hoso::simplify::{CostLeg, Relief, Verdict};
use hoso::text::Lang;

use super::figure::{comma, dong, exact, percent, stated, sum, unknown};
use super::meter::meter;
use crate::html::{Html, Reader};

pub(super) fn verdict(reader: Reader, it: &Verdict<'_>) -> Html {
    let banner = banner(reader, it.holds(), &stated(it.target()));
    banner.and(&reader.heading("Hai chỉ tiêu", "The two legs")).and(&measured(reader, it))
}

/// Writes a verdict without headings, for another page.
pub(super) fn part(reader: Reader, it: &Verdict<'_>) -> Html {
    banner(reader, it.holds(), &stated(it.target())).and(&measured(reader, it))
}

fn measured(reader: Reader, it: &Verdict<'_>) -> Html {
    legs(reader, it).and(&per_case(reader, it)).and(&per_year(reader, it))
}

/// Says in one line whether it is simpler by as much as was asked for.
pub(super) fn banner(reader: Reader, holds: bool, target: &str) -> Html {
    let (class, answer) = if holds {
        ("verdict holds", ("ĐẠT", "YES"))
    } else {
        ("verdict fails", ("KHÔNG ĐẠT", "NO"))
    };
    let question = reader.both(|lang| {
        let asked = lang.pick("Đơn giản hơn ít nhất", "Simpler by at least");
        format!("{asked} {target}?")
    });
    let answer = Html::of("p", "answer", reader.say(answer.0, answer.1));
    Html::of("div", class, Html::tag("p", question).and(&answer))
}

fn legs(reader: Reader, it: &Verdict<'_>) -> Html {
    let mut table = reader.table(
        &[
            ("Chỉ tiêu", "Leg"),
            ("Trước", "Before"),
            ("Cắt giảm", "Cut"),
            ("Tỷ lệ", "Share"),
            ("", ""),
            ("Kết luận", "Verdict"),
        ],
        &[1, 2, 3],
    );
    let held = it.legs();
    let balance = it.balance();
    let (cut, before) = (count(it.cut()), count(balance.before()));
    let counted = reader.both(|lang| {
        let (removed, simplified) =
            (balance.count(Relief::Removed), balance.count(Relief::Simplified));
        let new = balance.added().len();
        lang.pick(
            format!("{removed} bãi bỏ, {simplified} đơn giản hóa; {new} quy định mới"),
            format!("{removed} removed, {simplified} simplified; {new} new"),
        )
    });
    let name = reader.say("Quy định cắt giảm, đơn giản hóa", "Regulations cut or simplified");
    table.row(vec![
        name.and(&Html::of("div", "remark", counted)),
        Html::text(before),
        Html::text(cut),
        Html::text(percent(cut, before)),
        meter(cut, before, it.target()),
        reached(reader, held.burdens),
    ]);
    let cost = reader.say("Chi phí tuân thủ (đồng)", "Compliance cost (đồng)");
    table.row(of_cost(reader, it, cost, it.cost(), held.cost));
    let bare = reader.say(
        "Chi phí tuân thủ, không tính phí, lệ phí (đồng)",
        "Compliance cost without fees (đồng)",
    );
    table.row(of_cost(reader, it, bare, it.cost_without_fees(), held.cost_without_fees));
    table.finish()
}

fn of_cost(reader: Reader, it: &Verdict<'_>, name: Html, leg: CostLeg, holds: bool) -> Vec<Html> {
    let (share, picture) = match leg.share() {
        Some((saved, before)) => {
            (Html::text(percent(saved, before)), meter(saved, before, it.target()))
        }
        None => (unknown(reader), Html::default()),
    };
    let (before, saved) = (dong(reader, leg.before()), dong(reader, leg.saved()));
    vec![name, before, saved, share, picture, reached(reader, holds)]
}

/// Says whether a leg is reached.
pub(super) fn reached(reader: Reader, holds: bool) -> Html {
    match holds {
        true => Html::of("span", "chip yes", reader.say("đạt", "reached")),
        false => Html::of("span", "chip no", reader.say("không đạt", "missed")),
    }
}

/// Says which share takes the new way, and which share would be enough.
fn per_case(reader: Reader, it: &Verdict<'_>) -> Html {
    let adoption = stated(it.adoption());
    let average = it.cost().on_average().map(exact);
    let mixed = reader.both(|lang| {
        let average = average.as_deref().unwrap_or("?");
        lang.pick(
            format!("Tỷ lệ đối tượng thực hiện theo phương án mới: {adoption}; bình quân một hồ sơ khi đó: {average} đồng."),
            format!("Share of subjects that take the new way: {adoption}; the average case then costs {average} đồng."),
        )
    });
    let target = stated(it.target());
    let (with, without) = (it.cost(), it.cost_without_fees());
    let least = reader.both(|lang| {
        let (with, without) = (least(with, it, lang), least(without, it, lang));
        lang.pick(
            format!("Tỷ lệ áp dụng tối thiểu để giảm {target} chi phí: {with}; không tính phí, lệ phí: {without}."),
            format!("Least adoption that saves {target} of the cost: {with}; without fees: {without}."),
        )
    });
    Html::of("p", "remark", mixed).and(&Html::of("p", "remark", least))
}

/// Writes the least share that is enough, that none is, or that nobody can say.
fn least(leg: CostLeg, it: &Verdict<'_>, lang: Lang) -> String {
    match (leg.saved(), leg.break_even(it.target())) {
        (None, _) => lang.pick("chưa biết", "not known").into(),
        (_, None) => lang.pick("không tỷ lệ nào đủ", "none is enough").into(),
        (_, Some(share)) => format!("{} ({share})", comma(&share.percent(3))),
    }
}

fn per_year(reader: Reader, it: &Verdict<'_>) -> Html {
    let (before, after) = (it.before(), it.after());
    let Some(cases) = after.cases_a_year().or(before.cases_a_year()) else {
        return reader.remark(
            "Chưa có số hồ sơ một năm, nên không tính chi phí một năm.",
            "Nobody said how many cases there are in a year; no yearly cost is computed.",
        );
    };
    let mut table = reader.table(
        &[("Một năm", "A year"), ("Số hồ sơ", "Cases"), ("Chi phí (đồng)", "Cost (đồng)")],
        &[1, 2],
    );
    for (name, account) in
        [(reader.say("Trước", "Before"), before), (reader.say("Sau", "After"), after)]
    {
        let cases =
            account.cases_a_year().map_or_else(|| unknown(reader), |it| Html::text(sum(it.into())));
        table.row(vec![name, cases, dong(reader, account.yearly())]);
    }
    let adopted = it.of_cases(cases).map_or_else(|| unknown(reader), |it| Html::text(exact(it)));
    let name = reader.both(|lang| {
        let share = stated(it.adoption());
        lang.pick(
            format!("Khi {share} đối tượng theo phương án mới"),
            format!("When {share} of the subjects take the new way"),
        )
    });
    table.classed("sum", vec![name, Html::text(sum(cases.into())), adopted]);
    table.finish()
}

pub(super) fn count(units: usize) -> i128 {
    i128::try_from(units).unwrap_or(i128::MAX)
}
