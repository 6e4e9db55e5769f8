//! Any definition that loads: tried and written for other tools, in time and without a panic.
//!
//! Definitions are drawn up from a tape of bytes, well-formed and senseless:
//! steps between any states, guards over any facts, terms of any length.

use std::fmt::Write as _;
use std::slice::Iter;
use std::time::{Duration, Instant};

use hoso::calendar::Calendar;
use hoso::definition::bundle::Bundle;
use hoso::definition::{Procedure, load, load_all};
use hoso::diagnostic::{Diagnostic, any_error};
#[cfg(feature = "export")]
use hoso::export;
use hoso::source::{Source, Sources};
#[cfg(feature = "export")]
use hoso::text::Lang;
use hoso::verify::{RULES, Report, timetables, verify, verify_bundle};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::World;
use crate::texts::{damaged, edit};

/// How long a verdict about one definition may take, on a machine that does other things too.
const SOON: Duration = Duration::from_secs(20);

/// Tries a procedure by every rule, and writes it in every language.
pub(crate) fn try_out(procedure: &Procedure, calendar: &Calendar) {
    let start = Instant::now();
    check_report(&verify(procedure, calendar));
    let verified = start.elapsed();
    let _ = timetables(procedure, calendar);
    export_all(procedure);
    let took = start.elapsed();
    assert!(took < SOON, "{verified:?} of {took:?} to verify\n{}", procedure.text());
}

/// Tries a bundle and each of its parts.
fn try_out_bundle(bundle: &Bundle, calendar: &Calendar) {
    let start = Instant::now();
    let reports = verify_bundle(bundle, calendar);
    assert_eq!(reports.len(), 1 + bundle.parts().iter().count());
    reports.iter().for_each(check_report);
    bundle.procedures().for_each(|(_, it)| export_all(it));
    let took = start.elapsed();
    assert!(took < SOON * 8, "{took:?} for {}", bundle.lead().text());
}

fn check_report(report: &Report) {
    let stated = |it: &Diagnostic| RULES.iter().any(|rule| rule.code() == it.code());
    for it in report.findings() {
        assert!(stated(it) && !it.message().is_empty(), "{it:?}");
        assert!(it.evidence().is_none_or(|it| !it.to_string().is_empty()), "{it:?}");
    }
}

#[cfg(not(feature = "export"))]
fn export_all(_: &Procedure) {}

#[cfg(feature = "export")]
fn export_all(procedure: &Procedure) {
    let texts = [
        Some(export::mermaid(procedure, Lang::Vi)),
        Some(export::dot(procedure, Lang::En)),
        Some(export::json_schema(procedure, Lang::Vi)),
        Some(export::cpsv(procedure)),
        export::bpmn(procedure, Lang::Vi),
        export::pnml(procedure, Lang::En),
    ];
    for text in texts.into_iter().flatten() {
        assert!(!text.is_empty());
    }
}

/// Bytes that decide what is drawn up; where they end, everything is the first of its kind.
struct Tape<'t>(Iter<'t, u8>);

impl Tape<'_> {
    fn below(&mut self, limit: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or_default()) % limit.max(1)
    }

    fn is(&mut self, one_in: usize) -> bool {
        self.below(one_in) + 1 == one_in
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// Draws some names, at least one where there is one.
    fn some(&mut self, of: &[String], most: usize) -> String {
        let mut names: Vec<&str> = (0..=self.below(most))
            .filter_map(|_| of.get(self.below(of.len())))
            .map(|it| &**it)
            .collect();
        names.sort_unstable();
        names.dedup();
        format!("{names:?}")
    }
}

const ACTS: &[&str] = &[
    "plain",
    "accept",
    "decide",
    "return",
    "request-supplement",
    "supplement",
    "assign",
    "stop",
    "refuse",
    "refuse-intake",
    "withdraw",
    "refuse-withdrawal",
    "confirm-stop",
    "consult",
    "verify",
    "apologise",
    "extend",
    "demand-payment",
    "pay",
    "answer",
];

const LIMITS: &[&str] = &[
    "5 working days",
    "1 day",
    "30 days",
    "8 working hours",
    "24 clock hours",
    "same-day-15",
    "transfer-15",
    "2 months",
    "1 year",
    "4294967295 days",
    "4294967295 working days",
    "4294967295 years",
    "4294967295 working hours",
    "4294967295 months",
    "4294967295 clock hours",
];

