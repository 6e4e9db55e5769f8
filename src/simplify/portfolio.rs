//! Many redesigns together: by field, by authority, and in total.
//!
//! Each procedure is judged on its own; a portfolio adds up. A procedure that
//! is gone altogether is cut with all its burdens, and a new one adds its own.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::balance::Relief;
use super::burden::burdens;
use super::cost::{Account, Cost, account};
use super::design::Design;
use super::verdict::{Legs, Verdict, Yardstick};
use crate::definition::{Level, Procedure};
use crate::error::Error;
use crate::id::Id;
use crate::money::{Dong, Ratio};
use crate::text::Text;

/// Designs before and after, paired by procedure.
#[derive(Clone, Debug)]
pub struct Portfolio<'p> {
    target: Ratio,
    entries: Vec<Entry<'p>>,
}

/// One procedure of a portfolio.
#[derive(Clone, Debug)]
pub struct Entry<'p> {
    procedure: &'p Procedure,
    judged: Judged<'p>,
}

/// What became of a procedure as a whole.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a procedure stands on both sides, or on one of them")]
pub enum Judged<'p> {
    /// It was redesigned, or left as it was.
    Compared(Box<Verdict<'p>>),
    /// It is gone, with so many burdens and this cost.
    Abolished(usize, Account<'p>),
    /// It is new, with so many burdens and this cost.
    New(usize, Account<'p>),
}

impl<'p> Entry<'p> {
    /// Returns the procedure after, or before where it is gone.
    #[must_use]
    pub const fn procedure(&self) -> &'p Procedure {
        self.procedure
    }

    /// Returns what became of it.
    #[must_use]
    pub const fn judged(&self) -> &Judged<'p> {
        &self.judged
    }

    /// Returns true when it is cut by as much as was asked for; a new one never is.
    #[must_use]
    pub fn holds(&self) -> bool {
        match &self.judged {
            Judged::Compared(verdict) => verdict.holds(),
            Judged::Abolished(..) => true,
            Judged::New(..) => false,
        }
    }

    fn add_to(&self, tally: &mut Tally) {
        tally.procedures += 1;
        tally.reaching += usize::from(self.holds());
        match &self.judged {
            Judged::Compared(it) => {
                tally.before += it.balance().before();
                tally.removed += it.balance().count(Relief::Removed);
                tally.simplified += it.balance().count(Relief::Simplified);
                tally.added += it.balance().added().len();
                tally.cost.add(Some(it.before()), Some(it.after()), it.adoption());
            }
            Judged::Abolished(burdens, account) => {
                tally.before += burdens;
                tally.removed += burdens;
                tally.cost.add(Some(account), None, Ratio::ONE);
            }
            Judged::New(burdens, account) => {
                tally.added += burdens;
                tally.cost.add(None, Some(account), Ratio::ONE);
            }
        }
    }
}

