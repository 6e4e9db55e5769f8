//! Every diagnostic code has a manual page, and every page a code.

#![expect(clippy::disallowed_methods, reason = "a test compares a table with a folder")]

mod codes;

use std::collections::BTreeSet;
use std::path::Path;

use hoso::explain::PAGES;
use hoso::simplify::Objection;
use hoso::verify::RULES;

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let rules = RULES.iter().map(|it| String::from(it.code()));
    let objections = Objection::ALL.iter().map(|it| String::from(it.code()));
    let given = rules.chain(objections);
    let codes: BTreeSet<String> = codes::of_loading().into_iter().chain(given).collect();
    let pages: BTreeSet<String> = PAGES.iter().map(|(code, _)| String::from(*code)).collect();
    let missing: Vec<_> = codes.difference(&pages).collect();
    let idle: Vec<_> = pages.difference(&codes).collect();
    assert!(missing.is_empty() && idle.is_empty(), "no page: {missing:?}; no code: {idle:?}");
}

#[test]
fn the_table_lists_the_folder_in_order() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/manual/codes");
    let files = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let stems: BTreeSet<String> =
        files.map(|it| it.file_stem().unwrap().to_str().unwrap().into()).collect();
    let listed: Vec<&str> = PAGES.iter().map(|(code, _)| *code).collect();
    assert_eq!(listed, stems.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn pages_have_one_form() {
    for (code, page) in PAGES {
        assert!(page.starts_with(&format!("# `{code}`\n\n")), "{code}");
        for part in ["**Why it matters.** ", "**What to do.** ", "```toml\n"] {
            assert!(page.contains(part), "{code}: {part}");
        }
        let example = page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
        assert!(toml::de::DeTable::parse(example).is_ok(), "{code}: {example}");
    }
}
