//! Price lists: what a list does to a catalogue, in its text and in what it costs, and what is wrong with a list.

use proptest::prelude::*;
use relocost::names::PriceStatus;
use relocost::prices::{PriceTable, PriceUpdate, UpdatedPrice};
use relocost::scenario::CatalogueText;
use relocost::syntax::{Format, Source};
use relocost::{Catalogue, Error, Loader, Scenario};

const CATALOGUE: &str = r#"# Prices of our own.
schema = 1
currency = "EUR"
price_base_year = 2025
categories = ["housing", "education"]
entitlements = ["public_schooling"]
funds = ["budget"]

[rates.index.rents]
month = 7
2025 = "0.03"
default = "0.02"
[rates.fx.CHF]
default = "1.05"

[solutions.permanent]
label = "With"
kind = "permanent"
entitlements = ["public_schooling"]
[solutions.temporary]
label = "Without"
kind = "temporary"
entitlements = []

[[lines]] # the largest
id = "rent"
category = "housing"
label = "Rent"
driver = "household"
schedule = "monthly"
amount = "1040"   # by month
currency = 'EUR'
index = "rents"
price_base_year = 2024 # older
source = "four leases"

[[lines]]
id = "fees"
category = "education"
label = "Fees"
driver = "school_age"
schedule = { calendar = { months = [9] } }
unless = ["public_schooling"]
currency = "CHF"
amounts = { "2025-09" = "4000", "2027-09" = "4200" } # by school year
source = "school; from 2027-09: letter"

[[lines]]
id = "grant"
category = "housing"
label = "Grant"
driver = "household"
schedule = "once"
amount = -200
currency = "EUR"
source = "letter"

[[lines]]
id = "repairs"
category = "housing"
label = "Repairs"
driver = "household"
event = { per_year = "1", severity = { uniform = { low = "10", high = "20" } } }
currency = "EUR"
source = "files"

[[lines]]
id = "overhead"
label = "Overhead"
percentage = { share = "0.1" }
source = "rule"

[[lines]]
id = "rent-back"
category = "housing"
label = "Back"
refund = { of = "rent", share = "0.5" }
source = "rule"
"#;

const HEADS: &str = "id,amount,currency,from,source\n";

fn catalogue() -> Catalogue {
    Catalogue::from_source(Source::toml("prices.toml", CATALOGUE)).unwrap()
}

fn update_of(catalogue: &Catalogue, list: &str) -> Result<PriceUpdate, Error> {
    catalogue.update_prices(PriceTable::new(list.as_bytes(), "list.csv")?)
}

fn update(rows: &str) -> PriceUpdate {
    update_of(&catalogue(), &format!("{HEADS}{rows}")).unwrap()
}

fn errors(rows: &str) -> Vec<String> {
    let error = update_of(&catalogue(), &format!("{HEADS}{rows}")).unwrap_err();
    error.findings().iter().map(ToString::to_string).collect()
}

/// The lines of the text that changed, old and new.
fn changed(update: &PriceUpdate) -> Vec<(String, String)> {
    let new = update.catalogue().text();
    assert_eq!(new.lines().count(), CATALOGUE.lines().count(), "{new}");
    let pairs = CATALOGUE.lines().zip(new.lines()).filter(|(old, new)| old != new);
    pairs.map(|(old, new)| (old.to_owned(), new.to_owned())).collect()
}

fn pair(old: &str, new: &str) -> (String, String) {
    (old.to_owned(), new.to_owned())
}

fn scenario(catalogue: &Catalogue, start: &str) -> Scenario {
    let text = catalogue.text().to_owned();
    let given = CatalogueText { name: "prices".to_owned(), text, format: catalogue.format() };
    let scenario = format!(
        "schema = 1\ncatalogue = \"prices\"\nstart = \"{start}\"\nhorizon_months = 40\nhousehold = {{ members = [{{ age = 40 }}, {{ age = 8 }}] }}"
    );
    Loader::new().instead_of_any(given).load(Source::toml("family", &scenario)).unwrap()
}

fn price<'u>(update: &'u PriceUpdate, line: &str) -> &'u UpdatedPrice {
    update.prices().iter().find(|price| price.line.as_str() == line).unwrap()
}

