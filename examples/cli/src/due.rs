//! `hoso due`: when is the answer due.

use chrono::NaiveDate;
use hoso::calendar::Calendar;
use hoso::clock::{Clock, Length, Limit, Policies, latest_apology};
use hoso::definition::bundle::{BundlePart, Bundles};
use hoso::definition::fact::Value as FactValue;
use hoso::definition::{Procedure, Running, Term};
use hoso::id::Id;

use crate::account::{Account, apology, print};
use crate::answer::Answer;
use crate::args::{Due, Global};
use crate::failure::{Failure, Fallible};
use crate::load::{Texts, unknown};
use crate::moment::{self, Moment};
use crate::versions;

pub(crate) fn due(global: &Global, args: &Due) -> Fallible<Answer> {
    let texts = Texts::open(global)?;
    let calendar = texts.calendar(&args.calendar)?;
    let policies = policies(&args.policy)?;
    if let Some(before) = &args.before {
        let before = moment::date(before)?;
        let policies = policies.or(calendar.policies());
        let day = latest_apology(&calendar, &policies, before);
        return Ok(apology(global, &calendar, before, day));
    }
    let from = args.from.as_deref().ok_or_else(|| {
        Failure::new("the moment of reception is missing").help("write --from MOMENT")
    })?;
    let case = Case {
        args,
        calendar: &calendar,
        policies,
        from: moment::moment(from, calendar.offset())?,
    };
    let account = match (&args.limit, &args.rule, &args.procedure) {
        (Some(limit), None, None) => case.run(limit.parse::<Limit>()?.into(), policies, None)?,
        (None, Some(rule), None) => case.run(rule.parse()?, policies, None)?,
        (None, None, Some(name)) => case.of_procedure(&texts, name)?,
        _ => {
            return Err(Failure::new("what runs is not clear").help(
                "write one of --limit LIMIT, --rule RULE, or the code or id of a procedure",
            ));
        }
    };
    Ok(print(global, &account))
}

/// Writes a fact as a part calls it, where the bundle has another name for it.
fn as_in_part(part: &BundlePart, fact: &str) -> String {
    let shared = |(name, value): (&str, &str)| {
        let own = |it: &str| {
            Id::parse(it).is_ok_and(|it| part.procedure().facts().position(&it).is_some())
        };
        let carried = part.facts().iter().find(|it| it.bundle.as_str() == name.trim())?;
        (!own(name.trim())).then(|| format!("{}={value}", carried.part))
    };
    fact.split_once('=').and_then(shared).unwrap_or_else(|| fact.into())
}

fn policies(given: &[String]) -> Fallible<Policies> {
    let mut policies = Policies::default();
    for policy in given {
        let (name, reading) = policy.split_once('=').ok_or_else(|| {
            Failure::new(format_args!("`{policy}` is not a policy")).help("write NAME=VALUE")
        })?;
        policies.set(name, reading)?;
    }
    Ok(policies)
}

/// What the call says about the term.
struct Case<'c> {
    args: &'c Due,
    calendar: &'c Calendar,
    policies: Policies,
    from: Moment,
}

