//! The cost of delay: what each further month of waiting for the base's solution costs.
//!
//! In: a checked scenario. Out: for 0, 1, 2, ... months of the alternative's solution before the base's, the cost within
//! the horizon and over the full course. A fixed horizon flatters long waits, hence the second.

use serde::{Serialize, Serializer};

use crate::about::{About, Pair, about_methods, pair_methods};
use crate::comparison::CompareOptions;
use crate::error::{Code, Error};
use crate::ledger::{Engine, Route, Staged, money, totals};
use crate::message;
use crate::message::counted;
use crate::names::Basis;
use crate::options::setters;
use crate::scenario::Scenario;
use crate::types::{Id, Money};
use crate::watch::{Pulse, Watch};

/// The two solutions, the longest wait in months, and the basis.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DelayOptions {
    /// The solutions: the base is waited for, the alternative is where the household waits.
    pub pair: Pair,
    /// The longest wait in months, at most the horizon; the horizon if left out.
    pub months: Option<u32>,
    /// The basis of prices.
    pub basis: Basis,
}

setters!(DelayOptions {
    /// Sets the solutions: the base is waited for, the alternative is where the household waits.
    pair: Pair,
    /// Sets the longest wait in months; the horizon by default.
    months?: u32,
    /// Sets the basis of prices.
    basis: Basis,
});

impl Default for DelayOptions {
    fn default() -> Self {
        let CompareOptions { pair, basis } = CompareOptions::default();
        Self { pair, months: None, basis }
    }
}

/// The cost of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DelayFigures {
    /// The cost of the whole.
    pub total: Money,
    /// The cost beyond that of no wait.
    pub extra: Money,
    /// The cost of the last month of the wait: the difference from a wait that is a month shorter; 0 without a wait.
    pub month: Money,
}

/// A wait of so many months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DelayRow {
    /// Months of waiting.
    pub months: u32,
    /// The cost to this budget: cut at the horizon.
    pub within_horizon: DelayFigures,
    /// With the horizon extended by the wait, so that the household gets all months of the base afterwards.
    pub full_course: DelayFigures,
}

/// The cost of waiting for a solution, month by month.
///
/// ```
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 12\nhousehold = { members = [{ age = 34 }] }")?;
/// let delay = scenario.delay()?;
/// assert_eq!(delay.rows().len(), 13); // 0 to 12 months
/// let last = &delay.rows()[12].within_horizon;
/// assert_eq!(last.total, scenario.ledger("temporary")?.total()); // a wait without an end
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delay {
    about: About,
    pair: Pair,
    rows: Vec<DelayRow>,
}

impl Scenario {
    /// The cost of waiting in `temporary` for `permanent`, for 0 months up to the horizon.
    ///
    /// # Errors
    /// The scenario lacks one of the two solutions, or a rate that a charge needs (beyond the horizon too).
    pub fn delay(&self) -> Result<Delay, Error> {
        self.delay_with(&DelayOptions::default())
    }

    /// The cost of waiting in one solution for another.
    ///
    /// # Errors
    /// As [`Scenario::delay`], or the wait is longer than the horizon.
    pub fn delay_with(&self, options: &DelayOptions) -> Result<Delay, Error> {
        self.delay_under(options, None)
    }

    pub(crate) fn delay_under(&self, options: &DelayOptions, watch: Option<&Watch<'_>>) -> Result<Delay, Error> {
        let horizon = self.horizon_months();
        let longest = options.months.unwrap_or(horizon);
        if longest > horizon {
            let message = message!(
                "expected at most the horizon of {months}",
                "attendu : au plus l'horizon de {months}",
                months = counted(horizon, ["month", "months"], ["mois", "mois"]),
            );
            return Err(Error::single(Code::OutOfRange, "months", message));
        }
        let (base, alternative) = (self.solution(&options.pair.base)?, self.solution(&options.pair.alternative)?);
        let pulse = Pulse::of(watch, Some(self.lines().len()));
        let route = |wait: u32, horizon: u32| {
            pulse.beat()?;
            let stages: [Staged<'_>; 2] = [(&alternative, None, Some(wait)), (&base, None, None)];
            Ok(Route::new(self.inner(), if wait == 0 { &stages[1..] } else { &stages }, horizon))
        };
        let within = (0..=longest).map(|wait| route(wait, horizon)).collect::<Result<Vec<_>, Error>>()?;
        let full = (0..=longest).map(|wait| route(wait, horizon + wait)).collect::<Result<Vec<_>, Error>>()?;
        let engine = Engine::new(self, horizon + longest, &pulse)?;
        let waits = within.len();
        let totals = totals(&engine, options.basis, &[within, full].concat(), |line| pulse.step(line))?;
        let (within_totals, full_totals) = totals.split_at(waits);
        pulse.step(self.lines().len())?;
        let figures = |totals: &[i128], wait: usize| {
            let (none, total) = (totals[0], totals[wait]);
            let before = wait.checked_sub(1).map_or(total, |before| totals[before]);
            let money = |minor| money(minor, self.currency());
            Ok::<_, Error>(DelayFigures {
                total: money(total)?,
                extra: money(total - none)?,
                month: money(total - before)?,
            })
        };
        let row = |(wait, months): (usize, u32)| {
            let (within_horizon, full_course) = (figures(within_totals, wait)?, figures(full_totals, wait)?);
            Ok(DelayRow { months, within_horizon, full_course })
        };
        Ok(Delay {
            about: About::new(self, options.basis),
            pair: options.pair.clone(),
            rows: (0..=longest).enumerate().map(row).collect::<Result<_, Error>>()?,
        })
    }

    fn solution(&self, name: &str) -> Result<Id, Error> {
        if let Some((id, _)) = self.solutions().get_key_value(name) {
            return Ok(id.clone());
        }
        // Says what there is; a pathway of several stages is none of them.
        Route::of(self, name, self.horizon_months())?;
        let known: Vec<&str> = self.solutions().keys().map(Id::as_str).collect();
        let known = known.join(", ");
        let message = message!(
            "a wait is from one solution to another; expected one of {known}",
            "on attend dans une solution pour une autre ; attendu : l'une de {known}"
        );
        Err(Error::single(Code::UnknownPathway, "solutions", message))
    }
}

about_methods!(Delay);
pair_methods!(Delay);

impl Delay {
    /// The number of the form in which results are written.
    pub const SCHEMA: u32 = 1;

    /// A row for each wait: 0, 1, 2, ... months.
    pub fn rows(&self) -> &[DelayRow] {
        &self.rows
    }
}

impl Serialize for Delay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Delay", 4 + About::FIELDS)?;
        out.serialize_field("schema", &Self::SCHEMA)?;
        self.about.write(&mut out)?;
        self.pair.write(&mut out)?;
        out.serialize_field("delay", &self.rows)?;
        out.end()
    }
}
