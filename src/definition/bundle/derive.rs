//! A part's procedure under the law of its bundle.
//!
//! What the bundle writes about a part stands in place of what the procedure
//! says, as a procedure's own parts stand in place of inherited ones. Beside
//! that the case itself may file, accept, stop and deliver the part.

use alloc::format;
use alloc::vec::Vec;

use super::STOP;
use crate::definition::draft::{Draft, PartDraft, ProcedureHead, TransitionDraft};
use crate::definition::inherit::inherit;
use crate::definition::lower::lower;
use crate::definition::{Act, PortalStatus, Procedure, SYSTEM};
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::law::{Citation, Interval};
use crate::read::{Many, Named, Need, Remarks, Section};
use crate::source::{At, Span};
use crate::text::Text;

/// The steps that the case takes for its parts.
const TAKEN_BY_CASE: [Act; 3] = [Act::File, Act::Accept, Act::Return];

/// Derives the procedure of a part; none when anything is wrong with it.
pub(super) fn derive(
    id: At<Id>,
    part: &PartDraft,
    procedure: &Draft,
    lead: &Draft,
    found: &mut Vec<Diagnostic>,
) -> Option<Procedure> {
    let (head, bundle) = (procedure.head()?, lead.head()?);
    let own = overrides(id, part, procedure, lead, found);
    let mut merged = inherit(procedure, own, found);
    merged.procedure = Some(Section(under(head, bundle, part)));
    let_case_act(id, part, &mut merged, found)?;
    lower(&merged, &part.remove, found).map(|it| Procedure { is_part: true, ..it })
}

/// Writes what the bundle says about the part as a text of its own.
fn overrides(
    id: At<Id>,
    part: &PartDraft,
    procedure: &Draft,
    lead: &Draft,
    found: &mut Vec<Diagnostic>,
) -> Draft {
    let head = procedure.head().cloned();
    Draft {
        format: procedure.format,
        life_cycle: None,
        procedure: head.map(|it| Section(ProcedureHead { remove: part.remove.clone(), ..it })),
        bundle: None,
        policy: part.policy.clone(),
        law: laws(id, part, procedure, lead, found),
        fact: part.fact.clone(),
        role: part.role.clone(),
        database: part.database.clone(),
        document: part.document.clone(),
        result: part.result.clone(),
        term: part.term.clone(),
        consultation: part.consultation.clone(),
        state: part.state.clone(),
        transition: part.transition.clone(),
        choice: part.choice.clone(),
        fee: part.fee.clone(),
        compliance: None,
        activity: part.activity.clone(),
        report: part.report.clone(),
        change: part.change.clone(),
        waiver: part.waiver.clone(),
        migration: Named::default(),
        part: Named::default(),
        delivery: None,
        remarks: procedure.remarks.clone(),
        span: procedure.span,
    }
}

/// A case keeps the versions of the day on which it was accepted: the part has no last day.
fn under(head: &ProcedureHead, bundle: &ProcedureHead, part: &PartDraft) -> ProcedureHead {
    let first = |it: At<Interval>| bundle.effective.0.map_or(it.value.from(), |it| it.value.from());
    let open =
        |it: At<Interval>| At { value: Interval::new(first(it), None).unwrap_or(it.value), ..it };
    ProcedureHead {
        effective: Need(head.effective.0.map(open)),
        pinned: bundle.pinned,
        status: bundle.status,
        channels: if part.channels.0.is_empty() { &head.channels } else { &part.channels }.clone(),
        remove: Many::NONE,
        span: part.span,
        ..head.clone()
    }
}

/// Takes over the citations of the bundle that the part names.
fn laws(
    id: At<Id>,
    part: &PartDraft,
    procedure: &Draft,
    lead: &Draft,
    found: &mut Vec<Diagnostic>,
) -> Named<Citation> {
    let mut laws: Named<Citation> = Named::default();
    for name in cited(part) {
        let of = |laws: &Named<Citation>| {
            laws.iter().find(|(it, _)| it.value == name.value).map(|(at, it)| (at, it.clone()))
        };
        let Some((at, citation)) = of(&lead.law) else { continue };
        if of(&procedure.law).is_some_and(|(_, it)| it != citation) {
            let message = format!(
                "`{}` cites one text in the bundle and another in the procedure of part `{}`",
                name.value, id.value
            );
            let diagnostic = Diagnostic::error("law-in-two-meanings", name.span, message);
            found.push(diagnostic.help("give the citation of the bundle another name"));
        } else if !laws.0.iter().any(|(it, _)| it.value == name.value) {
            laws.0.push((at, Some(citation)));
        }
    }
    laws
}

