//! What the figures of a report and of a comparison are of.
#![allow(
    clippy::allow_attributes,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "tests read files, and stop where something is not as expected"
)]

mod caseload;

use std::fs;

use caseload::Desk;
use hoso::simulate::Measure;

/// Six desks for two months, of which only the first is short of officers; so many are done again by three others.
fn rework(id: &str, again: &str) -> String {
    let text = fs::read_to_string("procedures/scenarios/reference/rework.toml").unwrap();
    let (first, others) = text.split_at(text.find("[pool.station-2]").unwrap());
    let text = format!("{first}{}", others.replace("officers = 5", "officers = 14"));
    text.replace("id = \"rework\"", &format!("id = \"{id}\""))
        .replace("until = 2022-01-01", "until = 2020-03-01")
        .replace("warm-up-days = 60\n", "")
        .replace("share = \"10%\"", &format!("share = \"{again}\""))
}

/// Who drops work for which nobody waited long lets dossiers wait less, though the mean wait of what is left is longer.
#[test]
fn a_dossier_waits_less_where_work_of_short_waits_is_dropped() {
    let (much, none) = (rework("much", "60%"), rework("none", "0%"));
    let desk = Desk::of_models(&[("much.toml", &much), ("none.toml", &none)]);
    let (as_is, to_be) = (desk.run("much", 3), desk.run("none", 3));
    let comparison = as_is.compare(&to_be).unwrap();
    for differences in [&comparison.totals, &comparison.cases[0].differences] {
        let of = |measure| differences.find(measure).unwrap();
        let (each, all) = (of(Measure::MeanWait), of(Measure::WaitPerDossier));
        assert!(each.mean() > 0.0 && each.better().is_none(), "{each:?}");
        assert!(all.mean() < 0.0 && all.better() == Some(1.0), "{all:?}");
    }
}

#[test]
fn the_wait_of_a_dossier_is_that_of_all_its_work() {
    let text = rework("some", "30%");
    let report = Desk::of_models(&[("some.toml", &text)]).run("some", 1).report();
    let mean = |it: &Option<hoso::simulate::Estimate>| it.as_ref().unwrap().mean();
    let case = &report.cases[0];
    let served = case.steps.iter().filter(|it| it.pool.is_some());
    let [waited, times] = served
        .map(|it| [mean(&it.mean_wait) * mean(&it.times), mean(&it.times)])
        .fold([0.0, 0.0], |sum, it| [sum[0] + it[0], sum[1] + it[1]]);
    assert!((waited - mean(&report.totals.wait_per_dossier)).abs() < 1e-9, "{waited}");
    assert_eq!(case.wait_per_dossier, report.totals.wait_per_dossier);
    let each = mean(&report.totals.mean_wait);
    assert!(times > 6.0 && (waited / times - each).abs() < 1e-9, "{waited} / {times}, {each}");
}

#[test]
fn equal_replications_are_neither_better_nor_worse() {
    let (few, more) = (rework("few", "0%"), rework("more", "0%"));
    let more = more.replacen("officers = 5", "officers = 6", 1);
    let desk = Desk::of_models(&[("few.toml", &few), ("more.toml", &more)]);
    let (few, more) = (desk.run("few", 3), desk.run("more", 3));
    for (as_is, to_be, told) in [(&few, &more, [1.0, 0.0]), (&more, &few, [0.0, 1.0])] {
        let comparison = as_is.compare(to_be).unwrap();
        let wait = comparison.totals.find(Measure::WaitPerDossier).unwrap();
        assert_eq!([wait.better(), wait.worse()], told.map(Some));
        assert!(!wait.is_equal());
        let again = as_is.compare(as_is).unwrap();
        let wait = again.totals.find(Measure::WaitPerDossier).unwrap();
        assert!(wait.is_equal() && [wait.better(), wait.worse()] == [Some(0.0); 2]);
    }
}

/// With two kinds of case each tells something of its own, and every interval is counted.
#[test]
fn the_intervals_that_hold_together_are_those_that_are_shown() {
    let one = rework("one", "10%");
    let (_, case) = one.split_at(one.find("[case.customer]").unwrap());
    let two = one.replace("id = \"one\"", "id = \"two\"").replace("4.05", "1");
    let two = format!("{two}\n{}", case.replace("customer", "other").replace("4.05", "1"));
    let desk = Desk::of_models(&[("one.toml", &one), ("two.toml", &two)]);
    for (id, apart) in [("one", 0), ("two", 2)] {
        let run = desk.run(id, 2);
        let comparison = run.compare(&run).unwrap();
        let cases = comparison.cases_apart().map(|it| &it.differences);
        let pools = comparison.pools.iter().map(|it| &it.differences);
        let shown = core::iter::once(&comparison.totals).chain(cases).chain(pools);
        let shown: usize = shown.map(|it| it.iter().count()).sum();
        assert_eq!(usize::try_from(comparison.figures).unwrap(), shown, "{id}");
        assert_eq!(comparison.cases_apart().count(), apart, "{id}");
        assert!(
            comparison
                .cases
                .iter()
                .all(|it| it.differences.iter().all(|it| it.interval().is_some()))
        );
    }
}
