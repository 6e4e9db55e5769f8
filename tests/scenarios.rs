//! Dossiers from filing to end: every step says what must come of it and on which law it rests.
//!
//! What is decided is replayed from its stored form; what the law does by itself
//! is the same on time and a year late. Simulation is not run here.

#![cfg(feature = "serde")]
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reads files, and fails by panicking"
)]

mod scenario;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, TimeDelta};
use hoso::authority::{self, Authorities};
use hoso::calendar::Calendar;
use hoso::definition::{Catalogue, Procedure, Status, load};
use hoso::dossier::{
    Actor, Answer, Command, Context, Dossier, Event, Filing, Happened, Order, Payment, Received,
    Rejection, Standing, Taking, Verdict,
};
use hoso::fee::{self, Tariff};
use hoso::id::Id;
use hoso::money::Dong;
use hoso::source::{FileId, Sources};
use scenario::{Expected, Moment, Scenario, Step, date, end, moment, scenarios};
use uuid::Uuid;

/// The procedure that takes the life cycle as it is, in every version.
const SAMPLE: &str = "stall-permit";

/// The definitions of `procedures/`, beside the few that only these scenarios need.
struct Office {
    life_cycles: BTreeSet<FileId>,
    catalogue: Catalogue,
    calendar: Calendar,
    tariff: Tariff,
    authorities: Authorities,
}

fn texts(folder: &str) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths
}

impl Office {
    fn open() -> Self {
        let mut sources = Sources::new();
        let mut life_cycles = BTreeSet::new();
        for path in [texts("procedures"), texts("tests/corpus/scenario/procedures")].concat() {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let file = sources.add(name, std::fs::read_to_string(&path).unwrap());
            if path.parent().unwrap().ends_with("life-cycles") {
                life_cycles.insert(file);
            }
        }
        let (procedures, found) = load(&sources);
        assert!(!hoso::diagnostic::any_error(&found), "{found:?}");
        let in_force = procedures.into_iter().filter(|it| it.status() == Status::InForce);
        let (catalogue, found) = Catalogue::new(in_force.collect());
        assert_eq!(found, []);
        let (calendars, _) = Calendar::parse_all(&sources);
        let (tariffs, _) = fee::load(&sources);
        let (mut authorities, found) = authority::load(&sources);
        assert!(!hoso::diagnostic::any_error(&found), "{found:?}");
        Self {
            life_cycles,
            authorities: authorities.remove(0),
            catalogue,
            calendar: calendars.into_iter().find(|it| it.id() == "hanoi").unwrap(),
            tariff: tariffs.into_iter().find(|it| it.id() == "hanoi").unwrap(),
        }
    }

    fn context<'o>(&'o self, procedure: &'o Procedure) -> Context<'o> {
        Context::new(procedure, &self.calendar, Some(&self.tariff)).among(&self.authorities)
    }

    /// The version of the day until acceptance and where a dossier moves, else the one that it keeps.
    fn procedure(&self, id: &Id, dossier: &Dossier, step: &Step, at: Moment) -> &Procedure {
        if let Some(version) = &step.under {
            let mut versions = self.catalogue.versions(id).iter();
            return versions.find(|it| it.version().as_str() == version).unwrap();
        }
        match dossier.fingerprint().filter(|_| dossier.accepted().is_some()) {
            Some(kept) if step.order != "migrate" => self.catalogue.pinned(id, kept).unwrap(),
            _ => self.catalogue.on(id, at.date_naive()).unwrap(),
        }
    }
}

/// One scenario on one of its days.
struct Run<'o> {
    office: &'o Office,
    procedure: Id,
    day: NaiveDate,
    dossier: Dossier,
    log: Vec<Event>,
    wrong: Vec<String>,
}

impl<'o> Run<'o> {
    fn of(office: &'o Office, scenario: &Scenario, day: NaiveDate) -> Self {
        let id = Uuid::new_v5(&Uuid::nil(), format!("{} {day}", scenario.id).as_bytes());
        let procedure = Id::parse(&scenario.procedure).unwrap();
        let dossier = Dossier::new(id);
        let mut run = Self { office, procedure, day, dossier, log: Vec::new(), wrong: Vec::new() };
        run.step(&scenario.filed);
        scenario.steps.iter().for_each(|it| run.step(it));
        run.check_store();
        run
    }

