//! The days of a bundle: cut where the version of a part changes, without a gap.

use alloc::format;
use alloc::vec::Vec;

use chrono::NaiveDate;

use super::lower::Text;
use crate::definition::draft::PartDraft;
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::law::Interval;
use crate::read::Kind;
use crate::source::At;

const PROCEDURE: Kind =
    Kind { code: "undeclared-procedure", what: "procedure", table: "procedure" };

/// The days of one lead, and the parts that must be in force on them.
pub(super) struct Days<'d> {
    pub(super) text: &'d Text<'d>,
    pub(super) whole: Interval,
    pub(super) parts: &'d [(At<Id>, &'d PartDraft)],
}

impl Days<'_> {
    /// Cuts the days where the version of a part changes; none where one is missing, which is reported.
    pub(super) fn stretches(&self, found: &mut Vec<Diagnostic>) -> Vec<Interval> {
        let mut cuts: Vec<NaiveDate> = Vec::from([self.whole.from()]);
        let mut is_whole = true;
        for (id, part) in self.parts {
            let versions = self.text.versions(part);
            let days = versions.filter_map(|it| self.whole.shared(it.procedure.effective()));
            let days: Vec<Interval> = days.collect();
            cuts.extend(days.iter().map(Interval::from));
            is_whole &= self.is_covered(*id, part, days, found);
        }
        cuts.sort_unstable();
        cuts.dedup();
        let ends = cuts.iter().skip(1).copied().map(Some).chain([self.whole.until()]);
        let stretches = cuts.iter().zip(ends);
        let stretches = stretches.filter_map(|(from, until)| Interval::new(*from, until));
        if is_whole { stretches.collect() } else { Vec::new() }
    }

    /// Says whether some version of a part is in force on every day; reports it once if not.
    fn is_covered(
        &self,
        id: At<Id>,
        part: &PartDraft,
        days: Vec<Interval>,
        found: &mut Vec<Diagnostic>,
    ) -> bool {
        let Some(wanted) = part.procedure.0 else { return false };
        if self.text.versions(part).next().is_none() {
            found.extend(self.undeclared(wanted));
            return false;
        }
        let Some(gap) = self.whole.first_gap(days) else { return true };
        if !self.text.gaps {
            let (procedure, part) = (wanted.value, id.value);
            let message =
                format!("procedure `{procedure}` of part `{part}` has no version for {gap}");
            let diagnostic = Diagnostic::error("version-gap", wanted.span, message);
            let help = "shorten the interval of the bundle, or load the missing version";
            found.push(diagnostic.help(help));
        }
        false
    }

    /// Says that a procedure is not there, unless it may stand in a text that could not be read.
    fn undeclared(&self, wanted: At<Id>) -> Option<Diagnostic> {
        let procedures = self.text.compiled.iter().filter(|it| !it.is_bundle());
        let known = procedures.map(|it| *it.procedure.id());
        (!self.text.gaps).then(|| PROCEDURE.not_among(wanted, known))
    }
}
