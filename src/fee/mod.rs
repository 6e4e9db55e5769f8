//! Fees: what an item of a tariff costs, line by line, and under which law.
//!
//! A tariff is dated data; an assessment applies it in one fixed order and
//! says of every rule whether it applied. What is not known is never zero.
//! Taxes in proportion to a value, such as the registration tax, are absent:
//! nobody's dossier carries the value.

mod account;
mod assess;
mod assessment;
mod desk;
mod draft;
mod load;
mod lower;
mod tariff;

pub use assess::{MAX_QUANTITY, Request, assess, price};
pub use assessment::{Assessment, Bill, Ground, Line, NotApplied, Reason, Why};
pub use draft::{Basis, Kind, Manager, SettingAuthority};
pub use load::{format_text, load};
pub use tariff::{Component, Item, ItemIdx, Tariff};

#[cfg(test)]
mod tests;
