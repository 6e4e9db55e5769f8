//! Cost that somebody else bears now.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::definition::{Part, PartKind};
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::money::Dong;
use crate::simplify::cost::{Account, Bearer, Borne, Line};
use crate::simplify::pairing::Pairing;
use crate::simplify::verdict::case::Case;
use crate::simplify::verdict::objection::Objection;
use crate::text::Lang;
use crate::witness::Witness;

pub(super) const OBJECTION: Objection = Objection {
    code: "cost-moved",
    title: ("Chi phí chuyển sang người khác", "Cost moved to somebody else"),
    find,
};

/// Whoever else bears more than before bears what the applicant saved.
fn find(case: &Case<'_, '_>) -> Vec<Diagnostic> {
    let others = case.verdict.after().others().iter();
    others.filter_map(|it| moved(case, it)).collect()
}

fn moved(case: &Case<'_, '_>, now: &Borne<'_>) -> Option<Diagnostic> {
    let (before, after) = (case.verdict.before(), case.verdict.after());
    let was = borne(case, now.bearer());
    let is = now.cost().with_fees();
    let rises = match (was, is) {
        (Some(was), Some(is)) => is > was,
        // What nobody knows may be more.
        (_, None) | (None, _) => true,
    };
    let line = after.lines().iter().find(|it| it.bearer() == now.bearer() && is_new(before, it))?;
    let message = |lang: Lang| {
        let who = now.bearer().label(lang);
        let (was, is) = (told(was, lang), told(is, lang));
        match lang {
            Lang::Vi => format!("{who} phải chịu {is} mỗi hồ sơ, trước đây là {was}"),
            Lang::En => format!("{who} bears {is} a case after {was} before"),
        }
    };
    let help = |lang: Lang| {
        let work = line.name(lang);
        match lang {
            Lang::Vi => format!("`{work}` vẫn là việc có người phải làm: hãy để không ai phải làm"),
            Lang::En => {
                format!("`{work}` is work that somebody does all the same: let nobody do it")
            }
        }
    };
    let span = line.serves().map_or(case.after.lead().span(), |it| case.span(line.part(), &it));
    let diagnostic = OBJECTION.raise(span, message, help);
    let named = line.serves().map(|it| *it.name()).or(line.activity());
    rises.then(|| {
        named.into_iter().map(|it| Witness::path([it])).fold(diagnostic, Diagnostic::witness)
    })
}

/// Returns what was borne before by the role, and by those for which it stands.
fn borne(case: &Case<'_, '_>, bearer: Bearer<'_>) -> Option<Dong> {
    let earlier = earlier(case, bearer);
    let others = case.verdict.before().others().iter();
    let same = others.filter(|it| role(it.bearer()).is_some_and(|it| earlier.contains(&it)));
    same.map(|it| it.cost().with_fees()).try_fold(Dong::ZERO, |sum, it| sum.plus(it?).ok())
}

/// Returns the roles of the version before for which one stands now: by its name, or because it replaces them.
fn earlier(case: &Case<'_, '_>, bearer: Bearer<'_>) -> Vec<Id> {
    let Some(role) = role(bearer) else { return Vec::new() };
    let part = Part::new(PartKind::Role, role);
    let both =
        case.after.procedures().filter_map(|(name, new)| Some((case.before.procedure(name)?, new)));
    let mut roles: Vec<Id> = both
        .filter_map(|(old, new)| {
            Some(Pairing::between(old, new).of_after(&part)?.before().to_vec())
        })
        .flatten()
        .map(|it| *it.name())
        .collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}

fn is_new(before: &Account<'_>, line: &Line<'_>) -> bool {
    let same =
        |it: &&Line<'_>| it.serves() == line.serves() && role(it.bearer()) == role(line.bearer());
    before
        .lines()
        .iter()
        .find(same)
        .is_none_or(|it| it.minutes() != line.minutes() || it.direct() != line.direct())
}

fn told(amount: Option<Dong>, lang: Lang) -> String {
    let unknown = lang.pick("một khoản chưa biết", "an unknown amount");
    amount.map_or_else(|| unknown.into(), |it| format!("{it} đồng"))
}

/// The same role may be called otherwise in another version.
const fn role(bearer: Bearer<'_>) -> Option<Id> {
    match bearer {
        Bearer::Applicant => None,
        Bearer::Role(role, _) => Some(role),
    }
}
