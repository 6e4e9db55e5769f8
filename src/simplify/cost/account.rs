//! The account of a design: its lines, and what they come to for whoever bears them.

use alloc::vec::Vec;

use chrono::NaiveDate;

use super::attendance::Attendance;
use super::line::{Bearer, Line};
use super::norms::Norms;
use super::work::lines;
use crate::definition::Channel;
use crate::definition::fact::Value;
use crate::error::Error;
use crate::fee::Tariff;
use crate::id::Id;
use crate::money::Dong;
use crate::simplify::Design;

/// By what a design is measured: norms, a tariff, the day of filing.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    pub(super) norms: &'a Norms,
    pub(super) tariff: Option<&'a Tariff>,
    pub(super) on: NaiveDate,
    pub(super) channel: Option<Channel>,
    pub(super) case: &'a [(Id, Value)],
    seen: &'a [Attendance],
}

impl<'a> Setting<'a> {
    /// Measures by norms; without a tariff no fee is known.
    #[must_use]
    pub const fn new(norms: &'a Norms, on: NaiveDate) -> Self {
        Self { norms, tariff: None, on, channel: None, case: &[], seen: &[] }
    }

    /// Returns the norms.
    #[must_use]
    pub const fn norms(&self) -> &'a Norms {
        self.norms
    }

    /// Returns the day whose prices are taken.
    #[must_use]
    pub const fn on(&self) -> NaiveDate {
        self.on
    }

    /// Prices fees by a tariff.
    #[must_use]
    pub const fn with_tariff(self, tariff: &'a Tariff) -> Self {
        Self { tariff: Some(tariff), ..self }
    }

    /// Takes another channel than that of the typical case, for filing and for the result.
    #[must_use]
    pub const fn by(self, channel: Channel) -> Self {
        Self { channel: Some(channel), ..self }
    }

    /// Returns how the typical case of a design is filed, and how its result is received.
    #[must_use]
    pub fn channels(&self, design: &Design<'_>) -> (Channel, Channel) {
        let compliance = design.lead().compliance();
        let first = design.lead().channels().first().copied();
        let usual = compliance.channel().or(first).unwrap_or(Channel::Counter);
        let channel = self.channel.unwrap_or(usual);
        (channel, self.channel.or(compliance.receives()).unwrap_or(channel))
    }

    /// Takes what was seen of trips and waiting in place of what norms assume, for the designs that it tells of.
    #[must_use]
    pub const fn seeing(self, seen: &'a [Attendance]) -> Self {
        Self { seen, ..self }
    }

    pub(super) fn attendance_of(&self, design: &Design<'_>) -> Option<&'a Attendance> {
        self.seen.iter().find(|it| it.design() == *design.lead().fingerprint())
    }

    /// Adds facts by name; they come before those of the typical case.
    ///
    /// A value that is not of a fact's domain is passed over.
    #[must_use]
    pub const fn knowing(self, case: &'a [(Id, Value)]) -> Self {
        Self { case, ..self }
    }
}

/// What one case costs, in whole đồng; none where a line is not known.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Cost {
    minutes: Option<u64>,
    time: Option<Dong>,
    direct: Option<Dong>,
    fees: Option<Dong>,
    without_fees: Option<Dong>,
    with_fees: Option<Dong>,
}

impl Cost {
    fn of<'l>(
        norms: &Norms,
        lines: impl Iterator<Item = &'l Line<'l>> + Clone,
    ) -> Result<Self, Error> {
        let minutes = sum(lines.clone().map(|it| it.minutes), 0, |a, b| {
            a.checked_add(b).ok_or_else(Error::overflow)
        })?;
        let dong =
            |amounts: &mut dyn Iterator<Item = Option<Dong>>| sum(amounts, Dong::ZERO, Dong::plus);
        let time = minutes.map(|it| norms.time_cost(it)).transpose()?;
        let direct = dong(&mut lines.clone().map(|it| it.direct))?;
        let fees = dong(&mut lines.map(|it| it.fee))?;
        let without_fees = both(time, direct)?;
        let with_fees = both(without_fees, fees)?;
        Ok(Self { minutes, time, direct, fees, without_fees, with_fees })
    }

    /// Returns the minutes of work.
    #[must_use]
    pub const fn minutes(&self) -> Option<u64> {
        self.minutes
    }

    /// Returns what they are worth: their sum is rounded once.
    #[must_use]
    pub const fn time(&self) -> Option<Dong> {
        self.time
    }

    /// Returns what is spent besides time and fees.
    #[must_use]
    pub const fn direct(&self) -> Option<Dong> {
        self.direct
    }

    /// Returns the fees, as far as the norms count them.
    #[must_use]
    pub const fn fees(&self) -> Option<Dong> {
        self.fees
    }

    /// Returns time and direct costs together.
    #[must_use]
    pub const fn without_fees(&self) -> Option<Dong> {
        self.without_fees
    }

    /// Returns time, direct costs and fees together: `C₁` of the circular.
    #[must_use]
    pub const fn with_fees(&self) -> Option<Dong> {
        self.with_fees
    }
}

