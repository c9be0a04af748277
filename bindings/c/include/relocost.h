/*
 * relocost: what permanent and temporary relocation of protected witnesses cost, and why they differ, to the cent.
 *
 * Made from the library's source by cbindgen; do not edit. Licence: MIT OR Apache-2.0.
 *
 * The simple thing first: relocost_compare_text takes a scenario's text and copies the comparison into a buffer.
 * Everything else goes through handles: a scenario is read, asked a question, and the result asked for its figures, its
 * tables, and its forms (JSON, CSV, text and HTML in English and French).
 *
 * Statuses. Every function that can fail returns a relocost_status: RELOCOST_OK (0), the stable number of the first
 *   thing that is wrong with the input or the question (1000 to 8999, the same numbers in Rust and Python), or one of
 *   the library's own (from 9000), which are about the call. No function prints, ends the process, or lets anything
 *   unwind into C; a lack of memory is answered with
 *   RELOCOST_OUT_OF_MEMORY where the size of what is wanted follows from a question or a copy, and otherwise ends the
 *   process, as does a lack of stack. 256 KiB of stack are enough for every function.
 *
 * Errors. Where a function has a last parameter `error`, it may be NULL. Otherwise it gets an error object that the
 *   program owns and frees with relocost_error_free, or NULL if the call succeeds. It lists everything that was found,
 *   with number, file, line, column and key. There is no global state, and no errno. No error shows a value of a
 *   household, a title, a reference or a path, unless show_values is set.
 *
 * Handles. Types without members are handles. Each is given through a pointer to a pointer, which is NULL after a call
 *   that fails, and freed with the function of its name that ends in _free. That one accepts NULL and returns
 *   nothing, as free does. Handles stand by themselves and can be freed in any order. A handle of another kind is answered
 *   with RELOCOST_WRONG_HANDLE, and not freed by a function that frees another kind. Undefined: to use a handle that was
 *   freed, or to pass a pointer that no function of this library gave.
 *
 * Text. UTF-8 in both directions, with its length in bytes; what is passed needs no zero byte. The length
 *   RELOCOST_ZERO_ENDED says that a zero byte ends it. Text that is not UTF-8, and a length that no text can have, are
 *   answered with a status; undefined: a length beyond the memory that the program owns.
 *
 * Buffers. A text is copied with a zero byte at its end, which `capacity` and `required` count. If the buffer is NULL or
 *   too short, nothing is written to it, `*required` says how many bytes (or places of an array) are needed, and the
 *   status is RELOCOST_SHORT_BUFFER. `required` may be NULL; it is set after success too.
 *
 * Money. relocost_money has whole minor units and the currency; every amount can be had as an exact decimal text too.
 *   Rates, factors and premiums are decimal texts. Doubles are had from functions whose names end in _for_charts, and
 *   from simulations, whose figures are estimates in binary floating point and rounded to no minor unit; from no others.
 *
 * Options. Structs with `size` as the first member grow in later versions. Set all of it to zero and then the size:
 *       relocost_options options = {0};
 *       options.size = sizeof options;
 *   A program that was built for an older or newer struct is understood, unless it sets what this version does not know.
 *   Structs with `size` that a function fills are understood alike: as much is written as `size` says.
 *
 * Threads. Handles other than error objects never change: one of them may be used by several threads at once, as long as
 *   none frees it meanwhile. An error object is used by one thread at a time. Functions may be called from any thread.
 *   Caseloads, simulations and Sobol' indices use threads of their own, called "relocost", which end before their function
 *   returns; where the system gives fewer than were asked for, or none, the work is done by those that there are. They
 *   take none of the signals that are sent to the process. A progress function is called on the thread that asked.
 *
 * Floating point. The library computes in the default environment (nothing traps, to nearest) and gives every function
 *   of the program its own back: when a call returns, and while a progress function runs. Its figures are the same in
 *   every program. On x86 that is the environment of SSE; on other processors than x86 and ARM of 64 bits it stays as it is.
 *
 * Forks. A child may use the library and the handles that it has from its parent, also if other threads of the parent
 *   were at work in it.
 *
 * Versions. A library works with programs that were built for the same RELOCOST_ABI_VERSION, which is in the name that
 *   programs load it by (librelocost.so.1).
 */

#ifndef RELOCOST_H
#define RELOCOST_H


#ifdef __cplusplus
#include <cstddef>
#include <cstdint>
#else
#include <stddef.h>
#include <stdint.h>
#endif

/* How functions are declared; a program that builds or wraps the library otherwise may define it before. */
#ifndef RELOCOST_API
#if defined(_WIN32) && !defined(RELOCOST_STATIC)
#define RELOCOST_API __declspec(dllimport)
#else
#define RELOCOST_API
#endif
#endif

/* What a compiler says of a function that a later version may leave out; none is so yet. */
#ifndef RELOCOST_DEPRECATED
#if defined(__GNUC__)
#define RELOCOST_DEPRECATED(instead) __attribute__((deprecated(instead)))
#elif defined(_MSC_VER)
#define RELOCOST_DEPRECATED(instead) __declspec(deprecated(instead))
#else
#define RELOCOST_DEPRECATED(instead)
#endif
#endif

/** The version of the library that this header is of. */
#define RELOCOST_VERSION "0.1.0"

/** As a length: the text ends at its first zero byte. */
#define RELOCOST_ZERO_ENDED SIZE_MAX


/**
 * The version of the binary interface: programs built for one number work with every library of that number.
 */
#define RELOCOST_ABI_VERSION 1

/**
 * RELOCOST_VERSION as a number that grows: the major version times 1000000, the minor one times 1000, and the patch.
 */
#define RELOCOST_VERSION_NUMBER 1000

/**
 * Draws that are independent of one another.
 */
#define RELOCOST_SAMPLING_RANDOM 0

/**
 * Latin hypercubes: each parameter stratified within blocks of 256 draws of each of 16 randomisations.
 */
#define RELOCOST_SAMPLING_LATIN_HYPERCUBE 1

/**
 * Sobol' points, Owen-scrambled in 16 independent randomisations.
 */
#define RELOCOST_SAMPLING_SOBOL 2

/**
 * No draws are kept, only what summarises them.
 */
#define RELOCOST_KEEP_NOTHING 0

/**
 * The draws of the totals of pathways, of the extra cost and of the premium are kept.
 */
#define RELOCOST_KEEP_TOTALS 1

/**
 * Those by fiscal year and category are kept too.
 */
#define RELOCOST_KEEP_EVERYTHING 2

/**
 * Figures of a simulation: totals, and parts of all kinds.
 */
#define RELOCOST_FIGURES_ALL 0

/**
 * Figures of a simulation: totals, no parts.
 */
#define RELOCOST_FIGURES_TOTALS 1

/**
 * Figures of a simulation: totals, and parts by fiscal year.
 */
#define RELOCOST_FIGURES_BY_FISCAL_YEAR 2

/**
 * Figures of a simulation: totals, and parts by category.
 */
#define RELOCOST_FIGURES_BY_CATEGORY 3

/**
 * Figures of a simulation: totals, and parts by fund.
 */
#define RELOCOST_FIGURES_BY_FUND 4

/**
 * Prices of each year.
 */
#define RELOCOST_NOMINAL 0

/**
 * Prices of the price base year.
 */
#define RELOCOST_CONSTANT 1

/**
 * The JSON of the command `relocost`.
 */
#define RELOCOST_JSON 0

/**
 * The CSV of the command.
 */
#define RELOCOST_CSV 1

/**
 * A report of lines of text, in English.
 */
#define RELOCOST_TEXT_EN 2

/**
 * A report of lines of text, in French.
 */
#define RELOCOST_TEXT_FR 3

/**
 * A report in HTML, in English: a fragment, or of relocost_report and its like a page that stands by itself.
 */
#define RELOCOST_HTML_EN 4

/**
 * The same in French.
 */
#define RELOCOST_HTML_FR 5

/**
 * TOML: of a scenario, of published rates, of estimates of prices a catalogue, and of new prices the text of their
 * catalogue, which is JSON where that was.
 */
#define RELOCOST_TOML 6

/**
 * The CSV of the command for a spreadsheet set to French: semicolons, decimal commas, a byte order mark.
 */
#define RELOCOST_CSV_FR 7

/**
 * A workbook (XLSX) with live formulas, in English.
 */
#define RELOCOST_XLSX_EN 8

/**
 * A workbook (XLSX) with live formulas, in French.
 */
#define RELOCOST_XLSX_FR 9

/**
 * A journal for hledger, and programs that read its journals, in English.
 */
#define RELOCOST_HLEDGER_EN 10

/**
 * The same in French.
 */
#define RELOCOST_HLEDGER_FR 11

/**
 * A journal for Beancount, and with it Fava, in English.
 */
#define RELOCOST_BEANCOUNT_EN 12

/**
 * The same in French.
 */
#define RELOCOST_BEANCOUNT_FR 13

/**
 * A report as a Word document (DOCX), in English: of relocost_report and its like.
 */
#define RELOCOST_DOCX_EN 14

/**
 * The same in French.
 */
#define RELOCOST_DOCX_FR 15

/**
 * Whole numbers: int64_t.
 */
#define RELOCOST_INTEGER 1

/**
 * Money: relocost_money.
 */
#define RELOCOST_MONEY 2

/**
 * Exact decimals, as text such as "0.630343604033".
 */
#define RELOCOST_DECIMAL 3

/**
 * Other text: names, labels, months such as "2029-03".
 */
#define RELOCOST_TEXT 4

/**
 * Money: the base's total. Of comparisons, caseloads, variants and what-ifs (the scenario as it stands).
 */
#define RELOCOST_FIGURE_BASE_TOTAL 1

/**
 * Money: the alternative's total. Of the same.
 */
#define RELOCOST_FIGURE_ALTERNATIVE_TOTAL 2

/**
 * Money: what the alternative costs more. Of the same.
 */
#define RELOCOST_FIGURE_EXTRA 3

/**
 * Money: what no entitlement explains. Of comparisons and caseloads.
 */
#define RELOCOST_FIGURE_RESIDUAL 4

/**
 * Money: the total. Of ledgers and explanations.
 */
#define RELOCOST_FIGURE_TOTAL 5

/**
 * Money: the cost that was known. Of estimates.
 */
#define RELOCOST_FIGURE_COST 6

/**
 * Decimal: the extra as a share of the base, with 12 decimals; no value unless the base is above 0. Of comparisons,
 * caseloads, variants and what-ifs (the scenario as it stands), and calibrations.
 */
#define RELOCOST_FIGURE_PREMIUM 20

/**
 * Decimal: the factor on the lines' amounts. Of calibrations.
 */
#define RELOCOST_FIGURE_FACTOR 21

/**
 * Decimal: the premium that was to be met. Of calibrations.
 */
#define RELOCOST_FIGURE_TARGET 22

/**
 * Text: the currency's ISO 4217 code. Of all but expectations; of scenarios.
 */
#define RELOCOST_FIGURE_CURRENCY 40

/**
 * Text: "nominal" or "constant". Of all but estimates and expectations.
 */
#define RELOCOST_FIGURE_BASIS 41

/**
 * Text: the base's name. Of comparisons, delays, calibrations, caseloads, variants, what-ifs, tornados, Sobol' indices
 * and simulations.
 */
#define RELOCOST_FIGURE_BASE 42

/**
 * Text: the alternative's name. Of the same.
 */
#define RELOCOST_FIGURE_ALTERNATIVE 43

/**
 * Text: the pathway's name. Of ledgers, explanations and payments (of a programme no value).
 */
#define RELOCOST_FIGURE_PATHWAY 44

/**
 * Text: "below", "within" or "above" the band that the Court reported in 2015; no value where there is no premium. Of
 * comparisons and caseloads.
 */
#define RELOCOST_FIGURE_BAND 45

/**
 * Text: the first month, such as "2026-03". Of all but estimates and expectations (of a diff of the new scenario); of
 * scenarios.
 */
#define RELOCOST_FIGURE_START 46

/**
 * Text: what the figures rest on. Of estimates.
 */
#define RELOCOST_FIGURE_RESTS_ON 47

/**
 * Text: the title, which may say something of a household; no value if there is none. Of scenarios.
 */
#define RELOCOST_FIGURE_TITLE 48

/**
 * Text: which cost was known, "permanent" or "temporary". Of estimates.
 */
#define RELOCOST_FIGURE_KNOWN 49

/**
 * Integer: months of the horizon. As of RELOCOST_FIGURE_START.
 */
#define RELOCOST_FIGURE_HORIZON_MONTHS 60

/**
 * Integer: entries. Of ledgers and explanations.
 */
#define RELOCOST_FIGURE_ENTRIES 61

/**
 * Integer: households, each row as often as it counts. Of caseloads.
 */
#define RELOCOST_FIGURE_COUNT 62

/**
 * Integer: lines that are charged. Of comparisons.
 */
#define RELOCOST_FIGURE_CHARGED_LINES 63

/**
 * Integer: those of them whose amounts only illustrate. Of comparisons.
 */
#define RELOCOST_FIGURE_ILLUSTRATIVE_LINES 64

/**
 * Integer: expectations that hold.
 */
#define RELOCOST_FIGURE_PASSED 65

/**
 * Integer: expectations that fail.
 */
#define RELOCOST_FIGURE_FAILED 66

/**
 * Integer: the month with which a fiscal year begins, 1 to 12. As of RELOCOST_FIGURE_START.
 */
#define RELOCOST_FIGURE_FISCAL_YEAR_START 67

/**
 * As what relocost_programme_run is to give: what agreements are worth and what steps would save.
 */
#define RELOCOST_PROGRAMME_VALUES 1

/**
 * As what relocost_programme_run is to give: rows of single cases, which tell where households live.
 */
#define RELOCOST_PROGRAMME_CASES 2

/**
 * Comparisons: pathway, entries, total, constant, present_value. Scenarios: pathway.
 */
#define RELOCOST_TABLE_PATHWAYS 1

/**
 * Comparisons and caseloads: category, base, alternative, extra, premium. Payments: category, model, paid, difference,
 * exchange, price, volume, timing, not_paid, not_planned.
 */
#define RELOCOST_TABLE_BY_CATEGORY 2

/**
 * The same results: fiscal_year (integer), base, alternative, extra, premium. Payments: fiscal_year (integer), model, paid,
 * difference, exchange, price, volume, timing, not_paid, not_planned.
 */
#define RELOCOST_TABLE_BY_FISCAL_YEAR 3

/**
 * The same results: fund, base, alternative, extra, premium. Payments: fund, model, paid, difference, exchange, price,
 * volume, timing, not_paid, not_planned.
 */
#define RELOCOST_TABLE_BY_FUND 4

