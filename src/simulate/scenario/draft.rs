//! A scenario exactly as written: every figure with its place, nothing resolved.

use alloc::boxed::Box;

use chrono::{NaiveDate, NaiveTime};

use super::rate::Rate;
use super::words::{Basis, Discipline, Hours};
use crate::calendar::Weekday;
use crate::id::Id;
use crate::money::{Dong, Ratio};
use crate::read::{Each, Format, Given, Lines, Many, Named, Need, Pairs, Section, record};
use crate::simulate::random::{Decimal, Distribution};
use crate::source::At;
use crate::text::Text;

record! {
    /// One file: a caseload, and the offices that settle it.
    pub(crate) struct Draft {
        format: At<Format> = "format",
        scenario: Section<Head> = "scenario",
        office: Named<OfficeDraft> = "office",
        pool: Named<PoolDraft> = "pool",
        step: Named<StepDraft> = "step",
        case: Named<CaseDraft> = "case",
        figure: Named<FigureDraft> = "figure",
    }
}

record! {
    /// What is run, over which days, and how often.
    pub(crate) struct Head {
        id: Need<At<Id>> = "id",
        name: Need<Text> = "name",
        calendar: Option<At<Id>> = "calendar",
        from: Need<At<NaiveDate>> = "from",
        until: Need<At<NaiveDate>> = "until",
        warm_up: Option<At<u16>> = "warm-up-days",
        replications: Option<At<u32>> = "replications",
        precision: Option<At<Ratio>> = "precision",
        seed: Option<u32> = "seed",
        drain: Option<bool> = "drain",
        visit_cost: Option<Dong> = "visit-cost",
        source: Option<Box<str>> = "source",
    }
}

record! {
    /// Offices of one kind: each has its own staff and its own caseload.
    pub(crate) struct OfficeDraft {
        name: Option<Text> = "name",
        count: Option<At<u32>> = "count",
        source: Option<Box<str>> = "source",
    }
}

record! {
    /// Officers who do the work of some roles, of all cases or of some, in every office of a kind.
    pub(crate) struct PoolDraft {
        name: Option<Text> = "name",
        office: Option<At<Id>> = "office",
        roles: Many<At<Id>> = "roles",
        cases: Many<At<Id>> = "cases",
        officers: Need<At<u16>> = "officers",
        hours: Option<Hours> = "hours",
        sessions: Lines<SessionDraft> = "session",
        discipline: Option<Discipline> = "discipline",
        absence: Option<At<Ratio>> = "absence",
        at_once: Option<At<u8>> = "at-once",
        hourly_cost: Option<Dong> = "hourly-cost",
        source: Option<Box<str>> = "source",
    }
}

record! {
    /// A part of some days of the week in which the officers of a pool are there.
    pub(crate) struct SessionDraft {
        days: Many<Weekday> = "days",
        from: At<NaiveTime> = "from",
        until: At<NaiveTime> = "until",
    }
}

record! {
    /// A step that happens: how often, by whom, and how long it takes.
    pub(crate) struct StepDraft {
        states: Many<At<Id>> = "in",
        share: Option<Each<At<Ratio>>> = "share",
        again: Option<Each<At<Ratio>>> = "again",
        by: Option<At<Id>> = "by",
        work: Option<At<Distribution>> = "work",
        wait: Option<At<Distribution>> = "wait",
        counted: Option<Basis> = "counted",
        days: Many<At<Weekday>> = "days",
        batch: Option<At<u16>> = "batch",
        visits: Option<Each<u8>> = "visits",
        sets: Option<Pairs<Box<str>>> = "sets",
    }
}

