//! What must hold of every move, tried on random walks.

use chrono::TimeDelta;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::definition::Silence;
use crate::dossier::{ConsultationOutcome, Payment, TermState};
use crate::money::Dong;

/// What somebody does so many hours after what was done before.
type Deed = (i64, usize);

/// Who tries what; attempts that the permit refuses are part of a walk.
const STEPS: [(&str, &str); 5] = [
    ("officer", "consult"),
    ("officer", "ask"),
    ("applicant", "supplement"),
    ("officer", "submit"),
    ("head", "initial"),
];

/// Deeds of three weeks at most, so that the month for the supplement does not end.
fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    vec((1..60_i64, 0..STEPS.len() + 2), 0..8)
}

impl Desk {
    /// Walks on from a moment and returns the moment of the last deed.
    fn walk(&mut self, from: Moment, deeds: &[Deed]) -> Moment {
        let mut at = from;
        for &(hours, what) in deeds {
            at += TimeDelta::hours(hours);
            let (role, order) = match STEPS.get(what) {
                Some((role, step)) => (*role, Order::Take(Taking::of(Id::parse(step).unwrap()))),
                None if what == STEPS.len() => {
                    let known = (Id::literal("eligible"), Value::Boolean(hours % 2 == 0));
                    ("officer", Order::Facts([known].into()))
                }
                None => {
                    let payment = Payment { fee: None, amount: Dong::new(5_000 * hours) };
                    ("applicant", Order::Pay(payment))
                }
            };
            self.ask_at(at, role, order);
        }
        at
    }

    /// Walks with a move after so many deeds.
    fn moving_after(mut self, place: usize, deeds: &[Deed]) -> Self {
        let (before, after) = deeds.split_at(place.min(deeds.len()));
        let at = self.walk(start(), before);
        self.ask_at(at, "system", Order::Migrate);
        assert_eq!(self.dossier.procedure_version(), Some(*self.new.version()));
        let end = self.walk(at, after);
        self.fall_due(end);
        self
    }

    /// Walks without a move.
    fn staying(mut self, deeds: &[Deed]) -> Self {
        let end = self.walk(start(), deeds);
        self.fall_due(end);
        self
    }

    /// Follows what fell due by itself; a refused attempt leaves it to whoever acts next.
    fn fall_due(&mut self, at: Moment) {
        let events = self.dossier.expire(&self.cx().under(self.governing()), at);
        events.iter().for_each(|it| self.dossier.evolve(it));
        self.log.extend(events);
    }

    /// Tells everything but the version, the events and the moments at which they were counted.
    fn whole(&self) -> impl PartialEq + core::fmt::Debug + use<> {
        let it = self.dossier.clone();
        let base = it.filed.unwrap();
        let place = (base.state, base.previous, base.portal_status, base.entered, base.accepted);
        (place, it.known, it.documents, it.terms, it.consultations, it.charges, it.taken)
    }

    fn clocks(&self) -> Vec<TermState> {
        let terms = self.dossier.terms().iter();
        terms.map(|it| TermState { is_kept: false, ..it.clone() }).collect()
    }
}

/// A Monday after the first day of the later version.
fn start() -> Moment {
    "2026-01-05T07:30:00+07:00".parse().unwrap()
}

/// A new length of the term of the office.
fn length(days: u32) -> String {
    format!("limit = \"{days} working days\"")
}

fn desk(days: u32, rule: &str) -> Desk {
    let facts = [("area", Value::Integer(500))];
    Desk::accepted(&[("limit = \"10 working days\"", &length(days))], rule, &facts)
}

const NEW_LENGTH: &str = r#"
[migration.measured-anew]
term = { decision = "new-length" }
reason = "Thời hạn mới áp dụng cho hồ sơ đang giải quyết"
"#;

/// The later version as if it had always been law.
fn always(days: u32) -> Desk {
    let text = later(&[("limit = \"10 working days\"", &length(days))], "");
    let mut sources = Sources::new();
    sources.add("always.toml", text.replace("{ from = 2026-01-01 }", "{ from = 2025-01-01 }"));
    let (mut procedures, found) = load(&sources);
    assert!(found.iter().all(|it| it.severity().as_str() != "error"), "{found:?}");
    let only = procedures.pop().unwrap();
    Desk::between((only.clone(), only), &[("area", Value::Integer(500))])
}

