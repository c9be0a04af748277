//! Workbooks of programmes, payments and caseloads: what their cells are, and that the results beside their formulas are
//! the library's. That the formulas give these results is tested beside the Python package
//! (`bindings/python/tests/test_workbook_subjects.py`).

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader};
use relocost::caseload::{Caseload, CaseloadOptions};
use relocost::payments::{PaymentOptions, PaymentTable, Payments};
use relocost::{Lang, Money, Pair, Programme, Scenario, Watch};
use relocost_files::{LoadOptions, Loaded};
use relocost_publish::workbook::{self, WorkbookOptions};
use support::xlsx::{Book, number};
use support::{files, load};

fn id(text: &str) -> String {
    text.replace('-', "_")
}

fn close(found: f64, expected: Money, what: &str) {
    assert!((found - number(expected)).abs() < 1e-9, "{what}: {found} instead of {expected:?}");
}

/// Some of the programmes with expected figures.
fn programmes() -> Vec<(String, Programme)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programmes");
    let mut found: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    let random = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("random-"));
    let programmes = found.into_iter().filter(random).step_by(6).map(|path| {
        match relocost_files::load_any(&path.join("programme.toml"), &LoadOptions::default()).unwrap() {
            Loaded::Programme(programme) => (path.file_name().unwrap().to_string_lossy().into_owned(), programme),
            _ => unreachable!(),
        }
    });
    programmes.collect()
}

fn of_programme(programme: &Programme, options: &WorkbookOptions) -> Book {
    Book::read(workbook::programme(programme, options, &Watch::default()).unwrap())
}

fn of_payments(payments: &Payments, options: &WorkbookOptions) -> Book {
    Book::read(workbook::payments(payments, options, &Watch::default()).unwrap())
}

#[test]
fn a_programmes_results_are_the_figures_of_the_run() {
    let (mut charges, mut alike) = (0.0, 0.0);
    for (name, programme) in programmes() {
        let run = programme.run().unwrap();
        let mut book = of_programme(&programme, &WorkbookOptions::default());
        let line = &run.lines["as_planned"];
        close(book.number("total_as_planned"), line.total, &name);
        close(book.number("present_value_as_planned"), line.present_value, &name);
        for (fund, paid) in &line.by_fund {
            close(book.number(&format!("total_{}_as_planned", id(fund.as_str()))), *paid, &format!("{name} {fund}"));
        }
        let (mut sum, mut times) = (0.0, 0.0);
        for row in book.cells("Entries as_planned").iter().skip(1) {
            let (Data::Float(amount), Data::Float(number), Data::Float(of_all)) = (&row[19], &row[20], &row[21]) else {
                panic!("{name}: {row:?}")
            };
            assert!((amount * number - of_all).abs() < 1e-6, "{name}");
            (sum, times) = (sum + of_all, times + number);
            charges += 1.0;
        }
        assert!((sum - number(line.total)).abs() < 1e-5, "{name}: {sum}");
        alike += times;
        assert!(book.says("Read me", "The structure is fixed: cases"), "{name}");
        assert!(book.says("Cases and waiting", "As delivered"), "{name}");
    }
    assert!(charges > 300.0 && alike > charges, "{charges} {alike}");
}

fn family() -> Scenario {
    load(&files("golden", "family-of-five.toml")[0])
}

/// Payments that meet the model in every way: of a family, with rates and quantities of their own.
const PAID: &str = "month,line,category,amount,currency,rate,quantity\n\
    2026-03,rent,,900.005,EUR,,\n2026-04,rent,,1111.11,EUR,,1\n2026-05,rent,,1000,USD,0.9,2\n\
    2026-06,rent,,500,USD,,\n2026-06,rent,,500,USD,0.91,\n2026-09,,housing,77.77,EUR,,\n";

fn paid(scenario: &Scenario, rows: &str, pathway: &str) -> Payments {
    let table = PaymentTable::new(rows.as_bytes(), "paid").unwrap();
    scenario.payments(table, &PaymentOptions::new(pathway)).unwrap()
}

