//! What all threads share that compute futures of a programme: its cases with their numbers, its agreements, its figures.

use num_rational::BigRational;

use super::layout::Layout;
use super::naming;
use super::offers::{self, Uncertainty};
use super::own::OwnLines;
use crate::exact::{power_of_ten, ratio};
use crate::ledger::ONE_SHARE;
use crate::names::Sampling;
use crate::programme::Inner;
use crate::programme::case::{Case, CaseCourse};
use crate::programme::queue::{Set, Terms};
use crate::scenario::{Line, Price};
use crate::simulation::costing::CostGround;
use crate::simulation::numbers::binary::float;
use crate::simulation::parameters::ParameterDraws;
use crate::simulation::sampling::Stream;
use crate::types::Parameter;

/// What all threads share: nothing of it changes.
pub(super) struct Prepared<'p> {
    pub(super) inner: &'p Inner,
    pub(super) stream: Stream,
    pub(super) parameters: ParameterDraws,
    pub(super) agreements: Vec<Uncertainty>,
    pub(super) agreed: Vec<Terms>,
    pub(super) signed: Set,
    /// The declared cases: first those that queue, by arrival, then the others. Of each its household and its numbers.
    pub(super) declared: Vec<(u32, Stream)>,
    pub(super) queueing: usize,
    pub(super) has_events: bool,
    pub(super) layout: Layout,
    pub(super) own: OwnLines<'p>,
    /// The number of minor units in a unit of the currency.
    pub(super) units: f64,
}

impl<'p> Prepared<'p> {
    pub(super) fn new(inner: &'p Inner, seed: u64, sampling: Sampling) -> Self {
        let (stream, first) = (Stream::new(seed), inner.first_month());
        let name = |parameter: &Parameter| match parameter {
            Parameter::AgreementSlip(id) => Some(naming::of_agreement(id.as_str())),
            _ => None,
        };
        let parameters = ParameterDraws::new(&inner.setting, &stream, sampling, name);
        let mut declared = Vec::new();
        for (place, case) in (0..).zip(&inner.cases) {
            for copy in 0..case.copies {
                let numbers = stream.named(naming::of_case(&case.numbers, case.first_copy + copy));
                declared.push((place, case, numbers));
            }
        }
        let queues = |case: &Case| matches!(case.course, CaseCourse::Queues { .. });
        // Stable: those of a month as declared.
        declared.sort_by_key(|(_, case, _)| {
            (!queues(case), if queues(case) { case.arrives.months_since(first) } else { 0 })
        });
        let queueing = declared.iter().filter(|(_, case, _)| queues(case)).count();
        let declared = declared.into_iter().map(|(place, _, numbers)| (place, numbers)).collect();
        let signed = inner.agreements.iter().enumerate().filter(|(_, agreement)| agreement.signed);
        let share = |(fund, share): &(usize, i128)| (*fund, float(&ratio(*share, ONE_SHARE)));
        let is_event = |line: &Line| matches!(line.price(), Some(Price::Event { .. }));
        Self {
            inner,
            parameters,
            agreements: offers::of_agreements(inner),
            agreed: inner.agreements.iter().map(|agreement| agreement.terms(first)).collect(),
            signed: signed.fold(0, |set, (place, _)| set | 1 << place),
            declared,
            queueing,
            has_events: inner.setting.lines().values().any(is_event),
            layout: Layout::new(inner),
            own: OwnLines::new(inner, inner.lines.iter().map(|line| line.payers.iter().map(share).collect()).collect()),
            units: float(&BigRational::from_integer(power_of_ten(inner.setting.currency().decimals()))),
            stream,
        }
    }

    pub(super) fn ground(&self) -> CostGround<'_> {
        let inner = self.inner;
        let earlier = |case: &Case| inner.first_month().months_since(case.arrives);
        let earlier = inner.cases.iter().map(earlier).max().unwrap_or(0).max(0);
        CostGround::new(&inner.setting, &self.parameters, inner.fiscal_years, u32::try_from(earlier).unwrap_or(0))
    }
}
