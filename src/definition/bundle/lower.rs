//! From drafts to bundles: parts are found, derived, ordered, and delivered.
//!
//! A bundle comes out once for each stretch of days on which the version of no
//! part changes. Every problem is reported in one pass.

use alloc::format;
use alloc::vec::Vec;

use super::carry::Carrying;
use super::days::Days;
use super::derive::derive;
use super::{Bundle, BundlePart, order};
use crate::definition::draft::{Draft, PartDraft};
use crate::definition::guard::Guard;
use crate::definition::load::Compiled;
use crate::definition::lower as procedure;
use crate::definition::table::{BundlePartIdx, LawIdx, Position, Table};
use crate::definition::{Act, Procedure, SYSTEM, Transition, TransitionIdx};
use crate::diagnostic::{Diagnostic, any_error};
use crate::id::Id;
use crate::law::Interval;
use crate::read::{LAW, Many, Need};
use crate::source::At;

/// The most parts of a bundle.
const MAX_PARTS: usize = 16;

/// The steps that a lead takes by itself when all of its parts have ended.
const CLOSING: [Act; 3] = [Act::Decide, Act::Refuse, Act::Stop];

/// The steps that it takes by itself while a part waits for the applicant, and afterwards.
const WAITING: [Act; 2] = [Act::RequestSupplement, Act::Supplement];

/// Lowers every bundle among the compiled texts.
///
/// `gaps` says that what seems undeclared may stand in a text that could not be read.
pub(crate) fn lower(compiled: &[Compiled], gaps: bool, found: &mut Vec<Diagnostic>) -> Vec<Bundle> {
    let mut bundles = Vec::new();
    for lead in compiled.iter().filter(|it| it.is_bundle()) {
        let start = found.len();
        let text = Text { lead, compiled, gaps };
        let lowered = text.lower(found);
        let is_sound = !any_error(found.get(start..).unwrap_or_default());
        bundles.extend(lowered.into_iter().flatten().filter(|_| is_sound));
    }
    bundles
}

/// The text of one bundle, beside all others.
pub(super) struct Text<'c> {
    lead: &'c Compiled,
    pub(super) compiled: &'c [Compiled],
    pub(super) gaps: bool,
}

impl<'c> Text<'c> {
    fn lower(&self, found: &mut Vec<Diagnostic>) -> Vec<Option<Bundle>> {
        let draft = &self.lead.draft;
        self.check_parts(found);
        self.check_closing(found);
        let parts = order::sorted(&draft.part, found);
        let delivery = self.delivery(&parts, found);
        let days = Days { text: self, whole: *self.lead.procedure.effective(), parts: &parts };
        let days = days.stretches(found);
        days.into_iter().map(|it| self.version(it, &parts, &delivery, found)).collect()
    }

    fn check_parts(&self, found: &mut Vec<Diagnostic>) {
        let (parts, head) = (&self.lead.draft.part.0, self.lead.procedure.span());
        if parts.len() < 2 {
            let message = "a bundle joins two procedures at least";
            let diagnostic = Diagnostic::error("few-parts", head, message);
            found.push(diagnostic.help("declare them under `[part.NAME]`"));
        }
        if let Some((id, _)) = parts.get(MAX_PARTS) {
            let message = format!("more than {MAX_PARTS} parts");
            found.push(Diagnostic::error("too-many", id.span, message).help("leave some out"));
        }
    }

