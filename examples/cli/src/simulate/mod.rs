//! `hoso simulate`, `hoso merge` and `hoso staff`: a caseload run through procedures, and what it comes to.

mod against;
mod events;
mod figure;
mod index;
mod merge;
mod names;
mod page;
mod remarks;
mod staff;
mod text;
mod verdict;

use std::fs;
use std::path::Path;

use hoso::calendar::Calendar;
use hoso::definition::Procedure;
use hoso::diagnostic::{Diagnostic, any_error};
use hoso::fee::Tariff;
use hoso::id::Id;
use hoso::money::Ratio;
use hoso::simulate::{self, Model, Part, Precision, Report, Runs, Scenario, Summary};
use hoso::source::FileId;
use hoso::text::Lang;
use indicatif::ProgressBar;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::args::{self, Global, Language};
use crate::failure::{Failure, Fallible};
use crate::load::Texts;
use crate::render;
use names::Names;

pub(crate) use merge::merge;
pub(crate) use staff::staff;

pub(crate) fn simulate(global: &Global, args: &args::Simulate) -> Fallible<Answer> {
    let desk = Desk::open(global, &args.scenario, &args.run.tariff)?;
    let model = desk.model()?;
    if let Some(path) = &args.events {
        let seed = args.run.seed.unwrap_or_else(|| model.seed());
        events::write(path, &model, &desk.procedures, (seed, args.sample), global.lang())?;
    }
    let part = args.shard.as_deref().map_or(Ok(Part::WHOLE), part)?;
    if let Some(to_be) = &args.against {
        let to_be = Desk::open(global, to_be, &args.run.tariff)?;
        return against::against(global, args, part, (&desk, &model), (&to_be, &to_be.model()?));
    }
    let ran = run(&model, args, part)?;
    if !ran.summary.is_whole() {
        let data = serde_json::to_value(&ran.summary).map_err(Failure::new)?;
        return Ok(Answer::new(global, || data.clone(), || format!("{data:#}\n")));
    }
    told(global, &desk, &ran, args.report.as_deref())
}

/// Tells of one run, and writes its page where one is asked for.
fn told(global: &Global, desk: &Desk, ran: &Ran, page: Option<&Path>) -> Fallible<Answer> {
    let report = ran.summary.report();
    if let Some(path) = page {
        let as_is = Run { desk, ran, report: &report };
        write_page(global, path, &page::Shown { as_is, to_be: None })?;
    }
    let (precision, names, lang) = (ran.precision.as_ref(), desk.names(), global.lang());
    let json = || data(&report, precision);
    Ok(Answer::new(global, json, || text::text(&report, precision, names, lang)))
}

/// Writes the report for people: in Vietnamese first, unless English was chosen.
fn write_page(global: &Global, path: &Path, shown: &page::Shown<'_>) -> Fallible<()> {
    let first = if global.lang == Some(Language::En) { Lang::En } else { Lang::Vi };
    fs::write(path, page::write(shown, first)?).map_err(|error| Failure::file(path, &error))
}

fn part(written: &str) -> Fallible<Part> {
    let (number, of) = written.split_once('/').unwrap_or((written, ""));
    let part =
        number.parse().ok().zip(of.parse().ok()).and_then(|(number, of)| Part::new(number, of));
    part.ok_or_else(|| {
        Failure::new(format_args!("`{written}` is no part of a run"))
            .help("write it as `1/4`: the first of four")
    })
}

/// A report as data: every figure of the text.
fn data(report: &Report, precision: Option<&Precision>) -> Value {
    let mut data = serde_json::to_value(report).unwrap_or(Value::Null);
    if let Some(object) = data.as_object_mut() {
        object.insert("precision".into(), json!(precision));
        object
            .insert("units".into(), json!({ "time": "hours", "money": "đồng", "interval": "95%" }));
    }
    data
}

/// A scenario, and the texts that it needs.
struct Desk {
    texts: Texts,
    scenario: Scenario,
    procedures: Vec<Procedure>,
    calendar: Calendar,
    tariff: Tariff,
}

