//! The redesigns in `procedures/redesigns/`: none is in force, and each stands
//! beside the catalogue without an error, in canonical form.
//!
//! What they save is not tested here.
#![cfg(feature = "catalogue")]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads files, and fails by panicking"
)]

use std::path::{Path, PathBuf};

use hoso::calendar::Calendar;
use hoso::catalogue;
use hoso::definition::{self, Status};
use hoso::diagnostic::{Diagnostic, Severity};
use hoso::source::{FileId, Sources};
use hoso::verify::{Report, verify, verify_bundle};

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else {
            paths.push(path);
        }
    }
}

/// Every redesign, beside the texts of the catalogue.
fn redesigns() -> Vec<(String, Sources, FileId)> {
    let mut paths = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("procedures/redesigns");
    collect(&folder, &mut paths);
    assert!(paths.len() >= 5);
    let load = |path: &PathBuf| {
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        let mut sources = catalogue::sources();
        let file = sources.add(name.as_str(), std::fs::read_to_string(path).unwrap());
        (name, sources, file)
    };
    paths.iter().map(load).collect()
}

#[test]
fn each_loads_beside_the_catalogue_and_is_verified_without_an_error() {
    for (name, sources, file) in redesigns() {
        let (procedures, bundles, found) = definition::load_all(&sources);
        let calendar = Calendar::parse_all(&sources).0.into_iter().find(|it| it.id() == *"hanoi");
        let calendar = calendar.unwrap();
        let own = procedures.iter().filter(|it| it.span().file() == file);
        let leads = bundles.iter().filter(|it| it.lead().span().file() == file);
        let alone = own.clone().flat_map(|it| verify(it, &calendar).into_findings());
        let joined = leads.clone().flat_map(|it| verify_bundle(it, &calendar));
        let joined = joined.flat_map(Report::into_findings);
        let found: Vec<Diagnostic> = found.into_iter().chain(alone).chain(joined).collect();
        let is_grave = |it: &&Diagnostic| match it.severity() {
            Severity::Error => true,
            Severity::Warning => it.span().file() == file,
            _ => false,
        };
        let grave: Vec<&Diagnostic> = found.iter().filter(is_grave).collect();
        assert!(grave.is_empty(), "{name}: {grave:#?}");
        let heads: Vec<Status> =
            own.map(|it| it.status()).chain(leads.map(|it| it.lead().status())).collect();
        assert_eq!(heads, [Status::Proposed], "{name} compiles to one version, not in force");
    }
}

#[test]
fn each_is_stored_in_canonical_form() {
    for (name, sources, file) in redesigns() {
        let text = sources.file(file).unwrap().text();
        assert_eq!(definition::format_text(&sources, file).unwrap(), text, "{name}");
    }
}
