//! Whatever comes in, nothing panics, nothing hangs, and nothing is half believed.
//!
//! Texts, guards, moments and commands are as wrong as random ones are. What a
//! case found once stands as a test beside it, or beside the code that it mended.
//!
//! `HOSO_LONGER=100 cargo test --release --test hostile` tries a hundred times as many cases.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test measures time, and fails by panicking"
)]

mod caps;
mod commands;
mod definitions;
mod desk;
mod guards;
#[path = "../office/mod.rs"]
mod office;
mod texts;
mod values;

use std::sync::OnceLock;

use hoso::calendar::Calendar;
use hoso::definition::{self, Catalogue, Procedure};
use hoso::fee::{self, Tariff};
use hoso::source::Sources;

/// The real definitions, loaded once.
pub(crate) struct World {
    pub(crate) sources: Sources,
    pub(crate) procedures: Vec<Procedure>,
    pub(crate) calendar: Calendar,
    pub(crate) tariff: Tariff,
}

impl World {
    pub(crate) fn get() -> &'static Self {
        static WORLD: OnceLock<World> = OnceLock::new();
        WORLD.get_or_init(|| {
            let sources = office::sources(&office::folder());
            let (calendars, _) = Calendar::parse_all(&sources);
            let (tariffs, _) = fee::load(&sources);
            let (catalogue, _) = Catalogue::new(definition::load(&sources).0);
            Self {
                procedures: catalogue.iter().cloned().collect(),
                calendar: calendars.into_iter().find(|it| it.id() == "hanoi").unwrap(),
                tariff: tariffs.into_iter().find(|it| it.id() == "hanoi").unwrap(),
                sources,
            }
        })
    }
}

/// How many cases a property is tried with: the usual number, or as many times that as `HOSO_LONGER` says.
pub(crate) fn cases(usual: u32) -> u32 {
    let times = std::env::var("HOSO_LONGER").ok().and_then(|it| it.parse().ok());
    usual.saturating_mul(times.unwrap_or(1))
}
