//! The tornado: each uncertain parameter at its 10 and 90 per cent quantiles, the others as the scenario stands.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use std::fmt;

use indexmap::IndexMap;
use serde::{Serialize, Serializer};

use crate::about::{About, Pair, about_methods, pair_methods};
use crate::comparison::CompareOptions;
use crate::error::Error;
use crate::ledger::Engine;
use crate::names::Figures;
use crate::scenario::Scenario;
use crate::simulation::assumptions::Assumptions;
use crate::simulation::block::{BLOCK, Column};
use crate::simulation::evaluate::Evaluator;
use crate::simulation::events::Draws;
use crate::simulation::layout::places_of_pair;
use crate::simulation::model::{Events, Model};
use crate::simulation::sampling::Stream;
use crate::types::{Id, Parameter};
use crate::watch::{Pulse, Watch};

/// The shares at whose quantiles a parameter is set.
pub(crate) const ENDS: [f64; 2] = [0.1, 0.9];

/// All costs at one value of a parameter, in units of the currency, not rounded.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TornadoPoint {
    /// The value, moved into its domain, months rounded; of no parameter where all stand as the scenario gives them.
    pub value: Option<f64>,
    /// The cost of every pathway; event lines at their expectation.
    pub pathways: IndexMap<Id, f64>,
    /// The alternative's less the base's.
    pub extra: f64,
    /// The extra as a share of the base; none unless the base is above 0.
    pub premium: Option<f64>,
}

/// A parameter between its ends.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TornadoBar {
    /// The parameter.
    pub parameter: Parameter,
    /// At its 10 per cent quantile.
    pub low: TornadoPoint,
    /// At its 90 per cent quantile.
    pub high: TornadoPoint,
}

impl TornadoBar {
    /// The difference of the extra cost between the ends, in units of the currency; below 0 where it falls as the
    /// parameter rises.
    pub fn swing(&self) -> f64 {
        self.high.extra - self.low.extra
    }

    /// The difference of a pathway's total between the ends, in units of the currency; `None` for a pathway that the
    /// scenario lacks.
    pub fn swing_of(&self, pathway: &str) -> Option<f64> {
        let [low, high] = [&self.low, &self.high].map(|point| point.pathways.get(pathway).copied());
        Some(high? - low?)
    }
}

impl Serialize for TornadoBar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("TornadoBar", 4)?;
        out.serialize_field("parameter", &self.parameter.to_string())?;
        out.serialize_field("swing", &self.swing())?;
        out.serialize_field("low", &self.low)?;
        out.serialize_field("high", &self.high)?;
        out.end()
    }
}

/// A tornado: bars from the widest swing of the extra cost to the narrowest.
#[derive(Clone, PartialEq)]
pub struct Tornado {
    about: About,
    pair: Pair,
    standing: TornadoPoint,
    bars: Vec<TornadoBar>,
}

