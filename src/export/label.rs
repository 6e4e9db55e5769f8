//! The words of a step in drawings, nets and logs; its papers and its law are told elsewhere.

use alloc::format;
use alloc::string::String;

use crate::definition::{Act, Consultation, Transition};
use crate::text::Lang;

/// Writes the name of a step, and its guard in brackets.
pub(super) fn label(step: &Transition, lang: Lang) -> String {
    let name = step.name(lang);
    step.when().map_or(name.into(), |guard| format!("{name} [{guard}]"))
}

/// Writes the answer of an agency, which is a branch of its own beside the steps.
pub(super) fn answer(asked: &Consultation, lang: Lang) -> String {
    format!("{}: {}", Act::Answer.label(lang), asked.name().get(lang))
}
