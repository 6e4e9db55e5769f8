//! What every distribution must keep: its order, its law, its moments.
#![expect(clippy::float_arithmetic, reason = "laws are checked over the reals")]

use proptest::prelude::*;
use statrs::distribution::{
    ContinuousCDF, Exp, Gamma, LogNormal, Triangular, Uniform as Flat, Weibull,
};
use std::format;
use std::string::ToString as _;
use std::vec::Vec;

use super::{Decimal, Distribution, Key, Lapse, Law};

fn lapse(text: &str) -> Lapse {
    text.parse().unwrap()
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// What `statrs` knows of a law, if it has it.
type Peer = Option<std::boxed::Box<dyn ContinuousCDF<f64, f64>>>;

/// One distribution of every law, with the law that `statrs` has for it.
fn all() -> Vec<(Distribution, Peer)> {
    fn beside(it: impl ContinuousCDF<f64, f64> + 'static) -> Peer {
        Some(std::boxed::Box::new(it))
    }
    let hour = lapse("1 hour");
    let mut all = std::vec![
        (Law::Fixed(hour), None),
        (
            Law::Uniform { from: hour, to: lapse("3 hours") },
            beside(Flat::new(3_600.0, 10_800.0).unwrap())
        ),
        (Law::Exponential { mean: hour }, beside(Exp::new(1.0 / 3_600.0).unwrap())),
        (
            Law::LognormalMedian { median: hour, p90: lapse("4 hours") },
            beside(LogNormal::new(3_600_f64.ln(), 4_f64.ln() / 1.281_551_565_544_600_4).unwrap()),
        ),
        (
            Law::Triangular { least: lapse("5 minutes"), mode: lapse("10 minutes"), most: hour },
            beside(Triangular::new(300.0, 3_600.0, 600.0).unwrap()),
        ),
        (
            Law::Triangular { least: hour, mode: hour, most: lapse("2 hours") },
            beside(Triangular::new(3_600.0, 7_200.0, 3_600.0).unwrap()),
        ),
        (Law::Empirical([hour, lapse("2 hours"), lapse("2 hours"), lapse("1 day")].into()), None),
        (Law::Erlang { mean: hour, stages: 3 }, beside(Gamma::new(3.0, 3.0 / 3_600.0).unwrap())),
    ];
    for cv in ["0.1", "0.5", "1", "2", "4"] {
        let width: f64 = cv.parse().unwrap();
        let sigma = (width * width).ln_1p().sqrt();
        let mu = 3_600_f64.ln() - sigma * sigma / 2.0;
        let shape = 1.0 / (width * width);
        all.push((
            Law::Lognormal { mean: hour, cv: number(cv) },
            beside(LogNormal::new(mu, sigma).unwrap()),
        ));
        all.push((
            Law::Gamma { mean: hour, cv: number(cv) },
            beside(Gamma::new(shape, shape / 3_600.0).unwrap()),
        ));
    }
    for shape in ["0.5", "1", "3.5"] {
        let power: f64 = shape.parse().unwrap();
        let scale = 3_600.0 / statrs::function::gamma::gamma(1.0 + 1.0 / power);
        all.push((
            Law::Weibull { mean: hour, shape: number(shape) },
            beside(Weibull::new(power, scale).unwrap()),
        ));
    }
    all.into_iter().map(|(law, beside)| (Distribution::new(law).unwrap(), beside)).collect()
}

#[test]
fn a_curve_is_the_inverse_of_its_law() {
    for (distribution, law) in all() {
        let Some(law) = law else { continue };
        for place in 0..2_000 {
            let draw = Key::of_seed(5).uniform(place);
            let (found, asked) = (law.cdf(distribution.at(draw)), draw.get());
            assert!(
                (found - asked).abs() < 1e-6 * asked.max(1e-3),
                "{distribution} {asked}: {found}"
            );
        }
    }
}

#[test]
fn draws_have_the_mean_and_the_variance_of_their_law() {
    for (distribution, _) in all() {
        // The middles of a million equal parts integrate the quantile function.
        let draws = (0..1_000_000_u64).map(|it| super::key::tests::middle(it, 1_000_000));
        let lengths: Vec<f64> = draws.map(|it| distribution.at(it)).collect();
        let mean = lengths.iter().sum::<f64>() / 1e6;
        let variance = lengths.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / 1e6;
        assert!((mean / distribution.mean() - 1.0).abs() < 2e-3, "{distribution}: {mean}");
        let slack = 5e-2 * distribution.variance();
        assert!((variance - distribution.variance()).abs() <= slack, "{distribution}: {variance}");
    }
}

#[test]
fn seconds_are_rounded_and_never_negative() {
    let seconds = |text| {
        let fixed = Distribution::new(Law::Fixed(lapse(text))).unwrap();
        fixed.seconds(Key::of_seed(0).uniform(0))
    };
    assert_eq!(seconds("1.4 seconds"), 1);
    assert_eq!(seconds("1.5 seconds"), 2);
    assert_eq!(seconds("0 weeks"), 0);
    for (distribution, _) in all() {
        assert!((0..10_000).all(|it| distribution.seconds(Key::of_seed(9).uniform(it)) >= 0));
    }
}

#[test]
fn the_same_draw_has_the_same_length_on_every_platform() {
    let lines = all().into_iter().map(|(distribution, _)| {
        let bits: Vec<_> = (0..3)
            .map(|it| format!("{:016x}", distribution.at(Key::of_seed(42).uniform(it)).to_bits()))
            .collect();
        format!("{} {distribution}", bits.join(" "))
    });
    expect_test::expect![[r#"
        40ac200000000000 40ac200000000000 40ac200000000000 "1 hour"
        40b7b7b3abba5a6f 40c478b02ecc2dab 40bbbdb7771c38a2 { uniform = ["1 hour", "3 hours"] }
        4097a76d05878a11 40c5ec162f9f95a1 40a2bcba77d561e9 { exponential = "1 hour" }
        40a22d718a161a4f 40d63151c2c4b3f4 40ab1a538f9e484a { lognormal-median = "1 hour", p90 = "4 hours" }
        409068dadeaeaaa8 40a6f434d2ec3ea7 409503e5fb70b482 { triangular = ["5 minutes", "10 minutes", "1 hour"] }
        40b0baa626bf1a90 40b92aaff70eaf67 40b20be6b29ab920 { triangular = ["1 hour", "1 hour", "2 hours"] }
        40bc200000000000 40f286d6c10a3c62 40bc200000000000 { empirical = ["1 hour", "2 hours", "2 hours", "1 day"] }
        40a37122b273bd50 40be4a9ac9f3696b 40a88dca3f67548b { erlang = "1 hour", stages = 3 }
        40aae1a33d865bd2 40b0958927cb7ccb 40abe3da185a8aec { lognormal = "1 hour", cv = 0.1 }
        40aae9f4baaa7d1a 40b08b4db97ebceb 40abef7313b9dce4 { gamma = "1 hour", cv = 0.1 }
        40a4ca4d2d0f426b 40bc1f49153ad915 40a8c09a5bcdbd01 { lognormal = "1 hour", cv = 0.5 }
        40a4cbdbcfdae5ac 40bbe6475afeef42 40a95d45a4f1f1ff { gamma = "1 hour", cv = 0.5 }
        409c6d0773f1a181 40c487c63bdfa64c 40a354278584f4cc { lognormal = "1 hour", cv = 1 }
        4097a76d06610236 40c5ec162fff13fd 40a2bcba78be72db { gamma = "1 hour", cv = 1 }
        408e27a38efd99ad 40cb4a72e8d8a61c 409816424426d921 { lognormal = "1 hour", cv = 2 }
        40610062699c5c44 40d23b409afd82a9 40818726349ebcab { gamma = "1 hour", cv = 2 }
        407bab58893bb564 40cdfd277ea13137 4089c205ad187381 { lognormal = "1 hour", cv = 4 }
        3f54b90f725bb688 40d6cfaa9cef7a05 3fd551b900584c3c { gamma = "1 hour", cv = 4 }
        4073e4cd98d15402 40d11660983ee5d9 4088f74757bd439a { weibull = "1 hour", shape = 0.5 }
        4097a76d05878a11 40c5ec162f9f95a1 40a2bcba77d561e9 { weibull = "1 hour", shape = 1 }
        40a867b7042d6b48 40b5a11a2ae5d641 40abd58120b4028e { weibull = "1 hour", shape = 3.5 }"#]].assert_eq(&lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn figures_that_do_not_fit_make_no_distribution() {
    let wrong = Distribution::new(Law::Uniform { from: lapse("3 hours"), to: lapse("1 hour") });
    let expected = "`{ uniform = [\"3 hours\", \"1 hour\"] }` is not a distribution: a length is shorter than the one before it; write them from the shortest to the longest";
    assert_eq!(wrong.unwrap_err().to_string(), expected);
}

proptest! {
    #[test]
    fn more_luck_is_never_a_shorter_length(one: u64, other: u64) {
        for (distribution, _) in all() {
            let draws = [Key::of_seed(one).uniform(0), Key::of_seed(other).uniform(0)];
            let (low, high) = if draws[0] < draws[1] { (draws[0], draws[1]) } else { (draws[1], draws[0]) };
            prop_assert!(distribution.at(low) <= distribution.at(high), "{distribution}");
        }
    }
}
