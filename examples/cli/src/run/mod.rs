//! `hoso run`: dossiers go through their procedures, command by command.

mod case;
mod data;
mod json;
mod label;
mod line;
mod linked;
mod place;
mod summary;
mod text;

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::Path;
use std::{fs, io};

use hoso::authority::Succession;
use hoso::definition::bundle::Bundle;
use hoso::dossier::{Dossier, Event};
use hoso::text::Lang;
use indicatif::ProgressBar;
use uuid::Uuid;

use crate::answer::Answer;
use crate::args::{Global, Run};
use crate::failure::{Failure, Fallible};
use crate::log::Log;
use crate::moment::{self, Moment};
use crate::office::{Office, dossier_id};
use crate::versions;
use case::Case;
use line::Line;
use linked::Linked;
pub(crate) use place::Place;

/// How many lines make a run long enough to show its progress.
const LONG: usize = 2_000;

pub(crate) fn run(global: &Global, args: &Run) -> Fallible<Answer> {
    let office = Office::open(global, &args.office)?;
    let lines = read(args, &office)?;
    let last = lines.iter().map(|it| it.at).max();
    let as_of = as_of(args, &office, last)?;
    let mut morning = Morning::new(&office, args.events.is_some());
    let bar = progress(lines.len());
    for line in &lines {
        morning.take(line)?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    if let Some(as_of) = as_of {
        morning.let_pass(as_of);
    }
    if let Some(path) = &args.events {
        morning.write(path, global.lang())?;
    }
    let report = Report {
        files: args.file.len(),
        office: &office,
        cases: &morning.cases,
        lines: lines.len(),
        as_of,
    };
    let lang = global.lang();
    let holds = !args.strict || report.refused() == 0;
    let data = || data::data(&report, lang, args.ledgers);
    let text = || text::text(&report, lang, args.ledgers);
    Ok(Answer::new(global, data, text).holds_if(holds))
}

/// Reads every line before the first is decided.
fn read(args: &Run, office: &Office) -> Fallible<Vec<Line>> {
    let offset = office.calendar().offset();
    let mut lines = Vec::new();
    for path in &args.file {
        let text = contents(path)?;
        for (place, line) in Place::lines(path, &text) {
            lines.push(Line::read(line, place, offset)?);
        }
    }
    Ok(lines)
}

/// Reads a file, or standard input for `-`.
pub(crate) fn contents(path: &Path) -> Fallible<String> {
    let read = if path == Path::new("-") {
        io::read_to_string(io::stdin())
    } else {
        fs::read_to_string(path)
    };
    read.map_err(|error| Failure::file(path, &error))
}

fn as_of(args: &Run, office: &Office, last: Option<Moment>) -> Fallible<Option<Moment>> {
    let Some(as_of) = &args.as_of else { return Ok(last) };
    let as_of = moment::moment(as_of, office.calendar().offset())?;
    match last.filter(|it| as_of < *it) {
        Some(last) => Err(Failure::new(format_args!(
            "--as-of {} is before the last moment in the files, {}",
            as_of.to_rfc3339(),
            last.to_rfc3339()
        ))
        .help("time never runs backwards; leave out the later lines")),
        None => Ok(Some(as_of)),
    }
}

/// Returns a bar for a long run in front of a person.
fn progress(lines: usize) -> ProgressBar {
    if lines < LONG || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    ProgressBar::new(u64::try_from(lines).unwrap_or(u64::MAX))
}

/// The dossiers of a run, in the order in which they first appear.
struct Morning<'o> {
    office: &'o Office,
    cases: Vec<Case<'o>>,
    places: BTreeMap<Uuid, usize>,
    linked: BTreeMap<Uuid, Linked<'o>>,
    events: Vec<Event>,
    keeps_events: bool,
}

impl<'o> Morning<'o> {
    fn new(office: &'o Office, keeps_events: bool) -> Self {
        let (cases, places, linked) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        Self { office, cases, places, linked, events: Vec::new(), keeps_events }
    }

