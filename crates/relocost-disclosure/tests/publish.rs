//! Publications of caseloads and programmes: what they show, what they suppress, and what they refuse beside earlier ones.
#![expect(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

use std::collections::BTreeMap;

use relocost::caseload::{CaseTable, CaseloadOptions};
use relocost::microdata::Microdata;
use relocost::{Code, Error, Lang, Programme, Scenario};
use relocost_disclosure::{Dimension, Earlier, Publication, PublishOptions, publish};
use relocost_tables::{Data as _, Tables as _};
use serde_json::{Value, json};

const SETTING: &str =
    "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [] }";
const CASES: &str = "reference,count,members\nA,7,34\nB,5,41 38\nC,4,36 8 5\nD,1,39 37 12 9\nE,4,44 40 15 11 6\n";

fn cases(table: &str) -> Microdata {
    let scenario = Scenario::parse(SETTING).unwrap();
    let table = CaseTable::new(table.as_bytes(), "table").unwrap();
    scenario.microdata(table, &CaseloadOptions::default()).unwrap()
}

fn by(tables: &[&str]) -> PublishOptions {
    let parsed = tables.iter().map(|table| Dimension::parse_table(table).unwrap());
    PublishOptions::default().tables(parsed.collect())
}

fn earlier(publication: &Publication) -> Earlier {
    Earlier::parse(&publication.to_json().unwrap(), "earlier.json").unwrap()
}

fn refusal(result: Result<Publication, Error>) -> Code {
    result.unwrap_err().code()
}

#[test]
fn the_only_household_of_a_size_is_suppressed_with_another_size() {
    let publication = publish(&cases(CASES), &by(&["size"]), &[]).unwrap();
    let hidden: Vec<&str> = publication
        .cells
        .iter()
        .filter(|cell| cell.figures.is_none())
        .map(|cell| cell.names[&Dimension::Size].as_str())
        .collect();
    assert!(hidden.contains(&"4") && hidden.len() >= 2, "{hidden:?}");
    let total = publication.cells[0].figures.as_ref().unwrap();
    assert_eq!(total.cases, 21);
    for figures in publication.cells.iter().filter_map(|cell| cell.figures.as_ref()) {
        assert_eq!(figures.base.minor() % 100_000, 0);
        assert!(figures.cases >= 3);
    }
    // Each suppressed figure has an interval, and it has room.
    assert_eq!(publication.audit.intervals.len(), 2 * hidden.len());
    assert!(publication.audit.intervals.iter().all(|interval| interval.low != interval.high));
}

#[test]
fn a_publication_is_marked_as_one_and_tells_neither_places_nor_why_a_cell_is_suppressed() {
    let named = cases(&CASES.replace("\nA,", "\nHH-SECRET,"));
    let publication = publish(&named, &PublishOptions::default(), &[]).unwrap();
    for what in publication.tables() {
        let table = publication.table(what.name).unwrap().unwrap();
        assert!(!table.head().is_internal());
        let names: Vec<&str> = table.columns().map(relocost_tables::Column::name).collect();
        assert!(!names.contains(&"place") && !names.contains(&"solution"), "{names:?}");
    }
    let json = publication.to_json().unwrap();
    assert!(json.starts_with("{\"schema\":1,\"internal\":false") && json.contains("\"catalogue\":\""));
    assert!(!json.contains("primary") && !json.contains("\"place\""));
    let csv = publication.to_csv(Lang::En).unwrap();
    assert!(csv.lines().next().is_some_and(|heads| heads.ends_with(",premium_per_cent")), "{csv}");
    assert!(!csv.contains("HH") && !json.contains("HH") && !json.contains("reference"));
}

#[test]
fn premiums_are_those_of_the_figures_as_published() {
    let publication = publish(&cases(CASES), &by(&["fiscal_year"]), &[]).unwrap();
    let mut checked = 0;
    for figures in publication.cells.iter().filter_map(|cell| cell.figures.as_ref()) {
        let (base, alternative) = (figures.base.minor(), figures.alternative.unwrap().minor());
        let premium = i128::from(figures.premium_per_cent.unwrap());
        // Whole per cents nearest to the ratio of the two.
        assert!((200 * (alternative - base) - 2 * premium * base).abs() <= base);
        checked += 1;
    }
    assert!(checked >= 3);
}

#[test]
fn one_household_and_few_are_never_published() {
    assert_eq!(
        refusal(publish(&cases("reference,members\nA,34\n"), &PublishOptions::default(), &[])),
        Code::Disclosure
    );
    let two = cases("reference,count,members\nA,2,34\n");
    assert_eq!(refusal(publish(&two, &PublishOptions::default(), &[])), Code::Disclosure);
    assert_eq!(refusal(publish(&cases(CASES), &PublishOptions::default().threshold(2), &[])), Code::OutOfRange);
}

