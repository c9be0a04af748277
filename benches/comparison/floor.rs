//! The bare arithmetic: so many wide multiplications and roundings, and nothing around them.
//!
//! One rounding is the least that an entry can do without floating point: a price of 64 bits by the share that is
//! still needed (64 × 64 → 128 bits, cut back to 64), by the quantity (96 bits), then the shift, the distance to the
//! nearest tie against an error bound, and half to even. The operands come from tables in memory, so that none of it
//! can be done ahead or left out.

use std::hint::black_box;

use relocost::{Basis, Scenario};

/// The numbers of roundings in a comparison.
pub(crate) struct Counts {
    /// With every evaluation apart: the 2^5 of the attribution, and each pathway on both bases.
    pub(crate) separate: usize,
    /// With each amount once that differs in line, basis, year, quantity or share.
    pub(crate) shared: usize,
    /// In the ledger of one pathway.
    pub(crate) of_a_ledger: usize,
}

impl Counts {
    pub(crate) fn of(scenario: &Scenario) -> Self {
        let entries =
            |scenario: &Scenario, pathway: &str, basis| scenario.ledger_on(pathway, basis).expect("a ledger").len();
        let names: Vec<String> = scenario.pathway_names().map(ToString::to_string).collect();
        let on_both: usize = names
            .iter()
            .flat_map(|name| [Basis::Nominal, Basis::Constant].map(|basis| entries(scenario, name, basis)))
            .sum();
        let granted = granted(scenario);
        let subsets: usize = granted.iter().map(|granted| entries(granted, "temporary", Basis::Nominal)).sum();
        Self {
            separate: on_both + subsets,
            shared: distinct(scenario, &names, &granted),
            of_a_ledger: entries(scenario, "temporary", Basis::Nominal),
        }
    }
}

/// The scenario with each set of entitlements granted to `temporary`: the evaluations of the attribution.
fn granted(scenario: &Scenario) -> Vec<Scenario> {
    let ids: Vec<String> = scenario.entitlements().iter().map(|entitlement| entitlement.id.to_string()).collect();
    let mut tree: serde_json::Value =
        serde_json::from_str(&scenario.to_json().expect("a scenario of a file")).expect("it is JSON");
    (0..1_usize << ids.len())
        .map(|subset| {
            let held: Vec<&String> =
                ids.iter().enumerate().filter(|(place, _)| subset >> place & 1 == 1).map(|(_, id)| id).collect();
            tree["solutions"]["temporary"]["entitlements"] = serde_json::json!(held);
            Scenario::parse_json(&tree.to_string()).expect("it loads")
        })
        .collect()
}

/// The amounts that differ in anything that they depend on.
fn distinct(scenario: &Scenario, names: &[String], granted: &[Scenario]) -> usize {
    let mut seen = std::collections::HashSet::new();
    let mut see = |scenario: &Scenario, name: &str, basis: Basis| {
        for entry in scenario.ledger_on(name, basis).expect("a ledger").entries() {
            let nominal = basis == Basis::Nominal;
            let year = entry.month().year();
            seen.insert((
                entry.line().id.clone(),
                nominal,
                year,
                entry.quantity(),
                entry.relief().map(|relief| relief.to_fraction()),
            ));
        }
    };
    for name in names {
        see(scenario, name, Basis::Nominal);
        see(scenario, name, Basis::Constant);
    }
    for granted in granted {
        see(granted, "temporary", Basis::Nominal);
    }
    seen.len()
}

const PRICES: usize = 128;

/// Does so many roundings.
pub(crate) fn round(count: usize) -> u64 {
    // 2^-52 × mantissa lies between a few and a million minor units.
    let prices: [u64; PRICES] =
        std::array::from_fn(|i| (1 << 63) | (0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(i as u64 + 1) >> 1));
    let (prices, shares, tenths) = black_box((prices, prices, [10_u32, 20, 26, 30, 50, 31, 35, 40]));
    let mut sum = 0_u64;
    for i in 0..count {
        let price = prices[i % PRICES];
        let share = shares[(i / 3) % PRICES];
        let product = u128::from(price) * u128::from(share);
        // Back to the 64 leading bits of 127 or 128.
        let short = product >> 127 == 0;
        let cut = ((if short { product << 1 } else { product }) >> 64) as u64;
        sum = sum.wrapping_add(half_even(cut, tenths[i % tenths.len()], 52 + u32::from(short)));
    }
    black_box(sum)
}

fn half_even(mantissa: u64, units: u32, shift: u32) -> u64 {
    let product = u128::from(mantissa) * u128::from(units); // below 2^96
    let whole = (product >> shift) as u64;
    let half = 1_u64 << (shift - 1);
    let fraction = product as u64 & (2 * half - 1);
    let bound = ((product >> 63) as u64 + 1) * 8;
    // Within the bound it counts as a tie.
    let up = if fraction.abs_diff(half) <= bound { whole & 1 } else { u64::from(fraction > half) };
    whole + up
}
