//! Two versions of a small permit, and a dossier that passes from one to the other.

mod moves;
mod plan;
mod properties;

use alloc::string::String;
use alloc::vec::Vec;
use std::format;

use uuid::Uuid;

use super::*;
use crate::calendar::Calendar;
use crate::definition::fact::Value;
use crate::definition::{Channel, load};
use crate::dossier::{Actor, Filing, Order, Received, Taking};
use crate::fee::{self, Tariff};
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
    fn accepted(changes: &[(&str, &str)], added: &str, facts: &[(&str, Value)]) -> Self {
        Self::between(versions(&later(changes, added)), facts)
    }

    /// Accepted on Monday 15 December 2025 under the first of two versions.
    fn between((old, new): (Procedure, Procedure), facts: &[(&str, Value)]) -> Self {
        let mut sources = Sources::new();
        sources.add("v", include_str!("../../../../procedures/calendars/vietnam.toml"));
        sources.add("h", include_str!("../../../../procedures/calendars/hanoi.toml"));
        let (calendars, _) = Calendar::parse_all(&sources);
        let calendar = calendars.into_iter().find(|it| it.id() == "hanoi").unwrap();
        sources.add("t", include_str!("../../../../procedures/tariffs/vietnam.toml"));
        sources.add("u", include_str!("../../../../procedures/tariffs/hanoi.toml"));
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
        self.ask_at(format!("{at}:00+07:00").parse().unwrap(), role, order)
    }

    fn ask_at(&mut self, at: Moment, role: &str, order: Order) -> String {
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
