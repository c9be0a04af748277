//! The cost of every rule of the model: a file that uses all of them beside one that does not and has the same entries.
//!
//! ```text
//! cargo bench --bench whole
//! ```
//!
//! Both files are made of the same numbers: what one says with a place's prices, drivers of its own, tariffs by date,
//! months of validity, rates by month, percentages and refunds, the other says with amounts that are worked out. Before
//! anything is measured both must give the same figures and as many entries. A missed target is reported and fails
//! nothing, since a time depends on who else uses the computer.

#![expect(clippy::expect_used, clippy::float_arithmetic, reason = "a benchmark stops loudly, and prints times")]

#[path = "comparison/sample.rs"]
mod sample;

use std::fmt::Write;

use relocost::Scenario;
use sample::{Sample, sample, time};
use serde_json::Value;

/// At most so many times as long, for as many entries.
const OVER_PLAIN: f64 = 2.0;

/// Everything is measured in so many rounds, and the best median of each counts.
const ROUNDS: usize = 4;

/// Groups of lines, each with every rule.
const GROUPS: usize = 6;

const HEAD: &str = r#"
schema = 1
currency = "EUR"
price_base_year = 2026
start = "2026-01"
horizon_months = 60
categories = ["housing", "medical", "travel"]
funds = ["budget", "host_state"]
entitlements = ["work", "residence"]
places = ["here"]
household = { members = [
  { role = "witness", born = "1984-03" }, { role = "partner", born = "1986-07" }, { role = "child", born = "2012-05" },
  { role = "child", born = "2016-11" }, { role = "child", born = "2021-02" },
] }
[profiles.earnings]
knots = [[0, "0"], [9, "0"], [24, "0.20"], [48, "0.55"]]
[rates.index.general]
default = "0.025"
[pathways.delayed]
stages = [{ solution = "temporary", months = 18 }, { solution = "permanent" }]
"#;

/// A file with so many groups of lines, which uses all rules or none of them.
fn text(whole: bool) -> String {
    let mut out = HEAD.to_owned();
    let mut put = |text: &str| out.write_str(text).expect("a string takes any text");
    let place = if whole { "place = \"here\"\n" } else { "" };
    for (name, kind, holds) in [("permanent", "permanent", "\"work\", \"residence\""), ("temporary", "temporary", "")] {
        put(&format!(
            "[solutions.{name}]\nlabel = \"x\"\nkind = \"{kind}\"\nentitlements = [{holds}]\n{place}\
             funding = {{ budget = \"0.7\", host_state = \"0.3\" }}\n"
        ));
    }
    put("[rates.fx.USD]\n");
    if whole {
        for month in 0..60 {
            put(&format!("\"{}-{:02}\" = \"0.9\"\n", 2026 + month / 12, month % 12 + 1));
        }
        put("[rates.level.here]\nhousing = \"0.5\"\n[drivers.people]\nof = \"person\"\n");
        put("steps = [[1, 1], [2, 2], [3, 3], [4, 4], [5, 5]]\n");
    } else {
        put("default = \"0.9\"\n");
    }
    for group in 0..GROUPS {
        let condition = if group % 2 == 0 { "unless = [\"residence\"]" } else { "unless = [\"work\"]" };
        let mut line = |id: &str, category: &str, rest: &str| {
            put(&format!(
                "[[lines]]\nid = \"{id}-{group}\"\ncategory = \"{category}\"\nlabel = \"x\"\nsource = \"x\"\n{rest}\n"
            ));
        };
        let monthly = |driver: &str, price: &str| {
            format!("driver = \"{driver}\"\nschedule = \"monthly\"\ncurrency = \"EUR\"\n{price}\n{condition}")
        };
        let relief = "index = \"general\"\nrelief = { profile = \"earnings\", needs = \"working_age\" }";
        let (driver, amount) = if whole { ("people", 200 + 2 * group) } else { ("person", 100 + group) };
        line("rent", "housing", &monthly(driver, &format!("amount = {amount}\n{relief}")));
        let tariff = format!("\"{}.5\"", 80 + group);
        if whole {
            let amounts =
                format!("amounts = {{ \"2026-01\" = {tariff}, \"2027-04\" = {tariff}, \"2029-04\" = {tariff} }}");
            line("care", "medical", &monthly("person", &amounts));
            line(
                "fee",
                "medical",
                &format!("percentage = {{ share = \"0.13\", lines = [\"care-{group}\"] }}\n{condition}"),
            );
        } else {
            line("care", "medical", &monthly("person", &format!("amount = {tariff}")));
            let amount = (80_500 + 1_000 * group) * 13; // of 100,000
            line(
                "fee",
                "medical",
                &monthly("person", &format!("amount = \"{}.{:05}\"", amount / 100_000, amount % 100_000)),
            );
        }
        let dollars = "driver = \"person\"\ncurrency = \"USD\"\namount = 40\nclock = \"pathway\"";
        if whole {
            let valid = "schedule = \"monthly\"\nvalid = { until = \"2028-01\" }";
            line("trips", "travel", &format!("{dollars}\n{valid}\n{condition}"));
        } else {
            line("trips", "travel", &format!("{dollars}\nschedule = {{ monthly = {{ until = 24 }} }}\n{condition}"));
        }
        let household = "driver = \"household\"\ncurrency = \"EUR\"";
        line("deposit", "travel", &format!("{household}\namount = 500\nschedule = \"once\"\n{condition}"));
        if whole {
            line("returned", "travel", &format!("refund = {{ of = \"deposit-{group}\", share = 1 }}"));
        } else {
            line("returned", "travel", &format!("{household}\namount = -500\nschedule = \"on_exit\"\n{condition}"));
        }
    }
    out
}

