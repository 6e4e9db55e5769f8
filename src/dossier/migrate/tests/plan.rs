//! What a plan says of every live state, and of the terms that change.

use expect_test::{Expect, expect};

use super::*;

fn messages(reasons: &[Reason], plan: &Plan<'_>) -> String {
    let codes = reasons
        .iter()
        .map(|it| format!("\n    {}: {}", it.cause(), it.message(plan.after(), Lang::En)));
    codes.collect()
}

/// Says what becomes of every live state, and of the terms that change.
#[track_caller]
fn check(changes: &[(&str, &str)], added: &str, expected: Expect) {
    let (old, new) = versions(&later(changes, added));
    let plan = Plan::between(&old, &new).unwrap();
    let mut said = String::new();
    for it in plan.stages() {
        let to = it.to().map_or(String::from("-"), |it| format!("{it}"));
        let how = if it.is_mapped() { " (mapped)" } else { "" };
        said += &format!("{}: {} → {to}{how}", it.state(), it.passage());
        said += &messages(it.reasons(), &plan);
        if !it.candidates().is_empty() {
            said += &format!("\n    candidates {:?}", it.candidates());
        }
        if !it.provisos().is_empty() {
            said += &format!("\n  unless{}", messages(it.provisos(), &plan));
        }
        said.push('\n');
    }
    for it in plan.terms().iter().filter(|it| !it.is_same()) {
        let length = |it: Option<&crate::Maybe<crate::clock::Length>>| {
            it.and_then(|it| it.known()).map_or(String::from("-"), |it| format!("{it}"))
        };
        let carriage = it.carriage().map_or("lost", Carriage::as_str);
        said += &format!(
            "{}: {carriage}, {} → {}\n",
            it.term(),
            length(it.before()),
            length(it.after())
        );
    }
    expected.assert_eq(&said);
}

