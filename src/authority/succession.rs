//! Who acts after an authority that ended: its successor, one of several, or nobody.
//!
//! Several successors are never told apart here: which of them a case falls to
//! hangs on where it lies, and that is not in the text.

use alloc::vec::Vec;

use chrono::NaiveDate;

use crate::definition::Level;
use crate::id::Id;
use crate::law::{Citation, Interval};
use crate::read::Remarks;
use crate::text::Text;

/// The authorities of a jurisdiction, those that ended included.
#[derive(Clone, Debug)]
pub struct Authorities {
    pub(super) id: Id,
    pub(super) name: Text,
    pub(super) laws: Vec<(Id, Citation)>,
    // INVARIANT: sorted by id; every successor is among them and exists on the
    // day after the last of the one that it follows.
    pub(super) list: Vec<Authority>,
}

/// An authority (cơ quan): a people's committee, a department, a centre.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Authority {
    pub(super) id: Id,
    pub(super) name: Text,
    pub(super) level: Level,
    pub(super) effective: Interval,
    pub(super) successors: Vec<Id>,
    pub(super) law: Vec<Id>,
    pub(super) remarks: Remarks,
}

/// Who acts on a day for what an authority had received.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "one acts, several might, or nobody does")]
pub enum Acting {
    /// This one: the authority itself, or the only one that its duties have come to.
    One(Id),
    /// One of these; which, the text does not say.
    OneOf(Vec<Id>),
    /// Nobody that the text knows.
    Nobody,
}

/// The way from an authority to those that act on a day.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Succession<'a> {
    acting: Acting,
    ended: Vec<&'a Authority>,
}

impl Authorities {
    /// Returns the name of the set, such as `hanoi`.
    #[must_use]
    pub const fn id(&self) -> Id {
        self.id
    }

    /// Returns the name for people.
    #[must_use]
    pub const fn name(&self) -> &Text {
        &self.name
    }

    /// Returns every authority, sorted by id.
    #[must_use]
    pub fn list(&self) -> &[Authority] {
        &self.list
    }

    /// Finds an authority, whether it still exists or not.
    #[must_use]
    pub fn find(&self, id: &Id) -> Option<&Authority> {
        let at = self.list.binary_search_by(|it| it.id.cmp(id)).ok()?;
        self.list.get(at)
    }

    /// Returns an authority, if it exists on a day.
    #[must_use]
    pub fn on(&self, id: &Id, day: NaiveDate) -> Option<&Authority> {
        self.find(id).filter(|it| it.effective.contains(day))
    }

    /// Returns who acts on a day for what an authority received, and after whom.
    ///
    /// None when the text does not know the authority, or it does not exist yet.
    ///
    /// # Example
    ///
    /// ```
    /// use hoso::authority::{Acting, load};
    /// use hoso::id::Id;
    /// use hoso::source::Sources;
    ///
    /// let mut sources = Sources::new();
    /// sources.add("hanoi.toml", include_str!("../../procedures/authorities/hanoi.toml"));
    /// let (all, _) = load(&sources);
    ///
    /// let district = Id::parse("sample/district-x")?;
    /// let on = |day: &str| all[0].succession(&district, day.parse().unwrap()).unwrap();
    /// assert_eq!(*on("2025-06-30").acting(), Acting::One(district));
    /// assert_eq!(*on("2025-07-01").acting(), Acting::One(Id::parse("sample/ward-a")?));
    /// # Ok::<(), hoso::error::Error>(())
    /// ```
    #[must_use]
    pub fn succession(&self, id: &Id, day: NaiveDate) -> Option<Succession<'_>> {
        let first = self.find(id).filter(|it| it.effective.from() <= day)?;
        if first.effective.contains(day) {
            return Some(Succession { acting: Acting::One(first.id), ended: Vec::new() });
        }
        let mut ended = Vec::from([first]);
        let mut heirs: Vec<Id> = Vec::new();
        let mut next = 0;
        while let Some(authority) = ended.get(next).copied() {
            next += 1;
            for heir in authority.successors.iter().filter_map(|it| self.find(it)) {
                if heir.effective.contains(day) {
                    if !heirs.contains(&heir.id) {
                        heirs.push(heir.id);
                    }
                } else if !ended.iter().any(|it| it.id == heir.id) {
                    ended.push(heir);
                }
            }
        }
        heirs.sort_unstable();
        let acting = match &*heirs {
            [] => Acting::Nobody,
            [one] => Acting::One(*one),
            _ => Acting::OneOf(heirs),
        };
        Some(Succession { acting, ended })
    }

    /// Returns the citations on which the change of an authority rests.
    pub fn law<'a>(&'a self, authority: &'a Authority) -> impl Iterator<Item = &'a Citation> {
        let laws = self.laws.iter().filter(|(it, _)| authority.law.contains(it));
        laws.map(|(_, it)| it)
    }
}

impl Authority {
    /// Returns the name by which dossiers hold it.
    #[must_use]
    pub const fn id(&self) -> Id {
        self.id
    }

    /// Returns the official name.
    #[must_use]
    pub const fn name(&self) -> &Text {
        &self.name
    }

    /// Returns its level.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.level
    }

    /// Returns the days on which it exists.
    #[must_use]
    pub const fn effective(&self) -> Interval {
        self.effective
    }

    /// Returns those that take over on the day after its last.
    #[must_use]
    pub fn successors(&self) -> &[Id] {
        &self.successors
    }

    /// Returns what was assumed and noted.
    #[must_use]
    pub const fn remarks(&self) -> &Remarks {
        &self.remarks
    }
}

impl Acting {
    /// Returns those that act, or might.
    #[must_use]
    pub fn ids(&self) -> &[Id] {
        match self {
            Self::One(one) => core::slice::from_ref(one),
            Self::OneOf(all) => all,
            Self::Nobody => &[],
        }
    }
}

impl<'a> Succession<'a> {
    /// Returns who acts.
    #[must_use]
    pub const fn acting(&self) -> &Acting {
        &self.acting
    }

    /// Returns the authorities that ended on the way, the first one first; none while that one acts.
    #[must_use]
    pub fn ended(&self) -> &[&'a Authority] {
        &self.ended
    }
}
