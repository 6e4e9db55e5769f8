//! A procedure as text.

use std::fmt::Write as _;

use hoso::Maybe;
use hoso::clock::Length;
use hoso::definition::bundle::{Bundle, BundlePart};
use hoso::definition::{DECISION, Document, Fee, LawIdx, State, Target, Term, Transition};
use hoso::id::Id;
use hoso::law::Certainty;

use super::{View, domain};
use crate::versions::days;

impl View<'_> {
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        self.head(&mut out);
        self.section(("Các thủ tục của nhóm", "Parts"), self.parts(), &mut out);
        self.section(
            ("Thành phần hồ sơ", "Documents"),
            self.procedure.documents().iter().map(|(_, id, it)| self.document(id, it)),
            &mut out,
        );
        self.section(
            ("Thời hạn", "Terms"),
            self.procedure.terms().iter().map(|(_, id, it)| self.term(id, it)),
            &mut out,
        );
        self.section(
            ("Phí, lệ phí", "Fees"),
            self.procedure.fees().iter().map(|(_, id, it)| self.fee(id, it)),
            &mut out,
        );
        self.section(("Lấy ý kiến", "Consultations"), self.consultations(), &mut out);
        self.section(("Kết quả", "Results"), self.results(), &mut out);
        self.section(("Tình tiết", "Facts"), self.facts(), &mut out);
        self.section(("Trạng thái và các bước", "States and steps"), self.states(), &mut out);
        self.timetables(&mut out);
        self.section(("Căn cứ pháp lý", "Law"), self.laws(), &mut out);
        self.section(("Giả định và ghi chú", "Assumptions and notes"), self.remarks(), &mut out);
        out
    }

    fn head(&self, out: &mut String) {
        let (it, lang) = (self.procedure, self.lang);
        let _ = writeln!(out, "{}", it.name().get(lang));
        let code = it.code().map_or("–", |it| maybe(it, |it| it));
        let _ = writeln!(out, "  {} {}, {} {code}", it.id(), it.version(), lang.pick("mã", "code"));
        let effective = days(it.effective().from(), it.effective().until());
        let _ = writeln!(out, "  {}, {}", it.authority().label(lang), effective);
        let channels: Vec<&str> = it.channels().iter().map(|it| it.label(lang)).collect();
        let level = maybe(it.service_level(), |it| it.label(lang));
        let _ = writeln!(out, "  {}: {level}", channels.join(", "));
        if let Some(subjects) = it.subjects() {
            let _ = writeln!(out, "  {}", subjects.get(lang));
        }
        let policies: Vec<String> =
            it.policies().chosen().map(|(name, it)| format!("{name}={it}")).collect();
        if !policies.is_empty() {
            let _ = writeln!(out, "  {}", policies.join(", "));
        }
    }

    fn section(
        &self,
        (vi, en): (&str, &str),
        lines: impl IntoIterator<Item = String>,
        out: &mut String,
    ) {
        let mut lines = lines.into_iter().peekable();
        if lines.peek().is_some() {
            let _ = writeln!(out, "\n{}", self.lang.pick(vi, en));
        }
        for line in lines {
            let _ = writeln!(out, "  {line}");
        }
    }

    fn document(&self, id: Id, document: &Document) -> String {
        let lang = self.lang;
        let mut line = format!("{} ({id})", document.name().get(lang));
        let counts = [
            (document.originals(), lang.pick("bản chính", "original")),
            (document.copies(), lang.pick("bản sao", "copy")),
        ];
        for (count, what) in counts.into_iter().filter(|(it, _)| *it > 0) {
            let _ = write!(line, ", {what} ×{count}");
        }
        if document.presented() {
            line += lang.pick(", xuất trình", ", shown");
        }
        if let Some(form) = document.form() {
            let law = self.cited(&[form.instrument()]).unwrap_or_default();
            let _ = write!(line, ", {} {} ({law})", lang.pick("mẫu số", "form"), form.number());
        }
        if let Some(guard) = document.when() {
            let _ = write!(line, "; {} {}", lang.pick("khi", "if"), guard.as_str());
        }
        let databases = document.replaced_by().iter();
        for database in databases.filter_map(|it| self.procedure.databases().get(*it)) {
            let _ =
                write!(line, "; {} {}", lang.pick("hoặc tra cứu", "or"), database.name().get(lang));
        }
        line
    }

    fn term(&self, id: Id, term: &Term) -> String {
        let lang = self.lang;
        let name = term.name().map_or(id.to_string(), |it| format!("{} ({id})", it.get(lang)));
        let mut line = format!("{name}: {}", self.length(term.limit()));
        for case in term.cases() {
            let (when, limit) = (case.when().as_str(), self.length(case.limit()));
            let _ = write!(line, "; {} {when}: {limit}", lang.pick("khi", "if"));
        }
        if let Some(rule) = term.extension() {
            let by = rule.by().label(lang);
            let _ = write!(
                line,
                "; {} {by} ×{}",
                lang.pick("gia hạn", "may be extended by"),
                rule.at_most()
            );
        }
        line + &self.on(term.law())
    }

    fn length(&self, limit: &Maybe<Length>) -> String {
        match limit {
            Maybe::Known(length) => length.label(self.lang),
            Maybe::Unknown(why) => self.unknown(why),
            _ => String::new(),
        }
    }

    fn unknown(&self, why: &str) -> String {
        format!("{} ({why})", self.lang.pick("chưa rõ", "not known"))
    }

    fn fee(&self, id: Id, fee: &Fee) -> String {
        let name = fee.name().map_or(id.to_string(), |it| it.get(self.lang).into());
        let mut line = format!("{name}: {}", fee.item());
        if let Some(guard) = fee.when() {
            let _ = write!(line, "; {} {}", self.lang.pick("khi", "if"), guard.as_str());
        }
        line + &self.on(fee.law())
    }

    /// Lists the parts of a bundle: what they are, when they begin, and how long they have.
    fn parts(&self) -> Vec<String> {
        let parts =
            self.bundle.into_iter().flat_map(|it| it.parts().iter().map(move |part| (it, part)));
        let part = |(bundle, (_, name, part)): (&Bundle, (_, Id, &BundlePart))| {
            let procedure = part.procedure();
            let mut line =
                format!("{} ({name}, {})", procedure.name().get(self.lang), procedure.id());
            let after = part.after().iter().filter_map(|it| bundle.parts().name(*it));
            let after: Vec<String> = after.map(|it| it.to_string()).collect();
            if !after.is_empty() {
                let _ = write!(line, "; {} {}", self.lang.pick("sau", "after"), after.join(", "));
            }
            if let Some(guard) = part.when() {
                let _ = write!(line, "; {} {}", self.lang.pick("khi", "if"), guard.as_str());
            }
            if let Some((_, term)) = procedure.terms().find(&DECISION) {
                let _ = write!(line, ": {}", self.length(term.limit()));
                for case in term.cases() {
                    let (when, limit) = (case.when().as_str(), self.length(case.limit()));
                    let _ = write!(line, "; {} {when}: {limit}", self.lang.pick("khi", "if"));
                }
            }
            line
        };
        parts.map(part).collect()
    }

    fn consultations(&self) -> Vec<String> {
        let all = self.procedure.consultations().iter();
        all.map(|(_, id, it)| {
            let mut line =
                format!("{} ({id}): {}", it.name().get(self.lang), self.length(it.limit()));
            if let Some(guard) = it.when() {
                let _ = write!(line, "; {} {}", self.lang.pick("khi", "if"), guard.as_str());
            }
            let silence = it.silence().label(self.lang);
            let _ = write!(line, "; {}: {silence}", self.lang.pick("im lặng", "silence"));
            line + &self.on(it.law())
        })
        .collect()
    }

    fn results(&self) -> Vec<String> {
        let all = self.procedure.results().iter();
        all.map(|(_, id, it)| format!("{} ({id})", it.name().get(self.lang)) + &self.on(it.law()))
            .collect()
    }

    fn facts(&self) -> Vec<String> {
        let all = self.procedure.facts().iter();
        all.map(|(_, it)| {
            let name = it.name().map_or("", |it| it.get(self.lang));
            let by = it
                .by()
                .map_or(String::new(), |it| format!(", {} {it}", self.lang.pick("do", "by")));
            format!("{}: {name}, {}{by}", it.id(), domain(it.domain(), self.lang))
        })
        .collect()
    }

    fn states(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (at, id, state) in self.procedure.states().iter() {
            lines.push(self.state(id, state));
            for (_, name, transition) in self.procedure.leaving(at) {
                lines.push(format!("  {}", self.transition(name, transition)));
            }
        }
        lines
    }

    fn state(&self, id: Id, state: &State) -> String {
        let status = state.portal_status();
        let mut line =
            format!("{} ({id}), {status} {}", state.name().get(self.lang), status.label(self.lang));
        if let Some(role) = state.role().and_then(|it| self.procedure.roles().get(it)) {
            let _ = write!(line, ", {}", role.name().get(self.lang));
        }
        match state.budget() {
            Some(Maybe::Known(budget)) => line += &format!(", {}", budget.label(self.lang)),
            Some(Maybe::Unknown(why)) => line += &format!(", {}", self.unknown(why)),
            _ => {}
        }
        line
    }

    fn transition(&self, id: Id, transition: &Transition) -> String {
        let procedure = self.procedure;
        let to = match transition.to() {
            Target::State(at) => procedure.states().name(at).map(|it| it.to_string()),
            Target::Previous => Some(self.lang.pick("trạng thái trước", "back").into()),
            Target::Same => Some(self.lang.pick("giữ nguyên", "stays").into()),
        };
        let by: Vec<String> = transition
            .by()
            .filter_map(|it| Some(procedure.roles().name(it)?.to_string()))
            .collect();
        let to = to.unwrap_or_default();
        let mut line = format!("→ {to}: {} ({id}) [{}]", transition.name(self.lang), by.join(", "));
        if let Some(guard) = transition.when() {
            let _ = write!(line, "; {} {}", self.lang.pick("khi", "if"), guard.as_str());
        }
        for need in transition.needs() {
            let _ = write!(line, "; {}", need.label(self.lang));
        }
        for (term, effect) in transition.clock() {
            let term = procedure.terms().name(*term).map_or(String::new(), |it| it.to_string());
            let _ = write!(line, "; {term}: {}", effect.label(self.lang));
        }
        line + &self.on(transition.law())
    }

    fn laws(&self) -> Vec<String> {
        let laws = self.procedure.laws().iter();
        laws.map(|(_, id, it)| {
            let title = it.title().map_or(String::new(), |it| format!(" {}", it.get(self.lang)));
            let sure = match it.certainty() {
                Certainty::Read => String::new(),
                sure => format!(" ({})", sure.label(self.lang)),
            };
            format!("{id}: {}{title}{sure}", it.display(self.lang))
        })
        .collect()
    }

    fn on(&self, law: &[LawIdx]) -> String {
        self.cited(law).map_or(String::new(), |it| format!(" [{it}]"))
    }
}

fn maybe<'m, T>(value: &'m Maybe<T>, known: impl FnOnce(&'m T) -> &'m str) -> &'m str {
    match value {
        Maybe::Known(it) => known(it),
        Maybe::Unknown(why) => why,
        _ => "",
    }
}