impl<'p> Portfolio<'p> {
    /// Compares the designs of two sides, paired by the procedure's id.
    ///
    /// # Errors
    ///
    /// When an amount leaves the range of `i64`.
    pub fn between(
        before: &[Design<'p>],
        after: &[Design<'p>],
        by: &Yardstick<'p>,
    ) -> Result<Self, Error> {
        let find = |designs: &[Design<'p>], id: &Id| {
            designs.iter().find(|it| it.lead().id() == id).cloned()
        };
        let mut entries = Vec::new();
        for old in before {
            let judged = match find(after, old.lead().id()) {
                Some(new) => Judged::Compared(Box::new(Verdict::between(old, &new, by)?)),
                None => Judged::Abolished(burdens(old).len(), account(old, by.setting())?),
            };
            let now = find(after, old.lead().id()).map_or(old.lead(), |it| it.lead());
            entries.push(Entry { procedure: now, judged });
        }
        for new in after.iter().filter(|it| find(before, it.lead().id()).is_none()) {
            let judged = Judged::New(burdens(new).len(), account(new, by.setting())?);
            entries.push(Entry { procedure: new.lead(), judged });
        }
        Ok(Self { target: by.target(), entries })
    }

    /// Returns every procedure: those before in their order, then new ones.
    #[must_use]
    pub fn entries(&self) -> &[Entry<'p>] {
        &self.entries
    }

    /// Returns the share that was asked for.
    #[must_use]
    pub const fn target(&self) -> Ratio {
        self.target
    }

    /// Adds all of them up.
    #[must_use]
    pub fn total(&self) -> Tally {
        self.tally(|_| true)
    }

    /// Adds up by field of administration, in the order in which fields first appear.
    #[must_use]
    pub fn by_field(&self) -> Vec<(Option<&'p Text>, Tally)> {
        self.grouped(Procedure::field)
    }

    /// Adds up by level of authority.
    #[must_use]
    pub fn by_authority(&self) -> Vec<(Level, Tally)> {
        self.grouped(Procedure::authority)
    }

    fn grouped<K: PartialEq + Copy>(&self, key: fn(&'p Procedure) -> K) -> Vec<(K, Tally)> {
        let mut keys: Vec<K> = Vec::new();
        for it in &self.entries {
            if !keys.contains(&key(it.procedure)) {
                keys.push(key(it.procedure));
            }
        }
        keys.into_iter().map(|of| (of, self.tally(|it| key(it.procedure) == of))).collect()
    }

    fn tally(&self, is_in: impl Fn(&Entry<'p>) -> bool) -> Tally {
        let mut tally = Tally::default();
        self.entries.iter().filter(|it| is_in(it)).for_each(|it| it.add_to(&mut tally));
        tally
    }
}

/// What several procedures come to together.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    procedures: usize,
    reaching: usize,
    before: usize,
    removed: usize,
    simplified: usize,
    added: usize,
    cost: Sums,
}

impl Tally {
    /// Returns the number of procedures.
    #[must_use]
    pub const fn procedures(&self) -> usize {
        self.procedures
    }

    /// Returns how many of them reach the target on their own.
    #[must_use]
    pub const fn reaching(&self) -> usize {
        self.reaching
    }

    /// Returns how many burdens there were.
    #[must_use]
    pub const fn before(&self) -> usize {
        self.before
    }

    /// Returns how many were removed.
    #[must_use]
    pub const fn removed(&self) -> usize {
        self.removed
    }

    /// Returns how many were simplified.
    #[must_use]
    pub const fn simplified(&self) -> usize {
        self.simplified
    }

    /// Returns how many are new.
    #[must_use]
    pub const fn added(&self) -> usize {
        self.added
    }

    /// Returns what all cases cost, as far as it is known.
    #[must_use]
    pub const fn cost(&self) -> &Sums {
        &self.cost
    }

    /// Returns which legs all of them together reach; cost that is not known for some of them reaches nothing.
    #[must_use]
    pub fn legs(&self, target: Ratio) -> Legs {
        let of = |units: usize| i128::try_from(units).unwrap_or(i128::MAX);
        let reaches = |(before, after): (Parts, Parts)| {
            self.cost.unknown == 0 && target.is_reached_by(before.saturating_sub(after), before)
        };
        Legs {
            burdens: target.is_reached_by(of(self.removed + self.simplified), of(self.before)),
            cost: reaches(self.cost.with_fees),
            cost_without_fees: reaches(self.cost.without_fees),
        }
    }
}

/// An amount in parts of a đồng, since a share of subjects may bear it.
type Parts = i128;

/// How many parts a đồng has.
const PARTS: i128 = 1_000_000;

/// Costs of many procedures, before and after: of a year where each says how many cases it has, else of one case each.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Sums {
    with_fees: (Parts, Parts),
    without_fees: (Parts, Parts),
    unknown: usize,
    single: usize,
}

impl Sums {
    /// Returns the cost with fees, before and after, in whole đồng.
    #[must_use]
    pub fn with_fees(&self) -> (i128, i128) {
        (self.with_fees.0.div_euclid(PARTS), self.with_fees.1.div_euclid(PARTS))
    }

    /// Returns the cost without fees, before and after, in whole đồng.
    #[must_use]
    pub fn without_fees(&self) -> (i128, i128) {
        (self.without_fees.0.div_euclid(PARTS), self.without_fees.1.div_euclid(PARTS))
    }

    /// Returns how many procedures are left out because their cost is not known.
    #[must_use]
    pub const fn unknown(&self) -> usize {
        self.unknown
    }

    /// Returns how many procedures count with a single case because nobody said how many there are in a year.
    #[must_use]
    pub const fn single(&self) -> usize {
        self.single
    }

    fn add(&mut self, before: Option<&Account<'_>>, after: Option<&Account<'_>>, share: Ratio) {
        let cases = after.or(before).and_then(|it| it.cases_a_year());
        let pair = |figure: fn(&Cost) -> Option<Dong>| {
            let of =
                |it: Option<&Account<'_>>| it.map_or(Some(Dong::ZERO), |it| figure(it.applicant()));
            let (before, after) = (parts(of(before)?, cases)?, parts(of(after)?, cases)?);
            let (num, den) = (i128::from(share.numerator()), i128::from(share.denominator()));
            let saved = before.checked_sub(after)?.checked_mul(num)?.checked_div(den)?;
            Some((before, before.checked_sub(saved)?))
        };
        let (Some(with), Some(without)) = (pair(Cost::with_fees), pair(Cost::without_fees)) else {
            self.unknown += 1;
            return;
        };
        self.single += usize::from(cases.is_none());
        self.with_fees = sum(self.with_fees, with);
        self.without_fees = sum(self.without_fees, without);
    }
}

fn parts(amount: Dong, cases: Option<u64>) -> Option<Parts> {
    i128::from(amount.get()).checked_mul(PARTS)?.checked_mul(i128::from(cases.unwrap_or(1)))
}

fn sum(left: (Parts, Parts), right: (Parts, Parts)) -> (Parts, Parts) {
    (left.0.saturating_add(right.0), left.1.saturating_add(right.1))
}
