//! `hoso calibrate`: a scenario from the log of past dossiers, and what it rests on.

mod back_test;
mod text;

use std::collections::BTreeMap;
use std::fs;

use hoso::calibrate::{BackTest, Estimates, Scope, Wording};
use hoso::conform::Trace;
use hoso::definition::Procedure;
use hoso::diagnostic::{Diagnostic, Severity, any_error};
use hoso::id::Id;
use hoso::simulate;
use hoso::simulate::figures::Confidence;
use hoso::source::Sources;
use serde_json::Value;

use crate::answer::{Answer, put};
use crate::args::{self, Global};
use crate::failure::{Failure, Fallible};
use crate::moment;
use crate::office::Office;
use crate::recorded::{self, Case, Columns, Desk, Unread};
use crate::render;

pub(crate) fn calibrate(global: &Global, args: &args::Calibrate) -> Fallible<Answer> {
    let office = Office::open(global, &args.office)?;
    let learnt = Learnt::from(&office, args)?;
    let lang = global.lang();
    let id = Id::parse(&args.id).map_err(|it| Failure::new(it).at("--id"))?;
    let wording = Wording {
        id,
        source: &learnt.log,
        lang,
        scope: match (args.from_backlog, args.recorded_arrivals) {
            (true, _) => Scope::After,
            (false, true) => Scope::Recorded,
            (false, false) => Scope::Log,
        },
        tested: learnt.tested.as_ref(),
    };
    let scenario = learnt.estimates.scenario(learnt.version, office.calendar(), &wording);
    let scenario = scenario.map_err(|found| {
        let why: Vec<&str> = found.iter().map(Diagnostic::message).collect();
        Failure::new(format_args!("the scenario cannot be read back: {}", why.join("; ")))
    })?;
    let runs = check(&office, learnt.version, &scenario);
    if let Some(path) = &args.out {
        fs::write(path, &scenario).map_err(|error| Failure::file(path, &error))?;
    }
    let answer = Answer::new(
        global,
        || data(&learnt, &scenario),
        || match &args.out {
            Some(_) => text::text(&learnt, lang),
            None => format!("{scenario}\n{}", text::comments(&text::text(&learnt, lang))),
        },
    );
    Ok(answer.holds_if(runs && learnt.tested.is_some() == args.hold_out.is_some()))
}

/// What a log taught, and what of it was not understood.
struct Learnt<'o> {
    log: String,
    version: &'o Procedure,
    estimates: Estimates,
    /// Dossiers of other versions and of other procedures, and rows that complete nothing.
    other_versions: usize,
    others: usize,
    left_out: usize,
    unread: Unread,
    /// What the end of the log said of its beginning, where that was asked.
    tested: Option<BackTest>,
}

impl<'o> Learnt<'o> {
    fn from(office: &'o Office, args: &args::Calibrate) -> Fallible<Self> {
        let offset = office.calendar().offset();
        let columns = Columns::read(&args.log.column)?;
        let recorded = recorded::read(&args.log.log, &columns, offset)?;
        let as_of = args.as_of.as_deref().map(|it| moment::moment(it, offset)).transpose()?;
        let confidence = Confidence::new(args.confidence).ok_or_else(|| {
            Failure::new(format_args!("--confidence {} is none", args.confidence))
                .help("write how often the intervals hold, such as 0.95")
        })?;
        let mut desk = Desk::open(office, &args.log)?;
        let (own, others): (Vec<Case>, Vec<Case>) =
            recorded.cases.into_iter().partition(|it| !desk.is_other(it));
        let (version, cases, other_versions) = most(&mut desk, own)?;
        let log = args.log.log.display().to_string();
        let nothing = |what: &str| Failure::file(&args.log.log, &what);
        let Some(version) = version else {
            return Err(nothing("there is no dossier of the procedure in the log")
                .help("`--procedure` names another procedure than the log, or the log is empty"));
        };
        let mut unread = Unread::default();
        let Some(model) = desk.model(version)? else {
            return Err(nothing("the procedure has too many ways through it to be compared"));
        };
        let traces: Vec<Trace> = cases
            .iter()
            .map(|it| {
                unread.note(model, it);
                recorded::trace(model, it, &mut unread)
            })
            .collect();
        let calendar = office.calendar();
        let found = hoso::calibrate::calibrate(model, calendar, &traces, as_of, confidence);
        let found = found.map_err(|it| {
            Failure::file(&args.log.log, &it)
                .help("name a calendar that covers the log with --calendar")
        })?;
        let tested = match &args.hold_out {
            Some(share) => back_test::back_test(office, model, &traces, as_of, share)?,
            None => None,
        };
        desk.check_map()?;
        let estimates = found.ok_or_else(|| {
            let words: Vec<String> =
                unread.words.keys().take(8).map(|it| format!("`{it}`")).collect();
            nothing("no step of the procedure is in the log")
                .help(format_args!("say with --map what its words mean: {}", words.join(", ")))
        })?;
        let (others, left_out) = (others.len(), recorded.left_out);
        Ok(Self { log, version, estimates, other_versions, others, left_out, unread, tested })
    }
}

/// Returns the version of most dossiers, its dossiers, and how many belong to others.
fn most<'o>(
    desk: &mut Desk<'o>,
    cases: Vec<Case>,
) -> Fallible<(Option<&'o Procedure>, Vec<Case>, usize)> {
    let mut versions: BTreeMap<Id, (&'o Procedure, Vec<Case>)> = BTreeMap::new();
    for case in cases {
        let version = desk.version(&case)?;
        versions.entry(*version.version()).or_insert((version, Vec::new())).1.push(case);
    }
    let all: usize = versions.values().map(|it| it.1.len()).sum();
    let most = versions.into_values().max_by_key(|it| it.1.len());
    Ok(match most {
        Some((version, cases)) => {
            let others = all - cases.len();
            (Some(version), cases, others)
        }
        None => (None, Vec::new(), 0),
    })
}

/// Binds the scenario; what hinders it is told, and then the answer is no.
fn check(office: &Office, version: &Procedure, text: &str) -> bool {
    let mut sources = Sources::new();
    sources.add("the estimated scenario", text);
    let (scenarios, mut found) = simulate::load(&sources);
    if let Some(scenario) = scenarios.first() {
        let procedures = [version.clone()];
        let (_, more) = scenario.bind(&procedures, office.calendar(), Some(office.tariff()));
        found.extend(more);
    }
    let errors = found.iter().filter(|it| it.severity() == Severity::Error);
    eprint!("{}", render::text(&sources, errors, &render::for_stderr()));
    !any_error(&found)
}

/// The estimates, the scenario, and what was left aside.
fn data(learnt: &Learnt<'_>, scenario: &str) -> Value {
    let mut data = serde_json::to_value(&learnt.estimates).unwrap_or(Value::Null);
    put(&mut data, "log", learnt.log.as_str());
    put(&mut data, "other-versions", learnt.other_versions);
    put(&mut data, "other-procedures", learnt.others);
    put(&mut data, "rows-left-out", learnt.left_out);
    let words =
        learnt.unread.words.iter().map(|(word, (count, _))| (word.clone(), (*count).into()));
    put(&mut data, "unknown-words", Value::Object(words.collect()));
    put(&mut data, "back-test", serde_json::to_value(&learnt.tested).unwrap_or(Value::Null));
    put(&mut data, "scenario", scenario);
    data
}
