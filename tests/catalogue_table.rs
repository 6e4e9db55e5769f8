//! The embedded table and the folder `procedures/` hold the same texts.
#![cfg(feature = "catalogue")]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads the folder that it compares"
)]

use std::path::Path;

/// Collects the texts under a folder by path, redesigns and scenarios left out.
fn texts(folder: &Path, prefix: &str, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() && name != "redesigns" && name != "scenarios" {
            texts(&path, &format!("{name}/"), found);
        } else if name.ends_with(".toml") {
            found.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn the_table_lists_every_text_of_the_folder() {
    let mut found = Vec::new();
    texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("procedures"), "", &mut found);
    found.sort();
    let table = hoso::catalogue::TEXTS.iter().map(|(name, text)| (*name, *text));
    assert!(table.eq(found.iter().map(|(name, text)| (name.as_str(), text.as_str()))));
    assert!(found.len() > 10);
}
