//! As many new burdens as old ones that went.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::Diagnostic;
use crate::simplify::verdict::case::Case;
use crate::simplify::verdict::objection::Objection;
use crate::text::Lang;

pub(super) const OBJECTION: Objection = Objection {
    code: "burdens-added",
    title: ("Thêm quy định mới thay cho quy định cũ", "New burdens in the place of old ones"),
    find,
};

/// What is new is taken from what was cut: the target must be reached all the same.
fn find(case: &Case<'_, '_>) -> Vec<Diagnostic> {
    let balance = case.verdict.balance();
    let cut = case.verdict.cut();
    let added = balance.added().len();
    let of = |count: usize| i128::try_from(count).unwrap_or(i128::MAX);
    let before = of(balance.before());
    let net = of(cut) - of(added);
    let misses = case.verdict.target().is_reached_by(of(cut), before)
        && !case.verdict.target().is_reached_by(net, before);
    let Some(first) = balance.added().first().filter(|_| misses) else { return Vec::new() };
    let names: Vec<String> = balance.added().iter().map(|it| format!("`{}`", it.at())).collect();
    let names = names.join(", ");
    let message = |lang: Lang| match lang {
        Lang::Vi => format!(
            "cắt giảm {cut}/{before} quy định và thêm {added} quy định mới ({names}): còn {net}/{before}, không đạt mục tiêu"
        ),
        Lang::En => format!(
            "{cut} of {before} burdens are cut and {added} are new ({names}): {net} of {before} misses the target"
        ),
    };
    let help = |lang: Lang| {
        lang.pick(
            "cắt giảm thêm, hoặc ghi bằng `replaces` mỗi phần mới thay cho phần nào",
            "cut more, or say with `replaces` what each new part stands for",
        )
        .into()
    };
    Vec::from([OBJECTION.raise(case.span(first.part(), &first.at()), message, help)])
}
