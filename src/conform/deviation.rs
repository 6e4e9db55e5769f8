//! How a recorded history differs from what a definition explains.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::model::Task;
use crate::calendar::Moment;
use crate::definition::{Act, LawIdx, Procedure};
use crate::dossier::Reason;
use crate::id::Id;
use crate::text::{Lang, words};

words! {
    /// In which way a history differs.
    pub enum Kind as "a kind of deviation" {
        /// A step that the procedure asks for was not recorded.
        Missing = "missing" ("Thiếu bước", "a step is missing"),
        /// A step was recorded where it was not possible.
        OutOfPlace = "out-of-place" ("Bước không thể thực hiện lúc đó", "a step was not possible then"),
        /// Something was recorded that is no step of the procedure.
        Unknown = "unknown" ("Không phải bước của thủ tục", "no step of the procedure"),
        /// A step was taken against the law: by whom, how often, under which condition.
        Unlawful = "unlawful" ("Bước trái quy định", "a step was taken against the law"),
        /// A step came too late or once too often; it stands all the same.
        Breach = "breach" ("Vi phạm", "a breach of service"),
        /// An agency answered after its term.
        AnswerLate = "answer-late" ("Trả lời ý kiến quá hạn", "an agency answered late"),
        /// The result came after its due date, or has not come yet.
        Overdue = "overdue" ("Quá hạn trả kết quả", "overdue"),
    }
}

impl Kind {
    /// Returns true where the control flow of the procedure does not explain the record.
    #[must_use]
    pub const fn is_flow(self) -> bool {
        matches!(self, Self::Missing | Self::OutOfPlace | Self::Unknown)
    }
}

/// One thing in which a history differs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Deviation {
    pub(super) kind: Kind,
    pub(super) place: Option<usize>,
    pub(super) at: Option<Moment>,
    pub(super) task: Option<Task>,
    pub(super) reason: Option<Reason>,
    pub(super) rule: Option<Id>,
    pub(super) due: Option<Moment>,
    pub(super) law: Vec<LawIdx>,
}

impl Deviation {
    pub(super) const fn new(kind: Kind) -> Self {
        Self {
            kind,
            place: None,
            at: None,
            task: None,
            reason: None,
            rule: None,
            due: None,
            law: Vec::new(),
        }
    }

    /// Returns in which way it differs.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Returns the place of the entry in the record; for a missing step, that of the entry before which it is missing.
    #[must_use]
    pub const fn place(&self) -> Option<usize> {
        self.place
    }

    /// Returns when it happened; for what was due and has not come, when that was judged.
    #[must_use]
    pub const fn at(&self) -> Option<Moment> {
        self.at
    }

    /// Returns the task that it is about.
    #[must_use]
    pub const fn task(&self) -> Option<Task> {
        self.task
    }

    /// Returns what the law says against the step.
    #[must_use]
    pub const fn reason(&self) -> Option<&Reason> {
        self.reason.as_ref()
    }

    /// Returns when it should have happened, where a term was missed.
    #[must_use]
    pub const fn due(&self) -> Option<Moment> {
        self.due
    }

    /// Returns the legal basis, as positions in the procedure.
    #[must_use]
    pub fn law(&self) -> &[LawIdx] {
        &self.law
    }

    /// Returns the stable code: that of the reason or breach, else that of the kind.
    #[must_use]
    pub fn code(&self) -> &str {
        match (&self.reason, &self.rule) {
            (Some(reason), _) => reason.cause().as_str(),
            (None, Some(rule)) => rule.as_str(),
            (None, None) => self.kind.as_str(),
        }
    }

    /// Says what differs as far as it is the same for every dossier.
    #[must_use]
    pub fn title(&self, procedure: &Procedure, lang: Lang) -> String {
        let what = match (&self.reason, &self.rule) {
            (Some(reason), _) => reason.cause().label(lang).to_string(),
            (None, Some(rule)) => format!("{} (`{rule}`)", self.kind.label(lang)),
            (None, None) => self.kind.label(lang).to_string(),
        };
        self.about(what, procedure, lang)
    }

    /// Says in one line what differs in this dossier.
    #[must_use]
    pub fn message(&self, procedure: &Procedure, lang: Lang) -> String {
        if let Some(reason) = &self.reason {
            return self.about(reason.message(procedure, lang), procedure, lang);
        }
        let title = self.title(procedure, lang);
        match self.due {
            Some(due) => {
                let (word, due) = (lang.pick("hạn", "due"), due.format("%Y-%m-%d %H:%M"));
                format!("{title}, {word} {due}")
            }
            None => title,
        }
    }

    fn about(&self, what: String, procedure: &Procedure, lang: Lang) -> String {
        match self.task.and_then(|it| words_of(it, procedure, lang)) {
            Some(step) => format!("{step}: {what}"),
            None => what,
        }
    }
}

/// Returns the words of a task, and its name.
fn words_of(task: Task, procedure: &Procedure, lang: Lang) -> Option<String> {
    match task {
        Task::Step(at) => {
            let (name, step) =
                (procedure.transitions().name(at)?, procedure.transitions().get(at)?);
            Some(format!("{} (`{name}`)", step.name(lang)))
        }
        Task::Answer(at) => {
            let asked = procedure.consultations().get(at)?;
            Some(format!("{}: {}", Act::Answer.label(lang), asked.name().get(lang)))
        }
    }
}