/**
 * Comparisons, a row for each shorter horizon: months (integer), base, alternative, extra, premium.
 */
#define RELOCOST_TABLE_PREMIUM_CURVE 5

/**
 * Comparisons, the part of each entitlement, its saving if granted alone, and its saving if all others are granted:
 * entitlement, amount, alone, last. Caseloads: entitlement, amount.
 */
#define RELOCOST_TABLE_ATTRIBUTION 6

/**
 * Comparisons, the amounts of every pathway: pathway, category, amount.
 */
#define RELOCOST_TABLE_PATHWAY_CATEGORIES 7

/**
 * Comparisons: pathway, fiscal_year (integer), amount.
 */
#define RELOCOST_TABLE_PATHWAY_FISCAL_YEARS 8

/**
 * Comparisons: pathway, fund, amount.
 */
#define RELOCOST_TABLE_PATHWAY_FUNDS 9

/**
 * Comparisons: pathway, line, amount.
 */
#define RELOCOST_TABLE_PATHWAY_LINES 10

/**
 * Comparisons, the total and the parts in one table: by ("total", "category", "fiscal_year" or "fund"), key, base,
 * alternative, extra, premium.
 */
#define RELOCOST_TABLE_DIFFERENCES 11

/**
 * Comparisons, internal as everything that says where a household is: pathway, place, amount.
 */
#define RELOCOST_TABLE_PATHWAY_PLACES 12

/**
 * Ledgers and explanations: month, month_index, fiscal_year, stage (integers), solution, place (no value where none is
 * said), line, of (the line of whose charge it is a percentage or a refund; no value for others), share (of that
 * charge), category, quantity, unit_price, currency (of the price), tariff (the month from which the price holds, of
 * dated amounts), price_level, index_factor, exchange_rate, relief (decimals), amount, fund_ID for each fund of the
 * scenario, source. Explanations also: unrounded (the exact product before rounding, as a fraction) and part (the part
 * of the entry's amount that the figure sums).
 */
#define RELOCOST_TABLE_ENTRIES 20

/**
 * Ledgers: fiscal_year (integer), category, amount.
 */
#define RELOCOST_TABLE_YEARS_AND_CATEGORIES 21

/**
 * Explanations: key, source (no value where the file gives none).
 */
#define RELOCOST_TABLE_SOURCES 22

/**
 * Delays, a row for each wait: months (integer), within_horizon_total, within_horizon_extra, within_horizon_month,
 * full_course_total, full_course_extra, full_course_month.
 */
#define RELOCOST_TABLE_WAITS 30

/**
 * Caseloads: reference, count (integer), base, alternative, extra, premium, band.
 */
#define RELOCOST_TABLE_HOUSEHOLDS 31

/**
 * Results of relocost_compare_variants, first the scenario as it stands, whose variant is no value: variant, base,
 * alternative, extra, premium, change_of_base, change_of_alternative, change_of_extra. Scenarios: variant.
 */
#define RELOCOST_TABLE_VARIANTS 32

/**
 * Diffs: pathway, old, new.
 */
#define RELOCOST_TABLE_TOTALS 33

/**
 * Diffs, the effect of each change on each pathway: key, pathway, effect.
 */
#define RELOCOST_TABLE_EFFECTS 34

/**
 * Diffs, the values that changed: key, detail, old, new (no value where there was or is none).
 */
#define RELOCOST_TABLE_DETAILS 35

/**
 * Estimates, the lower end, middle and upper end of the band: premium, permanent, temporary, extra.
 */
#define RELOCOST_TABLE_POINTS 36

/**
 * Results of relocost_run_expectations: figure, expected, found, passed (0 or 1), why, line (integer, no value in no file).
 */
#define RELOCOST_TABLE_EXPECTATIONS 37

/**
 * Calibrations: line. Payments: line (no value of those that name none), category, model, paid, difference, exchange,
 * price, volume, timing, not_paid, not_planned. Scenarios: line, category, label_en, label_fr, driver, schedule, amount (no value for an
 * event's, dated amounts, a percentage and a refund), currency, index, price_base_year (integer), source.
 */
#define RELOCOST_TABLE_LINES 38

/**
 * Caseloads, every figure: reference (no value for the whole), by ("total", "category", "fiscal_year", "fund",
 * "entitlement" or "residual"), key, count (integer), base, alternative, extra, premium, band. Payments, every figure: by
 * ("total", "line", "category", "fiscal_year" or "fund"), key, category (of a line), model, paid, difference, exchange,
 * price, volume, timing, not_paid, not_planned, rest, forecast (both of the total).
 */
#define RELOCOST_TABLE_FIGURES 39

/**
 * Scenarios: entitlement, label_en, label_fr.
 */
#define RELOCOST_TABLE_ENTITLEMENTS 40

/**
 * Scenarios: category, label_en, label_fr.
 */
#define RELOCOST_TABLE_CATEGORIES 41

/**
 * Scenarios: fund, label_en, label_fr.
 */
#define RELOCOST_TABLE_FUNDS 42

/**
 * Scenarios: solution, label_en, label_fr.
 */
#define RELOCOST_TABLE_SOLUTIONS 43

/**
 * Results of relocost_what_ifs and relocost_grid, first the scenario as it stands: a column for each parameter that is
 * changed, named by its path (decimals), then base, alternative, extra, premium, change_of_base,
 * change_of_alternative, change_of_extra.
 */
#define RELOCOST_TABLE_WHAT_IFS 44

/**
 * Scenarios: place, label_en, label_fr.
 */
#define RELOCOST_TABLE_PLACES 45

/**
 * Scenarios, the drivers that they declare, each with the driver of the model whose units it uses, or "members":
 * driver, counts.
 */
#define RELOCOST_TABLE_DRIVERS 46

/**
 * Results of relocost_update_prices_text and _file: line, status ("changed", "confirmed", "missing" from the list or "unknown"
 * to the catalogue), tariff, old, old_currency, new, currency, change (a share of the old amount), source, row (integer),
 * meant (the line that an unknown one may mean).
 */
#define RELOCOST_TABLE_PRICES 47

/**
 * Results of relocost_rates_text and _files: key ("fx.USD", "index.housing"), period (a year or a month), rate, increase_month (integer, of
 * an index), source.
 */
#define RELOCOST_TABLE_RATES 48

/**
 * Estimates of prices from payments: line, currency, price_base_year (integer, no value of dated amounts), tariff, count
 * (integer), mean, median, sd (no value of one), least, most, catalogue (the old amount), weight, amount, lognormal_sd (no
 * value of few), events, years, per_year (of event lines), source.
 */
#define RELOCOST_TABLE_ESTIMATES 49

/**
 * Tornados, the uncertain parameters from the widest swing of the extra cost to the narrowest: parameter, swing,
 * low_value, low_extra, low_premium, high_value, high_extra, high_premium. Here and in the tables below, decimals are
 * those that a double is written with.
 */
#define RELOCOST_TABLE_TORNADO 50

/**
 * Sobol' indices: figure, factor, first_order, first_order_low, first_order_high, total, total_low, total_high,
 * sd_first_order, sd_total.
 */
#define RELOCOST_TABLE_INDICES 51

/**
 * Sobol' indices, the rank correlation (Spearman) of each parameter with each figure, no value where one of them does
 * not vary: figure, parameter, spearman.
 */
#define RELOCOST_TABLE_RANKS 52

/**
 * Simulations, every figure, without values for a premium that some draw lacks: figure, by ("total", "fiscal_year",
 * "category" or "fund"), key, draws (integer), mean, sd, se, least, most, p5, p10, p50, p80, p90, p95, se_p5, se_p10,
 * se_p50, se_p80, se_p90, se_p95, expected_shortfall_95, ledger, ledger_at_means (the exact figures of the ledger as
 * the scenario stands, and with every uncertain parameter at its mean).
 */
#define RELOCOST_TABLE_STATISTICS 53

/**
 * Simulations, the number of draws of each uncertain parameter that were moved into its domain: parameter, moved
 * (integer).
 */
#define RELOCOST_TABLE_MOVED 54

/**
 * Tornados, the costs as the scenario stands, of every pathway, "extra" and "premium": figure, value.
 */
#define RELOCOST_TABLE_STANDING 55

/**
 * Programmes, the payments of each fund in each fiscal year with the agreements that are signed, with all, and if every queueing case
 * were settled: fiscal_year (integer), fund, as_signed, as_planned, all_settled, extra.
 */
#define RELOCOST_TABLE_BUDGET 60

/**
 * Programmes: fiscal_year (integer), as_signed, as_planned, all_settled, extra.
 */
#define RELOCOST_TABLE_BUDGET_YEARS 61

/**
 * Programmes: fund, as_signed, as_planned, all_settled, extra.
 */
#define RELOCOST_TABLE_BUDGET_FUNDS 62

/**
 * Programmes: key ("total", "constant" or "present_value"), as_signed, as_planned, all_settled.
 */
#define RELOCOST_TABLE_BUDGET_TOTALS 63

/**
 * Programmes: by ("category", "kind", "solution" or "place"), key, as_signed, as_planned, all_settled.
 */
#define RELOCOST_TABLE_BUDGET_PARTS 64

/**
 * Programmes: fiscal_year (integer), by ("category", "kind", "origin" or "constant"), key (of origins "older", "new" or
 * "programme"), as_signed, as_planned, all_settled.
 */
#define RELOCOST_TABLE_BUDGET_YEARS_AND_PARTS 65

/**
 * Programmes: line ("as_signed", "as_planned" or "all_settled"), fiscal_year, kind, case_months, person_months (integers
 * but for line and kind).
 */
#define RELOCOST_TABLE_SUPPORTED 66

/**
 * Programmes, rows that add up to the extra cost: by ("entitlement", "residual" or "programme"), key, amount.
 */
#define RELOCOST_TABLE_CAUSES 67

/**
 * Programmes with a run-off: by ("total", "fiscal_year" or "fund"), key, as_signed, as_planned, all_settled.
 */
#define RELOCOST_TABLE_RUN_OFF 68

/**
 * Programmes with a run-off, the cost of the cases in hand after each year: fiscal_year (integer), amount.
 */
#define RELOCOST_TABLE_AFTER 69

/**
 * Programmes: fund, fiscal_year (integer), total, ceiling, excess.
 */
#define RELOCOST_TABLE_CEILINGS 70

/**
 * Programmes, the values of agreements: window ("within" or "with_run_off"), fund (no value for all), agreement (no
 * value for all together), alone, last, value.
 */
#define RELOCOST_TABLE_VALUES 71

/**
 * Programmes, the savings of single steps: step ("one_more_place", "month_later", "processing" or "queue"), agreement,
 * order, month, places (integer; no value where the step has none), within, with_run_off.
 */
#define RELOCOST_TABLE_STEPS 72

/**
 * Programmes: month, arrived, given, moved, ended, waiting, processing, permanent_cases, temporary_cases,
 * permanent_persons, temporary_persons (integers), total, cumulative.
 */
#define RELOCOST_TABLE_MONTHS 73

/**
 * Programmes, one row: queued, given, median, p90 (months), still_waiting, longest_wait (months), left, without_way
 * (integers).
 */
#define RELOCOST_TABLE_WAITING 74

/**
 * Programmes: months (integer), share (of the cases that joined that long before the end, those given a place by then).
 */
#define RELOCOST_TABLE_GIVEN_WITHIN 75

/**
 * Programmes, the places of each agreement: agreement, in_hand, granted, used, lapsed, left, cases, persons (integers).
 */
#define RELOCOST_TABLE_AGREEMENTS 76

/**
 * The same by year: agreement, fiscal_year, in_hand, granted, used, lapsed, left, cases, persons (integers).
 */
#define RELOCOST_TABLE_AGREEMENT_YEARS 77

/**
 * Programmes, rows if they were asked for: number (integer), reference, arrives, persons (integer), status ("placed",
 * "pathway", "given", "waiting" or "left"), given, agreement, places (integer), moves, ends, total, settled_total, extra.
 */
#define RELOCOST_TABLE_CASES 78

/**
 * Programmes, the stages of single cases, if they were asked for: number (integer), solution, place, from, until, total.
 */
#define RELOCOST_TABLE_CASE_STAGES 79

/**
 * Programmes, what each fund pays in each month as planned: month, fund, kind (of the solution, or "programme"), amount.
 */
#define RELOCOST_TABLE_MONTHS_AND_FUNDS 80

/**
 * Differences of two budgets: line (of a programme, or a pathway of a caseload), cause ("old", a cause, or "new"; old and
 * all causes add up to new), amount.
 */
#define RELOCOST_TABLE_BUDGET_CAUSES 81

/**
 * The same by year: line, cause, fiscal_year, amount.
 */
#define RELOCOST_TABLE_BUDGET_CAUSE_YEARS 82

/**
 * The same by fund: line, cause, fund, amount.
 */
#define RELOCOST_TABLE_BUDGET_CAUSE_FUNDS 83

/**
 * The same by year and fund, which is what CSV has: line, cause, fiscal_year, fund, amount.
 */
#define RELOCOST_TABLE_BUDGET_CAUSE_YEARS_AND_FUNDS 84

/**
 * Differences of two budgets, cases that changed: cause, count (integer).
 */
#define RELOCOST_TABLE_BUDGET_CASES 85

/**
 * Differences of two budgets, values that changed: cause, key (its path), old, new.
 */
#define RELOCOST_TABLE_BUDGET_CHANGES 86

/**
 * Futures of programmes, every amount: figure (a line, "extra", "joint" or "last"), agreement, fiscal_year, fund, draws
 * (integer), mean, sd, se, p50, p80, p95, deterministic (without chance).
 */
#define RELOCOST_TABLE_FUTURES 87

/**
 * Futures of programmes against the ceilings: fund, fiscal_year, ceiling, above (a share), mean_excess,
 * mean_excess_above, deterministic.
 */
#define RELOCOST_TABLE_FUTURE_CEILINGS 88

/**
 * Futures of programmes, waits and places: figure, agreement, draws (integer), mean, sd, se, p50, p80, p95,
 * deterministic.
 */
#define RELOCOST_TABLE_FUTURE_WAITING 89

/**
 * Postings: month, category, line (no value for a part of the programme's own), fund, account, fund_account, model, paid (no
 * value of what is not compared with payments).
 */
#define RELOCOST_TABLE_POSTINGS 90

/**
 * Publications, every figure that is published or suppressed: fiscal_year (integer), category, fund, kind, size (no value of
 * what is added up), status ("published" or "suppressed"), cases (integer), cost (of a programme), base, alternative,
 * premium_per_cent (an integer; of a caseload).
 */
#define RELOCOST_TABLE_PUBLISHED 91

