//! A register as it was written, no name resolved.

use alloc::boxed::Box;

use chrono::NaiveDate;

use super::figure::{Counted, Percent};
use crate::definition::words::{Level, ServiceLevel};
use crate::id::Id;
use crate::law::{Certainty, Citation, Interval};
use crate::read::{Format, Lines, Many, Named, Need, Rows, Section, record};
use crate::source::At;
use crate::text::Text;

record! {
    /// One text: a register with its rows, entries and figures.
    pub(super) struct Draft {
        format: At<Format> = "format",
        register: Section<Head> = "register",
        law: Named<Citation> = "law",
        free_online: Named<RegimeDraft> = "free-online",
        essential: Rows<RowDraft> = "essential",
        entry: Named<EntryDraft> = "entry",
        figure: Named<FigureDraft> = "figure",
    }
}

record! {
    /// Whose register it is.
    pub(super) struct Head {
        id: Need<At<Id>> = "id",
        name: Need<Text> = "name",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// A resolution under which filing online costs nothing.
    pub(super) struct RegimeDraft {
        name: Need<Text> = "name",
        effective: Need<Interval> = "effective",
        law: Many<At<Id>> = "law",
    }
}

record! {
    /// A row of the list of essential services.
    pub(super) struct RowDraft {
        row: Need<At<u8>> = "row",
        name: Need<Text> = "name",
        owner: Option<Text> = "owner",
    }
}

record! {
    /// What is said of one procedure.
    pub(super) struct EntryDraft {
        essential: Option<At<u8>> = "essential",
        free_online: Many<At<Id>> = "free-online",
        code: Many<At<Box<str>>> = "code",
        authority: Option<At<Level>> = "authority",
        service_level: Option<At<ServiceLevel>> = "service-level",
        source: Option<Box<str>> = "source",
        certainty: Option<Certainty> = "certainty",
    }
}

record! {
    /// A published figure with its parts.
    pub(super) struct FigureDraft {
        name: Need<Text> = "name",
        on: Option<NaiveDate> = "on",
        whole: Need<u32> = "whole",
        within: Option<At<Id>> = "within",
        counts: Option<Counted> = "counts",
        share: Lines<PartDraft> = "share",
        part: Lines<PartDraft> = "part",
        source: Option<Box<str>> = "source",
        certainty: Option<Certainty> = "certainty",
    }
}

record! {
    /// A part of a figure.
    pub(super) struct PartDraft {
        name: Need<Text> = "name",
        count: Need<u32> = "count",
        percent: Option<Percent> = "percent",
    }
}