record! {
    /// Dossiers of one kind: under which procedure, how many, and how they go.
    pub(crate) struct CaseDraft {
        name: Option<Text> = "name",
        procedure: Need<At<Id>> = "procedure",
        version: Option<At<Id>> = "version",
        office: Option<At<Id>> = "office",
        priority: Option<u8> = "priority",
        complete: Option<At<Ratio>> = "complete",
        channels: Option<At<Pairs<Ratio>>> = "channels",
        facts: Option<At<Pairs<Box<str>>>> = "facts",
        backlog: Option<Pairs<u32>> = "backlog",
        backlog_age: Option<At<Distribution>> = "backlog-age",
        pays: Option<At<Distribution>> = "pays",
        arrivals: Option<Section<ArrivalsDraft>> = "arrivals",
        fact: Named<FactDraft> = "fact",
        answer: Named<AnswerDraft> = "answer",
        step: Named<StepDraft> = "step",
        source: Option<Box<str>> = "source",
    }
}

record! {
    /// When dossiers come in: by a rate and its shape, by gaps, at given moments, or after others.
    pub(crate) struct ArrivalsDraft {
        rate: Given<At<Rate>> = "rate",
        cv: Option<At<Decimal>> = "cv",
        gap: Given<At<Distribution>> = "gap",
        at: Many<At<super::moment::LocalMoment>> = "at",
        after: Given<At<Id>> = "after",
        hours: Option<Hours> = "hours",
        by_hour: Many<At<u32>> = "by-hour",
        by_weekday: Many<At<u32>> = "by-weekday",
        by_month: Many<At<u32>> = "by-month",
        source: Option<Box<str>> = "source",
    }
}

record! {
    /// How often a fact has which value.
    pub(crate) struct FactDraft {
        chances: Need<At<Pairs<Ratio>>> = "chances",
        source: Option<Box<str>> = "source",
    }
}

record! {
    /// How an agency that is consulted answers.
    pub(crate) struct AnswerDraft {
        after: Need<At<Distribution>> = "after",
        counted: Option<Basis> = "counted",
        silent: Option<At<Ratio>> = "silent",
        source: Option<Box<str>> = "source",
    }
}

record! {
    /// A published figure: an input that is used elsewhere, or a check of the results.
    pub(crate) struct FigureDraft {
        name: Need<Text> = "name",
        value: Need<Box<str>> = "value",
        role: Need<super::words::FigureRole> = "role",
        source: Need<Box<str>> = "source",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Record;
    use std::vec::Vec;

    const PAPER: &str = include_str!("../../manual/scenarios.md");

    /// Returns the keys that the paper lists under a heading.
    fn listed(heading: &str) -> Vec<&'static str> {
        let (_, section) = PAPER.split_once(&std::format!("\n### {heading}\n")).expect(heading);
        let section = section.lines().take_while(|it| !it.starts_with('#'));
        let rows = section.filter_map(|it| it.strip_prefix("| `"));
        rows.map(|it| it.split('`').next().unwrap_or_default()).collect()
    }

    #[test]
    fn the_paper_lists_every_key_and_no_other() {
        let tables = [
            ("`[scenario]`", Head::KEYS),
            ("`[office.NAME]`", OfficeDraft::KEYS),
            ("`[pool.NAME]`", PoolDraft::KEYS),
            ("A session", SessionDraft::KEYS),
            ("`[step.NAME]`, `[case.NAME.step.NAME]`", StepDraft::KEYS),
            ("`[case.NAME]`", CaseDraft::KEYS),
            ("`[case.NAME.arrivals]`", ArrivalsDraft::KEYS),
            ("`[case.NAME.fact.FACT]`", FactDraft::KEYS),
            ("`[case.NAME.answer.AGENCY]`", AnswerDraft::KEYS),
            ("`[figure.NAME]`", FigureDraft::KEYS),
            ("A length of time", Distribution::LAWS.as_slice()),
        ];
        for (heading, keys) in tables {
            assert_eq!(listed(heading), keys, "{heading}");
        }
        // Every table of a text is one of these.
        for key in Draft::KEYS.iter().filter(|it| **it != "format") {
            assert!(tables.iter().any(|it| it.0.contains(&std::format!("[{key}"))), "{key}");
        }
        for key in Distribution::BESIDE {
            assert!(PAPER.contains(&std::format!("| `{key}`: ")), "{key}");
        }
    }
}
