//! A lawful "no", with every reason that stands in the way.
//!
//! A reason is data: what is needed, what was found or is unknown, who can
//! change it, on which article it rests. Text is made when somebody reads it,
//! so that refusing a transition in the wrong state touches no heap.

use alloc::boxed::Box;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;

use crate::calendar::Moment;
use crate::definition::LawIdx;
use crate::definition::fact::Value;
use crate::id::Id;
use crate::money::Dong;
use crate::text::{Lang, Text, words};

words! {
    /// Why a command cannot be followed.
    pub enum Cause as "a cause of refusal" {
        /// The transition does not leave the present state.
        WrongState = "wrong-state" ("Không thực hiện được ở trạng thái này", "not possible in this state"),
        /// The dossier is closed.
        Terminal = "terminal" ("Hồ sơ đã kết thúc", "the dossier is closed"),
        /// The procedure has no such transition.
        UnknownTransition = "unknown-transition" ("Thủ tục không có bước này", "the procedure has no such transition"),
        /// Another role takes it.
        RoleNotAllowed = "role-not-allowed" ("Không đúng thẩm quyền", "another role takes it"),
        /// The same person took a step that this one must check.
        FourEyes = "four-eyes" ("Người đã thực hiện bước trước không được thực hiện bước này", "who took the earlier step may not take this one"),
        /// A fact is other than the guard asks.
        FactNotMet = "fact-not-met" ("Không đáp ứng điều kiện", "a condition is not met"),
        /// A fact that the guard asks for is not known.
        FactUnknown = "fact-unknown" ("Chưa có thông tin", "a fact is not known"),
        /// A document is missing.
        DocumentMissing = "document-missing" ("Thiếu giấy tờ", "a document is missing"),
        /// A document lacks the applicant's signature.
        SignatureMissing = "signature-missing" ("Thiếu chữ ký", "a signature is missing"),
        /// A fee is open.
        FeeNotSettled = "fee-not-settled" ("Chưa hoàn thành phí, lệ phí", "a fee is not settled"),
        /// The amount of a fee is not known.
        FeeUnknown = "fee-unknown" ("Chưa xác định được mức phí, lệ phí", "the amount of a fee is not known"),
        /// An agency has not been asked.
        ConsultationNotAsked = "consultation-not-asked" ("Chưa lấy ý kiến", "an agency was not asked"),
        /// An agency has not answered.
        ConsultationPending = "consultation-pending" ("Chưa có ý kiến trả lời", "an agency has not answered"),
        /// Reasons in writing are missing.
        ReasonRequired = "reason-required" ("Phải nêu rõ lý do", "reasons are required"),
        /// There is a decision or a result notice already.
        ResultExists = "result-exists" ("Đã có kết quả giải quyết", "a result exists"),
        /// The appointment was changed once already.
        ReappointmentLimit = "reappointment-limit" ("Chỉ được hẹn lại một lần", "the appointment may be changed only once"),
        /// The transition was taken as often as the law allows.
        AtMost = "at-most" ("Đã thực hiện đủ số lần cho phép", "taken as often as allowed"),
        /// An apology names no new day.
        NewDueRequired = "new-due-required" ("Phải nêu ngày hẹn lại", "a new day is required"),
        /// The new day is not later than the old one.
        NewDueNotLater = "new-due-not-later" ("Ngày hẹn lại phải sau ngày hẹn cũ", "the new day must be later"),
        /// There is no appointment that an apology could change.
        NoAppointment = "no-appointment" ("Chưa có ngày hẹn trả", "there is no appointment yet"),
        /// The competent agency cannot have received what was not filed yet.
        CompetentTooEarly = "competent-too-early" ("Cơ quan có thẩm quyền không thể nhận trước khi nộp", "the competent agency cannot have received it before it was filed"),
        /// The term has ended and can no longer be extended.
        ExtensionTooLate = "extension-too-late" ("Thời hạn đã hết, không thể gia hạn", "the term has ended and cannot be extended"),
        /// The term was extended as often as allowed.
        ExtensionLimit = "extension-limit" ("Đã gia hạn đủ số lần cho phép", "extended as often as allowed"),
        /// There is no earlier state to go back to.
        NoPrevious = "no-previous-state" ("Không có trạng thái trước", "there is no previous state"),
        /// The state is not declared in this version of the procedure.
        StateNotInVersion = "state-not-in-version" ("Phiên bản không có trạng thái này", "this version has no such state"),
        /// The state has another status on the Portal in this version.
        StatusChanged = "status-changed" ("Trạng thái trên Cổng Dịch vụ công khác đi", "the state has another status on the Portal"),
        /// The state waits for somebody else in this version.
        WaitsForAnother = "waits-for-another" ("Trạng thái chờ chủ thể khác", "the state waits for somebody else"),
        /// Something that could happen after the state can no longer happen.
        ActLost = "act-lost" ("Việc có thể tiếp theo trạng thái này không còn", "what could follow this state no longer can"),
        /// A step that was taken, and that is counted, has no name in this version.
        StepNotInVersion = "step-not-in-version" ("Phiên bản không có bước đã thực hiện", "this version has no such step, and it was taken"),
        /// A fee that was paid has no name in this version.
        FeeNotInVersion = "fee-not-in-version" ("Phiên bản không có khoản đã nộp", "this version has no such fee, and it was paid"),
        /// A term that runs is not declared in this version.
        TermNotInVersion = "term-not-in-version" ("Phiên bản không có thời hạn đang tính", "this version has no such term, and it runs"),
        /// A term that runs in this version was never started.
        TermNotStarted = "term-not-started" ("Thời hạn của phiên bản này chưa bắt đầu", "a term of this version was never started"),
        /// An agency that was asked has no place in this version.
        ConsultationNotInVersion = "consultation-not-in-version" ("Phiên bản không có cơ quan đang được lấy ý kiến", "this version does not ask the agency that has yet to answer"),
        /// The version lets no dossier pass in this state.
        MigrationForbidden = "migration-forbidden" ("Quy định chuyển tiếp không cho chuyển", "the version lets no dossier pass in this state"),
        /// The sender saw an older version of the dossier.
        VersionConflict = "version-conflict" ("Hồ sơ đã thay đổi", "the dossier has changed since"),
        /// The command is dated before the last one.
        TimeRunsBackwards = "time-runs-backwards" ("Thời điểm trước lệnh gần nhất", "earlier than the last command"),
        /// The id of the command was used for another one.
        CommandReused = "command-reused" ("Mã lệnh đã dùng cho lệnh khác", "the command id was used for another command"),
        /// The context brings another version than the one that governs.
        WrongProcedure = "wrong-procedure" ("Không đúng phiên bản thủ tục của hồ sơ", "not the version that governs the dossier"),
        /// The procedure is not in force on that day.
        NotInForce = "not-in-force" ("Thủ tục không có hiệu lực vào ngày này", "the procedure is not in force on that day"),
        /// The procedure is not offered on this channel.
        ChannelNotOffered = "channel-not-offered" ("Không áp dụng cách thức nộp này", "not offered on this channel"),
        /// Nobody declared the authority that is said to have received it.
        UnknownAuthority = "unknown-authority" ("Không có cơ quan này", "there is no such authority"),
        /// The authority does not exist on that day.
        AuthorityNotThere = "authority-not-there" ("Cơ quan không tồn tại vào ngày này", "the authority does not exist on that day"),
        /// Nothing was filed yet.
        NotFiled = "not-filed" ("Chưa nộp hồ sơ", "nothing was filed yet"),
        /// The dossier was filed already.
        AlreadyFiled = "already-filed" ("Hồ sơ đã nộp", "filed already"),
        /// The procedure does not declare the fact.
        UndeclaredFact = "undeclared-fact" ("Thủ tục không khai báo thông tin này", "the procedure does not declare this fact"),
        /// The value is not of the fact's type or range.
        IllTypedFact = "ill-typed-fact" ("Giá trị không hợp lệ", "the value is not of the fact's type or range"),
        /// The procedure does not declare the document.
        UndeclaredDocument = "undeclared-document" ("Thủ tục không có giấy tờ này", "the procedure does not declare this document"),
        /// The database does not answer for the document.
        UndeclaredDatabase = "undeclared-database" ("Cơ sở dữ liệu không thay thế giấy tờ này", "the database does not answer for this document"),
        /// The agency was not asked, or has answered.
        NoSuchConsultation = "no-such-consultation" ("Không có ý kiến đang chờ", "no consultation waits for an answer"),
        /// There is no such fee, or more than one is open.
        NoSuchFee = "no-such-fee" ("Không xác định được khoản phí", "no such fee, or more than one is open"),
        /// The payment is not positive, or more than is owed.
        BadPayment = "bad-payment" ("Số tiền không hợp lệ", "the payment is not positive, or more than is owed"),
        /// The code names another day than that of reception.
        CodeDay = "code-day" ("Mã hồ sơ không đúng ngày tiếp nhận", "the code names another day"),
        /// A day lies outside what the calendar covers.
        Uncovered = "uncovered-day" ("Ngoài phạm vi của lịch", "outside the calendar"),
        /// The bundle has no such part.
        UnknownPart = "unknown-part" ("Nhóm liên thông không có thủ tục này", "the bundle has no such part"),
        /// Other parts of the bundle have to end first.
        PartAwaited = "part-awaited" ("Còn chờ thủ tục khác trong nhóm liên thông", "other parts of the bundle are awaited"),
        /// The case as a whole does this for its parts.
        DoneByCase = "done-by-case" ("Thực hiện chung cho cả hồ sơ liên thông", "done for the linked dossier as a whole"),
        /// Migration is not open to this dossier.
        NotMigratable = "not-migratable" ("Hồ sơ không chuyển sang phiên bản này", "the dossier does not move to this version"),
    }
}

