//! Transitions, options, replay and loading beside hand-written limits and a peer.
//!
//! The limit of a transition does by hand what `decide` and `evolve` must do:
//! role, documents, guard, idempotency, a clock that cannot run backwards, a
//! due date, an event appended. `statig` compiles a machine and keeps no data.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    reason = "a bench stops when its work cannot be done, and divides nanoseconds"
)]

#[path = "../tests/office/mod.rs"]
mod office;
mod ratios;

use std::hint::black_box;

use chrono::NaiveDate;
use hoso::dossier::{Dossier, Event, Order, Taking};
use office::{Office, folder, name, sources};
use ratios::Contest;
use uuid::Uuid;

fn main() {
    println!("event {} bytes, dossier {} bytes", size_of::<Event>(), size_of::<Dossier>());
    let office = Office::open("household-business-registration", "2026-03-02");
    transitions(&office);
    one_step(&office);
    refusals(&office);
    options(&office);
    replays(&office);
    loading();
}

/// The ten commands of a registration, filed to returned, each decided and evolved.
fn transitions(office: &Office) {
    let commands = office.ten_commands();
    let mut contest = Contest::new("a whole registration, per transition", 10);
    let desk = by_hand::Desk::new();
    contest.enter("by hand: table, roles, guard, event, due date", || {
        let mut dossier = by_hand::Dossier::default();
        by_hand::TEN.iter().map(|step| u64::from(dossier.decide(&desk, *step))).sum()
    });
    contest.enter("hoso: decide + evolve", || {
        u64::try_from(office.follow(&commands).unwrap().1.len()).unwrap()
    });
    contest.enter("statig: compiled machine, no data", peer::ten);
    contest.print();
}

/// One plain step on a dossier that is cloned for each query; the clone is measured apart.
fn one_step(office: &Office) {
    let commands = office.ten_commands();
    let (dossier, _) = office.follow(&commands[..5]).unwrap();
    let context = office.context();
    let (at, command) = &commands[5];
    let mut contest = Contest::new("one step: submit for signature", 1);
    contest.enter("clone of the dossier alone", || {
        u64::from(black_box(dossier.clone()).version()) - 4
    });
    contest.enter("hoso: decide", || {
        u64::try_from(dossier.decide(&context, command, *at).unwrap().len()).unwrap()
    });
    contest.enter("hoso: clone + decide + evolve", || {
        let mut dossier = dossier.clone();
        let events = dossier.decide(&context, command, *at).unwrap();
        events.iter().for_each(|it| dossier.evolve(it));
        u64::from(dossier.version()) - 5
    });
    contest.print();
}

fn refusals(office: &Office) {
    let dossier = office.under_review();
    let context = office.context();
    let at = office.at("2026-03-04T09:00");
    let order = |it| Order::Take(Taking::of(name(it)));
    let command = |it| {
        hoso::dossier::Command::new(Uuid::from_u128(99), office.actor("chi", "approver"), order(it))
    };
    let (wrong, unfit) = (command("sign"), command("submit"));
    let mut contest = Contest::new("a refusal", 1);
    contest.enter("wrong state", || u64::from(dossier.decide(&context, &wrong, at).is_err()));
    contest.enter("wrong role, explained", || {
        u64::from(dossier.decide(&context, &unfit, at).is_err())
    });
    contest.print();
}

fn options(office: &Office) {
    let dossier = office.under_review();
    let context = office.context();
    let at = office.at("2026-03-04T09:00");
    let actor = office.actor("an", "specialist");
    let count = dossier.options(&context, &actor, at).len();
    let mut contest = Contest::new("options, per transition of the state", count);
    contest.enter("hoso: options", || {
        u64::try_from(dossier.options(&context, &actor, at).len()).unwrap()
    });
    contest.print();
}

fn replays(office: &Office) {
    let (_, log) = office.follow(&office.ten_commands()).unwrap();
    let json: Vec<String> = log.iter().map(|it| serde_json::to_string(it).unwrap()).collect();
    let mut contest = Contest::new("replay of a dossier of ten events", 1);
    contest.enter("by hand: fold of ten small events", by_hand::fold);
    contest.enter("hoso: in memory", || {
        u64::from(Dossier::replay(Uuid::nil(), &log).unwrap().version())
    });
    contest.enter("hoso: from JSON lines", || {
        let events: Vec<Event> = json.iter().map(|it| serde_json::from_str(it).unwrap()).collect();
        u64::from(Dossier::replay(Uuid::nil(), &events).unwrap().version())
    });
    contest.print();
}

