//! Applications that are decided otherwise, and that no declared change explains.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::simplify::outcome::{Difference, Entangled};
use crate::simplify::verdict::case::Case;
use crate::simplify::verdict::objection::Objection;
use crate::text::Lang;
use crate::witness::Witness;

pub(super) const OBJECTION: Objection = Objection {
    code: "outcome-changed",
    title: ("Quyết định khác mà không nêu căn cứ", "Decided otherwise without a declared change"),
    find,
};

/// What could not be followed in every case is an objection too.
fn find(case: &Case<'_, '_>) -> Vec<Diagnostic> {
    let differences = &case.differences;
    let decided = differences.unexplained().map(|it| decided(case, it));
    decided.chain(differences.entangled().iter().map(|it| entangled(case, it))).collect()
}

fn decided(case: &Case<'_, '_>, it: &Difference) -> Diagnostic {
    let message = |lang: Lang| match lang {
        Lang::Vi => {
            let (before, after) = (it.before().label(lang), it.after().label(lang));
            format!("một hồ sơ được quyết định khác trước: từ “{before}” thành “{after}”")
        }
        Lang::En => format!("an application that was {} is now {}", it.before(), it.after()),
    };
    let help = |lang: Lang| {
        lang.pick(
            "quyết định như trước, hoặc khai báo `[change]` kèm căn cứ pháp lý",
            "decide it as before, or declare a `[change]` with its legal basis",
        )
        .into()
    };
    let path = if it.path_after().is_empty() { it.path_before() } else { it.path_after() };
    let witness = Witness::path(path.iter().copied()).knowing(it.facts().iter().cloned());
    OBJECTION.raise(head(case, it.member()), message, help).witness(witness)
}

fn entangled(case: &Case<'_, '_>, it: &Entangled) -> Diagnostic {
    let facts: Vec<String> = it.facts().iter().map(|it| format!("`{it}`")).collect();
    let facts = facts.join(", ");
    let message = |lang: Lang| match (lang, facts.is_empty()) {
        (Lang::Vi, true) => {
            "hồ sơ có quá nhiều tình huống để nói rằng mọi hồ sơ được quyết định như trước".into()
        }
        (Lang::Vi, false) => format!(
            "{facts} tạo ra quá nhiều trường hợp để nói rằng mọi hồ sơ được quyết định như trước"
        ),
        (Lang::En, true) => {
            "a dossier has too many situations to say that every application is decided as before"
                .into()
        }
        (Lang::En, false) => format!(
            "{facts} make too many cases to say that every application is decided as before"
        ),
    };
    let help = |lang: Lang| {
        lang.pick(
            "để điều kiện hỏi ít tình tiết cùng lúc hơn",
            "let guards ask for fewer facts together",
        )
        .into()
    };
    OBJECTION.raise(head(case, it.member()), message, help)
}

fn head(case: &Case<'_, '_>, member: Option<Id>) -> crate::source::Span {
    case.after.procedure(member).unwrap_or(case.after.lead()).span()
}
