//! Linked dossiers: one filing, procedures with clocks of their own, one delivery.
//!
//! Each case is a script of commands; what comes of it stands beside it. Every
//! case is also replayed from its events, and looked at late as well as on time.
#![cfg(feature = "serde")]
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod office;

use std::fmt::Write as _;
use std::path::Path;

use expect_test::{Expect, expect};
use hoso::calendar::{Calendar, Moment};
use hoso::definition::bundle::{Bundle, Bundles};
use hoso::definition::fact::Value;
use hoso::definition::load_all;
use hoso::dossier::bundle::{LinkedContext, LinkedDossier, PartStanding, part_id};
use hoso::dossier::{
    Actor, Cause, Command, Dossier, Event, Filing, Happened, Order, Received, Rejection, Taking,
    Verdict,
};
use hoso::fee::{self, Tariff};
use hoso::id::Id;
use office::name;
use proptest::prelude::*;
use uuid::Uuid;

/// The small group of three procedures, with the calendar and tariff of Hà Nội.
struct Desk {
    bundle: Bundle,
    calendar: Calendar,
    tariff: Tariff,
}

impl Desk {
    fn open(day: &str) -> Self {
        Self::of("small-group", day)
    }

    fn of(group: &str, day: &str) -> Self {
        Self::edited(group, day, ("", "", ""))
    }

    /// Reads the texts with one of them edited.
    fn edited(group: &str, day: &str, (file, from, to): (&str, &str, &str)) -> Self {
        let mut sources = hoso::source::Sources::new();
        for (_, source) in office::sources(&office::folder()).iter() {
            let text = source.text();
            let is_edited = !file.is_empty() && source.name().contains(file);
            assert!(!is_edited || text.contains(from), "{file}");
            sources
                .add(source.name(), if is_edited { text.replace(from, to) } else { text.into() });
        }
        let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/linked");
        for (_, source) in office::sources(&small).iter() {
            sources.add(source.name(), source.text());
        }
        let (_, bundles, found) = load_all(&sources);
        let errors = found.iter().filter(|it| it.severity().as_str() == "error");
        assert_eq!(errors.collect::<Vec<_>>(), Vec::<&hoso::diagnostic::Diagnostic>::new());
        let (bundles, found) = Bundles::new(bundles);
        assert_eq!(found, []);
        let (calendars, _) = Calendar::parse_all(&sources);
        let (tariffs, _) = fee::load(&sources);
        Self {
            bundle: bundles.on(&name(group), day.parse().unwrap()).unwrap().clone(),
            calendar: calendars.into_iter().find(|it| it.id() == "hanoi").unwrap(),
            tariff: tariffs.into_iter().find(|it| it.id() == "hanoi").unwrap(),
        }
    }

    fn cx(&self) -> LinkedContext<'_> {
        LinkedContext::new(&self.bundle, &self.calendar, Some(&self.tariff))
    }
}

fn moment(text: &str) -> Moment {
    format!("{text}:00+07:00").parse().unwrap()
}

const CASE: Uuid = Uuid::from_u128(7);

/// A command as scripts write it: `MOMENT ROLE [PART/]DO [FACT=VALUE | +DOCUMENT | ~DOCUMENT]…`.
fn command(number: u128, line: &str) -> (Moment, Option<Id>, Command) {
    let mut words = line.split_whitespace();
    let (at, role, what) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
    let (part, what) =
        what.split_once('/').map_or((None, what), |(it, rest)| (Some(name(it)), rest));
    let (mut facts, mut documents, mut signed) = (Vec::new(), Vec::new(), None);
    for word in words {
        match word.split_once('=') {
            Some((fact, value)) => facts.push((name(fact), value_of(value))),
            None if word.starts_with('~') => signed = Some(name(word.trim_start_matches('~'))),
            None => documents.push(Received::handed_in(name(word.trim_start_matches('+')))),
        }
    }
    let reason = Some("lý do".into());
    let order = match what {
        "file" => {
            Order::File(Filing { facts, documents, ..Filing::on("counter".parse().unwrap()) })
        }
        "file-online" => {
            Order::File(Filing { facts, documents, ..Filing::on("online".parse().unwrap()) })
        }
        "facts" => Order::Facts(facts),
        "document" => Order::Documents(documents),
        "sign-document" => Order::Sign { document: signed.unwrap() },
        "migrate" => Order::Migrate,
        step => Order::Take(Taking { facts, documents, reason, ..Taking::of(name(step)) }),
    };
    let actor = Actor::new(role, name(role));
    (moment(at), part, Command::new(Uuid::from_u128(number), actor, order))
}

fn value_of(text: &str) -> Value {
    match text {
        "true" | "false" => Value::Boolean(text == "true"),
        _ if text.parse::<i64>().is_ok() => Value::Integer(text.parse().unwrap()),
        _ => Value::Choice(name(text)),
    }
}

/// Plays a script, and says after each command what happened by whom and what was refused.
fn play(desk: &Desk, script: &str) -> (LinkedDossier, Vec<Event>, String) {
    let cx = desk.cx();
    let (mut case, mut log, mut told) = (LinkedDossier::new(CASE), Vec::new(), String::new());
    for (number, line) in (1..).zip(script.lines().map(str::trim).filter(|it| !it.is_empty())) {
        writeln!(told, "{line}").unwrap();
        if let Some(at) = line.strip_suffix(" wait") {
            let events = case.expire(&cx, moment(at));
            tell(&desk.bundle, &events, &mut told);
            events.iter().for_each(|it| case.evolve(it));
            log.extend(events);
            continue;
        }
        let (at, part, command) = command(number, line);
        match case.decide(&cx, part.as_ref(), &command, at) {
            Ok(events) => {
                tell(&desk.bundle, &events, &mut told);
                events.iter().for_each(|it| case.evolve(it));
                log.extend(events);
            }
            Err(rejection) => refused(&rejection, &mut told),
        }
    }
    check_replay(desk, &case, &log);
    (case, log, told)
}

/// Rebuilding from the events gives the case; events of another case do not fit.
fn check_replay(desk: &Desk, case: &LinkedDossier, log: &[Event]) {
    let again = LinkedDossier::replay(CASE, &desk.bundle, log).unwrap();
    assert_eq!(*case, again);
    let stored = serde_json::to_string(log).unwrap();
    let read: Vec<Event> = serde_json::from_str(&stored).unwrap();
    assert_eq!(*case, LinkedDossier::replay(CASE, &desk.bundle, &read).unwrap());
    if log.len() > 1 {
        assert!(LinkedDossier::replay(Uuid::nil(), &desk.bundle, log).is_err());
        assert!(LinkedDossier::replay(CASE, &desk.bundle, &log[1..]).is_err());
    }
}

