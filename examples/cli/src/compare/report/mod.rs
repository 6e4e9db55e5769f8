//! The report for people: one file of HTML that loads nothing and runs nothing, for screen and paper.
//!
//! Labels stand in both languages; the messages of rules are English alone, as
//! everywhere. The day on which it is made is absent, so that the same call
//! gives the same bytes.

mod basis;
mod burdens;
mod changes;
mod figure;
mod lines;
mod meter;
mod objections;
mod portfolio;
mod saving;
mod verdict;
mod waterfall;

use hoso::simplify::{Design, Portfolio, Verdict};
use hoso::text::Lang;

use super::Asked;
use crate::diff::Compared;
use crate::html::{Html, Reader, header, page};

/// Writes the report of one procedure and its redesign.
pub(super) fn of_verdict(
    (old, new): (&Design<'_>, &Design<'_>),
    verdict: &Verdict<'_>,
    asked: &Asked<'_>,
    lang: Lang,
) -> String {
    let reader = Reader::new(lang);
    let compared = Compared::of(old, new, asked.calendar);
    let designs = (old, new);
    let (before, after) = (old.lead(), new.lead());
    let name = reader.both(|lang| after.name().get(lang).into());
    let versions = Html::text(format_args!(
        "{} @ {} → {} @ {}",
        before.id(),
        before.version(),
        after.id(),
        after.version()
    ));
    let sections = [
        verdict::verdict(reader, verdict),
        objections::objections(reader, verdict.objections()),
        waterfall::waterfall(reader, designs, verdict),
        burdens::burdens(reader, verdict),
        changes::changes(reader, &compared),
        lines::lines(reader, designs, verdict),
        basis::basis(reader, asked),
        basis::definitions(reader, old, new),
    ];
    page(reader, after.name().get(lang), "", &header(kind(reader), name, versions), sections)
}

/// Writes a verdict, and what is said against it, as a part of another page.
pub(super) fn part(reader: Reader, verdict: &Verdict<'_>) -> Html {
    let judged = verdict::part(reader, verdict);
    match verdict.objections() {
        [] => judged,
        objections => judged.and(&objections::list(reader, objections)),
    }
}

/// Writes the report of two folders.
pub(super) fn of_portfolio(portfolio: &Portfolio<'_>, asked: &Asked<'_>, lang: Lang) -> String {
    let reader = Reader::new(lang);
    let title = ("Danh mục thủ tục", "A portfolio of procedures");
    let name = reader.say(title.0, title.1);
    let count = portfolio.entries().len();
    let versions = reader.both(|lang| {
        let procedures = lang.pick("thủ tục", "procedures");
        format!("{count} {procedures}")
    });
    let sections = [portfolio::portfolio(reader, portfolio), basis::basis(reader, asked)];
    let header = header(kind(reader), name, versions);
    page(reader, lang.pick(title.0, title.1), "", &header, sections)
}

fn kind(reader: Reader) -> Html {
    reader.say(
        "Đánh giá phương án đơn giản hóa thủ tục hành chính",
        "Assessment of a simplified administrative procedure",
    )
}
