//! A limit that was published longer than the law sets it.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::calendar::Calendar;
use crate::clock::{Clock, Due, Length, Policies};
use crate::definition::{PartKind, Term};
use crate::diagnostic::Severity;
use crate::id::Id;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::witness::Witness;
use chrono::{NaiveDate, NaiveTime};

pub(super) const RULE: Rule = Rule {
    code: "published-limit-longer",
    title: "a published limit that is longer than the statutory one",
    severity: Severity::Error,
    why: "The applicant is told a later day than the law grants, and the office thinks that it is in time.",
    check,
};

/// Limits of different units are compared on the calendar, for every working day on which a term may begin.
fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let terms = case.procedure.terms().iter();
    terms.filter_map(|(_, name, term)| longer(case, name, term)).collect()
}

fn longer(case: &Case<'_>, name: Id, term: &Term) -> Option<Finding> {
    let published = *term.published()?.known()?;
    let cases = term.cases().iter().map(|it| it.limit());
    // Where one length is not known, the longest is not known either.
    let statutory: Option<Vec<Length>> =
        cases.chain([term.limit()]).map(|it| it.known().copied()).collect();
    let statutory = statutory?;
    let policies = term.policies().or(case.procedure.policies().or(case.calendar.policies()));
    let (from, until) = case.calendar.covered();
    let first = from.max(case.procedure.effective().from());
    let last = case.procedure.effective().until().map_or(until, |it| it.min(until));
    let days = first.iter_days().take_while(|it| *it < last);
    let mut days = days.filter(|it| case.calendar.is_working_day(*it).is_ok_and(|it| it));
    let (day, due, told) = days.find_map(|day| {
        let end = |it| due(case.calendar, policies, it, day);
        let latest = statutory.iter().map(|it| end(*it)).collect::<Option<Vec<_>>>()?;
        let (latest, told) = (latest.into_iter().max_by_key(Due::moment)?, end(published)?);
        (told.moment() > latest.moment()).then_some((day, latest, told))
    })?;
    let message = format!(
        "term `{name}` was published as `{published}`, which ends on {} where the law ends on {}",
        told.date(),
        due.date()
    );
    let finding = Finding::of(PartKind::Term, name, message)
        .help("have the publication corrected, or waive this until it is")
        .witness(Witness::default().on(day));
    Some(finding)
}

/// Returns the end of a length that begins on a morning.
fn due(calendar: &Calendar, policies: Policies, length: Length, day: NaiveDate) -> Option<Due> {
    let morning = day.and_time(NaiveTime::from_hms_opt(9, 0, 0)?);
    let start = morning.and_local_timezone(calendar.offset()).single()?;
    Clock::start(length, start).under(policies).due(calendar).ok().flatten()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn working_days_published_as_days_and_more_of_them() {
        check(
            &RULE,
            &changed(
                "limit = \"5 working days\"\n",
                "limit = \"5 working days\"\npublished = \"10 days\"\n",
            ),
            expect![[r#"
                55:7 term `decision` was published as `10 days`, which ends on 2025-07-11 where the law ends on 2025-07-08
                  help: have the publication corrected, or waive this until it is
                  witness: from 2025-07-01"#]],
        );
    }

    #[test]
    fn seven_days_are_longer_than_five_working_days_on_some_days_only() {
        check(
            &RULE,
            &changed(
                "limit = \"5 working days\"\n",
                "limit = \"5 working days\"\npublished = \"7 days\"\n",
            ),
            expect![[r#"
                55:7 term `decision` was published as `7 days`, which ends on 2026-01-12 where the law ends on 2026-01-10
                  help: have the publication corrected, or waive this until it is
                  witness: from 2026-01-05"#]],
        );
    }

    #[test]
    fn three_days_never_end_after_five_working_days() {
        check(
            &RULE,
            &changed(
                "limit = \"5 working days\"\n",
                "limit = \"5 working days\"\npublished = \"3 days\"\n",
            ),
            expect![""],
        );
    }

    #[test]
    fn a_case_of_unknown_length_leaves_it_open() {
        check(
            &RULE,
            &changed(
                "limit = \"5 working days\"\nstarts = [\"accept\"]\n",
                "limit = \"5 working days\"\npublished = \"30 days\"\nstarts = [\"accept\"]\ncase = [{ when = \"floors > 3\", limit = { unknown = \"not read\" } }]\n",
            ),
            expect![""],
        );
    }
}
