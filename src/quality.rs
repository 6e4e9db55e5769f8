//! The index of service quality (bộ chỉ số phục vụ người dân, doanh nghiệp) of Decision 766/QĐ-TTg.
//!
//! Its formulas are those of a business description of the index that a public
//! code base holds; the decision itself was not read. They count elapsed time,
//! not working days, and are not the legal due date, which a [`clock`](crate::clock)
//! keeps. Weights and points are absent: they are known from memory only.

use chrono::{DateTime, FixedOffset, TimeDelta};

use crate::calendar::Moment;
use crate::definition::PortalStatus;
use crate::text::words;

words! {
    /// What the index asks of single dossiers, by the number of the indicator.
    pub enum Indicator as "an indicator of Decision 766/QĐ-TTg, such as `2.1`" {
        /// Dossiers ended, or still running, in time.
        OnTime = "2.1" ("tỷ lệ hồ sơ xử lý đúng hạn", "share of dossiers settled in time"),
        /// Solving time of dossiers that were processed or returned.
        MeanTime = "2.2" ("thời gian giải quyết trung bình", "average time of settling"),
        /// Dossiers filed online, of which the result is electronic too.
        Online = "3.3" ("tỷ lệ hồ sơ trực tuyến", "share of dossiers handled online"),
        /// Dossiers with a fee that were paid online.
        PaidOnline = "3.6" ("tỷ lệ hồ sơ thanh toán trực tuyến", "share of dossiers paid online"),
        /// Dossiers with an electronic result.
        ElectronicResult = "4.1" ("tỷ lệ cấp kết quả điện tử", "share of electronic results"),
        /// Dossiers whose papers and result are digitised.
        Digitised = "4.2" ("tỷ lệ số hóa hồ sơ, kết quả", "share of digitised dossiers"),
        /// Dossiers that reuse a paper which is digitised already.
        Reuse = "4.3" ("tỷ lệ tái sử dụng dữ liệu số hóa", "share of dossiers that reuse data"),
        /// Dossiers neither overdue nor complained of.
        Satisfaction = "5.4" ("mức độ hài lòng", "satisfaction"),
    }
}

words! {
    /// How the index counts a dossier.
    pub enum Standing as "`on-time` or `overdue`" {
        /// It ended, or still runs, in time.
        OnTime = "on-time" ("đúng hạn", "on time"),
        /// It is late, or papers were asked for more than once.
        Overdue = "overdue" ("quá hạn", "overdue"),
    }
}

/// By when a dossier should end.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Promise {
    /// At the appointed moment (ngày hẹn trả).
    Appointed(Moment),
    /// So much time after its reception, where nothing was appointed.
    Within {
        /// When it was received.
        received: Moment,
        /// The longest time that its settling may take.
        longest: TimeDelta,
    },
}

/// Says how the index counts a dossier: indicator 2.1; none where it does not count at all.
///
/// `seen` is each portal status with the moment of its beginning, in order, from
/// reception or its refusal on; a dossier that nobody received or refused has none. `until` is the end of
/// the period, at which a dossier that has not ended is judged.
///
/// - The end is that of processing (9), else of the result handed over (10), of
///   refusal (3), withdrawal (7) or stopping (8).
/// - While papers are asked for (5) for the only time, the end is that request.
/// - The time from the request to the next status is subtracted from the end.
/// - Papers asked for more than once make a dossier overdue.
///
/// # Example
///
/// ```
/// use hoso::definition::PortalStatus;
/// use hoso::quality::{Promise, Standing, standing};
///
/// let moment = |day: &str| format!("{day}T17:00:00+07:00").parse().unwrap();
/// let seen = [
///     (PortalStatus::new(5).unwrap(), moment("2026-06-03")),
///     (PortalStatus::new(4).unwrap(), moment("2026-06-08")),
///     (PortalStatus::new(9).unwrap(), moment("2026-06-18")),
/// ];
/// // Five days for papers: the end counts as the 13th.
/// let due = Promise::Appointed(moment("2026-06-15"));
/// assert_eq!(standing(due, &seen, moment("2026-06-30")), Some(Standing::OnTime));
/// ```
#[must_use]
pub fn standing(
    promise: Promise,
    seen: &[(PortalStatus, Moment)],
    until: Moment,
) -> Option<Standing> {
    if seen.is_empty() {
        return None;
    }
    let asked = seen.iter().filter(|(it, _)| it.code() == SUPPLEMENT).count();
    if asked > 1 {
        return Some(Standing::Overdue);
    }
    let end = ended(seen).unwrap_or_else(|| match seen.last() {
        Some((status, at)) if status.code() == SUPPLEMENT => *at,
        _ => until,
    });
    let counted = subtracted(end, waited(seen));
    let in_time = match promise {
        Promise::Appointed(due) => counted <= due,
        Promise::Within { received, longest } => counted.signed_duration_since(received) <= longest,
    };
    Some(if in_time { Standing::OnTime } else { Standing::Overdue })
}

