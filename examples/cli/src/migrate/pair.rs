//! The two versions of a call: files, or `ID@VERSION` of the catalogue.

use std::path::{Path, PathBuf};

use hoso::Maybe;
use hoso::definition::Procedure;
use hoso::diagnostic::Severity;
use hoso::source::FileId;
use hoso::{definition, id::Id};

use crate::args::Global;
use crate::failure::{Failure, Fallible};
use crate::load::{Texts, unknown};
use crate::render;

/// The version that dossiers leave, and the one that they enter.
#[derive(Debug)]
pub(super) struct Pair {
    texts: Texts,
    old: Procedure,
    new: Procedure,
}

/// What a call names: a file or a procedure, and perhaps a version.
struct Spec<'s> {
    written: &'s str,
    name: &'s str,
    version: Option<&'s str>,
    is_file: bool,
}

impl<'s> Spec<'s> {
    fn read(written: &'s str) -> Fallible<Self> {
        if Path::new(written).is_file() {
            return Ok(Self { written, name: written, version: None, is_file: true });
        }
        let Some((name, version)) = written.rsplit_once('@') else {
            let message = format_args!("`{written}` is no file, and names no version");
            return Err(Failure::new(message).help("write a file, or ID@VERSION of the catalogue"));
        };
        let is_file = Path::new(name).is_file();
        Ok(Self { written, name, version: Some(version), is_file })
    }

    fn file(&self) -> Option<PathBuf> {
        self.is_file.then(|| PathBuf::from(self.name))
    }

    /// Returns the versions that it may mean, the first one first.
    fn versions<'p>(&self, texts: &Texts, all: &'p [Procedure]) -> Fallible<Vec<&'p Procedure>> {
        let file = texts.given().find(|(_, it)| self.is_file && it.name() == self.name);
        let file: Option<FileId> = file.map(|(it, _)| it);
        let is_named = |it: &&Procedure| match file {
            Some(file) => it.span().file() == file,
            None => *it.id() == *self.name || code(it) == Some(self.name),
        };
        let mut named: Vec<&Procedure> = all.iter().filter(is_named).collect();
        if named.is_empty() {
            let mut ids: Vec<Id> = all.iter().map(|it| *it.id()).collect();
            ids.sort_unstable();
            ids.dedup();
            return Err(unknown("procedure", self.name, &ids));
        }
        named.sort_by_key(|it| it.effective().from());
        let Some(version) = self.version else { return Ok(named) };
        let known: Vec<Id> = named.iter().map(|it| *it.version()).collect();
        named.retain(|it| *it.version() == *version);
        if named.is_empty() { Err(unknown("version", self.written, &known)) } else { Ok(named) }
    }
}

fn code(procedure: &Procedure) -> Option<&str> {
    procedure.code().and_then(Maybe::known).map(|it| &**it)
}

impl Pair {
    pub(super) fn find(global: &Global, old: &str, new: &str) -> Fallible<Self> {
        let (old, new) = (Spec::read(old)?, Spec::read(new)?);
        let files: Vec<PathBuf> = old.file().into_iter().chain(new.file()).collect();
        let texts = Texts::beside(&files, global)?;
        let (procedures, found) = definition::load(texts.sources());
        let given: Vec<FileId> = texts.given().map(|(it, _)| it).collect();
        let mut errors = found.iter().filter(|it| it.severity() == Severity::Error);
        if !files.is_empty() && errors.any(|it| given.contains(&it.span().file())) {
            let errors = found.iter().filter(|it| it.severity() == Severity::Error);
            eprint!("{}", render::text(texts.sources(), errors, &render::for_stderr()));
            return Err(Failure::new("a version could not be read").help("`hoso check` shows more"));
        }
        let mut before = old.versions(&texts, &procedures)?;
        let mut after = new.versions(&texts, &procedures)?;
        before.retain(|it| after.iter().any(|new| new.id() == it.id() || new.code() == it.code()));
        // The last version of OLD before the first of NEW that follows it.
        let (first, last) = (before.first(), after.last());
        if let (Some(first), Some(last)) = (first, last) {
            let (first, last) = (first.effective().from(), last.effective().from());
            after.retain(|it| it.effective().from() > first || it.effective().from() == last);
        }
        let Some(after) = after.first().copied() else { return Err(apart(&old, &new)) };
        let earlier = |it: &&Procedure| it.effective().from() < after.effective().from();
        let before = before.iter().copied().rfind(|it| earlier(it)).or(before.first().copied());
        let Some(before) = before else { return Err(apart(&old, &new)) };
        if after.effective().from() < before.effective().from() {
            let (before, after) = (before.version(), after.version());
            let message = format_args!("version `{after}` begins before `{before}`");
            return Err(Failure::new(message).help("write the version that dossiers leave first"));
        }
        let (old, new) = (before.clone(), after.clone());
        Ok(Self { texts, old, new })
    }

    pub(super) const fn old(&self) -> &Procedure {
        &self.old
    }

    pub(super) const fn later(&self) -> &Procedure {
        &self.new
    }

    pub(super) const fn texts(&self) -> &Texts {
        &self.texts
    }
}

fn apart(old: &Spec<'_>, new: &Spec<'_>) -> Failure {
    let (old, new) = (old.written, new.written);
    Failure::new(format_args!("`{old}` and `{new}` are no versions of one procedure"))
}
