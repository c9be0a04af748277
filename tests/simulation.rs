//! The simulation against the ledger, against closed forms, and against itself in parts.

mod support;

use std::cell::Cell;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use proptest::prelude::*;
use relocost::names::{Figures, Keep, Sampling};
use relocost::scenario::{Charge, Price};
use relocost::simulation::{LedgerFigure, Quantile, SimulationPart, SobolOptions, Statistics};
use relocost::{Code, CompareOptions, Pair, Parameter, Scenario, SimulateOptions, Watch, Watched};
use serde_json::{Value, json};
use support::{files, load, rich};

/// Numbers that look random and are always the same (a multiplicative generator of Lehmer's).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(0xda94_2042_e4dd_58b5).wrapping_add(1);
        (self.0 >> 33) % sides
    }

    /// A decimal between two, in hundredths.
    fn between(&mut self, low: i64, high: i64) -> String {
        let sides = u64::try_from(high - low + 1).unwrap();
        let hundredths = low + i64::try_from(self.roll(sides)).unwrap();
        format!("{}{}.{:02}", if hundredths < 0 { "-" } else { "" }, hundredths.abs() / 100, hundredths.abs() % 100)
    }
}

/// Every parameter that a scenario has, with two values for it.
fn parameters(scenario: &Scenario, dice: &mut Dice) -> Vec<(String, [String; 2])> {
    let mut all = Vec::new();
    let mut add =
        |path: String, low: i64, high: i64| all.push((path, [dice.between(low, high), dice.between(low, high)]));
    for (id, line) in scenario.lines() {
        match line.price() {
            Some(Price::Amount(amount)) if amount.to_decimal().is_zero() => {}
            Some(Price::Amount(amount)) if amount.to_decimal().is_sign_negative() => {
                add(format!("lines.{id}.amount"), -90_000, 0);
            }
            Some(Price::Amount(_)) => add(format!("lines.{id}.amount"), 0, 90_000),
            Some(Price::Event { .. }) => {
                add(format!("lines.{id}.event.per_year"), 0, 40);
                add(format!("lines.{id}.event.severity.factor"), 10, 250);
            }
            _ => {} // dated amounts, a percentage, a refund
        }
        add(format!("lines.{id}.factor"), 0, 200);
    }
    for category in scenario.categories() {
        add(format!("categories.{}.factor", category.id), 20, 200);
    }
    for name in scenario.rates().index.keys() {
        add(format!("rates.index.{name}.shift"), -4, 6);
    }
    for currency in scenario.rates().fx.keys() {
        add(format!("rates.fx.{currency}.factor"), 30, 250);
    }
    for place in scenario.places() {
        add(format!("rates.level.{}.factor", place.id), 0, 250);
    }
    for name in scenario.profiles().keys() {
        add(format!("profiles.{name}.stretch"), 10, 300);
    }
    for (name, pathway) in scenario.pathways() {
        for (place, _) in pathway.stages.iter().enumerate().filter(|(_, stage)| stage.months.is_some()) {
            let months = dice.roll(u64::from(scenario.horizon_months()) + 1).to_string();
            let more = dice.roll(u64::from(scenario.horizon_months()) + 1).to_string();
            all.push((format!("pathways.{name}.{place}.months"), [months, more]));
        }
    }
    all
}

/// Every parameter of a scenario that is drawn anew for each year, likewise.
fn yearly(scenario: &Scenario, dice: &mut Dice) -> Vec<(String, [String; 2])> {
    let mut value = |path: String, low: i64, high: i64| (path, [dice.between(low, high), dice.between(low, high)]);
    let indices = scenario.rates().index.keys();
    let mut all: Vec<_> = indices.map(|name| value(format!("rates.index.{name}.yearly"), -4, 6)).collect();
    let currencies = scenario.rates().fx.keys();
    all.extend(currencies.map(|currency| value(format!("rates.fx.{currency}.yearly"), 80, 125)));
    all
}

/// The scenario with other assumptions.
fn assuming(scenario: &Scenario, uncertain: &Value) -> Result<Scenario, relocost::Error> {
    let mut tree: Value = serde_json::from_str(&scenario.to_json().unwrap()).unwrap();
    tree["uncertain"] = uncertain.clone();
    tree.as_object_mut().unwrap().remove("correlations");
    tree.as_object_mut().unwrap().remove("expect");
    Scenario::parse_json(&tree.to_string())
}

/// Half a minor unit for each entry, and what binary numbers lose. A refund, and a percentage of it, also carry those of
/// the entries that the refund returns.
fn tolerance(scenario: &Scenario, pathway: &str, total: f64) -> f64 {
    let ledger = scenario.ledger(pathway).unwrap();
    let charges = ledger.len() + scenario.lines().len();
    let minor = 0.1_f64.powi(i32::try_from(scenario.currency().decimals()).unwrap());
    let (mut carried, mut percentages) = (0, 1.0);
    for line in scenario.lines().values() {
        match &line.charge {
            Charge::Refund(refund) => carried += ledger.entries().filter(|entry| entry.line().id == refund.of).count(),
            Charge::Percentage(percentage) => percentages += number(&percentage.share),
            _ => {}
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "entries are few")]
    let entries = charges as f64 + carried as f64 * percentages;
    entries * minor / 2.0 + total.abs() * 1e-11 + 1e-9
}

/// A decimal as a binary number.
fn number(decimal: &(impl ToString + ?Sized)) -> f64 {
    decimal.to_string().parse().unwrap()
}

