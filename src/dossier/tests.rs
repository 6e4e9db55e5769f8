use alloc::string::String;
use alloc::vec::Vec;
use std::format;

use expect_test::{Expect, expect};

use super::*;
use crate::calendar::Calendar;
use crate::definition::{Procedure, load};
use crate::fee::{self, Tariff};
use crate::source::Sources;

/// A procedure with every kind of condition, on the real life cycle.
const PERMIT: &str = r#"
format = 1
[procedure]
id = "permit"
version = "2020-01"
name = "Cấp phép mẫu"
authority = "district"
service-level = "full"
channels = ["counter", "online"]
effective = { from = 2020-01-01, until = 2025-07-01 }
life-cycle = "one-stop"
[fact.floors]
type = "integer"
range = [1, 200]
by = "applicant"
[fact.lawful]
type = "boolean"
by = "specialist"
[database.land]
name = "Cơ sở dữ liệu đất đai"
[document.form]
name = "Đơn đề nghị"
originals = 1
signed = "online"
[document.land-right]
name = "Giấy tờ đất"
copies = 1
replaced-by = "land"
[term.decision]
limit = "10 working days"
starts = "accept"
extend = { by = "5 working days" }
[[term.decision.case]]
when = "floors > 7"
limit = "20 working days"
[term.supplement]
limit = "7 working days"
starts = "request-supplement"
stops = "supplement"
expires = "lapse"
[consultation.fire-police]
name = "Cảnh sát phòng cháy"
when = "floors >= 7"
limit = "5 working days"
silence = "consent"
[consultation.heritage]
name = "Cơ quan văn hóa"
when = "floors >= 20"
limit = "5 working days"
silence = "escalate"
[transition.submit]
act = "plain"
from = "under-review"
to = "awaiting-signature"
by = "specialist"
when = "lawful and floors <= 100"
[transition.extend]
act = "extend"
from = "under-review"
to = "same"
by = "specialist"
needs = "reason"
clock = { decision = "extend" }
[fee.permit]
item = "construction-permit/house"
due-before = "sign"
"#;

fn sources(folder: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::new();
    for (name, text) in folder {
        sources.add(*name, *text);
    }
    sources
}

/// A counter with one clerk, one dossier and a wall clock that only we turn.
struct Desk {
    procedure: Procedure,
    calendar: Calendar,
    tariff: Tariff,
    dossier: Dossier,
    log: Vec<Event>,
    commands: u128,
}

impl Desk {
    fn new() -> Self {
        let (mut procedures, found) = load(&sources(&[
            ("a", PERMIT),
            ("b", include_str!("../../procedures/life-cycles/one-stop-2018-06.toml")),
            ("c", include_str!("../../procedures/life-cycles/one-stop-2020-05.toml")),
        ]));
        assert!(!crate::diagnostic::any_error(&found), "{found:?}");
        let (calendars, _) = Calendar::parse_all(&sources(&[
            ("a", include_str!("../../procedures/calendars/vietnam.toml")),
            ("b", include_str!("../../procedures/calendars/hanoi.toml")),
        ]));
        let (tariffs, _) = fee::load(&sources(&[
            ("a", include_str!("../../procedures/tariffs/vietnam.toml")),
            ("b", include_str!("../../procedures/tariffs/hanoi.toml")),
        ]));
        Self {
            procedure: procedures.pop().unwrap(),
            calendar: calendars.into_iter().find(|it| it.id() == "hanoi").unwrap(),
            tariff: tariffs.into_iter().find(|it| it.id() == "hanoi").unwrap(),
            dossier: Dossier::new(Uuid::nil()),
            log: Vec::new(),
            commands: 0,
        }
    }

