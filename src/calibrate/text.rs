//! Estimates as a scenario: a text in canonical form, every figure with where it comes from.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;

use chrono::{DateTime, NaiveDate};

use super::estimates::{Chance, Estimates, StepEstimate};
use super::facts::FactShares;
use super::fit::Fit;
use super::pools::{Counted, Pool};
use super::steps::TimeKind;
use crate::calendar::Calendar;
use crate::definition::Procedure;
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::read::print_string;
use crate::simulate::figures::Interval;
use crate::simulate::{Basis, format_text};
use crate::source::Sources;
use crate::text::Lang;

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
    /// Whether it starts where the log ends, with the dossiers that were open.
    pub from_backlog: bool,
    /// Whether dossiers come in at the very moments that were recorded.
    pub as_recorded: bool,
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

/// The most combinations of facts that are written.
const MOST_COMBINATIONS: usize = 2_048;

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
        self.text("source", wording.source);
        let (dossiers, open, deviating) = (estimates.dossiers, estimates.open, estimates.deviating);
        let level = percent(estimates.confidence.level());
        let note = wording.lang.pick(
            format!("{dossiers} hồ sơ, {open} chưa kết thúc, {deviating} sai khác với thủ tục; các khoảng tin cậy ở mức {level}."),
            format!("{dossiers} dossiers, {open} had not ended, {deviating} deviate from the procedure; intervals hold with {level}."),
        );
        self.text("note", &note);
    }

    /// Returns the days that are run: those of the log, or as many after it, within the version's own.
    fn days(&self) -> (NaiveDate, NaiveDate) {
        let (from, until) = match &self.estimates.arrivals {
            Some(it) => (it.from, it.until),
            None => (self.estimates.end, self.estimates.end),
        };
        let (from, until) = match self.wording.from_backlog {
            true => (self.estimates.end, self.estimates.end + (until - from)),
            false => (from, until),
        };
        let (_, covered) = self.calendar.covered();
        let ends = [self.procedure.effective().until(), covered.pred_opt()];
        let until = ends.into_iter().flatten().fold(until, NaiveDate::min);
        let from = from.max(self.procedure.effective().from());
        (from, until.max(from.succ_opt().unwrap_or(from)))
    }

    fn pools(&mut self) {
        for (place, pool) in self.estimates.pools.iter().enumerate() {
            let Some(first) = pool.roles.first() else { continue };
            let name = if pool.roles.len() == 1 {
                format!("{first}")
            } else {
                format!("pool-{}", place + 1)
            };
            self.line(format!("\n[pool.{}]", key(&name)));
            let roles: Vec<String> = pool.roles.iter().map(|it| format!("\"{it}\"")).collect();
            self.line(format!("roles = [{}]", roles.join(", ")));
            self.line(format!("officers = {}", pool.officers));
            self.line(format!("hours = \"{}\"", pool.hours));
            let note = self.pool_note(pool);
            self.text("note", &note);
            if pool.counted != Counted::People {
                let assumed = self.pick(
                    "số người không đọc được trực tiếp từ nhật ký",
                    "the log does not tell the headcount itself",
                );
                self.text("assumed", assumed);
            }
        }
    }

    fn pool_note(&self, pool: &Pool) -> String {
        let lang = self.wording.lang;
        let counted = pool.counted.label(lang);
        let (people, at_once) = (pool.people, pool.at_once);
        let mut note = lang.pick(
            format!("Cách đếm: {counted}. Nhật ký nêu {people} tên."),
            format!("Counted by {counted}. The log names {people}."),
        );
        if let Some(load) = pool.load.map(percent) {
            note.push_str(&lang.pick(
                format!(" Nhiều nhất {at_once} hồ sơ cùng lúc; việc đã ghi chiếm {load} giờ làm."),
                format!(" At most {at_once} dossiers at once; the recorded work takes {load} of the hours."),
            ));
        }
        note
    }

    fn step(&mut self, it: &StepEstimate) {
        self.line(format!("\n[step.{}]", key(it.step.as_str())));
        if !it.states.is_empty() {
            let states: Vec<String> = it.states.iter().map(|it| format!("\"{it}\"")).collect();
            self.line(format!("in = [{}]", states.join(", ")));
        }
        if let Some(share) = &it.share {
            self.line(format!("share = \"{}\"", ratio(share)));
        }
        if let Some(again) = &it.again {
            self.line(format!("again = \"{}\"", ratio(again)));
        }
        if let Some(role) = it.role.filter(|_| it.names_role) {
            self.line(format!("by = \"{role}\""));
        }
        self.time(it);
        if !it.sets.is_empty() {
            let sets: Vec<String> = it
                .sets
                .iter()
                .map(|(fact, value)| format!("{} = \"{value}\"", key(fact.as_str())))
                .collect();
            self.line(format!("sets = {{ {} }}", sets.join(", ")));
        }
        let note = self.step_note(it);
        self.text("note", &note);
        let delayed = self.pick(
            "nhật ký không ghi lúc bắt đầu: thời gian này gồm cả chờ, và không ai bận vì nó",
            "the log does not say when work began: this time holds the queue too, and nobody is busy with it",
        );
        let unseen = self.pick(
            "nhật ký không có hồ sơ nào như một số trường hợp cần bước này: bước được lấy để chúng đi tiếp",
            "no dossier of the log was like some cases that need this step: it is taken so that they go on",
        );
        let assumed: Vec<&str> = [(it.kind == TimeKind::Delay, delayed), (it.assumed, unseen)]
            .into_iter()
            .filter_map(|(holds, why)| holds.then_some(why))
            .collect();
        if !assumed.is_empty() {
            self.text("assumed", &assumed.join("; "));
        }
    }

    fn time(&mut self, it: &StepEstimate) {
        let word = if it.kind == TimeKind::Work { "work" } else { "wait" };
        match &it.time {
            Some(fit) => self.line(format!("{word} = {}", fit.distribution())),
            None => self.line("wait = \"0 seconds\""),
        }
        if word == "wait" && it.counted == Basis::Office {
            self.line("counted = \"office\"");
        }
    }

    fn step_note(&self, it: &StepEstimate) -> String {
        let lang = self.wording.lang;
        let times = it.times;
        let mut note = lang.pick(format!("{times} lần."), format!("{times} times."));
        if let Some(share) = &it.share {
            let word = lang.pick("Tỷ lệ", "Share");
            let _ = write!(note, " {word} {}.", chance(share));
        }
        if let Some(again) = &it.again {
            let word = lang.pick("Lần sau", "Again");
            let _ = write!(note, " {word} {}.", chance(again));
        }
        if let Some(fit) = &it.time {
            let kind = it.kind.label(lang);
            let _ = write!(note, " {}: {}", capital(kind), self.fit(fit));
        }
        note
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

    fn case(&mut self) {
        let estimates = self.estimates;
        let name = key(estimates.procedure.as_str());
        self.line(format!("\n[case.{name}]"));
        self.text("procedure", estimates.procedure.as_str());
        self.text("version", estimates.version.as_str());
        if let Some(it) = &estimates.complete {
            self.line(format!("complete = \"{}\"", ratio(it)));
        }
        self.channels();
        let (fixed, drawn) = self.facts();
        if !fixed.is_empty() {
            let fixed: Vec<String> = fixed
                .iter()
                .filter_map(|it| {
                    Some(format!("{} = \"{}\"", key(it.fact.as_str()), commonest(it)?))
                })
                .collect();
            self.line(format!("facts = {{ {} }}", fixed.join(", ")));
        }
        if self.wording.from_backlog {
            self.backlog();
        }
        if let Some(it) = &estimates.complete {
            let word = self.pick("Đủ giấy tờ khi nộp", "Papers complete when filed");
            let note = format!("{word}: {}.", chance(it));
            self.text("note", &note);
        }
        self.arrivals(&name);
        for it in drawn {
            self.drawn(&name, it);
        }
        for it in &estimates.answers {
            let Some(after) = &it.after else { continue };
            self.line(format!("\n[case.{name}.answer.{}]", key(it.consultation.as_str())));
            self.line(format!("after = {}", after.distribution()));
            if it.counted == Basis::Office {
                self.line("counted = \"office\"");
            }
            self.line(format!("silent = \"{}%\"", hundredths(it.silent.mean())));
            let (asked, answered) = (it.asked, it.answered);
            let silent = bounds(&it.silent);
            let fit = self.fit(after);
            let note = self.wording.lang.pick(
                format!("Hỏi {asked} lần, trả lời {answered}. Im lặng {silent}. Trả lời: {fit}"),
                format!(
                    "Asked {asked} times, answered {answered}. Silent {silent}. Answers: {fit}"
                ),
            );
            self.text("note", &note);
        }
    }

    fn channels(&mut self) {
        let all: u64 = self.estimates.channels.iter().map(|it| it.1).sum();
        let shares: Vec<String> = match self.estimates.channels.as_slice() {
            [] => self
                .procedure
                .channels()
                .iter()
                .take(1)
                .map(|it| format!("{it} = \"100%\""))
                .collect(),
            some => some.iter().map(|(it, count)| format!("{it} = \"{count}/{all}\"")).collect(),
        };
        self.line(format!("channels = {{ {} }}", shares.join(", ")));
    }

    /// Returns the facts with one value, and those that are drawn; as few are drawn as the cases allow.
    fn facts(&self) -> (Vec<&'p FactShares>, Vec<&'p FactShares>) {
        let mut all: Vec<&'p FactShares> = self.estimates.facts.iter().collect();
        all.retain(|it| it.fact != crate::definition::CHANNEL);
        all.sort_by_key(|it| !it.decides);
        let mut combinations = self.estimates.channels.len().max(1);
        all.into_iter().partition(|it| {
            let more = combinations.saturating_mul(it.values.len());
            let is_fixed = it.values.len() <= 1 || more > MOST_COMBINATIONS;
            if !is_fixed {
                combinations = more;
            }
            is_fixed
        })
    }

    fn drawn(&mut self, case: &str, it: &FactShares) {
        self.line(format!("\n[case.{case}.fact.{}]", key(it.fact.as_str())));
        let all: u64 = it.values.iter().map(|it| it.1).sum();
        let chances: Vec<String> = it
            .values
            .iter()
            .map(|(value, count)| format!("{} = \"{count}/{all}\"", key(&format!("{value}"))))
            .collect();
        self.line(format!("chances = {{ {} }}", chances.join(", ")));
        let (told, dossiers) = (it.told, self.estimates.dossiers);
        let note = self.wording.lang.pick(
            format!("Được ghi ở {told} trên {dossiers} hồ sơ."),
            format!("Recorded of {told} of {dossiers} dossiers."),
        );
        self.text("note", &note);
    }

    fn backlog(&mut self) {
        let states: Vec<String> = self
            .estimates
            .backlog
            .iter()
            .map(|(state, count)| format!("{} = {count}", key(state.as_str())))
            .collect();
        if states.is_empty() {
            return;
        }
        self.line(format!("backlog = {{ {} }}", states.join(", ")));
        if let Some(age) = &self.estimates.backlog_age {
            self.line(format!("backlog-age = {}", age.distribution()));
        }
    }

    fn arrivals(&mut self, case: &str) {
        let Some(it) = &self.estimates.arrivals else { return };
        self.line(format!("\n[case.{case}.arrivals]"));
        if self.wording.as_recorded {
            let offset = self.calendar.offset();
            let moments: Vec<String> = it
                .moments
                .iter()
                .filter_map(|at| DateTime::from_timestamp(*at, 0))
                .map(|at| format!("{}", at.with_timezone(&offset).format("%Y-%m-%dT%H:%M:%S")))
                .collect();
            self.line(format!("at = [{}]", moments.join(", ")));
        } else {
            self.line(format!("rate = \"{} per day\"", decimals(it.per_day.mean())));
            self.line(format!("hours = \"{}\"", it.hours));
            for (word, weights) in [
                ("by-hour", &it.by_hour),
                ("by-weekday", &it.by_weekday),
                ("by-month", &it.by_month),
            ] {
                if !weights.is_empty() {
                    self.line(format!("{word} = {weights:?}"));
                }
            }
        }
        let (filed, days) = (it.filed, it.days);
        let (low, high) = (decimals(it.per_day.low()), decimals(it.per_day.high()));
        let (dispersion, cv) = (it.dispersion, it.gap_cv);
        let note = self.wording.lang.pick(
            format!("{filed} hồ sơ trong {days} ngày: {low}–{high} mỗi ngày; phương sai/trung bình {dispersion:.2}, hệ số biến thiên của khoảng cách {cv:.2} (Poisson: 1)."),
            format!("{filed} dossiers on {days} days: {low}–{high} a day; variance over mean {dispersion:.2}, gaps vary by {cv:.2} (Poisson: 1)."),
        );
        self.text("note", &note);
        if it.is_uneven() && !self.wording.as_recorded {
            let assumed = self.pick(
                "hồ sơ đến theo luồng Poisson, dù số hồ sơ mỗi ngày biến động hơn thế",
                "dossiers come in as a Poisson process, although days differ by more",
            );
            self.text("assumed", assumed);
        }
    }
}

