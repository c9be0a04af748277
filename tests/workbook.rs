//! Workbooks: what their cells are, and that the results beside their formulas are the library's. That the formulas give
//! these results is tested beside the Python package (`bindings/python/tests/test_workbook.py`).

mod support;

use std::sync::LazyLock;

use calamine::{Data, Reader};
use relocost::{Basis, CompareOptions, Comparison, Lang, Pair, Scenario};
use relocost_publish::workbook::{WorkbookOptions, workbook};
use support::xlsx::{Book, number};
use support::{files, load};

fn of(scenario: &Scenario, options: &WorkbookOptions) -> Book {
    Book::read(workbook(scenario, options).unwrap())
}

/// A scenario with its comparison and its workbook.
struct Case {
    name: String,
    scenario: Scenario,
    comparison: Comparison,
    bytes: Vec<u8>,
}

impl Case {
    fn book(&self) -> Book {
        Book::read(self.bytes.clone())
    }
}

/// The scenarios with expected figures, and a sixth of those of the conformance suite: of two pathways, and no programmes.
/// They are computed once for all tests.
static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let mut found = Vec::new();
    let sixth = files("conformance", ".toml").into_iter().step_by(6);
    for path in files("golden", ".toml").into_iter().chain(sixth) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        if !text.contains("horizon_months") {
            continue;
        }
        let scenario = load(&path);
        let names: Vec<String> = scenario.pathway_names().map(ToString::to_string).collect();
        let pair = Pair::new(names.first().unwrap(), names.last().unwrap());
        if let Ok(comparison) = scenario.compare_with(&CompareOptions::default().pair(pair.clone())) {
            let bytes = workbook(&scenario, &WorkbookOptions::default().pair(pair)).unwrap();
            found.push(Case { name, scenario, comparison, bytes });
        }
    }
    assert!(found.len() > 20, "{}", found.len());
    found
});

#[test]
fn the_results_beside_the_formulas_are_the_figures_of_the_library() {
    for case in CASES.iter() {
        let (name, comparison, mut book) = (&case.name, &case.comparison, case.book());
        let id = |text: &str| text.replace('-', "_");
        for side in [comparison.base(), comparison.alternative()] {
            let figures = &comparison.pathways()[side];
            let total = book.number(&format!("total_{}", id(side)));
            assert!((total - number(figures.total)).abs() < 1e-9, "{name}: {total} instead of {:?}", figures.total);
            for (fund, paid) in &figures.by_fund {
                let found = book.number(&format!("total_{}_{}", id(fund.as_str()), id(side)));
                assert!((found - number(*paid)).abs() < 1e-9, "{name} {fund}: {found} instead of {paid:?}");
            }
            let value = book.number(&format!("present_value_{}", id(side)));
            assert!((value - number(figures.present_value)).abs() < 1e-9, "{name}: {value}");
        }
        let extra = book.number("extra");
        assert!((extra - number(comparison.extra())).abs() < 1e-9, "{name}: {extra}");
        match comparison.premium().ratio() {
            Some(ratio) => {
                let expected: f64 = ratio.to_string().parse().unwrap();
                assert!((book.number("premium") - expected).abs() < 1e-9, "{name}");
            }
            None => assert!(!matches!(book.value("premium"), Data::Float(_)), "{name}"),
        }
    }
}

#[test]
fn every_charge_is_a_row_of_numbers_and_a_date_and_adds_up() {
    for case in CASES.iter() {
        let (name, scenario, mut book) = (&case.name, &case.scenario, case.book());
        let side = case.comparison.base().to_owned();
        let (charges, ledger) = (scenario.charges_on(&side, Basis::Nominal).unwrap(), scenario.ledger(&side).unwrap());
        assert_eq!(charges.total(), ledger.total(), "{name}");
        let kept = charges.entries().filter(|charge| !charge.amount().is_zero());
        assert!(
            kept.map(|entry| (entry.month(), entry.amount()))
                .eq(ledger.entries().map(|entry| (entry.month(), entry.amount())))
        );
        let sheet: String = format!("Entries {side}").chars().take(31).collect();
        let rows = book.cells(&sheet);
        assert_eq!(rows.len(), charges.len() + 1, "{name}");
        let mut sum = 0.0;
        for row in rows.iter().skip(1) {
            let Data::DateTime(date) = &row[0] else { panic!("{name}: {:?} is no month", row[0]) };
            assert_eq!(date.to_ymd_hms_milli().2, 1);
            let Data::Float(amount) = row[19] else { panic!("{name}: {:?} is no amount", row[19]) };
            sum += amount;
        }
        assert!((sum - number(ledger.total())).abs() < 1e-6, "{name}");
    }
}

