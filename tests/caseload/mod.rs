//! Scenarios with all that they need, for tests and benches that run caseloads.
#![allow(
    clippy::allow_attributes,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    dead_code,
    reason = "each user needs a part of this module, reads files, and stops where they are not as expected"
)]

use std::fs;
use std::path::Path;

use hoso::calendar::Calendar;
use hoso::definition::{self, Procedure};
use hoso::diagnostic::{Diagnostic, Severity};
use hoso::simulate::{self, Model, Part, Runs, Scenario, Summary};
use hoso::source::Sources;

/// Scenarios, and the calendars and procedures that they name.
pub(crate) struct Desk {
    pub(crate) calendars: Vec<Calendar>,
    pub(crate) procedures: Vec<Procedure>,
    pub(crate) scenarios: Vec<Scenario>,
    /// The errors that were found.
    pub(crate) found: Vec<Diagnostic>,
}

impl Desk {
    /// Opens the reference models and the whole catalogue, with more texts beside them.
    pub(crate) fn open(more: &[(&str, &str)]) -> Self {
        Self::of(&["", "calendars", "life-cycles", "scenarios/reference"], more)
    }

    /// Opens the reference models alone, with more texts beside them.
    pub(crate) fn of_models(more: &[(&str, &str)]) -> Self {
        Self::of(&["calendars", "scenarios/reference"], more)
    }

    fn of(folders: &[&str], more: &[(&str, &str)]) -> Self {
        let procedures = Path::new(env!("CARGO_MANIFEST_DIR")).join("procedures");
        let mut sources = Sources::new();
        for folder in folders {
            for entry in fs::read_dir(procedures.join(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|it| it == "toml") {
                    let text = fs::read_to_string(&path).unwrap();
                    sources.add(path.display().to_string(), text);
                }
            }
        }
        for (name, text) in more {
            sources.add(*name, *text);
        }
        let (calendars, _) = Calendar::parse_all(&sources);
        let (procedures, _) = definition::load(&sources);
        let (scenarios, mut found) = simulate::load(&sources);
        found.retain(|it| it.severity() == Severity::Error);
        Self { calendars, procedures, scenarios, found }
    }

    pub(crate) fn scenario(&self, id: &str) -> &Scenario {
        self.scenarios.iter().find(|it| it.id() == *id).unwrap()
    }

    pub(crate) fn bind(&self, id: &str) -> (Option<Model<'_>>, Vec<Diagnostic>) {
        let scenario = self.scenario(id);
        let calendar = self.calendars.iter().find(|it| it.id() == scenario.calendar()).unwrap();
        scenario.bind(&self.procedures, calendar, None)
    }

    /// Returns the model of a scenario that has no errors.
    pub(crate) fn model(&self, id: &str) -> Model<'_> {
        assert!(self.found.is_empty(), "{:?}", self.found);
        let (model, found) = self.bind(id);
        assert!(found.iter().all(|it| it.severity() != Severity::Error), "{found:?}");
        model.unwrap()
    }

    pub(crate) fn run(&self, id: &str, replications: u32) -> Summary {
        run(&self.model(id), replications)
    }
}

/// Runs all parts of a model with the first seed.
pub(crate) fn run(model: &Model<'_>, replications: u32) -> Summary {
    simulate::simulate(model, &Runs { seed: 1, replications, part: Part::WHOLE }, &|| {})
}
