//! What came of a log, as data.

use hoso::conform::{Deviation, Move, Replayed, Task};
use hoso::definition::Procedure;
use hoso::text::Lang;
use serde_json::{Value, json};

use super::{Report, Sort, Told, law};
use crate::moment::Moment;
use crate::recorded::word;

pub(super) fn data(report: &Report<'_>, lang: Lang) -> Value {
    let (explained, all) = (report.explained(), report.dossiers.len());
    let versions = report.versions();
    let versions: Vec<Value> = versions
        .iter()
        .map(|(version, count)| json!({ "version": version.to_string(), "dossiers": count }))
        .collect();
    let counted = |all: &std::collections::BTreeMap<String, usize>, key: &str| -> Vec<Value> {
        all.iter().map(|(it, count)| json!({ key: it, "count": count })).collect()
    };
    let words = report.unread.words.iter();
    json!({
        "log": report.log,
        "procedure": report.procedure.to_string(),
        "versions": versions,
        "as-of": report.as_of.map(written),
        "totals": {
            "dossiers": all,
            "explained": explained,
            "share": format!("{explained}/{all}"),
            "deviating": report.count(|it| !it.fits()),
            "cost": report.dossiers.iter().filter_map(|it| it.replayed.as_ref())
                .map(|it| u64::from(it.alignment().cost())).sum::<u64>(),
            "unlawful": report.count(|it| !it.is_lawful()),
            "open": report.count(|it| !it.alignment().has_ended()),
            "given-up": report.given_up(),
            "other-procedures": report.others,
            "left-out": report.left_out,
        },
        "deviations": report.sorts(lang).iter().map(|it| sort(it, lang)).collect::<Vec<_>>(),
        "words": words
            .map(|(word, (count, near))| json!({ "activity": word, "count": count, "nearest": near }))
            .collect::<Vec<_>>(),
        "roles": counted(&report.unread.roles, "role"),
        "values": counted(&report.unread.values, "message"),
        "free": free(report),
        "dossiers": report.dossiers.iter().map(|it| dossier(it, lang)).collect::<Vec<_>>(),
    })
}

fn sort(sort: &Sort<'_>, lang: Lang) -> Value {
    json!({
        "kind": sort.first.kind().as_str(),
        "code": sort.first.code(),
        "task": task(sort.first.task(), sort.version),
        "message": sort.title,
        "law": sort.law(lang),
        "dossiers": sort.dossiers.len(),
        "times": sort.times,
        "examples": sort.dossiers.iter().take(super::text::EXAMPLES).collect::<Vec<_>>(),
    })
}

/// Lists the steps that cost nothing where nobody recorded them, by version.
fn free(report: &Report<'_>) -> Value {
    let mut free = serde_json::Map::new();
    for told in &report.dossiers {
        let version = told.version;
        let system = |at| version.roles().name(at) == Some(hoso::definition::SYSTEM);
        let steps = version.transitions().iter();
        let own =
            steps.filter(|(_, _, it)| it.by().all(system)).map(|(_, name, _)| name.to_string());
        free.entry(version.version().to_string()).or_insert_with(|| own.collect::<Vec<_>>().into());
    }
    free.into()
}

fn dossier(told: &Told<'_>, lang: Lang) -> Value {
    let replayed = told.replayed.as_ref();
    let deviations = replayed.map_or(&[][..], Replayed::deviations);
    json!({
        "dossier": told.case.name,
        "version": told.version.version().to_string(),
        "explained": replayed.map(Replayed::fits),
        "lawful": replayed.map(Replayed::is_lawful),
        "cost": replayed.map(|it| it.alignment().cost()),
        "ended": replayed.map(|it| it.alignment().has_ended()),
        "state": replayed.and_then(Replayed::state).map(|it| it.to_string()),
        "accepted": replayed.and_then(Replayed::accepted).map(written),
        "due": replayed.and_then(Replayed::due).map(written),
        "moves": replayed.map(|it| {
            it.alignment().moves().iter().map(|it| moved(*it, told)).collect::<Vec<_>>()
        }),
        "deviations": deviations.iter().map(|it| deviation(it, told, lang)).collect::<Vec<_>>(),
    })
}

/// Writes one move: entries count from 1, as people do.
fn moved(step: Move, told: &Told<'_>) -> Value {
    let (kind, place, own) = match step {
        Move::Both(place, own) => ("both", Some(place), Some(own)),
        Move::Record(place) => ("record", Some(place), None),
        Move::Model(own) => ("model", None, Some(own)),
    };
    let row = place.and_then(|it| told.case.rows.get(it));
    json!({
        "move": kind,
        "entry": place.map(|it| it + 1),
        "activity": row.and_then(|it| word(&it.activity)),
        "at": row.map(|it| written(it.at)),
        "task": task(own, told.version),
    })
}

fn deviation(deviation: &Deviation, told: &Told<'_>, lang: Lang) -> Value {
    let row = deviation.place().and_then(|it| told.case.rows.get(it));
    json!({
        "kind": deviation.kind().as_str(),
        "code": deviation.code(),
        "task": task(deviation.task(), told.version),
        "entry": deviation.place().map(|it| it + 1),
        "activity": row.and_then(|it| word(&it.activity)),
        "at": deviation.at().map(written),
        "due": deviation.due().map(written),
        "message": deviation.message(told.version, lang),
        "law": law(deviation, told.version, lang),
    })
}

fn task(task: Option<Task>, version: &Procedure) -> Option<String> {
    match task? {
        Task::Step(at) => version.transitions().name(at).map(|it| it.to_string()),
        Task::Answer(at) => version.consultations().name(at).map(|it| format!("answer/{it}")),
    }
}

fn written(at: Moment) -> String {
    at.to_rfc3339()
}
