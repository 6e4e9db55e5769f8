//! A bundle that passes strands neither the case nor one of its parts.
//!
//! As with single procedures, but through the linked dossier: anybody acts on
//! the lead or on any part, and after the others fell silent the office alone.
//! What is written in the text of a bundle is taken by some walk.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, TimeDelta};
use hoso::calendar::Moment;
use hoso::definition::bundle::Bundle;
use hoso::definition::{Channel, Procedure};
use hoso::dossier::bundle::{LinkedContext, LinkedDossier};
use hoso::dossier::{Actor, Answer, Command, Dossier, Filing, Opinion, Order, Payment};
use hoso::id::Id;
use hoso::verify::verify_bundle;
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    IDLE, Luck, Office, PATIENCE, World, brief, cuts_short, facts, is_there, papers, rests, taking,
};

/// A transition of the lead, or of a part.
type Step = (Option<Id>, Id);

/// One case on its way.
struct Walk<'o> {
    office: &'o Office,
    bundle: &'o Bundle,
    luck: Luck,
    case: LinkedDossier,
    at: Moment,
    told: Vec<String>,
    taken: BTreeSet<Step>,
    // One step in so many may cut a dossier short.
    temper: usize,
}

impl<'o> Walk<'o> {
    fn new(office: &'o Office, bundle: &'o Bundle, seed: u64) -> Self {
        let mut luck = Luck(seed);
        let effective = bundle.lead().effective();
        let last = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
        let until = effective.until().map_or(last, |it| it.min(last));
        let days = usize::try_from((until - effective.from()).num_days().max(1)).unwrap();
        let day = effective.from() + Days::new(u64::try_from(luck.below(days)).unwrap());
        let at = format!("{day}T08:00:00+07:00").parse().unwrap();
        let case = LinkedDossier::new(Uuid::nil());
        let temper = *luck.pick(&[1, 8, 64]).unwrap();
        let (told, taken) = (Vec::new(), BTreeSet::new());
        Self { office, bundle, luck, case, at, told, taken, temper }
    }

