//! Deadlines that can be kept: the budgets along every route, day by day, against the term.
//!
//! For each term that the office must keep, and each length that the law gives
//! it, every route through the office is put on every day on which the
//! procedure accepts dossiers and the calendar covers. What comes out is the
//! worst of these courses: when it begins, which steps it takes, when the term
//! ends, and by how much each step could grow. Extensions are not counted on.

mod course;
mod days;
mod route;
#[cfg(test)]
mod tests;

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::cell::Cell;

use chrono::{NaiveDateTime, TimeDelta};

use crate::calendar::{Calendar, Moment};
use crate::clock::{Length, Limit, Unit};
use crate::definition::guard::Guard;
use crate::definition::{ConsultationIdx, Part, PartKind, Procedure, Term, TermIdx, TransitionIdx};
use crate::id::Id;

use super::inquiry::Inquiry;
use course::{Plan, Plans, Rules, Task};
use days::Days;
use route::{Leg, Route, routes};

/// By how many units at most a step is tried to grow.
const MAX_SLACK: u32 = 1 << 10;

/// How many steps the courses of one procedure may take together, over all routes and days.
const MAX_COURSES: u32 = 1 << 23;

/// The worst courses of a procedure.
#[derive(Clone, Debug, Default)]
pub struct Timetables {
    tables: Vec<Timetable>,
    cut_short: Vec<Id>,
}

impl Timetables {
    /// Returns the worst course of each term and length: without consultations, then beside each of them.
    #[must_use]
    pub fn tables(&self) -> &[Timetable] {
        &self.tables
    }

    /// Returns the terms that have more routes than were followed, or timed on every day.
    #[must_use]
    pub fn cut_short(&self) -> &[Id] {
        &self.cut_short
    }
}

/// The worst course of a term: all steps take their budgets, begun on the worst day.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
pub struct Timetable {
    term: Id,
    length: Length,
    consultation: Option<Id>,
    facts: Vec<(Id, Box<str>)>,
    path: Vec<Id>,
    from: Moment,
    due: Moment,
    done: Moment,
    rows: Vec<Row>,
    #[cfg_attr(feature = "serde", serde(skip))]
    heaviest: usize,
}

impl Timetable {
    /// Returns the term.
    #[must_use]
    pub const fn term(&self) -> Id {
        self.term
    }

    /// Returns its length in this case.
    #[must_use]
    pub const fn length(&self) -> Length {
        self.length
    }

    /// Returns the consultation beside which it is kept; none when no agency is asked.
    #[must_use]
    pub const fn consultation(&self) -> Option<Id> {
        self.consultation
    }

    /// Returns a case for which the course is taken, each fact with its value as guards write it.
    #[must_use]
    pub fn facts(&self) -> &[(Id, Box<str>)] {
        &self.facts
    }

    /// Returns the transitions: from the one that starts the term to the one that keeps it.
    #[must_use]
    pub fn path(&self) -> &[Id] {
        &self.path
    }

    /// Returns when the term starts: on the worst day of all.
    #[must_use]
    pub const fn from(&self) -> Moment {
        self.from
    }

    /// Returns when the term ends.
    #[must_use]
    pub const fn due(&self) -> Moment {
        self.due
    }

    /// Returns when the last step is done.
    #[must_use]
    pub const fn done(&self) -> Moment {
        self.done
    }

    /// Returns true when the term is kept, on the worst day and so on every other.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.done.timestamp() <= self.due.timestamp()
    }

    /// Returns what the budgets of this course in the unit of the term sum to, where that is more than the term.
    ///
    /// Then the budgets are too long whatever the day.
    #[must_use]
    pub fn exceeding(&self) -> Option<Limit> {
        let limit = self.length.limit()?;
        let steps = self.rows.iter().filter(|it| it.part.kind() == PartKind::State);
        let alike = steps.filter_map(|it| it.length.limit()).filter(|it| it.unit() == limit.unit());
        let sum = alike.fold(0, |sum: u32, it| sum.saturating_add(it.number()));
        Limit::new(sum, limit.unit()).filter(|_| sum > limit.number())
    }

    /// Returns the step that lasts longest, of those that the procedure itself allots where there are any.
    #[must_use]
    pub fn heaviest(&self) -> Option<&Row> {
        self.rows.get(self.heaviest)
    }

    /// Returns the steps and the consultation, in the order of their beginning.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

