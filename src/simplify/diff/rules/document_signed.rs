//! Channels on which the applicant signs, or no longer does.

use alloc::vec::Vec;

use super::Words;
use super::{Check, Rule};
use crate::definition::Channel;
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "document-signed",
    title: ("Chữ ký của người nộp", "signed or not"),
    means: "A signature asks for a visit, or for a certificate.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.documents().filter_map(|it| {
        let word = |list: &[Channel]| list.iter().map(|it| it.as_str()).collect::<Vec<_>>();
        let apart = Words::of(&word(it.old.signed()), &word(it.new.signed()));
        let message = say!(
            lang,
            "giấy tờ `{}` được ký ở kênh khác: {}",
            "document `{}` is signed on other channels: {}",
            it.after.name(),
            apart.told(lang)
        );
        let found = cx.of(&it, message).advantage(apart.advantage(Advantage::Loses));
        (!apart.is_empty()).then_some(found)
    });
    changed.collect()
}
