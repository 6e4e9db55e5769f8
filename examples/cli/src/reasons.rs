//! Reasons of a refusal for people and programs.

use hoso::definition::Procedure;
use hoso::dossier::Reason;
use hoso::text::Lang;
use serde_json::{Value, json};

/// Returns a reason as data.
pub(crate) fn data(reason: &Reason, procedure: &Procedure, lang: Lang) -> Value {
    json!({
        "code": reason.cause().as_str(),
        "message": reason.message(procedure, lang),
        "subject": reason.subject().map(|it| it.to_string()),
        "needed": reason.what_is_needed(),
        "found": reason.what_was_found(),
        "who": reason.who().map(|it| it.to_string()),
        "law": law(reason, procedure, lang),
    })
}

/// Returns the legal basis as lawyers write it.
fn law(reason: &Reason, procedure: &Procedure, lang: Lang) -> Option<String> {
    Some(procedure.laws().get(reason.law()?)?.display(lang))
}

/// Writes a reason in one line: what stands in the way, who can change it, by which law.
pub(crate) fn text(reason: &Reason, procedure: &Procedure, lang: Lang) -> String {
    let mut line = reason.message(procedure, lang);
    if let Some(who) = reason.who() {
        let role = procedure.roles().find(&who);
        let role = role.map_or_else(|| format!("`{who}`"), |(_, it)| it.name().get(lang).into());
        line += &format!("; {} {role}", lang.pick("do", "by"));
    }
    if let Some(law) = law(reason, procedure, lang) {
        line += &format!(" [{law}]");
    }
    line
}
