//! Histories: what a simulated dossier did, decided again by the law.
//!
//! The kernel keeps rows; here they become commands, and
//! [`Dossier::decide`] answers each. That no command is refused, and that the
//! due dates are those that were counted, is the proof that what is simulated
//! is what is run.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::ToString as _;
use alloc::vec::Vec;
use core::fmt;

use chrono::{DateTime, Days, TimeDelta};
use uuid::Uuid;

use super::kernel::{Row, RowKind};
use super::model::{CaseModel, Model, Performer};
use crate::calendar::Moment;
use crate::definition::{Act, Channel, ConsultationIdx, DECISION, SYSTEM};
use crate::dossier::{
    Actor, Answer, Command, Dossier, Event, Filing, Opinion, Order, Payment, Received, Rejection,
    Taking,
};
use crate::id::Id;
use crate::money::Dong;

/// Ids of simulated dossiers and commands are derived in this namespace.
const NAMESPACE: Uuid = Uuid::from_u128(0x3b9b_92d5_7f1c_5f0e_8a53_6d0d_2f6e_41c7);

/// What is paid where the schedule that was read has no amount: the receipt settles it.
const RECEIPT: Dong = Dong::new(1);

/// The history of one simulated dossier.
#[derive(Clone, Debug)]
pub struct History {
    case: Id,
    number: u64,
    dossier: Dossier,
    events: Vec<Event>,
    began: Vec<Option<Moment>>,
    counted: Counted,
    disagreement: Option<Disagreement>,
}

/// What the caseload counted of one dossier, without asking the law.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Counted {
    /// When the office was done with it.
    pub settled: Option<Moment>,
    /// When it was due by its statutory term, as that stood when the office was done.
    pub due: Option<Moment>,
    /// What it owed in fees then; none where that is not known.
    pub fees: Option<Dong>,
    /// When it came to its last state.
    pub closed: Option<Moment>,
}

/// How the law decided otherwise than the caseload counted: an error of this library.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Disagreement {
    /// This step was refused.
    Refused(Id, Box<Rejection>),
    /// When the office was done with it.
    Settled(Differing),
    /// When it was due as the office was done.
    Due(Differing),
    /// When it came to its last state.
    Closed(Differing),
    /// What it owed in fees as the office was done; none is not known.
    Fees {
        /// What the caseload counted.
        counted: Option<Dong>,
        /// What the law assessed.
        decided: Option<Dong>,
    },
}

/// One moment, as it was counted and by the law.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Differing {
    /// What the caseload counted.
    pub counted: Option<Moment>,
    /// What the law decided.
    pub decided: Option<Moment>,
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, Differing { counted, decided }) = match self {
            Self::Refused(step, rejection) => return write!(f, "`{step}` is refused: {rejection}"),
            Self::Settled(it) => ("settled", it),
            Self::Due(it) => ("due", it),
            Self::Closed(it) => ("closed", it),
            Self::Fees { counted, decided } => {
                let told = |it: &Option<Dong>| it.map_or_else(|| "?".into(), |it| it.to_string());
                let (counted, decided) = (told(counted), told(decided));
                return write!(f, "it owes {decided} by the law, and {counted} as it was counted");
            }
        };
        let told = |it: &Option<Moment>| it.map_or_else(|| "never".into(), |it| it.to_rfc3339());
        let (counted, decided) = (told(counted), told(decided));
        write!(f, "it is {what} {decided} by the law, and {counted} as it was counted")
    }
}

impl History {
    /// Returns the kind of case.
    #[must_use]
    pub const fn case(&self) -> Id {
        self.case
    }

    /// Returns its number among the dossiers of its kind in its office, from zero.
    #[must_use]
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// Returns the dossier as its events have made it.
    #[must_use]
    pub const fn dossier(&self) -> &Dossier {
        &self.dossier
    }

    /// Returns its events.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Returns when the work that ended with each event began, where somebody worked.
    #[must_use]
    pub fn began(&self) -> &[Option<Moment>] {
        &self.began
    }

    /// Returns what the caseload counted of it.
    #[must_use]
    pub const fn counted(&self) -> &Counted {
        &self.counted
    }

