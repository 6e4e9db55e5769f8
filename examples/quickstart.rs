//! A copy to certify, on a Friday after 15:00: filed, accepted, asked about, signed.
//!
//! `cargo run --example quickstart --features catalogue`

use hoso::calendar::Calendar;
use hoso::definition::fact::Value;
use hoso::definition::{self, Catalogue, Channel};
use hoso::dossier::{Actor, Command, Context, Dossier, Filing, Order, Received, Taking, Verdict};
use hoso::id::Id;
use hoso::text::Lang;
use hoso::{catalogue, fee};
use uuid::Uuid;

type Done = Result<(), Box<dyn std::error::Error>>;

fn main() -> Done {
    // The texts travel inside the library; your own load the same way.
    let sources = catalogue::sources();
    let (catalogue, _) = Catalogue::new(definition::load(&sources).0);
    let (calendars, _) = Calendar::parse_all(&sources);
    let (tariffs, _) = fee::load(&sources);
    let id = Id::parse;
    let procedure = catalogue.on(&id("certified-copy")?, "2026-03-06".parse()?);
    let calendar = calendars.iter().find(|it| it.id() == "hanoi").ok_or("no calendar")?;
    let tariff = tariffs.iter().find(|it| it.id() == "hanoi");
    let cx = Context::new(procedure.ok_or("not in force")?, calendar, tariff);

    let actor = |name, role| Ok::<_, hoso::error::Error>(Actor::new(name, id(role)?));
    let filing = Order::File(Filing {
        facts: vec![
            (id("pages")?, Value::Integer(5)),
            (id("copies")?, Value::Integer(2)),
            (id("office-copies")?, Value::Boolean(true)),
        ],
        documents: vec![Received::handed_in(id("original")?)],
        ..Filing::on(Channel::Counter)
    });
    let mut dossier = Dossier::new(Uuid::from_u128(1));
    follow(&mut dossier, &cx, actor("an", "applicant")?, filing, "15:10")?;
    let accept = Order::Take(Taking::of(id("accept")?));
    follow(&mut dossier, &cx, actor("binh", "one-stop")?, accept, "15:20")?;

    // When the answer is due, day by day, and what it costs.
    let term = dossier.term(&id("decision")?).ok_or("no term")?;
    if let Some(ledger) = term.clock.ledger(calendar)? {
        println!("due {}", ledger.due().moment());
        for it in ledger.entries() {
            println!("  {} to {}: {}", it.from(), it.to(), it.reason().text(Lang::En));
        }
    }
    for charge in dossier.charges() {
        println!("fee {}: {:?}", charge.fee, charge.payer.map(|it| it.get()));
    }

    // What may happen now; a "no" names everything that stands in the way.
    let chi = actor("chi", "approver")?;
    for choice in dossier.options(&cx, &chi, "2026-03-06T15:30:00+07:00".parse()?) {
        println!("may {} {}?", chi.id, choice.transition());
        if let Verdict::Refused(reasons) | Verdict::Waiting(reasons) = choice.verdict() {
            reasons.iter().for_each(|it| println!("  {}", it.message(cx.procedure(), Lang::En)));
        }
    }
    let facts = vec![(id("bar")?, Value::Choice(id("none")?))];
    let sign = Order::Take(Taking { facts, ..Taking::of(id("sign-at-once")?) });
    follow(&mut dossier, &cx, chi, sign, "16:00")?;
    println!("now {}", dossier.portal_status().ok_or("not filed")?.label(Lang::En));
    Ok(())
}

/// Decides a command and hands its events back; a store would keep them in between.
fn follow(dossier: &mut Dossier, cx: &Context<'_>, actor: Actor, order: Order, at: &str) -> Done {
    let command = Command::new(Uuid::new_v5(&dossier.id(), at.as_bytes()), actor, order);
    let at = format!("2026-03-06T{at}:00+07:00").parse()?;
    dossier.decide(cx, &command, at)?.iter().for_each(|it| dossier.evolve(it));
    Ok(())
}
