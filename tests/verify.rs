//! Every rule of the verifier over every fixture, and over the catalogue.
//!
//! Each file of `tests/corpus/verify` bears the code of a rule that finds
//! something in it. What other rules find there is stated too, so that a rule
//! which fires on the case of another is seen. A text called `near` is a near
//! miss: there the rule is silent.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod fixture;
mod office;

use std::collections::BTreeSet;

use fixture::{Fixture, line};
use hoso::calendar::Calendar;
use hoso::definition::{Procedure, load_all};
use hoso::diagnostic::{Diagnostic, any_error};
use hoso::source::Sources;
use hoso::verify::{RULES, Report, verify, verify_bundle};

const CORPUS: &str = "tests/corpus/verify";

fn calendar() -> Calendar {
    let (calendars, _) = Calendar::parse_all(&office::sources(&office::folder()));
    calendars.into_iter().find(|it| it.id() == "hanoi").unwrap()
}

/// A fixture, and what is found in each of its own texts.
struct Tried {
    fixture: Fixture,
    sources: Sources,
    found: Vec<(String, Vec<Diagnostic>)>,
}

impl Tried {
    fn all() -> Vec<Self> {
        let calendar = calendar();
        let all = Fixture::all(CORPUS).into_iter();
        all.map(|it| Self::of(it, &calendar)).collect()
    }

    fn of(fixture: Fixture, calendar: &Calendar) -> Self {
        let sources = fixture.sources();
        let (procedures, bundles, broken) = load_all(&sources);
        assert!(!any_error(&broken), "{}: {broken:?}", fixture.name);
        let text = |it: &Procedure| sources.file(it.span().file()).unwrap().name().to_owned();
        let alone = procedures.iter().map(|it| (text(it), verify(it, calendar)));
        let together =
            bundles.iter().map(|it| (text(it.lead()), Report::joined(verify_bundle(it, calendar))));
        let own = alone.chain(together).filter(|(text, _)| !text.contains('/'));
        let found = own.map(|(text, it)| (text, it.into_findings())).collect();
        Self { fixture, sources, found }
    }

    fn lines(&self) -> String {
        let found = self.found.iter().flat_map(|(_, it)| it);
        found.map(|it| line(it, &self.sources)).collect()
    }

    /// The codes of what is found in a text of the fixture.
    fn codes(&self, text: &str) -> Option<BTreeSet<&'static str>> {
        let (_, found) = self.found.iter().find(|(it, _)| it == text)?;
        Some(found.iter().map(Diagnostic::code).collect())
    }
}

#[test]
fn every_rule_over_every_fixture() {
    let mut wrong = Vec::new();
    for tried in Tried::all() {
        let (fixture, found) = (&tried.fixture, tried.lines());
        assert!(fixture.text.starts_with("# "), "{} does not say what is wrong", fixture.name);
        if fixture.stated() == found {
            continue;
        }
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fixture.rewrite(&found);
        }
        wrong.push(format!("{}\nstated\n{}found\n{found}", fixture.name, fixture.stated()));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_fires_on_its_fixture_and_not_on_the_near_miss() {
    let tried = Tried::all();
    for rule in RULES {
        let code = rule.code();
        let own = tried.iter().find(|it| it.fixture.name == code);
        let own = own.unwrap_or_else(|| panic!("{CORPUS}/{code}.toml is missing"));
        assert!(own.codes(code).unwrap().contains(code), "{code} is silent on its fixture");
        let near = own.codes("near").unwrap_or_else(|| panic!("{code} has no near miss"));
        assert!(!near.contains(code), "{code} fires on its near miss");
    }
    let known: BTreeSet<&str> = RULES.iter().map(|it| it.code()).collect();
    let named = tried.iter().filter(|it| !known.contains(&*it.fixture.name));
    let named: Vec<&str> = named.map(|it| &*it.fixture.name).collect();
    assert!(named.is_empty(), "no rule is called {named:?}");
}

#[test]
fn findings_state_facts() {
    for tried in Tried::all() {
        for it in tried.found.iter().flat_map(|(_, it)| it) {
            assert!(!it.message().ends_with('.') && it.message().len() < 300, "{it:?}");
            assert!(!it.message().chars().any(char::is_control), "{it:?}");
            assert!(it.advice().is_some(), "{} gives no advice", it.code());
        }
    }
}

#[test]
fn the_whole_catalogue_verifies() {
    let sources = office::sources(&office::folder());
    let (procedures, bundles, _) = load_all(&sources);
    let calendar = calendar();
    let alone = procedures.iter().map(|it| verify(it, &calendar));
    let together = bundles.iter().flat_map(|it| verify_bundle(it, &calendar));
    let report = Report::joined(alone.chain(together));
    let found: String = report.findings().iter().map(|it| line(it, &sources)).collect();
    assert!(report.findings().is_empty() && procedures.len() > 50, "{found}");
    for waived in report.waived() {
        let reason = waived.reason();
        assert!(reason.split_whitespace().count() > 4, "a reason is a sentence: {reason}");
    }
}
