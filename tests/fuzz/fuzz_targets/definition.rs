//! Any text: loaded or refused, the same way twice, and printed as it is read.
#![no_main]

use std::sync::LazyLock;

use hoso::calendar::Calendar;
use hoso::definition::bundle::Bundles;
use hoso::definition::{self, Catalogue, Procedure, register};
use hoso::diagnostic::any_error;
use hoso::source::Sources;
use hoso::text::Lang;
use hoso::verify::{verify, verify_bundle};
use hoso::{authority, export, fee};
use libfuzzer_sys::fuzz_target;

/// What a text may rest on.
const GROUND: [&str; 5] = [
    include_str!("../../../procedures/life-cycles/one-stop-2018-06.toml"),
    include_str!("../../../procedures/life-cycles/linked-2024-06.toml"),
    include_str!("../../../procedures/marital-status-certificate-2023-01.toml"),
    include_str!("../../../procedures/calendars/vietnam.toml"),
    include_str!("../../../procedures/tariffs/vietnam.toml"),
];

static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| {
    let mut sources = Sources::new();
    for text in GROUND {
        sources.add("ground", text);
    }
    Calendar::parse_all(&sources).0.remove(0)
});

/// Writes a procedure in every language.
fn write(procedure: &Procedure) {
    drop(export::mermaid(procedure, Lang::Vi));
    drop(export::dot(procedure, Lang::En));
    drop(export::json_schema(procedure, Lang::Vi));
    drop(export::cpsv(procedure));
    drop(export::bpmn(procedure, Lang::Vi));
    drop(export::pnml(procedure, Lang::En));
}

fuzz_target!(|text: &str| {
    let mut sources = Sources::new();
    sources.add("text", text);
    for ground in GROUND {
        sources.add("ground", ground);
    }
    let (procedures, bundles, found) = definition::load_all(&sources);
    for it in &found {
        let text = sources.file(it.span().file()).map(|it| it.text());
        assert!(text.is_some_and(|text| text.get(it.span().range()).is_some()), "{it:?}");
    }
    for procedure in &procedures {
        let mut own = Sources::new();
        own.add("text", procedure.text());
        let (again, found) = definition::load(&own);
        assert!(!any_error(&found), "{found:?}");
        assert_eq!(again.as_slice(), std::slice::from_ref(procedure));
    }
    let again = definition::load_all(&sources);
    assert_eq!((&procedures, &bundles, &found), (&again.0, &again.1, &again.2));
    // One that the text itself brings in is enough.
    if let Some(procedure) = procedures.first() {
        drop(verify(procedure, &CALENDAR));
        write(procedure);
    }
    if let Some(bundle) = bundles.first() {
        drop(verify_bundle(bundle, &CALENDAR));
        bundle.procedures().for_each(|(_, it)| write(it));
    }
    drop(Bundles::new(bundles));
    drop(authority::load(&sources));
    let (catalogue, _) = Catalogue::new(procedures);
    for register in register::load(&sources).0 {
        drop(register.compare(&catalogue));
    }
    drop(Calendar::parse_all(&sources));
    drop(fee::load(&sources));
});
