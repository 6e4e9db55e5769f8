//! Fees of the shipped tariffs against a corpus of cases that cite their source.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test says what is wrong by panicking"
)]

use chrono::NaiveDate;
use hoso::fee::{self, ItemIdx, Request, Tariff};
use hoso::id::Id;
use hoso::source::Sources;
use hoso::text::Lang;
use proptest::prelude::*;
use toml::de::{DeTable, DeValue};

fn hanoi() -> Tariff {
    let mut sources = Sources::new();
    sources.add("hanoi.toml", include_str!("../procedures/tariffs/hanoi.toml"));
    sources.add("vietnam.toml", include_str!("../procedures/tariffs/vietnam.toml"));
    let (tariffs, _) = fee::load(&sources);
    let hanoi = tariffs.into_iter().find(|it| it.id() == "hanoi");
    hanoi.expect("the shipped tariffs hold no error")
}

/// One `[[case]]` of the corpus.
struct Case<'t>(&'t DeTable<'t>);

impl<'t> Case<'t> {
    fn value(&self, key: &str) -> Option<&'t DeValue<'t>> {
        self.0.get(key).map(|it| it.get_ref())
    }

    fn text(&self, key: &str) -> Option<&'t str> {
        self.value(key)?.as_str()
    }

    fn number(&self, key: &str) -> Option<i64> {
        self.value(key)?.as_integer()?.as_str().parse().ok()
    }

    fn texts(&self, key: &str) -> Vec<&'t str> {
        let list = self.value(key).and_then(|it| it.as_array());
        list.into_iter().flatten().filter_map(|it| it.get_ref().as_str()).collect()
    }

    /// Says what differs from the expectation, or nothing.
    fn check(&self, tariff: &Tariff) -> Vec<String> {
        let item = tariff.find(&Id::parse(self.text("item").unwrap()).unwrap()).unwrap();
        let on = self.value("on").unwrap().as_datetime().unwrap().date.unwrap();
        let on = NaiveDate::from_ymd_opt(on.year.into(), on.month.into(), on.day.into()).unwrap();
        let channel = self.text("channel").unwrap().parse().unwrap();
        let items = [item];
        let request = Request::new(&items, on, channel).times(self.number("quantity").unwrap_or(1));
        let mut known = vec![None; tariff.facts().len()];
        for answer in self.texts("facts") {
            let (place, value) = tariff.facts().parse(answer).unwrap();
            known[place.index()] = Some(value);
        }
        let assessment = fee::assess(tariff, &request, |it| known[it.index()]).unwrap();
        let bill = assessment.bill();
        assert_eq!(fee::price(tariff, &request, |it| known[it.index()]).unwrap(), *bill);
        let line = &assessment.lines()[0];
        let mut wrong = Vec::new();
        let mut differ = |what: &str, expected: String, found: String| {
            if expected != found {
                wrong.push(format!("{what}: expected {expected}, found {found}"));
            }
        };
        differ("payer", said(self.number("payer")), said(bill.payer().map(|it| it.get())));
        differ("why", said(self.text("why")), said(bill.why().map(|it| it.as_str())));
        for (key, found) in [("subsidy", bill.subsidy()), ("accrued", bill.accrued())] {
            if let Some(expected) = self.number(key) {
                differ(key, said(Some(expected)), said(found.map(|it| it.get())));
            }
        }
        if let Some(rule) = self.text("rule") {
            differ("rule", rule.into(), said(line.rule().map(|(id, _)| id)));
        }
        if let Some(law) = self.text("law") {
            let last = line.grounds().last().map(|it| it.citation().instrument());
            differ("law", law.into(), said(last));
        }
        let waits: Vec<&str> = line.waits_for().iter().map(Id::as_str).collect();
        differ("waits-for", self.texts("waits-for").join(", "), waits.join(", "));
        wrong
    }
}

fn said(value: Option<impl ToString>) -> String {
    value.map_or("nothing".into(), |it| it.to_string())
}