    /// Returns the first point in which the law decided otherwise; there should be none.
    #[must_use]
    pub const fn disagreement(&self) -> Option<&Disagreement> {
        self.disagreement.as_ref()
    }

    /// Decides what happened to one dossier; none without a beginning.
    pub(super) fn of_rows(model: &Model<'_>, seed: u64, rows: &[Row]) -> Option<Self> {
        let first = rows.first()?;
        let case = model.cases.get(usize::from(first.case))?;
        let name = format!("{} {seed} {} {}", model.id, case.name, first.number);
        let id = Uuid::new_v5(&NAMESPACE, name.as_bytes());
        let mut history = Self {
            case: case.name,
            number: first.number,
            dossier: Dossier::new(id),
            events: Vec::new(),
            began: Vec::new(),
            counted: Counted::default(),
            disagreement: None,
        };
        for row in rows {
            if let (None, Some(at)) = (&history.disagreement, moment(case, row.at)) {
                history.follow(case, *row, at);
            }
        }
        Some(history)
    }
}

impl History {
    /// Puts what a row tells to the law.
    fn follow(&mut self, case: &CaseModel<'_>, row: Row, at: Moment) {
        match row.kind {
            RowKind::Due { at } => self.counted.due = moment(case, at),
            RowKind::Owed { fees } => self.counted.fees = Some(Dong::new(fees)),
            RowKind::Settled { is_free } => {
                if is_free {
                    self.counted.fees = Some(Dong::ZERO);
                }
                self.counted.settled = Some(at);
                self.compare_settled(case);
            }
            RowKind::Closed => {
                self.counted.closed = Some(at);
                let decided = self.dossier.last().filter(|_| self.is_closed());
                self.compare(Disagreement::Closed, Some(at), decided);
            }
            // What was drawn in advance does not happen any more.
            _ if self.is_closed() => {}
            RowKind::Filed { profile, is_complete } => self.file(case, profile, is_complete, at),
            RowKind::Taken { step, began } => self.take(case, step, began, at),
            RowKind::Lapsed => {
                let past = at.checked_add_signed(TimeDelta::seconds(1)).unwrap_or(at);
                let expired = self.dossier.expire(&case.cx, past);
                self.store(expired, None);
            }
            RowKind::Answered { consultation } => self.answer(case, consultation, at),
            RowKind::Paid => self.pay(case, at),
        }
    }

    fn is_closed(&self) -> bool {
        self.dossier.portal_status().is_some_and(|it| it.is_terminal())
    }

    fn compare_settled(&mut self, case: &CaseModel<'_>) {
        let Counted { settled, due, fees: counted, .. } = self.counted;
        self.compare(Disagreement::Settled, settled, self.dossier.ended());
        let term = self.dossier.term(&DECISION);
        let decided = term.and_then(|it| it.due).map(|it| it.moment());
        self.compare(Disagreement::Due, due, decided);
        let decided = self.owed(case);
        if counted != decided && self.disagreement.is_none() {
            self.disagreement = Some(Disagreement::Fees { counted, decided });
        }
    }

    /// Adds up the fees of the procedure; what an office demanded beside them has no tariff.
    fn owed(&self, case: &CaseModel<'_>) -> Option<Dong> {
        let fees = case.cx.procedure().fees();
        let mut own = self.dossier.charges().iter().filter(|it| fees.find(&it.fee).is_some());
        own.try_fold(Dong::ZERO, |sum, it| sum.plus(it.payer?).ok())
    }

    fn compare(
        &mut self,
        differs: fn(Differing) -> Disagreement,
        counted: Option<Moment>,
        decided: Option<Moment>,
    ) {
        if counted != decided && self.disagreement.is_none() {
            self.disagreement = Some(differs(Differing { counted, decided }));
        }
    }

