use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use expect_test::{Expect, expect};

use super::*;
use crate::definition::Channel;
use crate::diagnostic::{Severity, any_error};
use crate::id::Id;
use crate::source::Sources;

/// The tariffs of `procedures/`, which must hold no error.
fn shipped() -> Vec<Tariff> {
    let mut sources = Sources::new();
    sources.add("vietnam.toml", include_str!("../../procedures/tariffs/vietnam.toml"));
    sources.add("hanoi.toml", include_str!("../../procedures/tariffs/hanoi.toml"));
    let (tariffs, found) = load(&sources);
    assert!(!any_error(&found), "{}", show(&sources, &found));
    tariffs
}

fn show(sources: &Sources, found: &[crate::diagnostic::Diagnostic]) -> String {
    let lines: Vec<String> = found
        .iter()
        .filter(|it| it.severity() == Severity::Error)
        .map(|it| {
            let file = sources.file(it.span().file()).unwrap();
            let (line, column) = file.line_column(it.span().range().start);
            let help = it.advice().map(|it| format!(" ({it})")).unwrap_or_default();
            format!("{}:{line}:{column} {}: {}{help}", file.name(), it.code(), it.message())
        })
        .collect();
    lines.join("\n")
}

#[test]
fn shipped_tariffs_are_sound_and_print_as_themselves() {
    let tariffs = shipped();
    assert_eq!(tariffs.len(), 2);
}

#[test]
fn shipped_texts_are_in_canonical_form() {
    for (name, canonical) in [
        ("vietnam.toml", expect_test::expect_file!["../../procedures/tariffs/vietnam.toml"]),
        ("hanoi.toml", expect_test::expect_file!["../../procedures/tariffs/hanoi.toml"]),
    ] {
        let mut sources = Sources::new();
        let file = sources.add(name, canonical.data());
        canonical.assert_eq(&format_text(&sources, file).unwrap());
    }
}

#[test]
fn what_a_tariff_extends_changes_its_fingerprint() {
    let tariffs = shipped();
    let [vietnam, hanoi] = tariffs.as_slice() else { panic!("two tariffs are shipped") };
    assert_eq!((vietnam.id().as_str(), hanoi.id().as_str()), ("vietnam", "hanoi"));
    assert_ne!(vietnam.fingerprint(), hanoi.fingerprint());
    assert!(vietnam.items().count() < hanoi.items().count());
    assert!(hanoi.find(&Id::parse("passport/new").unwrap()).is_ok());
}

/// Assesses one item of Hanoi and tells the account.
#[track_caller]
fn check(item: &str, on: &str, channel: Channel, answers: &[&str], expected: Expect) {
    let tariffs = shipped();
    let tariff = tariffs.last().unwrap();
    let mut known = std::vec![None; tariff.facts().len()];
    for answer in answers {
        let (place, value) = tariff.facts().parse(answer).unwrap();
        known[place.index()] = Some(value);
    }
    let items = [tariff.find(&Id::parse(item).unwrap()).unwrap()];
    let request = Request::new(&items, on.parse().unwrap(), channel);
    let assessment = assess(tariff, &request, |it| known[it.index()]).unwrap();
    let line = &assessment.lines()[0];
    let said = |it: Option<crate::money::Dong>| it.map_or("?".into(), |it| it.to_string());
    let mut text = format!(
        "{} = {} + {} of {} by {} under {}\n",
        said(line.accrued()),
        said(line.payer()),
        said(line.subsidy()),
        said(line.base()),
        line.rule().map_or("schedule".into(), |(id, _)| id.to_string()),
        line.ground(crate::text::Lang::En).unwrap_or_default(),
    );
    for passed in line.not_applied() {
        text += &format!("not {}: {}\n", passed.rule(), passed.reason());
    }
    expected.assert_eq(&text);
}

