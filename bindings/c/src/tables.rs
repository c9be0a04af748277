//! The numbers of tables. A table has the name of its number in small letters, and the columns that the library declares.

use crate::status::{CallResult, RELOCOST_NOT_OF_THIS_RESULT, wrong};
use crate::table::Table;

/// Comparisons: pathway, entries, total, constant, present_value. Scenarios: pathway.
pub const RELOCOST_TABLE_PATHWAYS: u32 = 1;
/// Comparisons and caseloads: category, base, alternative, extra, premium. Payments: category, model, paid, difference,
/// exchange, price, volume, timing, not_paid, not_planned.
pub const RELOCOST_TABLE_BY_CATEGORY: u32 = 2;
/// The same results: fiscal_year (integer), base, alternative, extra, premium. Payments: fiscal_year (integer), model, paid,
/// difference, exchange, price, volume, timing, not_paid, not_planned.
pub const RELOCOST_TABLE_BY_FISCAL_YEAR: u32 = 3;
/// The same results: fund, base, alternative, extra, premium. Payments: fund, model, paid, difference, exchange, price,
/// volume, timing, not_paid, not_planned.
pub const RELOCOST_TABLE_BY_FUND: u32 = 4;
/// Comparisons, a row for each shorter horizon: months (integer), base, alternative, extra, premium.
pub const RELOCOST_TABLE_PREMIUM_CURVE: u32 = 5;
/// Comparisons, the part of each entitlement, its saving if granted alone, and its saving if all others are granted:
/// entitlement, amount, alone, last. Caseloads: entitlement, amount.
pub const RELOCOST_TABLE_ATTRIBUTION: u32 = 6;
/// Comparisons, the amounts of every pathway: pathway, category, amount.
pub const RELOCOST_TABLE_PATHWAY_CATEGORIES: u32 = 7;
/// Comparisons: pathway, fiscal_year (integer), amount.
pub const RELOCOST_TABLE_PATHWAY_FISCAL_YEARS: u32 = 8;
/// Comparisons: pathway, fund, amount.
pub const RELOCOST_TABLE_PATHWAY_FUNDS: u32 = 9;
/// Comparisons: pathway, line, amount.
pub const RELOCOST_TABLE_PATHWAY_LINES: u32 = 10;
/// Comparisons, the total and the parts in one table: by ("total", "category", "fiscal_year" or "fund"), key, base,
/// alternative, extra, premium.
pub const RELOCOST_TABLE_DIFFERENCES: u32 = 11;
/// Comparisons, internal as everything that says where a household is: pathway, place, amount.
pub const RELOCOST_TABLE_PATHWAY_PLACES: u32 = 12;
/// Ledgers and explanations: month, month_index, fiscal_year, stage (integers), solution, place (no value where none is
/// said), line, of (the line of whose charge it is a percentage or a refund; no value for others), share (of that
/// charge), category, quantity, unit_price, currency (of the price), tariff (the month from which the price holds, of
/// dated amounts), price_level, index_factor, exchange_rate, relief (decimals), amount, fund_ID for each fund of the
/// scenario, source. Explanations also: unrounded (the exact product before rounding, as a fraction) and part (the part
/// of the entry's amount that the figure sums).
pub const RELOCOST_TABLE_ENTRIES: u32 = 20;
/// Ledgers: fiscal_year (integer), category, amount.
pub const RELOCOST_TABLE_YEARS_AND_CATEGORIES: u32 = 21;
/// Explanations: key, source (no value where the file gives none).
pub const RELOCOST_TABLE_SOURCES: u32 = 22;
/// Delays, a row for each wait: months (integer), within_horizon_total, within_horizon_extra, within_horizon_month,
/// full_course_total, full_course_extra, full_course_month.
pub const RELOCOST_TABLE_WAITS: u32 = 30;
/// Caseloads: reference, count (integer), base, alternative, extra, premium, band.
pub const RELOCOST_TABLE_HOUSEHOLDS: u32 = 31;
/// Results of relocost_compare_variants, first the scenario as it stands, whose variant is no value: variant, base,
/// alternative, extra, premium, change_of_base, change_of_alternative, change_of_extra. Scenarios: variant.
pub const RELOCOST_TABLE_VARIANTS: u32 = 32;
/// Diffs: pathway, old, new.
pub const RELOCOST_TABLE_TOTALS: u32 = 33;
/// Diffs, the effect of each change on each pathway: key, pathway, effect.
pub const RELOCOST_TABLE_EFFECTS: u32 = 34;
/// Diffs, the values that changed: key, detail, old, new (no value where there was or is none).
pub const RELOCOST_TABLE_DETAILS: u32 = 35;
/// Estimates, the lower end, middle and upper end of the band: premium, permanent, temporary, extra.
pub const RELOCOST_TABLE_POINTS: u32 = 36;
/// Results of relocost_run_expectations: figure, expected, found, passed (0 or 1), why, line (integer, no value in no file).
pub const RELOCOST_TABLE_EXPECTATIONS: u32 = 37;
/// Calibrations: line. Payments: line (no value of those that name none), category, model, paid, difference, exchange,
/// price, volume, timing, not_paid, not_planned. Scenarios: line, category, label_en, label_fr, driver, schedule, amount (no value for an
/// event's, dated amounts, a percentage and a refund), currency, index, price_base_year (integer), source.
pub const RELOCOST_TABLE_LINES: u32 = 38;
/// Caseloads, every figure: reference (no value for the whole), by ("total", "category", "fiscal_year", "fund",
/// "entitlement" or "residual"), key, count (integer), base, alternative, extra, premium, band. Payments, every figure: by
/// ("total", "line", "category", "fiscal_year" or "fund"), key, category (of a line), model, paid, difference, exchange,
/// price, volume, timing, not_paid, not_planned, rest, forecast (both of the total).
pub const RELOCOST_TABLE_FIGURES: u32 = 39;
/// Scenarios: entitlement, label_en, label_fr.
pub const RELOCOST_TABLE_ENTITLEMENTS: u32 = 40;
/// Scenarios: category, label_en, label_fr.
pub const RELOCOST_TABLE_CATEGORIES: u32 = 41;
/// Scenarios: fund, label_en, label_fr.
pub const RELOCOST_TABLE_FUNDS: u32 = 42;
/// Scenarios: solution, label_en, label_fr.
pub const RELOCOST_TABLE_SOLUTIONS: u32 = 43;
/// Results of relocost_what_ifs and relocost_grid, first the scenario as it stands: a column for each parameter that is
/// changed, named by its path (decimals), then base, alternative, extra, premium, change_of_base,
/// change_of_alternative, change_of_extra.
pub const RELOCOST_TABLE_WHAT_IFS: u32 = 44;
/// Scenarios: place, label_en, label_fr.
pub const RELOCOST_TABLE_PLACES: u32 = 45;
/// Scenarios, the drivers that they declare, each with the driver of the model whose units it uses, or "members":
/// driver, counts.
pub const RELOCOST_TABLE_DRIVERS: u32 = 46;
/// Results of relocost_update_prices_text and _file: line, status ("changed", "confirmed", "missing" from the list or "unknown"
/// to the catalogue), tariff, old, old_currency, new, currency, change (a share of the old amount), source, row (integer),
/// meant (the line that an unknown one may mean).
pub const RELOCOST_TABLE_PRICES: u32 = 47;
/// Results of relocost_rates_text and _files: key ("fx.USD", "index.housing"), period (a year or a month), rate, increase_month (integer, of
/// an index), source.
pub const RELOCOST_TABLE_RATES: u32 = 48;
/// Estimates of prices from payments: line, currency, price_base_year (integer, no value of dated amounts), tariff, count
/// (integer), mean, median, sd (no value of one), least, most, catalogue (the old amount), weight, amount, lognormal_sd (no
/// value of few), events, years, per_year (of event lines), source.
pub const RELOCOST_TABLE_ESTIMATES: u32 = 49;

