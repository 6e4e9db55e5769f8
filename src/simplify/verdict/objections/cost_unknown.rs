//! A cost that nobody can say.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use crate::definition::PartKind;
use crate::diagnostic::Diagnostic;
use crate::simplify::cost::{Account, Bearer, Gap, Line, Missing};
use crate::simplify::design::Design;
use crate::simplify::verdict::case::Case;
use crate::simplify::verdict::objection::Objection;
use crate::source::Span;
use crate::text::Lang;
use crate::witness::Witness;

pub(super) const OBJECTION: Objection = Objection {
    code: "cost-unknown",
    title: ("Chưa biết đủ chi phí để so sánh", "A cost that is not known"),
    find,
};

/// A figure that is missing on either side makes both legs of cost unknown.
fn find(case: &Case<'_, '_>) -> Vec<Diagnostic> {
    let before = gaps(case.before, case.verdict.before(), ("bản trước", "before"));
    let after = gaps(case.after, case.verdict.after(), ("bản sau", "after"));
    before.into_iter().chain(after).collect()
}

fn gaps(design: &Design<'_>, account: &Account<'_>, side: (&str, &str)) -> Vec<Diagnostic> {
    let lines = account.lines().iter().filter(|it| it.bearer() == Bearer::Applicant);
    let gaps = lines.flat_map(|line| line.gaps().iter().map(move |gap| (line, gap)));
    gaps.map(|(line, gap)| unknown(design, line, gap, side)).collect()
}

fn unknown(design: &Design<'_>, line: &Line<'_>, gap: &Gap<'_>, side: (&str, &str)) -> Diagnostic {
    let message = |lang: Lang| {
        let (what, why) = (about(line, lang), gap.missing().label(lang));
        let item = gap.item().map(|it| format!("`{it}`: ")).unwrap_or_default();
        match lang {
            Lang::Vi => format!("chưa biết chi phí cho {what} ở {}: {item}{why}", side.0),
            Lang::En => format!("the cost {} of {what} is not known: {item}{why}", side.1),
        }
    };
    let diagnostic = OBJECTION.raise(place(design, line), message, |lang| help(line, gap, lang));
    let facts = gap.facts().iter().map(|it| (*it, "unknown".into()));
    if gap.facts().is_empty() { diagnostic } else { diagnostic.witness(Witness::facts(facts)) }
}

/// Names what the line is for: the paper or the step, the activity, or a whole part of the bundle.
fn about(line: &Line<'_>, lang: Lang) -> String {
    let named = line.serves().map(|it| it.to_string());
    let named = named.or(line.activity().map(|it| format!("{}.{it}", PartKind::Activity)));
    match (named, line.part()) {
        (Some(named), None) => format!("`{named}`"),
        (Some(named), Some(part)) => {
            lang.pick(format!("`{named}` của thủ tục `{part}`"), format!("`{named}` in `{part}`"))
        }
        (None, Some(part)) => format!("`part.{part}`"),
        (None, None) => line.name(lang).into(),
    }
}

/// Says which figure to supply, and where.
fn help(line: &Line<'_>, gap: &Gap<'_>, lang: Lang) -> String {
    let item = gap.item().map(|it| it.to_string()).unwrap_or_default();
    let facts: Vec<String> = gap.facts().iter().map(|it| format!("`{it}`")).collect();
    let facts = facts.join(", ");
    let asked = line.serves().map(|it| it.to_string()).unwrap_or_default();
    match (gap.missing(), lang) {
        (Missing::NoNorm, Lang::Vi) => format!(
            "thêm `[item.\"{item}\"]` vào định mức, hoặc để một `[activity]` nêu mục đã có trong định mức"
        ),
        (Missing::NoNorm, Lang::En) => format!(
            "add `[item.\"{item}\"]` to the norms, or let an `[activity]` name an item that they have"
        ),
        (Missing::NotFound, Lang::Vi) => {
            format!("bổ sung số liệu còn thiếu của `[item.\"{item}\"]` trong định mức, kèm nguồn")
        }
        (Missing::NotFound, Lang::En) => {
            format!(
                "supply the figure that `[item.\"{item}\"]` of the norms lacks, with its source"
            )
        }
        (Missing::UnknownCase, Lang::Vi) => format!("nêu {facts} ở `case` của `[compliance]`"),
        (Missing::UnknownCase, Lang::En) => format!("state {facts} in `case` of `[compliance]`"),
        (Missing::NotStated, Lang::Vi) => {
            format!(
                "nêu số bản chính hoặc bản sao của `{asked}`, hoặc thêm một `[activity]` với `for = \"{asked}\"`"
            )
        }
        (Missing::NotStated, Lang::En) => {
            format!(
                "state how many originals or copies `{asked}` asks for, or add an `[activity]` with `for = \"{asked}\"`"
            )
        }
        (Missing::NoTariff, Lang::Vi) => format!("thêm mức thu của `{item}` vào biểu phí"),
        (Missing::NoTariff, Lang::En) => format!("add an amount for `{item}` to the tariff"),
        (Missing::UnknownBase, Lang::Vi) => format!("bổ sung mức thu của `{item}` trong biểu phí"),
        (Missing::UnknownBase, Lang::En) => {
            format!("supply the amount of `{item}` that the tariff lacks")
        }
        (Missing::Ambiguous, Lang::Vi) if !facts.is_empty() => {
            format!("nêu {facts} ở `case` của `[compliance]`")
        }
        (Missing::Ambiguous, Lang::En) if !facts.is_empty() => {
            format!("state {facts} in `case` of `[compliance]`")
        }
        (Missing::Ambiguous, Lang::Vi) => format!("chọn một cách hiểu về `{item}` trong biểu phí"),
        (Missing::Ambiguous, Lang::En) => format!("settle the reading of `{item}` in the tariff"),
    }
}

fn place(design: &Design<'_>, line: &Line<'_>) -> Span {
    let procedure = design.procedure(line.part()).unwrap_or(design.lead());
    let part = line.serves().and_then(|it| procedure.span_of(&it));
    part.unwrap_or(procedure.span())
}
