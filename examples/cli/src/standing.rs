//! How the parts of a case stand, in words for people and programs.

use hoso::dossier::bundle::PartStanding;
use hoso::id::Id;
use hoso::text::Lang;
use serde_json::{Value, json};

/// Returns how a part of a case stands.
pub(crate) fn text(standing: &PartStanding, lang: Lang) -> String {
    let all = |ids: &[Id]| ids.iter().map(Id::as_str).collect::<Vec<_>>().join(", ");
    let word = match standing {
        PartStanding::LeftOut => lang.pick("không yêu cầu", "left out"),
        PartStanding::Open => lang.pick("đang giải quyết", "open"),
        PartStanding::Granted => lang.pick("đã giải quyết", "granted"),
        PartStanding::Refused => lang.pick("từ chối", "refused"),
        PartStanding::Stopped => lang.pick("đã dừng", "stopped"),
        PartStanding::Awaits(parts) if !parts.is_empty() => {
            return format!("{} {}", lang.pick("chờ", "waits for"), all(parts));
        }
        PartStanding::Dropped(part) => {
            let because = lang.pick("không giải quyết vì", "dropped because of");
            return format!("{because} {part}");
        }
        PartStanding::Undecided(facts) => {
            let unknown = lang.pick("chưa rõ", "undecided, not known:");
            return format!("{unknown} {}", all(facts));
        }
        _ => lang.pick("chưa mở", "not opened"),
    };
    word.into()
}

/// Returns the word by which programs tell how a part stands.
pub(crate) const fn word(standing: &PartStanding) -> &'static str {
    match standing {
        PartStanding::Undecided(_) => "undecided",
        PartStanding::LeftOut => "left-out",
        PartStanding::Awaits(_) => "awaits",
        PartStanding::Open => "open",
        PartStanding::Granted => "granted",
        PartStanding::Refused => "refused",
        PartStanding::Stopped => "stopped",
        PartStanding::Dropped(_) => "dropped",
        _ => "unopened",
    }
}

/// Returns the parts of a case as data: how each stands, and the name of its dossier.
pub(crate) fn data(case: &str, parts: &[(Id, PartStanding)]) -> Vec<Value> {
    let part = |(name, it): &(Id, PartStanding)| json!({ "part": name.as_str(), "standing": word(it), "dossier": format!("{case}/{name}") });
    parts.iter().map(part).collect()
}

/// Writes the parts of a case in one line.
pub(crate) fn line(parts: &[(Id, PartStanding)], lang: Lang) -> String {
    let parts: Vec<String> =
        parts.iter().map(|(name, it)| format!("{name} {}", text(it, lang))).collect();
    format!("{}: {}", lang.pick("các thủ tục", "parts"), parts.join(" · "))
}
