//! Rates that are drawn anew for each year: against closed forms, the ledger, and themselves in parts.

mod support;

use std::num::NonZeroUsize;

use relocost::names::{Keep, Sampling};
use relocost::simulation::{SimulationPart, SobolOptions, Statistics};
use relocost::{Code, CompareOptions, Parameter, Scenario, SimulateOptions};
use support::load;

/// The spread of each year's step.
const SD: f64 = 0.001;

/// 100 a month for five years, once on an index and once in dollars, with uncertain rates.
fn scenario(uncertain: &str) -> Scenario {
    Scenario::parse(&scenario_text(uncertain)).unwrap_or_else(|error| panic!("{error}"))
}

fn scenario_text(uncertain: &str) -> String {
    format!(
        r#"
        schema = 1
        currency = "EUR"
        start = "2026-01"
        horizon_months = 60
        price_base_year = 2026
        entitlements = ["work"]
        categories = ["indexed", "dollar", "other"]
        funds = ["regular"]
        solutions.permanent = {{ label = "P", kind = "permanent", entitlements = ["work"] }}
        solutions.temporary = {{ label = "T", kind = "temporary", entitlements = [] }}
        household = {{ members = [{{ age = 40 }}] }}
        rates.index.general = {{ default = "0" }}
        rates.index.second = {{ default = "0" }}
        rates.fx.USD = {{ default = "1", 2028 = "1", 2028-03 = "1" }}
        lines = [
          {{ id = "indexed", category = "indexed", label = "I", driver = "person", schedule = "monthly", amount = 100,
             currency = "EUR", index = "general", source = "test" }},
          {{ id = "dollar", category = "dollar", label = "D", driver = "person", schedule = "monthly", amount = 100,
             currency = "USD", source = "test" }},
          {{ id = "other", category = "other", label = "O", driver = "person", schedule = "monthly", amount = 100,
             currency = "EUR", index = "second", unless = ["work"], source = "test" }},
        ]
        {uncertain}
        "#
    )
}

fn normal(path: &str, mean: &str) -> String {
    format!(
        "[[uncertain]]\nparameter = \"{path}\"\ndistribution = {{ normal = {{ mean = \"{mean}\", sd = \"{SD}\" }} }}\n"
    )
}

fn tied(a: &str, b: &str, spearman: &str) -> String {
    format!("[[correlations]]\nbetween = [\"{a}\", \"{b}\"]\nspearman = \"{spearman}\"\n")
}

const INDEX: &str = "rates.index.general.yearly";
const SECOND: &str = "rates.index.second.yearly";
const DOLLAR: &str = "rates.fx.USD.yearly";

fn options(draws: u64) -> SimulateOptions {
    SimulateOptions::default().draws(draws).seed(7)
}

/// A variance of so many squares of a year's step on a year's cost.
fn has_squares(told: &Statistics, squares: f64) {
    let expected = 1_200.0 * SD * f64::sqrt(squares);
    assert!((told.sd() - expected).abs() <= 0.01 * expected, "{} for {expected}", told.sd());
}

/// The cost of the n-th year after the first has n steps in it, so five years have 4, 3, 2 and 1 of each of them:
/// 16 + 9 + 4 + 1 squares. A shift is one step that all years share: (1 + 2 + 3 + 4)².
#[test]
fn a_small_spread_has_the_variance_of_a_sum_of_independent_steps() {
    let drawn = scenario(&(normal(INDEX, "0") + &normal(DOLLAR, "1"))).simulate(&options(1 << 16)).unwrap();
    let told = &drawn.pathways()["permanent"];
    has_squares(&told.by_category["indexed"], 30.0);
    has_squares(&told.by_category["dollar"], 30.0);
    has_squares(&told.total, 60.0);
    for (steps, year) in (2026..).enumerate() {
        let Some(told) = told.by_fiscal_year.get(&year) else { break };
        has_squares(told, 2.0 * [0.0, 1.0, 2.0, 3.0, 4.0][steps]);
    }
    let shift = scenario(&normal("rates.index.general.shift", "0")).simulate(&options(1 << 16)).unwrap();
    has_squares(&shift.pathways()["permanent"].total, 100.0);
}

/// A correlation holds within each year: with 1 the steps of a year are the same, with -1 they cancel out.
#[test]
fn a_correlation_holds_within_each_year() {
    let declared = normal(INDEX, "0") + &normal(DOLLAR, "1") + &normal(SECOND, "0");
    for (spearman, squares) in [("1", 120.0), ("-1", 0.0), ("0", 60.0)] {
        for [a, b] in [[INDEX, SECOND], [DOLLAR, SECOND]] {
            let scenario = scenario(&(declared.clone() + &tied(a, b, spearman)));
            let simulation = scenario.simulate(&options(1 << 14).keep(Keep::Everything)).unwrap();
            let draws = |key: &str| {
                let kept = simulation.kept_draws("temporary", key);
                kept.unwrap().draws.to_vec()
            };
            let one = if a == INDEX { draws("indexed") } else { draws("dollar") };
            let sums: Vec<f64> = one.iter().zip(draws("other")).map(|(a, b)| a + b).collect();
            #[expect(clippy::cast_precision_loss, reason = "draws are few")]
            let count = sums.len() as f64;
            let mean = sums.iter().sum::<f64>() / count;
            let sd = (sums.iter().map(|sum| (sum - mean) * (sum - mean)).sum::<f64>() / (count - 1.0)).sqrt();
            let expected = 1_200.0 * SD * f64::sqrt(squares);
            assert!((sd - expected).abs() < 0.02 * expected + 0.1, "{a} {b} {spearman}: {sd} for {expected}");
        }
    }
}

