//! Whether the redesign is simpler by a fifth, with what the runs saw of trips and waiting.

use super::Shown;
use crate::compare;
use crate::failure::Fallible;
use crate::html::{Html, Reader};
use crate::simulate::verdict::{figures, lines, told};

/// Writes a verdict for each kind of case whose procedure differs, and why the others have none.
pub(super) fn verdicts(reader: Reader, shown: &Shown<'_>) -> Fallible<Html> {
    let Some(pair) = &shown.to_be else { return Ok(Html::default()) };
    let mut all =
        reader.heading("Đơn giản hơn, với số liệu mô phỏng", "Simpler, by the figures of the runs");
    for it in &pair.bench.redesigns() {
        let name = reader.both(|lang| shown.as_is.names().case(it.cases[0], lang));
        let judged = pair.bench.judge(it, |judged, _, _, seen| {
            let verdict = judged.verdict;
            let sides = [("Hiện tại", "As is"), ("Sau đổi", "To be")];
            let accounts = [verdict.before(), verdict.after()];
            let mut html = compare::verdict_page(reader, verdict);
            let mut table = reader.table(
                &[
                    ("Số mô phỏng thay số giả định", "Simulated in place of assumed"),
                    ("Phút", "Minutes"),
                    ("→", "→"),
                    ("Đồng", "Đồng"),
                    ("→", "→"),
                ],
                &[1, 2, 3, 4],
            );
            let mut is_empty = true;
            for ((vi, en), account) in sides.iter().zip(accounts) {
                for it in lines(account) {
                    let name =
                        reader.both(|lang| format!("{}: {}", lang.pick(vi, en), it.name(lang)));
                    table.row([name].into_iter().chain(figures(it).map(Html::text)).collect());
                    is_empty = false;
                }
            }
            if !is_empty {
                html = html.and(&table.finish());
            }
            for ((vi, en), (account, seen)) in sides.iter().zip(accounts.iter().zip(seen)) {
                let said = reader.both(|lang| {
                    format!("{}: {}.", lang.pick(vi, en), told(account, seen.as_ref(), lang))
                });
                html = html.and(&Html::of("p", "remark", said));
            }
            html
        })?;
        all = all.and(&Html::tag("h3", name)).and(&judged);
    }
    if pair.bench.not_judged(reader.lang()).is_some() {
        let why = reader.both(|lang| pair.bench.not_judged(lang).unwrap_or_default());
        all = all.and(&Html::tag("p", why));
    }
    Ok(all)
}
