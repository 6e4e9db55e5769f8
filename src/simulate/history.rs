//! Histories: what a simulated dossier did, decided again by the law.
//!
//! The kernel keeps rows; here they become commands, and
//! [`Dossier::decide`] answers each. A history without a rejection is the
//! proof that what is simulated is what is run.

use alloc::format;
use alloc::vec::Vec;

use chrono::{DateTime, Days};
use uuid::Uuid;

use super::kernel::{self, Row, RowKind, Tally, Watch};
use super::model::{CaseModel, Model};
use super::random::Key;
use crate::calendar::Moment;
use crate::definition::{Act, Channel, SYSTEM};
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
    dossier: Dossier,
    events: Vec<Event>,
    began: Vec<Option<Moment>>,
    rejected: Option<(Id, Rejection)>,
}

impl History {
    /// Returns the kind of case.
    #[must_use]
    pub const fn case(&self) -> Id {
        self.case
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

    /// Returns the first command that the law refused, and why; there should be none.
    #[must_use]
    pub const fn rejected(&self) -> Option<&(Id, Rejection)> {
        self.rejected.as_ref()
    }
}

/// Keeps the rows of the first dossiers of each kind.
#[derive(Debug)]
struct Sample {
    each: u64,
    rows: Vec<Row>,
}

impl Watch for Sample {
    fn follows(&self, _case: u16, number: u64) -> bool {
        number < self.each
    }

    fn see(&mut self, row: Row) {
        self.rows.push(row);
    }
}

impl Model<'_> {
    /// Returns the histories of the first dossiers of each kind, in the first office of its kind.
    ///
    /// Each is decided anew by the law, command by command. Dossiers of the
    /// backlog have no beginning and are left out.
    #[must_use]
    pub fn histories(&self, seed: u64, each: u64) -> Vec<History> {
        let luck = Key::of_seed(seed).number(0);
        let mut histories = Vec::new();
        for kind in &self.offices {
            let mut sample = Sample { each, rows: Vec::new() };
            let mut tally = Tally::new(self);
            kernel::run(self, kind, luck.name(&kind.name).number(0), &mut tally, &mut sample);
            // Answers are drawn when they are asked for: the order of time is made here.
            sample.rows.sort_by_key(|it| (it.case, it.number, it.at));
            let dossiers =
                sample.rows.chunk_by(|it, next| (it.case, it.number) == (next.case, next.number));
            histories.extend(dossiers.filter_map(|rows| self.history(rows, seed)));
        }
        histories
    }

    fn history(&self, rows: &[Row], seed: u64) -> Option<History> {
        let first = rows.first()?;
        let case = self.cases.get(usize::from(first.case))?;
        let name = format!("{} {seed} {} {}", self.id, case.name, first.number);
        let id = Uuid::new_v5(&NAMESPACE, name.as_bytes());
        let dossier = Dossier::new(id);
        let (events, began) = (Vec::new(), Vec::new());
        let mut history = History { case: case.name, dossier, events, began, rejected: None };
        for row in rows {
            history.follow(case, *row)?;
        }
        let end = rows.last().and_then(|it| moment(case, it.at))?;
        if history.rejected.is_none() {
            // What fell due after the last command happened too.
            let later = end.checked_add_days(Days::new(3_660)).unwrap_or(end);
            let expired = history.dossier.expire(&case.cx, later);
            history.store(expired, None);
        }
        Some(history)
    }
}

impl History {
    /// Puts what a row tells to the law.
    fn follow(&mut self, case: &CaseModel<'_>, row: Row) -> Option<()> {
        let at = moment(case, row.at)?;
        let is_closed = self.dossier.portal_status().is_some_and(|it| it.is_terminal());
        if self.rejected.is_some() || is_closed {
            return Some(());
        }
        match row.kind {
            RowKind::Filed { profile, is_complete } => self.file(case, profile, is_complete, at),
            RowKind::Taken { step, began } => {
                let step = case.steps.get(usize::from(step))?;
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
                let began = moment(case, began);
                self.order(case, &actor, step.role, Order::Take(taking), at, began);
                if step.completes {
                    self.sign(case, at);
                }
            }
            RowKind::Answered { consultation } => {
                let name = case.cx.procedure().consultations().name(consultation)?;
                let answer =
                    Answer { consultation: name, opinion: Opinion::Agree, facts: Vec::new() };
                self.order(case, name.as_str(), SYSTEM, Order::Answer(answer), at, None);
            }
            RowKind::Paid => self.pay(case, at),
        }
        Some(())
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
        let open = self.dossier.charges().iter().filter(|it| !it.is_settled());
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
            Err(rejection) => self.rejected = Some((named, rejection)),
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
