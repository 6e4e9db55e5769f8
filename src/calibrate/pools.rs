//! Who works: roles that share people, how many of them, and in which hours.
#![expect(clippy::float_arithmetic, reason = "loads are fractions")]

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use chrono::DateTime;

use super::hours::Watch;
use super::steps::{Performed, TimeKind};
use super::way::Way;
use crate::calendar::Calendar;
use crate::definition::{Procedure, SYSTEM, TransitionIdx};
use crate::dossier::ActorId;
use crate::id::Id;
use crate::simulate::Hours;
use crate::text::words;

words! {
    /// How a headcount was come by.
    pub enum Counted as "how officers were counted: `people`, `at-once`, `load` or `none`" {
        /// People at work on nine days of ten, or fewer.
        People = "people" ("số người làm việc, chín ngày trong mười", "people at work on nine days of ten"),
        /// Dossiers that were worked on at the same time.
        AtOnce = "at-once" ("số hồ sơ được xử lý cùng lúc", "dossiers worked on at the same time"),
        /// No fewer could have done the work that was recorded.
        Load = "load" ("số người ít nhất để làm hết việc đã ghi", "the fewest that could have done the work"),
        /// Nothing was recorded of who works.
        None = "none" ("nhật ký không ghi ai làm", "nothing was recorded of who works"),
    }
}

/// People of the office who do the work of some roles.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct Pool {
    /// The roles, which share people.
    pub roles: Vec<Id>,
    /// How many officers.
    pub officers: u16,
    /// How they were counted.
    pub counted: Counted,
    /// How many people the log names.
    pub people: u64,
    /// The most dossiers that were worked on at the same time.
    pub at_once: u64,
    /// True where one person worked on several dossiers at a time.
    pub multitasks: bool,
    /// When they work.
    pub hours: Hours,
    /// The share of its hours that the recorded work took; none without recorded work.
    pub load: Option<f64>,
}

/// One piece of work: from, until, and who did it.
type Work<'w> = (i64, i64, Option<&'w ActorId>);

/// Estimates the pools of a log.
pub(super) fn pools(
    procedure: &Procedure,
    calendar: &Calendar,
    ways: &[Way],
    steps: &BTreeMap<TransitionIdx, Performed>,
    watch: &Watch,
) -> Vec<Pool> {
    let applicant = procedure.applicant().and_then(|it| procedure.roles().name(it));
    let inside = |it: &&Performed| {
        it.kind != TimeKind::Wait && it.role != applicant && it.role != Some(SYSTEM)
    };
    let mut people: BTreeMap<Id, BTreeSet<&ActorId>> = BTreeMap::new();
    for step in steps.values().filter(inside) {
        let Some(role) = step.role else { continue };
        people.entry(role).or_default().extend(step.actors.keys());
    }
    let groups = grouped(&people);
    groups.into_iter().map(|roles| pool(calendar, ways, steps, watch, roles, &people)).collect()
}

/// Puts roles together where half of the people of the smaller one are in the other too.
fn grouped(people: &BTreeMap<Id, BTreeSet<&ActorId>>) -> Vec<Vec<Id>> {
    let mut groups: Vec<Vec<Id>> = Vec::new();
    for (role, own) in people {
        let shares = |group: &Vec<Id>| {
            group.iter().filter_map(|it| people.get(it)).any(|other| {
                let both = own.intersection(other).count();
                both > 0 && 2 * both >= own.len().min(other.len())
            })
        };
        let (mut joined, rest): (Vec<_>, Vec<_>) = groups.into_iter().partition(shares);
        let mut group: Vec<Id> = joined.drain(..).flatten().collect();
        group.push(*role);
        groups = rest;
        groups.push(group);
    }
    groups
}

