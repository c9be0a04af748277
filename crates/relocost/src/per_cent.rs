//! Shares and rates that can only be per cents: 2.5 where 0.025 is meant.
//!
//! In: a scenario, what a question sets, a premium that is aimed at. Out: a warning for each share or rate, since it may be
//! meant; the refusal of the premium. What is unusual is not warned of, such as prices that rise by half in a year.

use indexmap::IndexSet;
use num_rational::BigRational;
use rust_decimal::Decimal;

use crate::error::{Code, Error, Finding};
use crate::exact::{from_decimal, shortest};
use crate::message;
use crate::message::Message;
use crate::scenario::expectation::FigureKind;
use crate::scenario::{Bound, Charge, Distribution, RateTable, Scenario};
use crate::types::{Amount, Increase, Parameter, ParameterValue};

/// The least rate of a year that nobody means: prices twice as high, or money worth half.
const RATE: Decimal = Decimal::ONE;
/// The least ratio of costs or prices that nobody means: ten times as much.
const RATIO: Decimal = Decimal::TEN;

/// Refuses a premium that only a number of per cents can be: 60 would be 6,000 per cent.
pub(crate) fn refuse(key: &str, premium: Decimal) -> Result<(), Error> {
    if premium <= RATIO {
        return Ok(());
    }
    let [share, would_be, meant] = shown(premium);
    let message = message!(
        "{share} would be {would_be} per cent, and at most 10 is taken; for {share} per cent write {meant}",
        "{share} vaudrait {would_be} pour cent, et au plus 10 est admis ; pour {share} pour cent écrire {meant}"
    );
    Err(Error::single(Code::OutOfRange, key, message))
}

/// A warning for every parameter that some set of changes sets to what can only be a number of per cents, with the first
/// such value.
pub(crate) fn of_changes<'c>(changes: impl IntoIterator<Item = &'c (Parameter, ParameterValue)>) -> Vec<Finding> {
    let mut warned = IndexSet::new();
    let mut found = Vec::new();
    for (parameter, value) in changes {
        if let Some(message) = of_change(parameter, *value).filter(|_| warned.insert(parameter)) {
            found.push(Finding { code: Code::PerCent, place: None, key: parameter.shown(), message });
        }
    }
    found
}

/// A warning for every variant of the scenario that sets a parameter to what can only be a number of per cents.
pub(crate) fn of_variants(scenario: &Scenario) -> Vec<Finding> {
    let mut found = Vec::new();
    for (name, variant) in scenario.variants() {
        for (place, (parameter, value)) in variant.parameters.iter().enumerate() {
            let key = format!("variants.{name}.{}", parameter.shown());
            let warning = |message| {
                let place = scenario.inner().places_in_files.of_variant(name.as_str(), place).cloned();
                Finding { code: Code::PerCent, place, key, message }
            };
            found.extend(of_change(parameter, *value).map(warning));
        }
    }
    found
}

/// The warning about a parameter that is set to a number of per cents.
fn of_change(parameter: &Parameter, value: ParameterValue) -> Option<Message> {
    let least = match parameter {
        Parameter::IndexShift(_) | Parameter::Increase(..) => RATE,
        Parameter::PercentageShare(_) | Parameter::Level(..) => RATIO,
        _ => return None,
    };
    value.number().map(Amount::to_decimal).filter(|value| *value >= least).map(meant)
}

/// A warning for every share or rate that can only be a number of per cents.
pub(crate) fn warnings(scenario: &Scenario) -> Vec<Finding> {
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
    for (place, levels) in &scenario.rates().level {
        for (category, level) in &levels.by_category {
            let key = Parameter::Level(place.clone(), category.clone()).shown();
            look(&format!("rates.level.{place}"), key, level.to_decimal(), RATIO);
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
    for (place, expectation) in scenario.expectations().iter().enumerate() {
        let key = format!("expect[{place}]");
        if expectation.figure.kind() == FigureKind::Ratio {
            look(&key, key.clone(), most(&expectation.bound), RATIO);
        }
    }
    found.extend(of_variants(scenario));
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
    let [value, per_cent, share] = shown(value);
    message!(
        "{value} is a share, and so {per_cent} per cent; for {value} per cent write \"{share}\"",
        "{value} est une part, soit {per_cent} pour cent ; pour {value} pour cent, écrire \"{share}\""
    )
}

/// A number, how many per cents it is as a share, and the share that it is as so many per cents.
fn shown(value: Decimal) -> [String; 3] {
    let (value, hundred) = (from_decimal(value), BigRational::from_integer(100.into()));
    [&value, &(&value * &hundred), &(&value / &hundred)].map(shortest)
}
