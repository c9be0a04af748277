//! The figures of a programme's futures, as they are read and as they are written in JSON.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;
use serde::{Serialize, Serializer};

use super::layout::{EXTRA, Layout};
use super::prepared::Prepared;
use super::run::ProgrammeSimulateOptions;
use crate::about::{About, about_methods};
use crate::error::Error;
use crate::ledger::money;
use crate::message;
use crate::message::Message;
use crate::names::{Basis, Sampling};
use crate::programme::{
    ById, ByYear, Extra, Programme, ProgrammeHead, ProgrammeLine, ProgrammeOptions, ProgrammeRun, WITHIN_MONTHS,
};
use crate::simulation::{LedgerFigure, MovedDraws, SimulationPart, Statistics};
use crate::types::{Currency, Id, Money};
use crate::watch::Pulse;

/// The quantiles that are written.
const QUANTILES: [(f64, &str); 3] = [(0.5, "0.5"), (0.8, "0.8"), (0.95, "0.95")];

/// A figure over the futures of a programme, beside the figure without chance.
#[derive(Clone, Debug, PartialEq)]
pub struct SimulatedFigure(Statistics);

impl SimulatedFigure {
    /// The mean of the draws that have the figure.
    pub fn mean(&self) -> f64 {
        self.0.mean()
    }

    /// The standard deviation of the draws, with N - 1.
    pub fn sd(&self) -> f64 {
        self.0.sd()
    }

    /// The standard error of the mean.
    pub fn se(&self) -> f64 {
        self.0.se()
    }

    /// The smallest value at or below which a share of the draws lies, within a relative width of 2^-10.
    pub fn quantile(&self, share: f64) -> f64 {
        self.0.quantile(share)
    }

    /// The share of the draws above a value.
    pub fn exceedance(&self, value: f64) -> f64 {
        self.0.exceedance(value)
    }

    /// The figure without chance: an amount, a share or a number; none where there is no such share.
    pub fn deterministic(&self) -> Option<LedgerFigure> {
        self.0.ledger()
    }

    /// All that is known of the draws; its ledger is the figure without chance.
    pub fn statistics(&self) -> &Statistics {
        &self.0
    }
}

impl Serialize for SimulatedFigure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("SimulatedFigure", 5)?;
        out.serialize_field("mean", &self.mean())?;
        out.serialize_field("sd", &self.sd())?;
        out.serialize_field("se", &self.se())?;
        let quantiles: IndexMap<&str, f64> =
            QUANTILES.into_iter().map(|(share, name)| (name, self.quantile(share))).collect();
        out.serialize_field("quantiles", &quantiles)?;
        out.serialize_field("deterministic", &self.deterministic())?;
        out.end()
    }
}

/// A line of the programme over its futures.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SimulatedLine {
    /// In total.
    pub total: SimulatedFigure,
    /// By fiscal year.
    pub by_fiscal_year: BTreeMap<i32, SimulatedFigure>,
    /// By fund, in the order declared.
    pub by_fund: IndexMap<Id, SimulatedFigure>,
    /// By fiscal year and fund.
    pub by_fiscal_year_and_fund: BTreeMap<i32, IndexMap<Id, SimulatedFigure>>,
}

/// What agreements save over the futures.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SimulatedSaving {
    /// In total.
    pub total: SimulatedFigure,
    /// By fiscal year.
    pub by_fiscal_year: BTreeMap<i32, SimulatedFigure>,
    /// By fund, in the order declared; also those that pay only without an agreement.
    pub by_fund: IndexMap<Id, SimulatedFigure>,
}

/// What a fund pays in a fiscal year against its ceiling, as planned.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SimulatedCeiling {
    /// The ceiling.
    pub ceiling: Money,
    /// The share of the futures that are above it.
    pub above: f64,
    /// By how much they are above it; 0 in a future that is not.
    pub excess: SimulatedFigure,
    /// The mean excess of those that are above it; none where none is.
    pub mean_excess_above: Option<f64>,
}

