//! `hoso fmt`: texts in their canonical form.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use hoso::diagnostic::{Diagnostic, Severity};
use hoso::simplify::cost;
use hoso::source::{FileId, Source, Sources};
use hoso::{authority, calendar, definition, fee, simulate};
use serde_json::json;

use crate::answer::Answer;
use crate::args::{Fmt, Global};
use crate::failure::{Failure, Fallible};
use crate::load::files_of;
use crate::render;

/// What became of the files.
#[derive(Default)]
struct Outcome {
    files: usize,
    changed: Vec<String>,
    broken: Vec<String>,
}

pub(crate) fn fmt(global: &Global, args: &Fmt) -> Fallible<Answer> {
    let folder = global.procedures.iter().cloned().collect();
    let paths: &Vec<PathBuf> = if args.path.is_empty() { &folder } else { &args.path };
    let mut sources = Sources::new();
    let files = files_of(paths)?;
    for path in &files {
        let text = fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
        sources.add(path.display().to_string(), text);
    }
    let mut outcome = Outcome::default();
    for ((file, source), path) in sources.iter().zip(&files) {
        outcome.files += 1;
        match canonical(&sources, file, source) {
            Ok(text) if text == source.text() => {}
            Ok(text) => {
                outcome.changed.push(source.name().into());
                write(args, path, &text)?;
            }
            Err(found) => {
                let errors = found.iter().filter(|it| it.severity() == Severity::Error);
                eprint!("{}", render::text(&sources, errors, &render::for_stderr()));
                outcome.broken.push(source.name().into());
            }
        }
    }
    let holds = outcome.broken.is_empty() && (!args.check || outcome.changed.is_empty());
    let data = || {
        json!({
            "files": outcome.files,
            "changed": outcome.changed,
            "broken": outcome.broken,
        })
    };
    Ok(Answer::new(global, data, || outcome.text(args)).holds_if(holds))
}

fn write(args: &Fmt, path: &Path, text: &str) -> Fallible<()> {
    if args.check {
        return Ok(());
    }
    fs::write(path, text).map_err(|error| Failure::file(path, &error))
}

fn canonical(sources: &Sources, file: FileId, source: &Source) -> Result<String, Vec<Diagnostic>> {
    match source.head() {
        Some("calendar") => calendar::format_text(sources, file),
        Some("tariff") => fee::format_text(sources, file),
        Some("register") => definition::register::format_text(sources, file),
        Some("authorities") => authority::format_text(sources, file),
        Some("scenario") => simulate::format_text(sources, file),
        Some("norms") => cost::format_text(sources, file),
        _ => definition::format_text(sources, file),
    }
}

impl Outcome {
    fn text(&self, args: &Fmt) -> String {
        let mut out = String::new();
        let what = if args.check { "not in canonical form" } else { "written" };
        for file in &self.changed {
            let _ = writeln!(out, "{file}: {what}");
        }
        for file in &self.broken {
            let _ = writeln!(out, "{file}: has errors and is left alone");
        }
        out
    }
}
