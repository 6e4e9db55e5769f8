//! Every rule about changes over every pair of versions.
//!
//! Each file of `tests/corpus/diff` bears the code of a rule that finds a change
//! in it. What other rules find there is stated too, so that a rule which fires
//! on the change of another is seen. The later version is the file's own text;
//! the earlier one is the text `before`, or `tests/corpus/sample.toml`.
//! `UPDATE_EXPECT=1` rewrites what is stated.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod fixture;
mod office;

use std::collections::BTreeSet;

use fixture::Fixture;
use hoso::calendar::Calendar;
use hoso::definition::bundle::Bundle;
use hoso::definition::{Procedure, load_all};
use hoso::diagnostic::any_error;
use hoso::simplify::diff::{Change, RULES};
use hoso::simplify::{Design, diff, differences};
use hoso::source::Sources;
use hoso::text::Lang;

const CORPUS: &str = "tests/corpus/diff";
const SAMPLE: &str = "tests/corpus/sample.toml";

fn calendar() -> Calendar {
    let (calendars, _) = Calendar::parse_all(&office::sources(&office::folder()));
    calendars.into_iter().find(|it| it.id() == "hanoi").unwrap()
}

/// The procedures and bundles of the texts of a fixture.
struct Pair {
    sources: Sources,
    procedures: Vec<Procedure>,
    bundles: Vec<Bundle>,
}

impl Pair {
    fn of(fixture: &Fixture) -> Self {
        let sources = fixture.sources();
        let (procedures, bundles, broken) = load_all(&sources);
        assert!(!any_error(&broken), "{}: {broken:#?}", fixture.name);
        Self { sources, procedures, bundles }
    }

    /// The first design that a text comes out as.
    fn design(&self, text: &str) -> Option<Design<'_>> {
        let is_it = |it: &&Procedure| self.sources.file(it.span().file()).unwrap().name() == text;
        let bundle = self.bundles.iter().find(|it| is_it(&it.lead()));
        let alone = self.procedures.iter().find(is_it);
        bundle.map(Design::of_bundle).or(alone.map(Design::of))
    }

    fn both(&self, fixture: &Fixture) -> [Design<'_>; 2] {
        let before = self.design("before").or_else(|| self.design(SAMPLE)).unwrap();
        [before, self.design(&fixture.name).unwrap()]
    }
}

fn line(it: &Change<'_>) -> String {
    let party = it.party().name().map_or(it.party().as_str().into(), |it| it.to_string());
    let member = it.member().map(|it| format!(" in {it}")).unwrap_or_default();
    let witness = it.witness().map(|it| format!("#>   witness: {it}\n")).unwrap_or_default();
    let law: Vec<String> = it.law().iter().map(|it| it.display(Lang::En)).collect();
    let law =
        if law.is_empty() { String::new() } else { format!("#>   law: {}\n", law.join("; ")) };
    let (code, advantage) = (it.code(), it.advantage());
    format!("#> {code}{member}, {party} {advantage}: {}\n{witness}{law}", it.message(Lang::En))
}

