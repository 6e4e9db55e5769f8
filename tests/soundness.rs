//! Soundness with branches: verdicts that an independent judge gave too.
//!
//! Every procedure of `tests/corpus/soundness` states a verdict. Here the
//! verifier must come to it; `tests/oracle/soundness` lets pm4py judge the
//! workflow net of the same procedure.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod office;

use std::path::Path;

use hoso::calendar::Calendar;
use hoso::definition::{Procedure, load};
use hoso::source::Sources;
use hoso::text::Lang;
use hoso::verify::verify;
use hoso::{diagnostic, export};

/// The findings that make a workflow net unsound.
const UNSOUND: [&str; 5] =
    ["cannot-finish", "dead-end", "dead-transition", "join-never-asked", "unreachable-state"];

/// The largest net that the judge is asked about.
const MOST_PLACES: usize = 30;

fn calendar() -> Calendar {
    Calendar::parse_all(&office::sources(&office::folder())).0.remove(0)
}

/// Every procedure of the corpus with its name and the stated verdict.
fn corpus() -> Vec<(String, String, Procedure)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/soundness");
    let sources = office::sources(&folder);
    let read = |text: &str, name: &str| {
        let mut one = Sources::new();
        one.add(name, text);
        let (mut procedures, found) = load(&one);
        assert!(!diagnostic::any_error(&found), "{name}: {found:?}");
        let verdict = text.lines().find_map(|it| it.strip_prefix("# verdict: ")).unwrap();
        (name.to_owned(), verdict.to_owned(), procedures.remove(0))
    };
    sources.iter().map(|(_, it)| read(it.text(), it.name())).collect()
}

#[test]
fn the_verifier_comes_to_the_stated_verdict() {
    let calendar = calendar();
    for (name, verdict, procedure) in corpus() {
        let report = verify(&procedure, &calendar);
        let found = report.findings().iter().filter(|it| UNSOUND.contains(&it.code()));
        let found: Vec<String> =
            found.map(|it| format!("{}: {}", it.code(), it.message())).collect();
        let came_to = if found.is_empty() { "sound" } else { "unsound" };
        assert_eq!(came_to, verdict, "{name}: {found:?}");
    }
}

#[test]
fn both_verdicts_occur_and_every_net_is_small_enough_to_be_judged() {
    let corpus = corpus();
    let count = |verdict: &str| corpus.iter().filter(|it| it.1 == verdict).count();
    assert!(count("sound") >= 6 && count("unsound") >= 6);
    assert_eq!(count("sound") + count("unsound"), corpus.len());
    for (name, _, procedure) in &corpus {
        let places = export::pnml(procedure, Lang::En).unwrap().matches("<place ").count();
        assert!(places <= MOST_PLACES, "{name} has {places} places");
    }
}
