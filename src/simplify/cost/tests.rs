use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use chrono::NaiveDate;

use super::*;
use crate::definition::{self, Procedure};
use crate::diagnostic::any_error;
use crate::fee::{self, Tariff};
use crate::money::Dong;
use crate::simplify::{BurdenKind, Design, burdens};
use crate::source::Sources;

macro_rules! procedures {
    ($path:literal) => {
        ($path, include_str!(concat!("../../../procedures/", $path)))
    };
}

const TEXTS: [(&str, &str); 9] = [
    procedures!("costs/vietnam-2023.toml"),
    procedures!("costs/vietnam-2022.toml"),
    procedures!("costs/standard-cost-model-2023.toml"),
    procedures!("tariffs/vietnam.toml"),
    procedures!("tariffs/hanoi.toml"),
    procedures!("life-cycles/one-stop-2018-06.toml"),
    procedures!("life-cycles/one-stop-2020-05.toml"),
    procedures!("life-cycles/household-business-2021-01.toml"),
    procedures!("household-business-registration-2021-01.toml"),
];

fn redesign(version: &str) -> &'static str {
    macro_rules! text {
        ($name:literal) => {
            include_str!(concat!(
                "../../../procedures/redesigns/household-business/",
                $name,
                ".toml"
            ))
        };
    }
    match version {
        "before" => text!("before"),
        "a" => text!("a"),
        "b" => text!("b"),
        "c" => text!("c"),
        _ => text!("d"),
    }
}

/// Everything that the worked example needs, with some texts more.
fn sources(more: &[&str]) -> Sources {
    let mut sources = Sources::new();
    TEXTS.iter().for_each(|(name, text)| {
        sources.add(*name, *text);
    });
    for (at, text) in more.iter().enumerate() {
        sources.add(format!("own-{at}.toml"), *text);
    }
    sources
}

fn load_version(text: &str, version: &str) -> Procedure {
    let (procedures, found) = definition::load(&sources(&[text]));
    assert!(!any_error(&found), "{found:#?}");
    let mut own: Vec<Procedure> =
        procedures.into_iter().filter(|it| *it.version() == *version).collect();
    assert_eq!(own.len(), 1, "one version of {version}");
    own.pop().unwrap()
}

fn norms(name: &str) -> Norms {
    let (norms, found) = load(&sources(&[]));
    assert!(!any_error(&found), "{found:#?}");
    norms.into_iter().find(|it| it.id() == *name).unwrap()
}

fn tariff() -> Tariff {
    fee::load(&sources(&[])).0.into_iter().find(|it| it.id() == *"hanoi").unwrap()
}

fn day() -> NaiveDate {
    "2023-01-01".parse().unwrap()
}

fn dong(amount: i64) -> Option<Dong> {
    Some(Dong::new(amount))
}

#[test]
fn the_worked_example_to_the_dong() {
    let (norms, tariff) = (norms("vietnam-2023"), tariff());
    for (version, minutes, time, direct, fees, total) in [
        ("before", 320, 257_323, 50_000, 100_000, 407_323),
        ("a", 260, 209_075, 45_000, 100_000, 354_075),
        ("b", 260, 209_075, 45_000, 0, 254_075),
        ("c", 65, 52_269, 0, 0, 52_269),
        ("d", 200, 160_827, 25_000, 100_000, 285_827),
    ] {
        let procedure = load_version(redesign(version), version);
        let setting = Setting::new(&norms, day()).with_tariff(&tariff);
        let account = account(&Design::of(&procedure), &setting).unwrap();
        let cost = account.applicant();
        assert_eq!(cost.minutes(), Some(minutes), "{version}: {:#?}", account.lines());
        assert_eq!(cost.time(), dong(time), "{version}");
        assert_eq!(cost.direct(), dong(direct), "{version}");
        assert_eq!(cost.fees(), dong(fees), "{version}");
        assert_eq!(cost.with_fees(), dong(total), "{version}");
        assert_eq!(cost.without_fees(), dong(total - fees), "{version}");
        assert_eq!(account.cases_a_year(), Some(12_000));
        assert_eq!(account.yearly(), dong(total * 12_000), "{version}");
        assert!(account.others().is_empty());
    }
}

#[test]
fn the_hour_follows_from_the_published_income() {
    for (name, hourly) in
        [("vietnam-2022", 45_265), ("vietnam-2023", 48_248), ("standard-cost-model-2023", 48_248)]
    {
        assert_eq!(norms(name).income().hourly(), Dong::new(hourly), "{name}");
    }
}

#[test]
fn partial_adoption_is_exact() {
    let (before, after) = (Dong::new(407_323), Dong::new(52_269));
    let adoption = Adoption::new(before, after, "687/1000".parse().unwrap());
    assert_eq!(adoption.per_case().unwrap().decimals(3), "163400.902");
    assert_eq!(adoption.of_cases(12_000).unwrap().to_string(), "1960810824/1");
    let least = break_even(before, after, "20%".parse().unwrap()).unwrap();
    assert_eq!(least, Fraction::new(814_646, 3_550_540).unwrap());
    assert_eq!(least.percent(3), "22.944 %");
    assert_eq!(break_even(before, before, "20%".parse().unwrap()), None);
    assert_eq!(break_even(before, Dong::new(325_859), "20%".parse().unwrap()), None);
}

#[test]
fn the_units_of_the_worked_example() {
    let count = |version: &str| {
        let procedure = load_version(redesign(version), version);
        let design = Design::of(&procedure);
        let all = burdens(&design);
        let kinds: Vec<String> = BurdenKind::ALL
            .iter()
            .map(|kind| all.iter().filter(|it| it.kind() == *kind).count().to_string())
            .collect();
        kinds.join(" ")
    };
    // Documents, forms, steps, conditions, fees, results, reports.
    assert_eq!(count("before"), "2 1 6 4 1 1 0");
    assert_eq!(count("a"), "1 1 6 4 1 1 0");
    assert_eq!(count("b"), "1 1 6 4 0 1 0");
    assert_eq!(count("c"), "1 1 5 4 0 1 0");
    assert_eq!(count("d"), "1 1 6 4 1 1 0");
}