/// A step of a timetable.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
pub struct Row {
    #[cfg_attr(feature = "serde", serde(serialize_with = "as_text"))]
    part: Part,
    length: Length,
    from: Moment,
    until: Moment,
    slack: Option<i64>,
    at_most: Option<u32>,
}

impl Row {
    /// Returns the state, or the consultation.
    #[must_use]
    pub const fn part(&self) -> &Part {
        &self.part
    }

    /// Returns its budget, or the limit of the agency.
    #[must_use]
    pub const fn length(&self) -> Length {
        self.length
    }

    /// Returns when it begins.
    #[must_use]
    pub const fn from(&self) -> Moment {
        self.from
    }

    /// Returns when it ends.
    #[must_use]
    pub const fn until(&self) -> Moment {
        self.until
    }

    /// Returns by how many of its own units it could be longer, all else alike, and the term still be kept.
    ///
    /// Negative: by how many it would have to be shorter. None when no length
    /// of this step alone would keep the term, or it would be kept by any.
    #[must_use]
    pub const fn slack(&self) -> Option<i64> {
        self.slack
    }

    /// Returns the most of its own units with which the term is kept on every day, all else alike.
    ///
    /// Asked of the heaviest step of a term that is not kept; none where no length would do, or it takes too long to say.
    #[must_use]
    pub const fn at_most(&self) -> Option<u32> {
        self.at_most
    }
}

#[cfg(feature = "serde")]
fn as_text<S: serde::Serializer>(part: &Part, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(part)
}

/// Works out the worst course of every term that the office must keep, over the days of a calendar.
///
/// Terms on whose way no step has a budget and no agency a limit are left out,
/// as are days whose end the calendar does not cover.
#[must_use]
pub fn timetables(procedure: &Procedure, calendar: &Calendar) -> Timetables {
    tables(procedure, calendar, &Inquiry::into(procedure))
}

pub(super) fn tables(
    procedure: &Procedure,
    calendar: &Calendar,
    inquiry: &Inquiry<'_>,
) -> Timetables {
    let (mut tables, left) = (Timetables::default(), Cell::new(MAX_COURSES));
    for (at, name, term) in procedure.terms().iter() {
        let (routes, is_whole) = routes(procedure, at);
        if !routes.is_empty() {
            let (rules, left) = (Rules::of(procedure, term, calendar), &left);
            let desk = Desk { procedure, inquiry, at, name, term, rules, routes: &routes, left };
            tables.tables.extend(desk.tables());
        }
        if !is_whole || !routes.is_empty() && left.get() == 0 {
            tables.cut_short.push(name);
        }
    }
    tables
}

/// Everything about one term.
struct Desk<'d> {
    procedure: &'d Procedure,
    inquiry: &'d Inquiry<'d>,
    at: TermIdx,
    name: Id,
    term: &'d Term,
    rules: Rules<'d>,
    routes: &'d [Route<'d>],
    // What is left of the steps that courses may take.
    left: &'d Cell<u32>,
}

/// A route with what it takes, and the days on which it is tried.
struct Course<'d> {
    route: &'d Route<'d>,
    facts: Vec<(Id, Box<str>)>,
    plan: Plan,
    days: Days,
}

impl Course<'_> {
    /// Returns the course with other lengths.
    fn with(&self, plan: Plan) -> Self {
        Self { route: self.route, facts: self.facts.clone(), plan, days: self.days }
    }
}

/// A course on a day, in local time.
#[derive(Clone, Copy)]
struct Day {
    left: TimeDelta,
    course: usize,
    from: NaiveDateTime,
    due: NaiveDateTime,
}

