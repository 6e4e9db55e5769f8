//! Simulated histories against the law: what a caseload counted is what the law decides.
//!
//! Every scenario of the catalogue is run, and a sample of its dossiers is
//! decided again, command by command.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads the folders of scenarios"
)]

use std::fs;
use std::path::{Path, PathBuf};

use hoso::calendar::Calendar;
use hoso::catalogue;
use hoso::definition::{self, DECISION, PortalStatus, Procedure};
use hoso::diagnostic::{Diagnostic, Severity};
use hoso::dossier::{Dossier, Happened};
use hoso::fee::{self, Tariff};
use hoso::money::Dong;
use hoso::simulate::{self, History, Sampled, Scenario};
use hoso::source::Sources;

/// How many dossiers of each kind are decided again.
const SAMPLE: u64 = 300;

/// The texts beside a scenario, and the catalogue.
struct Desk {
    calendars: Vec<Calendar>,
    procedures: Vec<Procedure>,
    tariffs: Vec<Tariff>,
    scenario: Scenario,
}

impl Desk {
    fn open(path: &Path) -> Option<Self> {
        let mut sources = Sources::new();
        let own = sources.add(path.display().to_string(), fs::read_to_string(path).unwrap());
        if sources.file(own)?.head() != Some("scenario") {
            return None;
        }
        for beside in texts(path.parent().unwrap()).iter().filter(|it| *it != path) {
            sources.add(beside.display().to_string(), fs::read_to_string(beside).unwrap());
        }
        for (_, text) in catalogue::sources().iter() {
            sources.add(text.name(), text.text());
        }
        let (scenarios, _) = simulate::load(&sources);
        let scenario = scenarios.into_iter().find(|it| it.file() == own)?;
        let (calendars, _) = Calendar::parse_all(&sources);
        let (procedures, _) = definition::load(&sources);
        let (tariffs, _) = fee::load(&sources);
        Some(Self { calendars, procedures, tariffs, scenario })
    }

    /// Returns the histories of a sample, with the versions that decided them.
    fn histories(&self) -> (Vec<Sampled>, Vec<History>) {
        let scenario = &self.scenario;
        let calendar = self.calendars.iter().find(|it| it.id() == scenario.calendar()).unwrap();
        let tariff = self.tariffs.iter().find(|it| it.id() == *"hanoi");
        let (model, found) = scenario.bind(&self.procedures, calendar, tariff);
        let errors: Vec<&Diagnostic> =
            found.iter().filter(|it| it.severity() == Severity::Error).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", scenario.id());
        let model = model.unwrap();
        let sample = model.sample(3, SAMPLE);
        (sample.sampled().to_vec(), sample.histories().collect())
    }
}

/// Returns the texts of a folder.
fn texts(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let mut texts: Vec<PathBuf> =
        entries.filter(|it| it.extension().is_some_and(|it| it == "toml")).collect();
    texts.sort();
    texts
}

/// Returns a folder with all that are in it.
fn folders(folder: PathBuf) -> Vec<PathBuf> {
    let entries = fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path());
    let inner = entries.filter(|it| it.is_dir()).flat_map(folders).collect::<Vec<_>>();
    [vec![folder], inner].concat()
}

fn scenarios() -> Vec<Desk> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all = ["tests/fixture", "procedures/scenarios", "procedures/redesigns"];
    let texts = all.into_iter().flat_map(|it| folders(root.join(it))).flat_map(|it| texts(&it));
    texts.filter_map(|it| Desk::open(&it)).collect()
}

/// Returns when a dossier was due as its office was done with it, from its events alone.
fn due_by_law(history: &History) -> Option<i64> {
    let done = history.counted().settled?;
    let until = history.events().iter().take_while(|it| it.at() <= done);
    let settled = until.fold(Dossier::new(history.dossier().id()), |mut dossier, it| {
        if dossier.ended().is_none() {
            dossier.evolve(it);
        }
        dossier
    });
    assert_eq!(settled.ended(), Some(done));
    Some(settled.term(&DECISION)?.due?.moment().timestamp())
}

#[test]
fn every_simulated_history_is_decided_by_the_law_as_it_was_counted() {
    let (mut scenarios_run, mut due, mut owed, mut closed) = (0, 0, 0, 0);
    for desk in scenarios() {
        let id = desk.scenario.id();
        let (sampled, histories) = desk.histories();
        scenarios_run += 1;
        for kind in &sampled {
            let own = histories.iter().filter(|it| it.case() == kind.case).count() as u64;
            assert!(own == kind.kept && kind.kept <= SAMPLE, "{id}: {kind:?}, {own}");
            assert!(kind.filed < SAMPLE || kind.kept > SAMPLE / 2, "{id}: {kind:?}");
        }
        assert!(!histories.is_empty(), "{id}");
        for history in &histories {
            let name = format!("{id} {} {}", history.case(), history.number());
            if let Some(it) = history.disagreement() {
                panic!("{name}: {it}");
            }
            let counted = history.counted();
            assert_eq!(due_by_law(history), counted.due.map(|it| it.timestamp()), "{name}");
            due += usize::from(counted.due.is_some());
            owed += usize::from(counted.fees.is_some_and(|it| it > Dong::ZERO));
            closed += usize::from(counted.closed.is_some());
        }
    }
    let found = (scenarios_run, due, owed, closed);
    assert!(scenarios_run >= 12 && due > 200 && owed > 100 && closed > 800, "{found:?}");
}

/// A ward, its dossiers short of papers, sent back, in arrears and refused.
#[test]
fn a_ward_goes_every_way_that_its_scenario_names() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (sampled, histories) =
        Desk::open(&root.join("tests/fixture/ward.toml")).unwrap().histories();
    assert!(sampled[0].filed > 800 && sampled[0].every == 4, "{sampled:?}");
    let closed = histories
        .iter()
        .filter(|it| it.dossier().portal_status().is_some_and(PortalStatus::is_terminal));
    assert_eq!(closed.count(), histories.len());
    let taken = |it: &&History, step: &str| {
        it.events().iter().any(|it| match it.happened() {
            Happened::Moved(moved) => moved.transition == *step,
            _ => false,
        })
    };
    for step in ["supplement", "supplement-at-intake", "consult", "send-back"] {
        let count = histories.iter().filter(|it| taken(it, step)).count();
        assert!(count > 5, "{step}: {count}");
    }
}
