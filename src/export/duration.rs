//! Limits as ISO 8601 durations, where a duration says the same.
//!
//! Working days and working hours have none: `P5D` would be five days.

use alloc::format;
use alloc::string::String;

use crate::clock::{Limit, Unit};

/// Writes a limit as an ISO 8601 duration; none for units that it does not know.
pub(super) fn duration(limit: Limit) -> Option<String> {
    let number = limit.number();
    match limit.unit() {
        Unit::ClockHours => Some(format!("PT{number}H")),
        Unit::Days => Some(format!("P{number}D")),
        Unit::Months => Some(format!("P{number}M")),
        Unit::Years => Some(format!("P{number}Y")),
        Unit::WorkingHours | Unit::WorkingDays => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_working_day_is_no_day() {
        let written = |it: &str| duration(it.parse().unwrap());
        assert_eq!(written("15 days").as_deref(), Some("P15D"));
        assert_eq!(written("24 clock hours").as_deref(), Some("PT24H"));
        assert_eq!(written("2 months").as_deref(), Some("P2M"));
        assert_eq!(written("1 year").as_deref(), Some("P1Y"));
        assert_eq!(written("5 working days"), None);
        assert_eq!(written("8 working hours"), None);
    }
}
