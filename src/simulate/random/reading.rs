//! Distributions in a scenario: `"10 minutes"`, `{ exponential = "1 hour" }`.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;

use super::decimal::Decimal;
use super::distribution::Distribution;
use super::lapse::Lapse;
use super::law::{Law, Mistake};
use crate::diagnostic::Diagnostic;
use crate::read::{Field, Leaf, Node, Reader, TableReader, clip};
use crate::source::Span;

const HELP: &str = "write `fixed`, `uniform`, `exponential`, `lognormal`, `lognormal-median`, `gamma`, `erlang`, `weibull`, `triangular` or `empirical`";

impl Distribution {
    /// The keys under which laws are written.
    pub(crate) const LAWS: [&str; 10] = [
        "fixed",
        "uniform",
        "exponential",
        "lognormal",
        "lognormal-median",
        "gamma",
        "erlang",
        "weibull",
        "triangular",
        "empirical",
    ];

    /// The keys of figures that stand beside a law.
    pub(crate) const BESIDE: [&str; 4] = ["cv", "p90", "stages", "shape"];
}

impl Leaf for Distribution {
    const EXPECTED: &'static str = "a length of time such as `90 minutes`, or a distribution such as `{ exponential = \"1 hour\" }`";

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        if node.value().as_str().is_some() {
            return Lapse::read(node, cx).map(|it| Self::of_checked(Law::Fixed(it)));
        }
        let keys: Vec<&str> = Self::LAWS.into_iter().chain(Self::BESIDE).collect();
        let mut table = cx.record(node, Self::EXPECTED, &keys)?;
        let (key, written) = named(&mut table)?;
        let law = read_law(key, written, &mut table);
        let wrong = law.as_ref().and_then(|it| it.check().err());
        let place = wrong.and_then(|it| table.ask(it.key)).unwrap_or(written).span(table.cx());
        table.finish();
        let law = law?;
        let Some(wrong) = wrong else {
            return Some(Self::of_checked(law));
        };
        cx.report(diagnostic(&law, wrong, place));
        None
    }

    fn print(&self, out: &mut String) {
        self.law().print(out);
    }
}

impl Law {
    /// Prints the law as TOML.
    pub(super) fn print(&self, out: &mut String) {
        if let Self::Fixed(length) = self {
            return length.print(out);
        }
        let _ = write!(out, "{{ {} = ", self.name());
        match self {
            Self::Fixed(length) | Self::Exponential { mean: length } => length.print(out),
            Self::Uniform { from, to } => print_list(&[*from, *to], out),
            Self::Triangular { least, mode, most } => print_list(&[*least, *mode, *most], out),
            Self::Empirical(quantiles) => print_list(quantiles, out),
            Self::Lognormal { mean, cv } | Self::Gamma { mean, cv } => {
                print_pair(*mean, "cv", cv, out);
            }
            Self::LognormalMedian { median, p90 } => print_pair(*median, "p90", p90, out),
            Self::Erlang { mean, stages } => print_pair(*mean, "stages", stages, out),
            Self::Weibull { mean, shape } => print_pair(*mean, "shape", shape, out),
        }
        out.push_str(" }");
    }
}

