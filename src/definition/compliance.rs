//! What compliance means for those who comply: who they are, what work they do, what they report.
//!
//! No minutes and no amounts stand here: norms of cost have them. What a
//! redesign decides otherwise than the version before is declared here too, so
//! that everything else it decides otherwise is a mistake.

use alloc::format;
use alloc::vec::Vec;

use super::accessors::accessors;
use super::draft::{ActivityDraft, ChangeDraft, ComplianceDraft, Draft, ReportDraft};
use super::fact::{FactIdx, Value};
use super::guard::{Assignment, Guard};
use super::inherit::names;
use super::lower::Lowering;
use super::paper::Form;
use super::part::{Part, PartKind};
use super::table::{LawIdx, RoleIdx};
use super::words::{Channel, Ruling, Task};
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::money::Ratio;
use crate::read::{Many, ROLE, Remarks};
use crate::source::At;
use crate::text::Text;

/// Who complies in a year (đối tượng tuân thủ), and what their typical case is.
#[derive(Clone, Debug, Default)]
pub struct Compliance {
    subjects: Option<u32>,
    times_a_year: u16,
    adoption: Option<Ratio>,
    channel: Option<Channel>,
    receives: Option<Channel>,
    case: Assignment,
    law: Vec<LawIdx>,
    remarks: Remarks,
}

impl Compliance {
    accessors! {
        /// Returns the legal basis.
        law: [LawIdx],
        /// Returns what was assumed and noted.
        remarks: Remarks,
    }

    /// Returns how many subjects comply in a year, where somebody counted.
    #[must_use]
    pub const fn subjects(&self) -> Option<u32> {
        self.subjects
    }

    /// Returns how often each complies in a year; once where nothing is said.
    #[must_use]
    pub fn times_a_year(&self) -> u16 {
        self.times_a_year.max(1)
    }

    /// Returns the share of subjects that take this version's way rather than the one before.
    #[must_use]
    pub const fn adoption(&self) -> Option<Ratio> {
        self.adoption
    }

    /// Returns how the typical applicant files.
    #[must_use]
    pub const fn channel(&self) -> Option<Channel> {
        self.channel
    }

    /// Returns how the typical applicant receives the result, where that differs from how he files.
    #[must_use]
    pub fn receives(&self) -> Option<Channel> {
        self.receives.or(self.channel)
    }

    /// Returns what is known of the typical case.
    #[must_use]
    pub fn fact(&self, fact: FactIdx) -> Option<Value> {
        self.case.value(fact)
    }
}

/// Work that somebody must do (công việc), as one line of the table of compliance costs.
#[derive(Clone, Debug)]
pub struct Activity {
    name: Option<Text>,
    task: Option<Task>,
    serves: Option<Part>,
    item: Id,
    times: u16,
    borne_by: Option<RoleIdx>,
    when: Option<Guard>,
    law: Vec<LawIdx>,
    remarks: Remarks,
}

impl Activity {
    accessors! {
        /// Returns the item of the norms that says how long it takes and what it costs.
        item: Id,
        /// Returns the legal basis.
        law: [LawIdx],
        /// Returns what was assumed and noted.
        remarks: Remarks,
    }

    /// Returns the name for people.
    #[must_use]
    pub const fn name(&self) -> Option<&Text> {
        self.name.as_ref()
    }

    /// Returns the group of work to which it belongs; that of the norm where nothing is said.
    #[must_use]
    pub const fn task(&self) -> Option<Task> {
        self.task
    }

    /// Returns the part that it serves, such as a document; it stands in place of that part's usual work.
    #[must_use]
    pub const fn serves(&self) -> Option<Part> {
        self.serves
    }

    /// Returns how often it is done in one case.
    #[must_use]
    pub const fn times(&self) -> u16 {
        self.times
    }

    /// Returns the role that does it; the applicant where nothing is said.
    #[must_use]
    pub const fn borne_by(&self) -> Option<RoleIdx> {
        self.borne_by
    }

    /// Returns the condition under which it is done.
    #[must_use]
    pub const fn when(&self) -> Option<&Guard> {
        self.when.as_ref()
    }
}

/// A report that is owed after the result (chế độ báo cáo).
#[derive(Clone, Debug)]
pub struct Report {
    name: Text,
    times_a_year: u16,
    form: Option<Form>,
    when: Option<Guard>,
    law: Vec<LawIdx>,
    remarks: Remarks,
}

impl Report {
    accessors! {
        /// Returns the official name.
        name: Text,
        /// Returns the legal basis.
        law: [LawIdx],
        /// Returns what was assumed and noted.
        remarks: Remarks,
    }

    /// Returns how often it is owed in a year.
    #[must_use]
    pub const fn times_a_year(&self) -> u16 {
        self.times_a_year
    }

    /// Returns the form on which it is written.
    #[must_use]
    pub const fn form(&self) -> Option<&Form> {
        self.form.as_ref()
    }

    /// Returns the condition under which it is owed.
    #[must_use]
    pub const fn when(&self) -> Option<&Guard> {
        self.when.as_ref()
    }
}

