//! The uncertain parameters of a scenario: their distributions compiled, their ties, their domains.
//!
//! In: draws as points of the unit cube. Out: a column of values for each parameter, moved into its domain.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use super::block::{BLOCK, Column};
use super::numbers::binary::of_decimal;
use super::numbers::{Quantile, normal};
use super::sampling::{Copula, Sampler};
use super::years::{Slot, Years};
use crate::names::Sampling;
use crate::scenario::{Correlation, LEAST_INCREASE, LEAST_RATE, LEAST_STRETCH, Line, Scenario, Uncertain};
use crate::types::{Parameter, ParameterValue};

/// Steps of an average over a distribution.
const STEPS: u32 = 1024;

/// An uncertain parameter, or a year of one.
#[derive(Clone)]
pub(super) struct Assumption {
    pub(super) quantile: Quantile,
    /// The domain, as the model has it.
    pub(super) domain: [f64; 2],
    /// The value as the scenario stands.
    pub(super) base: f64,
    /// True if draws are rounded to whole months.
    pub(super) whole: bool,
    /// True if a draw can lie outside the domain.
    leaves: bool,
    /// True if a correlation ties it to another one.
    pub(super) tied: bool,
}

/// All of a scenario's.
pub(super) struct Assumptions {
    /// By column.
    pub(super) each: Vec<Assumption>,
    pub(super) years: Years,
    /// Columns of increases drawn anew for each year, each with that of the shift of the same index: their sum has a domain.
    shifted: Vec<[usize; 2]>,
    copula: Copula,
    /// Columns that correlations tie together, by place.
    pub(super) groups: Vec<Vec<usize>>,
}

/// The domain of a parameter: MODEL.md, section 10.
pub(crate) fn domain(scenario: &Scenario, parameter: &Parameter) -> [f64; 2] {
    match parameter {
        Parameter::LineAmount(id)
            if scenario.lines().get(id).and_then(Line::priced).is_some_and(|priced| priced.credit) =>
        {
            [f64::NEG_INFINITY, 0.0]
        }
        Parameter::IndexShift(name) | Parameter::IndexYearly(name) => {
            let table = scenario.rates().index.get(name);
            let increases = table
                .into_iter()
                .flat_map(|table| table.increases.default.iter().chain(table.increases.years.values()));
            let least = increases.map(|increase| increase.to_decimal()).min().unwrap_or_default();
            // In decimals, so that an edge which a file can say is met exactly.
            [of_decimal(LEAST_INCREASE - least), f64::INFINITY]
        }
        Parameter::ExchangeFactor(_) | Parameter::ExchangeYearly(_) => [of_decimal(LEAST_RATE), f64::INFINITY],
        Parameter::ProfileStretch(_) => [of_decimal(LEAST_STRETCH), f64::INFINITY],
        Parameter::StageMonths(..) => [0.0, f64::from(scenario.horizon_months())],
        _ => [0.0, f64::INFINITY],
    }
}

/// A number of months as a draw gives it: within the horizon, and rounded half to even.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to the horizon")]
pub(super) fn months(drawn: f64) -> u32 {
    drawn.round_ties_even() as u32
}

