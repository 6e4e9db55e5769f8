//! Readings of the law that a text, or a caller, may choose: the nine policies.
//!
//! The law can be read in more than one way on each of these points. A policy
//! names the reading; what is not named takes the default, which is the first
//! word of its set. No reading is chosen anywhere else. The words stand on this
//! floor because a calendar may fix them; the clock says what they do.

use crate::error::Error;
use crate::read::record;
use crate::text::words;

words! {
    /// What receipt after 15:00 does to a term that runs in days (Decree 63/2024/NĐ-CP Art. 7(2)).
    pub enum After15 as "a reading of `after-15`: `literal`, `deemed-next-day`, `count-reception-day` or `may-finish-next`" {
        /// Counting starts on the next working day, as it does anyway: the first day is excluded.
        Literal = "literal" ("tính từ ngày làm việc tiếp theo", "counted from the next working day"),
        /// The dossier is deemed received on the next working day, which is then excluded.
        DeemedNextDay = "deemed-next-day" ("coi như nhận vào ngày làm việc tiếp theo", "deemed received on the next working day"),
        /// The day of reception counts when the dossier came in time.
        CountReceptionDay = "count-reception-day" ("tính cả ngày tiếp nhận", "the day of reception counts"),
        /// What would be due on the day of reception may be finished on the next working day.
        MayFinishNext = "may-finish-next" ("có thể hoàn thành trong ngày làm việc tiếp theo", "may be finished on the next working day"),
    }

    /// Whether 15:00:00 itself is "after 15 o'clock" (sau 15 giờ).
    pub enum At15Sharp as "a reading of `at-15-sharp`: `same-day` or `next`" {
        /// It is not after: the same day.
        SameDay = "same-day" ("trong ngày", "the same day"),
        /// It is after: the next working day.
        Next = "next" ("ngày làm việc tiếp theo", "the next working day"),
    }

    /// When a same-day matter received at a Saturday counter is due.
    pub enum SaturdayCounter as "a reading of `saturday-counter`: `next` or `same-day`" {
        /// On the next working day: a counter does not make a working day.
        Next = "next" ("ngày làm việc tiếp theo", "the next working day"),
        /// On the same Saturday.
        SameDay = "same-day" ("trong ngày", "the same day"),
    }

    /// Whether a swapped day off is a day of rest under the Civil Code, Art. 148(5).
    pub enum SwappedDayOff as "a reading of `swapped-day-off`: `rest` or `ordinary`" {
        /// It is, and a last day that falls on it rolls on.
        Rest = "rest" ("ngày nghỉ", "a day of rest"),
        /// It is not.
        Ordinary = "ordinary" ("ngày thường", "an ordinary day"),
    }

    /// Whether a swapped working Saturday is weekly rest under the Civil Code, Art. 148(5).
    pub enum SwappedSaturday as "a reading of `swapped-saturday`: `works` or `rest`" {
        /// It is a working day, and a term may end on it.
        Works = "works" ("ngày làm việc", "a working day"),
        /// It is weekly rest, and a last day that falls on it rolls on.
        Rest = "rest" ("ngày nghỉ", "a day of rest"),
    }

    /// Where a term in years from 29 February ends (Civil Code Art. 148(4) is silent).
    pub enum LeapDay as "a reading of `leap-day`: `last` or `roll`" {
        /// On 28 February, as months do under Art. 148(3).
        Last = "last" ("ngày cuối tháng Hai", "the last day of February"),
        /// On 1 March.
        Roll = "roll" ("ngày 01 tháng Ba", "1 March"),
    }

    /// Whether a term in clock hours that ends on a day of rest rolls on.
    pub enum ClockHours as "a reading of `clock-hours`: `literal` or `rolled`" {
        /// It does not: hours are elapsed time (Art. 147(1)).
        Literal = "literal" ("tính đủ giờ", "elapsed time"),
        /// It ends at the same time of the next working day (Art. 148(5)).
        Rolled = "rolled" ("lùi sang ngày làm việc tiếp theo", "rolled to the next working day"),
    }

    /// From when a term runs for a dossier received regardless of boundaries (phi địa giới).
    pub enum NonBoundary as "a reading of `non-boundary`: `competent` or `received`" {
        /// From receipt by the competent agency (Decree 309/2026/NĐ-CP Art. 8(3), from 2026-08-05).
        Competent = "competent" ("cơ quan có thẩm quyền nhận", "the competent agency received it"),
        /// From receipt at the counter.
        Received = "received" ("bộ phận một cửa nhận", "the counter received it"),
    }

    /// What "one day before" means for an apology (Decree 61/2018/NĐ-CP Art. 19(9)).
    pub enum ApologyDay as "a reading of `apology`: `working-day` or `calendar-day`" {
        /// The last working day before the due date.
        WorkingDay = "working-day" ("ngày làm việc liền trước", "the working day before"),
        /// The calendar day before the due date.
        CalendarDay = "calendar-day" ("ngày liền trước", "the day before"),
    }
}

