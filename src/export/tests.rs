use std::string::String;
use std::vec::Vec;

use uuid::Uuid;

use super::{bpmn, dot_bundle, mermaid_bundle, pnml};
use crate::calendar::Calendar;
use crate::definition::{self, Channel, Procedure};
use crate::dossier::{
    Actor, Answer, Command, Context, Dossier, Event, Filing, Opinion, Order, Received, Taking,
};
use crate::id::Id;
use crate::source::Sources;
use crate::text::Lang;

/// A small procedure with one of everything that a view must show, and words that need escaping.
pub(super) const SAMPLE: &str = r##"
format = 1
[procedure]
id = "sample"
code = "1.000000"
version = "2025-07"
name = { vi = "Thủ tục “mẫu” <A & B>", en = "Sample \"A & B\"" }
authority = "commune"
service-level = "full"
channels = ["counter", "online"]
effective = { from = 2025-07-01 }
law = ["decree"]
[law.decree]
instrument = "118/2025/NĐ-CP"
article = "17(1)"
[law.forms]
instrument = "03/2025/TT-VPCP"
[fact.channel]
type = "choice"
values = ["counter", "online"]
[fact.floors]
name = { vi = "Số tầng", en = "Floors" }
type = "integer"
range = [1, 9]
by = "applicant"
[fact.use]
type = "choice"
values = ["home", "shop"]
by = "applicant"
[fact.complete]
type = "boolean"
by = "officer"
[role.applicant]
name = { vi = "Người nộp", en = "Applicant" }
[role.officer]
name = { vi = "Công chức", en = "Officer" }
[role.chair]
name = { vi = "Chủ tịch", en = "Chair" }
[role.system]
name = { vi = "Hệ thống", en = "System" }
[database.land]
name = { vi = "CSDL đất đai", en = "Land database" }
[document.form]
name = { vi = "Đơn; mẫu: #1", en = "Form; number: #1" }
form = "forms/01"
originals = 1
law = ["decree"]
[document.title]
name = { vi = "Giấy tờ đất", en = "Land title" }
copies = 1
replaced-by = "land"
[document.drawing]
name = { vi = "Bản vẽ", en = "Drawing" }
originals = 2
when = "(floors >= 3 or use == shop) and channel != online"
[result.permit]
name = { vi = "Giấy phép", en = "Permit" }
code = "KQ.G17.000311"
[term.decision]
name = { vi = "Thời hạn giải quyết", en = "Statutory term" }
limit = "15 days"
starts = "accept"
law = ["decree"]
[term.supplement]
limit = "30 days"
starts = "request-supplement"
stops = "supplement"
expires = "lapse"
[consultation.fire]
name = { vi = "Cảnh sát PCCC", en = "Fire police" }
when = "floors >= 7"
limit = "12 days"
silence = "consent"
[state.filed]
name = { vi = "Mới nộp: chờ \"xem\"", en = "Filed" }
role = "officer"
portal-status = 1
[state.under-review]
name = { vi = "Đang thẩm định", en = "Under review" }
role = "officer"
portal-status = 4
[state.supplement-requested]
name = { vi = "Chờ bổ sung", en = "Supplement awaited" }
waits-for = "applicant"
portal-status = 5
[state.withdrawal-requested]
name = { vi = "Yêu cầu rút", en = "Withdrawal requested" }
role = "officer"
portal-status = 7
[state.signed]
name = { vi = "Đã ký", en = "Signed" }
role = "officer"
portal-status = 9
[state.stopped]
name = { vi = "Dừng", en = "Stopped" }
portal-status = 8
[state.returned]
name = { vi = "Đã trả", en = "Returned" }
portal-status = 10
[transition.file]
act = "file"
to = "filed"
by = ["applicant", "officer"]
[transition.accept]
act = "accept"
from = "filed"
to = "under-review"
by = "officer"
needs = "documents"
law = ["decree"]
[transition.consult]
act = "consult"
from = "under-review"
to = "same"
by = "officer"
[transition.request-supplement]
act = "request-supplement"
from = "under-review"
to = "supplement-requested"
by = "officer"
when = "not complete"
[transition.supplement]
act = "supplement"
from = "supplement-requested"
to = "under-review"
by = "applicant"
[transition.lapse]
name = { vi = "Hết hạn bổ sung", en = "Lapse" }
act = "stop"
from = "supplement-requested"
to = "stopped"
by = "system"
[transition.sign]
act = "decide"
from = "under-review"
to = "signed"
by = "chair"
when = "complete"
needs = ["consultations-answered"]
result = "permit"
law = ["decree"]
[transition.withdraw]
act = "withdraw"
from = ["filed", "under-review"]
to = "withdrawal-requested"
by = "applicant"
[transition.refuse-withdrawal]
act = "refuse-withdrawal"
from = "withdrawal-requested"
to = "previous"
by = "officer"
[transition.confirm-stop]
act = "confirm-stop"
from = "withdrawal-requested"
to = "stopped"
by = "officer"
[transition.return]
act = "return"
from = "signed"
to = "returned"
by = "officer"
[fee.permit]
item = "construction-permit/house"
name = { vi = "Lệ phí", en = "Fee" }
"##;