impl<'d> Desk<'d> {
    fn tables(&self) -> Vec<Timetable> {
        let cases = self.term.cases().iter();
        let lengths = cases.map(|it| it.limit()).chain([self.term.limit()]).enumerate();
        let known = lengths.filter_map(|(place, it)| Some((place, *it.known()?)));
        let beside = self.procedure.consultations().iter().map(|(at, _, _)| Some(at));
        let beside: Vec<Option<ConsultationIdx>> = [None].into_iter().chain(beside).collect();
        let mut tables = Vec::new();
        for (place, length) in known {
            for consultation in &beside {
                tables.extend(self.table(place, length, *consultation));
            }
        }
        tables
    }

    fn table(
        &self,
        place: usize,
        length: Length,
        beside: Option<ConsultationIdx>,
    ) -> Option<Timetable> {
        let courses = self.courses(place, length, beside);
        let worst = self.worst(length, &courses)?;
        let mut table = self.lay_out(courses.get(worst.course)?, worst, length, beside)?;
        if let (false, Some(row)) = (table.is_kept(), table.rows.get_mut(table.heaviest)) {
            row.at_most = self.at_most(length, &courses, row);
        }
        Some(table)
    }

    /// Returns the most units of a step with which every course is in time on every day.
    fn at_most(&self, length: Length, courses: &[Course<'d>], row: &Row) -> Option<u32> {
        let limit = row.length.limit()?;
        let mut number = limit.number();
        loop {
            let with = |plan: &Plan, number| plan.with(&row.part, Limit::new(number, limit.unit()));
            let changed = courses.iter().map(|it| it.with(with(&it.plan, number)));
            let changed: Vec<Course<'_>> = changed.collect();
            let worst = self.worst(length, &changed)?;
            if self.left.get() == 0 {
                return None;
            }
            if worst.left >= TimeDelta::zero() {
                return (number > 0).then_some(number);
            }
            let plan = &courses.get(worst.course)?.plan;
            let keeps = |number| {
                with(plan, number).done(&self.rules, worst.from).is_ok_and(|it| it <= worst.due)
            };
            if !keeps(0) {
                return None;
            }
            number = last(0, number, keeps);
        }
    }

    /// Returns the courses that some case takes under one of the lengths, those alike once.
    fn courses(
        &self,
        place: usize,
        length: Length,
        beside: Option<ConsultationIdx>,
    ) -> Vec<Course<'d>> {
        let mut courses: Vec<Course<'_>> = Vec::new();
        let mut known: BTreeSet<&[Leg]> = BTreeSet::new();
        for route in self.routes {
            if known.contains(&*route.legs) || beside.is_some() && !route.waits_for_answers() {
                continue;
            }
            let plan = Plan::of(self.procedure, route, beside);
            if plan.lengths().next().is_none() {
                continue;
            }
            let Some(facts) = self.facts(place, route, beside) else { continue };
            let days = Days::of(self.procedure, &self.rules, route, length, &plan);
            known.insert(&route.legs);
            courses.push(Course { route, facts, plan, days });
        }
        courses
    }

    /// Returns a case that takes a route under one of the lengths; none when there is no such case.
    fn facts(
        &self,
        place: usize,
        route: &Route<'_>,
        beside: Option<ConsultationIdx>,
    ) -> Option<Vec<(Id, Box<str>)>> {
        let before = self.term.cases().iter().take(place).map(|it| it.when()).collect::<Vec<_>>();
        let case = self.term.cases().get(place).map(|it| it.when());
        let asked = beside.and_then(|it| self.procedure.consultations().get(it)?.when());
        let hold: Vec<&Guard> = self
            .term
            .when()
            .into_iter()
            .chain(case)
            .chain(asked)
            .chain(route.guards.iter().copied())
            .collect();
        let part = Part::new(PartKind::Term, self.name);
        self.inquiry.meets(part, &hold, &before)
    }

