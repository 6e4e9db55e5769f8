//! A tariff (biểu phí): dated data of one jurisdiction, compiled for assessment.

use alloc::boxed::Box;
use alloc::vec::Vec;

use chrono::NaiveDate;

use super::draft::{Basis, Kind, Manager, SettingAuthority, Stage};
use crate::definition::Channel;
use crate::definition::fact::{FactIdx, Facts};
use crate::definition::guard::Guard;
use crate::error::Error;
use crate::id::{Fingerprint, Id};
use crate::law::{Certainty, Citation, Interval};
use crate::money::{Dong, Ratio};
use crate::text::{Text, nearest};

/// The fees of a jurisdiction: what is charged, by whose instrument, and which rules change it.
#[derive(Clone, Debug)]
pub struct Tariff {
    pub(super) id: Id,
    pub(super) name: Text,
    pub(super) fingerprint: Fingerprint,
    pub(super) facts: Facts,
    pub(super) laws: Vec<(Id, Citation)>,
    pub(super) items: Vec<Item>,
    // INVARIANT: sorted hash words, one for each item.
    pub(super) index: Vec<(u64, ItemIdx)>,
    pub(super) rules: Vec<Rule>,
}

/// The place of an item in its [`Tariff`].
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct ItemIdx(pub(super) u16);

impl Tariff {
    /// Returns the name by which it is chosen, such as `hanoi`.
    #[must_use]
    pub const fn id(&self) -> Id {
        self.id
    }

    /// Returns the name for people.
    #[must_use]
    pub const fn name(&self) -> &Text {
        &self.name
    }

    /// Returns the digest of the tariff and of those that it extends.
    #[must_use]
    pub const fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// Returns the facts that its amounts and rules ask for.
    #[must_use]
    pub const fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Returns every item with its place.
    pub fn items(&self) -> impl Iterator<Item = (ItemIdx, &Item)> {
        (0..=u16::MAX).map(ItemIdx).zip(&self.items)
    }

    /// Returns the item at a place.
    #[must_use]
    pub fn item(&self, place: ItemIdx) -> Option<&Item> {
        self.items.get(usize::from(place.0))
    }

    /// Finds an item by its name.
    ///
    /// # Errors
    ///
    /// When the tariff has no such item; the message names the nearest one.
    pub fn find(&self, name: &Id) -> Result<ItemIdx, Error> {
        let word = name.hash_word();
        let start = self.index.partition_point(|(it, _)| *it < word);
        let same = self.index.iter().skip(start).take_while(|(it, _)| *it == word);
        let places = same.map(|(_, place)| *place);
        let mut fitting = places.filter(|it| self.item(*it).is_some_and(|it| it.id == *name));
        fitting.next().ok_or_else(|| {
            let near = nearest(name.as_str(), self.items.iter().map(|it| it.id.as_str()));
            Error::unknown_item(*name, self.id, near)
        })
    }

    /// Returns the citation under a name of the tariff's text.
    pub(super) fn citation(&self, law: u16) -> Option<&Citation> {
        self.laws.get(usize::from(law)).map(|(_, it)| it)
    }
}

/// Something that is charged for.
#[derive(Clone, Debug)]
pub struct Item {
    pub(super) id: Id,
    pub(super) name: Text,
    pub(super) managed_by: Manager,
    pub(super) components: Box<[Component]>,
}

impl Item {
    /// Returns the name by which procedures ask for it, such as `residence/permanent`.
    #[must_use]
    pub const fn id(&self) -> Id {
        self.id
    }

    /// Returns the name for people.
    #[must_use]
    pub const fn name(&self) -> &Text {
        &self.name
    }

    /// Returns who runs the procedure.
    #[must_use]
    pub const fn managed_by(&self) -> Manager {
        self.managed_by
    }

    /// Returns its charges.
    #[must_use]
    pub const fn components(&self) -> &[Component] {
        &self.components
    }
}

/// One charge of an item.
#[derive(Clone, Debug)]
pub struct Component {
    pub(super) id: Id,
    pub(super) name: Option<Text>,
    pub(super) authority: SettingAuthority,
    pub(super) kind: Kind,
    pub(super) cases: Box<[Case]>,
    // The rules that can touch it, in the order of their stages.
    pub(super) rules: Box<[u16]>,
}

impl Component {
    /// Returns the name inside its item.
    #[must_use]
    pub const fn id(&self) -> Id {
        self.id
    }

    /// Returns the name for people, where it differs from the item's.
    #[must_use]
    pub const fn name(&self) -> Option<&Text> {
        self.name.as_ref()
    }

    /// Returns who sets it.
    #[must_use]
    pub const fn authority(&self) -> SettingAuthority {
        self.authority
    }

    /// Returns what sort of charge it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }
}

/// An amount of the schedule, for one case and some time.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) when: Option<Guard>,
    pub(super) effective: Interval,
    pub(super) price: Price,
    pub(super) online: Option<Dong>,
    pub(super) postal: Option<Dong>,
    // How many units the amount covers, and what each further one costs.
    pub(super) beyond: Option<(i64, Dong)>,
    pub(super) ground: GroundIdx,
}

impl Case {
    /// Returns the amount of the schedule's column for a channel, if it has one.
    pub(super) const fn column(&self, channel: Channel) -> Option<Dong> {
        match channel {
            Channel::Online => self.online,
            Channel::Postal => self.postal,
            Channel::Counter => None,
        }
    }
}

/// What one unit costs.
#[derive(Clone, Debug)]
pub(super) enum Price {
    Unknown,
    Flat(Dong),
    Tiered { per: FactIdx, tiers: Box<[Tier]>, cap: Option<Dong> },
}

/// A price for each unit up to, and with, a number of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tier {
    pub(super) up_to: i64,
    pub(super) each: Dong,
}

/// On which law something rests, and how surely.
#[derive(Clone, Copy, Debug)]
pub(super) struct GroundIdx {
    pub(super) law: u16,
    pub(super) certainty: Certainty,
}

/// A compiled rule.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) id: Id,
    pub(super) name: Text,
    pub(super) stage: Stage,
    pub(super) basis: Basis,
    pub(super) channels: Channels,
    pub(super) effective: Interval,
    pub(super) when: Option<Guard>,
    pub(super) amount: Option<Dong>,
    pub(super) ratio: Option<Ratio>,
    // Places of rules that are not applied while this one is.
    pub(super) supersedes: Box<[u16]>,
    pub(super) ground: GroundIdx,
}

impl Rule {
    pub(super) fn is_in_force(&self, on: NaiveDate) -> bool {
        self.effective.contains(on)
    }
}

/// A set of channels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Channels(u8);

impl Channels {
    /// Makes the set; an empty list means every channel.
    pub(super) fn new(list: &[Channel]) -> Self {
        if list.is_empty() {
            Self(u8::MAX)
        } else {
            Self(list.iter().fold(0, |set, it| set | 1 << *it as u8))
        }
    }

    pub(super) const fn contains(self, channel: Channel) -> bool {
        self.0 & (1 << channel as u8) != 0
    }
}
