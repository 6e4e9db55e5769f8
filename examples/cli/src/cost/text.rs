//! An account of compliance costs for people.

use std::fmt::Write as _;

use hoso::money::Dong;
use hoso::simplify::cost::{Account, Cost, Fraction, Gap, Line};
use hoso::text::Lang;

use super::{Against, Asked};
use crate::table::Table;

pub(super) fn text(
    asked: &Asked<'_>,
    account: &Account<'_>,
    against: Option<&Against<'_>>,
    lang: Lang,
) -> String {
    let mut out = String::new();
    head(asked, account, lang, &mut out);
    lines(account, lang, &mut out);
    let label = lang.pick("Người nộp hồ sơ", "The applicant");
    total(label, account.applicant(), lang, &mut out);
    for it in account.others() {
        total(it.bearer().label(lang), it.cost(), lang, &mut out);
    }
    year(asked, account, lang, &mut out);
    if let Some(it) = against {
        compared(it, lang, &mut out);
    }
    out
}

fn head(asked: &Asked<'_>, account: &Account<'_>, lang: Lang, out: &mut String) {
    let (procedure, norms) = (asked.procedure, account.norms());
    let _ = writeln!(
        out,
        "{} ({} {})",
        procedure.name().get(lang),
        procedure.id(),
        procedure.version()
    );
    let income = norms.income();
    let _ = writeln!(
        out,
        "  {}: {} đ {} ({})",
        norms.name().get(lang),
        income.hourly(),
        lang.pick("một giờ", "an hour"),
        income.certainty().label(lang),
    );
    let _ = writeln!(
        out,
        "  {}: {} ({})\n",
        lang.pick("Phí, lệ phí", "Fees"),
        asked.tariff.name().get(lang),
        asked.day,
    );
}

fn shown(amount: Option<Dong>) -> String {
    format!("{:>9}", amount.map_or_else(|| "?".into(), |it| it.to_string()))
}

fn lines(account: &Account<'_>, lang: Lang, out: &mut String) {
    let mut table = Table::new(&[
        lang.pick("Nhóm việc", "Task"),
        lang.pick("Công việc", "Work"),
        lang.pick("Để", "For"),
        lang.pick("Phút", "Minutes"),
        lang.pick("Trực tiếp", "Direct"),
        lang.pick("Phí", "Fee"),
        lang.pick("Người chịu", "Borne by"),
        lang.pick("Mức chắc chắn", "Certainty"),
    ]);
    for it in account.lines() {
        let times = if it.times() == 1 { String::new() } else { format!(" × {}", it.times()) };
        let minutes = it.minutes().map_or_else(|| "?".into(), |it| it.to_string());
        table.row([
            it.task().label(lang).into(),
            format!("{}{times}", it.name(lang)),
            it.serves().map_or_else(String::new, |it| it.to_string()),
            format!("{minutes:>5}"),
            shown(it.direct()),
            shown(it.fee()),
            it.bearer().label(lang).into(),
            match it.gaps() {
                [] => it.certainty().label(lang).into(),
                _ => lang.pick("chưa biết", "not known").into(),
            },
        ]);
    }
    table.print("  ", out);
    for (it, gap) in
        account.lines().iter().flat_map(|it| it.gaps().iter().map(move |gap| (it, gap)))
    {
        let _ = writeln!(out, "  {}", missing(it, gap, lang));
    }
    out.push('\n');
}

fn missing(line: &Line<'_>, gap: &Gap<'_>, lang: Lang) -> String {
    let what = line.serves().map_or_else(|| line.name(lang).into(), |it| it.to_string());
    let mut said = format!(
        "{}: {what}: {}",
        lang.pick("chưa biết", "not known"),
        gap.reason().unwrap_or_else(|| gap.missing().label(lang))
    );
    let item = gap.item().into_iter().map(|it| format!("`{it}`"));
    let facts = gap.facts().iter().map(|it| format!("`{it}`"));
    let named: Vec<String> = item.chain(facts).collect();
    if !named.is_empty() {
        let _ = write!(said, " ({})", named.join(", "));
    }
    said
}

fn total(who: &str, cost: &Cost, lang: Lang, out: &mut String) {
    let said = |it: Option<Dong>| it.map_or_else(|| "?".into(), |it| format!("{it} đ"));
    let minutes = cost.minutes().map_or_else(|| "?".into(), |it| it.to_string());
    let _ = writeln!(
        out,
        "{who}: {} = {} {} ({minutes} {}) + {} {} + {} {}",
        said(cost.with_fees()),
        said(cost.time()),
        lang.pick("thời gian", "time"),
        lang.pick("phút", "minutes"),
        said(cost.direct()),
        lang.pick("trực tiếp", "direct"),
        said(cost.fees()),
        lang.pick("phí", "fees"),
    );
    let label = lang.pick("không tính phí", "without fees");
    let _ = writeln!(out, "  {label}: {}", said(cost.without_fees()));
}

fn year(asked: &Asked<'_>, account: &Account<'_>, lang: Lang, out: &mut String) {
    let compliance = asked.procedure.compliance();
    let label = lang.pick("Một năm", "A year");
    let said = account.yearly().map_or_else(|| "?".into(), |it| format!("{it} đ"));
    let count = |it: Option<u64>| it.map_or_else(|| "?".into(), |it| it.to_string());
    let (subjects, cases) = (compliance.subjects().map(u64::from), account.cases_a_year());
    let _ = writeln!(
        out,
        "{label}: {said} ({} {} × {} = {} {})",
        count(subjects),
        lang.pick("đối tượng", "subjects"),
        compliance.times_a_year(),
        count(cases),
        lang.pick("trường hợp", "cases"),
    );
}

/// Writes an amount that may have a part of a đồng, as amounts are written.
fn exact(amount: Fraction) -> String {
    let decimals = amount.decimals(3);
    let (whole, rest) = decimals.split_once('.').unwrap_or((&decimals, ""));
    let whole = whole.parse().map_or_else(|_| whole.into(), |it| Dong::new(it).to_string());
    match rest.trim_end_matches('0') {
        "" => whole,
        rest => format!("{whole},{rest}"),
    }
}

fn compared(it: &Against<'_>, lang: Lang, out: &mut String) {
    let from = lang.pick("So với", "Against");
    let _ = writeln!(
        out,
        "\n{from} {}: {} đ, {} {} đ",
        it.procedure.version(),
        it.cost,
        lang.pick("giảm", "saved"),
        it.saved
    );
    let label = lang.pick("tỷ lệ áp dụng", "adoption");
    let case = lang.pick("một trường hợp", "a case");
    let _ = writeln!(out, "  {label} {}: {} đ {case}", it.share, exact(it.per_case));
    if let Some(yearly) = it.yearly {
        let year = lang.pick("một năm", "a year");
        let _ = writeln!(out, "  {label} {}: {} đ {year}", it.share, exact(yearly));
    }
    let target = lang.pick("tỷ lệ áp dụng ít nhất để giảm", "least adoption that saves");
    let least = it.least.map_or_else(
        || lang.pick("không tỷ lệ nào đủ", "none is enough").into(),
        |it| format!("{it} ({})", it.percent(3)),
    );
    let _ = writeln!(out, "  {target} {}: {least}", it.target);
}
