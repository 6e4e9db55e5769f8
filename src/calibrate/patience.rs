//! What those waited for who were cut off: one of several steps, an answer, or nothing ever.
//!
//! Expectation and maximisation (A. P. Dempster, N. M. Laird, D. B. Rubin,
//! *Journal of the Royal Statistical Society* B 39 (1977) 1–38): whoever was
//! cut off late in a short wait was hardly waiting for it. To tell that, waits
//! are taken for exponential; their law is fitted afterwards.
#![expect(clippy::float_arithmetic, reason = "shares are fractions until they are written")]

use alloc::vec;
use alloc::vec::Vec;

/// How those who were cut off are shared out.
#[derive(Clone, Debug)]
pub(super) struct Shared {
    /// The share of those who wait for nothing.
    pub(super) never: f64,
    /// For each length that was cut off, the chance of each option.
    pub(super) cuts: Vec<Vec<f64>>,
}

#[derive(Clone, Debug)]
struct Mixture {
    never: f64,
    options: Vec<(f64, f64)>,
}

/// Twice the logarithm by which it must be likelier that somebody never comes: one in a thousand.
const CLEARLY: f64 = 10.83;

const ROUNDS: usize = 300;

/// Shares out those who were cut off; `may_never` tells whether nobody at all may come.
pub(super) fn share_out(seen: &[Vec<i64>], cuts: &[i64], may_never: Never) -> Shared {
    let all = fitted(seen, cuts, 0.0);
    let best = match may_never {
        Never::Not => all,
        Never::Perhaps => {
            let some = fitted(seen, cuts, 0.5 * part(cuts.len(), count(seen) + cuts.len()));
            let gain = some.likelihood(seen, cuts) - all.likelihood(seen, cuts);
            if 2.0 * gain > CLEARLY { some } else { all }
        }
    };
    let cuts = cuts.iter().map(|it| best.chances(*it as f64)).collect();
    Shared { never: best.never, cuts }
}

/// Whether some may wait for nothing at all.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Never {
    Not,
    Perhaps,
}

fn count(seen: &[Vec<i64>]) -> usize {
    seen.iter().map(Vec::len).sum()
}

fn part(some: usize, all: usize) -> f64 {
    some as f64 / all.max(1) as f64
}

fn fitted(seen: &[Vec<i64>], cuts: &[i64], never: f64) -> Mixture {
    let all = (count(seen) + cuts.len()).max(1) as f64;
    let sums: Vec<f64> = seen.iter().map(|it| it.iter().map(|it| *it as f64).sum()).collect();
    let rest = 1.0 - never;
    let begin = seen.iter().zip(&sums).map(|(lengths, sum)| {
        let mean = libm::fmax(1.0, sum / lengths.len().max(1) as f64);
        (rest * part(lengths.len(), count(seen)), mean)
    });
    let mut mixture = Mixture { never, options: begin.collect() };
    for _ in 0..ROUNDS {
        let mut counts: Vec<(f64, f64)> =
            seen.iter().zip(&sums).map(|(it, sum)| (it.len() as f64, *sum)).collect();
        let mut never = 0.0;
        for cut in cuts {
            let chances = mixture.chances(*cut as f64);
            never += 1.0 - chances.iter().sum::<f64>();
            for ((count, sum), (chance, (_, mean))) in
                counts.iter_mut().zip(chances.iter().zip(&mixture.options))
            {
                *count += chance;
                *sum += chance * (*cut as f64 + mean);
            }
        }
        let before = mixture.never;
        mixture.never = if mixture.never > 0.0 { libm::fmax(never, 0.0) / all } else { 0.0 };
        mixture.options = counts
            .iter()
            .map(|(count, sum)| (count / all, libm::fmax(1.0, sum / libm::fmax(*count, 1e-9))))
            .collect();
        if libm::fabs(mixture.never - before) < 1e-9 && before > 0.0 {
            break;
        }
    }
    mixture
}

impl Mixture {
    /// Returns the chance that somebody who was cut off waited for each option.
    fn chances(&self, cut: f64) -> Vec<f64> {
        let late = |(share, mean): &(f64, f64)| share * libm::exp(-cut / mean);
        let each: Vec<f64> = self.options.iter().map(late).collect();
        let sum = self.never + each.iter().sum::<f64>();
        if sum <= 0.0 {
            // Later than anything that can be told apart: as the options are chosen.
            return self.options.iter().map(|it| it.0).collect();
        }
        each.into_iter().map(|it| it / sum).collect()
    }