/// Declares the policies once: the set of readings, its record, names and merging.
macro_rules! policies {
    ($($(#[$meta:meta])* $field:ident: $reading:ident = $name:literal, default $default:ident;)+) => {
        /// The readings that somebody chose; the rest have their defaults.
        ///
        /// # Example
        ///
        /// ```
        /// use hoso::clock::{After15, Policies};
        ///
        /// let mut policies = Policies::default();
        /// assert_eq!(policies.after_15(), After15::Literal);
        /// policies.set("after-15", "deemed-next-day")?;
        /// assert_eq!(policies.after_15(), After15::DeemedNextDay);
        /// assert!(policies.set("after-15", "tomorrow").is_err());
        /// # Ok::<(), hoso::error::Error>(())
        /// ```
        #[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
        #[cfg_attr(
            feature = "serde",
            derive(serde::Deserialize, serde::Serialize),
            serde(rename_all = "kebab-case", default, deny_unknown_fields)
        )]
        pub struct Policies {
            $(#[cfg_attr(feature = "serde", serde(rename = $name, skip_serializing_if = "Option::is_none"))]
            $field: Option<$reading>,)+
        }

        record! {
            /// The `[policy]` section of a text.
            pub(crate) struct PolicySheet {
                $($field: Option<$reading> = $name,)+
            }
        }

        impl PolicySheet {
            /// Returns this section, with the readings of another where it chooses none.
            pub(crate) fn over(self, weaker: &Self) -> Self {
                Self { $($field: self.$field.or(weaker.$field),)+ ..self }
            }

            /// Returns the readings that the section chooses.
            pub(crate) const fn policies(&self) -> Policies {
                Policies { $($field: self.$field,)+ }
            }
        }

        impl Policies {
            /// The names of all policies, in their canonical order.
            pub const NAMES: &'static [&'static str] = &[$($name),+];

            $($(#[$meta])*
            #[must_use]
            pub const fn $field(&self) -> $reading {
                match self.$field {
                    Some(chosen) => chosen,
                    None => $reading::$default,
                }
            })+

            /// Chooses a reading by the names used in texts and on the command line.
            ///
            /// # Errors
            ///
            /// When there is no such policy, or it has no such reading.
            pub fn set(&mut self, name: &str, reading: &str) -> Result<(), Error> {
                match name {
                    $($name => self.$field = Some(reading.parse()?),)+
                    _ => return Err(Error::value(name, concat!("a policy:" $(, " `", $name, "`")+))),
                }
                Ok(())
            }

            /// Returns these readings, and where none was chosen those of `weaker`.
            ///
            /// A caller is stronger than a term, a term than its procedure, a
            /// procedure than its calendar.
            #[must_use]
            pub fn or(self, weaker: Self) -> Self {
                Self { $($field: self.$field.or(weaker.$field),)+ }
            }

            /// Returns each policy that somebody chose, by name and reading.
            pub fn chosen(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
                [$(self.$field.map(|it| ($name, it.as_str()))),+].into_iter().flatten()
            }

            /// Returns every policy by name and reading, defaults included.
            pub fn iter(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
                [$(($name, self.$field().as_str())),+].into_iter()
            }
        }
    };
}

policies! {
    /// Returns what receipt after 15:00 does.
    after_15: After15 = "after-15", default Literal;
    /// Returns whether 15:00:00 is after 15:00.
    at_15_sharp: At15Sharp = "at-15-sharp", default SameDay;
    /// Returns when a same-day matter from a Saturday counter is due.
    saturday_counter: SaturdayCounter = "saturday-counter", default Next;
    /// Returns whether a swapped day off is a day of rest for Art. 148(5).
    swapped_day_off: SwappedDayOff = "swapped-day-off", default Rest;
    /// Returns whether a swapped working Saturday is a working day for Art. 148(5).
    swapped_saturday: SwappedSaturday = "swapped-saturday", default Works;
    /// Returns where a term in years from 29 February ends.
    leap_day: LeapDay = "leap-day", default Last;
    /// Returns whether clock hours roll to a working day.
    clock_hours: ClockHours = "clock-hours", default Literal;
    /// Returns from when a non-boundary dossier's term runs.
    non_boundary: NonBoundary = "non-boundary", default Competent;
    /// Returns what "one day before" means for an apology.
    apology: ApologyDay = "apology", default WorkingDay;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_policy_is_set_by_name_and_defaults_to_its_first_reading() {
        let mut policies = Policies::default();
        assert_eq!(policies.chosen().count(), 0);
        let defaults: std::vec::Vec<_> = policies.iter().collect();
        for (name, reading) in &defaults {
            policies.set(name, reading).unwrap();
        }
        assert!(policies.chosen().eq(defaults));
        assert!(policies.set("weather", "fine").unwrap_err().is_malformed());
    }

    #[test]
    fn the_stronger_reading_stands() {
        let (mut term, mut calendar) = (Policies::default(), Policies::default());
        term.set("leap-day", "roll").unwrap();
        calendar.set("leap-day", "last").unwrap();
        calendar.set("clock-hours", "rolled").unwrap();
        let merged = term.or(calendar);
        assert_eq!(merged.leap_day(), LeapDay::Roll);
        assert_eq!(merged.clock_hours(), ClockHours::Rolled);
    }
}
