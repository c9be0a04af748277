//! Payments beside the model: known changes come back exactly, parts add up, and wrong rows are named.

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;
use relocost::payments::{PaymentOptions, PaymentTable, Payments, Variance};
use relocost::{Error, Id, Money, Month, Programme, ProgrammeOptions, Scenario};
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