/// The waits of cases, as planned.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SimulatedWaiting {
    /// For each of [`WITHIN_MONTHS`] the share of the cases that joined at least that long before the end, of those that
    /// were given a place after so many months or fewer; over the futures in which any joined that early, none if there
    /// are none.
    #[serde(serialize_with = "by_months")]
    pub given_within: [Option<SimulatedFigure>; 4],
    /// The number of cases that wait at the end.
    pub still_waiting: SimulatedFigure,
    /// The number of places that lapsed.
    pub lapsed: SimulatedFigure,
    /// The number of places that were refused, and so lost.
    pub refused: SimulatedFigure,
}

/// The places of an agreement, as planned.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SimulatedPlaces {
    /// The number of places that lapsed.
    pub lapsed: SimulatedFigure,
    /// The number of places that were refused.
    pub refused: SimulatedFigure,
}

/// The futures of a programme. All of it is internal. Its `Debug` form shows no agreement.
#[derive(Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ProgrammeSimulation {
    #[serde(skip)]
    about: About,
    /// The number of the form in which results are written.
    pub schema: u32,
    /// Always true: these figures are not for publication.
    pub internal: bool,
    /// The head of the figures.
    pub programme: ProgrammeHead,
    /// The number of futures.
    pub draws: u64,
    /// The seed of the random numbers.
    pub seed: u64,
    /// The placement of the uncertain parameters in the unit cube.
    pub sampling: Sampling,
    /// `as_signed`, `as_planned` and `all_settled`.
    pub lines: IndexMap<String, SimulatedLine>,
    /// The extra cost of `as_planned` over `all_settled`.
    pub extra: SimulatedLine,
    /// What all agreements save together.
    pub joint: SimulatedSaving,
    /// What is lost if an agreement alone ends.
    pub last: IndexMap<Id, SimulatedSaving>,
    /// The ceilings, by fund and fiscal year.
    pub ceiling: IndexMap<Id, BTreeMap<i32, SimulatedCeiling>>,
    /// The waits of cases.
    pub waiting: SimulatedWaiting,
    /// The places of each agreement.
    pub agreements: IndexMap<Id, SimulatedPlaces>,
    /// The draws of each parameter that were moved into its domain.
    pub moved: Vec<MovedDraws>,
    /// What the figures without chance leave out.
    #[serde(serialize_with = "english")]
    pub note: Message,
}

about_methods!(ProgrammeSimulation);

impl fmt::Debug for ProgrammeSimulation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { draws, seed, sampling, .. } = self;
        write!(f, "ProgrammeSimulation({draws} draws, seed {seed}, {sampling})")
    }
}

fn english<S: Serializer>(message: &Message, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(message.en())
}

fn by_months<S: Serializer>(shares: &[Option<SimulatedFigure>; 4], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(WITHIN_MONTHS.iter().map(ToString::to_string).zip(shares))
}

/// The draws with the names of their figures.
struct Told<'p> {
    part: &'p SimulationPart,
    layout: &'p Layout,
    currency: Currency,
    years: Vec<i32>,
    /// Those that pay something in some draw, each with its place among all.
    paying: Vec<(usize, Id)>,
    /// Those, and what pays only without some agreement.
    saved: Vec<(usize, Id)>,
}

/// Runs without chance, for the figures beside those of the draws.
struct Certain {
    run: ProgrammeRun,
    /// Without any agreement, and then without each.
    without: Vec<ProgrammeLine>,
}

impl Certain {
    fn new(programme: &Programme, options: &ProgrammeSimulateOptions, pulse: &Pulse<'_>) -> Result<Self, Error> {
        let options = ProgrammeOptions::default().values(false).threads(options.threads);
        let agreements = programme.inner().agreements.len();
        let all: Vec<usize> = (0..agreements).collect();
        let each = (0..agreements).map(|place| vec![place]);
        let mut without = Vec::with_capacity(agreements + 1);
        for places in std::iter::once(all).chain(each) {
            pulse.beat()?;
            let changed = Programme(Arc::new(programme.inner().without(&places)));
            without.extend(changed.run_with(&options)?.lines.swap_remove("as_planned"));
        }
        Ok(Self { run: programme.run_with(&options)?, without })
    }
}

