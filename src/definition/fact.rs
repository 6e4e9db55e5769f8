//! Facts of a case: what a procedure or a tariff may ask about, and the values that answer.
//!
//! A fact has a closed domain, so that gaps and overlaps between guards can be
//! found exactly. There is no text fact, no fraction and no list.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;

use chrono::NaiveDate;

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::id::Id;
use crate::read::{Many, Need, record};
use crate::source::{At, Span};
use crate::text::{Text, nearest, words};

words! {
    /// The type of a fact.
    pub enum FactType as "a type of fact: `boolean`, `integer`, `choice` or `date`" {
        /// It holds or it does not.
        Boolean = "boolean" ("đúng hoặc sai", "yes or no"),
        /// A whole number inside a declared range.
        Integer = "integer" ("số nguyên", "whole number"),
        /// One of declared words.
        Choice = "choice" ("lựa chọn", "choice"),
        /// A day.
        Date = "date" ("ngày", "date"),
    }
}

record! {
    /// A fact as its text declares it.
    pub(crate) struct FactDraft {
        name: Option<Text> = "name",
        kind: Need<FactType> = "type",
        range: Many<At<i64>> = "range",
        values: Many<At<Id>> = "values",
        by: Option<At<Id>> = "by",
    }
}

/// The words of the guard language, which name no fact.
const RESERVED: [&str; 7] = ["and", "or", "not", "in", "known", "true", "false"];

/// What values a fact may have.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Domain {
    /// True or false.
    Boolean,
    /// Whole numbers from `min` to `max`, both included.
    Integer {
        /// The least value.
        min: i64,
        /// The greatest value.
        max: i64,
    },
    /// One of these words.
    Choice(Box<[Id]>),
    /// Any day.
    Date,
}

/// A value of a fact.
///
/// As data it is plain: `true`, `7`, `"ward"`, `"2026-03-02"`.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Value {
    /// It holds or it does not.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A day.
    Date(NaiveDate),
    /// A word.
    Choice(Id),
}

impl fmt::Display for Value {
    /// Writes the value as guards and the command line do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean(it) => it.fmt(f),
            Self::Integer(it) => it.fmt(f),
            Self::Choice(it) => it.fmt(f),
            Self::Date(it) => it.fmt(f),
        }
    }
}

impl Domain {
    /// Returns true when the value is one of the domain.
    #[must_use]
    pub fn admits(&self, value: Value) -> bool {
        match (self, value) {
            (Self::Boolean, Value::Boolean(_)) | (Self::Date, Value::Date(_)) => true,
            (Self::Integer { min, max }, Value::Integer(it)) => (*min..=*max).contains(&it),
            (Self::Choice(words), Value::Choice(it)) => words.contains(&it),
            _ => false,
        }
    }

    /// Reads a value from its text, such as `true`, `7`, `ward` or `2026-03-02`.
    #[must_use]
    pub fn parse(&self, text: &str) -> Option<Value> {
        let value = match self {
            Self::Boolean => Value::Boolean(text.parse().ok()?),
            Self::Integer { .. } => Value::Integer(text.parse().ok()?),
            Self::Choice(_) => Value::Choice(Id::try_new(text)?),
            Self::Date => Value::Date(parse_date(text)?),
        };
        self.admits(value).then_some(value)
    }

    /// Describes the domain for messages, with its article.
    pub(crate) fn expected(&self) -> String {
        match self {
            Self::Boolean => "`true` or `false`".into(),
            Self::Integer { min, max } => format!("a whole number from {min} to {max}"),
            Self::Date => "a date such as 2026-03-02".into(),
            Self::Choice(words) => {
                let shown: Vec<String> = words.iter().take(8).map(|it| format!("`{it}`")).collect();
                let more = if words.len() > shown.len() { ", …" } else { "" };
                format!("one of {}{more}", shown.join(", "))
            }
        }
    }
}

/// Reads a date of exactly the form 2026-03-02.
fn parse_date(text: &str) -> Option<NaiveDate> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, it)| match at {
            4 | 7 => it == b'-',
            _ => it.is_ascii_digit(),
        });
    shaped.then(|| text.parse().ok()).flatten()
}

/// The place of a fact in its [`Facts`].
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct FactIdx(pub(crate) u16);

impl FactIdx {
    /// Returns the place, counted from zero.
    #[must_use]
    pub fn index(self) -> usize {
        self.0.into()
    }
}

