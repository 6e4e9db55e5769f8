//! The rules: one a file, all in one table.
//!
//! A rule's code is the name of its file.

mod act_changed;
mod actors_changed;
mod at_most;
mod authority_level;
mod channels_changed;
mod citations_changed;
mod clock_effects;
mod desk_changed;
mod document_certified;
mod document_copies;
mod document_database;
mod document_fields;
mod document_handed_over;
mod document_originals;
mod document_pages;
mod document_presented;
mod document_signed;
mod dossiers_stranded;
mod fact_domain;
mod fact_finder;
mod fee_due;
mod fee_item;
mod fee_quantity;
mod form_changed;
mod four_eyes;
mod guard_entangled;
mod guard_incomparable;
mod guard_stronger;
mod guard_weaker;
mod hand_offs;
mod limit_alike;
mod limit_longer;
mod limit_shorter;
mod limit_uneven;
mod limit_unlike;
mod member_added;
mod member_condition;
mod member_order;
mod member_removed;
mod name_changed;
mod part_added;
mod part_merged;
mod part_regrouped;
mod part_removed;
mod part_renamed;
mod part_split;
mod pinning_changed;
mod portal_status;
mod report_frequency;
mod requirements_changed;
mod result_delivery;
mod result_issued;
mod result_validity;
mod route_changed;
mod service_level;
mod silence_changed;
mod step_budget;
mod subjects_changed;
mod term_counting;
mod term_expiry;
mod term_extension;
mod term_published;
mod term_starts;
mod within_changed;
mod work_changed;

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;

use super::change::{Advantage, Change};
use super::comparison::{Comparison, Found, now_and_no_longer};
use super::membership::Membership;
use crate::definition::Part;
use crate::text::{Lang, Text};

/// Every rule, in the order in which changes are told.
pub const RULES: &[&Rule] = &[
    &part_added::RULE,
    &part_removed::RULE,
    &part_renamed::RULE,
    &part_split::RULE,
    &part_merged::RULE,
    &part_regrouped::RULE,
    &name_changed::RULE,
    &document_originals::RULE,
    &document_copies::RULE,
    &document_pages::RULE,
    &document_fields::RULE,
    &document_certified::RULE,
    &document_presented::RULE,
    &document_signed::RULE,
    &document_database::RULE,
    &document_handed_over::RULE,
    &form_changed::RULE,
    &fact_domain::RULE,
    &fact_finder::RULE,
    &guard_stronger::RULE,
    &guard_weaker::RULE,
    &guard_incomparable::RULE,
    &guard_entangled::RULE,
    &limit_longer::RULE,
    &limit_shorter::RULE,
    &limit_uneven::RULE,
    &limit_unlike::RULE,
    &limit_alike::RULE,
    &term_counting::RULE,
    &term_published::RULE,
    &term_extension::RULE,
    &term_starts::RULE,
    &term_expiry::RULE,
    &silence_changed::RULE,
    &clock_effects::RULE,
    &actors_changed::RULE,
    &four_eyes::RULE,
    &requirements_changed::RULE,
    &at_most::RULE,
    &act_changed::RULE,
    &route_changed::RULE,
    &within_changed::RULE,
    &result_issued::RULE,
    &desk_changed::RULE,
    &portal_status::RULE,
    &step_budget::RULE,
    &hand_offs::RULE,
    &channels_changed::RULE,
    &service_level::RULE,
    &authority_level::RULE,
    &pinning_changed::RULE,
    &subjects_changed::RULE,
    &fee_item::RULE,
    &fee_due::RULE,
    &fee_quantity::RULE,
    &result_validity::RULE,
    &result_delivery::RULE,
    &report_frequency::RULE,
    &work_changed::RULE,
    &citations_changed::RULE,
    &dossiers_stranded::RULE,
    &member_added::RULE,
    &member_removed::RULE,
    &member_condition::RULE,
    &member_order::RULE,
];

/// How a rule looks at two versions.
#[derive(Clone, Copy, Debug)]
enum Check {
    /// Two versions of one procedure.
    Versions(for<'p> fn(&Comparison<'p, '_>) -> Vec<Found<'p>>),
    /// A part of a bundle, before and after.
    Member(for<'p> fn(&Membership<'p, '_>) -> Option<Found<'p>>),
}

/// One way in which versions may differ in meaning.
#[derive(Debug)]
pub struct Rule {
    code: &'static str,
    title: (&'static str, &'static str),
    means: &'static str,
    check: Check,
}

impl Rule {
    /// Returns the stable kebab-case code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// Returns what changed, in a few words.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &'static str {
        lang.pick(self.title.0, self.title.1)
    }

    /// Returns what it means for those concerned.
    #[must_use]
    pub const fn means(&self) -> &'static str {
        self.means
    }

    pub(super) fn check<'p>(&'static self, cx: &Comparison<'p, '_>) -> Vec<Change<'p>> {
        match self.check {
            Check::Versions(check) => {
                check(cx).into_iter().map(|it| it.by(self, cx.member)).collect()
            }
            Check::Member(_) => Vec::new(),
        }
    }
}

/// Finds what changed in how a procedure belongs to a bundle.
pub(super) fn of_member<'p>(membership: &Membership<'p, '_>) -> Vec<Change<'p>> {
    let found = RULES.iter().filter_map(|rule| match rule.check {
        Check::Member(check) => Some(check(membership)?.by(rule, Some(membership.name))),
        Check::Versions(_) => None,
    });
    found.collect()
}

/// Writes parts in a row.
fn told(parts: &[Part]) -> String {
    parts.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}

/// Writes sentences as one.
fn joined(told: &[Text], lang: Lang) -> String {
    let told: Vec<&str> = told.iter().map(|it| it.get(lang)).collect();
    told.join(lang.pick(", và ", ", and "))
}

/// Writes somebody who may not be named.
fn or_nobody(somebody: Option<impl fmt::Display>, lang: Lang) -> String {
    let nobody = lang.pick("không ai cụ thể", "nobody in particular");
    somebody.map_or_else(|| nobody.into(), |it| format!("`{it}`"))
}

/// Writes a number that may not be stated.
fn or_unsaid(number: Option<impl fmt::Display>, lang: Lang) -> String {
    let unsaid = lang.pick("một số không nêu", "an unsaid number of");
    number.map_or_else(|| unsaid.into(), |it| it.to_string())
}

/// Words that are said only before, and only after.
#[derive(Clone, Debug)]
struct Words {
    gone: Vec<&'static str>,
    come: Vec<&'static str>,
}

impl Words {
    fn of(before: &[&'static str], after: &[&'static str]) -> Self {
        let only = |own: &[&'static str], other: &[&'static str]| {
            let only: BTreeSet<_> = own.iter().filter(|it| !other.contains(it)).copied().collect();
            only.into_iter().collect()
        };
        Self { gone: only(before, after), come: only(after, before) }
    }

    fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.come.is_empty()
    }

    /// Writes what is said now, and what no longer.
    fn told(&self, lang: Lang) -> String {
        now_and_no_longer(&self.come, &self.gone, lang)
    }

    /// Returns who gains, where one more of them is that good.
    fn advantage(&self, more: Advantage) -> Advantage {
        more.by_change(!self.come.is_empty(), !self.gone.is_empty())
    }
}
