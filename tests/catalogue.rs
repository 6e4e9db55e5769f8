//! The definitions in `procedures/`: all of them load, stand side by side, are
//! stored in canonical form, and leave no dossier stranded.
//!
//! Whether they say what the law says is not tested here; scenarios do that.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads files, and fails by panicking"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use expect_test::{expect, expect_file};
use hoso::definition::bundle::Bundles;
use hoso::definition::{
    Act, Catalogue, Position as _, Procedure, StateIdx, Target, format_text, load, load_all,
};
use hoso::diagnostic::{Diagnostic, Severity};
use hoso::source::{FileId, Sources};

/// Every text of `procedures/`, in the order of the paths; redesigns and scenarios are not in force.
fn texts() -> (Sources, Vec<(FileId, PathBuf)>) {
    let mut paths = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("procedures"), &mut paths);
    paths.sort();
    let mut sources = Sources::new();
    let mut files = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        files.push((sources.add(name, text), path));
    }
    (sources, files)
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("redesigns") || path.ends_with("scenarios") {
            continue;
        } else if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|it| it == "toml") {
            paths.push(path);
        }
    }
}

/// Definitions are procedures and life cycles; calendars and tariffs have printers of their own.
fn is_definition(text: &str) -> bool {
    text.lines().any(|it| ["[procedure]", "[bundle]", "[life-cycle]"].contains(&it))
}

fn procedures() -> Vec<Procedure> {
    let (sources, _) = texts();
    let (procedures, found) = load(&sources);
    assert_eq!(errors(&sources, &found), "");
    assert!(!procedures.is_empty());
    procedures
}

fn errors(sources: &Sources, found: &[Diagnostic]) -> String {
    let mut lines = String::new();
    for it in found.iter().filter(|it| it.severity() == Severity::Error) {
        let source = sources.file(it.span().file()).unwrap();
        let (line, column) = source.line_column(it.span().range().start);
        let help = it.advice().unwrap_or_default();
        writeln!(lines, "{}:{line}:{column} {}: {} {help}", source.name(), it.code(), it.message())
            .unwrap();
    }
    lines
}

/// What a procedure is called in these tests.
fn title(procedure: &Procedure) -> String {
    format!("{} {}", procedure.id(), procedure.version())
}

