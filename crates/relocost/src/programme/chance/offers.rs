//! What chance does to agreements: grants that slip, places that are refused, moves that take their time.

use crate::programme::Inner;
use crate::programme::chance::naming;
use crate::programme::queue::{Offers, Terms};
use crate::simulation::numbers::Quantile;
use crate::simulation::numbers::binary::float;
use crate::simulation::sampling::{Kind, Stream};
use crate::types::Parameter;

/// An agreement with what is uncertain of it.
pub(super) struct Uncertainty {
    name: u64,
    /// The place of its slip among the uncertain parameters, and whether its end comes later with its grants.
    slip: Option<(usize, bool)>,
    processing: Option<Quantile>,
    /// The probability of a refusal, and the months after which another place can be given.
    refusal: Option<(f64, u32)>,
}

/// What is uncertain of each agreement, in the order declared.
pub(super) fn of_agreements(inner: &Inner) -> Vec<Uncertainty> {
    let uncertain = inner.setting.uncertain();
    let one = |agreement: &crate::programme::Agreement| {
        let slip = Parameter::AgreementSlip(agreement.id.clone());
        let probability = |share: crate::types::Share| float(&crate::exact::from_decimal(share.to_decimal()));
        Uncertainty {
            name: naming::of_agreement(agreement.id.as_str()),
            slip: uncertain
                .iter()
                .position(|uncertain| uncertain.parameter == slip)
                .zip(agreement.slip.as_ref().map(|slip| slip.with_until)),
            processing: agreement.processing_by_chance.as_ref().map(Quantile::new),
            refusal: agreement.refusal.map(|refusal| (probability(refusal.probability), refusal.after_months)),
        }
    };
    inner.agreements.iter().map(one).collect()
}

impl Uncertainty {
    /// Sets the terms of a future: grants from the programme's first month on come `slip` months later, and so does an end
    /// that is still to come.
    pub(super) fn slipped(&self, agreed: &Terms, drawn: impl Fn(usize) -> f64, terms: &mut Terms) {
        let Some((parameter, with_until)) = self.slip else { return };
        let slip = months(drawn(parameter), 0);
        let later = |month: i32| month.saturating_add_unsigned(slip);
        for ((month, _), (agreed, _)) in terms.grants.iter_mut().zip(&agreed.grants) {
            *month = later(*agreed);
        }
        terms.in_force = agreed.in_force.map(|first| if first >= 0 { later(first) } else { first });
        if with_until {
            terms.until = agreed.until.map(|until| if until > 0 { later(until) } else { until });
        }
    }
}

/// A number of months as a draw gives it: rounded half to even, at least so many, and no more than any programme has.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two small whole numbers")]
fn months(drawn: f64, least: u32) -> u32 {
    drawn.round_ties_even().clamp(f64::from(least), 1e6) as u32
}

/// What became of offers, as far as it was asked for: the same in every run of a future.
#[derive(Default)]
pub(super) struct Outcomes {
    /// The agreements.
    width: usize,
    /// By case, then by agreement: the last offer that was asked for.
    known: Vec<Known>,
    /// The number of the future, from 1; what is known of others is of no use.
    future: u32,
}

#[derive(Clone, Copy, Default)]
struct Known {
    future: u32,
    offer: u32,
    processing: u32,
    refused: bool,
}

impl Outcomes {
    /// Begins a future of so many cases in the queue.
    pub(super) fn begin(&mut self, cases: usize, agreements: usize) {
        self.width = agreements;
        self.future = self.future.wrapping_add(1);
        if self.future == 0 {
            (self.future, self.known) = (1, Vec::new());
        }
        self.known.resize((cases * agreements).max(self.known.len()), Known::default());
    }
}

/// The offers of one run of a future.
pub(super) struct Chance<'f> {
    pub(super) agreements: &'f [Uncertainty],
    /// The numbers of the cases in the queue.
    pub(super) streams: &'f [Stream],
    /// Of each case in the queue the place of its numbers.
    pub(super) stream_of: &'f [u32],
    pub(super) draw: u64,
    /// By case, then by agreement: the offers that were refused before.
    pub(super) refusals: &'f mut [u32],
    pub(super) outcomes: &'f mut Outcomes,
    /// By agreement, the places that were refused.
    pub(super) refused: &'f mut [u64],
}

impl Chance<'_> {
    /// What becomes of the present offer of an agreement to a case.
    fn offer(&mut self, case: usize, agreement: usize, terms: &Terms) -> Known {
        let place = case * self.outcomes.width + agreement;
        let offer = self.refusals[place];
        let known = self.outcomes.known[place];
        if known.future == self.outcomes.future && known.offer == offer {
            return known;
        }
        // One number for a refusal, and one for the time to the move.
        let uncertainty = &self.agreements[agreement];
        let stream = self.streams[self.stream_of[case] as usize].named(uncertainty.name);
        let [[refusal], mut processing] = stream.at(Kind::Offer, &[(self.draw, offer)]);
        let known = Known {
            future: self.outcomes.future,
            offer,
            processing: uncertainty.processing.as_ref().map_or(terms.processing, |law| {
                law.of_uniforms(&mut processing);
                months(processing[0], 1)
            }),
            refused: uncertainty.refusal.is_some_and(|(probability, _)| refusal < probability),
        };
        self.outcomes.known[place] = known;
        known
    }
}

impl Offers for Chance<'_> {
    fn processing(&mut self, case: usize, agreement: usize, terms: &Terms) -> u32 {
        if self.agreements[agreement].processing.is_none() {
            return terms.processing;
        }
        self.offer(case, agreement, terms).processing
    }

    fn refused(&mut self, case: usize, agreement: usize, terms: &Terms, places: u32) -> Option<u32> {
        let (_, after) = self.agreements[agreement].refusal?;
        if !self.offer(case, agreement, terms).refused {
            return None;
        }
        self.refusals[case * self.outcomes.width + agreement] += 1;
        self.refused[agreement] += u64::from(places);
        Some(after)
    }
}