#[test]
fn an_amount_is_changed_where_it_stands_and_nothing_else_is() {
    let update = update("rent,1100.50,EUR,,leases of 2025\ngrant,-200.00,EUR,,letter of May\n");
    assert_eq!(
        changed(&update),
        [
            pair("amount = \"1040\"   # by month", "amount = \"1100.5\"   # by month"),
            pair("source = \"four leases\"", "source = \"leases of 2025\""),
            pair("amount = -200", "amount = \"-200\""),
            pair("source = \"letter\"", "source = \"letter of May\""),
        ]
    );
    let rent = price(&update, "rent");
    assert_eq!(rent.status, PriceStatus::Changed);
    assert_eq!((rent.old, rent.new), ("1040".parse().ok(), "1100.5".parse().ok()));
    assert_eq!(rent.change.map(|it| it.to_string()).as_deref(), Some("0.058173076923")); // 60.5 / 1040
    assert_eq!(rent.row, Some(2));
    assert_eq!(price(&update, "grant").status, PriceStatus::Confirmed);
    // Lines without an amount of their own are not missing.
    let missing: Vec<_> = update.of(PriceStatus::Missing).map(|price| price.line.as_str()).collect();
    assert_eq!(missing, ["fees"]);
    assert_eq!(update.currency().code(), "EUR");
}

#[test]
fn a_tariff_is_added_in_its_place_or_replaced() {
    let update = update("fees,4400,CHF,2026-09,list A\nfees,4300,CHF,2027-09,list B\n");
    assert_eq!(
        changed(&update),
        [
            pair(
                "amounts = { \"2025-09\" = \"4000\", \"2027-09\" = \"4200\" } # by school year",
                "amounts = { \"2025-09\" = \"4000\", \"2026-09\" = \"4400\", \"2027-09\" = \"4300\" } # by school year",
            ),
            pair(
                "source = \"school; from 2027-09: letter\"",
                "source = \"school; from 2027-09: list B; from 2026-09: list A\"",
            ),
        ]
    );
    let fees: Vec<_> = update
        .of(PriceStatus::Changed)
        .map(|price| (price.old, price.change.and_then(|it| it.to_percent(3))))
        .collect();
    assert_eq!(
        fees,
        [("4000".parse().ok(), Some("10.000".to_owned())), ("4200".parse().ok(), Some("2.381".to_owned()))]
    );
    // The same list again changes nothing.
    let list = format!("{HEADS}fees,4400,CHF,2026-09,list A\nfees,4300,CHF,2027-09,list B\n");
    let again = update_of(update.catalogue(), &list).unwrap();
    assert_eq!(again.catalogue().text(), update.catalogue().text());
    assert_eq!(again.of(PriceStatus::Confirmed).count(), 2);
}

#[test]
fn a_later_tariff_is_appended_behind_the_last() {
    let update = update("fees,5000,CHF,2029-09,list\n");
    let expected =
        "amounts = { \"2025-09\" = \"4000\", \"2027-09\" = \"4200\", \"2029-09\" = \"5000\" } # by school year";
    assert_eq!(changed(&update)[0].1, expected);
}

#[test]
fn a_tariff_of_a_line_with_one_amount_leaves_every_earlier_charge_as_it_was() {
    let update = update("rent,1200,EUR,2026-03,framework contract\n");
    let text = update.catalogue().text();
    let expected = "amounts = { \"2024-01\" = \"1040\", \"2026-03\" = \"1200\" }   # by month\ncurrency = 'EUR'\nindex = \"rents\"\nsource = \"four leases; from 2026-03: framework contract\"\n";
    assert!(text.contains(expected), "{text}");
    assert!(!text.contains("older"), "a tariff has no price base: {text}");
    let (old, new) = (scenario(&catalogue(), "2025-01"), scenario(update.catalogue(), "2025-01"));
    let rents = |scenario: &Scenario| {
        let ledger = scenario.ledger("permanent").unwrap();
        let entries = ledger.entries().filter(|entry| entry.line().id.as_str() == "rent");
        entries.map(|entry| entry.amount().to_string()).collect::<Vec<_>>()
    };
    let (old, new) = (rents(&old), rents(&new));
    assert_eq!(old[..14], new[..14], "2025-01 to 2026-02");
    assert_eq!(new[14], "1200.00");
    assert_eq!(old.len(), new.len());
}

