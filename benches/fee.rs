//! Guards and fees beside a hand-written chain of conditions and the fastest rule engine found.
#![expect(
    clippy::unwrap_used,
    clippy::float_arithmetic,
    reason = "a bench stops when its work cannot be done, and divides nanoseconds"
)]

mod ratios;

use chrono::{Datelike as _, NaiveDate};
use datalogic_rs::datavalue::OwnedDataValue;
use datalogic_rs::{Engine, Logic};
use hoso::definition::Channel;
use hoso::definition::fact::{FactIdx, Value};
use hoso::definition::guard::{Guard, Truth};
use hoso::fee::{self, ItemIdx, Request, Tariff};
use hoso::id::Id;
use hoso::source::Sources;
use ratios::Contest;

const QUERIES: usize = 512;

/// A stream of numbers that is the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % bound
    }
}

fn main() {
    guards();
    fees();
}

fn value(tariff: &Tariff, answer: &str) -> (FactIdx, Value) {
    tariff.facts().parse(answer).unwrap()
}

/// A case of the guard contest, as plain fields.
struct Site {
    floors: i64,
    pages: i64,
    ward: bool,
    heritage: bool,
    kind: u64,
    signed: NaiveDate,
}

const KINDS: [&str; 4] = ["house", "works", "staged", "repair"];

const GUARD: &str = "(floors > 7 or heritage) and area == ward and kind in [house, works] \
    and signed >= 2024-01-01 and signed < 2027-01-01 and (pages > 2 or not heritage) \
    and floors != 13 and (kind != works or floors <= 40) and known(area)";

fn guards() {
    let mut sources = Sources::new();
    sources.add(
        "site.toml",
        "format = 1\n[tariff]\nid = 'site'\nname = 'Site'\n[fact]\n\
         floors = { type = 'integer', range = [1, 200] }\n\
         pages = { type = 'integer', range = [1, 200] }\n\
         area = { type = 'choice', values = ['ward', 'other'] }\n\
         heritage = { type = 'boolean' }\n\
         kind = { type = 'choice', values = ['house', 'works', 'staged', 'repair'] }\n\
         signed = { type = 'date' }\n",
    );
    let (tariffs, _) = fee::load(&sources);
    let tariff = tariffs.first().unwrap();
    let guard = Guard::parse(GUARD, tariff.facts()).unwrap();
    let mut dice = Dice(7);
    let sites: Vec<Site> = (0..QUERIES)
        .map(|_| Site {
            floors: i64::try_from(6 + dice.below(30)).unwrap(),
            pages: i64::try_from(1 + dice.below(20)).unwrap(),
            ward: dice.below(8) > 0,
            heritage: dice.below(4) == 0,
            kind: dice.below(2) + dice.below(8) / 7,
            signed: NaiveDate::from_yo_opt(2023 + i32::try_from(dice.below(3)).unwrap(), 200)
                .unwrap(),
        })
        .collect();
    let known: Vec<Vec<Option<Value>>> = sites.iter().map(|it| answers(tariff, it)).collect();
    let data: Vec<OwnedDataValue> = sites.iter().map(site_data).collect();

    let mut contest = Contest::new("a guard of 12 conditions", QUERIES);
    contest.enter("limit: hand-written conditions", || {
        sites.iter().map(|it| u64::from(by_hand(it))).sum()
    });
    contest.enter("hoso: Guard::evaluate", || {
        let holds = |it: &Vec<Option<Value>>| {
            guard.evaluate(|fact| it.get(fact.index()).copied().flatten()) == Truth::Yes
        };
        known.iter().map(|it| u64::from(holds(it))).sum()
    });
    let engine = Engine::new();
    let logic = engine.compile(SITE_LOGIC).unwrap();
    contest.enter("datalogic-rs: compiled, own session", || {
        let mut session = engine.session();
        let sum = data.iter().map(|it| {
            let holds = session.eval(&logic, it).unwrap().as_bool() == Some(true);
            session.reset();
            u64::from(holds)
        });
        sum.sum()
    });
    contest.print();
}