#[test]
fn silence_that_fell_due_before_a_refused_attempt_is_not_lost_by_the_move() {
    let consult_then_ask = [(1, 0), (82, 1), (54, 0)];
    let soon = desk(1, "").moving_after(0, &consult_then_ask);
    let late = desk(1, "").moving_after(3, &consult_then_ask);
    let silent = Some(ConsultationOutcome::Silent(Silence::Escalate));
    assert_eq!(late.dossier.consultations()[0].outcome, silent);
    assert_eq!(soon.whole(), late.whole());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn sooner_or_later_a_move_comes_to_the_same(
        walk in deeds(), soon in 0..8_usize, late in 0..8_usize, days in 1..30_u32,
    ) {
        let soon = desk(days, "").moving_after(soon, &walk);
        let late = desk(days, "").moving_after(late, &walk);
        prop_assert_eq!(soon.whole(), late.whole());
    }

    #[test]
    fn a_dossier_that_was_stored_moves_like_the_one_that_was_not(
        walk in deeds(), place in 0..8_usize, days in 1..30_u32, anew in any::<bool>(),
    ) {
        let rule = if anew { NEW_LENGTH } else { "" };
        let moved = desk(days, rule).moving_after(place, &walk);
        let is_move = |it: &Event| matches!(it.happened(), Happened::Migrated(_));
        let at = moved.log.iter().position(is_move).unwrap();
        let stored = Dossier::replay(Uuid::nil(), &moved.log[..at]).unwrap();
        let system = Actor::new("system", Id::literal("system"));
        let command = Command::new(moved.log[at].command().unwrap(), system, Order::Migrate);
        let cx = moved.cx().under(&moved.new).moving_from(&moved.old);
        let again = stored.decide(&cx, &command, moved.log[at].at()).unwrap();
        prop_assert_eq!(&again[..], &moved.log[at..at + again.len()]);
        prop_assert_eq!(Dossier::replay(Uuid::nil(), &moved.log).unwrap(), moved.dossier);
    }

    #[test]
    fn days_that_ran_and_days_that_are_left_stay_as_they_are(
        walk in deeds(), place in 0..8_usize, days in 1..30_u32,
    ) {
        let moved = desk(days, "").moving_after(place, &walk);
        let stayed = desk(days, "").staying(&walk);
        prop_assert_eq!(moved.clocks(), stayed.clocks());
        prop_assert_eq!(moved.dossier.due(), stayed.dossier.due());
    }

    #[test]
    fn a_new_length_runs_as_if_it_had_run_from_the_start(
        walk in deeds(), place in 0..8_usize, days in 1..30_u32,
    ) {
        let moved = desk(days, NEW_LENGTH).moving_after(place, &walk);
        let always = always(days).staying(&walk);
        prop_assert_eq!(moved.clocks(), always.clocks());
    }

    #[test]
    fn nothing_stands_between_a_version_and_itself(walk in deeds()) {
        let mut desk = desk(10, "");
        desk.walk(start(), &walk);
        let plan = Plan::between(&desk.old, &desk.old).unwrap();
        let ruling = plan.ruling(&desk.cx(), &desk.dossier).unwrap();
        prop_assert_eq!((ruling.reasons(), ruling.to()), (&[][..], desk.dossier.state()));
    }
}

#[cfg(feature = "catalogue")]
#[test]
fn a_plan_from_a_version_to_itself_changes_nothing() {
    let (procedures, _) = load(&crate::catalogue::sources());
    assert!(procedures.len() > 50);
    for it in &procedures {
        let plan = Plan::between(it, it).unwrap();
        let place = (it.id(), it.version());
        for stage in plan.stages() {
            let state = (place, stage.state());
            assert_eq!((stage.to(), stage.is_mapped()), (Some(stage.state()), false), "{state:?}");
            let all = stage.reasons().iter().chain(stage.provisos());
            let others: Vec<&Reason> = all.filter(|it| it.cause() != Cause::ResultExists).collect();
            assert_eq!(others, Vec::<&Reason>::new(), "{state:?}");
        }
        for term in plan.terms() {
            assert_eq!(
                (term.is_same(), term.carriage()),
                (true, Some(Carriage::Keep)),
                "{place:?}"
            );
            assert_eq!(term.before(), term.after());
        }
    }
}
