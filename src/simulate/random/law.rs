//! The law of a length of time, as it is written: a name and its figures.

use alloc::boxed::Box;

use super::decimal::Decimal;
use super::lapse::Lapse;

/// A probability law over lengths of time, by the figures that a person knows.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Law {
    /// Always the same length.
    Fixed(Lapse),
    /// Any length between two, each as likely.
    Uniform {
        /// The shortest length.
        from: Lapse,
        /// The longest length.
        to: Lapse,
    },
    /// The time to the next event of a Poisson process.
    Exponential {
        /// The mean.
        mean: Lapse,
    },
    /// The exponential of a normal variate, by its mean.
    Lognormal {
        /// The mean.
        mean: Lapse,
        /// Standard deviation over mean, from 0.01 to 10.
        cv: Decimal,
    },
    /// The exponential of a normal variate, by what half and what nine tenths do not exceed.
    LognormalMedian {
        /// The median.
        median: Lapse,
        /// The ninth decile.
        p90: Lapse,
    },
    /// A gamma variate.
    Gamma {
        /// The mean.
        mean: Lapse,
        /// Standard deviation over mean, from 0.01 to 10.
        cv: Decimal,
    },
    /// A sum of exponential stages of one mean (A. K. Erlang).
    Erlang {
        /// The mean of the sum.
        mean: Lapse,
        /// The number of stages, from 1 to 10,000.
        stages: u32,
    },
    /// A Weibull variate.
    Weibull {
        /// The mean.
        mean: Lapse,
        /// The shape, from 0.1 to 100; above one, what lasts long ends soon.
        shape: Decimal,
    },
    /// A density that rises straight to the mode and falls straight from it.
    Triangular {
        /// The shortest length.
        least: Lapse,
        /// The likeliest length.
        mode: Lapse,
        /// The longest length.
        most: Lapse,
    },
    /// Quantiles in equal steps from the shortest to the longest, straight between them.
    Empirical(Box<[Lapse]>),
}

/// What is wrong with the figures of a law, and behind which key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Mistake {
    pub(super) key: &'static str,
    pub(super) expected: &'static str,
    pub(super) help: &'static str,
}

impl Law {
    /// The longest quantile table.
    pub(super) const MOST_QUANTILES: usize = 10_000;

    /// Returns the key under which the law is written.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Fixed(_) => "fixed",
            Self::Uniform { .. } => "uniform",
            Self::Exponential { .. } => "exponential",
            Self::Lognormal { .. } => "lognormal",
            Self::LognormalMedian { .. } => "lognormal-median",
            Self::Gamma { .. } => "gamma",
            Self::Erlang { .. } => "erlang",
            Self::Weibull { .. } => "weibull",
            Self::Triangular { .. } => "triangular",
            Self::Empirical(_) => "empirical",
        }
    }

    /// Checks what each figure by itself cannot show.
    pub(super) fn check(&self) -> Result<(), Mistake> {
        let name = self.name();
        match self {
            Self::Fixed(_) => Ok(()),
            Self::Uniform { from, to } => rising(name, &[*from, *to]),
            Self::Exponential { mean } => above_zero(name, *mean),
            Self::Lognormal { mean, cv } | Self::Gamma { mean, cv } => {
                above_zero(name, *mean)?;
                within(*cv, ["0.01", "10"], CV)
            }
            Self::LognormalMedian { median, p90 } => {
                above_zero(name, *median)?;
                if median.billionths() < p90.billionths() { Ok(()) } else { Err(P90) }
            }
            Self::Erlang { mean, stages } => {
                above_zero(name, *mean)?;
                if (1..=10_000).contains(stages) { Ok(()) } else { Err(STAGES) }
            }
            Self::Weibull { mean, shape } => {
                above_zero(name, *mean)?;
                within(*shape, ["0.1", "100"], SHAPE)
            }
            Self::Triangular { least, mode, most } => rising(name, &[*least, *mode, *most]),
            Self::Empirical(quantiles) if quantiles.len() < 2 => Err(FEW),
            Self::Empirical(quantiles) if quantiles.len() > Self::MOST_QUANTILES => Err(MANY),
            Self::Empirical(quantiles) => rising(name, quantiles),
        }
    }
}

const CV: Mistake = Mistake {
    key: "cv",
    expected: "a distribution: `cv`, standard deviation over mean, is not from 0.01 to 10",
    help: "write `fixed` for what does not vary",
};
const P90: Mistake = Mistake {
    key: "p90",
    expected: "a distribution: the ninth decile is not above the median",
    help: "write in `p90` what nine of ten do not exceed",
};
const STAGES: Mistake = Mistake {
    key: "stages",
    expected: "a distribution: the number of stages is not from 1 to 10000",
    help: "write `fixed` for what does not vary",
};
const SHAPE: Mistake = Mistake {
    key: "shape",
    expected: "a distribution: the shape is not from 0.1 to 100",
    help: "the shape 1 is the exponential law",
};
const FEW: Mistake = Mistake {
    key: "empirical",
    expected: "a distribution: fewer than two quantiles",
    help: "write the shortest, what lies between, and the longest",
};
const MANY: Mistake = Mistake {
    key: "empirical",
    expected: "a distribution: more than 10000 quantiles",
    help: "write every tenth of them",
};

fn above_zero(key: &'static str, length: Lapse) -> Result<(), Mistake> {
    if length.billionths() > 0 {
        return Ok(());
    }
    let expected = "a distribution: nothing varies around zero";
    Err(Mistake { key, expected, help: "write `fixed` for what takes no time" })
}

/// Checks that lengths do not fall, and that the last is above the first.
fn rising(key: &'static str, lengths: &[Lapse]) -> Result<(), Mistake> {
    if !lengths.is_sorted_by_key(|it| it.billionths()) {
        let expected = "a distribution: a length is shorter than the one before it";
        return Err(Mistake { key, expected, help: "write them from the shortest to the longest" });
    }
    let ends = lengths.first().zip(lengths.last());
    if ends.is_some_and(|(first, last)| first.billionths() < last.billionths()) {
        return Ok(());
    }
    let expected = "a distribution: the shortest length is the longest one";
    Err(Mistake { key, expected, help: "write `fixed` for what does not vary" })
}

fn within(number: Decimal, bounds: [&str; 2], mistake: Mistake) -> Result<(), Mistake> {
    let [least, most] = bounds.map(|it| Decimal::read_text(it).map(Decimal::billionths));
    let number = Some(number.billionths());
    if least <= number && number <= most { Ok(()) } else { Err(mistake) }
}