#[test]
fn every_rule_over_every_pair() {
    let calendar = calendar();
    let mut wrong = Vec::new();
    for fixture in Fixture::all(CORPUS) {
        assert!(fixture.text.starts_with("# "), "{} does not say what changed", fixture.name);
        let pair = Pair::of(&fixture);
        let [before, after] = pair.both(&fixture);
        let found: String = diff(&before, &after, &calendar).changes().iter().map(line).collect();
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
fn every_rule_fires_on_its_own_pair() {
    let calendar = calendar();
    let fixtures = Fixture::all(CORPUS);
    for rule in RULES {
        let code = rule.code();
        let own = fixtures.iter().find(|it| it.name == code);
        let own = own.unwrap_or_else(|| panic!("{CORPUS}/{code}.toml is missing"));
        let pair = Pair::of(own);
        let [before, after] = pair.both(own);
        let found = diff(&before, &after, &calendar);
        let own = found.changes().iter().find(|it| it.code() == code);
        let own = own.unwrap_or_else(|| panic!("{code} is silent on its pair"));
        // Both languages tell it, of the same parts.
        let [vi, en] = [Lang::Vi, Lang::En].map(|it| own.message(it));
        assert_ne!(vi, en, "{code}");
        let quoted = |it: &str| it.split('`').skip(1).step_by(2).map(String::from).collect();
        let [vi, en]: [BTreeSet<String>; 2] = [quoted(vi), quoted(en)];
        assert!(code == "citations-changed" || vi == en, "{code}: {vi:?}, {en:?}");
    }
    let known: BTreeSet<&str> = RULES.iter().map(|it| it.code()).collect();
    let named: Vec<&str> =
        fixtures.iter().map(|it| &*it.name).filter(|it| !known.contains(it)).collect();
    assert!(named.is_empty(), "no rule is called {named:?}");
}

#[test]
fn nothing_changes_from_a_version_to_itself() {
    let calendar = calendar();
    let (procedures, bundles, _) = load_all(&office::sources(&office::folder()));
    let designs = procedures.iter().map(Design::of).chain(bundles.iter().map(Design::of_bundle));
    let mut count = 0;
    for design in designs {
        assert!(diff(&design, &design, &calendar).is_empty());
        count += 1;
    }
    assert!(count > 100, "the catalogue is there");
}

#[test]
fn the_manual_lists_every_code() {
    let manual = include_str!("../src/manual/simpler-by-how-much.md");
    let listed = manual.lines().filter_map(|it| it.strip_prefix("| `")?.split_once("` | "));
    let listed: Vec<&str> = listed.map(|(code, _)| code).filter(|it| it.contains('-')).collect();
    let missing: Vec<&str> =
        RULES.iter().map(|it| it.code()).filter(|it| !listed.contains(it)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for rule in RULES {
        assert!(rule.means().ends_with('.') && !rule.title(Lang::En).ends_with('.'));
        assert!(!rule.title(Lang::Vi).is_empty());
    }
}

/// Writes a definition anew: its tables in another order, each with a remark.
fn written_anew(text: &str, seed: usize) -> String {
    let mut blocks: Vec<String> = Vec::new();
    for line in text.lines().filter(|it| !it.starts_with("note = ")) {
        let begins = line.starts_with('[');
        match blocks.last_mut() {
            Some(block) if !begins => *block += &format!("{line}\n"),
            _ => blocks.push(format!("{line}\n")),
        }
    }
    let head = blocks.remove(0);
    // Rows of one list keep their order, behind the table to which they belong.
    let family = |it: &String| {
        let name = it.trim_start_matches('[').split([']', '\n']).next().unwrap();
        name.split('.').take(2).collect::<Vec<_>>().join(".")
    };
    let mut families: Vec<String> = blocks.iter().map(family).collect();
    families.sort();
    families.dedup();
    families.sort_by_key(|it| {
        it.bytes().fold(seed, |hash, byte| (hash ^ usize::from(byte)).wrapping_mul(0x0100_0193))
    });
    let remarked = families.iter().flat_map(|name| {
        let own = blocks.iter().filter(|it| family(it) == *name);
        let mut own: Vec<String> = own.cloned().collect();
        let note = format!("note = \"written anew, {seed}\"\n");
        own.first_mut().into_iter().for_each(|it| it.push_str(&note));
        own
    });
    head + &remarked.collect::<String>()
}

#[test]
fn a_definition_that_is_written_anew_means_the_same() {
    let calendar = calendar();
    let (procedures, _, _) = load_all(&office::sources(&office::folder()));
    let mut count = 0;
    for (procedure, seed) in procedures.iter().zip(1..) {
        let mut sources = Sources::new();
        let own = ["life-cycle = ", "based-on = ", "remove = "];
        let lines =
            procedure.text().lines().filter(|it| !own.iter().any(|own| it.starts_with(own)));
        let text = lines.collect::<Vec<_>>().join("\n");
        sources.add("anew.toml", written_anew(&text, seed));
        let (anew, _, found) = load_all(&sources);
        assert!(!any_error(&found), "{}: {found:#?}", procedure.id());
        let (before, after) = (Design::of(procedure), Design::of(&anew[0]));
        assert_ne!(procedure.fingerprint(), anew[0].fingerprint());
        let found = diff(&before, &after, &calendar);
        assert!(found.is_empty(), "{}: {:?}", procedure.id(), found.changes()[0].message(Lang::En));
        let outcomes = differences(&before, &after);
        assert!(outcomes.are_none(), "{}: {outcomes:?}", procedure.id());
        count += 1;
    }
    assert!(count > 50, "the catalogue is there");
}

#[test]
fn a_role_that_replaces_another_is_that_role() {
    let text = include_str!("corpus/sample.toml");
    let renamed = text.replace("\"officer\"", "\"specialist\"");
    for (table, codes) in [
        ("[role.specialist]\nreplaces = [\"role.officer\"]", &["part-renamed"][..]),
        ("[role.specialist]", &["part-added", "part-removed"][..]),
    ] {
        let mut sources = Sources::new();
        sources.add("before.toml", text);
        sources.add("after.toml", renamed.replace("[role.officer]", table));
        let (procedures, _, found) = load_all(&sources);
        let is_collision = |it: &hoso::diagnostic::Diagnostic| it.code() == "overlapping-versions";
        assert!(found.iter().all(is_collision), "{found:#?}");
        let [before, after] = [&procedures[0], &procedures[1]].map(Design::of);
        let found = diff(&before, &after, &calendar());
        let found: BTreeSet<&str> = found.changes().iter().map(|it| it.code()).collect();
        let expected: BTreeSet<&str> = codes.iter().copied().collect();
        let others = ["actors-changed", "desk-changed", "four-eyes", "fact-finder"];
        let (roles, rest): (BTreeSet<&str>, BTreeSet<&str>) =
            found.iter().partition(|it| !others.contains(it));
        assert_eq!(roles, expected);
        assert_eq!(rest.is_empty(), codes == ["part-renamed"], "{rest:?}");
    }
}
