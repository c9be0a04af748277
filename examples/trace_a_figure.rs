//! From a figure in a table back to its entries, the factors of one of them, and their sources.
//!
//! ```text
//! cargo run --example trace_a_figure
//! ```

use relocost::Scenario;
use relocost::explanation::{Selection, TracedEntry};

fn main() -> Result<(), relocost::Error> {
    let scenario = Scenario::parse(
        r#"
        schema = 1
        catalogue = "reference"
        start = "2026-03"
        horizon_months = 60
        household = { members = [{ age = 41 }, { age = 13 }] }
        "#,
    )?;
    let ledger = scenario.ledger("temporary")?;
    let selection = Selection::default().category("education").fiscal_year(2027);
    let explanation = ledger.explain(&selection)?;
    println!("{} from {} entries", explanation.total(), explanation.entries().len());
    for TracedEntry { entry, .. } in explanation.entries() {
        // Only a refund has none of the factors.
        let factors = (entry.quantity(), entry.unit_price(), entry.index_factor());
        let (Some(quantity), Some(price), Some(index)) = factors else { continue };
        println!(
            "{}  {quantity} x {price} x {index} = {}, rounded {}",
            entry.month(),
            entry.unrounded(),
            entry.amount()
        );
    }
    for source in explanation.sources() {
        println!("{}: {}", source.key, source.source.as_deref().unwrap_or("(no source given)"));
    }
    Ok(())
}
