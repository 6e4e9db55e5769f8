//! Lowering: names are resolved, constants checked, negations moved to the
//! comparisons, and the tree becomes jumps.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;

use super::syntax::{Asked, LESS, Tree, What, Word, joined};
use super::{Condition, Guard, MAX_CONDITIONS, MAX_FACTS, NO, Orders, Step, Test, YES};
use crate::definition::fact::{Domain, FactIdx, Facts, Value};
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::read::clip;
use crate::source::Span;

/// One resolved comparison.
#[derive(Clone, Copy, Debug)]
pub(super) struct Literal {
    pub(super) fact: FactIdx,
    pub(super) test: Test,
    pub(super) want: bool,
}

/// Lowers a tree; everything wrong with it is reported.
pub(super) fn lower(
    tree: &Tree<Asked<'_>>,
    place: (Span, usize),
    facts: &Facts,
    found: &mut Vec<Diagnostic>,
) -> Option<Guard> {
    let mut lowering = Lowering { place, facts, found, words: Vec::new(), used: Vec::new() };
    let tree = lowering.tree(tree, true)?;
    let Lowering { words, used, found, .. } = lowering;
    if used.len() > MAX_FACTS {
        let message = format!("the guard asks for more than {MAX_FACTS} facts");
        found.push(Diagnostic::error("guard-too-wide", place.0, message).help(LESS));
        return None;
    }
    Some(compiled(tree, words, used, place.0, facts))
}

/// Joins a guard with the denials of others; none where that is more than one guard may ask.
pub(super) fn after(guard: &Guard, others: &[Guard], facts: &Facts) -> Option<Guard> {
    let all = || core::iter::once(guard).chain(others);
    let mut used: Vec<FactIdx> = Vec::new();
    for fact in all().flat_map(|it| &it.facts) {
        if !used.contains(fact) {
            used.push(*fact);
        }
    }
    let conditions: usize = all().map(|it| it.steps.len()).sum();
    if conditions > MAX_CONDITIONS || used.len() > MAX_FACTS {
        return None;
    }
    let (mut parts, mut words) = (Vec::new(), Vec::new());
    for it in all() {
        parts.push(copied(&it.tree, parts.is_empty(), place(words.len())));
        words.extend_from_slice(&it.words);
    }
    Some(compiled(flat(parts, Tree::All), words, used, guard.span, facts))
}

/// Says a guard of other facts over these, each fact in its new place.
pub(super) fn moved(guard: &Guard, to: impl Fn(FactIdx) -> FactIdx, facts: &Facts) -> Guard {
    fn tree(of: &Tree<Literal>, to: &impl Fn(FactIdx) -> FactIdx) -> Tree<Literal> {
        let each = |parts: &[Tree<Literal>]| parts.iter().map(|it| tree(it, to)).collect();
        match of {
            Tree::Not(inner) => tree(inner, to),
            Tree::One(literal) => Tree::One(Literal { fact: to(literal.fact), ..*literal }),
            Tree::All(parts) => Tree::All(each(parts)),
            Tree::Any(parts) => Tree::Any(each(parts)),
        }
    }
    let used = guard.facts.iter().map(|it| to(*it)).collect();
    compiled(tree(&guard.tree, &to), guard.words.to_vec(), used, guard.span, facts)
}

/// Says a tree as text and as jumps.
fn compiled(
    tree: Tree<Literal>,
    words: Vec<Value>,
    used: Vec<FactIdx>,
    span: Span,
    facts: &Facts,
) -> Guard {
    let mut text = String::new();
    print(&tree, &words, facts, &mut text);
    let mut steps = Vec::with_capacity(leaves(&tree));
    emit(&tree, YES, NO, &mut steps);
    let (text, steps) = (text.into(), steps.into());
    Guard { text, tree, steps, words: words.into(), facts: used.into(), span }
}

/// Copies a tree, denied unless it is wanted, where its words stand so many places later.
fn copied(tree: &Tree<Literal>, want: bool, later: u16) -> Tree<Literal> {
    let each = |parts: &[Tree<Literal>]| {
        parts.iter().map(|it| copied(it, want, later)).collect::<Vec<_>>()
    };
    match tree {
        Tree::Not(inner) => copied(inner, !want, later),
        Tree::One(literal) => Tree::One(literal.copied(want, later)),
        Tree::All(parts) if want => Tree::All(each(parts)),
        Tree::Any(parts) if !want => Tree::All(each(parts)),
        Tree::All(parts) | Tree::Any(parts) => Tree::Any(each(parts)),
    }
}