    /// When all parts have ended, the lead ends by itself in one of three ways, and is then returned.
    fn check_closing(&self, found: &mut Vec<Diagnostic>) {
        let lead = &self.lead.procedure;
        let system = lead.roles().find(&SYSTEM).map(|(it, _)| it);
        let takes = |act: Act, by_system: bool| {
            let mut steps = lead.transitions().iter().filter(|(_, _, it)| it.act() == act);
            steps.any(|(_, _, it)| {
                !by_system || system.is_some_and(|role| it.by().any(|it| it == role))
            })
        };
        for act in CLOSING.into_iter().filter(|it| !takes(*it, true)) {
            let message = format!(
                "no transition with the act `{act}` is taken by role `{SYSTEM}`, so the bundle cannot end by itself"
            );
            let diagnostic = Diagnostic::error("bundle-cannot-close", lead.span(), message);
            found.push(diagnostic.help("declare one, or inherit a life cycle that has it"));
        }
        if !takes(Act::Return, false) {
            let message = "no transition with the act `return` delivers the results";
            let diagnostic = Diagnostic::error("bundle-cannot-close", lead.span(), message);
            found.push(diagnostic.help("declare one, or inherit a life cycle that has it"));
        }
    }

    /// Every part is delivered; returns on which law.
    fn delivery(
        &self,
        sorted: &[(At<Id>, &PartDraft)],
        found: &mut Vec<Diagnostic>,
    ) -> Vec<LawIdx> {
        let parts = &self.lead.draft.part;
        let delivery = self.lead.draft.delivery.as_ref().map(|it| &it.0);
        let named = delivery.map_or(Many::NONE, |it| it.parts.clone());
        order::places(&named, parts, sorted, found);
        for (id, _) in &parts.0 {
            if named.is_whole() && !named.0.iter().any(|it| it.value == id.value) {
                let message = format!("part `{}` is never delivered", id.value);
                let diagnostic = Diagnostic::error("part-not-delivered", id.span, message);
                found.push(diagnostic.help("name it in `parts` of `[delivery]`"));
            }
        }
        delivery.map_or(Vec::new(), |it| self.law(&it.law, found))
    }

    fn law(&self, written: &Many<At<Id>>, found: &mut Vec<Diagnostic>) -> Vec<LawIdx> {
        let laws = self.lead.procedure.laws();
        let mut places = Vec::with_capacity(written.0.len());
        for name in &written.0 {
            match laws.find(&name.value) {
                Some((at, _)) => places.push(at),
                None => found.push(LAW.undeclared(*name, laws.iter().map(|(_, it, _)| it))),
            }
        }
        places
    }

    /// Returns the versions of a part's procedure.
    pub(super) fn versions(&self, part: &PartDraft) -> impl Iterator<Item = &'c Compiled> {
        let wanted = part.procedure.0.map(|it| it.value);
        let procedures = self.compiled.iter().filter(|it| !it.is_bundle());
        procedures.filter(move |it| Some(*it.procedure.id()) == wanted)
    }

    /// Builds the bundle of one stretch of days.
    fn version(
        &self,
        days: Interval,
        sorted: &[(At<Id>, &PartDraft)],
        delivery: &[LawIdx],
        found: &mut Vec<Diagnostic>,
    ) -> Option<Bundle> {
        let chosen: Option<Vec<&Compiled>> = sorted
            .iter()
            .map(|(_, part)| {
                self.versions(part).find(|it| it.procedure.effective().contains(days.from()))
            })
            .collect();
        let chosen = chosen?;
        let draft = self.dated(days, &chosen);
        let mut lead = procedure::lower(&draft, &Many::NONE, found)?;
        lead.followed = followed(&lead);
        lead.own_version = self.lead.procedure.own_version;
        let before = self.before(sorted, found);
        let mut parts = Vec::with_capacity(sorted.len());
        for (((id, part), compiled), after) in sorted.iter().zip(chosen).zip(&before) {
            let built = Build { text: self, lead: &lead, draft: &draft, sorted, before: &before };
            parts.extend(built.part(*id, part, compiled, after, found).map(|it| (*id, it)));
        }
        let is_whole = parts.len() == sorted.len();
        is_whole.then(|| Bundle { lead, parts: Table::new(parts), delivery: delivery.into() })
    }

    /// Gives the lead the days of a stretch, and the latest of the versions.
    fn dated(&self, days: Interval, chosen: &[&Compiled]) -> Draft {
        let mut draft = self.lead.draft.clone();
        let newest = chosen.iter().map(|it| *it.procedure.version()).max();
        if let Some(head) = draft.head_mut() {
            head.effective = Need(head.effective.0.map(|it| At { value: days, ..it }));
            let later =
                |own: At<Id>| At { value: newest.map_or(own.value, |it| it.max(own.value)), ..own };
            head.version = Need(head.version.0.map(later));
        }
        draft
    }

    /// Returns, for each part, the parts that it waits for.
    fn before(
        &self,
        sorted: &[(At<Id>, &PartDraft)],
        found: &mut Vec<Diagnostic>,
    ) -> Vec<Vec<usize>> {
        let parts = &self.lead.draft.part;
        sorted.iter().map(|(_, it)| order::places(&it.after, parts, sorted, found)).collect()
    }
}

