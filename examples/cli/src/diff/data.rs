//! What changed, as one JSON document.

use hoso::definition::Procedure;
use hoso::id::Id;
use hoso::simplify::diff::{Change, Place};
use hoso::simplify::{Difference, Entangled};
use hoso::text::Lang;
use serde_json::{Map, Value, json};

use super::{Compared, Report};

pub(super) fn data(report: &Report<'_>, lang: Lang) -> Value {
    json!({
        "procedures": report.compared.iter().map(|it| compared(it, lang)).collect::<Vec<_>>(),
        "removed": ids(&report.gone),
        "added": ids(&report.come),
    })
}

fn ids(procedures: &[&Procedure]) -> Vec<String> {
    procedures.iter().map(|it| it.id().to_string()).collect()
}

fn compared(it: &Compared<'_>, lang: Lang) -> Value {
    let differences = &it.differences;
    json!({
        "procedure": it.new.id().as_str(),
        "before": it.old.version().as_str(),
        "after": it.new.version().as_str(),
        "changes": it.changes().map(|it| change(it, lang)).collect::<Vec<_>>(),
        "outcomes": differences.found().iter().map(|it| difference(it, lang)).collect::<Vec<_>>(),
        "idle-changes": differences.idle().iter().map(|(part, it)| json!({
            "part": part.map(|it| it.to_string()),
            "change": it.as_str(),
        })).collect::<Vec<_>>(),
        "not-followed": differences.entangled().iter().map(entangled).collect::<Vec<_>>(),
        "stranded": it.stranded().map(|it| change(it, lang)).collect::<Vec<_>>(),
    })
}

fn change(it: &Change<'_>, lang: Lang) -> Value {
    json!({
        "code": it.code(),
        "title": it.rule().title(lang),
        "part": it.member().map(|it| it.to_string()),
        "before": places(it.before()),
        "after": places(it.after()),
        "for": {
            "party": it.party().as_str(),
            "name": it.party().name().map(|it| it.to_string()),
            "label": it.party().label(lang),
        },
        "advantage": it.advantage().as_str(),
        "message": it.message(lang),
        "witness": it.witness(),
        "law": it.law().iter().map(|it| it.display(lang)).collect::<Vec<_>>(),
    })
}

fn places(places: &[Place]) -> Vec<String> {
    places.iter().map(|it| it.part().to_string()).collect()
}

fn difference(it: &Difference, lang: Lang) -> Value {
    let facts: Map<String, Value> =
        it.facts().iter().map(|(name, it)| (name.to_string(), Value::from(&**it))).collect();
    json!({
        "part": it.member().map(|it| it.to_string()),
        "before": it.before().as_str(),
        "after": it.after().as_str(),
        "label": format!("{} → {}", it.before().label(lang), it.after().label(lang)),
        "facts": facts,
        "path-before": names(it.path_before()),
        "path-after": names(it.path_after()),
        "explained-by": names(it.explained_by()),
    })
}

fn entangled(it: &Entangled) -> Value {
    json!({ "part": it.member().map(|it| it.to_string()), "facts": names(it.facts()) })
}

fn names(names: &[Id]) -> Vec<&str> {
    names.iter().map(Id::as_str).collect()
}
