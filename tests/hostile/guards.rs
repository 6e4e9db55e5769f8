//! Any guard: refused inside its text, or printed as it is read.

use std::sync::OnceLock;

use hoso::definition::fact::{FactIdx, Facts};
use hoso::definition::guard::{Guard, Truth};
use hoso::definition::{self, Procedure};
use hoso::diagnostic::{Diagnostic, any_error};
use hoso::source::Sources;
use proptest::prelude::*;
use proptest::sample::select;

use crate::values::value;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::cases(400)))]

    #[test]
    fn any_guard_is_read_or_refused(
        text in prop_oneof![
            any::<String>(),
            prop::collection::vec(select(&[
                "heritage", "floors", "area", "born", "ward", "2026-03-02", "9223372036854775808", "-1", "7",
                "and", "or", "not", "in", "known", "(", ")", "[", "]", ",", "==", "!=", "<", "<=", ">", ">=",
                "=", "true", "false", "\u{430}rea", "\"", "\n",
            ][..]), 0..24).prop_map(|it| it.join(" ")),
        ],
        answers in prop::collection::vec(value(), 4),
    ) {
        let facts = guard_facts();
        match Guard::parse(&text, facts) {
            Ok(guard) => {
                prop_assert_eq!(&Guard::parse(guard.as_str(), facts).unwrap(), &guard);
                let lookup = |it: FactIdx| answers.get(it.index()).copied();
                let holds = guard.evaluate(lookup) == Truth::Yes;
                prop_assert_eq!(guard.unmet(lookup, facts).needs().is_empty(), holds);
            }
            Err(found) => {
                prop_assert!(any_error(&found));
                let inside = |it: &Diagnostic| it.span().range().end <= text.len() + 2;
                prop_assert!(found.iter().all(inside), "{found:?}");
            }
        }
    }
}

fn guard_facts() -> &'static Facts {
    static PROCEDURE: OnceLock<Procedure> = OnceLock::new();
    let procedure = PROCEDURE.get_or_init(|| {
        let mut sources = Sources::new();
        sources.add(
            "text",
            r#"
            format = 1
            procedure = { id = "a", version = "1", name = "A", authority = "commune", service-level = "full", effective = { from = 2025-07-01 } }
            fact.heritage = { type = "boolean" }
            fact.floors = { type = "integer", range = [-9223372036854775808, 9223372036854775807] }
            fact.area = { type = "choice", values = ["ward", "other"] }
            fact.born = { type = "date" }
            role.a = { name = "A" }
            state.a = { name = "A", portal-status = 1 }
            transition.file = { act = "file", to = "a", by = "a" }
            "#,
        );
        let (mut procedures, found) = definition::load(&sources);
        assert!(found.is_empty(), "{found:?}");
        procedures.remove(0)
    });
    procedure.facts()
}
