//! Any commands at any moments: a dossier stays what its log says.

use chrono::{NaiveDate, TimeDelta};
use hoso::calendar::Moment;
use hoso::definition::fact::{Domain, Value};
use hoso::definition::{self, Channel, Procedure, Transition};
use hoso::dossier::{
    Actor, Answer, Command, Context, Dossier, Event, Filing, Happened, Opinion, Order, Payment,
    Received, Taking, effects,
};
use hoso::id::Id;
use hoso::money::Dong;
use hoso::text::Lang;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use uuid::Uuid;

use crate::World;
use crate::values::{day, moment, name, value};

/// How a command is drawn up; places are resolved against a real procedure.
#[derive(Clone, Debug)]
struct Draft {
    order: u8,
    which: Index,
    role: Index,
    wild: u8,
    minutes: i64,
    at: Option<Moment>,
    facts: Vec<(Index, Index, Value)>,
    documents: Vec<(Index, Option<Id>)>,
    amount: i64,
    date: NaiveDate,
    channel: Channel,
    repeats: bool,
}

fn draft() -> impl Strategy<Value = Draft> {
    let amount = prop_oneof![any::<i64>(), Just(i64::MIN), Just(i64::MAX), 0..200_000_i64];
    let first = (0..16_u8, any::<Index>(), any::<Index>(), any::<u8>(), 0..3_000_i64);
    let second = (
        prop::option::weighted(0.04, moment()),
        prop::collection::vec((any::<Index>(), any::<Index>(), value()), 0..4),
        prop::collection::vec((any::<Index>(), prop::option::of(name())), 0..3),
        amount,
        prop_oneof![Just(NaiveDate::MIN), Just(NaiveDate::MAX), day()],
        select(Channel::ALL),
        prop::bool::weighted(0.03),
    );
    (first, second).prop_map(|(first, second)| {
        let (order, which, role, wild, minutes) = first;
        let (at, facts, documents, amount, date, channel, repeats) = second;
        Draft {
            order,
            which,
            role,
            wild,
            minutes,
            at,
            facts,
            documents,
            amount,
            date,
            channel,
            repeats,
        }
    })
}

/// Returns a value that the fact admits, where the draft is not wild.
fn fitting(domain: &Domain, pick: &Index, wild: Value) -> Value {
    match domain {
        Domain::Boolean => Value::Boolean(pick.index(2) == 0),
        Domain::Integer { min, max } => {
            Value::Integer(if pick.index(2) == 0 { *min } else { *max })
        }
        Domain::Choice(words) => Value::Choice(*pick.get(words)),
        Domain::Date => wild,
    }
}

impl Draft {
    fn is_wild(&self) -> bool {
        self.wild < 24
    }

    /// Returns facts that fit; in a wild draft some that may not.
    fn facts(&self, procedure: &Procedure) -> Vec<(Id, Value)> {
        let known: Vec<_> = procedure.facts().iter().map(|(_, it)| it).collect();
        let fits = |pick: &Index, at: usize| {
            let domain = known[at].domain();
            (known[at].id(), fitting(domain, pick, Value::Date(NaiveDate::default())))
        };
        let mut facts = Vec::new();
        if self.wild % 4 == 1 {
            // Everything at once, as a careful applicant would tell it.
            facts.extend((0..known.len()).map(|at| fits(&self.role, at)));
        }
        for (which, pick, wild) in self.facts.iter().filter(|_| !known.is_empty()) {
            let (fact, value) = fits(pick, which.index(known.len()));
            facts.push((fact, if self.is_wild() { *wild } else { value }));
        }
        facts
    }

    fn documents(&self, procedure: &Procedure) -> Vec<Received> {
        let all = procedure.documents().iter().map(|(_, it, _)| Received::handed_in(it));
        let mut documents: Vec<Received> = all.collect();
        if self.is_wild() {
            for (which, database) in &self.documents {
                let document = *which.get(&[Id::parse("nothing").unwrap(), documents[0].document]);
                documents.push(Received { document, database: *database });
            }
        }
        documents
    }

