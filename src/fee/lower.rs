//! Lowering: names are resolved, guards compiled, and every component learns
//! which rules can touch it, so that an assessment searches for nothing.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::draft::{
    AmountDraft, Basis, ComponentDraft, Draft, ItemDraft, Kind, Manager, RuleDraft,
    SettingAuthority, Stage,
};
use super::tariff::{
    Case, Channels, Component, GroundIdx, Item, ItemIdx, Price, Rule, Tariff, Tier,
};
use crate::definition::fact::{Domain, Facts};
use crate::definition::guard::{Exists, Guard, GuardText, Unknown, Want, search};
use crate::diagnostic::{Diagnostic, Severity};
use crate::id::{Fingerprint, Id};
use crate::law::{Certainty, Citation};
use crate::read::{self, Given, LAW, Named, Need, Remarks};
use crate::source::{At, Span};

/// The most rules of a tariff and those that it extends: `too-many`.
const MAX_RULES: usize = 20_000;

/// How many steps the search for overlapping amounts may take: `too-entangled`.
const SEARCH_BUDGET: u32 = 1 << 20;

/// Lowers a tariff and those that it extends, the most general first.
///
/// Nothing comes out when a text of the chain holds an error.
pub(super) fn lower(chain: &[&Draft], found: &mut Vec<Diagnostic>) -> Option<Tariff> {
    let own = chain.last()?;
    let mut problems = Vec::new();
    let laws = named(chain, |it| &it.law, "law", &mut problems);
    let facts = named(chain, |it| &it.fact, "fact", &mut problems);
    let facts = Facts::lower(facts, &mut problems);
    let laws: Vec<(Id, Option<&Citation>)> =
        laws.into_iter().map(|(id, law)| (id.value, law)).collect();
    let drafts = rules(chain, &mut problems);
    let mut lowering =
        Lowering { laws: &laws, facts: &facts, found: &mut problems, budget: SEARCH_BUDGET };
    let mut rules: Vec<Option<Rule>> = Vec::with_capacity(drafts.len());
    for (stage, id, draft) in &drafts {
        rules.push(lowering.rule(*stage, *id, draft, &drafts));
    }
    let item_drafts = named(chain, |it| &it.item, "item", lowering.found);
    lowering.check_selections(&drafts, &item_drafts);
    let items: Vec<Option<Item>> =
        item_drafts.iter().map(|(id, draft)| lowering.item(*id, (*draft)?, &drafts)).collect();
    found.extend(problems);
    // An error in another text of the same set is no reason to withhold this tariff.
    let inside =
        |it: &Diagnostic| chain.iter().any(|draft| draft.tariff.0.span.file() == it.span().file());
    if found.iter().any(|it| it.severity() == Severity::Error && inside(it)) {
        return None;
    }
    let text: String = chain.iter().map(|it| read::print(*it)).collect();
    let items = items.into_iter().collect::<Option<Vec<Item>>>()?;
    let places = items.iter().zip(0..);
    let mut index: Vec<(u64, ItemIdx)> =
        places.map(|(it, place)| (it.id.hash_word(), ItemIdx(place))).collect();
    index.sort_unstable();
    Some(Tariff {
        id: own.tariff.0.id.as_ref()?.value,
        name: own.tariff.0.name.as_ref()?.clone(),
        fingerprint: Fingerprint::of(&text),
        laws: laws.iter().filter_map(|(id, law)| Some((*id, (*law)?.clone()))).collect(),
        facts,
        items,
        index,
        rules: rules.into_iter().collect::<Option<Vec<Rule>>>()?,
    })
}

/// A rule as written, with its table and name.
type Filed<'d> = (Stage, At<Id>, &'d RuleDraft);

/// Joins the parts of one kind along the chain; a name may stand once.
fn named<'d, T>(
    chain: &[&'d Draft],
    part: impl Fn(&'d Draft) -> &'d Named<T>,
    what: &str,
    found: &mut Vec<Diagnostic>,
) -> Vec<(At<Id>, Option<&'d T>)> {
    let mut joined: Vec<(At<Id>, Option<&T>)> = Vec::new();
    for (id, item) in chain.iter().flat_map(|it| &part(it).0) {
        if joined.iter().any(|(it, _)| it.value == id.value) {
            twice(*id, what, found);
        } else {
            joined.push((*id, item.as_ref()));
        }
    }
    joined
}

/// Collects the rules of every stage; a name may stand once among them all.
fn rules<'d>(chain: &[&'d Draft], found: &mut Vec<Diagnostic>) -> Vec<Filed<'d>> {
    let mut filed: Vec<Filed<'d>> = Vec::new();
    for stage in Stage::ALL {
        for (id, draft) in chain.iter().flat_map(|it| it.rules(stage).iter()) {
            if filed.iter().any(|(_, it, _)| it.value == id.value) {
                twice(id, "rule", found);
            } else if filed.len() == MAX_RULES {
                let message = format!("the tariff has more than {MAX_RULES} rules");
                found.push(Diagnostic::error("too-many", id.span, message));
                return filed;
            } else {
                filed.push((stage, id, draft));
            }
        }
    }
    filed
}

