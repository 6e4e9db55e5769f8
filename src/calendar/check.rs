//! From the text of a calendar to its plan: every problem in one pass.
//!
//! One function for each kind of problem. Nothing is loaded half: a plan with
//! an error is no plan.

use alloc::format;
use alloc::vec::Vec;

use chrono::{Months, NaiveDate};

use super::plan::{Decree, Plan, Session, WeekHours, Year};
use super::policy::{Policies, PolicySheet};
use super::sheet::{DayKind, Hours, Row, Sheet, Status, Weekday};
use crate::diagnostic::{Diagnostic, any_error};
use crate::id::Id;
use crate::law::{Certainty, Citation};
use crate::read::{CALENDAR, LAW};
use crate::source::{At, Span};

/// The longest coverage in years, so that ranks of working days fit 16 bits.
const MAX_YEARS: u32 = 100;

/// Checks a text and lays its content over that of the calendar it extends.
pub(crate) fn check(sheet: &Sheet, known: &[&Plan], found: &mut Vec<Diagnostic>) -> Option<Plan> {
    let start = found.len();
    let mut check = Check { sheet, found };
    let plan = check.ground(known).map(|ground| check.plan(ground));
    let sound = !any_error(found.get(start..).unwrap_or_default());
    plan.filter(|_| sound)
}

struct Check<'a> {
    sheet: &'a Sheet,
    found: &'a mut Vec<Diagnostic>,
}