impl Literal {
    fn copied(self, want: bool, later: u16) -> Self {
        let turned = |orders: Orders| if want { orders } else { orders.negated() };
        let (test, want) = match self.test {
            Test::Number(orders, limit) => (Test::Number(turned(orders), limit), self.want),
            Test::Day(orders, limit) => (Test::Day(turned(orders), limit), self.want),
            Test::Among { from, until } => {
                let moved = |it: u16| it.saturating_add(later);
                (Test::Among { from: moved(from), until: moved(until) }, self.want == want)
            }
            Test::Known | Test::Holds => (self.test, self.want == want),
        };
        Self { fact: self.fact, test, want }
    }
}

/// Joins parts into one list with those of their parts that are joined alike.
fn flat(
    parts: impl IntoIterator<Item = Tree<Literal>>,
    join: fn(Vec<Tree<Literal>>) -> Tree<Literal>,
) -> Tree<Literal> {
    let all = matches!(join(Vec::new()), Tree::All(_));
    let mut flat = Vec::new();
    for part in parts {
        match part {
            Tree::All(inner) if all => flat.extend(inner),
            Tree::Any(inner) if !all => flat.extend(inner),
            other => flat.push(other),
        }
    }
    joined(flat, join)
}

/// Returns a place among the words: a guard of 1 KiB, and sixty-four of them, have fewer than `u16` counts.
fn place(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

struct Lowering<'f> {
    // Where the string stands, and its length once read.
    place: (Span, usize),
    facts: &'f Facts,
    found: &'f mut Vec<Diagnostic>,
    words: Vec<Value>,
    used: Vec<FactIdx>,
}

impl Lowering<'_> {
    /// Lowers a tree under an even (`want`) or odd number of negations.
    fn tree(&mut self, tree: &Tree<Asked<'_>>, want: bool) -> Option<Tree<Literal>> {
        match tree {
            Tree::Not(inner) => self.tree(inner, !want),
            Tree::One(asked) => self.condition(asked, want).map(Tree::One),
            Tree::All(parts) if want => self.parts(parts, want, Tree::All),
            Tree::Any(parts) if !want => self.parts(parts, want, Tree::All),
            Tree::All(parts) | Tree::Any(parts) => self.parts(parts, want, Tree::Any),
        }
    }

    /// Lowers every part, so that all problems are reported; like joined to like is one list.
    fn parts(
        &mut self,
        parts: &[Tree<Asked<'_>>],
        want: bool,
        join: fn(Vec<Tree<Literal>>) -> Tree<Literal>,
    ) -> Option<Tree<Literal>> {
        let lowered: Vec<_> = parts.iter().map(|it| self.tree(it, want)).collect();
        let lowered: Option<Vec<_>> = lowered.into_iter().collect();
        Some(flat(lowered?, join))
    }

    fn condition(&mut self, asked: &Asked<'_>, want: bool) -> Option<Literal> {
        let fact = self.fact(&asked.fact)?;
        let domain = self.facts.fact(fact)?.domain();
        let (test, want) = match &asked.what {
            What::Known => (Test::Known, want),
            What::Holds => (self.holds(&asked.fact, domain)?, want),
            What::Compare(orders, word) => {
                self.compare(&asked.fact, domain, *orders, word, want)?
            }
            What::Among(words) => self.among(&asked.fact, domain, words, want)?,
        };
        if !self.used.contains(&fact) {
            self.used.push(fact);
        }
        Some(Literal { fact, test, want })
    }

    fn fact(&mut self, word: &Word<'_>) -> Option<FactIdx> {
        let id = Id::try_new(word.text);
        let place = id.and_then(|it| self.facts.position(&it));
        if place.is_none() && !id.is_some_and(|it| self.facts.is_broken(&it)) {
            let message = format!("fact `{}` is not declared", clip(word.text));
            let diagnostic = self.error("undeclared-fact", word, message);
            let near = self.facts.nearest(word.text);
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("declare it under `[fact.{}]`", clip(word.text)),
            };
            self.found.push(diagnostic.help(help));
        }
        place
    }

    fn holds(&mut self, fact: &Word<'_>, domain: &Domain) -> Option<Test> {
        if *domain == Domain::Boolean {
            return Some(Test::Holds);
        }
        let message = format!("`{}` is {}, not a yes or no", fact.text, domain.expected());
        let diagnostic = self.error("guard-type", fact, message);
        self.found.push(diagnostic.help("compare it with a value"));
        None
    }

    fn compare(
        &mut self,
        fact: &Word<'_>,
        domain: &Domain,
        orders: Orders,
        word: &Word<'_>,
        want: bool,
    ) -> Option<(Test, bool)> {
        let value = self.value(fact, domain, word)?;
        let orders = if want { orders } else { orders.negated() };
        let equal = match orders {
            Orders(2) => Some(true),
            Orders(5) => Some(false),
            _ => None,
        };
        match (value, equal) {
            (Value::Integer(limit), _) => Some((Test::Number(orders, limit), true)),
            (Value::Date(limit), _) => Some((Test::Day(orders, limit), true)),
            (Value::Boolean(is), Some(equal)) => Some((Test::Holds, is == equal)),
            (Value::Choice(_), Some(equal)) => Some((self.remember([value]), equal)),
            (Value::Boolean(_) | Value::Choice(_), None) => {
                let message = format!("`{}` has no order: it is {}", fact.text, domain.expected());
                let diagnostic = self.error("guard-type", fact, message);
                self.found.push(diagnostic.help("use `==`, `!=` or `in`"));
                None
            }
        }
    }

    fn among(
        &mut self,
        fact: &Word<'_>,
        domain: &Domain,
        words: &[Word<'_>],
        want: bool,
    ) -> Option<(Test, bool)> {
        if *domain == Domain::Boolean {
            let message = format!("`{}` is `true` or `false`, not one of a list", fact.text);
            let diagnostic = self.error("guard-type", fact, message);
            self.found.push(diagnostic.help("write the fact alone, or `not` before it"));
            return None;
        }
        let values: Vec<_> = words.iter().map(|it| self.value(fact, domain, it)).collect();
        let values: Option<Vec<Value>> = values.into_iter().collect();
        // One value in a list is a comparison, and printed as one.
        let equal = Orders(2);
        let orders = if want { equal } else { equal.negated() };
        match values?.as_slice() {
            [Value::Integer(limit)] => Some((Test::Number(orders, *limit), true)),
            [Value::Date(limit)] => Some((Test::Day(orders, *limit), true)),
            values => Some((self.remember(values.iter().copied()), want)),
        }
    }

    fn remember(&mut self, values: impl IntoIterator<Item = Value>) -> Test {
        let from = place(self.words.len());
        self.words.extend(values);
        Test::Among { from, until: place(self.words.len()) }
    }

    fn value(&mut self, fact: &Word<'_>, domain: &Domain, word: &Word<'_>) -> Option<Value> {
        let value = domain.parse(word.text);
        if value.is_none() {
            let message =
                format!("`{}` is {}; `{}` is not", fact.text, domain.expected(), clip(word.text));
            let diagnostic = self.error("guard-type", word, message);
            let known: &[Id] = if let Domain::Choice(words) = domain { words } else { &[] };
            self.found.push(diagnostic.nearest(word.text, known.iter().map(Id::as_str)));
        }
        value
    }

    fn error(&self, code: &'static str, word: &Word<'_>, message: String) -> Diagnostic {
        let (span, length) = self.place;
        Diagnostic::error(code, span.within(length, word.range.clone()), message)
    }
}

