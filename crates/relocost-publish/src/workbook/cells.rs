//! The sheets of a comparison of payments: each line's months, and what funds pay of each part of a difference.

use std::collections::HashMap;
use std::ops::Range;

use relocost::payments::{Meeting, PaymentCell, Variance};
use relocost::scenario::Declared;
use relocost::{Money, Month};
use relocost_report::declared_label;
use rust_xlsxwriter::XlsxError;

use super::book::{Book, Sheet, cell};
use super::funds::{Divided, FundColumns, Payers};
use super::paid::{self, Paid};
use super::path::{Path, half_even};
use super::split::Split;
use super::terms::decimal;
use super::words::{self, Words};

/// The rows above the first cell.
pub(super) const HEADS: u32 = 1;

const NO: u16 = 0;
const MONTH: u16 = 1;
const YEAR: u16 = 2;
const LINE: u16 = 3;
const LABEL: u16 = 4;
const CATEGORY: u16 = 5;
const CATEGORY_LABEL: u16 = 6;
const MEETING: u16 = 7;
const OTHER: u16 = 8;
const EXPECTED: u16 = 9;
const QUANTITY: u16 = 10;
/// The columns of figures: model, paid, difference, and its parts as [`PARTS`] has them.
pub(super) const MODEL: u16 = 11;
const PAID: u16 = 12;
const DIFFERENCE: u16 = 13;
const EXCHANGE: u16 = 14;
const PRICE: u16 = 15;
const VOLUME: u16 = 16;
const TIMING: u16 = 17;
const NOT_PAID: u16 = 18;
const NOT_PLANNED: u16 = 19;

/// The columns that have names, and the wishes for these: what sums are over, then the figures.
pub(super) const NAMED: [&str; 12] = [
    "cell_line",
    "cell_category",
    "cell_year",
    "cell_model",
    "cell_paid",
    "cell_difference",
    "cell_exchange",
    "cell_price",
    "cell_volume",
    "cell_timing",
    "cell_not_paid",
    "cell_not_planned",
];
pub(super) const LINES: usize = 0;
pub(super) const CATEGORIES: usize = 1;
pub(super) const YEARS: usize = 2;
/// The place of the first figure among the names.
pub(super) const FIGURES: usize = 3;

/// A part of a difference: its column, and its figure.
type Part = (u16, fn(&Variance) -> Money);

/// The parts of a difference, by their columns.
pub(super) const PARTS: [Part; 6] = [
    (EXCHANGE, |variance| variance.exchange),
    (PRICE, |variance| variance.price),
    (VOLUME, |variance| variance.volume),
    (TIMING, |variance| variance.timing),
    (NOT_PAID, |variance| variance.not_paid),
    (NOT_PLANNED, |variance| variance.not_planned),
];

/// Stands for no line, where payments name a category only.
pub(super) const NO_LINE: &str = "–";

/// The cells of a comparison with what they are made of.
pub(super) struct Cells<'p> {
    pub(super) all: Vec<PaymentCell<'p>>,
    pub(super) payers: Vec<Payers<'p>>,
    by_key: HashMap<Key<'p>, usize>,
}

type Key<'p> = (&'p str, &'p str, Month);

impl<'p> Cells<'p> {
    /// By line and then month.
    pub(super) fn new(mut cells: Vec<PaymentCell<'p>>, payers: impl FnMut(&PaymentCell<'p>) -> Payers<'p>) -> Self {
        // Cells of a line come together, in the order of lines.
        let mut order: HashMap<(&str, &str), usize> = HashMap::new();
        for cell in &cells {
            let next = order.len();
            order.entry((line(cell), cell.category.as_str())).or_insert(next);
        }
        cells.sort_by_key(|cell| (order.get(&(line(cell), cell.category.as_str())).copied(), cell.month));
        let payers = cells.iter().map(payers).collect();
        let key = |(place, cell): (usize, &PaymentCell<'p>)| ((line(cell), cell.category.as_str(), cell.month), place);
        let by_key = cells.iter().enumerate().map(key).collect();
        Self { all: cells, payers, by_key }
    }

    /// The cell of a line, none for payments without one, in a category and a month.
    pub(super) fn place(&self, line: Option<&'p str>, category: &'p str, month: Month) -> Option<usize> {
        self.by_key.get(&(line.unwrap_or(NO_LINE), category, month)).copied()
    }