fn both(left: Option<Dong>, right: Option<Dong>) -> Result<Option<Dong>, Error> {
    left.zip(right).map(|(left, right)| left.plus(right)).transpose()
}

/// Adds up; one figure that is not known makes the sum unknown.
fn sum<T>(
    figures: impl Iterator<Item = Option<T>>,
    zero: T,
    plus: impl Fn(T, T) -> Result<T, Error>,
) -> Result<Option<T>, Error> {
    let mut total = zero;
    for figure in figures {
        let Some(figure) = figure else { return Ok(None) };
        total = plus(total, figure)?;
    }
    Ok(Some(total))
}

/// What somebody bears of a case.
#[derive(Clone, Debug)]
pub struct Borne<'a> {
    bearer: Bearer<'a>,
    cost: Cost,
}

impl<'a> Borne<'a> {
    /// Returns who bears it.
    #[must_use]
    pub const fn bearer(&self) -> Bearer<'a> {
        self.bearer
    }

    /// Returns what it comes to.
    #[must_use]
    pub const fn cost(&self) -> &Cost {
        &self.cost
    }
}

/// The account of a design (biểu tính chi phí tuân thủ).
#[derive(Clone, Debug)]
pub struct Account<'a> {
    norms: &'a Norms,
    lines: Vec<Line<'a>>,
    applicant: Cost,
    others: Vec<Borne<'a>>,
    cases_a_year: Option<u64>,
    yearly: Option<Dong>,
}

impl<'a> Account<'a> {
    fn new(design: &Design<'a>, norms: &'a Norms, lines: Vec<Line<'a>>) -> Result<Self, Error> {
        let of = |bearer: &Bearer<'a>| {
            let id = bearer.id();
            Cost::of(norms, lines.iter().filter(move |it| it.bearer.id() == id))
        };
        let applicant = of(&Bearer::Applicant)?;
        let mut others: Vec<Borne<'a>> = Vec::new();
        for bearer in lines.iter().map(|it| it.bearer) {
            let is_known = others.iter().any(|it| it.bearer.id() == bearer.id());
            if bearer.id().is_some() && !is_known {
                others.push(Borne { bearer, cost: of(&bearer)? });
            }
        }
        let compliance = design.lead().compliance();
        let cases_a_year =
            compliance.subjects().map(|it| u64::from(it) * u64::from(compliance.times_a_year()));
        let yearly = applicant
            .with_fees
            .zip(cases_a_year)
            .map(|(cost, cases)| cost.times(i64::try_from(cases).map_err(|_| Error::overflow())?));
        let yearly = yearly.transpose()?;
        Ok(Self { norms, lines, applicant, others, cases_a_year, yearly })
    }

    /// Returns the norms by which it was measured.
    #[must_use]
    pub const fn norms(&self) -> &'a Norms {
        self.norms
    }

    /// Returns every line, in the order of the groups of the official table.
    #[must_use]
    pub fn lines(&self) -> &[Line<'a>] {
        &self.lines
    }

    /// Returns what a case costs the applicant.
    #[must_use]
    pub const fn applicant(&self) -> &Cost {
        &self.applicant
    }

    /// Returns what a case costs others, such as an office; it is no part of the applicant's cost.
    #[must_use]
    pub fn others(&self) -> &[Borne<'a>] {
        &self.others
    }

    /// Returns how many cases there are in a year: subjects × times a year.
    #[must_use]
    pub const fn cases_a_year(&self) -> Option<u64> {
        self.cases_a_year
    }

    /// Returns what all cases of a year cost those who apply, fees included.
    #[must_use]
    pub const fn yearly(&self) -> Option<Dong> {
        self.yearly
    }
}

/// Lists what complying with a design costs in its typical case.
///
/// # Errors
///
/// When an amount leaves the range of `i64`.
pub fn account<'a>(design: &Design<'a>, setting: &Setting<'a>) -> Result<Account<'a>, Error> {
    let mut lines = lines(design, setting)?;
    lines.sort_by_key(|it| it.task);
    Account::new(design, setting.norms, lines)
}