/// What is drawn up in the course of one definition.
struct Draft<'t> {
    tape: Tape<'t>,
    text: String,
    facts: Vec<(String, usize)>,
    roles: Vec<String>,
    terms: Vec<String>,
    states: Vec<String>,
    steps: Vec<String>,
}

fn names(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|it| format!("{prefix}{it}")).collect()
}

impl<'t> Draft<'t> {
    fn write(bytes: &'t [u8]) -> String {
        let mut tape = Tape(bytes.iter());
        let facts = names("f", 1 + tape.below(7)).into_iter().map(|it| (it, tape.below(5)));
        let facts: Vec<_> = facts.collect();
        let mut roles = names("r", 1 + tape.below(4));
        roles.extend(["applicant".into(), "system".into()]);
        let mut terms = names("t", tape.below(4));
        terms.push("decision".into());
        let (states, steps) = (names("s", 1 + tape.below(9)), names("x", tape.below(20)));
        let mut draft = Draft { tape, text: String::new(), facts, roles, terms, states, steps };
        draft.head();
        draft.papers();
        draft.times();
        draft.graph();
        draft.rest();
        draft.text
    }

    fn line(&mut self, key: &str, value: impl std::fmt::Display) {
        writeln!(self.text, "{key} = {value}").unwrap();
    }

    fn table(&mut self, kind: &str, name: &str) {
        writeln!(self.text, "[{kind}.{name}]").unwrap();
    }

    fn quoted(&mut self, key: &str, value: &str) {
        self.line(key, format_args!("{value:?}"));
    }

    fn head(&mut self) {
        self.text += "format = 1\n[procedure]\nid = \"a\"\nversion = \"1\"\nname = \"A\"\nauthority = \"commune\"\nservice-level = \"full\"\neffective = { from = 2025-07-01 }\n";
        let channels = self.tape.some(&["counter", "postal", "online"].map(String::from), 3);
        if !self.tape.is(4) {
            self.line("channels", channels);
        }
        self.text += "[law.l]\ninstrument = \"L\"\n";
        for (name, kind) in self.facts.clone() {
            self.table("fact", &name);
            let domain = [
                "type = \"boolean\"",
                "type = \"integer\"\nrange = [0, 9]",
                "type = \"integer\"\nrange = [-9223372036854775808, 9223372036854775807]",
                "type = \"choice\"\nvalues = [\"a\", \"b\", \"c\"]",
                "type = \"date\"",
            ];
            self.text += domain[kind];
            self.text += "\n";
            if self.tape.is(2) {
                let by = self.roles[self.tape.below(self.roles.len())].clone();
                self.quoted("by", &by);
            }
        }
        for name in self.roles.clone() {
            self.table("role", &name);
            self.text += "name = \"R\"\n";
        }
    }

    /// Writes a guard now and then.
    fn when(&mut self, one_in: usize) {
        if self.tape.is(one_in) {
            let guard = self.guard(3);
            self.quoted("when", &guard);
        }
    }

    fn guard(&mut self, depth: usize) -> String {
        match self.tape.below(if depth == 0 { 1 } else { 4 }) {
            1 => format!("not ({})", self.guard(depth - 1)),
            2 => format!("({} and {})", self.guard(depth - 1), self.guard(depth - 1)),
            3 => format!("({} or {})", self.guard(depth - 1), self.guard(depth - 1)),
            _ => self.comparison(),
        }
    }

    fn comparison(&mut self) -> String {
        let (fact, kind) = self.facts[self.tape.below(self.facts.len())].clone();
        let order = self.tape.pick(&["==", "!=", "<", "<=", ">", ">="]);
        match kind {
            _ if self.tape.is(6) => format!("known({fact})"),
            0 => fact,
            1 => format!("{fact} {order} {}", self.tape.below(10)),
            2 => format!(
                "{fact} {order} {}",
                self.tape.pick(&["-9223372036854775808", "0", "9223372036854775807"])
            ),
            3 => format!("{fact} in [{}, {}]", self.tape.pick(&["a", "b"]), self.tape.pick(&["c"])),
            _ => format!("{fact} {order} 2026-0{}-01", 1 + self.tape.below(9)),
        }
    }

    fn papers(&mut self) {
        self.text += "[database.d]\nname = \"D\"\n";
        for name in names("p", self.tape.below(4)) {
            self.table("document", &name);
            self.text += "name = \"P\"\noriginals = 1\n";
            self.when(2);
            if self.tape.is(3) {
                self.text += "replaced-by = \"d\"\n";
            }
        }
        self.text += "[result.o]\nname = \"O\"\n";
    }

