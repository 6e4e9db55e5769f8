//! What is said to be possible of an application is what `decide` comes to.
//!
//! The facts of a dossier are all known from its filing and stay as they are.
//! Everybody then acts at random; whatever is decided must have been possible.

use std::collections::BTreeSet;

use hoso::definition::fact::Value;
use hoso::definition::{Act, Channel, Procedure};
use hoso::dossier::{Actor, Command, Filing, Happened, Order};
use hoso::id::Id;
use hoso::simplify::{Design, Prospect, differences, prospect};
use proptest::prelude::*;
use uuid::Uuid;

use super::{Office, Walk, World, cuts_short, facts, is_there, papers, taking};

/// After how many tries a dossier is left alone.
const TRIES: usize = 120;

/// How many applications are drawn before one is taken that cannot be granted.
const DRAWS: usize = 8;

/// One application: its facts, and the acts that came of it.
struct Walked {
    case: Vec<(Id, Value)>,
    acts: BTreeSet<Act>,
}

impl Walked {
    fn of(office: &Office, procedure: &Procedure, seed: u64) -> Self {
        let mut walk = Walk::new(office, procedure, seed);
        // Of several applications one that may be granted, if there is one.
        let mut draw = || facts(procedure, World::Everybody, &mut walk.luck);
        let mut facts = draw();
        for _ in 0..DRAWS {
            if possible(procedure, &facts).may_be_granted() {
                break;
            }
            facts = draw();
        }
        let channel = *walk.luck.pick(procedure.channels()).unwrap_or(&Channel::Counter);
        let documents = papers(procedure);
        let filing = Filing { channel, facts: facts.clone(), documents, received_by: None };
        let by = procedure.applicant().and_then(|it| procedure.roles().name(it)).unwrap();
        let word = Value::Choice(Id::parse(channel.as_str()).unwrap());
        let case = facts.into_iter().chain([(Id::parse("channel").unwrap(), word)]).collect();
        let mut walked = Self { case, acts: BTreeSet::new() };
        walked.send(&mut walk, by, Order::File(filing));
        for _ in 0..TRIES {
            if walk.dossier.state().is_none() || walk.has_ended() {
                break;
            }
            walked.step(&mut walk);
        }
        walked
    }

    /// Lets somebody do something at random; nothing is learnt by it.
    fn step(&mut self, walk: &mut Walk<'_>) {
        walk.at = walk.at.checked_add_signed(chrono::TimeDelta::minutes(20)).unwrap();
        let roles: Vec<Id> = walk.procedure.roles().iter().map(|it| it.1).collect();
        let role = *walk.luck.pick(&roles).unwrap();
        match walk.luck.below(4) {
            0 => walk.pay(role),
            1 => walk.answer(role),
            _ => self.take(walk),
        }
    }

    fn take(&mut self, walk: &mut Walk<'_>) {
        let cx = walk.context();
        // Most applicants wait for an answer, and most offices give one.
        let is_patient = walk.luck.below(8) > 0;
        let mut offers = Vec::new();
        for (_, role, _) in walk.procedure.roles().iter().filter(|it| it.1.as_str() != "system") {
            let actor = Actor::new(&format!("{role}-{}", walk.told.len()), role);
            let options = walk.dossier.options(&cx, &actor, walk.at);
            let there =
                options.iter().filter(|it| is_there(walk.procedure, World::Everybody, role, it));
            let there = there.filter(|it| !is_patient || !cuts_short(walk.procedure, it));
            let due = walk.dossier.due().unwrap_or(walk.at);
            offers.extend(there.map(|it| (role, taking(walk.procedure, it, due))));
        }
        if let Some((role, taking)) = walk.luck.pick(&offers).cloned() {
            self.send(walk, role, Order::Take(taking));
        }
    }

    fn send(&mut self, walk: &mut Walk<'_>, role: Id, order: Order) {
        let actor = Actor::new(&format!("{role}-{}", walk.told.len()), role);
        walk.told.push(super::brief(&order));
        let command = Command::new(Uuid::from_u128(u128::from(walk.luck.draw())), actor, order);
        let Ok(events) = walk.dossier.decide(&walk.context(), &command, walk.at) else { return };
        for event in &events {
            if let Happened::Moved(moved) = event.happened() {
                self.acts.insert(moved.act);
            }
            walk.dossier.evolve(event);
        }
    }

    fn was_granted(&self) -> bool {
        self.acts.contains(&Act::Decide)
    }

    fn was_refused(&self) -> bool {
        self.acts.contains(&Act::Refuse) || self.acts.contains(&Act::RefuseIntake)
    }

    /// Returns what a version leaves possible in this case.
    fn prospect(&self, procedure: &Procedure) -> Prospect {
        possible(procedure, &self.case)
    }

    fn is_within(&self, prospect: Prospect) -> bool {
        (!self.was_granted() || prospect.may_be_granted())
            && (!self.was_refused() || prospect.may_be_refused())
    }
}

/// Returns what a version leaves possible for some facts, as far as it knows them.
fn possible(procedure: &Procedure, case: &[(Id, Value)]) -> Prospect {
    prospect(procedure, |at| {
        let fact = procedure.facts().fact(at)?;
        let known = case.iter().find(|(it, _)| *it == fact.id());
        known.map(|(_, value)| *value).filter(|it| fact.domain().admits(*it))
    })
}

/// Each procedure has luck of its own, so that one bad day is not that of all.
fn apart(seed: u64, at: usize) -> u64 {
    seed ^ (at as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Each version of the shelf with the next one.
fn successors(office: &Office) -> Vec<(&Procedure, &Procedure)> {
    let all: Vec<&Procedure> = office.catalogue.iter().collect();
    let next = |it: &Procedure| {
        let versions = office.catalogue.versions(it.id());
        versions.iter().find(|other| other.effective().from() > it.effective().from())
    };
    all.into_iter().filter_map(|it| Some((it, next(it)?))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_decided_was_possible(seed in any::<u64>()) {
        thread_local!(static OFFICE: Office = Office::open());
        OFFICE.with(|office| {
            let (mut granted, mut refused) = (0, 0);
            for (at, procedure) in office.catalogue.iter().enumerate() {
                let walked = Walked::of(office, procedure, apart(seed, at));
                let prospect = walked.prospect(procedure);
                let (id, version) = (procedure.id(), procedure.version());
                prop_assert!(walked.is_within(prospect), "{id} {version}: {:?} of {prospect}", walked.acts);
                granted += usize::from(walked.was_granted());
                refused += usize::from(walked.was_refused());
            }
            prop_assert!(granted > 0 && refused > 0, "{granted} granted, {refused} refused");
            Ok(())
        })?;
    }

    #[test]
    fn where_no_difference_is_found_both_versions_decide_alike(seed in any::<u64>()) {
        thread_local!(static OFFICE: Office = Office::open());
        OFFICE.with(|office| {
            let mut count = 0;
            for (before, after) in successors(office) {
                if !differences(&Design::of(before), &Design::of(after)).are_none() {
                    continue;
                }
                let walked = Walked::of(office, before, seed);
                let (old, new) = (walked.prospect(before), walked.prospect(after));
                prop_assert!(walked.is_within(new), "{} {}", before.id(), before.version());
                prop_assert_eq!(old, new);
                count += 1;
            }
            prop_assert!(count > 10, "{} pairs without a difference", count);
            Ok(())
        })?;
    }
}
