//! Which texts a call works with, and what the library makes of them.
//!
//! Each kind is loaded only when a command asks for it.

use std::fs;
use std::path::{Path, PathBuf};

use hoso::authority::Authorities;
use hoso::calendar::Calendar;
use hoso::definition::bundle::{Bundle, Bundles};
use hoso::definition::register::{self, Register};
use hoso::definition::{Catalogue, Procedure, Status};
use hoso::diagnostic::{Diagnostic, Severity, any_error};
use hoso::fee::Tariff;
use hoso::id::Id;
use hoso::simplify::cost::{self, Norms};
use hoso::source::{FileId, Source, Sources};
use hoso::{authority, catalogue, definition, fee, simulate};
use toml::de::{DeTable, DeValue};

use crate::args::{CalendarArgs, Global};
use crate::failure::{Failure, Fallible};
use crate::{moment, render, versions};

/// The texts of a call: those that were given, then those that stand in for what they lack.
#[derive(Debug)]
pub(crate) struct Texts {
    sources: Sources,
    given: usize,
    folder: Option<PathBuf>,
}

impl Texts {
    /// Takes the folder of the call, else the catalogue that was built in.
    ///
    /// A folder replaces the catalogue's procedures; calendars, tariffs and life
    /// cycles of which it has no version are taken from the catalogue.
    pub(crate) fn open(global: &Global) -> Fallible<Self> {
        let Some(folder) = &global.procedures else {
            let sources = catalogue::sources();
            let given = sources.iter().count();
            return Ok(Self { sources, given, folder: None });
        };
        if !folder.is_dir() {
            return Err(Failure::file(folder, &"not a folder"));
        }
        let files = files_of(std::slice::from_ref(folder))?;
        let mut texts = Self::read(&files)?;
        texts.folder = Some(folder.clone());
        let lacks = |label: &Label, own: &[Label]| {
            let is_complete = matches!(label.kind, "procedure" | "bundle");
            !is_complete && !own.iter().any(|it| it.key() == label.key())
        };
        texts.complete(&catalogue::sources(), lacks);
        Ok(texts)
    }

    /// Takes files and folders, with whatever else of the call's catalogue they may refer to.
    pub(crate) fn of_paths(paths: &[PathBuf], global: &Global) -> Fallible<Self> {
        let mut texts = Self::with_sisters(&files_of(paths)?)?;
        let lacks = |label: &Label, own: &[Label]| {
            let names_others = || own.iter().any(|it| matches!(it.kind, "bundle" | "scenario"));
            !label.is_among(own)
                && match label.kind {
                    "procedure" => names_others() || label.is_awaited_by(own),
                    "bundle" => label.is_awaited_by(own),
                    _ => true,
                }
        };
        texts.complete(&Self::open(global)?.sources, lacks);
        Ok(texts)
    }

    /// Takes files beside the call's whole catalogue; a version in a file replaces that of the catalogue.
    pub(crate) fn beside(files: &[PathBuf], global: &Global) -> Fallible<Self> {
        let mut texts = Self::with_sisters(files)?;
        texts.complete(&Self::open(global)?.sources, |label, own| !label.is_among(own));
        Ok(texts)
    }

    /// Reads files, with what they rest on beside them: earlier versions, and procedures of a scenario.
    fn with_sisters(files: &[PathBuf]) -> Fallible<Self> {
        let mut texts = Self::read(files)?;
        let has_scenario = |own: &[Label]| own.iter().any(|it| it.kind == "scenario");
        let own = texts.labels();
        if has_scenario(&own) || own.iter().any(|it| it.needs_earlier) {
            let is_sister = |label: &Label, own: &[Label]| {
                let is_simulated = label.kind == "procedure" && has_scenario(own);
                !label.is_among(own) && (is_simulated || label.is_awaited_by(own))
            };
            texts.complete(&neighbours(files), is_sister);
        }
        Ok(texts)
    }

