//! Tables of ledgers and of traced figures. Their columns are made when they are asked for: a ledger can have millions
//! of entries.

use std::fmt::Display;
use std::ops::Range;
use std::sync::Arc;

use relocost::explanation::{Provenance, Selection, TracedEntry};
use relocost::{Entry, Error, Id, Ledger, Money, Month, Watch};

use serde::{Serialize, Serializer};

use crate::cells::Cells;
use crate::columns;
use crate::head::{Head, What};
use crate::table::{Beat, counts};
use crate::{Table, Tables};

const ENTRIES: What = What::new("entries", "Entries", "Écritures");
const YEARS_AND_CATEGORIES: What =
    What::new("years_and_categories", "By budget year and category", "Par exercice budgétaire et catégorie");
const SOURCES: What = What::new("sources", "Sources", "Sources");

/// A figure of a ledger traced to its entries, which keeps the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traced {
    ledger: Arc<Ledger>,
    selection: Selection,
    total: Money,
    /// Where the entries lie in the ledger, each with the part of it that the figure sums.
    entries: Arc<[(usize, Money)]>,
    sources: Arc<[Provenance]>,
}

impl Traced {
    /// Traces what of a ledger a figure sums.
    ///
    /// # Errors
    /// As [`Ledger::explain`]; the watch cancels it.
    pub fn new(ledger: Arc<Ledger>, selection: Selection, watch: &Watch<'_>) -> Result<Self, Error> {
        let traced = ledger.watched(watch).explain(&selection)?;
        let places = places(&ledger, traced.entries()).into_iter();
        let entries = places.zip(traced.entries()).map(|(place, traced)| (place, traced.part)).collect();
        let (total, sources) = (traced.total(), traced.sources().into());
        Ok(Self { ledger, selection, total, entries, sources })
    }

    /// The ledger.
    pub fn ledger(&self) -> &Arc<Ledger> {
        &self.ledger
    }

    /// The entries that the figure sums.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// The figure.
    pub fn total(&self) -> Money {
        self.total
    }

    /// The number of entries that it sums.
    pub fn count(&self) -> usize {
        self.entries.len()
    }
}

