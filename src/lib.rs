//! Administrative procedures as state graphs: what may happen to a dossier
//! (*hồ sơ*) now, who may do it, when the answer is due, and what it costs.
//!
//! The library computes; it reads no clock, no file and no network. Texts,
//! moments and ids come from the caller.
//!
//! ```
//! use hoso::calendar::Calendar;
//! use hoso::clock::{Clock, Limit};
//! use hoso::source::Sources;
//!
//! let mut sources = Sources::new();
//! sources.add("vietnam.toml", include_str!("../procedures/calendars/vietnam.toml"));
//! let (calendars, _) = Calendar::parse_all(&sources);
//!
//! let limit: Limit = "3 working days".parse()?;
//! let clock = Clock::start(limit.into(), "2025-04-25T10:00:00+07:00".parse()?);
//! let due = clock.due(&calendars[0])?.unwrap();
//! // Saturday 26/04/2025 is worked in exchange for 2 May, so it counts.
//! assert_eq!(due.date().to_string(), "2025-04-29");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | to | see |
//! |---|---|
//! | load procedures and find the version in force | [`definition::load`], [`definition::Catalogue`] |
//! | compute a due date, with its ledger | [`clock::Clock`], [`calendar::Calendar`] |
//! | assess a fee, line by line | [`fee::assess`] |
//! | know who acts after an authority that ended | [`authority::Authorities`] |
//! | compare two designs of a procedure | [`simplify`] |
//! | decide a command, list what may happen now | [`dossier::Dossier`] |
//! | know what complying costs | [`simplify::cost::account`] |
//! | run a caseload through a design | the module `simulate` |
//! | know how recorded histories differ from a definition | [`conform`] |
//! | hand a procedure to another tool | [`export`] |
//! | read why it is built so, and the language | [`_manual`] |
//!
//! # Should I use this?
//!
//! Yes, if your system receives and settles applications under law that sets
//! terms, roles and fees, and you want those answers with their grounds. No, if
//! you need a workflow server: there is none here, and no storage either.
//!
//! # Features
//!
//! - `serde` (default): events, dossiers' parts and reports as data.
//! - `std` (default): lets dependencies use the standard library; changes no behaviour.
//! - `catalogue`: the texts of `procedures/` inside the library.
//! - `audit`: a SHA-256 chain over events.
//! - `export`: procedures as drawings, BPMN, PNML, JSON Schema and CPSV-AP; histories as XES and OCEL.
//! - `simulate`: caseloads run through compiled procedures.
//! - `parallel`: replications and offices of a simulation on all cores; changes no figure.
#![no_std]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

extern crate alloc;
#[cfg(any(test, doctest))]
extern crate std;

pub mod authority;
pub mod calendar;
#[cfg(feature = "simulate")]
pub mod calibrate;
#[cfg(feature = "catalogue")]
pub mod catalogue;
pub mod clock;
pub mod conform;
pub mod definition;
pub mod diagnostic;
pub mod dossier;
pub mod error;
pub mod explain;
#[cfg(feature = "export")]
pub mod export;
pub mod fee;
pub mod id;
pub mod law;
pub mod money;
mod net;
pub mod quality;
mod read;
pub mod simplify;
#[cfg(feature = "simulate")]
pub mod simulate;
pub mod source;
pub mod text;
pub mod verify;
pub mod witness;

pub use read::{Maybe, Remarks};

/// The papers: how the house is built, the definition language, how time is counted, what simpler means, how caseloads are written and what simulating them tells, what recorded histories teach.
pub mod _manual {
    #[doc = include_str!("manual/how-it-is-built.md")]
    pub mod how_it_is_built {}

    #[doc = include_str!("manual/definition-language.md")]
    pub mod definition_language {}

    #[doc = include_str!("manual/counting-time.md")]
    pub mod counting_time {}

    #[doc = include_str!("manual/simpler-by-how-much.md")]
    pub mod simpler_by_how_much {}

    #[doc = include_str!("manual/scenarios.md")]
    pub mod scenarios {}

    #[doc = include_str!("manual/simulating.md")]
    pub mod simulating {}

    #[doc = include_str!("manual/learning-from-the-past.md")]
    pub mod learning_from_the_past {}
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
