//! `hoso check`: what is wrong with definitions, life cycles, calendars and tariffs.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use hoso::diagnostic::{Diagnostic, Severity};
use hoso::explain::page;
use hoso::source::FileId;
use hoso::verify::{self, Waived, verify, verify_bundle};
use serde_json::{Value, json};

use crate::answer::{Answer, put};
use crate::args::{Check, Global};
use crate::explain::unknown;
use crate::failure::Fallible;
use crate::load::Texts;
use crate::render;

pub(crate) fn check(global: &Global, args: &Check) -> Fallible<Answer> {
    if let Some(code) = args.deny.iter().chain(&args.warn).find(|it| page(it).is_none()) {
        return Err(unknown(code));
    }
    let texts = if args.path.is_empty() {
        Texts::open(global)?
    } else {
        Texts::of_paths(&args.path, global)?
    };
    let report = Report::of(&texts);
    let holds = !report.found.iter().any(|it| counts(args, it));
    Ok(Answer::new(global, || report.data(), || report.text(args)).holds_if(holds))
}

/// Whether a diagnostic makes the exit status 1.
fn counts(args: &Check, diagnostic: &Diagnostic) -> bool {
    let named = |codes: &[String]| codes.iter().any(|it| it == diagnostic.code());
    if named(&args.deny) {
        return true;
    }
    diagnostic.severity() == Severity::Error && !named(&args.warn)
}

/// What was found in the texts that were given.
struct Report<'t> {
    texts: &'t Texts,
    found: Vec<Diagnostic>,
    waived: Vec<Waived>,
    procedures: usize,
    bundles: usize,
}

impl<'t> Report<'t> {
    fn of(texts: &'t Texts) -> Self {
        let given: BTreeSet<FileId> = texts.given().map(|(file, _)| file).collect();
        let (procedures, bundles, mut found) = texts.load_all();
        found.extend(texts.bind_scenarios(&procedures));
        let mut waived: Vec<Waived> = Vec::new();
        if let Some(calendar) = texts.court_calendar() {
            let joined = bundles.iter().flat_map(|it| verify_bundle(it, &calendar));
            let alone = procedures.iter().map(|it| verify(it, &calendar));
            let report = verify::Report::joined(alone.chain(joined));
            waived.extend_from_slice(report.waived());
            found.extend(report.into_findings());
        }
        waived.retain(|it| given.contains(&it.finding().span().file()));
        // What stands in is not on trial, unless it breaks together with what was given.
        found.retain(|it| given.contains(&it.span().file()) || it.severity() == Severity::Error);
        found.sort_by_key(|it| (it.span(), it.severity(), it.code()));
        found.dedup();
        let count = |files: BTreeSet<FileId>| files.intersection(&given).count();
        let procedures = count(procedures.iter().map(|it| it.span().file()).collect());
        let bundles = count(bundles.iter().map(|it| it.lead().span().file()).collect());
        Self { texts, found, waived, procedures, bundles }
    }

    fn count(&self, severity: Severity) -> usize {
        self.found.iter().filter(|it| it.severity() == severity).count()
    }

    fn data(&self) -> Value {
        let sources = self.texts.sources();
        json!({
            "files": self.texts.given().count(),
            "procedures": self.procedures,
            "bundles": self.bundles,
            "errors": self.count(Severity::Error),
            "warnings": self.count(Severity::Warning),
            "diagnostics": self.found.iter().map(|it| render::data(sources, it)).collect::<Vec<_>>(),
            "waived": self.waived.iter().map(|it| {
                let mut data = render::data(sources, it.finding());
                put(&mut data, "reason", it.reason());
                data
            }).collect::<Vec<_>>(),
        })
    }

    /// Shows errors and warnings; notes are counted unless they are asked for.
    fn text(&self, args: &Check) -> String {
        let asked = |it: &Diagnostic| args.notes || args.deny.iter().any(|code| code == it.code());
        let shown = self.found.iter().filter(|it| it.severity() != Severity::Note || asked(it));
        let mut out = render::text(self.texts.sources(), shown, &render::for_stdout());
        let count = |number: usize, what: &str| format!("{number} {what}{}", plural(number));
        let bundles = match self.bundles {
            0 => String::new(),
            number => format!(", {}", count(number, "bundle")),
        };
        let _ = writeln!(
            out,
            "{}, {}{bundles}: {}, {}",
            count(self.texts.given().count(), "file"),
            count(self.procedures, "procedure"),
            count(self.count(Severity::Error), "error") + &self.spread(),
            count(self.count(Severity::Warning), "warning"),
        );
        self.summary(args, &mut out);
        self.accepted(args, &mut out);
        out
    }

    /// Says in how many files the errors are, when there are errors.
    fn spread(&self) -> String {
        let errors = self.found.iter().filter(|it| it.severity() == Severity::Error);
        let files: BTreeSet<FileId> = errors.map(|it| it.span().file()).collect();
        match files.len() {
            0 => String::new(),
            number => format!(" in {number} file{}", plural(number)),
        }
    }

    /// Counts what waivers accept, and lists it with the reasons when notes are asked for.
    fn accepted(&self, args: &Check, out: &mut String) {
        if self.waived.is_empty() {
            return;
        }
        let hint = if args.notes { "" } else { " (--notes shows them)" };
        let number = self.waived.len();
        let _ = writeln!(out, "waived: {number} finding{}{hint}", plural(number));
        for it in self.waived.iter().filter(|_| args.notes) {
            let finding = it.finding();
            let place = render::place(self.texts.sources(), finding.span());
            let waiver = render::place(self.texts.sources(), it.waiver());
            let _ = writeln!(
                out,
                "  {place}: {}: {}\n    waived by {waiver}: {}",
                finding.code(),
                finding.message(),
                it.reason()
            );
        }
    }

    /// Counts the notes by their code.
    fn summary(&self, args: &Check, out: &mut String) {
        let notes = self.found.iter().filter(|it| it.severity() == Severity::Note);
        let codes: Vec<&str> = notes.map(Diagnostic::code).collect();
        let kinds: BTreeSet<&str> = codes.iter().copied().collect();
        let counted: Vec<String> = kinds
            .into_iter()
            .map(|kind| format!("{} {kind}", codes.iter().filter(|it| **it == kind).count()))
            .collect();
        if !counted.is_empty() {
            let hint = if args.notes { "" } else { " (--notes shows them)" };
            let _ = writeln!(out, "notes: {}{hint}", counted.join(", "));
        }
    }
}

const fn plural(number: usize) -> &'static str {
    if number == 1 { "" } else { "s" }
}
