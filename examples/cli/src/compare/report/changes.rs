//! What changed in meaning and for whom, which applications are decided otherwise, and whose open dossiers are stranded.

use hoso::id::Id;
use hoso::simplify::diff::{Advantage, Change};
use hoso::simplify::{Difference, Differences, Entangled};

use super::objections::witness;
use crate::diff::Compared;
use crate::html::{Html, Reader, Table};

pub(super) fn changes(reader: Reader, it: &Compared<'_>) -> Html {
    let page = reader.heading("Thay đổi gì, đối với ai", "What changed, and for whom");
    let page = page.and(&by_advantage(reader, it));
    let page = page.and(&outcomes(reader, &it.differences));
    page.and(&stranded(reader, it))
}

fn by_advantage(reader: Reader, it: &Compared<'_>) -> Html {
    if it.changes().next().is_none() {
        return reader.remark("Không thay đổi về nội dung.", "Nothing changed in meaning.");
    }
    let mut table = change_table(reader);
    for advantage in Advantage::ALL {
        let mut own = it.changes().filter(|it| it.advantage() == *advantage).peekable();
        if own.peek().is_some() {
            let heading = reader.both(|lang| advantage.label(lang).into());
            table.group(advantage.as_str(), &Html::of("span", "inline", heading));
        }
        own.for_each(|it| table.row(change(reader, it)));
    }
    table.finish()
}

fn change_table(reader: Reader) -> Table {
    let heads = [("Đối với ai", "For whom"), ("Thay đổi", "Change"), ("Căn cứ", "Legal basis")];
    reader.table(&heads, &[])
}

fn change(reader: Reader, it: &Change<'_>) -> Vec<Html> {
    let part = it.member().map_or_else(String::new, |part| format!("{part}: "));
    let title = Html::of("b", "inline", reader.both(|lang| it.rule().title(lang).into()));
    let message = reader.told(|lang| format!("{part}{}", it.message(lang)));
    let shown = it.witness().map_or_else(Html::default, |it| witness(reader, it));
    let law = it.law().iter().map(|it| Html::tag("div", reader.cited(it)));
    vec![
        reader.both(|lang| it.party().label(lang).into()),
        title.and(&Html::of("div", "told", message)).and(&shown),
        Html::joined(law, ""),
    ]
}

fn outcomes(reader: Reader, it: &Differences) -> Html {
    let heading = Html::tag(
        "h3",
        reader.say("Hồ sơ được quyết định khác trước", "Applications decided otherwise"),
    );
    if it.are_none() && it.idle().is_empty() {
        let none = reader.remark(
            "Không có: mọi hồ sơ có thể được quyết định như trước.",
            "None: every application may be decided as before.",
        );
        return heading.and(&none);
    }
    let mut table = reader.table(
        &[
            ("Trước", "Before"),
            ("Sau", "After"),
            ("Ví dụ", "Example"),
            ("Lý do đã khai báo", "Declared reason"),
        ],
        &[],
    );
    it.found().iter().for_each(|it| table.row(difference(reader, it)));
    let entangled = it.entangled().iter().map(|it| open(reader, it));
    let idle = it.idle().iter().map(|(_, name)| {
        let idle = reader.say(
            "Đã khai báo nhưng không giải thích khác biệt nào:",
            "Declared, and explains no difference:",
        );
        let name = Html::tag("code", Html::text(name));
        Html::of("p", "remark inline", idle.and(&Html::text(" ")).and(&name))
    });
    let table = if it.found().is_empty() { Html::default() } else { table.finish() };
    heading.and(&table).and(&Html::joined(entangled.chain(idle), ""))
}

fn difference(reader: Reader, it: &Difference) -> Vec<Html> {
    let facts: Vec<String> = it.facts().iter().map(|(name, it)| format!("{name} = {it}")).collect();
    let facts = match it.facts() {
        [] => reader.say("mọi hồ sơ", "every application"),
        _ => Html::text(facts.join(", ")),
    };
    let part = it.member().map_or_else(String::new, |part| format!("{part}: "));
    let side = |outcome: Html, path: &[Id]| {
        outcome.and(&Html::of("div", "at", Html::text(joined(path, " → "))))
    };
    let explained = match it.explained_by() {
        [] => Html::of("span", "chip no", reader.say("không có", "none")),
        names => Html::tag("code", Html::text(joined(names, ", "))),
    };
    vec![
        side(reader.both(|lang| it.before().label(lang).into()), it.path_before()),
        side(reader.both(|lang| it.after().label(lang).into()), it.path_after()),
        Html::text(part).and(&facts),
        explained,
    ]
}

fn open(reader: Reader, it: &Entangled) -> Html {
    let said = reader.say(
        "Chưa xét hết mọi trường hợp; quá nhiều do các tình tiết:",
        "Not every case could be followed; too many are made by:",
    );
    let facts = Html::text(format_args!(" {}", joined(it.facts(), ", ")));
    Html::of("p", "remark inline", said.and(&facts))
}

fn stranded(reader: Reader, it: &Compared<'_>) -> Html {
    let heading = Html::tag(
        "h3",
        reader.say("Hồ sơ đang giải quyết bị kẹt", "Open dossiers that are stranded"),
    );
    if it.stranded().next().is_none() {
        let none = reader.remark("Không có.", "None.");
        return heading.and(&none);
    }
    let mut table = change_table(reader);
    it.stranded().for_each(|it| table.row(change(reader, it)));
    heading.and(&table.finish())
}

fn joined(names: &[Id], between: &str) -> String {
    names.iter().map(Id::as_str).collect::<Vec<_>>().join(between)
}
