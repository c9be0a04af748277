//! Which tables a result and a scenario have, and their columns.

use std::fmt::Display;
use std::sync::Arc;

use indexmap::IndexMap;
use relocost::{
    Caseload, Comparison, Currency, Declared, Delay, DelayFigures, DelayRow, Difference, Entry, Id, Label, Ledger,
    Money, PathwayFigures, Price, ReportedBand, Scenario, ScenarioDiff, Selection, SimulatedFigures, Simulation,
    SobolIndices, Statistics, Tornado, TornadoPoint, VariantFigures, VariantTable,
};

use crate::result::{Answer, Found};
use crate::simulation::beside;
use crate::status::{Outcome, RELOCOST_NOT_OF_THIS_RESULT, wrong};
use crate::table::{
    Cells, RELOCOST_TABLE_ATTRIBUTION, RELOCOST_TABLE_BY_CATEGORY, RELOCOST_TABLE_BY_FISCAL_YEAR,
    RELOCOST_TABLE_BY_FUND, RELOCOST_TABLE_CATEGORIES, RELOCOST_TABLE_DETAILS, RELOCOST_TABLE_EFFECTS,
    RELOCOST_TABLE_ENTITLEMENTS, RELOCOST_TABLE_ENTRIES, RELOCOST_TABLE_EXPECTATIONS, RELOCOST_TABLE_FUNDS,
    RELOCOST_TABLE_HOUSEHOLDS, RELOCOST_TABLE_INDICES, RELOCOST_TABLE_LINES, RELOCOST_TABLE_MOVED,
    RELOCOST_TABLE_PATHWAY_CATEGORIES, RELOCOST_TABLE_PATHWAY_FISCAL_YEARS, RELOCOST_TABLE_PATHWAY_FUNDS,
    RELOCOST_TABLE_PATHWAY_LINES, RELOCOST_TABLE_PATHWAYS, RELOCOST_TABLE_POINTS, RELOCOST_TABLE_PREMIUM_CURVE,
    RELOCOST_TABLE_RANKS, RELOCOST_TABLE_SOLUTIONS, RELOCOST_TABLE_SOURCES, RELOCOST_TABLE_STATISTICS,
    RELOCOST_TABLE_TORNADO, RELOCOST_TABLE_TOTALS, RELOCOST_TABLE_VARIANTS, RELOCOST_TABLE_WAITS,
    RELOCOST_TABLE_YEARS_AND_CATEGORIES, Table,
};
use crate::types::{self, RELOCOST_DECIMAL, RELOCOST_INTEGER, RELOCOST_MONEY, RELOCOST_TEXT};