    fn read(files: &[PathBuf]) -> Fallible<Self> {
        let mut sources = Sources::new();
        for file in files {
            let text = fs::read_to_string(file).map_err(|error| Failure::file(file, &error))?;
            sources.add(file.display().to_string(), text);
        }
        Ok(Self { sources, given: files.len(), folder: None })
    }

    /// Adds the texts that are lacking.
    fn complete(&mut self, from: &Sources, lacks: impl Fn(&Label, &[Label]) -> bool) {
        let own = self.labels();
        for (_, source) in from.iter() {
            let label = Label::of(source);
            if label.is_some_and(|it| lacks(&it, &own)) {
                self.sources.add(source.name(), source.text());
            }
        }
    }

    fn labels(&self) -> Vec<Label> {
        self.sources.iter().filter_map(|(_, it)| Label::of(it)).collect()
    }

    pub(crate) const fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Returns the files that were given, without those that stand in.
    pub(crate) fn given(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.sources.iter().take(self.given)
    }

    /// Returns the procedures and bundles, and everything found while loading all texts.
    pub(crate) fn load_all(&self) -> (Vec<Procedure>, Vec<Bundle>, Vec<Diagnostic>) {
        let (procedures, bundles, mut found) = definition::load_all(&self.sources);
        let in_force = procedures.iter().filter(|it| it.status() == Status::InForce);
        let (catalogue, beside) = Catalogue::new(in_force.cloned().collect());
        let (registers, listed) = register::load(&self.sources);
        found.extend(beside.into_iter().chain(listed));
        let in_force = bundles.iter().filter(|it| it.lead().status() == Status::InForce);
        let (bundled, joined) = Bundles::new(in_force.cloned().collect());
        found.extend(joined);
        let all = bundled.beside(&catalogue);
        found.extend(registers.iter().flat_map(|it| it.compare(&all)));
        found.extend(Calendar::parse_all(&self.sources).1);
        found.extend(simulate::load(&self.sources).1);
        found.extend(fee::load(&self.sources).1);
        found.extend(authority::load(&self.sources).1);
        found.extend(cost::load(&self.sources).1);
        (procedures, bundles, found)
    }

    /// Returns what stands in the way of running the scenarios on procedures.
    pub(crate) fn bind_scenarios(&self, procedures: &[Procedure]) -> Vec<Diagnostic> {
        let (calendars, broken) = Calendar::parse_all(&self.sources);
        let (scenarios, _) = simulate::load(&self.sources);
        let found = scenarios.iter().flat_map(|scenario| {
            match scenario.calendar_among(&calendars) {
                Ok(calendar) => scenario.bind(procedures, calendar, None).1,
                // A calendar that was left out for its errors may be the one.
                Err(_) if any_error(&broken) => Vec::new(),
                Err(missing) => Vec::from([missing]),
            }
        });
        found.collect()
    }

    /// Returns the calendar over whose days definitions are verified.
    pub(crate) fn court_calendar(&self) -> Option<Calendar> {
        let (calendars, _) = Calendar::parse_all(&self.sources);
        let own = calendars.iter().position(|it| it.id() == *"hanoi");
        calendars.into_iter().nth(own.unwrap_or(0))
    }

    /// Returns the procedures in force, side by side; redesigns are left out.
    pub(crate) fn catalogue(&self) -> Catalogue {
        self.shelves().0
    }

    /// Returns the procedures and the bundles in force, side by side; redesigns are left out.
    pub(crate) fn shelves(&self) -> (Catalogue, Bundles) {
        let (procedures, bundles, mut found) = definition::load_all(&self.sources);
        let is_law = |it: &Procedure| it.status() == Status::InForce;
        let (catalogue, beside) = Catalogue::new(procedures.into_iter().filter(is_law).collect());
        let in_force = bundles.into_iter().filter(|it| is_law(it.lead()));
        let (bundles, joined) = Bundles::new(in_force.collect());
        found.extend(beside.into_iter().chain(joined));
        self.warn(&found);
        (catalogue, bundles)
    }