/// A declared fact (tình tiết của hồ sơ).
#[derive(Clone, Debug)]
pub struct Fact {
    id: Id,
    name: Option<Text>,
    domain: Domain,
    by: Option<At<Id>>,
    span: Span,
}

impl PartialEq for Fact {
    fn eq(&self, other: &Self) -> bool {
        (self.id, &self.name, &self.domain, &self.by)
            == (other.id, &other.name, &other.domain, &other.by)
    }
}

impl Eq for Fact {}

impl Fact {
    /// Returns the name by which guards call it.
    #[must_use]
    pub const fn id(&self) -> Id {
        self.id
    }

    /// Returns the name for people.
    #[must_use]
    pub const fn name(&self) -> Option<&Text> {
        self.name.as_ref()
    }

    /// Returns the values that it may have.
    #[must_use]
    pub const fn domain(&self) -> &Domain {
        &self.domain
    }

    /// Returns the role who establishes it, or `applicant`.
    #[must_use]
    pub fn by(&self) -> Option<Id> {
        self.by.map(|it| it.value)
    }

    pub(crate) const fn by_at(&self) -> Option<At<Id>> {
        self.by
    }

    /// Returns where it is declared.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }
}

/// The declared facts of a procedure or a tariff, in the order of declaration.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Facts {
    list: Vec<Fact>,
    // INVARIANT: the hash words of `list`, in its order.
    words: Vec<u64>,
    // Names whose declaration was broken; that was reported once.
    broken: Vec<Id>,
}

impl Facts {
    /// Lowers declarations; what they lack or contradict is reported.
    pub(crate) fn lower<'d>(
        drafts: impl IntoIterator<Item = (At<Id>, Option<&'d FactDraft>)>,
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut facts = Self::default();
        for (id, draft) in drafts {
            match draft.and_then(|it| lower(id, it, found)) {
                Some(fact) if facts.list.len() < usize::from(u16::MAX) => {
                    facts.words.push(id.value.hash_word());
                    facts.list.push(fact);
                }
                _ => facts.broken.push(id.value),
            }
        }
        facts
    }

    /// Returns the place of a fact, if it is declared.
    #[must_use]
    pub fn position(&self, id: &Id) -> Option<FactIdx> {
        let word = id.hash_word();
        let mut places = self.words.iter().zip(&self.list).zip(0_u16..);
        let (_, place) = places.find(|((it, fact), _)| **it == word && fact.id == *id)?;
        Some(FactIdx(place))
    }

    /// Returns the fact at a place.
    #[must_use]
    pub fn fact(&self, place: FactIdx) -> Option<&Fact> {
        self.list.get(place.index())
    }

    /// Returns every fact with its place.
    pub fn iter(&self) -> impl Iterator<Item = (FactIdx, &Fact)> {
        (0..=u16::MAX).map(FactIdx).zip(&self.list)
    }

    /// Returns how many facts are declared.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns true when no fact is declared.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Checks a value against the fact for which it is given.
    ///
    /// # Errors
    ///
    /// When the fact is not declared, or the value is of another type or
    /// outside the declared range or words.
    pub fn check(&self, id: &Id, value: Value) -> Result<FactIdx, Error> {
        let (place, fact) = self.named(id.as_str(), Some(id))?;
        if fact.domain.admits(value) {
            return Ok(place);
        }
        Err(Error::ill_typed(fact.id, &value.to_string(), &fact.domain.expected()))
    }

    /// Reads an answer such as `floors=7` or `area=ward`.
    ///
    /// # Errors
    ///
    /// When it is not of the form `name=value`, the fact is not declared, or
    /// the value is not one of its domain.
    pub fn parse(&self, answer: &str) -> Result<(FactIdx, Value), Error> {
        let (name, text) = answer
            .split_once('=')
            .ok_or_else(|| Error::value(answer, "an answer of the form `fact=value`"))?;
        let (place, fact) = self.named(name, Id::try_new(name).as_ref())?;
        let value = fact.domain.parse(text);
        let value =
            value.ok_or_else(|| Error::ill_typed(fact.id, text, &fact.domain.expected()))?;
        Ok((place, value))
    }

    fn named(&self, name: &str, id: Option<&Id>) -> Result<(FactIdx, &Fact), Error> {
        let place = id.and_then(|it| self.position(it));
        place.and_then(|it| Some((it, self.fact(it)?))).ok_or_else(|| {
            let known = match self.nearest(name) {
                Some(near) => format!("the nearest declared one is `{near}`"),
                None => format!("{} others are", self.len()),
            };
            Error::undeclared(name, &known)
        })
    }