    fn step(&mut self, step: &Step) {
        let at = moment(&step.at, self.day);
        let procedure = self.office.procedure(&self.procedure, &self.dossier, step, at);
        let left = self.left();
        let mut cx = self.office.context(procedure);
        if let Some(left) = left.filter(|_| step.order == "migrate") {
            cx = cx.moving_from(left);
        }
        self.check_expiry(&self.office.context(left.unwrap_or(procedure)));
        let answer = self.answer(&cx, step, at);
        let causes: Vec<String> = match &answer {
            Ok(_) => Vec::new(),
            Err(no) => no.reasons().map(|it| it.cause().as_str().into()).collect(),
        };
        self.differ(step, "refused", &step.refused, &causes);
        let events = answer.unwrap_or_default();
        for event in &events {
            self.dossier.evolve(event);
        }
        self.check(step, &step.then, &events, at);
        self.log.extend(events);
        assert!(self.dossier.expire(&cx, at).is_empty() || !causes.is_empty(), "{}", step.place);
    }

    /// The version that an accepted dossier keeps until it moves.
    fn left(&self) -> Option<&'o Procedure> {
        self.dossier.accepted()?;
        self.office.catalogue.pinned(&self.procedure, self.dossier.fingerprint()?)
    }

    fn answer(&self, cx: &Context<'_>, step: &Step, at: Moment) -> Result<Vec<Event>, Rejection> {
        if step.order == "wait" {
            return Ok(self.dossier.expire(cx, at));
        }
        let (who, role) = step.by.split_once('/').unwrap();
        let actor = Actor::new(who, Id::parse(role).unwrap());
        let order = self.order(cx, step);
        let id = Uuid::new_v5(&self.dossier.id(), step.place.as_bytes());
        let command = Command::new(id, actor, order);
        let events = self.dossier.decide(cx, &command, at)?;
        self.check_option(cx, step, &command, at);
        let mut later = self.dossier.clone();
        events.iter().for_each(|it| later.evolve(it));
        assert_eq!(later.decide(cx, &command, at), Ok(Vec::new()), "{}: sent twice", step.place);
        Ok(events)
    }

    /// What is allowed without anything brought along was on offer.
    fn check_option(&self, cx: &Context<'_>, step: &Step, command: &Command, at: Moment) {
        let Order::Take(taking) = &command.order else { return };
        if taking.facts.is_empty() && taking.documents.is_empty() {
            let options = self.dossier.options(cx, &command.actor, at);
            let mut offers = options.iter().filter(|it| Some(it.transition()) == taking.transition);
            assert!(offers.any(|it| *it.verdict() == Verdict::Allowed), "{}", step.place);
        }
    }

    fn order(&self, cx: &Context<'_>, step: &Step) -> Order {
        let declared = cx.procedure().facts();
        let value = |(name, text): &(String, String)| {
            let (at, value) = declared.parse(&format!("{name}={text}")).unwrap();
            (declared.fact(at).unwrap().id(), value)
        };
        let name = |text: &String| Id::parse(text).unwrap();
        let facts: Vec<_> = step.facts.iter().map(value).collect();
        let documents: Vec<_> = step.documents.iter().map(|it| received(it)).collect();
        let amount = step.amount.as_ref().map(|it| Dong::new(it.parse().unwrap()));
        match (step.order.as_str(), &step.document) {
            ("file", _) => {
                let received_by = step.received_by.as_ref().map(name);
                let channel = step.channel.parse().unwrap();
                Order::File(Filing { channel, received_by, facts, documents })
            }
            ("facts", _) => Order::Facts(facts),
            ("document", _) => Order::Documents(documents),
            ("answer", _) => Order::Answer(Answer {
                consultation: name(step.consultation.as_ref().unwrap()),
                opinion: step.opinion.as_ref().unwrap().parse().unwrap(),
                facts,
            }),
            ("pay", _) => {
                let fee = step.fee.as_ref().map(name);
                Order::Pay(Payment { fee, amount: amount.unwrap() })
            }
            ("sign", Some(document)) => Order::Sign { document: name(document) },
            ("migrate", _) => Order::Migrate,
            (transition, _) => Order::Take(Taking {
                facts,
                documents,
                amount,
                reason: step.reason.as_deref().map(Into::into),
                competent: step.competent.as_ref().map(|it| moment(it, self.day)),
                new_due: step.new_due.as_ref().map(|it| date(it, self.day)),
                code: step.code.as_ref().map(|it| it.parse().unwrap()),
                ..Taking::of(Id::parse(transition).unwrap())
            }),
        }
    }

    fn check(&mut self, step: &Step, then: &Expected, events: &[Event], at: Moment) {
        let dossier = self.dossier.clone();
        let acting = dossier.acting(&self.office.authorities, at.date_naive());
        let acting = acting.map_or_else(String::new, |it| names(it.acting().ids()));
        let mut said = |what: &str, expected: &Option<String>, found: String| {
            if let Some(expected) = expected {
                self.differ(step, what, std::slice::from_ref(expected), &[found]);
            }
        };
        let none = || String::from("none");
        said("state", &then.state, dossier.state().map_or_else(none, |it| it.to_string()));
        said(
            "status",
            &then.status,
            dossier.portal_status().map_or_else(none, |it| it.to_string()),
        );
        let version = dossier.procedure_version();
        said("version", &then.version, version.map_or_else(none, |it| it.to_string()));
        said("overdue", &then.overdue, dossier.is_overdue(at).to_string());
        said("owed", &then.owed, owed(&dossier));
        said("acting", &then.acting, acting);
        let day = self.day;
        let until = |text: &String| match text.as_str() {
            "none" | "stopped" | "suspended" | "unknown" => text.clone(),
            text => end(text, day).to_rfc3339(),
        };
        let mut ends = |what: &str, expected: &String, found: String| {
            self.differ(step, what, &[until(expected)], &[found]);
        };
        if let Some(expected) = &then.due {
            ends("due", expected, dossier.due().map_or_else(none, |it| it.to_rfc3339()));
        }
        for (term, expected) in &then.terms {
            ends(term, expected, standing(&dossier, term));
        }
        let moved = events.iter().filter_map(|it| match it.happened() {
            Happened::Moved(moved) => Some(&moved.breaches),
            _ => None,
        });
        let breaches: Vec<String> = moved.flatten().map(|it| it.rule.to_string()).collect();
        self.differ(step, "breaches", &then.breaches, &breaches);
        let stamped = events.iter().filter(|it| it.command().is_none());
        let stamped: Vec<String> = stamped.map(|it| it.at().to_rfc3339()).collect();
        let expected: Vec<String> = then.stamped.iter().map(until).collect();
        self.differ(step, "stamped", &expected, &stamped);
    }

    fn differ(&mut self, step: &Step, what: &str, expected: &[String], found: &[String]) {
        if expected != found {
            let (place, order) = (&step.place, &step.order);
            let line = format!(
                "{place} ({order}) filed on {}: {what} expected {expected:?}, found {found:?}",
                self.day
            );
            self.wrong.push(line);
        }
    }

    /// A year late is as good as on time.
    fn check_expiry(&self, cx: &Context<'_>) {
        let Some(next) = self.dossier.next_expiry(cx) else { return };
        assert_eq!(self.dossier.expire(cx, next), []);
        let on_time = self.dossier.expire(cx, next + TimeDelta::seconds(1));
        let late = self.dossier.expire(cx, next + TimeDelta::days(365));
        assert!(!on_time.is_empty() && late.starts_with(&on_time), "{late:?}");
        assert!(on_time.iter().all(|it| it.at() == next), "{on_time:?}");
    }

    /// What was stored makes the same dossier.
    fn check_store(&self) {
        let stored = serde_json::to_string(&self.log).unwrap();
        let read: Vec<Event> = serde_json::from_str(&stored).unwrap();
        assert_eq!(read, self.log);
        assert_eq!(Dossier::replay(self.dossier.id(), &read).unwrap(), self.dossier);
    }

    /// The transitions that were taken, each with the version under which it was.
    fn taken(&self) -> impl Iterator<Item = (Id, Id, Id)> {
        self.log.iter().filter_map(|event| {
            let decided = self.office.catalogue.pinned(&self.procedure, event.procedure()).unwrap();
            let transition = match event.happened() {
                Happened::Filed(_) => decided.transitions().name(decided.filing()).unwrap(),
                Happened::Moved(moved) => moved.transition,
                _ => return None,
            };
            Some((self.procedure, *decided.version(), transition))
        })
    }
}