/// The whole folder, from text to compiled procedures; the bare parse is the limit.
fn loading() {
    let sources = sources(&folder());
    let definitions: Vec<&str> = sources
        .iter()
        .map(|(_, it)| it.text())
        .filter(|it| it.contains("\n[procedure]") || it.contains("\n[life-cycle]"))
        .collect();
    let bytes: usize = definitions.iter().map(|it| it.len()).sum();
    let (procedures, _) = hoso::definition::load(&sources);
    println!(
        "\n{} files, {bytes} bytes, {} compiled versions",
        definitions.len(),
        procedures.len()
    );
    let mut contest = Contest::new("loading the definitions, per kB of text", bytes / 1000);
    contest.enter("toml: the bare parse", || {
        let parsed = definitions.iter().filter(|it| toml::de::DeTable::parse(it).is_ok());
        u64::try_from(parsed.count().min(1)).unwrap()
    });
    contest.enter("hoso: to compiled procedures", || {
        u64::try_from(hoso::definition::load(&sources).0.len().min(1)).unwrap()
    });
    contest.print();
}

/// What a team would write by hand for this one procedure.
mod by_hand {
    use super::{NaiveDate, black_box};
    use chrono::Datelike as _;

    #[derive(Clone, Copy, Default, PartialEq)]
    enum State {
        #[default]
        Blank,
        Filed,
        Received,
        Review,
        Signature,
        Signed,
        Returned,
    }

    #[derive(Clone, Copy)]
    enum Do {
        File,
        Pay,
        Accept,
        Assign,
        Verify,
        Submit,
        Back,
        Sign,
        Return,
    }

    #[derive(Clone, Copy)]
    pub(crate) struct Step {
        what: Do,
        role: u8,
        at: u32,
        day: i32,
        id: u64,
    }

    const fn step(id: u64, what: Do, role: u8, day: i32) -> Step {
        Step { what, role, at: id as u32, day, id }
    }

    pub(crate) const TEN: [Step; 10] = [
        step(1, Do::File, 1, 60),
        step(2, Do::Pay, 2, 60),
        step(3, Do::Accept, 2, 60),
        step(4, Do::Assign, 2, 60),
        step(5, Do::Verify, 4, 60),
        step(6, Do::Submit, 4, 61),
        step(7, Do::Back, 8, 61),
        step(8, Do::Submit, 4, 61),
        step(9, Do::Sign, 8, 62),
        step(10, Do::Return, 2, 63),
    ];

    #[derive(Clone, Copy)]
    struct Event {
        id: u64,
        to: State,
        due: i32,
        version: u32,
        at: u32,
    }

    /// Rank and select over the days of one year.
    pub(crate) struct Desk {
        rank: Vec<u16>,
        select: Vec<u16>,
    }

    impl Desk {
        pub(crate) fn new() -> Self {
            let start = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
            let (mut rank, mut select) = (Vec::new(), Vec::new());
            for (day, date) in (0_u16..365).zip(start.iter_days()) {
                if date.weekday().number_from_monday() < 6 {
                    select.push(day);
                }
                rank.push(u16::try_from(select.len()).unwrap());
            }
            Self { rank, select }
        }

        fn due(&self, day: i32, days: usize) -> i32 {
            let rank = usize::from(self.rank[usize::try_from(day).unwrap()]);
            i32::from(self.select[rank + days - 1])
        }
    }

    #[derive(Default)]
    pub(crate) struct Dossier {
        state: State,
        version: u32,
        last: u32,
        due: i32,
        paid: bool,
        documents: u8,
        submitted_by: u8,
        seen: Vec<u64>,
        log: Vec<Event>,
    }