/// Finds the one law that a table names.
fn named<'t>(table: &mut TableReader<'t, '_, '_>) -> Option<(&'static str, Node<'t>)> {
    let found = Distribution::LAWS.into_iter().filter_map(|key| Some((key, table.ask(key)?)));
    let found: Vec<(&str, Node<'_>)> = found.collect();
    let wrong = match found.as_slice() {
        [one] => return Some(*one),
        [(first, _), (second, node), ..] => {
            let message = format!("`{first}` and `{second}` are two distributions");
            let span = node.span(table.cx());
            Diagnostic::error("bad-value", span, message).help("leave one of them out")
        }
        [] => {
            let mut entries = table.entries().into_iter();
            let unknown = entries.find(|(key, _, _)| !Distribution::BESIDE.contains(key));
            let (message, span) = match unknown {
                Some((key, span, _)) => (format!("`{}` is not a distribution", clip(key)), span),
                None => (String::from("no distribution is named here"), table.span()),
            };
            Diagnostic::error("bad-value", span, message).help(HELP)
        }
    };
    table.cx().report(wrong);
    None
}

fn read_law(key: &str, node: Node<'_>, table: &mut TableReader<'_, '_, '_>) -> Option<Law> {
    let law = match key {
        "uniform" => {
            let [from, to] = read_row(node, table.cx(), "two lengths of time")?;
            Law::Uniform { from, to }
        }
        "triangular" => {
            let [least, mode, most] = read_row(node, table.cx(), "three lengths of time")?;
            Law::Triangular { least, mode, most }
        }
        "empirical" => Law::Empirical(read_list(node, table.cx(), "a list of lengths of time")?),
        _ => read_pair(key, Lapse::read(node, table.cx()), table)?,
    };
    Some(law)
}

/// Reads a law of one length, with the figure beside it.
fn read_pair(key: &str, length: Option<Lapse>, table: &mut TableReader<'_, '_, '_>) -> Option<Law> {
    let law = match key {
        "lognormal" => {
            let cv = <Decimal as Field>::take(table, "cv");
            Law::Lognormal { mean: length?, cv: cv? }
        }
        "lognormal-median" => {
            let p90 = <Lapse as Field>::take(table, "p90");
            Law::LognormalMedian { median: length?, p90: p90? }
        }
        "gamma" => {
            let cv = <Decimal as Field>::take(table, "cv");
            Law::Gamma { mean: length?, cv: cv? }
        }
        "erlang" => {
            let stages = <u32 as Field>::take(table, "stages");
            Law::Erlang { mean: length?, stages: stages? }
        }
        "weibull" => {
            let shape = <Decimal as Field>::take(table, "shape");
            Law::Weibull { mean: length?, shape: shape? }
        }
        "exponential" => Law::Exponential { mean: length? },
        _ => Law::Fixed(length?),
    };
    Some(law)
}

fn read_list(node: Node<'_>, cx: &mut Reader<'_>, expected: &str) -> Option<Box<[Lapse]>> {
    if node.value().as_array().is_none() {
        cx.wrong_type(node, expected);
        return None;
    }
    // One broken length hides nothing of the next.
    let read: Vec<Option<Lapse>> = node.elements().map(|it| Lapse::read(it, cx)).collect();
    read.into_iter().collect()
}

fn read_row<const N: usize>(
    node: Node<'_>,
    cx: &mut Reader<'_>,
    expected: &str,
) -> Option<[Lapse; N]> {
    let list = read_list(node, cx, expected)?;
    let row = <[Lapse; N]>::try_from(&*list).ok();
    if row.is_none() {
        let message = format!("expected {expected}, found {}", list.len());
        let diagnostic = Diagnostic::error("bad-value", node.span(cx), message);
        cx.report(diagnostic.help("write them from the shortest to the longest"));
    }
    row
}

fn diagnostic(law: &Law, wrong: Mistake, span: Span) -> Diagnostic {
    let mut written = String::new();
    law.print(&mut written);
    let message = format!("`{}` is not {}", clip(&written), wrong.expected);
    Diagnostic::error("bad-value", span, message).help(wrong.help)
}

fn print_list(lengths: &[Lapse], out: &mut String) {
    out.push('[');
    for (idx, length) in lengths.iter().enumerate() {
        out.push_str(if idx > 0 { ", " } else { "" });
        length.print(out);
    }
    out.push(']');
}

fn print_pair(length: Lapse, key: &str, figure: &impl Leaf, out: &mut String) {
    length.print(out);
    let _ = write!(out, ", {key} = ");
    figure.print(out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::record;
    use crate::source::FileId;
    use expect_test::expect;
    use std::string::ToString as _;

    record! {
        struct Sample {
            takes: Distribution = "takes",
        }
    }

    fn read(written: &str, found: &mut Vec<Diagnostic>) -> Option<Distribution> {
        let sample: Option<Sample> =
            crate::read::read(FileId::default(), &format!("takes = {written}"), found);
        sample.map(|it| it.takes)
    }

    #[test]
    fn what_is_printed_reads_back() {
        for written in [
            "\"10 minutes\"",
            "{ uniform = [\"1 hour\", \"3 hours\"] }",
            "{ exponential = \"60 minutes\" }",
            "{ lognormal = \"2 hours\", cv = 1.5 }",
            "{ lognormal-median = \"2 hours\", p90 = \"1 day\" }",
            "{ gamma = \"2 days\", cv = 0.5 }",
            "{ erlang = \"2 days\", stages = 3 }",
            "{ weibull = \"0.5 weeks\", shape = 2 }",
            "{ triangular = [\"5 minutes\", \"10 minutes\", \"1 hour\"] }",
            "{ empirical = [\"10 minutes\", \"10 minutes\", \"1 hour\"] }",
        ] {
            let mut found = Vec::new();
            let read_once = read(written, &mut found).unwrap();
            assert_eq!(read_once.to_string(), written);
            assert!(found.is_empty(), "{found:?}");
        }
    }

    #[test]
    fn figures_may_be_texts_and_a_fixed_length_a_table() {
        let mut found = Vec::new();
        let mut printed = |it| read(it, &mut found).unwrap().to_string();
        assert_eq!(printed("{ fixed = '10 minutes' }"), "\"10 minutes\"");
        assert_eq!(printed("{ gamma = '1 day', cv = '0.50' }"), "{ gamma = \"1 day\", cv = 0.5 }");
    }

    #[test]
    fn a_text_is_told_what_is_wrong_with_its_distribution() {
        let lines = [
            "60",
            "true",
            "'60'",
            "'-5 minutes'",
            "'3 working days'",
            "'5 minuts'",
            "{ }",
            "{ cv = 1 }",
            "{ normal = '1 hour' }",
            "{ pareto = '1 hour', cv = 1 }",
            "{ exponental = '1 hour' }",
            "{ exponential = '0 hours' }",
            "{ exponential = '1 hour', cv = 1 }",
            "{ exponential = '1 hour', fixed = '1 hour' }",
            "{ lognormal = '1 hour' }",
            "{ lognormal = '1 hour', cv = 'much' }",
            "{ gamma = '1 hour', cv = 0 }",
            "{ lognormal-median = '2 hours', p90 = '1 hour' }",
            "{ erlang = '2 hours', stages = 0 }",
            "{ weibull = '2 hours', shape = 1000 }",
            "{ uniform = ['3 hours', '1 hour'] }",
            "{ uniform = ['3 hours'] }",
            "{ triangular = ['1 hour', '1 hour', '60 minutes'] }",
            "{ triangular = ['5 minutes', '2 hours', '1 hour'] }",
            "{ empirical = ['5 minutes'] }",
            "{ empirical = ['5', 'x'] }",
            "{ empirical = '5 minutes' }",
        ]
        .map(|written| {
            let mut found = Vec::new();
            // A misspelt law is read as the one that was meant, and the text is refused.
            read(written, &mut found);
            assert!(!found.is_empty(), "{written}");
            let said = found.iter().map(|it| {
                let text = format!("takes = {written}");
                let place = text.get(it.span().range()).unwrap();
                let advice = it.advice().unwrap_or_default();
                format!("{place}\n    {}: {} ({advice})", it.code(), it.message())
            });
            said.collect::<Vec<_>>().join("\n")
        });
        expect![[r#"
            60
                wrong-type: expected a length of time such as `90 minutes`, or a distribution such as `{ exponential = "1 hour" }`, found a whole number ()
            true
                wrong-type: expected a length of time such as `90 minutes`, or a distribution such as `{ exponential = "1 hour" }`, found true or false ()
            '60'
                bad-value: `60` is not a length of time: a number without a unit (write `seconds`, `minutes`, `hours`, `days` or `weeks` behind it)
            '-5 minutes'
                bad-value: `-5 minutes` is not a length of time: it is negative (time only passes; write zero or more)
            '3 working days'
                bad-value: `3 working days` is not a length of time: a calendar says when working time passes (write it in hours; the scenario says by which calendar they pass)
            '5 minuts'
                bad-value: `5 minuts` is not a length of time in `seconds`, `minutes`, `hours`, `days` or `weeks` (did you mean `minute`?)
            { }
                bad-value: no distribution is named here (write `fixed`, `uniform`, `exponential`, `lognormal`, `lognormal-median`, `gamma`, `erlang`, `weibull`, `triangular` or `empirical`)
            { cv = 1 }
                bad-value: no distribution is named here (write `fixed`, `uniform`, `exponential`, `lognormal`, `lognormal-median`, `gamma`, `erlang`, `weibull`, `triangular` or `empirical`)
            { normal = '1 hour' }
                missing-key: `cv` is missing here ()
            normal
                unknown-key: unknown key `normal` (did you mean `lognormal`?)
            pareto
                bad-value: `pareto` is not a distribution (write `fixed`, `uniform`, `exponential`, `lognormal`, `lognormal-median`, `gamma`, `erlang`, `weibull`, `triangular` or `empirical`)
            exponental
                unknown-key: unknown key `exponental` (did you mean `exponential`?)
            '0 hours'
                bad-value: `{ exponential = "0 hours" }` is not a distribution: nothing varies around zero (write `fixed` for what takes no time)
            cv
                unknown-key: unknown key `cv` ()
            '1 hour'
                bad-value: `fixed` and `exponential` are two distributions (leave one of them out)
            { lognormal = '1 hour' }
                missing-key: `cv` is missing here ()
            'much'
                bad-value: `much` is not a number such as `1.5` (write digits and a point, with at most nine decimals)
            0
                bad-value: `{ gamma = "1 hour", cv = 0 }` is not a distribution: `cv`, standard deviation over mean, is not from 0.01 to 10 (write `fixed` for what does not vary)
            '1 hour'
                bad-value: `{ lognormal-median = "2 hours", p90 = "1 hour" }` is not a distribution: the ninth decile is not above the median (write in `p90` what nine of ten do not exceed)
            0
                bad-value: `{ erlang = "2 hours", stages = 0 }` is not a distribution: the number of stages is not from 1 to 10000 (write `fixed` for what does not vary)
            1000
                bad-value: `{ weibull = "2 hours", shape = 1000 }` is not a distribution: the shape is not from 0.1 to 100 (the shape 1 is the exponential law)
            ['3 hours', '1 hour']
                bad-value: `{ uniform = ["3 hours", "1 hour"] }` is not a distribution: a length is shorter than the one before it (write them from the shortest to the longest)
            ['3 hours']
                bad-value: expected two lengths of time, found 1 (write them from the shortest to the longest)
            ['1 hour', '1 hour', '60 minutes']
                bad-value: `{ triangular = ["1 hour", "1 hour", "60 minutes"] }` is not a distribution: the shortest length is the longest one (write `fixed` for what does not vary)
            ['5 minutes', '2 hours', '1 hour']
                bad-value: `{ triangular = ["5 minutes", "2 hours", "1 hour"] }` is not a distribution: a length is shorter than the one before it (write them from the shortest to the longest)
            ['5 minutes']
                bad-value: `{ empirical = ["5 minutes"] }` is not a distribution: fewer than two quantiles (write the shortest, what lies between, and the longest)
            '5'
                bad-value: `5` is not a length of time: a number without a unit (write `seconds`, `minutes`, `hours`, `days` or `weeks` behind it)
            'x'
                bad-value: `x` is not a length of time such as `90 minutes` (write a number with at most nine decimals, then a unit, as in `1.5 hours`)
            '5 minutes'
                wrong-type: expected a list of lengths of time, found a text ()"#]].assert_eq(&lines.join("\n"));
    }
}