    fn take(&mut self, case: &CaseModel<'_>, step: u16, began: i64, at: Moment) {
        let Some(step) = case.steps.get(usize::from(step)) else { return };
        let facts = step.sets.clone();
        let mut taking = Taking { facts, ..Taking::of(step.name) };
        taking.reason = Some("mô phỏng".into());
        if step.completes {
            taking.documents = documents(case);
        }
        if step.act == Act::Apologise {
            let day = self.dossier.appointment().map(|it| it.day().max(at.date_naive()));
            taking.new_due = day.and_then(|it| it.checked_add_days(Days::new(5)));
        }
        // Two persons of one role: four eyes see every dossier.
        let actor = format!("{}.{}", step.role, step.name);
        let began = match step.performer {
            Performer::Pool(..) => moment(case, began),
            Performer::Outside(..) => None,
        };
        self.order(case, &actor, step.role, Order::Take(taking), at, began);
        if step.completes {
            self.sign(case, at);
        }
    }

    fn answer(&mut self, case: &CaseModel<'_>, consultation: ConsultationIdx, at: Moment) {
        let Some(name) = case.cx.procedure().consultations().name(consultation) else { return };
        let answer = Answer { consultation: name, opinion: Opinion::Agree, facts: Vec::new() };
        self.order(case, name.as_str(), SYSTEM, Order::Answer(answer), at, None);
    }

    fn file(&mut self, case: &CaseModel<'_>, profile: u32, is_complete: bool, at: Moment) {
        let channel = case.channels.get(case.channel(profile)).map_or(Channel::Online, |it| it.0);
        let filing = Filing {
            facts: case.values(profile).map(|(fact, value)| (fact.id, value)).collect(),
            documents: if is_complete { documents(case) } else { Vec::new() },
            ..Filing::on(channel)
        };
        self.order(case, "applicant", case.filer, Order::File(filing), at, None);
        if is_complete {
            self.sign(case, at);
        }
        if case.pays.is_none() {
            self.pay(case, at);
        }
    }

    /// Signs every paper that is signed on the channel.
    fn sign(&mut self, case: &CaseModel<'_>, at: Moment) {
        let Some(channel) = self.dossier.channel() else { return };
        for (_, document, it) in case.cx.procedure().documents().iter() {
            if it.signed().contains(&channel) {
                self.order(case, "applicant", case.filer, Order::Sign { document }, at, None);
            }
        }
    }

    fn pay(&mut self, case: &CaseModel<'_>, at: Moment) {
        // What an office demands is no item of a tariff, and is met at a step of its own.
        let fees = self.dossier.charges().iter().filter(|it| it.item.is_some());
        let open = fees.filter(|it| !it.is_settled());
        let owed: Vec<(Id, Dong)> = open
            .map(|it| match it.payer.and_then(|payer| payer.minus(it.paid).ok()) {
                Some(rest) => (it.fee, rest),
                None => (it.fee, RECEIPT),
            })
            .collect();
        for (fee, amount) in owed {
            let payment = Payment { fee: Some(fee), amount };
            self.order(case, "applicant", case.filer, Order::Pay(payment), at, None);
        }
    }

    fn order(
        &mut self,
        case: &CaseModel<'_>,
        actor: &str,
        role: Id,
        order: Order,
        at: Moment,
        began: Option<Moment>,
    ) {
        let named = match &order {
            Order::Take(taking) => taking.transition.unwrap_or(SYSTEM),
            _ => role,
        };
        let number = format!("{} {}", self.dossier.id(), self.events.len());
        let command = Uuid::new_v5(&NAMESPACE, number.as_bytes());
        match self.dossier.decide(
            &case.cx,
            &Command::new(command, Actor::new(actor, role), order),
            at,
        ) {
            Ok(events) => self.store(events, began),
            Err(rejection) => {
                self.disagreement = Some(Disagreement::Refused(named, Box::new(rejection)));
            }
        }
    }

    fn store(&mut self, events: Vec<Event>, began: Option<Moment>) {
        let last = events.len().saturating_sub(1);
        for (place, event) in events.into_iter().enumerate() {
            self.dossier.evolve(&event);
            self.events.push(event);
            self.began.push(began.filter(|_| place == last));
        }
    }
}

fn documents(case: &CaseModel<'_>) -> Vec<Received> {
    let documents = case.cx.procedure().documents().iter();
    documents.map(|(_, name, _)| Received::handed_in(name)).collect()
}

fn moment(case: &CaseModel<'_>, at: i64) -> Option<Moment> {
    Some(DateTime::from_timestamp(at, 0)?.with_timezone(&case.cx.calendar().offset()))
}
