//! What must hold of every dossier, tried on random ones.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a property fails by panicking")]

mod office;

use hoso::calendar::{Calendar, Moment};
use hoso::definition::fact::Value;
use hoso::definition::{Channel, Procedure, load};
use hoso::dossier::{
    Actor, Cause, Command, Context, Dossier, Event, Filing, Order, Reason, Received, Taking,
    Verdict,
};
use hoso::id::Id;
use hoso::source::Sources;
use office::{folder, name};
use proptest::prelude::*;
use uuid::Uuid;

/// A small procedure around one transition `go`, with a guard and conditional papers.
fn procedure(guard: &str) -> Procedure {
    let text = format!(
        r#"
format = 1
[procedure]
id = "small"
version = "2026-01"
name = "Thủ tục mẫu"
authority = "commune"
service-level = "full"
channels = ["counter"]
effective = {{ from = 2026-01-01 }}
[fact.a]
type = "boolean"
[fact.b]
type = "boolean"
[fact.n]
type = "integer"
range = [0, 3]
[role.one]
name = "Một"
[role.two]
name = "Hai"
[document.always]
name = "Giấy tờ"
[document.if-a]
name = "Giấy tờ khi a"
when = "a"
[document.if-n]
name = "Giấy tờ khi n"
when = "n >= 2"
[state.start]
name = "Đầu"
portal-status = 1
[state.done]
name = "Cuối"
portal-status = 10
[transition.file]
act = "file"
to = "start"
by = "one"
[transition.go]
act = "plain"
from = "start"
to = "done"
by = "two"
when = "{guard}"
needs = "documents"
"#
    );
    let mut sources = Sources::new();
    sources.add("small.toml", text);
    let (mut procedures, found) = load(&sources);
    assert!(!hoso::diagnostic::any_error(&found), "{guard}: {found:?}");
    procedures.remove(0)
}

fn guard() -> impl Strategy<Value = String> {
    let atom = prop_oneof![
        Just("a".to_owned()),
        Just("b".to_owned()),
        (0..4).prop_map(|it| format!("n >= {it}")),
        (0..4).prop_map(|it| format!("n == {it}")),
    ];
    atom.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} and {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} or {b})")),
            inner.prop_map(|it| format!("not ({it})")),
        ]
    })
}

fn calendar() -> Calendar {
    let (calendars, _) = Calendar::parse_all(&office::sources(&folder()));
    calendars.into_iter().find(|it| it.id() == "hanoi").unwrap()
}

const AT: &str = "2026-03-02T08:00:00+07:00";
const DOCUMENTS: [&str; 3] = ["always", "if-a", "if-n"];

fn filed(cx: &Context<'_>, facts: &[(Id, Value)], documents: &[Id]) -> Dossier {
    let documents = documents.iter().map(|it| Received::handed_in(*it)).collect();
    let filing = Filing { facts: facts.into(), documents, ..Filing::on(Channel::Counter) };
    let command =
        Command::new(Uuid::from_u128(1), Actor::new("x", name("one")), Order::File(filing));
    let mut dossier = Dossier::new(Uuid::nil());
    for event in dossier.decide(cx, &command, AT.parse().unwrap()).unwrap() {
        dossier.evolve(&event);
    }
    dossier
}

fn verdict(cx: &Context<'_>, dossier: &Dossier, role: &str) -> Verdict {
    let actor = Actor::new("y", name(role));
    dossier.options(cx, &actor, AT.parse().unwrap())[0].verdict().clone()
}

