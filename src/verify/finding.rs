//! Findings: what a rule states, where, and whether a waiver accepts it.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::case::Case;
use super::rules::{IDLE, Rule};
use crate::definition::{Part, PartKind, Position as _, Procedure, Waiver, WaiverIdx};
use crate::diagnostic::{Detail, Diagnostic, Severity, settle};
use crate::id::Id;
use crate::source::Span;
use crate::witness::Witness;

/// What a rule found at one part of a procedure.
#[derive(Debug)]
pub(super) struct Finding {
    part: Option<Part>,
    span: Option<Span>,
    message: String,
    details: Vec<Detail>,
    help: Option<String>,
    witness: Option<Witness>,
    measure: u64,
}

impl Finding {
    /// Starts a finding at a part; it is shown where the part was written.
    pub(super) fn at(part: Part, message: impl Into<String>) -> Self {
        Self { part: Some(part), ..Self::whole(message) }
    }

    /// Starts a finding at the part of a kind and name.
    pub(super) fn of(kind: PartKind, name: Id, message: impl Into<String>) -> Self {
        Self::at(Part::new(kind, name), message)
    }

    /// Starts a finding about the procedure as a whole.
    pub(super) fn whole(message: impl Into<String>) -> Self {
        let (details, message) = (Vec::new(), message.into());
        Self { part: None, span: None, message, details, help: None, witness: None, measure: 0 }
    }

    /// Shows it at a more exact place, such as a guard.
    pub(super) fn over(self, span: Span) -> Self {
        Self { span: Some(span), ..self }
    }

    /// Adds the facts behind it.
    pub(super) fn because(self, details: impl IntoIterator<Item = Detail>) -> Self {
        Self { details: details.into_iter().collect(), ..self }
    }

    /// Says how bad it is: of findings that say the same of one place, the worst is kept.
    pub(super) fn by(self, measure: u64) -> Self {
        Self { measure, ..self }
    }

    /// Adds how to mend it.
    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// Adds the case that shows it.
    pub(super) fn witness(self, witness: Witness) -> Self {
        Self { witness: Some(witness), ..self }
    }

    fn diagnostic(self, rule: &Rule, procedure: &Procedure) -> Diagnostic {
        let span = self.span.or_else(|| procedure.span_of(&self.part?));
        let span = span.unwrap_or_else(|| procedure.span());
        let diagnostic = match rule.severity() {
            Severity::Error => Diagnostic::error(rule.code(), span, self.message),
            Severity::Warning => Diagnostic::warning(rule.code(), span, self.message),
            Severity::Note => Diagnostic::note(rule.code(), span, self.message),
        };
        let diagnostic = diagnostic.because(self.details).by(self.measure);
        let diagnostic = self.help.into_iter().fold(diagnostic, Diagnostic::help);
        self.witness.into_iter().fold(diagnostic, Diagnostic::witness)
    }
}

/// The findings of a run, and which waivers they used.
#[derive(Debug)]
pub(super) struct Findings<'p> {
    procedure: &'p Procedure,
    used: Vec<bool>,
    found: Vec<Diagnostic>,
    waived: Vec<Waived>,
    // Rule and part of every finding.
    found_at: Vec<(&'static str, Option<Part>)>,
}

impl<'p> Findings<'p> {
    pub(super) fn of(procedure: &'p Procedure) -> Self {
        let used = vec![false; procedure.waivers().len()];
        Self { procedure, used, found: Vec::new(), waived: Vec::new(), found_at: Vec::new() }
    }

    pub(super) fn run(&mut self, rule: &Rule, case: &Case<'_>) {
        for finding in rule.check(case, self) {
            self.add(rule, finding);
        }
    }

    /// Returns true when a rule found something at the same part before, accepted or not.
    pub(super) fn is_found(&self, code: &str, finding: &Finding) -> bool {
        self.found_at.iter().any(|(it, part)| *it == code && *part == finding.part)
    }

    /// Returns true when a finding so far was accepted by a waiver.
    pub(super) fn is_used(&self, waiver: WaiverIdx) -> bool {
        self.used.get(waiver.index()).copied().unwrap_or(false)
    }

    fn add(&mut self, rule: &Rule, finding: Finding) {
        self.found_at.push((rule.code(), finding.part));
        // What is wrong with a waiver is not for a waiver to accept.
        let is_waiver = finding.part.is_some_and(|it| it.kind() == PartKind::Waiver);
        let accepts = |it: &Waiver| {
            !is_waiver
                && *it.rule() == *rule.code()
                && it.at().is_none_or(|at| finding.part == Some(at))
        };
        let waiver = self.procedure.waivers().iter().find(|(_, _, it)| accepts(it));
        let Some((at, _, waiver)) = waiver else {
            self.found.push(finding.diagnostic(rule, self.procedure));
            return;
        };
        if let Some(used) = self.used.get_mut(at.index()) {
            *used = true;
        }
        let reason = waiver.reason().into();
        let finding = finding.diagnostic(rule, self.procedure);
        let waiver = self.procedure.waivers().span(at).unwrap_or_else(|| self.procedure.span());
        self.waived.push(Waived { finding, waiver, reason });
    }

    pub(super) fn report(mut self) -> Report {
        settle(&mut self.found);
        Report { found: self.found, waived: self.waived }
    }
}

/// What was found in a procedure.
#[derive(Clone, Debug)]
pub struct Report {
    found: Vec<Diagnostic>,
    waived: Vec<Waived>,
}

impl Report {
    /// Returns the findings that no waiver accepts, in the order of their places.
    #[must_use]
    pub fn findings(&self) -> &[Diagnostic] {
        &self.found
    }

    /// Returns the findings that a waiver accepts.
    #[must_use]
    pub fn waived(&self) -> &[Waived] {
        &self.waived
    }

    /// Returns the findings that no waiver accepts, to be kept.
    #[must_use]
    pub fn into_findings(self) -> Vec<Diagnostic> {
        self.found
    }

    /// Joins reports: what several versions share is said once, and a waiver that one of them needs is not idle.
    #[must_use]
    pub fn joined(reports: impl IntoIterator<Item = Self>) -> Self {
        let mut joined = Self { found: Vec::new(), waived: Vec::new() };
        for report in reports {
            joined.found.extend(report.found);
            joined.waived.extend(report.waived);
        }
        settle(&mut joined.found);
        let waived = &mut joined.waived;
        waived.sort_by(|a, b| a.finding.order(&b.finding).then(a.waiver.cmp(&b.waiver)));
        waived.dedup_by(|a, b| a.finding.says_as(&b.finding) && a.waiver == b.waiver);
        let used: Vec<Span> = joined.waived.iter().map(|it| it.waiver).collect();
        joined.found.retain(|it| it.code() != IDLE || !used.contains(&it.span()));
        joined
    }
}

/// A finding that the definition accepts, and why.
#[derive(Clone, Debug)]
pub struct Waived {
    finding: Diagnostic,
    waiver: Span,
    reason: Box<str>,
}

impl Waived {
    /// Returns the finding.
    #[must_use]
    pub const fn finding(&self) -> &Diagnostic {
        &self.finding
    }

    /// Returns where the waiver was written.
    #[must_use]
    pub const fn waiver(&self) -> Span {
        self.waiver
    }

    /// Returns why it is accepted.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

/// Returns true for what was not said before, and notes it.
pub(super) fn is_fresh<T: PartialEq>(said: &mut Vec<T>, it: T) -> bool {
    let fresh = !said.contains(&it);
    if fresh {
        said.push(it);
    }
    fresh
}