/// A table of a result.
pub(crate) fn of_result(answer: &Answer, which: u32) -> Outcome<Table> {
    Ok(match (&answer.found, which) {
        (Found::Comparison(it), _) => return of_comparison(it, which),
        (Found::Ledger(it), RELOCOST_TABLE_ENTRIES) => {
            entries(&Arc::new(Entries { ledger: Arc::clone(it), selection: None }), it.len())
        }
        (Found::Ledger(it), RELOCOST_TABLE_YEARS_AND_CATEGORIES) => {
            let years = it.by_fiscal_year_and_category()?;
            let rows: Vec<(i32, &Id, Money)> = years
                .iter()
                .flat_map(|(year, amounts)| amounts.iter().map(|(id, amount)| (*year, id, *amount)))
                .collect();
            Table::new(it.currency(), rows.len())
                .integers("fiscal_year", rows.iter().map(|row| row.0))
                .texts("category", rows.iter().map(|row| row.1))
                .money("amount", rows.iter().map(|row| row.2))
        }
        (Found::Explanation { ledger, selection }, RELOCOST_TABLE_ENTRIES) => {
            let parts: Vec<Money> = ledger.explain(selection)?.entries().iter().map(|(_, part)| *part).collect();
            let chosen = Entries { ledger: Arc::clone(ledger), selection: Some(selection.clone()) };
            entries(&Arc::new(chosen), parts.len()).money("part", parts)
        }
        (Found::Explanation { ledger, selection }, RELOCOST_TABLE_SOURCES) => {
            let traced = ledger.explain(selection)?;
            let sources = traced.sources();
            Table::new(ledger.currency(), sources.len())
                .texts("key", sources.iter().map(|source| &source.key))
                .some_texts("source", sources.iter().map(|source| source.source.as_ref()))
        }
        (Found::Delay(it), RELOCOST_TABLE_WAITS) => waits(it),
        (Found::Calibration(it), RELOCOST_TABLE_LINES) => {
            let currency = answer.scenario.as_ref().map_or(relocost::Currency::EUR, Scenario::currency);
            Table::new(currency, it.lines.len()).texts("line", &it.lines)
        }
        (Found::Estimate(it), RELOCOST_TABLE_POINTS) => Table::new(it.currency(), it.points.len())
            .decimals("premium", it.points.iter().map(|point| Some(&point.premium)))
            .money("permanent", it.points.iter().map(|point| point.permanent))
            .money("temporary", it.points.iter().map(|point| point.temporary))
            .money("extra", it.points.iter().map(|point| point.extra)),
        (Found::Caseload(it), _) => return of_caseload(it, which),
        (Found::Variants(it), RELOCOST_TABLE_VARIANTS) => variants(it),
        (Found::Diff(it), _) => return of_diff(it, which),
        (Found::Tornado(it), RELOCOST_TABLE_TORNADO) => tornado(it),
        (Found::Sobol(it), RELOCOST_TABLE_INDICES) => indices(it),
        (Found::Sobol(it), RELOCOST_TABLE_RANKS) => {
            let each = || {
                let of = |(figure, it): (_, &relocost::FigureIndices)| {
                    it.spearman
                        .iter()
                        .map(move |(parameter, rank)| (figure, parameter.clone(), *rank))
                        .collect::<Vec<_>>()
                };
                it.figures().iter().flat_map(of)
            };
            Table::new(it.currency(), each().count())
                .texts("figure", each().map(|row| row.0))
                .texts("parameter", each().map(|row| row.1))
                .decimals("spearman", each().map(|row| row.2))
        }
        (Found::Expectations(outcomes), RELOCOST_TABLE_EXPECTATIONS) => {
            let currency = answer.scenario.as_ref().map_or(relocost::Currency::EUR, Scenario::currency);
            Table::new(currency, outcomes.len())
                .texts("figure", outcomes.iter().map(|outcome| &outcome.figure))
                .texts("expected", outcomes.iter().map(|outcome| &outcome.expected))
                .some_texts("found", outcomes.iter().map(|outcome| outcome.found.as_ref()))
                .integers("passed", outcomes.iter().map(|outcome| outcome.passed))
                .some_texts("why", outcomes.iter().map(|outcome| outcome.why.as_ref()))
                .integers("line", outcomes.iter().map(|outcome| outcome.place.as_ref().map_or(0, |place| place.line)))
        }
        _ => return wrong(RELOCOST_NOT_OF_THIS_RESULT, "which"),
    })
}

fn differences_by<'d>(
    currency: Currency,
    name: &str,
    rows: impl ExactSizeIterator<Item = (&'d Id, &'d Difference)> + Clone,
) -> Table {
    Table::new(currency, rows.len()).texts(name, rows.clone().map(|(id, _)| id)).differences(rows.map(|(_, row)| row))
}

fn differences_by_year<'d>(
    currency: Currency,
    rows: impl ExactSizeIterator<Item = (&'d i32, &'d Difference)> + Clone,
) -> Table {
    Table::new(currency, rows.len())
        .integers("fiscal_year", rows.clone().map(|(year, _)| *year))
        .differences(rows.map(|(_, row)| row))
}

/// The amounts of every pathway by something.
fn by_pathway<'c, K: Display + 'c>(
    it: &'c Comparison,
    name: &str,
    amounts: impl Fn(&'c PathwayFigures) -> &'c IndexMap<K, Money>,
) -> Table {
    let of = |(pathway, figures): (&'c Id, &'c PathwayFigures)| {
        amounts(figures).iter().map(move |(key, amount)| (pathway, key, *amount))
    };
    let rows: Vec<(&Id, &K, Money)> = it.pathways().iter().flat_map(of).collect();
    Table::new(it.currency(), rows.len())
        .texts("pathway", rows.iter().map(|row| row.0))
        .texts(name, rows.iter().map(|row| row.1))
        .money("amount", rows.iter().map(|row| row.2))
}

fn years<'c>(pathway: &'c Id, figures: &'c PathwayFigures) -> impl Iterator<Item = (&'c Id, i32, Money)> {
    figures.by_fiscal_year.iter().map(move |(year, amount)| (pathway, *year, *amount))
}