/// Whether mending exactly these reasons, with some values of the facts they name, allows it.
fn mends(
    cx: &Context<'_>,
    facts: &[(Id, Value)],
    documents: &[Id],
    role: &str,
    mended: &[&Reason],
) -> bool {
    let role =
        if mended.iter().any(|it| it.cause() == Cause::RoleNotAllowed) { "two" } else { role };
    let mut documents = documents.to_vec();
    let missing = mended.iter().filter(|it| it.cause() == Cause::DocumentMissing);
    documents.extend(missing.map(|it| it.subject().unwrap()));
    let named =
        mended.iter().filter(|it| matches!(it.cause(), Cause::FactNotMet | Cause::FactUnknown));
    let named: Vec<Id> = named.filter_map(|it| it.subject()).collect();
    let choices = |fact: &Id| -> Vec<Value> {
        match fact.as_str() {
            "n" => (0..4).map(Value::Integer).collect(),
            _ => [false, true].map(Value::Boolean).into(),
        }
    };
    let mut cases: Vec<Vec<(Id, Value)>> = vec![facts.to_vec()];
    for fact in &named {
        let with = |case: &Vec<(Id, Value)>, value| {
            let mut case: Vec<_> = case.iter().copied().filter(|(it, _)| it != fact).collect();
            case.push((*fact, value));
            case
        };
        let values = choices(fact);
        cases =
            cases.iter().flat_map(|it| values.iter().map(move |value| with(it, *value))).collect();
    }
    cases.iter().any(|case| verdict(cx, &filed(cx, case, &documents), role) == Verdict::Allowed)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Mending exactly the reasons makes the transition possible; leaving one out does not.
    #[test]
    fn reasons_are_minimal_and_sufficient(
        guard in guard(),
        a in any::<bool>(),
        b in proptest::option::of(any::<bool>()),
        n in 0_i64..4,
        papers in proptest::collection::vec(any::<bool>(), 3),
        role in prop_oneof![Just("one"), Just("two")],
    ) {
        let procedure = procedure(&guard);
        let calendar = calendar();
        let cx = Context::new(&procedure, &calendar, None);
        let mut facts = vec![(name("a"), Value::Boolean(a)), (name("n"), Value::Integer(n))];
        facts.extend(b.map(|it| (name("b"), Value::Boolean(it))));
        let documents: Vec<Id> =
            DOCUMENTS.iter().zip(&papers).filter(|(_, it)| **it).map(|(it, _)| name(it)).collect();
        let reasons = match verdict(&cx, &filed(&cx, &facts, &documents), role) {
            Verdict::Allowed => return Ok(()),
            Verdict::Refused(reasons) | Verdict::Waiting(reasons) => reasons,
        };
        if reasons.iter().any(|it| it.cause() == Cause::FactNotMet && it.subject().is_none()) {
            // No values of its facts make this guard hold: then nothing mends it.
            return Ok(());
        }
        let all: Vec<&Reason> = reasons.iter().collect();
        prop_assert!(mends(&cx, &facts, &documents, role, &all), "{guard}: not sufficient: {reasons:?}");
        for left_out in 0..all.len() {
            let rest: Vec<&Reason> = all.iter().enumerate().filter(|(it, _)| *it != left_out).map(|(_, it)| *it).collect();
            let role_left = all[left_out].cause() == Cause::RoleNotAllowed;
            let fact_left = matches!(all[left_out].cause(), Cause::FactNotMet | Cause::FactUnknown);
            // A paper that the mended guard brings up may be avoided by other values of the same facts.
            if role_left || fact_left || rest.iter().all(|it| it.cause() != Cause::FactNotMet && it.cause() != Cause::FactUnknown) {
                prop_assert!(!mends(&cx, &facts, &documents, role, &rest), "{guard}: not minimal: {reasons:?}");
            }
        }
    }

    /// Time alone makes the same events, whenever somebody looks, and however often.
    #[test]
    fn expiry_is_the_same_on_time_and_late(mut looks in proptest::collection::vec(1_i64..60, 1..6)) {
        let (procedure, calendar) = (waiting(), calendar());
        let cx = Context::new(&procedure, &calendar, None);
        let dossier = asked(&cx);
        let start: Moment = AT.parse().unwrap();
        let end = start + chrono::TimeDelta::days(500);
        let late = dossier.expire(&cx, end);
        prop_assert_eq!(late.len(), 3);
        looks.sort_unstable();
        let (mut step, mut seen) = (dossier, Vec::new());
        for look in looks.iter().map(|it| start + chrono::TimeDelta::days(*it)).chain([end]) {
            let events: Vec<Event> = step.expire(&cx, look);
            events.iter().for_each(|it| step.evolve(it));
            prop_assert!(step.next_expiry(&cx).is_none_or(|it| it >= look));
            seen.extend(events);
        }
        prop_assert_eq!(late, seen);
    }
}

/// A procedure in which two agencies and a term run out, one after the other.
fn waiting() -> Procedure {
    let text = r#"
format = 1
[procedure]
id = "waiting"
version = "2026-01"
name = "Thủ tục chờ"
authority = "commune"
service-level = "full"
channels = ["counter"]
effective = { from = 2026-01-01 }
[role.one]
name = "Một"
[role.system]
name = "Hệ thống"
[term.supplement]
limit = "7 working days"
starts = "consult"
expires = "lapse"
[consultation.first]
name = "Cơ quan thứ nhất"
limit = "3 working days"
silence = "consent"
[consultation.second]
name = "Cơ quan thứ hai"
limit = "5 working days"
silence = "escalate"
[state.start]
name = "Đầu"
portal-status = 1
[state.stopped]
name = "Dừng"
portal-status = 8
[transition.file]
act = "file"
to = "start"
by = "one"
[transition.consult]
act = "consult"
from = "start"
to = "same"
by = "one"
[transition.verify]
act = "verify"
from = "start"
to = "same"
by = "one"
needs = "consultations-answered"
[transition.lapse]
act = "stop"
from = "start"
to = "stopped"
by = "system"
"#;
    let mut sources = Sources::new();
    sources.add("waiting.toml", text);
    let (mut procedures, found) = load(&sources);
    assert!(!hoso::diagnostic::any_error(&found), "{found:?}");
    procedures.remove(0)
}

