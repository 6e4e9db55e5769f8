//! A verdict for people: the legs, the saving, the burdens, the objections.

use std::fmt::Write as _;

use hoso::money::Dong;
use hoso::simplify::cost::{Cost, Fraction};
use hoso::simplify::{CostLeg, Entry, Judged, Portfolio, Tally, Verdict};
use hoso::text::Lang;

use super::{Asked, Pair, holds};
use crate::diff::{self, Compared};
use crate::render;
use crate::table::Table;

pub(super) fn verdict(
    pair: &Pair<'_, '_>,
    changed: &Compared<'_>,
    asked: &Asked<'_>,
    lang: Lang,
) -> String {
    let (it, mut out) = (pair.verdict, String::new());
    let (old, new) = (pair.old, pair.new);
    line(&mut out, &format!("{} {} → {}", new.id(), old.version(), new.version()));
    line(&mut out, &format!("  {}", new.name().get(lang)));
    line(&mut out, "");
    legs(it, lang, &mut out);
    line(&mut out, "");
    costs(it, lang, &mut out);
    measured(it, asked, lang, &mut out);
    burdens(it, lang, &mut out);
    for_whom(changed, lang, &mut out);
    objections(it, asked, &mut out);
    out
}

fn line(out: &mut String, text: &str) {
    let _ = writeln!(out, "{text}");
}

fn legs(it: &Verdict<'_>, lang: Lang, out: &mut String) {
    let held = it.legs();
    let target = format!("{} {}", lang.pick("mục tiêu", "target"), it.target());
    let answer = answer(it.holds(), lang);
    line(out, &format!("{} ({target}): {answer}", lang.pick("Đơn giản hơn", "Simpler")));
    let mut table = Table::new(&["", "", "", ""]);
    let cut = (it.cut(), it.balance().before());
    table.row([
        lang.pick("quy định cắt giảm, đơn giản hóa", "burdens cut or simplified").into(),
        format!("{}/{}", cut.0, cut.1),
        percent(cut.0 as i128, cut.1 as i128),
        reached(held.burdens, lang).into(),
    ]);
    for (name, leg, holds) in [
        (lang.pick("chi phí tuân thủ", "compliance cost"), it.cost(), held.cost),
        (
            lang.pick("chi phí, không tính phí và lệ phí", "compliance cost without fees"),
            it.cost_without_fees(),
            held.cost_without_fees,
        ),
    ] {
        let (saved, share) = saving(leg, lang);
        table.row([name.into(), saved, share, reached(holds, lang).into()]);
    }
    table.print("  ", out);
}

fn saving(leg: CostLeg, lang: Lang) -> (String, String) {
    let figures = (leg.before(), leg.saved(), leg.share());
    let (Some(before), Some(saved), Some((part, whole))) = figures else {
        return (lang.pick("chưa biết", "not known").into(), String::new());
    };
    (format!("{saved}/{before} đ"), percent(part, whole))
}

/// One figure of what a case costs.
type Figure = fn(&Cost) -> Option<Dong>;

fn costs(it: &Verdict<'_>, lang: Lang, out: &mut String) {
    let heads = lang
        .pick(["một hồ sơ", "trước", "sau", "tiết kiệm"], ["one case", "before", "after", "saved"]);
    let mut table = Table::new(&heads);
    let figures: [(&str, Figure); 4] = [
        (lang.pick("thời gian", "time"), Cost::time),
        (lang.pick("chi phí trực tiếp", "direct cost"), Cost::direct),
        (lang.pick("phí, lệ phí", "fees"), Cost::fees),
        (lang.pick("cộng", "sum"), Cost::with_fees),
    ];
    for (name, figure) in figures {
        let leg = it.leg(figure);
        table.row([name.into(), dong(leg.before()), dong(leg.after()), dong(leg.saved())]);
    }
    table.print("  ", out);
    if let (Some(before), Some(after)) = (it.before().yearly(), it.after().yearly()) {
        let text = lang.pick("một năm", "a year");
        line(out, &format!("  {text}: {before} đ → {after} đ"));
    }
    let share = it.cost().break_even(it.target());
    if let Some(share) = share {
        let text = lang.pick(
            "đạt mục tiêu khi ít nhất tỷ lệ này làm theo cách mới",
            "the target is reached once this share takes the new way",
        );
        line(out, &format!("  {text}: {}", share.percent(3)));
    }
}

fn measured(it: &Verdict<'_>, asked: &Asked<'_>, lang: Lang, out: &mut String) {
    let norms = asked.setting.norms();
    let assumed =
        it.before().lines().iter().chain(it.after().lines()).filter(|it| it.assumed().is_some());
    let text = lang.pick(
        format!(
            "định mức {}, giá ngày {}; {} dòng là giả định",
            norms.id(),
            asked.setting.on(),
            assumed.clone().count()
        ),
        format!(
            "norms {}, prices of {}; {} lines are assumed",
            norms.id(),
            asked.setting.on(),
            assumed.count()
        ),
    );
    line(out, &format!("  {text}"));
}

fn burdens(it: &Verdict<'_>, lang: Lang, out: &mut String) {
    let heads =
        lang.pick(["quy định", "loại", "tên", "kết quả"], ["burden", "kind", "name", "became"]);
    let mut table = Table::new(&heads);
    for it in it.balance().weighed() {
        let fallen: Vec<&str> = it.fallen().iter().map(|it| it.label(lang)).collect();
        let now: Vec<String> = it
            .now()
            .iter()
            .filter(|now| now.at() != it.burden().at())
            .map(|it| it.at().to_string())
            .collect();
        let mut became = String::from(it.relief().label(lang));
        if !now.is_empty() {
            let _ = write!(became, " → {}", now.join(", "));
        }
        if !fallen.is_empty() {
            let _ = write!(became, " ({})", fallen.join(", "));
        }
        table.row(row(it.burden(), lang, became));
    }
    for it in it.balance().added() {
        table.row(row(it, lang, lang.pick("mới", "new").into()));
    }
    line(out, "");
    table.print("  ", out);
}

