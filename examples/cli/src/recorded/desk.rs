//! The versions of a procedure to which a log belongs, and what its words mean there.

use std::collections::BTreeMap;
use std::path::Path;

use hoso::calendar::Calendar;
use hoso::conform::{Activity, Entry, Meaning, Model, Task, Trace};
use hoso::definition::{Act, Catalogue, Channel, Procedure};
use hoso::dossier::ActorId;
use hoso::id::Id;

use super::{Case, Row};
use crate::args::LogArgs;
use crate::failure::{Failure, Fallible};
use crate::load::unknown;
use crate::office::Office;
use crate::run::{Place, contents};
use crate::versions;

/// What of a log has no place in a procedure, and how often it occurs.
#[derive(Debug, Default)]
pub(crate) struct Unread {
    /// Words that are no step, with what may be meant.
    pub(crate) words: BTreeMap<String, (usize, Option<String>)>,
    /// Roles that the procedure does not have.
    pub(crate) roles: BTreeMap<String, usize>,
    /// Values that are none of the fact that they are said to be.
    pub(crate) values: BTreeMap<String, usize>,
}

impl Unread {
    /// Notes the words of a record that are no step.
    pub(crate) fn note(&mut self, model: &Model<'_>, case: &Case) {
        for row in &case.rows {
            if let (Meaning::Unknown(near), Some(word)) =
                (model.meaning(&row.activity), word(&row.activity))
            {
                self.words.entry(word).or_insert((0, near)).0 += 1;
            }
        }
    }
}

/// Models of the versions that governed the dossiers of a log.
pub(crate) struct Desk<'o> {
    office: &'o Office,
    id: Id,
    /// The version for every dossier, where the caller names one.
    fixed: Option<&'o Procedure>,
    models: BTreeMap<Id, Option<Model<'o>>>,
    map: Vec<Mapped>,
}

/// A word of the log, and what the caller says that it means; nothing for no step.
struct Mapped {
    place: Place,
    word: String,
    name: Option<String>,
    is_known: bool,
}

impl<'o> Desk<'o> {
    pub(crate) fn open(office: &'o Office, args: &LogArgs) -> Fallible<Self> {
        let catalogue = office.catalogue();
        let id = match versions::ids_of(catalogue, &args.procedure)?.as_slice() {
            [id] => *id,
            several => {
                let ids: Vec<String> = several.iter().map(|it| format!("`{it}`")).collect();
                let message =
                    format!("code `{}` is shared by {}", args.procedure, ids.join(" and "));
                return Err(Failure::new(message).help("write the id of the procedure"));
            }
        };
        let fixed = args.version.as_deref().map(|it| version(catalogue, &id, it)).transpose()?;
        let map = args.map.as_deref().map(read_map).transpose()?.unwrap_or_default();
        Ok(Self { office, id, fixed, models: BTreeMap::new(), map })
    }

    pub(crate) const fn procedure(&self) -> Id {
        self.id
    }

    pub(crate) const fn calendar(&self) -> &'o Calendar {
        self.office.calendar()
    }

    /// Returns true where the record itself counts a dossier to another procedure.
    pub(crate) fn is_other(&self, case: &Case) -> bool {
        let named = |it: &str| {
            let ids = versions::ids_of(self.office.catalogue(), it);
            it == self.id.as_str() || ids.is_ok_and(|it| it.contains(&self.id))
        };
        case.procedure.as_deref().is_some_and(|it| !named(it))
    }

    /// Returns the version that governed a dossier: that of the day on which it was accepted.
    ///
    /// Where no acceptance was recorded, that of its first day.
    pub(crate) fn version(&mut self, case: &Case) -> Fallible<&'o Procedure> {
        if let Some(fixed) = self.fixed {
            return Ok(fixed);
        }
        let first = self.on(case.rows.first())?;
        let accepted = match self.model(first)? {
            Some(model) => case.rows.iter().find(|it| accepts(model, it)),
            None => None,
        };
        accepted.map_or(Ok(first), |it| self.on(Some(it)))
    }

    fn on(&self, row: Option<&Row>) -> Fallible<&'o Procedure> {
        let catalogue = self.office.catalogue();
        let day = row.map(|it| self.office.day(it.at));
        let found = match day {
            Some(day) => {
                catalogue.on(&self.id, day).or_else(|| versions::nearest(catalogue, &self.id, day))
            }
            None => catalogue.versions(&self.id).last(),
        };
        found.ok_or_else(|| Failure::new(format_args!("`{}` has no version", self.id)))
    }

    /// Returns the model of a version; none where it has too many ways through it.
    pub(crate) fn model(&mut self, version: &'o Procedure) -> Fallible<Option<&mut Model<'o>>> {
        let map = &mut self.map;
        let model = self.models.entry(*version.version()).or_insert_with(|| {
            let mut model = Model::new(version)?;
            for it in map {
                it.is_known |= model.give(&it.word, it.name.as_deref());
            }
            Some(model)
        });
        Ok(model.as_mut())
    }

    /// Complains of a name that no version has.
    pub(crate) fn check_map(&self) -> Fallible<()> {
        let Some(wrong) = self.map.iter().find(|it| !it.is_known && !self.models.is_empty()) else {
            return Ok(());
        };
        let name = wrong.name.as_deref().unwrap_or_default();
        let versions = self.office.catalogue().versions(&self.id);
        let names = versions.iter().flat_map(|it| it.transitions().iter().map(|(_, name, _)| name));
        let mut known: Vec<Id> = names.collect();
        known.sort_unstable();
        known.dedup();
        Err(unknown("step", name, &known).at(&wrong.place))
    }
}

