//! Workbooks (XLSX) with live formulas from inputs to totals: an auditor changes a rent, a rate or a share and sees the
//! premium move.
//!
//! In: a scenario, a programme, payments or a caseload. Out: the bytes of a workbook. Prices, rates and shares are cells
//! with names (`names`, `terms`); a charge is a row whose factors refer to them (`rows`, `entries`), divided among funds
//! (`funds`); totals, the premium and charts are formulas over the rows (`totals`, `fund_totals`, `premium`, `charts`). The
//! structure is fixed: which charges there are, in which months and for how many units, is what the library computed, and
//! the first sheet says so (`first`). What no formula can make stands as it was delivered (`given`).
//!
//! | subject | module | live |
//! |---|---|---|
//! | a scenario | `scenario` | every charge of two pathways |
//! | a programme | `programme` | every charge as planned; charges that are alike have one row, with their number |
//! | a caseload | `caseload` | sums, means and the premium of all households |
//! | payments | `payments`, `paid`, `cells` | the model's charges, each payment, and why they differ |
//!
//! Each formula carries the library's own result, so that a viewer that does not recalculate shows exact figures. Nothing
//! but formulas of this module is a formula: a text that begins like one is written as a text.

mod book;
mod caseload;
mod cells;
mod charts;
mod entries;
mod first;
mod fund_totals;
mod funds;
mod given;
mod inputs;
mod names;
mod paid;
mod path;
mod payments;
mod premium;
mod programme;
mod rows;
mod scenario;
mod split;
mod styles;
mod terms;
mod totals;
mod variance;
mod words;

use relocost::{Basis, Code, Error, Lang, Money, Pair, message};
use rust_xlsxwriter::XlsxError;

pub use self::caseload::caseload;
use self::path::HEADS;
pub use self::payments::payments;
pub use self::programme::programme;
pub use self::scenario::workbook;

/// What a workbook shows, and in which language.
///
/// ```
/// use relocost::{Lang, Pair};
/// use relocost_publish::workbook::WorkbookOptions;
/// let options = WorkbookOptions::default().pair(Pair::new("permanent", "delayed")).lang(Lang::Fr);
/// assert_eq!((options.pair.alternative.as_str(), options.lang), ("delayed", Lang::Fr));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WorkbookOptions {
    /// The pathways compared.
    pub pair: Pair,
    /// The basis of prices. The present value, which is of nominal prices, is left out on the constant one.
    pub basis: Basis,
    /// The language of everything that a person reads.
    pub lang: Lang,
    /// The number of rows of a sheet, heads included: 1,048,576 in the programs of today. The entries of a pathway that
    /// has more are split over several sheets. Fewer than 2, or more than there are, count as the nearest that does.
    pub rows_per_sheet: u32,
}

/// The rows of a sheet.
const ROWS: u32 = 1_048_576;

impl Default for WorkbookOptions {
    fn default() -> Self {
        Self { pair: Pair::default(), basis: Basis::Nominal, lang: Lang::En, rows_per_sheet: ROWS }
    }
}

impl WorkbookOptions {
    /// Sets the pathways compared.
    #[must_use]
    pub fn pair(mut self, pair: Pair) -> Self {
        self.pair = pair;
        self
    }

    /// Sets the basis of prices.
    #[must_use]
    pub fn basis(mut self, basis: Basis) -> Self {
        self.basis = basis;
        self
    }

    /// Sets the language.
    #[must_use]
    pub fn lang(mut self, lang: Lang) -> Self {
        self.lang = lang;
        self
    }

    /// Sets the number of rows of a sheet, for a program that holds fewer.
    #[must_use]
    pub fn rows_per_sheet(mut self, rows: u32) -> Self {
        self.rows_per_sheet = rows;
        self
    }
}

/// The largest amount that a cell holds to the minor unit, in minor units: 15 digits.
const LARGEST: i128 = 999_999_999_999_999;

fn refuse_too_large(amounts: impl IntoIterator<Item = Money>) -> Result<(), Error> {
    if amounts.into_iter().any(|amount| amount.minor().abs() > LARGEST) {
        let message = message!(
            "an amount has more digits than a cell of a spreadsheet holds (15)",
            "un montant a plus de chiffres que n'en contient une cellule de tableur (15)"
        );
        return Err(Error::single(Code::TooLargeFigure, "", message));
    }
    Ok(())
}

/// The entries of a sheet.
fn per_sheet(options: &WorkbookOptions) -> usize {
    (options.rows_per_sheet.clamp(HEADS + 1, ROWS) - HEADS) as usize
}

/// What the writer of workbooks refuses.
fn failed(error: &XlsxError) -> Error {
    let why = error.to_string();
    let message = message!("the workbook cannot be written: {why}", "le classeur ne peut pas être écrit : {why}");
    Error::single(Code::TooMany, "", message)
}
