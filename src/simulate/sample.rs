//! Samples of dossiers, evenly over the time of a run.
//!
//! How many dossiers come in is not known before they do: every dossier of a
//! kind is kept until there are too many, then every second, every fourth, and
//! so on. Nothing is drawn, so that the same run gives the same sample.

use alloc::vec::Vec;

use super::history::History;
use super::kernel::{self, BACKLOG, Row, RowKind, Tally, Watch};
use super::model::Model;
use super::random::Key;
use crate::id::Id;

/// Dossiers of a run, of which the history can be told.
#[derive(Debug)]
pub struct Sample<'m, 'c> {
    model: &'m Model<'c>,
    seed: u64,
    // In the order in which the kernel told of them.
    rows: Vec<Row>,
    sampled: Vec<Sampled>,
}

/// How many dossiers of one kind are in a sample.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Sampled {
    /// The kind of case.
    pub case: Id,
    /// How many are in the sample: every so manieth of those that came in.
    pub kept: u64,
    /// The distance from one to the next, a power of two.
    pub every: u64,
    /// How many came in, without those of the backlog.
    pub filed: u64,
}

impl<'c> Model<'c> {
    /// Takes a sample of the first replication: of each kind at most so many dossiers, in the first office of its kind.
    ///
    /// Dossiers of the backlog have no beginning and are left out.
    #[must_use]
    pub fn sample(&self, seed: u64, most: u64) -> Sample<'_, 'c> {
        let luck = Key::of_seed(seed).number(0);
        let blank = |case: Id| Sampled { case, kept: 0, every: 1, filed: 0 };
        let sampled = self.cases.iter().map(|it| blank(it.name)).collect();
        let mut sampler = Sampler { most: most.max(1), rows: Vec::new(), sampled };
        for kind in &self.offices {
            let mut tally = Tally::new(self);
            let luck = luck.name(&kind.name).number(0);
            kernel::run(self, kind, luck, &mut tally, &mut sampler);
        }
        let Sampler { mut rows, mut sampled, .. } = sampler;
        if !self.drains {
            // Answers and payments are drawn when they are asked for.
            rows.retain(|it| it.at < self.until);
        }
        for row in &rows {
            let filed = matches!(row.kind, RowKind::Filed { .. });
            if let Some(it) = sampled.get_mut(usize::from(row.case)).filter(|_| filed) {
                it.kept += 1;
            }
        }
        Sample { model: self, seed, rows, sampled }
    }
}

impl Sample<'_, '_> {
    /// Returns how many dossiers of each kind it holds.
    #[must_use]
    pub fn sampled(&self) -> &[Sampled] {
        &self.sampled
    }

    /// Decides what happened to each dossier, by kind and number.
    pub fn histories(&self) -> impl Iterator<Item = History> {
        let mut rows = self.rows.clone();
        rows.sort_by_key(|it| (it.case, it.number, it.at));
        let mut told = 0;
        core::iter::from_fn(move || {
            let rest = rows.get(told..)?;
            let same = |it: &Row, next: &Row| (it.case, it.number) == (next.case, next.number);
            let of_one = rest.chunk_by(same).next()?;
            told += of_one.len();
            Some(History::of_rows(self.model, self.seed, of_one))
        })
        .flatten()
    }
}

/// Keeps the rows of a sample.
#[derive(Debug)]
struct Sampler {
    most: u64,
    rows: Vec<Row>,
    // INVARIANT: one for each kind of case.
    sampled: Vec<Sampled>,
}

impl Watch for Sampler {
    fn follows(&mut self, case: u16, number: u64) -> bool {
        if number >= BACKLOG {
            return false;
        }
        if let Some(it) = self.sampled.get_mut(usize::from(case)) {
            it.filed += 1;
        }
        self.keeps(case, number)
    }

    fn see(&mut self, row: Row) {
        // A dossier may have been let go after it came in.
        if !self.keeps(row.case, row.number) {
            return;
        }
        if let RowKind::Filed { .. } = row.kind
            && row.number / self.every(row.case) >= self.most
        {
            self.thin_out(row.case);
            return self.see(row);
        }
        self.rows.push(row);
    }
}

impl Sampler {
    #[inline]
    fn keeps(&self, case: u16, number: u64) -> bool {
        // The distance is a power of two.
        number & (self.every(case) - 1) == 0
    }

    fn every(&self, case: u16) -> u64 {
        self.sampled.get(usize::from(case)).map_or(1, |it| it.every)
    }

    /// Lets every second dossier of a kind go.
    fn thin_out(&mut self, case: u16) {
        let Some(sampled) = self.sampled.get_mut(usize::from(case)) else { return };
        sampled.every *= 2;
        let every = sampled.every;
        self.rows.retain(|it| it.case != case || it.number.is_multiple_of(every));
    }
}
