//! A burden that went and came back under another name.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::Diagnostic;
use crate::simplify::balance::Relief;
use crate::simplify::burden::{Burden, BurdenKind};
use crate::simplify::verdict::case::Case;
use crate::simplify::verdict::objection::Objection;
use crate::text::{Lang, Text};
use crate::witness::Witness;

pub(super) const OBJECTION: Objection = Objection {
    code: "burden-renamed",
    title: ("Đổi tên quy định, không cắt giảm", "A burden renamed and not removed"),
    find,
};

/// Each new burden brings back one at most.
fn find(case: &Case<'_, '_>) -> Vec<Diagnostic> {
    let gone = case.verdict.balance().weighed().iter().filter(|it| it.relief() == Relief::Removed);
    let mut gone: Vec<&Burden<'_>> = gone.map(|it| it.burden()).collect();
    let mut found = Vec::new();
    for new in case.verdict.balance().added() {
        let Some(at) = gone.iter().position(|old| is_same(old, new)) else { continue };
        let old = gone.remove(at);
        let (was, is) = (old.at(), new.at());
        let message = |lang: Lang| match lang {
            Lang::Vi => format!("`{was}` không còn, nhưng `{is}` yêu cầu cùng một điều"),
            Lang::En => format!("`{was}` is gone and `{is}` asks for the same"),
        };
        let help = |lang: Lang| match lang {
            Lang::Vi => format!("bỏ hẳn, hoặc ghi `replaces = [\"{was}\"]`"),
            Lang::En => format!("leave it out, or write `replaces = [\"{was}\"]`"),
        };
        let witness = Witness::path([*old.at().name(), *new.at().name()]);
        let span = case.span(new.part(), &new.at());
        found.push(OBJECTION.raise(span, message, help).witness(witness));
    }
    found
}

/// Two burdens ask for the same when their names say so, or when their law and their measures do.
fn is_same(old: &Burden<'_>, new: &Burden<'_>) -> bool {
    let papers = |it: BurdenKind| matches!(it, BurdenKind::Document | BurdenKind::Form);
    let kindred = old.kind() == new.kind() || papers(old.kind()) && papers(new.kind());
    let rests = |it: &Burden<'_>| -> BTreeSet<String> {
        it.law()
            .iter()
            .map(|it| format!("{} {}", it.instrument(), it.article().unwrap_or("")))
            .collect()
    };
    let same_ground =
        !old.law().is_empty() && rests(old) == rests(new) && old.measures() == new.measures();
    let names = old.name().zip(new.name());
    kindred && (same_ground || names.is_some_and(|(old, new)| is_alike(old, new)))
}

/// More than half of the words of both names are shared, in one of the languages.
fn is_alike(old: &Text, new: &Text) -> bool {
    [Lang::Vi, Lang::En].into_iter().any(|lang| {
        let (old, new) = (words(old.get(lang)), words(new.get(lang)));
        let shared = old.intersection(&new).count();
        shared > 0 && 2 * shared > old.union(&new).count()
    })
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
        .collect()
}
