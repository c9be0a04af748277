//! Payments beside the model: known changes come back exactly, parts add up, and wrong rows are named.

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::Path;

use proptest::prelude::*;
use relocost::payments::{PaymentOptions, PaymentTable, Payments, PriceEstimate, PriceEstimateOptions, Variance};
use relocost::{Amount, Code, Error, Id, Money, Month, Programme, ProgrammeOptions, Scenario, Watch};
use relocost_files::LoadOptions;

fn family() -> Scenario {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/family-of-five.toml");
    relocost_files::load(&file, &LoadOptions::default()).unwrap()
}

fn small(lines: &str) -> Scenario {
    Scenario::parse(&format!(
        r#"
        schema = 1
        currency = "EUR"
        price_base_year = 2026
        start = "2026-11"
        horizon_months = 6
        household = {{ reference = "HH-1", members = [{{ age = 40 }}, {{ age = 38 }}] }}
        categories = ["housing", "other"]
        funds = ["budget", "trust"]
        rates = {{ fx = {{ USD = {{ default = "0.90" }} }} }}
        [solutions.temporary]
        label = "t"
        kind = "temporary"
        entitlements = []
        funding = {{ budget = "0.5", trust = "0.5" }}
        {lines}"#
    ))
    .unwrap()
}

const RENT: &str = r#"
        [[lines]]
        id = "rent"
        category = "housing"
        label = "rent"
        driver = "person"
        schedule = "monthly"
        amount = "500"
        currency = "EUR"
        source = "x"
        "#;

