//! What an estimated scenario rests on, for people: how well laws fit, and what could not be told.

use std::fmt::Write as _;

use hoso::calibrate::Fit;
use hoso::text::Lang;

use super::Learnt;
use crate::table::Table;

/// Writes how well the laws fit, what was left aside, and what could not be told.
pub(super) fn text(learnt: &Learnt<'_>, lang: Lang) -> String {
    let mut out = String::new();
    head(learnt, lang, &mut out);
    fits(learnt, lang, &mut out);
    if let Some(tested) = &learnt.tested {
        super::back_test::text(tested, lang, &mut out);
    }
    untold(learnt, lang, &mut out);
    out
}

/// Writes text as comments behind a scenario.
pub(super) fn comments(text: &str) -> String {
    let lines = text.lines().map(|it| format!("# {it}").trim_end().to_owned() + "\n");
    lines.collect()
}

fn head(learnt: &Learnt<'_>, lang: Lang, out: &mut String) {
    let it = &learnt.estimates;
    let _ = writeln!(out, "{} {} · {}", it.procedure, it.version, learnt.log);
    let mut count = |count: u64, vi: &str, en: &str| {
        if count > 0 {
            let _ = writeln!(out, "  {count:>6}  {}", lang.pick(vi, en));
        }
    };
    count(it.dossiers, "hồ sơ", "dossiers");
    count(
        it.open,
        "chưa kết thúc, tính là chờ lâu hơn",
        "had not ended, and count as longer waits",
    );
    count(it.deviating, "sai khác với thủ tục", "deviate from the procedure");
    count(it.unread, "không so được với thủ tục, bỏ qua", "could not be compared, left aside");
    count(
        learnt.other_versions as u64,
        "theo phiên bản khác, bỏ qua",
        "of other versions, left aside",
    );
    count(learnt.others as u64, "thuộc thủ tục khác, bỏ qua", "of other procedures, left aside");
    count(
        learnt.left_out as u64,
        "dòng không phải là việc đã xong, bỏ qua",
        "rows that complete nothing, left aside",
    );
    for (word, (times, near)) in &learnt.unread.words {
        let near = near.as_ref().map_or_else(String::new, |it| {
            format!("  {} `{it}`?", lang.pick("có phải", "perhaps"))
        });
        let what = lang.pick("từ không phải bước của thủ tục", "is no step of the procedure");
        let _ = writeln!(out, "  {times:>6}  `{word}` {what}{near}");
    }
}

fn fits(learnt: &Learnt<'_>, lang: Lang, out: &mut String) {
    let heading = lang.pick(
        ["thời gian của", "là", "n", "chưa xong", "KS", "phân phối"],
        ["time of", "is", "n", "cut off", "KS", "law"],
    );
    let mut table = Table::new(&heading);
    let mut row = |what: String, kind: &str, fit: &Fit| {
        let distance = match fit.fits() {
            true => format!("{:.3}", fit.distance()),
            false => lang.pick("không khớp", "no fit").into(),
        };
        let law = fit.distribution().to_string();
        let law = if law.chars().count() > 60 {
            law.chars().take(57).collect::<String>() + "…"
        } else {
            law
        };
        table.row([
            what,
            kind.into(),
            fit.seen().to_string(),
            fit.cut().to_string(),
            distance,
            law,
        ]);
    };
    for it in &learnt.estimates.steps {
        if let Some(fit) = &it.time {
            row(it.step.to_string(), it.kind.label(lang), fit);
        }
    }
    for it in &learnt.estimates.answers {
        if let Some(fit) = &it.after {
            row(format!("answer/{}", it.consultation), lang.pick("trả lời", "answer"), fit);
        }
    }
    let _ = writeln!(out, "\n{}:", lang.pick("Mức độ khớp", "Goodness of fit"));
    table.print("  ", out);
}

fn untold(learnt: &Learnt<'_>, lang: Lang, out: &mut String) {
    let _ = writeln!(out, "\n{}:", lang.pick("Không biết được", "What could not be told"));
    for it in &learnt.estimates.untold {
        let _ = writeln!(out, "  - {}", it.get(lang));
    }
}