#[test]
fn an_amount_and_a_tariff_of_one_line_stand_side_by_side() {
    let update = update("rent,1200,EUR,2026-03,contract\nrent,1050,EUR,,leases\n");
    let text = update.catalogue().text();
    assert!(text.contains("amounts = { \"2024-01\" = \"1050\", \"2026-03\" = \"1200\" }"), "{text}");
    assert!(text.contains("source = \"leases; from 2026-03: contract\""), "{text}");
    // A tariff from the price base itself takes the place of the amount.
    let update = self::update("rent,1200,EUR,2024-01,contract\n");
    assert!(update.catalogue().text().contains("amounts = { \"2024-01\" = \"1200\" }"));
}

#[test]
fn another_currency_comes_with_its_amount() {
    let update = update("rent,1000,CHF,,list\n");
    assert_eq!(changed(&update)[1], pair("currency = 'EUR'", "currency = \"CHF\""));
    let rent = price(&update, "rent");
    assert_eq!(rent.change, None, "amounts of two currencies have no change");
    assert_eq!(rent.old_currency.map(relocost::Currency::code), Some("EUR"));
}

#[test]
fn unknown_ids_are_reported_with_the_line_that_may_be_meant() {
    let update = update("fee,1,CHF,2027-01,list\nrents,2,EUR,,list\nrent,3,EUR,,list\n");
    let unknown: Vec<_> = update
        .of(PriceStatus::Unknown)
        .map(|it| (it.line.as_str(), it.row, it.meant.as_ref().map(relocost::Id::as_str)))
        .collect();
    // The list prices `rent`, so that another id does not mean it.
    assert_eq!(unknown, [("fee", Some(2), Some("fees")), ("rents", Some(3), None)]);
}

#[test]
fn a_long_list_of_other_articles_is_compared_with_a_long_catalogue_only_in_part() {
    let line = |place: usize| {
        format!(
            "[[lines]]\nid = \"line-{place:04}\"\ncategory = \"a\"\nlabel = \"l\"\ndriver = \"person\"\nschedule = \
             \"monthly\"\namount = \"1\"\ncurrency = \"EUR\"\nsource = \"s\"\n"
        )
    };
    let lines: String = (0..1_001).map(line).collect();
    let catalogue =
        Catalogue::parse(&format!("schema = 1\ncurrency = \"EUR\"\nprice_base_year = 2026\n{lines}")).unwrap();
    let rows: Vec<String> = (0..2_000).map(|place| format!("lime-{place:04},1,EUR,,s")).collect();
    let update = update_of(&catalogue, &format!("id,amount,currency,from,source\n{}\n", rows.join("\n"))).unwrap();
    let meant: Vec<bool> = update.of(PriceStatus::Unknown).map(|price| price.meant.is_some()).collect();
    assert_eq!((meant.len(), meant.iter().filter(|meant| **meant).count()), (2_000, 999));
    assert!(meant[..999].iter().all(|meant| *meant), "the first ones are compared");
}

