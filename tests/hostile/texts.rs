//! Any text: loaded or refused, the same way twice, and printed as it is read.

use chrono::NaiveDate;
use hoso::authority;
use hoso::calendar::{self, Calendar};
use hoso::definition::bundle::{Bundle, Bundles};
use hoso::definition::{self, Catalogue, Procedure, register};
use hoso::diagnostic::{Diagnostic, Severity, any_error};
use hoso::fee;
use hoso::simplify::cost;
use hoso::source::{FileId, Sources};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::World;

/// What came out of some texts.
#[derive(Debug, PartialEq)]
pub(crate) struct Loaded {
    procedures: Vec<Procedure>,
    bundles: Vec<Bundle>,
    calendars: Vec<String>,
    tariffs: Vec<String>,
    authorities: Vec<String>,
    pub(crate) found: Vec<Diagnostic>,
}

pub(crate) fn load(sources: &Sources) -> Loaded {
    let (procedures, bundles, mut found) = definition::load_all(sources);
    let (calendars, in_calendars) = Calendar::parse_all(sources);
    let (tariffs, in_tariffs) = fee::load(sources);
    let (catalogue, _) = Catalogue::new(procedures.clone());
    let (shelf, _) = Bundles::new(bundles.clone());
    assert!(bundles.iter().all(|it| shelf.led_by(it.lead()).is_none_or(|other| other == it)));
    let (registers, in_registers) = register::load(sources);
    found.extend(in_calendars.into_iter().chain(in_tariffs).chain(in_registers));
    for register in &registers {
        found.extend(register.compare(&catalogue));
        let _ = register.tally(&catalogue, NaiveDate::MAX);
        for (_, figure) in register.figures() {
            let _ = (figure.excess(), figure.percentages().count());
        }
    }
    let (authorities, in_authorities) = authority::load(sources);
    found.extend(in_authorities);
    found.extend(cost::load(sources).1);
    let calendars = calendars.iter().map(|it| format!("{} {}", it.id(), it.fingerprint()));
    let tariffs = tariffs.iter().map(|it| format!("{} {}", it.id(), it.fingerprint()));
    let (calendars, tariffs) = (calendars.collect(), tariffs.collect());
    let authorities = authorities.iter().map(|it| format!("{} {:?}", it.id(), it.list()));
    let authorities = authorities.collect();
    Loaded { procedures, bundles, calendars, tariffs, authorities, found }
}

/// The lead and the parts of a bundle as texts.
fn whole(bundle: &Bundle) -> Vec<String> {
    bundle.procedures().map(|(_, it)| it.text().into()).collect()
}

/// The canonical form of a text, by whichever loader reads it.
fn canonical(sources: &Sources, file: FileId) -> Option<String> {
    let format = match sources.file(file)?.head()? {
        "calendar" => calendar::format_text,
        "tariff" => fee::format_text,
        "register" => register::format_text,
        "authorities" => authority::format_text,
        "norms" => cost::format_text,
        _ => definition::format_text,
    };
    format(sources, file).ok()
}

/// Loads texts and holds the result to what must hold of any texts.
fn check(texts: &[&str]) -> Loaded {
    let mut sources = Sources::new();
    for text in texts {
        sources.add("text", *text);
    }
    let loaded = load(&sources);
    assert_eq!(loaded, load(&sources), "loading twice differs");
    for it in &loaded.found {
        let text = sources.file(it.span().file()).unwrap().text();
        assert!(text.get(it.span().range()).is_some(), "{it:?} is no place of the text");
        let is_short = it.severity() == Severity::Note || it.message().len() < 2_000;
        assert!(is_short && !it.message().is_empty(), "{it:?}");
    }
    for procedure in &loaded.procedures {
        let mut own = Sources::new();
        own.add("text", procedure.text());
        let (again, found) = definition::load(&own);
        assert!(!any_error(&found), "{found:?} in\n{}", procedure.text());
        assert_eq!(again, std::slice::from_ref(procedure));
    }
    let mut printed = Sources::new();
    for (file, source) in sources.iter() {
        let text = canonical(&sources, file).unwrap_or_else(|| source.text().into());
        printed.add("text", text);
    }
    let again = load(&printed);
    let strip = |it: &[Procedure]| it.iter().map(|it| String::from(it.text())).collect::<Vec<_>>();
    assert_eq!(strip(&again.procedures), strip(&loaded.procedures));
    assert!(again.bundles.iter().map(whole).eq(loaded.bundles.iter().map(whole)));
    assert_eq!((&again.calendars, &again.tariffs), (&loaded.calendars, &loaded.tariffs));
    for (file, source) in printed.iter() {
        if canonical(&sources, file).is_some() {
            assert_eq!(canonical(&printed, file).as_deref(), Some(source.text()));
        }
    }
    loaded
}

