use alloc::string::String;
use alloc::vec::Vec;
use std::format;

use expect_test::{Expect, expect};
use uuid::Uuid;

use super::*;
use crate::calendar::Calendar;
use crate::definition::fact::Value;
use crate::definition::{Channel, load};
use crate::dossier::{Actor, Filing, Order, Payment, Received, Taking};
use crate::fee::{self, Tariff};
use crate::money::Dong;
use crate::source::Sources;
use crate::text::Lang;

/// A small permit: one paper, one agency, one fee, a term for the office and one for the applicant.
const OLD: &str = r#"
format = 1
[procedure]
id = "permit"
version = "2025-01"
name = "Cấp phép mẫu"
authority = "commune"
service-level = "full"
channels = ["counter"]
effective = { from = 2025-01-01, until = 2026-01-01 }
[law.transitional]
instrument = "1/2026/NĐ-CP"
article = "18"
[fact.area]
type = "integer"
range = [1, 1000]
[fact.eligible]
type = "boolean"
[role.applicant]
name = "Người nộp"
[role.officer]
name = "Chuyên viên"
[role.head]
name = "Lãnh đạo"
[role.system]
name = "Hệ thống"
[document.form]
name = "Đơn"
[term.decision]
limit = "10 working days"
starts = "accept"
[term.supplement]
limit = "30 days"
starts = "request-supplement"
stops = "supplement"
expires = "lapse"
[consultation.fire]
name = "Cảnh sát phòng cháy"
when = "area > 100"
limit = "5 working days"
silence = "escalate"
[state.filed]
name = "Mới nộp"
portal-status = 1
[state.review]
name = "Thẩm định"
portal-status = 4
[state.waiting]
name = "Chờ bổ sung"
waits-for = "applicant"
portal-status = 5
[state.deputy-review]
name = "Phó phòng soát xét"
portal-status = 4
[state.signing]
name = "Chờ ký"
portal-status = 4
[state.signed]
name = "Đã ký"
portal-status = 9
[state.stopped]
name = "Đã dừng"
portal-status = 8
[state.returned]
name = "Đã trả"
portal-status = 10
[transition.file]
act = "file"
to = "filed"
by = "applicant"
[transition.accept]
act = "accept"
from = "filed"
to = "review"
by = "officer"
needs = "documents"
[transition.consult]
act = "consult"
from = "review"
to = "same"
by = "officer"
[transition.ask]
act = "request-supplement"
from = "review"
to = "waiting"
by = "officer"
at-most = 1
clock = { decision = "suspend" }
[transition.supplement]
act = "supplement"
from = "waiting"
to = "review"
by = "applicant"
clock = { decision = "resume" }
[transition.lapse]
act = "stop"
from = "waiting"
to = "stopped"
by = "system"
[transition.submit]
act = "plain"
from = "review"
to = "deputy-review"
by = "officer"
[transition.initial]
act = "plain"
from = "deputy-review"
to = "signing"
by = "head"
[transition.sign]
act = "decide"
from = "signing"
to = "signed"
by = "head"
when = "eligible"
needs = "consultations-answered"
not-by-who-did = "submit"
[transition.return]
act = "return"
from = "signed"
to = "returned"
by = "officer"
[fee.permit]
item = "construction-permit/house"
due-before = "sign"
"#;

/// The later version with changes, each once; what is added stands at its end.
fn later(changes: &[(&str, &str)], added: &str) -> String {
    let mut text = OLD.replace("version = \"2025-01\"", "version = \"2026-01\"").replace(
        "from = 2025-01-01, until = 2026-01-01 }",
        "from = 2026-01-01 }\npinned = \"on-effect\"",
    );
    for (from, to) in changes {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text = text.replace(from, to);
    }
    text + added
}

fn versions(new: &str) -> (Procedure, Procedure) {
    let mut sources = Sources::new();
    sources.add("old.toml", OLD);
    sources.add("new.toml", new);
    let (procedures, found) = load(&sources);
    let errors: Vec<_> = found.iter().filter(|it| it.severity().as_str() == "error").collect();
    assert!(errors.is_empty(), "{errors:?}");
    let [old, new] = <[Procedure; 2]>::try_from(procedures).unwrap();
    (old, new)
}

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

