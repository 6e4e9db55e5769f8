//! The text of a calendar: its tables and words, exactly as written.
//!
//! Nothing is checked here beyond the form of each value.

use chrono::{FixedOffset, NaiveDate, NaiveTime};

use super::policy::PolicySheet;
use crate::id::Id;
use crate::law::{Certainty, Citation, Interval};
use crate::read::{Format, Given, Leaf, Lines, Many, Named, Node, Reader, Section, record};
use crate::source::At;
use crate::text::{Text, words};

words! {
    /// A day of the week.
    pub enum Weekday as "a day of the week: `monday` to `sunday`" {
        /// Monday.
        Monday = "monday" ("thứ Hai", "Monday"),
        /// Tuesday.
        Tuesday = "tuesday" ("thứ Ba", "Tuesday"),
        /// Wednesday.
        Wednesday = "wednesday" ("thứ Tư", "Wednesday"),
        /// Thursday.
        Thursday = "thursday" ("thứ Năm", "Thursday"),
        /// Friday.
        Friday = "friday" ("thứ Sáu", "Friday"),
        /// Saturday.
        Saturday = "saturday" ("thứ Bảy", "Saturday"),
        /// Sunday.
        Sunday = "sunday" ("Chủ nhật", "Sunday"),
    }

    /// Why a day is, or is not, a working day.
    pub enum DayKind as "a kind of day: `holiday`, `compensatory`, `swap-off` or `swap-work`" {
        /// An ordinary working day (ngày làm việc).
        Working = "working" ("ngày làm việc", "working day"),
        /// Weekly rest (ngày nghỉ hằng tuần).
        WeeklyRest = "weekly-rest" ("ngày nghỉ hằng tuần", "weekly rest"),
        /// A public holiday (ngày lễ, tết), on whichever day of the week.
        Holiday = "holiday" ("ngày lễ", "public holiday"),
        /// Rest for a holiday that fell on weekly rest (nghỉ bù, Labour Code Art. 111(3)).
        Compensatory = "compensatory" ("nghỉ bù", "compensatory rest"),
        /// A weekday off that is worked on another day (hoán đổi).
        SwapOff = "swap-off" ("ngày nghỉ hoán đổi", "swapped day off"),
        /// A day of weekly rest that is worked in exchange (làm bù).
        SwapWork = "swap-work" ("ngày làm bù", "swapped working day"),
    }

    /// How firmly a day is decreed.
    pub enum Status as "a status: `announced`, `derived` or `provisional`" {
        /// An instrument says so.
        Announced = "announced" ("đã công bố", "announced"),
        /// It follows from the law and no instrument has confirmed it.
        Derived = "derived" ("suy ra", "derived"),
        /// It is expected and may change.
        Provisional = "provisional" ("tạm tính", "provisional"),
    }
}

impl Weekday {
    /// Returns the day of the week of a date.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        use chrono::Datelike as _;
        match date.weekday() {
            chrono::Weekday::Mon => Self::Monday,
            chrono::Weekday::Tue => Self::Tuesday,
            chrono::Weekday::Wed => Self::Wednesday,
            chrono::Weekday::Thu => Self::Thursday,
            chrono::Weekday::Fri => Self::Friday,
            chrono::Weekday::Sat => Self::Saturday,
            chrono::Weekday::Sun => Self::Sunday,
        }
    }
}

impl DayKind {
    /// Returns true for ordinary working days and swapped working days.
    #[must_use]
    pub const fn is_working(self) -> bool {
        matches!(self, Self::Working | Self::SwapWork)
    }

    /// Returns true for a kind that needs a row of its own, being decreed day by day.
    pub(crate) const fn is_decreed(self) -> bool {
        !matches!(self, Self::Working | Self::WeeklyRest)
    }
}

record! {
    /// The whole text.
    pub(crate) struct Sheet {
        format: At<Format> = "format",
        calendar: Section<Head> = "calendar",
        week: Option<Section<Week>> = "week",
        policy: Option<Section<PolicySheet>> = "policy",
        law: Named<Citation> = "law",
    }
}

record! {
    /// What the calendar is, and its rows.
    pub(crate) struct Head {
        id: At<Id> = "id",
        name: Text = "name",
        extends: Option<At<Id>> = "extends",
        offset: Given<At<Offset>> = "offset",
        covered: Given<At<Interval>> = "covered",
        announcements: Lines<Announcement> = "announcement",
        days: Lines<Row> = "day",
        sessions: Lines<Hours> = "session",
        receptions: Lines<Hours> = "reception",
    }
}

record! {
    /// The days of weekly rest.
    pub(crate) struct Week {
        rest: Many<Weekday> = "rest",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// When the schedule of a year was decreed.
    pub(crate) struct Announcement {
        year: At<u16> = "year",
        on: NaiveDate = "on",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// One decreed day.
    pub(crate) struct Row {
        date: At<NaiveDate> = "date",
        kind: At<DayKind> = "kind",
        name: Text = "name",
        swap: Option<At<NaiveDate>> = "for",
        announced: Option<NaiveDate> = "announced",
        status: Option<Status> = "status",
        certainty: Option<Certainty> = "certainty",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// Hours in which offices work, or only receive, on some days of the week.
    pub(crate) struct Hours {
        days: Many<Weekday> = "days",
        from: At<NaiveTime> = "from",
        until: At<NaiveTime> = "until",
        effective: Given<Interval> = "effective",
        law: Many<At<Id>> = "law",
    }
}

/// The distance of local time from UTC.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Offset(pub(crate) FixedOffset);

impl Leaf for Offset {
    const EXPECTED: &'static str = "an offset from UTC such as `+07:00`";

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        cx.parsed(node, Self::EXPECTED, |text| {
            let (hours, minutes) = text.get(1..)?.split_once(':')?;
            let two = |it: &str| if it.len() == 2 { it.parse::<u8>().ok() } else { None };
            let (hours, minutes) = (two(hours)?, two(minutes).filter(|it| *it < 60)?);
            let seconds = i32::from(hours) * 3600 + i32::from(minutes) * 60;
            match text.get(..1)? {
                "+" => FixedOffset::east_opt(seconds).map(Self),
                "-" => FixedOffset::west_opt(seconds).map(Self),
                _ => None,
            }
        })
    }

    fn print(&self, out: &mut alloc::string::String) {
        crate::read::print_string(&alloc::format!("{}", self.0), out);
    }
}
