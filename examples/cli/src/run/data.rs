//! The report of a run as one JSON document.

use hoso::dossier::{Breach, Charge, ConsultationOutcome, Consulted, Dossier, TermState};
use hoso::fee::Why;
use hoso::money::Dong;
use hoso::text::Lang;
use serde_json::{Value, json};

use super::Report;
use super::case::{Case, Lapse, Refused};
use crate::answer::put;
use crate::office::Office;
use crate::{fee, ledger, reasons, standing};

pub(super) fn data(report: &Report<'_>, lang: Lang, ledgers: bool) -> Value {
    let (fees, unknown) = report.fees();
    let dossiers = report.cases.iter().map(|it| dossier(report, it, lang, ledgers));
    json!({
        "dossiers": dossiers.collect::<Vec<_>>(),
        "totals": {
            "dossiers": report.cases.len(),
            "commands": report.lines,
            "refused": report.refused(),
            "on-time": report.on_time(),
            "overdue": report.overdue(),
            "fees": fees,
            "fees-unknown": unknown,
            "on-time-open": report.on_time_open(),
            "without-appointment": report.without_appointment(),
        },
        "as-of": report.as_of.map(|it| it.to_rfc3339()),
    })
}

fn dossier(report: &Report<'_>, case: &Case<'_>, lang: Lang, ledgers: bool) -> Value {
    let it = case.dossier();
    let version = case.version(report.office);
    let appointment = it.appointment();
    let due = it.due();
    let mut data = json!({
        "dossier": case.name(),
        "procedure": version.map(|it| it.id().to_string()),
        "version": it.procedure_version().map(|it| it.to_string()),
        "state": it.state().map(|it| it.to_string()),
        "portal-status": it.portal_status().map(|it| it.code()),
        "accepted": it.accepted().map(|it| it.to_rfc3339()),
        "due": due.map(|it| it.date_naive().to_string()),
        "ended": it.ended().map(|it| it.to_rfc3339()),
        "overdue": report.is_overdue(case),
        "fee": case.fee().map(Dong::get),
        "breaches": it.breaches().iter().map(breach).collect::<Vec<_>>(),
        "refused": case.refused().iter().map(|it| refused(it, lang)).collect::<Vec<_>>(),
        "id": it.id().to_string(),
        "received-by": it.received_by().map(|it| it.to_string()),
        "acting": acting(report, it),
        "due-moment": due.map(|it| it.to_rfc3339()),
        "original-due": appointment.map(|it| it.original.date().to_string()),
        "charges": charges(report.office, case, lang),
        "code": it.code().map(|it| it.as_str()),
        "consultations": it.consultations().iter().map(consultation).collect::<Vec<_>>(),
        "expired": case.lapses().iter().map(expired).collect::<Vec<_>>(),
    });
    if !case.parts().is_empty() {
        put(&mut data, "parts", standing::data(case.name(), case.parts()));
    }
    if ledgers {
        put(&mut data, "terms", terms(report.office, it, lang));
    }
    data
}

/// Returns who acts now: one authority, several where nobody can tell, null where nobody said who received it.
fn acting(report: &Report<'_>, dossier: &Dossier) -> Option<Vec<String>> {
    let acting = report.acting(dossier)?;
    Some(acting.acting().ids().iter().map(|it| it.to_string()).collect())
}

fn consultation(asked: &Consulted) -> Value {
    let (opinion, silence) = match asked.outcome {
        Some(ConsultationOutcome::Answered(opinion)) => (Some(opinion.as_str()), None),
        Some(ConsultationOutcome::Silent(silence)) => (None, Some(silence.as_str())),
        _ => (None, None),
    };
    json!({
        "consultation": asked.consultation.as_str(),
        "at": asked.at.to_rfc3339(),
        "due": asked.due.map(|it| it.moment().to_rfc3339()),
        "opinion": opinion,
        "silence": silence,
    })
}

fn expired(lapse: &Lapse) -> Value {
    json!({
        "term": lapse.term.as_str(),
        "transition": lapse.transition.as_str(),
        "at": lapse.at.to_rfc3339(),
    })
}

fn breach(breach: &Breach) -> Value {
    json!({
        "rule": breach.rule.as_str(),
        "at": breach.at.to_rfc3339(),
        "due": breach.due.map(|it| it.to_rfc3339()),
    })
}

fn refused(refused: &Refused<'_>, lang: Lang) -> Value {
    let reasons = refused.rejection.reasons();
    json!({
        "file": refused.place.file(),
        "line": refused.place.line(),
        "transition": refused.transition,
        "reasons": reasons.map(|it| reasons::data(it, refused.procedure, lang)).collect::<Vec<_>>(),
    })
}

fn charges(office: &Office, case: &Case<'_>, lang: Lang) -> Vec<Value> {
    let charges = case.dossier().charges().iter();
    charges.map(|it| charge(office, case, it, lang)).collect()
}

fn charge(office: &Office, case: &Case<'_>, charge: &Charge, lang: Lang) -> Value {
    let assessment = case.assessment(office, charge);
    let lines = assessment.iter().flat_map(|it| it.lines());
    json!({
        "fee": charge.fee.as_str(),
        "item": charge.item.map(|it| it.to_string()),
        "payer": charge.payer.map(Dong::get),
        "subsidy": charge.subsidy.map(Dong::get),
        "why": charge.why.map(Why::as_str),
        "paid": charge.paid.get(),
        "lines": lines.map(|it| fee::line_data(it, lang)).collect::<Vec<_>>(),
    })
}

fn terms(office: &Office, dossier: &Dossier, lang: Lang) -> Value {
    let term = |it: &TermState| {
        let ledger = it.clock.ledger(office.calendar()).ok().flatten();
        json!({
            "term": it.term.as_str(),
            "standing": it.standing.as_str(),
            "since": it.clock.started().to_rfc3339(),
            "limit": it.clock.length().map(|it| it.to_string()),
            "due": it.due.map(|it| it.moment().to_rfc3339()),
            "ledger": ledger.map(|it| ledger::data(&it, lang)),
        })
    };
    dossier.terms().iter().map(term).collect()
}
