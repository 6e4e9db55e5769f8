//! Moments and histograms as data: integers only, so that stored parts merge to the same bytes.
//!
//! Sums are texts of digits, because 128 bits are more than JSON's readers hold.

use alloc::borrow::Cow;
use alloc::string::ToString as _;
use alloc::vec::Vec;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Histogram, Moments};

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Stored<'s> {
    count: u64,
    #[serde(borrow)]
    sum: Cow<'s, str>,
    #[serde(borrow)]
    squares: Cow<'s, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    least: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    most: Option<i64>,
}

impl Serialize for Moments {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let stored = Stored {
            count: self.count(),
            sum: self.sum().to_string().into(),
            squares: self.squares().to_string().into(),
            least: self.least(),
            most: self.most(),
        };
        stored.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Moments {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = Stored::deserialize(deserializer)?;
        let whole = |it: &str| it.parse::<i128>().map_err(D::Error::custom);
        let (sum, squares) = (whole(&stored.sum)?, whole(&stored.squares)?);
        let ends = stored.least.zip(stored.most);
        if ends.is_some() != (stored.count > 0) {
            return Err(D::Error::custom("`least` and `most` stand where something was counted"));
        }
        Ok(Self::of_parts(stored.count, sum, squares, ends))
    }
}

impl Serialize for Histogram {
    /// Writes the first second of each cell, and its count: `[[0, 3], [1024, 7]]`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.cells().map(|it| (it.from(), it.count())))
    }
}

impl<'de> Deserialize<'de> for Histogram {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let cells = Vec::<(i64, u64)>::deserialize(deserializer)?;
        Ok(cells.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn what_is_stored_reads_back() {
        let mut moments = Moments::default();
        let empty = serde_json::to_string(&moments).unwrap();
        assert_eq!(serde_json::from_str::<Moments>(&empty).unwrap(), moments);
        [i64::MIN, 0, 7].iter().for_each(|it| moments.add(*it));
        let text = serde_json::to_string(&moments).unwrap();
        expect![[r#"{"count":3,"sum":"-9223372036854775801","squares":"85070591730234615865843651857942052913","least":-9223372036854775808,"most":7}"#]].assert_eq(&text);
        assert_eq!(serde_json::from_str::<Moments>(&text).unwrap(), moments);

        let histogram: Histogram = [(-2_000, 1), (3, 2), (100_000, 3)].into_iter().collect();
        let text = serde_json::to_string(&histogram).unwrap();
        expect!["[[-2001,1],[3,2],[99968,3]]"].assert_eq(&text);
        assert_eq!(serde_json::from_str::<Histogram>(&text).unwrap(), histogram);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for bad in [
            r#"{"count":1,"sum":"0","squares":"0"}"#,
            r#"{"count":0,"sum":"0","squares":"0","least":1,"most":1}"#,
            r#"{"count":1,"sum":"x","squares":"0","least":1,"most":1}"#,
            r#"{"count":1,"sum":"1","squares":"1","least":1,"most":1,"mean":1}"#,
        ] {
            assert!(serde_json::from_str::<Moments>(bad).is_err(), "{bad}");
        }
    }
}
