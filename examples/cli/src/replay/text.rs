//! What came of a log, for people: how much is explained, what is not, and what was not understood.

use std::fmt::Write as _;

use hoso::text::Lang;

use super::{Report, Sort};
use crate::moment;
use crate::table::Table;

/// How many dossiers are named as examples.
pub(super) const EXAMPLES: usize = 3;

/// How many sorts of deviations are listed.
const MOST: usize = 20;

pub(super) fn text(report: &Report<'_>, lang: Lang) -> String {
    let mut page = Page { report, lang, out: String::new() };
    page.head();
    page.totals();
    page.sorts();
    page.words();
    page.out
}

struct Page<'p> {
    report: &'p Report<'p>,
    lang: Lang,
    out: String,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.out, "{line}");
    }

    fn head(&mut self) {
        let (report, lang) = (self.report, self.lang);
        self.line(&format!("{} · {}", report.procedure, report.log));
        if let Some(told) = report.dossiers.first() {
            self.line(&format!("  {}", told.version.name().get(lang)));
        }
        let versions = report.versions();
        let versions: Vec<String> =
            versions.iter().map(|(it, count)| format!("{it} ({count})")).collect();
        if !versions.is_empty() {
            let word = lang.pick("phiên bản áp dụng", "governed by");
            self.line(&format!("  {word} {}", versions.join(", ")));
        }
        self.out.push('\n');
    }

    fn totals(&mut self) {
        let (report, lang) = (self.report, self.lang);
        let all = report.dossiers.len();
        let explained = report.explained();
        let open = report.count(|it| !it.alignment().has_ended());
        let cost: u64 = report
            .dossiers
            .iter()
            .filter_map(|it| it.replayed.as_ref())
            .map(|it| u64::from(it.alignment().cost()))
            .sum();
        let mut line = |count: usize, what: &str| {
            let _ = writeln!(self.out, "  {count:>6}  {what}");
        };
        line(all, lang.pick("hồ sơ được ghi lại", "recorded dossiers"));
        let share = share(explained, all);
        let word = lang.pick("được định nghĩa giải thích", "explained by the definition");
        line(explained, &format!("{word} ({share})"));
        let word = lang.pick("sai khác, tổng số bước", "deviate, by as many steps as");
        line(report.count(|it| !it.fits()), &format!("{word} {cost}"));
        let word =
            lang.pick("trái quy định hoặc quá hạn", "have something against the law, or late");
        line(report.count(|it| !it.is_lawful()), word);
        let mut some = |count: usize, what: &str| {
            if count > 0 {
                line(count, what);
            }
        };
        some(open, lang.pick("chưa kết thúc", "had not ended"));
        some(
            report.given_up(),
            lang.pick("quá phức tạp, không so được", "given up: too many ways to compare"),
        );
        some(report.others, lang.pick("thuộc thủ tục khác", "of other procedures, left aside"));
        some(
            report.left_out,
            lang.pick(
                "dòng không phải là việc đã xong, bỏ qua",
                "rows that complete nothing, left aside",
            ),
        );
        if let Some(as_of) = report.as_of {
            let word = lang.pick("hồ sơ còn mở được xét đến", "what is open is judged as of");
            self.line(&format!("          {word} {}", moment::people(as_of)));
        }
    }

    fn sorts(&mut self) {
        let lang = self.lang;
        let sorts = self.report.sorts(lang);
        if sorts.is_empty() {
            return;
        }
        let heading = lang.pick(
            ["hồ sơ", "lần", "sai khác", "ví dụ", "căn cứ"],
            ["dossiers", "times", "deviation", "for example", "law"],
        );
        let mut table = Table::new(&heading);
        for sort in sorts.iter().take(MOST) {
            table.row(self.row(sort));
        }
        self.out.push('\n');
        table.print("  ", &mut self.out);
        if sorts.len() > MOST {
            let more = lang.pick(
                "loại khác nữa; --format json có tất cả",
                "sorts more; --format json has them all",
            );
            self.line(&format!("  … {} {more}", sorts.len() - MOST));
        }
    }

    fn row(&self, sort: &Sort<'_>) -> [String; 5] {
        let examples: Vec<&str> = sort.dossiers.iter().take(EXAMPLES).copied().collect();
        let (dossiers, times) = (sort.dossiers.len().to_string(), sort.times.to_string());
        let law = sort.law(self.lang).unwrap_or_default();
        [dossiers, times, sort.title.clone(), examples.join(", "), law]
    }

    /// Lists what the log says and the procedure does not know.
    fn words(&mut self) {
        let (report, lang) = (self.report, self.lang);
        if !report.unread.words.is_empty() {
            let title = lang
                .pick("từ không phải bước của thủ tục", "words that are no step of the procedure");
            let help = lang.pick("--map nói rõ nghĩa", "--map says what they mean");
            self.line(&format!("\n{title} ({help}):"));
            let mut words: Vec<_> = report.unread.words.iter().collect();
            words.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
            for (word, (count, near)) in words {
                let near = near.as_ref().map_or_else(String::new, |it| {
                    format!("  {} `{it}`?", lang.pick("có phải", "perhaps"))
                });
                self.line(&format!("  {count:>6}  {word}{near}"));
            }
        }
        let roles = lang.pick(
            "vai trò mà thủ tục không có, không xét",
            "roles that the procedure does not have, not judged",
        );
        self.counted(roles, &report.unread.roles);
        let values =
            lang.pick("giá trị không đọc được, bỏ qua", "values that cannot be read, left aside");
        self.counted(values, &report.unread.values);
    }

    fn counted(&mut self, title: &str, all: &std::collections::BTreeMap<String, usize>) {
        if all.is_empty() {
            return;
        }
        self.line(&format!("\n{title}:"));
        for (it, count) in all {
            self.line(&format!("  {count:>6}  {it}"));
        }
    }
}

/// Writes a share in percent with two digits, rounded down: nearly all is not all.
fn share(part: usize, whole: usize) -> String {
    let Some(hundredths) = part.saturating_mul(10_000).checked_div(whole) else {
        return "–".into();
    };
    format!("{}.{:02} %", hundredths / 100, hundredths % 100)
}
