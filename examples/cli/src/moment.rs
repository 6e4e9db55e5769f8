//! Dates and moments as they are written on the command line and in command files.

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, NaiveDateTime};
use hoso::text::Lang;

use crate::failure::{Failure, Fallible};

/// A moment in local time with its distance from UTC.
pub(crate) type Moment = DateTime<FixedOffset>;

/// How moments are written where there is no offset.
const LOCAL: [&str; 2] = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"];

/// Returns the day on which the command is called, in Vietnam; the clock is read only here.
pub(crate) fn today() -> Fallible<NaiveDate> {
    // Vietnam keeps one time all year.
    let now = chrono::Utc::now().naive_utc().checked_add_signed(chrono::TimeDelta::hours(7));
    now.map(|it| it.date()).ok_or_else(|| Failure::new("the clock is out of range"))
}

/// Reads a date such as 2026-03-02.
pub(crate) fn date(text: &str) -> Fallible<NaiveDate> {
    let read = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    let sane = read.filter(|it| text.len() == 10 && is_sane(it.year()));
    let wrong = || Failure::new(format_args!("`{text}` is not a date")).help("write YYYY-MM-DD");
    sane.ok_or_else(wrong)
}

/// Reads a moment, in local time unless an offset follows.
pub(crate) fn moment(text: &str, offset: FixedOffset) -> Fallible<Moment> {
    local(text, offset).or_else(|| absolute(text, offset)).ok_or_else(|| {
        Failure::new(format_args!("`{text}` is not a moment"))
            .help("write YYYY-MM-DDTHH:MM[:SS], with an offset such as +07:00 if it is not local")
    })
}

fn local(text: &str, offset: FixedOffset) -> Option<Moment> {
    let read = LOCAL.iter().find_map(|it| NaiveDateTime::parse_from_str(text, it).ok())?;
    let read = Some(read).filter(|it| is_sane(it.year()))?;
    read.and_local_timezone(offset).single()
}

fn absolute(text: &str, offset: FixedOffset) -> Option<Moment> {
    let short = || DateTime::parse_from_str(&text.replace('Z', "+00:00"), "%Y-%m-%dT%H:%M%:z");
    let read = DateTime::parse_from_rfc3339(text).or_else(|_| short()).ok()?;
    is_sane(read.year()).then(|| read.with_timezone(&offset))
}

/// Years that are written in four digits; no arithmetic near them leaves the range of dates.
fn is_sane(year: i32) -> bool {
    (1000..=9998).contains(&year)
}

/// Writes a moment for people, without seconds where there are none.
pub(crate) fn people(at: Moment) -> String {
    let seconds = if at.format("%S").to_string() == "00" { "" } else { ":%S" };
    at.format(&format!("%Y-%m-%d %H:%M{seconds}")).to_string()
}

/// Returns the name of a day of the week.
pub(crate) fn weekday(day: NaiveDate, lang: Lang) -> &'static str {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    match day.weekday() {
        Mon => lang.pick("thứ Hai", "Monday"),
        Tue => lang.pick("thứ Ba", "Tuesday"),
        Wed => lang.pick("thứ Tư", "Wednesday"),
        Thu => lang.pick("thứ Năm", "Thursday"),
        Fri => lang.pick("thứ Sáu", "Friday"),
        Sat => lang.pick("thứ Bảy", "Saturday"),
        Sun => lang.pick("Chủ nhật", "Sunday"),
    }
}
