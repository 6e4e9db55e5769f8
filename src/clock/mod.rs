//! How terms run: which readings of the law a text or a caller may choose.

pub use crate::calendar::policy::{
    After15, ApologyDay, At15Sharp, ClockHours, LeapDay, NonBoundary, Policies, SaturdayCounter,
    SwappedDayOff, SwappedSaturday,
};
