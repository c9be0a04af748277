//! Shares and rates that can only be per cents: 2.5 where 0.025 is meant.
//!
//! In: a scenario. Out: a warning for each. What is unusual is not warned of, such as prices that rise by half in a year.

use num_rational::BigRational;
use rust_decimal::Decimal;

use crate::error::{Code, Finding};
use crate::exact::{from_decimal, shortest};
use crate::message;
use crate::message::Message;
use crate::scenario::expectation::FigureKind;
use crate::scenario::{Bound, Charge, Distribution, RateTable, Scenario};
use crate::types::{Amount, Increase, Parameter};

/// The least rate of a year that nobody means: prices twice as high, or money worth half.
const RATE: Decimal = Decimal::ONE;
/// The least ratio of costs that nobody means: ten times as much.
const RATIO: Decimal = Decimal::TEN;

/// A warning for every share or rate that can only be a number of per cents.
pub(super) fn warnings(scenario: &Scenario) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut look = |place: &str, key: String, value: Decimal, least: Decimal| {
        if value >= least {
            let place = scenario.place(place).cloned();
            found.push(Finding { code: Code::PerCent, place, key, message: meant(value) });
        }
    };
    if let Some(discount) = scenario.rates().discount {
        look("rates.discount", "rates.discount".to_owned(), discount.to_decimal(), RATE);
    }
    for (name, table) in &scenario.rates().index {
        let key = format!("rates.index.{name}");
        for (year, increase) in increases(&table.increases) {
            look(&key, format!("{key}.{year}"), increase.to_decimal(), RATE);
        }
    }
    for (id, line) in scenario.lines() {
        if let Charge::Percentage(percentage) = &line.charge {
            let key = format!("lines.{id}");
            look(&key, format!("{key}.percentage.share"), percentage.share.to_decimal(), RATIO);
        }
    }
    for (place, uncertain) in scenario.uncertain().iter().enumerate() {
        let key = format!("uncertain[{place}]");
        if matches!(uncertain.parameter, Parameter::IndexShift(_) | Parameter::IndexYearly(_)) {
            look(&key, format!("{key}.distribution"), largest(&uncertain.distribution), RATE);
        }
    }
    for (name, variant) in scenario.variants() {
        for (parameter, value) in &variant.parameters {
            if matches!(parameter, Parameter::IndexShift(_) | Parameter::Increase(..)) {
                let value = value.number().map(Amount::to_decimal).unwrap_or_default();
                look("", format!("variants.{name}.{parameter}"), value, RATE);
            }
        }
    }
    for (place, expectation) in scenario.expectations().iter().enumerate() {
        let key = format!("expect[{place}]");
        if expectation.figure.kind() == FigureKind::Ratio {
            look(&key, key.clone(), most(&expectation.bound), RATIO);
        }
    }
    found
}

fn increases(table: &RateTable<Increase>) -> impl Iterator<Item = (String, Increase)> {
    let default = table.default.map(|increase| ("default".to_owned(), increase));
    default.into_iter().chain(table.years.iter().map(|(year, increase)| (year.to_string(), *increase)))
}

/// The largest value that a distribution names.
fn largest(distribution: &Distribution) -> Decimal {
    let of = |values: &[Amount]| values.iter().map(|value| value.to_decimal()).max().unwrap_or_default();
    match distribution {
        Distribution::Uniform { high, .. }
        | Distribution::Triangular { high, .. }
        | Distribution::Pert { high, .. }
        | Distribution::Beta { high, .. } => high.to_decimal(),
        Distribution::Normal { mean, sd } | Distribution::Lognormal { mean, sd } | Distribution::Gamma { mean, sd } => {
            of(&[*mean, *sd])
        }
        Distribution::LognormalQuantiles { p95, .. } => p95.to_decimal(),
        Distribution::Discrete { values, .. } | Distribution::Empirical { values } => of(values),
    }
}

/// The largest number that an expectation names.
fn most(bound: &Bound) -> Decimal {
    match bound {
        Bound::Equals(value) | Bound::Within(_, value) | Bound::AtMost(value) | Bound::AtLeast(value) => {
            value.to_decimal()
        }
        Bound::Is(_) => Decimal::ZERO,
    }
}

fn meant(value: Decimal) -> Message {
    let (value, hundred) = (from_decimal(value), BigRational::from_integer(100.into()));
    let [per_cent, share] = [&value * &hundred, &value / &hundred].map(|number| shortest(&number));
    let value = shortest(&value);
    message!(
        "{value} is a share, and so {per_cent} per cent; for {value} per cent write \"{share}\"",
        "{value} est une part, soit {per_cent} pour cent ; pour {value} pour cent, écrire \"{share}\""
    )
}