impl Desk {
    fn open(global: &Global, path: &Path, tariff: &str) -> Fallible<Self> {
        let texts = Texts::beside(&[path.to_path_buf()], global)?;
        let (scenarios, found) = simulate::load(texts.sources());
        let own = FileId::default();
        let scenario = scenarios.into_iter().find(|it| it.file() == own);
        let Some(scenario) = scenario else {
            let own: Vec<_> = found.iter().filter(|it| it.span().file() == own).collect();
            eprint!(
                "{}",
                render::text(texts.sources(), own.iter().copied(), &render::for_stderr())
            );
            return Err(match own.is_empty() {
                true => Failure::file(path, &"not a scenario")
                    .help("a scenario has a table `[scenario]`"),
                false => Failure::new(format_args!("{} has errors", path.display())),
            });
        };
        let (procedures, _, _) = texts.load_all();
        let (calendars, _) = Calendar::parse_all(texts.sources());
        let calendar = scenario.calendar_among(&calendars).cloned().map_err(|missing| {
            eprint!("{}", render::text(texts.sources(), [&missing], &render::for_stderr()));
            Failure::new(format_args!("scenario `{}` cannot be run", scenario.id()))
        })?;
        let tariff = texts.tariff(tariff)?;
        Ok(Self { texts, scenario, procedures, calendar, tariff })
    }

    const fn names(&self) -> Names<'_> {
        Names { scenario: Some(&self.scenario), procedures: self.procedures.as_slice() }
    }

    /// Returns the scenario as it was written.
    fn text(&self) -> &str {
        let mut given = self.texts.given();
        given.next().map_or("", |(_, it)| it.text())
    }

    /// Binds the scenario, or says what stands in the way.
    fn model(&self) -> Fallible<Model<'_>> {
        self.model_by(Scenario::bind)
    }

    fn model_by(&self, bind: Bind) -> Fallible<Model<'_>> {
        let (model, found) =
            bind(&self.scenario, &self.procedures, &self.calendar, Some(&self.tariff));
        eprint!("{}", render::text(self.texts.sources(), &found, &render::for_stderr()));
        model.filter(|_| !any_error(&found)).ok_or_else(|| {
            Failure::new(format_args!("scenario `{}` cannot be run", self.scenario.id()))
        })
    }
}

/// A run, and how precise it is where that was asked for.
struct Ran {
    summary: Summary,
    precision: Option<Precision>,
}

/// A scenario, its run, and what that came to.
#[derive(Clone, Copy)]
struct Run<'r> {
    desk: &'r Desk,
    ran: &'r Ran,
    report: &'r Report,
}

/// How a scenario is bound.
type Bind = for<'c> fn(
    &Scenario,
    &'c [Procedure],
    &'c Calendar,
    Option<&'c Tariff>,
) -> (Option<Model<'c>>, Vec<Diagnostic>);

/// Returns what is run: what the call says, else what the scenario says.
fn runs(model: &Model<'_>, args: &args::RunArgs, part: Part) -> Fallible<Runs> {
    let replications = args.replications.unwrap_or_else(|| model.replications());
    if replications == 0 {
        return Err(Failure::new("nothing is run: there are no replications"));
    }
    Ok(Runs { seed: args.seed.unwrap_or_else(|| model.seed()), replications, part })
}

/// Returns how precise a run is to be: what the call says; who asks for a number of replications alone gets that number.
fn wished(model: &Model<'_>, args: &args::Simulate) -> Fallible<Option<Ratio>> {
    let wished = args.precision.as_deref().map(str::parse).transpose()?;
    Ok(wished.or_else(|| model.precision().filter(|_| args.run.replications.is_none())))
}

fn run(model: &Model<'_>, args: &args::Simulate, part: Part) -> Fallible<Ran> {
    let wished = wished(model, args)?;
    if wished.is_some() && args.shard.is_some() {
        let failure = Failure::new("a part of a run cannot tell when the whole is precise");
        return Err(failure.help("give `--replications N` to every part, and no precision"));
    }
    let runs = runs(model, &args.run, part)?;
    let bar = ProgressBar::new(u64::from(runs.replications));
    bar.tick();
    let done = || {
        // Whoever runs to a precision doubles what was run.
        if bar.length() == Some(bar.position()) {
            bar.inc_length(bar.position());
        }
        bar.inc(1);
    };
    let summary = args.run.on_threads(|| match wished {
        Some(wished) => simulate::simulate_to(model, &runs, wished, &done),
        None => simulate::simulate(model, &runs, &done),
    });
    bar.finish_and_clear();
    let precision = wished.map(|it| summary.precision(it));
    Ok(Ran { summary, precision })
}

/// Returns an id as it is written in texts.
pub(super) fn name(id: &Id) -> String {
    id.to_string()
}