impl Check<'_> {
    fn error(
        &mut self,
        code: &'static str,
        span: Span,
        message: alloc::string::String,
        help: &str,
    ) {
        self.found.push(Diagnostic::error(code, span, message).help(help));
    }

    /// Returns the plan on which the rows are laid: the extended calendar's, or an empty one.
    fn ground(&mut self, known: &[&Plan]) -> Option<Plan> {
        match self.sheet.calendar.0.extends {
            Some(base) => self.inherited(base, known),
            None => self.own(),
        }
    }

    fn inherited(&mut self, base: At<Id>, known: &[&Plan]) -> Option<Plan> {
        let sheet = self.sheet;
        let own = [
            ("offset", sheet.calendar.0.offset.value.map(|it| it.span)),
            ("covered", sheet.calendar.0.covered.value.map(|it| it.span)),
            ("week", sheet.week.as_ref().map(|it| it.0.span)),
        ];
        for (key, span) in own.into_iter().filter_map(|(key, span)| Some((key, span?))) {
            let message = format!("`{key}` is inherited from calendar `{}`", base.value);
            self.error("inherited-key", span, message, "leave it out");
        }
        let plan = known.iter().find(|it| it.id == base.value);
        if plan.is_none() {
            self.found.push(CALENDAR.not_among(base, known.iter().map(|it| it.id)));
        }
        plan.map(|it| Plan {
            id: sheet.calendar.0.id.value,
            name: sheet.calendar.0.name.clone(),
            ..(*it).clone()
        })
    }

    fn own(&mut self) -> Option<Plan> {
        let sheet = self.sheet;
        let keys = [
            ("offset", sheet.calendar.0.offset.is_written),
            ("covered", sheet.calendar.0.covered.is_written),
            ("week", sheet.week.is_some()),
        ];
        for (key, _) in keys.into_iter().filter(|(_, is_written)| !is_written) {
            let message = format!("`{key}` is missing here");
            let help = "write it, or name the calendar that this one `extends`";
            self.error("missing-key", sheet.calendar.0.id.span, message, help);
        }
        let (from, until) = self.covered()?;
        let week = &sheet.week.as_ref()?.0;
        Some(Plan {
            id: sheet.calendar.0.id.value,
            name: sheet.calendar.0.name.clone(),
            offset: sheet.calendar.0.offset.value?.value.0,
            from,
            until,
            rest: week.rest.0.clone(),
            rest_law: self.law(&week.law.0),
            decrees: Vec::new(),
            years: Vec::new(),
            sessions: Vec::new(),
            receptions: Vec::new(),
            policies: Policies::default(),
        })
    }

    fn covered(&mut self) -> Option<(NaiveDate, NaiveDate)> {
        let At { value: covered, span } = self.sheet.calendar.0.covered.value?;
        let from = covered.from();
        let Some(until) = covered.until() else {
            let help = "`until` is the first day about which nothing is decreed";
            self.error("open-coverage", span, "the coverage has no end".into(), help);
            return None;
        };
        if from.checked_add_months(Months::new(MAX_YEARS * 12)).is_none_or(|most| most < until) {
            let message = format!("the coverage is longer than {MAX_YEARS} years");
            self.error("open-coverage", span, message, "days far ahead are not decreed");
            return None;
        }
        Some((from, until))
    }

    fn plan(&mut self, mut plan: Plan) -> Plan {
        let sheet = self.sheet;
        self.rows(&mut plan);
        self.swaps(&plan);
        self.years(&mut plan);
        plan.sessions = self.hours(&sheet.calendar.0.sessions.0, plan.sessions);
        plan.receptions = self.hours(&sheet.calendar.0.receptions.0, plan.receptions);
        let own = sheet.policy.as_ref().map(|it| PolicySheet::policies(&it.0));
        plan.policies = own.unwrap_or_default().or(plan.policies);
        plan
    }

    /// Resolves names of laws to what the text says about them.
    fn law(&mut self, names: &[At<Id>]) -> Vec<Citation> {
        let declared = &self.sheet.law;
        let mut law = Vec::with_capacity(names.len());
        for name in names {
            match declared.0.iter().find(|(id, _)| id.value == name.value) {
                Some((_, citation)) => law.extend(citation.clone()),
                None => self.found.push(LAW.undeclared(*name, declared.names())),
            }
        }
        law
    }

    fn rows(&mut self, plan: &mut Plan) {
        for row in &self.sheet.calendar.0.days.0 {
            self.fits(row, plan);
            let decree = self.decree(row);
            match plan.decrees.binary_search_by_key(&decree.date, |it| it.date) {
                Ok(_) => {
                    let message = format!("{} is decreed twice", decree.date);
                    self.error("double-day", row.date.span, message, "keep one of the rows");
                }
                Err(place) => plan.decrees.insert(place, decree),
            }
        }
    }

    fn decree(&mut self, row: &Row) -> Decree {
        Decree {
            date: row.date.value,
            kind: row.kind.value,
            name: row.name.clone(),
            swap: row.swap.map(|it| it.value),
            announced: row.announced,
            status: row.status.unwrap_or(Status::Announced),
            certainty: row.certainty.unwrap_or(Certainty::Read),
            law: self.law(&row.law.0),
        }
    }

    /// Reports a row that says nothing, or nothing that can be, about its date.
    fn fits(&mut self, row: &Row, plan: &Plan) {
        let At { value: date, span } = row.date;
        let (kind, weekday) = (row.kind.value, Weekday::of(date));
        if date < plan.from || plan.until <= date {
            let message = format!("{date} lies outside the coverage");
            let help = format!("covered are {} to the day before {}", plan.from, plan.until);
            self.error("outside-coverage", span, message, &help);
        }
        if !kind.is_decreed() {
            let message = format!("`{kind}` is what a day is without a row");
            let help = "write `holiday`, `compensatory`, `swap-off` or `swap-work`";
            return self.error("unfit-day", row.kind.span, message, help);
        }
        let rests = plan.rest.contains(&weekday);
        if kind != DayKind::Holiday && rests != (kind == DayKind::SwapWork) {
            let state = if rests { "weekly rest already" } else { "not weekly rest" };
            let weekday = weekday.label(crate::text::Lang::En);
            let message = format!("{date} cannot be `{kind}`: a {weekday} is {state}");
            self.error("unfit-day", span, message, "check the date and the kind");
        }
    }

    /// Reports swapped days whose other half does not answer.
    fn swaps(&mut self, plan: &Plan) {
        for row in &self.sheet.calendar.0.days.0 {
            let (date, kind) = (row.date.value, row.kind.value);
            let partner = match kind {
                DayKind::SwapOff => Some(DayKind::SwapWork),
                DayKind::SwapWork => Some(DayKind::SwapOff),
                _ => None,
            };
            match (partner, row.swap) {
                (None, None) => {}
                (None, Some(other)) => {
                    let message = format!("`{kind}` is not exchanged for another day");
                    self.error("lonely-swap", other.span, message, "leave `for` out");
                }
                (Some(_), None) => {
                    let message = format!("the day for which {date} is exchanged is missing");
                    let help = "a swapped day names its other half, as in `for = 2026-01-10`";
                    self.error("lonely-swap", row.kind.span, message, help);
                }
                (Some(partner), Some(other)) => {
                    if !self.is_answered(plan, (date, kind), (other.value, partner)) {
                        let message = format!("{} is not a `{partner}` for {date}", other.value);
                        let help = "give that day a row whose `for` names this one";
                        self.error("lonely-swap", other.span, message, help);
                    }
                }
            }
        }
    }

    /// Returns true when the other half of a swap answers, or the reason why not is reported elsewhere.
    ///
    /// That is so when some row could not be read, or when the other half
    /// itself names a day that is no half at all.
    fn is_answered(
        &self,
        plan: &Plan,
        row: (NaiveDate, DayKind),
        other: (NaiveDate, DayKind),
    ) -> bool {
        let decreed =
            |(date, kind)| plan.decrees.iter().find(|it| it.date == date && it.kind == kind);
        match decreed(other).map(|it| it.swap) {
            None => !self.sheet.calendar.0.days.is_whole(),
            Some(None) => true,
            Some(Some(back)) => back == row.0 || decreed((back, row.1)).is_none(),
        }
    }

    fn years(&mut self, plan: &mut Plan) {
        for row in &self.sheet.calendar.0.announcements.0 {
            let year = i32::from(row.year.value);
            if plan.years.iter().any(|it| it.year == year) {
                let message = format!("the schedule of {year} is announced twice");
                self.error("double-day", row.year.span, message, "keep one of the rows");
            }
            self.law(&row.law.0);
            plan.years.push(Year { year, on: row.on });
        }
    }

    fn hours(&mut self, rows: &[Hours], inherited: Vec<WeekHours>) -> Vec<WeekHours> {
        let mut all = inherited;
        for row in rows {
            self.law(&row.law.0);
            if row.days.is_absent() {
                let help = "name the days of the week, as in `days = [\"saturday\"]`";
                self.error("missing-key", row.from.span, "`days` is missing here".into(), help);
            }
            let Some(session) = Session::new(row.from.value, row.until.value) else {
                let message = "the session ends before it begins".into();
                self.error(
                    "backward-session",
                    row.until.span,
                    message,
                    "`until` comes after `from`",
                );
                continue;
            };
            if row.effective.is_written && row.effective.value.is_none() {
                continue;
            }
            let days = row.days.0.clone();
            let hours = WeekHours { days, session, effective: row.effective.value };
            if all.iter().any(|it| collide(it, &hours)) {
                let message = "the session overlaps another one on the same day".into();
                let help = "end one where the other begins, or give them `effective` intervals";
                self.error("overlapping-sessions", row.from.span, message, help);
            }
            all.push(hours);
        }
        all.sort_by_key(|it| it.session.from);
        all
    }
}

/// Returns true when two sessions share a moment of some date.
fn collide(one: &WeekHours, two: &WeekHours) -> bool {
    let together = match (one.effective, two.effective) {
        (Some(one), Some(two)) => one.overlaps(&two),
        _ => true,
    };
    let (first, second) = (one.session, two.session);
    together
        && first.from < second.until
        && second.from < first.until
        && one.days.iter().any(|it| two.days.contains(it))
}
