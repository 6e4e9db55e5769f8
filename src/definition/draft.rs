//! A definition as it was written: every part with its place, no name resolved.
//!
//! Drafts are merged along the life cycle and then lowered into a
//! [`Procedure`](super::Procedure). They print canonically; nothing else uses
//! them.

use alloc::boxed::Box;

use chrono::NaiveTime;

use super::fact::FactDraft;
use super::part::Part;
use super::words::{
    Act, Beyond, Carriage, Channel, ClockEffect, HitPolicy, Level, Pinning, PortalStatus,
    Requirement, Ruling, ServiceLevel, Silence, Status, Task, Waiting,
};
use crate::calendar::policy::PolicySheet;
use crate::clock::{Length, Limit};
use crate::id::Id;
use crate::law::{Citation, Interval};
use crate::money::Ratio;
use crate::read::{Format, Many, Maybe, Named, Need, Pairs, Rows, Section, record};
use crate::source::At;
use crate::text::Text;

record! {
    /// One file: a procedure, a bundle of procedures, or a life cycle that both inherit.
    pub(crate) struct Draft {
        format: At<Format> = "format",
        life_cycle: Option<Section<LifeCycleHead>> = "life-cycle",
        procedure: Option<Section<ProcedureHead>> = "procedure",
        bundle: Option<Section<ProcedureHead>> = "bundle",
        policy: Option<Section<PolicySheet>> = "policy",
        law: Named<Citation> = "law",
        fact: Named<FactDraft> = "fact",
        role: Named<RoleDraft> = "role",
        database: Named<DatabaseDraft> = "database",
        document: Named<DocumentDraft> = "document",
        result: Named<ResultDraft> = "result",
        term: Named<TermDraft> = "term",
        consultation: Named<ConsultationDraft> = "consultation",
        state: Named<StateDraft> = "state",
        transition: Named<TransitionDraft> = "transition",
        choice: Named<ChoiceDraft> = "choice",
        fee: Named<FeeDraft> = "fee",
        compliance: Option<Section<ComplianceDraft>> = "compliance",
        activity: Named<ActivityDraft> = "activity",
        report: Named<ReportDraft> = "report",
        change: Named<ChangeDraft> = "change",
        waiver: Named<WaiverDraft> = "waiver",
        migration: Named<MigrationDraft> = "migration",
        part: Named<PartDraft> = "part",
        delivery: Option<Section<DeliveryDraft>> = "delivery",
    }
}

impl Draft {
    /// Returns the head of a procedure, or of a bundle: a procedure that has parts.
    pub(crate) fn head(&self) -> Option<&ProcedureHead> {
        self.procedure.as_ref().or(self.bundle.as_ref()).map(|it| &it.0)
    }

    /// Returns that head, to be changed.
    pub(crate) fn head_mut(&mut self) -> Option<&mut ProcedureHead> {
        self.procedure.as_mut().or(self.bundle.as_mut()).map(|it| &mut it.0)
    }
}

