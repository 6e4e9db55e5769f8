//! The verdict of `hoso compare` on the procedures of two scenarios, with what the runs saw of trips and waiting.

use std::fmt::Write as _;

use hoso::definition::Procedure;
use hoso::money::{Dong, Ratio};
use hoso::simplify::cost::{Account, Attendance, Line, Norms, Setting};
use hoso::simplify::{Design, Verdict, Yardstick};
use hoso::simulate::{CaseReport, Report};
use hoso::text::Lang;
use serde_json::{Value, json};

use super::Desk;
use crate::answer::put;
use crate::compare::{self, Asked, Pair};
use crate::failure::Fallible;
use crate::table::Table;

/// A scenario and what running it came to.
#[derive(Clone, Copy)]
pub(super) struct Side<'d> {
    pub(super) desk: &'d Desk,
    pub(super) report: &'d Report,
}

/// Both sides, and what procedures are measured by.
pub(super) struct Bench<'d> {
    as_is: Side<'d>,
    to_be: Side<'d>,
    norms: Norms,
}

/// The case of both sides, and its procedure before and after.
struct Redesign<'d> {
    cases: [&'d CaseReport; 2],
    procedures: [&'d Procedure; 2],
}

/// What the runs saw of the trips of both designs.
type Seen = [Option<Attendance>; 2];

impl<'d> Bench<'d> {
    pub(super) fn open(as_is: Side<'d>, to_be: Side<'d>, norms: &str) -> Fallible<Self> {
        Ok(Self { as_is, to_be, norms: to_be.desk.texts.norms(norms)? })
    }

    /// Judges every kind of case whose procedure differs: as data.
    pub(super) fn data(&self, lang: Lang) -> Fallible<Value> {
        let redesigns = self.redesigns();
        let verdicts = redesigns.iter().map(|it| {
            self.judge(it, |pair, _, asked, seen| {
                let mut data = compare::verdict_data(pair, asked, lang);
                put(&mut data, "case", it.cases[0].case.as_str());
                put(&mut data, "seen", json!(seen.each_ref().map(|it| it.as_ref().map(attended))));
                let accounts = [pair.verdict.before(), pair.verdict.after()];
                put(&mut data, "replaced", json!(accounts.map(|it| replaced(it, lang))));
                data
            })
        });
        Ok(Value::Array(verdicts.collect::<Fallible<_>>()?))
    }

    /// Judges every kind of case whose procedure differs: for people.
    pub(super) fn text(&self, lang: Lang) -> Fallible<String> {
        let mut out = String::new();
        for it in &self.redesigns() {
            let told = self.judge(it, |pair, designs, asked, seen| {
                let mut told = compare::verdict_text(pair, designs, asked, lang);
                told.push('\n');
                from_run(pair.verdict, seen, lang, &mut told);
                told
            })?;
            let case = it.cases[0].case;
            let _ = writeln!(out, "\n{} {case}: {told}", lang.pick("hồ sơ", "case"));
        }
        Ok(out)
    }

    fn redesigns(&self) -> Vec<Redesign<'d>> {
        let pairs = self.as_is.report.cases.iter().filter_map(|old| {
            let new = self.to_be.report.cases.iter().find(|it| it.case == old.case)?;
            Some([old, new])
        });
        let redesigns = pairs.filter_map(|[old, new]| {
            let procedures = [procedure(self.as_is.desk, old)?, procedure(self.to_be.desk, new)?];
            Some(Redesign { cases: [old, new], procedures })
        });
        redesigns
            .filter(|it| it.procedures[0].fingerprint() != it.procedures[1].fingerprint())
            .collect()
    }

    fn judge<T>(
        &self,
        it: &Redesign<'_>,
        tell: impl FnOnce(&Pair<'_, '_>, [&Design<'_>; 2], &Asked<'_>, &Seen) -> T,
    ) -> Fallible<T> {
        let [old, new] = it.procedures.map(Design::of);
        let Desk { calendar, tariff, texts, scenario, .. } = self.to_be.desk;
        let day = scenario.days().map_or_else(|| new.lead().effective().from(), |(first, _)| first);
        let setting = Setting::new(&self.norms, day).with_tariff(tariff);
        let counts_trips =
            it.cases.iter().any(|it| it.visits.as_ref().is_some_and(|it| it.mean() > 0.0));
        let sides = [(&old, it.cases[0]), (&new, it.cases[1])];
        let seen: Seen =
            sides.map(|(design, case)| seen_of(&setting, design, case).filter(|_| counts_trips));
        let known: Vec<Attendance> = seen.iter().flatten().copied().collect();
        let setting = setting.seeing(&known);
        let verdict = Verdict::between(&old, &new, &Yardstick::new(setting, calendar))?;
        let asked = Asked { setting, tariff, calendar, sources: texts.sources() };
        let pair = Pair { old: old.lead(), new: new.lead(), verdict: &verdict };
        Ok(tell(&pair, [&old, &new], &asked, &seen))
    }
}

fn procedure<'d>(desk: &'d Desk, case: &CaseReport) -> Option<&'d Procedure> {
    let mut all = desk.procedures.iter();
    all.find(|it| *it.id() == case.procedure && *it.version() == case.version)
}

