//! A definition that passes never strands anybody.
//!
//! From wherever random people have brought a dossier, the applicant and every
//! agency fall silent. Officers and the law go on at random, through `decide`
//! and `expire`: the dossier ends, its result lies ready, or it rests in a state
//! that waits for somebody outside under a waiver that says why nothing ends it.

#![cfg(feature = "catalogue")]
#![expect(clippy::unwrap_used, reason = "a property fails by panicking")]

mod linked;
mod outcome;

use chrono::{Days, NaiveDate, TimeDelta};
use hoso::calendar::{Calendar, Moment};
use hoso::definition::bundle::{Bundle, Bundles};
use hoso::definition::fact::{Domain, Fact, Value};
use hoso::definition::{Act, Catalogue, Channel, Procedure, Requirement, load_all};
use hoso::dossier::{
    Actor, Answer, Choice, Command, Context, Dossier, Filing, Opinion, Order, Payment, Received,
    Taking, Verdict,
};
use hoso::fee::{self, Tariff};
use hoso::id::Id;
use hoso::money::Dong;
use hoso::verify::verify;
use hoso::{catalogue, diagnostic};
use proptest::prelude::*;
use uuid::Uuid;

/// What may still rest, and why, is a waiver of this rule.
const WAITS: &str = "waits-without-term";

/// Steps after which somebody would have noticed.
const PATIENCE: usize = 4_000;

/// Tries after which nobody can do anything: facts were found anew in between.
const IDLE: usize = 200;

struct Office {
    catalogue: Catalogue,
    shelf: Bundles,
    calendar: Calendar,
    tariff: Tariff,
}

impl Office {
    fn open() -> Self {
        let sources = catalogue::sources();
        let (procedures, bundles, found) = load_all(&sources);
        assert!(!diagnostic::any_error(&found), "{found:?}");
        let (calendars, _) = Calendar::parse_all(&sources);
        let (tariffs, _) = fee::load(&sources);
        Self {
            catalogue: Catalogue::new(procedures).0,
            shelf: Bundles::new(bundles).0,
            calendar: calendars.into_iter().find(|it| it.id() == "hanoi").unwrap(),
            tariff: tariffs.into_iter().find(|it| it.id() == "hanoi").unwrap(),
        }
    }
}

impl Office {
    /// Every version of every bundle.
    fn bundles(&self) -> impl Iterator<Item = &Bundle> {
        self.shelf.leads().iter().filter_map(|it| self.shelf.led_by(it))
    }
}

/// Draws that a seed fixes (SplitMix64).
struct Luck(u64);

impl Luck {
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.draw() % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }
}

/// Who is still there.
#[derive(Clone, Copy, Eq, PartialEq)]
enum World {
    Everybody,
    OfficeOnly,
}

/// One dossier on its way.
struct Walk<'o> {
    office: &'o Office,
    procedure: &'o Procedure,
    luck: Luck,
    dossier: Dossier,
    at: Moment,
    told: Vec<String>,
}

impl<'o> Walk<'o> {
    fn new(office: &'o Office, procedure: &'o Procedure, seed: u64) -> Self {
        let mut luck = Luck(seed);
        let from = procedure.effective().from().max(NaiveDate::from_ymd_opt(2018, 7, 1).unwrap());
        let last = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
        let until = procedure.effective().until().map_or(last, |it| it.min(last));
        let days = usize::try_from((until - from).num_days().max(1)).unwrap();
        let day = from + Days::new(u64::try_from(luck.below(days)).unwrap());
        let at = format!("{day}T08:00:00+07:00").parse().unwrap();
        let dossier = Dossier::new(Uuid::nil());
        Self { office, procedure, luck, dossier, at, told: Vec::new() }
    }

