//! Diagnostics as people and programs read them.

use std::io::IsTerminal as _;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use hoso::diagnostic::{Detail, Diagnostic, Severity};
use hoso::source::{Sources, Span};
use serde_json::{Value, json};

/// Returns a diagnostic as data; columns count characters from 1.
pub(crate) fn data(sources: &Sources, diagnostic: &Diagnostic) -> Value {
    let source = sources.file(diagnostic.span().file());
    let place = source.map(|it| it.line_column(diagnostic.span().range().start));
    let detail = |it: &Detail| {
        let source = it.span().and_then(|it| sources.file(it.file()));
        let line = it.span().zip(source).map(|(at, it)| it.line_column(at.range().start).0);
        json!({ "file": source.map(|it| it.name()), "line": line, "text": it.text() })
    };
    json!({
        "code": diagnostic.code(),
        "severity": diagnostic.severity().as_str(),
        "file": source.map(|it| it.name()),
        "line": place.map(|it| it.0),
        "column": place.map(|it| it.1),
        "message": diagnostic.message(),
        "details": diagnostic.details().iter().map(detail).collect::<Vec<_>>(),
        "help": diagnostic.advice(),
        "witness": diagnostic.evidence(),
    })
}

/// Prints diagnostics one after the other, each with its source line.
pub(crate) fn text<'d>(
    sources: &Sources,
    found: impl IntoIterator<Item = &'d Diagnostic>,
    renderer: &Renderer,
) -> String {
    found.into_iter().map(|it| one(sources, it, renderer) + "\n\n").collect()
}

fn one(sources: &Sources, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        _ => Level::NOTE,
    };
    let title = level.primary_title(diagnostic.message()).id(diagnostic.code());
    let Some(source) = sources.file(diagnostic.span().file()) else {
        return renderer.render(&[Group::with_title(title)]);
    };
    let length = source.text().len();
    let range = diagnostic.span().range();
    let range = range.start.min(length)..range.end.min(length);
    let place = AnnotationKind::Primary.span(range);
    let mut group =
        title.element(Snippet::source(source.text()).path(source.name()).annotation(place));
    for detail in diagnostic.details() {
        let at = detail.span().map(|it| near(sources, it, diagnostic.span())).unwrap_or_default();
        group = group.element(Level::NOTE.message(format!("{at}{}", detail.text())));
    }
    if let Some(witness) = diagnostic.evidence() {
        group = group.element(Level::NOTE.message(format!("for example: {witness}")));
    }
    if let Some(help) = diagnostic.advice() {
        group = group.element(Level::HELP.message(help));
    }
    renderer.render(&[group])
}

/// Writes where something stands: file and line.
pub(crate) fn place(sources: &Sources, span: Span) -> String {
    let Some(source) = sources.file(span.file()) else { return String::new() };
    format!("{}:{}", source.name(), source.line_column(span.range().start).0)
}

/// Writes the line of a detail, and its file where that is another than the diagnostic's.
fn near(sources: &Sources, span: Span, of: Span) -> String {
    match sources.file(span.file()) {
        Some(source) if span.file() == of.file() => {
            format!("line {}: ", source.line_column(span.range().start).0)
        }
        _ => format!("{}: ", place(sources, span)),
    }
}

/// Returns a renderer that uses colours only on a terminal that wants them.
pub(crate) fn renderer(on_terminal: bool) -> Renderer {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty());
    if on_terminal && wanted { Renderer::styled() } else { Renderer::plain() }
}

/// Returns the renderer for standard output.
pub(crate) fn for_stdout() -> Renderer {
    renderer(std::io::stdout().is_terminal())
}

/// Returns the renderer for standard error.
pub(crate) fn for_stderr() -> Renderer {
    renderer(std::io::stderr().is_terminal())
}
