//! `hoso explain`: the manual page of a diagnostic code.

use hoso::explain::{PAGES, nearest, page};
use hoso::verify::RULES;
use serde_json::json;

use crate::answer::Answer;
use crate::args::{Explain, Global};
use crate::failure::{Failure, Fallible};

pub(crate) fn explain(global: &Global, args: &Explain) -> Fallible<Answer> {
    let Some(code) = &args.code else { return Ok(all(global)) };
    let page = page(code).ok_or_else(|| unknown(code))?;
    let data = || json!({ "code": code, "page": page });
    Ok(Answer::new(global, data, || page.into()))
}

/// Tells that no diagnostic has a code, and which may be meant.
pub(crate) fn unknown(code: &str) -> Failure {
    let failure = Failure::new(format_args!("no diagnostic has the code `{code}`"));
    match nearest(code) {
        Some(near) => failure.help(format_args!("did you mean `{near}`?")),
        None => failure.help(format_args!("`hoso explain` lists all of them")),
    }
}

/// Lists every code with what it says: the rules of the verifier, then what loading finds.
fn all(global: &Global) -> Answer {
    let is_rule = |code: &str| RULES.iter().any(|it| it.code() == code);
    let said = |page: &'static str| page.split("\n\n").nth(1).unwrap_or_default();
    let (rules, loading): (Vec<_>, Vec<_>) = PAGES.iter().partition(|(code, _)| is_rule(code));
    let data = || {
        let row = |(code, page): &&(&str, &'static str)| json!({ "code": code, "rule": is_rule(code), "says": said(page) });
        rules.iter().chain(&loading).map(row).collect()
    };
    let text = || {
        let list = |of: &[&(&str, &'static str)]| -> String {
            of.iter().map(|(code, page)| format!("  {code:<28} {}\n", said(page))).collect()
        };
        format!("Rules of the verifier\n{}\nFound while loading\n{}", list(&rules), list(&loading))
    };
    Answer::new(global, data, text)
}