    fn context(&self) -> Context<'o> {
        Context::new(self.procedure, &self.office.calendar, Some(&self.office.tariff))
    }

    /// Sends an order; a lawful no changes nothing.
    fn send(&mut self, role: Id, order: Order) {
        // A new person each time, so that four eyes are always found.
        let actor = Actor::new(&format!("{role}-{}", self.told.len()), role);
        self.told.push(format!("{} {role}: {}", self.at, brief(&order)));
        let command = Command::new(Uuid::from_u128(u128::from(self.luck.draw())), actor, order);
        let cx = self.context();
        if let Ok(events) = self.dossier.decide(&cx, &command, self.at) {
            events.iter().for_each(|it| self.dossier.evolve(it));
        }
    }

    fn file(&mut self) {
        let filing = self.procedure.transitions().get(self.procedure.filing()).unwrap();
        let role = self.procedure.roles().name(filing.by().next().unwrap()).unwrap();
        let channel = *self.luck.pick(self.procedure.channels()).unwrap_or(&Channel::Counter);
        let documents = if self.luck.below(2) == 0 { papers(self.procedure) } else { Vec::new() };
        let facts = match self.luck.below(2) {
            0 => facts(self.procedure, World::Everybody, &mut self.luck),
            _ => Vec::new(),
        };
        self.send(role, Order::File(Filing { channel, facts, documents, received_by: None }));
    }

    /// Lets somebody do something at random; true when a step was taken or something ended by itself.
    fn step(&mut self, world: World) -> bool {
        let minutes = 1 + i64::try_from(self.luck.below(180)).unwrap();
        self.at = self.at.checked_add_signed(TimeDelta::minutes(minutes)).unwrap();
        let office = self.procedure.roles().iter().map(|it| it.1).collect::<Vec<_>>();
        let role = *self.luck.pick(&office).unwrap();
        match (self.luck.below(8), world) {
            // Officers look again and again at what they may have found wrongly.
            (0, _) | (1..=3, World::OfficeOnly) => {
                let facts = facts(self.procedure, world, &mut self.luck);
                let some = facts.into_iter().filter(|_| self.luck.below(2) == 0).collect();
                self.send(role, Order::Facts(some));
            }
            (1, World::Everybody) => {
                self.send(role, Order::Documents(papers(self.procedure)));
            }
            (2, World::Everybody) => self.pay(role),
            (3, World::Everybody) => self.answer(role),
            _ => return self.take(world) || self.wait(),
        }
        false
    }

    fn pay(&mut self, role: Id) {
        let owed = self.dossier.charges().iter().find(|it| !it.is_settled());
        let Some(amount) = owed.and_then(|it| it.payer) else { return };
        let fee = owed.map(|it| it.fee);
        self.send(role, Order::Pay(Payment { fee, amount }));
    }

    fn answer(&mut self, role: Id) {
        let open = self.dossier.consultations().iter().find(|it| it.outcome.is_none());
        let Some(consultation) = open.map(|it| it.consultation) else { return };
        let answer = Answer { consultation, opinion: Opinion::Agree, facts: Vec::new() };
        self.send(role, Order::Answer(answer));
    }

    /// Takes one of the transitions on offer.
    fn take(&mut self, world: World) -> bool {
        let cx = self.context();
        let mut offers = Vec::new();
        for (_, role, _) in self.procedure.roles().iter().filter(|it| it.1.as_str() != "system") {
            let actor = Actor::new(&format!("{role}-{}", self.told.len()), role);
            let options = self.dossier.options(&cx, &actor, self.at);
            let there = options.iter().filter(|it| is_there(self.procedure, world, role, it));
            let due = self.dossier.due().unwrap_or(self.at);
            offers.extend(there.map(|it| (role, taking(self.procedure, it, due))));
        }
        let Some((role, taking)) = self.luck.pick(&offers).cloned() else { return false };
        self.send(role, Order::Take(taking));
        true
    }

    /// Lets time pass until something ends by itself.
    fn wait(&mut self) -> bool {
        let cx = self.context();
        let Some(next) = self.dossier.next_expiry(&cx) else { return false };
        self.at = self.at.max(next + TimeDelta::seconds(1));
        let events = self.dossier.expire(&cx, self.at);
        self.told.push(format!("{} time passes: {} events", self.at, events.len()));
        events.iter().for_each(|it| self.dossier.evolve(it));
        !events.is_empty()
    }

    fn has_ended(&self) -> bool {
        self.dossier.portal_status().is_none_or(|it| it.is_terminal())
    }

    /// Says whether the dossier may lie where it is: its result is ready, or a waiver says why.
    fn may_rest(&self) -> bool {
        let is_ready = self.dossier.portal_status().is_none_or(|it| it.is_settled());
        is_ready || rests(&self.dossier, self.procedure)
    }
}

fn papers(procedure: &Procedure) -> Vec<Received> {
    procedure.documents().iter().map(|(_, it, _)| Received::handed_in(it)).collect()
}

/// Draws a value for each fact that somebody who is still there can establish.
fn facts(procedure: &Procedure, world: World, luck: &mut Luck) -> Vec<(Id, Value)> {
    let applicant = Id::parse("applicant").unwrap();
    let known = |it: &&Fact| it.id().as_str() != "channel";
    let there = |it: &&Fact| world == World::Everybody || it.by() != Some(applicant);
    let facts: Vec<&Fact> =
        procedure.facts().iter().map(|it| it.1).filter(known).filter(there).collect();
    facts.into_iter().filter_map(|it| Some((it.id(), draw(it, luck)?))).collect()
}