    fn cx(&self) -> Context<'_> {
        Context::new(&self.procedure, &self.calendar, Some(&self.tariff))
    }

    /// Asks for something; says what came of it.
    fn ask(&mut self, at: &str, who: &str, order: Order) -> String {
        let (id, role) = who.split_once('/').unwrap_or((who, who));
        self.commands += 1;
        let actor = Actor::new(id, Id::parse(role).unwrap());
        let command = Command::new(Uuid::from_u128(self.commands), actor, order);
        self.send(at, &command)
    }

    fn send(&mut self, at: &str, command: &Command) -> String {
        let at = format!("{at}:00+07:00").parse().unwrap();
        match self.dossier.decide(&self.cx(), command, at) {
            Ok(events) => {
                events.iter().for_each(|it| self.dossier.evolve(it));
                self.log.extend(events);
                self.stand()
            }
            Err(rejection) => {
                let reasons =
                    rejection.reasons().map(|it| it.message(&self.procedure, Default::default()));
                reasons.collect::<Vec<_>>().join("\n")
            }
        }
    }

    fn take(&mut self, at: &str, who: &str, transition: &str) -> String {
        self.ask(at, who, taking(transition))
    }

    /// Says how the dossier stands: state, status, due moment, breaches.
    fn stand(&self) -> String {
        let due =
            self.dossier.due().map_or("-".into(), |it| format!("{}", it.format("%d/%m %H:%M")));
        let breaches: Vec<_> =
            self.dossier.breaches().iter().map(|it| String::from(it.rule.as_str())).collect();
        let (state, status) =
            (self.dossier.state().unwrap(), self.dossier.portal_status().unwrap());
        format!("{state} {status} due {due} {}", breaches.join(" ")).trim().into()
    }

    fn filed(channel: Channel, facts: &[(&str, Value)]) -> Self {
        let mut desk = Self::new();
        let facts = facts.iter().map(|(it, value)| (Id::parse(it).unwrap(), *value)).collect();
        let documents =
            ["form", "land-right"].map(|it| Received::handed_in(Id::parse(it).unwrap()));
        let filing = Filing { facts, documents: documents.into(), ..Filing::on(channel) };
        desk.ask("2023-03-06T08:30", "applicant", Order::File(filing));
        desk
    }

    /// Filed on Monday 6 March 2023, accepted and assigned the same morning.
    fn reviewed(floors: i64) -> Self {
        let facts = [("floors", Value::Integer(floors)), ("lawful", Value::Boolean(true))];
        let mut desk = Self::filed(Channel::Counter, &facts);
        desk.take("2023-03-06T09:00", "binh/one-stop", "accept");
        desk.take("2023-03-06T10:00", "binh/one-stop", "assign");
        desk
    }
}

fn taking(transition: &str) -> Order {
    Order::Take(Taking {
        reason: Some("vì lý do".into()),
        ..Taking::of(Id::parse(transition).unwrap())
    })
}

#[track_caller]
fn says(found: &str, expected: Expect) {
    expected.assert_eq(found);
}

fn name(text: &str) -> Id {
    Id::parse(text).unwrap()
}

#[test]
fn a_dossier_from_filing_to_result() {
    let mut desk = Desk::reviewed(3);
    says(&desk.stand(), expect![["under-review 4 due 20/03 23:59"]]);
    says(
        &desk.take("2023-03-08T09:00", "an/specialist", "submit"),
        expect![["awaiting-signature 4 due 20/03 23:59"]],
    );
    let fee = Order::Pay(Payment { fee: None, amount: crate::money::Dong::new(75_000) });
    desk.ask("2023-03-08T10:00", "binh/one-stop", fee);
    says(
        &desk.take("2023-03-09T09:00", "chi/approver", "sign"),
        expect![["signed 9 due 20/03 23:59"]],
    );
    says(
        &desk.take("2023-03-10T09:00", "binh/one-stop", "return"),
        expect![["returned 10 due 20/03 23:59"]],
    );
    says(
        &desk.take("2023-03-10T09:30", "chi/approver", "sign"),
        expect![["the dossier is closed: Returned (`returned`)"]],
    );
}

