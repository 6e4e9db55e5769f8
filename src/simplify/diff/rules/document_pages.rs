//! More or fewer pages.

use alloc::vec::Vec;

use super::or_unsaid;
use super::{Check, Rule};
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "document-pages",
    title: ("Số trang", "more or fewer pages"),
    means: "Copying and certifying are paid for by the page.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.documents().filter(|it| it.old.pages() != it.new.pages());
    changed
        .map(|it| {
            let (old, new) = (it.old.pages(), it.new.pages());
            let message = say!(
                lang,
                "giấy tờ `{}` có {} trang thay cho {}",
                "document `{}` has {} pages instead of {}",
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
