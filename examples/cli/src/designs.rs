//! One side of a comparison: the texts of a file, a folder or a name, and the designs that they hold.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use hoso::Maybe;
use hoso::definition::bundle::Bundle;
use hoso::definition::{Procedure, Status};
use hoso::diagnostic::Severity;
use hoso::id::Id;
use hoso::simplify::Design;
use hoso::source::FileId;

use crate::args::Global;
use crate::failure::{Failure, Fallible};
use crate::load::{Texts, files_of, unknown};
use crate::{moment, render};

/// The designs that one side of a comparison holds, one for each procedure.
#[derive(Debug)]
pub(crate) struct Side {
    texts: Texts,
    procedures: Vec<Procedure>,
    bundles: Vec<Bundle>,
    is_folder: bool,
}

impl Side {
    /// Reads a file, a folder, or a name or code of the catalogue; `@VERSION` behind it chooses a version.
    ///
    /// Of several versions the one in force on the day asked for is taken, else today's, else the last.
    pub(crate) fn open(global: &Global, written: &str, on: Option<NaiveDate>) -> Fallible<Self> {
        let (path, version) = split(written);
        let path = Path::new(path);
        let is_folder = path.is_dir();
        let files: Vec<PathBuf> = match path.exists() {
            true => files_of(&[path.to_path_buf()])?,
            false => Vec::new(),
        };
        let texts = Texts::beside(&files, global)?;
        let (procedures, bundles, found) = texts.load_all();
        let given: Vec<FileId> = texts.given().map(|(it, _)| it).collect();
        let is_broken = |it: &&_| is_error_of(it, &given);
        if !files.is_empty() && found.iter().any(|it| is_broken(&it)) {
            let errors = found.iter().filter(is_broken);
            eprint!("{}", render::text(texts.sources(), errors, &render::for_stderr()));
            let failure = Failure::new(format_args!("{written} has errors"));
            return Err(failure.help("`hoso check` shows more"));
        }
        let is_meant = |it: &Procedure| match files.is_empty() {
            true => it.status() == Status::InForce && is_named(it, &path.to_string_lossy()),
            false => given.contains(&it.span().file()),
        };
        let mut side = Self { texts, procedures, bundles, is_folder };
        let known: Vec<Id> = side.leads().map(|it| *it.id()).collect();
        side.procedures.retain(&is_meant);
        side.bundles.retain(|it| is_meant(it.lead()));
        if side.leads().next().is_none() {
            return Err(unknown("procedure", &path.to_string_lossy(), &known));
        }
        side.choose(written, version, on.map_or_else(moment::today, Ok)?)?;
        Ok(side)
    }

    /// Keeps one version of each procedure.
    fn choose(&mut self, written: &str, version: Option<&str>, on: NaiveDate) -> Fallible<()> {
        let all: Vec<&Procedure> = self.leads().collect();
        let known: Vec<Id> = all.iter().map(|it| *it.version()).collect();
        let is_asked = |it: &&&Procedure| version.is_none_or(|version| *it.version() == *version);
        let asked: Vec<&Procedure> = all.iter().filter(is_asked).copied().collect();
        let rank = |it: &Procedure| {
            let day = it.effective();
            (day.contains(on), day.from())
        };
        let best = |it: &Procedure| {
            let sisters = asked.iter().filter(|other| other.id() == it.id());
            asked.iter().any(|asked| asked.fingerprint() == it.fingerprint())
                && sisters.map(|it| rank(it)).max() == Some(rank(it))
        };
        let chosen: Vec<_> = all.iter().filter(|it| best(it)).map(|it| *it.fingerprint()).collect();
        if chosen.is_empty() {
            return Err(unknown("version", version.unwrap_or(written), &known));
        }
        self.procedures.retain(|it| chosen.contains(it.fingerprint()));
        self.bundles.retain(|it| chosen.contains(it.lead().fingerprint()));
        Ok(())
    }

    fn leads(&self) -> impl Iterator<Item = &Procedure> {
        self.procedures.iter().chain(self.bundles.iter().map(Bundle::lead))
    }

    /// Returns the designs, procedures before bundles.
    pub(crate) fn designs(&self) -> Vec<Design<'_>> {
        let bundles = self.bundles.iter().map(Design::of_bundle);
        self.procedures.iter().map(Design::of).chain(bundles).collect()
    }

    /// Returns the one design that a call is about.
    pub(crate) fn single(&self) -> Fallible<Design<'_>> {
        let mut designs = self.designs();
        let design = designs.pop();
        match (design, designs.pop()) {
            (Some(design), None) => Ok(design),
            (Some(one), Some(other)) => {
                let (one, other) = (one.lead().id(), other.lead().id());
                let message = format_args!("both `{other}` and `{one}` are meant");
                Err(Failure::new(message).help("name one of them"))
            }
            (None, _) => Err(Failure::new("no procedure is meant")),
        }
    }

    /// Returns the day asked for; else today, or the first day of a design that is not in force today.
    pub(crate) fn day(design: &Design<'_>, on: Option<NaiveDate>) -> Fallible<NaiveDate> {
        let (today, effective) = (moment::today()?, design.lead().effective());
        let own = if effective.contains(today) { today } else { effective.from() };
        Ok(on.unwrap_or(own))
    }

    /// Returns true when a folder was named, however many procedures it holds.
    pub(crate) const fn is_folder(&self) -> bool {
        self.is_folder
    }

    pub(crate) const fn texts(&self) -> &Texts {
        &self.texts
    }
}

fn is_error_of(it: &hoso::diagnostic::Diagnostic, files: &[FileId]) -> bool {
    it.severity() == Severity::Error && files.contains(&it.span().file())
}

/// Parts a version from what it is of; an `@` inside a path that exists parts nothing.
fn split(written: &str) -> (&str, Option<&str>) {
    match written.rsplit_once('@') {
        Some((name, version)) if !Path::new(written).exists() => (name, Some(version)),
        _ => (written, None),
    }
}

fn is_named(procedure: &Procedure, name: &str) -> bool {
    let code = procedure.code().and_then(Maybe::known);
    *procedure.id() == *name || code.is_some_and(|it| **it == *name)
}