    fn times(&mut self) {
        for name in self.terms.clone() {
            self.table("term", &name);
            self.when(4);
            let limit = self.tape.pick(LIMITS);
            self.quoted("limit", limit);
            let acts: Vec<String> = ACTS.iter().map(|it| String::from(*it)).collect();
            let starts = self.tape.some(&acts, 3);
            self.line("starts", starts);
            if self.tape.is(2) {
                let stops = self.tape.some(&acts, 3);
                self.line("stops", stops);
            }
            if self.tape.is(2) && !self.steps.is_empty() {
                let by = self.steps[self.tape.below(self.steps.len())].clone();
                self.quoted("expires", &by);
            }
            self.text += "extend = { by = \"10 days\", at-most = 2 }\n";
            if self.tape.is(3) {
                let (guard, limit) = (self.guard(2), self.tape.pick(LIMITS));
                writeln!(self.text, "[[term.{name}.case]]\nwhen = {guard:?}\nlimit = {limit:?}")
                    .unwrap();
            }
        }
        for name in names("c", self.tape.below(5)) {
            self.table("consultation", &name);
            self.text += "name = \"C\"\n";
            self.when(2);
            let limit = self.tape.pick(&LIMITS[..5]);
            self.quoted("limit", limit);
            let silence = self.tape.pick(&["consent", "escalate"]);
            self.quoted("silence", silence);
        }
    }

    fn graph(&mut self) {
        for name in self.states.clone() {
            self.table("state", &name);
            self.text += "name = \"S\"\n";
            let status = 1 + self.tape.below(10);
            self.line("portal-status", status);
            match self.tape.below(4) {
                0 => self.text += "waits-for = \"applicant\"\n",
                1 => {}
                _ => {
                    let role = self.roles[self.tape.below(self.roles.len())].clone();
                    self.quoted("role", &role);
                    let budget = self.tape.pick(&[
                        "1 working day",
                        "4294967295 working days",
                        "1 day",
                        "2 working hours",
                    ]);
                    self.quoted("budget", budget);
                }
            }
        }
        let first = self.states[0].clone();
        writeln!(
            self.text,
            "[transition.file]\nact = \"file\"\nto = {first:?}\nby = \"applicant\""
        )
        .unwrap();
        for name in self.steps.clone() {
            self.step(&name);
        }
    }

    fn step(&mut self, name: &str) {
        self.table("transition", name);
        let act = self.tape.pick(ACTS);
        self.quoted("act", act);
        let (states, roles, terms) = (self.states.clone(), self.roles.clone(), self.terms.clone());
        let from = self.tape.some(&states, 4);
        self.line("from", from);
        let to = match self.tape.below(6) {
            0 => "previous",
            1 => "same",
            _ => &states[self.tape.below(states.len())],
        };
        self.quoted("to", to);
        let by = self.tape.some(&roles, 3);
        self.line("by", by);
        self.when(2);
        if self.tape.is(3) {
            let needs = ["documents", "fee-settled", "consultations-answered", "no-result"];
            let needs = self.tape.some(&needs.map(String::from), 2);
            self.line("needs", needs);
        }
        if self.tape.is(4) {
            let steps = self.steps.clone();
            let others = self.tape.some(&steps, 3);
            self.line("not-by-who-did", others);
        }
        if self.tape.is(3) {
            let times = self.tape.pick(&["1", "2", "4294967295"]);
            self.line("at-most", times);
            let beyond = self.tape.pick(&["refuse", "breach"]);
            self.quoted("beyond", beyond);
        }
        if self.tape.is(3) {
            let effect =
                self.tape.pick(&["suspend", "resume", "restart", "extend", "stop", "none"]);
            let term = &terms[self.tape.below(terms.len())];
            self.line("clock", format_args!("{{ {term} = {effect:?} }}"));
        }
        if matches!(act, "decide" | "refuse") {
            self.quoted("result", "o");
        }
    }

    fn rest(&mut self) {
        let steps = self.steps.clone();
        for name in names("k", self.tape.below(3)) {
            if steps.len() > 3 {
                self.table("choice", &name);
                let of = self.tape.some(&steps, 6);
                self.line("of", of);
                let policy = self.tape.pick(&["unique", "first"]);
                self.quoted("hit-policy", policy);
            }
        }
        for name in names("e", self.tape.below(3)) {
            self.table("fee", &name);
            self.text += "item = \"i\"\n";
            self.when(2);
            if self.tape.is(2) && !steps.is_empty() {
                let before = steps[self.tape.below(steps.len())].clone();
                self.quoted("due-before", &before);
            }
        }
        if self.tape.is(2) {
            let rule = RULES[self.tape.below(RULES.len())].code();
            writeln!(self.text, "[waiver.w]\nrule = {rule:?}\nreason = \"W\"").unwrap();
            if self.tape.is(2) {
                self.text += "at = \"state.s0\"\n";
            }
        }
    }
}

