//! Would the plan have held? For each start year since 2000 of which five years are known, a plan is made from what was
//! known before it, and held against what really happened to rent, medical care, school fees and the dollar.
//!
//! ```text
//! cargo run --release --example back_test
//! ```
//!
//! The plan's rule is the same in every year. Prices are expected to rise as in the ten years before. How far that can be
//! out is what the rule would have been out by earlier: the root mean square of the mean increase of five years less that
//! of the ten before them, over all such stretches since 1979. The dollar is expected to stay where it was on average in
//! the year before; its spread is that of a random walk with the daily changes seen so far (an average of five years
//! less that of the year before has twice the variance of one year's change).
//!
//! Prices are the consumer price indices of the United States (U.S. Bureau of Labor Statistics), rates those of the
//! European Central Bank: see `examples/data/README.md`.

#![expect(clippy::float_arithmetic, reason = "spreads are estimated, and draws are binary floating point")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use relocost::names::Sampling;
use relocost::simulation::Statistics;
use relocost::{Scenario, SimulateOptions};

/// The lines of the plan: id, index and its item in the price statistics.
const INDEXED: [(&str, &str); 3] = [
    ("rent", "Rent of primary residence"),
    ("medical", "Medical care"),
    ("school", "Elementary and high school tuition and fees"),
];
/// The years of a plan.
const YEARS: i32 = 5;
/// The years whose mean increase a plan goes on with.
const BEFORE: i32 = 10;
const FIRST_PLAN: i32 = 2000;
const LAST_KNOWN: i32 = 2025;

/// What happened: by item, the increase of each year; the euros for a dollar, on average and by day, of each year.
struct History {
    increases: BTreeMap<&'static str, BTreeMap<i32, f64>>,
    dollar: BTreeMap<i32, Vec<f64>>,
}

impl History {
    fn read(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let mut index: BTreeMap<(String, i32), f64> = BTreeMap::new();
        for row in csv::Reader::from_path(folder.join("us-cpi-annual.csv"))?.deserialize() {
            let (_, item, year, value): (String, String, i32, f64) = row?;
            index.insert((item, year), value);
        }
        let of = |item: &str| -> BTreeMap<i32, f64> {
            let value = |year: i32| index.get(&(item.to_owned(), year));
            let growth = |year: i32| Some((year, value(year)? / value(year - 1)? - 1.0));
            (1979..=LAST_KNOWN).filter_map(growth).collect()
        };
        let mut dollar: BTreeMap<i32, Vec<f64>> = BTreeMap::new();
        for row in csv::Reader::from_path(folder.join("eurofxref-hist.csv"))?.records() {
            let row = row?;
            let (day, dollars) = (row.get(0).unwrap_or_default(), row.get(1).unwrap_or_default());
            let (year, dollars): (i32, f64) = (day.get(..4).unwrap_or_default().parse()?, dollars.parse()?);
            dollar.entry(year).or_default().insert(0, 1.0 / dollars); // the file begins with the last day
        }
        Ok(Self { increases: INDEXED.iter().map(|(_, item)| (*item, of(item))).collect(), dollar })
    }

    /// The mean increase of the years `first..end`.
    fn mean_increase(&self, item: &str, first: i32, end: i32) -> f64 {
        mean(self.increases[item].range(first..end).map(|(_, increase)| *increase))
    }

    /// What a plan of a year expects of an item, and how far it can be out.
    fn expected_increase(&self, item: &str, year: i32) -> (f64, f64) {
        let out = |plan: i32| {
            let after = self.mean_increase(item, plan, plan + YEARS);
            after - self.mean_increase(item, plan - BEFORE, plan)
        };
        let squares = (1979 + BEFORE..=year - YEARS).map(|plan| out(plan) * out(plan));
        (self.mean_increase(item, year - BEFORE, year), mean(squares).sqrt())
    }

    /// The euros for a dollar on average in a year.
    fn dollar(&self, year: i32) -> f64 {
        mean(self.dollar[&year].iter().copied())
    }

