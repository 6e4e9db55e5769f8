//! `hoso cost`: what complying with a procedure costs, line by line.

mod data;
mod text;

use chrono::NaiveDate;
use hoso::definition::Procedure;
use hoso::definition::fact::{Facts, Value};
use hoso::error::Error;
use hoso::fee::Tariff;
use hoso::id::Id;
use hoso::money::{Dong, Ratio};
use hoso::simplify::Design;
use hoso::simplify::cost::{Account, Adoption, Fraction, Setting, account, break_even};

use crate::answer::Answer;
use crate::args::{Cost, Global};
use crate::designs::Side;
use crate::failure::{Failure, Fallible};
use crate::moment;

pub(crate) fn cost(global: &Global, args: &Cost) -> Fallible<Answer> {
    let on = args.on.as_deref().map(moment::date).transpose()?;
    let side = Side::open(global, &args.procedure, on)?;
    let (norms, tariff) = (side.texts().norms(&args.norms)?, side.texts().tariff(&args.tariff)?);
    let design = side.single()?;
    let day = Side::day(&design, on)?;
    let case = case(&design, &tariff, &args.fact)?;
    let mut setting = Setting::new(&norms, day).with_tariff(&tariff).knowing(&case);
    if let Some(channel) = &args.channel {
        setting = setting.by(channel.parse()?);
    }
    let earlier = args.against.as_deref().map(|it| Side::open(global, it, on)).transpose()?;
    let earlier = earlier.as_ref().map(Side::single).transpose()?;
    let before = earlier.as_ref().map(|it| account(it, &setting)).transpose()?;
    let asked = Asked { procedure: design.lead(), tariff: &tariff, day };
    let account = account(&design, &setting)?;
    let against = match (&earlier, &before) {
        (Some(earlier), Some(before)) => {
            Some(Against::of(earlier.lead(), before, &asked, &account, args)?)
        }
        _ => None,
    };
    let lang = global.lang();
    let holds = account.applicant().with_fees().is_some();
    let data = || data::data(&asked, &account, against.as_ref(), lang);
    let text = || text::text(&asked, &account, against.as_ref(), lang);
    Ok(Answer::new(global, data, text).holds_if(holds))
}

/// Reads facts of any procedure of the design, or of the tariff.
fn case(design: &Design<'_>, tariff: &Tariff, given: &[String]) -> Fallible<Vec<(Id, Value)>> {
    let mut case = Vec::new();
    for fact in given {
        let own = parse(design.lead().facts(), fact);
        let mut others = design.procedures().map(|(_, it)| it.facts()).chain([tariff.facts()]);
        let read = own.or_else(|it| others.find_map(|facts| parse(facts, fact).ok()).ok_or(it));
        case.push(read?);
    }
    Ok(case)
}

fn parse(facts: &Facts, written: &str) -> Result<(Id, Value), Error> {
    let (at, value) = facts.parse(written)?;
    let id = facts.fact(at).map_or_else(|| Id::parse(written), |it| Ok(it.id()))?;
    Ok((id, value))
}

/// What was asked, beside the norms that the account knows.
struct Asked<'a> {
    procedure: &'a Procedure,
    tariff: &'a Tariff,
    day: NaiveDate,
}

/// The cost before, and what a share of the subjects saves.
struct Against<'a> {
    procedure: &'a Procedure,
    cost: Dong,
    saved: Dong,
    share: Ratio,
    per_case: Fraction,
    yearly: Option<Fraction>,
    target: Ratio,
    least: Option<Fraction>,
}

impl<'a> Against<'a> {
    fn of(
        procedure: &'a Procedure,
        before: &Account<'_>,
        asked: &Asked<'_>,
        after: &Account<'_>,
        args: &Cost,
    ) -> Fallible<Self> {
        let known = before.applicant().with_fees().zip(after.applicant().with_fees());
        let Some((cost, now)) = known else {
            let failure = Failure::new("the cost of one of the two is not known");
            return Err(failure.help("`hoso cost` of each says why"));
        };
        let stated = asked.procedure.compliance().adoption();
        let share = match &args.adoption {
            Some(share) => share.parse()?,
            None => stated.map_or_else(|| "1/1".parse(), Ok)?,
        };
        if share.numerator() > share.denominator() {
            return Err(Failure::new(format_args!("a share of {share} is more than everybody")));
        }
        let target = args.require.parse()?;
        let adoption = Adoption::new(cost, now, share);
        let cases = before.cases_a_year().or(after.cases_a_year());
        Ok(Self {
            procedure,
            cost,
            saved: cost.minus(now)?,
            share,
            per_case: adoption.per_case()?,
            yearly: cases.map(|it| adoption.of_cases(it)).transpose()?,
            target,
            least: break_even(cost, now, target),
        })
    }
}