/**
 * Publications, the interval in which a reader can place each suppressed figure: fiscal_year (integer), category, fund, kind,
 * size, figure ("cost", "base" or "alternative"), low, high (no value if there is no end in sight).
 */
#define RELOCOST_TABLE_AUDIT 92

/**
 * A catalogue that has been read and checked. It never changes, and may be used by several threads at once.
 */
typedef struct relocost_catalogue relocost_catalogue;

/**
 * A report or a workbook: the bytes of a file. It never changes, and may be used by several threads at once.
 */
typedef struct relocost_document relocost_document;

/**
 * The findings of a failed call, or the warnings of a scenario. Owned by the program; used by one thread at a time.
 */
typedef struct relocost_error relocost_error;

/**
 * The result of some ranges of a simulation's draws. It never changes, and may be used by several threads at once. It
 * is internal, as it holds sums of one household's costs.
 */
typedef struct relocost_part relocost_part;

/**
 * A checked programme: the budget of many cases over several fiscal years. It never changes, and may be used by several
 * threads at once.
 */
typedef struct relocost_programme relocost_programme;

/**
 * A comparison, ledger, delay or other answer. It never changes, and may be used by several threads at once.
 */
typedef struct relocost_result relocost_result;

/**
 * A checked scenario, standing by itself. It never changes, and may be used by several threads at once.
 */
typedef struct relocost_scenario relocost_scenario;

/**
 * The statistics of every figure over many draws of a scenario's uncertain parameters, or over many futures of a
 * programme. It never changes, and may be used by several threads at once.
 *
 * Its functions take a figure and a key as text. Of a scenario the figure is a pathway's name, "extra" (the alternative's
 * cost less the base's) or "premium" (the extra as a share of the base), and of a pathway that is called like one of these
 * "pathways.extra" or "pathways.premium"; the key is "total", a fiscal year such as "2027", a category, or
 * "by_fund." and a fund.
 *
 * Of a programme the figure and its keys are:
 * "as_signed", "as_planned", "all_settled" and "extra", with "total", a fiscal year such as "2027", "by_fund." and a fund, or
 * both as in "2027.by_fund.regular_budget";
 * "joint" (the saving of all agreements together) and "last." and an agreement (what is lost if it alone ends), with
 * "total", a fiscal year, or "by_fund." and a fund;
 * "ceiling." and a fund (by how much it is exceeded as planned), with a fiscal year;
 * "waiting", with "given_within.6", ".12", ".24", ".36" (a share of the cases), "still_waiting", "lapsed" or "refused"
 * (numbers of cases and places);
 * "agreements." and an agreement, with "lapsed" or "refused".
 */
typedef struct relocost_simulation relocost_simulation;

/**
 * Rows of typed columns. It never changes, and may be used by several threads at once.
 */
typedef struct relocost_table relocost_table;

/**
 * The outcome of a call: RELOCOST_OK, or the number of its first finding.
 */
typedef uint32_t relocost_status;

/**
 * A text: UTF-8 (of a document its bytes), not owned by this struct. What the library gives is followed by a zero byte that `length` does not
 * count, and lives as long as the handle that it came from; `data` is NULL where there is no such value. What a
 * program gives needs no zero byte, and may have the length RELOCOST_ZERO_ENDED; NULL means that it is not given.
 */
typedef struct relocost_text {
    /**
     * The first byte.
     */
    const char *data;
    /**
     * The number of bytes.
     */
    size_t length;
} relocost_text;

/**
 * One thing found. Its texts belong to the error object.
 */
typedef struct relocost_finding {
    /**
     * The stable number.
     */
    uint32_t number;
    /**
     * The line from 1; 0 where it is about no line.
     */
    uint32_t line;
    /**
     * The column in characters from 1; 0 where it is about no column.
     */
    uint32_t column;
    /**
     * Always 0.
     */
    uint32_t reserved;
    /**
     * The name of the number, such as "missing_key".
     */
    struct relocost_text name;
    /**
     * The value found and the values accepted.
     */
    struct relocost_text message;
    /**
     * The file's own name, without its folders; none where it is about no file.
     */
    struct relocost_text file;
    /**
     * The path of the key, such as "lines.rent.amount", or the argument of the call; may be empty.
     */
    struct relocost_text key;
} relocost_finding;

/**
 * The options for loading a scenario. Set all of it to zero, then `size` to sizeof(relocost_load_options). NULL
 * instead of a pointer to it means that nothing is set.
 */
typedef struct relocost_load_options {
    /**
     * sizeof(relocost_load_options); tells the library which version of the struct this is.
     */
    size_t size;
    /**
     * Not 0: errors may show values that could identify a household, for one's own screen only.
     */
    uint32_t show_values;
    /**
     * Keep 0.
     */
    uint32_t reserved;
    /**
     * Further folders in which a catalogue may lie (of a file: beside its own folder). May be NULL if there are none.
     */
    const struct relocost_text *catalogue_folders;
    /**
     * The number of folders.
     */
    size_t catalogue_folder_count;
    /**
     * A catalogue that replaces the one that the scenario names: of a file the path, of a text the text. May be left
     * out.
     */
    struct relocost_text catalogue;
} relocost_load_options;

/**
 * The function that hears the progress of a question, on the thread that asked: many times a millisecond where that thread does the work, and
 * otherwise every few milliseconds; it should do little, and look at a clock itself. `done` never goes back and ends at
 * `total`, which is 0 where it is not known before the end. Any answer but 0 ends the question with RELOCOST_INTERRUPTED. It may call the library; it must return (no longjmp, no exception).
 */
typedef int (*relocost_progress)(void *user, uint64_t done, uint64_t total);

/**
 * The options of a question. Set all of it to zero, then `size` to sizeof(relocost_options). NULL instead of a pointer
 * to it means that nothing is set. A question ignores the fields that it has no use for.
 */
typedef struct relocost_options {
    /**
     * sizeof(relocost_options); tells the library which version of the struct this is.
     */
    size_t size;
    /**
     * The pathway compared against; "permanent" if left out.
     */
    struct relocost_text base;
    /**
     * The pathway whose extra cost is asked for; "temporary" if left out.
     */
    struct relocost_text alternative;
    /**
     * RELOCOST_NOMINAL (prices of each year) or RELOCOST_CONSTANT.
     */
    uint32_t basis;
    /**
     * The longest wait of a delay, in months; 0 for the horizon.
     */
    uint32_t months;
    /**
     * Threads of a caseload; 0 for all cores. The figures do not depend on it.
     */
    uint32_t threads;
    /**
     * Keep 0.
     */
    uint32_t reserved;
    /**
     * The function that hears the progress, unless NULL.
     */
    relocost_progress progress;
    /**
     * The first argument of `progress`; the library does not look at it.
     */
    void *user;
} relocost_options;

/**
 * The entries of a ledger that are meant. Set all of it to zero, then `size` to sizeof(relocost_selection). Entries
 * must meet everything that is set.
 */
typedef struct relocost_selection {
    /**
     * sizeof(relocost_selection); tells the library which version of the struct this is.
     */
    size_t size;
    /**
     * Only entries of this category.
     */
    struct relocost_text category;
    /**
     * Only entries of this line.
     */
    struct relocost_text line;
    /**
     * Only entries of this month, such as "2029-03".
     */
    struct relocost_text month;
    /**
     * Only what this fund pays.
     */
    struct relocost_text fund;
    /**
     * Only entries of this fiscal year; 0 for any.
     */
    int32_t fiscal_year;
    /**
     * Keep 0.
     */
    uint32_t reserved;
} relocost_selection;

/**
 * The known cost of an estimate. Set all of it to zero, then `size` to sizeof(relocost_estimate_options).
 */
typedef struct relocost_estimate_options {
    /**
     * sizeof(relocost_estimate_options); tells the library which version of the struct this is.
     */
    size_t size;
    /**
     * The currency, an ISO 4217 code; "EUR" if left out.
     */
    struct relocost_text currency;
    /**
     * Not 0: the cost is of a temporary solution, not of a permanent one.
     */
    uint32_t of_temporary;
    /**
     * Not 0: the cost is of one month, and this many are meant.
     */
    uint32_t months;
    /**
     * The lower end of the band of premiums, a decimal; the Court's "0.45" if left out. Both ends or neither.
     */
    struct relocost_text low;
    /**
     * Its upper end; the Court's "0.75" if left out.
     */
    struct relocost_text high;
} relocost_estimate_options;

/**
 * A parameter set to a value in one of several sets of changes.
 */
typedef struct relocost_change {
    /**
     * The number of the set, from 0.
     */
    size_t set;
    /**
     * The parameter's path, as of relocost_scenario_with.
     */
    struct relocost_text path;
    /**
     * The value, a decimal.
     */
    struct relocost_text value;
} relocost_change;

/**
 * A parameter, and the values that it takes in a grid.
 */
typedef struct relocost_axis {
    /**
     * The parameter's path, as of relocost_scenario_with.
     */
    struct relocost_text path;
    /**
     * The values, decimals. May be NULL if there are none.
     */
    const struct relocost_text *values;
    /**
     * The number of values.
     */
    size_t value_count;
} relocost_axis;

/**
 * An amount of money: `minor` units (cents for EUR) of the currency `currency`, an ISO 4217 code with a zero at its
 * end, of which 10 to the power of `decimals` make one unit. The amount 950.00 EUR is {95000, 2, "EUR"}.
 */
typedef struct relocost_money {
    /**
     * Whole minor units.
     */
    int64_t minor;
    /**
     * Decimals of the currency: 2 for EUR, 0 for JPY, 3 for TND.
     */
    uint32_t decimals;
    /**
     * The code and a zero byte.
     */
    char currency[4];
} relocost_money;

/**
 * The options of a simulation. Set all of it to zero, then `size` to sizeof(relocost_simulate_options). NULL instead
 * of a pointer to it means that nothing is set. A question ignores the fields that it has no use for.
 */
typedef struct relocost_simulate_options {
    /**
     * sizeof(relocost_simulate_options); tells the library which version of the struct this is.
     */
    size_t size;
    /**
     * The number of draws, with a precision the most draws; 0 for 100,000, of Sobol' indices for 16,384, of a programme and of
     * a report for 10,000.
     */
    uint64_t draws;
    /**
     * The seed of the random numbers. What is simulated follows from the scenario, the seed, the options and the version
     * of the library alone.
     */
    uint64_t seed;
    /**
     * Stops at the first of 2^14, 2^15, ... draws at which the standard errors of the mean, of the 50, 80 and 95 per cent
     * quantiles of both pathways' totals are at most this share of them: above 0, at most 1; 0 for all draws.
     */
    double precision;
    /**
     * The pathway compared against; "permanent" if left out.
     */
    struct relocost_text base;
    /**
     * The pathway whose extra cost is asked for; "temporary" if left out.
     */
    struct relocost_text alternative;
    /**
     * RELOCOST_SAMPLING_RANDOM, _LATIN_HYPERCUBE or _SOBOL.
     */
    uint32_t sampling;
    /**
     * RELOCOST_NOMINAL (prices of each year) or RELOCOST_CONSTANT.
     */
    uint32_t basis;
    /**
     * Whose draws are kept, 8 bytes for each: RELOCOST_KEEP_NOTHING, _TOTALS or _EVERYTHING.
     */
    uint32_t keep;
    /**
     * Threads; 0 for all cores. They change no bit.
     */
    uint32_t threads;
    /**
     * The number of resamples for the intervals of Sobol' indices, at most 100,000; 0 for 1,000.
     */
    uint32_t resamples;
    /**
     * The figures of a scenario's simulation: RELOCOST_FIGURES_ALL, or totals with parts of one kind or none, which take less
     * time and have the same bits: RELOCOST_FIGURES_TOTALS, _BY_FISCAL_YEAR, _BY_CATEGORY or _BY_FUND.
     */
    uint32_t figures;
    /**
     * The function that hears the progress, unless NULL.
     */
    relocost_progress progress;
    /**
     * The first argument of `progress`; the library does not look at it.
     */
    void *user;
} relocost_simulate_options;

/**
 * A figure over the draws of a simulation, in units of the currency or, of a premium, as a share of the base. Set `size`
 * to sizeof(relocost_statistics) before the call; it stays, and members of later versions get 0.
 */
typedef struct relocost_statistics {
    /**
     * sizeof(relocost_statistics); tells the library which version of the struct this is.
     */
    size_t size;
    /**
     * The number of draws that have the figure.
     */
    uint64_t draws;
    /**
     * The mean of the draws.
     */
    double mean;
    /**
     * Their standard deviation, with N - 1.
     */
    double sd;
    /**
     * The standard error of the mean, 0 of a single draw; of Latin hypercubes and Sobol' points from 16 independent
     * randomisations.
     */
    double se;
    /**
     * The smallest draw.
     */
    double least;
    /**
     * The largest draw.
     */
    double most;
    /**
     * The 5 per cent quantile: at or below it lie 5 per cent of the draws. As of relocost_simulation_quantile.
     */
    double p5;
    /**
     * The 10 per cent quantile.
     */
    double p10;
    /**
     * The median.
     */
    double p50;
    /**
     * The 80 per cent quantile: what suffices in four cases out of five.
     */
    double p80;
    /**
     * The 90 per cent quantile.
     */
    double p90;
    /**
     * The 95 per cent quantile.
     */
    double p95;
    /**
     * The standard error of `p5`.
     */
    double se_p5;
    /**
     * The standard error of `p10`.
     */
    double se_p10;
    /**
     * The standard error of `p50`.
     */
    double se_p50;
    /**
     * The standard error of `p80`.
     */
    double se_p80;
    /**
     * The standard error of `p90`.
     */
    double se_p90;
    /**
     * The standard error of `p95`.
     */
    double se_p95;
    /**
     * The mean of the worst 5 per cent of the draws.
     */
    double expected_shortfall_95;
} relocost_statistics;

/**
 * The probability of each verdict on the premium, the band being the one that the Court reported in 2015: shares of
 * the draws, which add up to 1. Set `size` to sizeof(relocost_band_shares) before the call.
 */
typedef struct relocost_band_shares {
    /**
     * sizeof(relocost_band_shares); tells the library which version of the struct this is.
     */
    size_t size;
    /**
     * Below the band.
     */
    double below;
    /**
     * Within it, ends included.
     */
    double within;
    /**
     * Above it.
     */
    double above;
    /**
     * Without a premium, the base being not above 0.
     */
    double none;
} relocost_band_shares;

/**
 * The options of published rates. Set all of it to zero, then `size` to sizeof(relocost_rate_options). Names and meanings are
 * those of the command `relocost rates`.
 */
