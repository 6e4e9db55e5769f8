//! Short words of a run: names of procedures and states, lengths of terms, breaches.

use hoso::authority::{Authorities, Authority};
use hoso::clock::Length;
use hoso::definition::{PortalStatus, Procedure};
use hoso::dossier::{Breach, ConsultationOutcome, Dossier};
use hoso::id::Id;
use hoso::text::Lang;

/// How many characters of a procedure's name are printed.
const LONGEST: usize = 60;

/// Returns the name of a procedure up to its first parenthesis, and no longer than a line bears.
pub(super) fn procedure(procedure: &Procedure, lang: Lang) -> String {
    let name = procedure.name().get(lang);
    let short = name.split(" (").next().unwrap_or(name).trim_end();
    match short.char_indices().nth(LONGEST) {
        None => short.into(),
        Some((end, _)) => format!("{}…", short.get(..end).unwrap_or(short).trim_end()),
    }
}

/// Returns the name of the present state; its id where the version does not declare it.
pub(super) fn state(dossier: &Dossier, version: Option<&Procedure>, lang: Lang) -> Option<String> {
    let state = dossier.state()?;
    Some(named(
        version.and_then(|it| it.states().find(&state)).map(|(_, it)| it.name()),
        &state,
        lang,
    ))
}

/// Returns the code of a status, with its label where that says more than the name of the state.
pub(super) fn status(status: PortalStatus, state: &str, lang: Lang) -> String {
    let (label, name) = (status.label(lang), state.to_lowercase());
    let said = label.to_lowercase();
    if said.contains(&name) || name.contains(&said) {
        status.to_string()
    } else {
        format!("{status} {label}")
    }
}

/// Returns a length in few words.
pub(super) fn length(length: Length, lang: Lang) -> String {
    match length {
        Length::SameDay => lang.pick("trong ngày", "same day").into(),
        Length::Transfer => lang.pick("chuyển trong ngày", "moved the same day").into(),
        _ => length.label(lang),
    }
}

/// Returns what was breached, with its code.
pub(super) fn breach(breach: &Breach, version: Option<&Procedure>, lang: Lang) -> String {
    let rule = breach.rule.as_str();
    let known = match rule {
        "step-overdue" => Some(lang.pick("bước xử lý quá hạn", "a step took too long").into()),
        "second-supplement" => Some(
            lang.pick("yêu cầu bổ sung quá một lần", "a supplement was asked for again").into(),
        ),
        "apology-late" => Some(lang.pick("xin lỗi quá muộn", "the apology came too late").into()),
        _ => late(rule, version, lang).or_else(|| again(rule, version, lang)),
    };
    known.map_or_else(|| format!("`{rule}`"), |it: String| format!("{it} (`{rule}`)"))
}

/// Returns that something was done after the end of a term.
fn late(rule: &str, version: Option<&Procedure>, lang: Lang) -> Option<String> {
    let id = Id::parse(rule.strip_suffix("-late")?).ok()?;
    Some(format!("{}: {}", lang.pick("quá thời hạn", "late"), term(&id, version, lang)))
}

/// Returns that a transition was taken once too often.
fn again(rule: &str, version: Option<&Procedure>, lang: Lang) -> Option<String> {
    let id = Id::parse(rule.strip_suffix("-again")?).ok()?;
    let often = lang.pick("quá số lần cho phép", "taken too often");
    Some(format!("{often}: {}", transition(&id, version, lang)))
}

/// Returns the name of a term.
pub(super) fn term(id: &Id, version: Option<&Procedure>, lang: Lang) -> String {
    named(version.and_then(|it| it.terms().find(id)?.1.name()), id, lang)
}

/// Returns the name of a transition, or of the act that it is.
pub(super) fn transition(id: &Id, version: Option<&Procedure>, lang: Lang) -> String {
    let found = version.and_then(|it| it.transitions().find(id));
    found.map_or_else(|| id.to_string(), |(_, it)| it.name(lang).into())
}

/// Returns the name of an agency.
pub(super) fn agency(id: &Id, version: Option<&Procedure>, lang: Lang) -> String {
    named(version.and_then(|it| it.consultations().find(id)).map(|(_, it)| it.name()), id, lang)
}

/// Returns the name of a fee, or of what the applicant was told to pay beside them.
pub(super) fn fee(id: &Id, version: Option<&Procedure>, lang: Lang) -> String {
    if *id == *"financial-obligation" {
        return lang.pick("nghĩa vụ tài chính", "financial obligation").into();
    }
    named(version.and_then(|it| it.fees().find(id)?.1.name()), id, lang)
}

/// Returns the name of an authority.
pub(super) fn authority(all: &Authorities, id: &Id, lang: Lang) -> String {
    named(all.find(id).map(Authority::name), id, lang)
}

fn named(name: Option<&hoso::text::Text>, id: &Id, lang: Lang) -> String {
    name.map_or_else(|| id.to_string(), |it| it.get(lang).into())
}

/// Returns what came of a consultation, or that the agency may still answer.
pub(super) fn outcome(outcome: Option<ConsultationOutcome>, lang: Lang) -> String {
    match outcome {
        None => lang.pick("đang chờ trả lời", "no answer yet").into(),
        Some(ConsultationOutcome::Answered(opinion)) => opinion.label(lang).into(),
        Some(ConsultationOutcome::Silent(silence)) => {
            let silent = lang.pick("không trả lời", "silent");
            format!("{silent}: {}", silence.label(lang))
        }
        Some(_) => String::new(),
    }
}
