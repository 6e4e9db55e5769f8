//! On what the comparison rests: norms, tariff, the day of prices, and the definitions with their fingerprints.

use hoso::Remarks;
use hoso::definition::Procedure;
use hoso::simplify::Design;
use hoso::simplify::cost::{LeftOut, Norms};

use super::figure::stated;
use super::lines::certainty;
use crate::compare::Asked;
use crate::html::{Html, Reader};

pub(super) fn basis(reader: Reader, asked: &Asked<'_>) -> Html {
    let norms = asked.setting.norms();
    let tariff = asked.tariff;
    let mut rows = vec![
        (reader.say("Định mức", "Norms"), named(reader, norms)),
        (reader.say("Thu nhập một giờ", "Worth of an hour"), income(reader, norms)),
    ];
    if let Some(overhead) = norms.overhead() {
        let added = reader.say("Cộng thêm vào thời gian", "Added to the worth of time");
        rows.push((added, Html::text(stated(overhead))));
    }
    let left_out = LeftOut::ALL.iter().filter(|it| norms.leaves_out(**it));
    let left_out: Vec<Html> =
        left_out.map(|it| reader.both(|lang| it.label(lang).into())).collect();
    if !left_out.is_empty() {
        rows.push((reader.say("Không tính", "Left out"), Html::joined(left_out, ", ")));
    }
    let id = Html::text(format_args!(" ({})", tariff.id()));
    let tariff = reader.both(|lang| tariff.name().get(lang).into()).and(&id);
    rows.push((reader.say("Biểu phí", "Tariff"), Html::of("div", "inline", tariff)));
    rows.push((reader.say("Giá ngày", "Prices of"), Html::text(asked.setting.on())));
    rows.push((
        reader.say("Lịch tính thời hạn", "Calendar of terms"),
        Html::text(asked.calendar.id()),
    ));
    let rows = rows.into_iter().map(|(name, it)| Html::tag("dt", name).and(&Html::tag("dd", it)));
    let heading = reader.heading("Cơ sở tính toán", "On what it rests");
    heading.and(&Html::tag("dl", Html::joined(rows, "\n")))
}

fn named(reader: Reader, norms: &Norms) -> Html {
    let id = Html::text(format_args!(" ({}, {})", norms.id(), norms.year()));
    let name =
        Html::of("div", "inline", reader.both(|lang| norms.name().get(lang).into()).and(&id));
    let law = norms.law().map(|it| Html::of("div", "inline", reader.cited(it)));
    name.and(&Html::joined(law, "")).and(&remarks(reader, norms.remarks()))
}

/// Shows how the worth of an hour follows from a published figure.
fn income(reader: Reader, norms: &Norms) -> Html {
    let income = norms.income();
    let worth = reader.both(|lang| {
        let hours = lang.pick("giờ", "hours");
        format!("{} đ / {} {hours} = {} đ", income.yearly(), income.hours(), income.hourly())
    });
    let year = Html::text(format_args!(" ({}) ", norms.year()));
    let worth = worth.and(&year).and(&certainty(reader, income.certainty()));
    let source = income.source().map_or_else(Html::default, |it| Html::tag("div", Html::text(it)));
    let law = norms.cited(income.law()).map(|it| Html::of("div", "inline", reader.cited(it)));
    let said = Html::of("div", "inline", worth).and(&source).and(&Html::joined(law, ""));
    said.and(&remarks(reader, income.remarks()))
}

/// Lists every procedure of both designs.
pub(super) fn definitions(reader: Reader, old: &Design<'_>, new: &Design<'_>) -> Html {
    let mut table = reader.table(
        &[
            ("", ""),
            ("Thủ tục", "Procedure"),
            ("Hiệu lực", "Effective"),
            ("Dấu vân tay (SHA-256)", "Fingerprint (SHA-256)"),
        ],
        &[],
    );
    let before = old.procedures().map(|(_, it)| (("Trước", "Before"), it));
    let after = new.procedures().map(|(_, it)| (("Sau", "After"), it));
    for ((vi, en), it) in before.chain(after) {
        table.row(definition(reader, reader.say(vi, en), it));
    }
    let heading = reader.heading("Các bản được so sánh", "The definitions compared");
    heading.and(&table.finish())
}

fn definition(reader: Reader, side: Html, it: &Procedure) -> Vec<Html> {
    let at = Html::of("div", "at", Html::text(format_args!("{} @ {}", it.id(), it.version())));
    let name = reader.both(|lang| it.name().get(lang).into()).and(&at);
    let name = name.and(&remarks(reader, it.remarks()));
    let name = name.and(&remarks(reader, it.compliance().remarks()));
    let status = Html::of("span", "chip", reader.both(|lang| it.status().label(lang).into()));
    let days = it.effective();
    let until = days.until().map_or_else(|| "…".into(), |it| it.to_string());
    let days = Html::tag("div", Html::text(format_args!("[{}, {until})", days.from())));
    let print = Html::of("span", "print", Html::text(it.fingerprint()));
    vec![side, name, status.and(&days), print]
}

/// Says what somebody assumed and noted.
fn remarks(reader: Reader, it: &Remarks) -> Html {
    let assumed = it.assumed().map_or_else(Html::default, |it| {
        let said = Html::of("span", "chip assumed", reader.say("giả định", "assumed"));
        Html::of("div", "source inline", said.and(&Html::text(" ")).and(&Html::told(it)))
    });
    let note = it.note().map_or_else(Html::default, |it| Html::of("div", "remark", Html::told(it)));
    assumed.and(&note)
}
