//! `hoso catalogue`: every procedure with what the register says of it, and the published figures.

mod data;
mod figure;
mod text;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use hoso::Maybe;
use hoso::definition::register::{Entry, Essential, Register};
use hoso::definition::{Catalogue, Procedure, ServiceLevel};
use hoso::id::Id;
use hoso::text::Lang;

use crate::answer::Answer;
use crate::args::{Catalogue as Args, Global};
use crate::failure::Fallible;
use crate::load::Texts;
use crate::moment;

pub(crate) fn catalogue(global: &Global, args: &Args) -> Fallible<Answer> {
    let day = match &args.on {
        Some(day) => moment::date(day)?,
        None => moment::today()?,
    };
    let texts = Texts::open(global)?;
    let (procedures, bundles) = texts.shelves();
    let list = List {
        catalogue: bundles.beside(&procedures),
        register: texts.register(&args.register)?,
        day,
        lang: global.lang(),
    };
    Ok(Answer::new(global, || list.data(), || list.text()))
}

/// Definitions and register on one day; bundles stand among the procedures.
struct List {
    catalogue: Catalogue,
    register: Register,
    day: NaiveDate,
    lang: Lang,
}

/// One procedure of the list, described or not, registered or not.
struct Item<'l> {
    id: Id,
    entry: Option<&'l Entry>,
    versions: &'l [Procedure],
    in_force: Option<&'l Procedure>,
}

impl List {
    /// Returns what is registered, in the order of the register, then what is only described.
    fn items(&self) -> Vec<Item<'_>> {
        let registered: Vec<Id> = self.register.entries().iter().map(|(id, _)| *id).collect();
        let known: BTreeSet<Id> = registered.iter().copied().collect();
        let others = self.catalogue.ids().into_iter().filter(|it| !known.contains(it));
        registered.into_iter().chain(others).map(|it| self.item(it)).collect()
    }

    fn item(&self, id: Id) -> Item<'_> {
        Item {
            id,
            entry: self.register.entry(&id),
            versions: self.catalogue.versions(&id),
            in_force: self.catalogue.on(&id, self.day),
        }
    }

    /// Returns the procedures that make up a row of the essential services.
    fn row(&self, row: &Essential) -> Vec<Item<'_>> {
        self.register.entries_of_row(row.row()).map(|(id, _)| self.item(id)).collect()
    }
}

impl<'l> Item<'l> {
    /// Returns the version of the day, else the last before it, else the first.
    fn nearest(&self, day: NaiveDate) -> Option<&'l Procedure> {
        let before = self.versions.iter().rev().find(|it| it.effective().from() <= day);
        self.in_force.or(before).or_else(|| self.versions.first())
    }

    const fn is_missing(&self) -> bool {
        self.versions.is_empty()
    }

    /// Returns true when no version of it charges anything.
    fn is_without_fee(&self) -> bool {
        !self.is_missing() && self.versions.iter().all(|it| it.fees().is_empty())
    }

    /// Returns the service level of the day.
    fn level(&self) -> Option<&'l Maybe<ServiceLevel>> {
        self.in_force.map(Procedure::service_level)
    }
}