fn answers(tariff: &Tariff, site: &Site) -> Vec<Option<Value>> {
    let kind = KINDS.get(usize::try_from(site.kind).unwrap()).unwrap();
    let area = if site.ward { "ward" } else { "other" };
    let said = [
        format!("floors={}", site.floors),
        format!("pages={}", site.pages),
        format!("area={area}"),
        format!("heritage={}", site.heritage),
        format!("kind={kind}"),
        format!("signed={}", site.signed),
    ];
    said.iter().map(|it| Some(value(tariff, it).1)).collect()
}

fn number(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

fn site_data(site: &Site) -> OwnedDataValue {
    let kind = KINDS.get(usize::try_from(site.kind).unwrap()).unwrap();
    let area = if site.ward { "ward" } else { "other" };
    let text = format!(
        r#"{{"floors": {}, "pages": {}, "area": "{area}", "heritage": {}, "kind": "{kind}", "signed": {}}}"#,
        site.floors,
        site.pages,
        site.heritage,
        number(site.signed)
    );
    OwnedDataValue::from_json(&text).unwrap()
}

fn by_hand(it: &Site) -> bool {
    let day = |year| NaiveDate::from_yo_opt(year, 1);
    (it.floors > 7 || it.heritage)
        && it.ward
        && it.kind < 2
        && Some(it.signed) >= day(2024)
        && Some(it.signed) < day(2027)
        && (it.pages > 2 || !it.heritage)
        && it.floors != 13
        && (it.kind != 1 || it.floors <= 40)
}

const SITE_LOGIC: &str = r#"{"and": [
    {"or": [{">": [{"var": "floors"}, 7]}, {"var": "heritage"}]},
    {"==": [{"var": "area"}, "ward"]},
    {"in": [{"var": "kind"}, ["house", "works"]]},
    {">=": [{"var": "signed"}, 20240101]},
    {"<": [{"var": "signed"}, 20270101]},
    {"or": [{">": [{"var": "pages"}, 2]}, {"!": [{"var": "heritage"}]}]},
    {"!=": [{"var": "floors"}, 13]},
    {"or": [{"!=": [{"var": "kind"}, "works"]}, {"<=": [{"var": "floors"}, 40]}]},
    {"!=": [{"var": "area"}, null]}
]}"#;

/// A filing of the fee contest, as plain fields.
struct Filing {
    item: u64,
    day: NaiveDate,
    online: bool,
    applicant: u64,
}

const ITEMS: [&str; 4] = [
    "construction-permit/house",
    "residence/permanent",
    "criminal-record/certificate",
    "passport/new",
];
const APPLICANTS: [&str; 4] = ["individual", "elderly", "student", "organisation"];

fn fees() {
    let mut sources = Sources::new();
    sources.add("vietnam.toml", include_str!("../procedures/tariffs/vietnam.toml"));
    sources.add("hanoi.toml", include_str!("../procedures/tariffs/hanoi.toml"));
    let (tariffs, _) = fee::load(&sources);
    let tariff = tariffs.last().unwrap();
    let mut dice = Dice(11);
    let filings: Vec<Filing> = (0..QUERIES)
        .map(|_| Filing {
            item: dice.below(4),
            day: day_between(&mut dice),
            online: dice.below(2) == 0,
            applicant: dice.below(4),
        })
        .collect();
    let applicant = value(tariff, "applicant=elderly").0;
    let asked: Vec<(ItemIdx, Value)> = filings
        .iter()
        .map(|it| {
            let item = ITEMS.get(usize::try_from(it.item).unwrap()).unwrap();
            let who = APPLICANTS.get(usize::try_from(it.applicant).unwrap()).unwrap();
            let item = tariff.find(&Id::parse(item).unwrap()).unwrap();
            (item, value(tariff, &format!("applicant={who}")).1)
        })
        .collect();
    let data: Vec<OwnedDataValue> = filings.iter().map(filing_data).collect();

    let mut contest = Contest::new("a fee (4 items, 12 rules)", QUERIES);
    contest.enter("limit: hand-written conditions", || filings.iter().map(fee_by_hand).sum());
    let request = |filing: &Filing, items: &[ItemIdx; 1], work: &mut dyn FnMut(&Request<'_>)| {
        let channel = if filing.online { Channel::Online } else { Channel::Counter };
        work(&Request::new(items, filing.day, channel));
    };
    contest.enter("hoso: fee::price, amounts only", || {
        let mut sum = 0;
        for (filing, (item, who)) in filings.iter().zip(&asked) {
            request(filing, &[*item], &mut |it| {
                let facts = |fact| (fact == applicant).then_some(*who);
                let bill = fee::price(tariff, it, facts).unwrap();
                sum += bill.payer().map_or(0, |it| it.get().unsigned_abs());
            });
        }
        sum
    });
    contest.enter("hoso: fee::assess, with its account", || {
        let mut sum = 0;
        for (filing, (item, who)) in filings.iter().zip(&asked) {
            request(filing, &[*item], &mut |it| {
                let facts = |fact| (fact == applicant).then_some(*who);
                let assessment = fee::assess(tariff, it, facts).unwrap();
                sum += assessment.bill().payer().map_or(0, |it| it.get().unsigned_abs());
            });
        }
        sum
    });
    let engine = Engine::new();
    let logic: Logic = engine.compile(FEE_LOGIC).unwrap();
    contest.enter("datalogic-rs: compiled, own session", || {
        let mut session = engine.session();
        let sum = data.iter().map(|it| {
            let amount = session.eval(&logic, it).unwrap().as_i64().unwrap();
            session.reset();
            amount.unsigned_abs()
        });
        sum.sum()
    });
    contest.print();
}