/// Says whether a step ends a dossier before it is decided, or against the applicant.
fn cuts_short(procedure: &Procedure, option: &Choice) -> bool {
    let act = procedure.transitions().get(option.position()).unwrap().act();
    matches!(act, Act::RefuseIntake | Act::Withdraw | Act::Refuse | Act::Stop)
}

/// Says whether a transition is on offer, and whoever takes it is still there.
fn is_there(procedure: &Procedure, world: World, role: Id, option: &Choice) -> bool {
    let act = procedure.transitions().get(option.position()).unwrap().act();
    let applicant = procedure.applicant().and_then(|it| procedure.roles().name(it));
    let theirs =
        matches!(act, Act::Supplement | Act::Withdraw | Act::Pay) || applicant == Some(role);
    *option.verdict() == Verdict::Allowed && (world == World::Everybody || !theirs)
}

/// Puts together what a transition brings.
fn taking(procedure: &Procedure, option: &Choice, due: Moment) -> Taking {
    let act = procedure.transitions().get(option.position()).unwrap().act();
    let brings = |it| option.brings().contains(&it);
    let reason = brings(Requirement::Reason).then(|| "lý do".into());
    let new_due = brings(Requirement::NewDay).then(|| due.date_naive() + Days::new(30));
    let amount = (act == Act::DemandPayment).then(|| Dong::new(50_000));
    Taking { reason, new_due, amount, ..Taking::of(option.transition()) }
}

/// Says whether a dossier waits for somebody outside under a waiver that says why.
fn rests(dossier: &Dossier, procedure: &Procedure) -> bool {
    let Some(name) = dossier.state() else { return true };
    let (_, state) = procedure.states().find(&name).unwrap();
    let is_waived = procedure.waivers().iter().any(|(_, _, it)| {
        let at = it.at();
        *it.rule() == *WAITS && !it.law().is_empty() && at.is_some_and(|it| *it.name() == name)
    });
    state.waits_for().is_some() && is_waived
}

fn brief(order: &Order) -> String {
    match order {
        Order::Take(taking) => taking.transition.map(|it| it.to_string()).unwrap_or_default(),
        Order::Facts(facts) => format!("{facts:?}"),
        Order::Answer(answer) => format!("answer of {}", answer.consultation),
        other => format!("{other:?}").chars().take(60).collect(),
    }
}

fn draw(fact: &Fact, luck: &mut Luck) -> Option<Value> {
    let value = match fact.domain() {
        Domain::Boolean => Value::Boolean(luck.below(2) == 0),
        Domain::Choice(words) => Value::Choice(*luck.pick(words)?),
        Domain::Integer { min, max } => {
            let width = usize::try_from((max - min).min(30)).ok()?;
            Value::Integer(min + i64::try_from(luck.below(width + 1)).ok()?)
        }
        Domain::Date => {
            Value::Date(NaiveDate::from_ymd_opt(2024, 5, 1)? + Days::new(luck.draw() % 900))
        }
    };
    Some(value)
}

/// Walks one dossier to its end or rest; says what was told when it strands.
fn strands(office: &Office, procedure: &Procedure, seed: u64) -> Option<String> {
    let mut walk = Walk::new(office, procedure, seed);
    walk.file();
    for _ in 0..walk.luck.below(48) {
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
    if walk.has_ended() || walk.may_rest() {
        return None;
    }
    let state = walk.dossier.state().map(|it| it.to_string()).unwrap_or_default();
    let told = walk.told.iter().rev().take(30).rev().cloned().collect::<Vec<_>>().join("\n  ");
    let (id, version) = (procedure.id(), procedure.version());
    Some(format!("{id} {version}, seed {seed}, strands in `{state}`:\n  {told}"))
}

#[test]
fn everything_on_the_shelf_passes() {
    let office = Office::open();
    for procedure in office.catalogue.iter() {
        let report = verify(procedure, &office.calendar);
        assert!(!diagnostic::any_error(report.findings()), "{:?}", report.findings());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn what_passes_never_strands(seed in any::<u64>()) {
        thread_local!(static OFFICE: Office = Office::open());
        OFFICE.with(|office| {
            for procedure in office.catalogue.iter() {
                let stranded = strands(office, procedure, seed);
                prop_assert!(stranded.is_none(), "{}", stranded.unwrap_or_default());
            }
            Ok(())
        })?;
    }
}