typedef struct relocost_rate_options {
    /**
     * sizeof(relocost_rate_options); tells the library which version of the struct this is.
     */
    size_t size;
    /**
     * The scenario's currency, an ISO 4217 code; "EUR" if left out.
     */
    struct relocost_text currency;
    /**
     * What is taken of a year: "average", "end" or "month"; "average" if left out.
     */
    struct relocost_text of;
    /**
     * The first year wanted; 0 for the whole years of the files.
     */
    int32_t first_year;
    /**
     * The last year wanted; 0 for the first alone.
     */
    int32_t last_year;
    /**
     * The month, 1 to 12, in which the increase of an index by month comes; else 0.
     */
    uint32_t month;
    /**
     * Not 0: years and months without figures are left out, and said.
     */
    uint32_t allow_gaps;
    /**
     * The currencies, series or columns wanted, such as "USD" or "rents=housing"; all if there are none.
     */
    const struct relocost_text *columns;
    /**
     * The number of columns.
     */
    size_t column_count;
    /**
     * Only series with these values of dimensions, such as "geo=NL".
     */
    const struct relocost_text *filters;
    /**
     * The number of filters.
     */
    size_t filter_count;
} relocost_rate_options;

/**
 * The options of payments. Set all of it to zero, then `size` to sizeof(relocost_payment_options). NULL instead of a pointer
 * to it means that nothing is set.
 */
typedef struct relocost_payment_options {
    /**
     * sizeof(relocost_payment_options); tells the library which version of the struct this is.
     */
    size_t size;
    /**
     * The pathway, or the solution, that is paid for; left out of a programme, which is paid for as planned.
     */
    struct relocost_text pathway;
    /**
     * The first month compared, such as "2026-03"; that of the scenario or the programme if left out.
     */
    struct relocost_text from;
    /**
     * The last month compared; that of the latest payment if left out.
     */
    struct relocost_text until;
    /**
     * The greatest number of months between a charge and its payment; 0 for 2.
     */
    uint32_t window;
    /**
     * Not 0: a charge and its payment are of one month, whatever `window` is.
     */
    uint32_t same_month;
    /**
     * The function that hears the progress, unless NULL: of payments read, and then of a programme's cases.
     */
    relocost_progress progress;
    /**
     * The first argument of `progress`; the library does not look at it.
     */
    void *user;
} relocost_payment_options;

/**
 * The options of a publication. Set all of it to zero, then `size` to sizeof(relocost_publish_options). NULL instead of a
 * pointer to it means that nothing is set. That of a programme ignores the pathways, the basis and the threads.
 */
typedef struct relocost_publish_options {
    /**
     * sizeof(relocost_publish_options); tells the library which version of the struct this is.
     */
    size_t size;
    /**
     * The pathway compared against; "permanent" if left out.
     */
    struct relocost_text base;
    /**
     * The pathway whose extra cost is asked for; "temporary" if left out.
     */
    struct relocost_text alternative;
    /**
     * The dimensions of each table, one to three names that commas separate, of "fiscal_year", "category", "fund", "kind" and
     * "size" (persons in the household), such as "fiscal_year,fund". The usual tables if there are none.
     */
    const struct relocost_text *tables;
    /**
     * The number of tables.
     */
    size_t table_count;
    /**
     * Earlier publications, each its text as RELOCOST_JSON: no reader who has them learns more. May be NULL if there are none.
     */
    const struct relocost_text *beside;
    /**
     * The number of earlier publications.
     */
    size_t beside_count;
    /**
     * A figure is of at least so many cases; 0 for 3, which is the least.
     */
    uint64_t threshold;
    /**
     * RELOCOST_NOMINAL (prices of each year) or RELOCOST_CONSTANT.
     */
    uint32_t basis;
    /**
     * Threads; 0 for all cores. The figures do not depend on it.
     */
    uint32_t threads;
    /**
     * The function that hears the progress of the cases, unless NULL.
     */
    relocost_progress progress;
    /**
     * The first argument of `progress`; the library does not look at it.
     */
    void *user;
} relocost_publish_options;

/**
 * Done.
 */
#define RELOCOST_OK 0

/**
 * The text is longer than a file may be (4 MiB).
 */
#define RELOCOST_TOO_LARGE 1001

/**
 * The text of a file is not UTF-8.
 */
#define RELOCOST_NOT_UTF8 1002

/**
 * The text is not TOML, or not JSON.
 */
#define RELOCOST_SYNTAX 1003

/**
 * Tables or lists are nested too deep.
 */
#define RELOCOST_TOO_DEEP 1004

/**
 * A key stands twice in one table.
 */
#define RELOCOST_DUPLICATE_KEY 1005

/**
 * A file cannot be read.
 */
#define RELOCOST_UNREADABLE 1006

/**
 * The catalogue cannot be had.
 */
#define RELOCOST_CATALOGUE 1007

/**
 * A key that nothing reads.
 */
#define RELOCOST_UNKNOWN_KEY 2001

/**
 * A key that must be there is not.
 */
#define RELOCOST_MISSING_KEY 2002

/**
 * A value of another kind than the key takes.
 */
#define RELOCOST_WRONG_KIND 2003

/**
 * A number that is no decimal of a file.
 */
#define RELOCOST_BAD_DECIMAL 2004

/**
 * A number outside its range.
 */
#define RELOCOST_OUT_OF_RANGE 2005

/**
 * A name that nothing declares.
 */
#define RELOCOST_UNKNOWN_NAME 2006

/**
 * An id or name given twice.
 */
#define RELOCOST_DUPLICATE 2007

/**
 * Two values that cannot stand together.
 */
#define RELOCOST_CONFLICT 2008

/**
 * An id or name with other characters than it may have.
 */
#define RELOCOST_BAD_NAME 2009

/**
 * A text with hidden characters, or too long.
 */
#define RELOCOST_BAD_TEXT 2010

/**
 * More of something than there may be.
 */
#define RELOCOST_TOO_MANY 2011

/**
 * Correlations that no distribution can have together.
 */
#define RELOCOST_NOT_POSITIVE 2012

/**
 * A rate that a charge needs is not given.
 */
#define RELOCOST_MISSING_RATE 3001

/**
 * A figure too large to write.
 */
#define RELOCOST_TOO_LARGE_FIGURE 3002

/**
 * A pathway that the scenario does not have.
 */
#define RELOCOST_UNKNOWN_PATHWAY 3003

/**
 * No factor meets the target of a calibration.
 */
#define RELOCOST_NO_SOLUTION 3004

/**
 * The progress function broke the question off.
 */
#define RELOCOST_INTERRUPTED 3005

/**
 * The system has not the memory that a question or a copy needs.
 */
#define RELOCOST_OUT_OF_MEMORY 3006

/**
 * What would be published could disclose a case.
 */
#define RELOCOST_DISCLOSURE 3007

/**
 * A figure that the comparison does not have.
 */
#define RELOCOST_UNKNOWN_FIGURE 4001

/**
 * A warning: something that never takes effect.
 */
#define RELOCOST_NEVER_USED 5001

/**
 * A warning: an entitlement both in `when` and in `unless`.
 */
#define RELOCOST_CONTRADICTION 5002

/**
 * A warning: an uncertain parameter of which draws are moved into its domain.
 */
#define RELOCOST_LEAVES_DOMAIN 5003

/**
 * A warning: minors who stay when no adult counts.
 */
#define RELOCOST_MINORS_ALONE 5004

/**
 * A warning: two rows of a caseload with one reference.
 */
#define RELOCOST_SAME_REFERENCE 5005

/**
 * A warning: a share or rate that can only be a percentage.
 */
#define RELOCOST_PER_CENT 5006

/**
 * A pointer is NULL that must not be.
 */
#define RELOCOST_NULL_POINTER 9001

/**
 * A handle of another kind, or no handle.
 */
#define RELOCOST_WRONG_HANDLE 9002

/**
 * A pointer that is not aligned for what it points to.
 */
#define RELOCOST_MISALIGNED 9003

/**
 * The buffer is too short; nothing was written to it, and `required` says what is needed. No error object is made.
 */
#define RELOCOST_SHORT_BUFFER 9004

/**
 * An argument is not UTF-8, or its length cuts a character.
 */
#define RELOCOST_ARGUMENT_NOT_UTF8 9005

/**
 * A length beyond what memory or an argument can have (a name or path: 4096 bytes).
 */
#define RELOCOST_WRONG_LENGTH 9006

/**
 * The `size` of an options struct is none, or it has members set that this version does not know.
 */
#define RELOCOST_WRONG_SIZE 9007

/**
 * A number that is none of the named ones: of a basis, a form, a figure, a table.
 */
#define RELOCOST_UNKNOWN_CHOICE 9008

/**
 * There is no such row, column or finding.
 */
#define RELOCOST_NO_SUCH_PLACE 9009

/**
 * A value of another kind than was asked for, such as money of a column of text.
 */
#define RELOCOST_OTHER_KIND 9010

/**
 * There is no such value here: the premium on a base of 0, the name of a scenario as it stands.
 */
#define RELOCOST_NO_VALUE 9011

/**
 * More minor units than an int64_t holds; ask for the text.
 */
#define RELOCOST_BEYOND_INT64 9012

/**
 * This result has no such figure, table or form.
 */
#define RELOCOST_NOT_OF_THIS_RESULT 9013

/**
 * A defect of the library. It can be used further; please report it.
 */
#define RELOCOST_DEFECT 9099

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The version of the binary interface that the library has. A program compares it with RELOCOST_ABI_VERSION, which is
 * the one that it was built for.
 */
RELOCOST_API uint32_t relocost_abi_version(void);

/**
 * The version of the library, such as "0.1.0", with a zero byte at its end. Never freed.
 */
RELOCOST_API const char *relocost_version(void);

/**
 * The version of the library as a number, which a program can compare with RELOCOST_VERSION_NUMBER.
 */
RELOCOST_API uint32_t relocost_version_number(void);

/**
 * The name of a status, such as "missing_key", with a zero byte at its end; "unknown" for a number that is none. Never
 * freed.
 */
RELOCOST_API const char *relocost_status_name(relocost_status status);

/**
 * Puts into `count` how many findings there are. A failed call has at least one.
 *
 * Errors: a NULL pointer, a wrong handle.
 */
RELOCOST_API relocost_status relocost_error_count(const struct relocost_error *error, size_t *count);

/**
 * Puts into `more` how many findings there were beyond those that are kept.
 *
 * Errors: a NULL pointer, a wrong handle.
 */
RELOCOST_API relocost_status relocost_error_more(const struct relocost_error *error, size_t *more);

/**
 * Puts into `finding` the finding at `index`, from 0, in the order of the text. Its texts live as long as `error`.
 *
 * Errors: a NULL pointer, a wrong handle, RELOCOST_NO_SUCH_PLACE.
 */
RELOCOST_API
relocost_status relocost_error_finding(const struct relocost_error *error,
                                       size_t index,
                                       struct relocost_finding *finding);

/**
 * Copies all findings into `buffer`, a line for each, in English, as the command prints them.
 *
 * Errors: a wrong handle, RELOCOST_SHORT_BUFFER.
 */
RELOCOST_API
relocost_status relocost_error_text(const struct relocost_error *error,
                                    char *buffer,
                                    size_t capacity,
                                    size_t *required);

/**
 * Copies all findings into `buffer` in one of the forms RELOCOST_TEXT_EN, RELOCOST_TEXT_FR, a line for each, or
 * RELOCOST_JSON, a list that has the message of each in English (`message`) and in French (`message_fr`).
 *
 * Errors: a wrong handle, RELOCOST_SHORT_BUFFER, RELOCOST_UNKNOWN_CHOICE.
 */
RELOCOST_API
relocost_status relocost_error_write(const struct relocost_error *error,
                                     uint32_t form,
                                     char *buffer,
                                     size_t capacity,
                                     size_t *required);

/**
 * Frees an error object. NULL is accepted.
 */
RELOCOST_API void relocost_error_free(struct relocost_error *error);

/**
 * Reads a scenario from `length` bytes of TOML or JSON in memory. It can name the catalogue "reference" only, which is
 * built in; it reaches no file. `options` may be NULL.
 *
 * Gives `scenario` a handle, to be freed with relocost_scenario_free.
 * Errors: everything that is wrong with the text, at once; a NULL pointer; RELOCOST_WRONG_SIZE.
 */
RELOCOST_API
relocost_status relocost_scenario_from_text(const char *text,
                                            size_t length,
                                            const struct relocost_load_options *options,
                                            struct relocost_scenario **scenario,
                                            struct relocost_error **error);

/**
 * Reads a scenario from a file, with the catalogue that it names: a regular file in its own folder or below it, or in
 * one of the folders of `options`, which may be NULL. No error shows a path.
 *
 * Gives `scenario` a handle, to be freed with relocost_scenario_free.
 * Errors: everything that is wrong with either file, at once; a NULL pointer; RELOCOST_WRONG_SIZE.
 */
RELOCOST_API
relocost_status relocost_scenario_from_file(const char *path,
                                            size_t length,
                                            const struct relocost_load_options *options,
                                            struct relocost_scenario **scenario,
                                            struct relocost_error **error);

/**
 * Copies the scenario into `buffer` as RELOCOST_TOML or RELOCOST_JSON, standing by itself: written to a file it needs
 * no other.
 *
 * Errors: a wrong handle; RELOCOST_SHORT_BUFFER; RELOCOST_UNKNOWN_CHOICE; RELOCOST_CONFLICT for a scenario with a
 * factor that no file can say.
 */
RELOCOST_API
relocost_status relocost_scenario_write(const struct relocost_scenario *scenario,
                                        uint32_t form,
                                        char *buffer,
                                        size_t capacity,
                                        size_t *required,
                                        struct relocost_error **error);

