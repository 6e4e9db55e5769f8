//! What was seen of trips and of waiting at the office, in place of what norms assume.
//!
//! A caller hands it in: a simulated run, or a count at the door. Which of the
//! lines are trips, the norms say by `waiting`.

use super::line::Line;
use crate::error::Error;
use crate::id::Fingerprint;
use crate::money::{Dong, Ratio};
use crate::read::Maybe;

/// What was seen of those who come to the office with one design.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Attendance {
    design: Fingerprint,
    trips: Option<Ratio>,
    waiting: Option<u32>,
}

impl Attendance {
    /// Tells of the design whose lead has this fingerprint; nothing was seen yet.
    #[must_use]
    pub const fn new(design: Fingerprint) -> Self {
        Self { design, trips: None, waiting: None }
    }

    /// Adds how many trips one case takes.
    #[must_use]
    pub const fn with_trips(self, trips: Ratio) -> Self {
        Self { trips: Some(trips), ..self }
    }

    /// Adds how many minutes one trip passes at the office, waiting and being served.
    #[must_use]
    pub const fn with_waiting(self, minutes: u32) -> Self {
        Self { waiting: Some(minutes), ..self }
    }

    /// Returns the fingerprint of the lead of the design.
    #[must_use]
    pub const fn design(&self) -> Fingerprint {
        self.design
    }

    /// Returns how many trips one case takes, if that was seen.
    #[must_use]
    pub const fn trips(&self) -> Option<Ratio> {
        self.trips
    }

    /// Returns how many minutes one trip passes at the office, if that was seen.
    #[must_use]
    pub const fn waiting(&self) -> Option<u32> {
        self.waiting
    }

    /// Puts what was seen into the lines that are trips.
    ///
    /// Each line keeps its way; its waiting becomes what was seen, and all of it
    /// happens as often as the trips that were seen are more than the lines.
    pub(super) fn replace(&self, lines: &mut [Line<'_>]) -> Result<(), Error> {
        let trips =
            || lines.iter().filter_map(|it| Some(it.norm?.1.waiting()?).and(Some(it.times)));
        let lines_count: u64 = trips().map(u64::from).sum();
        let often = |value: u64| match self.trips {
            Some(trips) if lines_count > 0 => rounded(value, trips, lines_count),
            _ => Some(value),
        };
        for line in lines {
            let Some((_, norm)) = line.norm else { continue };
            let Some(assumed) = norm.waiting() else { continue };
            let by_norm = (line.minutes, line.direct);
            let times = u64::from(line.times);
            let waiting = u64::from(self.waiting.unwrap_or(assumed));
            if let Some(minutes) = line.minutes {
                let way = minutes.saturating_sub(times * u64::from(assumed));
                let minutes = way.checked_add(times * waiting).and_then(often);
                line.minutes = Some(minutes.ok_or_else(Error::overflow)?);
            }
            if let Some(direct) = line.direct {
                let direct = u64::try_from(direct.get()).ok().and_then(often);
                let direct = direct.and_then(|it| i64::try_from(it).ok());
                line.direct = Some(Dong::new(direct.ok_or_else(Error::overflow)?));
            }
            if (line.minutes, line.direct) != by_norm {
                line.by_norm = Some(by_norm);
            }
        }
        Ok(())
    }
}

/// Multiplies by trips over lines; half rounds up.
fn rounded(value: u64, trips: Ratio, lines: u64) -> Option<u64> {
    let over = u128::from(trips.denominator()) * u128::from(lines);
    let doubled = 2 * u128::from(value) * u128::from(trips.numerator()) + over;
    u64::try_from(doubled.checked_div(2 * over)?).ok()
}

/// Returns true when the waiting of an item is more than all of its minutes.
pub(super) fn is_too_long(waiting: u32, minutes: Option<&Maybe<u32>>) -> bool {
    minutes.and_then(Maybe::known).is_some_and(|it| waiting > *it)
}
