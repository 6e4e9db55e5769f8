//! Reasons of a refusal in words: parts by their names, amounts in đồng, moments to the minute.
//!
//! Words are for people alone; programs read the cause and the raw values.

use alloc::format;
use alloc::string::{String, ToString as _};

use super::rejection::{Cause, Reason, Thing, joined};
use crate::definition::Procedure;
use crate::id::Id;
use crate::text::{Lang, Text};

/// The kinds of parts that a name may stand for.
#[derive(Clone, Copy)]
enum Part {
    Document,
    Consultation,
    Role,
    State,
    Fact,
    Fee,
    Transition,
    Term,
}

impl Part {
    const ALL: [Self; 8] = [
        Self::Document,
        Self::Consultation,
        Self::Role,
        Self::State,
        Self::Fact,
        Self::Fee,
        Self::Transition,
        Self::Term,
    ];

    /// Returns what a cause is about: one name may stand for a fact and a fee.
    const fn of(cause: Cause) -> Self {
        match cause {
            Cause::FactNotMet
            | Cause::FactUnknown
            | Cause::UndeclaredFact
            | Cause::IllTypedFact => Self::Fact,
            Cause::FeeNotSettled | Cause::FeeUnknown | Cause::NoSuchFee | Cause::BadPayment => {
                Self::Fee
            }
            Cause::ConsultationNotAsked
            | Cause::ConsultationPending
            | Cause::NoSuchConsultation => Self::Consultation,
            Cause::Terminal
            | Cause::StateNotInVersion
            | Cause::StatusChanged
            | Cause::WaitsForAnother
            | Cause::ActLost
            | Cause::MigrationForbidden => Self::State,
            Cause::FeeNotInVersion => Self::Fee,
            Cause::TermNotInVersion | Cause::TermNotStarted => Self::Term,
            Cause::ConsultationNotInVersion => Self::Consultation,
            Cause::ExtensionTooLate | Cause::ExtensionLimit => Self::Term,
            Cause::DocumentMissing
            | Cause::SignatureMissing
            | Cause::UndeclaredDocument
            | Cause::UndeclaredDatabase => Self::Document,
            _ => Self::Transition,
        }
    }

    /// Returns what is needed or found with a cause, where names say it.
    const fn beside(cause: Cause) -> Self {
        match cause {
            Cause::RoleNotAllowed => Self::Role,
            Cause::FeeUnknown => Self::Fact,
            Cause::WrongState => Self::State,
            _ => Self::of(cause),
        }
    }

    fn name<'p>(self, procedure: &'p Procedure, id: &Id, lang: Lang) -> Option<&'p str> {
        let text: Option<&Text> = match self {
            Self::Document => procedure.documents().find(id).map(|(_, it)| it.name()),
            Self::Consultation => procedure.consultations().find(id).map(|(_, it)| it.name()),
            Self::Role => procedure.roles().find(id).map(|(_, it)| it.name()),
            Self::State => procedure.states().find(id).map(|(_, it)| it.name()),
            Self::Fact => {
                let facts = procedure.facts();
                facts.position(id).and_then(|it| facts.fact(it)?.name())
            }
            Self::Fee => procedure.fees().find(id).and_then(|(_, it)| it.name()),
            Self::Term => procedure.terms().find(id).and_then(|(_, it)| it.name()),
            Self::Transition => {
                return procedure.transitions().find(id).map(|(_, it)| it.name(lang));
            }
        };
        text.map(|it| it.get(lang))
    }
}

impl Reason {
    /// Describes the reason to people.
    ///
    /// Amounts are written as `16.000 đ` and moments as `2026-10-13 23:59`, in
    /// their own time; [`what_is_needed`](Self::what_is_needed) and
    /// [`what_was_found`](Self::what_was_found) give the values behind them.
    #[must_use]
    pub fn message(&self, procedure: &Procedure, lang: Lang) -> String {
        let cause = self.cause();
        let mut message = String::from(cause.label(lang));
        if let Some(subject) = self.subject() {
            message += &format!(": {}", name_of(procedure, Part::of(cause), &subject, lang));
        }
        let words = |it: &Thing| in_words(it, procedure, Part::beside(cause), lang);
        if let Some(needed) = words(&self.needed) {
            message += &format!("; {} {needed}", lang.pick("cần", "needed:"));
        }
        match (&self.found, words(&self.found)) {
            (Thing::Unknown, _) => message += lang.pick("; chưa biết", "; not known"),
            (_, Some(found)) => message += &format!("; {} {found}", before_found(cause, lang)),
            _ => {}
        }
        message
    }
}

/// Returns what stands before the thing that was found.
fn before_found(cause: Cause, lang: Lang) -> &'static str {
    match cause {
        Cause::ConsultationPending => lang.pick("hạn trả lời", "answer due"),
        Cause::FeeNotSettled => lang.pick("đã nộp", "paid:"),
        Cause::MigrationForbidden | Cause::NotMigratable => lang.pick("lý do:", "reason:"),
        _ => lang.pick("hiện có", "found:"),
    }
}

/// Writes a thing for people; names are those of a kind of part.
fn in_words(thing: &Thing, procedure: &Procedure, part: Part, lang: Lang) -> Option<String> {
    let name = |it: &Id| name_of(procedure, part, it, lang);
    match thing {
        Thing::Name(it) => Some(name(it)),
        Thing::Names(all) => Some(joined(all, name)),
        Thing::Word(_, [vi, en]) => Some(lang.pick(*vi, *en).into()),
        Thing::Told(it) => Some(it.get(lang).into()),
        Thing::Amount(it) => Some(format!("{it} đ")),
        Thing::Moment(it) => Some(it.format("%Y-%m-%d %H:%M").to_string()),
        _ => thing.text(),
    }
}

/// Returns the name for people of a part of the procedure, first of all among those of one kind.
fn name_of(procedure: &Procedure, part: Part, id: &Id, lang: Lang) -> String {
    let kinds = core::iter::once(part).chain(Part::ALL);
    match kinds.into_iter().find_map(|it| it.name(procedure, id, lang)) {
        Some(name) => format!("{name} (`{id}`)"),
        None => format!("`{id}`"),
    }
}
