//! The diagnostic codes that stand in the source of this library.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads the sources, and fails by panicking"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The calls that make a diagnostic, up to its code.
const MAKERS: [&str; 5] = ["error(", "note(", "warning(", "Fault::new(", "Fault::too_much("];

/// Every code that loading a text can give; those of the verifier stand in its table.
pub(crate) fn of_loading() -> BTreeSet<String> {
    let mut paths = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut paths);
    let mut codes = BTreeSet::new();
    for path in paths {
        let text = fs::read_to_string(path).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let word = |it: &str| String::from(it.split('"').next().unwrap());
        for maker in MAKERS {
            let calls = text.split(maker).skip(1);
            codes.extend(calls.filter_map(|it| it.trim_start().strip_prefix('"')).map(word));
        }
        // `LAW: "undeclared-law", "law";` declares a code as well.
        let kinds = text.split(": \"undeclared-").skip(1);
        codes.extend(kinds.map(|it| format!("undeclared-{}", word(it))));
    }
    codes.retain(|it| it.bytes().all(|it| it.is_ascii_lowercase() || it == b'-'));
    codes
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("verify/rules") {
            continue;
        } else if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
}