#[test]
fn a_catalogue_in_json_and_lines_in_one_list_are_written_in_their_own_form() {
    let list = format!("{HEADS}rent,1200,EUR,2026-03,contract\nfees,4100,CHF,2026-09,list\ngrant,-300,EUR,,letter\n");
    let toml = update_of(&catalogue(), &list).unwrap();
    let json = Catalogue::from_source(Source::json("prices.json", &catalogue().to_json())).unwrap();
    let json = update_of(&json, &list).unwrap();
    assert_eq!(json.catalogue().format(), Format::Json);
    assert_eq!(json.catalogue().to_json(), toml.catalogue().to_json());
    assert_eq!(json.prices(), toml.prices());
    let inline = "schema = 1\nprice_base_year = 2026\ncurrency = \"EUR\"\ncategories = [\"a\"]\nlines = [\n  # one\n  { id = \"x\", category = \"a\", label = \"X\", driver = \"household\", schedule = \"once\", amount = \"5\", currency = \"EUR\", source = \"s\" },\n  { id = \"y\", inherit = true, amount = \"7\" }, # two\n]\n";
    let inline = Catalogue::parse(inline).unwrap();
    let update = update_of(&inline, &format!("{HEADS}x,6,EUR,2027-01,t\ny,8,USD,,u\n")).unwrap();
    let text = update.catalogue().text();
    let expected = "  # one\n  { id = \"x\", category = \"a\", label = \"X\", driver = \"household\", schedule = \"once\", amounts = { \"2026-01\" = \"5\", \"2027-01\" = \"6\" }, currency = \"EUR\", source = \"s; from 2027-01: t\" },\n  { id = \"y\", inherit = true, amount = \"8\", currency = \"USD\", source = \"u\" }, # two\n";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn tariffs_in_a_table_of_their_own_keep_the_form_of_their_keys() {
    let inline = "amounts = { \"2025-09\" = \"4000\", \"2027-09\" = \"4200\" } # by school year\nsource = \"school; from 2027-09: letter\"\n";
    let table = "source = \"school\"\n[lines.amounts] # by year\n2025-09 = \"4000\" # first\n2027-09 = \"4200\"\n";
    assert!(CATALOGUE.contains(inline));
    let catalogue = Catalogue::parse(&CATALOGUE.replace(inline, table)).unwrap();
    let update = update_of(&catalogue, &format!("{HEADS}fees,4100,CHF,2026-09,list\n")).unwrap();
    let expected = "source = \"school; from 2026-09: list\"\n[lines.amounts] # by year\n2025-09 = \"4000\" # first\n2026-09 = \"4100\"\n2027-09 = \"4200\"\n";
    assert!(update.catalogue().text().contains(expected), "{}", update.catalogue().text());
}

#[test]
fn everything_wrong_with_a_list_is_said_by_row_and_column() {
    let found = errors(
        "fees,4400,CHF,,list\n\
         fees,4400,EUR,2026-09,list\n\
         rent,1,EUR,,list\n\
         rent,2,EUR,,list\n\
         rent,3,EUR,2023-12,list\n\
         rent,-4,EUR,,list\n\
         grant,200,EUR,,list\n\
         repairs,5,EUR,,list\n\
         overhead,6,EUR,,list\n\
         rent-back,7,EUR,,list\n",
    );
    for expected in [
        "list.csv:2: from: missing; the line has amounts by month",
        "list.csv:3: currency: is another currency than that of the line's other tariffs",
        "list.csv:5: amount: this line has a price in row 4 already",
        "list.csv:6: from: comes before the price base of the line's amount, 2024",
        "list.csv:7: amount: this line has a price in row 4 already",
        "list.csv:8: amount: is above 0, but the line is a credit",
        "list.csv:9: amount: the line is an event",
        "list.csv:10: amount: the line is a percentage",
        "list.csv:11: amount: the line is a refund",
    ] {
        assert!(found.iter().any(|it| it.starts_with(expected)), "{expected}: {found:#?}");
    }
    assert_eq!(found.len(), 9, "{found:#?}");
    assert!(errors("rent,-4,EUR,,list\n")[0].starts_with("list.csv:2: amount: is negative, but the line is a charge"));
}

#[test]
fn cells_that_say_nothing_sure_are_named() {
    let found = errors(
        "Rent,1,EUR,,list\n,2,EUR,,list\nrent,,EUR,,list\nrent,1,euro,,list\nrent,1,EUR,1/2027,list\nrent,1,EUR,,\nrent,1234567890123456,EUR,,list\nTotal,7,,,\n",
    );
    let begins: Vec<&str> = found.iter().map(|it| it.split(':').nth(2).unwrap_or_default().trim()).collect();
    assert_eq!(
        begins,
        ["id", "id", "amount", "currency", "from", "source", "amount", "id", "currency", "source"],
        "{found:#?}"
    );
    assert!(found.iter().all(|it| !it.contains("Rent") && !it.contains("euro") && !it.contains("123456789012345")));
    let error = update_of(&catalogue(), "id,amount,curency,source\n").unwrap_err();
    assert!(error.to_string().contains("did you mean \"currency\"?"), "{error}");
    let both = "id,amount,currency,from,from month,source\nfees,1,CHF,2027-01,2027-01,list\n";
    assert!(
        update_of(&catalogue(), both).unwrap_err().to_string().contains("list.csv:2: from_month: says what the column")
    );
    let month = "id,amount,currency,from month,source\nfees,1,CHF,2027-01,list\n";
    assert_eq!(update_of(&catalogue(), month).unwrap().of(PriceStatus::Changed).count(), 1);
}

#[test]
fn a_tariff_of_a_line_without_a_source_of_its_own_is_its_source() {
    let text = "schema = 1\nprice_base_year = 2026\n[[lines]]\nid = \"x\"\ninherit = true\namount = \"5\"\ncurrency = \"EUR\"\n";
    let list = format!("{HEADS}x,6,EUR,2027-01,letter\n");
    let update = update_of(&Catalogue::parse(text).unwrap(), &list).unwrap();
    assert!(update.catalogue().text().contains("source = \"2027-01: letter\""), "{}", update.catalogue().text());
    assert_eq!(update_of(update.catalogue(), &list).unwrap().catalogue().text(), update.catalogue().text());
}

/// A workbook whose numbers and dates a spreadsheet keeps in its own way, and whose list has a column more.
#[test]
fn a_workbook_is_the_list_that_it_holds() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workbooks/prices.xlsx");
    let (name, table) = relocost_files::open_table(&file).unwrap();
    let update = Catalogue::reference().update_prices(PriceTable::new(table, &name).unwrap()).unwrap();
    let rent = price(&update, "rent");
    assert_eq!((rent.tariff, rent.new, rent.row), ("2027-01".parse().ok(), "1010.5".parse().ok(), Some(2)));
    assert_eq!(price(&update, "furniture").status, PriceStatus::Confirmed);
    assert_eq!(price(&update, "cot").status, PriceStatus::Unknown);
}