    /// The parts of a cell that can be other than 0, as columns.
    fn parts(&self, place: usize, paid: &Payments<'_, '_>) -> Vec<u16> {
        let cell = &self.all[place];
        match cell.meeting {
            Meeting::PaidIn(_) => vec![TIMING],
            Meeting::NotPaid => vec![NOT_PAID],
            Meeting::NotPlanned => vec![NOT_PLANNED],
            of => {
                let mut parts = vec![PRICE];
                parts.extend(paid.exchange(place).then_some(EXCHANGE));
                parts.extend(cell.quantity.is_some().then_some(VOLUME));
                parts.extend(matches!(of, Meeting::ModelIn(_)).then_some(TIMING));
                parts.sort_unstable();
                parts
            }
        }
    }

    /// The parts of all cells: the cell, and the column.
    pub(super) fn all_parts(&self, paid: &Payments<'_, '_>) -> Vec<(usize, u16)> {
        let places = 0..self.all.len();
        places.flat_map(|place| self.parts(place, paid).into_iter().map(move |part| (place, part))).collect()
    }
}

fn line<'p>(cell: &PaymentCell<'p>) -> &'p str {
    cell.line.map_or(NO_LINE, |line| line.id.as_str())
}

/// The payments and the model's charges, by cell.
pub(super) struct Payments<'a, 'p> {
    pub(super) split: &'a Split,
    /// True where a payment of the cell has a rate of its own.
    pub(super) exchange: Vec<bool>,
    pub(super) model: &'a Path<'p>,
    /// The model's rows of each cell.
    pub(super) rows: Vec<Vec<Range<usize>>>,
}

impl<'a, 'p> Payments<'a, 'p> {
    pub(super) fn new(split: &'a Split, paid: &[Paid<'p>], cells: &Cells<'p>, model: &'a Path<'p>) -> Self {
        let mut exchange = vec![false; cells.all.len()];
        for paid in paid {
            exchange[paid.cell] |= paid.has_exchange();
        }
        let mut rows = vec![Vec::new(); cells.all.len()];
        for (place, row) in model.rows.iter().enumerate() {
            let entry = &row.entry;
            let of: Option<usize> =
                cells.place(Some(entry.line().id.as_str()), entry.category().as_str(), entry.month());
            let Some(of) = of.map(|of| &mut rows[of]) else { continue };
            let of: &mut Vec<Range<usize>> = of;
            match of.last_mut() {
                Some(last) if last.end == place => last.end = place + 1,
                _ => of.push(place..place + 1),
            }
        }
        Self { split, exchange, model, rows }
    }

    fn exchange(&self, place: usize) -> bool {
        self.exchange[place]
    }

    /// The model's sum of a cell.
    fn model(&self, place: usize, decimals: u32) -> String {
        let ranges: Vec<String> = self.rows[place].iter().map(|rows| self.model.amounts(rows)).collect();
        if ranges.is_empty() { "=0".to_owned() } else { format!("=ROUND(SUM({}),{decimals})", ranges.join(",")) }
    }
}

/// Writes the sheets of lines and months.
pub(super) fn sheets(
    book: &mut Book,
    split: &Split,
    cells: &Cells<'_>,
    paid: &Payments<'_, '_>,
    categories: &[Declared],
) -> Result<(), XlsxError> {
    for piece in &split.pieces {
        let mut sheet = Sheet::new(&piece.sheet)?;
        heads(book, &mut sheet)?;
        for place in piece.rows.clone() {
            let at = split.row(piece, place);
            facts(book, &mut sheet, at, place, &cells.all[place], categories)?;
            figures(book, &mut sheet, at, (place, split), cells, paid)?;
        }
        let figures = (MODEL..=NOT_PLANNED).collect::<Vec<_>>();
        split.define(&mut sheet, piece, [LINE, CATEGORY, YEAR].into_iter().chain(figures));
        let last = split.row(piece, piece.rows.end.max(piece.rows.start + 1) - 1);
        sheet.cells.autofilter(0, 0, last, NOT_PLANNED)?;
        book.add(sheet)?;
    }
    Ok(())
}

/// The heads of the figures, from the model on.
pub(super) fn figure_heads(book: &Book) -> [&'static str; 9] {
    let lang = book.lang;
    let parts = [lang.part_exchange(), lang.part_price(), lang.part_volume(), lang.part_timing()];
    let [exchange, price, volume, timing] = parts;
    let (not_paid, not_planned) = (lang.part_not_paid(), lang.part_not_planned());
    [lang.model(), lang.paid(), lang.difference(), exchange, price, volume, timing, not_paid, not_planned]
}

