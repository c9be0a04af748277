//! Four cases as they are in practice: two countries and a third, a household that changes, a tariff by date, an overhead.
//!
//! ```text
//! cargo run --example real_cases
//! ```

use std::fmt::Write as _;
use std::path::Path;

use relocost::explanation::Selection;
use relocost::{CompareOptions, Pair, Scenario};
use relocost_files::LoadOptions;

fn load(name: &str) -> Result<Scenario, relocost::Error> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/scenarios");
    relocost_files::load(&folder.join(name), &LoadOptions::default())
}

fn main() -> Result<(), relocost::Error> {
    print!("{}", report()?);
    Ok(())
}

/// The figures of the four cases. The examples in Python and C print the same, `real_cases.txt`.
pub(crate) fn report() -> Result<String, relocost::Error> {
    let mut out = String::new();
    two_countries(&mut out)?;
    changing_family(&mut out)?;
    tariff_in_april(&mut out)?;
    trust_fund(&mut out)?;
    Ok(out)
}

/// The part of places in the extra cost, and the cost of each place.
fn two_countries(out: &mut String) -> Result<(), relocost::Error> {
    let scenario = load("two-countries.toml")?;
    let pair = Pair::new("settled", "two-countries");
    let comparison = scenario.compare_with(&CompareOptions::default().pair(pair))?;
    let _ = writeln!(out, "two countries first: {} {} more", comparison.extra(), comparison.currency());
    for (cause, amount) in comparison.attribution().shares() {
        let _ = writeln!(out, "  {cause}: {amount}");
    }
    let _ = writeln!(out, "  residual: {}", comparison.attribution().residual());
    for (place, amount) in &comparison.pathways()["two-countries"].by_place {
        let _ = writeln!(out, "  spent in the {place} country: {amount}");
    }
    Ok(())
}

/// Who is paid for changes with the household.
fn changing_family(out: &mut String) -> Result<(), relocost::Error> {
    let ledger = load("changing-family.toml")?.ledger("temporary")?;
    for line in ["care-of-the-elderly", "start-in-life", "joining-travel"] {
        let traced = ledger.explain(&Selection::default().line(line))?;
        let first = traced.entries().first().map(|it| it.entry.month().to_string()).unwrap_or_default();
        let _ = writeln!(out, "{line}: {} in {} months from {first}", traced.total(), traced.entries().len());
    }
    Ok(())
}

/// The tariff in force in each month, and its price after the index.
fn tariff_in_april(out: &mut String) -> Result<(), relocost::Error> {
    let ledger = load("tariff-in-april.toml")?.ledger("permanent")?;
    let mut before = None;
    for entry in ledger.entries().filter(|entry| entry.line().id.as_str() == "subsistence") {
        let (Some(tariff), Some(price), Some(index)) = (entry.tariff_month(), entry.unit_price(), entry.index_factor())
        else {
            continue;
        };
        let now = (tariff, index.to_string());
        if before.as_ref() != Some(&now) {
            let _ = writeln!(out, "subsistence from {}: {price} (tariff of {tariff}) x {index}", entry.month());
        }
        before = Some(now);
    }
    Ok(())
}

/// The payments of the trust fund, and its programme support.
fn trust_fund(out: &mut String) -> Result<(), relocost::Error> {
    let comparison = load("trust-fund.toml")?.compare()?;
    for (name, figures) in comparison.pathways() {
        let fund = figures.by_fund.get("special_fund_for_relocations");
        let support = figures.by_line.get("programme-support");
        if let (Some(fund), Some(support)) = (fund, support) {
            let _ = writeln!(out, "{name}: the trust fund pays {fund}, of which programme support {support}");
        }
    }
    Ok(())
}
