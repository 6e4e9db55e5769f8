//! The one design that a call names: a file, or a procedure or bundle of the catalogue.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use hoso::Maybe;
use hoso::definition::bundle::Bundle;
use hoso::definition::{self, Procedure, Status};
use hoso::diagnostic::Severity;
use hoso::simplify::Design;
use hoso::source::FileId;

use crate::args::Global;
use crate::failure::{Failure, Fallible};
use crate::load::{Texts, unknown};
use crate::{moment, render};

/// A design, with the texts beside which it stands.
#[derive(Debug)]
pub(crate) struct Chosen {
    texts: Texts,
    plan: Plan,
}

/// A single procedure, or several that are filed once.
#[derive(Debug)]
enum Plan {
    Alone(Box<Procedure>),
    Joined(Box<Bundle>),
}

impl Plan {
    fn lead(&self) -> &Procedure {
        match self {
            Self::Alone(procedure) => procedure,
            Self::Joined(bundle) => bundle.lead(),
        }
    }
}

impl Chosen {
    /// Finds `FILE`, `FILE@VERSION`, `ID`, `CODE` or `ID@VERSION`.
    ///
    /// Of several versions it is the one in force on the day asked for, else
    /// today, else the last.
    pub(crate) fn find(global: &Global, written: &str, on: Option<&str>) -> Fallible<Self> {
        let split = written.rsplit_once('@').filter(|_| !Path::new(written).is_file());
        let (name, version) = split.map_or((written, None), |(name, it)| (name, Some(it)));
        let is_file = Path::new(name).is_file();
        let texts = match is_file {
            true => Texts::beside(&[PathBuf::from(name)], global)?,
            false => Texts::open(global)?,
        };
        let file = texts.given().find(|(_, it)| is_file && it.name() == name).map(|(it, _)| it);
        let mut plans = plans(&texts, file)?;
        let known: Vec<_> = plans.iter().map(|it| *it.lead().id()).collect();
        plans.retain(|it| file.is_some() || is_named(it.lead(), name));
        if plans.is_empty() {
            return Err(unknown("procedure", name, &known));
        }
        let versions: Vec<_> = plans.iter().map(|it| *it.lead().version()).collect();
        plans.retain(|it| version.is_none_or(|version| *it.lead().version() == *version));
        if plans.is_empty() {
            return Err(unknown("version", version.unwrap_or_default(), &versions));
        }
        let day = on.map_or_else(moment::today, moment::date)?;
        plans.sort_by_key(|it| it.lead().effective().from());
        let current = plans.iter().position(|it| it.lead().effective().contains(day));
        let at = current.unwrap_or(plans.len() - 1);
        let plan = plans.swap_remove(at);
        if let Some(other) = plans.iter().find(|it| it.lead().id() != plan.lead().id()) {
            let (own, other) = (plan.lead().id(), other.lead().id());
            let message = format_args!("code `{name}` is shared by `{own}` and `{other}`");
            return Err(Failure::new(message).help("write the id of the procedure"));
        }
        Ok(Self { texts, plan })
    }

    pub(crate) const fn texts(&self) -> &Texts {
        &self.texts
    }

    pub(crate) fn lead(&self) -> &Procedure {
        self.plan.lead()
    }

    pub(crate) fn design(&self) -> Design<'_> {
        match &self.plan {
            Plan::Alone(procedure) => Design::of(procedure),
            Plan::Joined(bundle) => Design::of_bundle(bundle),
        }
    }

    /// Returns the day asked for; else today, or its first day where it is not in force today.
    pub(crate) fn day(&self, on: Option<&str>) -> Fallible<NaiveDate> {
        if let Some(day) = on {
            return moment::date(day);
        }
        let (today, effective) = (moment::today()?, self.lead().effective());
        Ok(if effective.contains(today) { today } else { effective.from() })
    }
}

fn is_named(lead: &Procedure, name: &str) -> bool {
    let code = lead.code().and_then(Maybe::known);
    *lead.id() == *name || code.is_some_and(|it| **it == *name)
}

/// Returns the designs of a file, else those of the catalogue that are in force.
fn plans(texts: &Texts, file: Option<FileId>) -> Fallible<Vec<Plan>> {
    let (procedures, bundles, found) = definition::load_all(texts.sources());
    let mut errors = found.iter().filter(|it| it.severity() == Severity::Error);
    if file.is_some_and(|file| errors.any(|it| it.span().file() == file)) {
        let errors = found.iter().filter(|it| it.severity() == Severity::Error);
        eprint!("{}", render::text(texts.sources(), errors, &render::for_stderr()));
        return Err(Failure::new("the file has errors").help("`hoso check` shows more"));
    }
    let alone = procedures.into_iter().map(|it| Plan::Alone(Box::new(it)));
    let joined = bundles.into_iter().map(|it| Plan::Joined(Box::new(it)));
    let is_meant = |it: &Plan| match file {
        Some(file) => it.lead().span().file() == file,
        None => it.lead().status() == Status::InForce,
    };
    Ok(alone.chain(joined).filter(is_meant).collect())
}
