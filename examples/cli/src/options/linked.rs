//! A case over several dossiers, or a part of one, as `hoso options` is asked about it.

use hoso::definition::bundle::{Bundle, BundlePart};
use hoso::dossier::bundle::{LinkedContext, LinkedDossier, PartStanding, part_id};
use hoso::dossier::{Actor, Dossier, Event};
use hoso::id::Id;

use super::{Subject, check_time, without};
use crate::failure::Fallible;
use crate::moment::Moment;
use crate::office::{Office, dossier_id};
use crate::{events, versions};

/// Finds the case that a name means; none where it means a dossier that goes its way alone.
///
/// A part has the name of its case, a slash and its own, or the id of its dossier.
pub(super) fn find<'o>(
    office: &'o Office,
    all: &[Event],
    name: &str,
    actor: &Actor,
    at: Moment,
) -> Fallible<Option<Subject<'o>>> {
    let leads = events::dossiers(all).into_iter();
    let leads = leads.filter(|it| it.procedure().is_some_and(|it| office.is_bundle(&it)));
    for lead in leads {
        let Some(wanted) = wanted(office, &lead, name) else { continue };
        let bundle = office.bundle(&lead, at).ok_or_else(|| without(&lead))?;
        let part = wanted.map(|it| named(bundle, &it)).transpose()?;
        let case = replay(bundle, &lead, all);
        return subject(office, bundle, case, part, actor, at).map(Some);
    }
    Ok(None)
}

/// Says whether a name means a case, and which part of it.
fn wanted(office: &Office, lead: &Dossier, name: &str) -> Option<Option<String>> {
    let id = dossier_id(name);
    if id == lead.id() {
        return Some(None);
    }
    if let Some((_, part)) = name.rsplit_once('/').filter(|it| dossier_id(it.0) == lead.id()) {
        return Some(Some(part.into()));
    }
    let versions = office.bundles().leads().versions(&lead.procedure()?).iter();
    let parts =
        versions.filter_map(|it| office.bundles().led_by(it)).flat_map(|it| it.parts().iter());
    let mut own = parts.filter(|(_, part, _)| part_id(&lead.id(), part) == id);
    own.next().map(|(_, part, _)| Some(part.to_string()))
}

fn named<'b>(bundle: &'b Bundle, part: &str) -> Fallible<(Id, &'b BundlePart)> {
    Ok((Id::parse(part)?, versions::part_of(bundle, part)?))
}

fn replay(bundle: &Bundle, lead: &Dossier, all: &[Event]) -> LinkedDossier {
    let mut case = LinkedDossier::new(lead.id());
    let parts = bundle.parts().iter().map(|(_, it, _)| part_id(&lead.id(), &it));
    let own: Vec<_> = std::iter::once(lead.id()).chain(parts).collect();
    all.iter().filter(|it| own.contains(&it.dossier())).for_each(|it| case.evolve(it));
    case
}

fn subject<'o>(
    office: &'o Office,
    bundle: &'o Bundle,
    mut case: LinkedDossier,
    part: Option<(Id, &'o BundlePart)>,
    actor: &Actor,
    at: Moment,
) -> Fallible<Subject<'o>> {
    check_time(case.last(), at)?;
    let cx = LinkedContext::new(bundle, office.calendar(), Some(office.tariff()));
    let (part, declared) = part.unzip();
    let mut choices = case.options(&cx, part.as_ref(), actor, at);
    case.expire(&cx, at).iter().for_each(|it| case.evolve(it));
    let mut parts = case.standings(&cx);
    let procedure = declared.map_or(bundle.lead(), BundlePart::procedure);
    let dossier = part.map_or(Some(case.lead()), |it| case.part(&it)).cloned();
    if dossier.is_none() {
        // What was not opened has no state to leave.
        choices.clear();
    }
    let of_part = |it: &(Id, PartStanding)| part.is_none_or(|part| it.0 == part);
    parts.retain(of_part);
    let standing = if part.is_some() { parts.pop().map(|it| it.1) } else { None };
    Ok(Subject { dossier, procedure, choices, parts, standing })
}
