//! What an assessment says: amounts, their grounds, and what did not apply.

use alloc::string::String;
use alloc::vec::Vec;

use super::tariff::{Component, GroundIdx, Item, Rule, Tariff};
use crate::error::Error;
use crate::id::Id;
use crate::law::{Certainty, Citation};
use crate::money::Dong;
use crate::text::{Lang, Text, words};

words! {
    /// Why an amount is not known.
    pub enum Why as "a reason: `no-tariff`, `unknown-base` or `ambiguous`" {
        /// No schedule in force on this day has an amount for the case.
        NoTariff = "no-tariff" ("không có mức thu áp dụng", "no schedule in force has an amount for it"),
        /// The schedule has one, and nobody could find it.
        UnknownBase = "unknown-base" ("chưa tìm được mức thu", "the amount of the schedule is not known"),
        /// A fact that selects the case is not known, or the law is read in two ways.
        Ambiguous = "ambiguous" ("chưa xác định được", "it depends on a fact or a reading that is not settled"),
    }

    /// Why a rule in force did not apply.
    pub enum Reason as "a reason why a rule did not apply" {
        /// It is for another way of filing.
        OtherChannel = "other-channel" ("áp dụng cho hình thức nộp khác", "for another way of filing"),
        /// Its condition does not hold.
        NotMet = "not-met" ("không thuộc trường hợp áp dụng", "its condition does not hold"),
        /// Its condition rests on a fact that is not known.
        NotProved = "not-proved" ("chưa có căn cứ chứng minh", "its condition is not proved"),
        /// A later special instrument takes its place.
        Superseded = "superseded" ("đã có văn bản đặc thù thay thế", "a later special instrument takes its place"),
        /// Another rule gives an amount that is not higher.
        NotLower = "not-lower" ("mức khác không cao hơn", "another amount is not higher"),
        /// Nothing is due already.
        NothingDue = "nothing-due" ("đã không phải nộp", "nothing is due already"),
        /// It is a share of an amount that is not known.
        NoBase = "no-base" ("chưa biết mức thu gốc", "it is a share of an amount that is not known"),
    }
}

/// Amounts of an assessment, for all of its lines together.
///
/// What the payer and the budget pay adds up to what is charged, as far as all
/// three are known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Bill {
    accrued: Option<Dong>,
    payer: Option<Dong>,
    subsidy: Option<Dong>,
    why: Option<Why>,
}

impl Bill {
    pub(super) const EMPTY: Self = Self {
        accrued: Some(Dong::ZERO),
        payer: Some(Dong::ZERO),
        subsidy: Some(Dong::ZERO),
        why: None,
    };

    pub(super) fn plus(self, line: &Settled) -> Result<Self, Error> {
        let sum = |a: Option<Dong>, b: Option<Dong>| a.zip(b).map(|(a, b)| a.plus(b)).transpose();
        Ok(Self {
            accrued: sum(self.accrued, line.accrued)?,
            payer: sum(self.payer, line.payer)?,
            subsidy: sum(self.subsidy, line.subsidy)?,
            why: self.why.or(line.why),
        })
    }

    /// Returns what is charged before any subsidy; none when a base is not known.
    #[must_use]
    pub const fn accrued(&self) -> Option<Dong> {
        self.accrued
    }

    /// Returns what the applicant pays; none when that is not known.
    #[must_use]
    pub const fn payer(&self) -> Option<Dong> {
        self.payer
    }

    /// Returns what the budget pays in the applicant's place; none when that is not known.
    #[must_use]
    pub const fn subsidy(&self) -> Option<Dong> {
        self.subsidy
    }

    /// Returns why the payer's amount is not known; none when it is.
    #[must_use]
    pub const fn why(&self) -> Option<Why> {
        self.why
    }
}

/// An assessment (kết quả tính phí, lệ phí), line by line.
#[derive(Clone, Debug)]
pub struct Assessment<'t> {
    pub(super) bill: Bill,
    pub(super) lines: Vec<Line<'t>>,
}

impl<'t> Assessment<'t> {
    /// Returns the amounts of all lines together.
    #[must_use]
    pub const fn bill(&self) -> &Bill {
        &self.bill
    }

    /// Returns one line for each component of each item, in the order of the request.
    #[must_use]
    pub fn lines(&self) -> &[Line<'t>] {
        &self.lines
    }
}

/// What the steps of an assessment leave behind for one component.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settled {
    pub(super) base: Option<Dong>,
    pub(super) accrued: Option<Dong>,
    pub(super) payer: Option<Dong>,
    pub(super) subsidy: Option<Dong>,
    pub(super) why: Option<Why>,
    // Of the charge, and of the subsidy.
    pub(super) grounds: [Option<GroundIdx>; 2],
    pub(super) rule: Option<u16>,
}

impl Settled {
    pub(super) const fn unknown(why: Why) -> Self {
        Self {
            base: None,
            accrued: None,
            payer: None,
            subsidy: None,
            why: Some(why),
            grounds: [None; 2],
            rule: None,
        }
    }

    /// Names the rule that decided.
    pub(super) const fn by(self, place: u16, rule: &Rule) -> Self {
        Self { rule: Some(place), grounds: [Some(rule.ground), None], ..self }
    }
}

/// One charge of an assessment, with its ground.
#[derive(Clone, Debug)]
pub struct Line<'t> {
    pub(super) tariff: &'t Tariff,
    pub(super) item: &'t Item,
    pub(super) component: &'t Component,
    pub(super) settled: Settled,
    pub(super) not_applied: Vec<NotApplied<'t>>,
    pub(super) waits: Vec<Id>,
}