/**
 * Gives `changed` a scenario that differs in one parameter. `path` is one that may be uncertain, such as
 * "lines.rent.amount" or "rates.fx.USD.factor", but for those that are drawn anew for each year; or "rates.fx.USD",
 * "rates.fx.USD.2027", "rates.fx.USD.2027-04", "rates.index.general.2027" or ".default", "rates.level.<place>.<category>",
 * "lines.<id>.amounts.2027-04", "lines.<id>.percentage.share", "start" or "horizon_months". `value` is a decimal, of
 * "start" a month. The scenario itself stays as it is.
 *
 * Errors: RELOCOST_UNKNOWN_NAME, RELOCOST_BAD_DECIMAL, RELOCOST_WRONG_KIND, RELOCOST_OUT_OF_RANGE, RELOCOST_CONFLICT; a
 * wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_scenario_with(const struct relocost_scenario *scenario,
                                       const char *path,
                                       size_t path_length,
                                       const char *value,
                                       size_t value_length,
                                       struct relocost_scenario **changed,
                                       struct relocost_error **error);

/**
 * Copies the value of a parameter into `buffer`, a decimal, of "start" a month; `path` as of relocost_scenario_with.
 *
 * Errors: RELOCOST_UNKNOWN_NAME; RELOCOST_SHORT_BUFFER; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_scenario_parameter(const struct relocost_scenario *scenario,
                                            const char *path,
                                            size_t path_length,
                                            char *buffer,
                                            size_t capacity,
                                            size_t *required,
                                            struct relocost_error **error);

/**
 * Gives `variant` the scenario in the variant of a name that it declares.
 *
 * Errors: RELOCOST_UNKNOWN_NAME; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_scenario_variant(const struct relocost_scenario *scenario,
                                          const char *name,
                                          size_t length,
                                          struct relocost_scenario **variant,
                                          struct relocost_error **error);

/**
 * Gives `at_means` the scenario with every uncertain parameter at the mean of its distribution, to 12 decimals, moved into
 * its domain, months rounded.
 *
 * Errors: RELOCOST_TOO_LARGE_FIGURE for a mean with more digits than a parameter can take; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_scenario_at_means(const struct relocost_scenario *scenario,
                                           struct relocost_scenario **at_means,
                                           struct relocost_error **error);

/**
 * Gives `warnings` what is odd but harmless in the scenario, as an error object of none or more findings, to be freed
 * with relocost_error_free.
 *
 * Errors: a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_scenario_warnings(const struct relocost_scenario *scenario,
                                           struct relocost_error **warnings);

/**
 * Copies a figure of the scenario into `buffer`: RELOCOST_FIGURE_CURRENCY, _START, _TITLE, _HORIZON_MONTHS or
 * _FISCAL_YEAR_START.
 *
 * Errors: RELOCOST_NO_VALUE for a scenario without a title; RELOCOST_NOT_OF_THIS_RESULT; RELOCOST_SHORT_BUFFER; a
 * wrong handle.
 */
RELOCOST_API
relocost_status relocost_scenario_text(const struct relocost_scenario *scenario,
                                       uint32_t figure,
                                       char *buffer,
                                       size_t capacity,
                                       size_t *required);

/**
 * Puts into `value` a figure of the scenario that is a whole number: RELOCOST_FIGURE_HORIZON_MONTHS or
 * _FISCAL_YEAR_START (a month, 1 to 12).
 *
 * Errors: RELOCOST_OTHER_KIND; RELOCOST_NOT_OF_THIS_RESULT; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_scenario_integer(const struct relocost_scenario *scenario,
                                          uint32_t figure,
                                          int64_t *integer);

/**
 * Gives `table` a table of what the scenario has: RELOCOST_TABLE_PATHWAYS, _SOLUTIONS, _ENTITLEMENTS, _CATEGORIES,
 * _FUNDS, _LINES or _VARIANTS; to be freed with relocost_table_free.
 *
 * Errors: RELOCOST_NOT_OF_THIS_RESULT; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_scenario_table(const struct relocost_scenario *scenario,
                                        uint32_t which,
                                        struct relocost_table **table);

/**
 * Frees a scenario; results of it stay. NULL is accepted.
 */
RELOCOST_API void relocost_scenario_free(struct relocost_scenario *scenario);

/**
 * The first thing to try, and all that many programs need: compares the pathways "temporary" and "permanent" of a
 * scenario, given as `length` bytes of TOML or JSON in memory, and copies the comparison into `buffer` in the form
 * that is asked for (RELOCOST_JSON, RELOCOST_CSV, RELOCOST_TEXT_EN, ...). The scenario reaches no file; the catalogue
 * "reference" is built in.
 *
 * Called with a NULL buffer it still computes: a buffer of 64 KiB is enough for most scenarios at once.
 * Errors: everything that is wrong with the scenario; RELOCOST_SHORT_BUFFER; RELOCOST_UNKNOWN_CHOICE; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_compare_text(const char *text,
                                      size_t length,
                                      uint32_t form,
                                      char *buffer,
                                      size_t capacity,
                                      size_t *required,
                                      struct relocost_error **error);

/**
 * Compares two pathways: totals, extra cost, premium, and what causes it. Of `options`: `base`, `alternative`, `basis`,
 * `progress`.
 *
 * Errors: RELOCOST_UNKNOWN_PATHWAY, RELOCOST_MISSING_RATE, RELOCOST_TOO_LARGE_FIGURE, RELOCOST_INTERRUPTED; those of
 * every question: a wrong handle, a NULL pointer, RELOCOST_WRONG_SIZE, RELOCOST_UNKNOWN_CHOICE.
 */
RELOCOST_API
relocost_status relocost_compare(const struct relocost_scenario *scenario,
                                 const struct relocost_options *options,
                                 struct relocost_result **result,
                                 struct relocost_error **error);

/**
 * Every charge of a pathway. Of `options`: `basis`, `progress`.
 *
 * Errors: as of relocost_compare.
 */
RELOCOST_API
relocost_status relocost_ledger(const struct relocost_scenario *scenario,
                                const char *pathway,
                                size_t pathway_length,
                                const struct relocost_options *options,
                                struct relocost_result **result,
                                struct relocost_error **error);

/**
 * Traces a figure of a ledger, which is a result of relocost_ledger, to its entries and their sources. `selection` may
 * be NULL for the total.
 *
 * Errors: RELOCOST_UNKNOWN_NAME; RELOCOST_WRONG_KIND for a month that is none; RELOCOST_NOT_OF_THIS_RESULT for a
 * result that is no ledger; as of relocost_compare.
 */
RELOCOST_API
relocost_status relocost_explain(const struct relocost_result *ledger,
                                 const struct relocost_selection *selection,
                                 struct relocost_result **result,
                                 struct relocost_error **error);

/**
 * The cost of each month of waiting for a permanent solution. Fields of `options`: `base`, `alternative`, `months`,
 * `basis`, `progress`.
 *
 * Errors: RELOCOST_OUT_OF_RANGE for a wait that is too long; as of relocost_compare.
 */
RELOCOST_API
relocost_status relocost_delay(const struct relocost_scenario *scenario,
                               const struct relocost_options *options,
                               struct relocost_result **result,
                               struct relocost_error **error);

/**
 * The factor on the amounts of `line_count` lines at which the premium is `target`, a decimal such as "0.60". Of
 * `options`: `base`, `alternative`, `basis`, `progress`. The scenario with the amounts scaled is had from
 * relocost_result_scenario.
 *
 * Errors: RELOCOST_NO_SOLUTION, RELOCOST_BAD_DECIMAL, RELOCOST_UNKNOWN_NAME; as of relocost_compare.
 */
RELOCOST_API
relocost_status relocost_calibrate(const struct relocost_scenario *scenario,
                                   const char *target,
                                   size_t target_length,
                                   const struct relocost_text *lines,
                                   size_t line_count,
                                   const struct relocost_options *options,
                                   struct relocost_result **result,
                                   struct relocost_error **error);

/**
 * The costs that the Court's reported average implies for one known cost, a decimal such as "112000", without any
 * scenario.
 * `options` may be NULL: a permanent cost in EUR.
 *
 * Errors: RELOCOST_BAD_DECIMAL, RELOCOST_OUT_OF_RANGE, RELOCOST_WRONG_KIND for a currency that is none; a NULL
 * pointer; RELOCOST_WRONG_SIZE.
 */
RELOCOST_API
relocost_status relocost_estimate(const char *cost,
                                  size_t cost_length,
                                  const struct relocost_estimate_options *options,
                                  struct relocost_result **result,
                                  struct relocost_error **error);

/**
 * Many households in the setting of one scenario, from `length` bytes of CSV in memory with the columns `reference`
 * and `members`, and if wanted `count`, `start` and `ages_at`; cells are separated by commas, semicolons or tabs. Of
 * `options`: `base`, `alternative`, `basis`, `threads`, `progress`.
 *
 * Errors: everything that is wrong with the rows; as of relocost_compare.
 */
RELOCOST_API
relocost_status relocost_caseload_text(const struct relocost_scenario *scenario,
                                       const char *csv,
                                       size_t length,
                                       const struct relocost_options *options,
                                       struct relocost_result **result,
                                       struct relocost_error **error);

/**
 * As relocost_caseload_text, from a file, of which only a part is in memory at a time.
 *
 * Errors: RELOCOST_UNREADABLE; as of relocost_caseload_text.
 */
RELOCOST_API
relocost_status relocost_caseload_file(const struct relocost_scenario *scenario,
                                       const char *path,
                                       size_t length,
                                       const struct relocost_options *options,
                                       struct relocost_result **result,
                                       struct relocost_error **error);

/**
 * The scenario as it stands and in each of its variants. Of `options`: `base`, `alternative`, `basis`, `progress`.
 *
 * Errors: as of relocost_compare.
 */
RELOCOST_API
relocost_status relocost_compare_variants(const struct relocost_scenario *scenario,
                                          const struct relocost_options *options,
                                          struct relocost_result **result,
                                          struct relocost_error **error);

/**
 * The scenario with each of `set_count` sets of changes, each set made on the scenario as it stands; a set that no change
 * is of changes nothing. Gives RELOCOST_TABLE_WHAT_IFS. Of `options`: `base`, `alternative`, `basis`, `progress`.
 *
 * Errors: RELOCOST_OUT_OF_RANGE for a set beyond `set_count`, and for a value that a parameter cannot take;
 * RELOCOST_TOO_MANY for more than 100,000 sets; RELOCOST_DUPLICATE for a parameter that a set has twice; as of
 * relocost_scenario_with and relocost_compare.
 */
RELOCOST_API
relocost_status relocost_what_ifs(const struct relocost_scenario *scenario,
                                  const struct relocost_change *changes,
                                  size_t change_count,
                                  size_t set_count,
                                  const struct relocost_options *options,
                                  struct relocost_result **result,
                                  struct relocost_error **error);

/**
 * The scenario with every combination of the values of `axis_count` parameters; those of the last one vary fastest. An
 * axis without values leaves no combination. Gives RELOCOST_TABLE_WHAT_IFS. Of `options`: `base`, `alternative`,
 * `basis`, `progress`.
 *
 * Errors: RELOCOST_TOO_MANY for more than 100,000 combinations; RELOCOST_DUPLICATE for two axes of one parameter; as of
 * relocost_what_ifs.
 */
RELOCOST_API
relocost_status relocost_grid(const struct relocost_scenario *scenario,
                              const struct relocost_axis *axes,
                              size_t axis_count,
                              const struct relocost_options *options,
                              struct relocost_result **result,
                              struct relocost_error **error);

/**
 * The changes from the scenario `old` to the scenario `changed`, and the effect of each change on each total. Fields
 * of `options`: `basis`, `progress`.
 *
 * Errors: as of relocost_compare.
 */
RELOCOST_API
relocost_status relocost_diff(const struct relocost_scenario *old,
                              const struct relocost_scenario *changed,
                              const struct relocost_options *options,
                              struct relocost_result **result,
                              struct relocost_error **error);

/**
 * The differences between the caseload `csv` in the setting of the scenario `old` and the caseload `changed_csv` in that of the
 * scenario `changed`, both as of relocost_caseload_text: what each cause adds to both pathways, by fiscal year and fund, so
 * that the old figure and all causes add up to the new one. Households are the same if they have one reference. Gives
 * RELOCOST_TABLE_BUDGET_CAUSES and the tables after it. Fields of `options`: `base`, `alternative`, `basis`, `threads`,
 * `progress`.
 *
 * Errors: RELOCOST_CONFLICT for scenarios in two currencies; everything that is wrong with the rows of both; as of
 * relocost_compare.
 */
RELOCOST_API
relocost_status relocost_diff_caseload_text(const struct relocost_scenario *old,
                                            const char *csv,
                                            size_t length,
                                            const struct relocost_scenario *changed,
                                            const char *changed_csv,
                                            size_t changed_length,
                                            const struct relocost_options *options,
                                            struct relocost_result **result,
                                            struct relocost_error **error);

/**
 * As relocost_diff_caseload_text, from files.
 *
 * Errors: RELOCOST_UNREADABLE; as of relocost_diff_caseload_text.
 */
RELOCOST_API
relocost_status relocost_diff_caseload_file(const struct relocost_scenario *old,
                                            const char *path,
                                            size_t length,
                                            const struct relocost_scenario *changed,
                                            const char *changed_path,
                                            size_t changed_length,
                                            const struct relocost_options *options,
                                            struct relocost_result **result,
                                            struct relocost_error **error);

/**
 * The swing of the figures with each uncertain parameter: each in turn at its 10 and 90 per cent quantiles, the others
 * as the scenario stands. Gives RELOCOST_TABLE_TORNADO. Fields of `options`: `base`, `alternative`, `basis`,
 * `progress`.
 *
 * Errors: as of relocost_compare.
 */
RELOCOST_API
relocost_status relocost_tornado(const struct relocost_scenario *scenario,
                                 const struct relocost_options *options,
                                 struct relocost_result **result,
                                 struct relocost_error **error);

/**
 * Runs the expectations that the scenario carries. Of `options`: `progress`. An expectation that fails is a result,
 * not an error: see RELOCOST_FIGURE_FAILED.
 *
 * Errors: as of relocost_compare.
 */
RELOCOST_API
relocost_status relocost_run_expectations(const struct relocost_scenario *scenario,
                                          const struct relocost_options *options,
                                          struct relocost_result **result,
                                          struct relocost_error **error);

/**
 * Copies the result into `buffer` in one of the forms RELOCOST_JSON, RELOCOST_CSV, RELOCOST_CSV_FR, RELOCOST_TEXT_EN, RELOCOST_TEXT_FR,
 * RELOCOST_HTML_EN, RELOCOST_HTML_FR; new prices, estimates of prices and published rates also as RELOCOST_TOML; postings also as a
 * journal, RELOCOST_HLEDGER_EN and the like, which as RELOCOST_CSV they are for any other ledger. A result of
 * relocost_run_expectations has no form in HTML, and published rates have neither text nor HTML.
 *
 * Errors: RELOCOST_SHORT_BUFFER; RELOCOST_UNKNOWN_CHOICE; RELOCOST_NOT_OF_THIS_RESULT; a wrong handle.
 */
RELOCOST_API
relocost_status relocost_result_write(const struct relocost_result *result,
                                      uint32_t form,
                                      char *buffer,
                                      size_t capacity,
                                      size_t *required,
                                      struct relocost_error **error);