    fn context(&self) -> LinkedContext<'o> {
        LinkedContext::new(self.bundle, &self.office.calendar, Some(&self.office.tariff))
    }

    /// The lead and every part that is open or over, each with its procedure.
    fn dossiers(&self) -> Vec<(Option<Id>, &Dossier, &'o Procedure)> {
        let of = |(part, procedure): (Option<Id>, &'o Procedure)| match part {
            None => Some((None, self.case.lead(), procedure)),
            Some(name) => Some((part, self.case.part(&name)?, procedure)),
        };
        self.bundle.procedures().filter_map(of).collect()
    }

    /// Sends an order; a lawful no changes nothing.
    fn send(&mut self, part: Option<Id>, role: Id, order: Order) {
        let actor = Actor::new(&format!("{role}-{}", self.told.len()), role);
        let whose = part.map_or("·".into(), |it| it.to_string());
        self.told.push(format!("{} {whose} {role}: {}", self.at, brief(&order)));
        let command = Command::new(Uuid::from_u128(u128::from(self.luck.draw())), actor, order);
        let cx = self.context();
        if let Ok(events) = self.case.decide(&cx, part.as_ref(), &command, self.at) {
            self.keep(&events);
        }
    }

    fn keep(&mut self, events: &[hoso::dossier::Event]) {
        for event in events {
            self.case.evolve(event);
            if let hoso::dossier::Happened::Moved(moved) = event.happened() {
                let parts = self.dossiers();
                let whose = parts.iter().find(|(_, it, _)| it.id() == event.dossier());
                let step = (whose.unwrap().0, moved.transition);
                self.taken.insert(step);
            }
        }
    }

    fn file(&mut self) {
        let lead = self.bundle.lead();
        let filing = lead.transitions().get(lead.filing()).unwrap();
        let role = lead.roles().name(filing.by().next().unwrap()).unwrap();
        let channel = *self.luck.pick(lead.channels()).unwrap_or(&Channel::Counter);
        let documents = if self.luck.below(2) == 0 { papers(lead) } else { Vec::new() };
        let facts = match self.luck.below(4) {
            0 => Vec::new(),
            _ => facts(lead, World::Everybody, &mut self.luck),
        };
        self.send(None, role, Order::File(Filing { channel, facts, documents, received_by: None }));
    }

    /// Lets somebody do something to the lead or to a part; true when a step was taken or something ended by itself.
    fn step(&mut self, world: World) -> bool {
        let minutes = 1 + i64::try_from(self.luck.below(180)).unwrap();
        self.at = self.at.checked_add_signed(TimeDelta::minutes(minutes)).unwrap();
        let addressed: Vec<_> = self.dossiers().iter().map(|it| (it.0, it.2)).collect();
        let (part, procedure) = *self.luck.pick(&addressed).unwrap();
        let roles: Vec<Id> = procedure.roles().iter().map(|it| it.1).collect();
        let role = *self.luck.pick(&roles).unwrap();
        match (self.luck.below(8), world) {
            (0, _) | (1..=3, World::OfficeOnly) => {
                let facts = facts(procedure, world, &mut self.luck);
                let some = facts.into_iter().filter(|_| self.luck.below(2) == 0).collect();
                self.send(part, role, Order::Facts(some));
            }
            (1, World::Everybody) => self.send(part, role, Order::Documents(papers(procedure))),
            (2, World::Everybody) => self.pay(part, role),
            (3, World::Everybody) => self.answer(part, role),
            _ => return self.take(world) || self.wait(),
        }
        false
    }

    fn dossier(&self, part: Option<Id>) -> &Dossier {
        part.map_or(self.case.lead(), |it| self.case.part(&it).unwrap())
    }

    fn pay(&mut self, part: Option<Id>, role: Id) {
        let owed = self.dossier(part).charges().iter().find(|it| !it.is_settled());
        let Some((fee, amount)) = owed.and_then(|it| Some((it.fee, it.payer?))) else { return };
        self.send(part, role, Order::Pay(Payment { fee: Some(fee), amount }));
    }

    fn answer(&mut self, part: Option<Id>, role: Id) {
        let open = self.dossier(part).consultations().iter().find(|it| it.outcome.is_none());
        let Some(consultation) = open.map(|it| it.consultation) else { return };
        let answer = Answer { consultation, opinion: Opinion::Agree, facts: Vec::new() };
        self.send(part, role, Order::Answer(answer));
    }

    /// Takes one of the transitions on offer, of the lead or of a part.
    fn take(&mut self, world: World) -> bool {
        let cx = self.context();
        let goes_on = self.luck.below(self.temper) > 0;
        let mut offers = Vec::new();
        for (part, dossier, procedure) in self.dossiers() {
            for (_, role, _) in procedure.roles().iter().filter(|it| it.1.as_str() != "system") {
                let actor = Actor::new(&format!("{role}-{}", self.told.len()), role);
                let options = self.case.options(&cx, part.as_ref(), &actor, self.at);
                let there = options.iter().filter(|it| is_there(procedure, world, role, it));
                let due = dossier.due().unwrap_or(self.at);
                let there = there.filter(|it| !goes_on || !cuts_short(procedure, it));
                offers.extend(there.map(|it| (part, role, taking(procedure, it, due))));
            }
        }
        let Some((part, role, taking)) = self.luck.pick(&offers).cloned() else { return false };
        self.send(part, role, Order::Take(taking));
        true
    }

    /// Lets time pass until something ends by itself.
    fn wait(&mut self) -> bool {
        let cx = self.context();
        let Some(next) = self.case.next_expiry(&cx) else { return false };
        self.at = self.at.max(next + TimeDelta::seconds(1));
        let events = self.case.expire(&cx, self.at);
        self.told.push(format!("{} time passes: {} events", self.at, events.len()));
        self.keep(&events);
        !events.is_empty()
    }

    fn has_ended(&self) -> bool {
        self.case.lead().portal_status().is_none_or(|it| it.is_terminal())
    }

    /// The result lies ready, or somebody outside is waited for under a waiver that says why.
    fn may_rest(&self) -> bool {
        let is_ready = self.case.lead().portal_status().is_some_and(|it| it.is_settled());
        let open = self.dossiers().into_iter().filter(|(_, it, _)| it.ended().is_none());
        is_ready || open.into_iter().any(|(_, it, procedure)| rests(it, procedure))
    }

    fn is_whole(&self) -> bool {
        let open = self.dossiers().into_iter().filter(|(_, it, _)| it.ended().is_none());
        !self.has_ended() || open.count() == 0
    }
}