#[test]
fn every_case_of_the_corpus_comes_out() {
    let corpus = DeTable::parse(include_str!("corpus/fees.toml")).unwrap();
    let cases = corpus.get_ref().get("case").unwrap().get_ref().as_array().unwrap();
    assert!(cases.len() > 90);
    let tariff = hanoi();
    let mut wrong = Vec::new();
    for case in cases {
        let case = Case(case.get_ref().as_table().unwrap());
        let name = case.text("name").unwrap();
        wrong.extend(case.check(&tariff).into_iter().map(|it| format!("{name}: {it}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Any item, day, channel and set of answers.
fn anything() -> impl Strategy<Value = (usize, i32, usize, i64, Vec<Option<u8>>)> {
    let answers = proptest::collection::vec(proptest::option::of(any::<u8>()), 6);
    (0..200_usize, 0..3_700_i32, 0..3_usize, 1..50_i64, answers)
}

fn filed(tariff: &Tariff, item: usize, day: i32) -> ([ItemIdx; 1], NaiveDate) {
    let items: Vec<ItemIdx> = tariff.items().map(|(place, _)| place).collect();
    let on = NaiveDate::from_num_days_from_ce_opt(737_000 + day).unwrap();
    ([items[item % items.len()]], on)
}

/// Picks a value of each fact's domain.
fn case(tariff: &Tariff, answers: &[Option<u8>]) -> Vec<Option<hoso::definition::fact::Value>> {
    use hoso::definition::fact::{Domain, Value};
    let answers = answers.iter().copied().chain(core::iter::repeat(None));
    let pairs = tariff.facts().iter().zip(answers);
    pairs
        .map(|((_, fact), answer)| match (fact.domain(), answer?) {
            (Domain::Boolean, it) => Some(Value::Boolean(it % 2 == 0)),
            (Domain::Integer { min, .. }, it) => Some(Value::Integer(min + i64::from(it))),
            (Domain::Choice(words), it) => {
                Some(Value::Choice(words[usize::from(it) % words.len()]))
            }
            (Domain::Date, _) => None,
        })
        .collect()
}

proptest! {
    #[test]
    fn amounts_are_never_negative_and_add_up((item, day, channel, quantity, answers) in anything()) {
        let tariff = hanoi();
        let (items, on) = filed(&tariff, item, day);
        let known = case(&tariff, &answers);
        let channel = hoso::definition::Channel::ALL[channel];
        let request = Request::new(&items, on, channel).times(quantity);
        let assessment = fee::assess(&tariff, &request, |it| known[it.index()]).unwrap();
        let bill = *assessment.bill();
        prop_assert_eq!(fee::price(&tariff, &request, |it| known[it.index()]).unwrap(), bill);
        prop_assert_eq!(bill.payer().is_none(), bill.why().is_some());
        for amount in [bill.payer(), bill.subsidy(), bill.accrued()].into_iter().flatten() {
            prop_assert!(amount.get() >= 0);
        }
        if let (Some(payer), Some(subsidy), Some(accrued)) = (bill.payer(), bill.subsidy(), bill.accrued()) {
            prop_assert_eq!(payer.plus(subsidy).unwrap(), accrued);
        }
        for line in assessment.lines() {
            prop_assert!(bill.payer().is_none() || line.ground(Lang::Vi).is_some(), "{:?}", line.item().id());
        }
        // Twice the quantity is twice the amount, where further units cost the same.
        let extras = line_is(&tariff, items[0], "criminal-record/certificate");
        if let (Some(payer), false) = (bill.payer(), extras) {
            let twice = fee::price(&tariff, &request.times(2 * quantity), |it| known[it.index()]).unwrap();
            prop_assert_eq!(twice.payer().unwrap().get(), 2 * payer.get());
        }
    }

    #[test]
    fn knowing_more_never_settles_a_known_amount_higher((item, day, channel, quantity, answers) in anything()) {
        // An exemption that is not proved is not applied; proving it can only help.
        let tariff = hanoi();
        let (items, on) = filed(&tariff, item, day);
        let known = case(&tariff, &answers);
        let channel = hoso::definition::Channel::ALL[channel];
        let request = Request::new(&items, on, channel).times(quantity);
        let blind = fee::price(&tariff, &request, |_| None).unwrap();
        let seeing = fee::price(&tariff, &request, |it| known[it.index()]).unwrap();
        if let (Some(blind), Some(seeing)) = (blind.payer(), seeing.payer()) {
            prop_assert!(seeing <= blind);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_damaged_text_is_reported_and_never_half_loaded(
        at in 24..20_000_usize,
        len in 0..40_usize,
        noise in "[\\[\\]{}=\"', a-z0-9\n.-]{0,12}",
    ) {
        let text = include_str!("../procedures/tariffs/hanoi.toml");
        let before = text.chars().take(at);
        let damaged: String = before.chain(noise.chars()).chain(text.chars().skip(at + len)).collect();
        let mut sources = Sources::new();
        sources.add("vietnam.toml", include_str!("../procedures/tariffs/vietnam.toml"));
        let file = sources.add("hanoi.toml", damaged);
        let (tariffs, found) = fee::load(&sources);
        let broken = found.iter().any(|it| it.severity() == hoso::diagnostic::Severity::Error);
        prop_assert!(tariffs.len() == 2 || broken);
        prop_assert!(!broken || tariffs.len() == 1);
        if let Ok(printed) = fee::format_text(&sources, file) {
            let mut again = Sources::new();
            let file = again.add("hanoi.toml", printed.clone());
            prop_assert_eq!(fee::format_text(&again, file).unwrap(), printed);
        }
    }
}

fn line_is(tariff: &Tariff, place: ItemIdx, name: &str) -> bool {
    tariff.item(place).is_some_and(|it| it.id() == *name)
}

#[test]
fn quantities_at_the_ends_are_refused() {
    let tariff = hanoi();
    let items = [tariff.find(&Id::parse("residence/permanent").unwrap()).unwrap()];
    let on = "2024-06-03".parse().unwrap();
    let request = Request::new(&items, on, hoso::definition::Channel::Counter);
    for quantity in [0, -1, i64::MIN, i64::MAX] {
        assert!(
            fee::assess(&tariff, &request.times(quantity), |_| None).unwrap_err().is_bad_quantity()
        );
    }
    let error = tariff.find(&Id::parse("residence/permanant").unwrap()).unwrap_err();
    assert!(error.is_unknown_item());
    assert_eq!(
        error.to_string(),
        "tariff `hanoi` has no item `residence/permanant`; the nearest is `residence/permanent`"
    );
}
