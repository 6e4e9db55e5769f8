//! Which procedure a name means, and which of its versions governs on a day.

use chrono::NaiveDate;
use hoso::definition::bundle::{Bundle, BundlePart, Bundles};
use hoso::definition::{Catalogue, Procedure};
use hoso::id::Id;

use crate::failure::{Failure, Fallible};
use crate::load::unknown;
use crate::moment;

/// Returns where a name stands: among the procedures, else among the leads of bundles.
pub(crate) fn shelf<'c>(
    catalogue: &'c Catalogue,
    bundles: &'c Bundles,
    name: &str,
) -> &'c Catalogue {
    let joined = ids_of(catalogue, name).is_err() && ids_of(bundles.leads(), name).is_ok();
    if joined { bundles.leads() } else { catalogue }
}

/// Returns the bundle and the part that `BUNDLE/PART` names; none where the whole is a name of its own.
pub(crate) fn part<'n>(
    catalogue: &Catalogue,
    bundles: &Bundles,
    name: &'n str,
) -> Option<(&'n str, &'n str)> {
    let is_known = |name| ids_of(catalogue, name).is_ok() || ids_of(bundles.leads(), name).is_ok();
    let (bundle, part) = name.rsplit_once('/').filter(|_| !is_known(name))?;
    ids_of(bundles.leads(), bundle).is_ok().then_some((bundle, part))
}

/// Returns a part of a bundle by its name.
pub(crate) fn part_of<'b>(bundle: &'b Bundle, part: &str) -> Fallible<&'b BundlePart> {
    let found = Id::parse(part).ok().and_then(|it| bundle.parts().find(&it));
    found.map(|(_, it)| it).ok_or_else(|| {
        let known: Vec<Id> = bundle.parts().iter().map(|(_, it, _)| it).collect();
        unknown("part", part, &known).at(bundle.lead().id())
    })
}

/// Returns the ids that a name means, whatever its `@VERSION`: the id itself, or all that share the national code.
pub(crate) fn ids_of(catalogue: &Catalogue, name: &str) -> Fallible<Vec<Id>> {
    let name = name.split_once('@').map_or(name, |(name, _)| name);
    if let Some(id) = Id::parse(name).ok().filter(|it| !catalogue.versions(it).is_empty()) {
        return Ok(vec![id]);
    }
    let ids = catalogue.ids_of_code(name);
    if ids.is_empty() { Err(unknown("procedure", name, &catalogue.ids())) } else { Ok(ids) }
}

/// Returns the version in force on a day; none when none is.
///
/// Of several procedures with one code it is the one that `fits`, such as the
/// one that declares the facts of the case.
pub(crate) fn in_force<'c>(
    catalogue: &'c Catalogue,
    name: &str,
    day: NaiveDate,
    fits: impl Fn(&Procedure) -> bool,
) -> Fallible<Option<&'c Procedure>> {
    let ids = ids_of(catalogue, name)?;
    let mut versions: Vec<&Procedure> = ids.iter().filter_map(|it| catalogue.on(it, day)).collect();
    if versions.len() > 1 {
        let refusal = shared(name, &versions);
        versions.retain(|it| fits(it));
        if versions.len() != 1 {
            return Err(refusal);
        }
    }
    Ok(versions.pop())
}

/// Returns some version of a procedure for a day on which none is in force: the last before it, else the first.
pub(crate) fn nearest<'c>(
    catalogue: &'c Catalogue,
    id: &Id,
    day: NaiveDate,
) -> Option<&'c Procedure> {
    let versions = catalogue.versions(id);
    versions.iter().rev().find(|it| it.effective().from() <= day).or(versions.first())
}

/// Returns every procedure that a name means, in the version that it names, else in that of a day;
/// without one that of today.
pub(crate) fn all<'c>(
    catalogue: &'c Catalogue,
    name: &str,
    on: Option<&str>,
) -> Fallible<Vec<&'c Procedure>> {
    let ids = ids_of(catalogue, name)?;
    if let Some((_, version)) = name.split_once('@') {
        let versions = || ids.iter().flat_map(|it| catalogue.versions(it));
        let named: Vec<&Procedure> = versions().filter(|it| *it.version() == *version).collect();
        let known: Vec<Id> = versions().map(|it| *it.version()).collect();
        return if named.is_empty() { Err(unknown("version", name, &known)) } else { Ok(named) };
    }
    let versions: Vec<&Procedure> = match on {
        Some(day) => {
            let day = moment::date(day)?;
            ids.iter().filter_map(|it| catalogue.on(it, day)).collect()
        }
        None => {
            let today = moment::today()?;
            let current = |id| catalogue.on(id, today).or_else(|| catalogue.versions(id).last());
            ids.iter().filter_map(current).collect()
        }
    };
    if versions.is_empty() {
        let day = on.unwrap_or("any day");
        return Err(Failure::new(format_args!("no version of `{name}` is in force on {day}"))
            .help(all_days(catalogue, &ids)));
    }
    Ok(versions)
}

/// Returns the one procedure that a name means; a code that several share is refused.
pub(crate) fn one<'c>(
    catalogue: &'c Catalogue,
    name: &str,
    on: Option<&str>,
) -> Fallible<&'c Procedure> {
    let versions = all(catalogue, name, on)?;
    match versions.as_slice() {
        [procedure] => Ok(procedure),
        several => Err(shared(name, several)),
    }
}

fn shared(code: &str, by: &[&Procedure]) -> Failure {
    let ids: Vec<String> = by.iter().map(|it| format!("`{}`", it.id())).collect();
    Failure::new(format_args!("code `{code}` is shared by {}", ids.join(" and ")))
        .help("write the id of the procedure")
}

fn all_days(catalogue: &Catalogue, ids: &[Id]) -> String {
    let versions = ids.iter().flat_map(|it| catalogue.versions(it));
    let days: Vec<String> =
        versions.map(|it| days(it.effective().from(), it.effective().until())).collect();
    format!("its versions are in force {}", days.join(", "))
}

/// Writes an interval of days.
pub(crate) fn days(from: NaiveDate, until: Option<NaiveDate>) -> String {
    match until {
        Some(until) => format!("from {from} until {until}"),
        None => format!("from {from}"),
    }
}
