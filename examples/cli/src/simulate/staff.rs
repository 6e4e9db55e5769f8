//! `hoso staff`: the fewest officers that keep a share of dossiers on time.

use std::fmt::Write as _;

use hoso::money::Ratio;
use hoso::simulate::{self, Part, Scenario, Staffing, Trial};
use hoso::text::Lang;
use indicatif::ProgressBar;
use serde_json::json;

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
    let answer = Answer::new(global, json, || text(&staffing, global.lang()));
    Ok(answer.holds_if(staffing.reached))
}

fn text(staffing: &Staffing, lang: Lang) -> String {
    let mut out = String::new();
    let names: Vec<&str> = staffing.pools.iter().map(|it| it.pool.as_str()).collect();
    let last = lang.pick(["đúng hạn", "đạt"], ["on time", "holds"]);
    let mut table = Table::new(&[&names[..], &last].concat());
    for it in &staffing.trials {
        let officers = it.officers.iter().map(u16::to_string);
        let holds = if it.holds { lang.pick("có", "yes") } else { lang.pick("không", "no") };
        table.row(officers.chain([share(it), holds.into()]));
    }
    table.print("  ", &mut out);
    out.push('\n');
    if !staffing.reached {
        let most = staffing.trials.first().map_or_else(String::new, share);
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
        ["bộ phận", "vai trò", "hiện có", "ít nhất để kịp việc", "đủ"],
        ["pool", "roles", "given", "fewest for the work", "enough"],
    );
    let mut table = Table::new(&headings);
    for it in &staffing.pools {
        let roles: Vec<&str> = it.roles.iter().map(|it| it.as_str()).collect();
        table.row([
            it.pool.to_string(),
            roles.join(", "),
            it.given.to_string(),
            it.least.to_string(),
            it.enough.map_or_else(String::new, |it| it.to_string()),
        ]);
    }
    table.print("  ", &mut out);
    out
}

#[expect(clippy::float_arithmetic, reason = "a share is printed as a percentage")]
fn share(trial: &Trial) -> String {
    let half = trial.on_time.interval().map_or(0.0, |it| it.half());
    format!("{:.2} % ± {:.2}", trial.on_time.mean() * 100.0, half * 100.0)
}
