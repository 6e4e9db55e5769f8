//! `hoso replay`: which recorded dossiers a definition explains, and where the others deviate.

mod data;
mod text;

use std::collections::BTreeMap;

use hoso::conform::{Deviation, Ending, Replayed};
use hoso::definition::Procedure;
use hoso::id::Id;
use hoso::text::Lang;

use crate::answer::Answer;
use crate::args::{Global, Replay};
use crate::failure::Fallible;
use crate::moment::{self, Moment};
use crate::office::Office;
use crate::recorded::{self, Case, Columns, Desk, Unread};

pub(crate) fn replay(global: &Global, args: &Replay) -> Fallible<Answer> {
    let office = Office::open(global, &args.office)?;
    let offset = office.calendar().offset();
    let columns = Columns::read(&args.log.column)?;
    let recorded = recorded::read(&args.log.log, &columns, offset)?;
    let ending = if args.ended { Ending::Required } else { Ending::Open };
    let as_of = args.as_of.as_deref().map(|it| moment::moment(it, offset)).transpose()?;
    let mut desk = Desk::open(&office, &args.log)?;
    let last = recorded.cases.iter().flat_map(|it| &it.rows).map(|it| it.at).max();
    let as_of = as_of.or(last);
    let mut report =
        Report::new(&args.log.log.display().to_string(), &desk, recorded.left_out, as_of);
    for case in recorded.cases {
        match desk.is_other(&case) {
            true => report.others += 1,
            false => report.take(&mut desk, case, ending)?,
        }
    }
    desk.check_map()?;
    let lang = global.lang();
    let holds = !args.strict || report.dossiers.iter().all(Told::is_clean);
    let answer = Answer::new(global, || data::data(&report, lang), || text::text(&report, lang));
    Ok(answer.holds_if(holds))
}

/// What came of a log.
struct Report<'o> {
    log: String,
    procedure: Id,
    dossiers: Vec<Told<'o>>,
    /// Dossiers that the record counts to other procedures.
    others: usize,
    left_out: usize,
    as_of: Option<Moment>,
    unread: Unread,
}

/// What came of one dossier.
struct Told<'o> {
    case: Case,
    version: &'o Procedure,
    /// None where the alignment was given up.
    replayed: Option<Replayed>,
}

/// A sort of deviation, and the dossiers that have it.
struct Sort<'r> {
    title: String,
    first: &'r Deviation,
    version: &'r Procedure,
    times: usize,
    dossiers: Vec<&'r str>,
}

impl<'o> Report<'o> {
    fn new(log: &str, desk: &Desk<'o>, left_out: usize, as_of: Option<Moment>) -> Self {
        Self {
            log: log.into(),
            procedure: desk.procedure(),
            dossiers: Vec::new(),
            others: 0,
            left_out,
            as_of,
            unread: Unread::default(),
        }
    }

    fn take(&mut self, desk: &mut Desk<'o>, case: Case, ending: Ending) -> Fallible<()> {
        let version = desk.version(&case)?;
        let calendar = desk.calendar();
        let Some(model) = desk.model(version)? else {
            self.dossiers.push(Told { case, version, replayed: None });
            return Ok(());
        };
        let trace = recorded::trace(model, &case, &mut self.unread);
        self.unread.note(model, &case);
        let as_of = self.as_of.or(case.rows.last().map(|it| it.at));
        let replayed =
            as_of.and_then(|it| hoso::conform::replay(model, calendar, &trace, ending, it));
        self.dossiers.push(Told { case, version, replayed });
        Ok(())
    }

    fn count(&self, which: impl Fn(&Replayed) -> bool) -> usize {
        self.dossiers.iter().filter_map(|it| it.replayed.as_ref()).filter(|it| which(it)).count()
    }

    fn given_up(&self) -> usize {
        self.dossiers.iter().filter(|it| it.replayed.is_none()).count()
    }

    fn explained(&self) -> usize {
        self.count(Replayed::fits)
    }

    /// Returns how many dossiers each version governs, in the order of the versions.
    fn versions(&self) -> Vec<(Id, usize)> {
        let mut versions: BTreeMap<_, (Id, usize)> = BTreeMap::new();
        for told in &self.dossiers {
            let from = told.version.effective().from();
            versions.entry(from).or_insert((*told.version.version(), 0)).1 += 1;
        }
        versions.into_values().collect()
    }

    /// Returns the sorts of deviations, the commonest first.
    fn sorts(&self, lang: Lang) -> Vec<Sort<'_>> {
        let mut sorts: BTreeMap<String, Sort<'_>> = BTreeMap::new();
        for told in &self.dossiers {
            for it in told.replayed.iter().flat_map(Replayed::deviations) {
                let title = it.title(told.version, lang);
                let new = Sort {
                    title: title.clone(),
                    first: it,
                    version: told.version,
                    times: 0,
                    dossiers: Vec::new(),
                };
                sorts.entry(title).or_insert(new).add(&told.case.name);
            }
        }
        let mut sorts: Vec<Sort<'_>> = sorts.into_values().collect();
        sorts.sort_by_key(|it| std::cmp::Reverse((it.dossiers.len(), it.times)));
        sorts
    }
}

impl<'r> Sort<'r> {
    fn add(&mut self, dossier: &'r str) {
        self.times += 1;
        if self.dossiers.last() != Some(&dossier) {
            self.dossiers.push(dossier);
        }
    }

    /// Returns the legal basis as lawyers write it.
    fn law(&self, lang: Lang) -> Option<String> {
        law(self.first, self.version, lang)
    }
}

/// Returns the legal basis of a deviation as lawyers write it.
fn law(deviation: &Deviation, version: &Procedure, lang: Lang) -> Option<String> {
    let law: Vec<String> = version.cited(deviation.law()).map(|it| it.display(lang)).collect();
    (!law.is_empty()).then(|| law.join("; "))
}

impl Told<'_> {
    fn is_clean(&self) -> bool {
        self.replayed.as_ref().is_some_and(|it| it.fits() && it.is_lawful())
    }
}