/// Parameters on their own: the fast engine at a value is the ledger of the scenario with that value.
#[test]
fn any_parameter_at_any_value_gives_the_ledger() {
    let (mut checked, mut without_months) = (0, 0);
    for (seed, path) in (1..).zip(simulated()) {
        let name = path.file_name().unwrap().to_string_lossy().replace(".expected.json", ".toml");
        let scenario = load(&path.with_file_name(&name));
        let pair: Vec<String> = scenario.pathway_names().take(2).map(ToString::to_string).collect();
        let mut all = parameters(&scenario, &mut Dice(seed));
        let uncertain = |all: &[(String, [String; 2])]| {
            let each = all.iter().map(|(path, values)| {
                json!({ "parameter": path, "distribution": { "discrete": { "values": values, "weights": ["1", "1"] } } })
            });
            Value::Array(each.take(relocost::limits::UNCERTAIN).collect())
        };
        let options = CompareOptions::default().pair(Pair::new(pair[0].clone(), pair.last().unwrap().clone()));
        let mut changed = assuming(&scenario, &uncertain(&all)).unwrap();
        let tornado = changed.tornado(&options).or_else(|error| {
            // Uncertain months need every year's rates, which a random scenario need not give.
            assert_eq!(error.code(), Code::MissingRate, "{name}: {error}");
            all.retain(|(path, _)| !path.ends_with(".months"));
            without_months += 1;
            changed = assuming(&scenario, &uncertain(&all)).unwrap();
            changed.tornado(&options)
        });
        let tornado = tornado.unwrap_or_else(|error| panic!("{name}: {error}"));
        for pathway in scenario.pathway_names() {
            let ledger = number(&scenario.ledger(pathway.as_str()).unwrap().total());
            let found = tornado.standing().pathways[pathway.as_str()];
            assert!((found - ledger).abs() <= tolerance(&scenario, pathway.as_str(), ledger), "{name} {pathway}");
        }
        for bar in tornado.bars() {
            let (_, values) = all.iter().find(|(path, _)| *path == bar.parameter.to_string()).unwrap();
            let mut values = values.clone();
            values.sort_by(|one, other| number(one).total_cmp(&number(other)));
            for (point, value) in [&bar.low, &bar.high].into_iter().zip(values) {
                let Ok(set) = scenario.with(&[(bar.parameter.clone(), value.parse().unwrap())]) else {
                    continue; // outside the domain, where a draw is moved to its edge
                };
                assert_eq!(point.value, Some(number(&value)), "{name} {}", bar.parameter);
                for pathway in scenario.pathway_names() {
                    let ledger = number(&set.ledger(pathway.as_str()).unwrap().total());
                    let found = point.pathways[pathway.as_str()];
                    let within = tolerance(&set, pathway.as_str(), ledger);
                    let what = format!("{name} {} at {value}, {pathway}: {found} for {ledger}", bar.parameter);
                    assert!((found - ledger).abs() <= within, "{what}");
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 5_000 && without_months < 30, "{checked} figures; {without_months} without months");
}

/// The scenarios of both sets.
fn simulated() -> Vec<std::path::PathBuf> {
    files("conformance", ".expected.json")
}

/// All parameters at once, and every part of a figure: constant assumptions give the ledger at the means.
#[test]
fn constant_assumptions_give_the_ledger_by_year_category_and_fund() {
    let mut checked = 0;
    for (seed, path) in (100..).zip(simulated()) {
        let name = path.file_name().unwrap().to_string_lossy().replace(".expected.json", ".toml");
        checked += agrees(&load(&path.with_file_name(&name)), seed, &name);
    }
    assert!(checked > 5_000, "{checked}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// The same of any scenario.
    #[test]
    fn constant_assumptions_give_the_ledger_of_any_scenario(text in rich::small(), seed in any::<u32>()) {
        agrees(&Scenario::parse(&text).unwrap(), seed.into(), "random");
    }
}

/// Holds a simulation with every parameter at a random value against the ledger with these values; how many figures.
fn agrees(whole: &Scenario, seed: u64, name: &str) -> usize {
    let mut checked = 0;
    // Events would be drawn.
    let mut tree: Value = serde_json::from_str(&whole.to_json().unwrap()).unwrap();
    for line in tree["lines"].as_array_mut().unwrap().iter_mut().filter(|line| line.get("event").is_some()) {
        line["event"]["per_year"] = json!("0");
    }
    for key in ["uncertain", "correlations", "expect", "variants"] {
        tree.as_object_mut().unwrap().remove(key);
    }
    let scenario = Scenario::parse_json(&tree.to_string()).unwrap();
    let pair: Vec<String> = scenario.pathway_names().take(2).map(ToString::to_string).collect();
    for months in [true, false] {
        let mut dice = Dice(seed);
        let mut all = yearly(&scenario, &mut dice);
        all.extend(parameters(&scenario, &mut dice));
        all.retain(|(path, _)| !path.ends_with(".per_year") && (months || !path.ends_with(".months")));
        let constant = |(path, [value, _]): &(String, [String; 2])| json!({ "parameter": path, "distribution": { "uniform": { "low": value, "high": value } } });
        let uncertain: Vec<Value> = all.iter().map(constant).take(relocost::limits::UNCERTAIN).collect();
        let changed = assuming(&scenario, &Value::Array(uncertain)).unwrap();
        let options =
            SimulateOptions::default().draws(3).pair(Pair::new(pair[0].clone(), pair.last().unwrap().clone()));
        let simulation = match changed.simulate(&options) {
            Err(error) if error.code() == Code::MissingRate => {
                // Uncertain months need every year's rates; otherwise a ledger lacks the same.
                let lacks = |pathway: &relocost::Id| changed.ledger(pathway.as_str()).is_err();
                assert!(months || changed.pathway_names().any(lacks), "{name}: {error}");
                continue;
            }
            simulation => simulation.unwrap_or_else(|error| panic!("{name}: {error}")),
        };
        let at_means = changed.at_means().unwrap();
        for (pathway, figures) in simulation.pathways() {
            let within = tolerance(&at_means, pathway.as_str(), figures.total.mean());
            let parts = figures.by_fiscal_year.values().chain(figures.by_category.values()).chain([&figures.total]);
            // A fund's part of an entry is whole minor units.
            let funds = figures.by_fund.values().map(|figure| (figure, 3.0 * within));
            for (figure, within) in parts.map(|figure| (figure, within)).chain(funds) {
                let ledger = number(&figure.ledger_at_means().unwrap());
                assert!((figure.mean() - ledger).abs() <= within, "{name} {pathway}: {figure:?} for {ledger}");
                assert!(figure.sd() <= 0.0 && figure.quantile(0.5).to_bits() == figure.mean().to_bits(), "{figure:?}");
                checked += 1;
            }
            let years =
                at_means.compare_with(&support::options(&pair[0], pair.last().unwrap(), relocost::Basis::Nominal));
            let years = match years {
                // The attribution asks for prices of months in which neither pathway charges.
                Err(error) if error.code() == Code::MissingRate => continue,
                years => years.unwrap(),
            };
            for year in years.pathways()[pathway].by_fiscal_year.keys() {
                assert!(figures.by_fiscal_year.contains_key(year), "{name} {pathway} {year}");
            }
            for fund in years.pathways()[pathway].by_fund.keys() {
                assert!(figures.by_fund.contains_key(fund), "{name} {pathway} {fund}");
            }
        }
    }
    checked
}

/// With certain parameters, events that are drawn come on average to what the ledger charges for them.
#[test]
fn events_come_to_the_ledger_on_average() {
    let mut checked = 0;
    for (seed, path) in (200..).zip(simulated()).step_by(3) {
        let name = path.file_name().unwrap().to_string_lossy().replace(".expected.json", ".toml");
        let scenario = load(&path.with_file_name(&name));
        let pair: Vec<String> = scenario.pathway_names().take(2).map(ToString::to_string).collect();
        let mut all = parameters(&scenario, &mut Dice(seed));
        all.retain(|(path, _)| !path.ends_with(".months"));
        let constant = |(path, [value, _]): &(String, [String; 2])| json!({ "parameter": path, "distribution": { "uniform": { "low": value, "high": value } } });
        let uncertain: Vec<Value> = all.iter().map(constant).take(relocost::limits::UNCERTAIN).collect();
        let changed = assuming(&scenario, &Value::Array(uncertain)).unwrap();
        let options =
            SimulateOptions::default().draws(4_000).pair(Pair::new(pair[0].clone(), pair.last().unwrap().clone()));
        let simulation = changed.simulate(&options).unwrap_or_else(|error| panic!("{name}: {error}"));
        let at_means = changed.at_means().unwrap();
        for (pathway, figures) in simulation.pathways() {
            let within = tolerance(&at_means, pathway.as_str(), figures.total.mean());
            for figure in
                figures.by_fiscal_year.values().chain(figures.by_category.values()).chain(figures.by_fund.values())
            {
                let ledger = number(&figure.ledger_at_means().unwrap());
                let apart = (figure.mean() - ledger).abs();
                assert!(apart <= within + 5.5 * figure.se(), "{name} {pathway}: {figure:?} for {ledger}");
                checked += 1;
            }
        }
    }
    assert!(checked > 300, "{checked}");
}

const FAMILY: &str = "examples/scenarios/family-of-five.toml";

fn family() -> Scenario {
    load(std::path::Path::new(FAMILY))
}

fn options(draws: u64) -> SimulateOptions {
    SimulateOptions::default().draws(draws).seed(7)
}

#[test]
fn the_same_bits_on_any_threads_and_in_any_parts() {
    let scenario = family();
    for sampling in Sampling::ALL {
        let options = options(9_001).sampling(*sampling).keep(Keep::Everything);
        let on = |threads: usize| {
            let options = options.clone().threads(NonZeroUsize::new(threads));
            scenario.simulate(&options).unwrap()
        };
        let one = on(1);
        assert!(one == on(2) && one == on(7), "{sampling}");
        // Ranges of every kind, in an order that is not theirs, through bytes.
        let ends = [0, 1, 255, 256, 4_000, 4_096, 7_333, 9_001];
        let mut parts: Vec<SimulationPart> =
            ends.windows(2).map(|pair| scenario.simulate_range(&options, pair[0]..pair[1]).unwrap()).collect();
        parts.swap(0, 5);
        parts.swap(2, 6);
        let mut whole = parts.remove(3);
        for part in parts {
            whole.merge(SimulationPart::from_bytes(&part.to_bytes()).unwrap()).unwrap();
        }
        let merged = scenario.simulation_of_part(&options, &whole).unwrap();
        assert!(merged == one, "{sampling}");
        assert_eq!(serde_json::to_string(&merged).unwrap(), serde_json::to_string(&one).unwrap());
    }
}

#[test]
fn parts_that_do_not_belong_together_are_refused() {
    let scenario = family();
    let part = |options: &SimulateOptions, range| scenario.simulate_range(options, range).unwrap();
    let mut whole = part(&options(600), 0..300);
    assert_eq!(whole.merge(part(&options(600), 299..600)).unwrap_err().code(), Code::Duplicate);
    let other_seed = options(600).seed(8);
    assert_eq!(whole.merge(part(&other_seed, 300..600)).unwrap_err().code(), Code::Conflict);
    let dearer = scenario.with(&[("lines.rent.factor".parse().unwrap(), "1.1".parse().unwrap())]).unwrap();
    let stranger = dearer.simulate_range(&options(600), 300..600).unwrap();
    assert_eq!(whole.merge(stranger).unwrap_err().code(), Code::Conflict);
    let missing = scenario.simulation_of_part(&options(600), &whole).unwrap_err();
    assert_eq!(
        (missing.code(), missing.to_string().contains("300 draws of 600")),
        (Code::OutOfRange, true),
        "{missing}"
    );
    assert_eq!(scenario.simulate_range(&options(600), 300..601).unwrap_err().code(), Code::OutOfRange);
    whole.merge(part(&options(600), 300..600)).unwrap();
    assert_eq!((whole.ranges().len(), &whole.ranges()[0], whole.draws()), (1, &(0..600), 600));
    assert_eq!(dearer.simulation_of_part(&options(600), &whole).unwrap_err().code(), Code::Conflict);

    // Bytes that were cut, changed or are none at all are refused or read, and nothing panics.
    let bytes = whole.to_bytes();
    for end in (0..bytes.len()).step_by(97) {
        assert!(SimulationPart::from_bytes(&bytes[..end]).is_err());
    }
    // A range that runs backwards.
    assert!(SimulationPart::from_bytes(include_bytes!("golden/part-reversed-range.bin")).is_err());
    let mut dice = Dice(5);
    for round in 0..500 {
        let mut changed = bytes.clone();
        let place = usize::try_from(dice.roll(changed.len() as u64)).unwrap();
        changed[place] = u8::try_from(dice.roll(256)).unwrap();
        if let Ok(part) = SimulationPart::from_bytes(&changed) {
            let mut whole = whole.clone();
            let _ = whole.merge(part.clone());
            if round % 25 == 0 {
                let _ = scenario.simulation_of_part(&options(600), &part);
            }
        }
    }
}

/// Fewer figures have the same bits, and parts of other figures do not merge.
#[test]
fn figures_on_request_are_those_of_all() {
    let months =
        json!([{ "parameter": "pathways.delayed.0.months", "distribution": { "uniform": { "low": 6, "high": 30 } } }]);
    let uncertain_months = assuming(&family(), &months).unwrap();
    for scenario in [family(), uncertain_months] {
        let all = scenario.simulate(&options(3_000).keep(Keep::Everything)).unwrap();
        assert_eq!(all.figures(), Figures::All);
        for figures in Figures::ALL {
            let options = options(3_000).keep(Keep::Everything).figures(*figures);
            let found = scenario.simulate(&options).unwrap();
            assert_eq!(found.figures(), *figures);
            let is = |wanted: Figures| *figures == wanted || *figures == Figures::All;
            for (name, whole) in all.pathways() {
                let part = &found.pathways()[name];
                assert_eq!(part.total, whole.total);
                assert_eq!(part.by_fiscal_year.is_empty(), !is(Figures::ByFiscalYear), "{figures}");
                assert_eq!(part.by_category.is_empty(), !is(Figures::ByCategory), "{figures}");
                assert_eq!(part.by_fund.is_empty(), !is(Figures::ByFund), "{figures}");
                assert!(part.by_fiscal_year.iter().all(|(key, told)| whole.by_fiscal_year[key] == *told));
                assert!(part.by_category.iter().all(|(key, told)| whole.by_category[key] == *told));
                assert!(part.by_fund.iter().all(|(key, told)| whole.by_fund[key] == *told));
            }
            assert_eq!((&found.extra().total, &found.premium().total), (&all.extra().total, &all.premium().total));
            assert_eq!(found.band(), all.band());
            for kept in found.kept() {
                assert_eq!(all.kept_draws(&kept.figure, &kept.key), Some(kept));
            }
            let json = serde_json::to_value(&found).unwrap();
            assert_eq!(json.get("figures").and_then(Value::as_str), (*figures != Figures::All).then(|| figures.name()));
            let other = options.clone().figures(if is(Figures::Totals) { Figures::ByFund } else { Figures::Totals });
            let parts = [&options, &other].map(|options| scenario.simulate_range(options, 0..2_000).unwrap());
            let [mut one, another] = parts;
            assert!(one.merge(another).is_err());
        }
    }
}

#[test]
fn what_is_kept_is_what_is_summarised() {
    let scenario = family();
    let kept = scenario.simulate(&options(50_000).keep(Keep::Everything)).unwrap();
    let only = scenario.simulate(&options(50_000)).unwrap();
    assert!(only.kept().is_empty());
    let totals = scenario.simulate(&options(50_000).keep(Keep::Totals)).unwrap();
    let names: Vec<(&str, &str)> = totals.kept().iter().map(|k| (k.figure.as_str(), k.key.as_str())).collect();
    let expected = ["permanent", "temporary", "delayed", "extra", "premium"].map(|figure| (figure, "total"));
    assert_eq!(names, expected);
    for column in kept.kept().iter().filter(|column| column.key == "total" && column.figure != "premium") {
        let figure = match column.figure.as_str() {
            "extra" => (&kept.extra().total, &only.extra().total),
            name => (&kept.pathways()[name].total, &only.pathways()[name].total),
        };
        let draws = &column.draws;
        assert_eq!(draws.len(), 50_000);
        #[expect(clippy::cast_precision_loss, reason = "draws are few")]
        let count = draws.len() as f64;
        let mean = draws.iter().sum::<f64>() / count;
        let sd = (draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (count - 1.0)).sqrt();
        let mut sorted = draws.to_vec();
        sorted.sort_by(f64::total_cmp);
        for statistics in [figure.0, figure.1] {
            assert!((statistics.mean() - mean).abs() < 1e-9 * mean.abs(), "{statistics:?} {mean}");
            assert!((statistics.sd() - sd).abs() < 1e-6 * sd, "{statistics:?} {sd}");
            assert_eq!(
                [statistics.least(), statistics.most()].map(f64::to_bits),
                [sorted[0], sorted[49_999]].map(f64::to_bits)
            );
        }
        for (share, rank) in [(0.05, 2_500), (0.5, 25_000), (0.8, 40_000), (0.95, 47_500), (0.333, 16_650)] {
            assert_eq!(figure.0.quantile(share).to_bits(), sorted[rank - 1].to_bits(), "{share}");
            let relative = figure.1.quantile(share) / sorted[rank - 1] - 1.0;
            assert!(relative.abs() <= 1.0 / 1024.0, "{share} {relative}");
        }
        let worst = sorted[47_500..].iter().sum::<f64>() / 2_500.0;
        assert!((figure.0.expected_shortfall(0.95) / worst - 1.0).abs() < 1e-12);
        assert!((figure.1.expected_shortfall(0.95) / worst - 1.0).abs() < 1e-3);
        let above = figure.0.exceedance(sorted[40_000 - 1]);
        assert!((above - 0.2).abs() < 1e-12, "{above}");
        assert!((figure.1.exceedance(sorted[40_000 - 1]) - 0.2).abs() < 2e-3);
    }
    // Years, categories and funds add up to the total in every draw.
    let of = |key: &dyn Fn(&str) -> bool| {
        kept.kept().iter().filter(|k| k.figure == "temporary" && key(&k.key)).map(|k| k.draws[17]).sum::<f64>()
    };
    let total = of(&|key| key == "total");
    assert!((of(&|key| key.parse::<i32>().is_ok()) / total - 1.0).abs() < 1e-12);
    assert!((of(&|key| key.starts_with("by_fund.")) / total - 1.0).abs() < 1e-12);
    let is_category = |key: &str| key != "total" && !key.starts_with("by_fund.") && key.parse::<i32>().is_err();
    assert!((of(&is_category) / total - 1.0).abs() < 1e-12);
}

/// A household of one, a line with events, and nothing else.
fn events(per_year: &str, severity: &str, months: u32) -> Scenario {
    let text = format!(
        r#"
        schema = 1
        currency = "EUR"
        start = "2026-01"
        horizon_months = {months}
        price_base_year = 2026
        entitlements = ["work"]
        categories = ["medical"]
        funds = ["regular"]
        solutions.permanent = {{ label = "P", kind = "permanent", entitlements = ["work"] }}
        solutions.temporary = {{ label = "T", kind = "temporary", entitlements = [] }}
        household = {{ members = [{{ age = 40 }}] }}
        [[lines]]
        id = "stay"
        category = "medical"
        label = "Stay"
        driver = "person"
        event = {{ per_year = "{per_year}", severity = {severity} }}
        unless = ["work"]
        currency = "EUR"
        source = "test"
        [[lines]]
        id = "base"
        category = "medical"
        label = "Base"
        driver = "person"
        schedule = "monthly"
        amount = "1"
        currency = "EUR"
        source = "test"
        "#
    );
    Scenario::parse(&text).unwrap_or_else(|error| panic!("{error}"))
}

/// Mean and standard deviation within so many standard errors of a closed form (kurtosis excess `kurtosis`).
fn near(statistics: &Statistics, mean: f64, sd: f64, kurtosis: f64) {
    #[expect(clippy::cast_precision_loss, reason = "draws are few")]
    let draws = statistics.draws() as f64;
    assert!((statistics.mean() - mean).abs() < 4.0 * sd / draws.sqrt(), "{statistics:?} for {mean}");
    let error = sd * ((kurtosis + 2.0) / draws).sqrt() / 2.0;
    assert!((statistics.sd() - sd).abs() < 4.0 * error, "{statistics:?} for {sd} ± {error}");
}

/// A compound Poisson sum of rate 5 with lognormal severities of mean and standard deviation 10,000: mean 50,000, standard
/// deviation 31,622.78 (closed form; the manual of a commercial tool prints it).
#[test]
fn compound_poisson_events_have_the_moments_of_the_closed_form() {
    let scenario = events("5", "{ lognormal = { mean = \"10000\", sd = \"10000\" } }", 12);
    let simulation = scenario.simulate(&options(400_000)).unwrap();
    // E X^4 / (λ (E X^2)^2) for a lognormal variable with a coefficient of variation of 1: 2^6 / (5 × 2^2).
    near(&simulation.extra().total, 50_000.0, 31_622.776_601_683_79, 3.2);
    assert_eq!(simulation.extra().total.ledger().unwrap().to_string(), "50000.04");
    // Over two years, with half the rate, the same sum; by year, half of each.
    let scenario = events("2.5", "{ lognormal = { mean = \"10000\", sd = \"10000\" } }", 24);
    let simulation = scenario.simulate(&options(400_000)).unwrap();
    near(&simulation.extra().total, 50_000.0, 31_622.776_601_683_79, 3.2);
    for year in simulation.extra().by_fiscal_year.values() {
        near(year, 25_000.0, 31_622.776_601_683_79 / 2.0_f64.sqrt(), 6.4);
    }
}

/// A discrete severity: mean λ Σ p x, variance λ Σ p x².
#[test]
fn events_of_a_few_sizes_have_the_moments_of_the_closed_form() {
    let scenario = events("1.7", "{ discrete = { values = [\"100\", \"20\"], weights = [\"1\", \"3\"] } }", 12);
    let simulation = scenario.simulate(&options(400_000)).unwrap();
    let (mean, square, fourth) = (40.0, 2_800.0, 25_120_000.0);
    near(&simulation.extra().total, 1.7 * mean, (1.7_f64 * square).sqrt(), fourth / (1.7 * square * square));
    // The number of events alone.
    let scenario = events("700", "{ uniform = { low = \"1\", high = \"1\" } }", 12);
    let simulation = scenario.simulate(&options(100_000)).unwrap();
    near(&simulation.extra().total, 700.0, 700.0_f64.sqrt(), 1.0 / 700.0);
    let scenario = events("999999999", "{ uniform = { low = \"1\", high = \"1\" } }", 12);
    let refused = scenario.simulate(&options(10)).unwrap_err();
    assert_eq!((refused.code(), refused.findings()[0].key.as_str()), (Code::TooMany, "lines.stay"));
}

/// Draws that are all of one size, or 0: shares and quantiles of what is only counted are exact there.
#[test]
fn shares_at_points_of_mass_are_those_of_the_draws() {
    let scenario = events("0.1", "{ uniform = { low = \"100\", high = \"100\" } }", 12);
    let of = |keep| scenario.simulate(&options(10_000).keep(keep)).unwrap();
    let (counted, kept) = (of(Keep::Nothing), of(Keep::Totals));
    for value in [-1.0, 0.0, 50.0, 100.0, 150.0, 200.0, 1e9] {
        let [counted, kept] = [&counted, &kept].map(|simulation| simulation.extra().total.exceedance(value));
        assert_eq!(counted.to_bits(), kept.to_bits(), "{value}");
    }
    let total = &counted.extra().total;
    assert!((total.exceedance(0.0) - 0.095).abs() < 0.012, "{}", total.exceedance(0.0));
    for Quantile { share, value, error, .. } in total.quantiles() {
        let expected = if share < 0.91 { 0.0 } else { 100.0 };
        assert!((value - expected).abs() <= expected / 1024.0 && error < 60.0, "{share} {value} {error}");
    }
    assert_eq!(total.quantile(0.5).to_bits(), 0.0_f64.to_bits());
    assert!(total.exceedance(f64::NAN).is_nan());
}

/// Rare large values neither spoil the sums of usual ones nor are lost.
#[test]
fn a_rare_outlier_does_not_make_sums_coarse() {
    let scenario = events("0", "{ uniform = { low = \"1\", high = \"1\" } }", 12);
    let rare = json!([{ "parameter": "lines.base.amount", "distribution": { "discrete": {
        "values": ["1", "2", "1000000000000"], "weights": ["1000", "1000", "4"] } } }]);
    let scenario = assuming(&scenario, &rare).unwrap();
    for draws in [50, 100, 200, 5_000] {
        let options = options(draws).keep(Keep::Totals);
        let simulation = scenario.simulate(&options).unwrap();
        let column = simulation.kept().iter().find(|column| column.figure == "permanent").unwrap();
        #[expect(clippy::cast_precision_loss, reason = "draws are few")]
        let count = draws as f64;
        let mean = column.draws.iter().sum::<f64>() / count;
        let squares: f64 = column.draws.iter().map(|draw| (draw - mean) * (draw - mean)).sum();
        let sd = (squares / (count - 1.0)).sqrt();
        let total = &simulation.pathways()["permanent"].total;
        assert!(
            (total.mean() / mean - 1.0).abs() < 1e-12 && (total.sd() / sd - 1.0).abs() < 1e-9,
            "{total:?} {mean} {sd}"
        );
    }
}

/// A year of the horizon in which nothing is charged needs no rates, and does not spoil the others.
#[test]
fn years_without_charges_need_no_rates() {
    let text = r#"
        schema = 1
        currency = "EUR"
        start = "2026-01"
        horizon_months = 36
        price_base_year = 2026
        entitlements = ["work"]
        categories = ["all"]
        funds = ["regular"]
        household = { members = [{ age = 40 }] }
        [solutions]
        permanent = { label = "P", kind = "permanent", entitlements = ["work"] }
        temporary = { label = "T", kind = "temporary", entitlements = [] }
        [profiles.p]
        knots = [[0, "0"], [48, "1"]]
        [rates.index.i]
        2027 = "0.02"
        [[lines]]
        id = "a"
        category = "all"
        label = "A"
        driver = "person"
        schedule = { monthly = { until = 24 } }
        amount = "100"
        currency = "EUR"
        index = "i"
        relief = { profile = "p", requires = [] }
        source = "test"
        [[uncertain]]
        parameter = "profiles.p.stretch"
        distribution = { uniform = { low = "1", high = "1" } }
        [[uncertain]]
        parameter = "rates.index.i.shift"
        distribution = { uniform = { low = "0", high = "0" } }
    "#;
    let scenario = Scenario::parse(text).unwrap_or_else(|error| panic!("{error}"));
    let total = scenario.simulate(&options(100)).unwrap().pathways()["permanent"].total.clone();
    assert!((total.mean() - number(&scenario.ledger("permanent").unwrap().total())).abs() < 0.13, "{total:?}");
    assert!(scenario.tornado(&CompareOptions::default()).unwrap().standing().extra.abs() <= 0.0);
    // In constant prices no index is needed at all.
    let bare = Scenario::parse(&text.replace("2027 = \"0.02\"", "2030 = \"0.02\"")).unwrap();
    assert_eq!(bare.simulate(&options(100)).unwrap_err().code(), Code::MissingRate);
    let constant = options(100).basis(relocost::Basis::Constant);
    assert!(bare.simulate(&constant).unwrap().pathways()["permanent"].total.mean() > 1_000.0);
}

#[test]
fn a_credit_that_a_question_sets_to_nothing_is_still_one() {
    let scenario = events("0", "{ uniform = { low = \"1\", high = \"1\" } }", 12);
    let mut tree: Value = serde_json::from_str(&scenario.to_json().unwrap()).unwrap();
    tree["lines"][1]["amount"] = json!("-100");
    tree["uncertain"] = json!([{ "parameter": "lines.base.amount",
        "distribution": { "uniform": { "low": "-200", "high": "-50" } } }]);
    let scenario = Scenario::parse_json(&tree.to_string()).unwrap();
    let parameter: Parameter = "lines.base.amount".parse().unwrap();
    let nothing = scenario.with(&[(parameter, "0".parse().unwrap())]).unwrap();
    let [as_read, set] = [&scenario, &nothing].map(|scenario| scenario.simulate(&options(1_000)).unwrap());
    assert_eq!(set.moved()[0].moved, 0);
    let mean = |simulation: &relocost::Simulation| simulation.pathways()["permanent"].total.mean();
    assert!(mean(&set) < -1_000.0 && mean(&set).to_bits() == mean(&as_read).to_bits());
}

/// Y = 12 a + 24 b of independent uniform amounts and c euros for each of some events: each has the share of its own
/// variance, through the whole of it.
#[test]
fn indices_of_a_sum_are_the_shares_of_its_terms() {
    let scenario = events("4", "{ uniform = { low = \"100\", high = \"100\" } }", 12);
    let mut tree: Value = serde_json::from_str(&scenario.to_json().unwrap()).unwrap();
    let mut other = tree["lines"][1].clone();
    other["id"] = json!("other");
    tree["lines"].as_array_mut().unwrap().push(other);
    let uniform = json!({ "uniform": { "low": "0", "high": "60" } });
    let half = json!({ "uniform": { "low": "0", "high": "30" } });
    tree["uncertain"] = json!([
        { "parameter": "lines.base.amount", "distribution": uniform },
        { "parameter": "lines.other.amount", "distribution": half },
    ]);
    let scenario = Scenario::parse_json(&tree.to_string()).unwrap();
    let indices = scenario.sobol(&SobolOptions::default().resamples(200)).unwrap();
    let figure = &indices.figures()["temporary"];
    let parts = [("lines.base.amount", 43_200.0), ("lines.other.amount", 10_800.0), ("lines.stay.events", 40_000.0)];
    let whole: f64 = parts.iter().map(|(_, variance)| variance).sum();
    assert!((figure.sd / whole.sqrt() - 1.0).abs() < 0.03, "{}", figure.sd);
    for (name, variance) in parts {
        let found = figure.factors.iter().find(|factor| factor.factor.name == name).unwrap();
        for index in [found.first_order, found.total] {
            assert!((index.value - variance / whole).abs() < 0.03, "{name} {index:?}");
            assert!(index.low < variance / whole && variance / whole < index.high, "{name} {index:?}");
        }
    }
}

/// The mean over draws of the parameters is the expectation of the ledger, and the three figures stand side by side.
#[test]
fn the_simulated_mean_the_ledger_and_the_ledger_at_the_means() {
    let scenario = family();
    let simulation = scenario.simulate(&options(1 << 17).sampling(Sampling::Sobol)).unwrap();
    for (pathway, figures) in simulation.pathways() {
        let ledger = scenario.ledger(pathway.as_str()).unwrap().total();
        assert_eq!(figures.total.ledger(), Some(LedgerFigure::Amount(ledger)));
        let gap = figures.total.gap().unwrap();
        let sum = number(&ledger) + gap.assumptions + gap.curvature;
        assert!((sum - figures.total.mean()).abs() < 1e-6, "{gap:?}");
        assert!(gap.curvature.abs() < 0.02 * figures.total.mean(), "{gap:?}");
    }
    let premium = simulation.premium().total.as_ref().unwrap();
    assert_eq!(premium.ledger(), scenario.compare().unwrap().premium().ratio().map(LedgerFigure::Ratio));
    let band = simulation.band();
    assert!((band.below + band.within + band.above - 1.0).abs() < 1e-12 && band.none == 0.0);
    let inside = premium.exceedance(0.45) - premium.exceedance(0.75);
    assert!((inside - band.within).abs() < 1e-3, "{inside} {band:?}");
}

#[test]
fn draws_without_a_premium_are_counted_and_those_outside_a_domain_too() {
    let scenario = events("0", "{ uniform = { low = \"1\", high = \"1\" } }", 12);
    let base = "lines.base.amount";
    let wide = json!([{ "parameter": base, "distribution": { "normal": { "mean": "1", "sd": "1" } } }]);
    let simulation = assuming(&scenario, &wide).unwrap().simulate(&options(100_000)).unwrap();
    assert!(simulation.premium().total.is_none());
    assert!((simulation.band().none - 0.158_655).abs() < 5e-3, "{:?}", simulation.band());
    assert!((simulation.band().below + simulation.band().none - 1.0).abs() < 1e-12);
    let [moved] = simulation.moved() else { panic!("one parameter") };
    #[expect(clippy::cast_precision_loss, reason = "draws are few")]
    let share = moved.moved as f64 / 1e5;
    assert_eq!((moved.parameter.to_string().as_str(), share), (base, simulation.band().none));
    let json = serde_json::to_value(&simulation).unwrap();
    assert!(json["comparison"]["premium"].is_null() && json["pathways"]["permanent"]["total"]["mean"].is_f64());
    // Checking warns of it.
    let warned = assuming(&scenario, &wide).unwrap().warnings();
    assert!(warned.iter().any(|warning| warning.code == Code::LeavesDomain), "{warned:?}");
    let narrow = json!([{ "parameter": base, "distribution": { "normal": { "mean": "1", "sd": "0.2" } } }]);
    assert!(assuming(&scenario, &narrow).unwrap().warnings().iter().all(|w| w.code != Code::LeavesDomain));
}

#[test]
fn stratified_draws_have_smaller_errors_and_say_so() {
    let scenario = family();
    let of = |sampling| scenario.simulate(&options(1 << 14).sampling(sampling)).unwrap();
    let [random, latin, sobol] = [Sampling::Random, Sampling::LatinHypercube, Sampling::Sobol].map(of);
    let total = |simulation: &relocost::Simulation| simulation.pathways()["permanent"].total.clone();
    let best = total(&scenario.simulate(&options(1 << 18).sampling(Sampling::Sobol)).unwrap());
    assert!(total(&sobol).se() < total(&random).se() / 8.0, "{} {}", total(&sobol).se(), total(&random).se());
    assert!(total(&latin).se() < total(&random).se() / 2.0);
    for simulation in [&random, &latin, &sobol] {
        let total = total(simulation);
        assert!((total.mean() - best.mean()).abs() < 5.0 * (total.se() + best.se()), "{}", simulation.sampling());
        for (Quantile { value, error, .. }, Quantile { value: exact, .. }) in total.quantiles().zip(best.quantiles()) {
            assert!((value - exact).abs() < 5.0 * error + exact / 1024.0, "{}", simulation.sampling());
        }
    }
}

#[test]
fn a_precision_stops_at_a_checkpoint() {
    let scenario = family();
    let most = 1 << 20;
    let loose = scenario.simulate(&options(most).precision(0.05)).unwrap();
    assert_eq!(loose.draws(), 1 << 14);
    let tight = scenario.simulate(&options(most).precision(0.001)).unwrap();
    assert!(tight.draws() > 1 << 14 && tight.draws() < most && tight.draws().is_power_of_two(), "{}", tight.draws());
    let same = scenario.simulate(&options(tight.draws())).unwrap();
    assert_eq!(serde_json::to_value(&tight).unwrap(), serde_json::to_value(&same).unwrap());
    let few = scenario.simulate(&options(20_000).precision(0.000_001)).unwrap();
    assert_eq!(few.draws(), 20_000);
    for wrong in [0.0, -1.0, f64::NAN, 2.0] {
        let refused = scenario.simulate(&options(10).precision(wrong)).unwrap_err();
        assert_eq!(refused.findings()[0].key, "precision");
    }
    let all = options(1 << 30).keep(Keep::Everything);
    assert_eq!(scenario.simulate(&all).unwrap_err().findings()[0].key, "keep");
    assert_eq!(scenario.simulate(&options(0)).unwrap_err().findings()[0].key, "draws");
    let nowhere = options(10).pair(Pair::new("nowhere", "temporary"));
    assert_eq!(scenario.simulate(&nowhere).unwrap_err().code(), Code::UnknownPathway);
}

#[test]
fn a_watch_hears_of_draws_and_breaks_off() {
    let family = family();
    for threads in [1, 2] {
        let watch = Watch::new(|progress| {
            assert_eq!(progress.total, Some(3_000_000));
            if progress.done > 50_000 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let options = options(3_000_000).threads(NonZeroUsize::new(threads));
        assert_eq!(family.watched(&watch).simulate(&options).unwrap_err().code(), Code::Interrupted);
    }
    let watch = Watch::new(|_| ControlFlow::Break(()));
    let scenario = family.watched(&watch);
    assert_eq!(scenario.sobol(&SobolOptions::default()).unwrap_err().code(), Code::Interrupted);
    assert_eq!(scenario.tornado(&CompareOptions::default()).unwrap_err().code(), Code::Interrupted);
}

#[test]
fn what_a_watch_hears_never_goes_back_and_ends_at_the_total() {
    type Question = fn(&Watched<'_, '_, Scenario>, Option<NonZeroUsize>) -> Result<(), relocost::Error>;
    let questions: [(&str, Question); 4] = [
        ("simulation", |it, threads| it.simulate(&options(40_000).threads(threads)).map(|_| ())),
        ("simulation that is precise before its last draw", |it, threads| {
            it.simulate(&options(60_000).threads(threads).precision(0.01)).map(|_| ())
        }),
        ("range", |it, threads| it.simulate_range(&options(40_000).threads(threads), 3..20_000).map(|_| ())),
        ("Sobol' indices", |it, threads| {
            let options = SobolOptions::default().draws(2_048).resamples(20).threads(threads);
            it.sobol(&options).map(|_| ())
        }),
    ];
    for (name, question) in questions {
        for threads in [1, 2, 5] {
            let told = Cell::new((0, 0));
            let watch = Watch::new(|progress| {
                let (before, total) = (told.get().0, progress.total.unwrap());
                assert!(
                    before <= progress.done && progress.done <= total,
                    "{name} on {threads}: {before}, {progress:?}"
                );
                told.set((progress.done, total));
                ControlFlow::Continue(())
            });
            question(&family().watched(&watch), NonZeroUsize::new(threads)).unwrap();
            let (done, total) = told.get();
            assert_eq!(done, total, "{name} on {threads}");
        }
    }
}

#[test]
fn indices_of_the_family_add_up_and_do_not_depend_on_threads() {
    let scenario = family();
    let of = |threads| {
        let options = SobolOptions::default().draws(1 << 13).resamples(200).threads(NonZeroUsize::new(threads));
        serde_json::to_value(scenario.sobol(&options).unwrap()).unwrap()
    };
    let (one, three) = (of(1), of(3));
    assert_eq!(one, three);
    for figure in one["figures"].as_object().unwrap().values() {
        let sum = |key: &str| {
            figure["factors"].as_array().unwrap().iter().map(|f| f[key]["value"].as_f64().unwrap()).sum::<f64>()
        };
        assert!((0.85..1.1).contains(&sum("first_order")), "{}", sum("first_order"));
        assert!(sum("total") > sum("first_order") - 0.1);
    }
    let names: Vec<&str> =
        one["figures"]["extra"]["factors"].as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 10); // eleven parameters, two pairs of them tied, and the events
    assert!(names.contains(&"lines.short-let.amount + lines.international-school.amount"));
    assert!(names.contains(&"lines.hospital-uninsured.events"));
    let parameter: Parameter = "lines.rent.amount".parse().unwrap();
    assert!(one["figures"]["permanent"]["spearman"][parameter.to_string()].as_f64().unwrap() > 0.25);
}

/// D. Bahnemann, Distributions for Actuaries (CAS Monograph 2, 2015), example 4.2, table 4.1: a Poisson number of 2.5
/// on average, gamma severities of shape 3 and scale 400; the distribution function of their sum.
#[test]
fn a_published_compound_poisson_gamma_distribution() {
    const TABLE: [(f64, f64); 12] = [
        (0.0, 0.0821),
        (500.0, 0.1096),
        (1_000.0, 0.1867),
        (2_000.0, 0.3755),
        (3_000.0, 0.5613),
        (4_000.0, 0.7152),
        (5_000.0, 0.8273),
        (6_000.0, 0.9013),
        (7_000.0, 0.9465),
        (8_000.0, 0.9723),
        (9_000.0, 0.9863),
        (10_000.0, 0.9934),
    ];
    // Mean 3 × 400, standard deviation √3 × 400.
    let scenario = events("2.5", "{ gamma = { mean = \"1200\", sd = \"692.820323027551\" } }", 12);
    let total = simulated_extra(&scenario);
    near(&total, 3_000.0, 4_800_000.0_f64.sqrt(), 30.0 / 25.0);
    holds_distribution(&total, &TABLE, 1e-9);
}

/// The same, example 4.4, table 4.5: a Poisson number of 1.75 on average, severities of 1,000 to 5,000.
#[test]
fn a_published_compound_poisson_distribution_of_a_few_sizes() {
    const TABLE: [(f64, f64); 14] = [
        (0.0, 0.1738),
        (1_000.0, 0.2346),
        (2_000.0, 0.3669),
        (3_000.0, 0.4715),
        (4_000.0, 0.5886),
        (5_000.0, 0.6818),
        (6_000.0, 0.7604),
        (7_000.0, 0.8245),
        (8_000.0, 0.8744),
        (9_000.0, 0.9121),
        (10_000.0, 0.9395),
        (12_000.0, 0.9729),
        (14_000.0, 0.9886),
        (16_000.0, 0.9955),
    ];
    let severity = r#"{ discrete = { values = ["1000", "2000", "3000", "4000", "5000"],
        weights = ["0.20", "0.40", "0.20", "0.15", "0.05"] } }"#;
    let scenario = events("1.75", &severity.replace('\n', " "), 12);
    // Sums are whole thousands: half of one beyond each tells them apart.
    holds_distribution(&simulated_extra(&scenario), &TABLE, 500.0);
}

/// The draws of a scenario's extra cost, kept, so that what is said of them is exact.
fn simulated_extra(scenario: &Scenario) -> Statistics {
    let options = options(400_000).keep(Keep::Totals);
    scenario.simulate(&options).unwrap().extra().total.clone()
}

/// Holds shares of draws up to values (and a little beyond) to printed ones, of four decimals.
fn holds_distribution(found: &Statistics, table: &[(f64, f64)], beyond: f64) {
    #[expect(clippy::cast_precision_loss, reason = "draws are few")]
    let draws = found.draws() as f64;
    for (value, printed) in table {
        let share = 1.0 - found.exceedance(value + beyond);
        let error = (printed * (1.0 - printed) / draws).sqrt();
        assert!((share - printed).abs() < 4.0 * error + 0.000_05, "{share} up to {value}, {printed} printed");
    }
}

/// The same, example 4.1 (chapter 4, which begins with it): 0, 1 or 2 claims with probabilities 0.6, 0.3 and 0.1, each of 100, 200 or 300 with
/// probabilities 0.4, 0.5 and 0.1; mean 85, variance 15,055. The number is no Poisson one: two lines, of which the second is
/// paid only if the first is, come to the same sum.
#[test]
fn a_published_compound_distribution_of_another_number() {
    const TABLE: [(f64, f64); 6] =
        [(0.0, 0.6), (100.0, 0.72), (200.0, 0.886), (300.0, 0.956), (400.0, 0.989), (500.0, 0.999)];
    let scenario = events("0", "{ uniform = { low = \"1\", high = \"1\" } }", 12);
    let mut tree: Value = serde_json::from_str(&scenario.to_json().unwrap()).unwrap();
    let mut first = tree["lines"][1].clone();
    first["id"] = json!("first");
    first["unless"] = json!(["work"]);
    first["schedule"] = json!({ "once": { "at": 0 } });
    let mut second = first.clone();
    second["id"] = json!("second");
    tree["lines"].as_array_mut().unwrap().extend([first, second]);
    let size = json!({ "discrete": { "values": ["100", "200", "300"], "weights": ["0.4", "0.5", "0.1"] } });
    let paid =
        |probability: &str, not: &str| json!({ "discrete": { "values": ["0", "1"], "weights": [not, probability] } });
    tree["uncertain"] = json!([
        { "parameter": "lines.first.amount", "distribution": size },
        { "parameter": "lines.second.amount", "distribution": size },
        { "parameter": "lines.first.factor", "distribution": paid("0.4", "0.6") },
        { "parameter": "lines.second.factor", "distribution": paid("0.1", "0.9") },
    ]);
    tree["correlations"] = json!([{ "between": ["lines.first.factor", "lines.second.factor"], "spearman": "1" }]);
    let scenario = Scenario::parse_json(&tree.to_string()).unwrap();
    let total = simulated_extra(&scenario);
    near(&total, 85.0, 15_055.0_f64.sqrt(), 5.0);
    holds_distribution(&total, &TABLE, 50.0);
    assert_eq!([total.least(), total.most()].map(f64::to_bits), [0.0, 600.0].map(f64::to_bits));
}

/// Figures that no number can hold are refused by every question, and not reported as something else.
#[test]
fn figures_beyond_all_numbers_are_refused() {
    let scenario = events("0", "{ uniform = { low = \"1\", high = \"1\" } }", 400);
    let mut tree: Value = serde_json::from_str(&scenario.to_json().unwrap()).unwrap();
    tree["rates"] = json!({ "index": { "i": { "default": "0" } } });
    tree["lines"][1]["index"] = json!("i");
    tree["uncertain"] = json!([{ "parameter": "rates.index.i.shift",
        "distribution": { "uniform": { "low": "0", "high": "999999999999999" } } }]);
    let scenario = Scenario::parse_json(&tree.to_string()).unwrap();
    let errors = [
        scenario.simulate(&options(100)).unwrap_err(),
        scenario.tornado(&CompareOptions::default()).unwrap_err(),
        scenario.sobol(&SobolOptions::default().draws(100)).unwrap_err(),
    ];
    for error in errors {
        assert_eq!((error.code(), error.findings()[0].key.as_str()), (Code::TooLargeFigure, "uncertain"));
    }
}
