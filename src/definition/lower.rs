//! From draft to procedure: names are resolved, guards compiled, lists capped.
//!
//! Every problem is reported in one pass. A part that was broken in reading
//! keeps its name, so that references to it are not reported again; a procedure
//! comes out only when nothing at all was wrong.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::choice::{Choice, Waiver};
use super::compliance::replaced;
use super::draft::{
    CaseDraft, ChoiceDraft, ConsultationDraft, DocumentDraft, Draft, FeeDraft, StateDraft,
    TermDraft, TransitionDraft, WaiverDraft,
};
use super::fact::Facts;
use super::guard::{Guard, MAX_CONDITIONS, MAX_FACTS};
use super::paper::{Database, Document, Form, Outcome};
use super::part::Part;
use super::procedure::Procedure;
use super::step::{Role, State, Target, Transition};
use super::table::{LawIdx, Position, RoleIdx, Set, StateIdx, Table, TermIdx, TransitionIdx};
use super::term::{Case, Consultation, Extension, Fee, Term};
use super::words::{Act, Beyond, ClockEffect, HitPolicy, Pinning, Requirement, Status};
use crate::calendar::policy::{Policies, PolicySheet};
use crate::diagnostic::{Diagnostic, any_error};
use crate::id::{Fingerprint, Id};
use crate::read::{
    DATABASE, FACT, Kind, LAW, Many, Maybe, Named, RESULT, ROLE, STATE, TERM, TRANSITION, print,
};
use crate::source::{At, Span};

/// The words that lead back to the state before, and nowhere.
const PREVIOUS: &str = "previous";
const SAME: &str = "same";

/// Names of transitions that would hide the commands of the same name.
const RESERVED: [&str; 5] = ["facts", "document", "answer", "pay", "migrate"];

/// Lowers a merged draft from which parts were removed; none when anything in it is wrong.
pub(crate) fn lower(
    draft: &Draft,
    removed: &Many<At<Part>>,
    found: &mut Vec<Diagnostic>,
) -> Option<Procedure> {
    let start = found.len();
    let head = draft.head()?;
    let facts = Facts::lower(draft.fact.0.iter().map(|(id, it)| (*id, it.as_ref())), found);
    let mut cx = Lowering { draft, removed, facts: &facts, found };
    cx.check_caps();
    cx.check_fact_owners();

    let law = cx.law(&head.law);
    let roles = parts(&draft.role, |_, it| Some(Role { name: it.name.0.clone()? }));
    let databases = parts(&draft.database, |_, it| {
        Some(Database { name: it.name.0.clone()?, law: cx.law(&it.law) })
    });
    let documents = parts(&draft.document, |_, it| cx.document(it));
    let results = parts(&draft.result, |_, it| {
        let law = cx.law(&it.law);
        let (code, valid_for) = (it.code.clone(), it.valid_for.clone());
        Some(Outcome {
            name: it.name.0.clone()?,
            code,
            valid_for,
            channels: it.channels.0.iter().map(|it| it.value).collect(),
            law,
            remarks: it.remarks.clone(),
        })
    });
    let terms = parts(&draft.term, |id, it| cx.term(id, it));
    let consultations = parts(&draft.consultation, |_, it| cx.consultation(it));
    let states = parts(&draft.state, |id, it| cx.state(id, it));
    let mut transitions = parts(&draft.transition, |id, it| cx.transition(id, it));
    let mut choices = parts(&draft.choice, |id, it| cx.choice(id, it));
    let fees = parts(&draft.fee, |_, it| cx.fee(it));
    let compliance = cx.compliance();
    let activities = parts(&draft.activity, |_, it| cx.activity(it));
    let reports = parts(&draft.report, |_, it| cx.report(it));
    let changes = parts(&draft.change, |_, it| cx.change(it));
    let waivers = parts(&draft.waiver, |_, it| cx.waiver(it));
    let migrations = parts(&draft.migration, |_, it| cx.migration(it));
    let filing = cx.filing(head.span);
    // An order is composed of guards that are all there, at transitions that are all there.
    if !any_error(cx.found.get(start..).unwrap_or_default()) {
        cx.order(&mut choices, &mut transitions);
    }

    if any_error(found.get(start..).unwrap_or_default()) {
        return None;
    }
    let text = print(draft);
    Some(Procedure {
        id: head.id.0?.value,
        code: head.code.clone(),
        version: head.version.0?.value,
        own_version: head.version.0?.value,
        name: head.name.0.clone()?,
        field: head.field.clone(),
        authority: head.authority.0?,
        service_level: head.service_level.0.clone()?,
        channels: head.channels.0.iter().map(|it| it.value).collect(),
        effective: head.effective.0?.value,
        status: head.status.unwrap_or(Status::InForce),
        pinned: head.pinned.unwrap_or(Pinning::AtAcceptance),
        published: head.published.clone(),
        subjects: head.subjects.clone(),
        remarks: head.remarks.clone(),
        policies: policies(draft),
        law,
        laws: Table::new(parts(&draft.law, |_, it| Some(it.clone()))),
        facts,
        roles: Table::new(roles),
        databases: Table::new(databases),
        documents: Table::new(documents),
        results: Table::new(results),
        terms: Table::new(terms),
        consultations: Table::new(consultations),
        states: Table::new(states),
        transitions: Table::new(transitions),
        choices: Table::new(choices),
        fees: Table::new(fees),
        compliance,
        activities: Table::new(activities),
        reports: Table::new(reports),
        changes: Table::new(changes),
        replaced: replaced(draft),
        waivers: Table::new(waivers),
        migrations: Table::new(migrations),
        filing: filing?,
        followed: Vec::new(),
        is_part: false,
        fingerprint: Fingerprint::of(&text),
        text: text.into(),
        span: head.span,
    })
}