fn received(text: &str) -> Received {
    let (document, database) = text.split_once('@').map_or((text, None), |(it, by)| (it, Some(by)));
    Received {
        document: Id::parse(document).unwrap(),
        database: database.map(|it| Id::parse(it).unwrap()),
    }
}

fn names(ids: &[Id]) -> String {
    ids.iter().map(Id::to_string).collect::<Vec<_>>().join(" or ")
}

/// What the applicant owes in all, settled or not.
fn owed(dossier: &Dossier) -> String {
    let owed: Option<i64> = dossier.charges().iter().map(|it| Some(it.payer?.get())).sum();
    owed.map_or_else(|| "unknown".into(), |it| it.to_string())
}

fn standing(dossier: &Dossier, term: &str) -> String {
    let Some(term) = dossier.term(&Id::parse(term).unwrap()) else { return "none".into() };
    match (term.standing, term.due) {
        (Standing::Running, Some(due)) => due.moment().to_rfc3339(),
        (standing, _) => standing.as_str().into(),
    }
}

fn corpus() -> Vec<Scenario> {
    let paths = texts("tests/corpus/scenario");
    let paths = paths.iter().filter(|it| it.parent().unwrap().ends_with("scenario"));
    let mut corpus: Vec<Scenario> = paths.flat_map(|it| scenarios(it)).collect();
    let told = corpus.clone();
    for scenario in &mut corpus {
        let Some(like) = &scenario.like else { continue };
        scenario.steps.clone_from(&told.iter().find(|it| it.id == *like).unwrap().steps);
    }
    corpus
}