fn take(
    cx: &Context<'_>,
    dossier: &mut Dossier,
    id: u128,
    step: &str,
    at: &str,
) -> Result<Vec<Event>, Cause> {
    let order = Order::Take(Taking::of(name(step)));
    let command = Command::new(Uuid::from_u128(id), Actor::new("x", name("one")), order);
    let events = dossier.decide(cx, &command, at.parse().unwrap()).map_err(|it| it.cause())?;
    events.iter().for_each(|it| dossier.evolve(it));
    Ok(events)
}

/// Filed, and the agencies asked, on Monday 2 March 2026.
fn asked(cx: &Context<'_>) -> Dossier {
    let mut dossier = filed(cx, &[], &[]);
    take(cx, &mut dossier, 2, "consult", AT).unwrap();
    dossier
}

/// No order of calls loses what fell due: it comes with the next command, stamped with its own moment.
#[test]
fn a_command_brings_what_fell_due_before_it() {
    let (procedure, calendar) = (waiting(), calendar());
    let cx = Context::new(&procedure, &calendar, None);
    let mut dossier = asked(&cx);
    // The first agency was silent by the end of 5 March; the second has until the end of 9 March.
    let early = take(&cx, &mut dossier, 3, "verify", "2026-03-06T08:00:00+07:00");
    assert_eq!(early, Err(Cause::ConsultationPending));
    assert_eq!(dossier.version(), 2);
    let events = dossier.expire(&cx, "2026-03-10T08:00:00+07:00".parse().unwrap());
    let moments: Vec<String> = events.iter().map(|it| it.at().to_rfc3339()).collect();
    assert_eq!(moments, ["2026-03-05T23:59:59+07:00", "2026-03-09T23:59:59+07:00"]);
    let late = take(&cx, &mut dossier, 4, "verify", "2026-03-30T08:00:00+07:00");
    assert_eq!(late, Err(Cause::Terminal));
    let again = take(&cx, &mut dossier, 5, "consult", "2026-03-06T08:00:00+07:00").unwrap();
    assert_eq!(again.len(), 2, "the lapse of the first agency, then the step itself");
    assert_eq!(again[0].command(), None);
}

/// A procedure whose terms remind, and whose result must be collected.
fn reminding() -> Procedure {
    let text = r#"
format = 1
[procedure]
id = "reminding"
version = "2026-01"
name = "Thủ tục nhắc"
authority = "commune"
service-level = "full"
channels = ["counter"]
effective = { from = 2026-01-01 }
[role.one]
name = "Một"
[role.system]
name = "Hệ thống"
[term.reminder]
limit = "2 working days"
starts = "file"
expires = "remind"
[term.collect]
limit = "30 days"
starts = "decide"
expires = "close"
[state.start]
name = "Đầu"
portal-status = 4
[state.signed]
name = "Đã ký"
portal-status = 9
[state.closed]
name = "Đóng"
portal-status = 10
[transition.file]
act = "file"
to = "start"
by = "one"
[transition.remind]
act = "plain"
from = "start"
to = "same"
by = "system"
[transition.sign]
act = "decide"
from = "start"
to = "signed"
by = "one"
[transition.close]
act = "return"
from = "signed"
to = "closed"
by = "system"
"#;
    let mut sources = Sources::new();
    sources.add("reminding.toml", text);
    let (mut procedures, found) = load(&sources);
    assert!(!hoso::diagnostic::any_error(&found), "{found:?}");
    procedures.remove(0)
}

/// A term that its own end closes does not end twice; one that begins with the result runs.
#[test]
fn a_term_ends_once_and_may_begin_with_the_result() {
    let (procedure, calendar) = (reminding(), calendar());
    let cx = Context::new(&procedure, &calendar, None);
    let mut dossier = filed(&cx, &[], &[]);
    let late = "2026-12-01T08:00:00+07:00".parse().unwrap();
    let events = dossier.expire(&cx, late);
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].at().to_rfc3339(), "2026-03-04T23:59:59+07:00");
    let events = take(&cx, &mut dossier, 2, "sign", "2026-03-10T08:00:00+07:00").unwrap();
    assert_eq!(events.len(), 2);
    let collected = dossier.expire(&cx, late);
    assert_eq!(collected.len(), 1);
    assert_eq!(collected[0].at().to_rfc3339(), "2026-04-09T23:59:59+07:00");
    collected.iter().for_each(|it| dossier.evolve(it));
    assert_eq!(dossier.portal_status().unwrap().code(), 10);
    // What the law did by itself is not undone by a command from before.
    let early = take(&cx, &mut dossier, 3, "sign", "2026-03-11T08:00:00+07:00");
    assert_eq!(early, Err(Cause::TimeRunsBackwards));
}
