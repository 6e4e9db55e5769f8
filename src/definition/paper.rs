//! The papers of a procedure: what is handed in, what answers instead, what comes out.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::accessors::accessors;
use super::guard::Guard;
use super::table::{DatabaseIdx, LawIdx};
use super::words::Channel;
use crate::clock::Limit;
use crate::read::{Maybe, Remarks};
use crate::text::Text;

/// A shared database that can answer for a document.
#[derive(Clone, Debug)]
pub struct Database {
    pub(crate) name: Text,
    pub(crate) law: Vec<LawIdx>,
}

impl Database {
    accessors! {
        /// Returns the name.
        name: Text,
        /// Returns the legal basis.
        law: [LawIdx],
    }
}

/// A part of the dossier (thành phần hồ sơ).
#[derive(Clone, Debug)]
pub struct Document {
    pub(crate) name: Text,
    pub(crate) form: Option<Form>,
    pub(crate) originals: u8,
    pub(crate) copies: u8,
    pub(crate) presented: bool,
    pub(crate) certified: bool,
    pub(crate) pages: Option<u16>,
    pub(crate) fields: Option<u16>,
    pub(crate) signed: Vec<Channel>,
    pub(crate) when: Option<Guard>,
    pub(crate) replaced_by: Vec<DatabaseIdx>,
    pub(crate) law: Vec<LawIdx>,
    pub(crate) remarks: Remarks,
}

impl Document {
    accessors! {
        /// Returns the official name.
        name: Text,
        /// Returns the shared databases that can answer instead.
        replaced_by: [DatabaseIdx],
        /// Returns the channels on which the applicant signs it.
        signed: [Channel],
        /// Returns the legal basis.
        law: [LawIdx],
        /// Returns what was assumed and noted.
        remarks: Remarks,
    }

    /// Returns the form on which it is written.
    #[must_use]
    pub const fn form(&self) -> Option<&Form> {
        self.form.as_ref()
    }

    /// Returns the number of originals to hand in.
    #[must_use]
    pub const fn originals(&self) -> u8 {
        self.originals
    }

    /// Returns the number of copies to hand in.
    #[must_use]
    pub const fn copies(&self) -> u8 {
        self.copies
    }

    /// Returns true when it is only shown and given back.
    #[must_use]
    pub const fn presented(&self) -> bool {
        self.presented
    }

    /// Returns true when its copies must be certified (bản sao có chứng thực).
    #[must_use]
    pub const fn certified(&self) -> bool {
        self.certified
    }

    /// Returns the number of pages of one copy, where the procedure says it.
    #[must_use]
    pub const fn pages(&self) -> Option<u16> {
        self.pages
    }

    /// Returns the number of fields that the applicant fills in, where the procedure says it.
    #[must_use]
    pub const fn fields(&self) -> Option<u16> {
        self.fields
    }

    /// Returns the condition under which it is asked for.
    #[must_use]
    pub const fn when(&self) -> Option<&Guard> {
        self.when.as_ref()
    }
}

/// A form, addressed by instrument and number, since numbers change meaning.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Form {
    pub(crate) instrument: LawIdx,
    pub(crate) number: Box<str>,
}

impl Form {
    accessors! {
        /// Returns the number inside the instrument.
        number: str,
    }

    /// Returns the instrument that issues the form.
    #[must_use]
    pub const fn instrument(&self) -> LawIdx {
        self.instrument
    }
}

/// What the applicant receives in the end (kết quả).
#[derive(Clone, Debug)]
pub struct Outcome {
    pub(crate) name: Text,
    pub(crate) code: Option<Maybe<Box<str>>>,
    pub(crate) valid_for: Option<Maybe<Limit>>,
    pub(crate) channels: Vec<Channel>,
    pub(crate) law: Vec<LawIdx>,
    pub(crate) remarks: Remarks,
}

impl Outcome {
    accessors! {
        /// Returns the official name.
        name: Text,
        /// Returns the ways in which it is handed over; those of filing where nothing is said.
        channels: [Channel],
        /// Returns the legal basis.
        law: [LawIdx],
        /// Returns what was assumed and noted.
        remarks: Remarks,
    }

    /// Returns the code of the result on the Portal.
    #[must_use]
    pub const fn code(&self) -> Option<&Maybe<Box<str>>> {
        self.code.as_ref()
    }

    /// Returns how long it is valid.
    #[must_use]
    pub const fn valid_for(&self) -> Option<&Maybe<Limit>> {
        self.valid_for.as_ref()
    }
}