impl<'t> Line<'t> {
    /// Returns the item.
    #[must_use]
    pub const fn item(&self) -> &'t Item {
        self.item
    }

    /// Returns the component of the item.
    #[must_use]
    pub const fn component(&self) -> &'t Component {
        self.component
    }

    /// Returns what the schedule asks for the whole quantity at the counter, before any rule.
    #[must_use]
    pub const fn base(&self) -> Option<Dong> {
        self.settled.base
    }

    /// Returns what is charged before any subsidy; none when the base is not known.
    #[must_use]
    pub const fn accrued(&self) -> Option<Dong> {
        self.settled.accrued
    }

    /// Returns what the applicant pays; none when that is not known.
    #[must_use]
    pub const fn payer(&self) -> Option<Dong> {
        self.settled.payer
    }

    /// Returns what the budget pays in the applicant's place.
    #[must_use]
    pub const fn subsidy(&self) -> Option<Dong> {
        self.settled.subsidy
    }

    /// Returns why the payer's amount is not known; none when it is.
    #[must_use]
    pub const fn why(&self) -> Option<Why> {
        self.settled.why
    }

    /// Returns the facts that would select the case of the schedule.
    #[must_use]
    pub fn waits_for(&self) -> &[Id] {
        &self.waits
    }

    /// Returns the rule that decided the amount, or left it in doubt; none when the schedule did.
    #[must_use]
    pub fn rule(&self) -> Option<(Id, &'t Text)> {
        let rule = self.tariff.rules.get(usize::from(self.settled.rule?))?;
        Some((rule.id, &rule.name))
    }

    /// Returns the legal ground of the charge, then that of the subsidy.
    pub fn grounds(&self) -> impl Iterator<Item = Ground<'t>> {
        let tariff = self.tariff;
        let grounds = self.settled.grounds.into_iter().flatten();
        grounds.filter_map(move |it| {
            Some(Ground { citation: tariff.citation(it.law)?, certainty: it.certainty })
        })
    }

    /// Returns the grounds as lawyers write them.
    #[must_use]
    pub fn ground(&self, lang: Lang) -> Option<String> {
        let cited: Vec<String> = self.grounds().map(|it| it.citation.display(lang)).collect();
        if cited.is_empty() { None } else { Some(cited.join("; ")) }
    }

    /// Returns the rules in force that could have changed the amount and did not.
    #[must_use]
    pub fn not_applied(&self) -> &[NotApplied<'t>] {
        &self.not_applied
    }
}

/// On which law an amount rests, and how surely.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'t> {
    citation: &'t Citation,
    certainty: Certainty,
}

impl<'t> Ground<'t> {
    /// Returns the citation.
    #[must_use]
    pub const fn citation(&self) -> &'t Citation {
        self.citation
    }

    /// Returns how surely the amount or rule is known, which may be less than its instrument is.
    #[must_use]
    pub const fn certainty(&self) -> Certainty {
        self.certainty
    }
}

/// A rule that was in force and did not apply.
#[derive(Clone, Copy, Debug)]
pub struct NotApplied<'t> {
    pub(super) rule: &'t Rule,
    pub(super) reason: Reason,
}

impl<'t> NotApplied<'t> {
    /// Returns the name of the rule in its tariff.
    #[must_use]
    pub const fn rule(&self) -> Id {
        self.rule.id
    }

    /// Returns the name of the rule for people.
    #[must_use]
    pub const fn name(&self) -> &'t Text {
        &self.rule.name
    }

    /// Returns why it did not apply.
    #[must_use]
    pub const fn reason(&self) -> Reason {
        self.reason
    }
}

#[cfg(feature = "serde")]
mod data {
    use serde::ser::{Serialize, SerializeStruct as _, Serializer};

    use super::{Assessment, Line, NotApplied};
    use crate::text::Lang;

    impl Serialize for Assessment<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let bill = self.bill();
            let mut data = serializer.serialize_struct("Assessment", 6)?;
            data.serialize_field("status", if bill.why().is_none() { "known" } else { "unknown" })?;
            data.serialize_field("why", &bill.why())?;
            data.serialize_field("payer", &bill.payer())?;
            data.serialize_field("subsidy", &bill.subsidy())?;
            data.serialize_field("accrued", &bill.accrued())?;
            data.serialize_field("lines", self.lines())?;
            data.end()
        }
    }

    impl Serialize for Line<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut data = serializer.serialize_struct("Line", 10)?;
            data.serialize_field("item", &self.item().id())?;
            data.serialize_field("component", &self.component().id())?;
            data.serialize_field("authority", &self.component().authority())?;
            data.serialize_field("base", &self.base())?;
            data.serialize_field("payer", &self.payer())?;
            data.serialize_field("subsidy", &self.subsidy())?;
            data.serialize_field("why", &self.why())?;
            data.serialize_field("waits-for", self.waits_for())?;
            data.serialize_field("ground", &self.ground(Lang::Vi))?;
            data.serialize_field("not-applied", self.not_applied())?;
            data.end()
        }
    }

    impl Serialize for NotApplied<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut data = serializer.serialize_struct("NotApplied", 2)?;
            data.serialize_field("rule", &self.rule())?;
            data.serialize_field("why", &self.reason())?;
            data.end()
        }
    }
}
