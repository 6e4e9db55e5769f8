//! `hoso diff`: what changed in meaning between designs, for whom, and which applications are decided otherwise.

mod data;
mod text;

pub(crate) use text::changes;

use hoso::calendar::Calendar;
use hoso::definition::Procedure;
use hoso::simplify::diff::{Change, Diff};
use hoso::simplify::{Design, Differences, diff, differences};

use crate::answer::Answer;
use crate::args::{self, Global};
use crate::designs::Side;
use crate::failure::Fallible;

/// The code of the rule about open dossiers.
const STRANDED: &str = "dossiers-stranded";

pub(crate) fn diff_designs(global: &Global, args: &args::Diff) -> Fallible<Answer> {
    let before = Side::open(global, &args.before, None)?;
    let after = Side::open(global, &args.after, None)?;
    let calendar = after.texts().calendar(&args.calendar)?;
    let (old, new) = (before.designs(), after.designs());
    let by_name = before.is_folder() || after.is_folder();
    let report = match (&*old, &*new, by_name) {
        ([old], [new], false) => Report::of_two(old, new, &calendar),
        (old, new, _) => Report::of(old, new, &calendar),
    };
    let lang = global.lang();
    Ok(Answer::new(global, || data::data(&report, lang), || text::text(&report, lang)))
}

/// Every procedure of the two sides.
struct Report<'p> {
    compared: Vec<Compared<'p>>,
    gone: Vec<&'p Procedure>,
    come: Vec<&'p Procedure>,
}

/// A design, and the one that takes its place.
pub(crate) struct Compared<'p> {
    old: &'p Procedure,
    new: &'p Procedure,
    diff: Diff<'p>,
    pub(crate) differences: Differences,
}

impl<'p> Report<'p> {
    /// Takes one design as what took the place of another, whatever they are called.
    fn of_two(old: &Design<'p>, new: &Design<'p>, calendar: &Calendar) -> Self {
        let compared = vec![Compared::of(old, new, calendar)];
        Self { compared, gone: Vec::new(), come: Vec::new() }
    }

    /// Pairs designs by id.
    fn of(before: &[Design<'p>], after: &[Design<'p>], calendar: &Calendar) -> Self {
        let find = |all: &[Design<'p>], like: &Design<'p>| {
            all.iter().find(|it| it.lead().id() == like.lead().id()).cloned()
        };
        let pairs = before.iter().filter_map(|old| Some((old, find(after, old)?)));
        let lone = |own: &[Design<'p>], other: &[Design<'p>]| {
            let lone = own.iter().filter(|it| find(other, it).is_none());
            lone.map(Design::lead).collect::<Vec<_>>()
        };
        Self {
            compared: pairs.map(|(old, new)| Compared::of(old, &new, calendar)).collect(),
            gone: lone(before, after),
            come: lone(after, before),
        }
    }
}

impl<'p> Compared<'p> {
    pub(crate) fn of(old: &Design<'p>, new: &Design<'p>, calendar: &Calendar) -> Self {
        Self {
            old: old.lead(),
            new: new.lead(),
            diff: diff(old, new, calendar),
            differences: differences(old, new),
        }
    }

    fn is_same(&self) -> bool {
        self.diff.is_empty() && self.differences.are_none()
    }

    /// Returns what changed, open dossiers left aside.
    pub(crate) fn changes(&self) -> impl Iterator<Item = &Change<'p>> {
        self.diff.changes().iter().filter(|it| it.code() != STRANDED)
    }

    pub(crate) fn stranded(&self) -> impl Iterator<Item = &Change<'p>> {
        self.diff.changes().iter().filter(|it| it.code() == STRANDED)
    }
}
