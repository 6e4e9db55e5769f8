//! The house has floors: a file uses its own directory and the floors below.
//!
//! Sibling directories of one floor never meet, from floor 1 up; nothing looks
//! upstairs. This reads `use` paths and qualified paths of `src`.
#![expect(
    clippy::disallowed_methods,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test reads the sources and stops where they are not as expected"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every module of the crate root, by floor.
const FLOORS: &[&[&str]] = &[
    &["diagnostic", "error", "id", "law", "money", "read", "source", "text", "witness"],
    &["calendar"],
    &["clock"],
    &["definition"],
    &["authority", "fee", "net", "quality", "verify"],
    &["dossier"],
    &["conform", "export", "simplify", "simulate"],
    &["calibrate"],
];

/// Modules that only put the others together, outside the house.
const OUTSIDE: &[&str] = &["lib", "catalogue", "explain", "manual"];

fn floors() -> BTreeMap<&'static str, usize> {
    let rooms = FLOORS.iter().enumerate();
    rooms.flat_map(|(floor, rooms)| rooms.iter().map(move |it| (*it, floor))).collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
}

/// Returns the first segments of every `crate::…` path, comments left out.
fn rooms_used(text: &str) -> Vec<String> {
    let code: Vec<&str> = text.lines().filter(|it| !it.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let mut used = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut start = true;
            for (place, letter) in group.char_indices() {
                match letter {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => start = true,
                    _ if start && letter.is_alphabetic() => {
                        used.push(segment(&group[place..]));
                        start = false;
                    }
                    _ => {}
                }
            }
        } else {
            used.push(segment(rest));
        }
    }
    used
}

fn segment(path: &str) -> String {
    path.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect()
}

#[test]
fn nobody_looks_upstairs_or_next_door() {
    let floors = floors();
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&src, &mut paths);
    assert!(paths.len() > 30, "the sources are where they should be");
    let mut trespasses = Vec::new();
    for path in paths {
        let inside = path.strip_prefix(&src).unwrap();
        let room = inside.components().next().unwrap().as_os_str().to_str().unwrap();
        let room = room.strip_suffix(".rs").unwrap_or(room);
        if OUTSIDE.contains(&room) {
            continue;
        }
        let Some(&floor) = floors.get(room) else {
            trespasses.push(format!("`{room}` stands on no floor"));
            continue;
        };
        for used in rooms_used(&fs::read_to_string(&path).unwrap()) {
            let Some(&other) = floors.get(used.as_str()) else { continue };
            let next_door = other == floor && floor > 0 && used != room;
            if other > floor || next_door {
                trespasses.push(format!("{} uses `{used}`", inside.display()));
            }
        }
    }
    assert!(trespasses.is_empty(), "{}", trespasses.join("\n"));
}

#[test]
fn every_module_of_the_library_stands_on_a_floor() {
    let lib = include_str!("../src/lib.rs");
    let modules = lib.lines().filter_map(|line| {
        let line = line.trim().strip_suffix(';')?;
        line.strip_prefix("pub mod ").or_else(|| line.strip_prefix("mod "))
    });
    let floors = floors();
    let homeless: Vec<&str> =
        modules.filter(|it| !floors.contains_key(it) && !OUTSIDE.contains(it)).collect();
    assert!(homeless.is_empty(), "{homeless:?}");
}

#[test]
fn groups_and_single_paths_are_both_seen() {
    let text = "use crate::{clock::Due, id::{Id, Fingerprint}, text};\n// crate::dossier\nfn f() -> crate::fee::Why {}";
    assert_eq!(rooms_used(text), ["clock", "id", "text", "fee"]);
}

#[test]
fn every_file_says_first_what_it_is() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&src, &mut paths);
    let silent: Vec<String> = paths
        .iter()
        .filter(|it| it.file_name().is_some_and(|it| it != "tests.rs"))
        .filter(|it| !fs::read_to_string(it).unwrap().starts_with("//!"))
        .map(|it| it.display().to_string())
        .collect();
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}
