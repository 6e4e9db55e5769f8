//! `hoso staff`: the fewest officers that keep a share of dossiers on time.

use std::fmt::Write as _;

use hoso::money::Ratio;
use hoso::simulate::{self, Measure, Part, PoolStaffing, Scenario, Staffing, Trial};
use hoso::text::Lang;
use indicatif::ProgressBar;
use serde_json::json;

use super::figure::{figure, points};
use super::{Desk, runs};
use crate::answer::{Answer, put};
use crate::args::{self, Global};
use crate::failure::Fallible;
use crate::table::Table;

pub(crate) fn staff(global: &Global, args: &args::Staff) -> Fallible<Answer> {
    let desk = Desk::open(global, &args.scenario, &args.run.tariff)?;
    let wished: Ratio = args.on_time.parse()?;
    let mut model = desk.model_by(Scenario::bind_for_staffing)?;
    let runs = runs(&model, &args.run, Part::WHOLE)?;
    let bar = ProgressBar::new_spinner();
    let done = || bar.tick();
    let staffing = args.run.on_threads(|| simulate::staff(&mut model, &runs, wished, &done))?;
    bar.finish_and_clear();
    let json = || {
        let mut data = json!(staffing);
        put(&mut data, "scenario", desk.scenario.id().as_str());
        put(&mut data, "seed", runs.seed);
        put(&mut data, "replications", runs.replications);
        data
    };
    let answer = Answer::new(global, json, || text(&staffing, &desk, global.lang()));
    Ok(answer.holds_if(staffing.reached))
}

fn text(staffing: &Staffing, desk: &Desk, lang: Lang) -> String {
    let mut out = String::new();
    let names: Vec<&str> = staffing.pools.iter().map(|it| it.pool.as_str()).collect();
    let last = lang.pick(["đúng hạn", "đạt"], ["on time", "holds"]);
    let mut table = Table::new(&[&names[..], &last].concat());
    for it in &staffing.trials {
        let officers = it.officers.iter().map(u16::to_string);
        let holds = if it.holds { lang.pick("có", "yes") } else { lang.pick("không", "no") };
        table.row(officers.chain([share(it, lang), holds.into()]));
    }
    table.print("  ", &mut out);
    legend(staffing, lang, &mut out);
    if !staffing.reached {
        let most = staffing.trials.first().map_or_else(String::new, |it| share(it, lang));
        let _ = match lang {
            Lang::Vi => writeln!(
                out,
                "Không thể đạt: dù thừa cán bộ, tỷ lệ đúng hạn cũng chỉ {most}. Thời hạn ngắn hơn \
                 thời gian của người nộp, của cơ quan phối hợp hoặc của chính công việc."
            ),
            _ => writeln!(
                out,
                "It cannot be reached: with plenty of officers the share on time is {most}. The \
                 term is shorter than what applicants, agencies or the work itself take."
            ),
        };
        return out;
    }
    let headings = lang.pick(
        ["bộ phận", "", "vai trò", "hiện có", "ít nhất để kịp việc", "đủ"],
        ["pool", "", "roles", "given", "fewest for the work", "enough"],
    );
    let mut table = Table::new(&headings).numbers_from(3);
    for it in &staffing.pools {
        let (name, id) = (desk.names().pool(&it.pool, lang), it.pool.to_string());
        let id = if name == id { String::new() } else { id };
        let roles: Vec<&str> = it.roles.iter().map(|it| it.as_str()).collect();
        table.row([
            name,
            id,
            roles.join(", "),
            it.given.to_string(),
            it.least.to_string(),
            it.enough.map_or_else(String::new, |it| it.to_string()),
        ]);
    }
    let all = |of: fn(&PoolStaffing) -> u16| {
        staffing.pools.iter().map(|it| u32::from(of(it))).sum::<u32>().to_string()
    };
    table.row([
        lang.pick("tổng số, mỗi loại một cơ quan", "together, one office of each kind").into(),
        String::new(),
        String::new(),
        all(|it| it.given),
        all(|it| it.least),
        all(|it| it.enough.unwrap_or(0)),
    ]);
    table.print("  ", &mut out);
    if let Some(it) = staffing.trials.iter().find(|it| is_enough(it, staffing)) {
        let _ = writeln!(out, "\n{}: {}", lang.pick("đúng hạn", "on time"), share(it, lang));
    }
    out
}

/// Says when a number of officers holds, and what stands in the table of trials.
fn legend(staffing: &Staffing, lang: Lang, out: &mut String) {
    let wished = percent(staffing.wished, lang);
    let _ = match lang {
        Lang::Vi => writeln!(
            out,
            "\nMỗi dòng là một lần thử: số cán bộ của từng bộ phận trong một cơ quan. Đạt khi đầu \
             dưới của khoảng tin cậy 95 % không thấp hơn {wished}; ± là nửa khoảng đó, tính bằng \
             điểm %.\n"
        ),
        _ => writeln!(
            out,
            "\nEach line is a trial: the officers of each pool in one office. It holds when the \
             lower end of the 95 % interval is at or above {wished}; ± is half of that interval, in \
             percentage points.\n"
        ),
    };
}

/// Returns true for the trial of the numbers that are enough.
fn is_enough(trial: &Trial, staffing: &Staffing) -> bool {
    trial.officers.iter().copied().map(Some).eq(staffing.pools.iter().map(|it| it.enough))
}

fn share(trial: &Trial, lang: Lang) -> String {
    let mean = percent(trial.on_time.mean(), lang);
    match trial.on_time.interval() {
        Some(it) => format!("{mean} ± {}", points(Measure::OnTime, it.half(), lang)),
        None => mean,
    }
}

fn percent(share: f64, lang: Lang) -> String {
    figure(Measure::OnTime, share, lang)
}
