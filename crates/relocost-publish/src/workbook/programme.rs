//! The workbook of a programme: every charge as planned, and what follows from it.

use relocost::programme::PlannedCharges;
use relocost::{Basis, Error, Lang, Programme, ProgrammeOptions, ProgrammeRun, Watch};
use relocost_tables::{Table, Tables};
use rust_xlsxwriter::{Chart, XlsxError};

use super::book::{Book, Sheet, cell};
use super::charts::{self, Grid};
use super::entries::{self, Shape};
use super::first::First;
use super::fund_totals::FundTotals;
use super::names::Names;
use super::path::{Figures, Path};
use super::scenario::named_totals;
use super::terms::Terms;
use super::totals::{Layout, discount_factors};
use super::words::{self, Words};
use super::{WorkbookOptions, failed, given, inputs, per_sheet, refuse_too_large, rows};

/// The line that is live.
pub(super) const PLANNED: &str = "as_planned";

/// Writes the workbook of a programme: its charges as planned with live formulas to totals by budget year, category, fund
/// and month, and its lines, agreements, cases and waiting as delivered. The options' pair and basis are not asked.
///
/// ```
/// use relocost_publish::workbook::{self, WorkbookOptions};
/// # let programme = relocost::Programme::parse(r#"
/// #     schema = 1
/// #     catalogue = "reference"
/// #     programme = { first_fiscal_year = 2026, fiscal_years = 2 }
/// #     cases = [{ members = [{ age = 34 }], arrives = "2026-01" }]
/// # "#)?;
/// let bytes = workbook::programme(&programme, &WorkbookOptions::default(), &relocost::Watch::default())?;
/// assert!(bytes.starts_with(b"PK"));
/// # Ok::<(), relocost::Error>(())
/// ```
///
/// # Errors
/// As [`Programme::run`]; an amount has more digits than a cell holds; the watch cancels it.
pub fn programme(programme: &Programme, options: &WorkbookOptions, watch: &Watch<'_>) -> Result<Vec<u8>, Error> {
    let watched = programme.watched(watch);
    let run = watched.run_with(&ProgrammeOptions::default())?;
    let charges = watched.planned_charges()?;
    let figures = figures(&run);
    refuse_too_large(charges.iter().map(|charge| charge.entry.amount()).chain([figures.total]))?;
    let table = |names: &[&str]| {
        let tables = names.iter().map(|name| run.table(name)).collect::<Result<Vec<_>, Error>>()?;
        given::made(tables)
    };
    let delivered = Delivered {
        lines: table(&["budget_years", "budget", "budget_totals", "causes", "run_off", "after"])?,
        agreements: table(&["values", "steps", "agreements", "agreement_years"])?,
        cases: table(&["waiting", "given_within", "supported", "months"])?,
    };
    write(programme, options, &run, &charges, &figures, &delivered).map_err(|error| failed(&error))
}

/// Tables that stand as they are.
struct Delivered {
    lines: Vec<Table>,
    agreements: Vec<Table>,
    cases: Vec<Table>,
}

fn figures(run: &ProgrammeRun) -> Figures {
    let line = &run.lines[PLANNED];
    Figures {
        total: line.total,
        present_value: line.present_value,
        by_category: line.by_category.clone(),
        by_fiscal_year: line.by_fiscal_year.iter().map(|(year, sum)| (*year, *sum)).collect(),
        by_fund: line.by_fund.clone(),
        by_year_and_category: line.by_fiscal_year_and_category.clone(),
        by_year_and_fund: line.by_fiscal_year_and_fund.clone(),
    }
}

fn write(
    programme: &Programme,
    options: &WorkbookOptions,
    run: &ProgrammeRun,
    charges: &PlannedCharges,
    figures: &Figures,
    delivered: &Delivered,
) -> Result<Vec<u8>, XlsxError> {
    let (lang, setting) = (options.lang, programme.setting());
    let mut book = Book::new(lang, programme.currency(), words::mark(lang, "internal_programme"))?;
    let mut terms = Terms { scenario: setting, lang, names: Names::default() };
    let [first, inputs, rates] = [lang.sheet_first(), lang.sheet_inputs(), lang.sheet_rates()];
    let [totals, funds, months] = [lang.sheet_totals(), lang.sheet_funds(), lang.sheet_months()];
    let pictures = lang.sheet_charts();
    let given = [
        (lang.sheet_lines(), lang.lines_about(), &delivered.lines),
        (lang.sheet_agreements(), lang.agreements_about(), &delivered.agreements),
        (lang.sheet_cases(), lang.cases_about(), &delivered.cases),
    ];
    let live = [first, inputs, rates, totals, funds, months, pictures];
    for name in live.into_iter().chain(given.iter().map(|(name, ..)| *name)) {
        book.sheet_name(name);
    }
    let per_sheet = per_sheet(options);
    let charges = rows::planned(charges, &mut terms);
    let shape = Shape::of(setting, &[charges.as_slice()], true);
    let head = (PLANNED, lang.as_planned().to_owned());
    let path = Path::new(&mut book, &mut terms.names, head, (charges, shape), figures, per_sheet);
    let paths = std::slice::from_ref(&path);
    let (categories, years) = Layout::of(setting.categories(), paths);
    let discount = Some(discount_factors(&mut terms, &years));
    let mut names = terms.names;
    let named = [named_totals(&mut names, PLANNED)];
    let of_funds = FundTotals::new(funds, lang.programme(), &years, paths, &mut names);
    let (sheet, what, currency) = (totals.to_owned(), lang.programme(), programme.currency());
    let layout = Layout { sheet, what, currency, categories, years: years.clone(), discount };

    let mut about = First { about: about(run, lang), ..First::default() };
    about.check(lang.total(), &figures.total, &named[0].0);
    about.check(lang.present_value(), &figures.present_value, &named[0].1);
    for (fund, name) in path.shape.funds.iter().zip(&of_funds.named[0]) {
        let paid = figures.by_fund.get(&fund.id).map_or_else(|| "0".to_owned(), ToString::to_string);
        about.check(fund.label.text(lang), &paid, name);
    }
    let notes = [lang.change_programme(), lang.fixed_programme(), lang.alike(), lang.halves(), lang.funds_note()];
    about.notes = notes.into_iter().chain([lang.left_out(), lang.names()]).map(String::from).collect();
    about.notes.extend((path.sheets.len() > 1).then(|| words::split(lang, per_sheet)));
    about.contents = vec![(inputs.to_owned(), lang.inputs_about()), (rates.to_owned(), lang.rates_about())];
    about.contents.extend(path.sheets.iter().map(|part| (part.sheet.clone(), lang.alike_about())));
    about.contents.extend([
        (totals.to_owned(), lang.totals_about()),
        (funds.to_owned(), lang.funds_about()),
        (months.to_owned(), lang.months_of_programme()),
        (pictures.to_owned(), lang.charts_about()),
    ]);
    let shown = given.iter().filter(|(.., tables)| !tables.is_empty());
    about.contents.extend(shown.clone().map(|(name, about, _)| ((*name).to_owned(), *about)));
    about.write(&mut book, first)?;
    inputs::inputs(&mut book, inputs, &names)?;
    inputs::rates(&mut book, rates, &names)?;
    entries::sheets(&mut book, setting, &names, paths)?;
    layout.write(&mut book, &names, paths, &named)?;
    of_funds.write(&mut book, paths, &[&named[0].0])?;
    by_month(&mut book, months, run, &path)?;
    let grids = [layout.blocks(1).first().and_then(|block| layout.grid(block)), of_funds.grid(paths, 0)];
    let drawn = drawn(&book, grids, (months, run.months.len()));
    charts::sheet(&mut book, pictures, &drawn)?;
    for (name, about, tables) in shown {
        given::sheet(&mut book, name, about, tables)?;
    }
    book.finish()
}

