//! The table of compliance costs, line by line, before and after: minutes, đồng, source, and how surely each is known.

use hoso::definition::Procedure;
use hoso::law::Certainty;
use hoso::simplify::cost::{Account, Cost, Gap, Line};
use hoso::simplify::{Design, Verdict};

use super::figure::{dong, unknown};
use crate::html::{Html, Reader, Table};

pub(super) fn lines(
    reader: Reader,
    (old, new): (&Design<'_>, &Design<'_>),
    it: &Verdict<'_>,
) -> Html {
    let rounded = reader.remark(
        "Số phút được cộng trước, rồi mới nhân với thu nhập một giờ và làm tròn một lần.",
        "Minutes are added first; their sum is multiplied by the worth of an hour and rounded once.",
    );
    let page =
        reader.heading("Biểu chi phí tuân thủ", "The table of compliance costs").and(&rounded);
    let before = Html::tag("h3", reader.say("Trước", "Before"));
    let page = page.and(&before).and(&account(reader, old, it.before()));
    let after = Html::tag("h3", reader.say("Sau", "After"));
    page.and(&after).and(&account(reader, new, it.after()))
}

fn account(reader: Reader, design: &Design<'_>, account: &Account<'_>) -> Html {
    let mut table = reader.table(
        &[
            ("Công việc", "Work"),
            ("Số lần", "Times"),
            ("Phút", "Minutes"),
            ("Trực tiếp", "Direct"),
            ("Phí, lệ phí", "Fee"),
            ("Người chịu", "Borne by"),
            ("Nguồn, mức chắc chắn", "Source and certainty"),
        ],
        &[1, 2, 3, 4],
    );
    let mut task = None;
    for it in account.lines() {
        if task != Some(it.task()) {
            task = Some(it.task());
            let heading = reader.both(|lang| it.task().label(lang).into());
            table.group("task", &Html::of("span", "inline", heading));
        }
        let procedure = design.procedure(it.part()).unwrap_or(design.lead());
        table.row(line(reader, procedure, account, it));
    }
    sum(reader, &mut table, reader.say("Người nộp hồ sơ", "The applicant"), account.applicant());
    for it in account.others() {
        let bearer = it.bearer();
        sum(reader, &mut table, reader.both(|lang| bearer.label(lang).into()), it.cost());
    }
    table.finish()
}

fn line(reader: Reader, procedure: &Procedure, account: &Account<'_>, it: &Line<'_>) -> Vec<Html> {
    let part = it.part().map_or_else(String::new, |part| format!("{part}: "));
    let at = it.serves().map_or_else(Html::default, |serves| {
        Html::of("div", "at", Html::text(format_args!("{part}{serves}")))
    });
    let subject = it.subject().map_or_else(Html::default, |name| {
        Html::of("div", "subject", reader.both(|lang| name.get(lang).into()))
    });
    let name = reader.both(|lang| it.name(lang).into());
    vec![
        name.and(&subject).and(&at),
        Html::text(it.times()),
        it.minutes().map_or_else(|| unknown(reader), Html::text),
        dong(reader, it.direct()),
        dong(reader, it.fee()),
        reader.both(|lang| it.bearer().label(lang).into()),
        sources(reader, procedure, account, it),
    ]
}

/// Says of the work and of the fee where they come from, and why what is missing is missing.
fn sources(reader: Reader, procedure: &Procedure, account: &Account<'_>, it: &Line<'_>) -> Html {
    let mut said: Vec<Html> = it.gaps().iter().map(|it| gap(reader, it)).collect();
    if it.minutes().is_some() && (it.norm().is_some() || it.activity().is_some()) {
        said.push(work(reader, procedure, account, it));
    }
    let charges = it.charge().map(|it| it.lines()).unwrap_or_default();
    for charge in charges {
        let name = charge.component().name().or(it.subject());
        said.extend(name.map(|it| reader.both(|lang| it.get(lang).into())));
        for ground in charge.grounds() {
            let cited = reader.cited(ground.citation());
            said.push(certainty(reader, ground.certainty()).and(&Html::text(" ")).and(&cited));
        }
    }
    let said = said.into_iter().map(|it| Html::of("div", "source inline", it));
    Html::joined(said, "")
}

