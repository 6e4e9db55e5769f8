//! Where the saving comes from: activity by activity, from the cost before to the cost after.
//!
//! Time is rounded once for a whole account. A step is therefore the difference
//! between two whole sums, so that all steps together are the saving to the đồng.

use hoso::definition::{Part, Task};
use hoso::id::Id;
use hoso::money::Dong;
use hoso::simplify::cost::{Account, Bearer, Line, Norms};
use hoso::simplify::{Design, Pairing};
use hoso::text::Text;

/// Costs of one kind each, in đồng.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Parts {
    pub(super) time: i128,
    pub(super) direct: i128,
    pub(super) fee: i128,
}

impl Parts {
    pub(super) const fn sum(self) -> i128 {
        self.time + self.direct + self.fee
    }

    pub(super) const fn each(self) -> [i128; 3] {
        [self.time, self.direct, self.fee]
    }

    const fn minus(self, other: Self) -> Self {
        Self {
            time: self.time - other.time,
            direct: self.direct - other.direct,
            fee: self.fee - other.fee,
        }
    }
}

/// One activity, and what it costs more or less than before.
#[derive(Debug)]
pub(super) struct Step<'p> {
    pub(super) task: Task,
    pub(super) name: Option<&'p Text>,
    /// Negative where it costs more than before.
    pub(super) saved: Parts,
    /// What a case costs when this activity and those above it are as they are after.
    pub(super) left: Parts,
}

/// The way from the cost before to the cost after; activities that cost as much as before are absent.
#[derive(Debug)]
pub(super) struct Saving<'p> {
    pub(super) before: Parts,
    pub(super) steps: Vec<Step<'p>>,
    pub(super) after: Parts,
}

impl<'p> Saving<'p> {
    /// Follows what the applicant bears; none where a figure is not known.
    pub(super) fn between(
        (old, before): (&Design<'p>, &Account<'p>),
        (new, after): (&Design<'p>, &Account<'p>),
    ) -> Option<Self> {
        let norms = after.norms();
        let mut groups: Vec<Group<'p>> = Vec::new();
        for line in borne(before) {
            group(&mut groups, Key::of(line), line)?.before.add(line)?;
        }
        for line in borne(after) {
            group(&mut groups, Key::of(line).as_before(old, new), line)?.after.add(line)?;
        }
        groups.sort_by_key(|it| it.task);
        let mut left = Work::default();
        groups.iter().for_each(|it| left.join(it.before));
        let before = left.cost(norms)?;
        let (mut cost, mut steps) = (before, Vec::new());
        for it in &groups {
            left.leave(it.before);
            left.join(it.after);
            let now = left.cost(norms)?;
            if now != cost {
                let saved = cost.minus(now);
                steps.push(Step { task: it.task, name: it.name, saved, left: now });
            }
            cost = now;
        }
        Some(Self { before, steps, after: cost })
    }
}

fn borne<'l, 'p>(account: &'l Account<'p>) -> impl Iterator<Item = &'l Line<'p>> {
    account.lines().iter().filter(|it| it.bearer() == Bearer::Applicant)
}

/// What makes two lines work for the same thing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Key {
    member: Option<Id>,
    serves: Option<Part>,
    activity: Option<Id>,
}

impl Key {
    fn of(line: &Line<'_>) -> Self {
        let serves = line.serves();
        let activity = line.activity().filter(|_| serves.is_none());
        Self { member: line.part(), serves, activity }
    }

    /// Returns the key of what it takes the place of.
    fn as_before(self, old: &Design<'_>, new: &Design<'_>) -> Self {
        let both = old.procedure(self.member).zip(new.procedure(self.member));
        let earlier = both.zip(self.serves).and_then(|((old, new), serves)| {
            let pairing = Pairing::between(old, new);
            pairing.of_after(&serves).and_then(|it| it.before().first().copied())
        });
        Self { serves: earlier.or(self.serves), ..self }
    }
}

/// Everything that is done for one thing, before and after.
#[derive(Debug)]
struct Group<'p> {
    key: Key,
    task: Task,
    name: Option<&'p Text>,
    before: Work,
    after: Work,
}

/// Finds the group of a key, or begins it.
fn group<'g, 'p>(
    groups: &'g mut Vec<Group<'p>>,
    key: Key,
    line: &Line<'p>,
) -> Option<&'g mut Group<'p>> {
    if !groups.iter().any(|it| it.key == key) {
        let (task, name) = (line.task(), line.subject());
        groups.push(Group { key, task, name, before: Work::default(), after: Work::default() });
    }
    groups.iter_mut().find(|it| it.key == key)
}

/// Minutes and amounts, of which the worth of time is not computed yet.
#[derive(Clone, Copy, Debug, Default)]
struct Work {
    minutes: i128,
    direct: i128,
    fee: i128,
}

impl Work {
    fn add(&mut self, line: &Line<'_>) -> Option<()> {
        let (minutes, direct, fee) = (line.minutes()?, line.direct()?, line.fee()?);
        self.join(Self {
            minutes: minutes.into(),
            direct: direct.get().into(),
            fee: fee.get().into(),
        });
        Some(())
    }

    const fn join(&mut self, other: Self) {
        self.minutes += other.minutes;
        self.direct += other.direct;
        self.fee += other.fee;
    }

    const fn leave(&mut self, other: Self) {
        self.minutes -= other.minutes;
        self.direct -= other.direct;
        self.fee -= other.fee;
    }

    fn cost(self, norms: &Norms) -> Option<Parts> {
        let minutes = u64::try_from(self.minutes).ok()?;
        let time = norms.time_cost(minutes).map(Dong::get).ok()?;
        Some(Parts { time: time.into(), direct: self.direct, fee: self.fee })
    }
}
