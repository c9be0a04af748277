//! Figures: the numbers by which they are asked for, and their values as C has them.

use std::ffi::c_char;

use relocost::{About, Pair, Premium};

use crate::status::{CallResult, RELOCOST_BEYOND_INT64, RELOCOST_NO_VALUE, RELOCOST_OTHER_KIND, wrong};
use crate::types::Money;

/// Money: the base's total. Of comparisons, caseloads, variants and what-ifs (the scenario as it stands).
pub const RELOCOST_FIGURE_BASE_TOTAL: u32 = 1;
/// Money: the alternative's total. Of the same.
pub const RELOCOST_FIGURE_ALTERNATIVE_TOTAL: u32 = 2;
/// Money: what the alternative costs more. Of the same.
pub const RELOCOST_FIGURE_EXTRA: u32 = 3;
/// Money: what no entitlement explains. Of comparisons and caseloads.
pub const RELOCOST_FIGURE_RESIDUAL: u32 = 4;
/// Money: the total. Of ledgers and explanations.
pub const RELOCOST_FIGURE_TOTAL: u32 = 5;
/// Money: the cost that was known. Of estimates.
pub const RELOCOST_FIGURE_COST: u32 = 6;

/// Decimal: the extra as a share of the base, with 12 decimals; no value unless the base is above 0. Of comparisons,
/// caseloads, variants and what-ifs (the scenario as it stands), and calibrations.
pub const RELOCOST_FIGURE_PREMIUM: u32 = 20;
/// Decimal: the factor on the lines' amounts. Of calibrations.
pub const RELOCOST_FIGURE_FACTOR: u32 = 21;
/// Decimal: the premium that was to be met. Of calibrations.
pub const RELOCOST_FIGURE_TARGET: u32 = 22;

/// Text: the currency's ISO 4217 code. Of all but expectations; of scenarios.
pub const RELOCOST_FIGURE_CURRENCY: u32 = 40;
/// Text: "nominal" or "constant". Of all but estimates and expectations.
pub const RELOCOST_FIGURE_BASIS: u32 = 41;
/// Text: the base's name. Of comparisons, delays, calibrations, caseloads, variants, what-ifs, tornados, Sobol' indices
/// and simulations.
pub const RELOCOST_FIGURE_BASE: u32 = 42;
/// Text: the alternative's name. Of the same.
pub const RELOCOST_FIGURE_ALTERNATIVE: u32 = 43;
/// Text: the pathway's name. Of ledgers, explanations and payments (of a programme no value).
pub const RELOCOST_FIGURE_PATHWAY: u32 = 44;
/// Text: "below", "within" or "above" the band that the Court reported in 2015; no value where there is no premium. Of
/// comparisons and caseloads.
pub const RELOCOST_FIGURE_BAND: u32 = 45;
/// Text: the first month, such as "2026-03". Of all but estimates and expectations (of a diff of the new scenario); of
/// scenarios.
pub const RELOCOST_FIGURE_START: u32 = 46;
/// Text: what the figures rest on. Of estimates.
pub const RELOCOST_FIGURE_RESTS_ON: u32 = 47;
/// Text: the title, which may say something of a household; no value if there is none. Of scenarios.
pub const RELOCOST_FIGURE_TITLE: u32 = 48;
/// Text: which cost was known, "permanent" or "temporary". Of estimates.
pub const RELOCOST_FIGURE_KNOWN: u32 = 49;

