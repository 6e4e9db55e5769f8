//! One kind of case: its procedure, its facts, its terms.

use alloc::format;
use alloc::vec::Vec;

use super::{Binding, chance, office_of};
use crate::definition::{
    CHANNEL, Channel, ConsultationIdx, Position as _, Procedure, Status, Target, TransitionIdx,
};
use crate::diagnostic::{Diagnostic, Severity, any_error};
use crate::dossier::{Context, owed};
use crate::id::Id;
use crate::read::{FACT, Kind, STATE};
use crate::simulate::model::case::{AnswerModel, CaseModel, FactModel};
use crate::simulate::model::step::StateModel;
use crate::simulate::model::{Arrivals, OfficeModel, PoolModel};
use crate::simulate::scenario::{ArrivalsDraft, Basis, CaseDraft};
use crate::source::At;

const CONSULTATION: Kind =
    Kind { code: "undeclared-consultation", what: "consultation", table: "consultation" };

/// The most combinations of channel and facts of one kind of case.
const MAX_PROFILES: u32 = 4_096;

impl<'c> Binding<'_, 'c> {
    /// Binds a kind of case; returns it with the position of its office.
    pub(super) fn case(
        &self,
        name: At<Id>,
        draft: &CaseDraft,
        offices: &[OfficeModel],
        pools: &[PoolModel],
        found: &mut Vec<Diagnostic>,
    ) -> Option<(usize, CaseModel<'c>)> {
        let before = found.len();
        let office = office_of(offices, draft.office, name.span, found)?;
        let procedure = self.procedure(draft, found)?;
        self.check_verified(procedure, draft, found);
        self.check_in_force(procedure, draft, found);
        let channels = channels(procedure, name, draft, found)?;
        let (facts, profiles) = facts(procedure, name, draft, &channels, found)?;
        let head = &self.scenario.draft.scenario.0;
        let (from, until) = (head.from.0?.value, head.until.0?.value);
        let arrivals = match &draft.arrivals {
            Some(it) => {
                self.check_follows(name, office, &it.0, offices, found);
                let arrivals = self.arrivals(&it.0, from, until).ok()?;
                self.check_hours(name, &it.0, &arrivals, found);
                arrivals
            }
            None => Arrivals::None,
        };
        let mine = offices.get(office)?.pools.as_slice();
        let mut steps = self.steps(procedure, name, (draft, &channels), mine, pools, found);
        let filing = procedure.transitions().get(procedure.filing())?;
        let Target::State(filed) = filing.to() else { return None };
        for step in &mut steps {
            step.moves_clocks = moves_clocks(procedure, step.at);
        }
        let mut case = CaseModel {
            name: name.value,
            cx: Context::new(procedure, self.calendar, self.tariff),
            priority: draft.priority.unwrap_or(u8::MAX),
            filed,
            filer: procedure.applicant().and_then(|it| procedure.roles().name(it))?,
            channels,
            facts,
            channel_fact: procedure.facts().position(&CHANNEL),
            profiles,
            complete: draft.complete.map_or(1.0, |it| chance(it.value)),
            pays: draft.pays.as_ref().map(|it| it.value.clone()),
            fees: Vec::new(),
            arrivals,
            followers: Vec::new(),
            states: states(procedure),
            steps,
            nodes: Vec::new(),
            choices: Vec::new(),
            answers: answers(procedure, draft, found),
            backlog: backlog(procedure, draft, found),
            backlog_age: draft.backlog_age.as_ref().map(|it| it.value.clone()),
        };
        super::graph::draw(&mut case);
        case.fees = fees(&case, from);
        // Steps that could not be read leave holes in the graph, of which nothing more is said.
        if !any_error(found.get(before..).unwrap_or_default()) {
            super::graph::check(&case, name.span, found);
        }
        Some((office, case))
    }

    /// A case follows one that is declared before it, in offices of the same kind.
    fn check_follows(
        &self,
        name: At<Id>,
        office: usize,
        draft: &ArrivalsDraft,
        offices: &[OfficeModel],
        found: &mut Vec<Diagnostic>,
    ) {
        let Some(after) = draft.after.value else { return };
        let earlier = self.scenario.draft.case.iter().take_while(|(it, _)| it.value != name.value);
        let beside = earlier.filter(|(it, case)| {
            office_of(offices, case.office, it.span, &mut Vec::new()) == Some(office)
        });
        let known: Vec<Id> = beside.map(|(it, _)| it.value).collect();
        if !known.contains(&after.value) {
            let message = format!("case `{}` is not declared before `{}`", after.value, name.value);
            let diagnostic = Diagnostic::error("undeclared-case", after.span, message)
                .nearest(after.value.as_str(), known.iter().map(Id::as_str));
            found.push(diagnostic.or_help(|| {
                "a case follows one that stands before it, in the same kind of office".into()
            }));
        }
    }

    /// Finds the version that a case is filed under.
    pub(super) fn procedure(
        &self,
        draft: &CaseDraft,
        found: &mut Vec<Diagnostic>,
    ) -> Option<&'c Procedure> {
        let (named, first) = (draft.procedure.0?, self.scenario.draft.scenario.0.from.0?.value);
        let versions = self.procedures.iter().filter(|it| *it.id() == named.value);
        let procedure = match draft.version {
            Some(version) => versions.clone().find(|it| *it.version() == version.value),
            None => versions
                .clone()
                .find(|it| it.status() == Status::InForce && it.effective().contains(first))
                .or_else(|| versions.clone().next().filter(|_| versions.clone().count() == 1)),
        };
        if procedure.is_none() {
            let known: Vec<&str> = match versions.clone().count() {
                0 => self.procedures.iter().map(|it| it.id().as_str()).collect(),
                _ => versions.clone().map(|it| it.version().as_str()).collect(),
            };
            let (what, at) = match draft.version.filter(|_| versions.clone().count() > 0) {
                Some(version) => ("version", version),
                None => ("procedure", named),
            };
            let message = format!("{what} `{}` is not there", at.value);
            let diagnostic = Diagnostic::error("undeclared-procedure", at.span, message);
            let diagnostic = diagnostic.nearest(at.value.as_str(), known.iter().copied());
            found.push(diagnostic.or_help(|| match versions.clone().count() {
                0 => "give the file of the procedure beside the scenario".into(),
                _ => format!("write a version that is there: {}", known.join(", ")),
            }));
        }
        procedure
    }

    /// A procedure that verification rejects is not run.
    fn check_verified(
        &self,
        procedure: &Procedure,
        draft: &CaseDraft,
        found: &mut Vec<Diagnostic>,
    ) {
        let report = crate::verify::verify(procedure, self.calendar);
        let error = report.findings().iter().find(|it| it.severity() == Severity::Error);
        if let (Some(error), Some(named)) = (error, draft.procedure.0) {
            let message = format!(
                "verification rejects `{}` {}: {}",
                procedure.id(),
                procedure.version(),
                error.message()
            );
            let diagnostic = Diagnostic::error("rejected-procedure", named.span, message);
            found.push(diagnostic.help("mend the procedure first; `check` shows where"));
        }
    }

    /// A version is filed under on its own days only.
    fn check_in_force(
        &self,
        procedure: &Procedure,
        draft: &CaseDraft,
        found: &mut Vec<Diagnostic>,
    ) {
        let head = &self.scenario.draft.scenario.0;
        let (Some(from), Some(until), Some(named)) = (head.from.0, head.until.0, draft.procedure.0)
        else {
            return;
        };
        let days = procedure.effective();
        let ends = days.until().is_some_and(|it| it < until.value);
        if from.value < days.from() || ends {
            let message = format!(
                "`{}` {} is not in force on every day of the run",
                procedure.id(),
                procedure.version()
            );
            let last =
                days.until().map_or_else(|| "on".into(), |it| format!("up to, and without, {it}"));
            let others = self.procedures.iter().filter(|it| it.id() == procedure.id());
            let whole = others.filter(|it| {
                let days = it.effective();
                let ends = days.until().is_some_and(|it| it < until.value);
                from.value >= days.from() && !ends
            });
            let mend = match whole.map(Procedure::version).next() {
                Some(version) => format!("write `version = \"{version}\"`, which is on every day"),
                None => "let the run begin and end within these days".into(),
            };
            let diagnostic = Diagnostic::error("not-in-force", named.span, message);
            found.push(diagnostic.help(format!("it is from {} {last}; {mend}", days.from())));
        }
    }
}

