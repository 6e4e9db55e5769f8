//! A plan, and the moves under it, as one JSON document.

use hoso::Maybe;
use hoso::clock::Length;
use hoso::definition::Procedure;
use hoso::dossier::{Passage, Reason, Stage, TermPassage};
use hoso::text::Lang;
use serde_json::{Value, json};

use super::{Move, Moves, Report};
use crate::answer::put;
use crate::reasons;

pub(super) fn data(report: &Report<'_>, lang: Lang) -> Value {
    let (plan, new) = (report.plan, report.plan.after());
    let mut data = json!({
        "procedure": new.id().as_str(),
        "old": version(plan.before()),
        "new": version(new),
        "migration": plan.migration().map(|(name, it)| json!({
            "name": name.as_str(),
            "reason": it.reason().get(lang),
            "law": new.cited(it.law()).map(|it| it.display(lang)).collect::<Vec<_>>(),
        })),
        "states": plan.stages().iter().map(|it| stage(it, new, lang)).collect::<Vec<_>>(),
        "terms": plan.terms().iter().map(term).collect::<Vec<_>>(),
    });
    if let Some(moves) = report.moves {
        let all = moves.list.iter().map(|it| moved(it, new, lang));
        put(&mut data, "dossiers", all.collect::<Vec<_>>());
        put(&mut data, "totals", totals(moves));
    }
    data
}

fn version(it: &Procedure) -> Value {
    json!({
        "version": it.version().as_str(),
        "from": it.effective().from().to_string(),
        "until": it.effective().until().map(|it| it.to_string()),
        "pinned": it.pinned().as_str(),
    })
}

fn stage(it: &Stage, new: &Procedure, lang: Lang) -> Value {
    json!({
        "state": it.state().as_str(),
        "passage": it.passage().as_str(),
        "to": it.to().map(|it| it.to_string()),
        "mapped": it.is_mapped(),
        "accepted": it.is_accepted(),
        "reasons": all(it.reasons().iter(), new, lang),
        "provisos": all(it.provisos().iter(), new, lang),
        "candidates": it.candidates().iter().map(|it| it.as_str()).collect::<Vec<_>>(),
    })
}

fn term(it: &TermPassage<'_>) -> Value {
    let length = |it: Option<&Maybe<Length>>| it.and_then(Maybe::known).map(|it| it.to_string());
    json!({
        "term": it.term().as_str(),
        "old": length(it.before()),
        "new": length(it.after()),
        "same": it.is_same(),
        "becomes": it.carriage().map(|it| it.as_str()),
    })
}

fn moved(it: &Move, new: &Procedure, lang: Lang) -> Value {
    let due = |it: &hoso::dossier::Dossier| it.due().map(|it| it.date_naive().to_string());
    json!({
        "dossier": it.before.id().to_string(),
        "state": it.before.state().map(|it| it.to_string()),
        "passage": it.passage().map(Passage::as_str),
        "to": it.ruling.as_ref().and_then(|it| it.to()).map(|it| it.to_string()),
        "moved": it.is_made(),
        "due-before": due(&it.before),
        "due-after": due(&it.after),
        "reasons": all(it.reasons().into_iter(), new, lang),
    })
}

fn totals(moves: &Moves) -> Value {
    let passing = |passage| moves.count(|it| it.passage() == Some(passage));
    json!({
        "dossiers": moves.list.len(),
        "moved": moves.count(Move::is_made),
        "safe": passing(Passage::Safe),
        "needs-mapping": passing(Passage::NeedsMapping),
        "forbidden": passing(Passage::Forbidden),
        "others": moves.others,
    })
}

fn all<'r>(reasons: impl Iterator<Item = &'r Reason>, new: &Procedure, lang: Lang) -> Vec<Value> {
    reasons.map(|it| reasons::data(it, new, lang)).collect()
}
