//! `hoso options`: what may happen to a dossier now, and what stands in the way.

mod linked;

use std::fmt::Write as _;

use hoso::definition::Procedure;
use hoso::dossier::bundle::PartStanding;
use hoso::dossier::{Actor, Choice, Dossier, Event, Reason, Verdict};
use hoso::id::Id;
use hoso::text::Lang;
use serde_json::{Value, json};

use crate::answer::{Answer, put};
use crate::args::{Global, Options};
use crate::failure::{Failure, Fallible};
use crate::moment::Moment;
use crate::office::{Office, dossier_id};
use crate::{events, moment, reasons, standing};

pub(crate) fn options(global: &Global, args: &Options) -> Fallible<Answer> {
    let office = Office::open(global, &args.office)?;
    let at = moment::moment(&args.at, office.calendar().offset())?;
    let actor = Actor::new(&args.actor, Id::parse(&args.role)?);
    // The chain of every dossier of the file is checked.
    let all = events::read(&args.events)?;
    let subject = match linked::find(&office, &all, &args.dossier, &actor, at)? {
        Some(subject) => subject,
        None => alone(&office, &all, args, &actor, at)?,
    };
    let view = View { name: &args.dossier, subject, lang: global.lang() };
    Ok(Answer::new(global, || view.data(), || view.text()))
}

/// What was asked about, brought to the moment.
struct Subject<'o> {
    /// None where a part of a case was not opened.
    dossier: Option<Dossier>,
    procedure: &'o Procedure,
    choices: Vec<Choice>,
    /// The parts of a case.
    parts: Vec<(Id, PartStanding)>,
    /// How the part itself stands in its case.
    standing: Option<PartStanding>,
}

/// Finds a dossier that goes its way alone.
fn alone<'o>(
    office: &'o Office,
    all: &[Event],
    args: &Options,
    actor: &Actor,
    at: Moment,
) -> Fallible<Subject<'o>> {
    let id = dossier_id(&args.dossier);
    let found = events::dossiers(all).into_iter().find(|it| it.id() == id);
    let mut dossier = found.ok_or_else(|| {
        let message = format_args!("there is no event of dossier `{}`", args.dossier);
        Failure::new(message).at(args.events.display())
    })?;
    check_time(dossier.last(), at)?;
    // Nothing is stored: this is what the next command would find.
    let _ = office.take_effect(&mut dossier, at);
    let procedure = office.governing(&dossier, at).ok_or_else(|| without(&dossier))?;
    let context = office.context(procedure);
    let choices = dossier.options(&context, actor, at);
    let expired = dossier.expire(&context, at);
    expired.iter().for_each(|it| dossier.evolve(it));
    let (parts, standing) = (Vec::new(), None);
    Ok(Subject { dossier: Some(dossier), procedure, choices, parts, standing })
}

fn check_time(last: Option<Moment>, at: Moment) -> Fallible<()> {
    last.filter(|it| at < *it).map_or(Ok(()), |last| {
        let message = format_args!("--at is before the last command, {}", last.to_rfc3339());
        Err(Failure::new(message).help("time never runs backwards"))
    })
}

/// Says that the version of a dossier is not among the definitions.
fn without(dossier: &Dossier) -> Failure {
    let version = dossier.procedure_version().map_or(String::new(), |it| it.to_string());
    let id = dossier.procedure().map_or(String::new(), |it| it.to_string());
    Failure::new(format_args!("the dossier runs under `{id}` {version}, which is not here"))
        .help("write --procedures DIR with the definitions under which it was decided")
}

/// The transitions of the present state, for one actor.
struct View<'v> {
    name: &'v str,
    subject: Subject<'v>,
    lang: Lang,
}

impl View<'_> {
    fn data(&self) -> Value {
        let Subject { dossier, procedure, choices, parts, standing } = &self.subject;
        let dossier = dossier.as_ref();
        let mut data = json!({
            "dossier": self.name,
            "procedure": procedure.id().as_str(),
            "version": procedure.version().as_str(),
            "state": dossier.and_then(Dossier::state).map(|it| it.to_string()),
            "portal-status": dossier.and_then(Dossier::portal_status).map(|it| it.code()),
            "options": choices.iter().map(|it| self.choice(it)).collect::<Vec<_>>(),
        });
        if let Some(standing) = standing {
            put(&mut data, "standing", standing::word(standing));
        }
        if !parts.is_empty() {
            put(&mut data, "parts", standing::data(self.name, parts));
        }
        data
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
            "reasons": reasons.iter().map(|it| reasons::data(it, self.subject.procedure, self.lang)).collect::<Vec<_>>(),
            "facts": facts,
            "brings": choice.brings().iter().map(|it| it.as_str()).collect::<Vec<_>>(),
        })
    }

    fn label(&self, choice: &Choice) -> &str {
        let transition = self.subject.procedure.transitions().get(choice.position());
        transition.map_or("", |it| it.name(self.lang))
    }

    fn text(&self) -> String {
        let lang = self.lang;
        let mut out = self.head();
        if !self.subject.parts.is_empty() {
            let _ = writeln!(out, "  {}", standing::line(&self.subject.parts, lang));
        }
        if self.subject.choices.is_empty() {
            let _ = writeln!(out, "  {}", lang.pick("không còn bước nào", "nothing may follow"));
        }
        for choice in &self.subject.choices {
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
                let _ = writeln!(
                    out,
                    "           – {}",
                    reasons::text(reason, self.subject.procedure, lang)
                );
            }
        }
        out
    }
}

impl View<'_> {
    /// Says in which state it is, and how a part stands that has none.
    fn head(&self) -> String {
        let lang = self.lang;
        let Some(dossier) = &self.subject.dossier else {
            let standing = self.subject.standing.as_ref();
            let standing = standing.map_or(String::new(), |it| standing::text(it, lang));
            return format!("{}: {standing}\n", self.name);
        };
        let Some((state, status)) = dossier.state().zip(dossier.portal_status()) else {
            return String::new();
        };
        let named = self.subject.procedure.states().find(&state).map(|(_, it)| it.name());
        let named = named.map_or("", |it| it.get(lang));
        format!("{}: {named} ({state}), {status} {}\n", self.name, status.label(lang))
    }
}

fn parts(choice: &Choice) -> (&'static str, &[Reason]) {
    match choice.verdict() {
        Verdict::Allowed => ("allowed", &[]),
        Verdict::Refused(reasons) => ("refused", reasons),
        Verdict::Waiting(reasons) => ("waiting", reasons),
    }
}
