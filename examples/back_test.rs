//! Would the plan have held? For each start year since 2000 of which five years are known, a plan is made from what was
//! known before it, and held against what really happened to rent, medical care, school fees and the dollar.
//!
//! ```text
//! cargo run --release --example back_test
//! ```
//!
//! The plan's rule is the same in every year. Prices are expected to rise as in the ten years before, and the dollar to
//! stay where it was on average in the year before. How far that can be out is said in two ways, each from what the rule
//! would have been out by earlier:
//!
//! - **Constant**: one error for all five years (`shift`, `factor`). Of prices, the root mean square of the mean increase
//!   of five years less that of the ten before them, over all such stretches since 1979. Of the dollar, the spread of a
//!   random walk with the daily changes seen so far (an average of five years less that of the year before has twice the
//!   variance of one year's change).
//! - **Yearly**: an error of its own for each year (`yearly`). Of prices, the root mean square of a year's increase less
//!   the mean of the ten before it; of the dollar, one year's change. A `yearly` parameter is drawn for the years after
//!   the start's, so the first year's step is a `factor`.
//!
//! The two are compared by how often what came lay within P10 and P90 (eight times out of ten is honest), and by the
//! interval score (Gneiting and Raftery 2007): the width of that interval plus ten times what came beyond it, on average,
//! as a share of what came. A smaller score is a narrower interval that is still kept.
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

/// The history: by item, the increase of each year; the euros for a dollar, on average and by day, of each year.
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

    /// The increase of an item that a plan of a year expects, and its spread.
    fn expected_increase(&self, item: &str, year: i32) -> (f64, f64) {
        let out = |plan: i32| {
            let after = self.mean_increase(item, plan, plan + YEARS);
            after - self.mean_increase(item, plan - BEFORE, plan)
        };
        let squares = (1979 + BEFORE..=year - YEARS).map(|plan| out(plan) * out(plan));
        (self.mean_increase(item, year - BEFORE, year), mean(squares).sqrt())
    }

    /// The spread of an item's increase of one year around the mean of the ten years before.
    fn spread_of_a_year(&self, item: &str, year: i32) -> f64 {
        let out = |of: i32| self.mean_increase(item, of, of + 1) - self.mean_increase(item, of - BEFORE, of);
        mean((1979 + BEFORE..year).map(|of| out(of) * out(of))).sqrt()
    }

    /// The euros for a dollar on average in a year.
    fn dollar(&self, year: i32) -> f64 {
        mean(self.dollar[&year].iter().copied())
    }

    /// The spread of the factor by which the dollar's average of a year can differ from that of the year before.
    fn spread_of_dollar(&self, year: i32) -> f64 {
        let days: Vec<f64> = self.dollar.range(..year).flat_map(|(_, days)| days).copied().collect();
        let changes: Vec<f64> = days.windows(2).map(|pair| (pair[1] / pair[0]).ln()).collect();
        let of_a_day = mean(changes.iter().map(|change| change * change)).sqrt();
        let days_of_a_year =
            mean(self.dollar.range(..year).map(|(_, days)| f64::from(u32::try_from(days.len()).unwrap_or(0))));
        of_a_day * days_of_a_year.sqrt()
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

/// The distribution of a plan's error over its years.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spread {
    /// One for all.
    Constant,
    /// One of its own for each.
    Yearly,
}

/// The plan of a year: rates and spreads from the years before.
fn plan(history: &History, year: i32, spread: Spread) -> Result<Scenario, relocost::Error> {
    let mut text = String::new();
    let mut uncertain = |parameter: &str, distribution: &str, mean: u32, sd: f64| {
        let _ = write!(
            text,
            r#"
        [[uncertain]]
        parameter = "{parameter}"
        distribution = {{ {distribution} = {{ mean = "{mean}", sd = "{sd:.6}" }} }}
        "#
        );
    };
    for (id, item) in INDEXED {
        match spread {
            Spread::Constant => {
                uncertain(&format!("rates.index.{id}.shift"), "normal", 0, history.expected_increase(item, year).1);
            }
            Spread::Yearly => {
                let sd = history.spread_of_a_year(item, year);
                uncertain(&format!("lines.{id}.factor"), "lognormal", 1, sd);
                uncertain(&format!("rates.index.{id}.yearly"), "normal", 0, sd);
            }
        }
    }
    let of_a_year = history.spread_of_dollar(year);
    match spread {
        Spread::Constant => uncertain("rates.fx.USD.factor", "lognormal", 1, of_a_year * 2.0_f64.sqrt()),
        Spread::Yearly => {
            uncertain("rates.fx.USD.factor", "lognormal", 1, of_a_year);
            uncertain("rates.fx.USD.yearly", "lognormal", 1, of_a_year);
        }
    }
    for (id, item) in INDEXED {
        let _ = write!(text, "\n[rates.index.{id}]\ndefault = \"{:.6}\"\n", history.expected_increase(item, year).0);
    }
    let _ = write!(text, "\n[rates.fx.USD]\ndefault = \"{:.6}\"\n", history.dollar(year - 1));
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

/// The counts of outcomes by place in the distribution.
#[derive(Default)]
pub(crate) struct Count {
    pub(crate) plans: u32,
    below: u32,
    pub(crate) inside: u32,
    above: u32,
    reserve_suffices: u32,
    /// Sum of what the reserves were above what came, as shares of it; below 0 where they fell short.
    left: f64,
    /// Sum of the interval scores, as shares of what came.
    score: f64,
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
        // Beyond an interval of eight in ten, the score counts 2 / 0.2 times.
        self.score += (high - low + 10.0 * ((low - came).max(0.0) + (came - high).max(0.0))) / came;
    }

    /// A sum over the plans as a percentage of one.
    fn per_cent(&self, sum: f64) -> f64 {
        100.0 * sum / f64::from(self.plans)
    }
}

