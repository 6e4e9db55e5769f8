//! A verdict in a few lines, as the message of a test that fails.

use alloc::string::String;
use core::fmt;

use super::{CostLeg, Verdict, count};
use crate::simplify::balance::Relief;
use crate::simplify::cost::Fraction;

/// Writes the target, the legs and the objections.
impl fmt::Display for Verdict<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let legs = self.legs();
        writeln!(f, "simpler by {}: {}", self.target, answer(self.holds()))?;
        let (before, cut) = (self.balance.before(), self.cut());
        writeln!(
            f,
            "  burdens: {cut} of {before} cut ({} removed, {} simplified, {} new){}: {}",
            self.balance.count(Relief::Removed),
            self.balance.count(Relief::Simplified),
            self.balance.added().len(),
            share(count(cut), count(before)),
            reached(legs.burdens),
        )?;
        leg(f, "cost", self.cost(), legs.cost)?;
        leg(f, "cost without fees", self.cost_without_fees(), legs.cost_without_fees)?;
        for it in &self.objections {
            writeln!(f, "  objection {}: {}", it.code(), it.message())?;
            it.evidence().map_or(Ok(()), |it| writeln!(f, "    for example: {it}"))?;
        }
        Ok(())
    }
}

fn leg(f: &mut fmt::Formatter<'_>, name: &str, leg: CostLeg, holds: bool) -> fmt::Result {
    let figures = (leg.before(), leg.after(), leg.saved(), leg.share());
    let (Some(before), Some(after), Some(saved), Some((part, whole))) = figures else {
        return writeln!(f, "  {name}: not known: {}", reached(holds));
    };
    writeln!(
        f,
        "  {name}: {before} to {after} đồng a case, {saved} saved{}: {}",
        share(part, whole),
        reached(holds)
    )
}

fn share(part: i128, whole: i128) -> String {
    let share = Fraction::new(part, whole).map(|it| it.percent(2));
    share.map_or_else(String::new, |it| alloc::format!(", {it}"))
}

const fn answer(holds: bool) -> &'static str {
    if holds { "yes" } else { "no" }
}

const fn reached(holds: bool) -> &'static str {
    if holds { "reached" } else { "missed" }
}

/// Asserts that a verdict holds; the message of a failure is a small report.
///
/// ```
/// # fn gate(verdict: &hoso::simplify::Verdict<'_>) {
/// hoso::assert_simpler!(verdict);
/// # }
/// ```
#[macro_export]
macro_rules! assert_simpler {
    ($verdict:expr $(,)?) => {{
        let verdict = &$verdict;
        assert!(verdict.holds(), "{verdict}");
    }};
}
