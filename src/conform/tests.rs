use std::format;
use std::string::{String, ToString as _};
use std::vec::Vec;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::calendar::{Calendar, Moment};
use crate::definition::{self, Procedure};
use crate::dossier::ActorId;
use crate::id::Id;
use crate::source::Sources;
use crate::text::Lang;

/// A way with a loop, a way back, an agency, four eyes, a count and an expiry.
const PERMIT: &str = r#"
format = 1
[procedure]
id = "permit"
version = "2025-07"
name = { vi = "Cấp phép", en = "Permit" }
authority = "commune"
service-level = "full"
channels = ["counter", "online"]
effective = { from = 2025-07-01 }
[law.decree]
instrument = "118/2025/NĐ-CP"
article = "17"
[fact.floors]
type = "integer"
range = [1, 9]
[role.applicant]
name = { vi = "Người nộp", en = "Applicant" }
[role.officer]
name = { vi = "Công chức", en = "Officer" }
[role.chair]
name = { vi = "Chủ tịch", en = "Chair" }
[role.system]
name = { vi = "Hệ thống", en = "System" }
[term.decision]
limit = "5 working days"
starts = "accept"
law = ["decree"]
[term.supplement]
limit = "30 days"
starts = "request-supplement"
stops = "supplement"
expires = "lapse"
[consultation.fire]
name = { vi = "Cảnh sát PCCC", en = "Fire police" }
when = "floors >= 3"
limit = "2 working days"
silence = "escalate"
law = ["decree"]
[state.filed]
name = "Mới nộp"
role = "officer"
portal-status = 1
[state.review]
name = "Thẩm định"
role = "officer"
portal-status = 4
[state.asked]
name = "Chờ bổ sung"
waits-for = "applicant"
portal-status = 5
[state.withdrawing]
name = "Rút"
role = "officer"
portal-status = 7
[state.signed]
name = "Đã ký"
role = "officer"
portal-status = 9
[state.stopped]
name = "Dừng"
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
[transition.consult]
act = "consult"
from = "review"
to = "same"
by = "officer"
[transition.request-supplement]
act = "request-supplement"
from = "review"
to = "asked"
by = "officer"
at-most = 1
clock = { decision = "suspend" }
[transition.supplement]
act = "supplement"
from = "asked"
to = "review"
by = "applicant"
clock = { decision = "resume" }
[transition.lapse]
name = { vi = "Hết hạn", en = "Lapse" }
act = "stop"
from = "asked"
to = "stopped"
by = "system"
[transition.withdraw]
act = "withdraw"
from = ["filed", "review"]
to = "withdrawing"
by = "applicant"
[transition.refuse-withdrawal]
act = "refuse-withdrawal"
from = "withdrawing"
to = "previous"
by = "officer"
[transition.confirm-stop]
act = "confirm-stop"
from = "withdrawing"
to = "stopped"
by = "officer"
[transition.sign]
act = "decide"
from = "review"
to = "signed"
by = "chair"
when = "floors <= 7"
needs = ["consultations-answered"]
not-by-who-did = ["accept"]
law = ["decree"]
[transition.return]
act = "return"
from = "signed"
to = "returned"
by = "officer"
"#;

fn procedure() -> Procedure {
    let mut sources = Sources::new();
    sources.add("permit.toml", PERMIT);
    let (procedures, found) = definition::load(&sources);
    assert!(!crate::diagnostic::any_error(&found), "{found:?}");
    procedures.into_iter().next().unwrap()
}

fn calendar() -> Calendar {
    let mut sources = Sources::new();
    sources.add("vietnam", include_str!("../../procedures/calendars/vietnam.toml"));
    Calendar::parse_all(&sources).0.into_iter().next().unwrap()
}

fn id(name: &str) -> Id {
    Id::parse(name).unwrap()
}

