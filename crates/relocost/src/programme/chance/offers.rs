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

/// The offers of one run of a future.
pub(super) struct Chance<'f> {
    pub(super) agreements: &'f [Uncertainty],
    /// The numbers of the cases in the queue.
    pub(super) streams: &'f [Stream],
    /// Of each case in the queue the place of its numbers.
    pub(super) stream_of: &'f [u32],
    pub(super) draw: u64,
    /// By case, then by agreement: the offers that were refused before.
    pub(super) refusals: &'f mut Vec<u32>,
    /// The agreements that made an offer, one bit each.
    pub(super) offered: u64,
    /// By agreement, the places that were refused.
    pub(super) refused: &'f mut [u64],
}

impl Chance<'_> {
    /// The two numbers of the present offer of an agreement to a case: for a refusal, and for the time to the move.
    fn numbers(&self, case: usize, agreement: usize) -> [f64; 2] {
        let offer = self.refusals.get(case * self.agreements.len() + agreement).copied().unwrap_or(0);
        let stream = self.streams[self.stream_of[case] as usize].named(self.agreements[agreement].name);
        let [[refusal], [processing]] = stream.at(Kind::Offer, &[(self.draw, offer)]);
        [refusal, processing]
    }
}

impl Offers for Chance<'_> {
    fn processing(&mut self, case: usize, agreement: usize, terms: &Terms) -> u32 {
        let Some(law) = &self.agreements[agreement].processing else { return terms.processing };
        let mut drawn = [self.numbers(case, agreement)[1]];
        law.of_uniforms(&mut drawn);
        months(drawn[0], 1)
    }

    fn refused(&mut self, case: usize, agreement: usize, places: u32) -> Option<u32> {
        self.offered |= 1 << agreement;
        let (probability, after) = self.agreements[agreement].refusal?;
        if self.numbers(case, agreement)[0] >= probability {
            return None;
        }
        let width = self.agreements.len();
        if self.refusals.len() <= case * width + agreement {
            self.refusals.resize((case + 1) * width, 0);
        }
        self.refusals[case * width + agreement] += 1;
        self.refused[agreement] += u64::from(places);
        Some(after)
    }
}