fn pool(
    calendar: &Calendar,
    ways: &[Way],
    steps: &BTreeMap<TransitionIdx, Performed>,
    watch: &Watch,
    roles: Vec<Id>,
    people: &BTreeMap<Id, BTreeSet<&ActorId>>,
) -> Pool {
    let is_own = |step: &TransitionIdx| {
        let of = |it: &Performed| {
            it.kind != TimeKind::Wait && it.role.is_some_and(|it| roles.contains(&it))
        };
        steps.get(step).is_some_and(of)
    };
    let taken = || {
        let all = ways.iter().flat_map(|it| &it.stays);
        all.flat_map(|it| it.errands.iter().chain(&it.exit)).filter(|it| is_own(&it.step))
    };
    let is_work =
        |step: &TransitionIdx| steps.get(step).is_some_and(|it| it.kind == TimeKind::Work);
    let works: Vec<Work<'_>> = taken()
        .filter(|it| is_work(&it.step))
        .filter_map(|it| Some((it.began?, it.at?, it.actor.as_ref())))
        .collect();
    // What was worked on says more of the hours than what was only done at some time.
    let moments: Vec<i64> = match works.is_empty() {
        true => taken().filter_map(|it| it.at).collect(),
        false => works.iter().flat_map(|it| [it.0, it.1]).collect(),
    };
    let hours = watch.of(moments.iter().copied());
    let (at_once, multitasks) = at_once(&works);
    let named: BTreeSet<&ActorId> =
        roles.iter().filter_map(|it| people.get(it)).flatten().copied().collect();
    let seen = daily(calendar, taken().filter_map(|it| it.at.zip(it.actor.as_ref())));
    let (mut officers, mut counted) = match (works.is_empty(), multitasks || named.is_empty()) {
        (false, true) => (at_once, Counted::AtOnce),
        (_, false) => (seen, Counted::People),
        (true, true) => (1, Counted::None),
    };
    officers = officers.max(1);
    let load = load(&works, watch, hours);
    if let Some(load) = load {
        let least = libm::ceil(load / 0.95) as u64;
        if least > officers {
            (officers, counted) = (least, Counted::Load);
        }
    }
    Pool {
        roles,
        officers: u16::try_from(officers).unwrap_or(u16::MAX),
        counted,
        people: named.len() as u64,
        at_once,
        multitasks,
        hours,
        load: load.map(|it| it / officers as f64),
    }
}

/// Returns the number of people at work that nine days of ten do not exceed.
fn daily<'w>(calendar: &Calendar, done: impl Iterator<Item = (i64, &'w ActorId)>) -> u64 {
    let offset = i64::from(calendar.offset().local_minus_utc());
    let mut days: BTreeMap<i64, BTreeSet<&ActorId>> = BTreeMap::new();
    for (at, actor) in done {
        days.entry((at + offset).div_euclid(86_400)).or_default().insert(actor);
    }
    let mut counts: Vec<u64> = days.values().map(|it| it.len() as u64).collect();
    counts.sort_unstable();
    counts.get((counts.len() * 9).div_ceil(10).saturating_sub(1)).copied().unwrap_or(0)
}

/// Returns the most pieces of work under way at once, and whether one person had several.
fn at_once(works: &[Work<'_>]) -> (u64, bool) {
    let mut events: Vec<(i64, i8, Option<&ActorId>)> = Vec::new();
    for (from, until, actor) in works.iter().filter(|it| it.0 < it.1) {
        events.extend([(*from, 1, *actor), (*until, -1, *actor)]);
    }
    // What ends makes room for what begins in the same second.
    events.sort_by_key(|it| (it.0, it.1));
    let mut under_way: BTreeMap<&ActorId, u64> = BTreeMap::new();
    let (mut now, mut most, mut several) = (0_u64, 0, 0_usize);
    for (_, change, actor) in events {
        let own = actor.map(|it| under_way.entry(it).or_default());
        if change > 0 {
            now += 1;
            most = most.max(now);
            if let Some(own) = own {
                *own += 1;
                several += usize::from(*own > 1);
            }
        } else {
            now = now.saturating_sub(1);
            if let Some(own) = own {
                *own = own.saturating_sub(1);
            }
        }
    }
    (most, several * 20 > works.len())
}

/// Returns how many officers the recorded work kept busy on average.
fn load(works: &[Work<'_>], watch: &Watch, hours: Hours) -> Option<f64> {
    let from = works.iter().map(|it| it.0).min()?;
    let until = works.iter().map(|it| it.1).max()?;
    let work: i64 = works.iter().map(|it| watch.between(hours, it.0, it.1)).sum();
    let open = watch.between(hours, from, until);
    (open > 0).then(|| work as f64 / open as f64)
}

/// Returns the local day of a moment.
pub(super) fn day(calendar: &Calendar, at: i64) -> Option<chrono::NaiveDate> {
    Some(DateTime::from_timestamp(at, 0)?.with_timezone(&calendar.offset()).date_naive())
}
