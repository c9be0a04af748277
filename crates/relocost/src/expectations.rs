//! Running the expectations that a scenario carries.
//!
//! In: a scenario. Out: for each expectation what came, and whether it is as expected. A figure is looked up in the
//! comparison's own JSON by its path, so that no second table of figures exists.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::about::Pair;
use crate::comparison::CompareOptions;
use crate::error::{Code, Error, Finding, Place};
use crate::exact;
use crate::message;
use crate::message::Message;
use crate::scenario::expectation::FigureKind;
use crate::scenario::{Bound, Expectation, Figure, Scenario};
use crate::types::{Amount, Text};
use crate::watch::{Pulse, Watch};

/// The outcome of an expectation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExpectationOutcome {
    /// The figure that is expected.
    pub figure: Figure,
    /// The value that was expected.
    pub expected: Bound,
    /// The value found, as figures are written; `None` where there is no such figure (a premium on a base of 0, a wait
    /// without an end).
    pub found: Option<String>,
    /// True if the value is as expected.
    pub passed: bool,
    /// Why it was expected.
    pub why: Option<Text>,
    /// Where the expectation stands.
    pub place: Option<Place>,
}

impl ExpectationOutcome {
    /// The figure as a report of tests names it, which may stand in a log: its path without the place or the agreement
    /// that it names.
    pub fn name(&self) -> String {
        self.figure.shown()
    }

    /// The expected value and the value found, in a sentence, which names no place and no agreement.
    pub fn message(&self) -> Message {
        let hidden = || message!("a value (not shown)", "une valeur (non affichée)");
        message!(
            "{figure}: expected {expected}, found {found}{why}",
            "{figure} : attendu {expected}, trouvé {found}{why}",
            figure = self.name(),
            expected = if self.figure.is_private() { hidden() } else { self.expected.message() },
            found = match &self.found {
                Some(_) if self.figure.is_private() => hidden(),
                Some(found) => message!("{found}", "{found}"),
                None if self.figure.segments().first().is_some_and(|first| first == "comparison") => {
                    message!("none (the base is not above 0)", "aucun (la base n'est pas supérieure à 0)")
                }
                None => message!("nothing to compare", "rien à comparer"),
            },
            why = match &self.why {
                Some(why) => message!("; why: {why}", " ; pourquoi : {why}"),
                None => Message::default(),
            },
        )
    }
}

impl fmt::Display for ExpectationOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message().en())
    }
}

impl Serialize for ExpectationOutcome {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Outcome", 6)?;
        out.serialize_field("figure", &self.figure.to_string())?;
        out.serialize_field("expected", &self.expected.to_string())?;
        out.serialize_field("found", &self.found)?;
        out.serialize_field("passed", &self.passed)?;
        out.serialize_field("why", &self.why)?;
        out.serialize_field("place", &self.place)?;
        out.end()
    }
}

impl Scenario {
    /// Runs the expectations, on the comparison of `temporary` with `permanent` in prices of each year.
    ///
    /// ```
    /// use relocost::Catalogue;
    /// use relocost::scenario::build::{expectation, member, scenario};
    /// let s = scenario("EUR", "2026-03", 60)
    ///     .catalogue(Catalogue::reference())
    ///     .member(member().age(34))
    ///     .expect(expectation("comparison.extra").equals("39806.27"))
    ///     .expect(expectation("comparison.band").equals("within"))
    ///     .build()?;
    /// let outcomes = s.run_expectations()?;
    /// assert!(outcomes[0].passed);
    /// assert_eq!(outcomes[1].to_string(), "comparison.band: expected within, found below");
    /// # Ok::<(), relocost::Error>(())
    /// ```
    ///
    /// # Errors
    /// A figure cannot be computed, one of the comparison is named and the scenario lacks one of the two pathways, one
    /// is of a fiscal year outside the horizon (which a change of the scenario can bring about).
    pub fn run_expectations(&self) -> Result<Vec<ExpectationOutcome>, Error> {
        self.run_expectations_under(None)
    }

    pub(crate) fn run_expectations_under(&self, watch: Option<&Watch<'_>>) -> Result<Vec<ExpectationOutcome>, Error> {
        if self.expectations().is_empty() {
            return Ok(Vec::new());
        }
        self.are_within_the_horizon()?;
        let lines = self.lines().len();
        let pulse = Pulse::of(watch, Some(lines + self.expectations().len()));
        let figures = self.figures_for_expectations(&pulse)?;
        let mut outcomes = Vec::with_capacity(self.expectations().len());
        for (index, expectation) in self.expectations().iter().enumerate() {
            pulse.step(lines + index)?;
            let place = self.place(&format!("expect[{index}]")).cloned();
            outcomes.push(outcome(expectation, &figures, place));
        }
        pulse.step(lines + outcomes.len())?;
        Ok(outcomes)
    }