    fn take(&mut self, line: &Line) -> Fallible<()> {
        let id = dossier_id(&line.dossier);
        if let Some(bundle) = self.bundle(id, line).map_err(|it| it.at(&line.place))? {
            let linked = Linked::open(self.office, bundle, id, &line.dossier, &mut self.cases);
            self.linked.insert(id, linked);
        }
        if let Some(linked) = self.linked.get_mut(&id) {
            let events = linked.follow(&mut self.cases, line);
            self.keep(events);
            return Ok(());
        }
        if line.part.is_some() {
            let failure = Failure::new(format_args!("dossier `{}` has no parts", line.dossier));
            return Err(failure.help("only a bundle has; leave `part` out").at(&line.place));
        }
        let fresh = self.cases.len();
        let at = *self.places.entry(id).or_insert(fresh);
        if at == fresh {
            self.cases.push(Case::new(id, &line.dossier));
        }
        let Some(case) = self.cases.get_mut(at) else { return Ok(()) };
        let events = case.follow(self.office, line).map_err(|it| it.at(&line.place))?;
        self.keep(events);
        Ok(())
    }

    /// Returns the bundle under which a line files a new case, if it names one.
    fn bundle(&self, id: Uuid, line: &Line) -> Fallible<Option<&'o Bundle>> {
        let is_known = self.places.contains_key(&id) || self.linked.contains_key(&id);
        let Some(name) = line.procedure.as_ref().filter(|_| !is_known) else { return Ok(None) };
        let (bundles, day) = (self.office.bundles(), self.office.day(line.at));
        if versions::ids_of(bundles.leads(), name).is_err() {
            return Ok(None);
        }
        let lead = versions::in_force(bundles.leads(), name, day, |_| true)?;
        // A version that is not in force says so itself.
        let lead = lead.or_else(|| {
            let ids = versions::ids_of(bundles.leads(), name).ok()?;
            versions::nearest(bundles.leads(), ids.first()?, day)
        });
        Ok(lead.and_then(|it| bundles.led_by(it)))
    }

    /// Lets time pass, so that what falls due by itself happens.
    fn let_pass(&mut self, as_of: Moment) {
        let mut events = Vec::new();
        for linked in self.linked.values_mut() {
            events.extend(linked.let_pass(&mut self.cases, as_of));
        }
        self.keep(events);
        for at in 0..self.cases.len() {
            let Some(case) = self.cases.get_mut(at) else { continue };
            let events = case.let_pass(self.office, as_of);
            self.keep(events);
        }
        self.cases.retain(|it| !it.is_unopened());
    }

    /// Writes what happened.
    fn write(&self, path: &Path, lang: Lang) -> Fallible<()> {
        let mut log = Log::create(path, self.office.versions(), lang)?;
        let names = self.cases.iter().map(|it| (it.dossier().id(), it.name()));
        log.write_mixed(&self.events, &names.collect())?;
        log.close()
    }

    fn keep(&mut self, events: Vec<Event>) {
        if self.keeps_events {
            self.events.extend(events);
        }
    }
}

/// What a run came to.
struct Report<'r> {
    files: usize,
    office: &'r Office,
    cases: &'r [Case<'r>],
    lines: usize,
    as_of: Option<Moment>,
}

impl Report<'_> {
    fn refused(&self) -> usize {
        self.cases.iter().map(|it| it.refused().len()).sum()
    }

    /// Whether a dossier is past its appointment.
    fn is_overdue(&self, case: &Case<'_>) -> bool {
        self.as_of.is_some_and(|it| case.dossier().is_overdue(it))
    }

    /// Returns who acts for a dossier in the end.
    fn acting(&self, dossier: &Dossier) -> Option<Succession<'_>> {
        dossier.acting(self.office.authorities(), self.office.day(self.as_of?))
    }

    fn overdue(&self) -> usize {
        self.cases.iter().filter(|it| self.is_overdue(it)).count()
    }

    /// Counts the dossiers that were promised a day and have not missed it.
    fn on_time(&self) -> usize {
        self.promised().filter(|it| !self.is_overdue(it)).count()
    }

    /// Counts those of them that have not ended, and may yet miss it.
    fn on_time_open(&self) -> usize {
        let open = self.promised().filter(|it| it.dossier().ended().is_none());
        open.filter(|it| !self.is_overdue(it)).count()
    }

    fn without_appointment(&self) -> usize {
        self.cases.len() - self.promised().count()
    }

    fn promised(&self) -> impl Iterator<Item = &Case<'_>> {
        self.cases.iter().filter(|it| it.dossier().appointment().is_some())
    }

    /// Adds up the known fees, and counts the dossiers whose fees are not known.
    fn fees(&self) -> (i64, usize) {
        let filed = || self.cases.iter().filter(|it| it.dossier().filed().is_some());
        let fees = || filed().map(|it| it.fee());
        let known = fees().flatten().fold(0_i64, |sum, it| sum.saturating_add(it.get()));
        (known, fees().filter(Option::is_none).count())
    }
}
