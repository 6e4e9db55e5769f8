//! `hoso explain`.

use crate::desk::{fails, hoso, json};

#[test]
fn a_code_has_a_page() {
    let said = hoso(&["explain", "lonely-swap"]);
    assert!(said.out.starts_with("# `lonely-swap`\n"));
    assert_eq!(json(&["explain", "cannot-finish"], 0)["code"], "cannot-finish");
}

#[test]
fn without_a_code_all_are_listed() {
    let all = json(&["explain"], 0);
    let rows = all.as_array().unwrap();
    let row = |code: &str| rows.iter().find(|it| it["code"] == code).unwrap();
    assert_eq!(
        (&row("cannot-finish")["rule"], &row("syntax")["rule"]),
        (&true.into(), &false.into())
    );
}

#[test]
fn a_misspelt_code_is_refused_wherever_it_stands() {
    let expected =
        "no diagnostic has the code `cannot-finsh`\n  help: did you mean `cannot-finish`?";
    for call in [
        &["explain", "cannot-finsh"][..],
        &["check", "--deny", "cannot-finsh"],
        &["check", "--warn", "cannot-finsh"],
    ] {
        assert!(fails(call).contains(expected), "{call:?}");
    }
}
