//! The top of a hill in two figures, found without a slope.
#![expect(clippy::float_arithmetic, reason = "a likelihood is a real number")]

/// How often a corner is moved at most.
const MOVES: usize = 200;

/// A corner of the triangle, and how high it stands.
type Corner = ([f64; 2], f64);

/// Climbs from a start to the nearest top.
///
/// The simplex of J. A. Nelder and R. Mead, *The Computer Journal* 7 (1965)
/// 308–313, in two dimensions.
pub(super) fn climb(start: [f64; 2], height: impl Fn([f64; 2]) -> f64) -> [f64; 2] {
    let corner = |at: [f64; 2]| -> Corner {
        let found = height(at);
        (at, if found.is_nan() { f64::NEG_INFINITY } else { found })
    };
    let [one, other] = start;
    let mut corners = [corner(start), corner([one + 0.3, other]), corner([one, other + 0.3])];
    for _ in 0..MOVES {
        corners.sort_by(|left, right| right.1.total_cmp(&left.1));
        let [best, middle, worst] = corners;
        if libm::fabs(best.1 - worst.1) <= 1e-10 * (1.0 + libm::fabs(best.1)) {
            break;
        }
        let centre = between(best.0, middle.0, 0.5);
        let along = |far: f64| corner(between(worst.0, centre, far));
        let mirrored = along(2.0);
        let moved = if mirrored.1 > best.1 {
            let farther = along(3.0);
            if farther.1 > mirrored.1 { farther } else { mirrored }
        } else if mirrored.1 > middle.1 {
            mirrored
        } else {
            along(if mirrored.1 > worst.1 { 1.5 } else { 0.5 })
        };
        corners = if moved.1 > worst.1 {
            [best, middle, moved]
        } else {
            let nearer = |it: Corner| corner(between(best.0, it.0, 0.5));
            [best, nearer(middle), nearer(worst)]
        };
    }
    let [first, second, third] = corners;
    let higher = |one: Corner, other: Corner| if other.1 > one.1 { other } else { one };
    higher(higher(first, second), third).0
}

/// Returns the point a part of the way from one to another, or beyond it.
fn between([a, b]: [f64; 2], [c, d]: [f64; 2], part: f64) -> [f64; 2] {
    [a + part * (c - a), b + part * (d - b)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_of_a_bent_ridge_is_found() {
        // The valley of H. H. Rosenbrock, upside down.
        let height = |[x, y]: [f64; 2]| -((1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2));
        let [x, y] = climb([-1.2, 1.0], height);
        assert!((x - 1.0).abs() < 1e-2 && (y - 1.0).abs() < 2e-2, "{x} {y}");
    }

    #[test]
    fn a_hill_without_a_height_ends() {
        assert_eq!(climb([1.0, 2.0], |_| f64::NAN), [1.0, 2.0]);
    }
}
