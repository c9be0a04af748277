//! What a simulation's handle holds: the draws of a scenario or the futures of a programme, and how their figures are found.

use indexmap::IndexMap;
use relocost::programme::{SimulatedFigure, SimulatedLine, SimulatedSaving, SimulatedWaiting, WITHIN_MONTHS};
use relocost::simulation::{BandShares, SimulatedFigures, Statistics};
use relocost::{Id, Lang, Programme, ProgrammeSimulation, Scenario, Simulation};
use relocost_tables::Data;

use crate::figure::{Value, head};
use crate::result::{json, style};
use crate::status::{
    CallResult, Fault, RELOCOST_NO_VALUE, RELOCOST_NOT_OF_THIS_RESULT, RELOCOST_UNKNOWN_FIGURE, wrong,
};
use crate::types::{RELOCOST_CSV, RELOCOST_CSV_FR, RELOCOST_JSON};

/// The content of a simulation's handle, with what its reports are about.
pub struct Simulated(Of);

enum Of {
    Scenario(Scenario, Box<Simulation>),
    Programme(Box<(Programme, ProgrammeSimulation)>),
}

impl Simulated {
    pub(crate) fn of_scenario(scenario: Scenario, simulation: Simulation) -> Self {
        Self(Of::Scenario(scenario, Box::new(simulation)))
    }

    pub(crate) fn of_programme(programme: Programme, simulation: ProgrammeSimulation) -> Self {
        Self(Of::Programme(Box::new((programme, simulation))))
    }

    pub(crate) fn data(&self) -> &dyn Data {
        match &self.0 {
            Of::Scenario(_, it) => &**it,
            Of::Programme(it) => &it.1,
        }
    }

    pub(crate) fn draws(&self) -> u64 {
        match &self.0 {
            Of::Scenario(_, it) => it.draws(),
            Of::Programme(it) => it.1.draws,
        }
    }

    pub(crate) fn seed(&self) -> u64 {
        match &self.0 {
            Of::Scenario(_, it) => it.seed(),
            Of::Programme(it) => it.1.seed,
        }
    }

    /// A figure of its head.
    pub(crate) fn head(&self, figure: u32) -> CallResult<Value> {
        let found = match &self.0 {
            Of::Scenario(_, it) => head(figure, it.about(), Some(it.pair())),
            Of::Programme(it) => head(figure, it.1.about(), None),
        };
        found.map_or_else(|| wrong(RELOCOST_NOT_OF_THIS_RESULT, "figure"), Ok)
    }

    /// It in one of its forms.
    pub(crate) fn write(&self, form: u32) -> CallResult<String> {
        Ok(match form {
            RELOCOST_JSON => json(self.data())?,
            RELOCOST_CSV => self.data().to_csv(Lang::En)?,
            RELOCOST_CSV_FR => self.data().to_csv(Lang::Fr)?,
            _ => match (&self.0, style(form)?) {
                (Of::Scenario(scenario, it), style) => relocost_report::simulation(it, scenario, style),
                (Of::Programme(it), style) => relocost_report::futures(&it.1, &it.0, style),
            },
        })
    }

    /// The verdicts on the premium.
    pub(crate) fn band(&self) -> CallResult<BandShares> {
        match &self.0 {
            Of::Scenario(_, it) => Ok(it.band()),
            Of::Programme(_) => wrong(RELOCOST_NOT_OF_THIS_RESULT, "simulation"),
        }
    }

    /// The kept draws of a figure.
    pub(crate) fn kept_draws(&self, figure: &str, key: &str) -> CallResult<&[f64]> {
        let kept = match &self.0 {
            Of::Scenario(_, it) => it.kept_draws(figure, key),
            Of::Programme(_) => None,
        };
        match (kept, self.statistics(figure, key)) {
            (Some(kept), _) => Ok(&kept.draws),
            (None, Err(unknown @ Fault::Own(RELOCOST_UNKNOWN_FIGURE, _))) => Err(unknown),
            (None, _) => wrong(RELOCOST_NOT_OF_THIS_RESULT, "figure"),
        }
    }

    /// The statistics of a figure.
    pub(crate) fn statistics(&self, figure: &str, key: &str) -> CallResult<&Statistics> {
        match &self.0 {
            Of::Scenario(_, it) => of_scenario(it, figure, key),
            Of::Programme(it) => of_programme(&it.1, figure, key),
        }
    }
}