    /// Returns the day that leaves the least time of all; of those alike the first of the first course.
    fn worst(&self, length: Length, courses: &[Course<'_>]) -> Option<Day> {
        let mut worst: Option<Day> = None;
        let mut tried: Vec<Days> = Vec::new();
        for days in courses.iter().map(|it| it.days) {
            if tried.contains(&days) {
                continue;
            }
            tried.push(days);
            let these = courses.iter().enumerate().filter(|(_, it)| it.days == days);
            let (places, plans): (Vec<_>, Vec<_>) = these.map(|(at, it)| (at, &it.plan)).unzip();
            let mut plans = Plans::of(plans);
            for from in days.times(self.rules.calendar) {
                if !self.spend(plans.stages()) {
                    return worst;
                }
                let Ok(due) = self.rules.term.end(length, from) else { continue };
                plans.run(&self.rules, from, |at, done| {
                    let Some(&course) = places.get(at) else { return };
                    let left = due.signed_duration_since(done);
                    if worst.is_none_or(|it| (left, course) < (it.left, it.course)) {
                        worst = Some(Day { left, course, from, due });
                    }
                });
            }
        }
        worst
    }

    /// Takes a start and its stages from what is left; false when nothing was.
    fn spend(&self, stages: u32) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1).saturating_sub(stages));
        left > 0
    }

    fn lay_out(
        &self,
        course: &Course<'_>,
        day: Day,
        length: Length,
        beside: Option<ConsultationIdx>,
    ) -> Option<Timetable> {
        let moment = |it| self.rules.calendar.moment(it).ok();
        let tasks = course.plan.tasks(&self.rules, day.from).ok()?;
        let rows = tasks.into_iter().map(|it| {
            let slack = self.slack(&course.plan, day, &it);
            let (from, until) = (moment(it.from)?, moment(it.until)?);
            Some(Row { part: it.part, length: it.length, from, until, slack, at_most: None })
        });
        let rows: Vec<Row> = rows.collect::<Option<_>>()?;
        let name = |it: &TransitionIdx| self.procedure.transitions().name(*it);
        Some(Timetable {
            term: self.procedure.terms().name(self.at)?,
            length,
            consultation: beside.and_then(|it| self.procedure.consultations().name(it)),
            facts: course.facts.clone(),
            path: course.route.path.iter().filter_map(name).collect(),
            from: moment(day.from)?,
            due: moment(day.due)?,
            done: moment(day.due.checked_sub_signed(day.left)?)?,
            heaviest: self.heaviest(&rows),
            rows,
        })
    }

    /// Returns the place of the row that lasts longest; what the procedure itself allots comes before the rest.
    fn heaviest(&self, rows: &[Row]) -> usize {
        let own = |it: &Row| {
            let span = self.procedure.span_of(&it.part);
            span.is_some_and(|it| it.file() == self.procedure.span().file())
        };
        let days = |it: &Row| match it.length.limit() {
            Some(it) if !matches!(it.unit(), Unit::WorkingHours | Unit::ClockHours) => it.number(),
            _ => 0,
        };
        // On the worst day rests lengthen a step that is short itself.
        let weight = |it: &Row| (own(it), days(it), it.until.signed_duration_since(it.from));
        let heaviest = rows.iter().enumerate().rev().max_by_key(|(_, it)| weight(it));
        heaviest.map(|(at, _)| at).unwrap_or_default()
    }

    /// Returns by how many units a step could grow, or has to shrink, on that day.
    fn slack(&self, plan: &Plan, day: Day, task: &Task) -> Option<i64> {
        let limit = task.length.limit()?;
        let keeps = |number: u32| {
            let plan = plan.with(&task.part, Limit::new(number, limit.unit()));
            plan.done(&self.rules, day.from).is_ok_and(|it| it <= day.due)
        };
        let number = limit.number();
        if keeps(number) {
            let most = number.checked_add(MAX_SLACK)?;
            let longest = last(number, most, keeps);
            return (longest < most).then(|| i64::from(longest) - i64::from(number));
        }
        keeps(0).then(|| i64::from(last(0, number, keeps)) - i64::from(number))
    }
}

/// Returns the last number from `from` that holds, where all before it hold and none from `until` on is asked.
fn last(mut from: u32, mut until: u32, holds: impl Fn(u32) -> bool) -> u32 {
    while until - from > 1 {
        let middle = from + (until - from) / 2;
        if holds(middle) { from = middle } else { until = middle }
    }
    from
}
