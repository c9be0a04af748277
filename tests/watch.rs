//! Every long computation can be followed and broken off, on the thread of its caller, and comes to the same figures.

mod support;

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread::ThreadId;

use proptest::prelude::*;
use proptest::sample::Index;
use relocost::{
    Basis, CalibrateOptions, CaseTable, CaseloadOptions, Code, CompareOptions, DelayOptions, Error, Pair, Progress,
    Scenario, Selection, Watch,
};
use support::load;

/// A question by name, and its answer as text.
type Question = (&'static str, Box<dyn Fn(&Scenario) -> Result<String, Error>>);

macro_rules! text {
    ($result:expr) => {
        serde_json::to_string($result).unwrap()
    };
}

fn table(rows: usize) -> String {
    let row = |row: usize| format!("R-{row},{}{}\n", 20 + row % 45, ["", " 7", " 7 12"][row % 3]);
    std::iter::once("reference,members\n".to_owned()).chain((0..rows).map(row)).collect()
}

fn caseload(scenario: &Scenario, rows: usize, threads: usize) -> Result<String, Error> {
    let options = CaseloadOptions { threads: NonZeroUsize::new(threads), ..CaseloadOptions::default() };
    scenario.caseload(table(rows).as_bytes(), &options).map(|caseload| text!(&caseload))
}

/// All long questions whose progress is told step by step.
fn questions() -> Vec<Question> {
    let newer = |scenario: &Scenario| {
        let changes = [("lines.rent.amount", "1000"), ("rates.index.medical", "0.01")];
        scenario.with(&changes.map(|(path, value)| (path.parse().unwrap(), value.parse().unwrap()))).unwrap()
    };
    vec![
        ("ledger", Box::new(|it| it.ledger("delayed").map(|ledger| text!(&ledger)))),
        ("ledger, constant", Box::new(|it| it.ledger_on("temporary", Basis::Constant).map(|ledger| text!(&ledger)))),
        ("compare", Box::new(|it| it.compare().map(|comparison| text!(&comparison)))),
        (
            "compare, constant",
            Box::new(|it| {
                let options = CompareOptions { basis: Basis::Constant, ..CompareOptions::default() };
                it.compare_with(&options).map(|comparison| text!(&comparison))
            }),
        ),
        ("delay", Box::new(|it| it.delay().map(|delay| text!(&delay)))),
        (
            "calibrate",
            Box::new(|it| {
                let options = CalibrateOptions::new("0.60".parse().unwrap(), ["short-let", "hospital-uninsured"]);
                it.calibrate(&options).map(|calibration| text!(&calibration))
            }),
        ),
        ("diff", Box::new(move |it| it.diff(&newer(it), Basis::Nominal).map(|diff| text!(&diff)))),
        ("variants", Box::new(|it| it.compare_variants(&CompareOptions::default()).map(|table| text!(&table)))),
        (
            "what-ifs",
            Box::new(|it| {
                let value = |text: &str| text.parse().unwrap();
                let axes = [("lines.rent.amount".parse().unwrap(), vec![value("900"), value("1000")])];
                it.grid(&axes, &CompareOptions::default()).map(|table| text!(&table))
            }),
        ),
        ("expectations", Box::new(|it| it.run_expectations().map(|outcomes| text!(&outcomes)))),
        ("caseload on one thread", Box::new(|it| caseload(it, 40, 1))),
        (
            "caseload of known length",
            Box::new(|it| {
                let cases: Vec<_> = CaseTable::new(table(40).as_bytes(), "t")?.collect();
                // One thread, so that it is told equally often each time.
                let options = CaseloadOptions { threads: NonZeroUsize::new(1), ..CaseloadOptions::default() };
                it.caseload_of(cases, &options).map(|caseload| text!(&caseload))
            }),
        ),
    ]
}

/// The family with an expectation of each kind of figure, over six months.
fn family() -> Scenario {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/family-of-five.toml");
    let text = load(&golden).to_toml().unwrap().replace("horizon_months = 60", "horizon_months = 24");
    let expectations = "\n[[expect]]\nfigure = \"pathways.permanent.total\"\nat_least = \"0\"\n\n[[expect]]\nfigure = \"comparison.extra\"\nequals = \"1\"\n\n[variants.dearer]\n\"lines.rent.amount\" = \"1100\"\n";
    Scenario::parse(&(text + expectations)).unwrap()
}

/// What was told, in order, and on which thread.
type Told = Arc<Mutex<Vec<(Progress, ThreadId)>>>;

/// The scenario under a watch that keeps what it is told, and breaks off at the n-th.
fn heard(scenario: &Scenario, stop_at: usize) -> (Scenario, Told) {
    let told = Told::default();
    let hears = Arc::clone(&told);
    let watch = Watch::new(move |progress| {
        let mut told = hears.lock().unwrap();
        told.push((progress, std::thread::current().id()));
        if told.len() == stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    (scenario.watched(&watch), told)
}

/// Asks under a watch; gives the answer and what was told.
fn ask<T>(
    scenario: &Scenario,
    stop_at: usize,
    question: impl Fn(&Scenario) -> Result<T, Error>,
) -> (Result<T, Error>, Vec<Progress>) {
    let (watched, told) = heard(scenario, stop_at);
    let answer = question(&watched);
    let told = told.lock().unwrap();
    let here = std::thread::current().id();
    assert!(told.iter().all(|(_, thread)| *thread == here), "only the caller's thread is told");
    (answer, told.iter().map(|(progress, _)| *progress).collect())
}

/// `done` never falls, and ends at the total, which never changes.
fn runs_to_its_end(told: &[Progress]) -> bool {
    let last = told[told.len() - 1];
    told.windows(2).all(|pair| pair[0].done <= pair[1].done && pair[0].total == pair[1].total)
        && last.total.is_none_or(|total| total == last.done)
}

#[test]
fn every_question_tells_how_far_it_is_and_answers_as_without_a_watch() {
    let family = family();
    for (name, question) in questions() {
        let (answer, told) = ask(&family, 0, &question);
        assert_eq!(answer, question(&family), "{name}");
        assert!(told.len() > 10 && runs_to_its_end(&told), "{name}: {:?}", told.last());
        assert_eq!(told[told.len() - 1].total.is_none(), name == "caseload on one thread", "a stream has no total");
        assert!(told[told.len() - 1].done > 0 && told[0].done == 0, "{name}");
    }
}

#[test]
fn every_question_stops_at_once_when_told() {
    let family = family();
    for (name, question) in questions() {
        let times = ask(&family, 0, &question).1.len();
        let some = (times / 40).max(1);
        for stop_at in [1, 2, 3, times - 1, times].into_iter().chain((4..times).step_by(some)) {
            let (answer, told) = ask(&family, stop_at, &question);
            assert_eq!(answer.unwrap_err().code(), Code::Interrupted, "{name}, told {stop_at} times of {times}");
            assert_eq!(told.len(), stop_at, "{name} goes on after it was stopped");
        }
    }
}

#[test]
fn what_is_derived_from_a_watched_scenario_is_watched() {
    let variants = "\n[variants.smaller]\nhousehold = { leave_out = [4] }\n\"lines.rent.amount\" = \"1000\"\n";
    let family = Scenario::parse(&(family().to_toml().unwrap() + variants)).unwrap();
    let (watched, told) = heard(&family, 0);
    let hears = |question: &dyn Fn()| {
        let before = told.lock().unwrap().len();
        question();
        told.lock().unwrap().len() > before
    };
    let path = |path: &str| path.parse().unwrap();
    let dearer = watched.with(&[(path("lines.rent.factor"), "2".parse().unwrap())]).unwrap();
    assert!(hears(&|| assert!(dearer.compare().is_ok())));
    let smaller = watched.variant("smaller").unwrap();
    assert!(hears(&|| assert!(smaller.compare().is_ok())));
    let options = CalibrateOptions::new("0.60".parse().unwrap(), ["short-let"]);
    let calibrated = watched.calibrated(&family.calibrate(&options).unwrap()).unwrap();
    assert!(hears(&|| assert!(calibrated.delay().is_ok())));
    let ledger = watched.ledger("temporary").unwrap();
    assert!(hears(&|| assert_eq!(ledger.explain(&Selection::default()).unwrap().total(), ledger.total())));
    // The new side of a difference is not the one that is asked.
    assert!(!hears(&|| assert!(family.diff(&watched, Basis::Nominal).is_ok())));
    let compared = |scenario: &Scenario| scenario.compare_variants(&CompareOptions::default());
    assert_eq!(compared(&watched), compared(&family));
    for stop_at in [1, 3, 100] {
        assert_eq!(ask(&family, stop_at, compared).0.unwrap_err().code(), Code::Interrupted);
    }
}

#[test]
fn a_watch_is_no_part_of_what_a_scenario_says() {
    let family = family();
    let (watched, _) = heard(&family, 0);
    assert_eq!(watched, family);
    assert_eq!(
        (watched.to_toml().unwrap(), format!("{watched:?}")),
        (family.to_toml().unwrap(), format!("{family:?}"))
    );
    assert_eq!(watched.ledger("temporary"), family.ledger("temporary"));
    // A second watch takes the place of the first.
    let (again, told) = heard(&heard(&family, 1).0, 0);
    assert!(again.compare().is_ok() && !told.lock().unwrap().is_empty());
}

#[test]
fn a_caseload_on_several_threads_tells_and_stops_on_the_callers() {
    let family = family();
    let rows = 1_500; // one batch
    let question = |scenario: &Scenario| caseload(scenario, rows, 3);
    let (answer, told) = ask(&family, 0, question);
    assert_eq!(answer, caseload(&family, rows, 1));
    assert!(told.len() > rows + 1, "the batch that is under way is told too");
    assert!(runs_to_its_end(&told) && told[told.len() - 1].done == rows as u64);
    for stop_at in [1, rows, rows + 1] {
        let (answer, told) = ask(&family, stop_at, question);
        assert_eq!(answer.unwrap_err().code(), Code::Interrupted);
        assert_eq!(told.len(), stop_at);
    }
}

#[test]
fn a_caseload_that_is_only_read_any_more_is_told_too() {
    let text = table(5_000).replacen("20\n", "nobody\n", 1);
    let question = |scenario: &Scenario| scenario.caseload(text.as_bytes(), &CaseloadOptions::default());
    let (answer, told) = ask(&family(), 0, question);
    assert_eq!(answer.unwrap_err().code(), Code::WrongKind);
    assert!(told.len() >= 5_000 && runs_to_its_end(&told) && told[told.len() - 1].done == 5_000);
    assert_eq!(ask(&family(), 4_500, question).0.unwrap_err().code(), Code::Interrupted);
}

#[test]
fn a_missing_rate_is_still_said_and_the_search_for_all_can_be_stopped() {
    let text =
        family().to_toml().unwrap().replace("[rates.fx.USD]\ndefault = \"0.9\"", "[rates.fx.USD]\n2026 = \"0.9\"");
    let scenario = Scenario::parse(&text).unwrap();
    let compared = |scenario: &Scenario| scenario.compare();
    let (answer, told) = ask(&scenario, 0, compared);
    assert_eq!(answer.clone().unwrap_err(), scenario.compare().unwrap_err());
    assert!(answer.unwrap_err().is_missing_rate());
    assert_eq!(ask(&scenario, told.len(), compared).0.unwrap_err().code(), Code::Interrupted);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    /// Of random scenarios too, with whatever comes: figures or an error.
    #[test]
    fn random_scenarios(draft in support::random::small(), newer in support::random::small(), at in any::<Index>()) {
        let (scenario, newer) = (Scenario::parse(&draft.toml()).unwrap(), Scenario::parse(&newer.toml()).unwrap());
        let first = scenario.solutions().keys().next().map_or(String::new(), ToString::to_string);
        let last = scenario.solutions().keys().next_back().map_or(String::new(), ToString::to_string);
        let lines: Vec<String> = scenario.lines().keys().take(1).map(ToString::to_string).collect();
        let delay = DelayOptions { pair: Pair::new(first.clone(), last.clone()), ..DelayOptions::default() };
        let compare = CompareOptions { pair: Pair::new(first.clone(), last.clone()), basis: Basis::Nominal };
        let calibrate = CalibrateOptions {
            pair: Pair::new(first.clone(), last), ..CalibrateOptions::new("0.5".parse().unwrap(), lines)
        };
        let questions: [Question; 5] = [
            ("ledger", Box::new(move |it| it.ledger(&first).map(|ledger| text!(&ledger)))),
            ("compare", Box::new(move |it| it.compare_with(&compare).map(|comparison| text!(&comparison)))),
            ("delay", Box::new(move |it| it.delay_with(&delay).map(|delay| text!(&delay)))),
            ("calibrate", Box::new(move |it| it.calibrate(&calibrate).map(|calibration| text!(&calibration)))),
            ("diff", Box::new(move |it| it.diff(&newer, Basis::Nominal).map(|diff| text!(&diff)))),
        ];
        for (name, question) in questions {
            let (answer, told) = ask(&scenario, 0, &question);
            prop_assert_eq!(&answer, &question(&scenario), "{}", name);
            if told.is_empty() {
                continue; // refused before it began
            }
            prop_assert!(answer.is_err() || runs_to_its_end(&told), "{}: {:?}", name, told.last());
            let stop_at = 1 + at.index(told.len());
            let (answer, told) = ask(&scenario, stop_at, &question);
            prop_assert_eq!(answer.unwrap_err().code(), Code::Interrupted, "{}", name);
            prop_assert_eq!(told.len(), stop_at, "{}", name);
        }
    }
}