    /// Refuses a name that no procedure on a shelf bears but a text with errors does, and says where they are.
    pub(crate) fn readable(&self, shelf: &Catalogue, name: &str) -> Fallible<()> {
        if versions::ids_of(shelf, name).is_ok() {
            return Ok(());
        }
        let Some((file, source)) = self.sources.iter().find(|(_, it)| bears(it, name)) else {
            return Ok(());
        };
        let (_, _, mut found) = self.load_all();
        found.retain(|it| it.severity() == Severity::Error);
        let own = found.iter().filter(|it| it.span().file() == file).count();
        let first = found.iter().find(|it| it.span().file() == file).or(found.first());
        let Some(first) = first else { return Ok(()) };
        let place = render::place(&self.sources, first.span());
        let errors = match own {
            0 => "is left out for an error elsewhere".into(),
            1 => "has an error".into(),
            number => format!("has {number} errors"),
        };
        let name = source.name();
        let message = format!("{name} {errors}: {place}: {}", first.message());
        Err(Failure::new(message).help(format_args!("`hoso check {name}` shows them")))
    }

    /// Returns the calendar asked for, as it was known on the day asked for.
    pub(crate) fn calendar(&self, args: &CalendarArgs) -> Fallible<Calendar> {
        let (calendars, found) = Calendar::parse_all(&self.sources);
        self.warn(&found);
        let known: Vec<Id> = calendars.iter().map(Calendar::id).collect();
        let calendar = calendars.into_iter().find(|it| it.id() == *args.calendar);
        let calendar = calendar.ok_or_else(|| unknown("calendar", &args.calendar, &known))?;
        match &args.calendar_revision {
            Some(day) => Ok(calendar.known_on(moment::date(day)?)),
            None => Ok(calendar),
        }
    }

    /// Returns the tariff asked for.
    pub(crate) fn tariff(&self, name: &str) -> Fallible<Tariff> {
        let (tariffs, found) = fee::load(&self.sources);
        self.warn(&found);
        let known: Vec<Id> = tariffs.iter().map(Tariff::id).collect();
        let tariff = tariffs.into_iter().find(|it| it.id() == *name);
        tariff.ok_or_else(|| unknown("tariff", name, &known))
    }

    /// Returns the register asked for.
    pub(crate) fn register(&self, name: &str) -> Fallible<Register> {
        let (registers, found) = register::load(&self.sources);
        self.warn(&found);
        let known: Vec<Id> = registers.iter().map(|it| *it.id()).collect();
        let register = registers.into_iter().find(|it| *it.id() == *name);
        register.ok_or_else(|| unknown("register", name, &known))
    }

    /// Returns the authorities asked for.
    pub(crate) fn authorities(&self, name: &str) -> Fallible<Authorities> {
        let (all, found) = authority::load(&self.sources);
        self.warn(&found);
        let known: Vec<Id> = all.iter().map(Authorities::id).collect();
        let authorities = all.into_iter().find(|it| it.id() == *name);
        authorities.ok_or_else(|| unknown("set of authorities", name, &known))
    }

    /// Returns the norms of compliance cost asked for.
    pub(crate) fn norms(&self, name: &str) -> Fallible<Norms> {
        let (all, found) = cost::load(&self.sources);
        self.warn(&found);
        let known: Vec<Id> = all.iter().map(Norms::id).collect();
        let norms = all.into_iter().find(|it| it.id() == *name);
        norms.ok_or_else(|| unknown("set of norms", name, &known))
    }

    /// Tells that texts with errors were left out.
    fn warn(&self, found: &[Diagnostic]) {
        let errors = found.iter().filter(|it| it.severity() == Severity::Error).count();
        if let (Some(folder), 1..) = (&self.folder, errors) {
            let folder = folder.display();
            eprintln!(
                "warning: {folder}: {errors} errors; what they touch is left out\n  help: `hoso check {folder}` shows them"
            );
        }
    }
}

