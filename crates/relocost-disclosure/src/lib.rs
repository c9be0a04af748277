//! Tables of many cases that may be published, and disclosure control: what must be suppressed so that nobody can derive
//! what few cases cost (MODEL.md, section 12).
//!
//! In: the records of cases ([`Microdata`]), and earlier publications. Out: a [`Publication`]. Data passes through the
//! modules in this order: `dimension` and `key` name cells, `source` and `cells` add up, `rounding` rounds, `difference` holds
//! them against earlier ones, `lp` proposes, `witness` verifies, `pattern` decides what is suppressed, `publication` is what
//! comes out, `earlier` reads it back.
//!
//! A reader is taken to know all tables with their margins, earlier publications that are named, the sign of every figure,
//! which cells are empty, and how figures are rounded; not the composition of any household. The interval in which such a
//! reader can place a suppressed figure reaches a fifth of it on both sides. That is proven by other figures of the whole
//! tables, in whole minor units, that would be published as exactly the same.
//!
//! ```
//! use relocost::caseload::{CaseTable, CaseloadOptions};
//! use relocost_disclosure::{PublishOptions, publish};
//! # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [] }")?;
//! let table = CaseTable::new("reference,count,members\nA,5,34\nB,4,41 38 14\nC,1,29 2\n".as_bytes(), "table")?;
//! let microdata = scenario.microdata(table, &CaseloadOptions::default())?;
//! let publication = publish(&microdata, &PublishOptions::default(), &[])?;
//! assert_eq!(publication.cells[0].figures.as_ref().map(|total| total.cases), Some(10));
//! assert!(publication.audit.suppressed >= 2); // the one household of two persons, and another size with it
//! # Ok::<(), relocost::Error>(())
//! ```
#![forbid(unsafe_code)]

mod cells;
mod difference;
mod dimension;
mod earlier;
mod key;
mod lp;
mod pattern;
mod publication;
mod rounding;
mod source;
mod tabled;
#[cfg(test)]
mod tests;
mod witness;

use relocost::microdata::Microdata;
use relocost::{Code, Error, Money, message};

use crate::cells::{Cell, Cells, MEASURES, joined};
use crate::difference::Compared;
pub use crate::dimension::Dimension;
pub use crate::earlier::Earlier;
use crate::key::{Key, Set};
use crate::pattern::{Rules, Search, Stuck};
pub use crate::publication::{Audit, CellNames, Interval, Publication, PublishedCell, PublishedFigures};
use crate::rounding::{per_cent_more, rounded};
use crate::source::Names;

/// The smallest threshold, and the usual one.
pub const LEAST_THRESHOLD: u64 = 3;
/// The most cells of tables that are audited together.
pub const MOST_CELLS: usize = 2_000;

/// The tables of a publication, and the number of cases that a figure needs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PublishOptions {
    /// A figure is of at least so many cases; at least [`LEAST_THRESHOLD`].
    pub threshold: u64,
    /// The dimensions of each table, one to three; none for the usual tables: by fiscal year and fund, by fiscal year and
    /// category, of a programme by fiscal year and kind of solution, and by size.
    pub tables: Vec<Vec<Dimension>>,
}

impl Default for PublishOptions {
    fn default() -> Self {
        Self { threshold: LEAST_THRESHOLD, tables: Vec::new() }
    }
}

impl PublishOptions {
    /// Sets the number of cases that a figure needs.
    #[must_use]
    pub fn threshold(mut self, threshold: u64) -> Self {
        self.threshold = threshold;
        self
    }

    /// Sets the tables; none for the usual ones.
    #[must_use]
    pub fn tables(mut self, tables: Vec<Vec<Dimension>>) -> Self {
        self.tables = tables;
        self
    }
}