/// Tornados, the uncertain parameters from the widest swing of the extra cost to the narrowest: parameter, swing,
/// low_value, low_extra, low_premium, high_value, high_extra, high_premium. Here and in the tables below, decimals are
/// those that a double is written with.
pub const RELOCOST_TABLE_TORNADO: u32 = 50;
/// Sobol' indices: figure, factor, first_order, first_order_low, first_order_high, total, total_low, total_high,
/// sd_first_order, sd_total.
pub const RELOCOST_TABLE_INDICES: u32 = 51;
/// Sobol' indices, the rank correlation (Spearman) of each parameter with each figure, no value where one of them does
/// not vary: figure, parameter, spearman.
pub const RELOCOST_TABLE_RANKS: u32 = 52;
/// Simulations, every figure, without values for a premium that some draw lacks: figure, by ("total", "fiscal_year",
/// "category" or "fund"), key, draws (integer), mean, sd, se, least, most, p5, p10, p50, p80, p90, p95, se_p5, se_p10,
/// se_p50, se_p80, se_p90, se_p95, expected_shortfall_95, ledger, ledger_at_means (the exact figures of the ledger as
/// the scenario stands, and with every uncertain parameter at its mean).
pub const RELOCOST_TABLE_STATISTICS: u32 = 53;
/// Simulations, the number of draws of each uncertain parameter that were moved into its domain: parameter, moved
/// (integer).
pub const RELOCOST_TABLE_MOVED: u32 = 54;
/// Tornados, the costs as the scenario stands, of every pathway, "extra" and "premium": figure, value.
pub const RELOCOST_TABLE_STANDING: u32 = 55;