#[test]
fn where_nothing_changed_every_open_state_is_safe() {
    check(
        &[],
        "",
        expect![[r#"
        filed: safe → filed
        review: safe → review
        waiting: safe → waiting
        deputy-review: safe → deputy-review
        signing: safe → signing
        signed: forbidden → signed
            result-exists: a result exists
    "#]],
    );
}

#[test]
fn a_state_that_is_gone_needs_a_mapping_that_no_likeness_replaces() {
    let changes = [
        ("[state.deputy-review]", "[state.deputy-reviews]"),
        ("to = \"deputy-review\"", "to = \"deputy-reviews\""),
        ("from = \"deputy-review\"", "from = \"deputy-reviews\""),
    ];
    check(
        &changes,
        "",
        expect![[r#"
        filed: safe → filed
        review: safe → review
        waiting: safe → waiting
        deputy-review: needs-mapping → -
            state-not-in-version: this version has no such state: `deputy-review`
            candidates ["review", "deputy-reviews", "signing"]
        signing: safe → signing
        signed: forbidden → signed
            result-exists: a result exists
    "#]],
    );
    let rule = r#"
[migration.renamed]
from = ["2025-01"]
state = { deputy-review = "deputy-reviews" }
reason = "Đổi tên"
"#;
    check(
        &changes,
        rule,
        expect![[r#"
        filed: safe → filed
        review: safe → review
        waiting: safe → waiting
        deputy-review: safe → deputy-reviews (mapped)
        signing: safe → signing
        signed: forbidden → signed
            result-exists: a result exists
    "#]],
    );
}

#[test]
fn a_state_of_the_same_name_may_mean_something_else() {
    check(
        &[
            (
                "name = \"Chờ bổ sung\"\nwaits-for = \"applicant\"\nportal-status = 5",
                "name = \"Chờ bổ sung\"\nportal-status = 6",
            ),
            ("act = \"stop\"", "act = \"plain\""),
        ],
        "",
        expect![[r#"
            filed: needs-mapping → filed
                act-lost: what could follow this state no longer can: Mới nộp (`filed`); needed: Stop
                candidates ["filed"]
            review: needs-mapping → review
                act-lost: what could follow this state no longer can: Thẩm định (`review`); needed: Stop
                candidates ["review", "deputy-review", "signing"]
            waiting: needs-mapping → waiting
                status-changed: the state has another status on the Portal: Chờ bổ sung (`waiting`); needed: 5; found: 6
                waits-for-another: the state waits for somebody else: Chờ bổ sung (`waiting`); needed: The applicant; found: nobody
                act-lost: what could follow this state no longer can: Chờ bổ sung (`waiting`); needed: Stop
            deputy-review: safe → deputy-review
            signing: safe → signing
            signed: forbidden → signed
                result-exists: a result exists
        "#]],
    );
}

#[test]
fn a_version_may_forbid_and_says_why() {
    let rule = r#"
[migration.only-before-review]
forbid = ["signing", "deputy-review"]
reason = { vi = "Hồ sơ đã trình thì giải quyết theo quy định cũ", en = "What was submitted is settled under the old rule" }
law = ["transitional"]
"#;
    check(
        &[],
        rule,
        expect![[r#"
        filed: safe → filed
        review: safe → review
        waiting: safe → waiting
        deputy-review: forbidden → deputy-review
            migration-forbidden: the version lets no dossier pass in this state: Phó phòng soát xét (`deputy-review`); reason: What was submitted is settled under the old rule
        signing: forbidden → signing
            migration-forbidden: the version lets no dossier pass in this state: Chờ ký (`signing`); reason: What was submitted is settled under the old rule
        signed: forbidden → signed
            result-exists: a result exists
    "#]],
    );
}

#[test]
fn what_the_new_version_asked_for_before_is_not_passed_over() {
    check(
        &[
            (
                "[document.form]",
                "[document.plan]\nname = \"Bản vẽ\"\n[document.permit]\nname = \"Giấy phép cũ\"\nwhen = \"area > 50\"\n[document.form]",
            ),
            ("[fact.eligible]", "[fact.identified]\ntype = \"boolean\"\n[fact.eligible]"),
            (
                "from = \"filed\"\nto = \"review\"\nby = \"officer\"",
                "from = \"filed\"\nto = \"review\"\nby = \"officer\"\nwhen = \"identified\"",
            ),
            ("due-before = \"sign\"", "due-before = \"accept\""),
            ("range = [1, 1000]", "range = [1, 500]"),
        ],
        "",
        expect![[r#"
            filed: safe → filed
              unless
                ill-typed-fact: the value is not of the fact's type or range: `area`; needed: a whole number from 1 to 500
            review: forbidden → review
                fact-unknown: a fact is not known: `identified`; not known
                document-missing: a document is missing: Bản vẽ (`plan`)
              unless
                ill-typed-fact: the value is not of the fact's type or range: `area`; needed: a whole number from 1 to 500
                document-missing: a document is missing: Giấy phép cũ (`permit`)
                fee-not-settled: a fee is not settled: Giấy phép cũ (`permit`)
            waiting: forbidden → waiting
                fact-unknown: a fact is not known: `identified`; not known
                document-missing: a document is missing: Bản vẽ (`plan`)
              unless
                ill-typed-fact: the value is not of the fact's type or range: `area`; needed: a whole number from 1 to 500
                document-missing: a document is missing: Giấy phép cũ (`permit`)
                fee-not-settled: a fee is not settled: Giấy phép cũ (`permit`)
            deputy-review: forbidden → deputy-review
                fact-unknown: a fact is not known: `identified`; not known
                document-missing: a document is missing: Bản vẽ (`plan`)
              unless
                ill-typed-fact: the value is not of the fact's type or range: `area`; needed: a whole number from 1 to 500
                document-missing: a document is missing: Giấy phép cũ (`permit`)
                fee-not-settled: a fee is not settled: Giấy phép cũ (`permit`)
            signing: forbidden → signing
                fact-unknown: a fact is not known: `identified`; not known
                document-missing: a document is missing: Bản vẽ (`plan`)
              unless
                ill-typed-fact: the value is not of the fact's type or range: `area`; needed: a whole number from 1 to 500
                document-missing: a document is missing: Giấy phép cũ (`permit`)
                fee-not-settled: a fee is not settled: Giấy phép cũ (`permit`)
            signed: forbidden → signed
                result-exists: a result exists
        "#]],
    );
}

#[test]
fn terms_consultations_and_steps_that_only_one_version_knows() {
    let changes = [
        ("[term.supplement]\nlimit = \"30 days\"", "[term.completion]\nlimit = \"15 days\""),
        ("limit = \"10 working days\"", "limit = \"7 working days\""),
        ("[consultation.fire]", "[consultation.rescue]"),
        ("[transition.ask]", "[transition.ask-once]"),
        ("[fee.permit]", "[fee.issuing]"),
    ];
    check(
        &changes,
        "",
        expect![[r#"
            filed: safe → filed
              unless
                fee-not-in-version: this version has no such fee, and it was paid: `permit`
            review: safe → review
              unless
                consultation-not-in-version: this version does not ask the agency that has yet to answer: `fire`
                step-not-in-version: this version has no such step, and it was taken: `ask`
                fee-not-in-version: this version has no such fee, and it was paid: `permit`
            waiting: forbidden → waiting
                term-not-in-version: this version has no such term, and it runs: Supplement (`supplement`); needed: 30 days
                term-not-started: a term of this version was never started: `completion`; needed: 15 days
                step-not-in-version: this version has no such step, and it was taken: `ask`
              unless
                consultation-not-in-version: this version does not ask the agency that has yet to answer: `fire`
                fee-not-in-version: this version has no such fee, and it was paid: `permit`
            deputy-review: safe → deputy-review
              unless
                consultation-not-in-version: this version does not ask the agency that has yet to answer: `fire`
                step-not-in-version: this version has no such step, and it was taken: `ask`
                fee-not-in-version: this version has no such fee, and it was paid: `permit`
            signing: safe → signing
              unless
                consultation-not-in-version: this version does not ask the agency that has yet to answer: `fire`
                step-not-in-version: this version has no such step, and it was taken: `ask`
                fee-not-in-version: this version has no such fee, and it was paid: `permit`
            signed: forbidden → signed
                result-exists: a result exists
            decision: keep, 10 working days → 7 working days
            supplement: lost, 30 days → -
        "#]],
    );
    let rule = r#"
[migration.all-told]
transition = { ask = "ask-once" }
fee = { permit = "issuing" }
term = { supplement = "stop", completion = "start", decision = "new-length" }
reason = "Đổi tên và rút ngắn"
"#;
    check(
        &changes,
        rule,
        expect![[r#"
            filed: safe → filed
            review: safe → review
              unless
                consultation-not-in-version: this version does not ask the agency that has yet to answer: `fire`
            waiting: safe → waiting
              unless
                consultation-not-in-version: this version does not ask the agency that has yet to answer: `fire`
            deputy-review: safe → deputy-review
              unless
                consultation-not-in-version: this version does not ask the agency that has yet to answer: `fire`
            signing: safe → signing
              unless
                consultation-not-in-version: this version does not ask the agency that has yet to answer: `fire`
            signed: forbidden → signed
                result-exists: a result exists
            decision: new-length, 10 working days → 7 working days
            supplement: stop, 30 days → -
            completion: start, - → 15 days
        "#]],
    );
}

#[test]
fn versions_of_two_procedures_have_no_plan() {
    let (old, _) = versions(&later(&[], ""));
    let mut sources = Sources::new();
    sources.add("other.toml", OLD.replace("id = \"permit\"", "id = \"licence\""));
    let (others, _) = load(&sources);
    let error = Plan::between(&old, &others[0]).unwrap_err();
    assert!(error.is_other_procedure());
    expect!["`licence` is another procedure than `permit`: dossiers pass between versions of one"]
        .assert_eq(&format!("{error}"));
}