fn paid(scenario: &Scenario, rows: &str, options: &PaymentOptions) -> Result<Payments, Error> {
    scenario.payments(PaymentTable::new(rows.as_bytes(), "paid.csv")?, options)
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn temporary() -> PaymentOptions {
    PaymentOptions::new("temporary")
}

/// Model, paid, exchange, price, volume, timing, not paid, not planned.
fn figures(variance: &Variance) -> [String; 8] {
    let Variance { model, paid, exchange, price, volume, timing, not_paid, not_planned, .. } = variance;
    [model, paid, exchange, price, volume, timing, not_paid, not_planned].map(ToString::to_string)
}

fn assert_foots(payments: &Payments) {
    let minor = |variance: &Variance| {
        let Variance { model, paid, exchange, price, volume, timing, not_paid, not_planned, .. } = variance;
        [model, paid, exchange, price, volume, timing, not_paid, not_planned].map(|money| money.minor())
    };
    let total = minor(payments.total());
    let sum = |of: Vec<[i128; 8]>| (0..8).map(|at| of.iter().map(|row| row[at]).sum()).collect::<Vec<i128>>();
    for table in [
        payments.lines().map(|line| minor(&line.variance)).collect::<Vec<_>>(),
        payments.categories().map(|(_, variance)| minor(variance)).collect(),
        payments.fiscal_years().map(|(_, variance)| minor(variance)).collect(),
        payments.funds().map(|(_, variance)| minor(variance)).collect(),
    ] {
        assert_eq!(sum(table.clone()), total);
        for row in table {
            assert_eq!(row[1] - row[0], row[2..].iter().sum::<i128>(), "the parts add up to the difference");
        }
    }
    assert_eq!(total[5], 0, "what is paid in another month is paid");
}

#[test]
fn a_quantity_splits_volume_from_price_and_a_rate_splits_exchange() {
    let scenario = small(RENT);
    let rows = "month,line,amount,currency,rate,quantity\n\
                2026-11,rent,1200,EUR,,2\n\
                2026-12,rent,1600,EUR,,3\n\
                2027-01,rent,1000,USD,0.95,\n";
    let found = paid(&scenario, rows, &temporary()).unwrap();
    // 2026-11: 1,200 for 2 instead of 1,000. 2026-12: a third person at 500, and 100 more. 2027-01: 950, of which 50 by rate.
    let expected = ["3000.00", "3750.00", "50.00", "200.00", "500.00", "0.00", "0.00", "0.00"];
    assert_eq!(figures(found.total()), expected);
    assert_eq!(found.months().1.to_string(), "2027-01");
    assert_eq!((found.rest().to_string(), found.forecast().to_string()), ("3000.00".into(), "6750.00".into()));
    assert_foots(&found);
    let halves: Vec<_> = found.funds().map(|(id, variance)| (id.as_str(), variance.paid.to_string())).collect();
    assert_eq!(halves, [("budget", "1875.00".to_owned()), ("trust", "1875.00".to_owned())]);
}

#[test]
fn payments_near_in_time_are_timing_and_the_rest_is_not_paid_or_not_planned() {
    let scenario = small(
        r#"
        [[lines]]
        id = "fee"
        category = "other"
        label = "fee"
        driver = "household"
        schedule = { every = { months = 4 } }
        amount = "100"
        currency = "EUR"
        source = "x"
        "#,
    );
    // Charged in 2026-11 and 2027-03; paid in 2027-01, and once more in 2027-02, which is near the second charge.
    let rows = "month,line,category,amount,currency\n2027-01,fee,,110,EUR\n2027-02,,housing,30,EUR\n";
    let found = paid(&scenario, rows, &temporary().until(month("2027-03"))).unwrap();
    let expected = ["200.00", "140.00", "0.00", "10.00", "0.00", "0.00", "-100.00", "30.00"];
    assert_eq!(figures(found.total()), expected);
    let years: Vec<_> = found.fiscal_years().map(|(year, variance)| (year, variance.timing.to_string())).collect();
    assert_eq!(years, [(2026, "-100.00".to_owned()), (2027, "100.00".to_owned())]);
    assert_foots(&found);
    let near = paid(&scenario, rows, &temporary().until(month("2027-03")).window(1)).unwrap();
    let expected = ["200.00", "140.00", "0.00", "0.00", "0.00", "0.00", "-200.00", "140.00"];
    assert_eq!(figures(near.total()), expected);
    assert_foots(&near);
}

#[test]
fn a_credit_note_is_a_payment_and_other_columns_are_not_read() {
    let rows = "month;line;amount;currency;remark;iban\n2026-11;rent;1100,00;EUR;x;y\n2026-11;rent;-100,00;EUR;x;y\n";
    let found = paid(&small(RENT), rows, &temporary()).unwrap();
    assert_eq!(figures(found.total())[..2], ["1000.00", "1000.00"]);
}

#[test]
fn wrong_rows_are_named_with_their_column_and_nothing_of_their_text() {
    let rows = [
        ("2026-11,secret,,1,EUR,,,", "line: expected the id of a line"),
        ("2026-11,,secret,1,EUR,,,", "category: expected the id of a category"),
        ("2026-11,,,1,EUR,,,", "line: expected a line, or a category"),
        ("2025-11,rent,,1,EUR,,,", "month: expected a month within the horizon"),
        ("2027-05,rent,,1,EUR,,,", "month: expected a month within the horizon"),
        ("secret,rent,,1,EUR,,,", "month: expected a month such as"),
        (",,,1500,,,,", "month: expected a month such as 2026-03; leave out rows of totals"),
        ("2026-11,rent,,secret,EUR,,,", "amount: "),
        ("2026-11,rent,,,EUR,,,", "amount: expected an amount"),
        ("2026-11,rent,,1,CHF,,,", "currency: has no exchange rate"),
        ("2026-11,rent,,1,XXQ,,,", "currency: expected a currency's code"),
        ("2026-11,rent,,1,EUR,1.1,,", "rate: expected no rate"),
        ("2026-11,rent,,1,USD,0,,", "rate: expected a number above 0"),
        ("2026-11,rent,,1,EUR,,0,", "quantity: expected a number above 0"),
        ("2026-11,rent,other,1,EUR,,,", "category: is not the category of this line"),
        ("2026-11,rent,,1,EUR,,,SECRET-2", "reference: is of another household"),
    ];
    let scenario = small(RENT);
    for (row, expected) in rows {
        let text = format!("month,line,category,amount,currency,rate,quantity,reference\n{row}\n");
        let error = paid(&scenario, &text, &temporary()).unwrap_err().to_string();
        assert!(error.starts_with(&format!("paid.csv:2: {expected}")), "{row}: {error}");
        assert!(!error.to_lowercase().contains("secret"), "{row}: {error}");
    }
    let misspelt = "month,line,amount,currency,quantty\n";
    let error = paid(&scenario, misspelt, &temporary()).unwrap_err().to_string();
    assert!(error.contains("did you mean \"quantity\"?"), "{error}");
    let before = temporary().from(month("2026-12"));
    let error = paid(&scenario, "month,line,amount,currency\n2026-11,rent,1,EUR\n", &before).unwrap_err().to_string();
    assert!(error.contains("month"), "{error}");
    for (options, key) in [
        (temporary().from(month("2026-10")), "from"),
        (temporary().until(month("2027-05")), "until"),
        (temporary().from(month("2027-01")).until(month("2026-12")), "until"),
    ] {
        let error = paid(&scenario, "month,line,amount,currency\n", &options).unwrap_err().to_string();
        assert!(error.contains(key), "{error}");
    }
    assert!(paid(&scenario, "month,line,amount,currency\n", &PaymentOptions::new("nowhere")).is_err());
}

const MONTHS_OF_RENT: [&str; 9] =
    ["2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"];

/// Nine months of the short let at these amounts, beside the family's temporary pathway.
fn of_rents(amounts: &[&str]) -> Payments {
    let rows = MONTHS_OF_RENT.iter().zip(amounts).map(|(month, amount)| format!("{month},short-let,{amount},EUR\n"));
    paid(&family(), &format!("month,line,amount,currency\n{}", rows.collect::<String>()), &temporary()).unwrap()
}

fn estimate_of(payments: &Payments, line: &str) -> PriceEstimate {
    let estimates = payments.estimate(&PriceEstimateOptions::default()).unwrap();
    estimates.prices.into_iter().find(|price| price.line.as_str() == line).unwrap()
}

#[test]
fn prices_that_payments_imply_are_exact() {
    // The short let costs 1,250 a month for a household, in its prices of 2026.
    let paid = of_rents(&["1300", "1250", "1210", "1250", "1250", "1250", "1250", "1250", "1340"]);
    let found = estimate_of(&paid, "short-let");
    let text = |amount: Amount| amount.to_string();
    assert_eq!((found.count, text(found.catalogue)), (9, "1250".to_owned()));
    assert_eq!(
        [found.mean, found.median, found.least, found.most].map(text),
        ["1261.111111111111", "1250", "1210", "1340"]
    );
    // The squares of the deviations add up to 11,088.888...; an eighth of it has the root 37.23...
    assert!(text(found.sd.unwrap()).starts_with("37.2305"), "{found:?}");
    assert_eq!((text(found.amount), found.lognormal_sd.map(text)), ("1261.11".to_owned(), Some("37.23".to_owned())));
    assert_eq!((text(found.weight), found.source.as_str()), ("1".to_owned(), "payments 2026-03 to 2026-11, 9"));

    let few = estimate_of(&of_rents(&["1450", "1350"]), "short-let");
    // Two of six parts payments, four of six the catalogue: 1,400 / 3 + 2 × 1,250 / 3.
    assert_eq!((text(few.amount), text(few.weight)), ("1300".to_owned(), "0.333333333333".to_owned()));
    assert_eq!((few.lognormal_sd, few.event), (None, None));
    let other = of_rents(&["1450", "1350"]).estimate(&PriceEstimateOptions::default().credibility(0)).unwrap();
    assert_eq!(text(other.prices[0].amount), "1400");
}

/// An event line: how often, by the payments, and how dear, by their sizes.
#[test]
fn events_have_a_rate_and_a_size() {
    let scenario = small(
        r#"
        [[lines]]
        id = "stay"
        category = "other"
        label = "stay"
        driver = "person"
        event = { per_year = "0.5", severity = { lognormal = { mean = "1000", sd = "100" } } }
        currency = "EUR"
        source = "x"
        "#,
    );
    // Two persons for six months are a year; the catalogue has half an event in it, of 1,000.
    let rows = "month,line,amount,currency\n2026-11,stay,800,EUR\n2027-02,stay,1300,EUR\n2027-02,stay,900,EUR\n";
    let found = paid(&scenario, rows, &temporary().until(month("2027-04"))).unwrap();
    let found = estimate_of(&found, "stay");
    let text = |amount: Amount| amount.to_string();
    let event = found.event.unwrap();
    assert_eq!((found.count, text(event.events), text(event.years)), (3, "3".to_owned(), "1".to_owned()));
    assert_eq!((text(found.mean), text(found.catalogue)), ("1000".to_owned(), "1000".to_owned()));
    // Three of seven parts: 3 × 3/7 + 0.5 × 4/7.
    assert_eq!(text(event.per_year), "1.5714");
}

#[test]
fn a_credit_is_no_event_and_makes_those_of_its_month_smaller() {
    let scenario = small(
        r#"
        [[lines]]
        id = "stay"
        category = "other"
        label = "stay"
        driver = "household"
        event = { per_year = "1", severity = { gamma = { mean = "1000", sd = "500" } } }
        currency = "EUR"
        source = "x"
        "#,
    );
    let of = |rows: &str| {
        let rows = format!("month,line,amount,currency\n{rows}");
        let found = paid(&scenario, &rows, &temporary().until(month("2027-04"))).unwrap();
        let estimates = found.estimate(&PriceEstimateOptions::default()).unwrap();
        let stay = estimates.prices.into_iter().find(|price| price.line.as_str() == "stay")?;
        Some((stay.count, stay.mean.to_string(), stay.least.to_string()))
    };
    // Invoiced and taken back, or taken back alone: nothing happened that has a price.
    assert_eq!(of("2026-11,stay,900,EUR\n2026-11,stay,-900,EUR\n"), None);
    assert_eq!(of("2026-11,stay,-900,EUR\n2026-12,stay,-9000,EUR\n"), None);
    // Two invoices of 1,000 in all, of which 250 came back; and one in another month.
    let rows = "2026-11,stay,600,EUR\n2026-11,stay,-250,EUR\n2026-11,stay,400,EUR\n2027-01,stay,450,EUR\n";
    assert_eq!(of(rows), Some((3, "400".to_owned(), "300".to_owned())));
}

#[test]
fn of_dated_amounts_those_of_the_tariff_paid_last_count() {
    let scenario = small(
        r#"
        [[lines]]
        id = "rent"
        category = "housing"
        label = "rent"
        driver = "household"
        schedule = { dates = { months = ["2026-11", "2027-03"] } }
        amounts = { 2026-11 = "100", 2027-01 = "200" }
        currency = "EUR"
        source = "x"
        "#,
    );
    // The first is paid in its month, or a month late.
    for first in ["2026-11", "2026-12"] {
        let rows = format!("month,line,amount,currency\n{first},rent,110,EUR\n2027-03,rent,220,EUR\n");
        let found = estimate_of(&paid(&scenario, &rows, &temporary()).unwrap(), "rent");
        let text = |amount: Amount| amount.to_string();
        assert_eq!((found.tariff, found.count, text(found.mean)), (Some(month("2027-01")), 1, "220".to_owned()));
        assert_eq!(text(found.amount), "204", "a fifth of 220, four fifths of 200");
    }
}

#[test]
fn a_fund_to_which_nothing_is_allotted_has_no_row() {
    let scenario = small(
        r#"
        [[lines]]
        id = "fee"
        category = "other"
        label = "fee"
        driver = "household"
        schedule = { once = { at = 0 } }
        amount = "0.004"
        currency = "EUR"
        source = "x"
        "#,
    );
    let found = paid(&scenario, "month,line,amount,currency\n2026-11,fee,0.01,EUR\n", &temporary()).unwrap();
    assert_eq!(found.funds().map(|(fund, _)| fund.to_string()).collect::<Vec<_>>(), ["budget"]);
    assert_eq!(figures(found.total())[7], "0.01", "what rounds to nothing is not planned");
}

/// Events in a catalogue that is there get the new rate and cost, in place; few sizes leave the law of the cost as it was, and
/// move its mean.
#[test]
fn events_of_a_catalogue_are_changed_in_place() {
    const STAY: &str = r#"
        # remarks stay
        [[lines]]
        id = "stay"
        category = "other"
        label = "stay"
        driver = "person"
        event = { per_year = "0.5", severity = { gamma = { mean = "1000", sd = "600" } } } # and here
        currency = "EUR"
        source = "x"
        "#;
    let catalogue =
        relocost::Catalogue::parse(&format!("schema = 1\ncurrency = \"EUR\"\nprice_base_year = 2026\n{STAY}")).unwrap();
    let edited = |sizes: &[u32]| {
        let rows = sizes.iter().map(|size| format!("2027-02,stay,{size},EUR"));
        let head = "month,line,amount,currency".to_owned();
        let rows: Vec<String> = std::iter::once(head).chain(rows).collect();
        let rows = rows.join("\n");
        let paid = paid(&small(STAY), &rows, &temporary().until(month("2027-04"))).unwrap();
        let estimates = paid.estimate(&PriceEstimateOptions::default()).unwrap();
        let text = catalogue.with_estimates(&estimates).unwrap().text().to_owned();
        assert!(text.contains("# remarks stay") && text.contains(" # and here"), "{text}");
        // What lies over the catalogue says the same.
        let event = text.lines().find(|line| line.contains("event = ")).unwrap().split(" #").next().unwrap();
        assert!(estimates.to_catalogue().contains(event.trim()), "{text}");
        event.trim().to_owned()
    };
    // Z = 2/6: 900 and a third of the way from 0.5 to 2 a year.
    let event = "event = { per_year = \"1\", severity = { gamma = { mean = \"900\", sd = \"540\" } } }";
    assert_eq!(edited(&[600, 800]), event);
    let event = "event = { per_year = \"8\", severity = { lognormal = { mean = \"450\", sd = \"244.95\" } } }";
    assert_eq!(edited(&[100, 200, 300, 400, 500, 600, 700, 800]), event);
    let event = "event = { per_year = \"8\", severity = { empirical = { values = [\"300\"] } } }";
    assert_eq!(edited(&[300; 8]), event);
}

/// A catalogue of estimates lies over the one that was paid for, and gives its lines the new amounts.
#[test]
fn estimates_are_a_catalogue_over_the_old_one() {
    let paid = of_rents(&["1300", "1250", "1210", "1250", "1250", "1250", "1250", "1250", "1340"]);
    let estimates = paid.estimate(&PriceEstimateOptions::default()).unwrap();
    let folder = std::env::temp_dir().join(format!("relocost-estimates-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let old = std::fs::read_to_string(home.join("reference-catalogue.toml")).unwrap();
    std::fs::write(folder.join("reference-catalogue.toml"), &old).unwrap();
    std::fs::write(folder.join("estimated.toml"), estimates.to_catalogue()).unwrap();
    let text = std::fs::read_to_string(home.join("family-of-five.toml")).unwrap();
    let over = "catalogue = [\"reference-catalogue.toml\", \"estimated.toml\"]";
    let text = text.replace("catalogue = \"reference-catalogue.toml\"", over);
    std::fs::write(folder.join("family.toml"), text).unwrap();
    let loaded = relocost_files::load(&folder.join("family.toml"), &LoadOptions::default());
    std::fs::remove_dir_all(&folder).unwrap();
    let (loaded, before) = (loaded.unwrap(), family());
    assert_eq!(loaded.parameter(&"lines.short-let.amount".parse().unwrap()).unwrap().to_string(), "1261.11");
    let [new, old] = [&loaded, &before].map(|scenario| scenario.lines()["short-let"].clone());
    assert_eq!(new.source.as_str(), "payments 2026-03 to 2026-11, 9");
    let [new, old] = [new, old].map(|line| line.priced().unwrap().price_base_year);
    assert_eq!(new, old);

    let catalogue = relocost::Catalogue::parse(&old_with_comment()).unwrap();
    let edited = catalogue.with_estimates(&estimates).unwrap();
    assert!(edited.text().contains("# stays") && edited.text().contains("payments 2026-03 to 2026-11, 9"));
    assert!(edited.text().contains("amount = \"1261.11\""));
}

/// The golden catalogue with a remark in it.
fn old_with_comment() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/reference-catalogue.toml");
    std::fs::read_to_string(file).unwrap().replace("id = \"short-let\"", "id = \"short-let\" # stays")
}

/// The model's side of a programme is what it costs as planned, in every table; what is paid beside it comes back.
#[test]
fn payments_of_a_programme_are_beside_its_planned_costs() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let random = |number: u32| home.join(format!("tests/programmes/random-{number:02}/programme.toml"));
    let load = |path: &Path| relocost_files::load_programme(path, &LoadOptions::default()).unwrap();
    let mut programmes: Vec<Programme> = (1..=5).map(|number| load(&random(number))).collect();
    programmes.push(support::programme(&family(), "A"));
    for programme in &programmes {
        let run = programme.run_with(&ProgrammeOptions::default().values(false)).unwrap();
        let planned = &run.lines["as_planned"];
        let pay = |rows: &str, options: &PaymentOptions| {
            programme.payments(PaymentTable::new(rows.as_bytes(), "paid.csv").unwrap(), options)
        };
        let heads = "month,line,category,amount,currency,reference\n";
        let last = programme.until().plus(-1);
        let found = pay(heads, &PaymentOptions::default().until(last)).unwrap();
        assert_foots(&found);
        assert_eq!((found.total().model, found.rest().minor()), (planned.total, 0));
        let category = |(id, variance): (&Id, &Variance)| (id.clone(), variance.model);
        for (found, planned) in [
            (found.categories().map(category).collect::<BTreeMap<_, _>>(), &planned.by_category),
            (found.funds().map(category).collect(), &planned.by_fund),
        ] {
            let planned =
                planned.iter().map(|(id, money)| (id.clone(), *money)).filter(|(_, money)| money.minor() != 0);
            let found: BTreeMap<_, _> = found.into_iter().filter(|(_, money)| money.minor() != 0).collect();
            assert_eq!(found, planned.collect());
        }
        let years: BTreeMap<i32, _> = found.fiscal_years().map(|(year, variance)| (year, variance.model)).collect();
        assert!(years.iter().all(|(year, model)| planned.by_fiscal_year.get(year) == Some(model)));

        // A month is paid as it stands but for a cent on each line, and another household's bill of no line.
        let first = programme.start();
        let month = pay(heads, &PaymentOptions::default().until(first)).unwrap();
        assert_eq!(month.rest().minor(), planned.total.minor() - month.total().model.minor());
        let mut rows = heads.to_owned();
        for (place, line) in month.lines().enumerate() {
            let minor = line.variance.model.minor() + 1;
            let amount = Money::from_minor(minor, programme.currency()).unwrap();
            let id = line.line.as_ref().unwrap();
            writeln!(rows, "{first},{id},{},{amount},{},HH-{place}", line.category, programme.currency()).unwrap();
        }
        let lines = month.lines().len();
        let paid = pay(&rows, &PaymentOptions::default()).unwrap();
        assert_foots(&paid);
        assert_eq!(paid.total().price.minor(), i128::try_from(lines).unwrap());
        assert_eq!(paid.total().difference, paid.total().price);
        assert_eq!(paid.forecast().minor(), planned.total.minor() + i128::try_from(lines).unwrap());
        assert!(pay(heads, &temporary()).unwrap_err().to_string().contains("pathway"));
        let after = format!("{heads}{},,housing,1,{},\n", programme.until(), programme.currency());
        assert!(pay(&after, &PaymentOptions::default()).is_err(), "after the programme");
    }
}

/// A fund that has no part in a line has none in what differs there, though it pays most of the category.
/// A programme of one year, in which a case arrives in its last months.
fn late(rest: &str) -> Programme {
    let text = format!(
        r#"
        schema = 1
        currency = "EUR"
        price_base_year = 2026
        categories = ["c"]
        funds = ["f"]
        rates = {{ fx = {{ USD = {{ 2026 = "0.9" }} }} }}
        cases = [{{ id = "k", arrives = "2026-11", members = [{{ age = 40 }}], pathway = "permanent" }}]
        programme = {{ first_fiscal_year = 2026, fiscal_years = 1{rest} }}
        [solutions]
        permanent = {{ label = "p", kind = "permanent", entitlements = [] }}
        temporary = {{ label = "t", kind = "temporary", entitlements = [] }}
        [[lines]]
        id = "fee"
        category = "c"
        label = "Fee"
        driver = "household"
        schedule = {{ monthly = {{ from = 2 }} }}
        amount = "10"
        currency = "USD"
        source = "x"
        "#
    );
    Programme::parse(&text).unwrap()
}

#[test]
fn charges_after_a_programme_need_no_rates() {
    // Its first charge falls in the month after the programme, whose rate is not given.
    let programme = late("");
    let rows = "month,category,amount,currency\n2026-11,c,5,EUR\n";
    let found = programme.payments(PaymentTable::new(rows.as_bytes(), "paid.csv").unwrap(), &PaymentOptions::default());
    assert_eq!(figures(found.unwrap().total())[7], "5.00");
    assert_eq!(programme.planned_charges().unwrap().iter().count(), 0);
    assert_eq!(programme.postings().unwrap().model().minor(), 0);
    assert_eq!(programme.microdata().unwrap().records().len(), 1);
}

#[test]
fn a_programmes_own_line_that_rounds_to_nothing_is_not_planned() {
    let line = r#"{ id = "own", category = "c", label = "Own", driver = { count = "programme" },
        schedule = { once = { at = 0 } }, amount = "0.004", currency = "EUR", source = "x" }"#;
    let programme = late(&format!(", lines = [{line}]"));
    let rows = "month,line,amount,currency\n2026-01,own,5,EUR\n";
    let found = programme.payments(PaymentTable::new(rows.as_bytes(), "paid.csv").unwrap(), &PaymentOptions::default());
    let found = found.unwrap();
    assert_eq!(
        figures(found.total())[3..].iter().map(String::as_str).collect::<Vec<_>>(),
        ["0.00", "0.00", "0.00", "0.00", "5.00"]
    );
}

