//! The report of a run for people: one block per dossier, then the totals.

use std::fmt::Write as _;

use hoso::definition::Procedure;
use hoso::dossier::{Breach, Charge, Standing, TermState};
use hoso::money::Dong;
use hoso::text::Lang;

use super::Report;
use super::case::{Case, Refused};
use crate::{ledger, moment, reasons};

pub(super) fn text(report: &Report<'_>, lang: Lang, ledgers: bool) -> String {
    let mut out = String::new();
    for case in report.cases {
        Block { report, case, lang, ledgers, out: &mut out }.print();
    }
    totals(report, lang, &mut out);
    out
}

fn totals(report: &Report<'_>, lang: Lang, out: &mut String) {
    let (fees, unknown) = report.fees();
    let mut parts = vec![
        (lang.pick("hồ sơ", "dossiers"), report.cases.len().to_string()),
        (lang.pick("lệnh", "commands"), report.lines.to_string()),
        (lang.pick("bị từ chối", "refused"), report.refused().to_string()),
        (lang.pick("đúng hạn", "on time"), report.on_time().to_string()),
        (lang.pick("quá hạn", "overdue"), report.overdue().to_string()),
        (lang.pick("phí, lệ phí", "fees"), format!("{} đ", Dong::new(fees))),
    ];
    if unknown > 0 {
        parts.push((lang.pick("chưa rõ phí", "fee not known"), unknown.to_string()));
    }
    let parts: Vec<String> =
        parts.into_iter().map(|(what, number)| format!("{what} {number}")).collect();
    let _ = write!(out, "{}: {}", lang.pick("Tổng cộng", "Totals"), parts.join(" · "));
    if let Some(as_of) = report.as_of {
        let _ = write!(out, " ({} {})", lang.pick("tính đến", "as of"), moment::people(as_of));
    }
    out.push('\n');
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
        self.head(version);
        self.standing(version);
        self.terms(version);
        self.fees();
        self.case.dossier().breaches().iter().for_each(|it| self.breach(it));
        self.case.refused().iter().for_each(|it| self.refused(it));
        self.out.push('\n');
    }

    fn line(&mut self, line: &str) {
        let _ = writeln!(self.out, "  {line}");
    }

    fn head(&mut self, version: Option<&Procedure>) {
        let name = self.case.name();
        let _ = match version {
            Some(it) => writeln!(
                self.out,
                "{name}  {} ({} {})",
                it.name().get(self.lang),
                it.id(),
                it.version()
            ),
            None => writeln!(self.out, "{name}"),
        };
    }

    /// Says where it is, since when, and until when.
    fn standing(&mut self, version: Option<&Procedure>) {
        let (dossier, lang) = (self.case.dossier(), self.lang);
        let (Some(state), Some(status)) = (dossier.state(), dossier.portal_status()) else {
            return self.line(lang.pick("chưa nộp", "not filed"));
        };
        let named = version.and_then(|it| it.states().find(&state)).map(|(_, it)| it.name());
        let named = named.map_or(String::new(), |it| format!("{} ", it.get(lang)));
        let mut line = format!("{named}({state}), {status} {}", status.label(lang));
        if let Some(at) = dossier.accepted() {
            let _ =
                write!(line, " · {} {}", lang.pick("tiếp nhận", "accepted"), moment::people(at));
        }
        match dossier.due() {
            Some(due) => {
                let (day, word) = (due.date_naive(), lang.pick("hẹn trả", "due"));
                let _ = write!(line, " · {word} {day} ({})", moment::weekday(day, lang));
            }
            None if dossier.accepted().is_some() => {
                line += lang.pick(" · chưa có ngày hẹn", " · no due date now");
            }
            None => {}
        }
        if let Some(at) = dossier.ended() {
            let _ = write!(line, " · {} {}", lang.pick("xong", "ended"), moment::people(at));
        }
        if self.report.is_overdue(self.case) {
            line += lang.pick(" · QUÁ HẠN", " · OVERDUE");
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
            let is_due = term.term == *"decision";
            if is_due || self.ledgers {
                self.term(term, version);
            }
        }
    }

    fn term(&mut self, term: &TermState, version: Option<&Procedure>) {
        let lang = self.lang;
        let named = version.and_then(|it| it.terms().find(&term.term)?.1.name());
        let mut line = named.map_or(term.term.to_string(), |it| it.get(lang).into());
        let clock = &term.clock;
        let Some(length) = clock.length() else {
            let unknown = lang.pick("chưa xác định được thời hạn", "its length is not known");
            return self.line(&format!("{line}: {unknown}"));
        };
        let _ = write!(line, " {}", length.label(lang));
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

    fn fees(&mut self) {
        for charge in self.case.dossier().charges() {
            self.fee(charge);
        }
    }

    fn fee(&mut self, charge: &Charge) {
        let lang = self.lang;
        let amount = match (charge.payer, charge.why) {
            (Some(payer), _) => format!("{payer} đ"),
            (None, Some(why)) => why.label(lang).into(),
            (None, None) => lang.pick("chưa rõ", "not known").into(),
        };
        let mut line = format!("{} {}: {amount}", lang.pick("phí", "fee"), charge.fee);
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

    fn breach(&mut self, breach: &Breach) {
        let (label, at) = (self.lang.pick("vi phạm", "breach"), moment::people(breach.at));
        let due = breach.due.map_or(String::new(), |it| {
            format!(", {} {}", self.lang.pick("hạn", "due"), moment::people(it))
        });
        self.line(&format!("{label} {}: {at}{due}", breach.rule));
    }

    fn refused(&mut self, refused: &Refused<'_>) {
        let label = self.lang.pick("từ chối", "refused");
        let place = match self.report.files {
            1 => format!("{} {}", self.lang.pick("dòng", "line"), refused.place.line()),
            _ => refused.place.to_string(),
        };
        self.line(&format!("{label} {place}: {}", refused.transition));
        for reason in refused.rejection.reasons() {
            let text = reasons::text(reason, refused.procedure, self.lang);
            self.line(&format!("  – {text}"));
        }
    }
}
