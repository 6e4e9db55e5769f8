//! The catalogue as one JSON document.

use hoso::Maybe;
use hoso::definition::Procedure;
use hoso::definition::register::Essential;
use serde_json::{Value, json};

use super::{Item, List};

impl List {
    pub(super) fn data(&self) -> Value {
        let items = self.items();
        let figures = self.register.figures().iter();
        json!({
            "register": self.register.id().as_str(),
            "on": self.day.to_string(),
            "procedures": items.iter().map(|it| self.item_data(it)).collect::<Vec<_>>(),
            "essential": self.register.essentials().iter().map(|it| self.row_data(it)).collect::<Vec<_>>(),
            "counts": self.counts_data(&items),
            "figures": figures.map(|(id, it)| self.figure_data(*id, it)).collect::<Vec<_>>(),
        })
    }

    fn item_data(&self, item: &Item<'_>) -> Value {
        let shown = item.nearest(self.day);
        let free = item.entry.and_then(|it| self.register.free_online(it, self.day));
        json!({
            "id": item.id.as_str(),
            "name": shown.map(|it| it.name().get(self.lang)),
            "code": shown.and_then(Procedure::code).and_then(Maybe::known).map(|it| &**it),
            "authority": shown.map(|it| it.authority().as_str()),
            "service-level": item.level().and_then(Maybe::known).map(|it| it.as_str()),
            "essential": item.entry.and_then(|it| it.essential()),
            "free-online": free.map(|it| json!({
                "law": self.register.cited(it.law()).map(|it| it.instrument()).collect::<Vec<_>>(),
                "from": it.effective().from().to_string(),
                "until": it.effective().until().map(|it| it.to_string()),
            })),
            "without-fee": item.is_without_fee(),
            "versions": item.versions.iter().map(|it| it.version().as_str()).collect::<Vec<_>>(),
            "in-force": item.in_force.map(|it| it.version().as_str()),
            "registered": item.entry.is_some(),
            "missing": item.is_missing(),
            "source": item.entry.and_then(|it| it.source()),
            "certainty": item.entry.map(|it| it.certainty().as_str()),
        })
    }

    fn row_data(&self, row: &Essential) -> Value {
        let items = self.row(row);
        let missing = items.iter().filter(|it| it.is_missing());
        json!({
            "row": row.row(),
            "name": row.name().get(self.lang),
            "owner": row.owner().map(|it| it.get(self.lang)),
            "procedures": items.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(),
            "missing": missing.map(|it| it.id.as_str()).collect::<Vec<_>>(),
        })
    }

    fn counts_data(&self, items: &[Item<'_>]) -> Value {
        let tally = self.register.tally(&self.catalogue, self.day);
        let count = |holds: fn(&&Item<'_>) -> bool| items.iter().filter(holds).count();
        json!({
            "procedures": count(|it| !it.is_missing()),
            "missing": count(|it| it.is_missing()),
            "unregistered": count(|it| it.entry.is_none()),
            "versions": self.catalogue.iter().count(),
            "in-force": count(|it| it.in_force.is_some()),
            "essential": tally.essential,
            "essential-described": tally.essential_described,
            "essential-full": tally.essential_full,
            "essential-level-unknown": tally.essential_unknown,
            "free-online": tally.free_online,
        })
    }
}