/// Returns what a run saw of the cases that are filed as the typical one of a design.
#[expect(clippy::float_arithmetic, reason = "means of a run become thousandths and minutes")]
fn seen_of(setting: &Setting<'_>, design: &Design<'_>, case: &CaseReport) -> Option<Attendance> {
    let (channel, _) = setting.channels(design);
    let flow = &case.channels.iter().find(|it| *it.channel == *channel.as_str())?.flow;
    let trips = flow.trips.as_ref()?;
    let seen = Attendance::new(*design.lead().fingerprint())
        .with_trips(Ratio::new((trips.mean() * 1000.0).round() as u32, 1000)?);
    Some(match &flow.at_office {
        Some(hours) => seen.with_waiting((hours.mean() * 60.0).round() as u32),
        None => seen,
    })
}

fn attended(it: &Attendance) -> Value {
    json!({
        "trips": trips(it),
        "minutes-at-office": it.waiting(),
    })
}

/// Returns the lines in which figures of the run stand in place of the norms.
fn lines<'l>(account: &'l Account<'l>) -> impl Iterator<Item = &'l Line<'l>> {
    account.lines().iter().filter(|it| it.by_norm().is_some())
}

fn replaced(account: &Account<'_>, lang: Lang) -> Value {
    let told = lines(account).map(|it| {
        let (minutes, direct) = it.by_norm().unwrap_or_default();
        json!({
            "name": it.name(lang),
            "item": it.norm().map(|(id, _)| id.to_string()),
            "minutes": { "norm": minutes, "run": it.minutes() },
            "direct": { "norm": direct.map(Dong::get), "run": it.direct().map(Dong::get) },
        })
    });
    Value::Array(told.collect())
}

/// Names every figure of the run that stands in place of one that norms assume.
fn from_run(verdict: &Verdict<'_>, seen: &Seen, lang: Lang, out: &mut String) {
    let headings = lang.pick(
        ["thay số giả định bằng số mô phỏng", "phút", "→", "đồng", "→"],
        ["simulated in place of assumed", "minutes", "→", "đồng", "→"],
    );
    let mut table = Table::new(&headings);
    let figure = |it: Option<String>| it.unwrap_or_else(|| "?".into());
    let [old, new] = seen;
    let sides = [
        (lang.pick("hiện tại", "as is"), verdict.before(), old.as_ref()),
        (lang.pick("sau đổi", "to be"), verdict.after(), new.as_ref()),
    ];
    for (side, account, _) in sides {
        for it in lines(account) {
            let (minutes, direct) = it.by_norm().unwrap_or_default();
            table.row([
                format!("{side}: {}", it.name(lang)),
                figure(minutes.map(|it| it.to_string())),
                figure(it.minutes().map(|it| it.to_string())),
                figure(direct.map(|it| it.to_string())),
                figure(it.direct().map(|it| it.to_string())),
            ]);
        }
    }
    table.print("  ", out);
    for (side, account, seen) in sides {
        let _ = writeln!(out, "  {side}: {}", told(account, seen, lang));
    }
}

/// Says what the run saw of the trips of one design, or why nothing of it is used.
fn told(account: &Account<'_>, seen: Option<&Attendance>, lang: Lang) -> String {
    let Some(seen) = seen else {
        return lang
            .pick(
                "không có số mô phỏng về đi lại cho kênh nộp điển hình; giữ số giả định",
                "the run counts no trips (`visits`) for the usual channel; what is assumed stays",
            )
            .into();
    };
    let mut lines = account.lines().iter();
    if !lines.any(|it| it.norm().is_some_and(|(_, norm)| norm.waiting().is_some())) {
        return lang
            .pick(
                "không dòng chi phí nào là lượt đi lại; lượt mô phỏng không được tính tiền",
                "no cost line is a trip; the simulated ones are not priced",
            )
            .into();
    }
    let minutes = seen.waiting().map_or_else(|| "?".into(), |it| it.to_string());
    match lang {
        Lang::Vi => {
            format!("lượt đi lại mỗi hồ sơ {}; phút tại cơ quan mỗi lượt {minutes}", trips(seen))
        }
        _ => format!("trips per dossier {}; minutes at the office per trip {minutes}", trips(seen)),
    }
}

fn trips(seen: &Attendance) -> String {
    seen.trips().map_or_else(
        || "?".into(),
        |it| {
            let (num, den) = (it.numerator(), it.denominator().max(1));
            format!("{}.{:03}", num / den, u64::from(num % den) * 1000 / u64::from(den))
        },
    )
}