fn policies(draft: &Draft) -> Policies {
    draft.policy.as_ref().map(|it| it.0.policies()).unwrap_or_default()
}

/// Lowers every part of a table; broken ones are left out, and were reported.
fn parts<T, U>(
    named: &Named<T>,
    mut lower: impl FnMut(At<Id>, &T) -> Option<U>,
) -> Vec<(At<Id>, U)> {
    named.iter().filter_map(|(id, part)| Some((id, lower(id, part)?))).collect()
}

pub(super) struct Lowering<'d> {
    pub(super) draft: &'d Draft,
    removed: &'d Many<At<Part>>,
    pub(super) facts: &'d Facts,
    pub(super) found: &'d mut Vec<Diagnostic>,
}

impl Lowering<'_> {
    pub(super) fn error(&mut self, code: &'static str, span: Span, message: String, help: &str) {
        self.found.push(Diagnostic::error(code, span, message).help(help));
    }

    pub(super) fn find<P: Position, T>(
        &mut self,
        named: &Named<T>,
        written: At<Id>,
        kind: Kind,
    ) -> Option<P> {
        let at = named.0.iter().position(|(id, _)| id.value == written.value);
        if at.is_none() {
            let removal = self.removal(kind, written);
            self.found.push(removal.unwrap_or_else(|| kind.undeclared(written, named.names())));
        }
        at.map(P::new)
    }

    /// Says that a part was removed which something that is inherited still names.
    fn removal(&self, kind: Kind, used: At<Id>) -> Option<Diagnostic> {
        let own = self.draft.head()?.span.file();
        let is_used = |it: &Part| it.kind().as_str() == kind.table && *it.name() == used.value;
        let removed = self.removed.0.iter().find(|it| is_used(&it.value))?;
        let message = format!("`{}` is removed, and something inherited names it", removed.value);
        let diagnostic = Diagnostic::error("removed-in-use", removed.span, message);
        (used.span.file() != own)
            .then(|| diagnostic.help("remove or replace what names it, or keep it"))
    }

    fn find_all<P: Position, T>(
        &mut self,
        named: &Named<T>,
        written: &Many<At<Id>>,
        kind: Kind,
    ) -> Vec<P> {
        written.0.iter().filter_map(|it| self.find(named, *it, kind)).collect()
    }

    pub(super) fn law(&mut self, written: &Many<At<Id>>) -> Vec<LawIdx> {
        self.find_all(&self.draft.law, written, LAW)
    }

    pub(super) fn guard(&mut self, written: Option<&At<Box<str>>>) -> Option<Guard> {
        written.and_then(|it| Guard::compile(&it.value, it.span, self.facts, self.found))
    }

    /// Reads `instrument/number`, as in `circular-03-2025/02`.
    pub(super) fn form(&mut self, written: Option<&At<Box<str>>>) -> Option<Form> {
        let written = written?;
        let parts = written.value.rsplit_once('/');
        let Some((instrument, number)) = parts.filter(|(_, it)| !it.is_empty()) else {
            let message = format!("`{}` does not name a form", written.value);
            let diagnostic = Diagnostic::error("bad-value", written.span, message);
            self.found
                .push(diagnostic.help("write citation and number, as in `circular-03-2025/02`"));
            return None;
        };
        let Some(value) = Id::try_new(instrument) else {
            let message = format!("`{instrument}` is not a name of a citation");
            let help = "write citation and number, as in `circular-03-2025/02`";
            self.error("bad-value", written.span, message, help);
            return None;
        };
        let instrument = self.find(&self.draft.law, At { value, span: written.span }, LAW)?;
        Some(Form { instrument, number: number.into() })
    }

    fn maybe_form(&mut self, written: &At<Maybe<Box<str>>>) -> Option<Maybe<Form>> {
        match &written.value {
            Maybe::Known(form) => {
                let form = At { value: form.clone(), span: written.span };
                self.form(Some(&form)).map(Maybe::Known)
            }
            Maybe::Unknown(why) => Some(Maybe::Unknown(why.clone())),
        }
    }

    fn check_caps(&mut self) {
        let counts = [
            ("states", self.draft.state.0.get(Set::MAX).map(|it| it.0)),
            ("roles", self.draft.role.0.get(Set::MAX).map(|it| it.0)),
        ];
        for (what, first_beyond) in counts {
            if let Some(at) = first_beyond {
                let message = format!("more than {} {what}", Set::MAX);
                self.error("too-many", at.span, message, "leave some out");
            }
        }
    }

    /// A fact is established by a declared role.
    fn check_fact_owners(&mut self) {
        for (_, fact) in self.facts.iter() {
            if let Some(by) = fact.by_at() {
                let _: Option<RoleIdx> = self.find(&self.draft.role, by, ROLE);
            }
        }
    }

    fn document(&mut self, it: &DocumentDraft) -> Option<Document> {
        let form = self.form(it.form.as_ref());
        let when = self.guard(it.when.as_ref());
        let replaced_by = self.find_all(&self.draft.database, &it.replaced_by, DATABASE);
        let law = self.law(&it.law);
        Some(Document {
            name: it.name.0.clone()?,
            form,
            originals: it.originals.unwrap_or(0),
            copies: it.copies.unwrap_or(0),
            presented: it.presented.unwrap_or(false),
            certified: it.certified.unwrap_or(false),
            pages: it.pages,
            fields: it.fields,
            signed: it.signed.0.iter().map(|it| it.value).collect(),
            when,
            replaced_by,
            law,
            remarks: it.remarks.clone(),
        })
    }

    fn term(&mut self, id: At<Id>, it: &TermDraft) -> Option<Term> {
        if it.starts.is_absent() {
            let message = format!("term `{}` names no act that starts it", id.value);
            let help = "name the act, as in `starts = \"accept\"`";
            self.error("term-never-starts", id.span, message, help);
        }
        let when = self.guard(it.when.as_ref());
        let expires = it.expires.and_then(|to| self.find(&self.draft.transition, to, TRANSITION));
        let cases = it.case.0.iter().filter_map(|it| self.case(it)).collect();
        let law = self.law(&it.law);
        let extension = it
            .extend
            .as_ref()
            .and_then(|it| Some(Extension { by: it.by.0?, at_most: it.at_most.unwrap_or(1) }));
        Some(Term {
            name: it.name.clone(),
            when,
            limit: it.limit.0.clone()?,
            published: it.published.clone(),
            cases,
            starts: acts(&it.starts),
            stops: acts(&it.stops),
            expires,
            extension,
            cut_off: it.cut_off,
            policies: it.policy.as_ref().map(PolicySheet::policies).unwrap_or_default(),
            law,
            remarks: it.remarks.clone(),
        })
    }

    fn case(&mut self, it: &CaseDraft) -> Option<Case> {
        let when = self.guard(it.when.as_ref());
        let law = self.law(&it.law);
        Some(Case { when: when?, limit: it.limit.0.clone()?, law })
    }

    fn consultation(&mut self, it: &ConsultationDraft) -> Option<Consultation> {
        let when = self.guard(it.when.as_ref());
        let law = self.law(&it.law);
        Some(Consultation {
            name: it.name.0.clone()?,
            when,
            limit: it.limit.0.clone()?,
            silence: it.silence.0?,
            law,
            remarks: it.remarks.clone(),
        })
    }

    fn state(&mut self, id: At<Id>, it: &StateDraft) -> Option<State> {
        if id.value == PREVIOUS || id.value == SAME {
            let message = format!("`{}` leads to another state and cannot name one", id.value);
            self.error("reserved-name", id.span, message, "choose another name");
        }
        let role = it.role.and_then(|role| self.find(&self.draft.role, role, ROLE));
        let _: Vec<TransitionIdx> =
            self.find_all(&self.draft.transition, &it.leaves_by, TRANSITION);
        let law = self.law(&it.law);
        Some(State {
            name: it.name.0.clone()?,
            role,
            waits_for: it.waits_for,
            portal_status: it.portal_status.0?,
            budget: it.budget.clone(),
            law,
            remarks: it.remarks.clone(),
        })
    }

    fn transition(&mut self, id: At<Id>, it: &TransitionDraft) -> Option<Transition> {
        if RESERVED.contains(&id.value.as_str()) {
            let message = format!("`{}` is a command and cannot name a transition", id.value);
            self.error("reserved-name", id.span, message, "choose another name");
        }
        let act = it.act.0.map(|it| it.value);
        self.check_ends(id, it, act);
        let mut from: Vec<StateIdx> = self.find_all(&self.draft.state, &it.from, STATE);
        from.extend(self.left_by(id.value));
        let to = it.to.0.and_then(|to| self.target(to));
        let by: Vec<RoleIdx> = self.find_all(&self.draft.role, &it.by, ROLE);
        let when = self.guard(it.when.as_ref());
        let not_by_who_did = self.find_all(&self.draft.transition, &it.not_by_who_did, TRANSITION);
        let within = self.find_all(&self.draft.term, &it.within, TERM);
        let clock = self.clock(it);
        let result = it.result.and_then(|to| self.find(&self.draft.result, to, RESULT));
        let form = it.form.as_ref().and_then(|it| self.maybe_form(it));
        let law = self.law(&it.law);
        let act = act?;
        Some(Transition {
            name: it.name.clone(),
            act,
            from: set(&from),
            to: to?,
            by: set(&by),
            when,
            needs: needs(it, act),
            not_by_who_did,
            at_most: it.at_most,
            beyond: it.beyond.unwrap_or(Beyond::Refuse),
            within,
            clock,
            starts: self.terms_with(|term| &term.starts, act),
            stops: self.terms_with(|term| &term.stops, act),
            result,
            form,
            law,
            remarks: it.remarks.clone(),
        })
    }

    /// Filing leaves no state; every other transition leaves one, and somebody may take it.
    fn check_ends(&mut self, id: At<Id>, it: &TransitionDraft, act: Option<Act>) {
        let name = id.value;
        if act == Some(Act::File) {
            if let Some(from) = it.from.0.first() {
                let message =
                    format!("transition `{name}` files the dossier, so it leaves no state");
                self.error("filing-from", from.span, message, "leave `from` out");
            }
            self.check_filing(id, it);
        } else if it.from.is_absent() && act.is_some() && self.left_by(name).is_empty() {
            let message = format!("transition `{name}` leaves no state");
            self.error("missing-key", id.span, message, "name the states in `from`");
        }
        if it.by.is_absent() {
            let message = format!("nobody may take transition `{name}`");
            self.error("missing-key", id.span, message, "name the roles in `by`");
        }
        if let (Some(_), None) = (it.beyond, it.at_most) {
            let message = format!("transition `{name}` has `beyond` without `at-most`");
            self.error("missing-key", id.span, message, "say how often, as in `at-most = 1`");
        }
    }

    /// Whoever has the right may file: what is missing comes to light at intake.
    fn check_filing(&mut self, id: At<Id>, it: &TransitionDraft) {
        let guard = it.when.as_ref().map(|it| it.span);
        let needs = it.needs.0.first().map(|it| it.span);
        let eyes = it.not_by_who_did.0.first().map(|it| it.span);
        if let Some(span) = guard.or(needs).or(eyes) {
            let message =
                format!("transition `{}` files the dossier, so it has no conditions", id.value);
            let help = "put the condition on the transition that accepts";
            self.error("filing-condition", span, message, help);
        }
    }

    /// Returns the states that say of themselves that a transition leaves them.
    fn left_by(&self, transition: Id) -> Vec<StateIdx> {
        let leaves = |it: &StateDraft| it.leaves_by.0.iter().any(|it| it.value == transition);
        let states = self.draft.state.0.iter().enumerate();
        states
            .filter(|(_, (_, it))| it.as_ref().is_some_and(leaves))
            .map(|(at, _)| StateIdx::new(at))
            .collect()
    }

    fn target(&mut self, to: At<Id>) -> Option<Target> {
        match to.value.as_str() {
            PREVIOUS => Some(Target::Previous),
            SAME => Some(Target::Same),
            _ => self.find(&self.draft.state, to, STATE).map(Target::State),
        }
    }

    fn clock(&mut self, it: &TransitionDraft) -> Vec<(TermIdx, ClockEffect)> {
        let mut effects = Vec::new();
        for (name, effect) in it.clock.as_ref().map_or(&[][..], |it| &it.0) {
            let Some(term) = self.find(&self.draft.term, *name, TERM) else { continue };
            let extends =
                |id: &At<Id>, draft: &TermDraft| id.value == name.value && draft.extend.is_some();
            let known = self.draft.term.iter().any(|(id, draft)| extends(&id, draft));
            if *effect == ClockEffect::Extend && !known {
                let message =
                    format!("term `{}` does not say by how much it may be extended", name.value);
                let diagnostic = Diagnostic::error("no-extension", name.span, message);
                self.found.push(diagnostic.help("give it `extend = { by = \"…\", at-most = 1 }`"));
            }
            effects.push((term, *effect));
        }
        effects
    }

    fn terms_with(&self, acts: fn(&TermDraft) -> &Many<At<Act>>, act: Act) -> Vec<TermIdx> {
        let named = &self.draft.term.0;
        let has = |draft: &TermDraft| acts(draft).0.iter().any(|it| it.value == act);
        let at = named.iter().enumerate().filter(|(_, (_, it))| it.as_ref().is_some_and(has));
        at.map(|(at, _)| TermIdx::new(at)).collect()
    }

    fn choice(&mut self, id: At<Id>, it: &ChoiceDraft) -> Option<Choice> {
        let of: Vec<TransitionIdx> = self.find_all(&self.draft.transition, &it.of, TRANSITION);
        let law = self.law(&it.law);
        let mut distinct: Vec<Id> = Vec::with_capacity(of.len());
        for name in &it.of.0 {
            if distinct.contains(&name.value) {
                let message = format!("`{}` is written twice", name.value);
                self.error("repeated-value", name.span, message, "keep one");
            } else {
                distinct.push(name.value);
            }
        }
        if distinct.len() < 2 && of.len() == it.of.0.len() {
            let message = format!("choice `{}` is between fewer than two transitions", id.value);
            self.error("choice-of-one", id.span, message, "name two or more in `of`");
        }
        let hit_policy = it.hit_policy.unwrap_or(HitPolicy::Unique);
        Some(Choice { of, hit_policy, written: Vec::new(), law })
    }

    /// Where the first that holds is taken, a later guard also says that no earlier one holds.
    fn order(
        &mut self,
        choices: &mut [(At<Id>, Choice)],
        transitions: &mut [(At<Id>, Transition)],
    ) {
        for (id, choice) in choices.iter_mut().filter(|(_, it)| it.hit_policy == HitPolicy::First) {
            for at in &choice.of {
                let Some((name, transition)) = transitions.get_mut(at.index()) else { return };
                let Some(own) = transition.when.clone() else {
                    let message =
                        format!("transition `{}` of an ordered choice always holds", name.value);
                    self.error("choice-without-guard", id.span, message, "give it a `when`");
                    break;
                };
                transition.when = own.after(&choice.written, self.facts);
                if transition.when.is_none() {
                    let message = format!(
                        "the guards of choice `{}` up to `{}` ask for more than {MAX_CONDITIONS} comparisons or {MAX_FACTS} facts",
                        id.value, name.value
                    );
                    let help = "let fewer be ordered, or declare a fact that says as much";
                    self.error("guard-too-wide", id.span, message, help);
                    break;
                }
                choice.written.push(own);
            }
        }
    }

    fn waiver(&mut self, it: &WaiverDraft) -> Option<Waiver> {
        let law = self.law(&it.law);
        let rule = it.rule.0?.value;
        let reason = it.reason.0.clone()?;
        Some(Waiver { rule, at: it.at.map(|it| it.value), reason, law })
    }

    fn fee(&mut self, it: &FeeDraft) -> Option<Fee> {
        let when = self.guard(it.when.as_ref());
        let quantity = it.quantity.and_then(|fact| {
            let position = self.facts.position(&fact.value);
            if position.is_none() && !self.facts.is_broken(&fact.value) {
                self.found.push(FACT.undeclared(fact, self.facts.iter().map(|(_, it)| it.id())));
            }
            position
        });
        let due_before =
            it.due_before.and_then(|to| self.find(&self.draft.transition, to, TRANSITION));
        let law = self.law(&it.law);
        let (name, remarks) = (it.name.clone(), it.remarks.clone());
        Some(Fee { name, item: it.item.0?.value, when, quantity, due_before, law, remarks })
    }

    /// Exactly one transition files the dossier.
    fn filing(&mut self, head: Span) -> Option<TransitionIdx> {
        let files = |draft: &TransitionDraft| draft.act.0.is_some_and(|it| it.value == Act::File);
        let mut filing = None;
        for (at, (id, draft)) in self.draft.transition.0.iter().enumerate() {
            if !draft.as_ref().is_some_and(files) {
                continue;
            }
            if filing.replace(TransitionIdx::new(at)).is_some() {
                let message = format!("transition `{}` is a second way to file", id.value);
                self.error(
                    "many-filings",
                    id.span,
                    message,
                    "keep one, and let `by` name everybody",
                );
            }
        }
        let unread = self
            .draft
            .transition
            .0
            .iter()
            .any(|(_, it)| it.as_ref().is_none_or(|it| it.act.0.is_none()));
        if filing.is_none() && !unread {
            let message = "no transition has the act `file`".into();
            self.error("no-filing", head, message, "give one transition `act = \"file\"`");
        }
        filing
    }
}

/// The law's own conditions of an act come with the act.
fn needs(it: &TransitionDraft, act: Act) -> Vec<Requirement> {
    let mut needs: Vec<Requirement> = it.needs.0.iter().map(|it| it.value).collect();
    let own = match act {
        Act::RefuseIntake | Act::Refuse | Act::Stop => Some(Requirement::Reason),
        Act::Withdraw => Some(Requirement::NoResult),
        Act::Apologise => Some(Requirement::NewDay),
        _ => None,
    };
    needs.extend(own.filter(|it| !needs.contains(it)));
    needs
}

fn acts(written: &Many<At<Act>>) -> Vec<Act> {
    written.0.iter().map(|it| it.value).collect()
}

fn set<P: Position>(positions: &[P]) -> Set {
    let mut set = Set::default();
    positions.iter().for_each(|&at| set.insert(at));
    set
}
