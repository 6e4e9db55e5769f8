//! A plan for people: a table of states, what stands in the way, a table of terms; then the dossiers.

use std::fmt::Write as _;

use hoso::Maybe;
use hoso::clock::Length;
use hoso::definition::{Carriage, Pinning, Procedure};
use hoso::dossier::{Passage, Reason, Stage, TermPassage};
use hoso::id::Id;
use hoso::text::Lang;

use super::Report;
use crate::reasons;
use crate::table::Table;

pub(super) fn text(report: &Report<'_>, lang: Lang) -> String {
    let mut page = Page { report, lang, out: String::new() };
    page.head();
    page.states();
    page.provisos();
    page.terms();
    if let Some(moves) = report.moves {
        page.moves(moves);
    }
    page.out
}

pub(super) struct Page<'p> {
    report: &'p Report<'p>,
    pub(super) lang: Lang,
    pub(super) out: String,
}

impl Page<'_> {
    pub(super) fn line(&mut self, line: &str) {
        let _ = writeln!(self.out, "{line}");
    }

    fn head(&mut self) {
        let (plan, lang) = (self.report.plan, self.lang);
        let (old, new) = (plan.before(), plan.after());
        self.line(&format!("{} {} → {}", new.id(), old.version(), new.version()));
        self.line(&format!("  {}", new.name().get(lang)));
        for version in [old, new] {
            self.line(&format!("  {}: {}", version.version(), days(version, lang)));
        }
        let pinned = new.pinned();
        let rule = match pinned {
            Pinning::AtAcceptance => lang.pick(
                "hồ sơ đã tiếp nhận giữ phiên bản cũ; kế hoạch cho biết nếu chuyển thì gặp gì",
                "accepted dossiers keep their version; the plan says what a move would meet",
            ),
            Pinning::OptIn => lang.pick(
                "hồ sơ giữ phiên bản cũ, trừ khi người nộp đề nghị",
                "dossiers keep their version unless the applicant asks",
            ),
            _ => lang.pick(
                "hồ sơ chuyển vào ngày phiên bản mới có hiệu lực",
                "dossiers move on the first day of the new version",
            ),
        };
        self.line(&format!("  {} ({pinned}): {rule}", pinned.label(lang)));
        match plan.migration() {
            Some((name, it)) => {
                let law: Vec<String> = new.cited(it.law()).map(|it| it.display(lang)).collect();
                let law =
                    if law.is_empty() { String::new() } else { format!(" [{}]", law.join("; ")) };
                self.line(&format!("  migration.{name}: {}{law}", it.reason().get(lang)));
            }
            None => {
                let none = lang.pick(
                    "phiên bản mới không có quy định chuyển tiếp",
                    "the new version has no rule for the change",
                );
                self.line(&format!("  {none}"));
            }
        }
    }

    fn states(&mut self) {
        let lang = self.lang;
        let (state, passes, to) =
            lang.pick(("trạng thái", "chuyển", "đến"), ("state", "passes", "arrives in"));
        let mut table = Table::new(&[state, passes, to]);
        for stage in self.report.plan.stages() {
            table.row(self.row(stage));
        }
        self.out.push('\n');
        table.print("  ", &mut self.out);
        if self.report.plan.stages().iter().any(|it| !it.is_accepted()) {
            let before = lang.pick(
                "* hồ sơ có thể chưa được tiếp nhận; đến khi tiếp nhận, áp dụng phiên bản của ngày đó",
                "* not every dossier there was accepted; until then the version of the day governs",
            );
            self.line(&format!("  {before}"));
        }
        self.reasons();
    }

    fn row(&self, stage: &Stage) -> [String; 3] {
        let mark = if stage.is_accepted() { "" } else { " *" };
        let states = self.report.plan.before().states();
        let name = states.find(&stage.state()).map_or("", |(_, it)| it.name().get(self.lang));
        let to = match stage.to() {
            Some(to) if stage.is_mapped() => format!("{to} ←"),
            Some(to) if to == stage.state() => "=".into(),
            Some(to) => to.to_string(),
            None => "–".into(),
        };
        [format!("{name} ({}){mark}", stage.state()), stage.passage().label(self.lang).into(), to]
    }

    /// Says why dossiers do not pass as they are, once for all states with the same reasons.
    fn reasons(&mut self) {
        let blocked = self.report.plan.stages().iter().filter(|it| !it.reasons().is_empty());
        for group in alike(blocked, Stage::reasons) {
            self.group(&group);
        }
    }

    fn group(&mut self, stages: &[&Stage]) {
        let Some(first) = stages.first() else { return };
        let names: Vec<String> = stages.iter().map(|it| it.state().to_string()).collect();
        self.line(&format!("\n  {}: {}", names.join(", "), first.passage().label(self.lang)));
        for reason in first.reasons() {
            let line = self.reason(reason);
            self.line(&format!("    – {line}"));
        }
        if !first.candidates().is_empty() {
            let names: Vec<&str> = first.candidates().iter().map(Id::as_str).collect();
            let might = self.lang.pick("có thể ánh xạ tới", "might be mapped to");
            self.line(&format!("    ? {might} {}", names.join(", ")));
        }
    }

    /// Says once what stands in the way of some dossiers, and in which states.
    fn provisos(&mut self) {
        let mut listed: Vec<(&Reason, Vec<String>)> = Vec::new();
        let stages = self.report.plan.stages().iter();
        for stage in stages.filter(|it| it.passage() != Passage::Forbidden) {
            for reason in stage.provisos() {
                let state = stage.state().to_string();
                match listed.iter_mut().find(|(it, _)| *it == reason) {
                    Some((_, states)) => states.push(state),
                    None => listed.push((reason, vec![state])),
                }
            }
        }
        if listed.is_empty() {
            return;
        }
        let title = self.lang.pick(
            "Dù bảng trên cho chuyển, hồ sơ vẫn không chuyển được nguyên trạng nếu",
            "Whatever the table says, a dossier does not pass as it is where",
        );
        self.line(&format!("\n  {title}"));
        for (reason, states) in listed {
            let (line, states) = (self.reason(reason), states.join(", "));
            self.line(&format!("    – {line} ({states})"));
        }
    }

    fn terms(&mut self) {
        let lang = self.lang;
        let plan = self.report.plan;
        let terms = plan.terms();
        let headings = [
            lang.pick("thời hạn", "term"),
            plan.before().version().as_str(),
            plan.after().version().as_str(),
            lang.pick("khi chuyển", "on the move"),
        ];
        let mut table = Table::new(&headings);
        for term in &terms {
            table.row([
                self.name(term),
                self.length(term.before()),
                self.later_length(term),
                self.becomes(term).into(),
            ]);
        }
        self.out.push('\n');
        table.print("  ", &mut self.out);
    }

    fn name(&self, term: &TermPassage<'_>) -> String {
        let (plan, id) = (self.report.plan, term.term());
        let of = |it: &Procedure| Some(it.terms().find(&id)?.1.name()?.get(self.lang).to_owned());
        let name = of(plan.after()).or_else(|| of(plan.before()));
        name.map_or_else(|| id.to_string(), |it| format!("{it} ({id})"))
    }

    /// Writes what the later version says of a term: `=` where it says the same.
    fn later_length(&self, term: &TermPassage<'_>) -> String {
        if term.is_same() {
            return "=".into();
        }
        let length = self.length(term.after());
        if term.before() != term.after() {
            return length;
        }
        let otherwise = self.lang.pick("tính cách khác", "counted otherwise");
        format!("{length}, {otherwise}")
    }

    fn length(&self, limit: Option<&Maybe<Length>>) -> String {
        match limit {
            Some(Maybe::Known(length)) => length.label(self.lang),
            Some(_) => self.lang.pick("chưa rõ", "not known").into(),
            None => "–".into(),
        }
    }

    fn becomes(&self, term: &TermPassage<'_>) -> &'static str {
        match term.carriage() {
            Some(Carriage::Keep) if term.is_same() => self.lang.pick("Tính tiếp", "Runs on"),
            Some(carriage) => carriage.label(self.lang),
            None => self.lang.pick(
                "Hồ sơ không chuyển được khi đang tính thời hạn này",
                "Stands in the way while it runs",
            ),
        }
    }

    pub(super) fn reason(&self, reason: &Reason) -> String {
        reasons::text(reason, self.report.plan.after(), self.lang)
    }
}

/// Puts together what has the same reasons.
pub(super) fn alike<'a, T, R: PartialEq>(
    all: impl Iterator<Item = &'a T>,
    reasons: impl Fn(&'a T) -> R,
) -> Vec<Vec<&'a T>> {
    let mut groups: Vec<(R, Vec<&T>)> = Vec::new();
    for it in all {
        let why = reasons(it);
        match groups.iter_mut().find(|(other, _)| *other == why) {
            Some((_, group)) => group.push(it),
            None => groups.push((why, vec![it])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn days(version: &Procedure, lang: Lang) -> String {
    let (from, until) = (version.effective().from(), version.effective().until());
    match until {
        Some(until) => {
            lang.pick(format!("từ {from} đến trước {until}"), format!("from {from} until {until}"))
        }
        None => lang.pick(format!("từ {from}"), format!("from {from}")),
    }
}