const NO_FIGURE: Fault = Fault::Own(RELOCOST_UNKNOWN_FIGURE, "figure");
const NO_KEY: Fault = Fault::Own(RELOCOST_UNKNOWN_FIGURE, "key");
const NO_VALUE: Fault = Fault::Own(RELOCOST_NO_VALUE, "figure");

fn of_scenario<'s>(it: &'s Simulation, figure: &str, key: &str) -> CallResult<&'s Statistics> {
    match figure {
        "extra" => of_key(it.extra(), key),
        "premium" => of_key(it.premium(), key)?.as_ref().ok_or(NO_VALUE),
        pathway => {
            let named = |name: &&str| Simulation::figure_name(name) == pathway;
            let name = it.pathways().keys().map(Id::as_str).find(named);
            let figures = name.and_then(|name| it.pathways().get(name));
            of_key(figures.ok_or(NO_FIGURE)?, key)
        }
    }
}

fn of_key<'f, T>(of: &'f SimulatedFigures<T>, key: &str) -> CallResult<&'f T> {
    of_parts((&of.total, &of.by_fund), &of.by_fiscal_year, key).or_else(|| of.by_category.get(key)).ok_or(NO_KEY)
}

/// The beginning of a key that is a fund.
const FUND: &str = "by_fund.";

/// A total, a fiscal year or a fund.
fn of_parts<'f, T>(
    (total, funds): (&'f T, &'f IndexMap<Id, T>),
    years: impl IntoIterator<Item = (&'f i32, &'f T)>,
    key: &str,
) -> Option<&'f T> {
    if key == "total" { Some(total) } else { of_year(years, key).or_else(|| funds.get(key.strip_prefix(FUND)?)) }
}

fn of_year<'y, T>(years: impl IntoIterator<Item = (&'y i32, &'y T)>, key: &str) -> Option<&'y T> {
    years.into_iter().find(|(year, _)| year.to_string() == key).map(|(_, it)| it)
}

fn of_programme<'s>(it: &'s ProgrammeSimulation, figure: &str, key: &str) -> CallResult<&'s Statistics> {
    let found = match figure.split_once('.') {
        None => match figure {
            "extra" => of_line(&it.extra, key),
            "joint" => of_saving(&it.joint, key),
            "waiting" => return Ok(of_waiting(&it.waiting, key)?.statistics()),
            line => of_line(it.lines.get(line).ok_or(NO_FIGURE)?, key),
        },
        Some(("last", agreement)) => of_saving(it.last.get(agreement).ok_or(NO_FIGURE)?, key),
        Some(("ceiling", fund)) => of_year(it.ceiling.get(fund).ok_or(NO_FIGURE)?, key).map(|row| &row.excess),
        Some(("agreements", agreement)) => {
            let places = it.agreements.get(agreement).ok_or(NO_FIGURE)?;
            match key {
                "lapsed" => Some(&places.lapsed),
                "refused" => Some(&places.refused),
                _ => None,
            }
        }
        Some(_) => return Err(NO_FIGURE),
    };
    found.map(SimulatedFigure::statistics).ok_or(NO_KEY)
}

fn of_line<'f>(of: &'f SimulatedLine, key: &str) -> Option<&'f SimulatedFigure> {
    let both = key
        .split_once('.')
        .and_then(|(year, fund)| of_year(&of.by_fiscal_year_and_fund, year)?.get(fund.strip_prefix(FUND)?));
    both.or_else(|| of_parts((&of.total, &of.by_fund), &of.by_fiscal_year, key))
}

fn of_saving<'f>(of: &'f SimulatedSaving, key: &str) -> Option<&'f SimulatedFigure> {
    of_parts((&of.total, &of.by_fund), &of.by_fiscal_year, key)
}

fn of_waiting<'f>(of: &'f SimulatedWaiting, key: &str) -> CallResult<&'f SimulatedFigure> {
    match key {
        "still_waiting" => Ok(&of.still_waiting),
        "lapsed" => Ok(&of.lapsed),
        "refused" => Ok(&of.refused),
        _ => {
            let months = key.strip_prefix("given_within.").ok_or(NO_KEY)?;
            let place = WITHIN_MONTHS.iter().position(|known| known.to_string() == months);
            let share = place.and_then(|place| of.given_within.get(place)).ok_or(NO_KEY)?;
            share.as_ref().ok_or(NO_VALUE)
        }
    }
}