/// A day outside the half-year in which passport fees are unsettled.
fn day_between(dice: &mut Dice) -> NaiveDate {
    let year = [2024, 2025, 2026].get(usize::try_from(dice.below(3)).unwrap()).copied();
    let days = if year == Some(2024) { 180 } else { 365 };
    let ordinal = u32::try_from(1 + dice.below(days)).unwrap();
    NaiveDate::from_yo_opt(year.unwrap(), ordinal).unwrap()
}

fn filing_data(filing: &Filing) -> OwnedDataValue {
    let item = ITEMS.get(usize::try_from(filing.item).unwrap()).unwrap();
    let who = APPLICANTS.get(usize::try_from(filing.applicant).unwrap()).unwrap();
    let text = format!(
        r#"{{"item": "{item}", "applicant": "{who}", "online": {}, "day": {}}}"#,
        filing.online,
        number(filing.day)
    );
    OwnedDataValue::from_json(&text).unwrap()
}

fn fee_by_hand(it: &Filing) -> u64 {
    let day = number(it.day);
    let cut = it.online && (20_250_424..20_260_101).contains(&day);
    let half = (20_250_701..20_260_101).contains(&day);
    match (it.item, it.applicant) {
        (0..=2, 1) => 0,
        (0, _) if it.online => 0,
        (0, _) => 75_000,
        (1, _) if it.online => 10_000,
        (1, _) => 20_000,
        (2, 2) if cut => 80_000,
        (2, 2) => 100_000,
        (2, _) if cut => 170_000,
        (2, _) => 200_000,
        _ if half => 100_000,
        _ if it.online && day < 20_260_101 => 180_000,
        _ => 200_000,
    }
}

const FEE_LOGIC: &str = r#"{"if": [
    {"and": [{"!=": [{"var": "item"}, "passport/new"]}, {"==": [{"var": "applicant"}, "elderly"]}]}, 0,
    {"==": [{"var": "item"}, "construction-permit/house"]}, {"if": [{"var": "online"}, 0, 75000]},
    {"==": [{"var": "item"}, "residence/permanent"]}, {"if": [{"var": "online"}, 10000, 20000]},
    {"==": [{"var": "item"}, "criminal-record/certificate"]}, {"if": [
        {"and": [{"var": "online"}, {">=": [{"var": "day"}, 20250424]}, {"<": [{"var": "day"}, 20260101]}]},
        {"if": [{"==": [{"var": "applicant"}, "student"]}, 80000, 170000]},
        {"if": [{"==": [{"var": "applicant"}, "student"]}, 100000, 200000]}
    ]},
    {"and": [{">=": [{"var": "day"}, 20250701]}, {"<": [{"var": "day"}, 20260101]}]}, 100000,
    {"and": [{"var": "online"}, {"<": [{"var": "day"}, 20260101]}]}, 180000,
    200000
]}"#;
