//! The texts of `procedures/`, inside the library.
//!
//! Feature `catalogue`. They are texts like any others: load them, or add your
//! own beside them. Proposed redesigns are not among them, since they are not
//! in force. Nothing here is parsed.

use crate::source::Sources;

/// Names a text by its path in `procedures/` and includes it.
macro_rules! text {
    ($path:literal) => {
        ($path, include_str!(concat!("../procedures/", $path)))
    };
}

/// Every text by its path in `procedures/`, sorted.
pub const TEXTS: &[(&str, &str)] = &[
    text!("authorities/hanoi.toml"),
    text!("birth-registration-2023-01.toml"),
    text!("birth-registration-2025-07.toml"),
    text!("bundles/birth-card-group-2025-07.toml"),
    text!("bundles/birth-group-2025-07.toml"),
    text!("bundles/birth-group-2026-09.toml"),
    text!("bundles/death-group-2025-07.toml"),
    text!("bundles/death-group-2026-09.toml"),
    text!("calendars/hanoi.toml"),
    text!("calendars/vietnam.toml"),
    text!("camera-fine-payment-2025-07.toml"),
    text!("certified-copy-2020-05.toml"),
    text!("certified-copy-2025-07.toml"),
    text!("child-health-card-2024-07.toml"),
    text!("child-health-card-2025-07.toml"),
    text!("civil-status-extract-2025-07.toml"),
    text!("construction-permit-adjustment-2021-03.toml"),
    text!("construction-permit-adjustment-2025-07.toml"),
    text!("construction-permit-extension-2021-03.toml"),
    text!("construction-permit-extension-2025-07.toml"),
    text!("construction-permit-house-2021-03.toml"),
    text!("construction-permit-house-2024-12.toml"),
    text!("construction-permit-house-2025-07.toml"),
    text!("construction-permit-reissue-2021-03.toml"),
    text!("construction-permit-reissue-2025-07.toml"),
    text!("construction-permit-works-2021-03.toml"),
    text!("construction-permit-works-2025-07.toml"),
    text!("construction-permit-works-special-2025-07.toml"),
    text!("costs/standard-cost-model-2023.toml"),
    text!("costs/vietnam-2022.toml"),
    text!("costs/vietnam-2023.toml"),
    text!("criminal-record-2025-03.toml"),
    text!("criminal-record-2025-10.toml"),
    text!("death-registration-2023-01.toml"),
    text!("death-registration-2025-07.toml"),
    text!("driving-licence-exchange-2025-03.toml"),
    text!("driving-licence-exchange-2025-10.toml"),
    text!("driving-licence-reissue-2025-03.toml"),
    text!("driving-licence-reissue-2025-10.toml"),
    text!("electricity-contract-change-2025-07.toml"),
    text!("electricity-new-supply-2025-07.toml"),
    text!("feedback-handling-2022-06.toml"),
    text!("first-tax-registration-2025-07.toml"),
    text!("funeral-allowance-2024-07.toml"),
    text!("funeral-allowance-2025-07.toml"),
    text!("funeral-allowance-2026-09.toml"),
    text!("household-business-change-2021-01.toml"),
    text!("household-business-change-2025-07.toml"),
    text!("household-business-copy-2021-01.toml"),
    text!("household-business-copy-2025-07.toml"),
    text!("household-business-registration-2021-01.toml"),
    text!("household-business-registration-2025-07.toml"),
    text!("household-business-reissue-2021-01.toml"),
    text!("household-business-reissue-2025-07.toml"),
    text!("household-health-insurance-renewal-2025-07.toml"),
    text!("identity-card-exchange-2025-07.toml"),
    text!("identity-card-issue-14-2025-07.toml"),
    text!("identity-card-reissue-2025-07.toml"),
    text!("identity-number-confirmation-2025-07.toml"),
    text!("land-change-registration-2025-07.toml"),
    text!("land-change-registration-information-2025-07.toml"),
    text!("life-cycles/construction-permit-2021-03.toml"),
    text!("life-cycles/construction-permit-2024-12.toml"),
    text!("life-cycles/construction-permit-2025-07.toml"),
    text!("life-cycles/construction-permit-renewal-2021-03.toml"),
    text!("life-cycles/construction-permit-renewal-2024-12.toml"),
    text!("life-cycles/construction-permit-renewal-2025-07.toml"),
    text!("life-cycles/driving-licence-2025-03.toml"),
    text!("life-cycles/feedback-2022-06.toml"),
    text!("life-cycles/household-business-2021-01.toml"),
    text!("life-cycles/household-business-2025-07.toml"),
    text!("life-cycles/identity-card-2025-07.toml"),
    text!("life-cycles/linked-2024-06.toml"),
    text!("life-cycles/linked-2026-09.toml"),
    text!("life-cycles/one-stop-2018-06.toml"),
    text!("life-cycles/one-stop-2020-05.toml"),
    text!("life-cycles/one-stop-2025-07.toml"),
    text!("life-cycles/one-stop-2025-12.toml"),
    text!("life-cycles/one-stop-2026-07.toml"),
    text!("life-cycles/one-stop-2026-08.toml"),
    text!("life-cycles/residence-2024-01.toml"),
    text!("life-cycles/residence-2025-07.toml"),
    text!("lodging-notice-2025-07.toml"),
    text!("marital-status-certificate-2023-01.toml"),
    text!("marital-status-certificate-2025-07.toml"),
    text!("marriage-registration-2023-01.toml"),
    text!("marriage-registration-2025-07.toml"),
    text!("motorcycle-registration-2025-03.toml"),
    text!("national-exam-registration-2025-07.toml"),
    text!("passport-2024-01.toml"),
    text!("passport-2025-10.toml"),
    text!("permanent-residence-2025-07.toml"),
    text!("permanent-residence-deregistration-2025-07.toml"),
    text!("register.toml"),
    text!("seal-new-2025-07.toml"),
    text!("seal-small-2025-07.toml"),
    text!("tariffs/hanoi.toml"),
    text!("tariffs/vietnam.toml"),
    text!("temporary-absence-2025-07.toml"),
    text!("temporary-residence-2024-01.toml"),
    text!("temporary-residence-2025-07.toml"),
    text!("temporary-residence-extension-2025-07.toml"),
    text!("unemployment-benefit-2025-07.toml"),
];

/// Returns every text, ready to be loaded.
///
/// # Example
///
/// ```
/// use hoso::{catalogue, definition};
///
/// let sources = catalogue::sources();
/// let (procedures, found) = definition::load(&sources);
/// assert!(!hoso::diagnostic::any_error(&found));
/// let (catalogue, found) = definition::Catalogue::new(procedures);
/// assert!(found.is_empty());
/// assert_eq!(catalogue.ids_of_code("1.013225").len(), 2);
/// ```
#[must_use]
pub fn sources() -> Sources {
    let mut sources = Sources::new();
    for (name, text) in TEXTS {
        sources.add(*name, *text);
    }
    sources
}
