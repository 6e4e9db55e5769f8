//! What complying costs (chi phí tuân thủ), per Circular 02/2017/TT-VPCP, Article 27.
//!
//! [`account`] lists the work of the typical case line by line, with minutes,
//! direct costs and fees, and who bears it. Opportunity cost is absent, as the
//! circular wants it; so is the work of people whom no line names.

mod account;
mod adoption;
mod attendance;
mod draft;
mod fraction;
mod line;
mod load;
mod norms;
mod work;

pub use account::{Account, Borne, Cost, Setting, account};
pub use adoption::{Adoption, break_even};
pub use attendance::Attendance;
pub use draft::LeftOut;
pub use fraction::Fraction;
pub use line::{Bearer, Gap, Line, Missing};
pub use load::{format_text, load};
pub use norms::{Income, Item, Norms};

#[cfg(test)]
mod tests;
