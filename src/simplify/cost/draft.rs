//! The text of norms of compliance cost, exactly as written.

use alloc::boxed::Box;

use crate::definition::Task;
use crate::id::Id;
use crate::law::{Certainty, Citation};
use crate::money::{Dong, Ratio};
use crate::read::{Format, Many, Maybe, Named, Need, Section, record};
use crate::source::At;
use crate::text::{Text, words};

words! {
    /// What norms do not count.
    pub enum LeftOut as "what norms leave out: `fees` or `usual-work`" {
        /// Fees and charges of the procedure, which are a transfer to the budget.
        Fees = "fees" ("phí, lệ phí", "fees"),
        /// Work that would be done without the procedure too (business as usual).
        UsualWork = "usual-work" ("công việc vẫn làm dù không có thủ tục", "work that is done anyway"),
    }
}

record! {
    /// One file: norms of compliance cost of one year.
    pub(super) struct Draft {
        format: At<Format> = "format",
        norms: Section<Head> = "norms",
        income: Option<Section<IncomeDraft>> = "income",
        law: Named<Citation> = "law",
        item: Named<ItemDraft> = "item",
    }
}

record! {
    /// What norms are, and which others they extend.
    pub(super) struct Head {
        id: Need<At<Id>> = "id",
        name: Need<Text> = "name",
        year: Need<u16> = "year",
        extends: Option<At<Id>> = "extends",
        overhead: Option<Ratio> = "overhead",
        leaves_out: Many<LeftOut> = "leaves-out",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// What an hour of work is worth, and how that follows from a published figure.
    pub(super) struct IncomeDraft {
        yearly: Need<Dong> = "yearly",
        hours: Need<At<u16>> = "hours",
        source: Option<Box<str>> = "source",
        certainty: Option<Certainty> = "certainty",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// How long some work takes, and what it costs besides.
    pub(super) struct ItemDraft {
        name: Need<Text> = "name",
        task: Need<Task> = "task",
        minutes: Need<Maybe<u32>> = "minutes",
        waiting: Option<At<u32>> = "waiting",
        direct: Option<Maybe<Dong>> = "direct",
        per_copy: Option<Maybe<Dong>> = "per-copy",
        charged: Option<At<Id>> = "charged",
        usual: Option<bool> = "usual",
        source: Option<Box<str>> = "source",
        certainty: Option<Certainty> = "certainty",
        law: Many<At<Id>> = "law",
    }
}
