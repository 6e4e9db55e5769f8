//! How agencies answer: after what time, and how many never.
#![expect(clippy::float_arithmetic, reason = "shares are fractions until they are written")]

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::fit::Fit;
use super::hours::Watch;
use super::patience::silence;
use super::sample::Sample;
use super::way::{Asked, Known, Way, lookup};
use crate::definition::guard::{Guard, Truth};
use crate::definition::{Channel, ConsultationIdx, Procedure, Silence};
use crate::id::Id;
use crate::simulate::figures::{Confidence, Interval};
use crate::simulate::{Basis, Hours};

/// How an agency answered.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct Answers {
    /// The consultation.
    pub consultation: Id,
    /// How often it was asked.
    pub asked: u64,
    /// How often an answer was recorded.
    pub answered: u64,
    /// How long an answer takes; none where none was recorded.
    pub after: Option<Fit>,
    /// Over which hours that counts.
    pub counted: Basis,
    /// The share that would never have come by itself.
    #[cfg_attr(feature = "serde", serde(serialize_with = "super::data::interval"))]
    pub silent: Interval,
    /// The agency whose answers stand for those of this one, of which the log has none.
    pub assumed_as: Option<Id>,
}

/// Lets every agency that some case asks answer: one of which no answer was recorded, as the one that answered most.
pub(super) fn assume(
    procedure: &Procedure,
    cases: &[(Option<Channel>, Known)],
    answers: &mut Vec<Answers>,
) {
    let told = answers.iter().filter(|it| it.after.is_some());
    let Some(most) = told.max_by_key(|it| it.answered).cloned() else { return };
    for (_, name, it) in procedure.consultations().iter() {
        let asks = |(channel, facts): &(Option<Channel>, Known)| {
            let holds = |guard: &Guard| guard.evaluate(lookup(procedure, *channel, facts));
            it.when().map_or(Truth::Yes, holds) != Truth::No
        };
        match answers.iter_mut().find(|it| it.consultation == name) {
            Some(own) if own.after.is_none() => {
                (own.after, own.counted) = (most.after.clone(), most.counted);
                own.assumed_as = Some(most.consultation);
            }
            None if cases.iter().any(asks) => answers.push(Answers {
                consultation: name,
                asked: 0,
                answered: 0,
                assumed_as: Some(most.consultation),
                ..most.clone()
            }),
            _ => {}
        }
    }
}

/// Estimates the answers of every agency that was asked.
pub(super) fn answers(
    procedure: &Procedure,
    ways: &[Way],
    watch: &Watch,
    end: i64,
    confidence: Confidence,
) -> Vec<Answers> {
    let mut all: BTreeMap<ConsultationIdx, Vec<&Asked>> = BTreeMap::new();
    for asked in ways.iter().flat_map(|it| &it.asked) {
        all.entry(asked.consultation).or_default().push(asked);
    }
    let each = all.into_iter();
    each.filter_map(|(at, asked)| of(procedure, at, &asked, watch, end, confidence)).collect()
}

/// An answer, or the end of waiting for it.
#[derive(Clone, Copy, Debug)]
enum Came {
    InTime {
        from: i64,
        until: i64,
    },
    /// After its term; from the end of the term on.
    Late {
        from: i64,
        due: i64,
        until: i64,
    },
    Never {
        from: i64,
        until: i64,
    },
}

fn of(
    procedure: &Procedure,
    at: ConsultationIdx,
    asked: &[&Asked],
    watch: &Watch,
    end: i64,
    confidence: Confidence,
) -> Option<Answers> {
    let consultation = procedure.consultations().get(at)?;
    let consents = consultation.silence() == Silence::Consent;
    let came: Vec<Came> = asked.iter().map(|it| came(it, consents, end)).collect();
    let answered = asked.iter().filter(|it| it.answered.is_some()).count() as u64;
    let over = |hours: Hours| {
        let (sample, silent) = sample(&came, |from, until| watch.between(hours, from, until));
        Some((Fit::of(&sample, confidence)?, silent))
    };
    let (clock, office) = (over(Hours::Always), over(Hours::Office));
    let is_office = matches!(
        (&office, &clock),
        (Some((office, _)), Some((clock, _))) if office.is_clearly_nearer(clock)
    );
    let (found, counted) = if is_office { (office, Basis::Office) } else { (clock, Basis::Clock) };
    let all = asked.len() as u64;
    let (after, silent) = match found {
        Some((fit, silent)) => (Some(fit), silent),
        None => (None, 1.0),
    };
    let silent = libm::round(silent * all as f64) as u64;
    Some(Answers {
        consultation: procedure.consultations().name(at)?,
        asked: all,
        answered,
        after,
        counted,
        silent: Interval::of_share(silent.min(all), all, confidence)?,
        assumed_as: None,
    })
}

fn came(asked: &Asked, consents: bool, end: i64) -> Came {
    let from = asked.at;
    match (asked.answered, asked.due) {
        (Some(until), Some(due)) if until > due => Came::Late { from, due: due + 1, until },
        (Some(until), _) => Came::InTime { from, until },
        (None, Some(due)) if consents => Came::Never { from, until: end.min(due) },
        (None, _) => Came::Never { from, until: end },
    }
}

/// Makes the sample of what answers take, and tells the share that is silent.
fn sample(came: &[Came], between: impl Fn(i64, i64) -> i64) -> (Sample, f64) {
    let (mut seen, mut cuts, mut late) = (Vec::new(), Vec::new(), Vec::new());
    for it in came {
        match *it {
            Came::InTime { from, until } => seen.push(between(from, until)),
            Came::Late { from, due, until } => {
                late.push((between(from, until), between(due, until)));
            }
            Came::Never { from, until } => cuts.push(between(from, until)),
        }
    }
    let (silent, on_way, slow) = silence(&seen, &cuts, &late);
    let mut sample = Sample::of(seen);
    cuts.into_iter().zip(on_way).for_each(|(it, chance)| sample.cut(it, chance));
    for ((whole, after), chance) in late.into_iter().zip(slow) {
        sample.see(whole, chance);
        sample.see(after, 1.0 - chance);
    }
    (sample, silent)
}