/// Applications that a redesign means to decide otherwise than the version before, and by which law.
#[derive(Clone, Debug)]
pub struct Change {
    now: Ruling,
    when: Option<Guard>,
    reason: Text,
    law: Vec<LawIdx>,
    remarks: Remarks,
}

impl Change {
    accessors! {
        /// Returns why they are decided otherwise.
        reason: Text,
        /// Returns the legal basis; without one a change excuses nothing.
        law: [LawIdx],
        /// Returns what was assumed and noted.
        remarks: Remarks,
    }

    /// Returns what becomes of them now.
    #[must_use]
    pub const fn now(&self) -> Ruling {
        self.now
    }

    /// Returns which applications it is about; all where nothing is said.
    #[must_use]
    pub const fn when(&self) -> Option<&Guard> {
        self.when.as_ref()
    }
}

impl Lowering<'_> {
    pub(super) fn compliance(&mut self) -> Compliance {
        let Some(it) = self.draft.compliance.as_ref().map(|it| &it.0) else {
            return Compliance::default();
        };
        Compliance {
            subjects: it.subjects,
            times_a_year: it.times_a_year.unwrap_or(1),
            adoption: it.adoption,
            channel: it.channel,
            receives: it.receives,
            case: self.typical_case(it),
            law: self.law(&it.law),
            remarks: it.remarks.clone(),
        }
    }

    /// The typical case is written as a condition that holds in it.
    fn typical_case(&mut self, it: &ComplianceDraft) -> Assignment {
        let Some(guard) = self.guard(it.case.as_ref()) else { return Assignment::default() };
        if let Some(case) = guard.holds_in(self.facts).case() {
            return case.clone();
        }
        let message = "the typical case can never be".into();
        self.error("impossible-case", guard.span(), message, "let the facts agree");
        Assignment::default()
    }

    pub(super) fn activity(&mut self, it: &ActivityDraft) -> Option<Activity> {
        let when = self.guard(it.when.as_ref());
        let borne_by = it.borne_by.and_then(|role| self.find(&self.draft.role, role, ROLE));
        let law = self.law(&it.law);
        Some(Activity {
            name: it.name.clone(),
            task: it.task,
            serves: it.serves.and_then(|it| self.served(it)),
            item: it.item.0?.value,
            times: it.times.unwrap_or(1),
            borne_by,
            when,
            law,
            remarks: it.remarks.clone(),
        })
    }

    /// Work serves something that weighs on somebody.
    fn served(&mut self, written: At<Part>) -> Option<Part> {
        const SERVED: [PartKind; 5] = [
            PartKind::Document,
            PartKind::Transition,
            PartKind::Fee,
            PartKind::Result,
            PartKind::Report,
        ];
        let part = written.value;
        if !SERVED.contains(&part.kind()) {
            let message = format!("no work serves `{part}`");
            let help = "name a document, a transition, a fee, a result or a report";
            self.error("bad-value", written.span, message, help);
            return None;
        }
        let known = names(self.draft, part.kind());
        if known.contains(part.name()) {
            return Some(part);
        }
        let message = format!("`{part}` is not declared");
        let diagnostic = Diagnostic::error("undeclared-part", written.span, message)
            .nearest(part.name().as_str(), known.iter().map(Id::as_str))
            .or_help(|| format!("declare it under `[{part}]`"));
        self.found.push(diagnostic);
        None
    }

    pub(super) fn report(&mut self, it: &ReportDraft) -> Option<Report> {
        let form = self.form(it.form.as_ref());
        let when = self.guard(it.when.as_ref());
        let law = self.law(&it.law);
        Some(Report {
            name: it.name.0.clone()?,
            times_a_year: it.times_a_year.0?,
            form,
            when,
            law,
            remarks: it.remarks.clone(),
        })
    }

    pub(super) fn change(&mut self, it: &ChangeDraft) -> Option<Change> {
        let when = self.guard(it.when.as_ref());
        let law = self.law(&it.law);
        Some(Change {
            now: it.now.0?,
            when,
            reason: it.reason.0.clone()?,
            law,
            remarks: it.remarks.clone(),
        })
    }
}

/// Lists which parts of the version before each part stands for; those parts are in another text.
pub(super) fn replaced(draft: &Draft) -> Vec<(Part, Vec<Part>)> {
    let mut replaced = Vec::new();
    let mut add = |kind, name: At<Id>, written: &Many<At<Part>>| {
        let parts: Vec<Part> = written.0.iter().map(|it| it.value).collect();
        if !parts.is_empty() {
            replaced.push((Part::new(kind, name.value), parts));
        }
    };
    macro_rules! of_tables {
        ($($table:ident: $kind:ident),+ $(,)?) => {
            $(draft.$table.iter().for_each(|(id, it)| add(PartKind::$kind, id, &it.replaces));)+
        };
    }
    of_tables!(
        fact: Fact,
        role: Role,
        document: Document,
        result: Result,
        term: Term,
        consultation: Consultation,
        state: State,
        transition: Transition,
        fee: Fee,
        report: Report,
    );
    replaced
}