#[test]
fn every_reason_is_given_and_no_other() {
    let mut desk = Desk::filed(Channel::Online, &[("floors", Value::Integer(150))]);
    says(
        &desk.take("2023-03-06T09:00", "an/specialist", "accept"),
        expect![[r#"
            another role takes it; needed: One-stop unit (`one-stop`); found: Case officer (`specialist`)
            a signature is missing: Đơn đề nghị (`form`)"#]],
    );
    says(
        &desk.ask("2023-03-06T09:00", "applicant", Order::Sign { document: name("form") }),
        expect!["filed 1 due -"],
    );
    says(
        &desk.take("2023-03-06T09:30", "binh/one-stop", "accept"),
        expect!["received 2 due 03/04 23:59"],
    );
    says(
        &desk.take("2023-03-06T09:40", "binh/one-stop", "assign"),
        expect!["under-review 4 due 03/04 23:59"],
    );
    says(
        &desk.take("2023-03-06T09:50", "an/specialist", "submit"),
        expect![[r#"
        a fact is not known: `lawful`; needed: lawful; not known
        a condition is not met: `floors`; needed: floors <= 100; found: 150"#]],
    );
    says(
        &desk.take("2023-03-06T09:55", "an/specialist", "sign"),
        expect![
            "not possible in this state: Decide (`sign`); found: Under review (`under-review`)"
        ],
    );
    says(
        &desk.take("2023-03-06T09:56", "an/specialist", "sing"),
        expect!["the procedure has no such transition: `sing`; needed: Decide (`sign`)"],
    );
    let mut desk = Desk::reviewed(25);
    desk.take("2023-03-07T09:00", "an/specialist", "submit");
    says(
        &desk.take("2023-03-07T10:00", "an/approver", "sign"),
        expect![[r#"
            who took the earlier step may not take this one: Internal step (`submit`); found: an
            an agency was not asked: Cảnh sát phòng cháy (`fire-police`)
            an agency was not asked: Cơ quan văn hóa (`heritage`)
            a fee is not settled: `permit`; needed: 75.000 đ; paid: 0 đ"#]],
    );
    let without = Order::Take(Taking::of(name("refuse")));
    says(
        &desk.ask("2023-03-07T10:00", "chi/approver", without),
        expect!["reasons are required: Refuse on the merits (`refuse`)"],
    );
}

#[test]
fn a_supplement_restarts_the_term_and_a_second_one_is_a_breach() {
    let mut desk = Desk::reviewed(3);
    says(
        &desk.take("2023-03-08T09:00", "an/specialist", "request-supplement"),
        expect!["supplement-requested 5 due -"],
    );
    says(
        &desk.take("2023-03-10T09:00", "applicant", "supplement"),
        expect!["under-review 4 due 24/03 23:59"],
    );
    says(
        &desk.take("2023-03-13T09:00", "an/specialist", "request-supplement"),
        expect!["supplement-requested 5 due - second-supplement"],
    );
}

#[test]
fn a_late_notice_of_supplement_is_a_breach_and_blocks_nothing() {
    let mut desk = Desk::reviewed(3);
    says(
        &desk.take("2023-03-10T09:00", "an/specialist", "request-supplement"),
        expect!["supplement-requested 5 due - supplement-notice-late"],
    );
}

#[test]
fn silence_of_the_applicant_ends_the_dossier_at_its_own_moment() {
    let mut desk = Desk::reviewed(3);
    desk.take("2023-03-08T09:00", "an/specialist", "request-supplement");
    let next = desk.dossier.next_expiry(&desk.cx()).unwrap();
    says(&next.to_rfc3339(), expect!["2023-03-17T23:59:59+07:00"]);
    assert_eq!(desk.dossier.expire(&desk.cx(), next), []);
    let late = "2024-03-08T09:00:00+07:00".parse().unwrap();
    let events = desk.dossier.expire(&desk.cx(), late);
    assert_eq!(events, desk.dossier.expire(&desk.cx(), next + chrono::TimeDelta::seconds(1)));
    assert_eq!(events[0].at(), next);
    says(
        &desk.take("2024-03-08T09:00", "applicant", "supplement"),
        expect!["the dossier is closed: Stopped (`stopped`)"],
    );
    events.iter().for_each(|it| desk.dossier.evolve(it));
    says(&desk.stand(), expect!["stopped 8 due -"]);
}

#[test]
fn silence_of_agencies_is_consent_for_one_and_goes_up_for_the_other() {
    let mut desk = Desk::reviewed(25);
    desk.take("2023-03-07T09:00", "an/specialist", "consult");
    let fee =
        Order::Pay(Payment { fee: Some(name("permit")), amount: crate::money::Dong::new(75_000) });
    desk.ask("2023-03-07T09:30", "applicant", fee);
    desk.take("2023-03-07T10:00", "an/specialist", "submit");
    says(
        &desk.take("2023-03-13T09:00", "chi/approver", "sign"),
        expect![[r#"
            an agency has not answered: Cảnh sát phòng cháy (`fire-police`); answer due 2023-03-14 23:59
            an agency has not answered: Cơ quan văn hóa (`heritage`); answer due 2023-03-14 23:59"#]],
    );
    says(
        &desk.take("2023-03-15T09:00", "chi/approver", "sign"),
        expect![
            "an agency has not answered: Cơ quan văn hóa (`heritage`); answer due 2023-03-14 23:59"
        ],
    );
    let agree =
        Answer { consultation: name("heritage"), opinion: Opinion::Agree, facts: Vec::new() };
    says(
        &desk.ask("2023-03-15T10:00", "an/specialist", Order::Answer(agree.clone())),
        expect!["awaiting-signature 4 due 03/04 23:59"],
    );
    says(
        &desk.take("2023-03-15T11:00", "chi/approver", "sign"),
        expect!["signed 9 due 03/04 23:59"],
    );
    says(
        &desk.ask("2023-03-15T12:00", "an/specialist", Order::Answer(agree)),
        expect!["no consultation waits for an answer: Cơ quan văn hóa (`heritage`)"],
    );
}

#[test]
fn an_apology_renews_the_appointment_once() {
    let mut desk = Desk::reviewed(3);
    let apologise = |day: &str| {
        let new_due = Some(day.parse().unwrap());
        let reason = Some("chờ xác minh".into());
        Order::Take(Taking { new_due, reason, ..Taking::of(name("apologise")) })
    };
    says(
        &desk.take("2023-03-16T09:00", "an/specialist", "apologise"),
        expect!["a new day is required: Apologise and re-appoint (`apologise`)"],
    );
    says(
        &desk.ask("2023-03-16T09:00", "an/specialist", apologise("2023-03-20")),
        expect![
            "the new day must be later: Apologise and re-appoint (`apologise`); needed: 2023-03-20; found: 2023-03-20"
        ],
    );
    says(
        &desk.ask("2023-03-20T09:00", "an/specialist", apologise("2023-03-24")),
        expect!["under-review 4 due 24/03 23:59 apology-late"],
    );
    says(
        &desk.ask("2023-03-21T09:00", "an/specialist", apologise("2023-03-28")),
        expect![
            "the appointment may be changed only once: Apologise and re-appoint (`apologise`); needed: 1; found: 1"
        ],
    );
    let at = |text: &str| text.parse().unwrap();
    assert!(!desk.dossier.is_overdue(at("2023-03-24T23:59:59.9+07:00")));
    assert!(desk.dossier.is_overdue(at("2023-03-25T00:00:00+07:00")));
}

#[test]
fn a_term_is_extended_once_and_only_before_it_ends() {
    let mut desk = Desk::reviewed(3);
    says(
        &desk.take("2023-03-20T16:00", "an/specialist", "extend"),
        expect!["under-review 4 due 27/03 23:59"],
    );
    says(
        &desk.take("2023-03-21T16:00", "an/specialist", "extend"),
        expect!["extended as often as allowed: `decision`; needed: 1; found: 1"],
    );
    let mut desk = Desk::reviewed(3);
    says(
        &desk.take("2023-03-21T00:00", "an/specialist", "extend"),
        expect![
            "the term has ended and cannot be extended: `decision`; needed: 2023-03-20 23:59; found: 2023-03-21 00:00"
        ],
    );
}

#[test]
fn withdrawal_stops_at_the_result_and_can_be_turned_down() {
    let mut desk = Desk::reviewed(3);
    says(
        &desk.take("2023-03-07T09:00", "applicant", "withdraw"),
        expect!["withdrawal-requested 7 due 20/03 23:59"],
    );
    says(
        &desk.take("2023-03-07T10:00", "binh/one-stop", "refuse-withdrawal"),
        expect!["under-review 4 due 20/03 23:59"],
    );
    desk.take("2023-03-07T11:00", "an/approver", "refuse");
    says(
        &desk.take("2023-03-08T09:00", "applicant", "withdraw"),
        expect!["a result exists; found: 2023-03-07 11:00"],
    );
    let mut desk = Desk::reviewed(3);
    desk.take("2023-03-07T09:00", "applicant", "withdraw");
    says(
        &desk.take("2023-03-07T10:00", "binh/one-stop", "confirm-stop"),
        expect!["stopped 8 due 20/03 23:59"],
    );
}

#[test]
fn a_financial_obligation_suspends_the_term() {
    let mut desk = Desk::reviewed(3);
    let demand =
        Taking { amount: Some(crate::money::Dong::new(500)), ..Taking::of(name("demand-payment")) };
    says(
        &desk.ask("2023-03-08T09:00", "an/specialist", Order::Take(demand)),
        expect!["payment-demanded 6 due -"],
    );
    let pay = |amount| Payment {
        fee: Some(name("financial-obligation")),
        amount: crate::money::Dong::new(amount),
    };
    says(
        &desk.ask("2023-03-09T09:00", "applicant", Order::Pay(pay(600))),
        expect![
            "the payment is not positive, or more than is owed: `financial-obligation`; needed: 500 đ; found: 600 đ"
        ],
    );
    says(
        &desk.ask("2023-03-09T09:00", "applicant", Order::Pay(pay(200))),
        expect!["payment-demanded 6 due -"],
    );
    // The fee of the permit is another matter: the obligation is still waited for.
    let fee = Payment { fee: Some(name("permit")), amount: crate::money::Dong::new(75_000) };
    says(
        &desk.ask("2023-03-09T10:00", "applicant", Order::Pay(fee)),
        expect!["payment-demanded 6 due -"],
    );
    says(
        &desk.ask("2023-03-10T09:00", "applicant", Order::Pay(pay(300))),
        expect!["under-review 4 due 22/03 23:59"],
    );
}

#[test]
fn an_unknown_fact_leaves_the_due_date_unknown_until_it_is_known() {
    let mut desk = Desk::filed(Channel::Counter, &[]);
    says(&desk.take("2023-03-06T09:00", "binh/one-stop", "accept"), expect!["received 2 due -"]);
    says(
        &desk.ask(
            "2023-03-07T09:00",
            "an/specialist",
            Order::Facts([(name("floors"), Value::Integer(9))].into()),
        ),
        expect!["received 2 due 03/04 23:59"],
    );
    says(
        &desk.ask(
            "2023-03-07T09:00",
            "an/specialist",
            Order::Facts([(name("floors"), Value::Integer(900))].into()),
        ),
        expect![
            "the value is not of the fact's type or range: `floors`; needed: a whole number from 1 to 200; found: 900"
        ],
    );
    says(
        &desk.ask(
            "2023-03-07T09:00",
            "an/specialist",
            Order::Facts([(name("flors"), Value::Integer(9))].into()),
        ),
        expect!["the procedure does not declare this fact: `flors`; found: 9"],
    );
}

#[test]
fn a_command_is_followed_once_in_order_and_under_the_version_it_saw() {
    let mut desk = Desk::reviewed(3);
    let mut command =
        Command::new(Uuid::from_u128(99), Actor::new("an", name("specialist")), taking("verify"));
    command.expected_version = Some(2);
    says(
        &desk.send("2023-03-07T09:00", &command),
        expect!["the dossier has changed since; needed: 2; found: 3"],
    );
    command.expected_version = Some(3);
    says(
        &desk.send("2023-03-06T09:00", &command),
        expect!["earlier than the last command; needed: 2023-03-06 10:00; found: 2023-03-06 09:00"],
    );
    desk.send("2023-03-07T09:00", &command);
    let length = desk.log.len();
    command.expected_version = Some(9);
    desk.send("2023-03-08T09:00", &command);
    assert_eq!((desk.log.len(), desk.dossier.events_of(&command.id)), (length, Some((4, 4))));
}

fn supplemented() -> Desk {
    let mut desk = Desk::reviewed(25);
    desk.take("2023-03-08T09:00", "an/specialist", "consult");
    desk.take("2023-03-08T10:00", "an/specialist", "request-supplement");
    desk.take("2023-03-14T10:00", "applicant", "supplement");
    desk
}

/// A dossier's id and its events.
#[cfg(feature = "audit")]
pub(super) fn a_history() -> (Uuid, Vec<Event>) {
    (Uuid::nil(), supplemented().log)
}

#[test]
fn a_stored_dossier_replays_to_itself() {
    let desk = supplemented();
    assert_eq!(Dossier::replay(Uuid::nil(), &desk.log).unwrap(), desk.dossier);
    let stored = serde_json::to_string(&desk.log).unwrap();
    let back: Vec<Event> = serde_json::from_str(&stored).unwrap();
    assert_eq!(back, desk.log);
    let without = desk.log.iter().filter(|it| it.sequence() != 2);
    assert!(Dossier::replay(Uuid::nil(), without).unwrap_err().is_out_of_sequence());
    assert!(Dossier::replay(Uuid::max(), &desk.log).unwrap_err().is_out_of_sequence());
}

#[test]
fn what_the_world_must_do_follows_from_the_event() {
    let mut desk = Desk::reviewed(25);
    let after = |desk: &Desk| {
        let effects = effects(&desk.cx(), desk.log.last().unwrap(), &desk.dossier);
        effects.iter().map(|it| format!("{it:?}")).collect::<Vec<_>>().join("\n")
    };
    desk.take("2023-03-07T09:00", "an/specialist", "consult");
    says(
        &after(&desk),
        expect![[r#"
        Ask { consultation: "fire-police", due: Some(2023-03-14T23:59:59+07:00) }
        Ask { consultation: "heritage", due: Some(2023-03-14T23:59:59+07:00) }
        WakeUp { after: 2023-03-14T23:59:59+07:00 }"#]],
    );
    desk.take("2023-03-08T10:00", "an/specialist", "request-supplement");
    says(
        &after(&desk),
        expect![[r#"
        Send { act: RequestSupplement, form: Some(Form { instrument: LawIdx(15), number: "02" }), due: Some(2023-03-17T23:59:59+07:00) }
        WakeUp { after: 2023-03-14T23:59:59+07:00 }"#]],
    );
}

#[test]
fn an_event_names_the_definitions_that_decided() {
    let desk = Desk::reviewed(3);
    for event in &desk.log {
        assert_eq!(event.procedure(), desk.procedure.fingerprint());
        assert_eq!(*event.calendar(), desk.calendar.fingerprint());
        assert_eq!(event.tariff().copied(), Some(desk.tariff.fingerprint()));
        assert_eq!(event.id(), Uuid::new_v5(&Uuid::nil(), &event.sequence().to_be_bytes()));
    }
    assert_eq!(desk.dossier.procedure_version(), Some(*desk.procedure.version()));
}

#[test]
fn a_wait_counts_even_while_the_length_is_not_known() {
    let mut known = Desk::filed(Channel::Counter, &[("floors", Value::Integer(9))]);
    let mut unknown = Desk::filed(Channel::Counter, &[]);
    for desk in [&mut known, &mut unknown] {
        desk.take("2023-03-06T09:00", "binh/one-stop", "accept");
        desk.take("2023-03-06T10:00", "binh/one-stop", "assign");
        desk.take("2023-03-08T09:00", "an/specialist", "demand-payment");
        desk.take("2023-03-14T09:00", "binh/one-stop", "confirm-payment");
    }
    says(&unknown.stand(), expect!["under-review 4 due -"]);
    let floors = Order::Facts([(name("floors"), Value::Integer(9))].into());
    says(
        &unknown.ask("2023-03-15T09:00", "an/specialist", floors),
        expect!["under-review 4 due 07/04 23:59"],
    );
    assert_eq!(unknown.stand(), known.stand());
}

fn with_facts(transition: &str, facts: &[(&str, Value)]) -> Order {
    let facts = facts.iter().map(|(it, value)| (name(it), *value)).collect();
    Order::Take(Taking { facts, reason: Some("vì lý do".into()), ..Taking::of(name(transition)) })
}

#[test]
fn a_step_that_makes_the_length_known_keeps_its_own_effect() {
    let mut desk = Desk::filed(Channel::Counter, &[]);
    desk.take("2023-03-06T09:00", "binh/one-stop", "accept");
    desk.take("2023-03-06T10:00", "binh/one-stop", "assign");
    let ask = with_facts("request-supplement", &[("floors", Value::Integer(3))]);
    says(
        &desk.ask("2023-03-08T09:00", "an/specialist", ask),
        expect!["supplement-requested 5 due -"],
    );
    assert_eq!(desk.dossier.term(&name("decision")).unwrap().standing, Standing::Suspended);
    says(
        &desk.take("2023-03-10T09:00", "applicant", "supplement"),
        expect!["under-review 4 due 24/03 23:59"],
    );
}

#[test]
fn a_corrected_fact_corrects_the_term() {
    let mut desk = Desk::reviewed(3);
    says(&desk.stand(), expect!["under-review 4 due 20/03 23:59"]);
    let floors = Order::Facts([(name("floors"), Value::Integer(9))].into());
    says(
        &desk.ask("2023-03-08T09:00", "an/specialist", floors),
        expect!["under-review 4 due 03/04 23:59"],
    );
}

#[test]
fn nobody_is_late_for_the_silence_of_the_applicant() {
    let mut desk = Desk::reviewed(3);
    desk.take("2023-03-08T09:00", "an/specialist", "request-supplement");
    desk.take("2023-05-08T09:00", "applicant", "withdraw");
    assert!(!desk.dossier.is_overdue("2023-06-01T09:00:00+07:00".parse().unwrap()));
}

#[test]
fn obligations_add_up_and_what_was_paid_stays() {
    let mut desk = Desk::reviewed(3);
    let demand = |amount: Option<i64>| {
        Order::Take(Taking {
            amount: amount.map(crate::money::Dong::new),
            ..Taking::of(name("demand-payment"))
        })
    };
    let pay = |amount| {
        let fee = Some(name("financial-obligation"));
        Order::Pay(Payment { fee, amount: crate::money::Dong::new(amount) })
    };
    says(
        &desk.ask("2023-03-08T09:00", "an/specialist", demand(Some(-5))),
        expect![
            "the payment is not positive, or more than is owed: Demand payment (`demand-payment`); found: -5 đ"
        ],
    );
    desk.ask("2023-03-08T09:00", "an/specialist", demand(None));
    desk.ask("2023-03-08T10:00", "applicant", pay(500));
    desk.take("2023-03-08T11:00", "binh/one-stop", "confirm-payment");
    let owed = |desk: &Desk| {
        let charge =
            desk.dossier.charges().iter().find(|it| it.fee == "financial-obligation").unwrap();
        (charge.payer.map(|it| it.get()), charge.paid.get())
    };
    assert_eq!(owed(&desk), (Some(500), 500));
    desk.ask("2023-03-08T12:00", "an/specialist", demand(Some(70)));
    assert_eq!(owed(&desk), (Some(570), 500));
}

#[test]
fn an_apology_outlives_a_pause() {
    let mut desk = Desk::reviewed(3);
    let new_due = Some("2023-04-20".parse().unwrap());
    let sorry = Taking { new_due, reason: Some("chờ".into()), ..Taking::of(name("apologise")) };
    desk.ask("2023-03-09T09:00", "an/specialist", Order::Take(sorry.clone()));
    desk.take("2023-03-10T09:00", "an/specialist", "demand-payment");
    says(
        &desk.take("2023-03-14T09:00", "binh/one-stop", "confirm-payment"),
        expect!["under-review 4 due 20/04 23:59"],
    );
    let mut blank = Desk::filed(Channel::Counter, &[]);
    blank.take("2023-03-06T09:00", "binh/one-stop", "accept");
    says(
        &blank.ask("2023-03-09T09:00", "an/specialist", Order::Take(sorry)),
        expect!["there is no appointment yet: Apologise and re-appoint (`apologise`)"],
    );
}

#[test]
fn options_and_decisions_agree() {
    let mut desk = Desk::reviewed(3);
    desk.take("2023-03-08T09:00", "an/specialist", "extend");
    let verdict = |desk: &Desk, at: &str, transition: &str| {
        let actor = Actor::new("an", name("specialist"));
        let choices = desk.dossier.options(&desk.cx(), &actor, at.parse().unwrap());
        choices.into_iter().find(|it| it.transition() == transition).map(|it| it.verdict().clone())
    };
    let extend = verdict(&desk, "2023-03-09T09:00:00+07:00", "extend").unwrap();
    let Verdict::Refused(reasons) = extend else { panic!("{extend:?}") };
    assert_eq!(reasons[0].cause(), Cause::ExtensionLimit);
    desk.take("2023-03-10T09:00", "applicant", "withdraw");
    desk.take("2023-03-10T10:00", "binh/one-stop", "confirm-stop");
    assert_eq!(verdict(&desk, "2023-03-11T09:00:00+07:00", "extend"), None);
}

#[test]
fn who_acts_has_a_role_and_an_id_of_a_command_means_one_thing() {
    let mut desk = Desk::reviewed(3);
    let floors = || Order::Facts([(name("floors"), Value::Integer(4))].into());
    says(
        &desk.ask("2023-03-08T09:00", "x/ghost", floors()),
        expect!["another role takes it; found: `ghost`"],
    );
    let form = Order::Sign { document: name("form") };
    says(
        &desk.ask("2023-03-08T09:00", "an/specialist", form),
        expect!["another role takes it; found: Case officer (`specialist`)"],
    );
    let mut command =
        Command::new(Uuid::from_u128(3), Actor::new("an", name("specialist")), taking("verify"));
    says(
        &desk.send("2023-03-08T09:00", &command),
        expect![
            "the command id was used for another command: Assign (`assign`); found: Verify (`verify`)"
        ],
    );
    command.order = taking("assign");
    assert_eq!(
        desk.dossier.decide(&desk.cx(), &command, "2023-03-08T09:00:00+07:00".parse().unwrap()),
        Ok(Vec::new())
    );
    let early = Taking {
        competent: Some("2022-12-01T09:00:00+07:00".parse().unwrap()),
        ..Taking::of(name("accept"))
    };
    let mut filed = Desk::filed(Channel::Counter, &[("floors", Value::Integer(3))]);
    says(
        &filed.ask("2023-03-06T09:00", "binh/one-stop", Order::Take(early)),
        expect![[
            r#"the competent agency cannot have received it before it was filed; needed: 2023-03-06 08:30; found: 2022-12-01 09:00"#
        ]],
    );
}

#[test]
fn an_event_is_stored_as_it_was_yesterday() {
    let desk = Desk::filed(Channel::Counter, &[("floors", Value::Integer(3))]);
    let event = &desk.log[0];
    let mut stored = serde_json::to_string_pretty(event).unwrap();
    for fingerprint in [*event.procedure(), *event.calendar(), *event.tariff().unwrap()] {
        stored = stored.replace(&format!("{fingerprint}"), "…");
    }
    says(
        &stored,
        expect![[r#"
        {
          "dossier": "00000000-0000-0000-0000-000000000000",
          "sequence": 1,
          "at": "2023-03-06T08:30:00+07:00",
          "actor": {
            "id": "applicant",
            "role": "applicant"
          },
          "command": "00000000-0000-0000-0000-000000000001",
          "procedure": "…",
          "calendar": "…",
          "tariff": "…",
          "happened": {
            "filed": {
              "transition": "file",
              "procedure": "permit",
              "version": "2020-05",
              "channel": "counter",
              "state": "filed",
              "portal-status": 1,
              "facts": {
                "floors": 3,
                "channel": "counter"
              },
              "documents": [
                {
                  "document": "form"
                },
                {
                  "document": "land-right"
                }
              ],
              "charges": [
                {
                  "fee": "permit",
                  "item": "construction-permit/house",
                  "payer": 75000,
                  "paid": 0
                }
              ]
            }
          }
        }"#]],
    );
}
