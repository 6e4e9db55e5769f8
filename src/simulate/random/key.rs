//! Keys: which number of which generator a purpose takes.
//!
//! A key seeds a SplitMix64; its outputs are numbered, and each can be taken
//! without those before it, because the generator only counts (G. L. Steele,
//! D. Lea, C. H. Flood, *Fast splittable pseudorandom number generators*,
//! OOPSLA 2014). So a dossier's luck at a step is the same whatever else was
//! simulated, in whatever order, on however many threads. Absent is a stream
//! that has a place in itself.

use rand_core::{Rng as _, SeedableRng as _};
use rand_xoshiro::SplitMix64;

use crate::id::Id;

/// The step by which SplitMix64 counts: 2^64 divided by the golden ratio, made odd.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// The name of a source of luck: seed, then replication, office, dossier, step, visit, purpose.
///
/// # Example
///
/// ```
/// use hoso::simulate::random::Key;
///
/// let dossier = Key::of_seed(1).number(3).number(41_500);
/// let luck = dossier.uniform(0);
/// assert_eq!(luck, Key::of_seed(1).number(3).number(41_500).uniform(0));
/// assert!(luck != dossier.uniform(1) && 0.0 < luck.get() && luck.get() < 1.0);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Key(u64);

/// A number strictly between zero and one, uniformly drawn: 52 bits and a half.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Uniform(f64);

impl Key {
    /// Returns the key of a whole experiment.
    ///
    /// It is an output, not the seed itself, so that neighbouring seeds have nothing in common.
    #[inline]
    #[must_use]
    pub fn of_seed(seed: u64) -> Self {
        Self(seed).number(0)
    }

    /// Returns the key of a numbered thing below this one.
    #[inline]
    #[must_use]
    pub fn number(self, number: u64) -> Self {
        Self(self.output(number))
    }

    /// Returns the key of a named thing below this one.
    #[inline]
    #[must_use]
    pub fn name(self, name: &Id) -> Self {
        self.number(name.hash_word())
    }

    /// Returns the numbered draw of this key.
    ///
    /// Draws and keys below share their numbers; who uses both gives them different ones.
    #[inline]
    #[must_use]
    pub fn uniform(self, number: u64) -> Uniform {
        Uniform::of_bits(self.output(number))
    }

    /// Returns an output of the generator that this key seeds; the first has the number zero.
    #[inline]
    fn output(self, number: u64) -> u64 {
        SplitMix64::seed_from_u64(self.0.wrapping_add(number.wrapping_mul(STEP))).next_u64()
    }
}

impl Uniform {
    /// Returns the number.
    #[inline]
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// Takes the middle of one of 2^52 equal parts, so that neither end is reached and
    /// one minus the number is exact.
    #[inline]
    #[expect(clippy::float_arithmetic, reason = "a uniform number is a fraction")]
    const fn of_bits(bits: u64) -> Self {
        Self(((bits >> 12) as f64 + 0.5) * (1.0 / (1_u64 << 52) as f64))
    }
}

#[cfg(test)]
pub(super) mod tests {
    #![expect(clippy::float_arithmetic, reason = "figures are checked over the reals")]
    use super::*;

    /// Returns the middle of one of so many equal parts.
    pub(in super::super) fn middle(part: u64, parts: u64) -> Uniform {
        Uniform((part as f64 + 0.5) / parts as f64)
    }

    #[test]
    fn outputs_are_those_of_the_generator_in_turn() {
        let mut in_turn = SplitMix64::seed_from_u64(1_234_567);
        for number in 0..1000 {
            assert_eq!(Key(1_234_567).output(number), in_turn.next_u64());
        }
        // The first outputs of the reference implementation by S. Vigna.
        assert_eq!(Key(1_234_567).output(0), 6_457_827_717_110_365_317);
        assert_eq!(Key(1_234_567).output(4), 16_408_922_859_458_223_821);
    }

    #[test]
    fn neither_end_is_reached() {
        let (least, most) = (Uniform::of_bits(0).get(), Uniform::of_bits(u64::MAX).get());
        assert!(0.0 < least && most < 1.0);
        assert_eq!(1.0 - most, least);
        assert_eq!(Uniform::of_bits(1 << 63).get() - 0.5, least);
    }

    #[test]
    fn the_same_key_has_the_same_luck_for_ever() {
        let step = Id::try_new("decision").unwrap();
        let key = Key::of_seed(42).number(1).number(7).name(&step).number(0);
        expect_test::expect!["Key(71fec0626a908e47) 3fcbb5cf89793e5c"]
            .assert_eq(&std::format!("{key:x?} {:x}", key.uniform(2).get().to_bits()));
    }

    #[test]
    fn sums_over_neighbouring_keys_are_those_of_luck() {
        let seed = Key::of_seed(0);
        let draws = (0..100_000).map(|it| seed.number(it).uniform(0).get());
        let (sum, squares) =
            draws.fold((0.0, 0.0), |(sum, squares), it| (sum + it, squares + it * it));
        // Five standard deviations: sqrt(1/12/n) and sqrt(4/45/n).
        assert!((sum / 1e5 - 0.5).abs() < 5.0 * 0.000_913, "{sum}");
        assert!((squares / 1e5 - 1.0 / 3.0).abs() < 5.0 * 0.000_943, "{squares}");
    }
}
