//! The text of a tariff: its tables and words, exactly as written.
//!
//! Nothing is resolved here. Six tables of rules share one record, since they
//! say the same things: for which fees, when, by which channel, for whom.

use crate::definition::Channel;
use crate::definition::fact::FactDraft;
use crate::definition::guard::GuardText;
use crate::id::Id;
use crate::law::{Certainty, Citation, Interval};
use crate::money::{Dong, Ratio};
use crate::read::{Format, Given, Lines, Many, Maybe, Named, Need, Section, record};
use crate::source::At;
use crate::text::{Text, words};

words! {
    /// Who sets a fee (thẩm quyền quy định); on it, not on the procedure, hang the free-of-charge rules.
    pub enum SettingAuthority as "an authority that sets fees, such as `provincial-council`" {
        /// The people's council of a province or centrally run city (Law 97/2015).
        ProvincialCouncil = "provincial-council" ("Hội đồng nhân dân cấp tỉnh", "provincial people's council"),
        /// The Ministry of Finance, by circular.
        MinistryFinance = "ministry-finance" ("Bộ Tài chính", "Ministry of Finance"),
        /// The Government, by decree.
        Government = "government" ("Chính phủ", "Government"),
        /// The National Assembly or its standing committee.
        NationalAssembly = "national-assembly" ("Quốc hội", "National Assembly"),
        /// Whoever provides the service; a price, not a fee.
        ServiceProvider = "service-provider" ("Đơn vị cung cấp dịch vụ", "service provider"),
    }

    /// What sort of charge a component is.
    pub enum Kind as "a kind of charge: `fee`, `charge`, `appraisal`, `copy` or `service`" {
        /// A fee for a public act (lệ phí).
        Fee = "fee" ("lệ phí", "fee"),
        /// A charge that covers the cost of a service (phí).
        Charge = "charge" ("phí", "charge"),
        /// A charge for appraising the dossier (phí thẩm định hồ sơ).
        Appraisal = "appraisal" ("phí thẩm định hồ sơ", "appraisal charge"),
        /// A charge for copies and extracts (phí bản sao, trích lục).
        Copy = "copy" ("phí bản sao, trích lục", "copy charge"),
        /// A price for a service beside the procedure (giá dịch vụ).
        Service = "service" ("giá dịch vụ", "service price"),
    }

    /// Who runs the procedure for which a fee is paid.
    pub enum Manager as "who runs the procedure: `peoples-committee` or `public-security`" {
        /// The people's committee and its bodies.
        PeoplesCommittee = "peoples-committee" ("Ủy ban nhân dân", "people's committee"),
        /// The police.
        PublicSecurity = "public-security" ("Công an", "public security"),
    }

    /// What an exemption rests on.
    pub enum Basis as "the basis of an exemption: `event` or `person`" {
        /// The event itself is free, whoever it concerns.
        Event = "event" ("theo sự kiện", "by event"),
        /// The person belongs to a group that the instrument of this fee exempts.
        Person = "person" ("theo đối tượng", "by person"),
    }
}

record! {
    /// One file: a tariff.
    pub(super) struct Draft {
        format: At<Format> = "format",
        tariff: Section<Head> = "tariff",
        law: Named<Citation> = "law",
        fact: Named<FactDraft> = "fact",
        item: Named<ItemDraft> = "item",
        exemption: Named<RuleDraft> = "exemption",
        reduction: Named<RuleDraft> = "reduction",
        temporary: Named<RuleDraft> = "temporary",
        zero: Named<RuleDraft> = "zero",
        doubt: Named<RuleDraft> = "doubt",
        subsidy: Named<RuleDraft> = "subsidy",
    }
}

record! {
    /// What a tariff is, and which one it extends.
    pub(super) struct Head {
        id: Need<At<Id>> = "id",
        name: Need<Text> = "name",
        extends: Option<At<Id>> = "extends",
    }
}

record! {
    /// Something that is charged for, with its components.
    pub(super) struct ItemDraft {
        name: Need<Text> = "name",
        managed_by: Need<Manager> = "managed-by",
        component: Named<ComponentDraft> = "component",
    }
}

record! {
    /// One charge of an item, set by one authority.
    pub(super) struct ComponentDraft {
        name: Option<Text> = "name",
        authority: Need<SettingAuthority> = "authority",
        kind: Need<Kind> = "kind",
        amount: Lines<AmountDraft> = "amount",
    }
}

record! {
    /// An amount of the schedule, for one case and some time.
    pub(super) struct AmountDraft {
        when: Option<GuardText> = "when",
        amount: Given<Maybe<Dong>> = "amount",
        online: Option<Dong> = "online",
        postal: Option<Dong> = "postal",
        per: Option<At<Id>> = "per",
        tiers: Many<TierDraft> = "tiers",
        cap: Option<At<Dong>> = "cap",
        covers: Option<At<u32>> = "covers",
        beyond: Option<Dong> = "beyond",
        effective: Need<At<Interval>> = "effective",
        law: Need<At<Id>> = "law",
        certainty: Option<Certainty> = "certainty",
    }
}

record! {
    /// A price for each of some units, up to a number of them.
    pub(super) struct TierDraft {
        up_to: Option<At<u32>> = "up-to",
        each: Dong = "each",
    }
}

record! {
    /// A rule that changes what the schedule says.
    pub(super) struct RuleDraft {
        name: Need<Text> = "name",
        basis: Option<At<Basis>> = "basis",
        items: Many<At<Id>> = "items",
        authority: Option<SettingAuthority> = "authority",
        managed_by: Option<Manager> = "managed-by",
        except: Many<Kind> = "except",
        channels: Many<Channel> = "channels",
        when: Option<GuardText> = "when",
        amount: Given<At<Dong>> = "amount",
        ratio: Given<At<Ratio>> = "ratio",
        supersedes: Many<At<Id>> = "supersedes",
        effective: Need<At<Interval>> = "effective",
        law: Need<At<Id>> = "law",
        certainty: Option<Certainty> = "certainty",
    }
}

/// The words by which rules are filed, in the order in which they are applied.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Stage {
    Exemption,
    Reduction,
    Doubt,
    Temporary,
    Zero,
    Subsidy,
}

impl Stage {
    pub(super) const ALL: [Self; 6] =
        [Self::Exemption, Self::Reduction, Self::Doubt, Self::Temporary, Self::Zero, Self::Subsidy];

    /// Returns the key of the table in a text.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Exemption => "exemption",
            Self::Reduction => "reduction",
            Self::Doubt => "doubt",
            Self::Temporary => "temporary",
            Self::Zero => "zero",
            Self::Subsidy => "subsidy",
        }
    }
}

impl Draft {
    pub(super) const fn rules(&self, stage: Stage) -> &Named<RuleDraft> {
        match stage {
            Stage::Exemption => &self.exemption,
            Stage::Reduction => &self.reduction,
            Stage::Doubt => &self.doubt,
            Stage::Temporary => &self.temporary,
            Stage::Zero => &self.zero,
            Stage::Subsidy => &self.subsidy,
        }
    }
}
