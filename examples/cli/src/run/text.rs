//! The report of a run for people: one block per dossier, then what asks for attention.

use std::fmt::Write as _;

use hoso::authority::Acting;
use hoso::definition::{DECISION, PortalStatus, Procedure};
use hoso::dossier::{Breach, Charge, Consulted, Dossier, Standing, TermState};
use hoso::id::Id;
use hoso::money::Dong;
use hoso::text::Lang;

use super::Report;
use super::case::{Case, Lapse, Refused};
use super::{label, summary};
use crate::{ledger, moment, reasons, standing};

pub(super) fn text(report: &Report<'_>, lang: Lang, ledgers: bool) -> String {
    let mut out = String::new();
    for case in report.cases {
        Block { report, case, lang, ledgers, out: &mut out }.print();
    }
    summary::print(report, lang, &mut out);
    out
}

/// One dossier on paper.
struct Block<'b> {
    report: &'b Report<'b>,
    case: &'b Case<'b>,
    lang: Lang,
    ledgers: bool,
    out: &'b mut String,
}

impl Block<'_> {
    fn print(mut self) {
        let version = self.case.version(self.report.office);
        let dossier = self.case.dossier();
        self.head(version);
        self.standing(version);
        self.receiver();
        self.parts();
        self.terms(version);
        dossier.consultations().iter().for_each(|it| self.consultation(it, version));
        self.case.lapses().iter().for_each(|it| self.lapse(it, version));
        dossier.charges().iter().for_each(|it| self.fee(it, version));
        dossier.breaches().iter().for_each(|it| self.breach(it, version));
        self.case.refused().iter().for_each(|it| self.refused(it));
        self.out.push('\n');
    }

    fn line(&mut self, line: &str) {
        let _ = writeln!(self.out, "  {line}");
    }

    fn head(&mut self, version: Option<&Procedure>) {
        let mut head = String::from(self.case.name());
        if let Some(it) = version {
            let name = label::procedure(it, self.lang);
            let _ = write!(head, "  {name} ({} {})", it.id(), it.version());
        }
        if let Some(code) = self.case.dossier().code() {
            let _ = write!(head, " · {} {code}", self.lang.pick("mã số hồ sơ", "code"));
        }
        let _ = writeln!(self.out, "{head}");
    }

    /// Says where it is, since when, and until when.
    fn standing(&mut self, version: Option<&Procedure>) {
        let (dossier, lang) = (self.case.dossier(), self.lang);
        let (Some(state), Some(status)) =
            (label::state(dossier, version, lang), dossier.portal_status())
        else {
            return self.line(lang.pick("chưa nộp", "not filed"));
        };
        let mut line = format!("{state} ({})", label::status(status, &state, lang));
        if let Some(at) = dossier.accepted() {
            let _ =
                write!(line, " · {} {}", lang.pick("tiếp nhận", "accepted"), moment::people(at));
        }
        if self.is_promised() {
            line += &due(dossier, lang);
        }
        if let Some(at) = dossier.ended() {
            let _ = write!(line, " · {} {}", lang.pick("xong", "ended"), moment::people(at));
        }
        if self.report.is_overdue(self.case) {
            line += lang.pick(" · QUÁ HẠN", " · OVERDUE");
        }
        self.line(&line);
    }

    /// Says how the parts of a linked dossier stand.
    fn parts(&mut self) {
        let parts = self.case.parts();
        if !parts.is_empty() {
            self.line(&standing::line(parts, self.lang));
        }
    }

    /// Whether a result is or was owed on a day: not when the dossier was stopped in time or never received.
    fn is_promised(&self) -> bool {
        let gave_nothing = |it: PortalStatus| it.is_terminal() && !it.is_returned();
        !self.case.dossier().portal_status().is_some_and(gave_nothing)
            || self.report.is_overdue(self.case)
    }

    /// Says who received it, and who acts where that one has ended.
    fn receiver(&mut self) {
        let (dossier, lang) = (self.case.dossier(), self.lang);
        let Some(receiver) = dossier.received_by() else { return };
        let name = |it: &Id| label::authority(self.report.office.authorities(), it, lang);
        let mut line = format!("{} {}", lang.pick("nơi nhận", "received by"), name(&receiver));
        if let Some(it) = self.report.acting(dossier).filter(|it| !it.ended().is_empty()) {
            let all: Vec<String> = it.acting().ids().iter().map(name).collect();
            let since = it.ended().last().and_then(|it| it.effective().until());
            let since = since.map_or(String::new(), |it| it.to_string());
            let _ = match it.acting() {
                Acting::One(_) => {
                    let takes_over = lang.pick("kế thừa từ", "since");
                    write!(line, " → {} ({takes_over} {since})", all.join(""))
                }
                Acting::OneOf(_) => {
                    let one = lang.pick("một trong", "one of");
                    let why = lang.pick(
                        "chưa rõ: địa bàn được chia cho nhiều cơ quan",
                        "not told which: its territory went to several",
                    );
                    write!(line, " → {one} {} ({why})", all.join(", "))
                }
                Acting::Nobody => {
                    let nobody = lang.pick("chưa rõ cơ quan kế thừa", "nobody is known to follow");
                    write!(line, " → {nobody}")
                }
            };
        }
        self.line(&line);
    }

    /// Accounts for the due date, or for every term.
    fn terms(&mut self, version: Option<&Procedure>) {
        let dossier = self.case.dossier();
        if let Some(renewed) = dossier.appointment().and_then(|it| it.renewed) {
            let again = self.lang.pick("xin lỗi, hẹn lại", "apology, new day");
            self.line(&format!("{again}: {renewed}"));
        }
        for term in dossier.terms() {
            let is_due = term.term == DECISION && self.is_promised();
            if is_due || self.ledgers {
                self.term(term, version);
            }
        }
    }

    fn term(&mut self, term: &TermState, version: Option<&Procedure>) {
        let lang = self.lang;
        let mut line = label::term(&term.term, version, lang);
        let clock = &term.clock;
        let Some(length) = clock.length() else {
            let unknown = lang.pick("chưa xác định được thời hạn", "its length is not known");
            return self.line(&format!("{line}: {unknown}"));
        };
        let _ = write!(line, " {}", label::length(length, lang));
        match (term.standing, term.due) {
            (Standing::Suspended, _) => {
                let since = clock.suspensions().iter().find(|it| it.until().is_none());
                let since = since.map_or(String::new(), |it| moment::people(it.from()));
                let still = lang.pick("tạm dừng từ", "suspended since");
                let _ = write!(line, ": {still} {since}");
            }
            (_, Some(due)) => {
                let _ = write!(line, " → {}", moment::people(due.moment()));
                if due.is_provisional() {
                    line += lang.pick(" (tạm tính)", " (provisional)");
                }
                if let Ok(Some(ledger)) = clock.ledger(self.report.office.calendar()) {
                    let _ = write!(line, ": {}", ledger::line(&ledger, lang));
                }
            }
            _ => {}
        }
        self.line(&line);
    }

    /// Says which agency was asked, until when, and what came of it.
    fn consultation(&mut self, asked: &Consulted, version: Option<&Procedure>) {
        let lang = self.lang;
        let agency = label::agency(&asked.consultation, version, lang);
        let at = moment::people(asked.at);
        let mut line = format!("{} {agency} {at}", lang.pick("lấy ý kiến", "consulted"));
        if let Some(due) = asked.due {
            let due = moment::people(due.moment());
            let _ = write!(line, ", {} {due}", lang.pick("hạn trả lời", "answer due"));
        }
        let _ = write!(line, " → {}", label::outcome(asked.outcome, lang));
        self.line(&line);
    }

    /// Says what happened when a term ended and nobody had acted.
    fn lapse(&mut self, lapse: &Lapse, version: Option<&Procedure>) {
        let lang = self.lang;
        let term = label::term(&lapse.term, version, lang);
        let ended = lang.pick("hết thời hạn", "expired");
        let itself = lang.pick("tự động", "by itself");
        let step = label::transition(&lapse.transition, version, lang);
        self.line(&format!("{ended} {}: {term} → {itself}: {step}", moment::people(lapse.at)));
    }

    fn fee(&mut self, charge: &Charge, version: Option<&Procedure>) {
        let lang = self.lang;
        let amount = match (charge.payer, charge.why) {
            (Some(payer), _) => format!("{payer} đ"),
            (None, Some(why)) => why.label(lang).into(),
            (None, None) => lang.pick("chưa rõ", "not known").into(),
        };
        let mut line = format!("{}: {amount}", self.fee_name(charge, version));
        if charge.paid != Dong::ZERO {
            let _ = write!(line, ", {} {} đ", lang.pick("đã nộp", "paid"), charge.paid);
        }
        if let Some(subsidy) = charge.subsidy {
            let _ = write!(line, ", {} {subsidy} đ", lang.pick("hỗ trợ", "subsidy"));
        }
        let assessment = self.case.assessment(self.report.office, charge);
        for it in assessment.iter().flat_map(|it| it.lines()) {
            if let Some(ground) = it.ground(lang) {
                let rule =
                    it.rule().map_or(String::new(), |(_, name)| format!("{}, ", name.get(lang)));
                let _ = write!(line, " [{rule}{ground}]");
            }
        }
        self.line(&line);
    }

    fn fee_name(&self, charge: &Charge, version: Option<&Procedure>) -> String {
        let name = label::fee(&charge.fee, version, self.lang);
        format!("{} {name}", self.lang.pick("khoản thu", "charge"))
    }

    fn breach(&mut self, breach: &Breach, version: Option<&Procedure>) {
        let (word, at) = (self.lang.pick("vi phạm", "breach"), moment::people(breach.at));
        let due = breach.due.map_or(String::new(), |it| {
            format!(", {} {}", self.lang.pick("hạn", "due"), moment::people(it))
        });
        let what = label::breach(breach, version, self.lang);
        self.line(&format!("{word}: {what}, {at}{due}"));
    }

    fn refused(&mut self, refused: &Refused<'_>) {
        let label = self.lang.pick("từ chối", "refused");
        let place = match self.report.files {
            1 => format!("{} {}", self.lang.pick("dòng", "line"), refused.place.line()),
            _ => refused.place.to_string(),
        };
        let step = self.step(refused);
        self.line(&format!("{label} {place}: {step}"));
        for reason in refused.rejection.reasons() {
            let text = reasons::text(reason, refused.procedure, self.lang);
            self.line(&format!("  – {text}"));
        }
    }
    /// Returns what was to be done: a transition by its name, or a command that every dossier takes.
    fn step(&self, refused: &Refused<'_>) -> String {
        let word = &refused.transition;
        let id = Id::parse(word).ok();
        let known = id.and_then(|it| refused.procedure.transitions().find(&it));
        known.map_or_else(
            || format!("`{word}`"),
            |(_, it)| format!("{} (`{word}`)", it.name(self.lang)),
        )
    }
}

/// Returns the day for which the result is promised.
fn due(dossier: &Dossier, lang: Lang) -> String {
    match dossier.due() {
        Some(due) => {
            let (day, word) = (due.date_naive(), lang.pick("hẹn trả", "due"));
            format!(" · {word} {day} ({})", moment::weekday(day, lang))
        }
        None if dossier.accepted().is_some() => {
            lang.pick(" · chưa có ngày hẹn", " · no due date now").into()
        }
        None => String::new(),
    }
}