/// Says by which item of the norms work is measured, or what the definition states.
fn work(reader: Reader, procedure: &Procedure, account: &Account<'_>, it: &Line<'_>) -> Html {
    let norm = it.norm();
    // What is said of the fee is said with its own ground.
    let of_norm = norm.map_or(Certainty::Read, |(_, it)| it.certainty());
    let of_work = match it.charge() {
        Some(_) if it.assumed().is_none() => of_norm,
        Some(_) => Certainty::Assumed,
        None => it.certainty(),
    };
    let mut said = certainty(reader, of_work);
    let mut add = |more: &Html| said = std::mem::take(&mut said).and(&Html::text(" ")).and(more);
    if let Some((id, _)) = norm {
        add(&Html::tag("code", Html::text(id)));
    }
    if let Some(charged) = norm.and_then(|(_, it)| it.charged()) {
        add(&reader.say("cùng mức thu", "with the charge"));
        add(&Html::tag("code", Html::text(charged)));
    }
    if let Some(name) = it.activity() {
        let stated = reader.say("thủ tục nêu:", "stated by the definition:");
        add(&stated);
        add(&Html::tag("code", Html::text(name)));
        let stated = procedure.activities().find(&name).map(|(_, it)| it);
        for cited in stated.iter().flat_map(|it| procedure.cited(it.law())) {
            add(&reader.cited(cited));
        }
    }
    let own = norm.into_iter().flat_map(|(_, it)| account.norms().cited(it.law()));
    own.for_each(|cited| add(&reader.cited(cited)));
    if let Some(source) = norm.and_then(|(_, it)| it.source()) {
        add(&Html::text(source));
    }
    if let Some(assumed) = it.assumed() {
        add(&Html::of("q", "assumed", Html::told(assumed)));
    }
    said
}

/// Says how surely something is known.
pub(super) fn certainty(reader: Reader, it: Certainty) -> Html {
    let class = match it {
        Certainty::Read | Certainty::Inferred => "chip sourced",
        _ => "chip assumed",
    };
    Html::of("span", class, reader.both(|lang| it.label(lang).into()))
}

fn gap(reader: Reader, it: &Gap<'_>) -> Html {
    let why = match it.reason() {
        Some(reason) => Html::told(reason),
        None => reader.both(|lang| it.missing().label(lang).into()),
    };
    let item = it.item().into_iter().map(|it| Html::tag("code", Html::text(it)));
    let facts = it.facts().iter().map(|it| Html::tag("code", Html::text(it)));
    let named = Html::joined(item.chain(facts), " ");
    unknown(reader).and(&Html::text(" ")).and(&why).and(&Html::text(" ")).and(&named)
}

fn sum(reader: Reader, table: &mut Table, who: Html, cost: &Cost) {
    let minutes = cost.minutes().map_or_else(|| unknown(reader), Html::text);
    let time = dong(reader, cost.time());
    let time = Html::of("div", "remark", Html::text("= ").and(&time).and(&Html::text(" đ")));
    let total = |name: Html, amount| {
        Html::of("div", "inline", name.and(&Html::text(" ")).and(&dong(reader, amount)))
    };
    let with = total(reader.say("cộng", "sum"), cost.with_fees());
    let without = total(reader.say("không tính phí", "without fees"), cost.without_fees());
    let cells = vec![
        who,
        Html::default(),
        minutes.and(&time),
        dong(reader, cost.direct()),
        dong(reader, cost.fees()),
        Html::default(),
        with.and(&without),
    ];
    table.classed("sum", cells);
}
