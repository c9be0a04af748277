//! The workbook of payments: what was paid beside the model, and why they differ.

use relocost::payments::{PaymentCell, PaymentWorth, Payments};
use relocost::programme::PlannedCharges;
use relocost::scenario::Declared;
use relocost::{Basis, Error, Ledger, Money, Watch};
use relocost_report::pathway_head;
use rust_xlsxwriter::XlsxError;

use super::book::Book;
use super::cells::{self, Cells, Payments as OfCells};
use super::charts;
use super::entries::{self, Shape};
use super::first::First;
use super::funds::Payers;
use super::names::Names;
use super::paid::{self, Paid};
use super::path::{Figures, Path};
use super::split::Split;
use super::terms::Terms;
use super::variance::{self, Named, Summed};
use super::words::{self, Words};
use super::{WorkbookOptions, failed, inputs, per_sheet, refuse_too_large, rows};

/// The model's side.
enum Model {
    Pathway(Ledger),
    Programme(Box<PlannedCharges>),
}

/// Writes the workbook of payments: each payment and each of the model's charges with live formulas, and the difference in
/// its parts by month, line, category, budget year and fund. The options' pair and basis are not asked: payments are for a
/// pathway, or for a programme as planned, as it is charged.
///
/// ```
/// use relocost::payments::{PaymentOptions, PaymentTable};
/// use relocost_publish::workbook::{self, WorkbookOptions};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 3\nhousehold = { members = [{ age = 40 }] }")?;
/// let table = "month,line,amount,currency\n2026-03,short-let,925,EUR\n";
/// let paid = scenario.payments(PaymentTable::new(table.as_bytes(), "paid")?, &PaymentOptions::new("temporary"))?;
/// let bytes = workbook::payments(&paid, &WorkbookOptions::default(), &relocost::Watch::default())?;
/// assert!(bytes.starts_with(b"PK"));
/// # Ok::<(), relocost::Error>(())
/// ```
///
/// # Errors
/// An amount has more digits than a cell holds; the watch cancels it.
pub fn payments(payments: &Payments, options: &WorkbookOptions, watch: &Watch<'_>) -> Result<Vec<u8>, Error> {
    let scenario = payments.about().scenario();
    let model = match (payments.pathway(), payments.programme()) {
        (None, Some(programme)) => Model::Programme(Box::new(programme.watched(watch).planned_charges()?)),
        (pathway, _) => {
            let pathway = pathway.map_or("", relocost::Id::as_str);
            Model::Pathway(scenario.charges_on(pathway, Basis::Nominal)?)
        }
    };
    let worths = payments.worths().collect::<Result<Vec<_>, Error>>()?;
    let compared = payments.cells().collect::<Result<Vec<_>, Error>>()?;
    let total = payments.total();
    let amounts = worths.iter().flat_map(|paid| [paid.worth, paid.exchange]);
    let sums = [total.model, total.paid, payments.forecast()];
    refuse_too_large(amounts.chain(compared.iter().map(|cell| cell.variance.paid)).chain(sums))?;
    write(payments, options, &model, worths, compared).map_err(|error| failed(&error))
}

