//! Another typical case after than before: other facts, or the same work measured as cheaper work.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::definition::{Part, PartKind, Task};
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::money::Dong;
use crate::simplify::cost::{Account, Bearer, Line, account};
use crate::simplify::diff::{Advantage, Change};
use crate::simplify::pairing::Pairing;
use crate::simplify::verdict::case::Case;
use crate::simplify::verdict::objection::Objection;
use crate::text::Lang;
use crate::witness::Witness;

pub(super) const OBJECTION: Objection = Objection {
    code: "case-changed",
    title: ("Trường hợp điển hình bị thay đổi", "Another typical case is measured"),
    find,
};

/// What both versions state of the typical case must be the same, or a cheaper
/// case would pass for a cheaper procedure. How he files is no circumstance of
/// his but the way that a redesign opens or leads to, and may change.
fn find(case: &Case<'_, '_>) -> Vec<Diagnostic> {
    let (old, new) = (case.before.lead(), case.after.lead());
    let pairing = Pairing::between(old, new);
    let facts = pairing.pairs().filter(|(it, _)| it.kind() == PartKind::Fact);
    let changed = facts.filter_map(|(was, is)| changed(case, &was, &is));
    changed.chain(swapped(case)).collect()
}

fn changed(case: &Case<'_, '_>, was: &Part, is: &Part) -> Option<Diagnostic> {
    let (old, new) = (case.before.lead(), case.after.lead());
    let before = old.compliance().fact(old.facts().position(was.name())?)?;
    let after = new.compliance().fact(new.facts().position(is.name())?)?;
    let (name, span) = (is.name(), case.after.lead().span());
    let message = |lang: Lang| match lang {
        Lang::Vi => format!(
            "trường hợp điển hình có `{name}` = `{before}` ở bản trước và `{after}` ở bản sau"
        ),
        Lang::En => {
            format!("the typical case has `{name}` = `{before}` before and `{after}` after")
        }
    };
    let help = |lang: Lang| {
        lang.pick(
            "đo cả hai bản theo cùng một trường hợp ở `[compliance]`",
            "measure both versions for one case in `[compliance]`",
        )
        .into()
    };
    let diagnostic = OBJECTION
        .raise(span, message, help)
        .witness(Witness::facts([(*name, format!("{after}").into())]));
    (before != after).then_some(diagnostic)
}

/// The work for one part of a procedure, or that of an activity which serves none.
#[derive(Debug)]
struct Work<'l, 'p> {
    member: Option<Id>,
    at: Part,
    lines: Vec<&'l Line<'p>>,
}

impl<'l, 'p> Work<'l, 'p> {
    fn of(account: &'l Account<'p>) -> Vec<Self> {
        let mut works: Vec<Self> = Vec::new();
        for line in account.lines().iter().filter(|it| it.bearer() == Bearer::Applicant) {
            let own = line.activity().map(|it| Part::new(PartKind::Activity, it));
            let (member, Some(at)) = (line.part(), line.serves().or(own)) else { continue };
            match works.iter_mut().find(|it| (it.member, it.at) == (member, at)) {
                Some(work) => work.lines.push(line),
                None => works.push(Self { member, at, lines: Vec::from([line]) }),
            }
        }
        works
    }

    fn activity(&self) -> Option<Part> {
        let stated = self.lines.iter().find_map(|it| it.activity());
        stated.map(|it| Part::new(PartKind::Activity, it))
    }

    fn is_receiving(&self) -> bool {
        self.at.kind() == PartKind::Result || self.has_task(Task::Receive)
    }

    /// Returns true for a way to the office, or from it.
    fn is_errand(&self) -> bool {
        let is_filing = self.at.kind() == PartKind::Transition || self.has_task(Task::Submit);
        is_filing || self.is_receiving()
    }

    fn has_task(&self, task: Task) -> bool {
        self.lines.iter().any(|it| it.task() == task)
    }