/// Returns the value that most dossiers have.
fn commonest(it: &FactShares) -> Option<String> {
    it.values.iter().max_by_key(|it| it.1).map(|it| format!("{}", it.0))
}

/// Returns a key of TOML, quoted where it must be.
fn key(name: &str) -> String {
    let plain = |it: u8| it.is_ascii_alphanumeric() || it == b'-';
    if name.bytes().all(plain) { name.into() } else { format!("\"{name}\"") }
}

fn ratio(it: &Chance) -> String {
    let written = it.written();
    match written % 100 {
        0 => format!("{}%", written / 100),
        rest => format!("{}.{rest:02}%", written / 100),
    }
}

/// Returns a share in percent with two decimals.
#[expect(clippy::float_arithmetic, reason = "a share is written in percent")]
fn hundredths(share: f64) -> String {
    let text = format!("{:.2}", share * 100.0);
    text.trim_end_matches('0').trim_end_matches('.').into()
}

fn percent(share: f64) -> String {
    format!("{} %", hundredths(share))
}

fn bounds(it: &Interval) -> String {
    format!("{} ({}–{})", percent(it.mean()), hundredths(it.low()), hundredths(it.high()))
}

fn chance(it: &Chance) -> String {
    format!("{}, {}/{}", bounds(&it.share), it.taken, it.possible)
}

/// Returns a number with three decimals at most.
fn decimals(number: f64) -> String {
    let text = format!("{number:.3}");
    text.trim_end_matches('0').trim_end_matches('.').into()
}

/// Returns a mean length of time and its bounds, for people.
fn lengths(it: &Interval, lang: Lang) -> String {
    let one = |seconds: f64| {
        super::fit::lapse(libm::fmax(seconds, 0.0)).map_or_else(|| "–".into(), |it| it.label(lang))
    };
    format!("{} ({}–{})", one(it.mean()), one(it.low()), one(it.high()))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
}
