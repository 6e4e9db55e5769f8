//! `hoso merge`: the parts of a run, or of two that are compared, joined to the whole.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hoso::simulate::Summary;

use super::against::compared;
use super::names::Names;
use super::{Desk, Ran, data, text, told};
use crate::answer::Answer;
use crate::args::{self, Global};
use crate::failure::{Failure, Fallible};

// What the parts of a pair call their sides.
pub(super) const AS_IS: &str = "as-is";
pub(super) const TO_BE: &str = "to-be";

pub(crate) fn merge(global: &Global, args: &args::Merge) -> Fallible<Answer> {
    let mut parts = args.parts.iter().map(|path| Joined::read(path).map(|it| (path, it)));
    let Some(first) = parts.next() else {
        return Err(Failure::new("no part is given"));
    };
    let (_, mut whole) = first?;
    for part in parts {
        let (path, part) = part?;
        whole.merge(&part, path)?;
    }
    if !whole.is_whole() {
        let failure = Failure::new("parts of the run are missing");
        return Err(failure
            .help("give one file for each part, as `--shard 1/N` to `--shard N/N` wrote them"));
    }
    let page = args.report.as_deref();
    let mut sides = whole.0.into_iter();
    match (sides.next(), sides.next(), &args.of, &args.against) {
        (None, ..) => Err(Failure::new("no part is given")),
        (Some(summary), None, None, _) => {
            let report = summary.report();
            let names = Names { scenario: None, procedures: &[] };
            let json = || data(&report, None);
            Ok(Answer::new(global, json, || text::text(&report, None, names, global.lang())))
        }
        (Some(summary), None, Some(of), None) => {
            let desk = Desk::open(global, of, &args.tariff)?;
            told(global, &desk, &ran(&desk, summary)?, page)
        }
        (Some(_), None, Some(_), Some(_)) => {
            Err(Failure::new("these are parts of one run").help("leave `--against` out"))
        }
        (Some(old), Some(new), Some(of), Some(against)) => {
            let as_is = Desk::open(global, of, &args.tariff)?;
            let to_be = Desk::open(global, against, &args.tariff)?;
            let (before, after) = (ran(&as_is, old)?, ran(&to_be, new)?);
            compared(global, (page, &args.norms), (&as_is, &before), (&to_be, &after))
        }
        (Some(_), Some(_), ..) => {
            let failure = Failure::new("these are parts of two runs that are compared");
            Err(failure.help("give both scenarios: `--of AS-IS --against TO-BE`"))
        }
    }
}

/// Takes a whole run of a scenario, if it is one of it.
fn ran(desk: &Desk, summary: Summary) -> Fallible<Ran> {
    if !summary.is_of(&desk.model()?) {
        let id = desk.scenario.id();
        let failure = Failure::new(format_args!("the parts are of another scenario than `{id}`"));
        return Err(failure.help("give the scenario, the procedures and the tariff of the run"));
    }
    Ok(Ran { summary, precision: None })
}

/// Parts that were joined so far.
// INVARIANT: of one run, or of that as it is and that as it is to be.
struct Joined(Vec<Summary>);

impl Joined {
    fn read(path: &Path) -> Fallible<Self> {
        let text = fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
        let pair = serde_json::from_str::<BTreeMap<String, Summary>>(&text).ok();
        if let Some((as_is, to_be)) = pair.and_then(|mut it| it.remove(AS_IS).zip(it.remove(TO_BE)))
        {
            return Ok(Self(vec![as_is, to_be]));
        }
        let one = serde_json::from_str(&text).map_err(|error| {
            let failure = Failure::file(path, &format_args!("this is no part of a run: {error}"));
            failure.help("a part is what `hoso simulate --shard I/N` prints")
        });
        one.map(|it| Self(vec![it]))
    }

    fn merge(&mut self, other: &Self, path: &Path) -> Fallible<()> {
        if self.0.len() != other.0.len() {
            return Err(Failure::file(path, &"one part is of a pair of runs, another is not"));
        }
        let mut sides = self.0.iter_mut().zip(&other.0);
        let joined = sides.try_for_each(|(one, other)| one.merge(other));
        joined.map_err(|error| Failure::file(path, &error))
    }

    fn is_whole(&self) -> bool {
        self.0.iter().all(Summary::is_whole)
    }
}
