//! Our own events, one a line: they name steps and facts as the definition does.

use std::collections::BTreeMap;
use std::path::Path;

use hoso::conform::Activity;
use hoso::definition::fact::Value;
use hoso::dossier::{Event, Happened};
use hoso::id::Id;
use uuid::Uuid;

use super::{Case, Row};
use crate::events;
use crate::failure::Fallible;

pub(super) fn read(path: &Path) -> Fallible<Vec<Case>> {
    let mut cases: Vec<Case> = Vec::new();
    let mut places: BTreeMap<Uuid, usize> = BTreeMap::new();
    for event in events::read(path)? {
        let at = *places.entry(event.dossier()).or_insert(cases.len());
        if at == cases.len() {
            cases.push(Case { name: event.dossier().to_string(), ..Case::default() });
        }
        let Some(case) = cases.get_mut(at) else { continue };
        if let Happened::Filed(filed) = event.happened() {
            case.procedure = Some(filed.procedure.to_string());
            case.channel = Some(filed.channel.as_str().into());
        }
        case.rows.push(row(&event));
    }
    Ok(cases)
}

fn row(event: &Event) -> Row {
    let (activity, known): (Activity, &[(Id, Value)]) = match event.happened() {
        Happened::Filed(filed) => (Activity::Step(filed.transition), &filed.facts),
        Happened::Moved(moved) => (Activity::Step(moved.transition), &moved.facts),
        Happened::Answered { consultation, learnt, .. } => {
            (Activity::Answer(*consultation), &learnt.facts)
        }
        Happened::Learnt(learnt) => (Activity::Beside, &learnt.facts),
        _ => (Activity::Beside, &[]),
    };
    Row {
        activity,
        at: event.at(),
        began: None,
        resource: Some(event.actor().id.to_string()),
        role: Some(event.actor().role.to_string()),
        lifecycle: None,
        facts: known.iter().map(|(name, it)| (name.to_string(), it.to_string())).collect(),
    }
}