#[test]
fn funds_of_a_programme_are_those_of_the_line() {
    let programme = Programme::parse(
        r#"
        schema = 1
        catalogue = "reference"
        programme = { first_fiscal_year = 2026, fiscal_years = 1 }
        cases = [
            { members = [{ age = 34 }], arrives = "2026-01" },
            { members = [{ age = 34 }], arrives = "2026-01", placed = { solution = "permanent", moves = "2026-01" }, count = 9 },
        ]
        [solutions.permanent]
        label = "p"
        kind = "permanent"
        entitlements = ["long_term_housing"]
        funding = { special_fund_for_relocations = "1" }
        [solutions.temporary]
        label = "t"
        kind = "temporary"
        entitlements = []
        funding = { regular_budget = "1" }
        "#,
    )
    .unwrap();
    let pay = |rows: &str| {
        let rows = format!("month,line,category,amount,currency\n{rows}");
        let table = PaymentTable::new(rows.as_bytes(), "paid.csv").unwrap();
        let paid = programme.payments(table, &PaymentOptions::default()).unwrap();
        assert_foots(&paid);
        let price = |id: &str| {
            let found = paid.funds().find(|(fund, _)| fund.as_str() == id).map(|(_, variance)| variance);
            found.map_or(0, |variance| variance.price.minor() + variance.not_planned.minor())
        };
        (price("regular_budget"), price("special_fund_for_relocations"), paid.total().price.minor())
    };
    let (regular, special, whole) = pay("2026-02,short-let,,5000,EUR\n");
    assert_eq!((regular, special), (whole, 0));
    assert!(whole > 0);
    let (regular, special, whole) = pay("2026-02,rent,,50000,EUR\n");
    assert_eq!((regular, special), (0, whole));
    // A payment without a line is divided as the category is.
    let (regular, special, _) = pay("2026-02,,housing,1000,EUR\n");
    assert!(regular > 0 && special > regular && regular + special == 100_000, "{regular} {special}");
}

