//! The main job in Rust: load a scenario file, compare, print what an analyst reads.
//!
//! ```text
//! cargo run --example first_comparison
//! ```

use std::path::Path;

use relocost_files::LoadOptions;
use relocost_report::Style;

fn main() -> Result<(), relocost::Error> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/scenarios/family-of-five.toml");
    let scenario = relocost_files::load(&file, &LoadOptions::default())?;
    let comparison = scenario.compare()?;
    print!("{}", relocost_report::comparison(&comparison, &scenario, Style::default()));
    Ok(())
}