/// One version of a bundle while its parts are built.
struct Build<'b> {
    text: &'b Text<'b>,
    lead: &'b Procedure,
    draft: &'b Draft,
    sorted: &'b [(At<Id>, &'b PartDraft)],
    before: &'b [Vec<usize>],
}

impl Build<'_> {
    fn part(
        &self,
        id: At<Id>,
        part: &PartDraft,
        compiled: &Compiled,
        after: &[usize],
        found: &mut Vec<Diagnostic>,
    ) -> Option<BundlePart> {
        let guard = part.when.as_ref();
        let when =
            guard.and_then(|it| Guard::compile(&it.value, it.span, self.lead.facts(), found));
        let procedure = derive(id, part, &compiled.draft, self.draft, found)?;
        self.check_channels(id, &procedure, found);
        let names: Vec<Id> = self.sorted.iter().map(|(it, _)| it.value).collect();
        let before = self.all_before(after);
        let carrying = Carrying {
            id,
            part,
            procedure: &procedure,
            lead: self.lead,
            parts: &names,
            before: &before,
        };
        let (facts, documents) = (carrying.facts(found), carrying.documents(found));
        let law = self.text.law(&part.law, found);
        let after = after.iter().map(|it| BundlePartIdx::new(*it)).collect();
        let remarks = part.remarks.clone();
        Some(BundlePart { procedure, after, when, facts, documents, law, remarks })
    }

    /// Returns what is over before a part begins, however far back.
    fn all_before(&self, after: &[usize]) -> Vec<usize> {
        let mut all: Vec<usize> = after.to_vec();
        let mut place = 0;
        while let Some(before) = all.get(place).and_then(|it| self.before.get(*it)) {
            let fresh: Vec<usize> = before.iter().copied().filter(|it| !all.contains(it)).collect();
            all.extend(fresh);
            place += 1;
        }
        all
    }

    /// What may be filed on a channel is filed on it as a whole.
    fn check_channels(&self, id: At<Id>, procedure: &Procedure, found: &mut Vec<Diagnostic>) {
        let channels = self.lead.channels().iter();
        for channel in channels.filter(|it| !procedure.channels().contains(it)) {
            let message = format!(
                "the procedure of part `{}` is not offered on channel `{channel}`",
                id.value
            );
            let diagnostic = Diagnostic::error("part-channel", id.span, message);
            found.push(diagnostic.help("leave the channel out of the bundle"));
        }
    }
}

/// Returns what a lead does by itself, as the system.
fn followed(lead: &Procedure) -> Vec<TransitionIdx> {
    let Some((system, _)) = lead.roles().find(&SYSTEM) else { return Vec::new() };
    let follows = |it: &Transition| {
        let act = it.act();
        (CLOSING.contains(&act) || WAITING.contains(&act)) && it.by().any(|it| it == system)
    };
    let expires: Vec<TransitionIdx> =
        lead.terms().iter().filter_map(|(_, _, it)| it.expires()).collect();
    let steps =
        lead.transitions().iter().filter(|(at, _, it)| follows(it) && !expires.contains(at));
    steps.map(|(at, _, _)| at).collect()
}
