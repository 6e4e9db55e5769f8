//! What a step waits for: answers, payment, and its days.

use super::{DAY, Office, see};
use crate::calendar::Weekday;
use crate::definition::Silence;
use crate::definition::guard::Truth;
use crate::simulate::kernel::clocks;
use crate::simulate::kernel::course::{LATE_ANSWER, LENGTH, SILENCE, draw};
use crate::simulate::kernel::slot::Slot;
use crate::simulate::kernel::watch::{RowKind, Watch};
use crate::simulate::model::{Model, Performer, StepModel};
use crate::simulate::scenario::Basis;

impl<W: Watch> Office<'_, '_, W> {
    /// Asks every agency that the law asks, and draws when each has answered.
    pub(super) fn consult(&mut self, place: u32) {
        let now = self.now;
        let Some(slot) = self.slots.get_mut(place as usize) else { return };
        let Some(case) = self.model.cases.get(usize::from(slot.case)) else { return };
        for answer in &case.answers {
            let Some(consultation) = case.cx.procedure().consultations().get(answer.at) else {
                continue;
            };
            let applies = consultation
                .when()
                .is_none_or(|it| it.evaluate(case.lookup(slot.course.profile)) == Truth::Yes);
            if !applies {
                continue;
            }
            let luck = slot.course.luck.name(&answer.name);
            let seconds = |purpose| answer.after.seconds(luck.uniform(draw(0, purpose)));
            let due = clocks::answer_due(case, answer.at, now);
            let is_silent =
                answer.silent > 0.0 && luck.uniform(draw(0, SILENCE)).get() < answer.silent;
            let answers =
                later(self.model, answer.basis, now, seconds(LENGTH)).filter(|_| !is_silent);
            let lapses = due.and_then(|(due, silence)| Some((due?, silence)));
            let settled = match lapses {
                Some((due, Silence::Consent)) if answers.is_none_or(|at| at > due) => due + 1,
                due => {
                    let at = answers.unwrap_or_else(|| {
                        // The head of the unit is told, and the agency answers late.
                        let asked = due.map_or(now, |(due, _)| due + 1);
                        let at = later(self.model, answer.basis, asked, seconds(LATE_ANSWER));
                        at.unwrap_or(i64::MAX)
                    });
                    see(self.watch, slot, at, RowKind::Answered { consultation: answer.at });
                    at
                }
            };
            slot.answered = slot.answered.max(settled);
        }
    }
}

/// Returns when a step may begin: after the answers and the payment that it needs, on one of its days.
pub(super) fn gate(model: &Model<'_>, step: &StepModel, slot: &Slot, now: i64) -> i64 {
    let mut opens = now;
    if step.needs_answers {
        opens = opens.max(slot.answered);
    }
    if step.needs_payment {
        opens = opens.max(slot.paid);
    }
    if !step.days.is_empty() {
        opens = meeting(model, step, opens);
    }
    opens
}

/// Returns the first moment from `at` on that is on one of the days of a step, while its officers work.
fn meeting(model: &Model<'_>, step: &StepModel, at: i64) -> i64 {
    let offset = i64::from(model.calendar.offset().local_minus_utc());
    let mut opens = at;
    // Two years without such a working day: then the day does not matter.
    for _ in 0..730 {
        let day = (opens + offset).div_euclid(DAY);
        let next_day = (day + 1) * DAY - offset;
        let is_named = chrono::NaiveDate::from_epoch_days(day as i32)
            .is_some_and(|it| step.days.iter().any(|day| *day == Weekday::of(it)));
        let works = match &step.performer {
            Performer::Pool(pool, _) => {
                model.pools.get(*pool).and_then(|it| it.roster.next_open(opens))
            }
            Performer::Outside(..) => Some(opens),
        };
        match works {
            Some(works) if is_named && works < next_day => return works,
            _ => opens = next_day,
        }
    }
    at
}

/// Returns when a length of time has passed, over the hours in which it counts.
pub(super) fn later(model: &Model<'_>, basis: Basis, at: i64, seconds: i64) -> Option<i64> {
    match basis {
        Basis::Clock => at.checked_add(seconds),
        Basis::Office => model.office_hours.add(at, seconds),
    }
}