/// The figures that both files must have in common: everything but those about places.
fn figures(scenario: &Scenario) -> Value {
    let mut found = serde_json::to_value(scenario.compare().expect("it compares")).expect("it is JSON");
    for key in ["catalogue", "version"] {
        found[key] = Value::Null;
    }
    for figures in found["pathways"].as_object_mut().expect("a table").values_mut() {
        figures["by_place"] = Value::Null;
    }
    found
}

fn main() {
    let [plain_text, whole_text] = [false, true].map(text);
    let load = |text: &str| Scenario::parse(text).expect("it is right");
    let (plain, whole) = (load(&plain_text), load(&whole_text));
    assert_eq!(figures(&plain), figures(&whole), "both files are to say the same");
    let entries = plain.ledger("temporary").expect("a ledger").len();
    println!("Both files give the same figures, and a ledger of {entries} entries.\n");
    if !std::env::args().any(|argument| argument == "--bench") {
        return; // run as a test: nothing is timed
    }
    let round = || {
        [&plain, &whole].map(|scenario| {
            [
                sample(400, || scenario.ledger("temporary").expect("a ledger")),
                sample(400, || scenario.compare().expect("a comparison")),
            ]
        })
    };
    let better = |best: [Sample; 2], again: [Sample; 2]| [best[0].better(again[0]), best[1].better(again[1])];
    let [plain, whole] = (1..ROUNDS).fold(round(), |[plain, whole], _| {
        let [plain_again, whole_again] = round();
        [better(plain, plain_again), better(whole, whole_again)]
    });
    for (what, place) in [("ledger of one pathway", 0), ("full comparison with attribution", 1)] {
        let times = |Sample { median, low, high }| format!("{} ({} to {})", time(median), time(low), time(high));
        let ratio = whole[place].median / plain[place].median;
        let verdict = if ratio <= OVER_PLAIN { "reached" } else { "MISSED" };
        println!(
            "{what:<36} plain {}, every rule {}: {ratio:.2} times, target at most {OVER_PLAIN:.0}: {verdict}",
            times(plain[place]),
            times(whole[place])
        );
    }
}