/// A watch hears of payments and of cases, and stops the reading anywhere.
#[test]
fn a_watch_follows_payments_and_can_stop_them() {
    let (scenario, programme) = (family(), support::programme(&family(), "A"));
    let rows = format!("month,category,amount,currency\n{}", "2026-03,housing,1,EUR\n".repeat(50));
    let table = || PaymentTable::new(rows.as_bytes(), "paid.csv").unwrap();
    let told = std::cell::RefCell::new(Vec::new());
    let watch = Watch::new(|progress| {
        told.borrow_mut().push(progress.done);
        ControlFlow::Continue(())
    });
    let options = PaymentOptions::default();
    let watched = scenario.watched(&watch).payments(table(), &temporary()).unwrap();
    assert_eq!(watched, scenario.payments(table(), &temporary()).unwrap());
    assert_eq!(told.borrow().last(), Some(&50));
    assert!(told.take().is_sorted());
    let watched = programme.watched(&watch).payments(table(), &options).unwrap();
    assert_eq!(watched, programme.payments(table(), &options).unwrap());
    let calls = told.take();
    assert!(calls.is_sorted() && calls.last() >= Some(&50));

    for stop in (0..calls.len()).step_by(1 + calls.len() / 20) {
        let left = std::cell::Cell::new(stop);
        let watch = Watch::new(|_| match left.get().checked_sub(1) {
            Some(fewer) => {
                left.set(fewer);
                ControlFlow::Continue(())
            }
            None => ControlFlow::Break(()),
        });
        let stopped = programme.watched(&watch).payments(table(), &options).unwrap_err();
        assert_eq!(stopped.code(), Code::Interrupted);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// A ledger is paid as it stands but for known changes, and these come back to the cent.
    #[test]
    fn known_changes_come_back(
        changes in proptest::collection::vec(0..5_u8, 200..400),
        cents in proptest::collection::vec(-50_000..50_000_i64, 200..400),
        from_category in -100_000..100_000_i64,
    ) {
        let scenario = family();
        let ledger = scenario.ledger("temporary").unwrap();
        let mut cells: BTreeMap<(String, u32), (Month, i128)> = BTreeMap::new();
        for entry in ledger.entries() {
            let cell = cells.entry((entry.line().id.to_string(), entry.month_index())).or_insert((entry.month(), 0));
            cell.1 += entry.amount().minor();
        }
        let mut rows = "month,line,category,amount,currency\n".to_owned();
        let [mut price, mut not_paid, mut paid_in_all] = [0_i128; 3];
        let decimal = |minor: i128| format!("{}{}.{:02}", if minor < 0 { "-" } else { "" }, minor.abs() / 100, minor.abs() % 100);
        for (((line, _), (month, minor)), (change, cents)) in
            cells.iter().zip(changes.iter().cycle().zip(cents.iter().cycle()))
        {
            match change {
                0 => not_paid -= minor,
                1 => {
                    // In two payments, one of which may be a credit note.
                    price += i128::from(*cents);
                    paid_in_all += minor + i128::from(*cents);
                    writeln!(rows, "{month},{line},,{},EUR", decimal(*minor)).unwrap();
                    writeln!(rows, "{month},{line},,{},EUR", decimal(i128::from(*cents))).unwrap();
                }
                _ => {
                    paid_in_all += minor;
                    writeln!(rows, "{month},{line},,{},EUR", decimal(*minor)).unwrap();
                }
            }
        }
        writeln!(rows, "{},,housing,{},EUR", scenario.start(), decimal(from_category.into())).unwrap();
        let until = ledger.entries().last().unwrap().month();
        let found = paid(&scenario, &rows, &temporary().until(until)).unwrap();
        assert_foots(&found);
        let total = found.total();
        prop_assert_eq!(total.model, ledger.total());
        prop_assert_eq!(total.paid.minor(), paid_in_all + i128::from(from_category));
        prop_assert_eq!(total.price.minor(), price);
        prop_assert_eq!(total.not_paid.minor(), not_paid);
        prop_assert_eq!(total.not_planned.minor(), i128::from(from_category));
        prop_assert_eq!((total.exchange.minor(), total.volume.minor(), found.rest().minor()), (0, 0, 0));
    }

    /// Payments of a ledger with other prices imply these prices, to what a cent is of a unit; where nothing is rounded,
    /// exactly.
    #[test]
    fn prices_of_a_ledger_come_back(cents in 50_000..300_000_i64, subsistence in 10_000..90_000_i64) {
        let amount = |cents: i64| format!("{}.{:02}", cents / 100, cents % 100);
        let scenario = family();
        let set = |line: &str, cents: i64| {
            (format!("lines.{line}.amount").parse().unwrap(), amount(cents).parse().unwrap())
        };
        let other = scenario.with(&[set("short-let", cents), set("subsistence", subsistence)]).unwrap();
        let ledger = other.ledger("temporary").unwrap();
        let mut rows = "month,line,amount,currency\n".to_owned();
        for entry in ledger.entries().filter(|entry| entry.month_index() < 12) {
            writeln!(rows, "{},{},{},EUR", entry.month(), entry.line().id, entry.amount()).unwrap();
        }
        let found = paid(&scenario, &rows, &temporary()).unwrap();
        for (line, cents) in [("short-let", cents), ("subsistence", subsistence)] {
            let found = estimate_of(&found, line);
            prop_assert_eq!(found.amount.to_decimal(), amount(cents).parse().unwrap());
            let first = ledger.entries().find(|entry| entry.line().id.as_str() == line).unwrap();
            prop_assert!(first.unrounded().is_written_exactly());
            let half_a_cent = "0.005".parse::<Amount>().unwrap().to_decimal();
            for bound in [found.least, found.most] {
                let off = (bound.to_decimal() - found.amount.to_decimal()).abs();
                prop_assert!(off < half_a_cent, "{line}: {bound}");
            }
        }
    }

    /// A charge paid within the window is paired with it, whatever its price; beyond it is not.
    #[test]
    fn shifts_within_the_window_are_timing(shift in 1..5_u32, window in 0..5_u32, cents in -5_000..5_000_i64) {
        let line = RENT.replace("\"monthly\"", "{ once = { at = 0 } }");
        let scenario = small(&line);
        let month = scenario.start().plus(i32::try_from(shift).unwrap());
        let amount = 100_000 + cents;
        let rows = format!("month,line,amount,currency\n{month},rent,{}.{:02},EUR\n", amount / 100, amount % 100);
        let found = paid(&scenario, &rows, &temporary().window(window)).unwrap();
        assert_foots(&found);
        let total = found.total();
        if shift <= window {
            prop_assert_eq!((total.price.minor(), total.not_paid.minor()), (cents.into(), 0));
        } else {
            prop_assert_eq!((total.price.minor(), total.not_paid.minor()), (0, -100_000));
            prop_assert_eq!(total.not_planned.minor(), i128::from(amount));
        }
    }
}