fn of_comparison(it: &Comparison, which: u32) -> Outcome<Table> {
    let currency = it.currency();
    Ok(match which {
        RELOCOST_TABLE_PATHWAYS => Table::new(currency, it.pathways().len())
            .texts("pathway", it.pathways().keys())
            .integers("entries", it.pathways().values().map(|figures| figures.entries))
            .money("total", it.pathways().values().map(|figures| figures.total))
            .money("constant", it.pathways().values().map(|figures| figures.constant))
            .money("present_value", it.pathways().values().map(|figures| figures.present_value)),
        RELOCOST_TABLE_BY_CATEGORY => differences_by(currency, "category", it.by_category().iter()),
        RELOCOST_TABLE_BY_FISCAL_YEAR => differences_by_year(currency, it.by_fiscal_year().iter()),
        RELOCOST_TABLE_BY_FUND => differences_by(currency, "fund", it.by_fund().iter()),
        RELOCOST_TABLE_PREMIUM_CURVE => Table::new(currency, it.premium_curve().len())
            .integers("months", (1_i64..).take(it.premium_curve().len()))
            .differences(it.premium_curve().iter()),
        RELOCOST_TABLE_ATTRIBUTION => Table::amounts(currency, "entitlement", it.attribution().shares().iter())
            .money("alone", it.attribution().alone().values().copied())
            .money("last", it.attribution().last().values().copied()),
        RELOCOST_TABLE_PATHWAY_CATEGORIES => by_pathway(it, "category", |figures| &figures.by_category),
        RELOCOST_TABLE_PATHWAY_FUNDS => by_pathway(it, "fund", |figures| &figures.by_fund),
        RELOCOST_TABLE_PATHWAY_LINES => by_pathway(it, "line", |figures| &figures.by_line),
        RELOCOST_TABLE_PATHWAY_FISCAL_YEARS => {
            let each = || {
                let of = |(pathway, figures)| years(pathway, figures);
                it.pathways().iter().flat_map(of)
            };
            Table::new(currency, each().count())
                .texts("pathway", each().map(|row| row.0))
                .integers("fiscal_year", each().map(|row| row.1))
                .money("amount", each().map(|row| row.2))
        }
        _ => return wrong(RELOCOST_NOT_OF_THIS_RESULT, "which"),
    })
}

fn of_caseload(it: &Caseload, which: u32) -> Outcome<Table> {
    let rows = it.households.iter();
    let band = |row: &relocost::CaseResult| row.difference.premium().band(ReportedBand::COURT_2015);
    Ok(match which {
        RELOCOST_TABLE_HOUSEHOLDS => Table::new(it.currency(), rows.len())
            .texts("reference", rows.clone().map(|row| &row.reference))
            .integers("count", rows.clone().map(|row| row.count))
            .differences(rows.clone().map(|row| &row.difference))
            .some_texts("band", rows.map(band)),
        RELOCOST_TABLE_BY_CATEGORY => differences_by(it.currency(), "category", it.by_category.iter()),
        RELOCOST_TABLE_BY_FISCAL_YEAR => differences_by_year(it.currency(), it.by_fiscal_year.iter()),
        RELOCOST_TABLE_BY_FUND => differences_by(it.currency(), "fund", it.by_fund.iter()),
        RELOCOST_TABLE_ATTRIBUTION => Table::amounts(it.currency(), "entitlement", it.attribution.iter()),
        _ => return wrong(RELOCOST_NOT_OF_THIS_RESULT, "which"),
    })
}

/// One of the two sums of a wait.
type Side = fn(&DelayRow) -> &DelayFigures;

fn waits(it: &Delay) -> Table {
    let rows = it.rows();
    let mut table = Table::new(it.currency(), rows.len()).integers("months", rows.iter().map(|row| row.months));
    let sides: [(&str, Side); 2] =
        [("within_horizon", |row| &row.within_horizon), ("full_course", |row| &row.full_course)];
    for (name, side) in sides {
        table = table
            .money(&format!("{name}_total"), rows.iter().map(|row| side(row).total))
            .money(&format!("{name}_extra"), rows.iter().map(|row| side(row).extra))
            .money(&format!("{name}_month"), rows.iter().map(|row| side(row).month));
    }
    table
}

