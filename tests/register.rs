//! The register of `procedures/`, held against the definitions and the tariff beside it.

#![cfg(feature = "catalogue")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::NaiveDate;
use expect_test::{expect, expect_file};
use hoso::catalogue;
use hoso::definition::bundle::Bundles;
use hoso::definition::register::{self, Register};
use hoso::definition::{self, Catalogue, Channel, Procedure};
use hoso::diagnostic::any_error;
use hoso::fee::{self, Request, Tariff};
use hoso::id::Id;
use hoso::text::Lang;

/// Everything that stands in `procedures/`.
struct House {
    catalogue: Catalogue,
    register: Register,
    tariff: Tariff,
}

impl House {
    fn open() -> Self {
        let sources = catalogue::sources();
        let (registers, found) = register::load(&sources);
        assert!(!any_error(&found), "{found:#?}");
        let (tariffs, _) = fee::load(&sources);
        let (procedures, bundles, _) = definition::load_all(&sources);
        let procedures = Catalogue::new(procedures).0;
        let bundles = Bundles::new(bundles).0;
        Self {
            catalogue: bundles.beside(&procedures),
            register: registers.into_iter().next().unwrap(),
            tariff: tariffs.into_iter().find(|it| it.id() == "hanoi").unwrap(),
        }
    }

    /// Whether the council's zero decides some fee of a procedure that is filed online on a day.
    fn is_zeroed(&self, procedure: &Procedure, day: NaiveDate) -> bool {
        procedure.fees().iter().any(|(_, _, fee)| {
            let items = [self.tariff.find(fee.item()).unwrap()];
            let request = Request::new(&items, day, Channel::Online);
            let assessed = fee::assess(&self.tariff, &request, |_| None).unwrap();
            assessed.lines().iter().any(|line| {
                let zeroed = |(rule, _): (Id, _)| rule.as_str().starts_with("online-20");
                line.payer().is_some_and(|it| it.get() == 0) && line.rule().is_some_and(zeroed)
            })
        })
    }
}

#[test]
fn it_is_stored_in_canonical_form() {
    let sources = catalogue::sources();
    let (file, _) = sources.iter().find(|(_, it)| it.name() == "register.toml").unwrap();
    let canonical = register::format_text(&sources, file).unwrap();
    expect_file!["../procedures/register.toml"].assert_eq(&canonical);
}

#[test]
fn nothing_that_it_restates_differs_from_the_definitions() {
    let house = House::open();
    assert_eq!(house.register.compare(&house.catalogue), []);
}

/// The definitions know what is charged, the tariff when it is nothing; the register says the same.
#[test]
fn what_it_calls_free_online_is_what_the_tariff_charges_at_zero() {
    let house = House::open();
    let days = ["2025-09-15", "2026-03-02", "2026-09-14"].map(|it| it.parse().unwrap());
    let mut wrong = String::new();
    for (id, entry) in house.register.entries() {
        for day in days {
            let Some(procedure) = house.catalogue.on(id, day) else { continue };
            let said = house.register.free_online(entry, day).is_some();
            let charged = house.is_zeroed(procedure, day);
            if said != charged {
                writeln!(wrong, "{id} on {day}: said {said}, charged at zero {charged}").unwrap();
            }
        }
    }
    assert_eq!(wrong, "");
}

#[test]
fn the_essential_services_are_the_25_of_the_project_and_each_is_listed() {
    let register = House::open().register;
    let rows: Vec<u8> = register.essentials().iter().map(|it| it.row()).collect();
    assert_eq!(rows, (1..=25).collect::<Vec<_>>());
    for row in rows {
        assert!(register.entries_of_row(row).next().is_some(), "row {row}");
    }
}

#[test]
fn whatever_is_listed_is_described_and_whatever_is_described_is_listed() {
    let house = House::open();
    let listed: BTreeSet<Id> = house.register.entries().iter().map(|(id, _)| *id).collect();
    let described: BTreeSet<Id> = house.catalogue.ids().into_iter().collect();
    assert_eq!(listed.symmetric_difference(&described).collect::<Vec<_>>(), Vec::<&Id>::new());
    let tally = house.register.tally(&house.catalogue, "2025-10-01".parse().unwrap());
    assert_eq!((tally.essential, tally.essential_described), (25, 25));
}

/// What of the published figures does not add up; repairing a figure is for those who published it.
#[test]
fn the_figures_that_do_not_add_up_are_known() {
    let mut wrong = String::new();
    for (name, figure) in House::open().register.figures() {
        if let Some(excess) = figure.excess().filter(|it| *it != 0) {
            writeln!(wrong, "{name}: {} for {}, {excess}", figure.sum().unwrap(), figure.whole())
                .unwrap();
        }
        for (part, how) in figure.percentages() {
            writeln!(wrong, "{name}: {} {how:?}", part.name().get(Lang::En)).unwrap();
        }
    }
    expect![[r"
        online-services-2023: 1984 for 1867, 117
        essential-2023: provided Nearest
        accounts-2023: the published part Nearest
        resolved-2023: on time Down
        resolved-2023: late Neither
        received-2019: 3363823 for 3366871, -3048
        commune-channels-2025: 531267 for 531269, -2
        commune-received-2025: 531275 for 531269, 6
        commune-resolved-2025: 510535 for 510541, -6
        full-online-2025: full online Down
    "]]
    .assert_eq(&wrong);
}
