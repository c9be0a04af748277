//! The workbook of a scenario: two pathways, and the premium between them.

use relocost::{Basis, CompareOptions, Comparison, Error, Lang, Ledger, Scenario};
use relocost_report::pathway_head;
use relocost_tables::{Table, Tables};
use rust_xlsxwriter::{Chart, XlsxError};

use super::book::Book;
use super::charts::{self, Grid};
use super::entries::{self, Shape};
use super::first::{Check, First};
use super::fund_totals::FundTotals;
use super::names::Names;
use super::path::{Figures, Path, by_year_and_fund};
use super::premium::{self, Named, Places};
use super::terms::Terms;
use super::totals::{Layout, discount_factors};
use super::words::{self, Words};
use super::{WorkbookOptions, failed, given, inputs, per_sheet, refuse_too_large, rows};

/// Writes the workbook of a scenario: two pathways, and the premium between them. The same scenario gives the same bytes.
///
/// ```
/// use relocost_publish::workbook::{WorkbookOptions, workbook};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 3\nhousehold = { members = [{ age = 40 }] }")?;
/// let bytes = workbook(&scenario, &WorkbookOptions::default())?;
/// assert!(bytes.starts_with(b"PK")); // an archive, as every XLSX file is
/// # Ok::<(), relocost::Error>(())
/// ```
///
/// # Errors
/// As [`Scenario::compare_with`]; or an amount has more digits than a cell holds.
pub fn workbook(scenario: &Scenario, options: &WorkbookOptions) -> Result<Vec<u8>, Error> {
    let compared = CompareOptions::default().pair(options.pair.clone()).basis(options.basis);
    let comparison = scenario.compare_with(&compared)?;
    let sides = [&options.pair.base, &options.pair.alternative];
    let mut ledgers = Vec::with_capacity(sides.len());
    for side in sides {
        let ledger = scenario.charges_on(side, options.basis)?;
        let figures = figures(&ledger, &comparison)?;
        ledgers.push((ledger, figures));
    }
    let amounts = ledgers.iter().flat_map(|(ledger, _)| ledger.entries().map(|entry| entry.amount()));
    refuse_too_large(amounts.chain(ledgers.iter().map(|(ledger, _)| ledger.total())))?;
    let causes = given::made([comparison.table("attribution")?])?;
    write(scenario, options, &comparison, &ledgers, &causes).map_err(|error| failed(&error))
}

fn figures(ledger: &Ledger, comparison: &Comparison) -> Result<Figures, Error> {
    let figures = &comparison.pathways()[ledger.pathway().as_str()];
    Ok(Figures {
        total: figures.total,
        present_value: figures.present_value,
        by_category: figures.by_category.clone(),
        by_fiscal_year: figures.by_fiscal_year.clone(),
        by_fund: figures.by_fund.clone(),
        by_year_and_category: ledger.by_fiscal_year_and_category()?.into_iter().collect(),
        by_year_and_fund: by_year_and_fund(ledger)?,
    })
}

