//! More or less of the procedure that is done online.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::Procedure;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "service-level",
    title: ("Mức độ dịch vụ công", "another service level"),
    means: "What was done online takes a visit now, or the reverse.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let (old, new) = (told(cx.before), told(cx.after));
    if old == new {
        return Vec::new();
    }
    let found = cx.whole(say!(
        lang,
        "mức độ trực tuyến của thủ tục là `{new}` thay cho `{old}`",
        "the procedure is `{new}` online instead of `{old}`"
    ));
    Vec::from([found])
}

fn told(procedure: &Procedure) -> &'static str {
    procedure.service_level().known().map_or("unknown", |it| it.as_str())
}