/// The portal status of a dossier whose applicant is asked for papers.
const SUPPLEMENT: u8 = 5;

/// The statuses that end a dossier, the strongest first.
const ENDS: [u8; 5] = [9, 10, 3, 7, 8];

fn ended(seen: &[(PortalStatus, Moment)]) -> Option<Moment> {
    let of = |code: u8| seen.iter().find(|(it, _)| it.code() == code).map(|(_, at)| *at);
    ENDS.iter().find_map(|it| of(*it))
}

/// Returns how long papers were waited for: from each request to the status after it.
fn waited(seen: &[(PortalStatus, Moment)]) -> TimeDelta {
    let pairs = seen.iter().zip(seen.iter().skip(1));
    let requests = pairs.filter(|((status, _), _)| status.code() == SUPPLEMENT);
    let spans = requests.map(|((_, from), (_, to))| to.signed_duration_since(*from));
    spans.fold(TimeDelta::zero(), |sum, it| sum.checked_add(&it).unwrap_or(TimeDelta::MAX))
}

/// Subtracts; at the ends of the range of dates nothing is subtracted.
fn subtracted(end: DateTime<FixedOffset>, by: TimeDelta) -> DateTime<FixedOffset> {
    end.checked_sub_signed(by).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    /// A moment of Hà Nội; a day alone is its end.
    fn moment(text: &str) -> Moment {
        let time = if text.len() == 10 { "T23:59:59" } else { "" };
        std::format!("{text}{time}+07:00").parse().unwrap()
    }

    #[track_caller]
    fn check(promise: Promise, seen: &str, until: &str, expected: Option<Standing>) {
        let seen: Vec<_> = seen
            .split_whitespace()
            .map(|it| {
                let (status, at) = it.split_once('@').unwrap();
                (PortalStatus::new(status.parse().unwrap()).unwrap(), moment(at))
            })
            .collect();
        assert_eq!(standing(promise, &seen, moment(until)), expected);
    }

    const ON_TIME: Option<Standing> = Some(Standing::OnTime);
    const OVERDUE: Option<Standing> = Some(Standing::Overdue);

    #[test]
    fn dossiers_with_an_appointment() {
        let june = |seen, until, expected| {
            check(Promise::Appointed(moment("2026-06-15")), seen, until, expected);
        };
        // Processed goes before returned.
        june("9@2026-06-15T17:00:00 10@2026-06-20", "2026-06-30", ON_TIME);
        june("10@2026-06-16", "2026-06-30", OVERDUE);
        // The end is the request.
        june("5@2026-06-03", "2026-06-30", ON_TIME);
        // A second request.
        june("5@2026-06-03 4@2026-06-08 5@2026-06-10", "2026-06-30", OVERDUE);
        // 18 less 5 days is 13.
        june("5@2026-06-03 4@2026-06-08 9@2026-06-18", "2026-06-30", ON_TIME);
        june("5@2026-06-03 4@2026-06-08 9@2026-06-21", "2026-06-30", OVERDUE);
        // Withdrawn after reception, and never received.
        june("2@2026-06-01 7@2026-06-10", "2026-06-30", ON_TIME);
        june("", "2026-06-30", None);
        // Still running at the end of the period.
        june("2@2026-06-01", "2026-06-14", ON_TIME);
        june("2@2026-06-01", "2026-06-30", OVERDUE);
    }

    #[test]
    fn dossiers_without_an_appointment() {
        let seen = "2@2026-06-01 5@2026-06-03 4@2026-06-08 9@2026-06-21";
        for (days, expected) in [(15, ON_TIME), (14, OVERDUE)] {
            let longest = TimeDelta::days(days);
            let promise = Promise::Within { received: moment("2026-06-01"), longest };
            check(promise, seen, "2026-06-30", expected);
        }
    }
}
