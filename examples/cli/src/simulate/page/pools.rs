//! Officers: how busy they are, and who waits for them.

use hoso::id::Id;
use hoso::simulate::{Estimate, PoolReport};

use super::{Run, Shown, Side, meter};
use crate::html::{Html, Reader, Table};
use crate::simulate::figure::{hundred, maybe, number};

pub(super) fn pools(reader: Reader, shown: &Shown<'_>) -> Html {
    let heading = reader.heading("Cán bộ và hàng đợi", "Officers and queues");
    let mut table = reader.table(
        &[
            ("Bộ phận", "Pool"),
            ("Người", "Officers"),
            ("", ""),
            ("Mức bận", "Busy"),
            ("", ""),
            ("Hồ sơ đang chờ", "Dossiers that wait"),
            ("Dài nhất", "Longest"),
            ("Chờ mỗi lượt việc (giờ)", "Wait per piece of work (hours)"),
            ("Chờ p95", "Wait p95"),
        ],
        &[1, 3, 5, 6, 7, 8],
    );
    let runs = shown.runs();
    let queues =
        runs.iter().flat_map(|(_, it)| &it.report.pools).filter_map(|it| it.mean_queue.as_ref());
    let most = queues.map(high).fold(0.0, f64::max);
    let mut pools: Vec<Id> = Vec::new();
    for it in runs.iter().flat_map(|(_, it)| &it.report.pools) {
        if !pools.contains(&it.pool) {
            pools.push(it.pool);
        }
    }
    for pool in pools {
        for (side, run) in &runs {
            if let Some(it) = run.report.pools.iter().find(|it| it.pool == pool) {
                row(reader, *side, run, it, most, &mut table);
            }
        }
    }
    let remark = reader.remark(
        "Mức bận là phần giờ làm việc của những người có mặt dành cho hồ sơ. Hàng đợi là trung bình theo thời gian của một cơ quan, kể cả ngoài giờ làm việc.",
        "Busy is the share of the working hours of those who are not away that is spent on dossiers. The queue is that of one office on average over time, closing hours included.",
    );
    let is_unstable = runs.iter().flat_map(|(_, it)| &it.report.pools).any(|it| it.unstable);
    let unstable = match is_unstable {
        true => reader.remark(
            "Không ổn định: hàng đợi tăng đến cuối kỳ, cán bộ không còn giờ rảnh; thời gian chờ trung bình không có nghĩa, các số liệu khác chỉ đúng với độ dài kỳ này.",
            "Unstable: the queue grows to the end of the run and the officers have no hour to spare; a mean wait means nothing, and other figures hang on the length of the run.",
        ),
        false => Html::default(),
    };
    heading.and(&Html::of("div", "pools", table.finish())).and(&remark).and(&unstable)
}

fn row(reader: Reader, side: Side, run: &Run<'_>, it: &PoolReport, most: f64, table: &mut Table) {
    let lang = reader.lang();
    let bar = |estimate: &Option<Estimate>, most| {
        estimate.as_ref().map_or_else(Html::default, |it| meter::bar(it, most, side.class()))
    };
    let hours = |it| number(it, 2, lang);
    let wait = it.wait.as_ref();
    table.row(vec![
        reader.both(|lang| run.names().pool(&it.pool, lang)).and(&side.label(reader)),
        Html::text(it.officers),
        bar(&it.utilisation, 1.0),
        Html::text(maybe(it.utilisation.as_ref(), |it| {
            format!("{} %", number(hundred(it), 1, lang))
        })),
        bar(&it.mean_queue, most),
        Html::text(maybe(it.mean_queue.as_ref(), |it| number(it, 2, lang))),
        Html::text(it.longest_queue),
        match it.unstable {
            true => Html::of("span", "chip no", reader.say("không ổn định", "unstable")),
            false => Html::text(maybe(wait.map(|it| &it.mean), hours)),
        },
        Html::text(maybe(wait.map(|it| &it.p95), hours)),
    ]);
}

fn high(estimate: &Estimate) -> f64 {
    estimate.interval().map_or(estimate.mean(), |it| it.high().max(estimate.mean()))
}
