//! Comparing the whole catalogue with itself, and every version with the next one.
#![expect(
    clippy::unwrap_used,
    clippy::float_arithmetic,
    reason = "a bench stops when its work cannot be done, and divides nanoseconds"
)]

#[path = "../tests/office/mod.rs"]
mod office;
mod ratios;

use hoso::calendar::Calendar;
use hoso::definition::load_all;
use hoso::diagnostic::any_error;
use hoso::fee;
use hoso::simplify::cost::{self, Setting};
use hoso::simplify::{Design, Portfolio, Verdict, Yardstick, diff, differences};
use ratios::Contest;

fn main() {
    let sources = office::sources(&office::folder());
    let (procedures, bundles, found) = load_all(&sources);
    assert!(!any_error(&found));
    let calendars = Calendar::parse_all(&sources).0;
    let calendar = calendars.iter().find(|it| it.id() == *"hanoi").unwrap();
    let (norms, tariffs) = (cost::load(&sources).0, fee::load(&sources).0);
    let norms = norms.iter().find(|it| it.id() == *"vietnam-2023").unwrap();
    let tariff = tariffs.iter().find(|it| it.id() == *"hanoi").unwrap();
    let setting = Setting::new(norms, "2025-08-01".parse().unwrap()).with_tariff(tariff);
    let by = Yardstick::new(setting, calendar);
    let alone = procedures.iter().map(Design::of);
    let mut designs: Vec<Design<'_>> = alone.chain(bundles.iter().map(Design::of_bundle)).collect();
    designs.sort_by_key(|it| (*it.lead().id(), it.lead().effective().from()));
    let count = |it: usize| u64::try_from(it).unwrap();
    // A portfolio pairs by id, so that each procedure stands there in its last version.
    let mut latest = designs.clone();
    latest.reverse();
    latest.dedup_by_key(|it| *it.lead().id());

    let mut contest = Contest::new("catalogue with itself, per procedure", latest.len());
    contest.enter("load: read, inherit, resolve, compile", || {
        assert!(!load_all(&sources).0.is_empty());
        count(latest.len())
    });
    contest.enter("compare", || {
        let portfolio = Portfolio::between(&latest, &latest, &by).unwrap();
        count(portfolio.entries().len())
    });
    contest.print();

    let successive = || {
        designs.windows(2).filter_map(|it| match it {
            [old, new] if old.lead().id() == new.lead().id() => Some((old, new)),
            _ => None,
        })
    };
    let pairs = successive().count();
    let mut contest = Contest::new("successive versions, per pair", pairs);
    contest.enter("verify the later version", || {
        assert!(successive().all(|(_, new)| !new.verified(calendar).is_empty()));
        count(pairs)
    });
    contest.enter("what changed", || {
        let found = successive().map(|(old, new)| diff(old, new, calendar)).collect::<Vec<_>>();
        count(found.len())
    });
    contest.enter("which applications are decided otherwise", || {
        let found = successive().map(|(old, new)| differences(old, new)).collect::<Vec<_>>();
        count(found.len())
    });
    contest.enter("the verdict, with all of these", || {
        let verdicts = successive().map(|(old, new)| Verdict::between(old, new, &by).unwrap());
        count(verdicts.collect::<Vec<_>>().len())
    });
    contest.print();
    println!("{} procedures, {pairs} pairs of versions", latest.len());
}
