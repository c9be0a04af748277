//! Tables: their columns on every face are those that are committed, and every output of exact figures is marked internal.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use relocost::caseload::CaseloadOptions;
use relocost::explanation::Selection;
use relocost::{Id, Lang, ProgrammeOptions, Scenario, Watch};
use relocost_tables::{Cell, Data, Table, Traced, Type, csv};
use serde_json::{Value, json};
use support::results::{family, results};

/// The result whose figures others have published, so that it is not internal.
const PUBLISHED: [&str; 2] = ["rates", "publication"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// Every table of every result, and of the scenario itself.
fn tables(scenario: &Scenario, mut each: impl FnMut(&str, &Table)) {
    let mut all = |result: &str, data: &dyn relocost_tables::Tables| {
        for what in data.tables() {
            let table = data.table(what.name).unwrap().unwrap();
            assert_eq!(table.what(), *what, "{result}");
            each(result, &table);
        }
        assert!(data.table("no-such-table").unwrap().is_none(), "{result}");
    };
    results(scenario, |result, data| all(result, data));
    all("scenario", scenario);
}

/// The tables of a programme add up to one another, and none of them is empty.
#[test]
fn the_tables_of_a_programme_foot() {
    use relocost_tables::Tables as _;
    let run = support::programme(&family(), "A").run_with(&ProgrammeOptions::default().cases(true)).unwrap();
    let sum = |name: &str, column: &str, of: &[(&str, &str)]| -> i128 {
        let table = run.table(name).unwrap().unwrap();
        let meant = |row: &usize| of.iter().all(|(key, text)| table.cells(key).unwrap().get(*row).to_string() == *text);
        let cells = table.cells(column).unwrap();
        let minor = |row: usize| match cells.get(row) {
            Cell::Money(money) => money.minor(),
            Cell::Whole(count) => count.into(),
            other => panic!("{name}.{column} has {other:?}"),
        };
        (0..table.rows()).filter(meant).map(minor).sum()
    };
    for what in run.tables() {
        assert!(run.table(what.name).unwrap().unwrap().rows() > 0, "{} is empty", what.name);
    }
    for column in ["as_signed", "as_planned", "all_settled"] {
        let total = sum("budget_totals", column, &[("key", "total")]);
        for name in ["budget", "budget_years", "budget_funds"] {
            assert_eq!(sum(name, column, &[]), total, "{name} {column}");
        }
        for by in ["category", "kind", "solution"] {
            assert_eq!(sum("budget_parts", column, &[("by", by)]), total, "{by} {column}");
        }
        for by in ["category", "kind", "origin"] {
            assert_eq!(sum("budget_years_and_parts", column, &[("by", by)]), total, "{by} {column}");
        }
        let constant = sum("budget_totals", column, &[("key", "constant")]);
        assert_eq!(sum("budget_years_and_parts", column, &[("by", "constant")]), constant, "{column}");
        let with_run_off = sum("run_off", column, &[("by", "total")]);
        assert_eq!(sum("run_off", column, &[("by", "fund")]), with_run_off, "{column}");
        assert_eq!(sum("run_off", column, &[("by", "fiscal_year")]), with_run_off, "{column}");
    }
    let planned = sum("budget_totals", "as_planned", &[("key", "total")]);
    let extra = planned - sum("budget_totals", "all_settled", &[("key", "total")]);
    for name in ["budget", "budget_years", "budget_funds"] {
        assert_eq!(sum(name, "extra", &[]), extra, "{name}");
    }
    assert_eq!(sum("causes", "amount", &[]), extra);
    assert_eq!(sum("months", "total", &[]), planned);
    assert_eq!(sum("months_and_funds", "amount", &[]), planned);
    for kind in ["permanent", "temporary", "programme"] {
        let part = sum("budget_parts", "as_planned", &[("by", "kind"), ("key", kind)]);
        assert_eq!(sum("months_and_funds", "amount", &[("kind", kind)]), part, "{kind}");
    }
    let own = sum("budget_parts", "as_planned", &[("by", "kind"), ("key", "programme")]);
    assert_eq!(sum("cases", "total", &[]) + own, planned);
    assert_eq!(sum("case_stages", "total", &[]) + own, planned);
    let joint = sum("values", "value", &[("window", "within"), ("fund", ""), ("agreement", "")]);
    let parts =
        ["north", "south"].map(|id| sum("values", "value", &[("window", "within"), ("fund", ""), ("agreement", id)]));
    assert_eq!(parts.iter().sum::<i128>(), joint);
    for column in ["granted", "used", "lapsed", "cases", "persons"] {
        assert_eq!(sum("agreements", column, &[]), sum("agreement_years", column, &[]), "{column}");
    }
    let months = run.table("months").unwrap().unwrap();
    assert_eq!(sum("months", "given", &[]), i128::from(run.waiting.given));
    assert_eq!(months.rows(), 24);
}

fn columns(table: &Table) -> String {
    let column = |column: &relocost_tables::Column| format!("{} {}", column.name(), column.kind().name());
    table.columns().map(column).collect::<Vec<_>>().join(", ")
}

/// The committed list, by result and table.
fn committed() -> BTreeMap<String, String> {
    let list = read("tests/columns.txt");
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once(": ").unwrap()).map(|(table, columns)| (table.into(), columns.into())).collect()
}

