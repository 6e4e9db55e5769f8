//! The assessment: one fixed order of rules, the same for everybody.
//!
//! Without a tariff in force nothing is known. Then: exemption by event,
//! exemption by person, reduction, the schedule's column for the channel, one
//! temporary instrument, the free-of-charge rule, the subsidy, the quantity.
//! Exemptions come first because they last, while the free-of-charge rules
//! expire; temporary instruments are never multiplied with one another.

use alloc::vec::Vec;

use chrono::NaiveDate;

use super::account::{Unwritten, Written};
use super::assessment::{Assessment, Bill, Line, Settled};
use super::desk::Desk;
use super::tariff::{Component, Item, ItemIdx, Tariff};
use crate::definition::Channel;
use crate::definition::fact::{FactIdx, Value};
use crate::error::Error;

/// The largest quantity that is assessed at once.
pub const MAX_QUANTITY: i64 = 1_000_000_000;

/// What is to be assessed: items, the day and channel of filing, how many.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    items: &'r [ItemIdx],
    pub(super) on: NaiveDate,
    pub(super) channel: Channel,
    pub(super) quantity: i64,
}

impl<'r> Request<'r> {
    /// Asks for one of each item, filed on a day by a channel.
    #[must_use]
    pub const fn new(items: &'r [ItemIdx], on: NaiveDate, channel: Channel) -> Self {
        Self { items, on, channel, quantity: 1 }
    }

    /// Asks for so many of each item: copies, certificates, persons of a list.
    #[must_use]
    pub const fn times(self, quantity: i64) -> Self {
        Self { quantity, ..self }
    }
}

/// Assesses items, with an account of every rule: what applied, what did not, and why.
///
/// # Errors
///
/// When the quantity is not from 1 to [`MAX_QUANTITY`], an amount leaves the
/// range of `i64`, or an item is not of this tariff.
///
/// # Example
///
/// ```
/// use hoso::definition::Channel;
/// use hoso::{fee, id::Id, source::Sources};
///
/// let mut sources = Sources::new();
/// sources.add("town.toml", r#"
///     format = 1
///     [tariff]
///     id = "town"
///     name = "Biểu phí"
///     [law.circular]
///     instrument = "75/2022/TT-BTC"
///     [item."residence/temporary"]
///     name = "Đăng ký tạm trú"
///     managed-by = "public-security"
///     [item."residence/temporary".component.fee]
///     authority = "ministry-finance"
///     kind = "fee"
///     amount = [{ amount = 15000, online = 7000, effective = { from = 2023-02-05 }, law = "circular" }]
/// "#);
/// let (tariffs, found) = fee::load(&sources);
/// assert!(found.is_empty());
/// let tariff = &tariffs[0];
/// let items = [tariff.find(&Id::parse("residence/temporary")?)?];
/// let on = "2024-06-03".parse().unwrap();
/// let request = fee::Request::new(&items, on, Channel::Online);
/// let assessment = fee::assess(tariff, &request, |_| None)?;
/// assert_eq!(assessment.bill().payer().map(|it| it.get()), Some(7_000));
/// # Ok::<(), hoso::error::Error>(())
/// ```
pub fn assess<'t>(
    tariff: &'t Tariff,
    request: &Request<'_>,
    facts: impl Fn(FactIdx) -> Option<Value>,
) -> Result<Assessment<'t>, Error> {
    let mut lines = Vec::with_capacity(request.items.len());
    let bill = run(tariff, request, |item, component| {
        let written = Written { tariff, not_applied: Vec::with_capacity(4), waits: Vec::new() };
        let mut desk = Desk { tariff, component, request, facts: &facts, account: written };
        let settled = desk.settle()?;
        let Written { not_applied, mut waits, .. } = desk.account;
        if settled.why.is_none() {
            // What selects the case does not matter to an amount that is known without it.
            waits.clear();
        }
        lines.push(Line { tariff, item, component, settled, not_applied, waits });
        Ok(settled)
    })?;
    Ok(Assessment { bill, lines })
}

/// Assesses items without an account: the same amounts, and nothing on the heap.
///
/// # Errors
///
/// Those of [`assess`].
pub fn price(
    tariff: &Tariff,
    request: &Request<'_>,
    facts: impl Fn(FactIdx) -> Option<Value>,
) -> Result<Bill, Error> {
    run(tariff, request, |_, component| {
        Desk { tariff, component, request, facts: &facts, account: Unwritten }.settle()
    })
}

fn run<'t>(
    tariff: &'t Tariff,
    request: &Request<'_>,
    mut settle: impl FnMut(&'t Item, &'t Component) -> Result<Settled, Error>,
) -> Result<Bill, Error> {
    if !(1..=MAX_QUANTITY).contains(&request.quantity) {
        return Err(Error::quantity(request.quantity, MAX_QUANTITY));
    }
    let mut bill = Bill::EMPTY;
    for place in request.items {
        let item = tariff.item(*place).ok_or_else(|| Error::foreign_item(tariff.id))?;
        for component in &item.components {
            bill = bill.plus(&settle(item, component)?)?;
        }
    }
    Ok(bill)
}