/// Tells that nothing has a name, and which names there are.
pub(crate) fn unknown(what: &str, name: &str, known: &[Id]) -> Failure {
    let shown: Vec<String> = known.iter().take(24).map(|it| format!("`{it}`")).collect();
    let failure = Failure::new(format_args!("there is no {what} `{name}`"));
    match (shown.as_slice(), known.len() - shown.len()) {
        ([], _) => failure,
        (_, 0) => failure.help(format_args!("there is {}", shown.join(", "))),
        (_, more) => failure.help(format_args!("there is {}, and {more} more", shown.join(", "))),
    }
}

/// Returns true for a procedure or bundle with an id or code, even where its text is broken.
fn bears(source: &Source, name: &str) -> bool {
    let Some(kind @ ("procedure" | "bundle")) = source.head() else { return false };
    let (text, _) = DeTable::parse_recoverable(source.text());
    let head = text.get_ref().get(kind).and_then(|it| it.get_ref().as_table());
    let word = |key| head.and_then(|it| it.get(key)).and_then(|it| it.get_ref().as_str());
    word("id") == Some(name) || word("code") == Some(name)
}

/// Which text this is.
#[derive(Debug, Eq, PartialEq)]
struct Label {
    kind: &'static str,
    id: String,
    version: Option<String>,
    /// True when it is based on an earlier version, or says how dossiers of one pass to it.
    needs_earlier: bool,
}

impl Label {
    fn of(source: &Source) -> Option<Self> {
        let kind = source.head()?;
        let text = DeTable::parse(source.text()).ok()?;
        let head = text.get_ref().get(kind)?.get_ref();
        let word = |key| {
            Some(String::from(head.get(key).map(|it| it.get_ref()).and_then(DeValue::as_str)?))
        };
        let migrates = text.get_ref().get("migration").is_some();
        let needs_earlier = migrates || word("based-on").is_some();
        Some(Self { kind, id: word("id")?, version: word("version"), needs_earlier })
    }

    fn key(&self) -> (&str, &str) {
        (self.kind, &self.id)
    }

    /// Returns true when one of the texts is this version.
    fn is_among(&self, own: &[Self]) -> bool {
        own.iter().any(|it| it.version == self.version && it.key() == self.key())
    }

    /// Returns true when another version among the texts may rest on this one.
    fn is_awaited_by(&self, own: &[Self]) -> bool {
        own.iter().any(|it| it.needs_earlier && it.key() == self.key())
    }
}

/// Returns the `.toml` files that lie in the same folders as some files; what cannot be read is no text.
fn neighbours(of: &[PathBuf]) -> Sources {
    let mut folders: Vec<&Path> = of.iter().filter_map(|it| it.parent()).collect();
    folders.sort_unstable();
    folders.dedup();
    let mut sources = Sources::new();
    for folder in folders {
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let entries = fs::read_dir(here).into_iter().flatten().flatten();
        let mut files: Vec<PathBuf> = entries.map(|it| folder.join(it.file_name())).collect();
        files.retain(|it| it.extension().is_some_and(|it| it == "toml") && !of.contains(it));
        files.sort_unstable();
        for file in files {
            if let Ok(text) = fs::read_to_string(&file) {
                sources.add(file.display().to_string(), text);
            }
        }
    }
    sources
}

/// Returns the files, and the `.toml` files of the folders, once each and in order.
pub(crate) fn files_of(paths: &[PathBuf]) -> Fallible<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = files.len();
            collect(path, &mut files)?;
            if files.len() == before {
                return Err(Failure::file(path, &"no .toml file in this folder"));
            }
        } else {
            files.push(path.clone());
        }
    }
    let mut once: Vec<PathBuf> = Vec::with_capacity(files.len());
    for file in files {
        if !once.contains(&file) {
            once.push(file);
        }
    }
    Ok(once)
}

/// Collects the `.toml` files under a folder by name; hidden and linked folders are passed over.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Fallible<()> {
    let failed = |error: std::io::Error| Failure::file(folder, &error);
    let mut entries: Vec<fs::DirEntry> =
        fs::read_dir(folder).map_err(failed)?.collect::<Result<_, _>>().map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type().map_err(failed)?.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|it| it == "toml") {
            files.push(path);
        }
    }
    Ok(())
}