/// Integer: months of the horizon. As of RELOCOST_FIGURE_START.
pub const RELOCOST_FIGURE_HORIZON_MONTHS: u32 = 60;
/// Integer: entries. Of ledgers and explanations.
pub const RELOCOST_FIGURE_ENTRIES: u32 = 61;
/// Integer: households, each row as often as it counts. Of caseloads.
pub const RELOCOST_FIGURE_COUNT: u32 = 62;
/// Integer: lines that are charged. Of comparisons.
pub const RELOCOST_FIGURE_CHARGED_LINES: u32 = 63;
/// Integer: those of them whose amounts only illustrate. Of comparisons.
pub const RELOCOST_FIGURE_ILLUSTRATIVE_LINES: u32 = 64;
/// Integer: expectations that hold.
pub const RELOCOST_FIGURE_PASSED: u32 = 65;
/// Integer: expectations that fail.
pub const RELOCOST_FIGURE_FAILED: u32 = 66;
/// Integer: the month with which a fiscal year begins, 1 to 12. As of RELOCOST_FIGURE_START.
pub const RELOCOST_FIGURE_FISCAL_YEAR_START: u32 = 67;

/// A figure.
pub(crate) enum Value {
    Integer(i64),
    Money(relocost::Money),
    Decimal(Option<String>),
    Text(Option<String>),
}

impl Value {
    pub(crate) fn text_of(value: &(impl ToString + ?Sized)) -> Self {
        Self::Text(Some(value.to_string()))
    }

    pub(crate) fn count(value: usize) -> Self {
        Self::Integer(i64::try_from(value).unwrap_or(i64::MAX))
    }

    pub(crate) fn premium(premium: Premium) -> Self {
        Self::Decimal(premium.ratio().map(|ratio| ratio.to_string()))
    }

    pub(crate) fn text(self) -> CallResult<String> {
        match self {
            Self::Integer(value) => Ok(value.to_string()),
            Self::Money(value) => Ok(value.to_string()),
            Self::Decimal(Some(text)) | Self::Text(Some(text)) => Ok(text),
            Self::Decimal(None) | Self::Text(None) => wrong(RELOCOST_NO_VALUE, "figure"),
        }
    }

    pub(crate) fn integer(&self) -> CallResult<i64> {
        if let Self::Integer(value) = self { Ok(*value) } else { wrong(RELOCOST_OTHER_KIND, "figure") }
    }

    pub(crate) fn money(&self) -> CallResult<Money> {
        if let Self::Money(value) = self { money(*value) } else { wrong(RELOCOST_OTHER_KIND, "figure") }
    }

    pub(crate) fn double(self) -> CallResult<f64> {
        if matches!(self, Self::Text(_)) { wrong(RELOCOST_OTHER_KIND, "figure") } else { double(&self.text()?) }
    }
}

/// Money as C has it.
pub(crate) fn money(value: relocost::Money) -> CallResult<Money> {
    let Ok(minor) = i64::try_from(value.minor()) else {
        return wrong(RELOCOST_BEYOND_INT64, "money");
    };
    let mut currency = [0; 4];
    for (to, from) in currency.iter_mut().take(3).zip(value.currency().code().bytes()) {
        *to = c_char::try_from(from).unwrap_or_default(); // capitals of ASCII
    }
    Ok(Money { minor, decimals: value.currency().decimals(), currency })
}

/// A figure as near as binary floating point comes to it, for a chart and nothing else.
pub(crate) fn double(text: &str) -> CallResult<f64> {
    text.parse().or_else(|_| wrong(RELOCOST_OTHER_KIND, "figure"))
}

/// The figures of a result's head.
pub(crate) fn head(figure: u32, about: &About, pair: Option<&Pair>) -> Option<Value> {
    Some(match figure {
        RELOCOST_FIGURE_CURRENCY => Value::text_of(&about.currency()),
        RELOCOST_FIGURE_BASIS => Value::text_of(&about.basis()),
        RELOCOST_FIGURE_START => Value::text_of(&about.start()),
        RELOCOST_FIGURE_HORIZON_MONTHS => Value::Integer(about.horizon_months().into()),
        RELOCOST_FIGURE_FISCAL_YEAR_START => Value::Integer(about.fiscal_year_start().into()),
        RELOCOST_FIGURE_BASE => Value::text_of(&pair?.base),
        RELOCOST_FIGURE_ALTERNATIVE => Value::text_of(&pair?.alternative),
        _ => return None,
    })
}
