//! Pieces of HTML, made so that no text gets in unescaped.
//!
//! Whoever holds an [`Html`] need not ask where it comes from: it was written
//! by this program or it was escaped.

use std::fmt;

use hoso::law::Citation;
use hoso::text::Lang;

use crate::markup::Escaped;

const STYLE: &str = include_str!("html.css");

/// Puts sections into a page that loads nothing and runs nothing, with a style of its own beside the common one.
pub(crate) fn page(
    reader: Reader,
    title: &str,
    style: &str,
    header: &Html,
    sections: impl IntoIterator<Item = Html>,
) -> String {
    let sections = sections.into_iter().map(|it| Html::tag("section", it));
    let sections = Html::joined(sections, "\n");
    let title = Html::text(title);
    let lang = reader.lang().pick("vi", "en");
    let maker = Html::text(concat!("hoso ", env!("CARGO_PKG_VERSION")));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}{style}</style>\n</head>\n<body>\n{header}\n<main>\n\
         {sections}\n</main>\n<footer>{maker}</footer>\n</body>\n</html>\n"
    )
}

/// Writes what stands above the sections: what kind of page this is, its title, a line of small print.
pub(crate) fn header(kind: Html, title: Html, below: Html) -> Html {
    let kind = Html::of("p", "kind", kind);
    let below = Html::of("p", "versions inline", below);
    Html::tag("header", kind.and(&Html::tag("h1", title)).and(&below))
}

/// Markup that is whole and escaped.
#[derive(Clone, Debug, Default)]
pub(crate) struct Html(String);

impl Html {
    /// Escapes a text.
    pub(crate) fn text(text: impl fmt::Display) -> Self {
        Self(Escaped(&text.to_string()).to_string())
    }

    /// Escapes a message; what stands in backticks is set as code.
    pub(crate) fn told(message: &str) -> Self {
        let parts = message.split('`').enumerate();
        let set = parts.map(|(at, it)| match at % 2 {
            0 => Self::text(it),
            _ => Self::tag("code", Self::text(it)),
        });
        Self::joined(set, "")
    }

    /// Puts an element around it.
    pub(crate) fn tag(name: &'static str, inner: Self) -> Self {
        Self(format!("<{name}>{inner}</{name}>"))
    }

    /// Puts an element with a class around it.
    pub(crate) fn of(name: &'static str, class: &'static str, inner: Self) -> Self {
        Self(format!("<{name} class=\"{class}\">{inner}</{name}>"))
    }

    /// Takes markup of this program, such as a drawing; what is not a number was escaped before.
    pub(crate) fn drawn(markup: fmt::Arguments<'_>) -> Self {
        Self(markup.to_string())
    }

    /// Puts pieces beside each other.
    pub(crate) fn joined(parts: impl IntoIterator<Item = Self>, between: &'static str) -> Self {
        let parts: Vec<String> = parts.into_iter().map(|it| it.0).collect();
        Self(parts.join(between))
    }

    /// Puts a piece after it.
    pub(crate) fn and(mut self, next: &Self) -> Self {
        self.0.push_str(&next.0);
        self
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who reads: in which language first, in which one beside it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader {
    first: Lang,
    second: Lang,
}

impl Reader {
    pub(crate) fn new(first: Lang) -> Self {
        Self { first, second: first.pick(Lang::En, Lang::Vi) }
    }

    pub(crate) const fn lang(self) -> Lang {
        self.first
    }

    /// Writes a text in both languages, or once where it has no translation.
    pub(crate) fn both(self, of: impl Fn(Lang) -> String) -> Html {
        self.beside(of, |it| Html::text(it))
    }

    /// Writes a message in both languages; what stands in backticks is set as code.
    pub(crate) fn told<T: AsRef<str>>(self, of: impl Fn(Lang) -> T) -> Html {
        self.beside(of, Html::told)
    }

    fn beside<T: AsRef<str>>(self, of: impl Fn(Lang) -> T, set: fn(&str) -> Html) -> Html {
        let (first, second) = (of(self.first), of(self.second));
        let (first, second) = (first.as_ref(), second.as_ref());
        if first == second {
            return set(first);
        }
        let spoken = |lang: Lang| lang.pick("vi", "en");
        Html(format!(
            "<span lang=\"{}\">{}</span><small lang=\"{}\">{}</small>",
            spoken(self.first),
            set(first),
            spoken(self.second),
            set(second)
        ))
    }

    /// Writes words of this program.
    pub(crate) fn say(self, vi: &str, en: &str) -> Html {
        self.both(|lang| lang.pick(vi, en).into())
    }

    /// Writes a citation as lawyers do, in the first language alone: the other differs by one word.
    pub(crate) fn cited(self, it: &Citation) -> Html {
        Html::text(it.display(self.first))
    }

    /// Writes the heading of a section.
    pub(crate) fn heading(self, vi: &str, en: &str) -> Html {
        Html::tag("h2", self.say(vi, en))
    }

    /// Writes a remark in both languages.
    pub(crate) fn remark(self, vi: &str, en: &str) -> Html {
        Html::of("p", "remark", self.say(vi, en))
    }

    /// Begins a table whose columns have these heads; those of numbers are named by their place.
    pub(crate) fn table(self, heads: &[(&str, &str)], numbers: &'static [usize]) -> Table {
        let head = heads.iter().map(|(vi, en)| self.say(vi, en)).collect();
        let mut table = Table { numbers, width: heads.len(), body: String::new() };
        table.head(head);
        table
    }
}

/// A table that is being written.
#[derive(Debug)]
pub(crate) struct Table {
    numbers: &'static [usize],
    width: usize,
    body: String,
}

impl Table {
    fn head(&mut self, cells: Vec<Html>) {
        let row = self.cells("th", cells);
        self.body.push_str(&format!("<thead><tr>{row}</tr></thead>\n<tbody>\n"));
    }

    pub(crate) fn row(&mut self, cells: Vec<Html>) {
        self.classed("plain", cells);
    }

    /// Adds a row of a class, such as a sum.
    pub(crate) fn classed(&mut self, class: &'static str, cells: Vec<Html>) {
        let row = self.cells("td", cells);
        self.body.push_str(&format!("<tr class=\"{class}\">{row}</tr>\n"));
    }

    /// Adds a heading over the rows that follow.
    pub(crate) fn group(&mut self, class: &'static str, heading: &Html) {
        let width = self.width;
        let row = format!("<tr class=\"{class}\"><th colspan=\"{width}\">{heading}</th></tr>\n");
        self.body.push_str(&row);
    }

    pub(crate) fn finish(self) -> Html {
        Html(format!("<table>\n{}</tbody>\n</table>\n", self.body))
    }

    fn cells(&self, name: &'static str, cells: Vec<Html>) -> String {
        let cells = cells.into_iter().enumerate().map(|(at, it)| {
            let is_number = self.numbers.contains(&at);
            if is_number { Html::of(name, "number", it) } else { Html::tag(name, it) }
        });
        Html::joined(cells, "").0
    }
}
