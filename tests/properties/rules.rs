//! Rules of the model, each as two scenarios that must cost the same.

use proptest::prelude::*;
use relocost::Scenario;

use super::shared::{cases, read, rows};

/// A family in one pathway, with room for lines.
fn one_way(head: &str, lines: &str) -> Scenario {
    read(&format!(
        r#"
        schema = 1
        currency = "EUR"
        start = "2026-02"
        horizon_months = 30
        price_base_year = 2025
        categories = ["housing", "fees"]
        funds = ["f"]
        entitlements = ["work"]
        places = ["x1"]
        [solutions.permanent]
        label = "p"
        kind = "permanent"
        entitlements = ["work"]
        place = "x1"
        {head}
        {lines}
        "#
    ))
}

fn a_line(id: &str, category: &str, rest: &str) -> String {
    format!(
        "[[lines]]\nid = {id:?}\ncategory = {category:?}\nlabel = \"x\"\nsource = \"x\"\ndriver = \"person\"\n\
         schedule = {{ every = {{ months = 2 }} }}\n{rest}\n"
    )
}

fn total(scenario: &Scenario) -> i128 {
    scenario.ledger("permanent").unwrap().total().minor()
}

const FAMILY: &str = "household = { members = [{ born = \"1984-03\" }, { born = \"2012-05\", leaves = \"2027-09\" }] }";

/// FAMILY as a table after others.
fn members() -> String {
    FAMILY.replace("household = { ", "[household]\n").replace(" }] }", " }]")
}

proptest! {
    #![proptest_config(cases(40))]

    /// A percentage equals the line that it is of, scaled and in its category.
    #[test]
    fn a_percentage_is_a_line_scaled(cents in 1..99_999_i32, thousandths in 1..3000_i32) {
        let amount = |product: i64, decimals: usize| {
            let digits = format!("{product:0>width$}", width = decimals + 1);
            let (whole, part) = digits.split_at(digits.len() - decimals);
            format!("{whole}.{part}")
        };
        let rent = a_line("rent", "housing", &format!("amount = \"{}\"\ncurrency = \"EUR\"", amount(cents.into(), 2)));
        let share = amount(thousandths.into(), 3);
        let percentage = format!("[[lines]]\nid = \"fee\"\ncategory = \"fees\"\nlabel = \"x\"\nsource = \"x\"\n\
                                  percentage = {{ share = \"{share}\" }}\n");
        let product = amount(i64::from(cents) * i64::from(thousandths), 5);
        let line = a_line("fee", "fees", &format!("amount = \"{product}\"\ncurrency = \"EUR\""));
        let [by_share, by_amount] = [&percentage, &line].map(|fee| one_way(&members(), &format!("{rent}{fee}")));
        prop_assert_eq!(rows(&by_share.ledger("permanent").unwrap()), rows(&by_amount.ledger("permanent").unwrap()));
    }

    /// Dated amounts equal one line for each tariff, valid while it holds.
    #[test]
    fn dated_amounts_are_lines_that_are_valid(first in 1..9999_i32, second in 1..9999_i32, after in 1..28_i32) {
        let month = |after: i32| format!("{:04}-{:02}", 2026 + (1 + after).div_euclid(12), (1 + after).rem_euclid(12) + 1);
        let at = month(after);
        let dated = a_line("rent", "housing", &format!(
            "amounts = {{ \"2026-01\" = {first}, \"{at}\" = {second} }}\ncurrency = \"EUR\""));
        let each = a_line("rent", "housing", &format!(
            "amount = {first}\ncurrency = \"EUR\"\nvalid = {{ until = \"{at}\" }}"))
            + &a_line("rent-2", "housing", &format!(
                "amount = {second}\ncurrency = \"EUR\"\nvalid = {{ from = \"{at}\" }}"));
        prop_assert_eq!(total(&one_way(&members(), &dated)), total(&one_way(&members(), &each)));
    }

    /// A place with a level equals the amounts scaled; equal rates of months equal that of their year.
    #[test]
    fn levels_scale_and_equal_months_are_a_year(cents in 1..99_999_i32, level in 1..300_i32) {
        let line = |amount: String, currency: &str| {
            a_line("rent", "housing", &format!("amount = \"{amount}\"\ncurrency = {currency:?}"))
        };
        let (whole, hundredths) = (format!("{}.{:02}", cents / 100, cents % 100), format!("{}.{:02}", level / 100, level % 100));
        let product = i64::from(cents) * i64::from(level);
        let scaled = format!("{}.{:04}", product / 10_000, product % 10_000);
        let at = format!("{}\n[rates.level.x1]\nhousing = \"{hundredths}\"\n", members());
        let by_level = one_way(&at, &line(whole.clone(), "EUR"));
        prop_assert_eq!(total(&by_level), total(&one_way(&members(), &line(scaled, "EUR"))));
        let year = format!("{}\n[rates.fx.USD]\ndefault = 1\n2027 = \"{hundredths}\"\n", members());
        let months: Vec<String> = (1..=12).map(|month| format!("\"2027-{month:02}\" = \"{hundredths}\"")).collect();
        let months = months.join("\n");
        let months = format!("{}\n[rates.fx.USD]\ndefault = 1\n{months}", members());
        prop_assert_eq!(total(&one_way(&year, &line(whole.clone(), "USD"))), total(&one_way(&months, &line(whole, "USD"))));
    }

    /// A refund of share 1 leaves nothing of what it is of, where its run ends before the horizon.
    #[test]
    fn a_whole_refund_leaves_nothing(cents in 1..99_999_i32, months in 1..29_u32) {
        let line = a_line("deposit", "housing", &format!("amount = \"{}.{:02}\"\ncurrency = \"EUR\"", cents / 100, cents % 100));
        let refund = "[[lines]]\nid = \"back\"\ncategory = \"housing\"\nlabel = \"x\"\nsource = \"x\"\n\
                      refund = { of = \"deposit\", share = 1 }\n";
        let way = format!("{}\n[pathways.way]\nstages = [{{ solution = \"permanent\", months = {months} }}]\n", members());
        let ledger = one_way(&way, &format!("{line}{refund}")).ledger("way").unwrap();
        prop_assert!(ledger.total().is_zero() && ledger.len() > 1);
    }
}

/// Ages of another month are the births that they mean.
#[test]
fn ages_at_another_month_are_births() {
    let line = a_line("school", "housing", "amount = 7\ncurrency = \"EUR\"").replace("\"person\"", "\"school_age\"");
    let by_age = one_way("[household]\nages_at = \"2025-05\"\nmembers = [{ age = 16 }, { age = 2 }]", &line);
    let by_birth = one_way("[household]\nmembers = [{ born = \"2009-05\" }, { born = \"2023-05\" }]", &line);
    assert!(by_age == by_birth && total(&by_age) > 0);
}
