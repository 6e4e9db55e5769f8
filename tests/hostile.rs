//! Whatever comes in, nothing panics, nothing hangs, and nothing is half believed.
//!
//! Texts, guards, moments and commands are as wrong as random ones are. What a
//! case found once stands as a test beside the code that it mended.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test measures time, and fails by panicking"
)]

mod office;

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use hoso::calendar::{self, Calendar, Moment};
use hoso::clock::{Bound, Clock, Length, Limit, Unit};
use hoso::definition::fact::{Domain, FactIdx, Facts, Value};
use hoso::definition::guard::{Guard, Truth};
use hoso::definition::{self, Catalogue, Channel, Procedure, Transition};
use hoso::diagnostic::{Diagnostic, Severity, any_error};
use hoso::dossier::{
    Actor, Answer, Cause, Command, Context, Dossier, Event, Filing, Happened, Opinion, Order,
    Payment, Received, Taking, effects,
};
use hoso::fee::{self, Request, Tariff};
use hoso::id::Id;
use hoso::money::Dong;
use hoso::source::{FileId, Sources};
use hoso::text::Lang;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use uuid::Uuid;

/// The real definitions, loaded once.
struct World {
    sources: Sources,
    procedures: Vec<Procedure>,
    calendar: Calendar,
    tariff: Tariff,
}

impl World {
    fn get() -> &'static Self {
        static WORLD: OnceLock<World> = OnceLock::new();
        WORLD.get_or_init(|| {
            let sources = office::sources(&office::folder());
            let (calendars, _) = Calendar::parse_all(&sources);
            let (tariffs, _) = fee::load(&sources);
            let (catalogue, _) = Catalogue::new(definition::load(&sources).0);
            Self {
                procedures: catalogue.iter().cloned().collect(),
                calendar: calendars.into_iter().find(|it| it.id() == "hanoi").unwrap(),
                tariff: tariffs.into_iter().find(|it| it.id() == "hanoi").unwrap(),
                sources,
            }
        })
    }
}

/// What came out of some texts.
#[derive(Debug, PartialEq)]
struct Loaded {
    procedures: Vec<Procedure>,
    calendars: Vec<String>,
    tariffs: Vec<String>,
    found: Vec<Diagnostic>,
}

fn load(sources: &Sources) -> Loaded {
    let (procedures, mut found) = definition::load(sources);
    let (calendars, in_calendars) = Calendar::parse_all(sources);
    let (tariffs, in_tariffs) = fee::load(sources);
    found.extend(in_calendars);
    found.extend(in_tariffs);
    let calendars = calendars.iter().map(|it| format!("{} {}", it.id(), it.fingerprint()));
    let tariffs = tariffs.iter().map(|it| format!("{} {}", it.id(), it.fingerprint()));
    Loaded { procedures, calendars: calendars.collect(), tariffs: tariffs.collect(), found }
}

/// The canonical form of a text, by whichever loader reads it.
fn canonical(sources: &Sources, file: FileId) -> Option<String> {
    let format = match sources.file(file)?.head()? {
        "calendar" => calendar::format_text,
        "tariff" => fee::format_text,
        _ => definition::format_text,
    };
    format(sources, file).ok()
}

/// Loads texts and holds the result to what must hold of any texts.
fn check(texts: &[&str]) -> Loaded {
    let mut sources = Sources::new();
    for text in texts {
        sources.add("text", *text);
    }
    let loaded = load(&sources);
    assert_eq!(loaded, load(&sources), "loading twice differs");
    for it in &loaded.found {
        let text = sources.file(it.span().file()).unwrap().text();
        assert!(text.get(it.span().range()).is_some(), "{it:?} is no place of the text");
        let is_short = it.severity() == Severity::Note || it.message().len() < 2_000;
        assert!(is_short && !it.message().is_empty(), "{it:?}");
    }
    for procedure in &loaded.procedures {
        let mut own = Sources::new();
        own.add("text", procedure.text());
        let (again, found) = definition::load(&own);
        assert!(!any_error(&found), "{found:?} in\n{}", procedure.text());
        assert_eq!(again, std::slice::from_ref(procedure));
    }
    let mut printed = Sources::new();
    for (file, source) in sources.iter() {
        let text = canonical(&sources, file).unwrap_or_else(|| source.text().into());
        printed.add("text", text);
    }
    let again = load(&printed);
    let strip = |it: &[Procedure]| it.iter().map(|it| String::from(it.text())).collect::<Vec<_>>();
    assert_eq!(strip(&again.procedures), strip(&loaded.procedures));
    assert_eq!((&again.calendars, &again.tariffs), (&loaded.calendars, &loaded.tariffs));
    for (file, source) in printed.iter() {
        if canonical(&sources, file).is_some() {
            assert_eq!(canonical(&printed, file).as_deref(), Some(source.text()));
        }
    }
    loaded
}