    /// Returns the items of the norms, as people write them.
    fn items(&self) -> String {
        let items = self.lines.iter().filter_map(|it| it.norm());
        items.map(|(id, _)| format!("`{id}`")).collect::<Vec<_>>().join(", ")
    }

    /// Returns what doing it once is worth, fees left out; none where that is not known.
    fn worth(&self, account: &Account<'_>) -> Option<Dong> {
        let (mut minutes, mut direct) = (0_u64, Dong::ZERO);
        for line in &self.lines {
            let times = line.times().max(1);
            minutes = minutes.checked_add(line.minutes()?.checked_div(times.into())?)?;
            direct =
                direct.plus(Dong::new(line.direct()?.get().checked_div(times.into())?)).ok()?;
        }
        account.norms().time_cost(minutes).ok()?.plus(direct).ok()
    }
}

/// The same work is measured by one item: a cheaper one that an activity names,
/// or a dearer one that it no longer names, measures another applicant.
fn swapped(case: &Case<'_, '_>) -> Vec<Diagnostic> {
    let works = Work::of(case.verdict.after());
    works.iter().filter_map(|it| cheaper(case, it)).collect()
}

fn cheaper(case: &Case<'_, '_>, now: &Work<'_, '_>) -> Option<Diagnostic> {
    let pairing =
        Pairing::between(case.before.procedure(now.member)?, case.after.procedure(now.member)?);
    let (was, _) = pairing.pairs().find(|(_, is)| *is == now.at)?;
    let setting = case.by.setting();
    // Usual work follows the channel on which the redesign is used.
    let (filing, receiving) = setting.channels(case.after);
    let channel = if now.is_receiving() { receiving } else { filing };
    let (filed, received) = setting.channels(case.before);
    let is_elsewhere = (filed, received) != (filing, receiving);
    let reference = account(case.before, &setting.by(channel)).ok()?;
    let works = Work::of(&reference);
    let old = works.iter().find(|it| (it.member, it.at) == (now.member, was))?;
    let is_stated = now.activity().is_some() || old.activity().is_some() && !is_elsewhere;
    let is_cheaper =
        now.items() != old.items() && now.worth(case.verdict.after())? < old.worth(&reference)?;
    (is_stated && is_cheaper && !is_explained(case, now)).then(|| objection(case, old, now))
}

/// Another office is another way to it, and a paper that asks for less is less work.
fn is_explained(case: &Case<'_, '_>, work: &Work<'_, '_>) -> bool {
    let lightens = |it: &Change<'_>| {
        if work.is_errand() {
            return it.code() == "authority-level";
        }
        let is_of_paper = it.code().starts_with("document-") || it.code() == "form-changed";
        is_of_paper
            && it.advantage() == Advantage::Gains
            && it.member() == work.member
            && it.after().iter().any(|it| *it.part() == work.at)
    };
    case.diff.changes().iter().any(lightens)
}

fn objection(case: &Case<'_, '_>, old: &Work<'_, '_>, now: &Work<'_, '_>) -> Diagnostic {
    let (at, was, is) = (now.at, old.items(), now.items());
    let message = |lang: Lang| match lang {
        Lang::Vi => format!("cùng một việc cho `{at}` được tính theo {is}, trước đây theo {was}"),
        Lang::En => {
            format!("the same work for `{at}` is measured as {is} after and as {was} before")
        }
    };
    let help = |lang: Lang| {
        lang.pick(
            "tính cả hai bản theo cùng một mục định mức; chỉ cách nộp khác, cơ quan khác hoặc giấy tờ nhẹ hơn mới làm việc nhẹ hơn",
            "measure both versions by one item of the norms; only another channel, another office or a lighter paper makes the work lighter",
        )
        .into()
    };
    let span = case.span(now.member, &now.activity().unwrap_or(at));
    OBJECTION.raise(span, message, help).witness(Witness::path([*at.name()]))
}