fn check_payments(payments: &Payments, book: &mut Book, what: &str) {
    let total = payments.total();
    let figures = [
        ("model", total.model),
        ("paid", total.paid),
        ("difference", total.difference),
        ("exchange", total.exchange),
        ("price", total.price),
        ("volume", total.volume),
        ("timing", total.timing),
        ("not_paid", total.not_paid),
        ("not_planned", total.not_planned),
        ("rest", payments.rest()),
        ("forecast", payments.forecast()),
    ];
    for (name, figure) in figures {
        close(book.number(name), figure, &format!("{what} {name}"));
    }
    let rows = book.cells("Variance");
    for (fund, of) in payments.funds() {
        let row = rows.iter().find(|row| row[0] == Data::String(fund.to_string())).unwrap();
        let paid = [of.model, of.paid, of.difference, of.exchange, of.price].map(number);
        for (cell, figure) in row[3..].iter().zip(paid) {
            let Data::Float(found) = cell else { panic!("{what} {fund}: {cell:?}") };
            assert!((found - figure).abs() < 1e-9, "{what} {fund}: {found} instead of {figure}");
        }
    }
}

#[test]
fn the_results_of_payments_are_those_of_the_comparison() {
    let scenario = family();
    let payments = paid(&scenario, PAID, "permanent");
    let mut book = of_payments(&payments, &WorkbookOptions::default());
    check_payments(&payments, &mut book, "family");
    let rows = book.cells("Payments");
    assert_eq!(rows.len(), 7);
    assert!(book.says("Read me", "Months 2026-03 to 2026-09"));
    for (name, programme) in programmes().into_iter().step_by(2) {
        let month = programme.start();
        let line = programme.setting().lines().values().find(|line| line.category.is_some()).unwrap();
        let rows = format!("month,line,amount,currency\n{month},{},123.45,{}\n", line.id, programme.currency().code());
        let table = PaymentTable::new(rows.as_bytes(), "paid").unwrap();
        let payments = programme.payments(table, &PaymentOptions::default()).unwrap();
        let mut book = of_payments(&payments, &WorkbookOptions::default());
        check_payments(&payments, &mut book, &name);
    }
}

#[test]
fn rows_of_payments_stand_on_as_many_sheets_as_they_take() {
    let scenario = family();
    let payments = paid(&scenario, PAID, "permanent");
    let mut book = of_payments(&payments, &WorkbookOptions::default().rows_per_sheet(4));
    check_payments(&payments, &mut book, "split");
    let sheets = book.xlsx.sheet_names();
    let of = |wish: &str| sheets.iter().filter(|sheet| sheet.starts_with(wish)).count();
    assert_eq!(of("Payments"), 2);
    assert!(of("Lines by month") > 2 && of("Parts by fund") > 2 && of("Entries permanent") > 2);
    assert!(book.says("Read me", "no more than 3 entries"));
}

fn caseload(rows: &str) -> Caseload {
    let options = CaseloadOptions::default().pair(Pair::default());
    family().caseload(rows.as_bytes(), &options).unwrap()
}

#[test]
fn the_results_of_a_caseload_are_its_figures() {
    let caseload = caseload("reference,count,members\nHH-1,3,34\nHH-2,,41 38 14\nHH-3,2,70\n");
    for rows in [2, 1_000] {
        let mut book =
            Book::read(workbook::caseload(&caseload, &WorkbookOptions::default().rows_per_sheet(rows)).unwrap());
        close(book.number("total_base"), caseload.difference.base, "base");
        close(book.number("total_alternative"), caseload.difference.alternative, "alternative");
        close(book.number("extra"), caseload.difference.extra, "extra");
        assert!((book.number("total_households") - 6.0).abs() < 1e-9);
        let sheets = book.xlsx.sheet_names();
        let households = sheets.iter().filter(|sheet| sheet.starts_with("Households")).count();
        assert_eq!(households, if rows == 2 { 3 } else { 1 });
        assert!(book.says("Read me", "Internal"), "rows can identify a household");
    }
}

