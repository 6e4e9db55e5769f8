//! Estimates as data: intervals by their bounds, laws as a scenario writes them.

use alloc::collections::BTreeMap;

use serde::Serializer;
use serde::ser::SerializeStruct as _;

use super::estimates::Chance;
use super::fit::Fit;
use super::shares::Shares;
use crate::simulate::figures::{Confidence, Interval};
use crate::text::Text;

pub(super) fn interval<S: Serializer>(it: &Interval, serializer: S) -> Result<S::Ok, S::Error> {
    let mut fields = serializer.serialize_struct("Interval", 3)?;
    fields.serialize_field("mean", &it.mean())?;
    fields.serialize_field("low", &it.low())?;
    fields.serialize_field("high", &it.high())?;
    fields.end()
}

pub(super) fn level<S: Serializer>(it: &Confidence, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(it.level())
}

/// One share for all states; else the shares of those that have one.
impl serde::Serialize for Shares {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(it) = self.everywhere() {
            return it.serialize(serializer);
        }
        if self.is_rest() {
            return serializer.serialize_none();
        }
        let mut fields = serializer.serialize_struct("Shares", 1)?;
        let by_state: BTreeMap<&str, &Chance> =
            self.by_state().map(|(state, it)| (state.as_str(), it)).collect();
        fields.serialize_field("by-state", &by_state)?;
        fields.end()
    }
}

/// Both languages of each sentence.
pub(super) fn texts<S: Serializer>(it: &[Text], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(it.iter().map(|it| Words { vi: it.vi(), en: it.en() }))
}

#[derive(serde::Serialize)]
struct Words<'t> {
    vi: &'t str,
    en: Option<&'t str>,
}

impl serde::Serialize for Fit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Fit", 8)?;
        fields.serialize_field("distribution", &alloc::format!("{}", self.distribution()))?;
        fields.serialize_field("mean-seconds", &self.distribution().mean())?;
        fields.serialize_field("low", &self.mean().map(Interval::low))?;
        fields.serialize_field("high", &self.mean().map(Interval::high))?;
        fields.serialize_field("seen", &self.seen())?;
        fields.serialize_field("cut-off", &self.cut())?;
        fields.serialize_field("distance", &self.distance())?;
        fields.serialize_field("fits", &self.fits())?;
        fields.end()
    }
}