/// Makes what may be published of cases, beside earlier publications.
///
/// # Errors
/// The cases are fewer than the threshold, or differ from those of an earlier publication by fewer; no pattern of
/// suppression protects every cell; an earlier publication is of other pathways, another currency, another basis or other
/// fiscal years; the threshold or a table is none; the tables are too large to audit, or cannot be audited together.
pub fn publish(microdata: &Microdata, options: &PublishOptions, beside: &[Earlier]) -> Result<Publication, Error> {
    if options.threshold < LEAST_THRESHOLD {
        let least = LEAST_THRESHOLD;
        let message = message!("expected a number from {least} on", "un nombre à partir de {least} est attendu");
        return Err(Error::single(Code::OutOfRange, "threshold", message));
    }
    if microdata.cases() < options.threshold {
        return Err(stuck(Stuck::Total, options.threshold));
    }
    let names = Names::of(microdata);
    let unit = 1_000 * 10_i128.pow(microdata.currency().decimals());
    let tables = tables(microdata, options)?;
    let own = sets(&tables);
    let records = names.records(microdata);
    let mut all = own.clone();
    for earlier in beside {
        fits(earlier, microdata)?;
        all.extend(sets(&earlier.tables));
    }
    let cells_of = |tables: &[Set]| Cells::new(&records, tables, Set::of([Dimension::Size.place()]));
    let wide = cells_of(&all);
    let (same, other): (Vec<&Earlier>, Vec<&Earlier>) =
        beside.iter().partition(|earlier| is_of_same_cases(earlier, &wide, &names, unit));
    let mut audited = own.clone();
    audited.extend(same.iter().flat_map(|earlier| sets(&earlier.tables)));
    let cells = if other.is_empty() { wide } else { cells_of(&audited) };
    let (count, most) = (cells.keys.len(), MOST_CELLS);
    if count > most {
        let message = message!(
            "have {count} cells with their margins; {most} are audited at most",
            "ont {count} cellules avec leurs marges ; {most} au plus sont vérifiées",
        );
        return Err(Error::single(Code::TooMany, "tables", message));
    }
    let order = joined(&audited).ok_or_else(|| {
        let message = message!(
            "cannot be audited together, since they share dimensions in a ring; leave one out, or make one table of them",
            "ne peuvent pas être vérifiés ensemble, car ils partagent des dimensions en cercle ; en omettre un, ou en faire un seul",
        );
        Error::single(Code::Conflict, "tables", message)
    })?;
    let mut rules = Rules::new(options.threshold, count);
    know(&mut rules, &cells, &names, &same);
    for earlier in &other {
        compare(&mut rules, &cells, Compared::new(earlier, &cells, &names, microdata, unit), unit);
    }
    let mut search = Search::new(&cells, &order, unit, &rules);
    search.run().map_err(|why| stuck(why, options.threshold))?;
    let told = Told { microdata, cells: &cells, names: &names, search: &search, unit };
    told.publication(options.threshold, tables, &own, (same.len(), &rules.compared))
}

fn stuck(why: Stuck, threshold: u64) -> Error {
    let message = match why {
        Stuck::Total => message!(
            "nothing is published of fewer than {threshold} cases, nor what differs from an earlier publication by fewer",
            "rien n'est publié sur moins de {threshold} dossiers, ni ce qui diffère d'une publication antérieure par moins",
        ),
        Stuck::Earlier => message!(
            "earlier publications show a figure, or a difference, of fewer than {threshold} cases",
            "des publications antérieures montrent un chiffre, ou une différence, de moins de {threshold} dossiers",
        ),
        Stuck::Cell => message!(
            "a suppressed figure could be placed too closely, whatever else is suppressed; publish fewer tables or dimensions",
            "un chiffre supprimé pourrait être situé de trop près, quoi qu'on supprime d'autre ; publier moins de tableaux ou de dimensions",
        ),
    };
    Error::single(Code::Disclosure, "", message)
}

/// The tables asked for, or the usual ones.
fn tables(microdata: &Microdata, options: &PublishOptions) -> Result<Vec<Vec<Dimension>>, Error> {
    use Dimension::{Category, FiscalYear, Fund, Kind, Size};
    let mut tables = options.tables.clone();
    if tables.is_empty() {
        tables = vec![vec![FiscalYear, Fund], vec![FiscalYear, Category]];
        if microdata.pair().is_none() {
            tables.push(vec![FiscalYear, Kind]);
        }
        tables.push(vec![Size]);
    }
    let mut once = Vec::new();
    for table in tables {
        let wrong = |message| Error::single(Code::OutOfRange, "tables", message);
        let table = Dimension::table(table).map_err(wrong)?;
        if !once.contains(&table) {
            once.push(table);
        }
    }
    Ok(once)
}

