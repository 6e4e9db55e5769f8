//! Which procedure a name means, and which of its versions governs on a day.

use chrono::NaiveDate;
use hoso::definition::{Catalogue, Procedure};
use hoso::id::Id;

use crate::failure::{Failure, Fallible};
use crate::load::unknown;

/// Returns the ids that a name means: the id itself, or all that share the national code.
pub(crate) fn ids_of(catalogue: &Catalogue, name: &str) -> Fallible<Vec<Id>> {
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
        let all: Vec<String> = versions.iter().map(|it| format!("`{}`", it.id())).collect();
        versions.retain(|it| fits(it));
        if versions.len() != 1 {
            let message = format_args!("code `{name}` is shared by {}", all.join(" and "));
            return Err(Failure::new(message).help("write the id of the procedure"));
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