    /// The spread of the factor by which the dollar's average of a plan's years can differ from the year before.
    fn spread_of_dollar(&self, year: i32) -> f64 {
        let days: Vec<f64> = self.dollar.range(..year).flat_map(|(_, days)| days).copied().collect();
        let changes: Vec<f64> = days.windows(2).map(|pair| (pair[1] / pair[0]).ln()).collect();
        let of_a_day = mean(changes.iter().map(|change| change * change)).sqrt();
        let days_of_a_year =
            mean(self.dollar.range(..year).map(|(_, days)| f64::from(u32::try_from(days.len()).unwrap_or(0))));
        of_a_day * days_of_a_year.sqrt() * 2.0_f64.sqrt()
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    sum / count
}

/// A household that pays 100 a month for each thing in prices of the year before; the last in dollars.
fn scenario(year: i32, rates: &str) -> Result<Scenario, relocost::Error> {
    let mut text = format!(
        r#"
        schema = 1
        currency = "EUR"
        start = "{year}-01"
        horizon_months = {}
        price_base_year = {}
        categories = ["rent", "medical", "school", "dollar"]
        entitlements = ["work"]
        funds = ["regular_budget"]
        solutions.permanent = {{ label = "Agreement", kind = "permanent", entitlements = ["work"] }}
        solutions.temporary = {{ label = "None", kind = "temporary", entitlements = [] }}
        household = {{ members = [{{ age = 40 }}] }}
        "#,
        12 * YEARS,
        year - 1
    );
    for (id, currency, index) in
        [("rent", "EUR", true), ("medical", "EUR", true), ("school", "EUR", true), ("dollar", "USD", false)]
    {
        let index = if index { format!("index = \"{id}\"") } else { String::new() };
        let _ = write!(
            text,
            r#"
        [[lines]]
        id = "{id}"
        label = "{id}"
        category = "{id}"
        driver = "household"
        schedule = "monthly"
        amount = "100"
        currency = "{currency}"
        source = "illustrative"
        {index}
        "#
        );
    }
    Scenario::parse(&(text + rates))
}

/// The plan of a year: rates and spreads from the years before.
fn plan(history: &History, year: i32) -> Result<Scenario, relocost::Error> {
    let mut text = String::new();
    for (id, item) in INDEXED {
        let (expected, spread) = history.expected_increase(item, year);
        let _ = write!(
            text,
            r#"
        [rates.index.{id}]
        default = "{expected:.6}"
        [[uncertain]]
        parameter = "rates.index.{id}.shift"
        distribution = {{ normal = {{ mean = "0", sd = "{spread:.6}" }} }}
        "#
        );
    }
    let (dollar, spread) = (history.dollar(year - 1), history.spread_of_dollar(year));
    let _ = write!(
        text,
        r#"
        [rates.fx.USD]
        default = "{dollar:.6}"
        [[uncertain]]
        parameter = "rates.fx.USD.factor"
        distribution = {{ lognormal = {{ mean = "1", sd = "{spread:.6}" }} }}
        "#
    );
    scenario(year, &text)
}

/// The same household at the rates that came.
fn what_came(history: &History, year: i32) -> Result<Scenario, relocost::Error> {
    let mut text = String::new();
    for (id, item) in INDEXED {
        let _ = write!(text, "\n[rates.index.{id}]\n");
        for (year, increase) in history.increases[item].range(year..year + YEARS) {
            let _ = writeln!(text, "{year} = \"{increase:.6}\"");
        }
    }
    let _ = write!(text, "\n[rates.fx.USD]\n");
    for year in year..year + YEARS {
        let _ = writeln!(text, "{year} = \"{:.6}\"", history.dollar(year));
    }
    scenario(year, &text)
}

/// How often what came lay where.
#[derive(Default)]
struct Count {
    plans: u32,
    below: u32,
    inside: u32,
    above: u32,
    reserve_suffices: u32,
    /// Sum of what the reserves were above what came, as shares of it; below 0 where they fell short.
    left: f64,
}

impl Count {
    fn add(&mut self, planned: &Statistics, came: f64) {
        let [low, high] = [0.1, 0.9].map(|share| planned.quantile(share));
        self.plans += 1;
        self.below += u32::from(came < low);
        self.inside += u32::from(came >= low && came <= high);
        self.above += u32::from(came > high);
        self.reserve_suffices += u32::from(came <= planned.quantile(0.8));
        self.left += planned.quantile(0.8) / came - 1.0;
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let history = History::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data"))?;
    let options = SimulateOptions { draws: 1 << 13, seed: 1, sampling: Sampling::Sobol, ..SimulateOptions::default() };
    let mut counts: Vec<(&str, Count)> =
        ["rent", "medical", "school", "dollar", "all four"].map(|name| (name, Count::default())).into();
    println!("Cost of five years in EUR: what came, beside the plan's P10, P50, P80 and P90\n");
    println!("{:<6}{:<10}{:>10}{:>10}{:>10}{:>10}{:>10}", "start", "", "came", "P10", "P50", "P80", "P90");
    for year in FIRST_PLAN..=LAST_KNOWN + 1 - YEARS {
        let simulation = plan(&history, year)?.simulate(&options)?;
        let planned = &simulation.pathways()["permanent"];
        let came = what_came(&history, year)?.compare()?;
        let came = &came.pathways()["permanent"];
        for (name, count) in &mut counts {
            let (planned, came) = match planned.by_category.get(*name) {
                Some(planned) => (planned, came.by_category[*name]),
                None => (&planned.total, came.total),
            };
            let came: f64 = came.to_string().parse()?;
            count.add(planned, came);
            let [p10, p50, p80, p90] = [0.1, 0.5, 0.8, 0.9].map(|share| planned.quantile(share));
            println!("{year:<6}{name:<10}{came:>10.0}{p10:>10.0}{p50:>10.0}{p80:>10.0}{p90:>10.0}");
        }
    }
    println!("\nWhere what came lay, how often a reserve at P80 would have sufficed, and what it left on average:\n");
    println!(
        "{:<10}{:>7}{:>12}{:>12}{:>12}{:>14}{:>10}",
        "", "plans", "below P10", "P10 to P90", "above P90", "P80 sufficed", "left"
    );
    for (name, count) in &counts {
        let Count { plans, below, inside, above, reserve_suffices, left } = count;
        assert_eq!(below + inside + above, *plans, "every plan is counted once");
        let left = 100.0 * left / f64::from(*plans);
        println!("{name:<10}{plans:>7}{below:>12}{inside:>12}{above:>12}{reserve_suffices:>14}{left:>9.1}%");
    }
    println!();
    for (name, Count { plans, inside, left, .. }) in &counts {
        let (share, left) = (f64::from(*inside) / f64::from(*plans), 100.0 * left / f64::from(*plans));
        let verdict = if share > 0.9 {
            format!(
                "the spread was wider than what came needed: P80 was a safe reserve, {left:.1} per cent too dear on average"
            )
        } else if share < 0.7 {
            "the spread was too narrow: set the reserve from a wider one, or at a higher quantile".to_owned()
        } else {
            "about the eight in ten that P10 to P90 promises: P80 does what it says".to_owned()
        };
        println!("{name}: {inside} of {plans} inside; {verdict}.");
    }
    println!(
        "\nPlans of neighbouring years share four of their five years: the {} are worth some {} that are independent, so\n\
         that a few more or less prove little. The spreads of prices remember the high inflation of the years around 1980,\n\
         that of the dollar only the euro's own years. A rule that was too wide in calm years is what a reserve is for when\n\
         they end; how wide it should be is a judgement, and these counts are what it can be held against.",
        counts[0].1.plans,
        counts[0].1.plans.div_ceil(u32::try_from(YEARS)?)
    );
    Ok(())
}