/// What was needed or found, as data.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Thing {
    Nothing,
    Unknown,
    Names(Vec<Id>),
    Name(Id),
    /// A word of a closed set, and its labels in Vietnamese and English.
    Word(&'static str, [&'static str; 2]),
    Value(Value),
    Amount(Dong),
    Number(u32),
    Moment(Moment),
    Text(Box<str>),
    /// What a definition says to people.
    Told(Text),
}

impl Thing {
    /// A word with its labels.
    pub(super) fn word(word: &'static str, label: impl Fn(Lang) -> &'static str) -> Self {
        Self::Word(word, [label(Lang::Vi), label(Lang::En)])
    }

    /// Adds one more name that would do.
    pub(super) fn or(self, name: Id) -> Self {
        match self {
            Self::Name(first) => Self::Names(alloc::vec![first, name]),
            Self::Names(mut names) => {
                names.push(name);
                Self::Names(names)
            }
            _ => Self::Name(name),
        }
    }

    /// Returns it as data.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Unknown => Some("unknown".into()),
            Self::Name(it) => Some(it.to_string()),
            Self::Names(all) => Some(joined(all, Id::to_string)),
            Self::Word(word, _) => Some((*word).into()),
            Self::Value(it) => Some(it.to_string()),
            Self::Amount(it) => Some(it.get().to_string()),
            Self::Number(it) => Some(it.to_string()),
            Self::Moment(it) => Some(it.to_rfc3339()),
            Self::Text(it) => Some(it.to_string()),
            Self::Told(it) => Some(it.to_string()),
        }
    }
}

