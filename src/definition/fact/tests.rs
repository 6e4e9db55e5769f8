use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::*;
use crate::read::{Named, record};
use crate::source::Sources;
use expect_test::{Expect, expect};

record! {
    struct Sheet {
        fact: Named<FactDraft> = "fact",
    }
}

/// Reads facts from a text of `[fact.*]` tables, with the problems found.
pub(crate) fn read_facts(text: &str) -> (Facts, String) {
    let mut sources = Sources::new();
    let file = sources.add("facts.toml", text);
    let mut found = Vec::new();
    let sheet: Sheet = crate::read::read(file, text, &mut found).unwrap();
    let drafts = sheet.fact.0.iter().map(|(id, draft)| (*id, draft.as_ref()));
    let facts = Facts::lower(drafts, &mut found);
    let source = sources.file(file).unwrap();
    let lines: Vec<String> = found
        .iter()
        .map(|it| {
            let (line, column) = source.line_column(it.span().range().start);
            format!("{line}:{column} {}: {}", it.code(), it.message())
        })
        .collect();
    (facts, lines.join("\n"))
}

pub(crate) const CASE: &str = "
    fact.floors = { type = 'integer', range = [1, 200] }
    fact.heritage = { type = 'boolean' }
    fact.area = { type = 'choice', values = ['ward', 'other'] }
    fact.signed = { type = 'date', by = 'applicant' }
";

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&read_facts(text).1);
}

#[test]
fn a_fact_without_its_domain_is_reported() {
    check(
        "fact.a = { type = 'integer' }\nfact.b = { type = 'choice' }\nfact.c = { type = 'integer', range = [3] }",
        expect![[r#"
            1:6 fact-domain: fact `a` needs the two ends of its range
            2:6 fact-domain: fact `b` needs the words among which it chooses
            3:6 fact-domain: fact `c` needs the two ends of its range"#]],
    );
}

#[test]
fn domains_that_contradict_themselves_are_reported() {
    check(
        "fact.a = { type = 'integer', range = [3, 1] }\nfact.b = { type = 'choice', values = ['x', 'x', '2026-03-02'] }\nfact.and = { type = 'boolean', range = [1, 2] }",
        expect![[r#"
            1:42 empty-range: no number lies between 3 and 1
            2:44 repeated-value: `x` is written twice
            2:49 fact-domain: `2026-03-02` is a date, not a word
            3:6 reserved-name: `and` is a word of the guard language
            3:41 fact-domain: a fact of type `boolean` has no `range`"#]],
    );
}

#[test]
fn answers_are_read_against_their_domain() {
    let facts = read_facts(CASE).0;
    let say = |answer: &str| match facts.parse(answer) {
        Ok((place, value)) => format!("{} {value}", place.index()),
        Err(error) => error.to_string(),
    };
    let said: Vec<String> = [
        "floors=7",
        "heritage=true",
        "area=ward",
        "signed=2026-03-02",
        "floors=0",
        "floors=many",
        "area=wards",
        "signed=2026-02-30",
        "signed=+262142-01-01",
        "flors=7",
        "floors",
    ]
    .map(say)
    .into();
    expect![[r#"
        0 7
        1 true
        2 ward
        3 2026-03-02
        fact `floors`: `0` is not a whole number from 1 to 200
        fact `floors`: `many` is not a whole number from 1 to 200
        fact `area`: `wards` is not one of `ward`, `other`
        fact `signed`: `2026-02-30` is not a date such as 2026-03-02
        fact `signed`: `+262142-01-01` is not a date such as 2026-03-02
        fact `flors` is not declared; the nearest declared one is `floors`
        `floors` is not an answer of the form `fact=value`"#]]
    .assert_eq(&said.join("\n"));
}

#[test]
fn typed_answers_are_checked_too() {
    let facts = read_facts(CASE).0;
    let floors = Id::parse("floors").unwrap();
    assert_eq!(facts.check(&floors, Value::Integer(3)).unwrap().index(), 0);
    assert!(facts.check(&floors, Value::Boolean(true)).unwrap_err().is_ill_typed());
    let other = Id::parse("other").unwrap();
    assert!(facts.check(&other, Value::Integer(3)).unwrap_err().is_undeclared());
}

#[cfg(feature = "serde")]
#[test]
fn values_are_plain_data() {
    let text = r#"[true,7,"ward","2026-03-02"]"#;
    let values: Vec<Value> = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&values).unwrap(), text);
    assert!(serde_json::from_str::<Value>("1.5").is_err());
    assert!(serde_json::from_str::<Value>("\"Phường\"").is_err());
    assert!(serde_json::from_str::<Value>("18446744073709551615").is_err());
}
