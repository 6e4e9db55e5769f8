//! The report for people: what was simulated and what came of it, as one file of HTML.
//!
//! Labels stand in both languages, numbers in the first alone. The day on which
//! it is made is absent, so that the same call gives the same bytes.

mod basis;
mod graph;
mod headline;
mod lengths;
mod meter;
mod pools;
mod promises;
mod steps;

use hoso::simulate::{Comparison, Report, Summary};
use hoso::text::Lang;

use super::Desk;
use super::names::Names;
use crate::html::{Html, Reader, header, page};

const STYLE: &str = include_str!("style.css");

/// A scenario that was run.
#[derive(Clone, Copy)]
pub(super) struct Run<'r> {
    pub(super) desk: &'r Desk,
    pub(super) summary: &'r Summary,
    pub(super) report: &'r Report,
}

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
    pub(super) to_be: Option<(Run<'r>, &'r Comparison)>,
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
            Some((to_be, _)) => vec![(Side::AsIs, self.as_is), (Side::ToBe, to_be)],
        }
    }
}

/// Writes the report.
pub(super) fn write(shown: &Shown<'_>, lang: Lang) -> String {
    let reader = Reader::new(lang);
    let sections = [
        headline::headline(reader, shown),
        lengths::lengths(reader, shown),
        promises::promises(reader, shown),
        pools::pools(reader, shown),
        graph::graphs(reader, shown),
        steps::steps(reader, shown),
        basis::basis(reader, shown),
    ];
    let kind = reader
        .say("Mô phỏng giải quyết thủ tục hành chính", "Simulation of administrative procedures");
    let mut title = shown.as_is.name(reader);
    let mut ids = shown.as_is.report.scenario.to_string();
    if let Some((to_be, _)) = shown.to_be {
        title = title.and(&Html::of("span", "versus", reader.say("so với", "against")));
        title = title.and(&to_be.name(reader));
        ids = format!("{ids} → {}", to_be.report.scenario);
    }
    let header = header(kind, title, Html::text(ids));
    page(reader, shown.as_is.desk.scenario.name(lang), STYLE, &header, sections)
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
