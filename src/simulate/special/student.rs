//! The quantile of Student's t distribution.

use super::{newton, normal_quantile};

/// Returns the point that a t variate exceeds with a probability of at most a half.
///
/// Solved by Newton's method on logarithms from the normal quantile, which is
/// never above it. Degrees of freedom from 1.
pub(crate) fn student_quantile(upper: f64, degrees: f64) -> f64 {
    let normal = -normal_quantile(upper);
    if normal <= 0.0 {
        return 0.0;
    }
    let target = libm::log(upper);
    let ln_point = newton(libm::log(normal), |at| {
        let point = libm::exp(at);
        let tail = upper_tail(point, degrees);
        (target - libm::log(tail)) * tail / (point * density(point, degrees))
    });
    libm::exp(ln_point)
}

/// Returns the probability that a t variate exceeds a point above zero.
fn upper_tail(point: f64, degrees: f64) -> f64 {
    let square = point * point;
    let (half, under) = (0.5 * degrees, degrees + square);
    let power = half * libm::log(degrees / under) + 0.5 * libm::log(square / under);
    let front = libm::exp(power - ln_beta_half(half));
    // The fraction of one side converges fast where that of the other does not.
    if degrees / under < (half + 1.0) / (half + 2.5) {
        0.5 * front * fraction(half, 0.5, degrees / under) / half
    } else {
        0.5 - front * fraction(0.5, half, square / under)
    }
}

fn density(point: f64, degrees: f64) -> f64 {
    let power = -0.5 * (degrees + 1.0) * libm::log1p(point * point / degrees);
    libm::exp(power - ln_beta_half(0.5 * degrees)) / libm::sqrt(degrees)
}

/// Returns ln of the beta function of a number and a half.
fn ln_beta_half(number: f64) -> f64 {
    const LN_ROOT_PI: f64 = 0.572_364_942_924_700_1;
    libm::lgamma(number) + LN_ROOT_PI - libm::lgamma(number + 0.5)
}

/// Sums the continued fraction of the incomplete beta function by the method of Lentz
/// (Abramowitz & Stegun 26.5.8).
fn fraction(first: f64, second: f64, at: f64) -> f64 {
    let guard = |it: f64| if libm::fabs(it) < f64::MIN_POSITIVE { f64::MIN_POSITIVE } else { it };
    let mut front = 1.0;
    let mut back = 1.0 / guard(1.0 - (first + second) * at / (first + 1.0));
    let (mut sum, mut number) = (back, 0.0);
    for _ in 0..10_000 {
        number += 1.0;
        let twice = first + 2.0 * number;
        let even = number * (second - number) * at / ((twice - 1.0) * twice);
        let odd = -(first + number) * (first + second + number) * at / (twice * (twice + 1.0));
        let mut factor = 1.0;
        for part in [even, odd] {
            back = 1.0 / guard(1.0 + part * back);
            front = guard(1.0 + part / front);
            factor = front * back;
            sum *= factor;
        }
        if libm::fabs(factor - 1.0) < 1e-16 {
            break;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF as _, StudentsT};

    #[test]
    fn the_quantile_is_that_of_statrs_and_of_the_tables() {
        for degrees in [1.0, 2.0, 3.0, 4.0, 9.0, 19.0, 29.0, 99.0, 999.0] {
            let law = StudentsT::new(0.0, 1.0, degrees).unwrap();
            for upper in [0.4, 0.25, 0.1, 0.05, 0.025, 0.005, 0.0005, 1e-6] {
                let point = student_quantile(upper, degrees);
                let tail = law.sf(point);
                assert!((tail / upper - 1.0).abs() < 1e-9, "{degrees} {upper}: {point} {tail}");
            }
        }
        for (degrees, expected) in
            [(1.0, 12.706_204_736), (4.0, 2.776_445_105), (19.0, 2.093_024_054)]
        {
            assert!((student_quantile(0.025, degrees) - expected).abs() < 1e-8, "{degrees}");
        }
        assert_eq!(student_quantile(0.5, 7.0), 0.0);
    }
}
