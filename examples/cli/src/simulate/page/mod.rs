//! The report for people: what was simulated and what came of it, as one file of HTML.
//!
//! Labels stand in both languages, numbers in the first alone. The day on which
//! it is made is absent, so that the same call gives the same bytes.

mod basis;
mod graph;
mod headline;
mod index;
mod lengths;
mod meter;
mod pools;
mod promises;
mod steps;
mod verdicts;

use hoso::simulate::Comparison;
use hoso::text::Lang;

use super::Run;
use super::names::Names;
use super::verdict::Bench;
use crate::failure::Fallible;
use crate::html::{Html, Reader, header, page};

const STYLE: &str = include_str!("style.css");

impl<'r> Run<'r> {
    fn names(&self) -> Names<'r> {
        self.desk.names()
    }

    fn name(&self, reader: Reader) -> Html {
        reader.both(|lang| self.desk.scenario.name(lang).into())
    }
}

/// What is shown: one run, or two that were compared.
#[derive(Clone, Copy)]
pub(super) struct Shown<'r> {
    pub(super) as_is: Run<'r>,
    pub(super) to_be: Option<Pair<'r>>,
}

/// The run as it is to be, what differs, and by what its procedures are judged.
#[derive(Clone, Copy)]
pub(super) struct Pair<'r> {
    pub(super) to_be: Run<'r>,
    pub(super) comparison: &'r Comparison,
    pub(super) bench: &'r Bench<'r>,
}

/// Which of two runs a figure is of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Side {
    /// There is only one.
    Only,
    AsIs,
    ToBe,
}

impl Side {
    /// Returns the class of what is drawn for it.
    const fn class(self) -> &'static str {
        match self {
            Self::Only | Self::AsIs => "was",
            Self::ToBe => "will",
        }
    }

    fn label(self, reader: Reader) -> Html {
        match self {
            Self::Only => Html::default(),
            Self::AsIs => Html::of("span", "side was", reader.say("hiện tại", "as is")),
            Self::ToBe => Html::of("span", "side will", reader.say("sau đổi", "to be")),
        }
    }
}

impl<'r> Shown<'r> {
    /// Returns the runs, each with its side.
    fn runs(&self) -> Vec<(Side, Run<'r>)> {
        match self.to_be {
            None => vec![(Side::Only, self.as_is)],
            Some(it) => vec![(Side::AsIs, self.as_is), (Side::ToBe, it.to_be)],
        }
    }
}

/// Writes the report.
pub(super) fn write(shown: &Shown<'_>, lang: Lang) -> Fallible<String> {
    let reader = Reader::new(lang);
    let sections = [
        headline::headline(reader, shown),
        verdicts::verdicts(reader, shown)?,
        lengths::lengths(reader, shown),
        promises::promises(reader, shown),
        index::index(reader, shown),
        pools::pools(reader, shown),
        graph::graphs(reader, shown),
        steps::steps(reader, shown),
        basis::basis(reader, shown),
    ];
    let kind = reader
        .say("Mô phỏng giải quyết thủ tục hành chính", "Simulation of administrative procedures");
    let mut title = shown.as_is.name(reader);
    let mut ids = shown.as_is.report.scenario.to_string();
    if let Some(Pair { to_be, .. }) = shown.to_be {
        title = title.and(&Html::of("span", "versus", reader.say("so với", "against")));
        title = title.and(&to_be.name(reader));
        ids = format!("{ids} → {}", to_be.report.scenario);
    }
    let header = header(kind, title, Html::text(ids));
    let sections = sections.into_iter().filter(|it| !it.is_empty());
    Ok(page(reader, shown.as_is.desk.scenario.name(lang), STYLE, &header, sections))
}

/// Writes the heading of what concerns one kind of case, where there are several.
fn case_heading(reader: Reader, run: &Run<'_>, at: usize) -> Html {
    let cases = &run.report.cases;
    match cases.get(at) {
        Some(case) if cases.len() > 1 => {
            Html::tag("h3", reader.both(|lang| run.names().case(case, lang)))
        }
        _ => Html::default(),
    }
}