/**
 * Puts into `value` a figure that is money: RELOCOST_FIGURE_EXTRA and the like.
 *
 * Errors: RELOCOST_BEYOND_INT64; RELOCOST_OTHER_KIND; RELOCOST_NOT_OF_THIS_RESULT; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_result_money(const struct relocost_result *result,
                                      uint32_t figure,
                                      struct relocost_money *value);

/**
 * Copies a figure of any kind into `buffer`: money and ratios as exact decimals ("950.00", "0.630343604033").
 *
 * Errors: RELOCOST_NO_VALUE; RELOCOST_SHORT_BUFFER; RELOCOST_NOT_OF_THIS_RESULT; a wrong handle.
 */
RELOCOST_API
relocost_status relocost_result_text(const struct relocost_result *result,
                                     uint32_t figure,
                                     char *buffer,
                                     size_t capacity,
                                     size_t *required);

/**
 * Gives `warnings` what is odd but harmless in a programme, in the rows of a caseload, by their lines, or in what variants,
 * what-ifs and a grid set: shares and rates that can only be per cents. An error object of none or more findings, to be
 * freed with relocost_error_free.
 *
 * Errors: RELOCOST_NOT_OF_THIS_RESULT; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_result_warnings(const struct relocost_result *result,
                                         struct relocost_error **warnings);

/**
 * Puts into `value` a figure that is a whole number.
 *
 * Errors: RELOCOST_OTHER_KIND; RELOCOST_NOT_OF_THIS_RESULT; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_result_integer(const struct relocost_result *result,
                                        uint32_t figure,
                                        int64_t *value);

/**
 * Puts into `value` a figure (money in whole units of the currency, a ratio, a whole number) as near as a double comes
 * to it: for charts, never for sums.
 *
 * Errors: RELOCOST_NO_VALUE; RELOCOST_OTHER_KIND; RELOCOST_NOT_OF_THIS_RESULT; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_result_double_for_charts(const struct relocost_result *result,
                                                  uint32_t figure,
                                                  double *value);

/**
 * Gives `table` one of the result's tables, RELOCOST_TABLE_BY_CATEGORY and the like, to be freed with
 * relocost_table_free. It stands by itself: the result may be freed before.
 *
 * Errors: RELOCOST_NOT_OF_THIS_RESULT; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_result_table(const struct relocost_result *result,
                                      uint32_t which,
                                      struct relocost_table **table);

/**
 * Gives `scenario` the scenario of a result, to be freed with relocost_scenario_free: of a calibration with its lines'
 * amounts scaled, of another result the one that was asked about (of a diff the old one, of a programme, its
 * diff, its payments and its postings its setting as the scenario of nobody).
 *
 * Errors: RELOCOST_NOT_OF_THIS_RESULT for an estimate, new prices, published rates and a publication; a wrong handle; a NULL
 * pointer.
 */
RELOCOST_API
relocost_status relocost_result_scenario(const struct relocost_result *result,
                                         struct relocost_scenario **scenario,
                                         struct relocost_error **error);

/**
 * Frees a result; its tables stay. NULL is accepted.
 */
RELOCOST_API void relocost_result_free(struct relocost_result *result);

/**
 * Puts into `rows` how many rows there are.
 *
 * Errors: a wrong handle; a NULL pointer.
 */
RELOCOST_API relocost_status relocost_table_rows(const struct relocost_table *table, size_t *rows);

/**
 * Puts into `columns` how many columns there are. Later versions may have more, after those that there are now.
 *
 * Errors: a wrong handle; a NULL pointer.
 */
RELOCOST_API relocost_status relocost_table_columns(const struct relocost_table *table, size_t *columns);

/**
 * Puts into `column` the place, from 0, of the column of a name.
 *
 * Errors: RELOCOST_UNKNOWN_NAME; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_table_find(const struct relocost_table *table,
                                    const char *name,
                                    size_t length,
                                    size_t *column);

/**
 * Puts into `name` the name of a column, which lives as long as the table.
 *
 * Errors: RELOCOST_NO_SUCH_PLACE; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_table_column_name(const struct relocost_table *table,
                                           size_t column,
                                           struct relocost_text *name);

/**
 * Puts into `kind` the kind of a column: RELOCOST_INTEGER, RELOCOST_MONEY, RELOCOST_DECIMAL or RELOCOST_TEXT.
 *
 * Errors: RELOCOST_NO_SUCH_PLACE; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_table_column_kind(const struct relocost_table *table,
                                           size_t column,
                                           uint32_t *kind);

/**
 * Puts into `zero` no money at all in the currency of the table's money: its decimals and its code, which all columns
 * of money share.
 *
 * Errors: a wrong handle; a NULL pointer.
 */
RELOCOST_API relocost_status relocost_table_currency(const struct relocost_table *table, struct relocost_money *zero);

/**
 * Copies into `buffer` what the table is about, as an object of JSON: that it is internal, the version, currency, start,
 * horizon, basis and pair, as far as they apply. Whatever is made of its rows is to say that it is internal, too.
 *
 * Errors: RELOCOST_SHORT_BUFFER; a wrong handle.
 */
RELOCOST_API
relocost_status relocost_table_head(const struct relocost_table *table,
                                    char *buffer,
                                    size_t capacity,
                                    size_t *required);

/**
 * Puts into `value` a cell of a column of money.
 *
 * Errors: RELOCOST_NO_VALUE; RELOCOST_BEYOND_INT64; RELOCOST_OTHER_KIND; RELOCOST_NO_SUCH_PLACE; a wrong handle; a NULL
 * pointer.
 */
RELOCOST_API
relocost_status relocost_table_money(const struct relocost_table *table,
                                     size_t row,
                                     size_t column,
                                     struct relocost_money *value);

/**
 * Puts into `value` a cell of a column of integers.
 *
 * Errors: RELOCOST_NO_VALUE; RELOCOST_OTHER_KIND; RELOCOST_NO_SUCH_PLACE; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_table_integer(const struct relocost_table *table,
                                       size_t row,
                                       size_t column,
                                       int64_t *value);

/**
 * Puts into `value` a cell of a column of text or of decimals, which lives as long as the table; `data` is NULL where
 * there is no value.
 *
 * Errors: RELOCOST_OTHER_KIND; RELOCOST_NO_SUCH_PLACE; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_table_text(const struct relocost_table *table,
                                    size_t row,
                                    size_t column,
                                    struct relocost_text *value);

/**
 * Copies any cell into `buffer` as text: money as a decimal such as "950.00".
 *
 * Errors: RELOCOST_NO_VALUE; RELOCOST_SHORT_BUFFER; RELOCOST_NO_SUCH_PLACE; a wrong handle.
 */
RELOCOST_API
relocost_status relocost_table_copy_text(const struct relocost_table *table,
                                         size_t row,
                                         size_t column,
                                         char *buffer,
                                         size_t capacity,
                                         size_t *required);

/**
 * Puts into `value` a cell of money (in whole units of the currency), decimals or integers as near as a double comes
 * to it: for charts, never for sums.
 *
 * Errors: RELOCOST_NO_VALUE; RELOCOST_OTHER_KIND; RELOCOST_NO_SUCH_PLACE; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_table_double_for_charts(const struct relocost_table *table,
                                                 size_t row,
                                                 size_t column,
                                                 double *value);

/**
 * Fills `buffer`, an array of `capacity` places, with the minor units of a whole column of money; 0 where there is no
 * value.
 *
 * Errors: RELOCOST_SHORT_BUFFER (`required` gets the number of rows); RELOCOST_BEYOND_INT64, with nothing written;
 * RELOCOST_OTHER_KIND; RELOCOST_NO_SUCH_PLACE; a wrong handle.
 */
RELOCOST_API
relocost_status relocost_table_fill_minor(const struct relocost_table *table,
                                          size_t column,
                                          int64_t *buffer,
                                          size_t capacity,
                                          size_t *required);

/**
 * Fills `buffer`, an array of `capacity` places, with a whole column of integers; 0 where there is no value.
 *
 * Errors: RELOCOST_SHORT_BUFFER (`required` gets the number of rows); RELOCOST_OTHER_KIND; RELOCOST_NO_SUCH_PLACE; a
 * wrong handle.
 */
RELOCOST_API
relocost_status relocost_table_fill_integers(const struct relocost_table *table,
                                             size_t column,
                                             int64_t *buffer,
                                             size_t capacity,
                                             size_t *required);

/**
 * Fills `buffer`, an array of `capacity` places, with a whole column of text or decimals. The texts live as long as
 * the table.
 *
 * Errors: RELOCOST_SHORT_BUFFER (`required` gets the number of rows); RELOCOST_OTHER_KIND; RELOCOST_NO_SUCH_PLACE; a
 * wrong handle.
 */
RELOCOST_API
relocost_status relocost_table_fill_texts(const struct relocost_table *table,
                                          size_t column,
                                          struct relocost_text *buffer,
                                          size_t capacity,
                                          size_t *required);

/**
 * Fills `buffer`, an array of `capacity` places, with a whole column of money, decimals or integers as near as doubles
 * come to it: for charts, never for sums. Where there is no value it puts NaN.
 *
 * Errors: RELOCOST_SHORT_BUFFER (`required` gets the number of rows); RELOCOST_OTHER_KIND; RELOCOST_NO_SUCH_PLACE; a
 * wrong handle.
 */
RELOCOST_API
relocost_status relocost_table_fill_doubles_for_charts(const struct relocost_table *table,
                                                       size_t column,
                                                       double *buffer,
                                                       size_t capacity,
                                                       size_t *required);

/**
 * Frees a table. NULL is accepted.
 */
RELOCOST_API void relocost_table_free(struct relocost_table *table);

/**
 * Simulates every pathway on draws of the uncertain parameters, the same for all. `options` may be NULL: 100,000
 * independent draws with the seed 0, of "temporary" and "permanent". The same seed gives the same bits, on any machine
 * and with any number of threads. The progress counts draws.
 *
 * Gives `simulation` a handle, to be freed with relocost_simulation_free.
 * Errors: RELOCOST_OUT_OF_RANGE for more than 2^36 draws and a precision that is none; RELOCOST_UNKNOWN_PATHWAY;
 * RELOCOST_MISSING_RATE; RELOCOST_TOO_LARGE_FIGURE; RELOCOST_INTERRUPTED; RELOCOST_UNKNOWN_CHOICE; a wrong handle; a
 * NULL pointer; RELOCOST_WRONG_SIZE.
 */
RELOCOST_API
relocost_status relocost_simulate(const struct relocost_scenario *scenario,
                                  const struct relocost_simulate_options *options,
                                  struct relocost_simulation **simulation,
                                  struct relocost_error **error);

/**
 * The share of the variance of each pathway's total, of the extra cost and of the premium that each uncertain
 * parameter, or group of correlated ones, explains, with the bootstrap interval of each, and rank correlations. Gives
 * RELOCOST_TABLE_INDICES and RELOCOST_TABLE_RANKS. Fields of `options`: `draws` (of each of two matrices), `seed`,
 * `resamples`, `base`, `alternative`, `basis`, `threads`, `progress`. Every draw is kept while it works: 8 bytes for
 * each figure and factor.
 *
 * Errors: RELOCOST_OUT_OF_RANGE for too few or too many draws or resamples; as of relocost_simulate.
 */
RELOCOST_API
relocost_status relocost_sobol(const struct relocost_scenario *scenario,
                               const struct relocost_simulate_options *options,
                               struct relocost_result **result,
                               struct relocost_error **error);

/**
 * Puts into `draws` how many draws the simulation has: with a precision perhaps fewer than were asked for.
 *
 * Errors: a wrong handle; a NULL pointer.
 */
RELOCOST_API relocost_status relocost_simulation_draws(const struct relocost_simulation *simulation, uint64_t *draws);

/**
 * Puts into `seed` the seed of the random numbers.
 *
 * Errors: a wrong handle; a NULL pointer.
 */
RELOCOST_API relocost_status relocost_simulation_seed(const struct relocost_simulation *simulation, uint64_t *seed);

/**
 * Copies into `buffer` what the simulation says of itself: RELOCOST_FIGURE_CURRENCY, _START, _HORIZON_MONTHS,
 * _FISCAL_YEAR_START or _BASIS; of a scenario also _BASE or _ALTERNATIVE.
 *
 * Errors: RELOCOST_NOT_OF_THIS_RESULT; RELOCOST_SHORT_BUFFER; a wrong handle.
 */
RELOCOST_API
relocost_status relocost_simulation_text(const struct relocost_simulation *simulation,
                                         uint32_t figure,
                                         char *buffer,
                                         size_t capacity,
                                         size_t *required);

/**
 * Copies the simulation into `buffer` in one of the forms RELOCOST_JSON, RELOCOST_CSV, RELOCOST_CSV_FR, RELOCOST_TEXT_EN,
 * RELOCOST_TEXT_FR, RELOCOST_HTML_EN, RELOCOST_HTML_FR. JSON and CSV of a scenario have every figure, the band and the
 * moved draws, but not the draws themselves; of a programme JSON has every figure, CSV those of RELOCOST_TABLE_FUTURES.
 *
 * Errors: RELOCOST_SHORT_BUFFER; RELOCOST_UNKNOWN_CHOICE; a wrong handle.
 */
RELOCOST_API
relocost_status relocost_simulation_write(const struct relocost_simulation *simulation,
                                          uint32_t form,
                                          char *buffer,
                                          size_t capacity,
                                          size_t *required,
                                          struct relocost_error **error);

/**
 * Gives `table` a table of the simulation, to be freed with relocost_table_free: RELOCOST_TABLE_STATISTICS or
 * RELOCOST_TABLE_MOVED; of a programme RELOCOST_TABLE_FUTURES, _FUTURE_CEILINGS, _FUTURE_WAITING or _MOVED. It stands by
 * itself: the simulation may be freed before.
 *
 * Errors: RELOCOST_NOT_OF_THIS_RESULT; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_simulation_table(const struct relocost_simulation *simulation,
                                          uint32_t which,
                                          struct relocost_table **table);

/**
 * Puts into `statistics`, whose `size` is set, what a figure comes to over the draws.
 *
 * Errors: RELOCOST_UNKNOWN_FIGURE for a figure or key that the simulation does not have, or that is 0 in every draw;
 * RELOCOST_NO_VALUE for a premium that not every draw has, the base of some being not above 0, and for the share of cases
 * given a place where none joined early enough; RELOCOST_WRONG_SIZE; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_simulation_statistics(const struct relocost_simulation *simulation,
                                               const char *figure,
                                               size_t figure_length,
                                               const char *key,
                                               size_t key_length,
                                               struct relocost_statistics *statistics);

/**
 * Copies into `buffer` the exact figure of the ledger beside which the draws stand, a decimal: as the scenario stands, or,
 * if `at_means` is not 0, with every uncertain parameter at the mean of its distribution. Of a programme it is the figure
 * without chance, which is the favourable end: nobody arrives at random, no grant slips, and no place is refused.
 *
 * Errors: RELOCOST_NO_VALUE where there is no premium or share, or a mean is too large or too fine for a ledger, and of a
 * programme at the means;
 * RELOCOST_SHORT_BUFFER; as of relocost_simulation_statistics.
 */
