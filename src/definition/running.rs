//! How long a term runs in one case: which of its lengths the facts select.

use alloc::vec::Vec;

use super::fact::{FactIdx, Value};
use super::guard::{Guard, Truth};
use super::table::LawIdx;
use super::term::Term;
use crate::clock::Length;
use crate::read::Maybe;

/// How long a term runs for what is known of a case.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a term runs, does not, or that is not known")]
pub enum Running<'t> {
    /// So long, by this law.
    For(Length, &'t [LawIdx]),
    /// It does not run: its condition does not hold.
    Not,
    /// That hangs on these facts, which are not known.
    Waits(Vec<FactIdx>),
    /// The length is not known, and why.
    Unknown(&'t str),
}

impl Term {
    /// Selects the length that holds: the first case whose condition does, else the term's own.
    ///
    /// A case whose facts are not known hides those after it: it never falls
    /// through to another branch.
    #[must_use]
    pub fn running(&self, facts: impl Fn(FactIdx) -> Option<Value>) -> Running<'_> {
        match self.when().map_or(Truth::Yes, |it| it.evaluate(&facts)) {
            Truth::Yes => {}
            Truth::No => return Running::Not,
            Truth::Unknown => return waits(self.when(), &facts),
        }
        for case in self.cases() {
            match case.when().evaluate(&facts) {
                Truth::Yes => return length(case.limit(), case.law()),
                Truth::Unknown => return waits(Some(case.when()), &facts),
                Truth::No => {}
            }
        }
        length(self.limit(), self.law())
    }
}

fn length<'t>(limit: &'t Maybe<Length>, law: &'t [LawIdx]) -> Running<'t> {
    match limit {
        Maybe::Known(length) => Running::For(*length, law),
        Maybe::Unknown(why) => Running::Unknown(why),
    }
}

fn waits<'t>(guard: Option<&Guard>, facts: impl Fn(FactIdx) -> Option<Value>) -> Running<'t> {
    let asked = guard.map(Guard::facts).unwrap_or_default();
    Running::Waits(asked.iter().copied().filter(|it| facts(*it).is_none()).collect())
}

#[cfg(test)]
mod tests {
    use std::format;
    use std::string::String;

    use super::*;
    use crate::definition::tests::LEAST;
    use crate::id::Id;
    use crate::source::Sources;

    /// Says how the term `decision` runs with some floors, or none known.
    fn decision(term: &str, floors: Option<i64>) -> String {
        let text = LEAST.replace("limit = \"5 working days\"\nstarts = \"accept\"", term);
        let mut sources = Sources::new();
        sources.add("least.toml", text);
        let (procedures, found) = crate::definition::load(&sources);
        assert!(!crate::diagnostic::any_error(&found), "{found:?}");
        let (_, term) = procedures[0].terms().find(&Id::literal("decision")).unwrap();
        match term.running(|_| floors.map(Value::Integer)) {
            Running::For(length, _) => format!("{length}"),
            other => format!("{other:?}"),
        }
    }

    const CASES: &str = "limit = \"5 working days\"\nstarts = \"accept\"
        case = [{ when = \"floors < 3\", limit = \"2 days\" }, { when = \"floors < 5\", limit = { unknown = \"not read\" } }]";

    #[test]
    fn the_first_case_that_holds_wins() {
        assert_eq!(decision(CASES, Some(2)), "2 days");
        assert_eq!(decision(CASES, Some(4)), "Unknown(\"not read\")");
        assert_eq!(decision(CASES, Some(7)), "5 working days");
    }

    #[test]
    fn a_case_that_is_not_known_hides_those_after_it() {
        assert_eq!(decision(CASES, None), "Waits([FactIdx(0)])");
    }

    #[test]
    fn a_term_may_not_run_at_all() {
        let term = "limit = \"5 days\"\nstarts = \"accept\"\nwhen = \"floors > 3\"";
        assert_eq!(decision(term, Some(1)), "Not");
        assert_eq!(decision(term, Some(4)), "5 days");
        assert_eq!(decision(term, None), "Waits([FactIdx(0)])");
    }
}