/// Programmes, the payments of each fund in each fiscal year with the agreements that are signed, with all, and if every queueing case
/// were settled: fiscal_year (integer), fund, as_signed, as_planned, all_settled, extra.
pub const RELOCOST_TABLE_BUDGET: u32 = 60;
/// Programmes: fiscal_year (integer), as_signed, as_planned, all_settled, extra.
pub const RELOCOST_TABLE_BUDGET_YEARS: u32 = 61;
/// Programmes: fund, as_signed, as_planned, all_settled, extra.
pub const RELOCOST_TABLE_BUDGET_FUNDS: u32 = 62;
/// Programmes: key ("total", "constant" or "present_value"), as_signed, as_planned, all_settled.
pub const RELOCOST_TABLE_BUDGET_TOTALS: u32 = 63;
/// Programmes: by ("category", "kind", "solution" or "place"), key, as_signed, as_planned, all_settled.
pub const RELOCOST_TABLE_BUDGET_PARTS: u32 = 64;
/// Programmes: fiscal_year (integer), by ("category", "kind", "origin" or "constant"), key (of origins "older", "new" or
/// "programme"), as_signed, as_planned, all_settled.
pub const RELOCOST_TABLE_BUDGET_YEARS_AND_PARTS: u32 = 65;
/// Programmes: line ("as_signed", "as_planned" or "all_settled"), fiscal_year, kind, case_months, person_months (integers
/// but for line and kind).
pub const RELOCOST_TABLE_SUPPORTED: u32 = 66;
/// Programmes, rows that add up to the extra cost: by ("entitlement", "residual" or "programme"), key, amount.
pub const RELOCOST_TABLE_CAUSES: u32 = 67;
/// Programmes with a run-off: by ("total", "fiscal_year" or "fund"), key, as_signed, as_planned, all_settled.
pub const RELOCOST_TABLE_RUN_OFF: u32 = 68;
/// Programmes with a run-off, the cost of the cases in hand after each year: fiscal_year (integer), amount.
pub const RELOCOST_TABLE_AFTER: u32 = 69;
/// Programmes: fund, fiscal_year (integer), total, ceiling, excess.
pub const RELOCOST_TABLE_CEILINGS: u32 = 70;
/// Programmes, the values of agreements: window ("within" or "with_run_off"), fund (no value for all), agreement (no
/// value for all together), alone, last, value.
pub const RELOCOST_TABLE_VALUES: u32 = 71;
/// Programmes, the savings of single steps: step ("one_more_place", "month_later", "processing" or "queue"), agreement,
/// order, month, places (integer; no value where the step has none), within, with_run_off.
pub const RELOCOST_TABLE_STEPS: u32 = 72;
/// Programmes: month, arrived, given, moved, ended, waiting, processing, permanent_cases, temporary_cases,
/// permanent_persons, temporary_persons (integers), total, cumulative.
pub const RELOCOST_TABLE_MONTHS: u32 = 73;
/// Programmes, one row: queued, given, median, p90 (months), still_waiting, longest_wait (months), left, without_way
/// (integers).
pub const RELOCOST_TABLE_WAITING: u32 = 74;
/// Programmes: months (integer), share (of the cases that joined that long before the end, those given a place by then).
pub const RELOCOST_TABLE_GIVEN_WITHIN: u32 = 75;
/// Programmes, the places of each agreement: agreement, in_hand, granted, used, lapsed, left, cases, persons (integers).
pub const RELOCOST_TABLE_AGREEMENTS: u32 = 76;
/// The same by year: agreement, fiscal_year, in_hand, granted, used, lapsed, left, cases, persons (integers).
pub const RELOCOST_TABLE_AGREEMENT_YEARS: u32 = 77;
/// Programmes, rows if they were asked for: number (integer), reference, arrives, persons (integer), status ("placed",
/// "pathway", "given", "waiting" or "left"), given, agreement, places (integer), moves, ends, total, settled_total, extra.
pub const RELOCOST_TABLE_CASES: u32 = 78;
/// Programmes, the stages of single cases, if they were asked for: number (integer), solution, place, from, until, total.
pub const RELOCOST_TABLE_CASE_STAGES: u32 = 79;
/// Programmes, what each fund pays in each month as planned: month, fund, kind (of the solution, or "programme"), amount.
pub const RELOCOST_TABLE_MONTHS_AND_FUNDS: u32 = 80;
/// Differences of two budgets: line (of a programme, or a pathway of a caseload), cause ("old", a cause, or "new"; old and
/// all causes add up to new), amount.
pub const RELOCOST_TABLE_BUDGET_CAUSES: u32 = 81;
/// The same by year: line, cause, fiscal_year, amount.
pub const RELOCOST_TABLE_BUDGET_CAUSE_YEARS: u32 = 82;
/// The same by fund: line, cause, fund, amount.
pub const RELOCOST_TABLE_BUDGET_CAUSE_FUNDS: u32 = 83;
/// The same by year and fund, which is what CSV has: line, cause, fiscal_year, fund, amount.
pub const RELOCOST_TABLE_BUDGET_CAUSE_YEARS_AND_FUNDS: u32 = 84;
/// Differences of two budgets, cases that changed: cause, count (integer).
pub const RELOCOST_TABLE_BUDGET_CASES: u32 = 85;
/// Differences of two budgets, values that changed: cause, key (its path), old, new.
pub const RELOCOST_TABLE_BUDGET_CHANGES: u32 = 86;
/// Futures of programmes, every amount: figure (a line, "extra", "joint" or "last"), agreement, fiscal_year, fund, draws
/// (integer), mean, sd, se, p50, p80, p95, deterministic (without chance).
pub const RELOCOST_TABLE_FUTURES: u32 = 87;
/// Futures of programmes against the ceilings: fund, fiscal_year, ceiling, above (a share), mean_excess,
/// mean_excess_above, deterministic.
pub const RELOCOST_TABLE_FUTURE_CEILINGS: u32 = 88;
/// Futures of programmes, waits and places: figure, agreement, draws (integer), mean, sd, se, p50, p80, p95,
/// deterministic.
pub const RELOCOST_TABLE_FUTURE_WAITING: u32 = 89;

