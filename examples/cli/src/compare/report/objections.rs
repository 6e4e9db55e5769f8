//! The objections: what makes the redesign fail although figures may be reached, each with the case that shows it.

use hoso::diagnostic::Diagnostic;
use hoso::simplify::Objection;
use hoso::witness::Witness;

use super::html::{Html, Reader};

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
    let mut item = Html::of("b", "inline", title).and(&told(it.message()));
    for detail in it.details() {
        item = item.and(&told(detail.text()));
    }
    if let Some(shown) = it.evidence() {
        item = item.and(&witness(reader, shown));
    }
    it.advice().map_or(item.clone(), |advice| {
        let advice = Html::of("div", "remark", Html::told(advice));
        item.and(&advice)
    })
}

fn told(message: &str) -> Html {
    Html::of("div", "told", Html::told(message))
}

/// Writes a case that shows something.
pub(super) fn witness(reader: Reader, it: &Witness) -> Html {
    let example = reader.say("Ví dụ:", "For example:");
    Html::of("div", "witness inline", example.and(&Html::text(format_args!(" {it}"))))
}