fn leaves(tree: &Tree<Literal>) -> usize {
    match tree {
        Tree::All(parts) | Tree::Any(parts) => parts.iter().map(leaves).sum(),
        Tree::Not(inner) => leaves(inner),
        Tree::One(_) => 1,
    }
}

/// Appends the steps of a tree that goes on to `yes` or to `no`.
fn emit(tree: &Tree<Literal>, yes: u16, no: u16, steps: &mut Vec<Step>) {
    match tree {
        Tree::One(Literal { fact, test, want }) => {
            steps.push(Step { fact: *fact, test: *test, want: *want, yes, no });
        }
        Tree::Not(inner) => emit(inner, no, yes, steps),
        Tree::All(parts) | Tree::Any(parts) => {
            let all = matches!(tree, Tree::All(_));
            for (left, part) in (0..parts.len()).rev().zip(parts) {
                let next = u16::try_from(steps.len() + leaves(part)).unwrap_or(NO);
                match (left, all) {
                    (0, _) => emit(part, yes, no, steps),
                    (_, true) => emit(part, next, no, steps),
                    (_, false) => emit(part, yes, next, steps),
                }
            }
        }
    }
}

fn print(tree: &Tree<Literal>, words: &[Value], facts: &Facts, out: &mut String) {
    match tree {
        Tree::One(Literal { fact, test, want }) => {
            let condition = Condition { fact: *fact, test: *test, want: *want, words, facts };
            let _ = write!(out, "{condition}");
        }
        Tree::Not(inner) => print(inner, words, facts, out),
        Tree::All(parts) => print_joined(parts, " and ", words, facts, out),
        Tree::Any(parts) => print_joined(parts, " or ", words, facts, out),
    }
}

fn print_joined(
    parts: &[Tree<Literal>],
    join: &str,
    words: &[Value],
    facts: &Facts,
    out: &mut String,
) {
    for (at, part) in parts.iter().enumerate() {
        out.push_str(if at > 0 { join } else { "" });
        // `and` binds closer than `or`, and like stands in like only once.
        let brackets = matches!(part, Tree::Any(_));
        out.push_str(if brackets { "(" } else { "" });
        print(part, words, facts, out);
        out.push_str(if brackets { ")" } else { "" });
    }
}