fn row(it: &hoso::simplify::Burden<'_>, lang: Lang, became: String) -> [String; 4] {
    let part = it.part().map_or_else(String::new, |it| format!("{it}: "));
    let name = it.name().map_or_else(String::new, |it| clipped(it.get(lang)));
    [format!("{part}{}", it.at()), it.kind().label(lang).into(), name, became]
}

fn for_whom(it: &Compared<'_>, lang: Lang, out: &mut String) {
    let changes = diff::changes(it, lang);
    if !changes.is_empty() {
        let title = lang.pick("Thay đổi gì, đối với ai", "What changed, and for whom");
        line(out, &format!("\n{title}"));
        out.push_str(&changes);
    }
}

/// A name of which the first words tell enough.
fn clipped(name: &str) -> String {
    const MOST: usize = 48;
    if name.chars().count() <= MOST {
        return name.into();
    }
    name.chars().take(MOST - 1).chain(['…']).collect()
}

fn objections(it: &Verdict<'_>, asked: &Asked<'_>, out: &mut String) {
    if !it.objections().is_empty() {
        line(out, "");
        out.push_str(&render::text(asked.sources, it.objections(), &render::for_stdout()));
    }
}

pub(super) fn portfolio(it: &Portfolio<'_>, asked: &Asked<'_>, lang: Lang) -> String {
    let mut out = String::new();
    let heads = lang.pick(
        ["thủ tục", "quy định", "chi phí", "không tính phí", "kết luận"],
        ["procedure", "burdens", "cost", "without fees", "verdict"],
    );
    let mut table = Table::new(&heads);
    for it in it.entries() {
        table.row(of_entry(it, lang));
    }
    table.print("", &mut out);
    line(&mut out, "");
    let mut groups = Table::new(&lang.pick(
        ["", "thủ tục", "đạt", "quy định", "chi phí", "không tính phí"],
        ["", "procedures", "reaching", "burdens", "cost", "without fees"],
    ));
    for (field, tally) in it.by_field() {
        groups.row(of_tally(field.map_or("—", |it| it.get(lang)), &tally));
    }
    for (level, tally) in it.by_authority() {
        groups.row(of_tally(level.label(lang), &tally));
    }
    let total = it.total();
    groups.row(of_tally(lang.pick("tổng cộng", "in total"), &total));
    groups.print("", &mut out);
    let (single, unknown) = (total.cost().single(), total.cost().unknown());
    if single > 0 || unknown > 0 {
        let text = lang.pick(
            format!("{single} thủ tục tính một hồ sơ vì không rõ số hồ sơ một năm; {unknown} thủ tục chưa biết đủ chi phí"),
            format!("{single} procedures count with one case, since nobody said how many there are in a year; the cost of {unknown} is not known"),
        );
        line(&mut out, &text);
    }
    line(&mut out, &format!("{}: {}", lang.pick("Kết luận", "Verdict"), answer(holds(it), lang)));
    for it in it.entries() {
        if let Judged::Compared(verdict) = it.judged() {
            objections(verdict, asked, &mut out);
        }
    }
    out
}

fn of_entry(it: &Entry<'_>, lang: Lang) -> [String; 5] {
    let id = it.procedure().id().to_string();
    match it.judged() {
        Judged::Compared(verdict) => [
            id,
            format!("{}/{}", verdict.cut(), verdict.balance().before()),
            saving(verdict.cost(), lang).1,
            saving(verdict.cost_without_fees(), lang).1,
            answer(verdict.holds(), lang).into(),
        ],
        Judged::Abolished(burdens, _) => {
            let gone = lang.pick("bãi bỏ", "abolished");
            [id, format!("{burdens}/{burdens}"), String::new(), String::new(), gone.into()]
        }
        Judged::New(burdens, _) => {
            let new = lang.pick("mới", "new");
            [id, format!("+{burdens}"), String::new(), String::new(), new.into()]
        }
    }
}

fn of_tally(name: &str, it: &Tally) -> [String; 6] {
    let share = |(before, after): (i128, i128)| percent(before - after, before);
    let cut = it.removed() + it.simplified();
    [
        clipped(name),
        it.procedures().to_string(),
        it.reaching().to_string(),
        format!("{cut}/{}", it.before()),
        share(it.cost().with_fees()),
        share(it.cost().without_fees()),
    ]
}

fn percent(part: i128, whole: i128) -> String {
    Fraction::new(part, whole).map_or_else(String::new, |it| it.percent(2))
}

fn dong(it: Option<Dong>) -> String {
    it.map_or_else(|| "?".into(), |it| it.to_string())
}

const fn answer(holds: bool, lang: Lang) -> &'static str {
    match (holds, lang) {
        (true, Lang::Vi) => "đạt",
        (false, Lang::Vi) => "không đạt",
        (true, _) => "yes",
        (false, _) => "no",
    }
}

const fn reached(holds: bool, lang: Lang) -> &'static str {
    match (holds, lang) {
        (true, Lang::Vi) => "đạt",
        (false, Lang::Vi) => "không đạt",
        (true, _) => "reached",
        (false, _) => "missed",
    }
}
