use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use chrono::NaiveDate;
use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::definition::fact::Value;
use crate::definition::{self, Channel, Procedure};
use crate::diagnostic::any_error;
use crate::fee::{self, Tariff};
use crate::id::Id;
use crate::money::{Dong, Ratio};
use crate::simplify::{BurdenKind, Design, burdens};
use crate::source::Sources;
use crate::text::Lang;

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

/// What was seen at the door stands in place of what norms assume, of the designs that it tells of.
#[test]
fn trips_and_waiting_that_were_seen_replace_those_of_norms() {
    let (norms, tariff) = (norms("vietnam-2023"), tariff());
    let procedure = load_version(redesign("before"), "before");
    let design = Design::of(&procedure);
    let seen = Attendance::new(*procedure.fingerprint());
    let other = Attendance::new(*load_version(redesign("a"), "a").fingerprint());
    for (seen, minutes, direct) in [
        (seen, 320, 50_000),
        // Filing takes 60 minutes of way and 30 at the office, receiving 60 and 15.
        (seen.with_waiting(30), 335, 50_000),
        (seen.with_trips(Ratio::new(2, 1).unwrap()), 320, 50_000),
        // Half as many trips again as there are lines.
        (seen.with_trips(Ratio::new(3, 1).unwrap()).with_waiting(10), 365, 70_000),
        (seen.with_trips(Ratio::new(0, 1).unwrap()), 155, 10_000),
        (other.with_waiting(500), 320, 50_000),
    ] {
        let seen = [seen];
        let setting = Setting::new(&norms, day()).with_tariff(&tariff).seeing(&seen);
        let account = account(&design, &setting).unwrap();
        let cost = account.applicant();
        assert_eq!((cost.minutes(), cost.direct()), (Some(minutes), dong(direct)), "{seen:?}");
        let replaced = account.lines().iter().filter(|it| it.by_norm().is_some()).count();
        assert_eq!(replaced > 0, (minutes, direct) != (320, 50_000), "{seen:?}");
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

/// The design before, with more written at its end.
fn before(more: &str) -> Procedure {
    load_version(&format!("{}\n{more}", redesign("before")), "before")
}

/// What the lines say, one each: minutes, direct, fee, bearer, and what is missing.
fn shown(procedure: &Procedure, setting: &Setting<'_>) -> String {
    let design = Design::of(procedure);
    let account = account(&design, setting).unwrap();
    let mut out = String::new();
    for it in account.lines() {
        let said = |it: Option<i64>| it.map_or_else(|| "?".into(), |it| it.to_string());
        let serves = it.serves().map_or_else(String::new, |it| it.to_string());
        let gaps: Vec<String> = it
            .gaps()
            .iter()
            .map(|it| {
                let item = it.item().map_or_else(String::new, |it| format!(" {it}"));
                let facts: String = it.facts().iter().map(|it| format!(" {it}")).collect();
                format!("; {}{item}{facts}", it.missing())
            })
            .collect();
        out += &format!(
            "{} {serves}: {} {} {} by {}{}\n",
            it.task(),
            it.minutes().map_or_else(|| "?".into(), |it| it.to_string()),
            said(it.direct().map(Dong::get)),
            said(it.fee().map(Dong::get)),
            it.bearer().label(Lang::En),
            gaps.concat(),
        );
    }
    let cost = account.applicant();
    out + &format!("{:?}\n", cost.with_fees().map(Dong::get))
}

fn check(more: &str, expected: Expect) {
    let (norms, tariff) = (norms("vietnam-2023"), tariff());
    let setting = Setting::new(&norms, day()).with_tariff(&tariff);
    expected.assert_eq(&shown(&before(more), &setting));
}

#[test]
fn what_is_not_known_is_never_zero() {
    check(
        r#"
        [document.lease]
        name = "Hợp đồng thuê"
        copies = 1
        certified = true

        [document.consent]
        name = "Văn bản đồng ý"
        originals = 1
        when = "applicant == organisation"

        [document.sketch]
        name = "Sơ đồ"

        [report.yearly]
        name = "Báo cáo năm"
        times-a-year = 2

        [activity.drawings]
        item = "drawing-set"

        [activity.magic]
        item = "no-such-item"

        [fee.copies]
        item = "household-business/copy"
        "#,
        expect![[r#"
            prepare document.application: 60 2000 0 by Applicant
            prepare document.identity-papers: 60 5000 0 by Applicant
            prepare document.premises-paper: 30 3000 0 by Applicant
            prepare document.lease: 60 ? 0 by Applicant; ambiguous certified-copy/page pages
            prepare document.consent: ? ? 0 by Applicant; unknown-case applicant
            prepare document.sketch: ? ? 0 by Applicant; not-stated
            prepare : ? ? 0 by Applicant; not-found drawing-set; not-found drawing-set
            submit transition.file: 90 20000 0 by Applicant
            pay fee.registration: 5 0 100000 by Applicant
            pay fee.copies: ? ? ? by Applicant; unknown-base household-business/copy
            other report.yearly: ? 0 0 by Applicant; not-found report
            other : ? ? 0 by Applicant; no-norm no-such-item
            receive result.certificate: 75 20000 0 by Applicant
            None
        "#]],
    );
}

#[test]
fn an_activity_stands_in_place_of_usual_work_and_costs_of_the_office_stand_apart() {
    check(
        r#"
        [activity.fetch]
        for = "document.identity-papers"
        item = "copy/online"
        borne-by = "one-stop"
        times = 2

        [activity.pay-by-card]
        for = "fee.registration"
        item = "receive/online"

        [activity.never]
        item = "submit"
        when = "channel == online"
        "#,
        expect![[r#"
            prepare document.application: 60 2000 0 by Applicant
            prepare document.premises-paper: 30 3000 0 by Applicant
            prepare document.identity-papers: 30 0 0 by One-stop unit
            submit transition.file: 90 20000 0 by Applicant
            pay fee.registration: 0 0 100000 by Applicant
            receive result.certificate: 75 20000 0 by Applicant
            receive fee.registration: 5 0 0 by Applicant
            Some(354075)
        "#]],
    );
}

#[test]
fn without_a_tariff_no_charge_is_known() {
    let norms = norms("vietnam-2023");
    expect![[r#"
        prepare document.application: 60 2000 0 by Applicant
        prepare document.identity-papers: 60 ? 0 by Applicant; no-tariff certified-copy/page
        prepare document.premises-paper: 30 3000 0 by Applicant
        submit transition.file: 90 20000 0 by Applicant
        pay fee.registration: ? ? ? by Applicant; no-tariff household-business/registration
        receive result.certificate: 75 20000 0 by Applicant
        None
    "#]]
    .assert_eq(&shown(&before(""), &Setting::new(&norms, day())));
}

#[test]
fn another_channel_and_more_facts_make_another_case() {
    let (norms, tariff) = (norms("vietnam-2023"), tariff());
    let late = "2023-08-01".parse().unwrap();
    let case = [(Id::try_new("applicant").unwrap(), Value::Choice(Id::literal("organisation")))];
    let setting =
        Setting::new(&norms, late).with_tariff(&tariff).by(Channel::Online).knowing(&case);
    let procedure = before(
        r#"
        [document.consent]
        name = "Văn bản đồng ý"
        originals = 1
        when = "applicant == organisation"
        "#,
    );
    // From July 2023 on nothing is paid online, so that there is nothing to pay.
    expect![[r#"
        prepare document.application: 30 0 0 by Applicant
        prepare document.identity-papers: 60 5000 0 by Applicant
        prepare document.premises-paper: 15 0 0 by Applicant
        prepare document.consent: 15 0 0 by Applicant
        submit transition.file: 15 0 0 by Applicant
        receive result.certificate: 5 0 0 by Applicant
        Some(117579)
    "#]]
    .assert_eq(&shown(&procedure, &setting));
}

#[test]
fn the_standard_cost_model_adds_overhead_and_leaves_fees_out() {
    let (model, tariff) = (norms("standard-cost-model-2023"), tariff());
    let setting = Setting::new(&model, day()).with_tariff(&tariff);
    let procedure = before("[activity.drawings]\nitem = \"drawing-set\"\n");
    let account = account(&Design::of(&procedure), &setting).unwrap();
    let cost = account.applicant();
    // 320 minutes × 48,248 × 5/4 / 60 = 321,653.33; drawings would be made anyway.
    assert_eq!(cost.time(), dong(321_653));
    assert_eq!(cost.fees(), dong(0));
    assert_eq!(cost.with_fees(), dong(371_653));
    assert_eq!(cost.minutes(), Some(320));
}

#[test]
fn half_a_dong_of_time_rounds_up_once() {
    let norms = norms("vietnam-2023");
    assert_eq!(norms.time_cost(0).unwrap(), Dong::ZERO);
    // 48,248 × 15 / 60 is 12,062 exactly; 20,103.33 and 40,206.67 are cut to the nearest.
    assert_eq!(norms.time_cost(15).unwrap(), Dong::new(12_062));
    assert_eq!(norms.time_cost(25).unwrap(), Dong::new(20_103));
    assert_eq!(norms.time_cost(50).unwrap(), Dong::new(40_207));
    assert!(norms.time_cost(u64::MAX).unwrap_err().is_overflow());
}

#[test]
fn fractions_are_kept_in_lowest_terms() {
    assert_eq!(Fraction::new(3, 15).unwrap().to_string(), "1/5");
    assert_eq!(Fraction::new(-1, 3).unwrap().decimals(2), "-0.33");
    assert_eq!(Fraction::new(1, 2).unwrap().decimals(0), "1");
    assert_eq!(Fraction::new(0, 7).unwrap().percent(1), "0.0 %");
    assert!(Fraction::new(1, 0).is_none() && Fraction::new(1, -2).is_none());
    assert!(Fraction::new(1_999, 10_000) < Fraction::new(1, 5));
}

#[test]
fn amounts_beyond_the_range_are_errors() {
    let adoption = Adoption::new(Dong::new(i64::MAX), Dong::ZERO, "1/3".parse().unwrap());
    assert!(adoption.of_cases(u64::MAX).unwrap_err().is_overflow());
    let procedure = load_version(&redesign("before").replace("12000", "4294967295"), "before");
    let (mut norms, tariff) = (norms("vietnam-2023"), tariff());
    norms.income.yearly = Dong::new(i64::MAX);
    let setting = Setting::new(&norms, day()).with_tariff(&tariff);
    assert!(account(&Design::of(&procedure), &setting).unwrap_err().is_overflow());
}

const ITEMS: [&str; 6] = ["form", "copy/online", "submit", "submit/online", "pay", "receive"];

fn written(activities: &[(usize, usize, u16, bool)]) -> String {
    let table = |(name, item, times, by_office): &(usize, usize, u16, bool)| {
        let bearer = if *by_office { "borne-by = \"specialist\"\n" } else { "" };
        format!("[activity.own-{name}]\nitem = \"{}\"\ntimes = {times}\n{bearer}\n", ITEMS[*item])
    };
    activities.iter().map(table).collect()
}

fn costs(norms: &Norms, tariff: &Tariff, more: &str) -> (Cost, Vec<(u64, i64, i64, bool)>) {
    let procedure = before(more);
    let setting = Setting::new(norms, day()).with_tariff(tariff);
    let account = account(&Design::of(&procedure), &setting).unwrap();
    let lines = account.lines().iter().map(|it| {
        let own = it.bearer() == Bearer::Applicant;
        (it.minutes().unwrap(), it.direct().unwrap().get(), it.fee().unwrap().get(), own)
    });
    (*account.applicant(), lines.collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn lines_add_up_move_and_need_no_order(
        drawn in prop::collection::vec((0..ITEMS.len(), 0_u16..5, any::<bool>()), 1..6),
        which in any::<prop::sample::Index>(),
    ) {
        let (norms, tariff) = (norms("vietnam-2023"), tariff());
        let mut activities: Vec<_> =
            drawn.iter().enumerate().map(|(at, it)| (at, it.0, it.1, it.2)).collect();
        let (cost, lines) = costs(&norms, &tariff, &written(&activities));
        let own = || lines.iter().filter(|it| it.3);
        prop_assert_eq!(cost.minutes(), Some(own().map(|it| it.0).sum()));
        prop_assert_eq!(cost.direct(), dong(own().map(|it| it.1).sum()));
        prop_assert_eq!(cost.fees(), dong(own().map(|it| it.2).sum()));
        let time = norms.time_cost(cost.minutes().unwrap()).unwrap();
        prop_assert_eq!(cost.time(), Some(time));
        let direct = cost.direct().unwrap();
        prop_assert_eq!(cost.without_fees(), Some(time.plus(direct).unwrap()));

        activities.reverse();
        prop_assert_eq!(costs(&norms, &tariff, &written(&activities)).0, cost);

        let at = which.index(activities.len());
        let (_, item, times, by_office) = activities[at];
        activities[at].3 = !by_office;
        let moved = costs(&norms, &tariff, &written(&activities)).0;
        let (_, item) = norms.find(ITEMS[item]).unwrap();
        let minutes = u64::from(*item.minutes().known().unwrap()) * u64::from(times);
        let (more, less) = if by_office { (moved, cost) } else { (cost, moved) };
        prop_assert_eq!(more.minutes().unwrap() - less.minutes().unwrap(), minutes);
        prop_assert_eq!(more.fees(), less.fees());
    }
}