/// A dossier with the definitions under which it goes, and a wall clock that only we turn.
struct Desk {
    old: Procedure,
    new: Procedure,
    calendar: Calendar,
    tariff: Tariff,
    dossier: Dossier,
    log: Vec<Event>,
}

impl Desk {
    /// Accepted on Monday 15 December 2025.
    fn accepted(changes: &[(&str, &str)], added: &str, facts: &[(&str, Value)]) -> Self {
        let (old, new) = versions(&later(changes, added));
        let mut sources = Sources::new();
        sources.add("v", include_str!("../../../procedures/calendars/vietnam.toml"));
        sources.add("h", include_str!("../../../procedures/calendars/hanoi.toml"));
        let (calendars, _) = Calendar::parse_all(&sources);
        let calendar = calendars.into_iter().find(|it| it.id() == "hanoi").unwrap();
        sources.add("t", include_str!("../../../procedures/tariffs/vietnam.toml"));
        sources.add("u", include_str!("../../../procedures/tariffs/hanoi.toml"));
        let (tariffs, _) = fee::load(&sources);
        let tariff = tariffs.into_iter().find(|it| it.id() == "hanoi").unwrap();
        let dossier = Dossier::new(Uuid::nil());
        let mut desk = Self { old, new, calendar, tariff, dossier, log: Vec::new() };
        let facts = facts.iter().map(|(it, value)| (Id::parse(it).unwrap(), *value)).collect();
        let documents = Vec::from([Received::handed_in(Id::literal("form"))]);
        let filing = Filing { facts, documents, ..Filing::on(Channel::Counter) };
        desk.ask("2025-12-15T08:30", "applicant", Order::File(filing));
        desk.take("2025-12-15T09:00", "officer", "accept");
        desk
    }

    fn cx(&self) -> Context<'_> {
        Context::new(&self.old, &self.calendar, Some(&self.tariff))
    }

    fn governing(&self) -> &Procedure {
        let is_new = self.dossier.procedure_version() == Some(*self.new.version());
        if is_new { &self.new } else { &self.old }
    }

    fn ask(&mut self, at: &str, role: &str, order: Order) -> String {
        let at = format!("{at}:00+07:00").parse().unwrap();
        let id = Uuid::from_u128(self.log.len() as u128 + 1);
        let actor = Actor::new(role, Id::parse(role).unwrap());
        let command = Command::new(id, actor, order);
        let cx = match command.order {
            Order::Migrate => self.cx().under(&self.new).moving_from(&self.old),
            _ => self.cx().under(self.governing()),
        };
        match self.dossier.decide(&cx, &command, at) {
            Ok(events) => {
                events.iter().for_each(|it| self.dossier.evolve(it));
                self.log.extend(events);
                self.stand()
            }
            Err(rejection) => {
                let reasons = rejection
                    .reasons()
                    .map(|it| format!("{}: {}", it.cause(), it.message(&self.new, Lang::En)));
                reasons.collect::<Vec<_>>().join("\n")
            }
        }
    }

    fn take(&mut self, at: &str, role: &str, step: &str) -> String {
        self.ask(at, role, Order::Take(Taking::of(Id::parse(step).unwrap())))
    }

    fn migrate(&mut self, at: &str) -> String {
        self.ask(at, "system", Order::Migrate)
    }

    fn stand(&self) -> String {
        let terms = self.dossier.terms().iter().map(|it| {
            let due = it.due.map_or("-".into(), |it| format!("{}", it.moment().format("%d/%m")));
            let kept = if it.is_kept { " kept" } else { "" };
            format!("{} {} {due}{kept}", it.term, it.standing)
        });
        let terms: Vec<String> = terms.collect();
        let last = self.dossier.last().unwrap().format("%d/%m %H:%M");
        let version = self.dossier.procedure_version().unwrap();
        format!("{last} {version} {}: {}", self.dossier.state().unwrap(), terms.join(", "))
    }
}