    /// Returns the declared name that was most likely meant.
    pub(crate) fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.list.iter().map(|it| it.id.as_str()))
    }

    /// Returns true when a declaration of this name was broken, which was reported.
    pub(crate) fn is_broken(&self, id: &Id) -> bool {
        self.broken.contains(id)
    }
}

fn lower(id: At<Id>, draft: &FactDraft, found: &mut Vec<Diagnostic>) -> Option<Fact> {
    let kind = *draft.kind.as_ref()?;
    let start = found.len();
    if RESERVED.contains(&id.value.as_str()) {
        let message = format!("`{}` is a word of the guard language", id.value);
        found.push(Diagnostic::error("reserved-name", id.span, message));
    }
    for (key, takes, given) in [
        ("range", FactType::Integer, draft.range.0.first().map(|it| it.span)),
        ("values", FactType::Choice, draft.values.0.first().map(|it| it.span)),
    ] {
        if let Some(span) = given.filter(|_| kind != takes) {
            let message = format!("a fact of type `{kind}` has no `{key}`");
            found.push(Diagnostic::error("fact-domain", span, message));
        }
    }
    let domain = match kind {
        FactType::Boolean => Some(Domain::Boolean),
        FactType::Date => Some(Domain::Date),
        FactType::Integer => range(id, &draft.range.0, found),
        FactType::Choice => choice(id, &draft.values.0, found),
    };
    let domain = domain.filter(|_| found.len() == start)?;
    Some(Fact { id: id.value, name: draft.name.clone(), domain, by: draft.by, span: id.span })
}

fn range(id: At<Id>, ends: &[At<i64>], found: &mut Vec<Diagnostic>) -> Option<Domain> {
    let [min, max] = ends else {
        let message = format!("fact `{}` needs the two ends of its range", id.value);
        found.push(
            Diagnostic::error("fact-domain", id.span, message).help("write `range = [1, 200]`"),
        );
        return None;
    };
    let (min, max) = (min.value, At { value: max.value, span: max.span });
    if min > max.value {
        let message = format!("no number lies between {min} and {}", max.value);
        found.push(Diagnostic::error("empty-range", max.span, message));
        return None;
    }
    Some(Domain::Integer { min, max: max.value })
}

fn choice(id: At<Id>, words: &[At<Id>], found: &mut Vec<Diagnostic>) -> Option<Domain> {
    if words.is_empty() {
        let message = format!("fact `{}` needs the words among which it chooses", id.value);
        found.push(
            Diagnostic::error("fact-domain", id.span, message)
                .help("write `values = [\"household\", \"organisation\"]`"),
        );
        return None;
    }
    let mut chosen: Vec<Id> = Vec::with_capacity(words.len());
    for word in words {
        if chosen.contains(&word.value) {
            let message = format!("`{}` is written twice", word.value);
            found.push(Diagnostic::error("repeated-value", word.span, message));
        }
        // A plain `"2026-03-02"` is a date wherever values travel without their domain.
        if parse_date(word.value.as_str()).is_some() {
            let message = format!("`{}` is a date, not a word", word.value);
            found.push(Diagnostic::error("fact-domain", word.span, message));
        }
        chosen.push(word.value);
    }
    Some(Domain::Choice(chosen.into()))
}

#[cfg(feature = "serde")]
impl serde::Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Boolean(it) => serializer.serialize_bool(*it),
            Self::Integer(it) => serializer.serialize_i64(*it),
            Self::Choice(it) => it.serialize(serializer),
            Self::Date(it) => it.serialize(serializer),
        }
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Value {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

#[cfg(feature = "serde")]
struct ValueVisitor;

#[cfg(feature = "serde")]
impl serde::de::Visitor<'_> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true or false, a whole number, a word, or a date such as 2026-03-02")
    }

    fn visit_bool<E>(self, it: bool) -> Result<Value, E> {
        Ok(Value::Boolean(it))
    }

    fn visit_i64<E>(self, it: i64) -> Result<Value, E> {
        Ok(Value::Integer(it))
    }

    fn visit_u64<E: serde::de::Error>(self, it: u64) -> Result<Value, E> {
        i64::try_from(it).map(Value::Integer).map_err(E::custom)
    }

    fn visit_str<E: serde::de::Error>(self, it: &str) -> Result<Value, E> {
        match parse_date(it) {
            Some(date) => Ok(Value::Date(date)),
            None => Id::parse(it).map(Value::Choice).map_err(E::custom),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::read::Named;
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
}