/// Postings: month, category, line (no value for a part of the programme's own), fund, account, fund_account, model, paid (no
/// value of what is not compared with payments).
pub const RELOCOST_TABLE_POSTINGS: u32 = 90;
/// Publications, every figure that is published or suppressed: fiscal_year (integer), category, fund, kind, size (no value of
/// what is added up), status ("published" or "suppressed"), cases (integer), cost (of a programme), base, alternative,
/// premium_per_cent (an integer; of a caseload).
pub const RELOCOST_TABLE_PUBLISHED: u32 = 91;
/// Publications, the interval in which a reader can place each suppressed figure: fiscal_year (integer), category, fund, kind,
/// size, figure ("cost", "base" or "alternative"), low, high (no value if there is no end in sight).
pub const RELOCOST_TABLE_AUDIT: u32 = 92;

/// A table of a result.
pub(crate) fn of(result: &(impl relocost_tables::Tables + ?Sized), which: u32) -> CallResult<Table> {
    let name = match which {
        RELOCOST_TABLE_PATHWAYS => "pathways",
        RELOCOST_TABLE_BY_CATEGORY => "by_category",
        RELOCOST_TABLE_BY_FISCAL_YEAR => "by_fiscal_year",
        RELOCOST_TABLE_BY_FUND => "by_fund",
        RELOCOST_TABLE_PREMIUM_CURVE => "premium_curve",
        RELOCOST_TABLE_ATTRIBUTION => "attribution",
        RELOCOST_TABLE_PATHWAY_CATEGORIES => "pathway_categories",
        RELOCOST_TABLE_PATHWAY_FISCAL_YEARS => "pathway_fiscal_years",
        RELOCOST_TABLE_PATHWAY_FUNDS => "pathway_funds",
        RELOCOST_TABLE_PATHWAY_LINES => "pathway_lines",
        RELOCOST_TABLE_PATHWAY_PLACES => "pathway_places",
        RELOCOST_TABLE_DIFFERENCES => "differences",
        RELOCOST_TABLE_ENTRIES => "entries",
        RELOCOST_TABLE_YEARS_AND_CATEGORIES => "years_and_categories",
        RELOCOST_TABLE_SOURCES => "sources",
        RELOCOST_TABLE_WAITS => "waits",
        RELOCOST_TABLE_HOUSEHOLDS => "households",
        RELOCOST_TABLE_VARIANTS => "variants",
        RELOCOST_TABLE_TOTALS => "totals",
        RELOCOST_TABLE_EFFECTS => "effects",
        RELOCOST_TABLE_DETAILS => "details",
        RELOCOST_TABLE_POINTS => "points",
        RELOCOST_TABLE_EXPECTATIONS => "expectations",
        RELOCOST_TABLE_LINES => "lines",
        RELOCOST_TABLE_FIGURES => "figures",
        RELOCOST_TABLE_ENTITLEMENTS => "entitlements",
        RELOCOST_TABLE_CATEGORIES => "categories",
        RELOCOST_TABLE_FUNDS => "funds",
        RELOCOST_TABLE_SOLUTIONS => "solutions",
        RELOCOST_TABLE_PLACES => "places",
        RELOCOST_TABLE_DRIVERS => "drivers",
        RELOCOST_TABLE_PRICES => "prices",
        RELOCOST_TABLE_RATES => "rates",
        RELOCOST_TABLE_ESTIMATES => "estimates",
        RELOCOST_TABLE_WHAT_IFS => "what_ifs",
        RELOCOST_TABLE_TORNADO => "tornado",
        RELOCOST_TABLE_INDICES => "indices",
        RELOCOST_TABLE_RANKS => "ranks",
        RELOCOST_TABLE_STATISTICS => "statistics",
        RELOCOST_TABLE_MOVED => "moved",
        RELOCOST_TABLE_STANDING => "standing",
        RELOCOST_TABLE_BUDGET => "budget",
        RELOCOST_TABLE_BUDGET_YEARS => "budget_years",
        RELOCOST_TABLE_BUDGET_FUNDS => "budget_funds",
        RELOCOST_TABLE_BUDGET_TOTALS => "budget_totals",
        RELOCOST_TABLE_BUDGET_PARTS => "budget_parts",
        RELOCOST_TABLE_BUDGET_YEARS_AND_PARTS => "budget_years_and_parts",
        RELOCOST_TABLE_SUPPORTED => "supported",
        RELOCOST_TABLE_CAUSES => "causes",
        RELOCOST_TABLE_RUN_OFF => "run_off",
        RELOCOST_TABLE_AFTER => "after",
        RELOCOST_TABLE_CEILINGS => "ceilings",
        RELOCOST_TABLE_VALUES => "values",
        RELOCOST_TABLE_STEPS => "steps",
        RELOCOST_TABLE_MONTHS => "months",
        RELOCOST_TABLE_WAITING => "waiting",
        RELOCOST_TABLE_GIVEN_WITHIN => "given_within",
        RELOCOST_TABLE_AGREEMENTS => "agreements",
        RELOCOST_TABLE_AGREEMENT_YEARS => "agreement_years",
        RELOCOST_TABLE_CASES => "cases",
        RELOCOST_TABLE_CASE_STAGES => "case_stages",
        RELOCOST_TABLE_MONTHS_AND_FUNDS => "months_and_funds",
        RELOCOST_TABLE_BUDGET_CAUSES => "budget_causes",
        RELOCOST_TABLE_BUDGET_CAUSE_YEARS => "budget_cause_years",
        RELOCOST_TABLE_BUDGET_CAUSE_FUNDS => "budget_cause_funds",
        RELOCOST_TABLE_BUDGET_CAUSE_YEARS_AND_FUNDS => "budget_cause_years_and_funds",
        RELOCOST_TABLE_BUDGET_CASES => "budget_cases",
        RELOCOST_TABLE_BUDGET_CHANGES => "budget_changes",
        RELOCOST_TABLE_FUTURES => "futures",
        RELOCOST_TABLE_FUTURE_CEILINGS => "future_ceilings",
        RELOCOST_TABLE_FUTURE_WAITING => "future_waiting",
        RELOCOST_TABLE_POSTINGS => "postings",
        RELOCOST_TABLE_PUBLISHED => "published",
        RELOCOST_TABLE_AUDIT => "audit",
        _ => return wrong(RELOCOST_NOT_OF_THIS_RESULT, "which"),
    };
    result.table(name)?.map_or_else(|| wrong(RELOCOST_NOT_OF_THIS_RESULT, "which"), |table| Ok(table.into()))
}
