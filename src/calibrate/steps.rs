//! Who takes each step, and how long it takes: work, or a wait.
//!
//! Work is known where a record says when it began. Where an officer's step has
//! no beginning, the time from the step before to its end holds the queue as
//! well: it is called a delay, never work.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::fit::Fit;
use super::hours::Watch;
use super::routing::{Routing, add_cuts};
use super::sample::Sample;
use super::way::{Taken, Way};
use crate::definition::{Procedure, SYSTEM, TransitionIdx, Waiting};
use crate::dossier::ActorId;
use crate::id::Id;
use crate::simulate::figures::Confidence;
use crate::simulate::{Basis, Hours};
use crate::text::words;

words! {
    /// What the time of a step is.
    pub enum TimeKind as "what the time of a step is: `work`, `wait` or `delay`" {
        /// Officers work on it, and the record says from when.
        Work = "work" ("thời gian xử lý", "work"),
        /// Somebody outside the office lets it wait.
        Wait = "wait" ("thời gian chờ", "wait"),
        /// Queue and work in one: the record does not say when work began.
        Delay = "delay" ("thời gian từ bước trước, gồm cả chờ", "time since the step before, queue included"),
    }
}

/// What a log tells of how one step is taken.
#[derive(Debug)]
pub(super) struct Performed {
    pub(super) times: u64,
    pub(super) role: Option<Id>,
    pub(super) kind: TimeKind,
    /// Where in a way it stands on average, in thousandths.
    pub(super) rank: u64,
    /// From when to when; work from its beginning, all else from when it was ready.
    pub(super) spans: Vec<(i64, i64)>,
    pub(super) actors: BTreeMap<ActorId, u64>,
}

/// Gathers what every step was like; steps that a term brought are left out.
pub(super) fn gather(
    procedure: &Procedure,
    ways: &[Way],
    watch: &Watch,
) -> BTreeMap<TransitionIdx, Performed> {
    let mut all: BTreeMap<TransitionIdx, Vec<(usize, &Taken)>> = BTreeMap::new();
    for way in ways {
        let taken = way.stays.iter().flat_map(|it| it.errands.iter().chain(&it.exit));
        for (place, taken) in taken.enumerate().filter(|(_, it)| !it.is_lapse) {
            all.entry(taken.step).or_default().push((place, taken));
        }
    }
    all.into_iter().map(|(step, all)| (step, performed(procedure, step, &all, watch))).collect()
}

fn performed(
    procedure: &Procedure,
    step: TransitionIdx,
    all: &[(usize, &Taken)],
    watch: &Watch,
) -> Performed {
    let role = role(procedure, step, all);
    let began: Vec<(i64, i64)> = all.iter().filter_map(|(_, it)| it.began.zip(it.at)).collect();
    let waited: Vec<(i64, i64)> =
        all.iter().filter_map(|(_, it)| Some((it.began.or(it.ready)?, it.at?))).collect();
    let applicant = procedure.applicant().and_then(|it| procedure.roles().name(it));
    let is_outside = role.is_none() || role == applicant || role == Some(SYSTEM);
    let is_timed = began.len() * 2 >= all.len();
    let kind = match is_timed {
        _ if is_outside || is_left_alone(&waited, watch) => TimeKind::Wait,
        true => TimeKind::Work,
        false => TimeKind::Delay,
    };
    let mut actors = BTreeMap::new();
    for actor in all.iter().filter_map(|(_, it)| it.actor.as_ref()) {
        *actors.entry(actor.clone()).or_default() += 1;
    }
    let sum: u64 = all.iter().map(|(place, _)| *place as u64).sum();
    Performed {
        times: all.len() as u64,
        role,
        kind,
        rank: sum * 1_000 / (all.len() as u64).max(1),
        spans: if kind == TimeKind::Work { began } else { waited },
        actors,
    }
}

/// What begins in office hours and ends at any time of day and night is nobody's work.
fn is_left_alone(spans: &[(i64, i64)], watch: &Watch) -> bool {
    let (begins, ends) = (spans.iter().map(|it| it.0), spans.iter().map(|it| it.1));
    let outside = |moments: &mut dyn Iterator<Item = i64>| {
        moments.filter(|it| !watch.holds(Hours::Reception, *it)).count() * 20
    };
    outside(&mut begins.into_iter()) <= spans.len() && outside(&mut ends.into_iter()) > spans.len()
}

/// Returns the role that mostly took a step, or else the one whose turn it is.
fn role(procedure: &Procedure, step: TransitionIdx, all: &[(usize, &Taken)]) -> Option<Id> {
    let it = procedure.transitions().get(step)?;
    let may: Vec<Id> = it.by().filter_map(|it| procedure.roles().name(it)).collect();
    let mut told: BTreeMap<Id, u64> = BTreeMap::new();
    for role in all.iter().filter_map(|(_, it)| it.role).filter(|it| may.contains(it)) {
        *told.entry(role).or_default() += 1;
    }
    if let Some((role, _)) = told.into_iter().max_by_key(|it| it.1) {
        return Some(role);
    }
    let applicant = procedure.applicant().and_then(|it| procedure.roles().name(it));
    let waits = it.from().all(|it| {
        procedure.states().get(it).is_some_and(|it| it.waits_for() == Some(Waiting::Applicant))
    });
    let officer = may.iter().copied().find(|it| *it != SYSTEM && Some(*it) != applicant);
    match applicant.filter(|it| waits && may.contains(it)) {
        Some(applicant) => Some(applicant),
        None => officer.or(may.first().copied()),
    }
}

/// Fits the time of a wait over the hours of the clock and of the office, and takes what is nearer.
pub(super) fn fit_wait(
    step: TransitionIdx,
    spans: &[(i64, i64)],
    routing: &Routing,
    watch: &Watch,
    confidence: Confidence,
) -> Option<(Fit, Basis)> {
    let over = |hours: Hours| {
        let mut sample =
            Sample::of(spans.iter().map(|(from, until)| watch.between(hours, *from, *until)));
        let cuts = routing.cuts.get(&step);
        add_cuts(&mut sample, cuts, |from, until| watch.between(hours, from, until));
        Fit::of(&sample, confidence)
    };
    let (clock, office) = (over(Hours::Always)?, over(Hours::Office)?);
    let is_office = office.is_clearly_nearer(&clock) && office.distribution.mean() > 0.0;
    Some(if is_office { (office, Basis::Office) } else { (clock, Basis::Clock) })
}