fn variants(it: &VariantTable) -> Table {
    let zero = Money::zero(it.currency());
    let differences = std::iter::once(&it.as_it_stands).chain(it.variants.values().map(|row| &row.difference));
    let changes = |change: fn(&VariantFigures) -> Money| std::iter::once(zero).chain(it.variants.values().map(change));
    Table::new(it.currency(), it.variants.len() + 1)
        .some_texts("variant", std::iter::once(None).chain(it.variants.keys().map(Some)))
        .differences(differences)
        .money("change_of_base", changes(|row| row.change_of_base))
        .money("change_of_alternative", changes(|row| row.change_of_alternative))
        .money("change_of_extra", changes(|row| row.change_of_extra))
}

fn of_diff(it: &ScenarioDiff, which: u32) -> Outcome<Table> {
    let zero = Money::zero(it.currency());
    Ok(match which {
        RELOCOST_TABLE_TOTALS => {
            let names = it.old.keys().chain(it.new.keys().filter(|id| !it.old.contains_key(*id)));
            let names: Vec<&Id> = names.collect();
            Table::new(it.currency(), names.len())
                .texts("pathway", &names)
                .money("old", names.iter().map(|id| it.old.get(*id).copied().unwrap_or(zero)))
                .money("new", names.iter().map(|id| it.new.get(*id).copied().unwrap_or(zero)))
        }
        RELOCOST_TABLE_EFFECTS => {
            let effects = |change: &'_ relocost::Change| change.effects.len();
            let rows: usize = it.changes.iter().map(effects).sum();
            let each =
                || it.changes.iter().flat_map(|change| change.effects.iter().map(move |effect| (change, effect)));
            Table::new(it.currency(), rows)
                .texts("key", each().map(|(change, _)| &change.key))
                .texts("pathway", each().map(|(_, (id, _))| id))
                .money("effect", each().map(|(_, (_, effect))| *effect))
        }
        RELOCOST_TABLE_DETAILS => {
            let each =
                || it.changes.iter().flat_map(|change| change.details.iter().map(move |detail| (change, detail)));
            Table::new(it.currency(), each().count())
                .texts("key", each().map(|(change, _)| &change.key))
                .texts("detail", each().map(|(_, detail)| &detail.key))
                .some_texts("old", each().map(|(_, detail)| detail.old.as_ref()))
                .some_texts("new", each().map(|(_, detail)| detail.new.as_ref()))
        }
        _ => return wrong(RELOCOST_NOT_OF_THIS_RESULT, "which"),
    })
}

fn tornado(it: &Tornado) -> Table {
    let low = || std::iter::once(it.standing()).chain(it.bars().iter().map(|bar| &bar.low));
    let high = || std::iter::once(it.standing()).chain(it.bars().iter().map(|bar| &bar.high));
    let parameters = std::iter::once(None).chain(it.bars().iter().map(|bar| Some(&bar.parameter)));
    let swings = std::iter::once(0.0).chain(it.bars().iter().map(relocost::TornadoBar::swing));
    let mut table = Table::new(it.currency(), it.bars().len() + 1)
        .some_texts("parameter", parameters)
        .decimals("swing", swings.map(Some));
    let sides: [(&str, Vec<&TornadoPoint>); 2] = [("low", low().collect()), ("high", high().collect())];
    for (name, points) in sides {
        table = table
            .decimals(&format!("{name}_value"), points.iter().map(|point| point.value))
            .decimals(&format!("{name}_extra"), points.iter().map(|point| Some(point.extra)))
            .decimals(&format!("{name}_premium"), points.iter().map(|point| point.premium));
    }
    table
}

fn indices(it: &SobolIndices) -> Table {
    let each = || it.figures().iter().flat_map(|(figure, it)| it.factors.iter().map(move |factor| (figure, factor)));
    Table::new(it.currency(), each().count())
        .texts("figure", each().map(|(figure, _)| figure))
        .texts("factor", each().map(|(_, it)| &it.factor.name))
        .decimals("first_order", each().map(|(_, it)| Some(it.first_order.value)))
        .decimals("first_order_low", each().map(|(_, it)| Some(it.first_order.low)))
        .decimals("first_order_high", each().map(|(_, it)| Some(it.first_order.high)))
        .decimals("total", each().map(|(_, it)| Some(it.total.value)))
        .decimals("total_low", each().map(|(_, it)| Some(it.total.low)))
        .decimals("total_high", each().map(|(_, it)| Some(it.total.high)))
        .decimals("sd_first_order", each().map(|(_, it)| Some(it.sd_first_order)))
        .decimals("sd_total", each().map(|(_, it)| Some(it.sd_total)))
}