/// Returns every citation that a part names, forms included.
fn cited(part: &PartDraft) -> Vec<At<Id>> {
    let mut cited = part.law.0.clone();
    macro_rules! of_tables {
        ($($table:ident),+) => { $(part.$table.iter().for_each(|(_, it)| cited.extend(&it.law.0));)+ };
    }
    of_tables!(
        database,
        document,
        result,
        term,
        consultation,
        state,
        transition,
        choice,
        fee,
        activity,
        report,
        change,
        waiver
    );
    part.term.iter().for_each(|(_, it)| it.case.0.iter().for_each(|it| cited.extend(&it.law.0)));
    let documents = part.document.iter().filter_map(|(_, it)| it.form.as_ref());
    cited.extend(documents.filter_map(|it| instrument(&it.value, it.span)));
    let transitions = part.transition.iter().filter_map(|(_, it)| it.form.as_ref());
    cited.extend(transitions.filter_map(|it| instrument(it.value.known()?, it.span)));
    cited
}

fn instrument(form: &str, span: Span) -> Option<At<Id>> {
    let value = Id::try_new(form.rsplit_once('/')?.0)?;
    Some(At { value, span })
}

/// Lets the case file, accept, deliver and stop the part, if its procedure has what that takes.
fn let_case_act(
    id: At<Id>,
    part: &PartDraft,
    merged: &mut Draft,
    found: &mut Vec<Diagnostic>,
) -> Option<()> {
    let stopped = states(merged, id.span, PortalStatus::is_stopped).first().copied();
    let has_role = merged.role.iter().any(|(it, _)| it.value == SYSTEM);
    if !has_role {
        let lacks = format!("role `{SYSTEM}`, in which the case files and stops it");
        found.push(cannot_follow(id, &lacks));
    }
    if stopped.is_none() {
        let lacks = "state with the Portal status 8, in which it could end with the case";
        found.push(cannot_follow(id, lacks));
    }
    let stopped = stopped.filter(|_| has_role)?;
    let transitions = merged.transition.0.iter_mut().filter_map(|(_, it)| it.as_mut());
    for transition in transitions.filter(|it| is_taken_by_case(it)) {
        transition.by.0.push(At { value: SYSTEM, span: id.span });
    }
    let open = states(merged, id.span, |it| !it.is_settled());
    merged.transition.0.retain(|(it, _)| it.value != STOP);
    let name = At { value: STOP, span: id.span };
    merged.transition.0.push((name, Some(stop(open, stopped, part, id.span))));
    Some(())
}

fn cannot_follow(id: At<Id>, lacks: &str) -> Diagnostic {
    let message = format!("the procedure of part `{}` has no {lacks}", id.value);
    Diagnostic::error("part-cannot-follow", id.span, message)
        .help("declare it, or inherit a life cycle that has it")
}

/// Says whether the system takes a step for a part, and was not let before.
fn is_taken_by_case(transition: &TransitionDraft) -> bool {
    let act = transition.act.0.map(|it| it.value);
    let is_there = transition.by.0.iter().any(|it| it.value == SYSTEM);
    act.is_some_and(|it| TAKEN_BY_CASE.contains(&it)) && !is_there
}

fn states(draft: &Draft, span: Span, wanted: fn(PortalStatus) -> bool) -> Vec<At<Id>> {
    let states = draft.state.iter().filter(|(_, it)| it.portal_status.0.is_some_and(wanted));
    states.map(|(it, _)| At { span, ..it }).collect()
}

/// The step by which a part that is still open ends with the case.
fn stop(from: Vec<At<Id>>, to: At<Id>, part: &PartDraft, span: Span) -> TransitionDraft {
    let many = |ids: Vec<At<Id>>| {
        let mut many = Many::NONE;
        many.0 = ids;
        many
    };
    TransitionDraft {
        name: Some(Text::new("Dừng cùng hồ sơ liên thông", Some("Stop with the case"))),
        act: Need(Some(At { value: Act::Stop, span })),
        from: many(from),
        to: Need(Some(to)),
        by: many(Vec::from([At { value: SYSTEM, span }])),
        when: None,
        needs: Many::NONE,
        not_by_who_did: Many::NONE,
        at_most: None,
        beyond: None,
        within: Many::NONE,
        clock: None,
        result: None,
        form: None,
        replaces: Many::NONE,
        law: part.law.clone(),
        remarks: Remarks::default(),
        span,
    }
}