impl<'c> Case<'c> {
    /// Runs a length; an answer that the calendar cannot give is an account without a due date.
    fn run(
        &self,
        length: Length,
        policies: Policies,
        term: Option<&Term>,
    ) -> Fallible<Account<'c>> {
        let clock = self.clock(length, policies.or(self.calendar.policies()), term)?;
        let account = Account::of(self.calendar, Some(length));
        Ok(match clock.ledger(self.calendar) {
            Ok(Some(ledger)) => account.with(ledger),
            Ok(None) => account.without("suspended", "it stands still"),
            Err(error) => account.without("uncovered", error),
        })
    }

    /// Finds the term of a procedure, and which of its lengths the facts select.
    fn of_procedure(&self, texts: &Texts, name: &str) -> Fallible<Account<'c>> {
        let (catalogue, bundles) = texts.shelves();
        if let Some((bundle, part)) = versions::part(&catalogue, &bundles, name) {
            return self.of_part(&bundles, bundle, part);
        }
        let catalogue = versions::shelf(&catalogue, &bundles, name);
        texts.readable(catalogue, name)?;
        let day = self.from.date_naive();
        let facts = &self.args.fact;
        let fits = |it: &Procedure| facts.iter().all(|fact| it.facts().parse(fact).is_ok());
        let account = Account::of(self.calendar, None);
        let Some(procedure) = versions::in_force(catalogue, name, day, fits)? else {
            let why = format!("no version of `{name}` is in force on {day}");
            return Ok(account.without("not-in-force", why));
        };
        self.of_version(procedure, facts)
    }

    /// Runs a term of a part, as the procedure that it is in the bundle of the day.
    fn of_part(&self, bundles: &Bundles, name: &str, part: &str) -> Fallible<Account<'c>> {
        let day = self.from.date_naive();
        let lead = versions::in_force(bundles.leads(), name, day, |_| true)?;
        let Some(bundle) = lead.and_then(|it| bundles.led_by(it)) else {
            let why = format!("no version of `{name}` is in force on {day}");
            return Ok(Account::of(self.calendar, None).without("not-in-force", why));
        };
        let part = versions::part_of(bundle, part)?;
        let facts: Vec<String> = self.args.fact.iter().map(|it| as_in_part(part, it)).collect();
        self.of_version(part.procedure(), &facts)
    }

    fn of_version(&self, procedure: &Procedure, facts: &[String]) -> Fallible<Account<'c>> {
        let account = Account::of(self.calendar, None);
        let term = self.term(procedure)?;
        let mut known: Vec<Option<FactValue>> = vec![None; procedure.facts().len()];
        for fact in facts {
            let (place, value) = procedure.facts().parse(fact)?;
            if let Some(slot) = known.get_mut(place.index()) {
                *slot = Some(value);
            }
        }
        Ok(match term.running(|it| known.get(it.index()).copied().flatten()) {
            Running::For(length, _) => {
                let policies = self.policies.or(*term.policies()).or(*procedure.policies());
                let account = self.run(length, policies, Some(term))?;
                account.under(procedure, &self.args.term)
            }
            Running::Not => account
                .without("not-running", "the term does not run for these facts")
                .under(procedure, &self.args.term),
            Running::Unknown(why) => {
                account.without("unknown-limit", why).under(procedure, &self.args.term)
            }
            Running::Waits(facts) => {
                let named = facts.iter().filter_map(|it| procedure.facts().fact(*it));
                let named: Vec<String> = named.map(|it| format!("`{}`", it.id())).collect();
                let why = format!("it hangs on {}: not known", named.join(", "));
                account.without("unknown-fact", why).under(procedure, &self.args.term)
            }
        })
    }

    fn term<'p>(&self, procedure: &'p Procedure) -> Fallible<&'p Term> {
        let name = &self.args.term;
        let found = Id::parse(name).ok().and_then(|it| procedure.terms().find(&it));
        found.map(|(_, term)| term).ok_or_else(|| {
            let known: Vec<Id> = procedure.terms().iter().map(|(_, it, _)| it).collect();
            unknown("term", name, &known).at(procedure.id())
        })
    }

    fn clock(&self, length: Length, policies: Policies, term: Option<&Term>) -> Fallible<Clock> {
        let offset = self.calendar.offset();
        let mut clock = Clock::start(length, self.from).under(policies);
        if let Some(time) = term.and_then(Term::cut_off) {
            clock = clock.cutting_off_at(time);
        }
        if let Some(at) = &self.args.competent {
            clock = clock.received_by_competent(moment::moment(at, offset)?);
        }
        if let Some(at) = &self.args.restart {
            clock.restart(moment::moment(at, offset)?);
        }
        for (idx, pause) in self.args.suspend.iter().enumerate() {
            self.suspend(&mut clock, idx, pause)?;
        }
        for by in &self.args.extend {
            clock.add(by.parse()?, clock.started());
        }
        Ok(clock)
    }

    /// Suspends the clock; what was before a restart is dropped by it.
    fn suspend(&self, clock: &mut Clock, idx: usize, pause: &str) -> Fallible<()> {
        let wrong = || {
            Failure::new(format_args!("`{pause}` is not a suspension"))
                .help("write FROM..TO, two moments or two dates with FROM first")
        };
        let (from, until) = pause.split_once("..").ok_or_else(wrong)?;
        let from = self.boundary(from)?;
        let until = if until.is_empty() { None } else { Some(self.boundary(until)?) };
        if until.is_some_and(|it| it < from) {
            return Err(wrong());
        }
        if self.args.restart.is_some() && from < clock.started() {
            return Ok(());
        }
        let cause = Id::parse(&format!("suspension-{}", idx + 1))?;
        clock.suspend(cause, from);
        if let Some(until) = until {
            clock.resume(cause, until);
        }
        Ok(())
    }

    /// Reads an end of a suspension: a moment, or a day as its last second.
    fn boundary(&self, text: &str) -> Fallible<Moment> {
        let whole = |day: NaiveDate| {
            day.and_hms_opt(23, 59, 59)?.and_local_timezone(self.calendar.offset()).single()
        };
        match moment::date(text).ok().and_then(whole) {
            Some(end) => Ok(end),
            None => moment::moment(text, self.calendar.offset()),
        }
    }
}
