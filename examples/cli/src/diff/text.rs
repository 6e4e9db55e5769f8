//! What changed, for people: by who gains and who loses, then applications decided otherwise, then open dossiers.

use std::fmt::Write as _;

use hoso::definition::Procedure;
use hoso::id::Id;
use hoso::simplify::diff::{Advantage, Change};
use hoso::simplify::{Difference, Entangled};
use hoso::text::Lang;

use super::{Compared, Report};

pub(super) fn text(report: &Report<'_>, lang: Lang) -> String {
    let mut page = Page { lang, out: String::new() };
    let (same, changed): (Vec<_>, Vec<_>) = report.compared.iter().partition(|it| it.is_same());
    changed.iter().for_each(|it| page.compared(it));
    page.listed(lang.pick("Không còn", "Gone"), &report.gone);
    page.listed(lang.pick("Mới", "New"), &report.come);
    if !same.is_empty() {
        let label = lang.pick("Không thay đổi về nội dung", "Nothing changed in meaning");
        page.line(&format!("{label}: {}", same.len()));
    }
    page.out
}

/// Writes what changed from one design to another, for whom, without a heading.
pub(crate) fn changes(it: &Compared<'_>, lang: Lang) -> String {
    let mut page = Page { lang, out: String::new() };
    page.changed(it);
    page.out
}

struct Page {
    lang: Lang,
    out: String,
}

impl Page {
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.out, "{line}");
    }

    fn compared(&mut self, it: &Compared<'_>) {
        let name = it.new.name().get(self.lang);
        let (old, new) = (it.old.version(), it.new.version());
        self.line(&format!("{name} ({}): {old} → {new}", it.new.id()));
        self.changed(it);
        self.out.push('\n');
    }

    fn changed(&mut self, it: &Compared<'_>) {
        for advantage in Advantage::ALL {
            let changes: Vec<_> = it.changes().filter(|it| it.advantage() == *advantage).collect();
            if !changes.is_empty() {
                self.line(&format!("\n  {}", advantage.label(self.lang)));
                self.changes(&changes);
            }
        }
        self.outcomes(it);
        let stranded: Vec<_> = it.stranded().collect();
        if !stranded.is_empty() {
            let title = self.lang.pick("Hồ sơ đang giải quyết", "Open dossiers");
            self.line(&format!("\n  {title}"));
            self.changes(&stranded);
        }
    }

    /// Lists changes under those whom they concern.
    fn changes(&mut self, changes: &[&Change<'_>]) {
        let mut parties = Vec::new();
        for change in changes {
            let party = change.party().label(self.lang);
            if !parties.contains(&party) {
                parties.push(party);
            }
        }
        for party in parties {
            self.line(&format!("    {party}"));
            let lang = self.lang;
            let own = changes.iter().filter(|it| it.party().label(lang) == party);
            own.for_each(|it| self.change(it));
        }
    }

    fn change(&mut self, it: &Change<'_>) {
        let lang = self.lang;
        let part = it.member().map(|it| format!("{it}: ")).unwrap_or_default();
        let (title, code) = (it.rule().title(lang), it.code());
        self.line(&format!("      – {part}{title}: {} [{code}]", it.message(lang)));
        if let Some(witness) = it.witness() {
            let example = lang.pick("ví dụ", "for example");
            self.line(&format!("        {example}: {witness}"));
        }
        let law: Vec<String> = it.law().iter().map(|it| it.display(lang)).collect();
        if !law.is_empty() {
            let basis = lang.pick("căn cứ", "by");
            self.line(&format!("        {basis}: {}", law.join("; ")));
        }
    }

    fn outcomes(&mut self, it: &Compared<'_>) {
        let (lang, differences) = (self.lang, &it.differences);
        if differences.are_none() && differences.idle().is_empty() {
            return;
        }
        let title = lang.pick("Hồ sơ được quyết định khác trước", "Applications decided otherwise");
        self.line(&format!("\n  {title}"));
        differences.found().iter().for_each(|it| self.difference(it));
        for (_, name) in differences.idle() {
            let idle = lang.pick(
                "thay đổi đã khai báo nhưng không giải thích khác biệt nào",
                "declared, and explains no difference",
            );
            self.line(&format!("    – `{name}`: {idle}"));
        }
        differences.entangled().iter().for_each(|it| self.entangled(it));
    }

    fn difference(&mut self, it: &Difference) {
        let lang = self.lang;
        let part = it.member().map(|it| format!("{it}: ")).unwrap_or_default();
        let (before, after) = (it.before().label(lang), it.after().label(lang));
        let why = if it.explained_by().is_empty() {
            lang.pick("không có thay đổi nào giải thích", "no declared change explains it").into()
        } else {
            format!("{}: {}", lang.pick("do", "by"), joined(it.explained_by(), ", "))
        };
        self.line(&format!("    – {part}{before} → {after} ({why})"));
        let facts: Vec<String> =
            it.facts().iter().map(|(name, it)| format!("{name} = {it}")).collect();
        let example = lang.pick("ví dụ", "for example");
        let facts = if facts.is_empty() {
            lang.pick("mọi hồ sơ", "every application").into()
        } else {
            facts.join(", ")
        };
        self.line(&format!("      {example}: {facts}"));
        for (label, path) in [
            (lang.pick("trước", "before"), it.path_before()),
            (lang.pick("sau", "after"), it.path_after()),
        ] {
            if !path.is_empty() {
                self.line(&format!("      {label}: {}", joined(path, " → ")));
            }
        }
    }

    fn entangled(&mut self, it: &Entangled) {
        let title = self.lang.pick(
            "chưa xét hết mọi trường hợp của",
            "not every case could be followed; too many are made by",
        );
        let facts = joined(it.facts(), ", ");
        self.line(&format!("    – {title} {facts}"));
    }

    fn listed(&mut self, title: &str, procedures: &[&Procedure]) {
        if procedures.is_empty() {
            return;
        }
        self.line(&format!("{title}:"));
        for it in procedures {
            self.line(&format!("  {} ({})", it.name().get(self.lang), it.id()));
        }
    }
}

fn joined(names: &[Id], between: &str) -> String {
    names.iter().map(Id::as_str).collect::<Vec<_>>().join(between)
}
