//! Calibration: the factor on some lines at which the premium meets a target.
//!
//! In: a checked scenario, a target, the lines. Out: the factor, and the premium that the ledger reaches with it.

use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use serde::{Serialize, Serializer};

use crate::about::{About, Pair, about_methods, pair_methods};
use crate::comparison::{CompareOptions, PairFigures, Premium};
use crate::error::{Code, Error};
use crate::exact;
use crate::ledger::{Engine, Route};
use crate::message;
use crate::message::Message;
use crate::names::{Basis, closest, did_you_mean};
use crate::options::setters;
use crate::per_cent;
use crate::scenario::{Distribution, Price, Scenario};
use crate::types::{Amount, Id, parse_decimal};
use crate::watch::{Pulse, Watch};

/// The lines to calibrate and the premium to reach.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CalibrateOptions {
    /// The premium to meet, a share of the base.
    pub target: Amount,
    /// The lines whose amounts (an event's severity) are scaled.
    pub lines: Vec<String>,
    /// The pathways whose premium is calibrated.
    pub pair: Pair,
    /// The basis of prices.
    pub basis: Basis,
}

setters!(CalibrateOptions {
    /// Sets the pathways whose premium is calibrated.
    pair: Pair,
    /// Sets the basis of prices.
    basis: Basis,
});

impl CalibrateOptions {
    /// Lines of `temporary` against `permanent`, in prices of each year.
    pub fn new(target: Amount, lines: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let CompareOptions { pair, basis } = CompareOptions::default();
        Self { target, lines: lines.into_iter().map(Into::into).collect(), pair, basis }
    }

    /// Refuses a target above 10, which whoever types it most likely means in per cent. A calibration itself takes any,
    /// since some published results have such targets.
    ///
    /// ```
    /// use relocost::calibration::CalibrateOptions;
    /// assert!(CalibrateOptions::new("60".parse()?, ["rent"]).no_per_cent().is_err());
    /// assert!(CalibrateOptions::new("0.60".parse()?, ["rent"]).no_per_cent().is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The target is above 10.
    pub fn no_per_cent(&self) -> Result<(), Error> {
        per_cent::refuse("target", self.target.to_decimal())
    }
}

/// The factor, and what the ledger reaches with it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Calibration {
    /// The premium that was aimed at.
    pub target: Amount,
    /// The lines that were scaled.
    pub lines: Vec<Id>,
    /// The factor to 12 decimals, half to even.
    pub factor: Amount,
    /// The premium of the ledger with the factor as it is written.
    pub premium: Premium,
    about: About,
    pair: Pair,
}

about_methods!(Calibration);
pair_methods!(Calibration);

impl Serialize for Calibration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Calibration", 7 + About::FIELDS)?;
        out.serialize_field("schema", &1)?;
        self.about.write(&mut out)?;
        self.pair.write(&mut out)?;
        out.serialize_field(
            "factor",
            &exact::fixed(&exact::from_decimal(self.factor.to_decimal()), exact::RATIO_DECIMALS),
        )?;
        out.serialize_field("premium", &self.premium)?;
        out.serialize_field("target", &self.target)?;
        out.serialize_field("lines", &self.lines)?;
        out.end()
    }
}

impl Scenario {
    /// The factor f on the amounts of lines at which the premium meets a target p, on unrounded totals:
    ///
    /// ```text
    /// f = ((1 + p) B0 - A0) / (A1 - (1 + p) B1)
    /// ```
    ///
    /// where X1 is the total of all charges of the lines in X, and X0 that of the rest.
    ///
    /// ```
    /// use relocost::calibration::CalibrateOptions;
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
    /// let options = CalibrateOptions::new("0.45".parse()?, ["short-let"]);
    /// let calibration = scenario.calibrate(&options)?;
    /// assert!(calibration.premium.to_string().starts_with("0.4500"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// There is no such line or pathway; no factor of 0 or more meets the target, or only one at which the base is not
    /// above 0; a rate is missing.
    pub fn calibrate(&self, options: &CalibrateOptions) -> Result<Calibration, Error> {
        self.calibrate_under(options, None)
    }

