//! Tables of what is uncertain: statistics over draws, tornados, indices.

use std::borrow::Cow;

use relocost::simulation::{
    FactorIndex, Quantile, SimulatedFigures, SobolIndices, Statistics, Tornado, TornadoBar, TornadoPoint,
};
use relocost::{Error, Simulation};

use crate::columns::{self, Def, of};
use crate::head::{Head, What};
use crate::{Table, Tables};

const STATISTICS: What = What::new("statistics", "Figures over the draws", "Chiffres sur les tirages");
const MOVED: What = What::new("moved", "Draws moved into their domains", "Tirages ramenés dans leurs domaines");
const TORNADO: What = What::new("tornado", "What each parameter moves", "Ce que chaque paramètre déplace");
const STANDING: What = What::new("standing", "As the scenario stands", "Tel que le scénario est écrit");
const INDICES: What = What::new("indices", "Sobol' indices", "Indices de Sobol'");
const RANKS: What = What::new("ranks", "Rank correlations", "Corrélations des rangs");

/// Columns of quantiles and of their standard errors, in the order of [`Statistics::quantiles`].
const QUANTILES: [[&Def<of::Binary>; 2]; 6] = [
    [&columns::P5, &columns::SE_P5],
    [&columns::P10, &columns::SE_P10],
    [&columns::P50, &columns::SE_P50],
    [&columns::P80, &columns::SE_P80],
    [&columns::P90, &columns::SE_P90],
    [&columns::P95, &columns::SE_P95],
];

impl Tables for Simulation {
    fn tables(&self) -> &'static [What] {
        &[STATISTICS, MOVED]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let head = Head::of(self.about(), Some(self.pair()));
        let head = head.sampled_by(self.draws(), self.seed(), Some(self.sampling()));
        Ok(Some(match name {
            "statistics" => statistics(self, head),
            "moved" => Table::new(MOVED, head, self.moved().len())
                .texts(&columns::PARAMETER, self.moved().iter().map(|moved| &moved.parameter))
                .counts(&columns::MOVED, self.moved().iter().map(|moved| moved.moved)),
            _ => return Ok(None),
        }))
    }
}

/// A figure, by what, which one, and what the draws say of it: nothing of a premium that not every draw has.
type Row<'s> = (Cow<'s, str>, &'static str, String, Option<&'s Statistics>);

fn rows<'s, T>(
    figure: &Cow<'s, str>,
    figures: &'s SimulatedFigures<T>,
    told: impl Fn(&'s T) -> Option<&'s Statistics>,
) -> Vec<Row<'s>> {
    let total = std::iter::once(("total", "total".to_owned(), &figures.total));
    let years = figures.by_fiscal_year.iter().map(|(year, each)| ("fiscal_year", year.to_string(), each));
    let categories = figures.by_category.iter().map(|(id, each)| ("category", id.to_string(), each));
    let funds = figures.by_fund.iter().map(|(id, each)| ("fund", id.to_string(), each));
    let all = total.chain(years).chain(categories).chain(funds);
    all.map(|(by, key, each)| (figure.clone(), by, key, told(each))).collect()
}

fn statistics(it: &Simulation, head: Head) -> Table {
    let mut all: Vec<Row<'_>> = Vec::new();
    for (pathway, figures) in it.pathways() {
        all.extend(rows(&Simulation::figure_name(pathway.as_str()), figures, Some));
    }
    all.extend(rows(&"extra".into(), it.extra(), Some));
    all.extend(rows(&"premium".into(), it.premium(), Option::as_ref));
    let told = |of: &dyn Fn(&Statistics) -> f64| -> Vec<Option<f64>> { all.iter().map(|row| row.3.map(of)).collect() };
    let quantile = |place: usize| -> Vec<Option<Quantile>> {
        let of = |it: &Statistics| it.quantiles().nth(place);
        all.iter().map(|row| row.3.and_then(of)).collect()
    };
    let quantiles: Vec<Vec<Option<Quantile>>> = (0..QUANTILES.len()).map(quantile).collect();
    let mut table = Table::new(STATISTICS, head, all.len())
        .texts(&columns::FIGURE, all.iter().map(|row| &row.0))
        .texts(&columns::BY, all.iter().map(|row| row.1))
        .texts(&columns::KEY, all.iter().map(|row| &row.2))
        .counts(&columns::DRAWS, all.iter().map(|row| row.3.map_or(0, Statistics::draws)))
        .binary(&columns::MEAN, told(&Statistics::mean))
        .binary(&columns::SD, told(&Statistics::sd))
        .binary(&columns::SE, told(&Statistics::se))
        .binary(&columns::LEAST, told(&Statistics::least))
        .binary(&columns::MOST, told(&Statistics::most));
    for ([column, _], values) in QUANTILES.iter().zip(&quantiles) {
        table = table.binary(column, values.iter().map(|of| of.map(|it| it.value)));
    }
    for ([_, column], values) in QUANTILES.iter().zip(&quantiles) {
        table = table.binary(column, values.iter().map(|of| of.map(|it| it.error)));
    }
    table
        .binary(&columns::EXPECTED_SHORTFALL_95, told(&Statistics::expected_shortfall_95))
        .ratios(&columns::LEDGER, all.iter().map(|row| row.3.and_then(Statistics::ledger)))
        .ratios(&columns::LEDGER_AT_MEANS, all.iter().map(|row| row.3.and_then(Statistics::ledger_at_means)))
}