#[test]
fn the_same_bits_on_any_threads_and_in_any_parts() {
    let declared = normal(INDEX, "0") + &normal(DOLLAR, "1") + &normal(SECOND, "0") + &tied(INDEX, SECOND, "0.6");
    let scenario = scenario(&declared);
    for sampling in Sampling::ALL {
        let options = options(3_001).sampling(*sampling).keep(Keep::Everything);
        let on = |threads: usize| scenario.simulate(&options.clone().threads(NonZeroUsize::new(threads))).unwrap();
        let one = on(1);
        assert!(one == on(2) && one == on(5), "{sampling}");
        let part = |range| scenario.simulate_range(&options, range).unwrap();
        let mut whole = part(2_222..3_001);
        for range in [0..1, 257..2_222, 1..257] {
            whole.merge(SimulationPart::from_bytes(&part(range).to_bytes()).unwrap()).unwrap();
        }
        assert!(scenario.simulation_of_part(&options, &whole).unwrap() == one, "{sampling}");
    }
}

/// A longer horizon has further years, and the numbers of those that it had stay.
#[test]
fn a_longer_horizon_changes_no_number() {
    let scenario = scenario(&(normal(INDEX, "0") + &normal(DOLLAR, "1")));
    let longer = scenario.with(&[("horizon_months".parse().unwrap(), "96".parse().unwrap())]).unwrap();
    let year = |scenario: &Scenario| {
        let simulation = scenario.simulate(&options(500).keep(Keep::Everything)).unwrap();
        let kept = simulation.kept_draws("permanent", "2030").unwrap();
        kept.draws.iter().map(|draw| draw.to_bits()).collect::<Vec<_>>()
    };
    assert_eq!(year(&scenario), year(&longer));
}

/// A tornado moves all years together: it is the ledger with the increases, or the rates, that follow.
#[test]
fn a_tornado_moves_all_years_together() {
    let scenario = scenario(&(normal(INDEX, "0") + &normal(DOLLAR, "1")));
    let tornado = scenario.tornado(&CompareOptions::default()).unwrap();
    for bar in tornado.bars() {
        for point in [&bar.low, &bar.high] {
            let value = point.value.unwrap();
            let (mut factor, mut changes): (f64, Vec<(Parameter, _)>) = (1.0, Vec::new());
            for year in 2027..=2030 {
                let (path, of_year) = if bar.parameter.to_string() == INDEX {
                    (format!("rates.index.general.{year}"), value)
                } else {
                    factor *= value;
                    (format!("rates.fx.USD.{year}"), factor)
                };
                changes.push((path.parse().unwrap(), format!("{of_year:.12}").parse().unwrap()));
            }
            let ledger = scenario.with(&changes).unwrap().ledger("permanent").unwrap().total();
            let ledger: f64 = ledger.to_string().parse().unwrap();
            assert!((point.pathways["permanent"] - ledger).abs() < 0.6, "{bar:?} for {ledger}");
            assert!((ledger - 12_000.0).abs() > 5.0, "{ledger}");
        }
    }
}

/// In Sobol' indices all years of a parameter are one factor, and so are parameters that a correlation ties.
#[test]
fn all_years_are_one_factor() {
    let [index, dollar, second] = [normal(INDEX, "0"), normal(DOLLAR, "1"), normal(SECOND, "0")];
    let sobol = |text: &str| {
        let indices = scenario(text).sobol(&SobolOptions::default().resamples(50)).unwrap();
        let factors = indices.figures()["temporary"].factors.iter();
        factors.map(|factor| (factor.factor.name.clone(), factor.first_order.value)).collect::<Vec<_>>()
    };
    let apart = sobol(&(index.clone() + &dollar));
    assert_eq!(apart.len(), 2);
    assert!(apart.iter().all(|(_, value)| (value - 0.5).abs() < 0.05), "{apart:?}");
    let together = sobol(&(index + &dollar + &second + &tied(INDEX, SECOND, "0.5")));
    let names: Vec<&str> = together.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, [format!("{INDEX} + {SECOND}").as_str(), DOLLAR]);
}

