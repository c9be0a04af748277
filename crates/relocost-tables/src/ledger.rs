//! Tables of ledgers and of traced figures. Their columns are made when they are asked for: a ledger can have millions
//! of entries.

use std::fmt::Display;
use std::sync::Arc;

use relocost::explanation::Selection;
use relocost::{Entry, Error, Id, Ledger, Money, Month};

use serde::{Serialize, Serializer};

use crate::cells::Cells;
use crate::columns;
use crate::head::{Head, What};
use crate::table::counts;
use crate::{Table, Tables};

const ENTRIES: What = What::new("entries", "Entries", "Écritures");
const YEARS_AND_CATEGORIES: What =
    What::new("years_and_categories", "By budget year and category", "Par exercice budgétaire et catégorie");
const SOURCES: What = What::new("sources", "Sources", "Sources");

/// A figure of a ledger traced to its entries, which keeps the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traced {
    /// The ledger.
    pub ledger: Arc<Ledger>,
    /// What of it the figure sums.
    pub selection: Selection,
}

impl Tables for Arc<Ledger> {
    fn tables(&self) -> &'static [What] {
        &[ENTRIES, YEARS_AND_CATEGORIES]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        Ok(Some(match name {
            "entries" => entries(Entries { ledger: Self::clone(self), places: None }),
            "years_and_categories" => {
                let years = self.by_fiscal_year_and_category()?;
                let rows: Vec<(i32, &Id, Money)> = years
                    .iter()
                    .flat_map(|(year, amounts)| amounts.iter().map(|(id, amount)| (*year, id, *amount)))
                    .collect();
                Table::new(YEARS_AND_CATEGORIES, Head::of(self.about(), None), rows.len())
                    .years(&columns::FISCAL_YEAR, rows.iter().map(|row| row.0))
                    .ids(&columns::CATEGORY, rows.iter().map(|row| row.1))
                    .money(&columns::AMOUNT, rows.iter().map(|row| row.2))
            }
            _ => return Ok(None),
        }))
    }

    fn csv_table(&self) -> Option<What> {
        Some(ENTRIES)
    }
}

impl Tables for Traced {
    fn tables(&self) -> &'static [What] {
        &[ENTRIES, SOURCES]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let traced = self.ledger.explain(&self.selection)?;
        Ok(Some(match name {
            "entries" => {
                let places = Some(places(&self.ledger, traced.entries()));
                let parts: Vec<Money> = traced.entries().iter().map(|(_, part)| *part).collect();
                let unrounded = traced.entries().iter().map(|(entry, _)| entry.unrounded().to_fraction());
                entries(Entries { ledger: Arc::clone(&self.ledger), places })
                    .texts(&columns::UNROUNDED, unrounded)
                    .money(&columns::PART, parts)
            }
            "sources" => {
                let sources = traced.sources();
                Table::new(SOURCES, Head::of(self.ledger.about(), None), sources.len())
                    .texts(&columns::PATH, sources.iter().map(|source| &source.key))
                    .some_texts(&columns::SOURCE, sources.iter().map(|source| source.source.as_ref()))
            }
            _ => return Ok(None),
        }))
    }

    fn csv_table(&self) -> Option<What> {
        Some(ENTRIES)
    }
}

impl Serialize for Traced {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let traced = self.ledger.explain(&self.selection).map_err(serde::ser::Error::custom)?;
        traced.serialize(serializer)
    }
}

/// Where the traced entries, which are in the order of the ledger, lie in it.
fn places(ledger: &Ledger, traced: &[(Entry<'_>, Money)]) -> Vec<usize> {
    let is_same = |one: &Entry<'_>, other: &Entry<'_>| {
        // A percentage has an entry for each charge that it is of.
        (one.month_index(), one.stage()) == (other.month_index(), other.stage())
            && one.lines().map(std::ptr::from_ref).eq(other.lines().map(std::ptr::from_ref))
    };
    let mut sought = traced.iter().map(|(entry, _)| entry).peekable();
    let found =
        ledger.entries().enumerate().filter(|(_, entry)| sought.next_if(|sought| is_same(sought, entry)).is_some());
    found.map(|(place, _)| place).collect()
}

/// All entries of a ledger, or those at some places.
#[derive(Clone)]
struct Entries {
    ledger: Arc<Ledger>,
    places: Option<Vec<usize>>,
}

impl Entries {
    fn len(&self) -> usize {
        self.places.as_ref().map_or(self.ledger.len(), Vec::len)
    }

    fn get(&self, row: usize) -> Option<Entry<'_>> {
        let place = match &self.places {
            None => row,
            Some(places) => *places.get(row)?,
        };
        self.ledger.get(place)
    }

    fn each(&self) -> impl Iterator<Item = Entry<'_>> {
        (0..self.len()).filter_map(|row| self.get(row))
    }
}

