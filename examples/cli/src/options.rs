//! `hoso options`: what may happen to a dossier now, and what stands in the way.

use std::fmt::Write as _;

use hoso::definition::Procedure;
use hoso::dossier::{Actor, Choice, Dossier, Reason, Verdict};
use hoso::id::Id;
use hoso::text::Lang;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::args::{Global, Options};
use crate::failure::{Failure, Fallible};
use crate::office::{Office, dossier_id};
use crate::{events, moment, reasons};

pub(crate) fn options(global: &Global, args: &Options) -> Fallible<Answer> {
    let office = Office::open(global, &args.office)?;
    let at = moment::moment(&args.at, office.calendar().offset())?;
    let actor = Actor::new(&args.actor, Id::parse(&args.role)?);
    let mut dossier = replay(args)?;
    if let Some(last) = dossier.last().filter(|it| at < *it) {
        let message = format_args!("--at is before the last command, {}", last.to_rfc3339());
        return Err(Failure::new(message).help("time never runs backwards"));
    }
    // Nothing is stored: this is what the next command would find.
    let _ = office.take_effect(&mut dossier, at);
    let procedure = office.governing(&dossier, at).ok_or_else(|| {
        let version = dossier.procedure_version().map_or(String::new(), |it| it.to_string());
        let id = dossier.procedure().map_or(String::new(), |it| it.to_string());
        Failure::new(format_args!("the dossier runs under `{id}` {version}, which is not here"))
            .help("write --procedures DIR with the definitions under which it was decided")
    })?;
    let context = office.context(procedure);
    let choices = dossier.options(&context, &actor, at);
    let expired = dossier.expire(&context, at);
    expired.iter().for_each(|it| dossier.evolve(it));
    let view =
        View { name: &args.dossier, dossier: &dossier, procedure, choices, lang: global.lang() };
    Ok(Answer::new(global, || view.data(), || view.text()))
}

/// Rebuilds the dossier from its events; the chain of every dossier of the file is checked.
fn replay(args: &Options) -> Fallible<Dossier> {
    let id = dossier_id(&args.dossier);
    let found = events::dossiers(&args.events)?.into_iter().find(|it| it.id() == id);
    found.ok_or_else(|| {
        let message = format_args!("there is no event of dossier `{}`", args.dossier);
        Failure::new(message).at(args.events.display())
    })
}

/// The transitions of the present state, for one actor.
struct View<'v> {
    name: &'v str,
    dossier: &'v Dossier,
    procedure: &'v Procedure,
    choices: Vec<Choice>,
    lang: Lang,
}

impl View<'_> {
    fn data(&self) -> Value {
        json!({
            "dossier": self.name,
            "procedure": self.procedure.id().as_str(),
            "version": self.procedure.version().as_str(),
            "state": self.dossier.state().map(|it| it.to_string()),
            "portal-status": self.dossier.portal_status().map(|it| it.code()),
            "options": self.choices.iter().map(|it| self.choice(it)).collect::<Vec<_>>(),
        })
    }

    fn choice(&self, choice: &Choice) -> Value {
        let (verdict, reasons) = parts(choice);
        let waits = if verdict == "waiting" { reasons } else { &[] };
        let facts: Vec<String> =
            waits.iter().filter_map(Reason::subject).map(|it| it.to_string()).collect();
        json!({
            "transition": choice.transition().as_str(),
            "name": self.label(choice),
            "verdict": verdict,
            "reasons": reasons.iter().map(|it| reasons::data(it, self.procedure, self.lang)).collect::<Vec<_>>(),
            "facts": facts,
            "brings": choice.brings().iter().map(|it| it.as_str()).collect::<Vec<_>>(),
        })
    }

    fn label(&self, choice: &Choice) -> &str {
        let transition = self.procedure.transitions().get(choice.position());
        transition.map_or("", |it| it.name(self.lang))
    }

    fn text(&self) -> String {
        let lang = self.lang;
        let mut out = String::new();
        if let (Some(state), Some(status)) = (self.dossier.state(), self.dossier.portal_status()) {
            let named = self.procedure.states().find(&state).map(|(_, it)| it.name());
            let named = named.map_or("", |it| it.get(lang));
            let label = status.label(lang);
            let _ = writeln!(out, "{}: {named} ({state}), {status} {label}", self.name);
        }
        if self.choices.is_empty() {
            let _ = writeln!(out, "  {}", lang.pick("không còn bước nào", "nothing may follow"));
        }
        for choice in &self.choices {
            let (verdict, reasons) = parts(choice);
            let word = match verdict {
                "allowed" => lang.pick("được", "allowed"),
                "waiting" => lang.pick("chờ", "waiting"),
                _ => lang.pick("không", "refused"),
            };
            let _ = writeln!(out, "  {word:<8} {} ({})", self.label(choice), choice.transition());
            for need in choice.brings() {
                let _ = writeln!(out, "           + {}", need.label(lang));
            }
            for reason in reasons {
                let _ =
                    writeln!(out, "           – {}", reasons::text(reason, self.procedure, lang));
            }
        }
        out
    }
}

fn parts(choice: &Choice) -> (&'static str, &[Reason]) {
    match choice.verdict() {
        Verdict::Allowed => ("allowed", &[]),
        Verdict::Refused(reasons) => ("refused", reasons),
        Verdict::Waiting(reasons) => ("waiting", reasons),
    }
}
