//! Rows of work that begins and rows of work that is done, made one.

use std::collections::{BTreeMap, VecDeque};

use super::Row;
use crate::moment::Moment;

/// Sorts the rows of a case by time and keeps those that complete a step, with when it began.
///
/// Returns how many tell neither of a beginning nor of an end.
pub(super) fn complete(rows: &mut Vec<Row>) -> usize {
    let mut begun: BTreeMap<_, VecDeque<Moment>> = BTreeMap::new();
    let mut left_out = 0;
    rows.sort_by_key(|it| it.at);
    let mut done = Vec::new();
    for mut row in rows.drain(..) {
        let lifecycle = row.lifecycle.as_deref().map(str::to_lowercase);
        match lifecycle.as_deref() {
            Some("start") => begun.entry(row.activity).or_default().push_back(row.at),
            None | Some("complete") => {
                let began = begun.get_mut(&row.activity).and_then(VecDeque::pop_front);
                row.began = row.began.or(began);
                done.push(row);
            }
            Some(_) => left_out += 1,
        }
    }
    *rows = done;
    left_out
}