const AREA: (&str, Value) = ("area", Value::Integer(50));

#[test]
fn a_move_changes_the_version_and_nothing_else() {
    let mut desk = Desk::accepted(&[], "", &[AREA]);
    let before = desk.dossier.clone();
    expect![["01/01 00:00 2026-01 review: decision running 29/12"]]
        .assert_eq(&desk.migrate("2026-01-01T00:00"));
    let after = &desk.dossier;
    assert_eq!(after.facts(), before.facts());
    assert_eq!(after.documents(), before.documents());
    assert_eq!(after.terms(), before.terms());
    assert_eq!(after.charges(), before.charges());
    assert_eq!(after.appointment(), before.appointment());
    assert_eq!((after.taken.len(), after.accepted()), (2, before.accepted()));
    let Happened::Migrated(migrated) = desk.log.last().unwrap().happened() else { panic!() };
    assert_eq!((migrated.from.as_str(), migrated.version.as_str()), ("2025-01", "2026-01"));
    assert_eq!((&*migrated.terms, &migrated.charges), (&[][..], &None));
}

#[test]
fn a_due_date_stands_unless_the_law_gives_the_term_another_length() {
    let shorter = [("limit = \"10 working days\"", "limit = \"7 working days\"")];
    let mut kept = Desk::accepted(&shorter, "", &[AREA]);
    expect![["01/01 00:00 2026-01 review: decision running 29/12 kept"]]
        .assert_eq(&kept.migrate("2026-01-01T00:00"));
    // What becomes known later does not measure it anew.
    let facts = Order::Facts([(Id::literal("eligible"), Value::Boolean(true))].into());
    expect![["02/01 09:00 2026-01 review: decision running 29/12 kept"]].assert_eq(&kept.ask(
        "2026-01-02T09:00",
        "officer",
        facts,
    ));
    let rule = r#"
[migration.shorter]
term = { decision = "new-length" }
reason = "Thời hạn mới áp dụng cho hồ sơ đang giải quyết"
"#;
    let mut shortened = Desk::accepted(&shorter, rule, &[AREA]);
    expect![["01/01 00:00 2026-01 review: decision running 24/12"]]
        .assert_eq(&shortened.migrate("2026-01-01T00:00"));
}

#[test]
fn a_suspended_term_is_carried_suspended_and_resumes_with_its_days() {
    let mut desk = Desk::accepted(&[], "", &[AREA]);
    desk.take("2025-12-18T09:00", "officer", "ask");
    expect![["01/01 00:00 2026-01 waiting: decision suspended -, supplement running 19/01"]]
        .assert_eq(&desk.migrate("2026-01-01T00:00"));
    // Three days were run before it was suspended; seven are left from 6 January on.
    expect!["06/01 09:00 2026-01 review: decision running 14/01, supplement stopped 19/01"]
        .assert_eq(&desk.take("2026-01-06T09:00", "applicant", "supplement"));
    // The one request that the law allows was made under the old version.
    expect![[
        "at-most: taken as often as allowed: Request a supplement (`ask`); needed: 1; found: 1"
    ]]
    .assert_eq(&desk.take("2026-01-07T09:00", "officer", "ask"));
}

#[test]
fn who_acted_and_how_often_counts_under_another_name() {
    let changes = [("[transition.ask]", "[transition.ask-once]")];
    let mut desk = Desk::accepted(&changes, "", &[AREA]);
    desk.take("2025-12-18T09:00", "officer", "ask");
    desk.take("2025-12-19T09:00", "applicant", "supplement");
    expect!["step-not-in-version: this version has no such step, and it was taken: `ask`"]
        .assert_eq(&desk.migrate("2026-01-01T00:00"));
    let rule = r#"
[migration.renamed]
transition = { ask = "ask-once" }
reason = "Đổi tên bước"
"#;
    let mut desk = Desk::accepted(&changes, rule, &[AREA]);
    desk.take("2025-12-18T09:00", "officer", "ask");
    desk.take("2025-12-19T09:00", "applicant", "supplement");
    desk.migrate("2026-01-01T00:00");
    expect![[
        "at-most: taken as often as allowed: Request a supplement (`ask-once`); needed: 1; found: 1"
    ]]
    .assert_eq(&desk.take("2026-01-05T09:00", "officer", "ask-once"));
}