    pub(crate) fn calibrate_under(
        &self,
        options: &CalibrateOptions,
        watch: Option<&Watch<'_>>,
    ) -> Result<Calibration, Error> {
        let lines = self.lines_by_name(&options.lines)?;
        let named: Vec<usize> = lines.iter().filter_map(|id| self.lines().get_index_of(id)).collect();
        let horizon = self.horizon_months();
        // Twice for the exact sums, once for the ledger with the factor.
        let count = self.lines().len();
        let pulse = Pulse::of(watch, Some(3 * count));
        let engine = Engine::new(self, horizon, &pulse)?;
        let total = |pathway: &str, before: usize| {
            let (_, route) = Route::of(self, pathway, horizon)?;
            let (mut scaled, mut rest) = (BigRational::zero(), BigRational::zero());
            for item in 0..engine.items() {
                pulse.step(before + engine.item(item).line)?;
                let sum = engine.unrounded(item, &route, options.basis)?;
                // Percentages and refunds go with the line that they are of.
                if named.contains(&engine.priced_line(item)) { scaled += sum } else { rest += sum }
            }
            Ok::<_, Error>((scaled, rest))
        };
        let ((a1, a0), (b1, b0)) = (total(&options.pair.alternative, 0)?, total(&options.pair.base, count)?);
        pulse.step(2 * count)?;
        let growth = BigRational::one() + exact::from_decimal(options.target.to_decimal());
        let divisor = a1 - &growth * &b1;
        if divisor.is_zero() {
            return Err(no_solution(&message!(
                "these lines move both pathways alike, so that the premium does not depend on the factor (or not as the target asks)",
                "ces postes font varier les deux parcours de la même façon, de sorte que le surcoût relatif ne dépend pas du facteur (ou pas comme la cible le demande)"
            )));
        }
        let factor = (growth * &b0 - a0) / divisor;
        if factor.is_negative() {
            return Err(no_solution(&message!(
                "the factor would have to be below 0",
                "le facteur devrait être inférieur à 0"
            )));
        }
        if !(b0 + &factor * b1).is_positive() {
            return Err(no_solution(&message!(
                "the base would not be above 0",
                "la base ne serait pas supérieure à 0"
            )));
        }
        let written = parse_decimal(&exact::fixed(&factor, exact::RATIO_DECIMALS)).and_then(Amount::new);
        let written = written.map_err(|_| {
            no_solution(&message!(
                "the factor would have more than 15 digits before the point",
                "le facteur aurait plus de 15 chiffres avant le point"
            ))
        })?;
        let scaled = self.scaled(&lines, &exact::from_decimal(written.to_decimal()));
        let figures = PairFigures::of(&scaled, &options.pair, options.basis, &pulse.onward())?;
        Ok(Calibration {
            target: options.target,
            lines,
            factor: written,
            premium: figures.difference.premium(),
            about: About::new(self, options.basis),
            pair: options.pair.clone(),
        })
    }

    /// The scenario with the calibrated amounts, rounded half to even to the 12 decimals that a file can hold.
    ///
    /// # Errors
    /// An amount would have more than 15 digits before the point.
    pub fn calibrated(&self, calibration: &Calibration) -> Result<Self, Error> {
        let factor = exact::from_decimal(calibration.factor.to_decimal());
        let mut changed = self.inner().clone();
        let setting = changed.setting_mut();
        for id in &calibration.lines {
            let Some(line) = setting.lines.get_mut(id) else { continue };
            let scale = |amount: &Amount| {
                let product = exact::from_decimal(amount.to_decimal()) * &factor;
                let written = parse_decimal(&exact::fixed(&product, exact::RATIO_DECIMALS)).and_then(Amount::new);
                written.map_err(|_| {
                    Error::single(
                        Code::TooLargeFigure,
                        format!("lines.{id}"),
                        message!(
                            "a calibrated amount is too large to write",
                            "un montant calibré est trop grand pour être écrit"
                        ),
                    )
                })
            };
            let Some(priced) = line.priced_mut() else { continue };
            priced.price = match &priced.price {
                Price::Amount(amount) => Price::Amount(scale(amount)?),
                Price::Dated(tariffs) => Price::Dated(
                    tariffs.iter().map(|(&from, amount)| Ok((from, scale(amount)?))).collect::<Result<_, Error>>()?,
                ),
                Price::Event { per_year, severity } => {
                    Price::Event { per_year: *per_year, severity: scaled(severity, scale)? }
                }
            };
        }
        Ok(Self::from_inner(changed))
    }

