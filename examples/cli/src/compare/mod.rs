//! `hoso compare`: whether a redesign is simpler by as much as is asked for.

mod data;
mod report;
mod text;

use std::fs;

use hoso::calendar::Calendar;
use hoso::fee::Tariff;
use hoso::simplify::cost::Setting;
use hoso::simplify::{Design, Judged, Portfolio, Verdict, Yardstick};
use hoso::source::Sources;
use hoso::text::Lang;
use serde_json::Value;

use crate::answer::Answer;
use crate::args::{Compare, Global, Language};
use crate::designs::Side;
use crate::diff::Compared;
use crate::failure::{Failure, Fallible};
use crate::html::{Html, Reader};
use crate::moment;

pub(crate) fn compare(global: &Global, args: &Compare) -> Fallible<Answer> {
    let on = args.on.as_deref().map(moment::date).transpose()?;
    let before = Side::open(global, &args.before, on)?;
    let after = Side::open(global, &args.after, on)?;
    let (old, new) = (before.designs(), after.designs());
    let texts = after.texts();
    let norms = texts.norms(&args.norms)?;
    let tariff = texts.tariff(&args.tariff)?;
    let calendar = texts.calendar(&args.calendar)?;
    // Both sides are priced on one day; a folder has no day of its own.
    let day = match &*new {
        [design] => Side::day(design, on)?,
        _ => on.map_or_else(moment::today, Ok)?,
    };
    let setting = Setting::new(&norms, day).with_tariff(&tariff);
    let by = Yardstick::new(setting, &calendar).requiring(args.require.parse()?);
    let share = args.adoption.as_deref().map(str::parse).transpose()?;
    let by = share.map_or(by, |it| by.adopted_by(it));
    let asked = Asked { setting, tariff: &tariff, calendar: &calendar, sources: texts.sources() };
    let lang = global.lang();
    match (&*old, &*new) {
        ([old], [new]) if !before.is_folder() && !after.is_folder() => {
            let verdict = Verdict::between(old, new, &by)?;
            write(global, args, |lang| report::of_verdict((old, new), &verdict, &asked, lang))?;
            let pair = Pair { old: old.lead(), new: new.lead(), verdict: &verdict };
            let json = || data::verdict(&pair, &asked, lang);
            let changed = || Compared::of(old, new, &calendar);
            let text = || text::verdict(&pair, &changed(), &asked, lang);
            let answer = Answer::new(global, json, text);
            Ok(answer.holds_if(verdict.holds()))
        }
        _ => {
            let portfolio = Portfolio::between(&old, &new, &by)?;
            write(global, args, |lang| report::of_portfolio(&portfolio, &asked, lang))?;
            let json = || data::portfolio(&portfolio, &asked, lang);
            let answer = Answer::new(global, json, || text::portfolio(&portfolio, &asked, lang));
            Ok(answer.holds_if(holds(&portfolio)))
        }
    }
}

/// Writes the report for people where one was asked for: in Vietnamese first, unless English was chosen.
fn write(global: &Global, args: &Compare, report: impl FnOnce(Lang) -> String) -> Fallible<()> {
    let Some(path) = &args.report else { return Ok(()) };
    let first = if global.lang == Some(Language::En) { Lang::En } else { Lang::Vi };
    fs::write(path, report(first)).map_err(|error| Failure::file(path, &error))
}

/// All of them together reach every leg, and no objection stands against any.
fn holds(portfolio: &Portfolio<'_>) -> bool {
    let objected = portfolio.entries().iter().any(|it| match it.judged() {
        Judged::Compared(verdict) => !verdict.objections().is_empty(),
        Judged::Abolished(..) | Judged::New(..) => false,
    });
    portfolio.total().legs(portfolio.target()).hold() && !objected
}

/// Returns a verdict as data.
pub(crate) fn verdict_data(pair: &Pair<'_, '_>, asked: &Asked<'_>, lang: Lang) -> Value {
    data::verdict(pair, asked, lang)
}

/// Prints a verdict for people.
pub(crate) fn verdict_text(
    pair: &Pair<'_, '_>,
    [old, new]: [&Design<'_>; 2],
    asked: &Asked<'_>,
    lang: Lang,
) -> String {
    text::verdict(pair, &Compared::of(old, new, asked.calendar), asked, lang)
}

/// Writes a verdict as a part of another page.
pub(crate) fn verdict_page(reader: Reader, verdict: &Verdict<'_>) -> Html {
    report::part(reader, verdict)
}

/// Two versions and what their comparison came to.
pub(crate) struct Pair<'v, 'p> {
    pub(crate) old: &'p hoso::definition::Procedure,
    pub(crate) new: &'p hoso::definition::Procedure,
    pub(crate) verdict: &'v Verdict<'p>,
}

/// How it was measured, and the texts of the redesign.
pub(crate) struct Asked<'a> {
    pub(crate) setting: Setting<'a>,
    pub(crate) tariff: &'a Tariff,
    pub(crate) calendar: &'a Calendar,
    pub(crate) sources: &'a Sources,
}
