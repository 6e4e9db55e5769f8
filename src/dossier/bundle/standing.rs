//! How the parts of a case stand: which are awaited, open, over, or left out.

use alloc::vec::Vec;

use super::{LinkedContext, LinkedDossier};
use crate::definition::bundle::BundlePart;
use crate::definition::fact::{FactIdx, Value};
use crate::definition::guard::Truth;
use crate::definition::{Act, Position as _, Procedure};
use crate::dossier::Dossier;
use crate::id::Id;

/// How a part of a case stands.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum PartStanding {
    /// It is not known whether the case has it: these facts of the bundle are missing.
    Undecided(Vec<Id>),
    /// The applicant did not ask for it.
    LeftOut,
    /// It opens with the results of these parts; with none named, when the case is accepted.
    Awaits(Vec<Id>),
    /// It is being processed.
    Open,
    /// It gave what was asked for.
    Granted,
    /// It was refused on the merits.
    Refused,
    /// It ended without a result: not received, withdrawn, or stopped.
    Stopped,
    /// It will not be opened, because this part before it gave nothing.
    Dropped(Id),
    /// It will not be opened, because the case ended before.
    Unopened,
}

impl PartStanding {
    /// Returns true when nothing more happens to it before the delivery.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        !matches!(self, Self::Undecided(_) | Self::Awaits(_) | Self::Open)
    }
}

impl LinkedDossier {
    /// Returns how every part stands, in the order of the bundle.
    #[must_use]
    pub fn standings(&self, cx: &LinkedContext<'_>) -> Vec<(Id, PartStanding)> {
        let mut standings: Vec<(Id, PartStanding)> = Vec::new();
        for (_, name, part) in cx.bundle().parts().iter() {
            let standing = match self.part(&name) {
                Some(dossier) => outcome(dossier, part.procedure()),
                None => self.before(cx, part, &standings),
            };
            standings.push((name, standing));
        }
        standings
    }

    /// Returns how a part stands; one that the bundle does not have is left out.
    #[must_use]
    pub fn standing(&self, cx: &LinkedContext<'_>, part: &Id) -> PartStanding {
        let mut standings = self.standings(cx).into_iter();
        standings.find(|(it, _)| it == part).map_or(PartStanding::LeftOut, |(_, it)| it)
    }

    /// Returns the parts that have to end before the delivery.
    #[must_use]
    pub fn awaited(&self, cx: &LinkedContext<'_>) -> Vec<Id> {
        let standings = self.standings(cx).into_iter();
        standings.filter(|(_, it)| !it.is_over()).map(|(name, _)| name).collect()
    }

    /// Returns how a part stands that is not open yet, from those before it.
    fn before(
        &self,
        cx: &LinkedContext<'_>,
        part: &BundlePart,
        earlier: &[(Id, PartStanding)],
    ) -> PartStanding {
        let facts = self.lead.known.lookup(cx.bundle().lead().facts(), &[]);
        match part.when().map_or(Truth::Yes, |it| it.evaluate(&facts)) {
            Truth::No => return PartStanding::LeftOut,
            Truth::Unknown => return PartStanding::Undecided(missing(cx, part, facts)),
            Truth::Yes => {}
        }
        let mut awaited = Vec::new();
        for (name, standing) in part.after().iter().filter_map(|it| earlier.get(it.index())) {
            match standing {
                PartStanding::Granted | PartStanding::LeftOut => {}
                PartStanding::Refused | PartStanding::Stopped => {
                    return PartStanding::Dropped(*name);
                }
                PartStanding::Dropped(first) => return PartStanding::Dropped(*first),
                _ => awaited.push(*name),
            }
        }
        // What is over is not opened any more; a withdrawal may still be turned down.
        if self.lead.ended().is_some() {
            return PartStanding::Unopened;
        }
        PartStanding::Awaits(awaited)
    }
}

fn missing(
    cx: &LinkedContext<'_>,
    part: &BundlePart,
    facts: impl Fn(FactIdx) -> Option<Value>,
) -> Vec<Id> {
    let declared = cx.bundle().lead().facts();
    let asked = part.when().map_or(&[][..], |it| it.facts()).iter();
    let open = asked.filter(|it| facts(**it).is_none());
    open.filter_map(|it| Some(declared.fact(*it)?.id())).collect()
}

/// Tells a grant from a refusal by the last step that made a result.
fn outcome(dossier: &Dossier, procedure: &Procedure) -> PartStanding {
    if dossier.ended().is_none() {
        return PartStanding::Open;
    }
    let steps = dossier.taken.iter().rev();
    let mut acts = steps.filter_map(|(it, _)| Some(procedure.transitions().find(it)?.1.act()));
    match acts.find(|it| it.yields_result()) {
        Some(Act::Decide) => PartStanding::Granted,
        Some(_) => PartStanding::Refused,
        None => PartStanding::Stopped,
    }
}
