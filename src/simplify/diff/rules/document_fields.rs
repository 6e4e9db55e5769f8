//! More or fewer fields to fill in.

use alloc::format;
use alloc::vec::Vec;

use super::or_unsaid;
use super::{Check, Rule};
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};

pub(super) const RULE: Rule = Rule {
    code: "document-fields",
    title: ("Số trường thông tin", "more or fewer fields"),
    means: "Each field is looked up and written by the applicant.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.documents().filter(|it| it.old.fields() != it.new.fields());
    changed
        .map(|it| {
            let (old, new) = (it.old.fields(), it.new.fields());
            let (was, is) = (or_unsaid(old), or_unsaid(new));
            let message =
                format!("document `{}` has {is} fields instead of {was}", it.after.name());
            let found = cx.of(&it, message);
            match old.zip(new) {
                Some((old, new)) => found.advantage(Advantage::of_more(old, new)),
                None => found,
            }
        })
        .collect()
}