/// Reads lines such as `03/07 09:00 accept an/officer floors=3`.
fn trace(lines: &str) -> Trace {
    let procedure = procedure();
    let entry = |line: &str| {
        let mut words = line.split_whitespace();
        let (day, time) = (words.next().unwrap(), words.next().unwrap());
        let (day, month) = day.split_once('/').unwrap();
        let at = format!("2025-{month}-{day}T{time}:00+07:00").parse().unwrap();
        let activity = match words.next().unwrap() {
            "-" => Activity::Beside,
            word => Activity::Named(word.replace('_', " ").into()),
        };
        let mut entry = Entry::new(activity, at);
        for word in words {
            if let Some((actor, role)) = word.split_once('/') {
                entry.actor = Some(ActorId::new(actor));
                entry.role = Some(id(role));
            } else {
                let (name, _) = word.split_once('=').unwrap();
                entry.facts.push((id(name), procedure.facts().parse(word).unwrap().1));
            }
        }
        entry
    };
    let lines = lines.lines().map(str::trim).filter(|it| !it.is_empty());
    Trace { entries: lines.map(entry).collect(), ..Trace::default() }
}

/// Says what differs, and how the record and the procedure fit together.
fn replayed(lines: &str, ending: Ending) -> String {
    let (procedure, calendar, trace) = (procedure(), calendar(), trace(lines));
    let mut model = Model::new(&procedure).unwrap();
    let as_of: Moment = "2025-12-01T08:00:00+07:00".parse().unwrap();
    let it = replay(&mut model, &calendar, &trace, ending, as_of).unwrap();
    let state = it.state().map_or("-".into(), |it| it.to_string());
    let due = it.due().map_or("-".into(), |it| format!("{}", it.format("%d/%m")));
    let mut said = format!("cost {} · {state} · due {due}\n", it.alignment().cost());
    for deviation in it.deviations() {
        let law: Vec<String> =
            procedure.cited(deviation.law()).map(|it| it.display(Lang::En)).collect();
        let place = deviation.place().map_or("end".into(), |it| format!("{}", it + 1));
        let message = deviation.message(&procedure, Lang::En);
        said += &format!("{place} {} {message} {}\n", deviation.code(), law.join(", "));
    }
    said
}

#[track_caller]
fn check(lines: &str, expected: Expect) {
    expected.assert_eq(&replayed(lines, Ending::Required));
}