/// Nothing can be changed that changes nothing.
#[test]
fn every_input_is_asked_by_a_formula() {
    let mut checked = 0;
    for case in CASES.iter() {
        let (name, mut book) = (&case.name, case.book());
        let sheets = book.xlsx.sheet_names();
        let formulas: Vec<String> = sheets.iter().flat_map(|sheet| book.formulas(sheet)).collect();
        let all = formulas.join("\n");
        let words: std::collections::BTreeSet<&str> = all.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
        for (input, reference) in &book.names {
            if reference.starts_with("'Inputs'!") || reference.starts_with("Inputs!") {
                assert!(words.contains(input.as_str()), "{name}: no formula has {input}");
                checked += 1;
            }
        }
    }
    assert!(checked > 200, "{checked}");
}

const HOSTILE: [&str; 5] = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "https://example.org"];

fn hostile(label: &str) -> Scenario {
    let line = format!(
        "category = \"a\", label = \"{label}\", driver = \"person\", schedule = \"monthly\", currency = \"EUR\", source = \"{label}\""
    );
    Scenario::parse(&format!(
        "schema = 1\ntitle = \"{label}\"\ncurrency = \"EUR\"\nprice_base_year = 2026\nstart = \"2026-11\"\n\
         horizon_months = 4\nhousehold = {{ members = [{{ age = 40 }}] }}\n\
         categories = [{{ id = \"a\", label = \"{label}\" }}]\nfunds = [{{ id = \"f\", label = \"{label}\" }}]\n\
         lines = [{{ id = \"rent\", amount = \"1.005\", {line} }}, {{ id = \"off-one\", amount = \"0\", {line} }}]\n\
         [solutions.permanent]\nlabel = \"{label}\"\nkind = \"permanent\"\nentitlements = []\n\
         [solutions.temporary]\nlabel = \"{label}\"\nkind = \"temporary\"\nentitlements = []\n"
    ))
    .unwrap()
}

#[test]
fn a_text_that_begins_like_a_formula_is_a_text() {
    for label in HOSTILE {
        let scenario = hostile(label);
        for lang in [Lang::En, Lang::Fr] {
            let mut book = of(&scenario, &WorkbookOptions::default().lang(lang));
            let mut seen = 0;
            for sheet in book.xlsx.sheet_names() {
                seen +=
                    book.cells(&sheet).concat().iter().filter(|cell| **cell == Data::String(label.to_owned())).count();
                for formula in book.formulas(&sheet) {
                    assert!(!formula.contains(label), "{sheet}: {formula}");
                    assert!(!formula.contains("HYPERLINK"), "{sheet}: {formula}");
                }
            }
            assert!(seen > 8, "{label}: {seen}");
        }
    }
}

/// 1.005 is a tie, which Relocost and the workbook take to the even cent; a line of no price has rows, too.
#[test]
fn halves_go_to_the_even_neighbour_and_a_price_of_nothing_has_rows() {
    let mut book = of(&hostile("x"), &WorkbookOptions::default());
    assert!((book.number("total_permanent") - 4.0).abs() < 1e-9);
    let rows = book.cells("Entries permanent");
    assert_eq!(rows.len(), 1 + 2 * 4);
    let rounded = book.formulas("Entries permanent").into_iter().find(|formula| formula.contains("TRUNC")).unwrap();
    assert!(rounded.contains("=0.5,2*ROUND("), "{rounded}");
    let first = book.cells("Read me").concat();
    let says = |part: &str| first.iter().any(|cell| matches!(cell, Data::String(text) if text.contains(part)));
    assert!(says("even neighbour") && says("The structure is fixed") && says("Internal"));
}

#[test]
fn more_rows_than_a_sheet_holds_stand_on_several() {
    let scenario = load(&files("golden", "family-of-five.toml")[0]);
    let whole = of(&scenario, &WorkbookOptions::default()).number("premium");
    let mut book = of(&scenario, &WorkbookOptions::default().rows_per_sheet(100));
    let sheets: Vec<String> =
        book.xlsx.sheet_names().into_iter().filter(|sheet| sheet.starts_with("Entries temporary")).collect();
    let charges = scenario.charges_on("temporary", Basis::Nominal).unwrap().len();
    assert_eq!(sheets.len(), charges.div_ceil(99));
    let rows: usize = sheets.iter().map(|sheet| book.cells(sheet).len() - 1).sum();
    assert_eq!(rows, charges);
    assert!((book.number("premium") - whole).abs() < 1e-12);
    let total = book.formulas("Totals").into_iter().find(|formula| formula.contains("amount_temporary_2")).unwrap();
    assert_eq!(total.matches("SUMIFS(").count(), sheets.len());
    let first = book.cells("Read me").concat();
    assert!(first.iter().any(|cell| matches!(cell, Data::String(text) if text.contains("no more than 99 entries"))));
}

#[test]
fn the_same_scenario_gives_the_same_bytes() {
    let scenario = load(&files("golden", "family-of-five.toml")[0]);
    for lang in [Lang::En, Lang::Fr] {
        let options = WorkbookOptions::default().lang(lang);
        assert!(workbook(&scenario, &options).unwrap() == workbook(&scenario, &options).unwrap());
    }
}

