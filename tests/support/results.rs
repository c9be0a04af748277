//! Every kind of result, of one scenario.

use std::path::Path;
use std::sync::Arc;

use relocost::calibration::CalibrateOptions;
use relocost::caseload::{CaseTable, CaseloadOptions};
use relocost::estimate::{EstimateOptions, KnownCost};
use relocost::explanation::Selection;
use relocost::payments::PriceEstimateOptions;
use relocost::simulation::SobolOptions;
use relocost::{
    CompareOptions, Currency, ProgrammeOptions, ProgrammeSimulateOptions, Scenario, SimulateOptions, Watch,
};
use relocost_disclosure::PublishOptions;
use relocost_tables::{Data, Outcomes, Traced};
use serde_json::{Value, json};

/// The family over two years, with what every question needs.
pub(crate) fn family() -> Scenario {
    let scenario = super::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/family-of-five.toml"));
    let mut value: Value = serde_json::from_str(&scenario.to_json().unwrap()).unwrap();
    value["horizon_months"] = 24.into();
    value["variants"] = json!({ "dearer": { "lines.rent.amount": "1045" } });
    Scenario::parse_json(&value.to_string()).unwrap()
}

/// Every kind of result, by the name under which its tables are committed, and asks `each` about it.
pub(crate) fn results(scenario: &Scenario, mut each: impl FnMut(&str, &dyn Data)) {
    let compare = CompareOptions::default();
    let set = |path: &str, value: &str| (path.parse().unwrap(), value.parse().unwrap());
    let rent = vec![set("lines.rent.amount", "1045")];
    let ledger = Arc::new(scenario.ledger("temporary").unwrap());
    let selection = Selection::default().category("housing");
    let table = "reference,members,count\nHH-1,34 6,2\nHH-2,41,\n";
    let known = KnownCost::Permanent("112000".parse().unwrap());
    let estimate = EstimateOptions::new(known, Currency::from_code("USD").unwrap());
    let calibrate = CalibrateOptions::new("0.30".parse().unwrap(), ["short-let"]);
    let outcomes = scenario.run_expectations().unwrap();
    each("comparison", &scenario.compare().unwrap());
    each("ledger", &ledger);
    each("explanation", &Traced::new(Arc::clone(&ledger), selection, &Watch::default()).unwrap());
    each("delay", &scenario.delay().unwrap());
    each("caseload", &scenario.caseload(table.as_bytes(), &CaseloadOptions::default()).unwrap());
    each("payments", &super::payments(scenario));
    each("price-estimates", &super::payments(scenario).estimate(&PriceEstimateOptions::default()).unwrap());
    each("postings", &ledger.postings().unwrap());
    let cases = "reference,members,count\nHH-1,34 6,5\nHH-2,41,4\n";
    let cases = CaseTable::new(cases.as_bytes(), "households").unwrap();
    let microdata = scenario.microdata(cases, &CaseloadOptions::default()).unwrap();
    each("publication", &relocost_disclosure::publish(&microdata, &PublishOptions::default(), &[]).unwrap());
    each("calibration", &scenario.calibrate(&calibrate).unwrap());
    each("variants", &scenario.compare_variants(&compare).unwrap());
    each("what-ifs", &scenario.what_ifs([rent.clone()], &compare).unwrap());
    each("diff", &scenario.diff(&scenario.with(&rent).unwrap(), compare.basis).unwrap());
    let dearer = super::programme(&scenario.with(&rent).unwrap(), "B");
    each("budget-diff", &super::programme(scenario, "A").diff(&dearer).unwrap());
    each("estimate", &estimate.estimate().unwrap());
    let list =
        "id,amount,currency,from,source\nrent,1000,EUR,,list\nshort-let,1300,EUR,2027-01,list\nrend,1,EUR,,list\n";
    let list = relocost::prices::PriceTable::new(list.as_bytes(), "list").unwrap();
    each("prices", &relocost::Catalogue::reference().update_prices(list).unwrap());
    let quotes = "Date,USD,\n2026-03-31,1.12,\n2026-02-27,1.10,\n";
    let quotes = relocost_rates::SourceText { name: "eurofxref-hist.csv", text: quotes };
    let options = relocost_rates::RateOptions::default().of(relocost_rates::PeriodRate::Month).years(2026, 2026);
    each("rates", &relocost_rates::rates(relocost_rates::Format::Ecb, &[quotes], &options.allow_gaps()).unwrap());
    each("expectations", &Outcomes { scenario, outcomes: &outcomes });
    each("simulation", &scenario.simulate(&SimulateOptions::default().draws(200)).unwrap());
    let cases = ProgrammeOptions::default().cases(true);
    each("programme", &super::programme(scenario, "A").run_with(&cases).unwrap());
    let futures = ProgrammeSimulateOptions::default().draws(100);
    each("futures", &super::programme(scenario, "A").simulate(&futures).unwrap());
    each("tornado", &scenario.tornado(&compare).unwrap());
    let sobol = SobolOptions::default().draws(64).resamples(5);
    each("indices", &scenario.sobol(&sobol).unwrap());
}