/// Walks one case to its end or rest; says what was told when it strands.
fn walked(office: &Office, bundle: &Bundle, seed: u64) -> Result<BTreeSet<Step>, String> {
    let mut walk = Walk::new(office, bundle, seed);
    walk.file();
    for _ in 0..walk.luck.below(240) {
        if walk.has_ended() {
            break;
        }
        walk.step(World::Everybody);
    }
    walk.told.push("the others fall silent".into());
    let mut idle = 0;
    while !walk.has_ended() && idle < IDLE && walk.told.len() < PATIENCE {
        idle = if walk.step(World::OfficeOnly) { 0 } else { idle + 1 };
    }
    if (walk.has_ended() || walk.may_rest()) && walk.is_whole() {
        return Ok(walk.taken);
    }
    let stands = |(part, it, _): &(Option<Id>, &Dossier, &Procedure)| {
        let state = it.state().map(|it| it.to_string()).unwrap_or_default();
        format!("{}: {state}", part.map_or("·".into(), |it| it.to_string()))
    };
    let stands: Vec<String> = walk.dossiers().iter().map(stands).collect();
    let told = walk.told.iter().rev().take(30).rev().cloned().collect::<Vec<_>>().join("\n  ");
    let (id, version) = (bundle.lead().id(), bundle.lead().version());
    Err(format!("{id} {version}, seed {seed}, strands ({}):\n  {told}", stands.join(", ")))
}

#[test]
fn every_bundle_passes() {
    let office = Office::open();
    for bundle in office.bundles() {
        for report in verify_bundle(bundle, &office.calendar) {
            assert!(!hoso::diagnostic::any_error(report.findings()), "{:?}", report.findings());
        }
    }
}

/// The transitions that the text of a bundle itself writes for its lead and its parts, filings aside.
fn own(bundle: &Bundle) -> BTreeSet<Step> {
    let text = bundle.lead().span().file();
    let mut own = BTreeSet::new();
    for (part, procedure) in bundle.procedures() {
        let steps = procedure.transitions();
        let written = steps.iter().filter(|(at, name, _)| {
            let span = steps.span(*at).filter(|it| it.file() == text);
            // Every part has the end with the case, and no text writes it.
            span.is_some() && *at != procedure.filing() && name.as_str() != "stop-with-bundle"
        });
        own.extend(written.map(|(_, name, _)| (part, name)));
    }
    own
}

/// The seeds are fixed, and tried until everything was gone through.
#[test]
fn every_step_that_a_bundle_writes_is_taken() {
    let office = Office::open();
    for bundle in office.bundles() {
        let (mut left, mut seeds) = (own(bundle), 0..400);
        while let Some(seed) = seeds.next().filter(|_| !left.is_empty()) {
            let taken = walked(&office, bundle, seed).unwrap_or_else(|it| panic!("{it}"));
            left.retain(|it| !taken.contains(it));
        }
        let (id, version) = (bundle.lead().id(), bundle.lead().version());
        assert!(left.is_empty(), "{id} {version}: nobody takes {left:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn no_case_of_a_bundle_strands(seed in any::<u64>()) {
        thread_local!(static OFFICE: Office = Office::open());
        OFFICE.with(|office| {
            for bundle in office.bundles() {
                let walked = walked(office, bundle, seed);
                prop_assert!(walked.is_ok(), "{}", walked.unwrap_err());
            }
            Ok(())
        })?;
    }
}