impl Scenario {
    /// Sets each uncertain parameter to its 10 and 90 per cent quantiles, the others as the scenario stands.
    ///
    /// ```
    /// use relocost::CompareOptions;
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }\n[[uncertain]]\nparameter = \"lines.rent.amount\"\ndistribution = { uniform = { low = \"900\", high = \"1000\" } }")?;
    /// let tornado = scenario.tornado(&CompareOptions::default())?;
    /// let rent = &tornado.bars()[0];
    /// assert_eq!(rent.low.value, Some(910.0));
    /// assert!(rent.swing() < 0.0); // dearer rents make an agreement dearer, and the extra cost of doing without smaller
    /// # Ok::<(), relocost::Error>(())
    /// ```
    ///
    /// # Errors
    /// The scenario lacks a pathway of the options, a rate that a charge needs is missing.
    pub fn tornado(&self, options: &CompareOptions) -> Result<Tornado, Error> {
        self.tornado_under(options, None)
    }

    pub(crate) fn tornado_under(&self, options: &CompareOptions, watch: Option<&Watch<'_>>) -> Result<Tornado, Error> {
        let pair = places_of_pair(self, &options.pair)?;
        let assumptions = Assumptions::new(self);
        let points: Vec<(usize, f64)> = assumptions
            .each
            .iter()
            .take(self.uncertain().len()) // what is drawn for each year has a distribution for all
            .enumerate()
            .flat_map(|(place, assumption)| ENDS.map(|share| (place, assumption.at(share))))
            .collect();
        let pulse = Pulse::of(watch, Some(points.len()));
        let engine = Engine::new(self, self.horizon_months(), &pulse)?;
        let model = Model::new(engine, self, &assumptions.years, options.basis, Events::Expected)?;
        let mut evaluator = Evaluator::new(&model, options.basis, Figures::Totals)?;
        let stream = Stream::new(0);
        let mut told = Vec::with_capacity(points.len() + 1);
        // The first place of the first block is the scenario as it stands.
        let points: Vec<Option<(usize, f64)>> = std::iter::once(None).chain(points.into_iter().map(Some)).collect();
        for (done, block) in points.chunks(BLOCK).enumerate() {
            pulse.step(done * BLOCK)?;
            let mut columns: Vec<Column> = assumptions.base();
            for (draw, point) in block.iter().enumerate() {
                if let Some((parameter, value)) = point {
                    // All its years move together.
                    let own = assumptions.years.slots.iter().zip(&mut columns);
                    own.filter(|(slot, _)| slot.parameter == *parameter).for_each(|(_, column)| column[draw] = *value);
                }
            }
            evaluator.evaluate(&columns, &Draws { stream: &stream, first: 0, end: 0, second: &[] })?;
            evaluator.check(0..block.len())?;
            for (draw, point) in block.iter().enumerate() {
                let totals: Vec<f64> = evaluator.outputs.iter().map(|way| way.total[draw]).collect();
                let [a, b] = pair.map(|way| totals[way]);
                told.push(TornadoPoint {
                    value: point.map(|(_, value)| value),
                    pathways: self.pathway_names().cloned().zip(totals).collect(),
                    extra: a - b,
                    premium: (b > 0.0).then(|| (a - b) / b),
                });
            }
        }
        pulse.step(points.len() - 1)?;
        let mut told = told.into_iter();
        let standing =
            told.next().unwrap_or(TornadoPoint { value: None, pathways: IndexMap::new(), extra: 0.0, premium: None });
        let mut bars: Vec<TornadoBar> = Vec::with_capacity(self.uncertain().len());
        for uncertain in self.uncertain() {
            let (Some(low), Some(high)) = (told.next(), told.next()) else { break };
            bars.push(TornadoBar { parameter: uncertain.parameter.clone(), low, high });
        }
        bars.sort_by(|one, other| other.swing().abs().total_cmp(&one.swing().abs()));
        Ok(Tornado { about: About::new(self, options.basis), pair: options.pair.clone(), standing, bars })
    }
}

about_methods!(Tornado);
pair_methods!(Tornado);

impl Tornado {
    /// The number of the form in which results are written.
    pub const SCHEMA: u32 = 1;

    /// Every parameter as the scenario gives it.
    pub fn standing(&self) -> &TornadoPoint {
        &self.standing
    }

    /// The parameters, from the widest swing of the extra cost to the narrowest.
    pub fn bars(&self) -> &[TornadoBar] {
        &self.bars
    }

    /// The parameters by [`swing_of`](TornadoBar::swing_of) a pathway's own total, from the widest to the narrowest; none
    /// of a pathway that the scenario lacks.
    ///
    /// A parameter that moves both pathways alike does little to the extra cost and much to each budget: this says how
    /// much.
    ///
    /// ```
    /// use relocost::CompareOptions;
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }\n[[uncertain]]\nparameter = \"lines.rent.amount\"\ndistribution = { uniform = { low = \"900\", high = \"1000\" } }")?;
    /// let tornado = scenario.tornado(&CompareOptions::default())?;
    /// let [rent] = tornado.bars_of("permanent").unwrap_or_default()[..] else { panic!("one parameter") };
    /// assert_eq!(rent.swing_of("permanent"), Some(-rent.swing())); // only the permanent solution has the ordinary rent
    /// assert!(tornado.bars_of("prolonged").is_none());
    /// # Ok::<(), relocost::Error>(())
    /// ```
    pub fn bars_of(&self, pathway: &str) -> Option<Vec<&TornadoBar>> {
        self.standing.pathways.get(pathway)?;
        let width = |bar: &TornadoBar| bar.swing_of(pathway).map(f64::abs);
        let mut bars: Vec<_> = self.bars.iter().filter(|bar| width(bar).is_some()).collect();
        bars.sort_by(|one, other| width(other).unwrap_or(0.0).total_cmp(&width(one).unwrap_or(0.0)));
        Some(bars)
    }
}

impl fmt::Debug for Tornado {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tornado({} parameters over {} months)", self.bars.len(), self.horizon_months())
    }
}

impl Serialize for Tornado {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Tornado", 5 + About::FIELDS)?;
        out.serialize_field("schema", &Self::SCHEMA)?;
        self.about.write(&mut out)?;
        self.pair.write(&mut out)?;
        out.serialize_field("standing", &self.standing)?;
        out.serialize_field("bars", &self.bars)?;
        out.end()
    }
}
