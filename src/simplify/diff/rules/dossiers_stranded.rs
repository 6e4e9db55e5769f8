//! Open dossiers that the later version would govern, and that cannot pass to it.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::{Part, PartKind, Pinning};
use crate::dossier::{Cause, Passage, Plan, Stage};
use crate::simplify::diff::change::{Advantage, Party};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::{Lang, say};

pub(super) const RULE: Rule = Rule {
    code: "dossiers-stranded",
    title: ("Hồ sơ đang giải quyết bị kẹt", "open dossiers are stranded"),
    means: "Whoever waits in that state has a dossier that no version governs, until the later one says as what it passes.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let Ok(plan) = Plan::between(cx.before, cx.after) else { return Vec::new() };
    let stages = plan.stages().iter().filter(|it| it.passage() != Passage::Safe && !is_decided(it));
    stages
        .filter_map(|it| {
            let (how, advantage) = match (cx.after.pinned(), it.is_accepted()) {
                (Pinning::OnEffect, _) | (_, false) => {
                    (("không chuyển được", "cannot pass"), Advantage::Loses)
                }
                (Pinning::OptIn, true) => (
                    ("không được xin theo bản sau", "may not ask for the later version"),
                    Advantage::Neither,
                ),
                _ => return None,
            };
            let message = say!(
                lang,
                "hồ sơ đang ở `{}` {}: {}",
                "open dossiers in `{}` {}: {}",
                it.state(),
                lang.pick(how.0, how.1),
                reasons(it, lang)
            );
            let part = Part::new(PartKind::State, it.state());
            Some(cx.at(&[part], &[], message).party(Party::Applicant).advantage(advantage))
        })
        .collect()
}

fn reasons(stage: &Stage, lang: Lang) -> String {
    let told = stage.reasons().iter().map(|it| match it.subject() {
        Some(subject) => format!("{}: `{subject}`", it.cause().label(lang)),
        None => it.cause().label(lang).into(),
    });
    let mut told: Vec<String> = told.collect();
    told.dedup();
    told.join("; ")
}

/// What is decided needs no later version.
fn is_decided(stage: &Stage) -> bool {
    stage.reasons().iter().all(|it| it.cause() == Cause::ResultExists)
}