/// A figure in total and in parts, with their keys.
fn keyed<T>(of: &SimulatedFigures<T>) -> impl Iterator<Item = (String, &T)> {
    let years = of.by_fiscal_year.iter().map(|(year, it)| (year.to_string(), it));
    let categories = of.by_category.iter().map(|(category, it)| (category.to_string(), it));
    std::iter::once(("total".to_owned(), &of.total)).chain(years).chain(categories)
}

/// A table of a simulation.
pub(crate) fn of_simulation(it: &Simulation, which: u32) -> Outcome<Table> {
    if which == RELOCOST_TABLE_MOVED {
        return Ok(Table::new(it.currency(), it.moved().len())
            .texts("parameter", it.moved().iter().map(|moved| &moved.parameter))
            .integers("moved", it.moved().iter().map(|moved| moved.moved)));
    }
    if which != RELOCOST_TABLE_STATISTICS {
        return wrong(RELOCOST_NOT_OF_THIS_RESULT, "which");
    }
    let costs = it.pathways().iter().map(|(name, of)| (beside(name.as_str()).into_owned(), of));
    let costs = costs.chain(std::iter::once(("extra".to_owned(), it.extra())));
    let costs = costs.flat_map(|(name, of)| keyed(of).map(move |(key, it)| (name.clone(), key, Some(it))));
    let premiums = keyed(it.premium()).map(|(key, it)| ("premium".to_owned(), key, it.as_ref()));
    let rows: Vec<(String, String, Option<&Statistics>)> = costs.chain(premiums).collect();
    let told = |of: fn(&types::Statistics) -> f64| {
        rows.iter().map(move |(.., it)| it.map(types::Statistics::of).map(|it| of(&it)).filter(|it| it.is_finite()))
    };
    Ok(Table::new(it.currency(), rows.len())
        .texts("figure", rows.iter().map(|row| &row.0))
        .texts("key", rows.iter().map(|row| &row.1))
        .integers("draws", rows.iter().map(|(.., it)| it.map_or(0, Statistics::draws)))
        .decimals("mean", told(|it| it.mean))
        .decimals("sd", told(|it| it.sd))
        .decimals("se", told(|it| it.se))
        .decimals("least", told(|it| it.least))
        .decimals("most", told(|it| it.most))
        .decimals("p5", told(|it| it.p5))
        .decimals("p10", told(|it| it.p10))
        .decimals("p50", told(|it| it.p50))
        .decimals("p80", told(|it| it.p80))
        .decimals("p90", told(|it| it.p90))
        .decimals("p95", told(|it| it.p95))
        .decimals("se_p5", told(|it| it.se_p5))
        .decimals("se_p10", told(|it| it.se_p10))
        .decimals("se_p50", told(|it| it.se_p50))
        .decimals("se_p80", told(|it| it.se_p80))
        .decimals("se_p90", told(|it| it.se_p90))
        .decimals("se_p95", told(|it| it.se_p95))
        .decimals("shortfall95", told(|it| it.shortfall95))
        .decimals("ledger", rows.iter().map(|(.., it)| it.and_then(Statistics::ledger)))
        .decimals("ledger_at_means", rows.iter().map(|(.., it)| it.and_then(Statistics::ledger_at_means))))
}

/// The entries of a ledger, or those that an explanation traced a figure to.
struct Entries {
    ledger: Arc<Ledger>,
    selection: Option<Selection>,
}

impl Entries {
    fn get(&self) -> Vec<Entry<'_>> {
        let Some(selection) = &self.selection else { return self.ledger.entries().collect() };
        // It was traced once already, when the table was made.
        let traced = self.ledger.explain(selection);
        traced.map(|traced| traced.entries().iter().map(|(entry, _)| *entry).collect()).unwrap_or_default()
    }
}

