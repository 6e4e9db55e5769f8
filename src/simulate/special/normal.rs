//! The normal distribution: its quantile and its tail.
#![expect(clippy::excessive_precision, reason = "the digits are those of the paper")]

/// Returns the point below which a standard normal variate falls with the given probability.
///
/// M. J. Wichura, algorithm AS 241 (PPND16), *Applied Statistics* 37 (1988)
/// 477–484; relative accuracy about 1e-16. The probability lies inside (0, 1).
#[inline]
pub(crate) fn normal_quantile(probability: f64) -> f64 {
    let centred = probability - 0.5;
    if libm::fabs(centred) <= 0.425 {
        let square = 0.180_625 - centred * centred;
        return centred * polynomial(&A, square) / polynomial(&B, square);
    }
    tail_quantile(probability)
}

/// Returns the probability that a standard normal variate exceeds a point.
pub(crate) fn upper_tail(point: f64) -> f64 {
    0.5 * libm::erfc(point * core::f64::consts::FRAC_1_SQRT_2)
}

fn tail_quantile(probability: f64) -> f64 {
    let nearer = libm::fmin(probability, 1.0 - probability);
    let root = libm::sqrt(-libm::log(nearer));
    let distance = if root <= 5.0 {
        polynomial(&C, root - 1.6) / polynomial(&D, root - 1.6)
    } else {
        polynomial(&E, root - 5.0) / polynomial(&F, root - 5.0)
    };
    libm::copysign(distance, probability - 0.5)
}

/// Sums a polynomial whose coefficients begin with the constant.
#[inline]
fn polynomial(coefficients: &[f64; 8], at: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, it| sum * at + it)
}

const A: [f64; 8] = [
    3.387_132_872_796_366_608,
    1.331_416_678_917_843_774_5e2,
    1.971_590_950_306_551_442_7e3,
    1.373_169_376_550_946_112_5e4,
    4.592_195_393_154_987_145_7e4,
    6.726_577_092_700_870_085_3e4,
    3.343_057_558_358_812_810_5e4,
    2.509_080_928_730_122_672_7e3,
];
const B: [f64; 8] = [
    1.0,
    4.231_333_070_160_091_125_2e1,
    6.871_870_074_920_579_083e2,
    5.394_196_021_424_751_107_7e3,
    2.121_379_430_158_659_586_7e4,
    3.930_789_580_009_271_061e4,
    2.872_908_573_572_194_267_4e4,
    5.226_495_278_852_854_561e3,
];
const C: [f64; 8] = [
    1.423_437_110_749_683_577_34,
    4.630_337_846_156_545_295_9,
    5.769_497_221_460_691_405_5,
    3.647_848_324_763_204_605_04,
    1.270_458_252_452_368_382_58,
    2.417_807_251_774_506_117_7e-1,
    2.272_384_498_926_918_458_33e-2,
    7.745_450_142_783_414_076_4e-4,
];
const D: [f64; 8] = [
    1.0,
    2.053_191_626_637_758_821_87,
    1.676_384_830_183_803_849_4,
    6.897_673_349_851_000_045_5e-1,
    1.481_039_764_274_800_745_9e-1,
    1.519_866_656_361_645_719_66e-2,
    5.475_938_084_995_344_946e-4,
    1.050_750_071_644_416_843_24e-9,
];
const E: [f64; 8] = [
    6.657_904_643_501_103_777_2,
    5.463_784_911_164_114_369_9,
    1.784_826_539_917_291_335_8,
    2.965_605_718_285_048_912_3e-1,
    2.653_218_952_657_612_309_3e-2,
    1.242_660_947_388_078_438_6e-3,
    2.711_555_568_743_487_578_15e-5,
    2.010_334_399_292_288_132_65e-7,
];
const F: [f64; 8] = [
    1.0,
    5.998_322_065_558_879_376_9e-1,
    1.369_298_809_227_358_053_1e-1,
    1.487_536_129_085_061_485_25e-2,
    7.868_691_311_456_132_591e-4,
    1.846_318_317_510_054_681_8e-5,
    1.421_511_758_316_445_888_7e-7,
    2.044_263_103_389_939_785_64e-15,
];

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF as _, Normal};

    #[test]
    fn the_quantile_undoes_the_tail() {
        for place in 0..=1640 {
            let point = f64::from(place) / 200.0;
            let (above, below) = (upper_tail(point), upper_tail(-point));
            let slack = 4e-15 * f64::max(1.0, point);
            assert!((normal_quantile(above) + point).abs() < slack, "{point}");
            if point < 3.0 {
                assert!((normal_quantile(below) - point).abs() < 1e-13, "{point}");
            }
        }
    }

    #[test]
    fn the_quantile_is_that_of_statrs() {
        let normal = Normal::standard();
        for place in 1..1000 {
            let share = f64::from(place) / 1000.0;
            let expected = normal.inverse_cdf(share);
            assert!((normal_quantile(share) - expected).abs() < 1e-9, "{share}");
        }
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-15);
        assert_eq!(normal_quantile(0.5), 0.0);
    }
}