fn sets(tables: &[Vec<Dimension>]) -> Vec<Set> {
    tables.iter().map(|table| Set::of(table.iter().map(|dimension| dimension.place()))).collect()
}

/// An earlier publication can be compared if it is of the same pathways, currency, basis and fiscal years.
fn fits(earlier: &Earlier, microdata: &Microdata) -> Result<(), Error> {
    let pair = earlier.pair.as_ref().map(|pair| (pair.base.as_str(), pair.alternative.as_str()));
    let own = microdata.pair().map(|pair| (pair.base.as_str(), pair.alternative.as_str()));
    let about = microdata.about();
    let of_same = earlier.currency == about.currency().code()
        && earlier.basis == about.basis().name()
        && earlier.fiscal_year_start == about.fiscal_year_start();
    if pair == own && of_same {
        return Ok(());
    }
    let message = message!(
        "is of other pathways, another currency, another basis of prices or other budget years; it cannot be audited together with this one",
        "porte sur d'autres parcours, une autre monnaie, une autre base de prix ou d'autres exercices ; elle ne peut pas être vérifiée avec celle-ci",
    );
    Err(Error::of_file(Code::Conflict, &earlier.name, message))
}

fn thousands(cells: &Cells, cell: usize, unit: i128) -> [i128; MEASURES] {
    cells.list[cell].values.map(|value| rounded(value, unit))
}

/// True if it has the same cells, and every figure that it shows is one of these cases. A reader is then taken to know that
/// they are the same.
fn is_of_same_cases(earlier: &Earlier, cells: &Cells, names: &Names, unit: i128) -> bool {
    let tables = sets(&earlier.tables);
    let is_there = |(key, cell): &(&Key, &Cell)| cell.cases > 0 && tables.iter().any(|it| key.set().within(*it));
    let there = cells.keys.iter().zip(&cells.list).filter(is_there).count();
    there == earlier.cells.len()
        && earlier.cells.iter().all(|cell| {
            let Some(found) = names.find(cells, &cell.names) else { return false };
            let own = (cells.list[found].cases, thousands(cells, found, unit));
            own.0 > 0 && cell.shown.is_none_or(|shown| shown == own)
        })
}

/// What earlier publications of the same cases show stays shown, and what they suppress stays suppressed.
fn know(rules: &mut Rules, cells: &Cells, names: &Names, earlier: &[&Earlier]) {
    for cell in earlier.iter().flat_map(|earlier| &earlier.cells) {
        let Some(found) = names.find(cells, &cell.names) else { continue };
        let known = if cell.shown.is_some() { &mut rules.fixed } else { &mut rules.kept };
        known[found] = true;
    }
}

/// Suppresses what differs from an earlier publication of other cases by too few of them, and what that one suppresses. What
/// has not changed cannot be suppressed any more.
fn compare(rules: &mut Rules, cells: &Cells, compared: Compared, unit: i128) {
    for cell in &compared.suppressed {
        rules.kept[*cell] = true;
    }
    for cell in (0..cells.keys.len()).filter(|cell| cells.list[*cell].cases > 0) {
        let own = (cells.list[cell].cases, thousands(cells, cell, unit));
        let (Some(shown), Some(changed)) = (compared.shown(cell), compared.changed(cell, own)) else { continue };
        rules.fixed[cell] |= own == shown;
        rules.hidden[cell] |= changed > 0 && changed < rules.threshold;
        for (measure, figure) in shown.1.into_iter().enumerate().filter(|_| changed > 0) {
            let difference = cells.list[cell].values[measure] - figure * unit;
            let farthest = &mut rules.differences[cell][measure];
            if difference.abs() > farthest.abs() {
                *farthest = difference;
            }
        }
    }
    rules.compared.push(compared);
}