#[test]
fn a_source_may_not_grow_beyond_what_a_file_holds() {
    let long = "x".repeat(1990);
    let found = errors(&format!("fees,1,CHF,2026-09,{long}\n"));
    assert!(found[0].starts_with("list.csv:2: source: would make the line's source longer than 2000"), "{found:?}");
}

#[test]
fn rows_from_code_are_read_as_those_of_a_text() {
    let rows = [["rent", "1100", "EUR", "", "list"]];
    let table = PriceTable::of_rows(&["id", "amount", "currency", "from", "source"], rows, "list").unwrap();
    let update = catalogue().update_prices(table).unwrap();
    assert_eq!(price(&update, "rent").row, Some(1));
    assert!(update.catalogue().text().contains("\"1100\""));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever the list says of lines with one amount, the text that is written says it, keeps its comments, and says the
    /// old prices again after a list of the old prices.
    #[test]
    fn a_list_of_the_old_prices_undoes_any_list(cents in 1_u32..10_000_000, grant in 1_u32..10_000_000, fee in 1_u32..10_000_000) {
        let amount = |cents: u32| format!("{}.{:02}", cents / 100, cents % 100);
        let list = format!(
            "{HEADS}rent,{},EUR,,a\ngrant,-{},EUR,,b\nfees,{},CHF,2027-09,c\n", amount(cents), amount(grant), amount(fee)
        );
        let there = update_of(&catalogue(), &list).unwrap();
        let new = scenario(there.catalogue(), "2025-01");
        let minor = |path: &str| new.parameter(&path.parse().unwrap()).unwrap().to_string().parse::<relocost::Decimal>().unwrap();
        prop_assert_eq!(minor("lines.rent.amount"), amount(cents).parse().unwrap());
        prop_assert_eq!(minor("lines.grant.amount"), format!("-{}", amount(grant)).parse().unwrap());
        prop_assert_eq!(minor("lines.fees.amounts.2027-09"), amount(fee).parse().unwrap());
        let back = format!("{HEADS}rent,1040,EUR,,four leases\ngrant,-200,EUR,,letter\nfees,4200,CHF,2027-09,letter\n");
        let back = update_of(there.catalogue(), &back).unwrap();
        prop_assert_eq!(back.catalogue().text(), CATALOGUE.replace("amount = -200", "amount = \"-200\""));
    }
}