/// A draw that leaves its domain in some year is moved to the edge there, and counts once.
#[test]
fn what_leaves_its_domain_is_moved_year_by_year() {
    let text = format!(
        "[[uncertain]]\nparameter = \"{DOLLAR}\"\ndistribution = {{ discrete = {{ values = [\"-1\", \"1\"], weights = [1, 1] }} }}"
    );
    let simulation = scenario(&text).simulate(&options(4_096).keep(Keep::Everything)).unwrap();
    let moved = simulation.moved()[0].moved;
    assert!((3_700..4_000).contains(&moved), "15 of 16 draws: {moved}");
    let kept = simulation.kept_draws("permanent", "2027").unwrap();
    // Half of the draws pay for dollars in the second year as in the first, the others next to nothing.
    let dear = kept.draws.iter().filter(|draw| **draw > 2_399.0).count();
    assert!((1_900..2_200).contains(&dear), "{dear}");
    assert!(kept.draws.iter().all(|draw| *draw > 2_399.0 || (*draw - 1_200.001_2).abs() < 1e-6));
}

/// The increase with the shift and the year's own draw is what has a domain, not either by itself.
#[test]
fn a_shift_and_a_yearly_parameter_have_a_domain_together() {
    let constant = |path: &str, value: &str| {
        format!(
            "[[uncertain]]\nparameter = \"{path}\"\ndistribution = {{ uniform = {{ low = \"{value}\", high = \"{value}\" }} }}\n"
        )
    };
    for (shift, yearly, growth, moved) in [
        ("-0.9", "-0.5", 0.01, 64),
        ("-0.5", "-0.4", 0.1, 0),
        ("0.5", "-1.4", 0.1, 0), // outside by itself
        ("0.5", "-2", 0.01, 64),
    ] {
        // The shift stands behind, and is still drawn before it is needed.
        let scenario = scenario(&(constant(INDEX, yearly) + &constant("rates.index.general.shift", shift)));
        let simulation = scenario.simulate(&options(64)).unwrap();
        let told = &simulation.pathways()["permanent"].by_category["indexed"];
        let expected: f64 = (0..5).map(|year| 1_200.0 * f64::powi(growth, year)).sum();
        assert!((told.mean() - expected).abs() < 1e-6, "{shift} {yearly}: {told:?} for {expected}");
        let at_means: f64 = told.ledger_at_means().unwrap().to_string().parse().unwrap();
        assert!((told.mean() - at_means).abs() < 0.5, "{at_means}");
        assert_eq!(simulation.moved()[0].moved, moved, "{shift} {yearly}");
        let warned = scenario.warnings().iter().any(|warning| warning.code == Code::LeavesDomain);
        assert_eq!(warned, moved > 0, "{shift} {yearly}");
        let sobol = scenario.sobol(&SobolOptions::default().draws(64).resamples(20));
        assert!(sobol.is_ok());
    }
}

#[test]
fn what_a_yearly_parameter_cannot_be_is_refused() {
    let read = |text: &str| Scenario::parse(&scenario_text(text)).unwrap_err().to_string();
    for (text, said) in [
        (
            normal(INDEX, "0") + &normal("lines.indexed.amount", "100") + &tied(INDEX, "lines.indexed.amount", "0.5"),
            "drawn anew for each year cannot be correlated with one that is not",
        ),
        (
            normal(INDEX, "0")
                + &normal("rates.index.general.shift", "0")
                + &tied("rates.index.general.shift", INDEX, "0.5"),
            "drawn anew for each year cannot be correlated with one that is not",
        ),
        (format!("variants.v = {{ \"{INDEX}\" = \"0.01\" }}"), "is drawn anew for each year"),
        (normal("rates.index.genral.yearly", "0"), "did you mean \"general\"?"),
        (normal("rates.fx.GBP.yearly", "1"), "no exchange rates of that currency"),
        (normal("rates.index.general", "0"), "the path is now \"rates.index.general.shift\""),
        (normal("rates.fx.USD", "1"), "the path is now \"rates.fx.USD.factor\""),
        (normal("start", "1"), "expected a path of one of the forms"),
        (normal(INDEX, "0") + &normal(INDEX, "0"), "is declared twice"),
    ] {
        let error = read(&text);
        assert!(error.contains(said), "{text}: {error}");
    }
}

/// The example family, whose shifts and factor become yearly: the reserve for the whole horizon is smaller, for a year's
/// error no longer comes every year.
#[test]
fn a_family_with_yearly_rates_is_simulated() {
    let family = load(std::path::Path::new("examples/scenarios/family-of-five.toml"));
    let text = family.to_toml().unwrap().replace(".shift\"", ".yearly\"");
    let yearly = Scenario::parse(&text).unwrap();
    let [constant, yearly] = [&family, &yearly].map(|scenario| scenario.simulate(&options(4_096)).unwrap());
    let sd = |simulation: &relocost::Simulation| simulation.pathways()["permanent"].by_category["housing"].sd();
    assert!(sd(&yearly) < sd(&constant), "{} {}", sd(&yearly), sd(&constant));
}