/// All that a publication tells.
struct Told<'t> {
    microdata: &'t Microdata,
    cells: &'t Cells,
    names: &'t Names,
    search: &'t Search<'t>,
    unit: i128,
}

impl Told<'_> {
    fn money(&self, thousands: i128) -> Result<Money, Error> {
        let minor = thousands.checked_mul(self.unit);
        minor.and_then(|minor| Money::from_minor(minor, self.microdata.currency())).ok_or_else(|| {
            let message = message!("a figure is too large to write", "un chiffre est trop grand pour être écrit");
            Error::single(Code::TooLargeFigure, "", message)
        })
    }

    fn named(&self, cell: usize) -> CellNames {
        let names = self.names.names(self.cells.keys[cell]).into_iter();
        names.map(|(dimension, name)| (dimension, name.to_owned())).collect()
    }

    fn figures(&self, cell: usize) -> Result<PublishedFigures, Error> {
        let [base, alternative] = thousands(self.cells, cell, self.unit);
        let is_pair = self.microdata.pair().is_some();
        Ok(PublishedFigures {
            cases: self.cells.list[cell].cases,
            base: self.money(base)?,
            alternative: is_pair.then(|| self.money(alternative)).transpose()?,
            premium_per_cent: per_cent_more(alternative, base)
                .filter(|_| is_pair)
                .and_then(|it| i64::try_from(it).ok()),
        })
    }

    /// The greatest difference between a published figure and the sum of its published parts, in thousands.
    fn footing(&self) -> i128 {
        let shown = |cell: &usize| !self.search.hidden[*cell];
        let whole = |line: &&cells::Line| shown(&line.whole) && line.parts.iter().all(shown);
        let lines = self.cells.lines.iter().filter(whole);
        let left = lines.flat_map(|line| {
            let parts = line.parts.iter().map(|part| thousands(self.cells, *part, self.unit));
            let sums = parts.fold([0; MEASURES], |[a, b], [c, d]| [a + c, b + d]);
            thousands(self.cells, line.whole, self.unit).into_iter().zip(sums).map(|(whole, sum)| (whole - sum).abs())
        });
        left.max().unwrap_or(0)
    }

    fn publication(
        &self,
        threshold: u64,
        tables: Vec<Vec<Dimension>>,
        own: &[Set],
        (jointly, compared): (usize, &[Compared]),
    ) -> Result<Publication, Error> {
        let is_own = |cell: &usize| own.iter().any(|table| self.cells.keys[*cell].set().within(*table));
        let mut places: Vec<usize> =
            (0..self.cells.keys.len()).filter(is_own).filter(|cell| self.cells.list[*cell].cases > 0).collect();
        places.sort_by_key(|cell| (self.cells.keys[*cell].set().len(), self.cells.keys[*cell]));
        let hidden = |cell: &usize| self.search.hidden[*cell];
        let mut intervals = Vec::new();
        let figures: &[&'static str] =
            if self.microdata.pair().is_some() { &["base", "alternative"] } else { &["cost"] };
        for cell in places.iter().copied().filter(hidden) {
            for (measure, figure) in figures.iter().enumerate() {
                let [low, high] = self.search.interval(cell, measure);
                let end = |end: Option<i128>| end.map(|end| self.money(end)).transpose();
                intervals.push(Interval { names: self.named(cell), figure, low: end(low)?, high: end(high)? });
            }
        }
        let cell = |cell: usize| {
            let figures = (!hidden(&cell)).then(|| self.figures(cell)).transpose()?;
            Ok(PublishedCell { names: self.named(cell), figures })
        };
        Ok(Publication {
            about: self.microdata.about().clone(),
            pair: self.microdata.pair().cloned(),
            threshold,
            tables,
            footing: self.money(self.footing())?,
            audit: Audit {
                suppressed: places.iter().filter(|cell| hidden(cell)).count(),
                jointly,
                differences: compared.len(),
                incomparable: compared.iter().filter(|compared| !compared.is_comparable).count(),
                intervals,
            },
            cells: places.into_iter().map(cell).collect::<Result<_, Error>>()?,
        })
    }
}