fn about(run: &ProgrammeRun, lang: Lang) -> Vec<String> {
    let head = &run.programme;
    let made = words::made(lang, run.currency().code(), Basis::Nominal);
    let count = |what: &str, count: usize| words::of(lang, what, &count.to_string());
    vec![
        made,
        words::of(lang, lang.programme(), &format!("{} – {}", head.from, head.until.plus(-1))),
        count(lang.cases(), head.cases as usize),
        count(lang.agreements(), run.agreements.len()),
    ]
}

/// The row of the heads of the months.
const HEAD: u32 = 2;

/// What the programme costs by budget year and category, by budget year and fund, and by month.
fn drawn(book: &Book, [by_category, by_fund]: [Option<Grid<'_>>; 2], (months, count): (&str, usize)) -> Vec<Chart> {
    let (lang, mut all) = (book.lang, Vec::new());
    all.extend(by_category.map(|grid| charts::stacked(book, lang.chart_years_categories(), &grid.by_row())));
    all.extend(by_fund.map(|grid| charts::stacked(book, lang.chart_years_funds(), &grid.by_row())));
    let count = u32::try_from(count).unwrap_or(0);
    if count > 0 {
        let rows = (HEAD + 1, HEAD + count);
        let grid = Grid { sheet: months, head: HEAD, labels: 0, rows, columns: (1, 1) };
        all.push(charts::alone(charts::lines(book, lang.chart_months(), &grid.by_column(), count)));
    }
    all
}

/// The sheet of the months: the total, and what each fund pays.
fn by_month(book: &mut Book, name: &str, run: &ProgrammeRun, path: &Path<'_>) -> Result<(), XlsxError> {
    let (lang, funds, zero) = (book.lang, &path.shape.funds, relocost::Money::zero(run.currency()));
    let mut sheet = Sheet::new(name)?;
    sheet.text(0, 0, name, &book.styles.title)?;
    sheet.text(1, 0, lang.months_of_programme(), &book.styles.text)?;
    sheet.text(HEAD, 0, lang.month(), &book.styles.head)?;
    let heads = std::iter::once(lang.total()).chain(funds.iter().map(|fund| fund.label.text(lang)));
    for (column, head) in (1..).zip(heads) {
        sheet.text(HEAD, column, head, &book.styles.head_right)?;
        sheet.widths(&[(column, 20)])?;
    }
    sheet.widths(&[(0, 12)])?;
    sheet.cells.set_row_height(HEAD, 32)?;
    sheet.cells.set_freeze_panes(HEAD + 1, 1)?;
    sheet.cells.set_repeat_rows(HEAD, HEAD)?;
    for (row, of) in (HEAD + 1..).zip(&run.months) {
        sheet.month(row, 0, of.month, &book.styles.month)?;
        let at = cell(row, 0);
        let mut put = |column: u16, sum: String, figure: relocost::Money| {
            let formula = format!("=ROUND({sum},{})", book.decimals);
            sheet.formula((row, column), formula, figure.to_string(), &book.styles.money)
        };
        put(1, path.sum(|part| format!("{},{at}", part.months)), of.total)?;
        for ((column, fund), place) in (2..).zip(funds).zip(0..) {
            let paid = run.months_and_funds.iter().filter(|row| row.month == of.month && row.fund == fund.id);
            let paid = paid.fold(zero, |sum, row| sum.checked_add(row.amount).unwrap_or(sum)); // the run has the same sums
            put(column, path.sum_of(|part| &part.funds[place], |part| format!("{},{at}", part.months)), paid)?;
        }
    }
    book.add(sheet)
}
