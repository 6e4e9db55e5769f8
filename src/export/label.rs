//! The words of a step in drawings; its papers and its law are told elsewhere.

use alloc::format;
use alloc::string::String;

use crate::definition::Transition;
use crate::text::Lang;

/// Writes the name of a step, and its guard in brackets.
pub(super) fn label(step: &Transition, lang: Lang) -> String {
    let name = step.name(lang);
    step.when().map_or(name.into(), |guard| format!("{name} [{guard}]"))
}
