//! The verdict of `hoso compare` on the procedures of two scenarios, with what the runs saw of trips and waiting.

use std::fmt::Write as _;

use hoso::definition::Procedure;
use hoso::money::{Dong, Ratio};
use hoso::simplify::cost::{Account, Attendance, Line, Norms, Setting};
use hoso::simplify::{Design, Verdict, Yardstick};
use hoso::simulate::CaseReport;
use hoso::text::Lang;
use serde_json::{Value, json};

use super::{Desk, Run};
use crate::answer::put;
use crate::compare::{self, Asked, Pair};
use crate::failure::Fallible;
use crate::table::Table;

/// Both sides, and what procedures are measured by.
pub(super) struct Bench<'d> {
    as_is: Run<'d>,
    to_be: Run<'d>,
    norms: Norms,
}

/// The case of both sides, and its procedure before and after.
pub(super) struct Redesign<'d> {
    pub(super) cases: [&'d CaseReport; 2],
    procedures: [&'d Procedure; 2],
}

impl Redesign<'_> {
    /// Returns true when both sides run the same version: there is nothing to judge.
    fn is_none(&self) -> bool {
        let [old, new] = self.procedures;
        old.fingerprint() == new.fingerprint()
    }
}

/// What the runs saw of the trips of both designs.
pub(super) type Seen = [Option<Attendance>; 2];

impl<'d> Bench<'d> {
    pub(super) fn open(as_is: Run<'d>, to_be: Run<'d>, norms: &str) -> Fallible<Self> {
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
        if let Some(why) = self.not_judged(lang) {
            let _ = writeln!(out, "\n{why}");
        }
        Ok(out)
    }

    /// Lists the kinds of case that are not judged: as data.
    pub(super) fn not_judged_data(&self) -> Value {
        let alike = self.pairs().filter(Redesign::is_none).map(|it| {
            let CaseReport { case, procedure, version, .. } = it.cases[0];
            json!({
                "case": case.as_str(),
                "procedure": procedure.as_str(),
                "version": version.as_str(),
                "why": "same-version",
            })
        });
        Value::Array(alike.collect())
    }

    /// Says in one line which kinds of case are not judged, and why.
    pub(super) fn not_judged(&self, lang: Lang) -> Option<String> {
        let alike: Vec<Redesign<'_>> = self.pairs().filter(Redesign::is_none).collect();
        if alike.is_empty() {
            return None;
        }
        let told = alike.iter().map(|it| {
            let case = it.cases[0];
            let name = self.as_is.desk.names().case(case, lang);
            format!("{name} ({} @ {})", case.procedure, case.version)
        });
        let told = told.collect::<Vec<_>>().join("; ");
        Some(match lang {
            Lang::Vi => format!(
                "Không có kết luận 20 %: hai phía chạy cùng một phiên bản thủ tục, khác biệt nằm ở kịch bản: {told}."
            ),
            _ => format!(
                "No verdict of 20 %: both sides run the same version of the procedure, and the difference is in the scenario: {told}."
            ),
        })
    }

    /// Returns every kind of case whose procedure differs.
    pub(super) fn redesigns(&self) -> Vec<Redesign<'d>> {
        self.pairs().filter(|it| !it.is_none()).collect()
    }

    fn pairs(&self) -> impl Iterator<Item = Redesign<'d>> {
        let pairs = self.as_is.report.cases.iter().filter_map(|old| {
            let new = self.to_be.report.cases.iter().find(|it| it.case == old.case)?;
            Some([old, new])
        });
        pairs.filter_map(|[old, new]| {
            let procedure = |run: Run<'d>, case| run.desk.names().procedure(case);
            let procedures = [procedure(self.as_is, old)?, procedure(self.to_be, new)?];
            Some(Redesign { cases: [old, new], procedures })
        })
    }

    pub(super) fn judge<T>(
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
pub(super) fn lines<'l>(account: &'l Account<'l>) -> impl Iterator<Item = &'l Line<'l>> {
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

/// Writes minutes and đồng of a line, each as the norm assumes it and as the run saw it.
pub(super) fn figures(it: &Line<'_>) -> [String; 4] {
    let (minutes, direct) = it.by_norm().unwrap_or_default();
    let written = |it: Option<String>| it.unwrap_or_else(|| "?".into());
    [
        written(minutes.map(|it| it.to_string())),
        written(it.minutes().map(|it| it.to_string())),
        written(direct.map(|it| it.to_string())),
        written(it.direct().map(|it| it.to_string())),
    ]
}

/// Names every figure of the run that stands in place of one that norms assume.
fn from_run(verdict: &Verdict<'_>, seen: &Seen, lang: Lang, out: &mut String) {
    let headings = lang.pick(
        ["thay số giả định bằng số mô phỏng", "phút", "→", "đồng", "→"],
        ["simulated in place of assumed", "minutes", "→", "đồng", "→"],
    );
    let mut table = Table::new(&headings);
    let [old, new] = seen;
    let sides = [
        (lang.pick("hiện tại", "as is"), verdict.before(), old.as_ref()),
        (lang.pick("sau đổi", "to be"), verdict.after(), new.as_ref()),
    ];
    for (side, account, _) in sides {
        for it in lines(account) {
            table.row([format!("{side}: {}", it.name(lang))].into_iter().chain(figures(it)));
        }
    }
    table.print("  ", out);
    for (side, account, seen) in sides {
        let _ = writeln!(out, "  {side}: {}", told(account, seen, lang));
    }
}

/// Says what the run saw of the trips of one design, or why nothing of it is used.
pub(super) fn told(account: &Account<'_>, seen: Option<&Attendance>, lang: Lang) -> String {
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
            let trips = trips(seen).replace('.', ",");
            format!("lượt đi lại mỗi hồ sơ {trips}; phút tại cơ quan mỗi lượt {minutes}")
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