#[test]
fn one_household_more_than_an_earlier_publication_is_refused() {
    let before = earlier(&publish(&cases(CASES), &by(&["fiscal_year"]), &[]).unwrap());
    let one_more = cases(&CASES.replace("A,7,", "A,8,"));
    assert_eq!(refusal(publish(&one_more, &by(&["fiscal_year"]), std::slice::from_ref(&before))), Code::Disclosure);
    // As many, of which one has taken another's place.
    let other = cases(&CASES.replace("A,7,", "A,6,").replace("B,5,", "B,6,"));
    assert_eq!(refusal(publish(&other, &by(&["fiscal_year"]), std::slice::from_ref(&before))), Code::Disclosure);
    let many_more = cases(&CASES.replace("A,7,", "A,11,"));
    let publication = publish(&many_more, &by(&["fiscal_year"]), &[before]).unwrap();
    assert_eq!((publication.audit.jointly, publication.audit.differences), (0, 1));
}

#[test]
fn terms_that_differ_a_little_do_not_hide_that_a_household_took_anothers_place() {
    let before = earlier(&publish(&cases(CASES), &by(&["category"]), &[]).unwrap());
    let other = CASES.replace("A,7,", "A,6,").replace("B,5,", "B,6,");
    let published = |setting: &str, table: &str| {
        let scenario = Scenario::parse(setting).unwrap();
        let table = CaseTable::new(table.as_bytes(), "table").unwrap();
        let microdata = scenario.microdata(table, &CaseloadOptions::default()).unwrap();
        publish(&microdata, &by(&["category"]), std::slice::from_ref(&before))
    };
    let label = format!("{SETTING}\nlines = [{{ id = \"rent\", inherit = true, label = \"Rent of a flat\" }}]");
    assert_eq!(refusal(published(&label, &other)), Code::Disclosure);
    // Another price: most categories cost what they cost, so the others differ for the cases that pay it.
    let price = format!("{SETTING}\nlines = [{{ id = \"rent\", inherit = true, amount = \"2000\" }}]");
    assert_eq!(refusal(published(&price, CASES)), Code::Disclosure);
    // A line of one solution: the other's figures are as they were.
    let by_size = |setting: &str, table: &str, beside: &[Earlier]| {
        let table = CaseTable::new(table.as_bytes(), "table").unwrap();
        let microdata = Scenario::parse(setting).unwrap().microdata(table, &CaseloadOptions::default()).unwrap();
        publish(&microdata, &by(&["size"]), beside)
    };
    let line = format!(
        "{SETTING}\n[[lines]]\nid = \"more\"\nlabel = \"More\"\ncategory = \"security\"\ndriver = \"household\"\n\
         schedule = \"monthly\"\namount = 900\ncurrency = \"EUR\"\nsolutions = [\"temporary\"]\nsource = \"A test.\"\n"
    );
    let five = "reference,count,members\nA,7,34\nB,5,41 38\nC,4,36 8 5\nE,5,44 40 15 11 6\n";
    let sizes = [earlier(&by_size(SETTING, five, &[]).unwrap())];
    let changed = five.replace("C,4,36 8 5", "C,3,36 8 5\nD,1,36 34 5");
    for setting in [SETTING, line.as_str()] {
        assert_eq!(refusal(by_size(setting, &changed, &sizes)), Code::Disclosure);
    }
    // Where every figure differs, only numbers of cases are compared, and it is said of how many publications.
    let longer = SETTING.replace("horizon_months = 24", "horizon_months = 60");
    let publication = published(&longer, &CASES.replace("A,7,", "A,11,")).unwrap();
    assert_eq!((publication.audit.differences, publication.audit.incomparable), (1, 1));
}

#[test]
fn what_an_earlier_publication_of_the_same_cases_suppresses_stays_suppressed() {
    let microdata = cases(CASES);
    let first = publish(&microdata, &by(&["size"]), &[]).unwrap();
    let second = publish(&microdata, &by(&["fiscal_year,size"]), &[earlier(&first)]).unwrap();
    assert_eq!((second.audit.jointly, second.audit.differences), (1, 0));
    let shown: BTreeMap<_, bool> = second.cells.iter().map(|cell| (&cell.names, cell.figures.is_some())).collect();
    for cell in &first.cells {
        assert_eq!(shown.get(&cell.names), Some(&cell.figures.is_some()), "{:?}", cell.names);
    }
}

#[test]
fn tables_that_cannot_be_audited_together_are_refused() {
    let ring = by(&["fiscal_year,fund", "fund,category", "fiscal_year,category"]);
    assert_eq!(refusal(publish(&cases(CASES), &ring, &[])), Code::Conflict);
}

#[test]
fn a_table_is_of_one_to_three_dimensions_each_once() {
    use Dimension::{Category, FiscalYear, Fund, Size};
    for wrong in ["", "place", "size,size", "size,fund,category,kind"] {
        assert!(Dimension::parse_table(wrong).is_err(), "{wrong}");
    }
    for wrong in [vec![], vec![Size, Size], vec![Size, Fund, Category, FiscalYear]] {
        let options = PublishOptions::default().tables(vec![wrong]);
        assert_eq!(refusal(publish(&cases(CASES), &options, &[])), Code::OutOfRange);
    }
    assert_eq!(Dimension::parse_table("size, fund"), Ok(vec![Fund, Size]));
}