fn refused(rejection: &Rejection, told: &mut String) {
    for reason in rejection.reasons() {
        let subject = reason.subject().map_or(String::new(), |it| format!(" {it}"));
        let needed = reason.what_is_needed().map_or(String::new(), |it| format!(", needed {it}"));
        writeln!(told, "  no: {}{subject}{needed}", reason.cause()).unwrap();
    }
}

fn tell(bundle: &Bundle, events: &[Event], told: &mut String) {
    for event in events {
        let mut parts = bundle.parts().iter();
        let whose = parts.find(|(_, name, _)| part_id(&CASE, name) == event.dossier());
        let whose = whose.map_or("·".into(), |(_, name, _)| name.to_string());
        let what = match event.happened() {
            Happened::Filed(it) => {
                let facts: Vec<_> =
                    it.facts.iter().map(|(it, value)| format!("{it}={value}")).collect();
                let papers: Vec<_> =
                    it.documents.iter().map(|it| it.document.to_string()).collect();
                format!("filed {} {}", facts.join(" "), papers.join(" "))
            }
            Happened::Moved(it) => format!(
                "{} → {}{}",
                it.transition,
                it.to,
                it.reason
                    .as_ref()
                    .filter(|_| event.actor().role == "system")
                    .map_or(String::new(), |it| format!(" ({it})"))
            ),
            Happened::Learnt(it) => {
                let facts: Vec<_> =
                    it.facts.iter().map(|(it, value)| format!("{it}={value}")).collect();
                let papers: Vec<_> =
                    it.documents.iter().map(|it| it.document.to_string()).collect();
                format!("learnt {} {}", facts.join(" "), papers.join(" "))
            }
            other => format!("{other:?}").chars().take_while(|it| it.is_alphabetic()).collect(),
        };
        let at = event.at().format("%m-%dT%H:%M:%S");
        writeln!(told, "  {at} {whose} {} {}", event.actor().role, what.trim_end()).unwrap();
    }
}

/// How the case and its parts stand at the end.
fn standing(desk: &Desk, case: &LinkedDossier) -> String {
    let line = |what: &str, it: Option<&Dossier>, standing: String| {
        let state = it.and_then(Dossier::state).map_or("–".into(), |it| it.to_string());
        let due = it.and_then(Dossier::due);
        let due = due.map_or("–".into(), |it| it.format("%Y-%m-%dT%H:%M").to_string());
        format!("{what}: {state}, due {due}{standing}\n")
    };
    let mut told = line("case", Some(case.lead()), String::new());
    for (part, standing) in case.standings(&desk.cx()) {
        told += &line(part.as_str(), case.part(&part), format!(", {standing:?}"));
    }
    told
}

fn check(script: &str, expected: Expect) {
    let desk = Desk::open("2024-09-10");
    let (case, _, told) = play(&desk, script);
    expected.assert_eq(&format!("{told}{}", standing(&desk, &case)));
}

/// From filing to delivery, as the other cases vary it.
const WHOLE: &str = "
    2024-09-10T09:00 applicant file with-residence=true home=parents +form +birth-note
    2024-09-10T09:10 one-stop accept
    2024-09-10T09:20 one-stop birth/assign
    2024-09-10T09:30 specialist birth/submit
    2024-09-10T10:00 approver birth/sign
    2024-09-10T10:05 one-stop birth/return
    2024-09-10T10:30 one-stop residence/assign
    2024-09-10T10:30 one-stop card/assign
    2024-09-11T09:00 specialist card/submit
    2024-09-11T10:00 approver card/sign
    2024-09-11T10:05 one-stop return
    2024-09-11T14:00 specialist residence/submit
    2024-09-12T09:00 approver residence/sign
    2024-09-12T14:00 one-stop residence/return
    2024-09-12T15:30 one-stop return";