fn texts<T: Display>(of: impl Iterator<Item = T>) -> Cells {
    ids(of.map(Some))
}

/// Names, which not every entry has.
fn ids<T: Display>(of: impl Iterator<Item = Option<T>>) -> Cells {
    Cells::Texts(of.collect())
}

fn months(of: impl Iterator<Item = Option<Month>>) -> Cells {
    Cells::Months(of.collect())
}

/// Factors, of which a refund has none.
fn decimals<T: Display>(of: impl Iterator<Item = Option<T>>) -> Cells {
    Cells::Decimals(of.collect())
}

fn entries(of: Entries) -> Table {
    let (rows, of) = (of.len(), Arc::new(of));
    let ledger = Arc::clone(&of.ledger);
    let made = |cells: fn(&Entries) -> Cells| {
        let of = Arc::clone(&of);
        move || cells(&of)
    };
    let mut table = Table::new(ENTRIES, Head::of(ledger.about(), None), rows)
        .later(&columns::MONTH, made(|of| months(of.each().map(|entry| Some(entry.month())))))
        .later(&columns::MONTH_INDEX, made(|of| counts(of.each().map(|entry| Some(entry.month_index())))))
        .later(
            &columns::FISCAL_YEAR,
            made(|of| Cells::Years(of.each().map(|entry| Some(entry.fiscal_year())).collect())),
        )
        .later(&columns::STAGE, made(|of| counts(of.each().map(|entry| Some(entry.stage())))))
        .later(&columns::SOLUTION, made(|of| texts(of.each().map(|entry| entry.solution().to_owned()))))
        .later(&columns::PLACE, made(|of| ids(of.each().map(|entry| entry.place().cloned()))))
        .later(&columns::LINE, made(|of| texts(of.each().map(|entry| entry.line().id.clone()))))
        .later(&columns::OF, made(|of| ids(of.each().map(|entry| entry.of().map(|line| line.id.clone())))))
        .later(&columns::SHARE_OF, made(|of| decimals(of.each().map(|entry| entry.share()))))
        .later(&columns::CATEGORY, made(|of| texts(of.each().map(|entry| entry.category().clone()))))
        .later(&columns::QUANTITY, made(|of| decimals(of.each().map(|entry| entry.quantity()))))
        .later(&columns::UNIT_PRICE, made(|of| decimals(of.each().map(|entry| entry.unit_price()))))
        .later(&columns::CURRENCY, made(|of| Cells::Texts(of.each().map(|entry| entry.currency()).collect())))
        .later(&columns::TARIFF, made(|of| months(of.each().map(|entry| entry.tariff_month()))))
        .later(&columns::PRICE_LEVEL, made(|of| decimals(of.each().map(|entry| entry.price_level()))))
        .later(&columns::INDEX_FACTOR, made(|of| decimals(of.each().map(|entry| entry.index_factor()))))
        .later(&columns::EXCHANGE_RATE, made(|of| decimals(of.each().map(|entry| entry.exchange_rate()))))
        .later(&columns::RELIEF, made(|of| decimals(of.each().map(|entry| entry.relief()))))
        .later(&columns::AMOUNT, made(|of| Cells::Money(of.each().map(|entry| Some(entry.amount())).collect())));
    for fund in ledger.scenario().funds() {
        let labels = [&fund.label.en, &fund.label.fr].map(ToString::to_string);
        let column = columns::FUND_PART.named(format!("fund_{}", fund.id), labels);
        let (of, id) = (Arc::clone(&of), fund.id.clone());
        table = table.later(&column, move || {
            let zero = Money::zero(of.ledger.currency());
            let paid = |entry: Entry<'_>| {
                let part = entry.funds().into_iter().find(|(fund, _)| **fund == id);
                Some(part.map_or(zero, |(_, part)| part))
            };
            Cells::Money(of.each().map(paid).collect())
        });
    }
    table.later(&columns::SOURCE, made(|of| texts(of.each().map(|entry| entry.line().source.clone()))))
}
