//! An office with the real definitions, for tests and benches that need dossiers.
#![allow(
    clippy::allow_attributes,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    dead_code,
    reason = "each user needs a part of this module, reads files, and stops where they are not as expected"
)]

use std::fs;
use std::path::{Path, PathBuf};

use hoso::calendar::{Calendar, Moment};
use hoso::definition::fact::Value;
use hoso::definition::{Catalogue, Channel, Procedure};
use hoso::dossier::{
    Actor, Command, Context, Dossier, Event, Filing, Order, Payment, Received, Rejection, Taking,
};
use hoso::fee::{self, Tariff};
use hoso::id::Id;
use hoso::money::Dong;
use hoso::source::Sources;
use uuid::Uuid;

/// The folder of definitions.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("procedures")
}

/// Every text of a folder, by path; redesigns and scenarios are not in force and stand apart.
pub(crate) fn sources(folder: &Path) -> Sources {
    fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_apart = path.ends_with("redesigns") || path.ends_with("scenarios");
            if path.is_dir() && !is_apart {
                collect(&path, paths);
            } else if path.extension().is_some_and(|it| it == "toml") {
                paths.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    collect(folder, &mut paths);
    paths.sort();
    let mut sources = Sources::new();
    for path in paths {
        sources.add(path.display().to_string(), fs::read_to_string(&path).unwrap());
    }
    sources
}

pub(crate) fn name(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// One version of one procedure, with the calendar and tariff of Hà Nội.
pub(crate) struct Office {
    procedure: Procedure,
    calendar: Calendar,
    tariff: Tariff,
}

impl Office {
    /// Opens the office for the version in force on a day.
    pub(crate) fn open(procedure: &str, day: &str) -> Self {
        let sources = sources(&folder());
        let (procedures, found) = hoso::definition::load(&sources);
        assert!(!hoso::diagnostic::any_error(&found), "{found:?}");
        let (catalogue, _) = Catalogue::new(procedures);
        let (calendars, _) = Calendar::parse_all(&sources);
        let (tariffs, _) = fee::load(&sources);
        Self {
            procedure: catalogue.on(&name(procedure), day.parse().unwrap()).unwrap().clone(),
            calendar: calendars.into_iter().find(|it| it.id() == "hanoi").unwrap(),
            tariff: tariffs.into_iter().find(|it| it.id() == "hanoi").unwrap(),
        }
    }

    pub(crate) fn procedure(&self) -> &Procedure {
        &self.procedure
    }

    pub(crate) fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    pub(crate) fn context(&self) -> Context<'_> {
        Context::new(&self.procedure, &self.calendar, Some(&self.tariff))
    }

    pub(crate) fn at(&self, text: &str) -> Moment {
        format!("{text}:00+07:00").parse().unwrap()
    }

    pub(crate) fn actor(&self, id: &str, role: &str) -> Actor {
        Actor::new(id, name(role))
    }

    /// Files with every document of the procedure, and facts.
    pub(crate) fn filing(&self, channel: Channel, facts: &[(&str, Value)]) -> Order {
        let documents = self.procedure.documents().iter();
        Order::File(Filing {
            facts: facts.iter().map(|(it, value)| (name(it), *value)).collect(),
            documents: documents.map(|(_, it, _)| Received::handed_in(it)).collect(),
            ..Filing::on(channel)
        })
    }

    /// The ten commands of a household business registration, from filing to return.
    pub(crate) fn ten_commands(&self) -> Vec<(Moment, Command)> {
        let yes = Value::Boolean(true);
        let facts = [
            ("founder", Value::Choice(name("individual"))),
            ("filed-by", Value::Choice(name("owner"))),
            ("e-identity", yes),
            ("line-allowed", yes),
            ("name-valid", yes),
            ("registered-elsewhere", Value::Boolean(false)),
        ];
        let reason = Some("đối chiếu lại tên hộ kinh doanh".into());
        let back = Taking { reason, ..Taking::of(name("send-back")) };
        let fee = Payment { fee: None, amount: Dong::new(100_000) };
        let take = |it: &str| Order::Take(Taking::of(name(it)));
        let orders = [
            ("2026-03-02T08:10", "applicant", self.filing(Channel::Counter, &facts)),
            ("2026-03-02T08:15", "one-stop", Order::Pay(fee)),
            ("2026-03-02T08:20", "one-stop", take("accept")),
            ("2026-03-02T09:00", "one-stop", take("assign")),
            ("2026-03-02T14:00", "specialist", take("verify")),
            ("2026-03-03T09:00", "specialist", take("submit")),
            ("2026-03-03T10:00", "approver", Order::Take(back)),
            ("2026-03-03T14:00", "specialist", take("submit")),
            ("2026-03-04T09:00", "approver", take("sign")),
            ("2026-03-05T08:30", "one-stop", take("return")),
        ];
        let commands = orders.into_iter().zip(1..).map(|((at, role, order), id)| {
            (self.at(at), Command::new(Uuid::from_u128(id), self.actor(role, role), order))
        });
        commands.collect()
    }

    /// Follows commands; the first that is refused is the error.
    pub(crate) fn follow(
        &self,
        commands: &[(Moment, Command)],
    ) -> Result<(Dossier, Vec<Event>), Rejection> {
        let (mut dossier, mut log) = (Dossier::new(Uuid::nil()), Vec::new());
        for (at, command) in commands {
            let events = dossier.decide(&self.context(), command, *at)?;
            events.iter().for_each(|it| dossier.evolve(it));
            log.extend(events);
        }
        Ok((dossier, log))
    }

    /// A household business registration on the case officer's desk.
    pub(crate) fn under_review(&self) -> Dossier {
        self.follow(&self.ten_commands()[..4]).unwrap().0
    }
}