fn heads(book: &Book, sheet: &mut Sheet) -> Result<(), XlsxError> {
    let lang = book.lang;
    let heads = [
        (NO, lang.cell_number(), 8),
        (MONTH, lang.month(), 11),
        (YEAR, lang.year(), 10),
        (LINE, lang.line(), 20),
        (LABEL, lang.label(), 34),
        (CATEGORY, lang.category(), 14),
        (CATEGORY_LABEL, lang.label(), 24),
        (MEETING, lang.meeting(), 26),
        (OTHER, lang.other_month(), 12),
        (EXPECTED, lang.quantity_of_model(), 12),
        (QUANTITY, lang.quantity_paid(), 12),
    ];
    let figures = (MODEL..).zip(figure_heads(book)).map(|(column, head)| (column, head, 15));
    for (column, head, width) in heads.into_iter().chain(figures) {
        sheet.text(0, column, head, if column >= EXPECTED { &book.styles.head_right } else { &book.styles.head })?;
        sheet.widths(&[(column, width)])?;
    }
    sheet.cells.set_row_height(0, 48)?;
    sheet.cells.set_freeze_panes(HEADS, YEAR)?;
    sheet.cells.set_repeat_rows(0, 0)?;
    Ok(())
}

fn facts(
    book: &Book,
    sheet: &mut Sheet,
    at: u32,
    place: usize,
    of: &PaymentCell<'_>,
    categories: &[Declared],
) -> Result<(), XlsxError> {
    let (styles, lang) = (&book.styles, book.lang);
    let category = declared_label(categories, of.category, lang);
    sheet.number(at, NO, &(place + 1).to_string(), &styles.year)?;
    sheet.month(at, MONTH, of.month, &styles.month)?;
    sheet.number(at, YEAR, &of.fiscal_year.to_string(), &styles.year)?;
    sheet.text(at, LINE, line(of), &styles.text)?;
    sheet.text(at, LABEL, of.line.map_or(category.as_str(), |line| line.label.text(lang)), &styles.text)?;
    sheet.text(at, CATEGORY, of.category.as_str(), &styles.text)?;
    sheet.text(at, CATEGORY_LABEL, &category, &styles.text)?;
    let (met, other) = match of.meeting {
        Meeting::Both => (lang.met_both(), None),
        Meeting::PaidIn(month) => (lang.met_paid_in(), Some(month)),
        Meeting::ModelIn(month) => (lang.met_model_in(), Some(month)),
        Meeting::NotPaid => (lang.met_not_paid(), None),
        _ => (lang.met_not_planned(), None),
    };
    sheet.text(at, MEETING, met, &styles.text)?;
    other.map_or(Ok(()), |month| sheet.month(at, OTHER, month, &styles.month))
}

fn figures(
    book: &Book,
    sheet: &mut Sheet,
    at: u32,
    (place, split): (usize, &Split),
    cells: &Cells<'_>,
    paid: &Payments<'_, '_>,
) -> Result<(), XlsxError> {
    let (of, styles, decimals) = (&cells.all[place], &book.styles, book.decimals);
    let (variance, number) = (&of.variance, cell(at, NO));
    let currency = variance.model.currency();
    let sum = |column: usize| {
        format!(
            "=ROUND({},{decimals})",
            paid.split.sum_if(column, |piece| format!("{},{number}", piece.names[paid::CELL]))
        )
    };
    sheet.formula((at, MODEL), paid.model(place, decimals), variance.model.to_string(), &styles.money)?;
    let has_payments = !matches!(of.meeting, Meeting::PaidIn(_) | Meeting::NotPaid);
    let worth = if has_payments { sum(paid::WORTHS) } else { "=0".to_owned() };
    sheet.formula((at, PAID), worth, variance.paid.to_string(), &styles.money)?;
    let [m, p, e, v] = [MODEL, PAID, EXCHANGE, VOLUME].map(|column| cell(at, column));
    let difference = format!("=ROUND({p}-{m},{decimals})");
    sheet.formula((at, DIFFERENCE), difference, variance.difference.to_string(), &styles.money)?;
    if let Some(expected) = &of.quantity {
        sheet.number(at, EXPECTED, &decimal(expected), &styles.number)?;
        let asked = paid.split.sum_if(paid::QUANTITIES, |piece| format!("{},{number}", piece.names[paid::CELL]));
        let quantity = of.paid_quantity.as_ref().map_or_else(String::new, decimal);
        sheet.formula((at, QUANTITY), format!("={asked}"), quantity, &styles.number)?;
    }
    for part in cells.parts(place, paid) {
        let other = |month: Month| {
            let other = cells.place(of.line.map(|line| line.id.as_str()), of.category.as_str(), month);
            other.map_or_else(|| "0".to_owned(), |other| split.cell(other, MODEL))
        };
        let formula = match (part, of.meeting) {
            (EXCHANGE, _) => sum(paid::EXCHANGES),
            (VOLUME, _) => {
                let (expected, quantity) = (cell(at, EXPECTED), cell(at, QUANTITY));
                let value = format!("(({quantity}-{expected})*{m}/{expected})");
                half_even(&value, currency, [variance.model, variance.volume])
            }
            (PRICE, Meeting::ModelIn(month)) => format!("=ROUND({p}-{m}-{}-{e},{decimals})", other(month)),
            (PRICE, _) => format!("=ROUND({p}-{m}-{v}-{e},{decimals})"),
            (TIMING, Meeting::ModelIn(month)) => format!("={}", other(month)),
            (TIMING | NOT_PAID, _) => format!("=-{m}"),
            _ => format!("=ROUND({p}-{m},{decimals})"),
        };
        let figure = PARTS.iter().find(|(column, _)| *column == part).map(|(_, of)| of(variance).to_string());
        sheet.formula((at, part), formula, figure.unwrap_or_default(), &styles.money)?;
    }
    Ok(())
}