#[test]
fn columns_are_those_that_are_committed() {
    let mut found = BTreeMap::new();
    tables(&family(), |result, table| {
        let before = found.insert(format!("{result}.{}", table.what().name), columns(table));
        assert_eq!(before, None);
    });
    let text = found.iter().map(|(table, columns)| format!("{table}: {columns}\n")).collect::<Vec<_>>().concat();
    assert_eq!(found, committed(), "tests/columns.txt is to be:\n{text}");
}

#[test]
fn every_row_has_every_column_and_every_cell_its_type() {
    tables(&family(), |result, table| {
        let name = table.what().name;
        for (place, column) in table.columns().enumerate() {
            let (_, cells) = table.at(place).unwrap();
            assert_eq!(cells.len(), table.rows(), "{result}.{name}.{}", column.name());
            for row in 0..table.rows() {
                let fits = matches!(
                    (column.kind(), cells.get(row)),
                    (_, Cell::None)
                        | (Type::Month, Cell::Month(_))
                        | (Type::Year | Type::Count, Cell::Whole(_))
                        | (Type::Id | Type::Text, Cell::Text(_))
                        | (Type::Money, Cell::Money(_))
                        | (Type::Ratio, Cell::Premium(_) | Cell::Decimal(_))
                        | (Type::Share, Cell::Decimal(_))
                        | (Type::Binary, Cell::Binary(_))
                );
                assert!(fits, "{result}.{name}.{} has {:?}", column.name(), cells.get(row));
                if let Cell::Money(money) = cells.get(row) {
                    assert_eq!(money.currency(), table.head().currency(), "{result}.{name}.{}", column.name());
                }
            }
        }
    });
}

/// The numbers of tables in C, with the documentation above each.
fn numbered() -> BTreeMap<String, String> {
    let source = read("bindings/c/src/tables.rs");
    let (mut numbers, mut about) = (BTreeMap::new(), String::new());
    for line in source.lines() {
        if let Some(doc) = line.strip_prefix("/// ") {
            about += doc;
            about += " ";
        } else if let Some(constant) = line.strip_prefix("pub const RELOCOST_TABLE_") {
            numbers.insert(constant.split(':').next().unwrap().to_lowercase(), std::mem::take(&mut about));
        } else {
            about.clear();
        }
    }
    numbers
}

