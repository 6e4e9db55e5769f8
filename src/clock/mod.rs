//! When the answer is due.
//!
//! A [`Length`] says how long a term (thời hạn) runs; a [`Clock`] is a term
//! that runs, with what suspended, extended or stopped it. From a clock and a
//! [`Calendar`](crate::calendar::Calendar) follow the due date
//! ([`Clock::due`]), its account day by day ([`Clock::ledger`]) and what is
//! left ([`Clock::remaining`]). Counting follows the Civil Code 91/2015/QH13,
//! Art. 144–148; where the law is read in two ways, [`Policies`] names the
//! reading. Nothing here knows the present moment, and no unit is converted
//! into another.

mod book;
mod days;
mod due;
mod hours;
mod ledger;
mod limit;
mod pause;
mod reason;
mod remaining;
mod run;
mod term;

pub use crate::calendar::policy::{
    After15, ApologyDay, At15Sharp, ClockHours, LeapDay, NonBoundary, Policies, SaturdayCounter,
    SwappedDayOff, SwappedSaturday,
};
pub use due::{Due, latest_apology};
pub use ledger::{Entry, Ledger, Mark};
pub use limit::{Length, Limit, Unit};
pub use reason::Reason;
pub use remaining::Remaining;
pub(crate) use run::Counting;
pub use term::{Bound, Clock, Extension, Refusal, Suspension};