/// What begins like a formula is a text on every sheet, in both languages.
#[test]
fn a_label_is_never_a_formula() {
    for label in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)"] {
        let line = format!(
            "category = \"a\", label = \"{label}\", driver = \"person\", schedule = \"monthly\", currency = \"EUR\", source = \"{label}\""
        );
        let setting = format!(
            "schema = 1\ncurrency = \"EUR\"\nprice_base_year = 2026\ncategories = [{{ id = \"a\", label = \"{label}\" }}]\n\
             funds = [{{ id = \"f\", label = \"{label}\" }}, {{ id = \"g\", label = \"{label}\" }}]\n\
             lines = [{{ id = \"rent\", amount = \"1.005\", {line} }}]\n"
        );
        let solution = |name: &str| {
            format!(
                "[solutions.{name}]\nlabel = \"{label}\"\nkind = \"{name}\"\nentitlements = []\nfunding = {{ f = \"0.5\", g = \"0.5\" }}\n"
            )
        };
        let solutions = ["permanent", "temporary"].map(solution).concat();
        let scenario = Scenario::parse(&format!(
            "{setting}start = \"2026-11\"\nhorizon_months = 4\nhousehold = {{ members = [{{ age = 40 }}] }}\n{solutions}"
        ))
        .unwrap();
        let programme = Programme::parse(&format!(
            "{setting}programme = {{ first_fiscal_year = 2026, fiscal_years = 1 }}\n\
             cases = [{{ members = [{{ age = 34 }}], arrives = \"2026-01\" }}]\n\
             agreements = [{{ id = \"x\", label = \"{label}\", grants = [{{ month = \"2026-03\", places = 1 }}] }}]\n{solutions}"
        ))
        .unwrap();
        let payments = paid(&scenario, "month,line,amount,currency\n2026-11,rent,2,EUR\n", "permanent");
        let caseload =
            scenario.caseload("reference,members\nHH-1,34\n".as_bytes(), &CaseloadOptions::default()).unwrap();
        for lang in [Lang::En, Lang::Fr] {
            let options = WorkbookOptions::default().lang(lang);
            let books = [
                of_programme(&programme, &options),
                of_payments(&payments, &options),
                Book::read(workbook::caseload(&caseload, &options).unwrap()),
            ];
            for mut book in books {
                let mut seen = 0;
                for sheet in book.xlsx.sheet_names() {
                    let is_label = |cell: &&Data| matches!(cell, Data::String(text) if text == label);
                    seen += book.cells(&sheet).concat().iter().filter(is_label).count();
                    for formula in book.formulas(&sheet) {
                        assert!(!formula.contains(label), "{sheet}: {formula}");
                    }
                }
                assert!(seen > 1, "{label}: {seen}");
            }
        }
    }
}

/// Nothing can be changed that changes nothing, and names are words of formulas.
#[test]
fn every_input_is_asked_by_a_formula() {
    let mut checked = 0;
    for (name, programme) in programmes() {
        let mut book = of_programme(&programme, &WorkbookOptions::default());
        let sheets = book.xlsx.sheet_names();
        let all = sheets.iter().flat_map(|sheet| book.formulas(sheet)).collect::<Vec<_>>().join("\n");
        let words: BTreeSet<&str> = all.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
        for (input, reference) in &book.names {
            if reference.starts_with("'Inputs'!") || reference.starts_with("Inputs!") {
                assert!(words.contains(input.as_str()), "{name}: no formula has {input}");
                checked += 1;
            }
        }
    }
    assert!(checked > 30, "{checked}");
}

#[test]
fn the_same_input_gives_the_same_bytes_in_the_language_asked_for() {
    let (_, programme) = programmes().into_iter().next().unwrap();
    let payments = paid(&family(), PAID, "permanent");
    let caseload = caseload("reference,members\nHH-1,34\n");
    let all = |lang: Lang| {
        let options = WorkbookOptions::default().lang(lang);
        [
            workbook::programme(&programme, &options, &Watch::default()).unwrap(),
            workbook::payments(&payments, &options, &Watch::default()).unwrap(),
            workbook::caseload(&caseload, &options).unwrap(),
        ]
    };
    assert!(all(Lang::En) == all(Lang::En));
    for (english, french) in all(Lang::En).into_iter().zip(all(Lang::Fr)) {
        let [english, french] = [english, french].map(|bytes| Book::read(bytes).xlsx.sheet_names());
        assert_eq!(english.len(), french.len());
        assert_eq!(french[0], "Lisez-moi");
        let same: Vec<_> = english.iter().zip(&french).filter(|(one, other)| one == other).collect();
        assert!(same.is_empty(), "{same:?}");
    }
}