#[test]
fn every_table_has_a_number_in_c_whose_text_names_its_columns_in_order() {
    let numbers = numbered();
    let mut named = BTreeSet::new();
    for (table, columns) in committed() {
        let (result, name) = table.split_once('.').unwrap();
        let about = numbers.get(name).unwrap_or_else(|| panic!("{name} has no number"));
        named.insert(name.to_owned());
        let words: Vec<&str> = about.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
        let columns = columns.split(", ").map(|column| column.split(' ').next().unwrap());
        // One description serves the ledger and the explanation; each fund has its column, and each parameter that is set.
        let columns = columns.filter(|column| !(result == "what-ifs" && column.contains('.')));
        let is_of_fund = |column: &str| column.starts_with("fund_") && column != "fund_account";
        let columns = columns.map(|column| if is_of_fund(column) { "fund_ID" } else { column });
        let mut from = 0;
        let mut last = "";
        for column in columns {
            if column == last {
                continue;
            }
            last = column;
            let found = words[from..].iter().position(|word| *word == column);
            from += found.unwrap_or_else(|| panic!("{table}: {column} is not in its place in: {about}")) + 1;
        }
    }
    assert_eq!(named, numbers.into_keys().collect(), "every number is of a table");
}

/// The columns of SQL's tables, by the name of the shape in the source.
fn sql_columns(source: &str, shape: &str) -> Vec<String> {
    let shape = source.split(&format!("static const struct shape {shape} = {{")).nth(1).unwrap();
    let text: String = shape.split('"').skip(1).step_by(2).take_while(|text| !text.starts_with("expected")).collect();
    let list = text.split_once("x(").unwrap().1.trim_end_matches(')').to_owned();
    let columns = list.split(',').map(str::trim).filter(|column| !column.ends_with("HIDDEN"));
    columns.map(|column| column.split(' ').next().unwrap().to_owned()).collect()
}

/// SQL has the columns of the same tables: money as decimal and in minor units, and the currency of the table.
#[test]
fn the_tables_of_sql_have_the_same_columns() {
    let source = read("bindings/c/sqlite/relocost_sqlite.c");
    let committed = committed();
    for (shape, table) in [
        ("LEDGER", "ledger.entries"),
        ("COMPARISON", "comparison.differences"),
        ("SIMULATION", "simulation.statistics"),
    ] {
        let mut wanted = Vec::new();
        for column in committed[table].split(", ") {
            match column.split_once(' ').unwrap() {
                (name, "money") if name.starts_with("fund_") => {} // a table of SQL has the same columns for all scenarios
                (name, "money") => wanted.extend([name.to_owned(), format!("{name}_minor")]),
                ("by", _) => wanted.push("part".to_owned()), // BY is a word of SQL
                ("currency", _) => wanted.push("price_currency".to_owned()),
                (name, _) => wanted.push(name.to_owned()),
            }
        }
        wanted.extend(["currency", "internal"].map(str::to_owned));
        let found = sql_columns(&source, shape);
        assert_eq!(found.iter().collect::<BTreeSet<_>>(), wanted.iter().collect(), "{shape}: {found:?}");
    }
}

#[test]
fn a_pathway_called_extra_has_a_name_of_its_own_in_every_table() {
    let mut value: Value = serde_json::from_str(&family().to_json().unwrap()).unwrap();
    for name in ["extra", "premium"] {
        value["pathways"][name] = json!({ "stages": [{ "solution": "permanent" }] });
    }
    let scenario = Scenario::parse_json(&value.to_string()).unwrap();
    let mut checked = 0;
    tables(&scenario, |result, table| {
        // The futures of a programme have lines of its own, and no pathway's.
        if table.column("figure").is_none() || ["expectations", "futures", "publication"].contains(&result) {
            return;
        }
        let keys = ["figure", "by", "key", "factor", "parameter"].map(|name| table.cells(name));
        let mut seen = BTreeSet::new();
        for row in 0..table.rows() {
            let key: Vec<String> = keys.iter().flatten().map(|cells| cells.get(row).to_string()).collect();
            assert!(seen.insert(key.clone()), "{result}.{} has {key:?} twice", table.what().name);
        }
        let figures = table.cells("figure").unwrap();
        let has = |name: &str| (0..table.rows()).any(|row| figures.get(row) == Cell::Text(name));
        assert!(has("extra") && has("pathways.extra") && has("pathways.premium"), "{result}.{}", table.what().name);
        checked += 1;
    });
    assert_eq!(checked, 4, "statistics, standing, indices, ranks");
}