    fn order(&self, procedure: &Procedure, dossier: &Dossier) -> Order {
        let transitions: Vec<Id> = match dossier.state() {
            // Mostly what leads on from here.
            Some(state) if !self.is_wild() => {
                let (at, _) = procedure.states().find(&state).unwrap();
                let ends = |it: &Transition| {
                    use definition::Act::{RefuseIntake, Stop, Withdraw};
                    !self.wild.is_multiple_of(8)
                        && matches!(it.act(), RefuseIntake | Stop | Withdraw)
                };
                procedure.leaving(at).filter(|it| !ends(it.2)).map(|(_, it, _)| it).collect()
            }
            _ => procedure.transitions().iter().map(|(_, it, _)| it).collect(),
        };
        let nothing = Id::parse("nothing").unwrap();
        let consultations: Vec<Id> =
            procedure.consultations().iter().map(|(_, it, _)| it).chain([nothing]).collect();
        let fees: Vec<Id> = procedure.fees().iter().map(|(_, it, _)| it).chain([nothing]).collect();
        let (facts, documents) = (self.facts(procedure), self.documents(procedure));
        match self.order {
            _ if dossier.state().is_none() && !self.is_wild() => {
                Order::File(Filing { facts, documents, ..Filing::on(self.channel) })
            }
            0 => Order::File(Filing { facts, documents, ..Filing::on(self.channel) }),
            1 => Order::Facts(facts),
            2 => Order::Documents(documents),
            3 => Order::Answer(Answer {
                consultation: *self.which.get(&consultations),
                opinion: *self.role.get(Opinion::ALL),
                facts,
            }),
            4 | 5 => Order::Pay(Payment {
                fee: (self.wild.is_multiple_of(2)).then(|| *self.which.get(&fees)),
                amount: Dong::new(self.amount),
            }),
            6 => Order::Sign { document: documents.first().map_or(nothing, |it| it.document) },
            7 => Order::Migrate,
            _ => Order::Take(Taking {
                transition: transitions.get(self.which.index(transitions.len() + 1)).copied(),
                facts,
                documents,
                reason: (!self.wild.is_multiple_of(3)).then(|| "vì lý do".into()),
                competent: self.at,
                new_due: (self.wild.is_multiple_of(2)).then_some(self.date),
                amount: (self.wild % 2 == 1).then_some(Dong::new(self.amount)),
                code: None,
            }),
        }
    }

    fn actor(&self, procedure: &Procedure, order: &Order) -> Actor {
        let mut roles: Vec<Id> = procedure.roles().iter().map(|(_, it, _)| it).collect();
        let wanted = match order {
            Order::Take(taking) => taking.transition,
            Order::File(_) => procedure.transitions().name(procedure.filing()),
            _ => None,
        };
        let wanted = wanted.and_then(|it| procedure.transitions().find(&it));
        if let Some((_, transition)) = wanted.filter(|_| !self.is_wild()) {
            roles = transition.by().filter_map(|it| procedure.roles().name(it)).collect();
        }
        roles.extend(self.is_wild().then(|| Id::parse("nobody").unwrap()));
        let role = roles.get(self.role.index(roles.len().max(1))).copied();
        Actor::new(
            ["an", "bình", ""][self.wild as usize % 3],
            role.unwrap_or_else(|| Id::parse("a").unwrap()),
        )
    }
}

/// A dossier, its log, and what must always hold of the two.
pub(crate) struct Case {
    pub(crate) dossier: Dossier,
    pub(crate) log: Vec<Event>,
}

impl Case {
    fn check(&self) {
        let world = World::get();
        for (event, sequence) in self.log.iter().zip(1_u32..) {
            assert_eq!(event.sequence(), sequence);
        }
        assert_eq!(Dossier::replay(self.dossier.id(), &self.log).unwrap(), self.dossier);
        assert_eq!(self.dossier.version() as usize, self.log.len());
        let Some(state) = self.dossier.state() else { return };
        let fingerprint = self.dossier.fingerprint().unwrap();
        let procedure = world.procedures.iter().find(|it| it.fingerprint() == fingerprint).unwrap();
        let (_, state) = procedure.states().find(&state).unwrap();
        assert_eq!(self.dossier.portal_status(), Some(state.portal_status()));
        self.check_payments();
    }

    /// What was paid is what the log says, for every fee that was ever paid.
    fn check_payments(&self) {
        let mut paid: Vec<(Id, i128)> = Vec::new();
        for event in &self.log {
            if let Happened::Paid { fee, amount } = event.happened() {
                match paid.iter_mut().find(|(it, _)| it == fee) {
                    Some((_, sum)) => *sum += i128::from(amount.get()),
                    None => paid.push((*fee, amount.get().into())),
                }
            }
        }
        for charge in self.dossier.charges() {
            assert!(charge.payer.is_none_or(|it| it >= Dong::ZERO), "{charge:?}");
        }
        for (fee, sum) in paid.into_iter().filter(|(it, _)| *it != "financial-obligation") {
            let charge = self.dossier.charges().iter().find(|it| it.fee == fee);
            assert_eq!(charge.map(|it| it.paid.get().into()), Some(sum), "{fee}");
        }
    }

