//! Any commands at any moments: a dossier stays what its log says.
#![no_main]

use std::sync::LazyLock;

use chrono::{DateTime, FixedOffset, NaiveDate};
use hoso::calendar::{Calendar, Moment};
use hoso::definition::fact::Value;
use hoso::definition::{Channel, Procedure, load};
use hoso::dossier::{
    Actor, Answer, Command, Context, Dossier, Event, Filing, Opinion, Order, Payment, Received,
    Taking,
};
use hoso::fee::{self, Tariff};
use hoso::id::Id;
use hoso::money::Dong;
use hoso::source::Sources;
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use uuid::Uuid;

struct World {
    // The versions of one procedure, from the first on.
    versions: Vec<Procedure>,
    calendar: Calendar,
    tariff: Tariff,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let mut sources = Sources::new();
    for text in [
        include_str!("../../../procedures/construction-permit-house-2021-03.toml"),
        include_str!("../../../procedures/construction-permit-house-2024-12.toml"),
        include_str!("../../../procedures/construction-permit-house-2025-07.toml"),
        include_str!("../../../procedures/life-cycles/construction-permit-2021-03.toml"),
        include_str!("../../../procedures/life-cycles/construction-permit-2024-12.toml"),
        include_str!("../../../procedures/life-cycles/construction-permit-2025-07.toml"),
        include_str!("../../../procedures/life-cycles/one-stop-2018-06.toml"),
        include_str!("../../../procedures/life-cycles/one-stop-2020-05.toml"),
        include_str!("../../../procedures/life-cycles/one-stop-2025-07.toml"),
        include_str!("../../../procedures/life-cycles/one-stop-2025-12.toml"),
        include_str!("../../../procedures/life-cycles/one-stop-2026-07.toml"),
        include_str!("../../../procedures/life-cycles/one-stop-2026-08.toml"),
        include_str!("../../../procedures/calendars/vietnam.toml"),
        include_str!("../../../procedures/tariffs/vietnam.toml"),
    ] {
        sources.add("text", text);
    }
    World {
        versions: load(&sources).0,
        calendar: Calendar::parse_all(&sources).0.remove(0),
        tariff: fee::load(&sources).0.remove(0),
    }
});

#[derive(Arbitrary, Debug)]
enum Asked {
    File(u8),
    Take {
        which: u8,
        has_reason: bool,
        new_due: i32,
        amount: Option<i64>,
        competent: Option<(i64, i32)>,
    },
    Facts,
    Documents(u8),
    Answer(u8, u8),
    Pay(Option<u8>, i64),
    Sign(u8),
    Migrate(u8),
}

#[derive(Arbitrary, Debug)]
enum Told {
    Boolean(bool),
    Integer(i64),
    Day(i32),
    Word(u8),
}

#[derive(Arbitrary, Debug)]
struct Input {
    id: u8,
    role: u8,
    who: u8,
    expected: Option<u32>,
    seconds: u32,
    elsewhere: Option<(i64, i32)>,
    facts: Vec<(u8, Told)>,
    asked: Asked,
}

/// Returns a name of a table, or one that it does not have.
fn pick(names: impl Iterator<Item = Id>, which: u8) -> Id {
    let names: Vec<Id> = names.collect();
    let nobody = || Id::parse("nobody").unwrap_or_else(|it| panic!("{it}"));
    names.get(usize::from(which) % (names.len() + 1)).copied().unwrap_or_else(nobody)
}

fn moment((seconds, offset): (i64, i32)) -> Option<Moment> {
    let offset = FixedOffset::east_opt(offset % 86_400)?;
    Some(DateTime::from_timestamp(seconds, 0)?.with_timezone(&offset))
}

fn channel(which: u8) -> Channel {
    Channel::ALL[usize::from(which) % Channel::ALL.len()]
}

