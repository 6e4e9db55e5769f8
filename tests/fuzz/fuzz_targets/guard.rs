//! Any guard: refused inside its text, or printed as it is read and answered without a panic.
#![no_main]

use std::sync::LazyLock;

use hoso::definition::fact::{FactIdx, Value};
use hoso::definition::guard::{Guard, Truth};
use hoso::definition::{Procedure, load};
use hoso::source::Sources;
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

static PROCEDURE: LazyLock<Procedure> = LazyLock::new(|| {
    let mut sources = Sources::new();
    let text = r#"
        format = 1
        procedure = { id = "a", version = "1", name = "A", authority = "commune", service-level = "full", effective = { from = 2025-07-01 } }
        fact.heritage = { type = "boolean" }
        fact.floors = { type = "integer", range = [-9223372036854775808, 9223372036854775807] }
        fact.area = { type = "choice", values = ["ward", "other"] }
        fact.born = { type = "date" }
        role.a = { name = "A" }
        state.a = { name = "A", portal-status = 1 }
        transition.file = { act = "file", to = "a", by = "a" }
    "#;
    sources.add("text", text);
    load(&sources).0.remove(0)
});

#[derive(Arbitrary, Debug)]
struct Input<'t> {
    guard: &'t str,
    heritage: Option<bool>,
    floors: Option<i64>,
}

fuzz_target!(|input: Input<'_>| {
    let facts = PROCEDURE.facts();
    let lookup = |it: FactIdx| match it.index() {
        0 => input.heritage.map(Value::Boolean),
        1 => input.floors.map(Value::Integer),
        _ => None,
    };
    match Guard::parse(input.guard, facts) {
        Ok(guard) => {
            assert_eq!(Guard::parse(guard.as_str(), facts).as_ref(), Ok(&guard));
            let holds = guard.evaluate(lookup) == Truth::Yes;
            assert_eq!(guard.unmet(lookup, facts).needs().is_empty(), holds);
        }
        Err(found) => {
            assert!(found.iter().all(|it| it.span().range().end <= input.guard.len() + 2));
        }
    }
});