RELOCOST_API
relocost_status relocost_simulation_ledger(const struct relocost_simulation *simulation,
                                           const char *figure,
                                           size_t figure_length,
                                           const char *key,
                                           size_t key_length,
                                           uint32_t at_means,
                                           char *buffer,
                                           size_t capacity,
                                           size_t *required);

/**
 * Puts into `value` the smallest value at or below which a share of the draws lies: 0.8 for what suffices in four cases
 * out of five. Exact where the draws of the figure are kept, otherwise within a relative width of 2^-10.
 *
 * Errors: RELOCOST_OUT_OF_RANGE unless the share is from 0 to 1; as of relocost_simulation_statistics.
 */
RELOCOST_API
relocost_status relocost_simulation_quantile(const struct relocost_simulation *simulation,
                                             const char *figure,
                                             size_t figure_length,
                                             const char *key,
                                             size_t key_length,
                                             double share,
                                             double *value);

/**
 * Puts into `share` the share of the draws whose figure lies above `value`.
 *
 * Errors: RELOCOST_OUT_OF_RANGE for NaN; as of relocost_simulation_statistics.
 */
RELOCOST_API
relocost_status relocost_simulation_exceedance(const struct relocost_simulation *simulation,
                                               const char *figure,
                                               size_t figure_length,
                                               const char *key,
                                               size_t key_length,
                                               double value,
                                               double *share);

/**
 * Puts into `value` the mean of the worst of the draws, those above the quantile of `share`: with 0.95 of the worst 5 per
 * cent.
 *
 * Errors: as of relocost_simulation_quantile.
 */
RELOCOST_API
relocost_status relocost_simulation_expected_shortfall(const struct relocost_simulation *simulation,
                                                       const char *figure,
                                                       size_t figure_length,
                                                       const char *key,
                                                       size_t key_length,
                                                       double share,
                                                       double *value);

/**
 * Puts into `shares`, whose `size` is set, how probable each verdict on the premium is.
 *
 * Errors: RELOCOST_NOT_OF_THIS_RESULT for a programme; RELOCOST_WRONG_SIZE; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_simulation_band(const struct relocost_simulation *simulation,
                                         struct relocost_band_shares *shares);

/**
 * Fills `buffer`, an array of `capacity` places, with a figure of every draw, in the order of the draws, which is the
 * same for all figures: the same place is the same draw. In a draw without a premium, its base being not above 0, the
 * premium is NaN.
 *
 * Errors: RELOCOST_SHORT_BUFFER (`required` gets the number of draws); RELOCOST_NOT_OF_THIS_RESULT where the draws of
 * the figure were not kept, see `keep` of the options, as those of a programme never are; RELOCOST_UNKNOWN_FIGURE; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_simulation_kept_draws(const struct relocost_simulation *simulation,
                                               const char *figure,
                                               size_t figure_length,
                                               const char *key,
                                               size_t key_length,
                                               double *buffer,
                                               size_t capacity,
                                               size_t *required);

/**
 * Frees a simulation; its tables stay. NULL is accepted.
 */
RELOCOST_API void relocost_simulation_free(struct relocost_simulation *simulation);

/**
 * Simulates `count` of the draws of a simulation, from the draw `first` on, counted from 0: a part, which can be written
 * to bytes, taken elsewhere and merged. Its options are those of the whole simulation, `draws` included; `precision` has no
 * effect.
 *
 * Gives `part` a handle, to be freed with relocost_part_free.
 * Errors: RELOCOST_OUT_OF_RANGE for no draws, or such as the simulation does not have; as of relocost_simulate.
 */
RELOCOST_API
relocost_status relocost_simulate_range(const struct relocost_scenario *scenario,
                                        uint64_t first,
                                        uint64_t count,
                                        const struct relocost_simulate_options *options,
                                        struct relocost_part **part,
                                        struct relocost_error **error);

/**
 * Gives `merged` a part with the draws of two parts of the same simulation, which stay as they are. Merged in any order,
 * parts come to the same bits.
 *
 * Errors: RELOCOST_CONFLICT for parts of different simulations; RELOCOST_DUPLICATE for a draw in both; a wrong handle; a
 * NULL pointer.
 */
RELOCOST_API
relocost_status relocost_part_merge(const struct relocost_part *part,
                                    const struct relocost_part *other,
                                    struct relocost_part **merged,
                                    struct relocost_error **error);

/**
 * Puts into `draws` how many draws a part holds.
 *
 * Errors: a wrong handle; a NULL pointer.
 */
RELOCOST_API relocost_status relocost_part_draws(const struct relocost_part *part, uint64_t *draws);

/**
 * Fills `buffer`, an array of `capacity` bytes, with the part as bytes, without a zero byte at their end:
 * relocost_part_from_bytes reads them, on any machine and with the same version of the library.
 *
 * Errors: RELOCOST_SHORT_BUFFER (`required` gets the number of bytes); a wrong handle.
 */
RELOCOST_API
relocost_status relocost_part_to_bytes(const struct relocost_part *part,
                                       char *buffer,
                                       size_t capacity,
                                       size_t *required);

/**
 * Reads a part from the `length` bytes that relocost_part_to_bytes gave. RELOCOST_ZERO_ENDED is no length of bytes.
 *
 * Gives `part` a handle, to be freed with relocost_part_free.
 * Errors: RELOCOST_SYNTAX for other bytes, and those of another version; RELOCOST_WRONG_LENGTH; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_part_from_bytes(const char *bytes,
                                         size_t length,
                                         struct relocost_part **part,
                                         struct relocost_error **error);

/**
 * Gives `simulation` the simulation of merged parts, which hold every draw of the options: the same bits as
 * relocost_simulate.
 *
 * Errors: RELOCOST_CONFLICT for a part of another simulation; RELOCOST_OUT_OF_RANGE if draws are missing; as of
 * relocost_simulate.
 */
RELOCOST_API
relocost_status relocost_simulation_of_part(const struct relocost_scenario *scenario,
                                            const struct relocost_simulate_options *options,
                                            const struct relocost_part *part,
                                            struct relocost_simulation **simulation,
                                            struct relocost_error **error);

/**
 * Frees a part. NULL is accepted.
 */
RELOCOST_API void relocost_part_free(struct relocost_part *part);

/**
 * Reads a programme from `length` bytes of TOML or JSON in memory. It can name the catalogue "reference" only, and its
 * cases have their members in the text. Of `options`, which may be NULL: `show_values`.
 *
 * Gives `programme` a handle, to be freed with relocost_programme_free.
 * Errors: everything that is wrong with the text, at once; a NULL pointer; RELOCOST_WRONG_SIZE.
 */
RELOCOST_API
relocost_status relocost_programme_from_text(const char *text,
                                             size_t length,
                                             const struct relocost_load_options *options,
                                             struct relocost_programme **programme,
                                             struct relocost_error **error);

/**
 * Reads a programme from a file, with its catalogue and the files of households that it names: regular files in its own
 * folder or below it, or in one of the folders of `options`, which may be NULL. `catalogue` of the options is not looked
 * at. No error shows a path or a value of a household.
 *
 * Gives `programme` a handle, to be freed with relocost_programme_free.
 * Errors: everything that is wrong with any of the files, at once; a NULL pointer; RELOCOST_WRONG_SIZE.
 */
RELOCOST_API
relocost_status relocost_programme_from_file(const char *path,
                                             size_t length,
                                             const struct relocost_load_options *options,
                                             struct relocost_programme **programme,
                                             struct relocost_error **error);

/**
 * Runs a programme: its tables from RELOCOST_TABLE_BUDGET on, its forms, RELOCOST_FIGURE_TOTAL (of the line `as_planned`),
 * RELOCOST_FIGURE_EXTRA and RELOCOST_FIGURE_RESIDUAL. `parts` is a sum of RELOCOST_PROGRAMME_VALUES and
 * RELOCOST_PROGRAMME_CASES, or 0. Of `options`: `threads`, `progress`. relocost_result_warnings says what is odd about it.
 *
 * Errors: RELOCOST_MISSING_RATE, RELOCOST_TOO_LARGE_FIGURE, RELOCOST_INTERRUPTED; RELOCOST_UNKNOWN_CHOICE for other parts;
 * a wrong handle; a NULL pointer; RELOCOST_WRONG_SIZE.
 */
RELOCOST_API
relocost_status relocost_programme_run(const struct relocost_programme *programme,
                                       uint32_t parts,
                                       const struct relocost_options *options,
                                       struct relocost_result **result,
                                       struct relocost_error **error);

/**
 * Runs the expectations that the programme carries, as relocost_run_expectations does those of a scenario. Of `options`:
 * `progress`.
 *
 * Errors: as of relocost_programme_run.
 */
RELOCOST_API
relocost_status relocost_programme_run_expectations(const struct relocost_programme *programme,
                                                    const struct relocost_options *options,
                                                    struct relocost_result **result,
                                                    struct relocost_error **error);

/**
 * The differences between the programme `old` and the programme `changed`: what each cause adds to each line, by fiscal year and
 * fund, so that the old figure and all causes add up to the new one. Gives RELOCOST_TABLE_BUDGET_CAUSES and the tables after
 * it. Of `options`: `threads`, `progress`.
 *
 * Errors: RELOCOST_CONFLICT for programmes in two currencies; as of relocost_programme_run.
 */
RELOCOST_API
relocost_status relocost_programme_diff(const struct relocost_programme *old,
                                        const struct relocost_programme *changed,
                                        const struct relocost_options *options,
                                        struct relocost_result **result,
                                        struct relocost_error **error);

/**
 * Simulates futures of a programme: arrivals, slips, processing times, refusals, events and uncertain parameters are drawn
 * anew for each, and each is run with all agreements, with those that are signed, with none, with each left out, and
 * with all cases settled. Fields of `options`, which may be NULL: `draws` (0 for 10,000), `seed`, `sampling`, `threads`,
 * `progress`. The same seed gives the same bits, on any machine and with any number of threads. The progress counts draws.
 *
 * Gives `simulation` a handle, to be freed with relocost_simulation_free.
 * Errors: RELOCOST_OUT_OF_RANGE for more than 2^36 draws; RELOCOST_TOO_MANY for more cases than a programme may have;
 * RELOCOST_MISSING_RATE; RELOCOST_TOO_LARGE_FIGURE; RELOCOST_INTERRUPTED; RELOCOST_UNKNOWN_CHOICE; a wrong handle; a NULL
 * pointer; RELOCOST_WRONG_SIZE.
 */
RELOCOST_API
relocost_status relocost_programme_simulate(const struct relocost_programme *programme,
                                            const struct relocost_simulate_options *options,
                                            struct relocost_simulation **simulation,
                                            struct relocost_error **error);

/**
 * Simulates `count` of the futures of a programme, from the draw `first` on, counted from 0: a part as of
 * relocost_simulate_range. Its options are those of the whole simulation, `draws` included.
 *
 * Gives `part` a handle, to be freed with relocost_part_free.
 * Errors: RELOCOST_OUT_OF_RANGE for no draws, or such as the simulation does not have; as of relocost_programme_simulate.
 */
RELOCOST_API
relocost_status relocost_programme_simulate_range(const struct relocost_programme *programme,
                                                  uint64_t first,
                                                  uint64_t count,
                                                  const struct relocost_simulate_options *options,
                                                  struct relocost_part **part,
                                                  struct relocost_error **error);

/**
 * Gives `simulation` the simulation of merged parts of a programme, which hold every draw of the options: the same bits as
 * relocost_programme_simulate.
 *
 * Errors: RELOCOST_CONFLICT for a part of another simulation; RELOCOST_OUT_OF_RANGE if draws are missing; as of
 * relocost_programme_simulate.
 */
RELOCOST_API
relocost_status relocost_programme_simulation_of_part(const struct relocost_programme *programme,
                                                      const struct relocost_simulate_options *options,
                                                      const struct relocost_part *part,
                                                      struct relocost_simulation **simulation,
                                                      struct relocost_error **error);

/**
 * Frees a programme; its results stay. NULL is accepted.
 */
RELOCOST_API void relocost_programme_free(struct relocost_programme *programme);

/**
 * Reads a catalogue from `length` bytes of TOML or JSON in memory, for relocost_scenario_over: who reads many scenarios over
 * one catalogue reads it once.
 *
 * Gives `catalogue` a handle, to be freed with relocost_catalogue_free.
 * Errors: everything that is wrong with the text, at once; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_catalogue_from_text(const char *text,
                                             size_t length,
                                             struct relocost_catalogue **catalogue,
                                             struct relocost_error **error);

/**
 * As relocost_catalogue_from_text, from a file.
 *
 * Gives `catalogue` a handle, to be freed with relocost_catalogue_free.
 * Errors: RELOCOST_UNREADABLE; everything that is wrong with the file, at once; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_catalogue_from_file(const char *path,
                                             size_t length,
                                             struct relocost_catalogue **catalogue,
                                             struct relocost_error **error);

/**
 * Reads a scenario from `length` bytes of TOML or JSON in memory, over a catalogue that has been read, whichever it names,
 * "reference" too. It reaches no file. Of `options`, which may be NULL, only `show_values` is looked at. The scenario stands
 * by itself: the catalogue may be freed before it.
 *
 * Gives `scenario` a handle, to be freed with relocost_scenario_free.
 * Errors: everything that is wrong with the text, at once; RELOCOST_CATALOGUE for one that names no catalogue; a wrong handle;
 * a NULL pointer; RELOCOST_WRONG_SIZE.
 */
RELOCOST_API
relocost_status relocost_scenario_over(const struct relocost_catalogue *catalogue,
                                       const char *text,
                                       size_t length,
                                       const struct relocost_load_options *options,
                                       struct relocost_scenario **scenario,
                                       struct relocost_error **error);

/**
 * Frees a catalogue; scenarios over it stay. NULL is accepted.
 */
RELOCOST_API void relocost_catalogue_free(struct relocost_catalogue *catalogue);

/**
 * Brings a catalogue's amounts and tariffs up to date from a price list: `catalogue_length` bytes of TOML or JSON, and
 * `list_length` bytes of a table with the columns `id`, `amount`, `currency`, `source`, and if wanted `from`, both in memory;
 * a list may be a workbook (xlsx). Gives RELOCOST_TABLE_PRICES; RELOCOST_TOML is the catalogue with the new prices, its
 * comments and its order as they are.
 *
 * Errors: everything that is wrong with the catalogue or the rows; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_update_prices_text(const char *catalogue,
                                            size_t catalogue_length,
                                            const char *list,
                                            size_t list_length,
                                            struct relocost_result **result,
                                            struct relocost_error **error);

/**
 * As relocost_update_prices_text, from the files of the catalogue and of the list. Nothing is written.
 *
 * Errors: RELOCOST_UNREADABLE; as of relocost_update_prices_text.
 */