impl Input {
    fn facts(&self, procedure: &Procedure) -> Vec<(Id, Value)> {
        let fact = |(which, told): &(u8, Told)| {
            let fact = pick(procedure.facts().iter().map(|(_, it)| it.id()), *which);
            let value = match told {
                Told::Boolean(it) => Value::Boolean(*it),
                Told::Integer(it) => Value::Integer(*it),
                Told::Day(it) => Value::Date(NaiveDate::from_num_days_from_ce_opt(*it)?),
                Told::Word(it) => {
                    Value::Choice(pick(procedure.facts().iter().map(|(_, it)| it.id()), *it))
                }
            };
            Some((fact, value))
        };
        self.facts.iter().filter_map(fact).collect()
    }

    fn order(&self, procedure: &Procedure) -> Order {
        let facts = self.facts(procedure);
        let documents = || procedure.documents().iter().map(|(_, it, _)| it);
        let all = || documents().map(Received::handed_in).collect();
        match &self.asked {
            Asked::File(which) => {
                Order::File(Filing { facts, documents: all(), ..Filing::on(channel(*which)) })
            }
            Asked::Take { which, has_reason, new_due, amount, competent } => Order::Take(Taking {
                transition: Some(pick(procedure.transitions().iter().map(|(_, it, _)| it), *which)),
                facts,
                documents: all(),
                reason: has_reason.then(|| "vì lý do".into()),
                competent: competent.and_then(moment),
                new_due: NaiveDate::from_num_days_from_ce_opt(*new_due),
                amount: amount.map(Dong::new),
                code: None,
            }),
            Asked::Facts => Order::Facts(facts),
            Asked::Documents(which) => {
                Order::Documents(vec![Received::handed_in(pick(documents(), *which))])
            }
            Asked::Answer(which, opinion) => Order::Answer(Answer {
                consultation: pick(procedure.consultations().iter().map(|(_, it, _)| it), *which),
                opinion: Opinion::ALL[usize::from(*opinion) % Opinion::ALL.len()],
                facts,
            }),
            Asked::Pay(which, amount) => Order::Pay(Payment {
                fee: which.map(|it| pick(procedure.fees().iter().map(|(_, it, _)| it), it)),
                amount: Dong::new(*amount),
            }),
            Asked::Sign(which) => Order::Sign { document: pick(documents(), *which) },
            Asked::Migrate(_) => Order::Migrate,
        }
    }
}

fuzz_target!(|inputs: Vec<Input>| {
    let World { versions, calendar, tariff } = &*WORLD;
    // The version in force on the first morning.
    let mut procedure =
        versions.iter().find(|it| it.version() == "2025-07").unwrap_or(&versions[0]);
    let (mut dossier, mut log): (Dossier, Vec<Event>) = (Dossier::new(Uuid::nil()), Vec::new());
    // The first morning on which the procedure is in force.
    let mut seconds = 1_751_331_600_i64;
    for input in &inputs {
        seconds = seconds.saturating_add(input.seconds.into());
        let at = input.elsewhere.and_then(moment).or_else(|| moment((seconds, 7 * 3600)));
        let Some(at) = at else { continue };
        let mut cx = Context::new(procedure, calendar, Some(tariff));
        if let Asked::Migrate(which) = input.asked {
            let to = &versions[usize::from(which) % versions.len()];
            cx = Context::new(to, calendar, Some(tariff)).moving_from(procedure);
        }
        let role = pick(procedure.roles().iter().map(|(_, it, _)| it), input.role);
        let who = ["an", "bình", "chi"][usize::from(input.who) % 3];
        let id = Uuid::from_u128(input.id.into());
        let mut command = Command::new(id, Actor::new(who, role), input.order(procedure));
        command.expected_version = input.expected;
        if let Ok(events) = dossier.decide(&cx, &command, at) {
            events.iter().for_each(|it| dossier.evolve(it));
            log.extend(events);
        }
        let own = |it: &&Procedure| dossier.fingerprint() == Some(it.fingerprint());
        procedure = versions.iter().find(own).unwrap_or(procedure);
        assert_eq!(Dossier::replay(dossier.id(), &log).as_ref(), Ok(&dossier));
        if let Some((_, state)) = dossier.state().and_then(|it| procedure.states().find(&it)) {
            assert_eq!(dossier.portal_status(), Some(state.portal_status()));
        }
    }
});