/// Writes names in a row.
pub(super) fn joined(names: &[Id], each: impl Fn(&Id) -> String) -> String {
    names.iter().map(each).collect::<Vec<_>>().join(", ")
}

/// One condition that stands in the way.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reason {
    cause: Cause,
    subject: Option<Id>,
    pub(super) needed: Thing,
    pub(super) found: Thing,
    who: Option<Id>,
    law: Option<LawIdx>,
}

impl Reason {
    pub(crate) const fn new(cause: Cause) -> Self {
        let (needed, found) = (Thing::Nothing, Thing::Nothing);
        Self { cause, subject: None, needed, found, who: None, law: None }
    }

    pub(crate) const fn about(mut self, subject: Id) -> Self {
        self.subject = Some(subject);
        self
    }

    pub(crate) fn needed(mut self, needed: Thing) -> Self {
        self.needed = needed;
        self
    }

    pub(crate) fn found(mut self, found: Thing) -> Self {
        self.found = found;
        self
    }

    pub(crate) const fn by(mut self, who: Option<Id>) -> Self {
        self.who = who;
        self
    }

    pub(crate) fn on(mut self, law: &[LawIdx]) -> Self {
        self.law = law.first().copied();
        self
    }

    /// Returns the stable cause.
    #[must_use]
    pub const fn cause(&self) -> Cause {
        self.cause
    }

    /// Returns the part of the procedure that it is about: a fact, document, fee, role.
    #[must_use]
    pub const fn subject(&self) -> Option<Id> {
        self.subject
    }

    /// Returns what is needed.
    #[must_use]
    pub fn what_is_needed(&self) -> Option<String> {
        self.needed.text()
    }

    /// Returns what was found; `unknown` when it is not known.
    #[must_use]
    pub fn what_was_found(&self) -> Option<String> {
        self.found.text()
    }

    /// Returns who can change it.
    #[must_use]
    pub const fn who(&self) -> Option<Id> {
        self.who
    }

    /// Returns the legal basis, as a position in the procedure.
    #[must_use]
    pub const fn law(&self) -> Option<LawIdx> {
        self.law
    }
}

/// A lawful "no": at least one reason, and no more than needed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Rejection {
    first: Reason,
    rest: Vec<Reason>,
}

impl Rejection {
    /// Creates a rejection from reasons; none when there is nothing against.
    pub(crate) fn of(reasons: Vec<Reason>) -> Option<Self> {
        let mut reasons = reasons.into_iter();
        let first = reasons.next()?;
        Some(Self { first, rest: reasons.collect() })
    }

    /// Returns every reason; removing exactly these makes the command possible.
    pub fn reasons(&self) -> impl Iterator<Item = &Reason> {
        core::iter::once(&self.first).chain(&self.rest)
    }

    /// Returns the first cause.
    #[must_use]
    pub const fn cause(&self) -> Cause {
        self.first.cause
    }

    /// Returns true when some reason has this cause.
    #[must_use]
    pub fn has(&self, cause: Cause) -> bool {
        self.reasons().any(|it| it.cause == cause)
    }
}

impl From<Reason> for Rejection {
    fn from(first: Reason) -> Self {
        Self { first, rest: Vec::new() }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, reason) in self.reasons().enumerate() {
            f.write_str(if at > 0 { "; " } else { "" })?;
            f.write_str(reason.cause.label(Lang::En))?;
            if let Some(subject) = reason.subject {
                write!(f, ": `{subject}`")?;
            }
        }
        Ok(())
    }
}

impl core::error::Error for Rejection {}