/// The columns of the parts by fund that have names, before those of funds.
pub(super) const PART_REASON: usize = 0;
const REASON: u16 = 5;
const PART: u16 = 6;

/// The columns of what funds pay of parts.
pub(super) fn fund_columns<'s>(funds: &[&'s Declared]) -> FundColumns<'s> {
    FundColumns { first: PART + 1, funds: funds.iter().map(|fund| &fund.id).collect() }
}

/// Writes the sheets of what funds pay of each part of a difference. `split` has the names of the reason and of each fund.
pub(super) fn parts(
    book: &mut Book,
    (split, of_cells): (&Split, &Split),
    cells: &Cells<'_>,
    parts: &[(usize, u16)],
    funds: &[&Declared],
) -> Result<(), XlsxError> {
    let (lang, columns) = (book.lang, fund_columns(funds));
    for piece in &split.pieces {
        let mut sheet = Sheet::new(&piece.sheet)?;
        let heads = [
            (0, lang.cell_number(), 8),
            (1, lang.month(), 11),
            (2, lang.line(), 20),
            (3, lang.label(), 34),
            (4, lang.category(), 16),
            (REASON, lang.reason(), 18),
            (PART, lang.part(), 15),
        ];
        for (column, head, width) in heads {
            sheet.text(0, column, head, if column == PART { &book.styles.head_right } else { &book.styles.head })?;
            sheet.widths(&[(column, width)])?;
        }
        for (place, fund) in funds.iter().enumerate() {
            let (label, column) = (fund.label.text(lang), columns.part(place));
            sheet.text(0, column - 1, &words::undivided(lang, label), &book.styles.head_right)?;
            sheet.text(0, column, label, &book.styles.head_right)?;
            sheet.widths(&[(column - 1, 16), (column, 16)])?;
        }
        sheet.cells.set_row_height(0, 48)?;
        sheet.cells.set_freeze_panes(HEADS, 2)?;
        sheet.cells.set_repeat_rows(0, 0)?;
        for (item, &(place, column)) in parts.iter().enumerate().take(piece.rows.end).skip(piece.rows.start) {
            let (at, of, styles) = (split.row(piece, item), &cells.all[place], &book.styles);
            sheet.number(at, 0, &(place + 1).to_string(), &styles.year)?;
            sheet.month(at, 1, of.month, &styles.month)?;
            sheet.text(at, 2, line(of), &styles.text)?;
            sheet.text(at, 3, of.line.map_or("", |line| line.label.text(lang)), &styles.text)?;
            sheet.text(at, 4, of.category.as_str(), &styles.text)?;
            sheet.text(at, REASON, figure_heads(book)[usize::from(column - MODEL)], &styles.text)?;
            let figure = PARTS.iter().find(|(known, _)| *known == column).map(|(_, figure)| figure(&of.variance));
            let value = figure.unwrap_or(Money::zero(of.variance.model.currency()));
            sheet.formula(
                (at, PART),
                format!("={}", of_cells.cell(place, column)),
                value.to_string(),
                &styles.money,
            )?;
            let paid: Vec<_> = of.divided(value);
            let divided = Divided { row: at, amount: PART, times: None, value, parts: &paid };
            columns.write(book, &mut sheet, &divided, &cells.payers[place])?;
        }
        let named = std::iter::once(REASON).chain((0..funds.len()).map(|place| columns.part(place)));
        split.define(&mut sheet, piece, named);
        book.add(sheet)?;
    }
    Ok(())
}
