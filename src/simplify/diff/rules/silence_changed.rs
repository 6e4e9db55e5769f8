//! Another meaning of the silence of an agency.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::Silence;
use crate::simplify::diff::change::{Advantage, Party};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "silence-changed",
    title: ("Hệ quả khi cơ quan không trả lời", "silence means something else"),
    means: "An agency that does not answer holds the dossier up, or no longer.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.consultations().filter(|it| it.old.silence() != it.new.silence());
    changed
        .map(|it| {
            let (old, new) = (it.old.silence(), it.new.silence());
            let message = say!(
                lang,
                "`{}` không trả lời nghĩa là `{new}` thay cho `{old}`",
                "silence of `{}` means `{new}` instead of `{old}`",
                it.after.name()
            );
            let advantage = match new {
                Silence::Consent => Advantage::Gains,
                Silence::Escalate => Advantage::Loses,
            };
            cx.of(&it, message).party(Party::Applicant).advantage(advantage)
        })
        .collect()
}
