//! The state graph as far as a run counted it, each state filled by how long dossiers stand in it.
//!
//! The bounds of the fills are the same in every report, so that reports can be
//! laid side by side. The figure stands in the box: nobody needs to tell colours apart.

use hoso::definition::Procedure;
use hoso::export::{Graph, Line, Node};
use hoso::id::Id;
use hoso::simulate::{CaseReport, StateReport};
use hoso::text::Lang;

use super::{Shown, case_heading};
use crate::html::{Html, Reader};
use crate::simulate::figure::number;
use crate::svg::{self, Heat};

/// Fills from short to long, legible under black letters (after ColorBrewer's YlOrBr), and the hours up to which each goes.
const FILLS: [(&str, f64); 5] = [
    ("#ffffe5", 1.0),
    ("#fff0b5", 8.0),
    ("#fed577", 24.0),
    ("#fea83f", 72.0),
    ("#f07f24", f64::INFINITY),
];

pub(super) fn graphs(reader: Reader, shown: &Shown<'_>) -> Html {
    let heading = reader.heading("Hồ sơ đứng ở đâu, bao lâu", "Where dossiers stand, and how long");
    let remark = reader.remark(
        "Chỉ vẽ những trạng thái đã có hồ sơ, và giữa chúng những bước đã được thực hiện. Số bước được đếm chung cho mọi trạng thái: một mũi tên có thể đi từ trạng thái mà ở đó bước ấy chưa hề xảy ra. Việc lấy ý kiến và những chuyển tiếp tự động được vẽ theo quy định, không theo lần chạy. Trong mỗi ô: một lần đứng ở trạng thái đó trung bình bao nhiêu giờ, kể cả chờ và làm, và số lần mỗi hồ sơ.",
        "Drawn are the states that dossiers stood in, and between them the steps that were taken. Steps are counted over all states together: an arrow may leave a state in which its step never happened. Consultations, and what happens by itself, are drawn as the definition has them, whether they happened or not. In each box: how many hours one stay in the state lasts on average, waiting and work together, and how many stays a dossier has.",
    );
    let mut all = heading.and(&remark).and(&legend(reader));
    for (side, run) in shown.runs() {
        for (at, case) in run.report.cases.iter().enumerate() {
            let Some(procedure) = run.names().procedure(case) else { continue };
            let drawn = graph(procedure, case, reader.lang());
            let side = side.label(reader);
            let side = if side.is_empty() { side } else { Html::tag("p", side) };
            let drawn = Html::drawn(format_args!("{drawn}"));
            let drawn = case_heading(reader, &run, at).and(&side).and(&drawn);
            all = all.and(&Html::of("div", "graph", drawn));
        }
    }
    all
}

fn legend(reader: Reader) -> Html {
    let lang = reader.lang();
    let mut from = 0.0;
    let keys = FILLS.iter().map(|(fill, to)| {
        let low = number(from, 0, lang);
        let text = match to.is_finite() {
            true => format!("{low}–{}", number(*to, 0, lang)),
            false => format!("> {low}"),
        };
        from = *to;
        let swatch = format!(
            "<svg class=\"swatch\" width=\"16\" height=\"12\"><rect width=\"16\" height=\"12\" fill=\"{fill}\" stroke=\"#333333\"/></svg>"
        );
        let unit = lang.pick("giờ", "hours");
        let text = Html::text(format_args!("{text} {unit}"));
        Html::of("span", "key", Html::drawn(format_args!("{swatch}")).and(&text))
    });
    Html::of("p", "legend", Html::joined(keys, " "))
}

fn graph(procedure: &Procedure, case: &CaseReport, lang: Lang) -> String {
    let entered = |id: &Id| case.states.iter().find(|it| it.state == *id && mean(it) > 0.0);
    let was_entered = |it: &Node| it.state().is_none_or(|it| entered(&it).is_some());
    let was_taken = |step: &Id| {
        let is_filing = procedure.transitions().name(procedure.filing()) == Some(*step);
        let times = case.steps.iter().find(|it| it.step == *step).and_then(|it| it.times.as_ref());
        is_filing || times.is_some_and(|it| it.mean() > 0.0)
    };
    // How often terms ended by themselves is not counted: they may have, between states that were entered.
    let graph = Graph::new(procedure, lang).only(|from, edge, to| {
        let happened = edge.line() == Line::ByItself || edge.steps().iter().any(was_taken);
        happened && was_entered(from) && was_entered(to)
    });
    svg::heated(procedure, lang, graph, &|id| heat(entered(id)?, lang))
}

fn mean(it: &StateReport) -> f64 {
    it.stays.as_ref().map_or(0.0, |it| it.mean())
}

fn heat(it: &StateReport, lang: Lang) -> Option<Heat> {
    let (stays, hours) = (it.stays.as_ref()?.mean(), it.mean_stay.as_ref()?.mean());
    let share = number(stays, 2, lang);
    // Where a dossier ends, it stays for no time.
    if hours <= 0.0 {
        return Some(Heat { fill: "#ffffff", words: format!("× {share}") });
    }
    let (fill, _) = FILLS.iter().find(|(_, to)| hours < *to)?;
    let words = format!("{} {} × {share}", number(hours, 1, lang), lang.pick("giờ", "h"));
    Some(Heat { fill, words })
}