#[test]
fn what_follows_the_definition_has_no_deviation() {
    let lines = "
        01/07 08:00 file chi/applicant floors=2
        01/07 09:00 Tiếp_nhận_hồ_sơ an/officer
        04/07 09:00 Request_a_supplement an/officer
        07/07 09:00 supplement chi/applicant
        09/07 09:00 DECIDE binh/chair
        09/07 10:00 tra_ket_qua an/officer";
    check(
        lines,
        expect![[r#"
            cost 0 · returned · due 09/07
        "#]],
    );
}

#[test]
fn the_law_is_asked_along_the_way() {
    let lines = "
        01/07 08:00 file chi/applicant
        01/07 09:00 accept an/officer floors=8
        02/07 09:00 request-supplement chi/applicant
        03/07 09:00 supplement chi/applicant
        04/07 09:00 request-supplement an/officer
        05/07 09:00 supplement chi/applicant
        21/07 09:00 sign an/chair
        22/07 09:00 return an/officer";
    check(
        lines,
        expect![[r#"
        cost 0 · returned · due 09/07
        3 role-not-allowed Request a supplement (`request-supplement`): another role takes it; needed: Officer (`officer`); found: Applicant (`applicant`) 
        5 at-most Request a supplement (`request-supplement`): taken as often as allowed: Request a supplement (`request-supplement`); needed: 1; found: 1 
        7 four-eyes Decide (`sign`): who took the earlier step may not take this one: Accept (`accept`); found: an 118/2025/NĐ-CP, art. 17
        7 fact-not-met Decide (`sign`): a condition is not met: `floors`; needed: floors <= 7; found: 8 118/2025/NĐ-CP, art. 17
        end overdue overdue, due 2025-07-09 23:59 118/2025/NĐ-CP, art. 17
    "#]],
    );
}

#[test]
fn the_smallest_set_of_deviations_is_told() {
    let lines = "
        01/07 08:00 file
        02/07 08:30 scan
        02/07 09:00 supplement
        03/07 09:00 sign
        04/07 09:00 return
        04/07 09:05 return";
    check(
        lines,
        expect![[r#"
            cost 4 · returned · due -
            2 missing Accept (`accept`): a step is missing 
            2 missing Request a supplement (`request-supplement`): a step is missing 
            2 unknown no step of the procedure 
            6 out-of-place Return the result (`return`): a step was not possible then 
        "#]],
    );
}

#[test]
fn an_answer_is_a_step_and_may_be_late() {
    let lines = "
        01/07 08:00 file chi/applicant floors=5
        01/07 09:00 accept an/officer
        01/07 10:00 consult an/officer
        07/07 10:00 answer:_fire_police an/officer
        08/07 09:00 sign binh/chair
        08/07 10:00 return an/officer";
    check(
        lines,
        expect![[r#"
        cost 0 · returned · due 08/07
        4 answer-late Answer: Fire police: an agency answered late, due 2025-07-03 23:59 118/2025/NĐ-CP, art. 17
    "#]],
    );
}

#[test]
fn where_an_unrecorded_step_moved_a_term_nothing_is_said_about_time() {
    let lines = "
        01/07 08:00 file chi/applicant
        01/07 09:00 accept an/officer
        29/08 09:00 supplement chi/applicant
        29/08 09:30 sign binh/chair
        29/08 10:00 return an/officer";
    check(
        lines,
        expect![[r#"
            cost 1 · returned · due -
            3 missing Request a supplement (`request-supplement`): a step is missing 
        "#]],
    );
}

#[test]
fn an_unrecorded_acceptance_was_no_later_than_what_followed() {
    let lines = "
        01/07 08:00 file chi/applicant
        01/07 09:00 request-supplement an/officer
        02/07 09:00 supplement chi/applicant
        29/08 09:30 sign binh/chair
        29/08 10:00 return an/officer";
    check(
        lines,
        expect![[r#"
        cost 1 · returned · due 09/07
        2 missing Accept (`accept`): a step is missing 
        end overdue overdue, due 2025-07-09 23:59 118/2025/NĐ-CP, art. 17
    "#]],
    );
}

#[test]
fn what_the_system_does_by_itself_need_not_be_recorded() {
    let lines = "
        01/07 08:00 file chi/applicant
        01/07 09:00 accept an/officer
        02/07 09:00 request-supplement an/officer";
    check(
        lines,
        expect![[r#"
        cost 0 · stopped · due -
    "#]],
    );
}

#[test]
fn an_open_dossier_is_not_asked_for_its_end() {
    let lines = "
        01/07 08:00 file chi/applicant
        01/07 09:00 accept an/officer
        02/07 09:00 - floors=3";
    expect![[r#"
        cost 0 · review · due 08/07
        end overdue overdue, due 2025-07-08 23:59 118/2025/NĐ-CP, art. 17
    "#]]
    .assert_eq(&replayed(lines, Ending::Open));
    check(
        lines,
        expect![[r#"
        cost 1 · stopped · due -
        end missing Request a supplement (`request-supplement`): a step is missing 
    "#]],
    );
}

#[test]
fn words_are_names_labels_or_what_somebody_says_that_they_are() {
    let procedure = procedure();
    let mut model = Model::new(&procedure).unwrap();
    let named = |it: &str| Activity::Named(it.into());
    let is = |model: &Model<'_>, it: &str| match model.meaning(&named(it)) {
        Meaning::Is(tasks) => {
            let names: Vec<String> =
                tasks.iter().map(|it| model.name(*it).unwrap().to_string()).collect();
            names.join(" ")
        }
        Meaning::Beside => "beside".into(),
        Meaning::Unknown(near) => format!("? {}", near.unwrap_or_default()),
    };
    assert_eq!(is(&model, "TIEP NHAN  ho so"), "accept");
    assert_eq!(is(&model, "request_supplement"), "request-supplement");
    assert_eq!(is(&model, "Trả lời: cảnh sát PCCC"), "? answer/fire");
    assert_eq!(is(&model, "acept"), "? accept");
    assert_eq!(is(&model, "Đóng dấu"), "? ");
    assert!(model.give("Đóng dấu", None) && model.give("Ký", Some("sign")));
    assert!(!model.give("Ký", Some("no-such-step")));
    assert_eq!((is(&model, "Đóng dấu"), is(&model, "Ký")), ("beside".into(), "sign".into()));
    assert_eq!(model.role("cong chuc"), Some(id("officer")));
}

/// Looks at every way within a budget: no queue, no memory.
fn explains(model: &mut Model<'_>, at: usize, told: &[Task], budget: u32) -> bool {
    if told.is_empty() && model.is_over(at) {
        return true;
    }
    for (firing, next) in model.follows(at) {
        let task = model.task(firing);
        if let (Some(task), Some((first, rest))) = (task, told.split_first())
            && task == *first
            && explains(model, next, rest, budget)
        {
            return true;
        }
        let cost = u32::from(task.is_some_and(|it| !model.is_free(it)));
        if cost <= budget && explains(model, next, told, budget - cost) {
            return true;
        }
    }
    match told.split_first() {
        Some((_, rest)) if budget > 0 => explains(model, at, rest, budget - 1),
        _ => false,
    }
}

/// Every task of the procedure that may be recorded.
fn tasks(procedure: &Procedure) -> Vec<Task> {
    let steps = procedure.transitions().iter().map(|(at, _, _)| Task::Step(at));
    let answers = procedure.consultations().iter().map(|(at, _, _)| Task::Answer(at));
    steps.chain(answers).collect()
}

fn cost(model: &mut Model<'_>, told: &[Task]) -> u32 {
    let meanings: Vec<Meaning> = told.iter().map(|it| Meaning::Is(Vec::from([*it]))).collect();
    model.align(&meanings, Ending::Required).unwrap().cost()
}

/// Takes whatever the choices say until the dossier is over.
fn walk(model: &mut Model<'_>, choices: &[usize]) -> Option<Vec<Task>> {
    let (mut at, mut told) = (model::START, Vec::new());
    for choice in choices {
        let follows = model.follows(at);
        if follows.is_empty() {
            break;
        }
        let (firing, next) = follows[choice % follows.len()];
        told.extend(model.task(firing));
        at = next;
    }
    model.is_over(at).then_some(told)
}

proptest! {
    #[test]
    fn no_other_set_of_deviations_is_smaller(picks in proptest::collection::vec(0_usize..100, 0..5)) {
        let procedure = procedure();
        let all = tasks(&procedure);
        let told: Vec<Task> = picks.iter().map(|it| all[it % all.len()]).collect();
        let mut model = Model::new(&procedure).unwrap();
        let found = cost(&mut model, &told);
        prop_assert!(explains(&mut model, model::START, &told, found));
        prop_assert!(found == 0 || !explains(&mut model, model::START, &told, found - 1));
    }

    #[test]
    fn a_walk_fits_and_each_change_costs_what_it_must(
        choices in proptest::collection::vec(0_usize..60, 30),
        place in 0_usize..100,
    ) {
        let procedure = procedure();
        let mut model = Model::new(&procedure).unwrap();
        let Some(told) = walk(&mut model, &choices) else { return Ok(()) };
        prop_assert_eq!(cost(&mut model, &told), 0);
        let place = place % told.len();
        let mut fewer = told.clone();
        let gone = fewer.remove(place);
        prop_assert!(cost(&mut model, &fewer) <= u32::from(!model.is_free(gone)));
        // Filing happens once: a second one is never possible.
        let mut more = told.clone();
        more.insert(place, Task::Step(procedure.filing()));
        prop_assert_eq!(cost(&mut model, &more), 1);
        let mut swapped = told.clone();
        swapped.swap(place, told.len() - 1);
        prop_assert!(cost(&mut model, &swapped) <= 4);
        if place + 1 < told.len() {
            let mut swapped = told.clone();
            swapped.swap(place, place + 1);
            let cost = cost(&mut model, &swapped);
            prop_assert!(cost <= 2, "{}", cost);
        }
    }

    #[test]
    fn a_model_that_saw_others_gives_the_same_alignment(
        first in proptest::collection::vec(0_usize..100, 0..8),
        second in proptest::collection::vec(0_usize..100, 0..8),
    ) {
        let procedure = procedure();
        let all = tasks(&procedure);
        let told = |picks: &[usize]| -> Vec<Meaning> {
            picks.iter().map(|it| Meaning::Is(Vec::from([all[it % all.len()]]))).collect()
        };
        let mut fresh = Model::new(&procedure).unwrap();
        let mut used = fresh.clone();
        let _ = used.align(&told(&first), Ending::Open);
        for ending in [Ending::Open, Ending::Required] {
            let alone = fresh.align(&told(&second), ending);
            prop_assert_eq!(&alone, &used.align(&told(&second), ending));
        }
    }
}
