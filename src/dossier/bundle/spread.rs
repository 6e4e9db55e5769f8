//! Spreading what became known: from the lead to its parts, and from a part to the lead.

use alloc::vec::Vec;

use uuid::Uuid;

use super::follow::Following;
use crate::calendar::Moment;
use crate::definition::Act;
use crate::definition::bundle::Paper;
use crate::dossier::{Event, Happened, Order};
use crate::id::Id;

impl Following<'_> {
    /// Lets the others know what the next event brought; says whether there was one.
    pub(super) fn spread_next(&mut self) -> bool {
        let Some(event) = self.events.get(self.spread) else { return false };
        let (dossier, facts, documents) = (event.dossier(), facts_of(event), documents_of(event));
        self.spread += 1;
        let Some(at) = self.case.last() else { return false };
        if dossier == self.case.id() {
            for name in self.which(|it| it.ended().is_none()) {
                self.hand_down(&name, &facts, &documents, at);
            }
        } else {
            self.hand_up(dossier, &facts, at);
        }
        true
    }

    /// Gives an open part what the lead learnt.
    fn hand_down(&mut self, name: &Id, facts: &[Id], documents: &[Id], at: Moment) {
        let Some((_, part)) = self.cx.bundle().parts().find(name) else { return };
        let Some(dossier) = self.case.part(name) else { return };
        let carried = part.facts().iter().filter(|it| facts.contains(&it.bundle));
        let fresh = carried.filter_map(|it| self.shared(part, it));
        let fresh: Vec<_> = fresh.filter(|(it, value)| dossier.fact(it) != Some(*value)).collect();
        let answered = part.documents().iter().filter(|it| match it.by {
            Paper::Document(of_case) => documents.contains(&of_case),
            Paper::Result(_) => false,
        });
        let papers = answered.filter_map(|it| self.paper(part, it, &[]));
        let papers: Vec<_> = papers.filter(|it| !dossier.documents().contains(it)).collect();
        if !fresh.is_empty() {
            self.takes(Some(name), Order::Facts(fresh), at);
        }
        if !papers.is_empty() {
            self.takes(Some(name), Order::Documents(papers), at);
        }
    }

    /// Gives the lead what a part learnt of a shared fact.
    fn hand_up(&mut self, dossier: Uuid, facts: &[Id], at: Moment) {
        let bundle = self.cx.bundle();
        let part = self.case.parts(bundle).find(|(_, it)| it.id() == dossier);
        let Some((name, own)) = part else { return };
        let Some((_, part)) = bundle.parts().find(&name) else { return };
        let (lead, declared) = (&self.case.lead, self.cx.bundle().lead().facts());
        let carried = part.facts().iter().filter(|it| facts.contains(&it.part));
        let known = carried.filter_map(|it| Some((it.bundle, own.fact(&it.part)?)));
        let fresh: Vec<_> = known
            .filter(|(it, value)| {
                declared.check(it, *value).is_ok() && lead.fact(it) != Some(*value)
            })
            .collect();
        if !fresh.is_empty() {
            self.takes(None, Order::Facts(fresh), at);
        }
    }
}

fn facts_of(event: &Event) -> Vec<Id> {
    let facts = match event.happened() {
        Happened::Filed(it) => &it.facts,
        Happened::Moved(it) => &it.facts,
        Happened::Learnt(it) | Happened::Answered { learnt: it, .. } => &it.facts,
        _ => return Vec::new(),
    };
    facts.iter().map(|(it, _)| *it).collect()
}

fn documents_of(event: &Event) -> Vec<Id> {
    let documents = match event.happened() {
        Happened::Moved(it) if it.act != Act::RequestSupplement => &it.documents,
        Happened::Learnt(it) => &it.documents,
        _ => return Vec::new(),
    };
    documents.iter().map(|it| it.document).collect()
}