pub(super) fn of(
    programme: &Programme,
    options: &ProgrammeSimulateOptions,
    prepared: &Prepared<'_>,
    part: &SimulationPart,
    pulse: &Pulse<'_>,
) -> Result<ProgrammeSimulation, Error> {
    let certain = Certain::new(programme, options, pulse)?;
    let layout = &prepared.layout;
    let setting = programme.setting();
    let feeds = |first: usize, fund: usize| !part.is_nothing(first + 1 + layout.years + fund);
    let pays = |fund: usize| (0..EXTRA).any(|line| feeds(layout.line(line), fund));
    let paid = |id: &Id| certain.run.lines.values().any(|line| line.by_fund.contains_key(id));
    let saves = |fund: usize| {
        feeds(layout.joint(), fund) || (0..layout.agreements).any(|agreement| feeds(layout.last(agreement), fund))
    };
    let spared = |id: &Id| certain.without.iter().any(|line| line.by_fund.contains_key(id));
    let funds = || setting.funds().iter().map(|fund| fund.id.clone()).enumerate();
    let paying: Vec<_> = funds().filter(|(place, id)| pays(*place) || paid(id)).collect();
    let saved = funds().filter(|fund| paying.contains(fund) || saves(fund.0) || spared(&fund.1)).collect();
    let (currency, years) = (programme.currency(), programme.fiscal_years());
    let told = Told { part, layout, currency, years, paying, saved };
    let mut lines = IndexMap::new();
    for (place, (name, line)) in certain.run.lines.iter().enumerate() {
        let ProgrammeLine { total, by_fiscal_year, by_fund, by_fiscal_year_and_fund, .. } = line;
        let amounts = Amounts { total: *total, by_fiscal_year, by_fund, by_both: by_fiscal_year_and_fund };
        lines.insert(name.clone(), told.line(layout.line(place), &|key| amounts.minor(key)));
    }
    let Extra { total, by_fiscal_year, by_fund, by_fiscal_year_and_fund, .. } = &certain.run.extra;
    let extra = Amounts { total: *total, by_fiscal_year, by_fund, by_both: by_fiscal_year_and_fund };
    let planned = certain.run.lines.get("as_planned");
    let saving = |place: usize, first: usize| {
        let of = |line: Option<&ProgrammeLine>, key: Key<'_>| {
            line.map_or(0, |line| {
                let ProgrammeLine { total, by_fiscal_year, by_fund, by_fiscal_year_and_fund, .. } = line;
                Amounts { total: *total, by_fiscal_year, by_fund, by_both: by_fiscal_year_and_fund }.minor(key)
            })
        };
        told.saving((first, &told.saved), &|key| of(certain.without.get(place), key) - of(planned, key))
    };
    let ids: Vec<Id> = programme.agreements().cloned().collect();
    let last = ids.iter().enumerate().map(|(place, id)| (id.clone(), saving(1 + place, layout.last(place)))).collect();
    let mut ceiling: IndexMap<Id, BTreeMap<i32, SimulatedCeiling>> = IndexMap::new();
    for (place, (fund, year, _)) in layout.ceilings.iter().enumerate() {
        let (id, year) = (&setting.funds()[*fund].id, programme.inner().year(*year));
        let Some(known) = certain.run.ceiling.get(id).and_then(|years| years.get(&year)) else { continue };
        let excess = told.figure(layout.excess(place), Some(LedgerFigure::Amount(known.excess)));
        let above = excess.exceedance(0.0);
        let row = SimulatedCeiling {
            ceiling: known.ceiling,
            above,
            mean_excess_above: (above > 0.0).then(|| excess.mean() / above),
            excess,
        };
        ceiling.entry(id.clone()).or_default().insert(year, row);
    }
    let waiting = &certain.run.waiting;
    let number = |number: u64| Some(LedgerFigure::Count(number));
    let lapsed = certain.run.agreements.values().map(|account| account.total.lapsed);
    let places = |(place, (id, account)): (usize, (&Id, &crate::programme::AgreementAccount))| {
        let row = SimulatedPlaces {
            lapsed: told.figure(layout.lapsed() + 1 + place, number(account.total.lapsed)),
            refused: told.figure(layout.refused() + 1 + place, number(0)),
        };
        (id.clone(), row)
    };
    Ok(ProgrammeSimulation {
        about: About::new(setting, Basis::Nominal),
        schema: 1,
        internal: true,
        draws: part.draws(),
        seed: options.seed,
        sampling: options.sampling,
        lines,
        extra: told.line(layout.line(EXTRA), &|key| extra.minor(key)),
        joint: saving(0, layout.joint()),
        last,
        ceiling,
        waiting: SimulatedWaiting {
            given_within: std::array::from_fn(|place| {
                let column = layout.within(place);
                let ratio = waiting.given_within[place].map(LedgerFigure::Ratio);
                (part.draws_of(column) > 0).then(|| told.figure(column, ratio))
            }),
            still_waiting: told.figure(layout.still_waiting(), number(waiting.still_waiting.into())),
            lapsed: told.figure(layout.lapsed(), number(lapsed.sum())),
            refused: told.figure(layout.refused(), number(0)),
        },
        agreements: certain.run.agreements.iter().enumerate().map(places).collect(),
        moved: setting
            .uncertain()
            .iter()
            .zip(&part.moved)
            .map(|(uncertain, moved)| MovedDraws { parameter: uncertain.parameter.clone(), moved: *moved })
            .collect(),
        note: message!(
            "The figures without chance have no arrivals at random, no slips and no refusals, processing as the agreements say, and events at their expectation. They are the favourable end.",
            "Les chiffres sans hasard n'ont ni arrivées aléatoires, ni glissements, ni refus ; le traitement y dure ce que disent les accords, et les événements y comptent pour leur espérance. C'est le cas favorable.",
        ),
        programme: certain.run.programme,
    })
}