fn write<'p>(
    payments: &'p Payments,
    options: &WorkbookOptions,
    model: &'p Model,
    worths: Vec<PaymentWorth<'p>>,
    compared: Vec<PaymentCell<'p>>,
) -> Result<Vec<u8>, XlsxError> {
    let (lang, scenario) = (options.lang, payments.about().scenario());
    let mark = words::mark(lang, if payments.pathway().is_some() { "internal" } else { "internal_programme" });
    let mut book = Book::new(lang, scenario.currency(), mark)?;
    let mut terms = Terms { scenario, lang, names: Names::default() };
    let [first, inputs, rates] = [lang.sheet_first(), lang.sheet_inputs(), lang.sheet_rates()];
    for name in [first, lang.sheet_variance(), inputs, rates, lang.sheet_charts()] {
        book.sheet_name(name);
    }
    let per_sheet = per_sheet(options);
    let (charges, id, head) = match model {
        Model::Pathway(ledger) => {
            let id = ledger.pathway().as_str();
            (rows::rows(ledger, &mut terms), id, pathway_head(scenario, id, lang))
        }
        Model::Programme(charges) => {
            (rows::planned(charges, &mut terms), super::programme::PLANNED, lang.as_planned().to_owned())
        }
    };
    let has_times = matches!(model, Model::Programme(_));
    let cells = Cells::new(compared, |cell| payers(payments, cell, &mut terms));
    let place = |worth: &PaymentWorth<'p>| {
        cells.place(worth.line.map(|line| line.id.as_str()), worth.category.as_str(), worth.month)
    };
    let mut paid = Vec::with_capacity(worths.len());
    for worth in worths {
        let Some(place) = place(&worth) else { continue };
        paid.push(Paid::of(worth, place, &mut terms));
    }
    let mut names = terms.names;
    let shape = Shape::of(scenario, &[charges.as_slice()], has_times);
    let figures = Figures::none(Money::zero(scenario.currency()));
    let path = Path::new(&mut book, &mut names, (id, head), (charges, shape), &figures, per_sheet);
    let of_payments = (lang.sheet_payments(), paid::NAMED.as_slice());
    let split = Split::new(&mut book, &mut names, of_payments, (paid.len(), paid::HEADS, per_sheet));
    let of_cells = OfCells::new(&split, &paid, &cells, &path);
    let columns = (lang.sheet_cells(), cells::NAMED.as_slice());
    let split_cells = Split::new(&mut book, &mut names, columns, (cells.all.len(), cells::HEADS, per_sheet));
    let parts = cells.all_parts(&of_cells);
    // Parts may fall to funds that pay none of the model's charges, and the model to funds of which no part does.
    let pays = |fund: &&Declared| {
        cells.payers.iter().any(|payers| payers.has(&fund.id)) || payments.funds().any(|(id, _)| *id == fund.id)
    };
    let funds: Vec<&Declared> = scenario.funds().iter().filter(pays).collect();
    let wishes: Vec<String> = funds.iter().map(|fund| format!("part_{}", fund.id)).collect();
    let columns: Vec<&str> = std::iter::once("part_reason").chain(wishes.iter().map(String::as_str)).collect();
    let of_parts = (lang.sheet_parts(), columns.as_slice());
    let split_parts = Split::new(&mut book, &mut names, of_parts, (parts.len(), cells::HEADS, per_sheet));
    let named = Named::new(&mut names);

    let mut about = First { about: about(payments, &path, lang), ..First::default() };
    let total = payments.total();
    let checked = [(lang.model(), total.model), (lang.paid(), total.paid), (lang.difference(), total.difference)];
    for ((what, computed), name) in checked.into_iter().zip(&named.figures) {
        about.check(what, &computed, name);
    }
    about.check(lang.rest(), &payments.rest(), &named.rest);
    about.check(lang.forecast(), &payments.forecast(), &named.forecast);
    about.notes = [lang.change_payments(), lang.fixed_payments(), lang.halves()].map(String::from).to_vec();
    about.notes.push(if has_times { lang.funds_of_payments() } else { lang.funds_note() }.to_owned());
    about.notes.push(if has_times { lang.alike() } else { lang.zero() }.to_owned());
    about.notes.push(lang.names().to_owned());
    let sheets = [&split, &split_cells, &split_parts].map(|split| split.pieces.len());
    let is_split = sheets.iter().any(|count| *count > 1) || path.sheets.len() > 1;
    about.notes.extend(is_split.then(|| words::split(lang, per_sheet)));
    about.contents = vec![
        (lang.sheet_variance().to_owned(), lang.variance_about()),
        (inputs.to_owned(), lang.inputs_about()),
        (rates.to_owned(), lang.rates_about()),
    ];
    about.contents.extend(path.sheets.iter().map(|part| (part.sheet.clone(), lang.entries_about())));
    for (split, told) in
        [(&split, lang.payments_about()), (&split_cells, lang.cells_about()), (&split_parts, lang.parts_about())]
    {
        about.contents.extend(split.pieces.iter().map(|piece| (piece.sheet.clone(), told)));
    }
    about.contents.push((lang.sheet_charts().to_owned(), lang.charts_about()));
    about.write(&mut book, first)?;
    let summed = Summed { cells: &split_cells, parts: &split_parts, funds: &funds, model: &path };
    let places = variance::sheet(&mut book, lang.sheet_variance(), payments, &summed, &named)?;
    inputs::inputs(&mut book, inputs, &names)?;
    inputs::rates(&mut book, rates, &names)?;
    let path = std::slice::from_ref(&path);
    entries::sheets(&mut book, scenario, &names, path)?;
    paid::sheets(&mut book, &names, &split, &paid, scenario.categories())?;
    cells::sheets(&mut book, &split_cells, &cells, &of_cells, scenario.categories())?;
    cells::parts(&mut book, (&split_parts, &split_cells), &cells, &parts, &funds)?;
    let drawn = variance::drawn(&book, lang.sheet_variance(), &places);
    charts::sheet(&mut book, lang.sheet_charts(), &drawn)?;
    book.finish()
}

/// Who pays a cell's parts: by the shares of the solution of its month, or by those that a programme's costs have.
fn payers<'p>(payments: &'p Payments, cell: &PaymentCell<'p>, terms: &mut Terms<'_>) -> Payers<'p> {
    if let Some(solution) = cell.solution {
        return terms.payers(payments.about().scenario(), solution.as_str(), cell.category);
    }
    match cell.shares().as_slice() {
        [(fund, _)] => Payers::Whole(fund),
        shares => Payers::Shares(shares.iter().map(|(fund, share)| (*fund, share.to_string(), *share)).collect()),
    }
}

fn about(payments: &Payments, path: &Path<'_>, lang: relocost::Lang) -> Vec<String> {
    let (from, until) = payments.months();
    let of = if payments.pathway().is_some() { lang.pathway() } else { lang.programme() };
    vec![
        words::made(lang, payments.currency().code(), Basis::Nominal),
        words::of(lang, of, &path.title()),
        words::compared(lang, from, until, payments.window()),
    ]
}