/// Loads one procedure.
pub(super) fn procedure(text: &str) -> Procedure {
    let mut sources = Sources::new();
    sources.add("sample.toml", text);
    let (procedures, found) = definition::load(&sources);
    let errors: Vec<String> = found
        .iter()
        .filter(|it| it.severity() == crate::diagnostic::Severity::Error)
        .map(|it| std::format!("{}: {}", it.code(), it.message()))
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    procedures.into_iter().next().unwrap()
}

/// What became of one sample: an agency answers, the fee is paid, facts come late.
pub(super) fn events(procedure: &Procedure) -> Vec<Event> {
    use crate::definition::fact::Value;
    let mut sources = Sources::new();
    sources.add("vietnam", include_str!("../../procedures/calendars/vietnam.toml"));
    let (calendars, _) = Calendar::parse_all(&sources);
    let cx = Context::new(procedure, &calendars[0], None);
    let id = |it: &str| Id::parse(it).unwrap();
    let facts = |all: &[(&str, Value)]| all.iter().map(|(it, value)| (id(it), *value)).collect();
    let take = |it: &str| Order::Take(Taking::of(id(it)));
    let floors = facts(&[("floors", Value::Integer(7)), ("use", Value::Choice(id("home")))]);
    let documents = ["form", "drawing"].map(|it| Received::handed_in(id(it)));
    let land = Received { document: id("title"), database: Some(id("land")) };
    let documents = documents.into_iter().chain([land]).collect();
    let orders = [
        (
            "chi <a&b>/applicant",
            Order::File(Filing { facts: floors, documents, ..Filing::on(Channel::Counter) }),
        ),
        ("binh/officer", take("accept")),
        ("binh/officer", Order::Facts(facts(&[("complete", Value::Boolean(true))]))),
        ("binh/officer", take("consult")),
        (
            "fire/officer",
            Order::Answer(Answer {
                consultation: id("fire"),
                opinion: Opinion::Agree,
                facts: Vec::new(),
            }),
        ),
        ("an/chair", take("sign")),
        ("binh/officer", take("return")),
    ];
    let mut dossier = Dossier::new(Uuid::nil());
    let mut events = Vec::new();
    for (place, (who, order)) in (1_u8..).zip(orders) {
        let (who, role) = who.split_once('/').unwrap();
        let command = Command::new(Uuid::from_u128(place.into()), Actor::new(who, id(role)), order);
        let at = std::format!("2025-07-{place:02}T08:00:00+07:00").parse().unwrap();
        for event in dossier.decide(&cx, &command, at).unwrap() {
            dossier.evolve(&event);
            events.push(event);
        }
    }
    events
}

/// A state called like a standing, and a step that leads back from two states.
const ALIKE: &str = r#"
[state.under-review-due]
name = "Đến hạn"
role = "officer"
portal-status = 4
[transition.linger]
act = "plain"
from = "under-review"
to = "under-review-due"
by = "officer"
[transition.go-back]
act = "plain"
from = ["under-review-due", "signed", "supplement-requested"]
to = "previous"
by = "officer"
[transition.ask-late]
act = "request-supplement"
from = ["under-review-due", "signed"]
to = "supplement-requested"
by = "officer"
[transition.return-again]
act = "plain"
from = "supplement-requested"
to = "signed"
by = "officer"
"#;

