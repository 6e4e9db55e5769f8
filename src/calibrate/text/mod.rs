//! Estimates as a scenario: a text in canonical form, every figure with where it comes from.

mod case;
mod steps;
mod words;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;

use chrono::NaiveDate;

use super::back_test::BackTest;
use super::estimates::Estimates;
use super::fit::Fit;
use crate::calendar::Calendar;
use crate::definition::Procedure;
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::read::print_string;
use crate::simulate::format_text;
use crate::source::Sources;
use crate::text::Lang;
use words::{lengths, percent};

/// How a scenario is to be written from estimates.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "whoever writes a scenario decides all of it")]
pub struct Wording<'w> {
    /// The name of the scenario.
    pub id: Id,
    /// What it was learnt from, such as a file.
    pub source: &'w str,
    /// The language of its notes.
    pub lang: Lang,
    /// Which days it runs, and who files in them.
    pub scope: Scope<'w>,
    /// What a back-test said of scenarios that are learnt so, to be noted.
    pub tested: Option<&'w BackTest>,
}

/// Which days a scenario runs, and who files in them.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "whoever writes a scenario decides all of it")]
pub enum Scope<'w> {
    /// Those of the log, by the rates that were learnt.
    Log,
    /// Those of the log, at the very moments that were recorded.
    Recorded,
    /// As many after it, with the dossiers that were open at its end.
    After,
    /// Those after it until a day, with the dossiers that were open, others at given seconds, and no end for those that have none by then.
    Rest {
        /// The day on which the run ends.
        until: NaiveDate,
        /// When dossiers are filed, in order, in seconds since the epoch.
        filed: &'w [i64],
    },
}

impl Scope<'_> {
    const fn has_backlog(&self) -> bool {
        matches!(self, Self::After | Self::Rest { .. })
    }
}

impl Estimates {
    /// Writes the estimates as a scenario, in canonical form.
    ///
    /// # Errors
    ///
    /// What stands in the way of reading it back; that is a fault of this library.
    pub fn scenario(
        &self,
        procedure: &Procedure,
        calendar: &Calendar,
        wording: &Wording<'_>,
    ) -> Result<String, Vec<Diagnostic>> {
        let mut page = Page { estimates: self, procedure, calendar, wording, out: String::new() };
        page.head();
        page.pools();
        self.steps.iter().for_each(|it| page.step(it));
        page.case();
        let mut sources = Sources::new();
        let file = sources.add("calibrated", page.out);
        format_text(&sources, file)
    }
}

struct Page<'p> {
    estimates: &'p Estimates,
    procedure: &'p Procedure,
    calendar: &'p Calendar,
    wording: &'p Wording<'p>,
    out: String,
}

impl<'p> Page<'p> {
    fn line(&mut self, line: impl AsRef<str>) {
        self.out.push_str(line.as_ref());
        self.out.push('\n');
    }

    fn text(&mut self, key: &str, text: &str) {
        let _ = write!(self.out, "{key} = ");
        print_string(text, &mut self.out);
        self.out.push('\n');
    }

    fn pick<'t>(&self, vi: &'t str, en: &'t str) -> &'t str {
        self.wording.lang.pick(vi, en)
    }

    fn head(&mut self) {
        let (estimates, wording) = (self.estimates, self.wording);
        self.line("format = 1\n\n[scenario]");
        self.text("id", wording.id.as_str());
        let name = self.procedure.name();
        let vi = format!("{} theo nhật ký", name.get(Lang::Vi));
        let en = format!("{} as its log has it", name.get(Lang::En));
        let mut names = String::from("name = { vi = ");
        print_string(&vi, &mut names);
        names.push_str(", en = ");
        print_string(&en, &mut names);
        names.push_str(" }");
        self.line(names);
        self.text("calendar", estimates.calendar.as_str());
        let (from, until) = self.days();
        self.line(format!("from = {from}\nuntil = {until}"));
        if let Scope::Rest { .. } = wording.scope {
            self.line("drain = false");
        }
        self.text("source", wording.source);
        let (dossiers, open, deviating) = (estimates.dossiers, estimates.open, estimates.deviating);
        let level = percent(estimates.confidence.level());
        let mut note = wording.lang.pick(
            format!("{dossiers} hồ sơ, {open} chưa kết thúc, {deviating} sai khác với thủ tục; các khoảng tin cậy ở mức {level}."),
            format!("{dossiers} dossiers, {open} had not ended, {deviating} deviate from the procedure; intervals hold with {level}."),
        );
        if let Some(tested) = wording.tested {
            let _ = write!(note, " {}", tested.sentence(wording.lang));
        }
        self.text("note", &note);
    }

    /// Returns the days that are run: those of the log, or as many after it, within the version's own.
    fn days(&self) -> (NaiveDate, NaiveDate) {
        let (from, until) = match &self.estimates.arrivals {
            Some(it) => (it.from, it.until),
            None => (self.estimates.end, self.estimates.end),
        };
        let end = self.estimates.end;
        let (from, until) = match self.wording.scope {
            Scope::Log | Scope::Recorded => (from, until),
            Scope::After => (end, end + (until - from)),
            Scope::Rest { until, .. } => (end, until),
        };
        let (_, covered) = self.calendar.covered();
        let ends = [self.procedure.effective().until(), covered.pred_opt()];
        let until = ends.into_iter().flatten().fold(until, NaiveDate::min);
        let from = from.max(self.procedure.effective().from());
        (from, until.max(from.succ_opt().unwrap_or(from)))
    }

    fn fit(&self, fit: &Fit) -> String {
        let lang = self.wording.lang;
        let mean = fit.mean().map_or_else(|| "–".into(), |it| lengths(it, lang));
        let (seen, cut, distance) = (fit.seen(), fit.cut(), fit.distance());
        let mut text =
            lang.pick(format!("trung bình {mean}, n = {seen}"), format!("mean {mean}, n = {seen}"));
        if cut > 0 {
            let word = lang.pick("chưa xong", "cut off");
            let _ = write!(text, " ({cut} {word})");
        }
        match fit.fits() {
            true => {
                let _ = write!(text, ", KS {distance:.3}.");
            }
            false => {
                text.push_str(lang.pick("; không họ phân phối nào khớp.", "; no family fits."));
            }
        }
        text
    }
}