#[test]
fn the_versions_stand_side_by_side() {
    let (catalogue, found) = Catalogue::new(procedures());
    assert_eq!(found, []);
    let mut listed = String::new();
    for it in catalogue.iter() {
        let (from, until) = (it.effective().from(), it.effective().until());
        let until = until.map_or_else(|| "…".into(), |it| it.to_string());
        writeln!(listed, "{} {from} {until}", title(it)).unwrap();
    }
    expect![[r#"
        birth-registration 2023-01 2023-01-01 2025-07-01
        birth-registration 2025-07 2025-07-01 2025-12-31
        birth-registration 2025-12 2025-12-31 2026-07-01
        birth-registration 2026-07 2026-07-01 2026-08-05
        birth-registration 2026-08 2026-08-05 2027-03-01
        camera-fine-payment 2025-07 2025-07-01 …
        certified-copy 2020-05 2020-05-22 2025-07-01
        certified-copy 2025-07 2025-07-01 2025-12-31
        certified-copy 2025-12 2025-12-31 2026-07-01
        certified-copy 2026-07 2026-07-01 2026-08-05
        certified-copy 2026-08 2026-08-05 …
        child-health-card 2024-07 2024-07-01 2025-07-01
        child-health-card 2025-07 2025-07-01 2025-12-31
        child-health-card 2025-12 2025-12-31 2026-07-01
        child-health-card 2026-07 2026-07-01 2026-08-05
        child-health-card 2026-08 2026-08-05 …
        civil-status-extract 2025-07 2025-07-01 2025-12-31
        civil-status-extract 2025-12 2025-12-31 2026-07-01
        civil-status-extract 2026-07 2026-07-01 2026-08-05
        civil-status-extract 2026-08 2026-08-05 2027-03-01
        construction-permit-adjustment 2021-03 2021-03-03 2024-12-30
        construction-permit-adjustment 2024-12 2024-12-30 2025-07-01
        construction-permit-adjustment 2025-07 2025-07-01 2025-12-31
        construction-permit-adjustment 2025-12 2025-12-31 2026-07-01
        construction-permit-adjustment 2026-07 2026-07-01 2026-08-05
        construction-permit-adjustment 2026-08 2026-08-05 …
        construction-permit-extension 2021-03 2021-03-03 2024-12-30
        construction-permit-extension 2024-12 2024-12-30 2025-07-01
        construction-permit-extension 2025-07 2025-07-01 2025-12-31
        construction-permit-extension 2025-12 2025-12-31 2026-07-01
        construction-permit-extension 2026-07 2026-07-01 2026-08-05
        construction-permit-extension 2026-08 2026-08-05 …
        construction-permit-house 2021-03 2021-03-03 2024-12-30
        construction-permit-house 2024-12 2024-12-30 2025-07-01
        construction-permit-house 2025-07 2025-07-01 2025-12-31
        construction-permit-house 2025-12 2025-12-31 2026-07-01
        construction-permit-house 2026-07 2026-07-01 2026-08-05
        construction-permit-house 2026-08 2026-08-05 …
        construction-permit-reissue 2021-03 2021-03-03 2024-12-30
        construction-permit-reissue 2024-12 2024-12-30 2025-07-01
        construction-permit-reissue 2025-07 2025-07-01 2025-12-31
        construction-permit-reissue 2025-12 2025-12-31 2026-07-01
        construction-permit-reissue 2026-07 2026-07-01 2026-08-05
        construction-permit-reissue 2026-08 2026-08-05 …
        construction-permit-works 2021-03 2021-03-03 2024-12-30
        construction-permit-works 2024-12 2024-12-30 2025-07-01
        construction-permit-works 2025-07 2025-07-01 2025-12-31
        construction-permit-works 2025-12 2025-12-31 2026-07-01
        construction-permit-works 2026-07 2026-07-01 2026-08-05
        construction-permit-works 2026-08 2026-08-05 …
        construction-permit-works-special 2025-07 2025-07-01 2025-12-31
        construction-permit-works-special 2025-12 2025-12-31 2026-07-01
        construction-permit-works-special 2026-07 2026-07-01 2026-08-05
        construction-permit-works-special 2026-08 2026-08-05 …
        criminal-record 2025-03 2025-03-01 2025-07-01
        criminal-record 2025-07 2025-07-01 2025-10-01
        criminal-record 2025-10 2025-10-01 2025-12-31
        criminal-record 2025-12 2025-12-31 2026-07-01
        criminal-record 2026-07 2026-07-01 2026-08-05
        criminal-record 2026-08 2026-08-05 …
        death-registration 2023-01 2023-01-01 2025-07-01
        death-registration 2025-07 2025-07-01 2025-12-31
        death-registration 2025-12 2025-12-31 2026-07-01
        death-registration 2026-07 2026-07-01 2026-08-05
        death-registration 2026-08 2026-08-05 2027-03-01
        driving-licence-exchange 2025-03 2025-03-01 2025-07-01
        driving-licence-exchange 2025-07 2025-07-01 2025-10-01
        driving-licence-exchange 2025-10 2025-10-01 2025-12-31
        driving-licence-exchange 2025-12 2025-12-31 2026-07-01
        driving-licence-exchange 2026-07 2026-07-01 2026-08-05
        driving-licence-exchange 2026-08 2026-08-05 …
        driving-licence-reissue 2025-03 2025-03-01 2025-07-01
        driving-licence-reissue 2025-07 2025-07-01 2025-10-01
        driving-licence-reissue 2025-10 2025-10-01 2025-12-31
        driving-licence-reissue 2025-12 2025-12-31 2026-07-01
        driving-licence-reissue 2026-07 2026-07-01 2026-08-05
        driving-licence-reissue 2026-08 2026-08-05 …
        electricity-contract-change 2025-07 2025-07-01 2025-12-31
        electricity-contract-change 2025-12 2025-12-31 2026-07-01
        electricity-contract-change 2026-07 2026-07-01 2026-08-05
        electricity-contract-change 2026-08 2026-08-05 …
        electricity-new-supply 2025-07 2025-07-01 2025-12-31
        electricity-new-supply 2025-12 2025-12-31 2026-07-01
        electricity-new-supply 2026-07 2026-07-01 2026-08-05
        electricity-new-supply 2026-08 2026-08-05 …
        feedback-handling 2022-06 2022-06-23 …
        first-tax-registration 2025-07 2025-07-01 2025-12-31
        first-tax-registration 2025-12 2025-12-31 2026-07-01
        first-tax-registration 2026-07 2026-07-01 2026-08-05
        first-tax-registration 2026-08 2026-08-05 …
        funeral-allowance 2024-07 2024-07-01 2025-07-01
        funeral-allowance 2025-07 2025-07-01 2025-12-31
        funeral-allowance 2025-12 2025-12-31 2026-07-01
        funeral-allowance 2026-07 2026-07-01 2026-08-05
        funeral-allowance 2026-08 2026-08-05 2026-09-01
        funeral-allowance 2026-09 2026-09-01 …
        household-business-change 2021-01 2021-01-04 2025-07-01
        household-business-change 2025-07 2025-07-01 2025-12-31
        household-business-change 2025-12 2025-12-31 2026-07-01
        household-business-change 2026-07 2026-07-01 2026-08-05
        household-business-change 2026-08 2026-08-05 …
        household-business-copy 2021-01 2021-01-04 2025-07-01
        household-business-copy 2025-07 2025-07-01 2025-12-31
        household-business-copy 2025-12 2025-12-31 2026-07-01
        household-business-copy 2026-07 2026-07-01 2026-08-05
        household-business-copy 2026-08 2026-08-05 …
        household-business-registration 2021-01 2021-01-04 2025-07-01
        household-business-registration 2025-07 2025-07-01 2025-12-31
        household-business-registration 2025-12 2025-12-31 2026-07-01
        household-business-registration 2026-07 2026-07-01 2026-08-05
        household-business-registration 2026-08 2026-08-05 …
        household-business-reissue 2021-01 2021-01-04 2025-07-01
        household-business-reissue 2025-07 2025-07-01 2025-12-31
        household-business-reissue 2025-12 2025-12-31 2026-07-01
        household-business-reissue 2026-07 2026-07-01 2026-08-05
        household-business-reissue 2026-08 2026-08-05 …
        household-health-insurance-renewal 2025-07 2025-07-01 2025-12-31
        household-health-insurance-renewal 2025-12 2025-12-31 2026-07-01
        household-health-insurance-renewal 2026-07 2026-07-01 2026-08-05
        household-health-insurance-renewal 2026-08 2026-08-05 …
        identity-card-exchange 2025-07 2025-07-01 2025-12-31
        identity-card-exchange 2025-12 2025-12-31 2026-07-01
        identity-card-exchange 2026-07 2026-07-01 2026-08-05
        identity-card-exchange 2026-08 2026-08-05 …
        identity-card-issue-14 2025-07 2025-07-01 2025-12-31
        identity-card-issue-14 2025-12 2025-12-31 2026-07-01
        identity-card-issue-14 2026-07 2026-07-01 2026-08-05
        identity-card-issue-14 2026-08 2026-08-05 …
        identity-card-reissue 2025-07 2025-07-01 2025-12-31
        identity-card-reissue 2025-12 2025-12-31 2026-07-01
        identity-card-reissue 2026-07 2026-07-01 2026-08-05
        identity-card-reissue 2026-08 2026-08-05 …
        identity-number-confirmation 2025-07 2025-07-01 2025-12-31
        identity-number-confirmation 2025-12 2025-12-31 2026-07-01
        identity-number-confirmation 2026-07 2026-07-01 2026-08-05
        identity-number-confirmation 2026-08 2026-08-05 …
        land-change-registration 2025-07 2025-07-01 2025-12-31
        land-change-registration 2025-12 2025-12-31 2026-07-01
        land-change-registration 2026-07 2026-07-01 2026-08-05
        land-change-registration 2026-08 2026-08-05 …
        land-change-registration-information 2025-07 2025-07-01 2025-12-31
        land-change-registration-information 2025-12 2025-12-31 2026-07-01
        land-change-registration-information 2026-07 2026-07-01 2026-08-05
        land-change-registration-information 2026-08 2026-08-05 …
        lodging-notice 2025-07 2025-07-01 …
        marital-status-certificate 2023-01 2023-01-01 2025-07-01
        marital-status-certificate 2025-07 2025-07-01 2025-12-31
        marital-status-certificate 2025-12 2025-12-31 2026-07-01
        marital-status-certificate 2026-07 2026-07-01 2026-08-05
        marital-status-certificate 2026-08 2026-08-05 2027-03-01
        marriage-registration 2023-01 2023-01-01 2025-07-01
        marriage-registration 2025-07 2025-07-01 2025-12-31
        marriage-registration 2025-12 2025-12-31 2026-07-01
        marriage-registration 2026-07 2026-07-01 2026-08-05
        marriage-registration 2026-08 2026-08-05 2027-03-01
        motorcycle-registration 2025-03 2025-03-01 2025-07-01
        motorcycle-registration 2025-07 2025-07-01 2025-12-31
        motorcycle-registration 2025-12 2025-12-31 2026-07-01
        motorcycle-registration 2026-07 2026-07-01 2026-08-05
        motorcycle-registration 2026-08 2026-08-05 …
        national-exam-registration 2025-07 2025-07-01 2025-12-31
        national-exam-registration 2025-12 2025-12-31 2026-07-01
        national-exam-registration 2026-07 2026-07-01 2026-08-05
        national-exam-registration 2026-08 2026-08-05 …
        passport 2024-01 2024-01-01 2025-07-01
        passport 2025-07 2025-07-01 2025-10-01
        passport 2025-10 2025-10-01 2025-12-31
        passport 2025-12 2025-12-31 2026-07-01
        passport 2026-07 2026-07-01 2026-08-05
        passport 2026-08 2026-08-05 …
        permanent-residence 2025-07 2025-07-01 2025-12-31
        permanent-residence 2025-12 2025-12-31 2026-07-01
        permanent-residence 2026-07 2026-07-01 2026-08-05
        permanent-residence 2026-08 2026-08-05 …
        permanent-residence-deregistration 2025-07 2025-07-01 2025-12-31
        permanent-residence-deregistration 2025-12 2025-12-31 2026-07-01
        permanent-residence-deregistration 2026-07 2026-07-01 2026-08-05
        permanent-residence-deregistration 2026-08 2026-08-05 …
        seal-new 2025-07 2025-07-01 2025-12-31
        seal-new 2025-12 2025-12-31 2026-07-01
        seal-new 2026-07 2026-07-01 2026-08-05
        seal-new 2026-08 2026-08-05 …
        seal-small 2025-07 2025-07-01 2025-12-31
        seal-small 2025-12 2025-12-31 2026-07-01
        seal-small 2026-07 2026-07-01 2026-08-05
        seal-small 2026-08 2026-08-05 …
        temporary-absence 2025-07 2025-07-01 2025-12-31
        temporary-absence 2025-12 2025-12-31 2026-07-01
        temporary-absence 2026-07 2026-07-01 2026-08-05
        temporary-absence 2026-08 2026-08-05 …
        temporary-residence 2024-01 2024-01-01 2025-07-01
        temporary-residence 2025-07 2025-07-01 2025-12-31
        temporary-residence 2025-12 2025-12-31 2026-07-01
        temporary-residence 2026-07 2026-07-01 2026-08-05
        temporary-residence 2026-08 2026-08-05 …
        temporary-residence-extension 2025-07 2025-07-01 2025-12-31
        temporary-residence-extension 2025-12 2025-12-31 2026-07-01
        temporary-residence-extension 2026-07 2026-07-01 2026-08-05
        temporary-residence-extension 2026-08 2026-08-05 …
        unemployment-benefit 2025-07 2025-07-01 2025-12-31
        unemployment-benefit 2025-12 2025-12-31 2026-07-01
        unemployment-benefit 2026-07 2026-07-01 2026-08-05
        unemployment-benefit 2026-08 2026-08-05 …
    "#]]
    .assert_eq(&listed);
}

#[test]
fn the_bundles_stand_side_by_side_and_are_read_back_from_their_prints() {
    let (mut sources, _) = texts();
    let (_, all, found) = load_all(&sources);
    assert_eq!(errors(&sources, &found), "");
    let (bundles, found) = Bundles::new(all);
    assert_eq!(found, []);
    let mut listed = String::new();
    for it in bundles.iter() {
        let lead = it.lead();
        let parts: Vec<String> = it
            .parts()
            .iter()
            .map(|(_, name, it)| format!("{name} {}", it.procedure().version()))
            .collect();
        writeln!(listed, "{} {}: {}", title(lead), lead.effective().from(), parts.join(", "))
            .unwrap();
        let file = sources.add("print", lead.text());
        assert_eq!(format_text(&sources, file).unwrap(), lead.text());
    }
    expect![[r#"
        birth-card-group 2025-07 2025-07-01: birth 2025-07, card 2025-07
        birth-card-group 2025-12 2025-12-31: birth 2025-12, card 2025-12
        birth-card-group 2026-07 2026-07-01: birth 2026-07, card 2026-07
        birth-card-group 2026-08 2026-08-05: birth 2026-08, card 2026-08
        birth-card-group 2026-09 2026-09-01: birth 2026-08, card 2026-08
        birth-group 2025-07 2025-07-01: birth 2025-07, residence 2025-07, card 2025-07
        birth-group 2025-12 2025-12-31: birth 2025-12, residence 2025-12, card 2025-12
        birth-group 2026-07 2026-07-01: birth 2026-07, residence 2026-07, card 2026-07
        birth-group 2026-08 2026-08-05: birth 2026-08, residence 2026-08, card 2026-08
        birth-group 2026-09 2026-09-01: birth 2026-08, residence 2026-08, card 2026-08
        death-group 2025-07 2025-07-01: death 2025-07, deregistration 2025-07, allowance 2025-07
        death-group 2025-12 2025-12-31: death 2025-12, deregistration 2025-12, allowance 2025-12
        death-group 2026-07 2026-07-01: death 2026-07, deregistration 2026-07, allowance 2026-07
        death-group 2026-08 2026-08-05: death 2026-08, deregistration 2026-08, allowance 2026-08
        death-group 2026-09 2026-09-01: death 2026-08, deregistration 2026-08, allowance 2026-09
    "#]]
    .assert_eq(&listed);
}

/// `UPDATE_EXPECT=1` rewrites the texts; then let no other test read them: `--test-threads=1`.
#[test]
fn every_text_is_stored_in_canonical_form() {
    let (sources, files) = texts();
    for (file, path) in files {
        if is_definition(sources.file(file).unwrap().text()) {
            let canonical = format_text(&sources, file).unwrap();
            expect_file![path].assert_eq(&canonical);
        }
    }
}

#[test]
fn every_procedure_is_read_back_from_its_own_print() {
    for procedure in procedures() {
        let mut sources = Sources::new();
        sources.add("print", procedure.text());
        let (again, found) = load(&sources);
        assert_eq!(errors(&sources, &found), "");
        assert_eq!(again, [procedure]);
    }
}

/// The states that one step leads to; back to where it came from is no new state.
fn steps(procedure: &Procedure, from: StateIdx) -> impl Iterator<Item = StateIdx> {
    let leaves = move |it: &hoso::definition::Transition| it.from().any(|it| it == from);
    procedure.transitions().iter().filter_map(move |(_, _, it)| match it.to() {
        Target::State(to) if leaves(it) => Some(to),
        _ => None,
    })
}

/// The states that are reached from one, itself included.
fn reached(procedure: &Procedure, from: StateIdx) -> BTreeSet<usize> {
    let mut seen = BTreeSet::from([from.index()]);
    let mut open = vec![from];
    while let Some(state) = open.pop() {
        let next = steps(procedure, state).filter(|it| seen.insert(it.index()));
        open.extend(next.collect::<Vec<_>>());
    }
    seen
}

#[test]
fn every_state_is_reached_and_every_dossier_can_end() {
    for procedure in procedures() {
        let Some(filing) = procedure.transitions().get(procedure.filing()) else { panic!() };
        let Target::State(first) = filing.to() else { panic!() };
        let from_first = reached(&procedure, first);
        for (at, name, _) in procedure.states().iter() {
            let title = title(&procedure);
            assert!(from_first.contains(&at.index()), "{title}: nothing leads to `{name}`");
            let ends = reached(&procedure, at).into_iter().any(|it| {
                let state = procedure.states().get(StateIdx::new(it)).unwrap();
                state.portal_status().is_terminal()
            });
            assert!(ends, "{title}: nothing leads out of `{name}`");
        }
    }
}

#[test]
fn whoever_has_the_dossier_may_do_something_with_it() {
    for procedure in procedures() {
        for (at, name, state) in procedure.states().iter() {
            let Some(role) = state.role() else { continue };
            let mut leaving =
                procedure.transitions().iter().filter(|(_, _, it)| it.from().any(|it| it == at));
            let acts = leaving.any(|(_, _, it)| it.by().any(|it| it == role));
            assert!(acts, "{}: the role of `{name}` cannot act in it", title(&procedure));
        }
    }
}

/// Filing and internal steps need no ground of their own; everything else has one, or says what is assumed.
#[test]
fn every_step_known_to_the_law_names_its_ground() {
    for procedure in procedures() {
        for (_, name, it) in procedure.transitions().iter() {
            let free = matches!(it.act(), Act::File | Act::Plain);
            let grounded = !it.law().is_empty() || it.remarks().assumed().is_some();
            assert!(free || grounded, "{}: `{name}` has no ground", title(&procedure));
        }
        for (_, name, it) in procedure.terms().iter() {
            let grounded = !it.law().is_empty() || it.remarks().assumed().is_some();
            assert!(grounded, "{}: term `{name}` has no ground", title(&procedure));
        }
    }
}

#[test]
fn every_fee_is_an_item_of_the_tariff_and_they_mean_the_same_facts() {
    let (sources, _) = texts();
    let (tariffs, found) = hoso::fee::load(&sources);
    assert_eq!(errors(&sources, &found), "");
    let tariff = tariffs.iter().find(|it| it.id() == "hanoi").unwrap();
    for procedure in procedures() {
        for (_, name, fee) in procedure.fees().iter() {
            assert!(tariff.find(fee.item()).is_ok(), "{}: `{name}`", title(&procedure));
        }
        for (_, fact) in procedure.facts().iter() {
            let Some(at) = tariff.facts().position(&fact.id()) else { continue };
            let priced = tariff.facts().fact(at).unwrap();
            assert_eq!(fact.domain(), priced.domain(), "{}: `{}`", title(&procedure), fact.id());
        }
    }
}

#[test]
fn the_example_of_the_manual_loads_on_the_life_cycle() {
    let manual = include_str!("../src/manual/definition-language.md");
    let (_, rest) = manual.split_once("```toml\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let (mut sources, _) = texts();
    let file = sources.add("example", example);
    assert_eq!(format_text(&sources, file).unwrap(), example);
    let (procedures, found) = load(&sources);
    assert_eq!(errors(&sources, &found), "");
    let cards: Vec<_> = procedures.iter().filter(|it| it.id() == "library-card").collect();
    expect!["2026-01, 2026-07, 2026-08"]
        .assert_eq(&cards.iter().map(|it| it.version().as_str()).collect::<Vec<_>>().join(", "));
}