    fn likelihood(&self, seen: &[Vec<i64>], cuts: &[i64]) -> f64 {
        let mut sum = 0.0;
        for (lengths, (share, mean)) in seen.iter().zip(&self.options) {
            let share = libm::log(libm::fmax(*share, f64::MIN_POSITIVE)) - libm::log(*mean);
            sum += lengths.iter().map(|it| share - *it as f64 / mean).sum::<f64>();
        }
        let late = |cut: &i64| {
            let late = |it: &(f64, f64)| it.0 * libm::exp(-(*cut as f64) / it.1);
            let above = self.never + self.options.iter().map(late).sum::<f64>();
            libm::log(libm::fmax(above, f64::MIN_POSITIVE))
        };
        sum + cuts.iter().map(late).sum::<f64>()
    }
}

/// Shares out an answer that never came and one that came after it was called in.
///
/// `seen` are answers in time; `cuts` those that never came, by how long they
/// were waited for; `late` those that came after the term, whole and from its
/// end on. Returns the share that is silent, the chance of each cut and of each
/// late answer that it was on its way all the same.
pub(super) fn silence(
    seen: &[i64],
    cuts: &[i64],
    late: &[(i64, i64)],
) -> (f64, Vec<f64>, Vec<f64>) {
    let all = (seen.len() + cuts.len() + late.len()).max(1) as f64;
    let sum: f64 = seen.iter().map(|it| *it as f64).sum();
    let mut mean = libm::fmax(1.0, sum / seen.len().max(1) as f64);
    let mut silent = part(cuts.len() + late.len(), all as usize);
    let mut on_way = vec![0.0; cuts.len()];
    let mut slow = vec![0.0; late.len()];
    for _ in 0..ROUNDS {
        let (mut count, mut waited, mut never) = (seen.len() as f64, sum, 0.0);
        for (cut, chance) in cuts.iter().zip(&mut on_way) {
            let length = *cut as f64;
            let still = (1.0 - silent) * libm::exp(-length / mean);
            *chance = still / libm::fmax(still + silent, f64::MIN_POSITIVE);
            count += *chance;
            waited += *chance * (length + mean);
            never += 1.0 - *chance;
        }
        for ((whole, after), chance) in late.iter().zip(&mut slow) {
            let (whole, after) = (*whole as f64, *after as f64);
            // Of one mean, what lies between both lengths tells the two apart.
            let still = (1.0 - silent) * libm::exp(-(whole - after) / mean);
            *chance = still / libm::fmax(still + silent, f64::MIN_POSITIVE);
            count += 1.0;
            waited += *chance * whole + (1.0 - *chance) * after;
            never += 1.0 - *chance;
        }
        mean = libm::fmax(1.0, waited / libm::fmax(count, 1.0));
        silent = never / all;
    }
    (silent, on_way, slow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::random::Key;

    /// Lengths of an exponential law of a mean, by numbered luck.
    fn lengths(purpose: u64, mean: f64, count: u64) -> Vec<i64> {
        let key = Key::of_seed(purpose);
        (0..count).map(|it| (-mean * libm::log(key.uniform(it).get())) as i64).collect()
    }

    #[test]
    fn who_never_comes_is_told_from_who_comes_late() {
        let (cut, all) = (5_000, lengths(1, 4_000.0, 8_000));
        let seen: Vec<i64> = all.iter().copied().filter(|it| *it <= cut).collect();
        let late = vec![cut; all.len() - seen.len()];
        let shared = share_out(core::slice::from_ref(&seen), &late, Never::Perhaps);
        assert_eq!(shared.never, 0.0);
        // Two thousand more never come.
        let more = [late, vec![cut; 2_000]].concat();
        let shared = share_out(&[seen], &more, Never::Perhaps);
        assert!((shared.never - 0.2).abs() < 0.05, "{}", shared.never);
    }

    #[test]
    fn silence_is_told_from_slowness() {
        let answers = lengths(2, 86_400.0, 9_000);
        let again = lengths(3, 86_400.0, 1_000);
        let due = 3 * 86_400;
        let seen: Vec<i64> = answers.iter().copied().filter(|it| *it <= due).collect();
        let slow = answers.iter().filter(|it| **it > due).map(|it| (*it, it - due));
        let late: Vec<(i64, i64)> = slow.chain(again.iter().map(|it| (it + due, *it))).collect();
        let (silent, _, _) = silence(&seen, &[], &late);
        assert!((silent - 0.1).abs() < 0.02, "{silent}");
        let (silent, _, _) = silence(&seen, &vec![due; late.len()], &[]);
        assert!((silent - 0.1).abs() < 0.02, "{silent}");
    }
}
