//! The few special functions that variates and intervals need, over `libm`.
//!
//! `libm` has the same bits on every platform; no function of the platform is
//! called. Absent is every distribution that nothing here draws or tests by.
#![expect(clippy::float_arithmetic, reason = "these functions are defined over the reals")]

mod gamma;
mod normal;
mod student;

pub(crate) use gamma::{ln_gamma_quantile, ln_gamma_slope, ln_gamma_tails};
pub(crate) use normal::{normal_quantile, upper_tail};
pub(crate) use student::student_quantile;

/// Follows Newton's steps from a start until they no longer move.
///
/// Every caller solves a concave equation in logarithms, on which Newton's
/// method comes near from one side and cannot leave.
fn newton(start: f64, step: impl Fn(f64) -> f64) -> f64 {
    let mut at = start;
    for _ in 0..200 {
        let moved = step(at);
        at -= moved;
        if libm::fabs(moved) <= 1e-15 * libm::fmax(1.0, libm::fabs(at)) {
            break;
        }
    }
    at
}