#[test]
fn every_scenario_comes_out() {
    let office = Office::open();
    let mut wrong = Vec::new();
    let mut ids = BTreeSet::new();
    for scenario in corpus() {
        assert!(ids.insert(scenario.id.clone()), "`{}` is told twice", scenario.id);
        assert!(!scenario.law.is_empty() && !scenario.on.is_empty(), "{}", scenario.id);
        for &day in &scenario.on {
            wrong.extend(Run::of(&office, &scenario, day).wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a procedure inherits is told by some procedure, and for each version of the one-stop
/// life cycle by the sample.
#[test]
fn every_transition_of_every_version_is_taken() {
    let office = Office::open();
    let mut taken = BTreeSet::new();
    for scenario in corpus() {
        for &day in &scenario.on {
            taken.extend(Run::of(&office, &scenario, day).taken());
        }
    }
    let mut missing = Vec::new();
    let mut told = BTreeSet::new();
    let mut inherited = BTreeMap::new();
    for procedure in office.catalogue.iter() {
        for (at, name, _) in procedure.transitions().iter() {
            let written = procedure.transitions().span(at).unwrap();
            let title = format!("{} {}: {name}", procedure.id(), procedure.version());
            if taken.contains(&(*procedure.id(), *procedure.version(), name)) {
                told.insert(written);
            } else if office.life_cycles.contains(&written.file()) && procedure.id() != SAMPLE {
                inherited.insert(written, title);
            } else {
                missing.push(title);
            }
        }
    }
    inherited.retain(|written, _| !told.contains(written));
    missing.extend(inherited.into_values());
    assert!(missing.is_empty(), "no scenario takes\n{}", missing.join("\n"));
}

/// The one-stop life cycle is told by a sample procedure that adds no transition, in every version.
#[test]
fn every_version_of_the_life_cycle_is_told() {
    let office = Office::open();
    let cycles = texts("procedures/life-cycles");
    let versions = office.catalogue.versions(&Id::parse(SAMPLE).unwrap());
    let versions: Vec<&str> = versions.iter().map(|it| it.version().as_str()).collect();
    let stems = cycles.iter().map(|it| it.file_stem().unwrap().to_string_lossy());
    let names: Vec<String> =
        stems.filter_map(|it| it.strip_prefix("one-stop-").map(String::from)).collect();
    assert_eq!(versions, names);
}