/// Some heads are the same in both languages.
#[test]
fn a_french_workbook_is_in_french() {
    let scenario = load(&files("golden", "family-of-five.toml")[0]);
    let texts = |lang| {
        let mut book = of(&scenario, &WorkbookOptions::default().lang(lang));
        let sheets = book.xlsx.sheet_names();
        assert_eq!(sheets.len(), 11);
        let heads: Vec<Data> = sheets
            .iter()
            .flat_map(|sheet| {
                let heads = if sheet.contains("permanent") || sheet.contains("temporary") { 1 } else { 3 };
                book.cells(sheet).into_iter().take(heads).flatten().collect::<Vec<_>>()
            })
            .filter(|cell| matches!(cell, Data::String(_)))
            .collect();
        (sheets, heads)
    };
    let ((english, heads), (french, titles)) = (texts(Lang::En), texts(Lang::Fr));
    assert!(english.iter().zip(&french).all(|(one, other)| one != other), "{french:?}");
    let same: Vec<_> = titles.iter().filter(|title| heads.contains(title)).collect();
    let allowed = ["Total", "Solution", "Source"];
    for cell in same {
        let Data::String(text) = cell else { unreachable!() };
        assert!(allowed.contains(&text.as_str()), "English: {text}");
    }
}

/// The sums and the amounts of other lines may be large: what counts as a half follows the amount itself.
#[test]
fn a_small_amount_beside_a_large_one_is_rounded_as_closely_as_ever() {
    let text = hostile("x").to_toml().unwrap().replace("amount = \"0\"", "amount = \"900000000.5\"");
    let mut book = of(&Scenario::parse(&text).unwrap(), &WorkbookOptions::default());
    let formulas = book.formulas("Entries permanent");
    let decimals = |decimals: u32| formulas.iter().filter(|it| it.contains(&format!("*100,{decimals})-"))).count();
    assert_eq!((decimals(8), decimals(3)), (4, 4), "{formulas:?}");
}

/// Fields are public: what a sheet cannot hold is not taken at its word, and no row is lost.
#[test]
fn a_sheet_has_a_row_for_an_entry_whatever_is_asked() {
    let scenario = hostile("x");
    let whole = of(&scenario, &WorkbookOptions::default()).number("total_permanent");
    for rows in [0, 1, 2, u32::MAX] {
        let mut options = WorkbookOptions::default();
        options.rows_per_sheet = rows;
        let mut book = of(&scenario, &options);
        let sheets = book.xlsx.sheet_names();
        let entries = sheets.iter().filter(|sheet| sheet.starts_with("Entries permanent"));
        let rows: usize = entries.map(|sheet| book.cells(sheet).len() - 1).sum();
        assert_eq!(rows, 8);
        assert!((book.number("total_permanent") - whole).abs() < 1e-9);
    }
}

/// The dates of spreadsheets begin in 1900; the months of Relocost in 1800.
#[test]
fn months_before_the_dates_of_spreadsheets_are_texts() {
    let text = hostile("x").to_toml().unwrap().replace("2026-11", "1899-11").replace("1986-11", "1859-11");
    let mut book = of(&Scenario::parse(&text).unwrap(), &WorkbookOptions::default());
    let rows = book.cells("Entries permanent");
    assert_eq!(rows[1][0], Data::String("1899-11".to_owned()));
    assert!(matches!(rows[3][0], Data::DateTime(_)), "{:?}", rows[3][0]);
}

/// An end of the band is within it, which binary numbers miss: 1.45 - 1 is less than 0.45.
#[test]
fn the_verdict_is_given_on_rounded_premiums() {
    let mut book = of(&hostile("x"), &WorkbookOptions::default());
    let verdict = book.formulas("Premium").into_iter().find(|formula| formula.contains("within")).unwrap();
    assert!(verdict.contains("IF(ROUND(F4,12)<0.45,") && verdict.contains("IF(ROUND(F4,12)<=0.75,"), "{verdict}");
}

#[test]
fn constant_prices_have_no_present_value_and_no_index() {
    let scenario = load(&files("golden", "family-of-five.toml")[0]);
    let options = WorkbookOptions::default().basis(Basis::Constant);
    let mut book = of(&scenario, &options);
    assert!(!book.names.keys().any(|name| name.starts_with("present_value") || name.starts_with("index_")));
    let constant = scenario.compare().unwrap().pathways()["temporary"].constant;
    assert!((book.number("total_temporary") - number(constant)).abs() < 1e-9);
}

#[test]
fn an_amount_of_more_digits_than_a_cell_holds_is_refused() {
    let text = hostile("x").to_toml().unwrap().replace("1.005", "999999999999999");
    let refused = workbook(&Scenario::parse(&text).unwrap(), &WorkbookOptions::default()).unwrap_err();
    assert!(refused.to_string().contains("more digits than a cell"), "{refused}");
}
