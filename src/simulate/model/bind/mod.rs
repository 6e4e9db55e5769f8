//! Binding a scenario to its procedures: every name resolved, every guard decided.

use alloc::format;
use alloc::vec::Vec;

mod arrivals;
mod case;
mod graph;
mod hours;
mod shared;
mod steps;

use super::load::overloads;
use super::{Arrivals, CaseModel, Model, OfficeModel, PoolModel, Roster};
use crate::calendar::Calendar;
use crate::definition::Procedure;
use crate::diagnostic::{Diagnostic, any_error, settle};
use crate::fee::Tariff;
use crate::id::Id;
use crate::money::Ratio;
use crate::simulate::scenario::{Discipline, Hours, Scenario};
use crate::source::{At, Span};

/// What an office is called where a scenario declares none.
const OFFICE: Id = Id::literal("office");

/// What every part of a scenario is bound against.
#[derive(Clone, Copy)]
pub(super) struct Binding<'s, 'c> {
    pub(super) scenario: &'s Scenario,
    pub(super) procedures: &'c [Procedure],
    pub(super) calendar: &'c Calendar,
    pub(super) tariff: Option<&'c Tariff>,
}

impl Scenario {
    /// Binds the scenario to procedures, a calendar and a tariff.
    ///
    /// Whatever stands in the way is a diagnostic: a procedure that is not
    /// there or that verification rejects, a role without staff, a state that
    /// nothing leaves, more work than the officers have hours for. With an
    /// error there is no model.
    #[must_use]
    pub fn bind<'c>(
        &self,
        procedures: &'c [Procedure],
        calendar: &'c Calendar,
        tariff: Option<&'c Tariff>,
    ) -> (Option<Model<'c>>, Vec<Diagnostic>) {
        let (model, mut found) = self.bind_for_staffing(procedures, calendar, tariff);
        if let Some(model) = &model {
            overloads(self, model, &mut found);
        }
        settle(&mut found);
        (model.filter(|_| !any_error(&found)), found)
    }

    /// Binds the scenario whatever hours its officers have, so that their number can be searched.
    #[must_use]
    pub fn bind_for_staffing<'c>(
        &self,
        procedures: &'c [Procedure],
        calendar: &'c Calendar,
        tariff: Option<&'c Tariff>,
    ) -> (Option<Model<'c>>, Vec<Diagnostic>) {
        let binding = Binding { scenario: self, procedures, calendar, tariff };
        let mut found = Vec::new();
        let model = binding.model(&mut found);
        settle(&mut found);
        (model.filter(|_| !any_error(&found)), found)
    }
}