    /// A file's figures are held against its own horizon when it is read; a changed scenario may have another.
    fn are_within_the_horizon(&self) -> Result<(), Error> {
        let years = self.fiscal_years();
        let outside = self.expectations().iter().enumerate().filter_map(|(index, expectation)| {
            let message = expectation.figure.outside(&years, self.horizon_months())?;
            let key = format!("expect[{index}]");
            let place = self.place(&key).cloned();
            Some(Finding { code: Code::UnknownFigure, place, key: format!("{key}.figure"), message })
        });
        let findings: Vec<Finding> = outside.collect();
        if findings.is_empty() { Ok(()) } else { Err(Error::new(findings, 0)) }
    }

    fn figures_for_expectations(&self, pulse: &Pulse<'_>) -> Result<Value, Error> {
        let mut options = CompareOptions::default();
        let has = |name: &str| self.pathway_names().any(|known| known.as_str() == name);
        if !(has(&options.pair.base) && has(&options.pair.alternative)) {
            let of_pair = |expectation: &Expectation| {
                expectation.figure.segments().first().is_some_and(|first| first == "comparison")
            };
            if let Some(index) = self.expectations().iter().position(of_pair) {
                let key = format!("expect[{index}]");
                let message = message!(
                    "names a figure of the comparison, and the scenario lacks the pathway temporary or permanent",
                    "désigne un chiffre de la comparaison, et le scénario n'a pas le parcours temporary ou permanent"
                );
                return Err(Error::at(Code::UnknownPathway, self.place(&key).cloned(), key, message));
            }
            // Only figures of single pathways are asked for: any pair has them all.
            let any = self.pathway_names().next().map_or(String::new(), ToString::to_string);
            options = options.pair(Pair::new(any.clone(), any));
        }
        let mut comparison = self.compare_under(&options, &pulse.onward())?;
        let failed = |_: serde_json::Error| {
            let message = message!("the comparison cannot be written", "la comparaison ne peut pas être écrite");
            Error::single(Code::UnknownFigure, "expect", message)
        };
        // Pathways by themselves, since there can be many of many lines.
        let mut pathways = serde_json::Map::new();
        for (name, figures) in comparison.take_pathways() {
            pulse.step(self.lines().len())?;
            pathways.insert(name.to_string(), serde_json::to_value(&figures).map_err(failed)?);
        }
        let mut figures = serde_json::to_value(&comparison).map_err(failed)?;
        if let Some(place) = figures.get_mut("pathways") {
            *place = Value::Object(pathways);
        }
        Ok(figures)
    }
}

/// The outcome of an expectation that stands at a place, among the figures of a result's JSON.
pub(crate) fn outcome(expectation: &Expectation, figures: &Value, place: Option<Place>) -> ExpectationOutcome {
    let Expectation { figure, bound, why } = expectation;
    let mut value = Some(figures);
    for segment in figure.segments() {
        value = value.and_then(|value| match value {
            Value::Array(rows) => segment.parse::<usize>().ok().and_then(|place| rows.get(place)),
            other => other.get(segment),
        });
    }
    // A programme's expectation can say that there is nothing to say, or no such figure.
    let is = |word: &str| matches!(bound, Bound::Is(text) if text.as_str() == word);
    let found = match value {
        None if is("absent") => Some("absent".to_owned()),
        Some(Value::Null) if is("null") => Some("null".to_owned()),
        None if figure.kind() == FigureKind::Amount => Some("0".to_owned()), // a key that no entry feeds
        None | Some(Value::Null | Value::Object(_)) => None,
        Some(Value::String(text)) => Some(text.clone()),
        Some(other) => Some(other.to_string()),
    };
    ExpectationOutcome {
        figure: figure.clone(),
        expected: bound.clone(),
        passed: found.as_deref().is_some_and(|found| bound.holds(found)),
        found,
        why: why.clone(),
        place,
    }
}

impl Bound {
    /// True if a figure, as it is written, is as expected.
    fn holds(&self, found: &str) -> bool {
        let exact = |amount: &Amount| exact::from_decimal(amount.to_decimal());
        let number = || exact::parse(found);
        match self {
            Self::Is(text) => text.as_str() == found,
            Self::Equals(value) => number().is_some_and(|found| found == exact(value)),
            Self::Within(low, high) => number().is_some_and(|found| exact(low) <= found && found <= exact(high)),
            Self::AtMost(high) => number().is_some_and(|found| found <= exact(high)),
            Self::AtLeast(low) => number().is_some_and(|found| exact(low) <= found),
        }
    }
}