/// Scraps of definitions, and of what has no place in them.
const SCRAPS: &[&str] = &[
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    " = ",
    ",",
    ".",
    "\n",
    "\"",
    "'",
    "'''",
    "\"\"\"",
    "#",
    "\\",
    "format = 1",
    "[procedure]",
    "[bundle]",
    "[part.birth]",
    "[part.birth.term.decision]",
    "[delivery]",
    "[authorities]",
    "[authority.a]",
    "[entry.a]",
    "[[essential]]",
    "[figure.a]",
    "[migration.a]",
    "[waiver.a]",
    "[life-cycle]",
    "[calendar]",
    "[tariff]",
    "[register]",
    "[state.filed]",
    "[week]",
    "[transition.file]",
    "[term.decision]",
    "[[term.decision.case]]",
    "[fact.floors]",
    "[policy]",
    "[item.permit.component.fee]",
    "[zero.online]",
    "id = \"a\"",
    "version = \"2025-07\"",
    "name = \"Tên\"",
    "type = \"integer\"",
    "range = [1, 9]",
    "when = \"floors < 5\"",
    "act = \"file\"",
    "extends = \"a\"",
    "based-on = \"2025-07\"",
    "life-cycle = \"a\"",
    "remove = [\"state.filed\"]",
    "amount = [{ amount = 1 }]",
    "day = [{ date = 2026-01-01 }]",
    "limit = \"5 working days\"",
    "procedure = \"birth-registration\"",
    "after = [\"birth\"]",
    "parts = [\"birth\"]",
    "successors = [\"a\"]",
    "effective = { from = 2025-07-01 }",
    "covered = { from = 0000-01-01, until = 9999-12-31 }",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999999999",
    "0x7fffffffffffffff",
    "0b1",
    "1e308",
    "nan",
    "-inf",
    "+1",
    "1_000",
    "00",
    "true",
    "2025-02-30",
    "9999-12-31",
    "0000-01-01",
    "2025-07-01T23:59:60Z",
    "23:59:60",
    "\u{0}",
    "\u{202e}",
    "\u{feff}",
    "Ho\u{302}\u{300}",
    "hồ sơ",
    "\u{430}ccept",
    "🏛",
    "\r\n",
    "\t",
    "\\u0000",
    "\\U0010FFFF",
    "4294967296 days",
    "0 days",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(select(SCRAPS), 0..60).prop_map(|it| it.concat())
}

/// One change of a text, at places told in parts of its length.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    Delete(Index, usize),
    Repeat(Index, usize),
    Swap(Index, Index),
    Value(Index, &'static str),
    Insert(Index, &'static str),
    Copy(Index, Index),
}

pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    prop_oneof![
         1 => (at(), 1..40_usize).prop_map(|(it, length)| Edit::Delete(it, length)),
         1 => (at(), 1..40_usize).prop_map(|(it, length)| Edit::Repeat(it, length)),
         1 => (at(), at()).prop_map(|(one, two)| Edit::Swap(one, two)),
        3 => (at(), select(SCRAPS)).prop_map(|(it, scrap)| Edit::Value(it, scrap)),
         1 => (at(), select(SCRAPS)).prop_map(|(it, scrap)| Edit::Insert(it, scrap)),
        3 => (at(), at()).prop_map(|(one, two)| Edit::Copy(one, two)),]
}

/// Returns the last place of a letter that does not lie behind another place.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|it| text.is_char_boundary(*it)).unwrap()
}

impl Edit {
    fn apply(&self, text: &mut String) {
        if text.is_empty() {
            return;
        }
        let place = |it: &Index| floor(text, it.index(text.len()));
        let mut lines: Vec<String> = text.lines().map(String::from).collect();
        let count = lines.len().max(1);
        match self {
            Self::Delete(it, length) => {
                let (from, until) = (place(it), floor(text, place(it) + length));
                text.replace_range(from..until, "");
            }
            Self::Repeat(it, length) => {
                let (from, until) = (place(it), floor(text, place(it) + length));
                let again = String::from(text.get(from..until).unwrap());
                text.insert_str(from, &again);
            }
            Self::Insert(it, scrap) => text.insert_str(place(it), scrap),
            Self::Swap(one, two) => {
                lines.swap(one.index(count), two.index(count));
                *text = lines.join("\n");
            }
            Self::Value(it, scrap) => {
                let line = &mut lines[it.index(count)];
                if let Some((key, _)) = line.split_once(" = ") {
                    *line = format!("{key} = {scrap}");
                }
                *text = lines.join("\n");
            }
            // The value of one line behind the key of another: of its type, or not.
            Self::Copy(one, two) => {
                let value = lines[two.index(count)].split_once(" = ").map(|(_, it)| it.to_owned());
                let line = &mut lines[one.index(count)];
                if let (Some((key, _)), Some(value)) = (line.split_once(" = "), value) {
                    *line = format!("{key} = {value}");
                }
                *text = lines.join("\n");
            }
        }
    }
}

pub(crate) fn damaged(text: &str, edits: &[Edit]) -> String {
    let mut text = String::from(text);
    edits.iter().for_each(|it| it.apply(&mut text));
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::cases(400)))]

    #[test]
    fn any_bytes_are_loaded_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), head in 0..8_usize) {
        let text = String::from_utf8_lossy(&bytes);
        let heads = [
            "", "[procedure]\n", "[bundle]\n", "[life-cycle]\n", "[calendar]\n", "[tariff]\n", "[register]\n",
            "[authorities]\n",
        ];
        let head = heads[head];
        check(&[&format!("{text}\n{head}{text}")]);
    }

    #[test]
    fn any_scraps_are_loaded_or_refused(one in soup(), two in soup()) {
        check(&[&one, &two]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::cases(150)))]

    #[test]
    fn a_damaged_real_text_is_loaded_or_refused(
        which in any::<Index>(),
        edits in prop::collection::vec(edit(), 1..6),
    ) {
        let sources = &World::get().sources;
        let (chosen, source) = which.get(&sources.iter().collect::<Vec<_>>()).to_owned();
        let text = damaged(source.text(), &edits);
        let own = |head: Option<&str>| match source.head() {
            Some("calendar" | "tariff" | "authorities" | "norms") => head == source.head(),
            _ => head == Some("life-cycle"),
        };
        let others = sources.iter().filter(|(file, it)| *file != chosen && own(it.head()));
        let mut texts = vec![text.as_str()];
        texts.extend(others.map(|(_, it)| it.text()));
        check(&texts);
    }
}