#[test]
fn every_table_says_what_it_is_about() {
    let mut value: Value = serde_json::from_str(&family().to_json().unwrap()).unwrap();
    value["fiscal_year_start"] = 4.into();
    let scenario = Scenario::parse_json(&value.to_string()).unwrap();
    tables(&scenario, |result, table| {
        let json = serde_json::to_value(table).unwrap();
        assert_eq!(json["table"], table.what().name);
        assert_eq!(json["internal"], !PUBLISHED.contains(&result), "{result}");
        assert_eq!(json["rows"].as_array().unwrap().len(), table.rows());
        if !["scenario", "estimate", "expectations", "prices", "rates"].contains(&result) {
            assert_eq!((&json["fiscal_year_start"], &json["horizon_months"]), (&4.into(), &24.into()), "{result}");
            let same = json["catalogue"] == scenario.catalogue_digest();
            assert_eq!(same, !result.ends_with("diff"), "{result}: a diff is about the newer scenario");
        }
        for lang in Lang::ALL {
            assert!(!table.what().label(*lang).is_empty());
        }
    });
}

#[test]
fn json_and_csv_are_marked_as_internal() {
    let scenario = family();
    results(&scenario, |result, data| {
        let json: Value = serde_json::from_str(&data.to_json().unwrap()).unwrap();
        assert_eq!(json["internal"], !PUBLISHED.contains(&result), "{result}");
        for (lang, comma) in [(Lang::En, ","), (Lang::Fr, ";")] {
            let csv = data.to_csv(lang).unwrap();
            let mut lines = csv.trim_start_matches('\u{feff}').lines();
            let heads = lines.next().unwrap();
            if heads == format!("figure{comma}value") {
                assert!(lines.any(|line| line == format!("internal{comma}true")), "{result}");
            } else if PUBLISHED.contains(&result) {
                assert!(!heads.contains("internal"), "{heads}");
            } else {
                assert!(heads.ends_with(&format!("{comma}internal")), "{result}: {heads}");
                assert!(lines.all(|line| line.ends_with(&format!("{comma}true"))), "{result}");
            }
        }
    });
}

/// Readers of CSV read it, and a French reader finds the same figures.
#[test]
fn csv_is_read_back() {
    tables(&family(), |result, table| {
        let text = csv::table(table, Lang::En, &Watch::default()).unwrap();
        let french = csv::table(table, Lang::Fr, &Watch::default()).unwrap();
        let french = french.strip_prefix('\u{feff}').unwrap();
        let mut english = ::csv::Reader::from_reader(text.as_bytes());
        let mut french = ::csv::ReaderBuilder::new().delimiter(b';').from_reader(french.as_bytes());
        assert_eq!(english.headers().unwrap(), french.headers().unwrap());
        let rows: Vec<_> = english.records().zip(french.records()).collect();
        assert_eq!(rows.len(), table.rows(), "{result}");
        for (row, (english, french)) in rows.into_iter().enumerate() {
            let (english, french) = (english.unwrap(), french.unwrap());
            for ((column, cell), (english, french)) in
                table.columns().zip(table.row(row)).zip(english.iter().zip(&french))
            {
                assert_eq!(english, cell.to_string(), "{result} {}", column.name());
                let number = column.kind().is_number();
                assert_eq!(french, if number { english.replace('.', ",") } else { english.to_owned() });
            }
        }
    });
}

