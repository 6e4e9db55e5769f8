//! `hoso show`: a procedure as a person reads it.

mod data;
mod text;
mod timetable;

use hoso::calendar::Calendar;
use hoso::definition::bundle::Bundle;
use hoso::definition::fact::Domain;
use hoso::definition::{LawIdx, Procedure};
use hoso::id::Id;
use hoso::text::Lang;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::args::{Global, Show};
use crate::failure::Fallible;
use crate::ledger::cited;
use crate::load::Texts;
use crate::{export, versions};

pub(crate) fn show(global: &Global, args: &Show) -> Fallible<Answer> {
    let texts = Texts::open(global)?;
    let (catalogue, bundles) = texts.shelves();
    let shelf = versions::shelf(&catalogue, &bundles, &args.procedure);
    texts.readable(shelf, &args.procedure)?;
    if let Some(drawing) = args.graph {
        return export::drawn(global, (&catalogue, &bundles), args, drawing);
    }
    let versions = versions::all(shelf, &args.procedure, args.on.as_deref())?;
    let lang = global.lang();
    let calendar = texts.court_calendar();
    let calendar = calendar.as_ref();
    let views = || {
        let view =
            |procedure| View { procedure, bundle: bundles.led_by(procedure), calendar, lang };
        versions.iter().copied().map(view)
    };
    let data = || {
        let mut all: Vec<Value> = views().map(|it| it.data()).collect();
        // One code of several procedures shows them all.
        if all.len() == 1 { all.remove(0) } else { json!({ "procedures": all }) }
    };
    let text = || views().map(|it| it.text()).collect::<Vec<_>>().join("\n");
    Ok(Answer::new(global, data, text))
}

/// A procedure in one language.
struct View<'p> {
    procedure: &'p Procedure,
    /// The bundle that it leads.
    bundle: Option<&'p Bundle>,
    calendar: Option<&'p Calendar>,
    lang: Lang,
}

impl View<'_> {
    /// Collects what was assumed and noted, each after the name of what it is about.
    fn remarks(&self) -> Vec<String> {
        let it = self.procedure;
        let own = std::iter::once((it.id().to_string(), it.remarks()));
        let terms = it.terms().iter().map(|(_, id, it)| (format!("term {id}"), it.remarks()));
        let states = it.states().iter().map(|(_, id, it)| (format!("state {id}"), it.remarks()));
        let steps = it.transitions().iter();
        let steps = steps.map(|(_, id, it)| (format!("transition {id}"), it.remarks()));
        let mut lines = Vec::new();
        for (what, remarks) in own.chain(terms).chain(states).chain(steps) {
            let assumed = self.lang.pick("giả định", "assumed");
            lines.extend(remarks.assumed().map(|it| format!("{what}: {assumed}: {it}")));
            lines.extend(remarks.note().map(|it| format!("{what}: {it}")));
        }
        lines
    }

    fn cited(&self, law: &[LawIdx]) -> Option<String> {
        cited(self.procedure.cited(law), self.lang)
    }
}

fn domain(domain: &Domain, lang: Lang) -> String {
    match domain {
        Domain::Boolean => lang.pick("có hoặc không", "yes or no").into(),
        Domain::Integer { min, max } => format!("{min}–{max}"),
        Domain::Choice(words) => words.iter().map(Id::as_str).collect::<Vec<_>>().join(" | "),
        Domain::Date => lang.pick("ngày", "a day").into(),
    }
}
