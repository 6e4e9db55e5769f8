//! Every step that was taken: how often, how long it waited, how long it took.

use hoso::simulate::StepReport;

use super::{Run, Shown, case_heading};
use crate::html::{Html, Reader, Table};
use crate::simulate::figure::{maybe, number};

pub(super) fn steps(reader: Reader, shown: &Shown<'_>) -> Html {
    let mut all = reader.heading("Các bước", "Steps");
    for (side, run) in shown.runs() {
        for at in 0..run.report.cases.len() {
            let side = side.label(reader);
            let side = if side.is_empty() { side } else { Html::tag("p", side) };
            all = all.and(&case_heading(reader, &run, at)).and(&side).and(&table(reader, &run, at));
        }
    }
    all.and(&reader.remark(
        "Chờ là từ khi bước có thể bắt đầu đến khi bắt đầu; làm là từ đó đến khi xong, với cán bộ tính theo giờ làm việc.",
        "Wait is from when a step could begin until it began; work is from then until it was done, for officers in working hours.",
    ))
}

fn table(reader: Reader, run: &Run<'_>, at: usize) -> Html {
    let mut table = reader.table(
        &[
            ("Bước", "Step"),
            ("Vai trò", "Role"),
            ("Số lần mỗi hồ sơ", "Times per dossier"),
            ("Hồ sơ làm lại trong một lần chạy", "Dossiers that repeat it, in one replication"),
            ("Chờ mỗi lần (giờ)", "Wait each time (hours)"),
            ("Làm mỗi lần (giờ)", "Work each time (hours)"),
        ],
        &[2, 3, 4, 5],
    );
    let Some(case) = run.report.cases.get(at) else { return Html::default() };
    for it in case.steps.iter().filter(|it| it.mean_work.is_some()) {
        let step = reader.both(|lang| run.names().step(case, &it.step, lang));
        let role = reader.both(|lang| run.names().role(case, &it.role, lang));
        row(reader, step, role, it, &mut table);
    }
    table.finish()
}

fn row(reader: Reader, step: Html, role: Html, it: &StepReport, table: &mut Table) {
    let lang = reader.lang();
    let hours = |it| number(it, 2, lang);
    table.row(vec![
        step,
        role,
        Html::text(maybe(it.times.as_ref(), |it| number(it, 3, lang))),
        Html::text(maybe(it.repeated.as_ref(), |it| number(it, 1, lang))),
        Html::text(maybe(it.mean_wait.as_ref(), hours)),
        Html::text(maybe(it.mean_work.as_ref(), hours)),
    ]);
}