#[test]
fn the_account_says_what_did_not_apply() {
    use Channel::{Counter, Online};
    check(
        "construction-permit/house",
        "2024-02-20",
        Counter,
        &[],
        expect![[r#"
            75.000 = 75.000 + 0 of 75.000 by schedule under 06/2020/NQ-HĐND, art. A.2.b
            not construction-groups: not-proved
            not online-2023: other-channel
        "#]],
    );
    check(
        "construction-permit/house",
        "2024-02-20",
        Online,
        &["applicant=elderly"],
        expect![[r#"
            0 = 0 + 0 of 75.000 by construction-groups under 06/2020/NQ-HĐND
            not online-2023: nothing-due
        "#]],
    );
    check(
        "passport/new",
        "2025-08-01",
        Online,
        &[],
        expect![[r#"
            100.000 = 100.000 + 0 of 200.000 by passport-2025 under 64/2025/TT-BTC
            not passport-online: superseded
        "#]],
    );
    check(
        "criminal-record/certificate",
        "2025-06-02",
        Online,
        &["applicant=student"],
        expect![[r#"
            80.000 = 80.000 + 0 of 200.000 by criminal-record-online-reduced under 16/2025/TT-BTC, art. 4.2.a
            not criminal-record-groups-2025: not-met
            not criminal-record-online: not-lower
        "#]],
    );
    check(
        "civil-status/extract-copy",
        "2026-03-02",
        Online,
        &[],
        expect![[r#"
            8.000 = 0 + 8.000 of 8.000 by online-support-2026 under 281/2016/TT-BTC; 77/2025/NQ-HĐND
        "#]],
    );
    check(
        "residence/permanent",
        "2024-06-03",
        Online,
        &["applicant=individual"],
        expect![[r#"
            10.000 = 10.000 + 0 of 20.000 by schedule under 75/2022/TT-BTC
            not residence-groups: not-met
        "#]],
    );
    check(
        "household-business/copy",
        "2026-03-02",
        Online,
        &[],
        expect![[r#"
            ? = 0 + 0 of ? by online-2026 under 77/2025/NQ-HĐND
        "#]],
    );
}

#[cfg(feature = "serde")]
#[test]
fn an_assessment_is_data() {
    let tariffs = shipped();
    let tariff = tariffs.last().unwrap();
    let items = ["land/change", "construction-permit/house"]
        .map(|it| tariff.find(&Id::parse(it).unwrap()).unwrap());
    let request = Request::new(&items, "2024-06-03".parse().unwrap(), Channel::Counter);
    let assessment = assess(tariff, &request, |_| None).unwrap();
    expect![[r#"
        {
          "status": "unknown",
          "why": "ambiguous",
          "payer": null,
          "subsidy": null,
          "accrued": null,
          "lines": [
            {
              "item": "land/change",
              "component": "fee",
              "authority": "provincial-council",
              "base": null,
              "payer": null,
              "subsidy": null,
              "why": "ambiguous",
              "waits-for": [
                "applicant",
                "area"
              ],
              "ground": null,
              "not-applied": [
                {
                  "rule": "online-2023",
                  "why": "other-channel"
                }
              ]
            },
            {
              "item": "construction-permit/house",
              "component": "fee",
              "authority": "provincial-council",
              "base": 75000,
              "payer": 75000,
              "subsidy": 0,
              "why": null,
              "waits-for": [],
              "ground": "06/2020/NQ-HĐND, Điều A.2.b",
              "not-applied": [
                {
                  "rule": "construction-groups",
                  "why": "not-proved"
                },
                {
                  "rule": "online-2023",
                  "why": "other-channel"
                }
              ]
            }
          ]
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(&assessment).unwrap());
}

const HEAD: &str = "format = 1\n[tariff]\nid = 'a'\nname = 'A'\n[law.l]\ninstrument = '1/2020'\n[fact.big]\ntype = 'boolean'\n[fact.n]\ntype = 'integer'\nrange = [1, 9]\n[fact.who]\ntype = 'choice'\nvalues = ['x', 'y']\n";

/// Loads one item with these amounts, and what stands after it.
#[track_caller]
fn refuse(amounts: &str, rest: &str, expected: Expect) {
    let text = format!(
        "{HEAD}[item.f]\nname = 'F'\nmanaged-by = 'public-security'\ncomponent.fee = {{ authority = 'ministry-finance', kind = 'fee', amount = [{amounts}] }}\n{rest}"
    );
    let mut sources = Sources::new();
    sources.add("a", text);
    let (tariffs, found) = load(&sources);
    assert_eq!(tariffs.is_empty(), any_error(&found));
    expected.assert_eq(&show(&sources, &found));
}

const ONE: &str = "{ amount = 1, effective = { from = 2020-01-01 }, law = 'l' }";

#[test]
fn amounts_that_contradict_one_another_are_reported() {
    let days = "effective = { from = 2020-01-01 }, law = 'l'";
    refuse(ONE, "", expect![]);
    refuse(
        &format!("{ONE}, {{ amount = 2, {days} }}"),
        "",
        expect![
            "a:18:137 overlapping-amounts: two amounts hold on the same days for every case (give each a `when` that excludes the other, or end one)"
        ],
    );
    refuse(
        &format!(
            "{{ when = 'who == x', amount = 1, {days} }}, {{ when = 'not big', amount = 2, {days} }}"
        ),
        "",
        expect![
            "a:18:156 overlapping-amounts: two amounts hold on the same days for big = false, who = x (give each a `when` that excludes the other, or end one)"
        ],
    );
    refuse(
        &format!(
            "{{ when = 'n < 3', amount = 1, {days} }}, {{ when = 'n >= 3', amount = 2, {days} }}"
        ),
        "",
        expect![],
    );
    refuse(
        "{ amount = 1, effective = { from = 2020-01-01, until = 2021-01-01 }, law = 'l' }, { amount = 2, effective = { from = 2021-01-01 }, law = 'l' }",
        "",
        expect![],
    );
    refuse(
        &format!("{{ amount = -1, {days} }}"),
        "",
        expect!["a:18:86 bad-value: `-1` is not an amount in whole đồng, zero or more"],
    );
    refuse(
        &format!("{{ {days} }}"),
        "",
        expect!["a:18:75 bad-amount: either `amount`, or `per` with `tiers`, says what it costs"],
    );
    refuse(
        &format!("{{ amount = 1, covers = 2, {days} }}"),
        "",
        expect!["a:18:75 bad-amount: `covers` and `beyond` go together"],
    );
    refuse(
        &format!("{{ amount = 1, cap = 2, {days} }}"),
        "",
        expect!["a:18:95 bad-amount: only tiers have a cap"],
    );
    refuse(
        &format!("{{ per = 'n', tiers = [{{ each = 5 }}], cap = 3, {days} }}"),
        "",
        expect![
            "a:18:118 cap-below-base: the cap is below the 5 of the first unit (raise the cap, or lower the price of the first unit)"
        ],
    );
    refuse(
        &format!("{{ per = 'big', tiers = [{{ each = 5 }}], {days} }}"),
        "",
        expect![
            "a:18:83 bad-amount: `big` is not a declared count (declare it as an `integer` whose range begins at 0 or more)"
        ],
    );
    refuse(
        &format!(
            "{{ per = 'n', tiers = [{{ up-to = 3, each = 5 }}, {{ up-to = 2, each = 4 }}], {days} }}"
        ),
        "",
        expect![[r#"
            a:18:75 bad-amount: the last tier ends, so that further units have no price (leave `up-to` out of the last one)
            a:18:122 bad-amount: the tier ends no later than the one before it"#]],
    );
    refuse(
        "{ amount = 1, effective = { from = 2020-01-01, until = 2020-01-01 }, law = 'l' }",
        "",
        expect![
            "a:18:101 empty-interval: the interval holds no day (`until` is the day after the last and must come after `from`)"
        ],
    );
    refuse(
        "{ amount = 1, effective = { from = 2020-01-01 }, law = 'k' }",
        "",
        expect!["a:18:130 undeclared-law: law `k` is not declared (did you mean `l`?)"],
    );
    refuse(
        "",
        "",
        expect![[
            r#"a:18:11 empty-item: component `fee` has no amount (an amount that nobody found is `{ unknown = "why" }`)"#
        ]],
    );
}

#[test]
fn rules_without_sense_are_reported() {
    let days = "effective = { from = 2020-01-01 }\nlaw = 'l'\nname = 'R'\n";
    let rule = |table: &str, keys: &str| format!("[{table}.r]\n{days}{keys}");
    refuse(ONE, &rule("zero", "items = ['f']"), expect![]);
    refuse(
        ONE,
        &rule("zero", "items = ['g']"),
        expect!["a:23:10 unknown-item: no item is `g` or stands under `g/` (did you mean `f`?)"],
    );
    refuse(
        ONE,
        &rule("zero", ""),
        expect![
            "a:19:1 bad-rule: the rule does not say to which fees it applies (name `items`, an `authority` or `managed-by`)"
        ],
    );
    refuse(
        ONE,
        &rule("zero", "items = ['f']\namount = 3"),
        expect!["a:24:10 bad-rule: a rule under `zero` states no amount"],
    );
    refuse(
        ONE,
        &rule("temporary", "items = ['f']"),
        expect!["a:19:1 bad-rule: a rule under `temporary` states one `amount` or one `ratio`"],
    );
    refuse(
        ONE,
        &rule("temporary", "items = ['f']\namount = -3"),
        expect!["a:24:10 bad-value: `-3` is not an amount in whole đồng, zero or more"],
    );
    refuse(
        ONE,
        &rule("temporary", "items = ['f']\nratio = '3/2'"),
        expect!["a:24:9 bad-rule: `3/2` is more than the whole"],
    );
    refuse(
        ONE,
        &rule("temporary", "items = ['f']\nratio = '1/2'\nsupersedes = ['q']"),
        expect![
            "a:25:15 undeclared-rule: no rule `q` stands under `temporary` (did you mean `r`?)"
        ],
    );
    refuse(
        ONE,
        &rule("exemption", "items = ['f']\nwhen = 'whom == x'"),
        expect![[r#"
        a:19:1 bad-rule: exactly the rules under `exemption` state their `basis`
        a:24:9 undeclared-fact: fact `whom` is not declared (did you mean `who`?)"#]],
    );
    refuse(
        ONE,
        &(rule("zero", "items = ['f']\n") + &rule("doubt", "items = ['f']")),
        expect![
            "a:19:7 duplicate-name: rule `r` is declared twice (names hold in the whole chain of tariffs; rename one)"
        ],
    );
}

#[test]
fn tariffs_that_extend_nothing_or_themselves_are_reported() {
    let head = |id: &str, extends: &str| {
        format!("format = 1\n[tariff]\nid = '{id}'\nname = 'A'\nextends = '{extends}'\n")
    };
    let mut sources = Sources::new();
    sources.add("a", head("town", "city"));
    sources.add("b", head("east", "west"));
    sources.add("c", head("west", "east"));
    sources.add("d", "format = 2\n[tariff]\nid = 'north'\nname = 'N'\n");
    sources.add("e", "format = 1\n[tariff]\nid = 'south'\nname = 'S'\n");
    sources.add("f", "[calendar]\nid = 'south'\n");
    let (tariffs, found) = load(&sources);
    let names: Vec<String> = tariffs.iter().map(|it| it.id().to_string()).collect();
    assert_eq!(names, ["south"]);
    expect![[r#"
        a:5:11 undeclared-tariff: tariff `city` is not among the texts (load its text together with this one)
        c:5:11 cyclic-inheritance: tariff `east` extends itself in the end (leave one `extends` out)
        d:1:10 unknown-format: format 2 is not known (this version reads format 1)"#]]
    .assert_eq(&show(&sources, &found));
}

/// Assesses `quantity` of item `f` with these amounts and rules, filed online unless told otherwise.
#[track_caller]
fn bill(amounts: &str, rest: &str, quantity: i64, channel: Channel) -> Result<String, String> {
    let text = format!(
        "{HEAD}[item.f]\nname = 'F'\nmanaged-by = 'public-security'\ncomponent.fee = {{ authority = 'ministry-finance', kind = 'fee', amount = [{amounts}] }}\n{rest}"
    );
    let mut sources = Sources::new();
    sources.add("a", text);
    let (tariffs, found) = load(&sources);
    let tariff = tariffs.first().ok_or_else(|| show(&sources, &found))?;
    let items = [tariff.find(&Id::parse("f").unwrap()).unwrap()];
    let request = Request::new(&items, "2024-06-03".parse().unwrap(), channel).times(quantity);
    let assessment = assess(tariff, &request, |_| None).map_err(|it| it.to_string())?;
    let said = |it: Option<crate::money::Dong>| it.map_or("?".into(), |it| it.to_string());
    let (bill, line) = (assessment.bill(), &assessment.lines()[0]);
    let rule = line.rule().map_or("schedule".into(), |(id, _)| id.to_string());
    let passed: Vec<String> = line
        .not_applied()
        .iter()
        .map(|it| format!(", not {}: {}", it.rule(), it.reason()))
        .collect();
    let (accrued, payer, subsidy) =
        (said(bill.accrued()), said(bill.payer()), said(bill.subsidy()));
    Ok(format!("{accrued} = {payer} + {subsidy} by {rule}{}", passed.concat()))
}

const DAYS: &str = "effective = { from = 2020-01-01 }, law = 'l'";

fn rule(table: &str, id: &str, keys: &str) -> String {
    format!("[{table}]\n{id} = {{ name = 'R', items = ['f'], {keys}, {DAYS} }}\n")
}

#[test]
fn each_channel_has_its_column() {
    let row = format!("{{ amount = 1000, online = 600, postal = 700, {DAYS} }}");
    let of = |channel| bill(&row, "", 2, channel).unwrap();
    assert_eq!(of(Channel::Counter), "2.000 = 2.000 + 0 by schedule");
    assert_eq!(of(Channel::Postal), "1.400 = 1.400 + 0 by schedule");
    assert_eq!(of(Channel::Online), "1.200 = 1.200 + 0 by schedule");
}

#[test]
fn of_temporary_instruments_one_applies() {
    let row = format!("{{ amount = 1000, online = 600, {DAYS} }}");
    let of = |rules: &str| bill(&row, rules, 1, Channel::Online).unwrap();
    let two = "[temporary]\na = { name = 'A', items = ['f'], ratio = '90%', effective = { from = 2020-01-01 }, law = 'l' }\n";
    expect!["600 = 600 + 0 by schedule, not a: not-lower"].assert_eq(&of(two));
    let three = format!("{two}b = {{ name = 'B', items = ['f'], amount = 500, {DAYS} }}\n");
    expect!["500 = 500 + 0 by b, not a: not-lower"].assert_eq(&of(&three));
    let later = format!(
        "{two}b = {{ name = 'B', items = ['f'], ratio = '55%', supersedes = ['a'], {DAYS} }}\nc = {{ name = 'C', items = ['f'], amount = 540, {DAYS} }}\n"
    );
    expect!["540 = 540 + 0 by c, not a: superseded, not b: not-lower"].assert_eq(&of(&later));
    let tie = rule("temporary", "a", "amount = 600");
    expect!["600 = 600 + 0 by schedule, not a: not-lower"].assert_eq(&of(&tie));
    let elsewhere = rule("temporary", "a", "amount = 1, channels = ['postal']");
    expect!["600 = 600 + 0 by schedule, not a: other-channel"].assert_eq(&of(&elsewhere));
}

#[test]
fn subsidies_are_shares_with_ceilings() {
    let row = format!("{{ amount = 1001, {DAYS} }}");
    let of = |keys: &str, quantity| {
        bill(&row, &rule("subsidy", "s", keys), quantity, Channel::Online).unwrap()
    };
    expect!["3.003 = 1.501 + 1.502 by s"].assert_eq(&of("ratio = '1/2'", 3));
    expect!["3.003 = 1.803 + 1.200 by s"].assert_eq(&of("amount = 400", 3));
    expect!["3.003 = 2.973 + 30 by s"].assert_eq(&of("ratio = '1/2', amount = 10", 3));
    expect!["3.003 = 0 + 3.003 by s"].assert_eq(&of("ratio = '100%'", 3));
    let unknown = format!("{{ amount = {{ unknown = 'lost' }}, {DAYS} }}");
    let of = |keys: &str| bill(&unknown, &rule("subsidy", "s", keys), 3, Channel::Online).unwrap();
    expect!["? = 0 + ? by s"].assert_eq(&of("ratio = '100%'"));
    expect!["? = ? + ? by schedule, not s: no-base"].assert_eq(&of("amount = 400"));
}

#[test]
fn a_free_item_needs_neither_zero_nor_subsidy() {
    let row = format!("{{ amount = 0, {DAYS} }}");
    let rules = rule("zero", "z", "channels = ['online']") + &rule("subsidy", "s", "ratio = '1/1'");
    expect!["0 = 0 + 0 by schedule, not z: nothing-due, not s: nothing-due"]
        .assert_eq(&bill(&row, &rules, 1, Channel::Online).unwrap());
    let doubtful = rule("doubt", "d", "channels = ['online']");
    expect!["0 = 0 + 0 by schedule"].assert_eq(&bill(&row, &doubtful, 1, Channel::Online).unwrap());
}

#[test]
fn amounts_beyond_the_range_are_errors() {
    let row = format!("{{ amount = {}, {DAYS} }}", i64::MAX);
    assert!(bill(&row, "", 1, Channel::Online).is_ok());
    assert!(bill(&row, "", 2, Channel::Online).unwrap_err().contains("range"));
    let tiers = format!("{{ per = 'n', tiers = [{{ each = {} }}], {DAYS} }}", i64::MAX);
    expect!["? = ? + ? by schedule"].assert_eq(&bill(&tiers, "", 1, Channel::Online).unwrap());
}