    /// The scenario with the prices of lines multiplied, exactly.
    fn scaled(&self, lines: &[Id], factor: &BigRational) -> Self {
        let mut changed = self.inner().clone();
        let setting = changed.setting_mut();
        for id in lines {
            if let Some(line) = setting.lines.get_mut(id) {
                line.factor *= factor;
            }
        }
        Self::from_inner(changed)
    }

    fn lines_by_name(&self, names: &[String]) -> Result<Vec<Id>, Error> {
        if names.is_empty() {
            return Err(Error::single(
                Code::UnknownName,
                "lines",
                message!("expected at least one line to calibrate", "attendu : au moins un poste à calibrer"),
            ));
        }
        let mut lines = Vec::with_capacity(names.len());
        for name in names {
            let Some((id, line)) = self.lines().get_key_value(name.as_str()) else {
                let hint = did_you_mean(closest(name, self.lines().keys().map(Id::as_str)));
                let message =
                    message!("the scenario has no such line{hint}", "le scénario n'a pas ce poste{hint}", hint);
                return Err(Error::single(Code::UnknownName, "lines", message));
            };
            if line.priced().is_none() {
                let message = message!(
                    "\"{id}\" is a percentage or a refund, which goes with the lines that it is of; expected lines with an amount or an event",
                    "« {id} » est un pourcentage ou un remboursement, qui suit les postes sur lesquels il porte ; attendu : des postes avec un montant ou un événement"
                );
                return Err(Error::single(Code::Conflict, "lines", message));
            }
            if !lines.contains(id) {
                lines.push(id.clone());
            }
        }
        Ok(lines)
    }
}

fn no_solution(why: &Message) -> Error {
    let message = message!(
        "no factor on these lines meets the target: {why}",
        "aucun facteur sur ces postes n'atteint la cible : {why}",
        why,
    );
    Error::single(Code::NoSolution, "target", message)
}

/// A distribution with every value multiplied.
fn scaled(
    distribution: &Distribution,
    scale: impl Fn(&Amount) -> Result<Amount, Error>,
) -> Result<Distribution, Error> {
    let list = |values: &[Amount]| values.iter().map(&scale).collect::<Result<Vec<_>, Error>>();
    Ok(match distribution {
        Distribution::Uniform { low, high } => Distribution::Uniform { low: scale(low)?, high: scale(high)? },
        Distribution::Triangular { low, mode, high } => {
            Distribution::Triangular { low: scale(low)?, mode: scale(mode)?, high: scale(high)? }
        }
        Distribution::Pert { low, mode, high, shape } => {
            Distribution::Pert { low: scale(low)?, mode: scale(mode)?, high: scale(high)?, shape: *shape }
        }
        Distribution::Normal { mean, sd } => Distribution::Normal { mean: scale(mean)?, sd: scale(sd)? },
        Distribution::Lognormal { mean, sd } => Distribution::Lognormal { mean: scale(mean)?, sd: scale(sd)? },
        Distribution::LognormalQuantiles { p5, p95 } => {
            Distribution::LognormalQuantiles { p5: scale(p5)?, p95: scale(p95)? }
        }
        Distribution::Gamma { mean, sd } => Distribution::Gamma { mean: scale(mean)?, sd: scale(sd)? },
        Distribution::Beta { alpha, beta, low, high } => {
            Distribution::Beta { alpha: *alpha, beta: *beta, low: scale(low)?, high: scale(high)? }
        }
        Distribution::Discrete { values, weights } => {
            Distribution::Discrete { values: list(values)?, weights: weights.clone() }
        }
        Distribution::Empirical { values } => Distribution::Empirical { values: list(values)? },
    })
}