fn write(
    scenario: &Scenario,
    options: &WorkbookOptions,
    comparison: &Comparison,
    ledgers: &[(Ledger, Figures)],
    causes: &[Table],
) -> Result<Vec<u8>, XlsxError> {
    let lang = options.lang;
    let mut book = Book::new(lang, scenario.currency(), words::mark(lang, "internal"))?;
    let mut terms = Terms { scenario, lang, names: Names::default() };
    let [first, inputs, rates] = [lang.sheet_first(), lang.sheet_inputs(), lang.sheet_rates()];
    let [totals, funds, premium, months, delivered, charts] = [
        lang.sheet_totals(),
        lang.sheet_funds(),
        lang.sheet_premium(),
        lang.sheet_months(),
        lang.sheet_causes(),
        lang.sheet_charts(),
    ];
    for name in [first, inputs, rates, totals, funds, premium, months, delivered, charts] {
        book.sheet_name(name);
    }
    let per_sheet = per_sheet(options);
    let mut charges = Vec::with_capacity(ledgers.len());
    for (ledger, _) in ledgers {
        charges.push(rows::rows(ledger, &mut terms));
    }
    let all: Vec<_> = charges.iter().map(Vec::as_slice).collect();
    let shapes: Vec<Shape<'_>> = charges.iter().map(|_| Shape::of(scenario, &all, false)).collect();
    let mut paths = Vec::with_capacity(ledgers.len());
    for ((ledger, figures), (rows, shape)) in ledgers.iter().zip(charges.into_iter().zip(shapes)) {
        let id = ledger.pathway().as_str();
        let head = pathway_head(scenario, id, lang);
        paths.push(Path::new(&mut book, &mut terms.names, (id, head), (rows, shape), figures, per_sheet));
    }
    let (categories, years) = Layout::of(scenario.categories(), &paths);
    let discount = (options.basis == Basis::Nominal).then(|| discount_factors(&mut terms, &years));
    let mut names = terms.names;
    let named = Named {
        totals: paths.iter().map(|path| named_totals(&mut names, path.id)).collect(),
        extra: names.mint("extra"),
        premium: names.mint("premium"),
    };
    let of_funds = FundTotals::new(funds, lang.pathway(), &years, &paths, &mut names);
    let (sheet, what, currency) = (totals.to_owned(), lang.pathway(), scenario.currency());
    let layout = Layout { sheet, what, currency, categories, years: years.clone(), discount };

    let causes = (!causes.is_empty()).then_some(causes);
    let mut about = First { about: about(lang, comparison, &paths), ..First::default() };
    check(&mut about, lang, comparison, &paths, &named);
    about.notes = [lang.change(), lang.fixed(), lang.halves(), lang.funds_note(), lang.zero()].map(Into::into).to_vec();
    about.notes.extend([lang.names(), lang.causes_note(), lang.not_here()].map(String::from));
    let parts: Vec<&str> = paths.iter().flat_map(|path| &path.sheets).map(|part| part.sheet.as_str()).collect();
    about.notes.extend((parts.len() > paths.len()).then(|| words::split(lang, per_sheet)));
    about.contents = vec![(inputs.to_owned(), lang.inputs_about()), (rates.to_owned(), lang.rates_about())];
    about.contents.extend(parts.iter().map(|&part| (part.to_owned(), lang.entries_about())));
    about.contents.extend([
        (totals.to_owned(), lang.totals_about()),
        (funds.to_owned(), lang.funds_about()),
        (premium.to_owned(), lang.premium_about()),
        (months.to_owned(), lang.months_about()),
    ]);
    about.contents.extend(causes.map(|_| (delivered.to_owned(), lang.causes_about())));
    about.contents.push((charts.to_owned(), lang.charts_about()));
    about.write(&mut book, first)?;
    inputs::inputs(&mut book, inputs, &names)?;
    inputs::rates(&mut book, rates, &names)?;
    entries::sheets(&mut book, scenario, &names, &paths)?;
    layout.write(&mut book, &names, &paths, &named.totals)?;
    let of_totals: Vec<&str> = named.totals.iter().map(|(total, _)| total.as_str()).collect();
    of_funds.write(&mut book, &paths, &of_totals)?;
    let places = premium::premium(&mut book, premium, (&layout, &of_funds), comparison, &paths, &named)?;
    let count = premium::months(&mut book, months, comparison, &paths)?;
    if let Some(causes) = causes {
        given::sheet(&mut book, delivered, lang.causes_about(), causes)?;
    }
    let drawn = drawn(&book, (premium, &places), (months, count));
    charts::sheet(&mut book, charts, &drawn)?;
    book.finish()
}

/// Both pathways by budget year, by category and up to each month, and the premium up to each month.
fn drawn(book: &Book, (premium, places): (&str, &Places), (months, count): (&str, u32)) -> Vec<Chart> {
    let (lang, mut all) = (book.lang, Vec::new());
    let of_premium = |labels, rows| {
        let columns = (premium::BASE, premium::ALTERNATIVE);
        Grid { sheet: premium, head: premium::HEAD, labels, rows, columns }.by_column()
    };
    all.extend(places.years.map(|rows| charts::columns(book, lang.chart_years(), &of_premium(0, rows))));
    all.extend(places.categories.map(|rows| charts::bars(book, lang.chart_categories(), &of_premium(1, rows))));
    if let Some(rows) = premium::rows_of_months(count) {
        let of = |columns| Grid { sheet: months, head: premium::HEAD, labels: 0, rows, columns }.by_column();
        all.push(charts::lines(book, lang.chart_cumulative(), &of((1, 2)), count));
        all.push(charts::shares(book, lang.chart_premium(), &of((4, 4)), count));
    }
    all
}

/// The names of a total and of a present value.
pub(super) fn named_totals(names: &mut Names, path: &str) -> (String, String) {
    (names.mint(&format!("total_{path}")), names.mint(&format!("present_value_{path}")))
}

fn about(lang: Lang, comparison: &Comparison, paths: &[Path<'_>]) -> Vec<String> {
    let about = comparison.about();
    let made = words::made(lang, about.currency().code(), about.basis());
    let sides = [lang.base(), lang.alternative()].into_iter().zip(paths);
    let pathways = sides.map(|(side, path)| words::of(lang, &format!("{} ({side})", lang.pathway()), &path.title()));
    std::iter::once(made).chain(pathways).collect()
}

fn check(about: &mut First, lang: Lang, comparison: &Comparison, paths: &[Path<'_>], named: &Named) {
    let of = |what: &str, path: &Path<'_>| words::of(lang, what, &path.head);
    let figures = comparison.difference();
    about.check(of(lang.total(), &paths[0]), &figures.base, &named.totals[0].0);
    about.check(of(lang.total(), &paths[1]), &figures.alternative, &named.totals[1].0);
    about.check(lang.extra(), &figures.extra, &named.extra);
    if comparison.about().basis() == Basis::Nominal {
        for (path, named) in paths.iter().zip(&named.totals) {
            about.check(of(lang.present_value(), path), &path.figures.present_value, &named.1);
        }
    }
    let computed = comparison.premium().ratio().map_or_else(String::new, |ratio| ratio.to_string());
    about.ratios.push(Check { what: lang.premium().to_owned(), computed, name: named.premium.clone() });
}
