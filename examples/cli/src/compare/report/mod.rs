//! The report for people: one file of HTML that loads nothing and runs nothing, for screen and paper.
//!
//! Labels stand in both languages; the messages of rules are English alone, as
//! everywhere. The day on which it is made is absent, so that the same call
//! gives the same bytes.

mod basis;
mod burdens;
mod changes;
mod figure;
mod html;
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
use html::{Html, Reader};

const STYLE: &str = include_str!("style.css");

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
    page(reader, after.name().get(lang), &header(reader, name, versions), sections)
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
    page(reader, lang.pick(title.0, title.1), &header(reader, name, versions), sections)
}

fn header(reader: Reader, name: Html, versions: Html) -> Html {
    let kind = reader.say(
        "Đánh giá phương án đơn giản hóa thủ tục hành chính",
        "Assessment of a simplified administrative procedure",
    );
    let kind = Html::of("p", "kind", kind);
    let versions = Html::of("p", "versions inline", versions);
    Html::tag("header", kind.and(&Html::tag("h1", name)).and(&versions))
}

fn page(
    reader: Reader,
    title: &str,
    header: &Html,
    sections: impl IntoIterator<Item = Html>,
) -> String {
    let sections = sections.into_iter().map(|it| Html::tag("section", it));
    let sections = Html::joined(sections, "\n");
    let title = Html::text(title);
    let lang = reader.lang().pick("vi", "en");
    let maker = Html::text(concat!("hoso ", env!("CARGO_PKG_VERSION")));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{header}\n<main>\n\
         {sections}\n</main>\n<footer>{maker}</footer>\n</body>\n</html>\n"
    )
}