impl Tables for Tornado {
    fn tables(&self) -> &'static [What] {
        &[TORNADO, STANDING]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let head = Head::of(self.about(), Some(self.pair()));
        Ok(Some(match name {
            "tornado" => tornado(self, head),
            "standing" => {
                let TornadoPoint { pathways, extra, premium, .. } = self.standing();
                let costs = pathways.iter().map(|(id, cost)| (Simulation::figure_name(id.as_str()), Some(*cost)));
                let rows: Vec<(Cow<'_, str>, Option<f64>)> =
                    costs.chain([("extra".into(), Some(*extra)), ("premium".into(), *premium)]).collect();
                Table::new(STANDING, head, rows.len())
                    .texts(&columns::FIGURE, rows.iter().map(|row| &row.0))
                    .binary(&columns::VALUE, rows.iter().map(|row| row.1))
            }
            _ => return Ok(None),
        }))
    }
}

fn tornado(it: &Tornado, head: Head) -> Table {
    let bars = it.bars().iter();
    Table::new(TORNADO, head, bars.len())
        .texts(&columns::PARAMETER, bars.clone().map(|bar| &bar.parameter))
        .binary(&columns::SWING, bars.clone().map(TornadoBar::swing).map(Some))
        .binary(&columns::LOW_VALUE, bars.clone().map(|bar| bar.low.value))
        .binary(&columns::LOW_EXTRA, bars.clone().map(|bar| Some(bar.low.extra)))
        .binary(&columns::LOW_PREMIUM, bars.clone().map(|bar| bar.low.premium))
        .binary(&columns::HIGH_VALUE, bars.clone().map(|bar| bar.high.value))
        .binary(&columns::HIGH_EXTRA, bars.clone().map(|bar| Some(bar.high.extra)))
        .binary(&columns::HIGH_PREMIUM, bars.map(|bar| bar.high.premium))
}

impl Tables for SobolIndices {
    fn tables(&self) -> &'static [What] {
        &[INDICES, RANKS]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let head = Head::of(self.about(), Some(self.pair())).sampled_by(self.draws(), self.seed(), None);
        Ok(Some(match name {
            "indices" => indices(self, head),
            "ranks" => {
                let each = || {
                    let figures = self.figures().iter();
                    figures.flat_map(|(figure, it)| it.spearman.iter().map(move |(path, rank)| (figure, path, *rank)))
                };
                Table::new(RANKS, head, each().count())
                    .texts(&columns::FIGURE, each().map(|row| row.0))
                    .texts(&columns::PARAMETER, each().map(|row| row.1))
                    .binary(&columns::SPEARMAN, each().map(|row| row.2))
            }
            _ => return Ok(None),
        }))
    }
}

fn indices(it: &SobolIndices, head: Head) -> Table {
    let each = || it.figures().iter().flat_map(|(figure, it)| it.factors.iter().map(move |factor| (figure, factor)));
    let told = |of: fn(&FactorIndex) -> f64| each().map(move |(_, factor)| Some(of(factor)));
    Table::new(INDICES, head, each().count())
        .texts(&columns::FIGURE, each().map(|(figure, _)| figure))
        .texts(&columns::FACTOR, each().map(|(_, it)| &it.factor.name))
        .binary(&columns::FIRST_ORDER, told(|it| it.first_order.value))
        .binary(&columns::FIRST_ORDER_LOW, told(|it| it.first_order.low))
        .binary(&columns::FIRST_ORDER_HIGH, told(|it| it.first_order.high))
        .binary(&columns::TOTAL_INDEX, told(|it| it.total.value))
        .binary(&columns::TOTAL_LOW, told(|it| it.total.low))
        .binary(&columns::TOTAL_HIGH, told(|it| it.total.high))
        .binary(&columns::SD_FIRST_ORDER, told(|it| it.sd_first_order))
        .binary(&columns::SD_TOTAL, told(|it| it.sd_total))
}
