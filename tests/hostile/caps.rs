//! Texts of the greatest size are loaded or refused in time.

use std::time::{Duration, Instant};

use hoso::diagnostic::any_error;
use hoso::source::Sources;

use crate::texts::{Loaded, load};

/// Loads a text of the greatest size in a time that an office can bear.
#[track_caller]
fn soon(text: &str) -> Loaded {
    let start = Instant::now();
    let mut sources = Sources::new();
    sources.add("text", text);
    let loaded = load(&sources);
    let took = start.elapsed();
    assert!(took < Duration::from_secs(20), "{took:?} for {:?}…", text.get(..40));
    loaded
}

#[test]
fn texts_at_the_caps_are_loaded_or_refused_in_time() {
    const SIZE: usize = 1 << 20;
    let filled = |head: &str, row: &dyn Fn(usize) -> String| {
        let mut text = String::from(head);
        for at in 0.. {
            let row = row(at);
            if text.len() + row.len() > SIZE {
                return text;
            }
            text += &row;
        }
        text
    };
    let head = "[procedure]\n";
    for row in
        ["[", "{", "a=[", "\"", "#", "a=1\n", "[a]\n", "[[a]]\n", "a.", "[a.", "]", "[[[", "a={b="]
    {
        assert!(any_error(&soon(&filled(head, &|_| row.into())).found), "{row}");
    }
    let numbered: [&dyn Fn(usize) -> String; 8] = [
        &|at| format!("a{at}=1\n"),
        &|at| format!("[law.a{at}]\n"),
        &|at| format!("[state.s{at}]\n"),
        &|at| format!("[transition.t{at}]\nto=\"s{at}\"\n"),
        &|at| format!("[a{at}.b]\n"),
        &|at| format!("[fact.f{at}]\ntype=\"boolean\"\n"),
        &|at| format!("[term.t{at}]\nstarts=[\"accept\"]\nwhen=\"f{at}\"\n"),
        &|at| format!("x{at} = \"\n"),
    ];
    for row in numbered {
        assert!(any_error(&soon(&filled("format = 1\n[procedure]\n", row)).found));
    }
}

#[test]
fn thousands_of_wrong_names_are_looked_up_in_time() {
    let mut text =
        String::from("format = 1\n[procedure]\nid = \"a\"\n[role.a]\nname = \"A\"\n[state]\n");
    for at in 0..2_000 {
        text += &format!("s{at}={{}}\n");
    }
    for at in 0..450 {
        let wrong: Vec<String> = (0..200).map(|it| format!("\"x{it}y\"")).collect();
        text += &format!("[transition.t{at}]\nfrom=[{}]\n", wrong.join(","));
    }
    assert!(text.len() < 1 << 20);
    soon(&text);
}
