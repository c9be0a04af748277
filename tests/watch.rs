//! Every long computation can be followed and cancelled, on the thread of its caller, and comes to the same figures.

mod support;

use std::cell::{Cell, RefCell};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;
use relocost::calibration::CalibrateOptions;
use relocost::caseload::{CaseTable, CaseloadOptions};
use relocost::delay::DelayOptions;
use relocost::explanation::Selection;
use relocost::watch::Progress;
use relocost::{Basis, Code, CompareOptions, Error, Lang, Ledger, Pair, Scenario, Watch, Watched};
use relocost_report::{Form, Style};
use relocost_tables::{Tables, Traced, csv, json};
use support::load;

/// A question by name, and its answer as text.
type Question = (&'static str, Box<dyn Fn(&Watched<'_, '_, Scenario>) -> Result<String, Error>>);

macro_rules! text {
    ($result:expr) => {
        serde_json::to_string($result).unwrap()
    };
}

fn table(rows: usize) -> String {
    let row = |row: usize| format!("R-{row},{}{}\n", 20 + row % 45, ["", " 7", " 7 12"][row % 3]);
    std::iter::once("reference,members\n".to_owned()).chain((0..rows).map(row)).collect()
}

fn caseload(it: &Watched<'_, '_, Scenario>, rows: usize, threads: usize) -> Result<String, Error> {
    let options = CaseloadOptions::default().threads(NonZeroUsize::new(threads));
    it.caseload_of(CaseTable::new(table(rows).as_bytes(), "t")?, &options).map(|caseload| text!(&caseload))
}

/// All long questions whose progress is reported step by step.
fn questions() -> Vec<Question> {
    let changes = [("lines.rent.amount", "1000"), ("rates.index.medical.shift", "0.01")];
    let newer = family().with(&changes.map(|(path, value)| (path.parse().unwrap(), value.parse().unwrap()))).unwrap();
    vec![
        ("ledger", Box::new(|it| it.ledger_on("delayed", Basis::Nominal).map(|ledger| text!(&ledger)))),
        ("ledger, constant", Box::new(|it| it.ledger_on("temporary", Basis::Constant).map(|ledger| text!(&ledger)))),
        ("compare", Box::new(|it| it.compare_with(&CompareOptions::default()).map(|comparison| text!(&comparison)))),
        (
            "compare, constant",
            Box::new(|it| {
                let options = CompareOptions::default().basis(Basis::Constant);
                it.compare_with(&options).map(|comparison| text!(&comparison))
            }),
        ),
        ("delay", Box::new(|it| it.delay_with(&DelayOptions::default()).map(|delay| text!(&delay)))),
        (
            "calibrate",
            Box::new(|it| {
                let options = CalibrateOptions::new("0.60".parse().unwrap(), ["short-let", "hospital-uninsured"]);
                it.calibrate(&options).map(|calibration| text!(&calibration))
            }),
        ),
        ("diff", Box::new(move |it| it.diff(&newer, Basis::Nominal).map(|diff| text!(&diff)))),
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
                // One thread, so that it is called equally often each time.
                let options = CaseloadOptions::default().threads(NonZeroUsize::new(1));
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

/// Asks under a watch that cancels at its n-th call; gives the answer and the reports.
fn ask<T>(
    scenario: &Scenario,
    stop_at: usize,
    question: impl Fn(&Watched<'_, '_, Scenario>) -> Result<T, Error>,
) -> (Result<T, Error>, Vec<Progress>) {
    let here = std::thread::current().id();
    let told = RefCell::new(Vec::new());
    let watch = Watch::new(|progress| {
        assert_eq!(std::thread::current().id(), here, "only the caller's thread is told");
        told.borrow_mut().push(progress);
        if told.borrow().len() == stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    let answer = question(&scenario.watched(&watch));
    drop(watch);
    (answer, told.into_inner())
}

/// Asks under the watch that hears nothing.
fn unheard<T>(
    scenario: &Scenario,
    question: impl Fn(&Watched<'_, '_, Scenario>) -> Result<T, Error>,
) -> Result<T, Error> {
    question(&scenario.watched(&Watch::default()))
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
        assert_eq!(answer, unheard(&family, &question), "{name}");
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
fn a_question_answers_alike_with_a_watch_and_without() {
    let family = family();
    let (pair, delay) = (CompareOptions::default(), DelayOptions::default());
    let same = |one: Result<String, Error>, other: Result<String, Error>| assert_eq!(one, other);
    same(ask(&family, 0, |it| it.compare_with(&pair)).0.map(|it| text!(&it)), family.compare().map(|it| text!(&it)));
    same(ask(&family, 0, |it| it.delay_with(&delay)).0.map(|it| text!(&it)), family.delay().map(|it| text!(&it)));
    same(
        ask(&family, 0, |it| it.compare_variants(&pair)).0.map(|it| text!(&it)),
        family.compare_variants(&pair).map(|it| text!(&it)),
    );
    same(
        ask(&family, 0, |it| it.ledger_on("delayed", Basis::Constant)).0.map(|it| text!(&it)),
        family.ledger_on("delayed", Basis::Constant).map(|it| text!(&it)),
    );
}

#[test]
fn a_ledger_tells_and_stops_when_it_is_explained() {
    let ledger = family().ledger("temporary").unwrap();
    let told = RefCell::new(Vec::new());
    let stop_at = |stop_at: usize| {
        told.borrow_mut().clear();
        let watch = Watch::new(|progress| {
            told.borrow_mut().push(progress);
            if told.borrow().len() == stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        // The result outlives the watch.
        ledger.watched(&watch).explain(&Selection::default())
    };
    assert_eq!(stop_at(0).unwrap().total(), ledger.total());
    assert!(told.borrow().len() > 10 && runs_to_its_end(&told.borrow()));
    assert_eq!(stop_at(3).unwrap_err().code(), Code::Interrupted);
    assert_eq!(told.borrow().len(), 3);
}

type Export = fn(&Arc<Ledger>, &Traced, &Watch<'_>) -> Result<String, Error>;

/// Exports of a ledger and of a figure traced in it, by name.
const EXPORTS: [(&str, Export); 9] = [
    ("csv", |ledger, _, watch| csv::result(ledger, Lang::En, watch)),
    ("json", |ledger, _, watch| json::text(&**ledger, watch)),
    ("json of the table", |ledger, _, watch| json::text(&ledger.table("entries")?.unwrap(), watch)),
    ("text", |ledger, _, watch| relocost_report::ledger_under(ledger, Style::default(), watch)),
    ("column", |ledger, _, watch| column(ledger, watch)),
    ("text of the table", |ledger, _, watch| {
        relocost_report::table_under(&ledger.table("entries")?.unwrap(), Style::default(), watch)
    }),
    ("csv of a traced figure", |_, traced, watch| csv::result(traced, Lang::Fr, watch)),
    ("column of a traced figure", |_, traced, watch| column(traced, watch)),
    ("text of a traced figure", |_, traced, watch| {
        let explanation = traced.ledger().explain(traced.selection())?;
        relocost_report::explanation_under(&explanation, None, Style::default(), watch)
    }),
];

/// A column of a new table, of which none is made yet.
fn column(of: &dyn Tables, watch: &Watch<'_>) -> Result<String, Error> {
    let table = of.table("entries")?.unwrap();
    table.make(table.find("relief").unwrap(), watch).map(|()| table.row(3).last().unwrap().to_string())
}

/// An export calls its watch for every row, and does no more once it has cancelled.
#[test]
fn exports_tell_each_row_and_stop_at_once() {
    let ledger = Arc::new(family().ledger("temporary").unwrap());
    let traced = Traced::new(Arc::clone(&ledger), Selection::default(), &Watch::default()).unwrap();
    let rows = ledger.len();
    for (name, export) in EXPORTS {
        let told = Cell::new(0);
        let stop_at = |stop_at: usize| {
            told.set(0);
            let watch = Watch::new(|_| {
                told.set(told.get() + 1);
                if told.get() == stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            export(&ledger, &traced, &watch)
        };
        assert_eq!(stop_at(0).unwrap(), export(&ledger, &traced, &Watch::default()).unwrap(), "{name}");
        let times = told.get();
        assert!(times >= rows, "{name} is told {times} times of {rows} rows");
        for stop in [1, 2, rows / 2, rows, times] {
            assert_eq!(stop_at(stop).unwrap_err().code(), Code::Interrupted, "{name}, at {stop} of {times}");
            assert_eq!(told.get(), stop, "{name} goes on after it was stopped");
        }
    }
}

/// A console shows the ends of a ledger, and only they are made.
#[test]
fn a_console_is_shown_both_ends_of_a_ledger() {
    let ledger = Arc::new(family().ledger("temporary").unwrap());
    let told = Cell::new(0);
    let watch = Watch::new(|_| {
        told.set(told.get() + 1);
        ControlFlow::Continue(())
    });
    let style = Style { form: Form::Brief, ..Style::default() };
    let text = relocost_report::ledger_under(&ledger, style, &watch).unwrap();
    let left_out = ledger.len() - 40;
    assert!(text.contains(&format!("... {left_out} rows more, not shown here ...")), "{text}");
    // Rows that are shown are looked at for their columns, made, cut into cells, measured and aligned.
    assert!(told.get() <= 5 * 43, "told {} times of 40 rows that are shown", told.get());
    told.set(0);
    let table = ledger.table("entries").unwrap().unwrap();
    let last = table.part(table.rows() - 2..table.rows(), &watch).unwrap();
    assert_eq!((last.rows(), told.get()), (2, 2 * table.columns().len()), "two rows of each column");
}

#[test]
fn what_a_watched_question_gives_holds_on_to_no_watch() {
    fn lives<T: Send + Sync + std::panic::UnwindSafe + std::panic::RefUnwindSafe + 'static>(_: &T) {}
    let family = family();
    let (ledger, told) = ask(&family, 0, |it| it.ledger_on("temporary", Basis::Nominal));
    assert!(!told.is_empty());
    lives(&ledger.unwrap());
    lives(&family);
    for stop_at in [1, 3, 100] {
        let (answer, _) = ask(&family, stop_at, |it| it.compare_variants(&CompareOptions::default()));
        assert_eq!(answer.unwrap_err().code(), Code::Interrupted);
    }
}

#[test]
fn a_caseload_on_several_threads_tells_and_stops_on_the_callers() {
    let family = family();
    let rows = 1_500;
    let question = |it: &Watched<'_, '_, Scenario>| caseload(it, rows, 3);
    let (answer, told) = ask(&family, 0, question);
    assert_eq!(answer, unheard(&family, |it| caseload(it, rows, 1)));
    assert!(told.len() > rows + 1, "rows that are under way are told too");
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
    let question = |it: &Watched<'_, '_, Scenario>| {
        it.caseload_of(CaseTable::new(text.as_bytes(), "t")?, &CaseloadOptions::default())
    };
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
    let compared = |it: &Watched<'_, '_, Scenario>| it.compare_with(&CompareOptions::default());
    let (answer, told) = ask(&scenario, 0, compared);
    assert_eq!(answer.clone().unwrap_err(), scenario.compare().unwrap_err());
    assert!(answer.unwrap_err().is_missing_rate());
    assert_eq!(ask(&scenario, told.len(), compared).0.unwrap_err().code(), Code::Interrupted);
}

/// Ties are rounded by the exact ways, which beat, on both bases; errors on the other basis wait, but no stop does.
#[test]
fn a_stop_at_a_tie_on_either_basis_is_a_stop_at_once() {
    let text = r#"
        schema = 1
        catalogue = "reference"
        start = "2026-03"
        horizon_months = 14
        household = { members = [{ age = 34 }] }
        [[lines]]
        id = "tie"
        category = "housing"
        label = "Tie"
        driver = "household"
        schedule = "monthly"
        amount = "7.005"
        currency = "EUR"
        source = "A test."
        [[lines]]
        id = "yearly-tie"
        category = "housing"
        label = "Tie"
        driver = "household"
        schedule = { every = { months = 12 } }
        amount = "9.015"
        currency = "EUR"
        source = "A test."
    "#;
    let scenario = Scenario::parse(text).unwrap();
    let compared = |it: &Watched<'_, '_, Scenario>| it.compare_with(&CompareOptions::default());
    for stop_at in 1..=ask(&scenario, 0, compared).1.len() {
        let (answer, told) = ask(&scenario, stop_at, compared);
        assert_eq!((answer.unwrap_err().code(), told.len()), (Code::Interrupted, stop_at));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    /// Random scenarios too, whatever comes of them: figures or an error.
    #[test]
    fn random_scenarios(draft in support::random::small(), newer in support::random::small(), at in any::<Index>()) {
        let (scenario, newer) = (Scenario::parse(&draft.toml()).unwrap(), Scenario::parse(&newer.toml()).unwrap());
        let first = scenario.solutions().keys().next().map_or(String::new(), ToString::to_string);
        let last = scenario.solutions().keys().next_back().map_or(String::new(), ToString::to_string);
        let lines: Vec<String> = scenario.lines().keys().take(1).map(ToString::to_string).collect();
        let delay = DelayOptions::default().pair(Pair::new(first.clone(), last.clone()));
        let compare = CompareOptions::default().pair(Pair::new(first.clone(), last.clone())).basis(Basis::Nominal);
        let calibrate = CalibrateOptions::new("0.5".parse().unwrap(), lines).pair(Pair::new(first.clone(), last));
        let questions: [Question; 5] = [
            ("ledger", Box::new(move |it| it.ledger_on(&first, Basis::Nominal).map(|ledger| text!(&ledger)))),
            ("compare", Box::new(move |it| it.compare_with(&compare).map(|comparison| text!(&comparison)))),
            ("delay", Box::new(move |it| it.delay_with(&delay).map(|delay| text!(&delay)))),
            ("calibrate", Box::new(move |it| it.calibrate(&calibrate).map(|calibration| text!(&calibration)))),
            ("diff", Box::new(move |it| it.diff(&newer, Basis::Nominal).map(|diff| text!(&diff)))),
        ];
        for (name, question) in questions {
            let (answer, told) = ask(&scenario, 0, &question);
            prop_assert_eq!(&answer, &unheard(&scenario, &question), "{}", name);
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