/// The whole of a caseload is in its CSV, and it adds up.
#[test]
fn the_csv_of_a_caseload_has_all_figures() {
    let scenario = family();
    let table = "reference,members,count\nHH-1,34 6,2\nHH-2,41,\n";
    let caseload = scenario.caseload(table.as_bytes(), &CaseloadOptions::default()).unwrap();
    let text = caseload.to_csv(Lang::En).unwrap();
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    assert_eq!(
        reader.headers().unwrap(),
        ["reference", "by", "key", "count", "base", "alternative", "extra", "premium", "band", "internal"].as_slice()
    );
    let mut sums: BTreeMap<String, i128> = BTreeMap::new();
    for row in reader.records() {
        let row = row.unwrap();
        let minor: i128 = row[6].replace('.', "").parse().unwrap();
        let count: i128 = if row[0].is_empty() { 1 } else { row[3].parse().unwrap() };
        let cause = matches!(&row[1], "entitlement" | "residual");
        let by = if !row[0].is_empty() {
            "households"
        } else if cause {
            "causes"
        } else {
            &row[1]
        };
        *sums.entry(by.to_owned()).or_default() += minor * count;
    }
    let extra = caseload.difference.extra.minor();
    for by in ["households", "total", "category", "fiscal_year", "fund", "causes"] {
        assert_eq!(sums[by], extra, "{by}");
    }
}

/// A ledger's own table and the one of a figure traced in it agree, entry by entry.
#[test]
fn a_traced_figure_has_the_rows_of_its_ledger() {
    let scenario = family();
    let ledger = Arc::new(scenario.ledger("temporary").unwrap());
    let category: Id = "housing".parse().unwrap();
    let selection = Selection::default().category(category.to_string());
    let traced = Traced::new(Arc::clone(&ledger), selection, &Watch::default()).unwrap();
    let all = relocost_tables::Tables::table(&ledger, "entries").unwrap().unwrap();
    let part = relocost_tables::Tables::table(&traced, "entries").unwrap().unwrap();
    let meant = (0..all.rows()).filter(|row| all.cells("category").unwrap().get(*row) == Cell::Text("housing"));
    let meant: Vec<usize> = meant.collect();
    assert_eq!(meant.len(), part.rows());
    for (row, place) in meant.into_iter().enumerate() {
        let (whole, traced): (Vec<_>, Vec<_>) = (all.row(place).collect(), part.row(row).collect());
        assert_eq!(whole[..], traced[..whole.len()]);
    }
}

/// A home at a place with its prices, a tariff by date, a tax on some lines, a deposit that comes back.
const WHOLE: &str = r#"
schema = 1
currency = "EUR"
price_base_year = 2026
start = "2026-01"
horizon_months = 6
household = { members = [{ role = "witness", age = 40 }, { age = 38 }] }
categories = ["housing", "medical"]
funds = ["budget"]
places = ["aville", "bville"]
[drivers.flat]
of = "person"
steps = [[1, "1"], [2, "1.5"]]
[rates.level.aville]
housing = "0.8"
[solutions.permanent]
label = "p"
kind = "permanent"
entitlements = []
place = "bville"
[solutions.temporary]
label = "t"
kind = "temporary"
entitlements = []
place = "aville"
[pathways.moving]
stages = [{ solution = "temporary", months = 3 }, { solution = "permanent" }]
[[lines]]
id = "rent"
category = "housing"
label = "rent"
driver = "flat"
schedule = "monthly"
amounts = { "2026-01" = "1000", "2026-04" = "1100" }
currency = "EUR"
source = "x"
[[lines]]
id = "care"
category = "medical"
label = "care"
driver = "person"
schedule = "monthly"
amount = 100
currency = "EUR"
source = "x"
[[lines]]
id = "deposit"
category = "housing"
label = "deposit"
driver = "flat"
schedule = "once"
clock = "place"
amount = 2000
currency = "EUR"
source = "x"
[[lines]]
id = "returned"
category = "housing"
label = "returned"
refund = { of = "deposit", share = "0.9" }
source = "x"
[[lines]]
id = "tax"
label = "tax"
percentage = { share = "0.13", lines = ["rent", "care"] }
source = "x"
"#;

/// The rows of a table with a text in a column, each as the texts of some columns.
fn rows_with(table: &Table, (name, text): (&str, &str), shown: &[&str]) -> Vec<Vec<String>> {
    let cells = table.cells(name).unwrap();
    let rows = (0..table.rows()).filter(|row| cells.get(*row).to_string() == text);
    rows.map(|row| shown.iter().map(|name| table.cells(name).unwrap().get(row).to_string()).collect()).collect()
}

