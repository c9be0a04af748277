//! What reports are made of in the tests: one of each kind.

use relocost::caseload::{CaseTable, Caseload, CaseloadOptions};
use relocost::payments::{PaymentOptions, PaymentTable, Payments};
use relocost::{Lang, Programme, Scenario};
use relocost_publish::report::ReportOptions;

pub(crate) const FAMILY: &str = r#"
schema = 1
catalogue = "reference"
start = "2026-03"
horizon_months = 36
fiscal_year_start = 10
household = { members = [{ age = 41 }, { age = 38 }, { age = 9 }] }

[[uncertain]]
parameter = "lines.rent.amount"
distribution = { triangular = { low = "900", mode = "1100", high = "1500" } }

[[uncertain]]
parameter = "lines.international-school.factor"
distribution = { lognormal = { mean = "1", sd = "0.2" } }
"#;

pub(crate) const BUDGET: &str = r#"
schema = 1
catalogue = "reference"
programme = { first_fiscal_year = 2026, fiscal_years = 3 }
cases = [
  { members = [{ age = 34 }], arrives = "2026-01" },
  { members = [{ age = 41 }, { age = 8 }], arrives = "2026-05" },
]
agreements = [{ id = "a", label = { en = "Agreement A", fr = "Accord A" }, grants = [{ month = "2026-09", places = 1 }] }]
"#;

pub(crate) fn family() -> Scenario {
    Scenario::parse(FAMILY).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn options(lang: Lang) -> ReportOptions {
    ReportOptions::new(lang).draws(256).seed(7)
}

/// A scenario, a caseload, a programme and payments.
pub(crate) struct Subjects {
    pub(crate) scenario: Scenario,
    pub(crate) caseload: Caseload,
    pub(crate) programme: Programme,
    pub(crate) payments: Payments,
}

pub(crate) fn subjects() -> Subjects {
    let scenario = family();
    let households = "reference,count,members\nHH-1,3,34\nHH-2,1,41 38 14\n";
    let households = CaseTable::new(households.as_bytes(), "households").unwrap();
    let caseload = scenario.caseload_of(households, &CaseloadOptions::default()).unwrap();
    let paid = "month,line,amount,currency\n2026-03,short-let,1500,EUR\n2026-04,short-let,1200,EUR\n";
    let paid = PaymentTable::new(paid.as_bytes(), "paid").unwrap();
    let payments = scenario.payments(paid, &PaymentOptions::new("temporary")).unwrap();
    let programme = Programme::parse(BUDGET).unwrap_or_else(|error| panic!("{error}"));
    Subjects { scenario, caseload, programme, payments }
}
