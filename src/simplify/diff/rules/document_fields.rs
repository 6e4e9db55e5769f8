//! More or fewer fields to fill in.

use alloc::vec::Vec;

use super::or_unsaid;
use super::{Check, Rule};
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

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
            let message = say!(
                lang,
                "giấy tờ `{}` có {} mục phải khai thay cho {}",
                "document `{}` has {} fields instead of {}",
                it.after.name(),
                or_unsaid(new, lang),
                or_unsaid(old, lang)
            );
            let found = cx.of(&it, message);
            match old.zip(new) {
                Some((old, new)) => found.advantage(Advantage::of_more(old, new)),
                None => found,
            }
        })
        .collect()
}