fn twice(id: At<Id>, what: &str, found: &mut Vec<Diagnostic>) {
    let message = format!("{what} `{}` is declared twice", id.value);
    let diagnostic = Diagnostic::error("duplicate-name", id.span, message);
    found.push(diagnostic.help("names hold in the whole chain of tariffs; rename one"));
}

struct Lowering<'l> {
    laws: &'l [(Id, Option<&'l Citation>)],
    facts: &'l Facts,
    found: &'l mut Vec<Diagnostic>,
    budget: u32,
}

impl Lowering<'_> {
    fn item(&mut self, id: At<Id>, draft: &ItemDraft, rules: &[Filed<'_>]) -> Option<Item> {
        if draft.component.0.is_empty() {
            let message = format!("item `{}` has no component", id.value);
            let help = format!("declare one under `[item.{}.component.fee]`", id.value);
            self.found.push(Diagnostic::error("empty-item", id.span, message).help(help));
        }
        let managed_by = draft.managed_by.as_ref().copied();
        let mut components = Vec::new();
        for (name, part) in draft.component.iter() {
            components.push(self.component(id.value, managed_by, name, part, rules));
        }
        let components: Option<Vec<Component>> = components.into_iter().collect();
        let (name, managed_by) = (draft.name.as_ref()?.clone(), managed_by?);
        Some(Item { id: id.value, name, managed_by, components: components?.into() })
    }

    fn component(
        &mut self,
        item: Id,
        managed_by: Option<Manager>,
        id: At<Id>,
        draft: &ComponentDraft,
        rules: &[Filed<'_>],
    ) -> Option<Component> {
        let lowered: Vec<Option<Case>> = draft.amount.0.iter().map(|it| self.case(it)).collect();
        if draft.amount.is_absent() {
            let help = "an amount that nobody found is `{ unknown = \"why\" }`";
            let message = format!("component `{}` has no amount", id.value);
            self.found.push(Diagnostic::error("empty-item", id.span, message).help(help));
        }
        let cases: Vec<Case> = lowered.into_iter().collect::<Option<_>>()?;
        self.check_overlaps(&cases, &draft.amount.0);
        let (authority, kind) = (*draft.authority.as_ref()?, *draft.kind.as_ref()?);
        let touching = (0..)
            .zip(rules)
            .filter(|(_, (_, _, rule))| selects(rule, item, managed_by, authority, kind));
        let rules = touching.map(|(place, _)| place).collect();
        let name = draft.name.clone();
        Some(Component { id: id.value, name, authority, kind, cases: cases.into(), rules })
    }

    fn case(&mut self, draft: &AmountDraft) -> Option<Case> {
        let when = self.guard(draft.when.as_ref());
        let ground = self.ground(&draft.law, draft.certainty, &draft.remarks);
        let price = self.price(draft);
        let beyond = match (draft.covers, draft.beyond) {
            (Some(covers), Some(beyond)) => Some((i64::from(covers.value), beyond)),
            (None, None) => None,
            _ => {
                self.error("bad-amount", draft.span, "`covers` and `beyond` go together");
                None
            }
        };
        let (effective, price) = (draft.effective.as_ref()?.value, price?);
        let (online, postal) = (draft.online, draft.postal);
        Some(Case { when: when?, effective, price, online, postal, beyond, ground: ground? })
    }

    fn price(&mut self, draft: &AmountDraft) -> Option<Price> {
        match (&draft.amount, draft.per, draft.tiers.0.as_slice()) {
            (Given { value: Some(amount), .. }, None, []) => {
                if let Some(cap) = draft.cap {
                    self.error("bad-amount", cap.span, "only tiers have a cap");
                }
                Some(amount.known().map_or(Price::Unknown, |it| Price::Flat(*it)))
            }
            (Given { value: None, is_written: true }, _, _) => None,
            // Broken tiers were reported.
            (Given { is_written: false, .. }, Some(_), []) if !draft.tiers.is_whole() => None,
            (_, Some(per), [first, ..]) if !draft.amount.is_written => {
                if let Some(cap) = draft.cap.filter(|it| it.value < first.each) {
                    let message = format!("the cap is below the {} of the first unit", first.each);
                    let help = "raise the cap, or lower the price of the first unit";
                    self.found
                        .push(Diagnostic::error("cap-below-base", cap.span, message).help(help));
                }
                self.tiers(draft, per)
            }
            _ => {
                let message = "either `amount`, or `per` with `tiers`, says what it costs";
                self.error("bad-amount", draft.span, message);
                None
            }
        }
    }

    fn tiers(&mut self, draft: &AmountDraft, per: At<Id>) -> Option<Price> {
        let fact = self.facts.position(&per.value);
        let whole = fact.and_then(|it| self.facts.fact(it));
        if !whole.is_some_and(|it| matches!(it.domain(), Domain::Integer { min: 0.., .. })) {
            if !self.facts.is_broken(&per.value) {
                let message = format!("`{}` is not a declared count", per.value);
                let diagnostic = Diagnostic::error("bad-amount", per.span, message);
                let near = self.facts.nearest(per.value.as_str()).filter(|it| per.value != **it);
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "declare it as an `integer` whose range begins at 0 or more".into(),
                };
                self.found.push(diagnostic.help(help));
            }
            return None;
        }
        let mut tiers = Vec::with_capacity(draft.tiers.0.len());
        let mut reached = Some(0);
        for tier in &draft.tiers.0 {
            let up_to = tier.up_to.map_or(i64::MAX, |it| i64::from(it.value));
            if reached.is_none_or(|it| up_to <= it) {
                self.error(
                    "bad-amount",
                    tier.span,
                    "the tier ends no later than the one before it",
                );
            }
            reached = tier.up_to.map(|_| up_to);
            tiers.push(Tier { up_to, each: tier.each });
        }
        if reached.is_some() {
            let help = "leave `up-to` out of the last one";
            let message = "the last tier ends, so that further units have no price";
            self.found.push(Diagnostic::error("bad-amount", draft.span, message).help(help));
        }
        Some(Price::Tiered { per: fact?, tiers: tiers.into(), cap: draft.cap.map(|it| it.value) })
    }

    fn rule(
        &mut self,
        stage: Stage,
        id: At<Id>,
        draft: &RuleDraft,
        all: &[Filed<'_>],
    ) -> Option<Rule> {
        self.check_rule(stage, draft);
        let when = self.guard(draft.when.as_ref());
        let ground = self.ground(&draft.law, draft.certainty, &draft.remarks);
        let supersedes = self.superseded(stage, draft, all);
        Some(Rule {
            id: id.value,
            name: draft.name.as_ref()?.clone(),
            stage,
            basis: draft.basis.map_or(Basis::Person, |it| it.value),
            channels: Channels::new(&draft.channels.0),
            effective: draft.effective.as_ref()?.value,
            when: when?,
            amount: draft.amount.value.map(|it| it.value),
            ratio: draft.ratio.value.map(|it| it.value),
            supersedes,
            ground: ground?,
        })
    }

    /// Checks that a rule has exactly the keys that its table gives a meaning.
    fn check_rule(&mut self, stage: Stage, draft: &RuleDraft) {
        let table = stage.as_str();
        let takes_price = matches!(stage, Stage::Reduction | Stage::Temporary | Stage::Subsidy);
        let (amount, ratio) = (&draft.amount, &draft.ratio);
        let priced = amount.value.map(|it| it.span).or(ratio.value.map(|it| it.span));
        if let Some(span) = priced.filter(|_| !takes_price) {
            self.error("bad-rule", span, format!("a rule under `{table}` states no amount"));
        }
        let prices = usize::from(amount.is_written) + usize::from(ratio.is_written);
        if matches!(stage, Stage::Reduction | Stage::Temporary) && prices != 1 {
            let message = format!("a rule under `{table}` states one `amount` or one `ratio`");
            self.error("bad-rule", draft.span, message);
        }
        if draft.basis.is_some() != (stage == Stage::Exemption) {
            let message = "exactly the rules under `exemption` state their `basis`";
            self.error("bad-rule", draft.span, message);
        }
        if let Some(ratio) = ratio.value.filter(|it| it.value.exceeds_one()) {
            self.error("bad-rule", ratio.span, format!("`{}` is more than the whole", ratio.value));
        }
        if draft.items.is_absent() && draft.authority.is_none() && draft.managed_by.is_none() {
            let message = "the rule does not say to which fees it applies";
            let help = "name `items`, an `authority` or `managed-by`";
            self.found.push(Diagnostic::error("bad-rule", draft.span, message).help(help));
        }
    }

    fn superseded(&mut self, stage: Stage, draft: &RuleDraft, all: &[Filed<'_>]) -> Box<[u16]> {
        let mut places = Vec::with_capacity(draft.supersedes.0.len());
        for wanted in &draft.supersedes.0 {
            let same = (0..).zip(all).filter(|(_, (it, _, _))| *it == stage);
            match same.clone().find(|(_, (_, id, _))| id.value == wanted.value) {
                Some((place, _)) => places.push(place),
                None => {
                    let message =
                        format!("no rule `{}` stands under `{}`", wanted.value, stage.as_str());
                    let known = same.map(|(_, (_, id, _))| id.value.as_str());
                    let diagnostic = Diagnostic::error("undeclared-rule", wanted.span, message);
                    let diagnostic = diagnostic.nearest(wanted.value.as_str(), known);
                    let help = || format!("declare it under `[{}]`", stage.as_str());
                    self.found.push(diagnostic.or_help(help));
                }
            }
        }
        places.into()
    }

    fn check_selections(&mut self, rules: &[Filed<'_>], items: &[(At<Id>, Option<&ItemDraft>)]) {
        for wanted in rules.iter().flat_map(|(_, _, rule)| &rule.items.0) {
            if !items.iter().any(|(id, _)| within(&wanted.value, &id.value)) {
                let message = format!("no item is `{0}` or stands under `{0}/`", wanted.value);
                let diagnostic = Diagnostic::error("unknown-item", wanted.span, message);
                let known = items.iter().map(|(id, _)| id.value.as_str());
                let diagnostic = diagnostic.nearest(wanted.value.as_str(), known);
                self.found.push(diagnostic.or_help(|| "declare it under `[item]`".into()));
            }
        }
    }

    /// Reports amounts between which the schedule cannot choose, with a case that shows it.
    fn check_overlaps(&mut self, cases: &[Case], drafts: &[AmountDraft]) {
        for (at, (case, draft)) in cases.iter().zip(drafts).enumerate() {
            for other in cases.iter().take(at) {
                if !case.effective.overlaps(&other.effective) {
                    continue;
                }
                let wanted = case.when.iter().chain(&other.when).map(|it| (it, Want::Holds));
                let wanted: Vec<(&Guard, Want)> = wanted.collect();
                let shared = search(&wanted, self.facts, Unknown::AskedFor, &mut self.budget);
                let shared = match shared {
                    Exists::In(case) => case,
                    Exists::Nowhere => continue,
                    Exists::Entangled(_) => {
                        let message = "too entangled to tell whether amounts overlap";
                        let diagnostic = Diagnostic::error("too-entangled", draft.span, message);
                        return self
                            .found
                            .push(diagnostic.help("ask for fewer facts in each `when`"));
                    }
                };
                let shown: Vec<String> = shared
                    .facts()
                    .iter()
                    .filter_map(|(fact, value)| {
                        Some(format!("{} = {}", self.facts.fact(*fact)?.id(), (*value)?))
                    })
                    .collect();
                let whom = if shown.is_empty() { "every case".into() } else { shown.join(", ") };
                let message = format!("two amounts hold on the same days for {whom}");
                let diagnostic = Diagnostic::error("overlapping-amounts", draft.span, message);
                self.found.push(
                    diagnostic.help("give each a `when` that excludes the other, or end one"),
                );
            }
        }
    }

    fn guard(&mut self, text: Option<&GuardText>) -> Option<Option<Guard>> {
        let Some(text) = text else { return Some(None) };
        Guard::compile(&text.value, text.span, self.facts, self.found).map(Some)
    }

    fn ground(
        &mut self,
        law: &Need<At<Id>>,
        certainty: Option<Certainty>,
        remarks: &Remarks,
    ) -> Option<GroundIdx> {
        let law = law.as_ref()?;
        let mut places = (0..).zip(self.laws);
        let Some((place, (_, citation))) = places.find(|(_, (id, _))| *id == law.value) else {
            self.found.push(LAW.undeclared(*law, self.laws.iter().map(|(id, _)| *id)));
            return None;
        };
        let cited = citation.map_or(Certainty::Read, Citation::certainty);
        let certainty = match remarks.assumed() {
            Some(_) => Certainty::Assumed,
            None => certainty.unwrap_or(cited),
        };
        Some(GroundIdx { law: place, certainty })
    }

    fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.found.push(Diagnostic::error(code, span, message));
    }
}

/// Returns true when the rule can touch a component; when and for whom is seen later.
fn selects(
    rule: &RuleDraft,
    item: Id,
    managed_by: Option<Manager>,
    authority: SettingAuthority,
    kind: Kind,
) -> bool {
    (rule.items.0.is_empty() || rule.items.0.iter().any(|it| within(&it.value, &item)))
        && rule.authority.is_none_or(|it| it == authority)
        && (rule.managed_by.is_none() || rule.managed_by == managed_by)
        && !rule.except.0.contains(&kind)
}

/// Returns true for the name itself and for every name under it: `residence` holds `residence/permanent`.
fn within(wanted: &Id, item: &Id) -> bool {
    let rest = item.as_str().strip_prefix(wanted.as_str());
    rest.is_some_and(|it| it.is_empty() || it.starts_with('/'))
}