    pub(crate) fn check_stored(&self) {
        let stored = serde_json::to_string(&self.log).unwrap();
        let again: Vec<Event> = serde_json::from_str(&stored).unwrap();
        assert_eq!(again, self.log);
    }

    /// Sends a command; whatever comes of it, the rest stays true.
    fn send(&mut self, cx: &Context<'_>, command: &Command, at: Moment) {
        let before = self.dossier.clone();
        let answer = self.dossier.decide(cx, command, at);
        assert_eq!(answer, self.dossier.decide(cx, command, at), "deciding twice differs");
        assert_eq!(self.dossier, before);
        match answer {
            Ok(events) => {
                for event in events {
                    self.dossier.evolve(&event);
                    let told = effects(cx, &event, &self.dossier);
                    assert_eq!(told, effects(cx, &event, &self.dossier));
                    self.log.push(event);
                }
                assert_eq!(
                    self.dossier.decide(cx, command, at).unwrap(),
                    [],
                    "a command twice is one"
                );
            }
            Err(rejection) => {
                assert!(rejection.reasons().count() > 0);
                for reason in rejection.reasons() {
                    for lang in [Lang::Vi, Lang::En] {
                        assert!(!reason.message(cx.procedure(), lang).is_empty());
                    }
                }
            }
        }
        for choice in self.dossier.options(cx, &command.actor, at) {
            assert_eq!(
                cx.procedure().transitions().name(choice.position()),
                Some(choice.transition())
            );
        }
        let next = self.dossier.next_expiry(cx);
        if !self.dossier.expire(cx, at).is_empty() {
            assert!(next.is_some_and(|it| it < at), "{next:?}");
        }
        assert!(!self.dossier.is_overdue(at) || self.dossier.due().is_some());
        self.check();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::cases(600)))]

    #[test]
    fn any_commands_leave_a_dossier_whole(
        which in any::<Index>(),
        other in any::<Index>(),
        start in 0..20_000_i64,
        drafts in prop::collection::vec(draft(), 1..60),
        with_tariff in any::<bool>(),
    ) {
        let world = World::get();
        let procedure = which.get(&world.procedures);
        let versions: Vec<_> = world.procedures.iter().filter(|it| it.id() == procedure.id()).collect();
        let tariff = with_tariff.then_some(&world.tariff);
        let mut at = procedure.effective().from().and_time(chrono::NaiveTime::MIN).and_utc().fixed_offset()
            + TimeDelta::minutes(start);
        let mut case = Case { dossier: Dossier::new(Uuid::nil()), log: Vec::new() };
        for (draft, id) in drafts.iter().zip(1_u128..) {
            // Now and then a later version decides, or another procedure altogether.
            let governing = match draft.wild {
                0..8 => other.get(&world.procedures),
                8..32 => draft.which.get(&versions),
                _ if draft.order == 7 => other.get(&versions),
                _ => procedure,
            };
            let known = case.dossier.state().is_none_or(|it| governing.states().find(&it).is_some());
            let against = if known { governing } else { procedure };
            let mut cx = Context::new(governing, &world.calendar, tariff);
            let order = draft.order(if known { against } else { governing }, &case.dossier_for(known));
            if order == Order::Migrate {
                // Mostly the version that the dossier leaves.
                let own = |it: &&Procedure| case.dossier.fingerprint() == Some(it.fingerprint());
                let left = world.procedures.iter().find(own).filter(|_| !draft.is_wild());
                cx = cx.moving_from(left.unwrap_or_else(|| other.get(&world.procedures)));
            }
            let actor = draft.actor(against, &order);
            let id = Uuid::from_u128(if draft.repeats { id / 2 } else { id });
            let mut command = Command::new(id, actor, order);
            command.expected_version = draft.repeats.then_some(draft.minutes as u32);
            at = at.checked_add_signed(TimeDelta::minutes(draft.minutes)).unwrap_or(at);
            case.send(&cx, &command, draft.at.unwrap_or(at));
            if let Some(last) = case.dossier.last() {
                at = at.max(last);
            }
        }
        case.check_stored();
    }
}

impl Case {
    /// The dossier, or a blank one where its state means nothing to the procedure.
    fn dossier_for(&self, known: bool) -> Dossier {
        if known { self.dossier.clone() } else { Dossier::new(Uuid::nil()) }
    }
}
