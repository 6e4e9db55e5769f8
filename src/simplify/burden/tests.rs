//! What counts as a unit, and what is none.

use std::format;
use std::string::String;

use expect_test::{Expect, expect};

use super::*;
use crate::definition::load;
use crate::source::Sources;

/// A procedure with one unit of most kinds, as many tests change it.
pub(crate) const BASE: &str = r#"format = 1

[procedure]
id = "stall-permit"
version = "2025-07"
name = "Giấy phép mặt bằng"
authority = "commune"
service-level = "full"
channels = ["counter"]
effective = { from = 2025-07-01 }

[law.decree]
instrument = "1/2025/NĐ-CP"

[fact.eligible]
type = "boolean"
by = "officer"

[role.applicant]
name = "Người nộp hồ sơ"

[role.system]
name = "Hệ thống"

[role.officer]
name = "Công chức"

[role.chair]
name = { vi = "Chủ tịch", en = "Chair" }

[document.application]
name = { vi = "Đơn đề nghị", en = "Application" }
form = "decree/01"
originals = 1
fields = 20

[document.identity]
name = { vi = "Căn cước", en = "Identity card" }
copies = 2
certified = true
law = ["decree"]

[result.permit]
name = { vi = "Giấy phép", en = "Permit" }

[result.refusal]
name = "Thông báo từ chối"

[term.decision]
limit = "5 working days"
starts = ["accept"]
law = ["decree"]

[term.supplement]
limit = "30 days"
starts = ["request-supplement"]
expires = "lapse"
law = ["decree"]

[state.filed]
name = { vi = "Mới nộp", en = "Filed" }
role = "officer"
portal-status = 1

[state.awaiting-supplement]
name = "Chờ bổ sung"
waits-for = "applicant"
portal-status = 5

[state.awaiting-signature]
name = { vi = "Chờ ký", en = "Awaiting signature" }
role = "chair"
portal-status = 4

[state.signed]
name = { vi = "Đã ký", en = "Signed" }
role = "officer"
portal-status = 9

[state.returned]
name = "Đã trả"
portal-status = 10

[state.stopped]
name = "Dừng"
portal-status = 8

[transition.lapse]
act = "stop"
from = ["awaiting-supplement"]
to = "stopped"
by = ["system"]

[transition.file]
act = "file"
to = "filed"
by = ["applicant"]

[transition.accept]
act = "accept"
from = ["filed"]
to = "awaiting-signature"
by = ["officer"]
needs = ["documents"]

[transition.ask]
act = "request-supplement"
from = ["filed"]
to = "awaiting-supplement"
by = ["officer"]

[transition.supplement]
act = "supplement"
from = ["awaiting-supplement"]
to = "filed"
by = ["applicant"]

[transition.sign]
act = "decide"
from = ["awaiting-signature"]
to = "signed"
by = ["chair"]
when = "eligible"
result = "permit"
law = ["decree"]

[transition.refuse]
act = "refuse"
from = ["awaiting-signature"]
to = "signed"
by = ["chair"]
when = "not eligible"
result = "refusal"

[transition.return]
act = "return"
from = ["signed"]
to = "returned"
by = ["officer"]

[fee.permit]
item = "stall"
"#;

fn check(text: &str, expect: &Expect) {
    let mut sources = Sources::new();
    sources.add("stall-permit.toml", text);
    let (procedures, found) = load(&sources);
    assert!(found.is_empty(), "{found:?}");
    let listed: String = burdens(&Design::of(&procedures[0]))
        .iter()
        .map(|it| {
            let measured = it.measures().iter().filter(|(_, count)| *count > 0);
            let measures: String = measured.map(|(it, count)| format!(" {it}={count}")).collect();
            let law: String = it.law().iter().map(|it| format!(" [{}]", it.instrument())).collect();
            format!("{} {} ({}){measures}{law}\n", it.kind(), it.at(), it.bearer(Lang::En))
        })
        .collect();
    expect.assert_eq(&listed);
}

#[test]
fn every_unit_has_a_kind_a_bearer_its_measures_and_its_law() {
    check(
        BASE,
        &expect![[r#"
        form document.application (The applicant) originals=1 fields=20
        document document.identity (The applicant) copies=2 certified-copies=2 [1/2025/NĐ-CP]
        step state.filed (Công chức) visits=1
        step state.awaiting-signature (Chair) hand-offs=1
        step state.signed (Công chức) hand-offs=1
        condition fact.eligible (The applicant) [1/2025/NĐ-CP]
        result result.permit (The applicant) visits=1
        fee fee.permit (The applicant)
    "#]],
    );
}

#[test]
fn what_a_shared_database_answers_is_no_burden() {
    let text = BASE.replace("certified = true", "certified = true\nreplaced-by = ['population']")
        + "[database.population]\nname = 'Cơ sở dữ liệu quốc gia về dân cư'\n";
    check(
        &text,
        &expect![[r#"
        form document.application (The applicant) originals=1 fields=20
        step state.filed (Công chức) visits=1
        step state.awaiting-signature (Chair) hand-offs=1
        step state.signed (Công chức) hand-offs=1
        condition fact.eligible (The applicant) [1/2025/NĐ-CP]
        result result.permit (The applicant) visits=1
        fee fee.permit (The applicant)
    "#]],
    );
}

#[test]
fn a_channel_without_a_journey_spares_the_visits() {
    check(
        &BASE.replace("[\"counter\"]", "[\"counter\", \"online\"]"),
        &expect![[r#"
        form document.application (The applicant) originals=1 fields=20
        document document.identity (The applicant) copies=2 certified-copies=2 [1/2025/NĐ-CP]
        step state.filed (Công chức)
        step state.awaiting-signature (Chair) hand-offs=1
        step state.signed (Công chức) hand-offs=1
        condition fact.eligible (The applicant) [1/2025/NĐ-CP]
        result result.permit (The applicant)
        fee fee.permit (The applicant)
    "#]],
    );
}

#[test]
fn a_report_that_is_owed_is_a_unit() {
    let report = "[report.yearly]\nname = 'Báo cáo hằng năm'\ntimes-a-year = 2\nlaw = ['decree']\n";
    check(
        &format!("{BASE}{report}"),
        &expect![[r#"
        form document.application (The applicant) originals=1 fields=20
        document document.identity (The applicant) copies=2 certified-copies=2 [1/2025/NĐ-CP]
        step state.filed (Công chức) visits=1
        step state.awaiting-signature (Chair) hand-offs=1
        step state.signed (Công chức) hand-offs=1
        condition fact.eligible (The applicant) [1/2025/NĐ-CP]
        result result.permit (The applicant) visits=1
        fee fee.permit (The applicant)
        report report.yearly (The applicant) times-a-year=2 [1/2025/NĐ-CP]
    "#]],
    );
}