#[test]
fn no_two_elements_of_a_document_share_an_identifier() {
    let procedure = procedure(&[SAMPLE, ALIKE].concat());
    let texts = [bpmn(&procedure, Lang::En), pnml(&procedure, Lang::En)];
    for text in texts.map(Option::unwrap) {
        let mut ids: Vec<&str> =
            text.split(" id=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
        ids.sort_unstable();
        let twice: Vec<&[&str]> = ids.windows(2).filter(|it| it[0] == it[1]).collect();
        assert!(ids.len() > 50 && twice.is_empty(), "{twice:?}");
    }
}

#[test]
fn a_net_or_chart_that_would_explode_is_not_drawn() {
    let names: Vec<String> = (0..110).map(|it| std::format!("\"s{it}\"")).collect();
    let from = names.join(", ");
    let states = (0..110).map(|it| {
        std::format!("[state.s{it}]\nname = \"S\"\nrole = \"officer\"\nportal-status = 4\n")
    });
    let step = |it: usize, from: &str, to: &str| {
        std::format!(
            "[transition.x{it}]\nact = \"plain\"\nfrom = [{from}]\nto = \"{to}\"\nby = \"officer\"\n"
        )
    };
    let onward = (0..110).map(|it| step(it, &from, &std::format!("s{it}")));
    let back = (110..113).map(|it| step(it, &from, "previous"));
    let enter = step(200, "\"filed\"", "s0");
    let text: String =
        [SAMPLE.into(), enter].into_iter().chain(states).chain(onward).chain(back).collect();
    let procedure = procedure(&text);
    assert_eq!((bpmn(&procedure, Lang::En), pnml(&procedure, Lang::En)), (None, None));
}

/// Two samples, of which the second waits for the result of the first.
const PAIR: &str = r#"
format = 1
[bundle]
id = "pair"
version = "2025-07"
name = { vi = "Nhóm", en = "Pair" }
authority = "commune"
service-level = "full"
channels = ["counter"]
effective = { from = 2025-07-01 }
[fact.second]
type = "boolean"
[role.applicant]
name = { vi = "Người nộp", en = "Applicant" }
[role.system]
name = { vi = "Hệ thống", en = "System" }
[state.open]
name = { vi = "Mở", en = "Open" }
role = "system"
portal-status = 2
[state.ready]
name = { vi = "Xong", en = "Ready" }
role = "system"
portal-status = 9
[state.refused]
name = { vi = "Từ chối", en = "Refused" }
role = "system"
portal-status = 9
[state.stopped]
name = { vi = "Dừng", en = "Stopped" }
portal-status = 8
[state.returned]
name = { vi = "Đã trả", en = "Returned" }
portal-status = 10
[transition.return]
act = "return"
from = ["ready", "refused"]
to = "returned"
by = "system"
[transition.file]
act = "file"
to = "open"
by = "applicant"
[transition.accept]
act = "accept"
from = "open"
to = "open"
by = "system"
[transition.complete]
act = "decide"
from = "open"
to = "ready"
by = "system"
[transition.refuse]
act = "refuse"
from = "open"
to = "refused"
by = "system"
[transition.stop]
act = "stop"
from = "open"
to = "stopped"
by = "system"
[part.first-one]
procedure = "sample"
[part.second]
procedure = "sample"
after = ["first-one"]
when = "second"
documents = { form = "part.first-one" }
[delivery]
parts = ["first-one", "second"]
"#;

#[test]
fn a_bundle_is_drawn_with_its_parts_and_what_opens_them() {
    let mut sources = Sources::new();
    sources.add("sample.toml", SAMPLE);
    sources.add("pair.toml", PAIR);
    let (_, bundles, found) = definition::load_all(&sources);
    assert!(!crate::diagnostic::any_error(&found), "{found:?}");
    let drawn = mermaid_bundle(&bundles[0], Lang::En);
    let own = |line: &&str| !line.contains("__") && !line.contains("class");
    let outline: Vec<&str> = drawn.lines().filter(own).collect();
    let wanted = "stateDiagram-v2
  state \"Pair\" as lead {
  }
  state \"Sample #34;A #38; B#34;\" as part_first_one {
  }
  state \"Sample #34;A #38; B#34;\" as part_second {
  }
  lead --> part_first_one : accepted
  part_first_one --> part_second : result [second]";
    assert_eq!(outline.join("\n"), wanted);
    let drawn = dot_bundle(&bundles[0], Lang::En);
    let opening = "  part_first_one__start -> part_second__start [label=\"result [second]\", style=bold, ltail=cluster_part_first_one, lhead=cluster_part_second];\n";
    assert!(drawn.contains(opening), "{drawn}");
    assert_eq!(drawn.matches("subgraph cluster_").count(), 3);
    assert_eq!(drawn.matches('{').count(), drawn.matches('}').count());
}
