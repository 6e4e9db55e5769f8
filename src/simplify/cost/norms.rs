//! Norms of compliance cost (định mức chi phí tuân thủ): what an hour is worth, how long work takes.
//!
//! No standard table of times is law, so that nearly every item says that it is
//! assumed. What comparisons need is that both sides are measured alike.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::draft::LeftOut;
use crate::definition::Task;
use crate::error::Error;
use crate::id::Id;
use crate::law::{Certainty, Citation};
use crate::money::{Dong, Ratio};
use crate::read::{Maybe, Remarks};
use crate::text::Text;

/// The norms of one year.
#[derive(Clone, Debug)]
pub struct Norms {
    pub(super) id: Id,
    pub(super) name: Text,
    pub(super) year: u16,
    pub(super) income: Income,
    pub(super) overhead: Option<Ratio>,
    pub(super) leaves_out: Vec<LeftOut>,
    pub(super) laws: Vec<(Id, Citation)>,
    pub(super) items: Vec<(Id, Item)>,
    pub(super) law: Vec<Id>,
    pub(super) remarks: Remarks,
}

impl Norms {
    /// Returns the name by which they are chosen, such as `vietnam-2023`.
    #[must_use]
    pub const fn id(&self) -> Id {
        self.id
    }

    /// Returns the name for people.
    #[must_use]
    pub const fn name(&self) -> &Text {
        &self.name
    }

    /// Returns the year whose incomes and prices they hold; never compare across years.
    #[must_use]
    pub const fn year(&self) -> u16 {
        self.year
    }

    /// Returns what an hour of work is worth.
    #[must_use]
    pub const fn income(&self) -> &Income {
        &self.income
    }

    /// Returns the share that is added to the worth of time, such as `25%`.
    #[must_use]
    pub const fn overhead(&self) -> Option<Ratio> {
        self.overhead
    }

    /// Returns true when something is not counted.
    #[must_use]
    pub fn leaves_out(&self, what: LeftOut) -> bool {
        self.leaves_out.contains(&what)
    }

    /// Returns every item with its name, in the order of declaration.
    pub fn items(&self) -> impl Iterator<Item = (Id, &Item)> {
        self.items.iter().map(|(id, it)| (*id, it))
    }

    /// Finds an item.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<(Id, &Item)> {
        self.items().find(|(id, _)| *id == *name)
    }

    /// Returns the legal basis of the method.
    pub fn law(&self) -> impl Iterator<Item = &Citation> {
        self.cited(&self.law)
    }

    /// Returns the citations under some names of the text.
    pub fn cited<'n>(&'n self, law: &'n [Id]) -> impl Iterator<Item = &'n Citation> {
        law.iter().filter_map(|name| self.laws.iter().find(|(id, _)| id == name).map(|(_, it)| it))
    }

    /// Returns what was assumed and noted of the norms as a whole.
    #[must_use]
    pub const fn remarks(&self) -> &Remarks {
        &self.remarks
    }

    /// Returns what minutes of work are worth: one multiplication, one division, half a đồng rounds up.
    ///
    /// Add up minutes first: sums of rounded amounts drift.
    ///
    /// # Errors
    ///
    /// When the amount leaves the range of `i64`.
    pub fn time_cost(&self, minutes: u64) -> Result<Dong, Error> {
        let (num, den) = self.overhead.map_or((0, 1), |it| (it.numerator(), it.denominator()));
        let (num, den) = (i128::from(num) + i128::from(den), 60 * i128::from(den));
        let worth = i128::from(self.income.hourly().get())
            .checked_mul(i128::from(minutes))
            .and_then(|it| it.checked_mul(2 * num)?.checked_add(den))
            .ok_or_else(Error::overflow)?;
        i64::try_from(worth.div_euclid(2 * den)).map(Dong::new).map_err(|_| Error::overflow())
    }
}

/// What an hour of work is worth (thu nhập bình quân một giờ).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Income {
    pub(super) yearly: Dong,
    // INVARIANT: never zero.
    pub(super) hours: u16,
    pub(super) source: Option<Box<str>>,
    pub(super) certainty: Certainty,
    pub(super) law: Vec<Id>,
    pub(super) remarks: Remarks,
}

impl Income {
    /// Returns the published income of a year per head.
    #[must_use]
    pub const fn yearly(&self) -> Dong {
        self.yearly
    }

    /// Returns the hours of work by which it is divided.
    #[must_use]
    pub const fn hours(&self) -> u16 {
        self.hours
    }

    /// Returns the worth of an hour in whole đồng, half a đồng rounded up.
    #[must_use]
    pub fn hourly(&self) -> Dong {
        let hour = Ratio::new(1, self.hours.into());
        hour.and_then(|it| self.yearly.scaled(it).ok()).unwrap_or(self.yearly)
    }

    /// Returns where the figure was read.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// Returns how surely it is known.
    #[must_use]
    pub const fn certainty(&self) -> Certainty {
        self.certainty
    }

    /// Returns the legal basis, as names in the norms.
    #[must_use]
    pub fn law(&self) -> &[Id] {
        &self.law
    }

    /// Returns what was assumed and noted.
    #[must_use]
    pub const fn remarks(&self) -> &Remarks {
        &self.remarks
    }
}

/// How long some work takes, and what it costs besides.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Item {
    pub(super) name: Text,
    pub(super) task: Task,
    pub(super) minutes: Maybe<u32>,
    pub(super) waiting: Option<u32>,
    pub(super) direct: Maybe<Dong>,
    pub(super) per_copy: Maybe<Dong>,
    pub(super) charged: Option<Id>,
    pub(super) usual: bool,
    pub(super) source: Option<Box<str>>,
    pub(super) certainty: Certainty,
    pub(super) law: Vec<Id>,
    pub(super) remarks: Remarks,
}

impl Item {
    /// Returns the name for people.
    #[must_use]
    pub const fn name(&self) -> &Text {
        &self.name
    }

    /// Returns the group of work to which it belongs.
    #[must_use]
    pub const fn task(&self) -> Task {
        self.task
    }

    /// Returns how many minutes it takes once, or why nobody knows.
    #[must_use]
    pub const fn minutes(&self) -> &Maybe<u32> {
        &self.minutes
    }

    /// Returns how many of the minutes pass at the office, waiting and being served; none where it is no trip.
    #[must_use]
    pub const fn waiting(&self) -> Option<u32> {
        self.waiting
    }

    /// Returns what it costs once besides time: print, travel, a price.
    #[must_use]
    pub const fn direct(&self) -> &Maybe<Dong> {
        &self.direct
    }

    /// Returns what each copy costs besides.
    #[must_use]
    pub const fn per_copy(&self) -> &Maybe<Dong> {
        &self.per_copy
    }

    /// Returns the item of the tariff that another office charges for each copy, by its pages.
    #[must_use]
    pub const fn charged(&self) -> Option<Id> {
        self.charged
    }

    /// Returns true for work that would be done without the procedure too.
    #[must_use]
    pub const fn usual(&self) -> bool {
        self.usual
    }

    /// Returns where it was read.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// Returns how surely it is known; assumed where the text says what it assumes.
    #[must_use]
    pub const fn certainty(&self) -> Certainty {
        self.certainty
    }

    /// Returns the legal basis, as names in the norms.
    #[must_use]
    pub fn law(&self) -> &[Id] {
        &self.law
    }

    /// Returns what was assumed and noted.
    #[must_use]
    pub const fn remarks(&self) -> &Remarks {
        &self.remarks
    }
}