#[test]
fn what_was_paid_is_paid() {
    let paid = |rule: &str| {
        let mut desk = Desk::accepted(&[("[fee.permit]", "[fee.issuing]")], rule, &[AREA]);
        let payment = Payment { fee: Some(Id::literal("permit")), amount: Dong::new(75_000) };
        desk.ask("2025-12-16T09:00", "applicant", Order::Pay(payment));
        let said = desk.migrate("2026-01-01T00:00");
        let charges = desk.dossier.charges().iter();
        let paid: Vec<_> = charges.map(|it| format!("{} {}", it.fee, it.paid)).collect();
        format!("{said}\n{}", paid.join(", "))
    };
    expect![[r#"
        fee-not-in-version: this version has no such fee, and it was paid: `permit`; found: 75.000 đ
        permit 75.000"#]]
    .assert_eq(&paid(""));
    let rule = r#"
[migration.renamed]
fee = { permit = "issuing" }
reason = "Lệ phí đổi tên"
"#;
    expect![[r#"
        01/01 00:00 2026-01 review: decision running 29/12
        issuing 75.000"#]]
    .assert_eq(&paid(rule));
}

#[test]
fn what_fell_due_before_the_move_follows_the_version_that_is_left() {
    // Under the later version the applicant's silence closes nothing.
    let changes = [("expires = \"lapse\"\n", ""), ("limit = \"30 days\"", "limit = \"300 days\"")];
    let mut desk = Desk::accepted(&changes, "", &[AREA]);
    desk.take("2025-12-16T09:00", "officer", "ask");
    let mut late = Desk { log: desk.log.clone(), ..Desk::accepted(&changes, "", &[AREA]) };
    late.dossier = desk.dossier.clone();
    // On time: the move comes before the term ends, so it never closes the dossier.
    expect![["01/01 00:00 2026-01 waiting: decision suspended -, supplement running 15/01 kept"]]
        .assert_eq(&desk.migrate("2026-01-01T00:00"));
    let year = "2027-01-01T09:00:00+07:00".parse().unwrap();
    assert_eq!(desk.dossier.expire(&desk.cx().under(&desk.new), year), []);
    // A year late: the same, stamped with the same day.
    expect![["01/01 00:00 2026-01 waiting: decision suspended -, supplement running 15/01 kept"]]
        .assert_eq(&late.migrate("2026-12-30T09:00"));
    assert_eq!(
        late.dossier.last().map(|it| it.to_rfc3339()),
        desk.dossier.last().map(|it| it.to_rfc3339())
    );
}

#[test]
fn a_term_that_ended_under_the_old_version_does_not_end_again() {
    let mut desk = Desk::accepted(&[], "", &[AREA]);
    desk.take("2025-12-16T09:00", "officer", "ask");
    let lapsed = "2026-01-16T09:00:00+07:00".parse().unwrap();
    let events = desk.dossier.expire(&desk.cx(), lapsed);
    assert_eq!(events.len(), 1);
    events.iter().for_each(|it| desk.dossier.evolve(it));
    expect!["terminal: the dossier is closed: Đã dừng (`stopped`)"]
        .assert_eq(&desk.migrate("2026-02-01T09:00"));
    assert_eq!(
        desk.dossier.expire(&desk.cx().under(&desk.new), lapsed + chrono::TimeDelta::days(900)),
        []
    );
}

#[test]
fn what_was_decided_and_who_is_still_asked_stay_with_the_old_version() {
    let area = ("area", Value::Integer(500));
    let mut desk = Desk::accepted(&[("[consultation.fire]", "[consultation.rescue]")], "", &[area]);
    desk.take("2025-12-16T09:00", "officer", "consult");
    expect!["consultation-not-in-version: this version does not ask the agency that has yet to answer: `fire`; found: 2025-12-23 23:59"]
        .assert_eq(&desk.migrate("2026-01-01T00:00"));
    let mut desk = Desk::accepted(&[], "", &[AREA, ("eligible", Value::Boolean(true))]);
    desk.take("2025-12-16T09:00", "officer", "submit");
    desk.take("2025-12-16T10:00", "head", "initial");
    let payment = Payment { fee: None, amount: Dong::new(75_000) };
    desk.ask("2025-12-16T11:00", "applicant", Order::Pay(payment));
    desk.take("2025-12-17T10:00", "head", "sign");
    expect!["17/12 10:00 2025-01 signed: decision stopped 29/12"].assert_eq(&desk.stand());
    expect!["result-exists: a result exists; found: 2025-12-17 10:00"]
        .assert_eq(&desk.migrate("2026-01-01T00:00"));
}

#[test]
fn without_the_version_that_is_left_nothing_moves() {
    let desk = Desk::accepted(&[], "", &[AREA]);
    let command = Command::new(Uuid::max(), Actor::new("x", Id::literal("system")), Order::Migrate);
    let at = "2026-01-05T09:00:00+07:00".parse().unwrap();
    let cx = desk.cx().under(&desk.new);
    let no = desk.dossier.decide(&cx, &command, at).unwrap_err();
    assert_eq!(no.cause(), Cause::WrongProcedure);
    let twice = desk.dossier.decide(&cx.moving_from(&desk.new), &command, at).unwrap_err();
    assert_eq!(twice.cause(), Cause::WrongProcedure);
    let back = desk.cx().moving_from(&desk.new);
    let same = desk.dossier.decide(&back, &command, at).unwrap_err();
    assert!(same.has(Cause::NotMigratable));
}

#[test]
fn a_stored_move_replays() {
    let rule = r#"
[migration.all]
state = { waiting = "waiting" }
transition = { ask = "ask-once" }
term = { decision = "new-length" }
reason = "Đổi tên bước"
"#;
    let changes = [
        ("[transition.ask]", "[transition.ask-once]"),
        ("\"10 working days\"", "\"9 working days\""),
    ];
    let mut desk = Desk::accepted(&changes, rule, &[AREA]);
    desk.take("2025-12-18T09:00", "officer", "ask");
    desk.migrate("2026-01-01T00:00");
    let stored = serde_json::to_string(&desk.log).unwrap();
    let read: Vec<Event> = serde_json::from_str(&stored).unwrap();
    assert_eq!(read, desk.log);
    assert_eq!(Dossier::replay(Uuid::nil(), &read).unwrap(), desk.dossier);
    let happened = desk.log.last().unwrap().happened();
    let happened = serde_json::to_string_pretty(happened).unwrap();
    expect![[r#"
        {
          "migrated": {
            "from": "2025-01",
            "version": "2026-01",
            "by": "all",
            "state": "waiting",
            "portal-status": 5,
            "previous": "review",
            "counted": [
              [
                "ask",
                "ask-once"
              ]
            ],
            "terms": [
              {
                "term": "decision",
                "standing": "suspended",
                "clock": {
                  "length": "9 working days",
                  "policies": {},
                  "cut-off": "15:00:00",
                  "started": "2025-12-15T09:00:00+07:00",
                  "competent": null,
                  "suspensions": [
                    {
                      "cause": "ask",
                      "from": "2025-12-18T09:00:00+07:00",
                      "until": null
                    }
                  ],
                  "extensions": [],
                  "stopped": null
                }
              }
            ],
            "appointment": {
              "original": {
                "date": "2025-12-29",
                "moment": "2025-12-29T23:59:59+07:00",
                "calendar": "hanoi",
                "revision": "2026-10-02",
                "provisional": false
              }
            }
          }
        }"#]]
    .assert_eq(&happened);
}
