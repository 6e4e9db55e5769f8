//! Names of what a run counts, for people: the id where a text has none.

use hoso::definition::{Channel, Procedure};
use hoso::id::Id;
use hoso::simulate::{CaseReport, Scenario};
use hoso::text::Lang;

/// Where names are looked up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names<'n> {
    /// None for parts of a run, which are figures alone.
    pub(super) scenario: Option<&'n Scenario>,
    pub(super) procedures: &'n [Procedure],
}

impl<'n> Names<'n> {
    pub(super) fn procedure(&self, case: &CaseReport) -> Option<&'n Procedure> {
        let is_own = |it: &&Procedure| (it.id(), it.version()) == (&case.procedure, &case.version);
        self.procedures.iter().find(is_own)
    }

    /// Returns the name of a kind of case, else that of its procedure.
    pub(super) fn case(&self, case: &CaseReport, lang: Lang) -> String {
        let own = self.scenario.and_then(|it| it.case_name(&case.case, lang));
        let name = own.or_else(|| self.procedure(case).map(|it| it.name().get(lang)));
        name.map_or_else(|| case.case.to_string(), Into::into)
    }

    pub(super) fn pool(&self, pool: &Id, lang: Lang) -> String {
        let own = self.scenario.and_then(|it| it.pool_name(pool, lang));
        own.map_or_else(|| pool.to_string(), Into::into)
    }

    pub(super) fn step(&self, case: &CaseReport, step: &Id, lang: Lang) -> String {
        let found = self.procedure(case).and_then(|it| it.transitions().find(step));
        found.map_or_else(|| step.to_string(), |(_, it)| it.name(lang).into())
    }

    pub(super) fn state(&self, case: &CaseReport, state: &Id, lang: Lang) -> String {
        let found = self.procedure(case).and_then(|it| it.states().find(state));
        found.map_or_else(|| state.to_string(), |(_, it)| it.name().get(lang).into())
    }

    pub(super) fn role(&self, case: &CaseReport, role: &Id, lang: Lang) -> String {
        let found = self.procedure(case).and_then(|it| it.roles().find(role));
        found.map_or_else(|| role.to_string(), |(_, it)| it.name().get(lang).into())
    }
}

/// Returns the name of a channel.
pub(super) fn channel(word: &str, lang: Lang) -> String {
    let channel = Channel::ALL.iter().find(|it| it.as_str() == word);
    channel.map_or_else(|| word.into(), |it| it.label(lang).into())
}
