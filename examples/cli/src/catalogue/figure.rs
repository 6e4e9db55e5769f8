//! A published figure as people and programs read it, with what the arithmetic says.

use hoso::definition::register::{Figure, Part, Rounding};
use hoso::id::Id;
use hoso::text::Lang;
use serde_json::{Value, json};

use super::List;

impl List {
    /// Returns everything that does not hold of a figure, in words.
    pub(super) fn objections(&self, figure: &Figure) -> Vec<String> {
        let lang = self.lang;
        let mut objections = Vec::new();
        if let (Some(sum), Some(excess)) = (figure.sum(), figure.excess())
            && excess != 0
        {
            let (more, less) = (lang.pick("thừa", "too many"), lang.pick("thiếu", "too few"));
            let word = if excess > 0 { more } else { less };
            let sums = lang.pick("các phần cộng lại là", "the parts add up to");
            objections.push(format!(
                "{sums} {}, {} {word}",
                self.number(sum),
                self.number(excess.unsigned_abs())
            ));
        }
        if let Some((id, limit)) = self.limit(figure) {
            let most = u64::from(figure.whole()).max(figure.sum().unwrap_or_default());
            if most > u64::from(limit) {
                let than = lang.pick("lớn hơn", "more than");
                objections.push(format!(
                    "{} {than} {} ({id})",
                    self.number(most),
                    self.number(limit.into())
                ));
            }
        }
        let shares = figure.shares().iter().filter(|it| it.count() > figure.whole());
        let exceeds = lang.pick("vượt tổng số", "exceeds the whole");
        objections.extend(shares.map(|it| format!("{} {exceeds}", self.number(it.count().into()))));
        objections.extend(figure.percentages().filter_map(|(it, how)| percentage(it, how, lang)));
        objections
    }

    /// Returns the figure that this one cannot exceed, and its whole.
    fn limit(&self, figure: &Figure) -> Option<(Id, u32)> {
        let id = figure.within()?;
        Some((id, self.register.figure(&id)?.whole()))
    }

    /// Returns what the register itself counts beside a figure, on the figure's day.
    pub(super) fn counted(&self, figure: &Figure) -> Option<u32> {
        let day = figure.on().unwrap_or(self.day);
        Some(self.register.tally(&self.catalogue, day).of(figure.counts()?))
    }

    pub(super) fn figure_text(&self, figure: &Figure) -> Vec<String> {
        let lang = self.lang;
        let mut head =
            format!("{}: {}", figure.name().get(lang), self.number(figure.whole().into()));
        let parts: Vec<String> = figure.parts().iter().map(|it| self.part_text(it)).collect();
        if !parts.is_empty() {
            head += &format!(" = {}", parts.join(" + "));
        }
        for share in figure.shares() {
            head += &format!(", {} {}", lang.pick("trong đó", "of which"), self.part_text(share));
        }
        let mut lines = vec![head];
        let objections = self.objections(figure);
        let checked = !(figure.parts().is_empty() && figure.shares().is_empty());
        if checked && objections.is_empty() {
            lines.push(lang.pick("  khớp", "  it adds up").into());
        }
        lines.extend(objections.iter().map(|it| format!("  ! {it}")));
        if let (Some(count), Some(counts)) = (self.counted(figure), figure.counts()) {
            let here = lang.pick("danh mục này đếm được", "this register counts");
            lines.push(format!("  {here} {count}: {}", counts.label(lang)));
        }
        let source = figure.source().map(|it| format!("  {} {it}", lang.pick("nguồn:", "source:")));
        lines.extend(source);
        lines.extend(figure.remarks().note().map(|it| format!("  {it}")));
        lines
    }

    pub(super) fn figure_data(&self, id: Id, figure: &Figure) -> Value {
        let objections = self.objections(figure);
        json!({
            "id": id.as_str(),
            "name": figure.name().get(self.lang),
            "on": figure.on().map(|it| it.to_string()),
            "whole": figure.whole(),
            "parts": figure.parts().iter().map(|it| self.part_data(it)).collect::<Vec<_>>(),
            "shares": figure.shares().iter().map(|it| self.part_data(it)).collect::<Vec<_>>(),
            "sum": figure.sum(),
            "excess": figure.excess(),
            "within": figure.within().map(|it| it.to_string()),
            "counted": self.counted(figure),
            "holds": objections.is_empty(),
            "objections": objections,
            "source": figure.source(),
            "certainty": figure.certainty().as_str(),
            "note": figure.remarks().note(),
        })
    }

    fn part_text(&self, part: &Part) -> String {
        let percent = part.percent().map(|it| format!(" ({it} %)")).unwrap_or_default();
        format!("{} {}{percent}", self.number(part.count().into()), part.name().get(self.lang))
    }

    /// Writes a number with its thousands apart.
    fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(self.lang.pick(".", ","));
            }
            out.push(digit);
        }
        out
    }

    fn part_data(&self, part: &Part) -> Value {
        json!({
            "name": part.name().get(self.lang),
            "count": part.count(),
            "percent": part.percent().map(ToString::to_string),
        })
    }
}

fn percentage(part: &Part, how: Rounding, lang: Lang) -> Option<String> {
    let (name, percent) = (part.name().get(lang), part.percent()?);
    match how {
        Rounding::Nearest => None,
        Rounding::Down => {
            let cut = lang.pick("bị cắt bớt, không được làm tròn", "is cut off, not rounded");
            Some(format!("{name}: {percent} % {cut}"))
        }
        Rounding::Neither => {
            let alien = lang.pick("không phải tỷ lệ của hai số này", "is not the ratio of the two");
            Some(format!("{name}: {percent} % {alien}"))
        }
    }
}