impl Tables for Arc<Ledger> {
    fn tables(&self) -> &'static [What] {
        &[ENTRIES, YEARS_AND_CATEGORIES]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        Ok(Some(match name {
            "entries" => entries(Entries { ledger: Self::clone(self), traced: None }),
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
        Ok(Some(match name {
            "entries" => {
                let of = Entries { ledger: Arc::clone(&self.ledger), traced: Some(Arc::clone(&self.entries)) };
                let (unrounded, traced) = (of.clone(), Arc::clone(&self.entries));
                entries(of)
                    .later(&columns::UNROUNDED, move |rows, beat| {
                        unrounded.cells(rows, beat, |of| texts(of.map(|entry| entry.unrounded().to_fraction())))
                    })
                    .later(&columns::PART, move |rows, _| {
                        let parts = traced.get(rows).unwrap_or_default().iter();
                        Ok(Cells::Money(parts.map(|(_, part)| Some(*part)).collect()))
                    })
            }
            "sources" => Table::new(SOURCES, Head::of(self.ledger.about(), None), self.sources.len())
                .texts(&columns::PATH, self.sources.iter().map(|source| &source.key))
                .some_texts(&columns::SOURCE, self.sources.iter().map(|source| source.source.as_ref())),
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
fn places(ledger: &Ledger, traced: &[TracedEntry<'_>]) -> Vec<usize> {
    let is_same = |one: &Entry<'_>, other: &Entry<'_>| {
        // A percentage has an entry for each charge that it is of.
        (one.month_index(), one.stage()) == (other.month_index(), other.stage())
            && one.lines().map(std::ptr::from_ref).eq(other.lines().map(std::ptr::from_ref))
    };
    let mut sought = traced.iter().map(|it| &it.entry).peekable();
    let found =
        ledger.entries().enumerate().filter(|(_, entry)| sought.next_if(|sought| is_same(sought, entry)).is_some());
    found.map(|(place, _)| place).collect()
}

/// All entries of a ledger, or those that a figure sums.
#[derive(Clone)]
struct Entries {
    ledger: Arc<Ledger>,
    traced: Option<Arc<[(usize, Money)]>>,
}

impl Entries {
    fn len(&self) -> usize {
        self.traced.as_ref().map_or(self.ledger.len(), |traced| traced.len())
    }

    fn get(&self, row: usize) -> Option<Entry<'_>> {
        let place = match &self.traced {
            None => row,
            Some(traced) => traced.get(row)?.0,
        };
        self.ledger.get(place)
    }

    /// The cells of some rows in a column. Before each entry `beat` says whether to go on.
    fn cells(
        &self,
        rows: Range<usize>,
        beat: Beat<'_>,
        cells: impl FnOnce(&mut dyn Iterator<Item = Entry<'_>>) -> Cells,
    ) -> Result<Cells, Error> {
        let mut heard = Ok(());
        let made = cells(&mut rows.map_while(|row| {
            heard = beat();
            heard.is_ok().then(|| self.get(row)).flatten()
        }));
        heard.map(|()| made)
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

/// Makes a column of entries.
type Column = fn(&mut dyn Iterator<Item = Entry<'_>>) -> Cells;

fn entries(of: Entries) -> Table {
    let (rows, of) = (of.len(), Arc::new(of));
    let ledger = Arc::clone(&of.ledger);
    let made = |column: Column| {
        let of = Arc::clone(&of);
        move |rows: Range<usize>, beat: Beat<'_>| of.cells(rows, beat, column)
    };
    let mut table = Table::new(ENTRIES, Head::of(ledger.about(), None), rows)
        .later(&columns::MONTH, made(|of| months(of.map(|entry| Some(entry.month())))))
        .later(&columns::MONTH_INDEX, made(|of| counts(of.map(|entry| Some(entry.month_index())))))
        .later(&columns::FISCAL_YEAR, made(|of| Cells::Years(of.map(|entry| Some(entry.fiscal_year())).collect())))
        .later(&columns::STAGE, made(|of| counts(of.map(|entry| Some(entry.stage())))))
        .later(&columns::SOLUTION, made(|of| texts(of.map(|entry| entry.solution().to_owned()))))
        .later(&columns::PLACE, made(|of| ids(of.map(|entry| entry.place().cloned()))))
        .later(&columns::LINE, made(|of| texts(of.map(|entry| entry.line().id.clone()))))
        .later(&columns::OF, made(|of| ids(of.map(|entry| entry.of().map(|line| line.id.clone())))))
        .later(&columns::SHARE_OF, made(|of| decimals(of.map(|entry| entry.share()))))
        .later(&columns::CATEGORY, made(|of| texts(of.map(|entry| entry.category().clone()))))
        .later(&columns::QUANTITY, made(|of| decimals(of.map(|entry| entry.quantity()))))
        .later(&columns::UNIT_PRICE, made(|of| decimals(of.map(|entry| entry.unit_price()))))
        .later(&columns::CURRENCY, made(|of| Cells::Texts(of.map(|entry| entry.currency()).collect())))
        .later(&columns::TARIFF, made(|of| months(of.map(|entry| entry.tariff_month()))))
        .later(&columns::PRICE_LEVEL, made(|of| decimals(of.map(|entry| entry.price_level()))))
        .later(&columns::INDEX_FACTOR, made(|of| decimals(of.map(|entry| entry.index_factor()))))
        .later(&columns::EXCHANGE_RATE, made(|of| decimals(of.map(|entry| entry.exchange_rate()))))
        .later(&columns::RELIEF, made(|of| decimals(of.map(|entry| entry.relief()))))
        .later(&columns::AMOUNT, made(|of| Cells::Money(of.map(|entry| Some(entry.amount())).collect())));
    for fund in ledger.scenario().funds() {
        let labels = [&fund.label.en, &fund.label.fr].map(ToString::to_string);
        let column = columns::FUND_PART.named(format!("fund_{}", fund.id), labels);
        let (of, id) = (Arc::clone(&of), fund.id.clone());
        table = table.later(&column, move |rows, beat| {
            let zero = Money::zero(of.ledger.currency());
            let paid = |entry: Entry<'_>| {
                let part = entry.funds().into_iter().find(|(fund, _)| **fund == id);
                Some(part.map_or(zero, |(_, part)| part))
            };
            of.cells(rows, beat, |of| Cells::Money(of.map(paid).collect()))
        });
    }
    table.later(&columns::SOURCE, made(|of| texts(of.map(|entry| entry.line().source.clone()))))
}