impl Told<'_> {
    fn figure(&self, place: usize, without_chance: Option<LedgerFigure>) -> SimulatedFigure {
        SimulatedFigure(self.part.statistics(place, without_chance))
    }

    fn amount(&self, place: usize, minor: i128) -> SimulatedFigure {
        self.figure(place, money(minor, self.currency).ok().map(LedgerFigure::Amount))
    }

    fn saving(&self, (first, funds): (usize, &[(usize, Id)]), of: &dyn Fn(Key<'_>) -> i128) -> SimulatedSaving {
        let year = |(place, year): (usize, &i32)| (*year, self.amount(first + 1 + place, of((Some(*year), None))));
        let fund = |(place, id): &(usize, Id)| {
            (id.clone(), self.amount(first + 1 + self.layout.years + place, of((None, Some(id)))))
        };
        SimulatedSaving {
            total: self.amount(first, of((None, None))),
            by_fiscal_year: self.years.iter().enumerate().map(year).collect(),
            by_fund: funds.iter().map(fund).collect(),
        }
    }

    fn line(&self, first: usize, of: &dyn Fn(Key<'_>) -> i128) -> SimulatedLine {
        let Layout { years, funds, .. } = *self.layout;
        let both = |(year, at): (usize, &i32)| {
            let figure = |(place, id): &(usize, Id)| {
                (id.clone(), self.amount(first + 1 + years + funds + year * funds + place, of((Some(*at), Some(id)))))
            };
            (*at, self.paying.iter().map(figure).collect())
        };
        let by_fiscal_year_and_fund = self.years.iter().enumerate().map(both).collect();
        let SimulatedSaving { total, by_fiscal_year, by_fund } = self.saving((first, &self.paying), of);
        SimulatedLine { total, by_fiscal_year, by_fund, by_fiscal_year_and_fund }
    }
}

/// A fiscal year, a fund, both, or the total.
type Key<'k> = (Option<i32>, Option<&'k Id>);

/// Amounts without chance.
struct Amounts<'a> {
    total: Money,
    by_fiscal_year: &'a ByYear,
    by_fund: &'a ById,
    by_both: &'a BTreeMap<i32, ById>,
}

impl Amounts<'_> {
    /// An amount in minor units; what is not there is zero.
    fn minor(&self, key: Key<'_>) -> i128 {
        let found = match key {
            (None, None) => Some(&self.total),
            (Some(year), None) => self.by_fiscal_year.get(&year),
            (None, Some(fund)) => self.by_fund.get(fund),
            (Some(year), Some(fund)) => self.by_both.get(&year).and_then(|by_fund| by_fund.get(fund)),
        };
        found.map_or(0, |money| money.minor())
    }
}