/// The JSON of a publication by size, as something else has changed it.
fn changed(change: impl Fn(&mut Value)) -> String {
    let publication = publish(&cases(CASES), &by(&["size"]), &[]).unwrap();
    let mut json: Value = serde_json::from_str(&publication.to_json().unwrap()).unwrap();
    change(&mut json);
    json.to_string()
}

#[test]
fn what_is_no_publication_is_refused_as_an_earlier_one() {
    assert!(Earlier::parse(&changed(|_| ()), "earlier.json").is_ok());
    let total = |figure: &str, value: Value| {
        changed(|json| {
            json["cells"][0][figure] = value.clone();
        })
    };
    let of_four = json!([["fiscal_year", "category", "fund", "size"]]);
    for wrong in [
        String::new(),
        "{}".to_owned(),
        "[".repeat(1 << 20),
        changed(|json| json["extra"] = serde_json::from_str(&("[".repeat(100) + &"]".repeat(100))).unwrap())
            .replace("[[[", &"[".repeat(1_000)),
        changed(|json| json["schema"] = 2.into()),
        changed(|json| json["pair"] = Value::Null),
        changed(|json| json["tables"] = of_four.clone()),
        changed(|json| json["tables"] = json!([["fund"]])),
        changed(|json| json["tables"] = json!([[]])),
        changed(|json| json["cells"] = json!([])),
        changed(|json| {
            let total = json["cells"][0].clone();
            json["cells"].as_array_mut().unwrap().push(total);
        }),
        total("base", "1000.50".into()),
        total("base", "1500".into()),
        total("base", 1_000.into()),
        total("base", "1e9".into()),
        total("base", "9".repeat(40).into()),
        total("base", "9223372036854775808000".into()),
        total("cases", (-1).into()),
        total("cases", Value::Null),
        total("suppressed", true.into()),
    ] {
        let refused = Earlier::parse(&wrong, "earlier.json").unwrap_err();
        assert_eq!(refused.code(), Code::WrongKind);
        assert!(refused.to_string().starts_with("earlier.json: "), "{refused}");
    }
}

#[test]
fn an_earlier_publication_of_the_largest_figures_is_held_against_these_without_overflow() {
    let largest = changed(|json| {
        for cell in json["cells"].as_array_mut().unwrap() {
            *cell = json!({
                "names": cell["names"], "suppressed": false, "cases": u64::MAX,
                "base": "-9223372036854775808000.00", "alternative": "9223372036854775807000.00",
            });
        }
    });
    let largest = Earlier::parse(&largest, "earlier.json").unwrap();
    let _ = publish(&cases(CASES), &by(&["size"]), &[largest.clone(), largest]);
}

#[test]
fn a_publication_with_fewer_cells_is_not_of_the_same_cases() {
    let fewer = changed(|json| json["cells"].as_array_mut().unwrap().truncate(1));
    let publication =
        publish(&cases(CASES), &by(&["size"]), &[Earlier::parse(&fewer, "earlier.json").unwrap()]).unwrap();
    assert_eq!((publication.audit.jointly, publication.audit.differences), (0, 1));
}

#[test]
fn an_earlier_publication_on_another_basis_is_named() {
    let other = changed(|json| json["basis"] = "constant".into());
    let other = Earlier::parse(&other, "other.json").unwrap();
    let refused = publish(&cases(CASES), &by(&["size"]), &[other]).unwrap_err();
    assert_eq!(refused.code(), Code::Conflict);
    assert!(refused.to_string().starts_with("other.json: "), "{refused}");
}

#[test]
fn a_programme_is_published_as_planned() {
    let programme = Programme::parse(
        r#"
        schema = 1
        catalogue = "reference"
        programme = { first_fiscal_year = 2026, fiscal_years = 3 }
        cases = [{ members = [{ age = 34 }], arrives = "2025-06", count = 6, every_months = 1 },
                 { members = [{ age = 44 }, { age = 7 }], arrives = "2026-01", count = 5, every_months = 1 }]
        agreements = [{ id = "a", label = "A", from = "2026-03", places_per_year = 4 }]
        "#,
    )
    .unwrap();
    let publication = publish(&programme.microdata().unwrap(), &PublishOptions::default(), &[]).unwrap();
    assert_eq!(publication.cells[0].figures.as_ref().map(|total| total.cases), Some(11));
    assert!(publication.pair().is_none());
    let total = programme.run().unwrap().lines["as_planned"].total.minor();
    let shown = publication.cells[0].figures.as_ref().unwrap().base.minor();
    assert!((total - shown).abs() <= 50_000, "{total} {shown}");
}