record! {
    /// What a procedure is: names, authority, when it is in force, what it inherits.
    pub(crate) struct ProcedureHead {
        id: Need<At<Id>> = "id",
        code: Option<Maybe<Box<str>>> = "code",
        version: Need<At<Id>> = "version",
        name: Need<Text> = "name",
        field: Option<Text> = "field",
        authority: Need<Level> = "authority",
        service_level: Need<Maybe<ServiceLevel>> = "service-level",
        channels: Many<At<Channel>> = "channels",
        effective: Need<At<Interval>> = "effective",
        status: Option<Status> = "status",
        pinned: Option<Pinning> = "pinned",
        published: Option<Maybe<Box<str>>> = "published",
        subjects: Option<Text> = "subjects",
        life_cycle: Option<At<Id>> = "life-cycle",
        based_on: Option<At<Id>> = "based-on",
        remove: Many<At<Part>> = "remove",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// What a life cycle is, which other it refines, and on which earlier version it is based.
    pub(crate) struct LifeCycleHead {
        id: Need<At<Id>> = "id",
        version: Need<At<Id>> = "version",
        name: Need<Text> = "name",
        effective: Need<At<Interval>> = "effective",
        life_cycle: Option<At<Id>> = "life-cycle",
        based_on: Option<At<Id>> = "based-on",
        remove: Many<At<Part>> = "remove",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// A capacity in which somebody acts.
    pub(crate) struct RoleDraft {
        name: Need<Text> = "name",
        replaces: Many<At<Part>> = "replaces",
    }
}

record! {
    /// A shared database that can answer for a document.
    pub(crate) struct DatabaseDraft {
        name: Need<Text> = "name",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// A part of the dossier (thành phần hồ sơ).
    pub(crate) struct DocumentDraft {
        name: Need<Text> = "name",
        form: Option<At<Box<str>>> = "form",
        originals: Option<u8> = "originals",
        copies: Option<u8> = "copies",
        presented: Option<bool> = "presented",
        certified: Option<bool> = "certified",
        pages: Option<u16> = "pages",
        fields: Option<u16> = "fields",
        signed: Many<At<Channel>> = "signed",
        when: Option<At<Box<str>>> = "when",
        replaced_by: Many<At<Id>> = "replaced-by",
        replaces: Many<At<Part>> = "replaces",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// What the applicant receives in the end.
    pub(crate) struct ResultDraft {
        name: Need<Text> = "name",
        code: Option<Maybe<Box<str>>> = "code",
        valid_for: Option<Maybe<Limit>> = "valid-for",
        channels: Many<At<Channel>> = "channels",
        replaces: Many<At<Part>> = "replaces",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// A term (thời hạn): how long, from which act, and what its end brings.
    pub(crate) struct TermDraft {
        name: Option<Text> = "name",
        when: Option<At<Box<str>>> = "when",
        limit: Need<Maybe<Length>> = "limit",
        published: Option<Maybe<Length>> = "published",
        starts: Many<At<Act>> = "starts",
        stops: Many<At<Act>> = "stops",
        expires: Option<At<Id>> = "expires",
        extend: Option<ExtendDraft> = "extend",
        cut_off: Option<NaiveTime> = "cut-off",
        policy: Option<PolicySheet> = "policy",
        replaces: Many<At<Part>> = "replaces",
        law: Many<At<Id>> = "law",
        case: Rows<CaseDraft> = "case",
    }
}

record! {
    /// By how much, and how often, a term may be prolonged.
    pub(crate) struct ExtendDraft {
        by: Need<Limit> = "by",
        at_most: Option<u8> = "at-most",
    }
}

record! {
    /// A limit that the law sets for some dossiers only.
    pub(crate) struct CaseDraft {
        when: Need<At<Box<str>>> = "when",
        limit: Need<Maybe<Length>> = "limit",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// A question to another agency.
    pub(crate) struct ConsultationDraft {
        name: Need<Text> = "name",
        when: Option<At<Box<str>>> = "when",
        limit: Need<Maybe<Length>> = "limit",
        silence: Need<Silence> = "silence",
        replaces: Many<At<Part>> = "replaces",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// A state of the dossier.
    pub(crate) struct StateDraft {
        name: Need<Text> = "name",
        role: Option<At<Id>> = "role",
        waits_for: Option<Waiting> = "waits-for",
        portal_status: Need<PortalStatus> = "portal-status",
        budget: Option<Maybe<Limit>> = "budget",
        leaves_by: Many<At<Id>> = "leaves-by",
        replaces: Many<At<Part>> = "replaces",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// A step from one state to another.
    pub(crate) struct TransitionDraft {
        name: Option<Text> = "name",
        act: Need<At<Act>> = "act",
        from: Many<At<Id>> = "from",
        to: Need<At<Id>> = "to",
        by: Many<At<Id>> = "by",
        when: Option<At<Box<str>>> = "when",
        needs: Many<At<Requirement>> = "needs",
        not_by_who_did: Many<At<Id>> = "not-by-who-did",
        at_most: Option<u8> = "at-most",
        beyond: Option<Beyond> = "beyond",
        within: Many<At<Id>> = "within",
        clock: Option<Pairs<ClockEffect>> = "clock",
        result: Option<At<Id>> = "result",
        form: Option<At<Maybe<Box<str>>>> = "form",
        replaces: Many<At<Part>> = "replaces",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// Transitions that exclude each other in every state that they share.
    pub(crate) struct ChoiceDraft {
        of: Many<At<Id>> = "of",
        hit_policy: Option<HitPolicy> = "hit-policy",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// A fee that a tariff prices.
    pub(crate) struct FeeDraft {
        name: Option<Text> = "name",
        item: Need<At<Id>> = "item",
        when: Option<At<Box<str>>> = "when",
        quantity: Option<At<Id>> = "quantity",
        due_before: Option<At<Id>> = "due-before",
        replaces: Many<At<Part>> = "replaces",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// A finding that is accepted, and why.
    pub(crate) struct WaiverDraft {
        rule: Need<At<Id>> = "rule",
        at: Option<At<Part>> = "at",
        reason: Need<Box<str>> = "reason",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// A procedure of a bundle: when it begins, what it takes over, and what the
    /// law of the bundle says otherwise.
    pub(crate) struct PartDraft {
        procedure: Need<At<Id>> = "procedure",
        after: Many<At<Id>> = "after",
        when: Option<At<Box<str>>> = "when",
        channels: Many<At<Channel>> = "channels",
        facts: Option<Pairs<At<Id>>> = "facts",
        documents: Option<Pairs<At<Box<str>>>> = "documents",
        remove: Many<At<Part>> = "remove",
        law: Many<At<Id>> = "law",
        policy: Option<Section<PolicySheet>> = "policy",
        fact: Named<FactDraft> = "fact",
        role: Named<RoleDraft> = "role",
        database: Named<DatabaseDraft> = "database",
        document: Named<DocumentDraft> = "document",
        result: Named<ResultDraft> = "result",
        term: Named<TermDraft> = "term",
        consultation: Named<ConsultationDraft> = "consultation",
        state: Named<StateDraft> = "state",
        transition: Named<TransitionDraft> = "transition",
        choice: Named<ChoiceDraft> = "choice",
        fee: Named<FeeDraft> = "fee",
        activity: Named<ActivityDraft> = "activity",
        report: Named<ReportDraft> = "report",
        change: Named<ChangeDraft> = "change",
        waiver: Named<WaiverDraft> = "waiver",
    }
}

record! {
    /// What is handed over together, once nothing of it is awaited any more.
    pub(crate) struct DeliveryDraft {
        parts: Many<At<Id>> = "parts",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// How open dossiers of earlier versions pass to this one.
    pub(crate) struct MigrationDraft {
        from: Many<At<Id>> = "from",
        state: Option<Pairs<At<Id>>> = "state",
        transition: Option<Pairs<At<Id>>> = "transition",
        fee: Option<Pairs<At<Id>>> = "fee",
        term: Option<Pairs<Carriage>> = "term",
        forbid: Many<At<Id>> = "forbid",
        reason: Need<Text> = "reason",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// Who complies, how often, and what the typical case looks like.
    pub(crate) struct ComplianceDraft {
        subjects: Option<u32> = "subjects",
        times_a_year: Option<u16> = "times-a-year",
        adoption: Option<Ratio> = "adoption",
        channel: Option<Channel> = "channel",
        receives: Option<Channel> = "receives",
        case: Option<At<Box<str>>> = "case",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// Work that somebody must do so that a part of the procedure is complied with.
    pub(crate) struct ActivityDraft {
        name: Option<Text> = "name",
        task: Option<Task> = "task",
        serves: Option<At<Part>> = "for",
        item: Need<At<Id>> = "item",
        times: Option<u16> = "times",
        borne_by: Option<At<Id>> = "borne-by",
        when: Option<At<Box<str>>> = "when",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// A report that is owed after the result.
    pub(crate) struct ReportDraft {
        name: Need<Text> = "name",
        times_a_year: Need<u16> = "times-a-year",
        form: Option<At<Box<str>>> = "form",
        when: Option<At<Box<str>>> = "when",
        replaces: Many<At<Part>> = "replaces",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// Applications that a redesign means to decide otherwise.
    pub(crate) struct ChangeDraft {
        now: Need<Ruling> = "now",
        when: Option<At<Box<str>>> = "when",
        reason: Need<Text> = "reason",
        law: Many<At<Id>> = "law",
    }
}