fn alone(text: &str) -> (Vec<Procedure>, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    sources.add("text", text);
    load(&sources)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::cases(120)))]

    #[test]
    fn any_definition_that_loads_is_tried_and_written(
        bytes in prop::collection::vec(any::<u8>(), 0..700),
    ) {
        let text = Draft::write(&bytes);
        let (procedures, found) = alone(&text);
        prop_assert_eq!(procedures.is_empty(), any_error(&found), "{}", text);
        procedures.iter().for_each(|it| try_out(it, &World::get().calendar));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::cases(5)))]

    #[test]
    fn a_damaged_bundle_is_loaded_and_tried_or_refused(
        which in any::<Index>(),
        edits in prop::collection::vec(edit(), 0..4),
    ) {
        let sources = &World::get().sources;
        let is_bundle = |it: &Source| it.head() == Some("bundle");
        let bundles: Vec<_> = sources.iter().filter(|(_, it)| is_bundle(it)).collect();
        let (chosen, source) = *which.get(&bundles);
        let mut set = Sources::new();
        set.add("text", damaged(source.text(), &edits));
        for (file, it) in sources.iter() {
            // An earlier version may be what the damaged one is based on.
            if file != chosen && (!is_bundle(it) || edits.len() > 1) {
                set.add("text", it.text());
            }
        }
        let (procedures, bundles, found) = load_all(&set);
        let again = load_all(&set);
        prop_assert!(procedures == again.0 && bundles == again.1 && found == again.2);
        if let Some(bundle) = bundles.last() {
            try_out_bundle(bundle, &World::get().calendar);
        }
    }

    #[test]
    fn a_damaged_procedure_is_tried_and_written(
        which in any::<Index>(),
        edits in prop::collection::vec(edit(), 0..6),
        version in any::<Index>(),
    ) {
        let sources = &World::get().sources;
        let of = |head| sources.iter().filter(move |(_, it)| it.head() == Some(head));
        let all: Vec<_> = of("procedure").collect();
        let mut set = Sources::new();
        set.add("text", damaged(which.get(&all).1.text(), &edits));
        for (_, it) in of("life-cycle") {
            set.add("text", it.text());
        }
        let (procedures, _) = load(&set);
        if !procedures.is_empty() {
            try_out(version.get(&procedures), &World::get().calendar);
        }
    }
}

/// Where every state leads to every other, by steps that anybody may take as often as he likes.
#[test]
fn the_densest_definitions_are_tried_in_time() {
    let dense = |states: usize, back: usize, guards: bool| {
        let mut text = String::from(
            "format = 1\n[procedure]\nid = \"a\"\nversion = \"1\"\nname = \"A\"\nauthority = \"commune\"\nservice-level = \"full\"\neffective = { from = 2025-07-01 }\n[role.a]\nname = \"A\"\n[fact.f]\ntype = \"integer\"\nrange = [0, 999999]\n[transition.file]\nact = \"file\"\nto = \"s0\"\nby = \"a\"\n[term.decision]\nlimit = \"5 working days\"\nstarts = \"file\"\n",
        );
        let from = format!("{:?}", names("s", states));
        for at in 0..states {
            let status = if at % 9 == 8 { 10 } else { 4 };
            write!(text, "[state.s{at}]\nname = \"S\"\nrole = \"a\"\nportal-status = {status}\nbudget = \"1 day\"\n").unwrap();
        }
        for at in 0..states {
            let to = if at < back { "previous".into() } else { format!("s{at}") };
            let when = if guards {
                format!("when = \"f > {at} and f < {}\"\n", 2 * at + 2)
            } else {
                String::new()
            };
            write!(text, "[transition.x{at}]\nact = \"plain\"\nfrom = {from}\nto = {to:?}\nby = \"a\"\n{when}").unwrap();
        }
        let of = format!("{:?}", names("x", states));
        writeln!(text, "[choice.k]\nof = {of}").unwrap();
        text
    };
    for (states, back, guards) in [(128, 0, true), (30, 15, false)] {
        let (procedures, found) = alone(&dense(states, back, guards));
        assert!(!procedures.is_empty(), "{found:?}");
        try_out(&procedures[0], &World::get().calendar);
    }
}