impl Assumptions {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let uncertain = scenario.uncertain();
        let years = Years::new(scenario);
        let columns = years.slots.len();
        let copula = Copula::new(columns, &correlations(scenario, &years));
        let mut tied = vec![false; columns];
        for place in copula.groups().into_iter().flatten() {
            tied[place] = true;
        }
        let one = |uncertain: &Uncertain| {
            let quantile = Quantile::new(&uncertain.distribution);
            let domain = domain(scenario, &uncertain.parameter);
            let base = match &uncertain.parameter {
                Parameter::IndexYearly(_) | Parameter::AgreementSlip(_) => 0.0,
                Parameter::ExchangeYearly(_) => 1.0,
                parameter => scenario
                    .parameter(parameter)
                    .ok()
                    .and_then(ParameterValue::number)
                    .map_or(f64::NAN, |base| of_decimal(base.to_decimal())),
            };
            let leaves = quantile.below(domain[0]) > 0.0 || quantile.above(domain[1]) > 0.0;
            let whole = matches!(uncertain.parameter, Parameter::StageMonths(..) | Parameter::AgreementSlip(_));
            Assumption { quantile, domain, base, whole, leaves, tied: false }
        };
        let known: Vec<Assumption> = uncertain.iter().map(one).collect();
        let of_slot = |(slot, tied): (&Slot, bool)| {
            let of = known[slot.parameter].clone();
            Assumption { tied, quantile: if tied { of.quantile } else { of.quantile.for_many() }, ..of }
        };
        let mut each: Vec<Assumption> = years.slots.iter().zip(tied).map(of_slot).collect();
        let shift = |(column, slot): (usize, &Slot)| Some([column, shift_beside(scenario, slot.parameter)?]);
        let shifted: Vec<[usize; 2]> = years.slots.iter().enumerate().filter_map(shift).collect();
        for [column, _] in &shifted {
            each[*column].leaves = false; // it has a domain together with the shift
        }
        let groups = copula.groups();
        Self { each, years, shifted, copula, groups }
    }

    /// The points of a seed.
    pub(super) fn sampler(&self, seed: u64, sampling: Sampling) -> Sampler {
        Sampler::new(seed, sampling, self.each.len())
    }

    /// Every parameter at its value as the scenario stands.
    pub(super) fn base(&self) -> Vec<Column> {
        self.each.iter().map(|assumption| [assumption.base; BLOCK]).collect()
    }

    /// Turns points of the unit cube into values, in place. Draws that were moved into the domain are marked in `moved`,
    /// a bit for each draw of the block and parameter.
    pub(super) fn values(&self, columns: &mut [Column], moved: &mut [[bool; BLOCK]]) {
        for (place, group) in self.groups.iter().enumerate() {
            let members = columns.iter_mut().enumerate().filter(|(place, _)| group.contains(place));
            let mut members: Vec<&mut [f64]> = members.map(|(_, column)| column.as_mut_slice()).collect();
            for column in &mut members {
                normal::quantiles(column);
            }
            self.copula.apply(place, &mut members);
        }
        for ((assumption, column), moved) in self.each.iter().zip(&mut *columns).zip(&mut *moved) {
            if assumption.tied {
                assumption.quantile.of_normals(column);
            } else {
                assumption.quantile.of_uniforms(column);
            }
            if assumption.leaves {
                let [low, high] = assumption.domain;
                for (value, moved) in column.iter_mut().zip(moved) {
                    let within = value.clamp(low, high);
                    *moved = within.to_bits() != value.to_bits();
                    *value = within;
                }
            }
            if assumption.whole {
                for value in column {
                    *value = value.round_ties_even();
                }
            }
        }
        for &[column, shift] in &self.shifted {
            let low = self.each[column].domain[0];
            for draw in 0..BLOCK {
                let (value, least) = (columns[column][draw], low - columns[shift][draw]);
                moved[column][draw] = value < least;
                columns[column][draw] = value.max(least);
            }
        }
    }
}

impl Assumption {
    /// The value at a probability, moved into the domain and, if months, rounded.
    pub(super) fn at(&self, probability: f64) -> f64 {
        let value = self.quantile.at(probability).clamp(self.domain[0], self.domain[1]);
        if self.whole { value.round_ties_even() } else { value }
    }
}

/// The correlations of columns: those of two parameters that are drawn anew for each year hold within each year.
fn correlations(scenario: &Scenario, years: &Years) -> Vec<Correlation> {
    let mut all = Vec::with_capacity(scenario.correlations().len());
    for correlation in scenario.correlations() {
        let [one, other] = correlation.between;
        let columns = years.columns(one);
        if columns.is_empty() {
            all.push(correlation.clone());
        }
        for (year, column) in columns {
            let between = years.column(other, year).map(|other| [column, other]);
            all.extend(between.map(|between| Correlation { between, spearman: correlation.spearman }));
        }
    }
    all
}

/// The place of the shift of an index whose increases another parameter draws anew for each year.
pub(super) fn shift_beside(scenario: &Scenario, yearly: usize) -> Option<usize> {
    let uncertain = scenario.uncertain();
    let Parameter::IndexYearly(name) = &uncertain.get(yearly)?.parameter else { return None };
    uncertain.iter().position(|other| matches!(&other.parameter, Parameter::IndexShift(index) if index == name))
}

/// The probability that a draw of a parameter, by its place, lies outside its domain.
pub(crate) fn leaves_domain(scenario: &Scenario, place: usize) -> f64 {
    let Some(uncertain) = scenario.uncertain().get(place) else { return 0.0 };
    let (quantile, [low, high]) = (Quantile::new(&uncertain.distribution), domain(scenario, &uncertain.parameter));
    let Some(shift) = shift_beside(scenario, place) else { return quantile.below(low) + quantile.above(high) };
    // On average over the shift, which has its own domain.
    let shift = Quantile::new(&scenario.uncertain()[shift].distribution);
    let below = |step: u32| quantile.below(low - shift.at((f64::from(step) + 0.5) / f64::from(STEPS)).max(low));
    (0..STEPS).map(below).sum::<f64>() / f64::from(STEPS)
}