/// Scraps of definitions, and of what has no place in them.
const SCRAPS: &[&str] = &[
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    " = ",
    ",",
    ".",
    "\n",
    "\"",
    "'",
    "'''",
    "\"\"\"",
    "#",
    "\\",
    "format = 1",
    "[procedure]",
    "[life-cycle]",
    "[calendar]",
    "[tariff]",
    "[state.filed]",
    "[week]",
    "[transition.file]",
    "[term.decision]",
    "[[term.decision.case]]",
    "[fact.floors]",
    "[policy]",
    "[item.permit.component.fee]",
    "[zero.online]",
    "id = \"a\"",
    "version = \"2025-07\"",
    "name = \"Tên\"",
    "type = \"integer\"",
    "range = [1, 9]",
    "when = \"floors < 5\"",
    "act = \"file\"",
    "extends = \"a\"",
    "based-on = \"2025-07\"",
    "life-cycle = \"a\"",
    "remove = [\"state.filed\"]",
    "amount = [{ amount = 1 }]",
    "day = [{ date = 2026-01-01 }]",
    "limit = \"5 working days\"",
    "effective = { from = 2025-07-01 }",
    "covered = { from = 0000-01-01, until = 9999-12-31 }",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999999999",
    "0x7fffffffffffffff",
    "0b1",
    "1e308",
    "nan",
    "-inf",
    "+1",
    "1_000",
    "00",
    "true",
    "2025-02-30",
    "9999-12-31",
    "0000-01-01",
    "2025-07-01T23:59:60Z",
    "23:59:60",
    "\u{0}",
    "\u{202e}",
    "\u{feff}",
    "Ho\u{302}\u{300}",
    "hồ sơ",
    "\u{430}ccept",
    "🏛",
    "\r\n",
    "\t",
    "\\u0000",
    "\\U0010FFFF",
    "4294967296 days",
    "0 days",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(select(SCRAPS), 0..60).prop_map(|it| it.concat())
}