impl<'c> Binding<'_, 'c> {
    fn model(&self, found: &mut Vec<Diagnostic>) -> Option<Model<'c>> {
        let draft = &self.scenario.draft;
        let head = &draft.scenario.0;
        let (from, until) = (head.from.0?.value, head.until.0?.value);
        for day in [head.from.0?, head.until.0?] {
            if self.calendar.kind(day.value).is_err() {
                let message = format!("{} is outside calendar `{}`", day.value, self.calendar.id());
                let (first, end) = self.calendar.covered();
                let diagnostic = Diagnostic::error("uncovered-day", day.span, message);
                found.push(diagnostic.help(format!("it covers {first} up to, and without, {end}")));
            }
        }
        let midnight = |day: chrono::NaiveDate| {
            super::roster::seconds(self.calendar, day.and_time(chrono::NaiveTime::MIN))
        };
        let mut offices = self.offices();
        let pools = self.pools(&mut offices, from, found);
        self.check_shared(found);
        let mut cases = Vec::new();
        for (name, case) in draft.case.iter() {
            let start = found.len();
            let bound = self.case(name, case, &offices, &pools, found);
            if let Some((office, bound)) = bound
                && !any_error(found.get(start..).unwrap_or_default())
            {
                if let Some(it) = offices.get_mut(office) {
                    it.cases.push(cases.len());
                }
                cases.push(bound);
            }
        }
        follow(&mut cases);
        Some(Model {
            id: self.scenario.id,
            fingerprint: self.scenario.fingerprint,
            calendar: self.calendar,
            from: midnight(from),
            counted: midnight(from) + i64::from(head.warm_up.map_or(0, |it| it.value)) * 86_400,
            until: midnight(until),
            drains: head.drain.unwrap_or(true),
            offices,
            pools,
            cases,
            replications: head.replications.map_or(20, |it| it.value),
            precision: head.precision.map(|it| it.value),
            seed: head.seed.map_or(1, u64::from),
            visit_cost: head.visit_cost,
            office_hours: Roster::of(self.calendar, Hours::Office, &[], from).ok()?,
        })
    }

    fn offices(&self) -> Vec<OfficeModel> {
        let declared = self.scenario.draft.office.iter().map(|(name, it)| OfficeModel {
            name: name.value,
            count: it.count.map_or(1, |it| it.value),
            pools: Vec::new(),
            cases: Vec::new(),
        });
        let mut offices: Vec<OfficeModel> = declared.collect();
        if offices.is_empty() {
            let (pools, cases) = (Vec::new(), Vec::new());
            offices.push(OfficeModel { name: OFFICE, count: 1, pools, cases });
        }
        offices
    }

    fn pools(
        &self,
        offices: &mut [OfficeModel],
        from: chrono::NaiveDate,
        found: &mut Vec<Diagnostic>,
    ) -> Vec<PoolModel> {
        let mut pools = Vec::new();
        for (name, it) in self.scenario.draft.pool.iter() {
            let Some(office) = office_of(offices, it.office, name.span, found) else { continue };
            let hours = it.hours.unwrap_or(Hours::Office);
            let roster = match Roster::of(self.calendar, hours, &it.sessions.0, from) {
                Ok(roster) if roster.next_open(i64::MIN / 8).is_some() => roster,
                _ => {
                    let message = format!("pool `{}` never works", name.value);
                    let diagnostic = Diagnostic::error("unstaffed-role", name.span, message);
                    let id = self.calendar.id();
                    let help = match it.sessions.is_absent() {
                        true => format!("calendar `{id}` has no such hours"),
                        false => format!("no `session` lies in the hours of calendar `{id}`"),
                    };
                    found.push(diagnostic.help(help));
                    continue;
                }
            };
            if let Some(office) = offices.get_mut(office) {
                office.pools.push(pools.len());
            }
            pools.push(PoolModel {
                name: name.value,
                roles: it.roles.0.iter().map(|it| it.value).collect(),
                cases: it.cases.0.iter().map(|it| it.value).collect(),
                officers: it.officers.0.map_or(1, |it| it.value),
                roster,
                discipline: it.discipline.unwrap_or(Discipline::FirstCome),
                at_once: it.at_once.map_or(1, |it| it.value),
                absence: it.absence.map_or(0.0, |it| chance(it.value)),
                hourly_cost: it.hourly_cost,
            });
        }
        pools
    }
}

/// Tells every case which others follow it.
fn follow(cases: &mut [CaseModel<'_>]) {
    let after = |it: &CaseModel<'_>| match it.arrivals {
        Arrivals::After { of, .. } => Some(of),
        _ => None,
    };
    let after: Vec<Option<Id>> = cases.iter().map(after).collect();
    for case in cases {
        let mine = after.iter().zip(0..).filter(|(it, _)| **it == Some(case.name));
        case.followers = mine.map(|(_, place)| place).collect();
    }
}

/// Returns the position of the office that is named, or of the only one.
pub(super) fn office_of(
    offices: &[OfficeModel],
    named: Option<At<Id>>,
    span: Span,
    found: &mut Vec<Diagnostic>,
) -> Option<usize> {
    match (named, offices) {
        (Some(named), _) => offices.iter().position(|it| it.name == named.value),
        (None, [_]) => Some(0),
        (None, _) => {
            let diagnostic = Diagnostic::error("missing-key", span, "the key `office` is missing");
            found.push(diagnostic.help("say in which kind of office; there are several"));
            None
        }
    }
}

/// Returns a ratio as a chance.
#[expect(clippy::float_arithmetic, reason = "a chance is no money")]
pub(super) fn chance(ratio: Ratio) -> f64 {
    f64::from(ratio.numerator()) / f64::from(ratio.denominator())
}
