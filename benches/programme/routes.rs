//! What each household costs on each route, as the peers are given it: from the exact ledger, by fiscal year, fund and what
//! the uncertain factors scale, without events, which they draw.
//!
//! Rows of doubles, in this order: of each copy of a case that queues a block; of each other case its own route; of each
//! entry of arrivals and each month a block. A block has the route that only waits, then for each settled solution that of
//! each month of a move, from the arrival or the first month to the programme's end.

use std::path::Path;

use relocost::syntax::Source;
use relocost::{IndexMap, Scenario};
use serde_json::{Value, json};

use crate::inputs::{Futures, loader};

/// The line whose events the peers draw.
const EVENTS: &str = "hospital-uninsured";

/// Pathways of one scenario; it may have no more than a hundred.
const TOGETHER: usize = 90;

/// A household, its month of arrival on the programme's clock, and whether every route of it is wanted.
struct Household<'f> {
    entry: &'f Value,
    arrives: i64,
    queues: bool,
}

/// The months of a programme, on the clock of its first.
struct Clock {
    first_year: i64,
    months: i64,
}

impl Clock {
    fn month(&self, text: &Value) -> i64 {
        let (year, month) = text.as_str().and_then(|text| text.split_once('-')).expect("a month");
        (year.parse::<i64>().expect("a year") - self.first_year) * 12 + month.parse::<i64>().expect("a month") - 1
    }

    fn text(&self, month: i64) -> String {
        format!("{}-{:02}", self.first_year + month.div_euclid(12), month.rem_euclid(12) + 1)
    }
}

/// Every row, as bytes.
pub(crate) fn table(futures: &Futures) -> Vec<u8> {
    let tree = &futures.tree;
    let whole = |value: &Value| value.as_i64().expect("a whole number");
    let head = &tree["programme"];
    let clock = Clock { first_year: whole(&head["first_fiscal_year"]), months: 12 * whole(&head["fiscal_years"]) };
    let mut households = Vec::new();
    for entry in tree["cases"].as_array().expect("cases") {
        let queues = entry.get("placed").is_none() && entry.get("pathway").is_none();
        for copy in 0..entry.get("count").map_or(1, whole) {
            let arrives = clock.month(&entry["arrives"]) + copy * entry.get("every_months").map_or(0, whole);
            if arrives < clock.months {
                households.push(Household { entry, arrives, queues });
            }
        }
    }
    households.sort_by_key(|household| !household.queues);
    for entry in tree["arrivals"].as_array().expect("arrivals") {
        households.extend((0..clock.months).map(|arrives| Household { entry, arrives, queues: true }));
    }
    let half = households.len().div_ceil(2);
    let rows = |households: &[Household<'_>]| {
        households.iter().flat_map(|household| of_household(futures, &clock, household)).collect::<Vec<f64>>()
    };
    let rows = std::thread::scope(|scope| {
        let parts: Vec<_> = households.chunks(half).map(|part| scope.spawn(|| rows(part))).collect();
        parts.into_iter().flat_map(|part| part.join().expect("it ends")).collect::<Vec<f64>>()
    });
    rows.into_iter().flat_map(f64::to_le_bytes).collect()
}

/// The rows of a household.
fn of_household(futures: &Futures, clock: &Clock, household: &Household<'_>) -> Vec<f64> {
    let &Household { entry, arrives, queues } = household;
    let support = futures.tree["programme"]["support_months"].as_object().expect("a table");
    let ends = entry.get("ends").map(|ends| clock.month(ends));
    let horizon = clock.months - arrives + 1;
    // Waits, and then lives in a solution from a month on; without one it waits.
    let route = |moved: Option<(&str, i64)>| {
        let mut stages = Vec::new();
        let mut stage = |solution: &str, from: i64, until: Option<i64>| {
            let months = until.map(|until| until.min(ends.unwrap_or(until)) - from);
            match months.filter(|months| from - arrives + months <= horizon) {
                Some(months) if months > 0 => stages.push(json!({ "solution": solution, "months": months })),
                Some(_) => {}
                None => stages.push(json!({ "solution": solution })),
            }
        };
        match moved {
            Some((solution, moves)) => {
                stage("temporary", arrives, Some(moves));
                stage(solution, moves, Some(moves + support[solution].as_i64().expect("months")));
            }
            None => stage("temporary", arrives, ends),
        }
        json!({ "stages": stages })
    };
    let mut pathways = IndexMap::new();
    if queues {
        pathways.insert("waits".to_owned(), route(None));
        for solution in support.keys() {
            for moves in arrives.max(0)..=clock.months {
                // A case that ends before it could move does not.
                let moved = ends.is_none_or(|ends| moves < ends).then_some((solution.as_str(), moves));
                pathways.insert(format!("{solution}-{moves}"), route(moved));
            }
        }
    } else if let Some(placed) = entry.get("placed") {
        let solution = placed["solution"].as_str().expect("a solution");
        pathways.insert("own".to_owned(), route(Some((solution, clock.month(&placed["moves"])))));
    } else {
        let solution = entry["pathway"].as_str().expect("a solution");
        pathways.insert("own".to_owned(), route(Some((solution, arrives))));
    }
    let pathways: Vec<(String, Value)> = pathways.into_iter().collect();
    let mut rows = Vec::new();
    for some in pathways.chunks(TOGETHER) {
        let table = some.iter().cloned().collect();
        let scenario = scenario(futures, &clock.text(arrives), horizon, &entry["members"], &table);
        rows.extend(some.iter().flat_map(|(name, _)| of_ledger(futures, &scenario, name, clock, arrives)));
    }
    rows
}

/// The household as a scenario of its own.
fn scenario(
    futures: &Futures,
    start: &str,
    horizon: i64,
    members: &Value,
    pathways: &IndexMap<String, Value>,
) -> Scenario {
    let file = json!({
        "schema": 1,
        "catalogue": futures.tree["catalogue"],
        "solutions": futures.tree["solutions"],
        "start": start,
        "horizon_months": horizon,
        "household": { "members": members },
        "pathways": pathways,
    });
    let catalogue: &Path = &futures.catalogue_file;
    loader(catalogue).load(Source::json("household", &file.to_string())).expect("it loads")
}

/// The sums of a pathway within the programme: by fiscal year, then fund, then factor.
fn of_ledger(futures: &Futures, scenario: &Scenario, name: &str, clock: &Clock, arrives: i64) -> Vec<f64> {
    let factors = futures.tree["uncertain"].as_array().expect("parameters");
    let factor = |category: &str| {
        let path = json!(format!("categories.{category}.factor"));
        factors.iter().position(|each| each["parameter"] == path).unwrap_or(factors.len())
    };
    let (funds, width) = (scenario.funds(), factors.len() + 1);
    let years = usize::try_from(clock.months / 12).expect("a few");
    let mut sums = vec![0.0; years * funds.len() * width];
    let ledger = scenario.ledger(name).expect("a ledger");
    for entry in ledger.entries().filter(|entry| entry.line().id.to_string() != EVENTS) {
        let month = arrives + i64::from(entry.month_index());
        if !(0..clock.months).contains(&month) {
            continue;
        }
        let (year, factor) = (usize::try_from(month / 12).expect("a few"), factor(&entry.category().to_string()));
        for (fund, paid) in entry.funds() {
            let fund = funds.iter().position(|declared| declared.id == *fund).expect("a fund");
            let paid: f64 = paid.to_decimal().to_string().parse().expect("a number");
            sums[(year * funds.len() + fund) * width + factor] += paid;
        }
    }
    sums
}
