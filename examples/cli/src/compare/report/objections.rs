//! The objections: what makes the redesign fail although figures may be reached, each with the case that shows it.

use crate::html::{Html, Reader};
use hoso::diagnostic::Diagnostic;
use hoso::simplify::Objection;
use hoso::witness::Witness;

pub(super) fn objections(reader: Reader, found: &[Diagnostic]) -> Html {
    let heading = reader.heading("Phản đối", "Objections");
    if found.is_empty() {
        let none = reader.remark(
            "Không có: không chuyển chi phí cho người khác, không kéo dài hay phá vỡ thời hạn, không chỉ đổi tên, không quyết định khác trước mà không nêu lý do.",
            "None: no cost was moved, no term made longer or broken, nothing merely renamed, no application decided otherwise without a declared reason.",
        );
        return heading.and(&none);
    }
    heading.and(&list(reader, found))
}

/// Lists objections without a heading.
pub(super) fn list(reader: Reader, found: &[Diagnostic]) -> Html {
    let items = found.iter().map(|it| Html::tag("li", objection(reader, it)));
    Html::of("ul", "objections", Html::joined(items, "\n"))
}

fn objection(reader: Reader, it: &Diagnostic) -> Html {
    let known = Objection::ALL.iter().find(|known| known.code() == it.code());
    let title = known.map_or_else(
        || Html::text(it.code()),
        |known| reader.both(|lang| known.title(lang).into()),
    );
    let message = Html::of("div", "told", reader.told(|lang| it.message_in(lang)));
    let mut item = Html::of("b", "inline", title).and(&message);
    for detail in it.details() {
        item = item.and(&Html::of("div", "told", Html::told(detail.text())));
    }
    if let Some(shown) = it.evidence() {
        item = item.and(&witness(reader, shown));
    }
    if it.advice().is_some() {
        let advice = reader.told(|lang| it.advice_in(lang).unwrap_or_default());
        item = item.and(&Html::of("div", "remark", advice));
    }
    item
}

/// Writes a case that shows something.
pub(super) fn witness(reader: Reader, it: &Witness) -> Html {
    let example = reader.say("Ví dụ:", "For example:");
    Html::of("div", "witness inline", example.and(&Html::text(format_args!(" {it}"))))
}