/// One change of a text, at places told in parts of its length.
#[derive(Clone, Debug)]
enum Edit {
    Delete(Index, usize),
    Repeat(Index, usize),
    Swap(Index, Index),
    Value(Index, &'static str),
    Insert(Index, &'static str),
    Copy(Index, Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    prop_oneof![
         1 => (at(), 1..40_usize).prop_map(|(it, length)| Edit::Delete(it, length)),
         1 => (at(), 1..40_usize).prop_map(|(it, length)| Edit::Repeat(it, length)),
         1 => (at(), at()).prop_map(|(one, two)| Edit::Swap(one, two)),
        3 => (at(), select(SCRAPS)).prop_map(|(it, scrap)| Edit::Value(it, scrap)),
         1 => (at(), select(SCRAPS)).prop_map(|(it, scrap)| Edit::Insert(it, scrap)),
        3 => (at(), at()).prop_map(|(one, two)| Edit::Copy(one, two)),]
}

/// Returns the last place of a letter that does not lie behind another place.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|it| text.is_char_boundary(*it)).unwrap()
}

impl Edit {
    fn apply(&self, text: &mut String) {
        if text.is_empty() {
            return;
        }
        let place = |it: &Index| floor(text, it.index(text.len()));
        let mut lines: Vec<String> = text.lines().map(String::from).collect();
        let count = lines.len().max(1);
        match self {
            Self::Delete(it, length) => {
                let (from, until) = (place(it), floor(text, place(it) + length));
                text.replace_range(from..until, "");
            }
            Self::Repeat(it, length) => {
                let (from, until) = (place(it), floor(text, place(it) + length));
                let again = String::from(text.get(from..until).unwrap());
                text.insert_str(from, &again);
            }
            Self::Insert(it, scrap) => text.insert_str(place(it), scrap),
            Self::Swap(one, two) => {
                lines.swap(one.index(count), two.index(count));
                *text = lines.join("\n");
            }
            Self::Value(it, scrap) => {
                let line = &mut lines[it.index(count)];
                if let Some((key, _)) = line.split_once(" = ") {
                    *line = format!("{key} = {scrap}");
                }
                *text = lines.join("\n");
            }
            // The value of one line behind the key of another: of its type, or not.
            Self::Copy(one, two) => {
                let value = lines[two.index(count)].split_once(" = ").map(|(_, it)| it.to_owned());
                let line = &mut lines[one.index(count)];
                if let (Some((key, _)), Some(value)) = (line.split_once(" = "), value) {
                    *line = format!("{key} = {value}");
                }
                *text = lines.join("\n");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_loaded_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), head in 0..5_usize) {
        let text = String::from_utf8_lossy(&bytes);
        let head = ["", "[procedure]\n", "[life-cycle]\n", "[calendar]\n", "[tariff]\n"][head];
        check(&[&format!("{text}\n{head}{text}")]);
    }

    #[test]
    fn any_scraps_are_loaded_or_refused(one in soup(), two in soup()) {
        check(&[&one, &two]);
    }

    #[test]
    fn any_guard_is_read_or_refused(
        text in prop_oneof![
            any::<String>(),
            prop::collection::vec(select(&[
                "heritage", "floors", "area", "born", "ward", "2026-03-02", "9223372036854775808", "-1", "7",
                "and", "or", "not", "in", "known", "(", ")", "[", "]", ",", "==", "!=", "<", "<=", ">", ">=",
                "=", "true", "false", "\u{430}rea", "\"", "\n",
            ][..]), 0..24).prop_map(|it| it.join(" ")),
        ],
        answers in prop::collection::vec(value(), 4),
    ) {
        let facts = guard_facts();
        match Guard::parse(&text, facts) {
            Ok(guard) => {
                prop_assert_eq!(&Guard::parse(guard.as_str(), facts).unwrap(), &guard);
                let lookup = |it: FactIdx| answers.get(it.index()).copied();
                let holds = guard.evaluate(lookup) == Truth::Yes;
                prop_assert_eq!(guard.unmet(lookup, facts).needs().is_empty(), holds);
            }
            Err(found) => {
                prop_assert!(any_error(&found));
                let inside = |it: &Diagnostic| it.span().range().end <= text.len() + 2;
                prop_assert!(found.iter().all(inside), "{found:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_damaged_real_text_is_loaded_or_refused(
        which in any::<Index>(),
        edits in prop::collection::vec(edit(), 1..6),
    ) {
        let sources = &World::get().sources;
        let (chosen, source) = which.get(&sources.iter().collect::<Vec<_>>()).to_owned();
        let mut text = String::from(source.text());
        edits.iter().for_each(|it| it.apply(&mut text));
        let own = |head: Option<&str>| match source.head() {
            Some("calendar" | "tariff") => head == source.head(),
            _ => head == Some("life-cycle"),
        };
        let others = sources.iter().filter(|(file, it)| *file != chosen && own(it.head()));
        let mut texts = vec![text.as_str()];
        texts.extend(others.map(|(_, it)| it.text()));
        check(&texts);
    }
}

fn guard_facts() -> &'static Facts {
    static PROCEDURE: OnceLock<Procedure> = OnceLock::new();
    let procedure = PROCEDURE.get_or_init(|| {
        let mut sources = Sources::new();
        sources.add(
            "text",
            r#"
            format = 1
            procedure = { id = "a", version = "1", name = "A", authority = "commune", service-level = "full", effective = { from = 2025-07-01 } }
            fact.heritage = { type = "boolean" }
            fact.floors = { type = "integer", range = [-9223372036854775808, 9223372036854775807] }
            fact.area = { type = "choice", values = ["ward", "other"] }
            fact.born = { type = "date" }
            role.a = { name = "A" }
            state.a = { name = "A", portal-status = 1 }
            transition.file = { act = "file", to = "a", by = "a" }
            "#,
        );
        let (mut procedures, found) = definition::load(&sources);
        assert!(found.is_empty(), "{found:?}");
        procedures.remove(0)
    });
    procedure.facts()
}

fn name() -> impl Strategy<Value = Id> {
    select(&["applicant", "system", "decision", "nobody", "previous", "2026-03-02"][..])
        .prop_map(|it| Id::parse(it).unwrap())
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<bool>().prop_map(Value::Boolean),
        prop_oneof![any::<i64>(), Just(i64::MIN), Just(i64::MAX), 0..20_i64]
            .prop_map(Value::Integer),
        prop_oneof![Just(NaiveDate::MIN), Just(NaiveDate::MAX), Just(NaiveDate::default())]
            .prop_map(Value::Date),
        name().prop_map(Value::Choice),
    ]
}

/// Moments in every zone: at the ends of the range, of the coverage, and on plain days.
fn moment() -> impl Strategy<Value = Moment> {
    let (from, until) = World::get().calendar.covered();
    let edge = |day: NaiveDate| day.and_time(chrono::NaiveTime::MIN).and_utc();
    let utc = prop_oneof![
         1 => Just(DateTime::<Utc>::MIN_UTC),
         1 => Just(DateTime::<Utc>::MAX_UTC),
         1 => Just(edge(from)),
         1 => Just(edge(until)),
        6 => (0..4_000_000_i64).prop_map(move |minutes| edge(from) + TimeDelta::minutes(minutes)),];
    let offset = prop_oneof![
        4 => Just(7 * 3600),
         1 => Just(0),
         1 => Just(86_399),
         1 => Just(-86_399),];
    (utc, offset, -1..=1_i64).prop_map(|(utc, offset, second)| {
        let utc = utc.checked_add_signed(TimeDelta::seconds(second)).unwrap_or(utc);
        utc.with_timezone(&FixedOffset::east_opt(offset).unwrap())
    })
}

fn limit() -> impl Strategy<Value = Limit> {
    let number = prop_oneof![1..30_u32, Just(65_536), Just(i32::MAX as u32), Just(u32::MAX)];
    (number, select(Unit::ALL)).prop_map(|(number, unit)| Limit::new(number, unit).unwrap())
}

#[derive(Clone, Debug)]
enum Act {
    Suspend(Id, Moment),
    Resume(Id, Moment),
    Restart(Moment),
    Add(Limit, Moment),
    Extend(Limit, Moment, Option<Limit>),
    Stop(Moment),
    Competent(Moment),
    Read(&'static str, &'static str),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let reading = select(
        &[
            ("after-15", "deemed-next-day"),
            ("after-15", "count-reception-day"),
            ("after-15", "may-finish-next"),
            ("leap-day", "roll"),
            ("clock-hours", "rolled"),
            ("swapped-saturday", "rest"),
            ("swapped-day-off", "ordinary"),
            ("apology", "calendar-day"),
        ][..],
    );
    let act = prop_oneof![
        (name(), moment()).prop_map(|(cause, at)| Act::Suspend(cause, at)),
        (name(), moment()).prop_map(|(cause, at)| Act::Resume(cause, at)),
        moment().prop_map(Act::Restart),
        (limit(), moment()).prop_map(|(by, at)| Act::Add(by, at)),
        (limit(), moment(), prop::option::of(limit()))
            .prop_map(|(by, at, longest)| Act::Extend(by, at, longest)),
        moment().prop_map(Act::Stop),
        moment().prop_map(Act::Competent),
        reading.prop_map(|(name, reading)| Act::Read(name, reading)),
    ];
    prop::collection::vec(act, 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn terms_at_the_ends_of_the_range_are_counted_or_refused(
        length in prop_oneof![
            4 => limit().prop_map(Length::Limit),
             1 => Just(Length::SameDay),
             1 => Just(Length::Transfer),],
        at in moment(),
        now in moment(),
        acts in acts(),
    ) {
        let calendar = &World::get().calendar;
        let mut clock = Clock::start(length, at);
        for act in acts {
            match act {
                Act::Suspend(cause, at) => clock.suspend(cause, at),
                Act::Resume(cause, at) => clock.resume(cause, at),
                Act::Restart(at) => clock.restart(at),
                Act::Add(by, at) => clock.add(by, at),
                Act::Extend(by, at, longest) => {
                    drop(clock.extend(calendar, by, at, Bound { times: 2, longest }));
                }
                Act::Stop(at) => clock.stop(at),
                Act::Competent(at) => clock = clock.received_by_competent(at),
                Act::Read(name, reading) => {
                    let mut policies = clock.policies();
                    policies.set(name, reading).unwrap();
                    clock = clock.under(policies);
                }
            }
        }
        let due = clock.due(calendar);
        if let Ok(Some(due)) = &due {
            hoso::clock::latest_apology(calendar, &clock.policies(), due.date()).ok();
            let (from, until) = calendar.covered();
            prop_assert!((from..until).contains(&due.date()), "{due:?}");
        }
        let ledger = clock.ledger(calendar);
        if let (Ok(Some(due)), Ok(Some(ledger))) = (&due, &ledger) {
            prop_assert_eq!(&ledger.due(), due);
        }
        clock.remaining(calendar, now).ok();
    }

    #[test]
    fn fees_of_any_quantity_and_facts_are_assessed_or_refused(
        item in any::<Index>(),
        quantity in prop_oneof![any::<i64>(), 1..1_000_i64],
        channel in select(Channel::ALL),
        on in prop_oneof![Just(NaiveDate::MIN), Just(NaiveDate::MAX), Just(NaiveDate::default()), day()],
        answers in prop::collection::vec(prop::option::of(value()), 64),
    ) {
        let tariff = &World::get().tariff;
        let items: Vec<_> = tariff.items().map(|(it, _)| it).collect();
        let chosen = [*item.get(&items)];
        let request = Request::new(&chosen, on, channel).times(quantity);
        let lookup = |it: FactIdx| answers.get(it.index()).copied().flatten();
        let priced = fee::price(tariff, &request, lookup);
        let assessed = fee::assess(tariff, &request, lookup);
        prop_assert_eq!(priced.is_ok(), assessed.is_ok());
    }
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0..4_000_u64).prop_map(|it| NaiveDate::default() + chrono::Days::new(16_000 + it))
}

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
                Order::File(Filing { channel: self.channel, facts, documents })
            }
            0 => Order::File(Filing { channel: self.channel, facts, documents }),
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
struct Case {
    dossier: Dossier,
    log: Vec<Event>,
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

    fn check_stored(&self) {
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
    #![proptest_config(ProptestConfig::with_cases(600))]

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
                _ => procedure,
            };
            let known = case.dossier.state().is_none_or(|it| governing.states().find(&it).is_some());
            let against = if known { governing } else { procedure };
            let cx = Context::new(governing, &world.calendar, tariff);
            let order = draft.order(if known { against } else { governing }, &case.dossier_for(known));
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

/// Loads a text of the greatest size in a time that an office can bear.
#[track_caller]
fn soon(text: &str) -> Loaded {
    let start = Instant::now();
    let mut sources = Sources::new();
    sources.add("text", text);
    let loaded = load(&sources);
    let took = start.elapsed();
    assert!(took < Duration::from_secs(20), "{took:?} for {:?}…", text.get(..40));
    loaded
}

#[test]
fn texts_at_the_caps_are_loaded_or_refused_in_time() {
    const SIZE: usize = 1 << 20;
    let filled = |head: &str, row: &dyn Fn(usize) -> String| {
        let mut text = String::from(head);
        for at in 0.. {
            let row = row(at);
            if text.len() + row.len() > SIZE {
                return text;
            }
            text += &row;
        }
        text
    };
    let head = "[procedure]\n";
    for row in
        ["[", "{", "a=[", "\"", "#", "a=1\n", "[a]\n", "[[a]]\n", "a.", "[a.", "]", "[[[", "a={b="]
    {
        assert!(any_error(&soon(&filled(head, &|_| row.into())).found), "{row}");
    }
    let numbered: [&dyn Fn(usize) -> String; 8] = [
        &|at| format!("a{at}=1\n"),
        &|at| format!("[law.a{at}]\n"),
        &|at| format!("[state.s{at}]\n"),
        &|at| format!("[transition.t{at}]\nto=\"s{at}\"\n"),
        &|at| format!("[a{at}.b]\n"),
        &|at| format!("[fact.f{at}]\ntype=\"boolean\"\n"),
        &|at| format!("[term.t{at}]\nstarts=[\"accept\"]\nwhen=\"f{at}\"\n"),
        &|at| format!("x{at} = \"\n"),
    ];
    for row in numbered {
        assert!(any_error(&soon(&filled("format = 1\n[procedure]\n", row)).found));
    }
}

#[test]
fn thousands_of_wrong_names_are_looked_up_in_time() {
    let mut text =
        String::from("format = 1\n[procedure]\nid = \"a\"\n[role.a]\nname = \"A\"\n[state]\n");
    for at in 0..2_000 {
        text += &format!("s{at}={{}}\n");
    }
    for at in 0..450 {
        let wrong: Vec<String> = (0..200).map(|it| format!("\"x{it}y\"")).collect();
        text += &format!("[transition.t{at}]\nfrom=[{}]\n", wrong.join(","));
    }
    assert!(text.len() < 1 << 20);
    soon(&text);
}

/// A small procedure whose fee falls away with a fact; nothing prices it.
fn desk() -> &'static Procedure {
    static PROCEDURE: OnceLock<Procedure> = OnceLock::new();
    PROCEDURE.get_or_init(|| {
        let mut sources = Sources::new();
        sources.add(
            "text",
            r#"
            format = 1
            procedure = { id = "a", version = "1", name = "A", authority = "commune", service-level = "full", channels = "counter", effective = { from = 2025-07-01 } }
            fact.poor = { type = "boolean" }
            fact.born = { type = "date" }
            role.a = { name = "A" }
            state.a = { name = "A", portal-status = 1 }
            state.b = { name = "B", portal-status = 6 }
            transition.file = { act = "file", to = "a", by = "a" }
            transition.demand = { act = "demand-payment", from = "a", to = "b", by = "a" }
            fee.a = { item = "a", when = "not poor" }
            "#,
        );
        definition::load(&sources).0.remove(0)
    })
}

fn filed() -> Case {
    let mut case = Case { dossier: Dossier::new(Uuid::nil()), log: Vec::new() };
    let filing = Filing { channel: Channel::Counter, facts: Vec::new(), documents: Vec::new() };
    assert_eq!(case.ask(Order::File(filing), "2026-03-02T08:00:00+07:00"), None);
    case
}

impl Case {
    /// Asks the small desk for something; says why not.
    fn ask(&mut self, order: Order, at: &str) -> Option<Cause> {
        let at = at.parse().unwrap();
        self.ask_at(order, at)
    }

    fn ask_at(&mut self, order: Order, at: Moment) -> Option<Cause> {
        let cx = Context::new(desk(), &World::get().calendar, None);
        let id = Uuid::from_u128(self.log.len() as u128);
        let command = Command::new(id, Actor::new("an", office::name("a")), order);
        match self.dossier.decide(&cx, &command, at) {
            Ok(events) => {
                events.iter().for_each(|it| self.dossier.evolve(it));
                self.log.extend(events);
                self.check_stored();
                None
            }
            Err(rejection) => Some(rejection.cause()),
        }
    }

    fn poor(&mut self, is_poor: bool) -> Option<Cause> {
        let facts = vec![(office::name("poor"), Value::Boolean(is_poor))];
        self.ask(Order::Facts(facts), "2026-03-02T09:00:00+07:00")
    }

    fn pay(&mut self, amount: i64) -> Option<Cause> {
        let payment = Payment { fee: Some(office::name("a")), amount: Dong::new(amount) };
        self.ask(Order::Pay(payment), "2026-03-02T09:00:00+07:00")
    }
}

#[test]
fn moments_that_cannot_be_stored_are_refused() {
    let mut case = filed();
    for utc in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        let at = utc.with_timezone(&FixedOffset::east_opt(86_399).unwrap());
        assert_eq!(case.ask_at(Order::Facts(Vec::new()), at), Some(Cause::Uncovered));
    }
    let odd = FixedOffset::east_opt(7 * 3600 + 59).unwrap();
    let at: Moment = "2026-03-02T09:00:00+07:00".parse().unwrap();
    assert_eq!(case.ask_at(Order::Facts(Vec::new()), at.with_timezone(&odd)), None);
    assert_eq!(case.log[1].at().to_rfc3339(), "2026-03-02T09:00:00+07:00");
}

#[test]
fn days_that_cannot_be_stored_are_no_facts() {
    let mut case = filed();
    let mut born = |day| {
        let facts = vec![(office::name("born"), Value::Date(day))];
        case.ask(Order::Facts(facts), "2026-03-02T09:00:00+07:00")
    };
    assert_eq!(born(NaiveDate::MAX), Some(Cause::IllTypedFact));
    assert_eq!(born(NaiveDate::default()), None);
}

#[test]
fn what_was_paid_is_not_forgotten_while_the_fee_falls_away() {
    let mut case = filed();
    assert_eq!(case.poor(false), None);
    assert_eq!(case.pay(5), None);
    assert_eq!(case.poor(true), None);
    assert_eq!(case.dossier.charges()[0].payer, Some(Dong::ZERO));
    assert_eq!(case.poor(false), None);
    assert_eq!(case.dossier.charges()[0].paid, Dong::new(5));
}

#[test]
fn a_payment_that_cannot_be_added_is_refused() {
    let mut case = filed();
    assert_eq!(case.pay(i64::MAX), None);
    assert_eq!(case.pay(1), Some(Cause::BadPayment));
}

#[test]
fn nobody_is_made_to_owe_less_than_something() {
    let mut case = filed();
    let amount = Some(Dong::new(-1));
    let demand = Taking { amount, ..Taking::of(office::name("demand")) };
    let asked = case.ask(Order::Take(demand), "2026-03-02T09:00:00+07:00");
    assert_eq!(asked, Some(Cause::BadPayment));
}