/// The columns of entries; each is made when it is asked for.
fn entries(of: &Arc<Entries>, rows: usize) -> Table {
    let text = |cell: fn(&Entry<'_>) -> String| {
        let of = Arc::clone(of);
        move || Cells::texts(of.get().iter().map(|entry| Some(cell(entry))))
    };
    let integer = |cell: fn(&Entry<'_>) -> i64| {
        let of = Arc::clone(of);
        move || Cells::integers(of.get().iter().map(cell))
    };
    let amounts = Arc::clone(of);
    let mut table = Table::new(of.ledger.currency(), rows)
        .later("month", RELOCOST_TEXT, text(|entry| entry.month().to_string()))
        .later("month_index", RELOCOST_INTEGER, integer(|entry| entry.month_index().into()))
        .later("fiscal_year", RELOCOST_INTEGER, integer(|entry| entry.fiscal_year().into()))
        .later("stage", RELOCOST_INTEGER, integer(|entry| i64::try_from(entry.stage()).unwrap_or(i64::MAX)))
        .later("solution", RELOCOST_TEXT, text(|entry| entry.solution().to_owned()))
        .later("line", RELOCOST_TEXT, text(|entry| entry.line().id.to_string()))
        .later("category", RELOCOST_TEXT, text(|entry| entry.category().to_string()))
        .later("quantity", RELOCOST_DECIMAL, text(|entry| entry.quantity().to_string()))
        .later("unit_price", RELOCOST_DECIMAL, text(|entry| entry.unit_price().to_string()))
        .later("currency", RELOCOST_TEXT, text(|entry| entry.currency().code().to_owned()))
        .later("index_factor", RELOCOST_DECIMAL, text(|entry| entry.index_factor().to_string()))
        .later("exchange_rate", RELOCOST_DECIMAL, text(|entry| entry.exchange_rate().to_string()))
        .later("relief", RELOCOST_DECIMAL, text(|entry| entry.relief().to_string()))
        .later("amount", RELOCOST_MONEY, move || Cells::Money(amounts.get().iter().map(Entry::amount).collect()));
    let zero = Money::zero(of.ledger.currency());
    for fund in of.ledger.scenario().funds() {
        let (of, id) = (Arc::clone(of), fund.id.clone());
        table = table.later(&format!("fund_{id}"), RELOCOST_MONEY, move || {
            let paid = |entry: &Entry<'_>| {
                entry.funds().into_iter().find(|(fund, _)| **fund == id).map_or(zero, |(_, part)| part)
            };
            Cells::Money(of.get().iter().map(paid).collect())
        });
    }
    table.later("source", RELOCOST_TEXT, text(|entry| entry.line().source.to_string()))
}

/// A table of a scenario.
pub(crate) fn of_scenario(scenario: &Scenario, which: u32) -> Outcome<Table> {
    let currency = scenario.currency();
    let declared =
        |name, declared: &[Declared]| labels(currency, name, declared.iter().map(|each| (&each.id, &each.label)));
    Ok(match which {
        RELOCOST_TABLE_PATHWAYS => {
            Table::new(currency, scenario.pathway_names().count()).texts("pathway", scenario.pathway_names())
        }
        RELOCOST_TABLE_VARIANTS => {
            Table::new(currency, scenario.variants().len()).texts("variant", scenario.variants().keys())
        }
        RELOCOST_TABLE_ENTITLEMENTS => declared("entitlement", scenario.entitlements()),
        RELOCOST_TABLE_CATEGORIES => declared("category", scenario.categories()),
        RELOCOST_TABLE_FUNDS => declared("fund", scenario.funds()),
        RELOCOST_TABLE_SOLUTIONS => {
            labels(currency, "solution", scenario.solutions().iter().map(|(id, it)| (id, &it.label)))
        }
        RELOCOST_TABLE_LINES => {
            let lines = scenario.lines().values();
            let amount = |line: &relocost::Line| match &line.price {
                Price::Amount(amount) => Some(*amount),
                _ => None,
            };
            Table::new(currency, lines.len())
                .texts("line", lines.clone().map(|line| &line.id))
                .texts("category", lines.clone().map(|line| &line.category))
                .texts("label_en", lines.clone().map(|line| line.label.en.as_str()))
                .texts("label_fr", lines.clone().map(|line| line.label.fr.as_str()))
                .texts("driver", lines.clone().map(|line| line.driver))
                .texts("schedule", lines.clone().map(|line| line.schedule.name()))
                .decimals("amount", lines.clone().map(amount))
                .texts("currency", lines.clone().map(|line| line.currency.code()))
                .integers("price_base_year", lines.clone().map(|line| line.price_base_year))
                .texts("source", lines.map(|line| line.source.as_str()))
        }
        _ => return wrong(RELOCOST_NOT_OF_THIS_RESULT, "which"),
    })
}

fn labels<'s>(
    currency: Currency,
    name: &str,
    rows: impl ExactSizeIterator<Item = (&'s Id, &'s Label)> + Clone,
) -> Table {
    Table::new(currency, rows.len())
        .texts(name, rows.clone().map(|(id, _)| id))
        .texts("label_en", rows.clone().map(|(_, label)| label.en.as_str()))
        .texts("label_fr", rows.map(|(_, label)| label.fr.as_str()))
}