fn states(procedure: &Procedure) -> Vec<StateModel> {
    let states = procedure.states().iter();
    states.map(|(_, name, it)| StateModel::new(name, it.portal_status())).collect()
}

fn moves_clocks(procedure: &Procedure, at: TransitionIdx) -> bool {
    procedure
        .transitions()
        .get(at)
        .is_some_and(|it| !(it.clock().is_empty() && it.starts.is_empty() && it.stops.is_empty()))
}

fn channels(
    procedure: &Procedure,
    name: At<Id>,
    draft: &CaseDraft,
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<(Channel, f64)>> {
    let Some(written) = &draft.channels else {
        if let [only] = procedure.channels() {
            return Some(Vec::from([(*only, 1.0)]));
        }
        let diagnostic =
            Diagnostic::error("missing-key", name.span, "the key `channels` is missing");
        found.push(diagnostic.help(
            "say which share is filed how, such as `{ online = \"60%\", counter = \"40%\" }`",
        ));
        return None;
    };
    let mut channels = Vec::new();
    for (word, share) in &written.value.0 {
        let channel = procedure.channels().iter().find(|it| word.value == *it.as_str());
        match channel {
            Some(channel) => channels.push((*channel, chance(*share))),
            None => {
                let message = format!("`{}` is not filed by `{}`", procedure.id(), word.value);
                let known = procedure.channels().iter().map(|it| it.as_str());
                let offered: Vec<&str> = known.clone().collect();
                let diagnostic = Diagnostic::error("channel-not-offered", word.span, message);
                let diagnostic = diagnostic.nearest(word.value.as_str(), known);
                found.push(diagnostic.or_help(|| format!("it is filed by {}", offered.join(", "))));
            }
        }
    }
    Some(channels)
}

/// Returns the facts that differ or are given, and how many combinations there are.
fn facts(
    procedure: &Procedure,
    name: At<Id>,
    draft: &CaseDraft,
    channels: &[(Channel, f64)],
    found: &mut Vec<Diagnostic>,
) -> Option<(Vec<FactModel>, u32)> {
    let mut facts = Vec::new();
    let mut stride = channels.len().max(1) as u32;
    let given = draft.facts.iter().flat_map(|it| &it.value.0);
    let given = given
        .map(|(fact, text)| (*fact, Vec::from([(At { value: &**text, span: fact.span }, 1.0)])));
    let drawn = draft.fact.iter().map(|(fact, it)| {
        let chances = it.chances.0.iter().flat_map(|it| &it.value.0);
        let values = chances.map(|(text, share)| {
            (At { value: text.value.as_str(), span: text.span }, chance(*share))
        });
        (fact, values.collect::<Vec<_>>())
    });
    let all: Vec<_> = given.chain(drawn).collect();
    for (fact, texts) in &all {
        let Some(at) = procedure.facts().position(&fact.value) else {
            let known = procedure.facts().iter().map(|(_, it)| it.id());
            found.push(FACT.undeclared_by(*procedure.id(), *fact, known));
            continue;
        };
        let domain = procedure.facts().fact(at)?.domain();
        let mut values = Vec::new();
        for (text, share) in texts {
            match domain.parse(text.value) {
                Some(value) => values.push((value, *share)),
                None => {
                    let message = format!("`{}` is no value of `{}`", text.value, fact.value);
                    let diagnostic = Diagnostic::error("bad-value", text.span, message);
                    found.push(diagnostic.help(format!("expected {}", domain.expected())));
                }
            }
        }
        // Values that only a step sets are never drawn.
        for text in set_by_steps(draft, &fact.value) {
            let value = domain.parse(text).filter(|it| !values.iter().any(|(old, _)| old == it));
            values.extend(value.map(|it| (it, 0.0)));
        }
        let radix = values.len().max(1) as u32;
        facts.push(FactModel { at, id: fact.value, values, stride });
        stride = stride.saturating_mul(radix);
    }
    if stride > MAX_PROFILES {
        let message =
            format!("case `{}` has {stride} combinations of channel and facts", name.value);
        let diagnostic = Diagnostic::error("too-many-profiles", name.span, message);
        found.push(diagnostic.help(format!(
            "at most {MAX_PROFILES} are run; give facts that hardly matter one value, or split the case"
        )));
        return None;
    }
    Some((facts, stride))
}

/// Assesses what each profile owes by the tariff of the first day; nothing where there are no fees.
fn fees(case: &CaseModel<'_>, on: chrono::NaiveDate) -> Vec<Option<i64>> {
    if case.cx.procedure().fees().is_empty() {
        return Vec::new();
    }
    let profiles = 0..case.profiles;
    profiles
        .map(|profile| {
            let channel = case.channels.get(case.channel(profile))?.0;
            let named = |fact: &Id| {
                let at = case.cx.procedure().facts().position(fact)?;
                case.lookup(profile)(at)
            };
            let charges = owed(&case.cx, (channel, on), case.lookup(profile), named);
            charges.iter().try_fold(0_i64, |sum, it| sum.checked_add(it.payer?.get()))
        })
        .collect()
}

fn set_by_steps<'d>(draft: &'d CaseDraft, fact: &'d Id) -> impl Iterator<Item = &'d str> {
    let steps = draft.step.iter().filter_map(|(_, it)| it.sets.as_ref());
    let sets = steps.flat_map(|it| &it.0);
    sets.filter(move |(it, _)| it.value == *fact).map(|(_, text)| &**text)
}

fn answers(
    procedure: &Procedure,
    draft: &CaseDraft,
    found: &mut Vec<Diagnostic>,
) -> Vec<AnswerModel> {
    let mut answers = Vec::new();
    for (name, it) in draft.answer.iter() {
        let Some((at, _)) = procedure.consultations().find(&name.value) else {
            let known = procedure.consultations().iter().map(|(_, it, _)| it);
            found.push(CONSULTATION.undeclared_by(*procedure.id(), name, known));
            continue;
        };
        let Some(after) = &it.after.0 else { continue };
        answers.push(AnswerModel {
            at,
            name: name.value,
            after: after.value.clone(),
            basis: it.counted.unwrap_or(Basis::Clock),
            silent: it.silent.map_or(0.0, |it| chance(it.value)),
        });
    }
    // In the order in which the procedure asks.
    answers.sort_by_key(|it: &AnswerModel| ConsultationIdx::index(it.at));
    answers
}

fn backlog(
    procedure: &Procedure,
    draft: &CaseDraft,
    found: &mut Vec<Diagnostic>,
) -> Vec<(crate::definition::StateIdx, u32)> {
    let mut backlog = Vec::new();
    for (state, count) in draft.backlog.iter().flat_map(|it| &it.0) {
        match procedure.states().find(&state.value) {
            Some((at, _)) => backlog.push((at, *count)),
            None => {
                let known = procedure.states().iter().map(|(_, it, _)| it);
                found.push(STATE.undeclared_by(*procedure.id(), *state, known));
            }
        }
    }
    backlog
}