pub(crate) const NAMES: [&str; 5] = ["rent", "medical", "school", "dollar", "all four"];
const SPREADS: [(Spread, &str); 2] = [(Spread::Constant, "constant"), (Spread::Yearly, "yearly")];

/// The counts by thing, with constant errors first.
pub(crate) type Counts = [[Count; NAMES.len()]; SPREADS.len()];

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", back_test()?.0);
    Ok(())
}

/// The table of all plans with what it comes to, and the counts.
pub(crate) fn back_test() -> Result<(String, Counts), Box<dyn Error>> {
    let mut out = String::new();
    let history = History::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data"))?;
    let options = SimulateOptions::default().draws(1 << 13).seed(1).sampling(Sampling::Sobol);
    let mut counts = Counts::default();
    let _ = writeln!(
        out,
        "Cost of five years in EUR: what came, beside P10, P50, P80 and P90 of the plan with each kind of spread\n"
    );
    let _ = write!(out, "{:<6}{:<10}{:>8}", "start", "", "came");
    for (_, spread) in SPREADS {
        let _ = write!(out, "{:>14}{:>7}{:>7}{:>7}", format!("{spread} P10"), "P50", "P80", "P90");
    }
    out.push('\n');
    for year in FIRST_PLAN..=LAST_KNOWN + 1 - YEARS {
        let mut planned = Vec::with_capacity(SPREADS.len());
        for (spread, _) in SPREADS {
            planned.push(plan(&history, year, spread)?.simulate(&options)?);
        }
        let came = what_came(&history, year)?.compare()?;
        let came = &came.pathways()["permanent"];
        for (place, name) in NAMES.iter().enumerate() {
            let came: f64 = came.by_category.get(*name).unwrap_or(&came.total).to_string().parse()?;
            let _ = write!(out, "{year:<6}{name:<10}{came:>8.0}");
            for (simulation, counts) in planned.iter().zip(&mut counts) {
                let figures = &simulation.pathways()["permanent"];
                let told = figures.by_category.get(*name).unwrap_or(&figures.total);
                counts[place].add(told, came);
                let [p10, p50, p80, p90] = [0.1, 0.5, 0.8, 0.9].map(|share| told.quantile(share));
                let _ = write!(out, "{p10:>14.0}{p50:>7.0}{p80:>7.0}{p90:>7.0}");
            }
            out.push('\n');
        }
    }
    let _ = writeln!(
        out,
        "\nWhere what came lay, how often a reserve at P80 would have sufficed, what it left on average, and the score:\n"
    );
    let _ = writeln!(
        out,
        "{:<10}{:<10}{:>7}{:>12}{:>12}{:>12}{:>15}{:>8}{:>8}",
        "", "spread", "plans", "below P10", "P10 to P90", "above P90", "P80 sufficed", "left", "score"
    );
    for (place, name) in NAMES.iter().enumerate() {
        for ((_, spread), counts) in SPREADS.iter().zip(&counts) {
            let count = &counts[place];
            let Count { plans, below, inside, above, reserve_suffices, left, score } = count;
            assert_eq!(below + inside + above, *plans, "every plan is counted once");
            let [left, score] = [left, score].map(|sum| count.per_cent(*sum));
            let _ = writeln!(
                out,
                "{name:<10}{spread:<10}{plans:>7}{below:>12}{inside:>12}{above:>12}{reserve_suffices:>15}{left:>7.1}%{score:>7.1}%"
            );
        }
    }
    out.push('\n');
    for (place, name) in NAMES.iter().enumerate() {
        let of = |spread: usize| &counts[spread][place];
        let far = |count: &Count| (f64::from(count.inside) / f64::from(count.plans) - 0.8).abs();
        let nearer = |a: f64, b: f64| {
            if a < b {
                "constant"
            } else if b < a {
                "yearly"
            } else {
                "neither"
            }
        };
        let _ = writeln!(
            out,
            "{name}: nearer to eight in ten within P10 to P90: {}; better score: {}.",
            nearer(far(of(0)), far(of(1))),
            nearer(of(0).score, of(1).score)
        );
    }
    let all = |pick: fn(&Count) -> u32, spread: usize| counts[spread][..NAMES.len() - 1].iter().map(pick).sum::<u32>();
    let plans = all(|count| count.plans, 0);
    let [constant, yearly] = [0, 1].map(|spread| all(|count| count.inside, spread));
    let _ = writeln!(
        out,
        "\nOf {plans} plans for one thing, what came lay within P10 and P90 in {constant} with constant and in {yearly} with yearly errors; a\n\
         reserve at P80 sufficed in {} and {}. Eight in ten are promised, and {} errors are nearer to that.",
        all(|count| count.reserve_suffices, 0),
        all(|count| count.reserve_suffices, 1),
        if constant.abs_diff(plans * 4 / 5) < yearly.abs_diff(plans * 4 / 5) { "constant" } else { "yearly" }
    );
    let _ = writeln!(
        out,
        "\nPlans of neighbouring years share four of their five years: the {} of one thing are worth some {} that are\n\
         independent, so that a few more or less prove little. The spreads of prices remember the high inflation of the years\n\
         around 1980, that of the dollar only the euro's own years. How wide a rule should be is a judgement, and these\n\
         counts are what it can be held against.",
        counts[0][0].plans,
        counts[0][0].plans.div_ceil(u32::try_from(YEARS)?)
    );
    Ok((out, counts))
}
