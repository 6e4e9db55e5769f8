//! `hoso migrate`: how dossiers pass from one version to another, and their passing.

mod data;
mod moved;
mod pair;
mod text;

use std::collections::BTreeMap;

use chrono::NaiveTime;
use hoso::authority::Authorities;
use hoso::calendar::Calendar;
use hoso::definition::{Pinning, Procedure, SYSTEM};
use hoso::dossier::{
    Actor, Command, Context, Dossier, Event, Order, Passage, Plan, Reason, Rejection, Ruling,
};
use hoso::fee::Tariff;
use hoso::id::Id;
use uuid::Uuid;

use crate::answer::Answer;
use crate::args::{Global, Migrate};
use crate::failure::{Failure, Fallible};
use crate::log::Log;
use crate::moment::{self, Moment};
use crate::{events, load};
use pair::Pair;

pub(crate) fn migrate(global: &Global, args: &Migrate) -> Fallible<Answer> {
    let pair = Pair::find(global, &args.old, &args.new)?;
    let plan = Plan::between(pair.old(), pair.later())?;
    let moves = match &args.dossiers {
        Some(path) => {
            let desk = Desk::open(&pair, args)?;
            Some(desk.moves(&plan, events::dossiers(&events::read(path)?)))
        }
        None => None,
    };
    if let (Some(path), Some(moves)) = (&args.events, &moves) {
        let all: Vec<Event> = moves.list.iter().flat_map(|it| it.events.clone()).collect();
        let mut log =
            Log::create(path, [pair.old(), pair.later()].into_iter().collect(), global.lang())?;
        log.write_mixed(&all, &BTreeMap::new())?;
        log.close()?;
    }
    let report = Report { plan: &plan, moves: moves.as_ref() };
    let stays = moves.as_ref().map_or(0, |it| it.count(|it| !it.is_made()));
    let lang = global.lang();
    let holds = !args.strict || stays == 0;
    let answer = Answer::new(global, || data::data(&report, lang), || text::text(&report, lang));
    Ok(answer.holds_if(holds))
}

/// The plan, and what became of dossiers.
struct Report<'r> {
    plan: &'r Plan<'r>,
    moves: Option<&'r Moves>,
}

/// What became of the dossiers of a file.
struct Moves {
    list: Vec<Move>,
    /// Dossiers of other versions or procedures, and those that are closed.
    others: usize,
}

impl Moves {
    fn count(&self, which: impl Fn(&Move) -> bool) -> usize {
        self.list.iter().filter(|it| which(it)).count()
    }
}

/// What became of one dossier.
struct Move {
    before: Dossier,
    after: Dossier,
    ruling: Option<Ruling>,
    events: Vec<Event>,
    rejection: Option<Rejection>,
}

impl Move {
    fn is_made(&self) -> bool {
        self.rejection.is_none()
    }

    /// Returns how the plan lets it pass; who asks, and when, left aside.
    fn passage(&self) -> Option<Passage> {
        self.ruling.as_ref().map(Ruling::passage)
    }

    /// Returns everything that stood in the way.
    fn reasons(&self) -> Vec<&Reason> {
        self.rejection.iter().flat_map(Rejection::reasons).collect()
    }
}

/// Whoever lets the dossiers move.
struct Desk<'d> {
    pair: &'d Pair,
    calendar: Calendar,
    tariff: Tariff,
    authorities: Authorities,
    actor: Actor,
    at: Option<Moment>,
}

impl<'d> Desk<'d> {
    fn open(pair: &'d Pair, args: &Migrate) -> Fallible<Self> {
        let texts: &load::Texts = pair.texts();
        let calendar = texts.calendar(&args.office.calendar)?;
        let offset = calendar.offset();
        let at = args.at.as_deref().map(|it| moment::moment(it, offset)).transpose()?;
        let role = match &args.role {
            Some(role) => Id::parse(role)?,
            None => role(pair.later())?,
        };
        Ok(Self {
            pair,
            calendar,
            tariff: texts.tariff(&args.office.tariff)?,
            authorities: texts.authorities(&args.office.authorities)?,
            actor: Actor::new(&args.actor, role),
            at,
        })
    }

    fn context(&self) -> Context<'_> {
        let new = Context::new(self.pair.later(), &self.calendar, Some(&self.tariff));
        new.among(&self.authorities).moving_from(self.pair.old())
    }

    /// Lets the dossiers of the old version move.
    fn moves(&self, plan: &Plan<'_>, dossiers: Vec<Dossier>) -> Moves {
        let all = dossiers.len();
        let own = dossiers.into_iter().filter(|it| self.is_own(it));
        let list: Vec<Move> = own.map(|it| self.let_pass(plan, it)).collect();
        let others = all - list.len();
        Moves { list, others }
    }

    /// Returns true for an open dossier of the old version.
    fn is_own(&self, dossier: &Dossier) -> bool {
        dossier.fingerprint() == Some(self.pair.old().fingerprint())
            && dossier.portal_status().is_some_and(|it| !it.is_terminal())
    }

    fn let_pass(&self, plan: &Plan<'_>, before: Dossier) -> Move {
        let context = self.context();
        let at = self.moment(&before);
        let id = Uuid::new_v5(
            &before.id(),
            format!("migrate {}", self.pair.later().version()).as_bytes(),
        );
        let command = Command::new(id, self.actor.clone(), Order::Migrate);
        let ruling = plan.ruling(&context, &before);
        let mut after = before.clone();
        let (mut events, mut rejection) = (Vec::new(), None);
        if let Some(at) = at {
            match before.decide(&context, &command, at) {
                Ok(decided) => events = decided,
                Err(no) => rejection = Some(no),
            }
        }
        events.iter().for_each(|it| after.evolve(it));
        Move { before, after, ruling, events, rejection }
    }

    /// Returns when a dossier moves.
    fn moment(&self, dossier: &Dossier) -> Option<Moment> {
        let first = self.pair.later().effective().from().and_time(NaiveTime::MIN);
        let first = first.and_local_timezone(self.calendar.offset()).single();
        self.at.or_else(|| first.map(|it| dossier.last().map_or(it, |last| it.max(last))))
    }
}

/// Returns the role in which a version is entered: by itself, or when the applicant asks.
fn role(new: &Procedure) -> Fallible<Id> {
    if new.pinned() == Pinning::OnEffect && new.roles().find(&SYSTEM).is_some() {
        return Ok(SYSTEM);
    }
    let filing = new.transitions().get(new.filing());
    let role = filing.and_then(|it| it.by().next()).and_then(|it| new.roles().name(it));
    role.ok_or_else(|| Failure::new("nobody may file under the new version"))
}
