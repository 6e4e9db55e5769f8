//! The gamma distribution: logarithms of its tails and of its quantiles.

use super::{newton, upper_tail};

/// Where a gamma variate of a shape and of scale one stands, all in logarithms.
#[derive(Clone, Copy, Debug)]
struct Place {
    // ln of density times variate.
    density: f64,
    // ln of the probability of less, and of more.
    below: f64,
    above: f64,
}

/// Returns ln of the gamma quantile at the probability of a standard normal point.
///
/// Solved by Newton's method on the logarithm of the nearer tail over the
/// logarithm of the variate, which is concave (the law has an increasing
/// generalised failure rate), from a start on the safe side; relative accuracy
/// of the quantile about 1e-12. Shapes from 0.01 to 10,000.
pub(crate) fn ln_gamma_quantile(shape: f64, normal: f64) -> f64 {
    let below = libm::log(upper_tail(-normal));
    // The power law of the lower tail never lies above the quantile.
    let start = (below + libm::lgamma(shape + 1.0)) / shape;
    if normal <= 0.0 {
        return newton(start, |at| {
            let place = Place::of(shape, at);
            (place.below - below) / libm::exp(place.density - place.below)
        });
    }
    let above = libm::log(upper_tail(normal));
    newton(libm::fmax(start, libm::log(shape)), |at| {
        let place = Place::of(shape, at);
        (above - place.above) / libm::exp(place.density - place.above)
    })
}

/// Returns how fast ln of the quantile rises with the normal point, where it has a value.
pub(crate) fn ln_gamma_slope(shape: f64, normal: f64, ln_quantile: f64) -> f64 {
    let ln_normal_density = -0.5 * normal * normal - LN_ROOT_TWO_PI;
    libm::exp(ln_normal_density - Place::of(shape, ln_quantile).density)
}

/// Returns ln of the probability of less than a variate of scale one, and of more.
pub(crate) fn ln_gamma_tails(shape: f64, ln_variate: f64) -> (f64, f64) {
    let place = Place::of(shape, ln_variate);
    (place.below, place.above)
}

/// ln of the square root of two pi.
const LN_ROOT_TWO_PI: f64 = 0.918_938_533_204_672_8;

impl Place {
    /// Stands at a variate that is given by its logarithm.
    ///
    /// Abramowitz & Stegun 6.5.29 (series) and 6.5.31 (continued fraction).
    fn of(shape: f64, ln_variate: f64) -> Self {
        let variate = libm::exp(ln_variate);
        let density = shape * ln_variate - variate - libm::lgamma(shape);
        if variate < shape + 1.0 {
            let below = density + libm::log(series(shape, variate));
            Self { density, below, above: complement(below) }
        } else {
            let above = density + libm::log(fraction(shape, variate));
            Self { density, below: complement(above), above }
        }
    }
}

/// Returns ln of one minus a probability that is given by its logarithm.
fn complement(ln_probability: f64) -> f64 {
    libm::log1p(-libm::exp(libm::fmin(ln_probability, -f64::MIN_POSITIVE)))
}

fn series(shape: f64, variate: f64) -> f64 {
    let mut term = 1.0 / shape;
    let (mut sum, mut from) = (term, shape);
    for _ in 0..100_000 {
        from += 1.0;
        term *= variate / from;
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    sum
}

/// Sums the continued fraction by the method of Lentz.
fn fraction(shape: f64, variate: f64) -> f64 {
    let mut over = variate + 1.0 - shape;
    let mut front = 1.0 / f64::MIN_POSITIVE;
    let mut back = 1.0 / over;
    let (mut sum, mut number) = (back, 0.0);
    for _ in 0..100_000 {
        number += 1.0;
        let part = number * (shape - number);
        over += 2.0;
        back = 1.0 / (part * back + over);
        front = over + part / front;
        let factor = front * back;
        sum *= factor;
        if libm::fabs(factor - 1.0) < 1e-16 {
            break;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::function::gamma::{gamma_lr, gamma_ur};

    #[test]
    fn the_tails_at_a_quantile_are_those_asked_for() {
        for shape in [0.05, 0.3, 1.0, 2.0, 4.5, 25.0, 400.0] {
            for place in -24..=24 {
                let normal = f64::from(place) / 4.0;
                let variate = ln_gamma_quantile(shape, normal).exp();
                if variate < 1e-300 {
                    continue;
                }
                let (found, asked) = if normal <= 0.0 {
                    (gamma_lr(shape, variate), upper_tail(-normal))
                } else {
                    (gamma_ur(shape, variate), upper_tail(normal))
                };
                assert!((found / asked - 1.0).abs() < 1e-8, "{shape} {normal}: {found} {asked}");
            }
        }
    }

    #[test]
    fn shape_one_is_the_exponential_law_in_both_tails() {
        for place in -32..=32 {
            let normal = f64::from(place) / 4.0;
            let expected = (-upper_tail(normal).ln()).ln();
            let below = (-(-upper_tail(-normal)).ln_1p()).ln();
            let expected = if normal > 0.0 { expected } else { below };
            let found = ln_gamma_quantile(1.0, normal);
            assert!((found - expected).abs() < 1e-12, "{normal}: {found} {expected}");
        }
    }
}