/// Returns a version by its name.
fn version<'c>(catalogue: &'c Catalogue, id: &Id, name: &str) -> Fallible<&'c Procedure> {
    let versions = catalogue.versions(id);
    versions.iter().find(|it| it.version() == name).ok_or_else(|| {
        let known: Vec<Id> = versions.iter().map(|it| *it.version()).collect();
        unknown("version", name, &known)
    })
}

/// Reads lines of `word = name`; `-` means no step.
fn read_map(path: &Path) -> Fallible<Vec<Mapped>> {
    let text = contents(path)?;
    let lines = Place::lines(path, &text).filter(|(_, it)| !it.trim_start().starts_with('#'));
    let map = lines.map(|(place, line)| {
        let wrong = || {
            Failure::new("not of the form WORD = NAME")
                .help("`-` for NAME means no step")
                .at(&place)
        };
        let (word, name) = line.rsplit_once('=').ok_or_else(wrong)?;
        let name = Some(name.trim().to_owned()).filter(|it| it != "-");
        Ok(Mapped { place: place.clone(), word: word.trim().into(), is_known: false, name })
    });
    map.collect()
}

fn accepts(model: &Model<'_>, row: &Row) -> bool {
    let Meaning::Is(tasks) = model.meaning(&row.activity) else { return false };
    let transitions = model.procedure().transitions();
    tasks.iter().any(|it| match it {
        Task::Step(at) => transitions.get(*at).is_some_and(|it| it.act() == Act::Accept),
        Task::Answer(_) => false,
    })
}

/// Returns the word of an activity as people know it; none for what is no step.
pub(crate) fn word(activity: &Activity) -> Option<String> {
    match activity {
        Activity::Named(word) => Some(word.to_string()),
        Activity::Step(name) => Some(name.to_string()),
        Activity::Answer(name) => Some(format!("answer/{name}")),
        _ => None,
    }
}

/// Puts a record into the terms of a version, and counts what has no place in them.
pub(crate) fn trace(model: &Model<'_>, case: &Case, unread: &mut Unread) -> Trace {
    let channel = case.channel.as_deref().and_then(|it| it.parse::<Channel>().ok());
    let facts = facts(model.procedure(), &case.facts, unread);
    let entries = case.rows.iter().map(|row| {
        let role = row.role.as_deref().and_then(|it| {
            let role = model.role(it);
            if role.is_none() {
                *unread.roles.entry(it.into()).or_default() += 1;
            }
            role
        });
        Entry {
            actor: row.resource.as_deref().map(ActorId::new),
            role,
            began: row.began,
            facts: self::facts(model.procedure(), &row.facts, unread),
            ..Entry::new(row.activity.clone(), row.at)
        }
    });
    Trace { channel, facts, entries: entries.collect() }
}

/// Takes the values of declared facts.
fn facts(
    procedure: &Procedure,
    told: &[(String, String)],
    unread: &mut Unread,
) -> Vec<(Id, hoso::definition::fact::Value)> {
    let mut known = Vec::new();
    for (name, value) in told {
        let name = name.rsplit_once("fact.").map_or(name.as_str(), |(_, it)| it);
        let Some(id) = Id::parse(name).ok().filter(|it| procedure.facts().position(it).is_some())
        else {
            continue;
        };
        match procedure.facts().parse(&format!("{name}={value}")) {
            Ok((_, value)) => known.push((id, value)),
            Err(error) => *unread.values.entry(error.to_string()).or_default() += 1,
        }
    }
    known
}