RELOCOST_API
relocost_status relocost_update_prices_file(const char *catalogue,
                                            size_t catalogue_length,
                                            const char *list,
                                            size_t list_length,
                                            struct relocost_result **result,
                                            struct relocost_error **error);

/**
 * Published exchange rates or price indices as tables of rates, each with its source, from `length` bytes of a publisher's
 * file in memory. `format` is the publisher, as of the command: "ecb", "un", "imf", "eurostat", "oecd", "world-bank", "bls" or
 * "csv". `options` may be NULL. Gives RELOCOST_TABLE_RATES; RELOCOST_TOML is what stands under `rates` in a catalogue.
 *
 * Errors: RELOCOST_UNKNOWN_NAME for another format; RELOCOST_SYNTAX and others for a text that is not in it;
 * RELOCOST_MISSING_RATE for a gap; RELOCOST_CONFLICT for an option that means nothing for the format; a NULL pointer;
 * RELOCOST_WRONG_SIZE.
 */
RELOCOST_API
relocost_status relocost_rates_text(const char *format,
                                    size_t format_length,
                                    const char *text,
                                    size_t length,
                                    const struct relocost_rate_options *options,
                                    struct relocost_result **result,
                                    struct relocost_error **error);

/**
 * As relocost_rates_text, from `path_count` files of one publisher.
 *
 * Errors: RELOCOST_UNREADABLE; as of relocost_rates_text.
 */
RELOCOST_API
relocost_status relocost_rates_files(const char *format,
                                     size_t format_length,
                                     const struct relocost_text *paths,
                                     size_t path_count,
                                     const struct relocost_rate_options *options,
                                     struct relocost_result **result,
                                     struct relocost_error **error);

/**
 * Payments beside the ledger of a pathway, from `length` bytes in memory of a table with the columns `month`, `amount`,
 * `currency`, `line` or `category`, and if wanted `rate`, `quantity` and `reference`; other columns are not read, and it
 * may be a workbook (xlsx). `options` names the pathway. Gives RELOCOST_TABLE_FIGURES, _LINES, _BY_CATEGORY,
 * _BY_FISCAL_YEAR and _BY_FUND.
 *
 * Errors: RELOCOST_MISSING_KEY without a pathway; RELOCOST_UNKNOWN_PATHWAY; everything that is wrong with the rows, such as
 * RELOCOST_UNKNOWN_NAME for a line that the scenario does not have; RELOCOST_OUT_OF_RANGE for a month outside those that are
 * compared, and RELOCOST_WRONG_KIND for one that is none; RELOCOST_MISSING_RATE, RELOCOST_TOO_LARGE_FIGURE,
 * RELOCOST_INTERRUPTED; a wrong handle; a NULL pointer; RELOCOST_WRONG_SIZE.
 */
RELOCOST_API
relocost_status relocost_payments_text(const struct relocost_scenario *scenario,
                                       const char *text,
                                       size_t length,
                                       const struct relocost_payment_options *options,
                                       struct relocost_result **result,
                                       struct relocost_error **error);

/**
 * As relocost_payments_text, from a file.
 *
 * Errors: RELOCOST_UNREADABLE; as of relocost_payments_text.
 */
RELOCOST_API
relocost_status relocost_payments_file(const struct relocost_scenario *scenario,
                                       const char *path,
                                       size_t length,
                                       const struct relocost_payment_options *options,
                                       struct relocost_result **result,
                                       struct relocost_error **error);

/**
 * As relocost_payments_text, beside what a programme costs as planned: its cases and its own lines, within its fiscal years.
 * `options` names no pathway, and may be NULL.
 *
 * Errors: RELOCOST_CONFLICT for a pathway; as of relocost_payments_text.
 */
RELOCOST_API
relocost_status relocost_programme_payments_text(const struct relocost_programme *programme,
                                                 const char *text,
                                                 size_t length,
                                                 const struct relocost_payment_options *options,
                                                 struct relocost_result **result,
                                                 struct relocost_error **error);

/**
 * As relocost_programme_payments_text, from a file.
 *
 * Errors: RELOCOST_UNREADABLE; as of relocost_programme_payments_text.
 */
RELOCOST_API
relocost_status relocost_programme_payments_file(const struct relocost_programme *programme,
                                                 const char *path,
                                                 size_t length,
                                                 const struct relocost_payment_options *options,
                                                 struct relocost_result **result,
                                                 struct relocost_error **error);

/**
 * The prices that payments imply; `payments` is a result of one of the four functions above. `credibility` is the number of
 * payments for which the catalogue's amount counts where there are fewer than 8; the command's is 4, and 0 leaves it out.
 * Gives RELOCOST_TABLE_ESTIMATES; RELOCOST_TOML is a catalogue to lie over the one that was paid for.
 *
 * Errors: RELOCOST_NOT_OF_THIS_RESULT for a result that is no payments; RELOCOST_TOO_LARGE_FIGURE; a wrong handle; a NULL
 * pointer.
 */
RELOCOST_API
relocost_status relocost_payments_estimate(const struct relocost_result *payments,
                                           uint32_t credibility,
                                           struct relocost_result **result,
                                           struct relocost_error **error);

/**
 * A report for a committee about a scenario: a page of HTML that stands by itself, with charts, opens offline, needs no
 * scripts and prints on A4; or a Word document of the same. `form` is RELOCOST_HTML_EN, _HTML_FR, _DOCX_EN or _DOCX_FR.
 * Of `options`, which may be NULL: `base`, `alternative`, `basis`, `draws` (0 for 10,000), `seed`, `threads`,
 * `progress`, which hears one question of the report after another. The same scenario and options give the same bytes,
 * which are those of the command `relocost report`.
 *
 * Gives `document` a handle, to be freed with relocost_document_free.
 * Errors: RELOCOST_UNKNOWN_PATHWAY, RELOCOST_MISSING_RATE, RELOCOST_TOO_LARGE_FIGURE, RELOCOST_INTERRUPTED;
 * RELOCOST_OUT_OF_RANGE for more than 2^36 draws; RELOCOST_UNKNOWN_CHOICE for a form that no report has; a wrong handle; a
 * NULL pointer; RELOCOST_WRONG_SIZE.
 */
RELOCOST_API
relocost_status relocost_report(const struct relocost_scenario *scenario,
                                uint32_t form,
                                const struct relocost_simulate_options *options,
                                struct relocost_document **document,
                                struct relocost_error **error);

/**
 * As relocost_report, about a programme: what it costs by year and fund, its ceilings, agreements, waiting and chance. Of
 * `options`: `draws` (0 for 10,000), `seed`, `threads`, `progress`.
 *
 * Errors: RELOCOST_TOO_MANY for more cases than a programme may have; as of relocost_report.
 */
RELOCOST_API
relocost_status relocost_programme_report(const struct relocost_programme *programme,
                                          uint32_t form,
                                          const struct relocost_simulate_options *options,
                                          struct relocost_document **document,
                                          struct relocost_error **error);

/**
 * As relocost_report, about a result: a caseload, or payments beside what was planned.
 *
 * Errors: RELOCOST_NOT_OF_THIS_RESULT for another result; RELOCOST_UNKNOWN_CHOICE; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_result_report(const struct relocost_result *result,
                                       uint32_t form,
                                       struct relocost_document **document,
                                       struct relocost_error **error);

/**
 * A workbook of a scenario with live formulas from inputs to totals: who changes a rent, a rate or a share sees the premium
 * move. `form` is RELOCOST_XLSX_EN or _XLSX_FR. Of `options`, which may be NULL: `base`, `alternative`, `basis`. The same scenario
 * and options give the same bytes, which are those of the command `relocost workbook`.
 *
 * Gives `document` a handle, to be freed with relocost_document_free.
 * Errors: RELOCOST_UNKNOWN_PATHWAY, RELOCOST_MISSING_RATE; RELOCOST_TOO_LARGE_FIGURE, also for an amount with more digits than a
 * cell holds; RELOCOST_TOO_MANY for more than a workbook holds; RELOCOST_UNKNOWN_CHOICE for a form that no workbook has; a
 * wrong handle; a NULL pointer; RELOCOST_WRONG_SIZE.
 */
RELOCOST_API
relocost_status relocost_workbook(const struct relocost_scenario *scenario,
                                  uint32_t form,
                                  const struct relocost_options *options,
                                  struct relocost_document **document,
                                  struct relocost_error **error);

/**
 * As relocost_workbook, of a programme as planned: who changes a price sees the budget move. Of `options`: `progress`.
 *
 * Errors: RELOCOST_INTERRUPTED; as of relocost_workbook and relocost_programme_run.
 */
RELOCOST_API
relocost_status relocost_programme_workbook(const struct relocost_programme *programme,
                                            uint32_t form,
                                            const struct relocost_options *options,
                                            struct relocost_document **document,
                                            struct relocost_error **error);

/**
 * As relocost_workbook, of a result: a caseload, or payments beside what was planned. Of `options`: `progress`, of payments.
 *
 * Errors: RELOCOST_NOT_OF_THIS_RESULT for another result; RELOCOST_INTERRUPTED; as of relocost_workbook.
 */
RELOCOST_API
relocost_status relocost_result_workbook(const struct relocost_result *result,
                                         uint32_t form,
                                         const struct relocost_options *options,
                                         struct relocost_document **document,
                                         struct relocost_error **error);

/**
 * Puts into `bytes` the bytes of a document, as its file has them: of HTML a text in UTF-8, of a workbook or a Word
 * document an archive. They live as long as the document; a zero byte follows them, and some of them may be zero.
 *
 * Errors: a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_document_bytes(const struct relocost_document *document,
                                        struct relocost_text *bytes);

/**
 * Frees a document, and its bytes. NULL is accepted.
 */
RELOCOST_API void relocost_document_free(struct relocost_document *document);

/**
 * The postings of a result, which is a ledger or payments: what each fund pays for each line in each month, of payments also
 * what was paid. Gives RELOCOST_TABLE_POSTINGS; relocost_result_write gives the journal, as RELOCOST_HLEDGER_EN and the
 * like, or as RELOCOST_CSV for any other ledger: the bytes of the command `relocost journal`.
 *
 * Errors: RELOCOST_NOT_OF_THIS_RESULT for another result; RELOCOST_TOO_LARGE_FIGURE; a wrong handle; a NULL pointer.
 */
RELOCOST_API
relocost_status relocost_result_postings(const struct relocost_result *result,
                                         struct relocost_result **postings,
                                         struct relocost_error **error);

/**
 * As relocost_result_postings, of a programme as planned. Of `options`, which may be NULL: `progress`.
 *
 * Errors: as of relocost_programme_run.
 */
RELOCOST_API
relocost_status relocost_programme_postings(const struct relocost_programme *programme,
                                            const struct relocost_options *options,
                                            struct relocost_result **postings,
                                            struct relocost_error **error);

/**
 * As relocost_result_postings, of many households on a pathway in the setting of one scenario. They are `length` bytes of CSV in
 * memory, as of relocost_caseload_text. Of `options`, which may be NULL: `threads`, `progress`.
 *
 * Errors: RELOCOST_UNKNOWN_PATHWAY; everything that is wrong with the rows; as of relocost_ledger.
 */
RELOCOST_API
relocost_status relocost_caseload_postings_text(const struct relocost_scenario *scenario,
                                                const char *csv,
                                                size_t length,
                                                const char *pathway,
                                                size_t pathway_length,
                                                const struct relocost_options *options,
                                                struct relocost_result **postings,
                                                struct relocost_error **error);

/**
 * As relocost_caseload_postings_text, from a file, of which only a part is in memory at a time.
 *
 * Errors: RELOCOST_UNREADABLE; as of relocost_caseload_postings_text.
 */
RELOCOST_API
relocost_status relocost_caseload_postings_file(const struct relocost_scenario *scenario,
                                                const char *path,
                                                size_t length,
                                                const char *pathway,
                                                size_t pathway_length,
                                                const struct relocost_options *options,
                                                struct relocost_result **postings,
                                                struct relocost_error **error);

/**
 * What may be published of a programme's cases as planned: tables of figures in thousands, those of too few cases suppressed, and
 * so many others with them that no reader can place a suppressed one closer than 20 per cent, with the audit that proves it.
 * Of `options`, which may be NULL: `threshold`, `tables`, `beside`, `progress`. Gives RELOCOST_TABLE_PUBLISHED and
 * _AUDIT; as RELOCOST_JSON it is what a later publication is made beside. Nothing of it is internal.
 *
 * Errors: RELOCOST_DISCLOSURE where the cases, or the difference from an earlier publication, are fewer than the threshold, or
 * a figure cannot be protected; RELOCOST_OUT_OF_RANGE for a threshold below 3 and for a table of no dimensions or more than
 * three; RELOCOST_TOO_MANY for more cells than can be audited; RELOCOST_CONFLICT for tables that cannot be audited together,
 * and for an earlier publication of something else; RELOCOST_WRONG_KIND for a text that is no publication;
 * RELOCOST_INTERRUPTED; as of relocost_programme_run.
 */
RELOCOST_API
relocost_status relocost_programme_publish(const struct relocost_programme *programme,
                                           const struct relocost_publish_options *options,
                                           struct relocost_result **publication,
                                           struct relocost_error **error);

/**
 * As relocost_programme_publish, of many households in the setting of one scenario, of which two pathways are compared. They
 * are `length` bytes of CSV in memory, as of relocost_caseload_text. Of `options` all.
 *
 * Errors: RELOCOST_UNKNOWN_PATHWAY; everything that is wrong with the rows; as of relocost_programme_publish.
 */
RELOCOST_API
relocost_status relocost_publish_text(const struct relocost_scenario *scenario,
                                      const char *csv,
                                      size_t length,
                                      const struct relocost_publish_options *options,
                                      struct relocost_result **publication,
                                      struct relocost_error **error);

/**
 * As relocost_publish_text, from a file, of which only a part is in memory at a time.
 *
 * Errors: RELOCOST_UNREADABLE; as of relocost_publish_text.
 */
RELOCOST_API
relocost_status relocost_publish_file(const struct relocost_scenario *scenario,
                                      const char *path,
                                      size_t length,
                                      const struct relocost_publish_options *options,
                                      struct relocost_result **publication,
                                      struct relocost_error **error);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* RELOCOST_H */