#[test]
fn an_entry_says_place_tariff_level_and_percentage() {
    use relocost_tables::Tables as _;
    let scenario = Scenario::parse(WHOLE).unwrap();
    let ledger = Arc::new(scenario.ledger("moving").unwrap());
    let entries = ledger.table("entries").unwrap().unwrap();
    let shown = ["month", "place", "of", "share", "quantity", "unit_price", "tariff", "price_level", "amount"];
    let rents = rows_with(&entries, ("line", "rent"), &shown);
    assert_eq!(rents[2], ["2026-03", "aville", "", "", "1.5", "1000", "2026-01", "0.8", "1200.00"]);
    assert_eq!(rents[3], ["2026-04", "bville", "", "", "1.5", "1100", "2026-04", "1", "1650.00"]);
    let taxes = rows_with(&entries, ("line", "tax"), &shown);
    assert_eq!(taxes[0], ["2026-01", "aville", "rent", "0.13", "1.5", "1000", "2026-01", "0.8", "156.00"]);
    assert_eq!(taxes[1], ["2026-01", "aville", "care", "0.13", "2", "100", "", "1", "26.00"]);
    let returned = rows_with(&entries, ("line", "returned"), &shown);
    assert_eq!(returned, [["2026-03", "aville", "deposit", "0.9", "", "", "", "", "-2160.00"]]);
    let comparison = scenario.compare().unwrap();
    let places = comparison.table("pathway_places").unwrap().unwrap();
    let moving = rows_with(&places, ("pathway", "moving"), &["place", "amount"]);
    let sums = &comparison.pathways()["moving"].by_place;
    assert_eq!(moving, sums.iter().map(|(id, sum)| [id.to_string(), sum.to_string()]).collect::<Vec<_>>());
    assert_eq!(moving.len(), 2);
    let drivers = scenario.table("drivers").unwrap().unwrap();
    assert_eq!(rows_with(&drivers, ("driver", "flat"), &["counts"]), [["person"]]);
    assert_eq!(scenario.table("places").unwrap().unwrap().rows(), 2);
}

/// A percentage has an entry for each charge that it is of: those of one category are traced, and no others.
#[test]
fn the_traced_entries_of_a_percentage_are_those_of_the_figure() {
    use relocost_tables::Tables as _;
    let scenario = Scenario::parse(WHOLE).unwrap();
    let ledger = Arc::new(scenario.ledger("moving").unwrap());
    for category in ["housing", "medical"] {
        let selection = Selection::default().category(category);
        let total = ledger.explain(&selection).unwrap().total();
        let entries =
            Traced::new(Arc::clone(&ledger), selection, &Watch::default()).unwrap().table("entries").unwrap().unwrap();
        let all = rows_with(&entries, ("category", category), &["amount", "part"]);
        assert_eq!(all.len(), entries.rows(), "{category}");
        assert!(all.iter().all(|row| row[0] == row[1]), "{category}: {all:?}");
        let sum: i128 = all.iter().map(|row| row[0].replace('.', "").parse::<i128>().unwrap()).sum();
        assert_eq!(sum, total.minor(), "{category}");
    }
}

#[test]
fn explanations_name_place_tariff_level_and_percentage() {
    let scenario = Scenario::parse(WHOLE).unwrap();
    let ledger = scenario.ledger("moving").unwrap();
    let tax = Selection::default().line("tax");
    let traced = ledger.explain(&tax).unwrap();
    for (lang, words) in [
        (Lang::En, ["from 2026-01", "price level (aville)", "share of rent", "0.13"]),
        (Lang::Fr, ["à partir de 2026-01", "niveau de prix (aville)", "part de rent", "0,13"]),
    ] {
        let text = relocost_report::explanation(&traced, None, relocost_report::Style { lang, ..Default::default() });
        for word in words {
            assert!(text.contains(word), "{word} is not in\n{text}");
        }
    }
    let comparison =
        relocost_report::comparison(&scenario.compare().unwrap(), &scenario, relocost_report::Style::default());
    assert!(comparison.contains("Place (where the household is)"), "{comparison}");
}