    impl Dossier {
        pub(crate) fn decide(&mut self, desk: &Desk, step: Step) -> bool {
            if self.seen.contains(&step.id) || step.at < self.last {
                return false;
            }
            let lawful = black_box(true);
            let (to, roles, fits) = match (self.state, step.what) {
                (State::Blank, Do::File) => (State::Filed, 3, true),
                (State::Filed, Do::Pay) => (State::Filed, 3, true),
                (State::Filed, Do::Accept) => {
                    (State::Received, 2, self.paid && self.documents & 3 == 3)
                }
                (State::Received, Do::Assign) => (State::Review, 2, true),
                (State::Review, Do::Verify) => (State::Review, 4, true),
                (State::Review, Do::Submit) => (State::Signature, 4, lawful),
                (State::Signature, Do::Back) => (State::Review, 8, true),
                (State::Signature, Do::Sign) => {
                    (State::Signed, 8, lawful && self.submitted_by != step.role)
                }
                (State::Signed, Do::Return) => (State::Returned, 2, true),
                _ => return false,
            };
            if roles & step.role == 0 || !fits {
                return false;
            }
            let due = if to == State::Received { desk.due(step.day, 3) } else { self.due };
            self.evolve(
                Event { id: step.id, to, due, version: self.version + 1, at: step.at },
                step,
            );
            true
        }

        fn evolve(&mut self, event: Event, step: Step) {
            match step.what {
                Do::File => self.documents = 3,
                Do::Pay => self.paid = true,
                Do::Submit => self.submitted_by = step.role,
                _ => {}
            }
            (self.state, self.version) = (event.to, event.version);
            (self.last, self.due) = (event.at, event.due);
            self.seen.push(event.id);
            self.log.push(event);
        }
    }

    pub(crate) fn fold() -> u64 {
        let mut dossier = Dossier::default();
        for step in black_box(TEN) {
            let event = Event {
                id: step.id,
                to: State::Review,
                due: 1,
                version: dossier.version + 1,
                at: step.at,
            };
            dossier.evolve(event, step);
        }
        u64::from(dossier.version)
    }
}

/// The same procedure as a machine compiled by `statig`.
mod peer {
    use super::black_box;
    use statig::prelude::*;

    enum Input {
        File,
        Pay,
        Accept,
        Assign,
        Verify,
        Submit,
        Back,
        Sign,
        Return,
    }

    #[derive(Default)]
    struct Permit {
        moves: u64,
    }

    #[state_machine(initial = "State::blank()")]
    impl Permit {
        #[state]
        fn blank(&mut self, event: &Input) -> Outcome<State> {
            self.moves += 1;
            if matches!(event, Input::File) { Transition(State::filed()) } else { Handled }
        }

        #[state]
        fn filed(&mut self, event: &Input) -> Outcome<State> {
            self.moves += 1;
            if matches!(event, Input::Accept) { Transition(State::received()) } else { Handled }
        }

        #[state]
        fn received(&mut self, event: &Input) -> Outcome<State> {
            self.moves += 1;
            if matches!(event, Input::Assign) { Transition(State::review()) } else { Handled }
        }

        #[state]
        fn review(&mut self, event: &Input) -> Outcome<State> {
            self.moves += 1;
            if matches!(event, Input::Submit) { Transition(State::signature()) } else { Handled }
        }

        #[state]
        fn signature(&mut self, event: &Input) -> Outcome<State> {
            self.moves += 1;
            match event {
                Input::Back => Transition(State::review()),
                Input::Sign => Transition(State::signed()),
                _ => Handled,
            }
        }

        #[state]
        fn signed(&mut self, event: &Input) -> Outcome<State> {
            self.moves += 1;
            if matches!(event, Input::Return) { Transition(State::returned()) } else { Handled }
        }

        #[state]
        fn returned(event: &Input) -> Outcome<State> {
            black_box(event);
            Handled
        }
    }

    pub(crate) fn ten() -> u64 {
        use Input::{Accept, Assign, Back, File, Pay, Return, Sign, Submit, Verify};
        let mut machine = Permit::default().state_machine();
        for input in
            black_box([File, Pay, Accept, Assign, Verify, Submit, Back, Submit, Sign, Return])
        {
            machine.handle(&black_box(input));
        }
        machine.inner().moves
    }
}