#[test]
fn one_filing_three_clocks_one_delivery() {
    check(
        WHOLE,
        expect![[r#"
        2024-09-10T09:00 applicant file with-residence=true home=parents +form +birth-note
          09-10T09:00:00 · applicant filed with-residence=true home=parents channel=counter form birth-note
        2024-09-10T09:10 one-stop accept
          09-10T09:10:00 · one-stop accept → in-progress
          09-10T09:10:00 birth system filed channel=counter declaration birth-note
          09-10T09:10:00 birth system accept → received
        2024-09-10T09:20 one-stop birth/assign
          09-10T09:20:00 birth one-stop assign → under-review
        2024-09-10T09:30 specialist birth/submit
          09-10T09:30:00 birth specialist submit → awaiting-signature
        2024-09-10T10:00 approver birth/sign
          09-10T10:00:00 birth approver sign → signed
          09-10T10:00:00 card system filed channel=counter birth-certificate
          09-10T10:00:00 card system accept → received
          09-10T10:00:00 residence system filed housing=parents channel=counter ct01 birth-certificate
          09-10T10:00:00 residence system accept → received
        2024-09-10T10:05 one-stop birth/return
          no: part-awaited return, needed card, residence
        2024-09-10T10:30 one-stop residence/assign
          09-10T10:30:00 residence one-stop assign → under-review
        2024-09-10T10:30 one-stop card/assign
          09-10T10:30:00 card one-stop assign → under-review
        2024-09-11T09:00 specialist card/submit
          09-11T09:00:00 card specialist submit → awaiting-signature
        2024-09-11T10:00 approver card/sign
          09-11T10:00:00 card approver sign → signed
        2024-09-11T10:05 one-stop return
          no: part-awaited return, needed residence
        2024-09-11T14:00 specialist residence/submit
          09-11T14:00:00 residence specialist submit → awaiting-signature
        2024-09-12T09:00 approver residence/sign
          09-12T09:00:00 residence approver sign → signed
          09-12T09:00:00 · system complete → ready
        2024-09-12T14:00 one-stop residence/return
          no: done-by-case return
        2024-09-12T15:30 one-stop return
          09-12T15:30:00 · one-stop return → returned
          09-12T15:30:00 birth system return → returned
          09-12T15:30:00 card system return → returned
          09-12T15:30:00 residence system return → returned
        case: returned, due 2024-09-13T23:59
        birth: returned, due 2024-09-10T23:59, Granted
        card: returned, due 2024-09-12T23:59, Granted
        residence: returned, due 2024-09-12T23:59, Granted
    "#]],
    );
}

#[test]
fn what_the_applicant_left_out_is_not_awaited() {
    check(
        "
        2024-09-10T09:00 applicant file +form +birth-note
        2024-09-10T09:10 one-stop accept
        2024-09-10T09:15 one-stop accept with-residence=false
        2024-09-10T09:20 one-stop birth/assign
        2024-09-10T09:20 one-stop residence/assign
        2024-09-10T09:20 one-stop card/assign
        2024-09-10T09:20 one-stop allowance/assign
        2024-09-10T09:30 specialist birth/submit
        2024-09-10T10:00 approver birth/sign
        2024-09-10T10:30 one-stop card/assign
        2024-09-10T11:00 specialist card/submit
        2024-09-10T11:30 approver card/sign
        2024-09-10T14:00 one-stop return",
        expect![[r#"
            2024-09-10T09:00 applicant file +form +birth-note
              09-10T09:00:00 · applicant filed channel=counter form birth-note
            2024-09-10T09:10 one-stop accept
              no: fact-unknown with-residence
              no: fact-unknown home
            2024-09-10T09:15 one-stop accept with-residence=false
              09-10T09:15:00 · one-stop accept → in-progress
              09-10T09:15:00 birth system filed channel=counter declaration birth-note
              09-10T09:15:00 birth system accept → received
            2024-09-10T09:20 one-stop birth/assign
              09-10T09:20:00 birth one-stop assign → under-review
            2024-09-10T09:20 one-stop residence/assign
              no: not-filed
            2024-09-10T09:20 one-stop card/assign
              no: part-awaited card, needed birth
            2024-09-10T09:20 one-stop allowance/assign
              no: unknown-part allowance
            2024-09-10T09:30 specialist birth/submit
              09-10T09:30:00 birth specialist submit → awaiting-signature
            2024-09-10T10:00 approver birth/sign
              09-10T10:00:00 birth approver sign → signed
              09-10T10:00:00 card system filed channel=counter birth-certificate
              09-10T10:00:00 card system accept → received
            2024-09-10T10:30 one-stop card/assign
              09-10T10:30:00 card one-stop assign → under-review
            2024-09-10T11:00 specialist card/submit
              09-10T11:00:00 card specialist submit → awaiting-signature
            2024-09-10T11:30 approver card/sign
              09-10T11:30:00 card approver sign → signed
              09-10T11:30:00 · system complete → ready
            2024-09-10T14:00 one-stop return
              09-10T14:00:00 · one-stop return → returned
              09-10T14:00:00 birth system return → returned
              09-10T14:00:00 card system return → returned
            case: returned, due 2024-09-13T23:59
            birth: returned, due 2024-09-10T23:59, Granted
            card: returned, due 2024-09-12T23:59, Granted
            residence: –, due –, LeftOut
        "#]],
    );
}

#[test]
fn one_refusal_leaves_the_others_alone() {
    check(
        "
        2024-09-10T15:30 applicant file with-residence=true home=rented +form +birth-note
        2024-09-10T15:40 one-stop accept
        2024-09-10T15:45 one-stop accept +lease
        2024-09-10T15:50 one-stop birth/assign
        2024-09-10T15:55 specialist birth/submit
        2024-09-11T09:00 approver birth/sign
        2024-09-11T10:30 one-stop residence/assign
        2024-09-11T10:30 one-stop card/assign
        2024-09-11T14:00 specialist residence/verify verification=true
        2024-09-12T09:00 approver residence/refuse
        2024-09-12T10:00 specialist card/submit
        2024-09-12T11:00 approver card/sign
        2024-09-12T14:00 one-stop return",
        expect![[r#"
            2024-09-10T15:30 applicant file with-residence=true home=rented +form +birth-note
              09-10T15:30:00 · applicant filed with-residence=true home=rented channel=counter form birth-note
            2024-09-10T15:40 one-stop accept
              no: document-missing lease
            2024-09-10T15:45 one-stop accept +lease
              09-10T15:45:00 · one-stop accept → in-progress
              09-10T15:45:00 birth system filed channel=counter declaration birth-note
              09-10T15:45:00 birth system accept → received
            2024-09-10T15:50 one-stop birth/assign
              09-10T15:50:00 birth one-stop assign → under-review
            2024-09-10T15:55 specialist birth/submit
              09-10T15:55:00 birth specialist submit → awaiting-signature
            2024-09-11T09:00 approver birth/sign
              09-11T09:00:00 birth approver sign → signed
              09-11T09:00:00 card system filed channel=counter birth-certificate
              09-11T09:00:00 card system accept → received
              09-11T09:00:00 residence system filed housing=rented channel=counter ct01 birth-certificate lease
              09-11T09:00:00 residence system accept → received
            2024-09-11T10:30 one-stop residence/assign
              09-11T10:30:00 residence one-stop assign → under-review
            2024-09-11T10:30 one-stop card/assign
              09-11T10:30:00 card one-stop assign → under-review
            2024-09-11T14:00 specialist residence/verify verification=true
              09-11T14:00:00 residence specialist verify → under-review
              09-11T14:00:00 · system learnt verification=true
            2024-09-12T09:00 approver residence/refuse
              09-12T09:00:00 residence approver refuse → refused
            2024-09-12T10:00 specialist card/submit
              09-12T10:00:00 card specialist submit → awaiting-signature
            2024-09-12T11:00 approver card/sign
              09-12T11:00:00 card approver sign → signed
              09-12T11:00:00 · system complete → ready (Đăng ký thường trú: Từ chối giải quyết)
            2024-09-12T14:00 one-stop return
              09-12T14:00:00 · one-stop return → returned
              09-12T14:00:00 birth system return → returned
              09-12T14:00:00 card system return → returned
              09-12T14:00:00 residence system return → returned
            case: returned, due 2024-09-17T23:59
            birth: returned, due 2024-09-11T23:59, Granted
            card: returned, due 2024-09-13T23:59, Granted
            residence: returned, due 2024-09-18T23:59, Refused
        "#]],
    );
}

#[test]
fn without_the_first_result_nothing_follows() {
    check(
        "
        2024-09-10T09:00 applicant file with-residence=true home=parents +form +birth-note
        2024-09-10T09:10 one-stop accept
        2024-09-10T09:20 one-stop birth/assign
        2024-09-10T10:00 approver birth/refuse
        2024-09-10T11:00 one-stop return",
        expect![[r#"
            2024-09-10T09:00 applicant file with-residence=true home=parents +form +birth-note
              09-10T09:00:00 · applicant filed with-residence=true home=parents channel=counter form birth-note
            2024-09-10T09:10 one-stop accept
              09-10T09:10:00 · one-stop accept → in-progress
              09-10T09:10:00 birth system filed channel=counter declaration birth-note
              09-10T09:10:00 birth system accept → received
            2024-09-10T09:20 one-stop birth/assign
              09-10T09:20:00 birth one-stop assign → under-review
            2024-09-10T10:00 approver birth/refuse
              09-10T10:00:00 birth approver refuse → refused
              09-10T10:00:00 · system refuse → refused (Đăng ký khai sinh: Từ chối giải quyết; Cấp thẻ bảo hiểm y tế; Đăng ký thường trú)
            2024-09-10T11:00 one-stop return
              09-10T11:00:00 · one-stop return → returned
              09-10T11:00:00 birth system return → returned
            case: returned, due 2024-09-13T23:59
            birth: returned, due 2024-09-10T23:59, Refused
            card: –, due –, Dropped("birth")
            residence: –, due –, Dropped("birth")
        "#]],
    );
}

#[test]
fn the_term_of_the_whole_waits_with_a_part() {
    check(
        "
        2024-09-10T09:00 applicant file with-residence=true home=parents +form +birth-note
        2024-09-10T09:10 one-stop accept
        2024-09-10T09:20 one-stop birth/request-supplement
        2024-09-12T09:20 applicant birth/supplement
        2024-09-12T10:30 specialist birth/submit
        2024-09-12T11:00 approver birth/sign
        2024-09-12T13:30 one-stop residence/request-supplement
        2024-09-12T13:30 one-stop card/request-supplement
        2024-09-13T09:00 applicant card/supplement
        2024-09-16T09:00 applicant residence/supplement",
        expect![[r#"
            2024-09-10T09:00 applicant file with-residence=true home=parents +form +birth-note
              09-10T09:00:00 · applicant filed with-residence=true home=parents channel=counter form birth-note
            2024-09-10T09:10 one-stop accept
              09-10T09:10:00 · one-stop accept → in-progress
              09-10T09:10:00 birth system filed channel=counter declaration birth-note
              09-10T09:10:00 birth system accept → received
            2024-09-10T09:20 one-stop birth/request-supplement
              09-10T09:20:00 birth one-stop request-supplement → supplement-requested
              09-10T09:20:00 · system wait → waiting (Đăng ký khai sinh: Chờ bổ sung hồ sơ)
            2024-09-12T09:20 applicant birth/supplement
              09-12T09:20:00 birth applicant supplement → under-review
              09-12T09:20:00 · system go-on → in-progress
            2024-09-12T10:30 specialist birth/submit
              09-12T10:30:00 birth specialist submit → awaiting-signature
            2024-09-12T11:00 approver birth/sign
              09-12T11:00:00 birth approver sign → signed
              09-12T11:00:00 card system filed channel=counter birth-certificate
              09-12T11:00:00 card system accept → received
              09-12T11:00:00 residence system filed housing=parents channel=counter ct01 birth-certificate
              09-12T11:00:00 residence system accept → received
            2024-09-12T13:30 one-stop residence/request-supplement
              09-12T13:30:00 residence one-stop request-supplement → supplement-requested
              09-12T13:30:00 · system wait → waiting (Đăng ký thường trú: Chờ bổ sung hồ sơ)
            2024-09-12T13:30 one-stop card/request-supplement
              09-12T13:30:00 card one-stop request-supplement → supplement-requested
            2024-09-13T09:00 applicant card/supplement
              09-13T09:00:00 card applicant supplement → under-review
            2024-09-16T09:00 applicant residence/supplement
              09-16T09:00:00 residence applicant supplement → under-review
              09-16T09:00:00 · system go-on → in-progress
            case: in-progress, due 2024-09-19T23:59
            birth: signed, due 2024-09-12T23:59, Granted
            card: under-review, due 2024-09-17T23:59, Open
            residence: under-review, due 2024-09-18T23:59, Open
        "#]],
    );
}

#[test]
fn a_withdrawal_stops_every_part_that_is_open() {
    check(
        "
        2024-09-10T09:00 applicant file with-residence=true home=parents +form +birth-note
        2024-09-10T09:10 one-stop accept
        2024-09-10T09:20 one-stop birth/assign
        2024-09-10T09:30 specialist birth/submit
        2024-09-10T09:40 applicant withdraw
        2024-09-10T10:00 approver birth/sign
        2024-09-10T10:05 one-stop refuse-withdrawal
        2024-09-10T10:30 one-stop card/assign
        2024-09-10T11:00 applicant withdraw
        2024-09-10T11:05 one-stop confirm-stop
        2024-09-10T11:10 one-stop birth/return
        2024-09-10T11:10 specialist card/submit",
        expect![[r#"
            2024-09-10T09:00 applicant file with-residence=true home=parents +form +birth-note
              09-10T09:00:00 · applicant filed with-residence=true home=parents channel=counter form birth-note
            2024-09-10T09:10 one-stop accept
              09-10T09:10:00 · one-stop accept → in-progress
              09-10T09:10:00 birth system filed channel=counter declaration birth-note
              09-10T09:10:00 birth system accept → received
            2024-09-10T09:20 one-stop birth/assign
              09-10T09:20:00 birth one-stop assign → under-review
            2024-09-10T09:30 specialist birth/submit
              09-10T09:30:00 birth specialist submit → awaiting-signature
            2024-09-10T09:40 applicant withdraw
              09-10T09:40:00 · applicant withdraw → withdrawal-requested
            2024-09-10T10:00 approver birth/sign
              09-10T10:00:00 birth approver sign → signed
            2024-09-10T10:05 one-stop refuse-withdrawal
              09-10T10:05:00 · one-stop refuse-withdrawal → in-progress
              09-10T10:05:00 card system filed channel=counter birth-certificate
              09-10T10:05:00 card system accept → received
              09-10T10:05:00 residence system filed housing=parents channel=counter ct01 birth-certificate
              09-10T10:05:00 residence system accept → received
            2024-09-10T10:30 one-stop card/assign
              09-10T10:30:00 card one-stop assign → under-review
            2024-09-10T11:00 applicant withdraw
              09-10T11:00:00 · applicant withdraw → withdrawal-requested
            2024-09-10T11:05 one-stop confirm-stop
              09-10T11:05:00 · one-stop confirm-stop → stopped
              09-10T11:05:00 card system stop-with-bundle → stopped (Khai sinh, thường trú, thẻ bảo hiểm y tế: Dừng xử lý)
              09-10T11:05:00 residence system stop-with-bundle → stopped (Khai sinh, thường trú, thẻ bảo hiểm y tế: Dừng xử lý)
            2024-09-10T11:10 one-stop birth/return
              09-10T11:10:00 birth one-stop return → returned
            2024-09-10T11:10 specialist card/submit
              no: terminal stopped
            case: stopped, due 2024-09-13T23:59
            birth: returned, due 2024-09-10T23:59, Granted
            card: stopped, due 2024-09-12T23:59, Stopped
            residence: stopped, due 2024-09-12T23:59, Stopped
        "#]],
    );
}

#[test]
fn a_part_that_is_withdrawn_is_not_awaited() {
    check(
        "
        2024-09-10T09:00 applicant file with-residence=true home=parents +form +birth-note
        2024-09-10T09:10 one-stop accept
        2024-09-10T09:20 applicant birth/withdraw
        2024-09-10T09:25 one-stop birth/confirm-stop",
        expect![[r#"
            2024-09-10T09:00 applicant file with-residence=true home=parents +form +birth-note
              09-10T09:00:00 · applicant filed with-residence=true home=parents channel=counter form birth-note
            2024-09-10T09:10 one-stop accept
              09-10T09:10:00 · one-stop accept → in-progress
              09-10T09:10:00 birth system filed channel=counter declaration birth-note
              09-10T09:10:00 birth system accept → received
            2024-09-10T09:20 applicant birth/withdraw
              09-10T09:20:00 birth applicant withdraw → withdrawal-requested
            2024-09-10T09:25 one-stop birth/confirm-stop
              09-10T09:25:00 birth one-stop confirm-stop → stopped
              09-10T09:25:00 · system stop → stopped (Đăng ký khai sinh: Dừng xử lý; Cấp thẻ bảo hiểm y tế; Đăng ký thường trú)
            case: stopped, due 2024-09-13T23:59
            birth: stopped, due 2024-09-10T23:59, Stopped
            card: –, due –, Dropped("birth")
            residence: –, due –, Dropped("birth")
        "#]],
    );
}

#[test]
fn what_is_signed_online_is_signed_for_the_part() {
    check(
        "
        2024-09-10T09:00 applicant file-online with-residence=false +form +birth-note
        2024-09-10T09:05 one-stop accept
        2024-09-10T09:10 applicant birth/sign-document ~birth-note
        2024-09-10T09:15 one-stop birth/accept
        2024-09-10T09:20 one-stop birth/file
        2024-09-10T09:20 one-stop birth/migrate",
        expect![[r#"
            2024-09-10T09:00 applicant file-online with-residence=false +form +birth-note
              09-10T09:00:00 · applicant filed with-residence=false channel=online form birth-note
            2024-09-10T09:05 one-stop accept
              09-10T09:05:00 · one-stop accept → in-progress
              09-10T09:05:00 birth system filed channel=online declaration birth-note
            2024-09-10T09:10 applicant birth/sign-document ~birth-note
              09-10T09:10:00 birth applicant Signed
            2024-09-10T09:15 one-stop birth/accept
              09-10T09:15:00 birth one-stop accept → received
            2024-09-10T09:20 one-stop birth/file
              no: already-filed
            2024-09-10T09:20 one-stop birth/migrate
              no: done-by-case birth
            case: in-progress, due 2024-09-13T23:59
            birth: received, due 2024-09-10T23:59, Open
            card: –, due –, Awaits(["birth"])
            residence: –, due –, LeftOut
        "#]],
    );
}

#[test]
fn the_same_command_twice_is_one_command() {
    let desk = Desk::open("2024-09-10");
    let (case, log, _) = play(&desk, WHOLE);
    let (at, part, sign) = command(5, "2024-09-10T10:00 approver birth/sign");
    assert_eq!(case.decide(&desk.cx(), part.as_ref(), &sign, at), Ok(Vec::new()));
    let made = case.part(&name("birth")).unwrap().events_of(&sign.id).unwrap();
    assert_eq!(made.0, made.1, "what followed in other dossiers is theirs");
    let (at, part, other) = command(5, "2024-09-10T10:00 approver birth/refuse");
    let reused = case.decide(&desk.cx(), part.as_ref(), &other, at).unwrap_err();
    assert_eq!(reused.cause(), Cause::CommandReused);
    let ids: std::collections::BTreeSet<Uuid> = log.iter().map(Event::id).collect();
    assert_eq!(ids.len(), log.len());
    assert_eq!(case.part(&name("birth")).unwrap().id(), part_id(&CASE, &name("birth")));
}

#[test]
fn time_runs_forward_over_all_dossiers() {
    let desk = Desk::open("2024-09-10");
    let (case, _, _) = play(&desk, WHOLE.split("2024-09-10T10:30").next().unwrap());
    let (at, _, early) = command(9, "2024-09-10T09:15 applicant withdraw");
    let early = case.decide(&desk.cx(), None, &early, at).unwrap_err();
    assert_eq!(early.cause(), Cause::TimeRunsBackwards);
}

#[test]
fn options_say_what_a_part_waits_for() {
    let desk = Desk::open("2024-09-10");
    let (case, _, _) = play(&desk, WHOLE.split("2024-09-10T10:05").next().unwrap());
    let clerk = Actor::new("binh", name("one-stop"));
    let options =
        case.options(&desk.cx(), Some(&name("birth")), &clerk, moment("2024-09-10T11:00"));
    let back = options.iter().find(|it| it.transition() == "return").unwrap();
    let Verdict::Refused(reasons) = back.verdict() else { panic!("{back:?}") };
    assert_eq!(reasons[0].what_is_needed().unwrap(), "card, residence");
    assert_eq!(case.awaited(&desk.cx()), [name("card"), name("residence")]);
}

/// From 2026-09-01 the applicant has seven working days in every part; then it is stopped.
#[test]
fn silence_of_the_applicant_ends_the_case_on_time_and_late() {
    let desk = Desk::open("2026-09-14");
    let start = "
        2026-09-14T09:00 applicant file with-residence=true home=parents +form +birth-note
        2026-09-14T09:10 one-stop request-supplement-at-intake";
    let (case, _, _) = play(&desk, start);
    let cx = desk.cx();
    assert_eq!(case.next_expiry(&cx).unwrap().to_rfc3339(), "2026-09-23T23:59:59+07:00");
    assert_eq!(case.expire(&cx, moment("2026-09-23T23:59")), []);
    let on_time = case.expire(&cx, moment("2026-09-24T00:00"));
    let late = case.expire(&cx, moment("2027-09-24T00:00"));
    assert_eq!(on_time, late);
    assert_eq!(late.len(), 1);
}

#[test]
fn an_applicant_may_ask_for_the_new_version_of_the_whole() {
    let old = Desk::open("2024-09-10");
    let new = Desk::open("2026-09-14");
    let script = "
        2026-08-31T09:00 applicant file with-residence=true home=parents +form +birth-note
        2026-08-31T09:10 one-stop accept
        2026-08-31T09:20 one-stop birth/assign";
    let august = Desk::open("2026-08-31");
    assert_ne!(august.bundle, old.bundle);
    let (case, _, _) = play(&august, script);
    let (at, _, migrate) = command(9, "2026-09-14T09:00 applicant migrate");
    let mut moved = case.clone();
    let events = case.decide(&new.cx().moving_from(&august.bundle), None, &migrate, at).unwrap();
    events.iter().for_each(|it| moved.evolve(it));
    let versions = |it: &LinkedDossier| {
        let parts = it.parts(&august.bundle).filter_map(|(_, it)| it.procedure_version());
        (it.lead().procedure_version(), parts.collect::<Vec<_>>())
    };
    assert_eq!(versions(&case), (Some(name("2026-08")), vec![name("2026-08")]));
    assert_eq!(versions(&moved), (Some(name("2026-09")), vec![name("2026-08")]));
    let part = moved.part(&name("birth")).unwrap();
    let (_, governs) = new.bundle.parts().find(&name("birth")).unwrap();
    assert_eq!(part.fingerprint(), Some(governs.procedure().fingerprint()));
    // The step after it is decided under the new version alone.
    let (at, part, submit) = command(10, "2026-09-14T10:00 specialist birth/submit");
    assert!(moved.decide(&new.cx(), part.as_ref(), &submit, at).is_ok());
    let stale = moved.decide(&august.cx(), part.as_ref(), &submit, at).unwrap_err();
    assert_eq!(stale.cause(), Cause::WrongProcedure);
}

/// A family files on 27 August 2026, and its birth part waits for a paper when the amended decree begins.
const FLIGHT: &str = "
    2026-08-27T09:00 applicant file-online applicant=individual late=false proof-of-birth=birth-note surrogacy=false authorised=false parents-married=true copies=0 with-residence=true registration=relatives verification=false +form +birth-note
    2026-08-27T09:05 applicant sign-document ~form
    2026-08-27T09:10 one-stop accept
    2026-08-27T09:20 one-stop birth/assign
    2026-08-27T10:00 specialist birth/request-supplement complete=false";

/// Plays on, from a case as it stands.
fn play_on(desk: &Desk, case: &mut LinkedDossier, script: &str) -> String {
    let mut told = String::new();
    for (number, line) in (100..).zip(script.lines().map(str::trim).filter(|it| !it.is_empty())) {
        let (at, part, command) = command(number, line);
        writeln!(told, "{line}").unwrap();
        match case.decide(&desk.cx(), part.as_ref(), &command, at) {
            Ok(events) => {
                tell(&desk.bundle, &events, &mut told);
                events.iter().for_each(|it| case.evolve(it));
            }
            Err(rejection) => refused(&rejection, &mut told),
        }
    }
    told + &standing(desk, case)
}

/// Lets a case pass, and returns the events.
fn pass(
    case: &LinkedDossier,
    (old, new): (&Desk, &Desk),
    line: &str,
) -> Result<Vec<Event>, Rejection> {
    let (at, _, migrate) = command(99, line);
    case.decide(&new.cx().moving_from(&old.bundle), None, &migrate, at)
}

#[test]
fn parts_in_flight_keep_their_clocks() {
    let (old, new) = (Desk::of("birth-group", "2026-08-27"), Desk::of("birth-group", "2026-09-03"));
    let (case, _, _) = play(&old, FLIGHT);
    let mut moved = case.clone();
    let events = pass(&case, (&old, &new), "2026-09-03T09:00 applicant migrate").unwrap();
    events.iter().for_each(|it| moved.evolve(it));
    let mut told = String::new();
    tell(&new.bundle, &events, &mut told);
    let dossiers =
        |it: &LinkedDossier| [it.lead().clone(), it.part(&name("birth")).unwrap().clone()];
    for (before, after) in dossiers(&case).iter().zip(&dossiers(&moved)) {
        assert_eq!(before.terms().len(), after.terms().len());
        for (before, after) in before.terms().iter().zip(after.terms()) {
            // What the earlier version did not measure has a length now; nothing else changes.
            assert_eq!(after.clock.started(), before.clock.started());
            if before.clock.length().is_some() {
                assert_eq!(after.clock, before.clock);
                assert_eq!((after.standing, after.due), (before.standing, before.due));
            }
        }
    }
    told += &standing(&new, &moved);
    told += &play_on(
        &new,
        &mut moved,
        "
        2026-09-03T10:00 applicant birth/supplement
        2026-09-03T10:10 specialist birth/send-draft complete=true eligible=true marriage-found=true
        2026-09-03T10:20 applicant birth/confirm-draft
        2026-09-03T11:00 approver birth/sign
        2026-09-03T14:00 one-stop residence/assign
        2026-09-03T14:00 one-stop card/assign",
    );
    expect![[r#"
          09-03T09:00:00 birth system Migrated
          09-03T09:00:00 · applicant Migrated
        case: waiting, due –
        birth: supplement-requested, due –, Open
        residence: –, due –, Awaits(["birth"])
        card: –, due –, Awaits(["birth"])
        2026-09-03T10:00 applicant birth/supplement
          09-03T10:00:00 birth applicant supplement → under-review
          09-03T10:00:00 · system go-on → in-progress
        2026-09-03T10:10 specialist birth/send-draft complete=true eligible=true marriage-found=true
          09-03T10:10:00 birth specialist send-draft → draft-sent
          09-03T10:10:00 · system wait → waiting (Thủ tục đăng ký khai sinh: Chờ người yêu cầu xác nhận biểu mẫu Giấy khai sinh điện tử)
        2026-09-03T10:20 applicant birth/confirm-draft
          09-03T10:20:00 birth applicant confirm-draft → awaiting-signature
          09-03T10:20:00 · system go-on → in-progress
        2026-09-03T11:00 approver birth/sign
          09-03T11:00:00 birth approver sign → signed
          09-03T11:00:00 residence system filed applicant=individual registration=relatives verification=false channel=online declaration kinship-proof
          09-03T11:00:00 residence system Signed
          09-03T11:00:00 card system filed channel=online declaration birth-certificate
          09-03T11:00:00 card system Signed
          09-03T11:00:00 card system accept → received
        2026-09-03T14:00 one-stop residence/assign
          no: wrong-state assign
        2026-09-03T14:00 one-stop card/assign
          09-03T14:00:00 card one-stop assign → under-review
        case: in-progress, due 2026-09-08T23:59
        birth: signed, due 2026-09-03T23:59, Granted
        residence: filed, due –, Open
        card: under-review, due 2026-09-07T23:59, Open
    "#]].assert_eq(&told);
}

#[test]
fn a_case_of_which_a_part_was_decided_stays_with_its_version() {
    let (old, new) = (Desk::of("birth-group", "2026-08-27"), Desk::of("birth-group", "2026-09-03"));
    let script = format!(
        "{FLIGHT}
        2026-08-27T14:00 applicant birth/supplement
        2026-08-27T14:10 specialist birth/send-draft complete=true eligible=true marriage-found=true
        2026-08-27T14:20 applicant birth/confirm-draft
        2026-08-27T15:00 approver birth/sign"
    );
    let (case, _, mut told) = play(&old, &script);
    let no = pass(&case, (&old, &new), "2026-09-03T09:00 applicant migrate").unwrap_err();
    refused(&no, &mut told);
    expect![[r#"
        2026-08-27T09:00 applicant file-online applicant=individual late=false proof-of-birth=birth-note surrogacy=false authorised=false parents-married=true copies=0 with-residence=true registration=relatives verification=false +form +birth-note
          08-27T09:00:00 · applicant filed applicant=individual late=false proof-of-birth=birth-note surrogacy=false authorised=false parents-married=true copies=0 with-residence=true registration=relatives verification=false channel=online form birth-note
        2026-08-27T09:05 applicant sign-document ~form
          08-27T09:05:00 · applicant Signed
        2026-08-27T09:10 one-stop accept
          08-27T09:10:00 · one-stop accept → in-progress
          08-27T09:10:00 birth system filed applicant=individual late=false proof-of-birth=birth-note surrogacy=false authorised=false parents-married=true copies=0 channel=online interactive-form birth-note
          08-27T09:10:00 birth system Signed
          08-27T09:10:00 birth system accept → received
        2026-08-27T09:20 one-stop birth/assign
          08-27T09:20:00 birth one-stop assign → under-review
        2026-08-27T10:00 specialist birth/request-supplement complete=false
          08-27T10:00:00 birth specialist request-supplement → supplement-requested
          08-27T10:00:00 · system wait → waiting (Thủ tục đăng ký khai sinh: Chờ bổ sung hồ sơ)
        2026-08-27T14:00 applicant birth/supplement
          08-27T14:00:00 birth applicant supplement → under-review
          08-27T14:00:00 · system go-on → in-progress
        2026-08-27T14:10 specialist birth/send-draft complete=true eligible=true marriage-found=true
          08-27T14:10:00 birth specialist send-draft → draft-sent
          08-27T14:10:00 · system wait → waiting (Thủ tục đăng ký khai sinh: Chờ người yêu cầu xác nhận biểu mẫu Giấy khai sinh điện tử)
        2026-08-27T14:20 applicant birth/confirm-draft
          08-27T14:20:00 birth applicant confirm-draft → awaiting-signature
          08-27T14:20:00 · system go-on → in-progress
        2026-08-27T15:00 approver birth/sign
          08-27T15:00:00 birth approver sign → signed
          08-27T15:00:00 residence system filed applicant=individual registration=relatives verification=false channel=online declaration kinship-proof
          08-27T15:00:00 residence system Signed
          08-27T15:00:00 card system filed channel=online declaration birth-certificate
          08-27T15:00:00 card system Signed
          08-27T15:00:00 card system accept → received
          no: result-exists birth
    "#]].assert_eq(&told);
}

/// What fell due before the move follows the version that is left, in the parts and in what follows from them.
#[test]
fn a_case_that_lapsed_before_the_move_does_not_move() {
    let two_days = "[part.residence]
procedure = \"permanent-residence\"";
    let lapses = format!(
        "[part.birth.term.supplement]
limit = \"2 working days\"
starts = [\"request-supplement\"]
stops = [\"supplement\"]
expires = \"lapse\"
law = [\"linked-time\"]

{two_days}"
    );
    let old = Desk::edited("birth-group", "2026-08-27", ("birth-group-2025-07", two_days, &lapses));
    let new = Desk::of("birth-group", "2026-09-03");
    let (case, _, _) = play(&old, FLIGHT);
    let migrate = "2026-09-10T09:00 applicant migrate";
    let no = pass(&case, (&old, &new), migrate).unwrap_err();
    let mut told = format!("{migrate}\n");
    refused(&no, &mut told);
    expect![[r#"
        2026-09-10T09:00 applicant migrate
          no: terminal stopped
    "#]]
    .assert_eq(&told);
}

/// A version that governs by itself is entered on its first day, by all at once, whenever somebody asks.
#[test]
fn a_case_enters_a_version_that_governs_by_itself_on_its_first_day() {
    let by_itself = ("birth-group-2026-09", "pinned = \"opt-in\"", "pinned = \"on-effect\"");
    let old = Desk::of("birth-group", "2026-08-27");
    let new = Desk::edited("birth-group", "2026-09-03", by_itself);
    let (case, _, _) = play(&old, FLIGHT);
    let on_time = pass(&case, (&old, &new), "2026-09-01T00:00 system migrate").unwrap();
    let migrate = "2026-09-20T09:00 system migrate";
    let late = pass(&case, (&old, &new), migrate).unwrap();
    assert_eq!(late[..on_time.len()], on_time);
    let mut moved = case;
    on_time.iter().for_each(|it| moved.evolve(it));
    assert_eq!(late[on_time.len()..], moved.expire(&new.cx(), moment("2026-09-20T09:00")));
    let mut told = format!("{migrate}\n");
    tell(&new.bundle, &late, &mut told);
    expect![[r#"
        2026-09-20T09:00 system migrate
          09-01T00:00:00 birth system Migrated
          09-01T00:00:00 · system Migrated
          09-10T23:59:59 birth system lapse → stopped
          09-10T23:59:59 · system go-on → in-progress
          09-10T23:59:59 · system stop → stopped (Thủ tục đăng ký khai sinh: Dừng xử lý; Đăng ký thường trú; Cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi)
    "#]].assert_eq(&told);
}

#[test]
fn a_bundle_is_read_back_from_its_own_print() {
    let desk = Desk::open("2024-09-10");
    for (_, procedure) in desk.bundle.procedures() {
        let mut sources = hoso::source::Sources::new();
        let file = sources.add("print", procedure.text());
        let again = hoso::definition::format_text(&sources, file).unwrap();
        assert_eq!(again, procedure.text());
    }
}

/// Whatever line of a bundle is missing or broken, the rest is read and nothing comes out half.
#[test]
fn a_broken_bundle_is_told_and_not_loaded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/linked");
    let mut whole = office::sources(&office::folder().join("life-cycles"));
    let mut text = String::new();
    for (_, source) in office::sources(&folder).iter() {
        match source.head() {
            Some("bundle") => text = source.text().into(),
            _ => drop(whole.add(source.name(), source.text())),
        }
    }
    let lines: Vec<&str> = text.lines().collect();
    for place in 0..lines.len() {
        let (before, after) = (lines[..place].join("\n"), lines[place + 1..].join("\n"));
        let broken = lines[place].replace(['"', ']'], "");
        for line in ["", &broken] {
            let mut sources = whole.clone();
            sources.add("it", format!("{before}\n{line}\n{after}"));
            let (_, bundles, found) = load_all(&sources);
            assert!(bundles.is_empty() || !hoso::diagnostic::any_error(&found), "{place}: {line}");
        }
    }
}

/// What somebody tries: minutes later, on the lead or a part, in a role, a step or a fact.
type Try = (u16, u8, u8, u8);

const ROLES: [&str; 5] = ["applicant", "one-stop", "specialist", "approver", "system"];

/// Names an attempt by what the present state offers, now and then by anything.
fn attempt(
    desk: &Desk,
    case: &LinkedDossier,
    (_, whom, who, what): Try,
    at: Moment,
) -> (Option<Id>, Actor, Order) {
    let parts: Vec<Id> = desk.bundle.parts().iter().map(|(_, name, _)| name).collect();
    let part = parts.get(usize::from(whom) % (parts.len() + 1)).copied();
    let role = ROLES[usize::from(who) % ROLES.len()];
    let actor = Actor::new(role, name(role));
    let options = case.options(&desk.cx(), part.as_ref(), &actor, at);
    let allowed: Vec<Id> = options
        .iter()
        .filter(|it| *it.verdict() == Verdict::Allowed)
        .map(|it| it.transition())
        .collect();
    let reason = Some("lý do".into());
    let order = match what % 8 {
        0 => Order::Facts(vec![(name("verification"), Value::Boolean(what > 99))]),
        1 => Order::Documents(vec![Received::handed_in(name("lease"))]),
        2 => Order::Take(Taking { reason, ..Taking::of(name("return")) }),
        _ if allowed.is_empty() => Order::Take(Taking { reason, ..Taking::of(name("assign")) }),
        _ => {
            let step = allowed[usize::from(what) % allowed.len()];
            let new_due = Some("2024-12-02".parse().unwrap());
            Order::Take(Taking { reason, new_due, ..Taking::of(step) })
        }
    };
    (part, actor, order)
}

/// The straight way, of which a walk goes some steps before people try what they like.
const STRAIGHT: [&str; 12] = [
    "2024-09-10T09:00 applicant file with-residence=true home=rented +form +birth-note +lease",
    "2024-09-10T09:10 one-stop accept",
    "2024-09-10T09:20 one-stop birth/assign",
    "2024-09-10T09:30 specialist birth/submit",
    "2024-09-10T10:00 approver birth/sign",
    "2024-09-10T10:30 one-stop residence/assign",
    "2024-09-10T10:30 one-stop card/assign",
    "2024-09-10T11:00 specialist card/submit",
    "2024-09-10T11:30 approver card/sign",
    "2024-09-10T14:00 specialist residence/submit",
    "2024-09-10T14:30 approver residence/sign",
    "2024-09-10T15:00 one-stop return",
];

/// Takes a case some steps along the straight way, and then lets everybody try something.
fn walk(desk: &Desk, steps: usize, tries: &[Try]) -> (LinkedDossier, Vec<Event>, Moment) {
    let cx = desk.cx();
    let (mut case, mut log, _) = play(desk, &STRAIGHT[..steps].join("\n"));
    let mut at = moment("2024-09-10T15:00");
    for (number, it) in (20..).zip(tries) {
        at += chrono::TimeDelta::minutes(it.0.into());
        let (part, actor, order) = attempt(desk, &case, *it, at);
        let command = Command::new(Uuid::from_u128(number), actor, order);
        let before = case.clone();
        if let Ok(events) = case.decide(&cx, part.as_ref(), &command, at) {
            events.iter().for_each(|it| case.evolve(it));
            assert_eq!(case.decide(&cx, part.as_ref(), &command, at), Ok(Vec::new()));
            assert!(case.expire(&cx, at).is_empty(), "nothing more follows by itself");
            log.extend(events);
        } else {
            assert_eq!(case, before);
        }
        check_together(desk, &case);
    }
    (case, log, at)
}

/// What holds of every case at every moment.
fn check_together(desk: &Desk, case: &LinkedDossier) {
    let lead = case.lead();
    let is_over = lead.portal_status().is_some_and(|it| it.is_terminal());
    let delivered = lead.portal_status().is_some_and(|it| it.code() == 10);
    for (name, standing) in case.standings(&desk.cx()) {
        let part = case.part(&name);
        assert!(lead.accepted().is_some() || part.is_none(), "{name} opened too early");
        assert!(!is_over || part.is_none_or(|it| it.ended().is_some()), "{name} outlives the case");
        let status = part.and_then(Dossier::portal_status);
        let returned = status.is_some_and(|it| it.code() == 10);
        assert!(!returned || is_over, "{name} was returned alone");
        assert!(!delivered || standing.is_over(), "{name} was forgotten: {standing:?}");
        if let PartStanding::Dropped(_) | PartStanding::LeftOut = standing {
            assert!(part.is_none());
        }
    }
}

/// Does what is left to do, everybody willing, until the case is over.
fn finish(desk: &Desk, case: &mut LinkedDossier, mut at: Moment) {
    let steps = [
        ("one-stop", "accept"),
        ("one-stop", "assign"),
        ("specialist", "submit"),
        ("approver", "sign"),
        ("one-stop", "confirm-stop"),
        ("applicant", "supplement"),
        ("one-stop", "confirm-payment"),
        ("applicant", "confirm"),
        ("applicant", "supplement-at-intake"),
        ("one-stop", "return"),
    ];
    for round in 0..40_u128 {
        let parts: Vec<Option<Id>> = core::iter::once(None)
            .chain(desk.bundle.parts().iter().map(|(_, it, _)| Some(it)))
            .collect();
        for (part, (role, step)) in parts.iter().flat_map(|part| steps.map(|step| (part, step))) {
            at += chrono::TimeDelta::minutes(1);
            let actor = Actor::new(&format!("{role} {round}"), name(role));
            let reason = Some("lý do".into());
            let order = Order::Take(Taking { reason, ..Taking::of(name(step)) });
            let id = Uuid::new_v5(&CASE, format!("{round} {part:?} {step}").as_bytes());
            if let Ok(events) =
                case.decide(&desk.cx(), part.as_ref(), &Command::new(id, actor, order), at)
            {
                events.iter().for_each(|it| case.evolve(it));
                check_together(desk, case);
            }
        }
        if case.lead().portal_status().unwrap().is_terminal() {
            return;
        }
    }
    panic!("stranded: {}", standing(desk, case));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever people try, in whatever order: the case stays whole, is rebuilt from its
    /// events, looks the same whenever somebody looks, and can still end.
    #[test]
    fn a_case_stays_whole_and_can_end(
        steps in 1..STRAIGHT.len(),
        tries in proptest::collection::vec((0_u16..2_000, any::<u8>(), any::<u8>(), any::<u8>()), 1..40),
    ) {
        static DESK: std::sync::LazyLock<Desk> = std::sync::LazyLock::new(|| Desk::open("2024-09-10"));
        let desk = &*DESK;
        let (mut case, log, at) = walk(desk, steps, &tries);
        check_replay(desk, &case, &log);
        let cx = desk.cx();
        let late = case.expire(&cx, at + chrono::TimeDelta::days(900));
        let (mut step, mut seen) = (case.clone(), Vec::new());
        for days in [3, 5, 8, 40, 300, 900] {
            let events = step.expire(&cx, at + chrono::TimeDelta::days(days));
            events.iter().for_each(|it| step.evolve(it));
            seen.extend(events);
        }
        prop_assert_eq!(late, seen);
        finish(desk, &mut case, at);
    }
}
