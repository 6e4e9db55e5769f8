//! Any text: loaded or refused, the same way twice, and printed as it is read.
#![no_main]

use hoso::calendar::Calendar;
use hoso::definition::{self, Catalogue, register};
use hoso::diagnostic::any_error;
use hoso::fee;
use hoso::source::Sources;
use libfuzzer_sys::fuzz_target;

/// What a text may rest on.
const GROUND: [&str; 3] = [
    include_str!("../../../procedures/life-cycles/one-stop-2018-06.toml"),
    include_str!("../../../procedures/calendars/vietnam.toml"),
    include_str!("../../../procedures/tariffs/vietnam.toml"),
];

fuzz_target!(|text: &str| {
    let mut sources = Sources::new();
    sources.add("text", text);
    for ground in GROUND {
        sources.add("ground", ground);
    }
    let (procedures, found) = definition::load(&sources);
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
    assert_eq!(
        (&procedures, &found),
        (&definition::load(&sources).0, &definition::load(&sources).1)
    );
    let (catalogue, _) = Catalogue::new(procedures);
    for register in register::load(&sources).0 {
        drop(register.compare(&catalogue));
    }
    drop(Calendar::parse_all(&sources));
    drop(fee::load(&sources));
});
