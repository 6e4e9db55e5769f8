//! Opening parts: what the case hands to a part when its turn comes.

use alloc::vec::Vec;

use super::PartStanding;
use super::follow::Following;
use crate::calendar::Moment;
use crate::definition::bundle::{Answered, BundlePart, Carried, Paper};
use crate::definition::fact::Value;
use crate::definition::{Act, Position as _};
use crate::dossier::{Filing, Order, Received, Taking};
use crate::id::Id;

impl Following<'_> {
    /// Files the next part that waits for nothing, and accepts it where nothing stands against it.
    pub(super) fn open_next(&mut self, at: Moment) -> bool {
        if !self.is_under_way() {
            return false;
        }
        let standings = self.case.standings(&self.cx);
        let ready =
            |it: &PartStanding| matches!(it, PartStanding::Awaits(parts) if parts.is_empty());
        standings
            .iter()
            .filter(|(_, it)| ready(it))
            .any(|(name, _)| self.open(name, &standings, at))
    }

    fn open(&mut self, name: &Id, standings: &[(Id, PartStanding)], at: Moment) -> bool {
        let bundle = self.cx.bundle();
        let Some((_, part)) = bundle.parts().find(name) else { return false };
        let Some(filing) = self.filing(part, standings) else { return false };
        if !self.takes(Some(name), Order::File(filing), at) {
            return false;
        }
        for document in self.signed(part) {
            self.takes(Some(name), Order::Sign { document }, at);
        }
        let accept = self.by_system(Some(name), Act::Accept, |_| true);
        if let Some(accept) = accept {
            self.takes(Some(name), Order::Take(Taking::of(accept)), at);
        }
        true
    }

    /// Puts together what the case hands to a part.
    fn filing(&self, part: &BundlePart, standings: &[(Id, PartStanding)]) -> Option<Filing> {
        let facts = part.facts().iter().filter_map(|it| self.shared(part, it)).collect();
        let documents = part.documents().iter().filter_map(|it| self.paper(part, it, standings));
        let filing = Filing::on(self.case.lead.channel()?);
        Some(Filing { facts, documents: documents.collect(), ..filing })
    }

    /// Returns the value of a shared fact as the part may have it.
    pub(super) fn shared(&self, part: &BundlePart, carried: &Carried) -> Option<(Id, Value)> {
        let value = self.case.lead.fact(&carried.bundle)?;
        part.procedure().facts().check(&carried.part, value).ok()?;
        Some((carried.part, value))
    }

    /// Returns a document that the case has; a database answers only where the part's procedure lets it.
    pub(super) fn paper(
        &self,
        part: &BundlePart,
        answered: &Answered,
        standings: &[(Id, PartStanding)],
    ) -> Option<Received> {
        let (procedure, document) = (part.procedure(), answered.document);
        match answered.by {
            Paper::Result(before) => {
                let (_, standing) = standings.get(before.index())?;
                (*standing == PartStanding::Granted).then(|| Received::handed_in(document))
            }
            Paper::Document(of_case) => {
                let received =
                    self.case.lead.documents().iter().find(|it| it.document == of_case)?;
                let (_, declared) = procedure.documents().find(&document)?;
                let answers = |it: &Id| {
                    let found = procedure.databases().find(it);
                    found.is_some_and(|(at, _)| declared.replaced_by().contains(&at))
                };
                Some(Received { document, database: received.database.filter(answers) })
            }
        }
    }

    /// Returns the documents of a part that were signed with the case.
    fn signed(&self, part: &BundlePart) -> Vec<Id> {
        let is_signed = |it: &&Answered| match it.by {
            Paper::Document(of_case) => self.case.lead.signed.contains(&of_case),
            Paper::Result(_) => false,
        };
        part.documents().iter().filter(is_signed).map(|it| it.document).collect()
    }
}
