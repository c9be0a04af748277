/* Scenarios read, changed and written; every question, its figures, forms and tables. */
#include "check.h"

static const char *const HOUSEHOLDS = "reference,members,count\nH1,41 39 13 9,2\nH2,34,1\n";

/* Copies a result in a form; the caller frees it. */
static char *form_of(const relocost_result *result, uint32_t form) {
    size_t required = 0;
    IS(relocost_result_write(result, form, NULL, 0, &required, NULL), RELOCOST_SHORT_BUFFER);
    char *text = malloc(required);
    CHECK(text != NULL);
    OK(relocost_result_write(result, form, text, required, NULL, NULL));
    CHECK(strlen(text) + 1 == required);
    return text;
}

static void all_forms(const relocost_result *result) {
    for (uint32_t form = RELOCOST_JSON; form <= RELOCOST_HTML_FR; form++) {
        char *text = form_of(result, form);
        CHECK(strlen(text) > 10);
        free(text);
    }
}

static relocost_table *table_of(const relocost_result *result, uint32_t which, size_t rows) {
    relocost_table *table = NULL;
    size_t found = 0;
    OK(relocost_result_table(result, which, &table));
    OK(relocost_table_rows(table, &found));
    CHECK(rows == 0 || rows == found);
    return table;
}

/* Reads every cell of a table in every way that its column allows. */
static void read_all(relocost_table *table) {
    size_t rows = 0, columns = 0, required = 0;
    char buffer[4096];
    OK(relocost_table_rows(table, &rows));
    OK(relocost_table_columns(table, &columns));
    CHECK(columns > 0);
    for (size_t at = 0; at < columns; at++) {
        uint32_t kind = 0;
        relocost_text name;
        size_t place = columns;
        OK(relocost_table_column_kind(table, at, &kind));
        OK(relocost_table_column_name(table, at, &name));
        OK(relocost_table_find(table, name.data, name.length, &place));
        CHECK(place == at);
        for (size_t row = 0; row < rows; row++) {
            relocost_money money;
            relocost_text text;
            int64_t integer;
            double number;
            relocost_status copied = relocost_table_copy_text(table, row, at, buffer, sizeof buffer, &required);
            CHECK(copied == RELOCOST_OK || copied == RELOCOST_NO_VALUE);
            IS(relocost_table_money(table, row, at, &money), kind == RELOCOST_MONEY ? RELOCOST_OK : RELOCOST_OTHER_KIND);
            IS(relocost_table_integer(table, row, at, &integer),
               kind == RELOCOST_INTEGER ? RELOCOST_OK : RELOCOST_OTHER_KIND);
            relocost_status seen = relocost_table_text(table, row, at, &text);
            if (kind == RELOCOST_TEXT || kind == RELOCOST_DECIMAL) {
                CHECK(seen == RELOCOST_OK && (text.data == NULL) == (copied == RELOCOST_NO_VALUE));
                CHECK(text.data == NULL || (strcmp(text.data, buffer) == 0 && text.length == strlen(buffer)));
            } else {
                CHECK(seen == RELOCOST_OTHER_KIND);
            }
            relocost_status charted = relocost_table_double_for_charts(table, row, at, &number);
            CHECK(charted == (kind == RELOCOST_TEXT ? RELOCOST_OTHER_KIND : copied));
        }
        IS(relocost_table_copy_text(table, rows, at, buffer, sizeof buffer, NULL), RELOCOST_NO_SUCH_PLACE);
    }
    IS(relocost_table_column_kind(table, columns, &(uint32_t){0}), RELOCOST_NO_SUCH_PLACE);
    IS(relocost_table_find(table, TEXT("none of these"), &columns), RELOCOST_UNKNOWN_NAME);
    OK(relocost_table_free(table));
}

static void scenarios(void) {
    relocost_scenario *scenario = family(), *changed = NULL, *again = NULL;
    relocost_result *before = NULL, *after = NULL, *diff = NULL;
    relocost_error *warnings = NULL;
    size_t required = 0, count = 0;
    int64_t integer = 0;
    char buffer[65536];

    OK(relocost_scenario_text(scenario, RELOCOST_FIGURE_CURRENCY, buffer, sizeof buffer, NULL));
    CHECK(strcmp(buffer, "EUR") == 0);
    OK(relocost_scenario_text(scenario, RELOCOST_FIGURE_START, buffer, sizeof buffer, NULL));
    CHECK(strcmp(buffer, "2026-03") == 0);
    IS(relocost_scenario_text(scenario, RELOCOST_FIGURE_TITLE, buffer, sizeof buffer, NULL), RELOCOST_NO_VALUE);
    OK(relocost_scenario_integer(scenario, RELOCOST_FIGURE_HORIZON_MONTHS, &integer));
    CHECK(integer == 60);
    IS(relocost_scenario_integer(scenario, RELOCOST_FIGURE_START, &integer), RELOCOST_OTHER_KIND);
    IS(relocost_scenario_integer(scenario, RELOCOST_FIGURE_EXTRA, &integer), RELOCOST_NOT_OF_THIS_RESULT);

    OK(relocost_scenario_get(scenario, TEXT("lines.rent.amount"), buffer, sizeof buffer, &required, NULL));
    CHECK(strlen(buffer) + 1 == required);
    OK(relocost_scenario_set(scenario, TEXT("lines.rent.amount"), TEXT("1000.50"), &changed, NULL));
    OK(relocost_scenario_get(changed, TEXT("lines.rent.amount"), buffer, sizeof buffer, NULL, NULL));
    CHECK(strcmp(buffer, "1000.5") == 0 || strcmp(buffer, "1000.50") == 0);

    /* Written and read again it is the same. */
    for (int toml = 0; toml < 2; toml++) {
        OK(relocost_scenario_write(changed, toml ? RELOCOST_TOML : RELOCOST_JSON, buffer, sizeof buffer, NULL, NULL));
        OK(relocost_scenario_from_text(buffer, RELOCOST_ZERO_ENDED, NULL, &again, NULL));
        OK(relocost_diff(changed, again, NULL, &diff, NULL));
        read_all(table_of(diff, RELOCOST_TABLE_DETAILS, 0));
        relocost_table *effects = table_of(diff, RELOCOST_TABLE_EFFECTS, 0);
        OK(relocost_table_rows(effects, &count));
        CHECK(count == 0);
        OK(relocost_table_free(effects));
        OK(relocost_result_free(diff));
        OK(relocost_scenario_free(again));
    }
    IS(relocost_scenario_write(changed, RELOCOST_CSV, buffer, sizeof buffer, NULL, NULL), RELOCOST_UNKNOWN_CHOICE);

    OK(relocost_compare(scenario, NULL, &before, NULL));
    OK(relocost_compare(changed, NULL, &after, NULL));
    OK(relocost_diff(scenario, changed, NULL, &diff, NULL));
    all_forms(diff);
    relocost_table *totals = table_of(diff, RELOCOST_TABLE_TOTALS, 0);
    relocost_money old, permanent;
    OK(relocost_table_money(totals, 0, column(totals, "old"), &old));
    OK(relocost_result_money(before, RELOCOST_FIGURE_BASE_TOTAL, &permanent));
    CHECK(old.minor == permanent.minor && old.decimals == 2 && strcmp(old.currency, "EUR") == 0);
    read_all(totals);
    read_all(table_of(diff, RELOCOST_TABLE_EFFECTS, 0));
    read_all(table_of(diff, RELOCOST_TABLE_DETAILS, 0));
    OK(relocost_result_free(diff));
    OK(relocost_result_free(before));
    OK(relocost_result_free(after));

    for (uint32_t which = 0; which < 50; which++) {
        relocost_table *table = NULL;
        relocost_status status = relocost_scenario_table(scenario, which, &table);
        CHECK(status == RELOCOST_OK || status == RELOCOST_NOT_OF_THIS_RESULT);
        CHECK((status == RELOCOST_OK) == (table != NULL));
        if (table != NULL) {
            read_all(table);
        }
    }

    OK(relocost_scenario_warnings(scenario, &warnings));
    OK(relocost_error_count(warnings, &count));
    for (size_t at = 0; at < count; at++) {
        relocost_finding finding;
        OK(relocost_error_finding(warnings, at, &finding));
        CHECK(finding.number >= 5000 && finding.number < 6000);
    }
    OK(relocost_error_free(warnings));

    /* A text over a catalogue that is a text. */
    relocost_load_options over;
    memset(&over, 0, sizeof over);
    over.size = sizeof over;
    over.catalogue = text_of("schema = 1\n");
    IS(relocost_scenario_from_text(TEXT(FAMILY), &over, &again, NULL), RELOCOST_MISSING_KEY);
    OK(relocost_scenario_free(changed));
    OK(relocost_scenario_free(scenario));
}

static void questions(void) {
    relocost_scenario *scenario = family(), *of_result = NULL;
    relocost_result *result = NULL, *explained = NULL;
    relocost_money money;
    int64_t integer = 0;
    double chart = 0;
    relocost_options options = no_options();
    relocost_text lines[2];

    OK(relocost_compare(scenario, NULL, &result, NULL));
    OK(relocost_result_money(result, RELOCOST_FIGURE_EXTRA, &money));
    CHECK(money.decimals == 2 && strcmp(money.currency, "EUR") == 0);
    int64_t extra = money.minor;
    OK(relocost_result_money(result, RELOCOST_FIGURE_RESIDUAL, &money));
    int64_t sum = money.minor;
    relocost_table *causes = table_of(result, RELOCOST_TABLE_ATTRIBUTION, 5);
    for (size_t row = 0; row < 5; row++) {
        OK(relocost_table_money(causes, row, column(causes, "amount"), &money));
        sum += money.minor;
    }
    CHECK(sum == extra);
    read_all(causes);
    CHECK(figure_is(result, RELOCOST_FIGURE_PREMIUM, "0.610594121442"));
    CHECK(figure_is(result, RELOCOST_FIGURE_BAND, "within"));
    CHECK(figure_is(result, RELOCOST_FIGURE_BASE, "permanent"));
    CHECK(figure_is(result, RELOCOST_FIGURE_HORIZON_MONTHS, "60"));
    OK(relocost_result_integer(result, RELOCOST_FIGURE_LINES_CHARGED, &integer));
    CHECK(integer == 15);
    OK(relocost_result_double_for_charts(result, RELOCOST_FIGURE_PREMIUM, &chart));
    CHECK(chart > 0.6105 && chart < 0.6107);
    IS(relocost_result_money(result, RELOCOST_FIGURE_PREMIUM, &money), RELOCOST_OTHER_KIND);
    IS(relocost_result_money(result, RELOCOST_FIGURE_FACTOR, &money), RELOCOST_NOT_OF_THIS_RESULT);
    IS(relocost_result_integer(result, RELOCOST_FIGURE_EXTRA, &integer), RELOCOST_OTHER_KIND);
    IS(relocost_result_double_for_charts(result, RELOCOST_FIGURE_BASE, &chart), RELOCOST_OTHER_KIND);
    for (uint32_t which = RELOCOST_TABLE_PATHWAYS; which <= RELOCOST_TABLE_PATHWAY_LINES; which++) {
        read_all(table_of(result, which, 0));
    }
    all_forms(result);
    OK(relocost_result_scenario(result, &of_result, NULL));
    OK(relocost_scenario_free(of_result));
    OK(relocost_result_free(result));

    OK(relocost_ledger(scenario, TEXT("temporary"), NULL, &result, NULL));
    relocost_selection selection;
    memset(&selection, 0, sizeof selection);
    selection.size = sizeof selection;
    selection.category = text_of("education");
    selection.fiscal_year = 2027;
    OK(relocost_explain(result, &selection, &explained, NULL));
    OK(relocost_result_integer(explained, RELOCOST_FIGURE_ENTRIES, &integer));
    CHECK(integer > 0);
    all_forms(explained);
    read_all(table_of(explained, RELOCOST_TABLE_ENTRIES, (size_t)integer));
    read_all(table_of(explained, RELOCOST_TABLE_SOURCES, 0));
    relocost_table *years = table_of(result, RELOCOST_TABLE_YEARS_AND_CATEGORIES, 0);
    size_t rows = 0;
    OK(relocost_table_rows(years, &rows));
    OK(relocost_result_money(explained, RELOCOST_FIGURE_TOTAL, &money));
    int found = 0;
    for (size_t row = 0; row < rows; row++) {
        relocost_text category;
        relocost_money amount;
        OK(relocost_table_integer(years, row, 0, &integer));
        OK(relocost_table_text(years, row, 1, &category));
        OK(relocost_table_money(years, row, 2, &amount));
        if (integer == 2027 && strcmp(category.data, "education") == 0) {
            found = amount.minor == money.minor;
        }
    }
    CHECK(found);
    read_all(years);
    OK(relocost_result_free(explained));
    selection.month = text_of("never");
    IS(relocost_explain(result, &selection, &explained, NULL), RELOCOST_WRONG_KIND);
    OK(relocost_result_free(result));

    options.months = 12;
    OK(relocost_delay(scenario, &options, &result, NULL));
    IS(relocost_explain(result, NULL, &explained, NULL), RELOCOST_NOT_OF_THIS_RESULT);
    read_all(table_of(result, RELOCOST_TABLE_WAITS, 13));
    all_forms(result);
    OK(relocost_result_free(result));
    options.months = 4000000;
    IS(relocost_delay(scenario, &options, &result, NULL), RELOCOST_OUT_OF_RANGE);

    lines[0] = text_of("short-let");
    lines[1] = text_of("international-school");
    OK(relocost_calibrate(scenario, TEXT("0.65"), lines, 2, NULL, &result, NULL));
    CHECK(figure_is(result, RELOCOST_FIGURE_TARGET, "0.65"));
    all_forms(result);
    read_all(table_of(result, RELOCOST_TABLE_LINES, 2));
    OK(relocost_result_scenario(result, &of_result, NULL));
    OK(relocost_compare(of_result, NULL, &explained, NULL));
    OK(relocost_result_double_for_charts(explained, RELOCOST_FIGURE_PREMIUM, &chart));
    CHECK(chart > 0.6499 && chart < 0.6501);
    OK(relocost_result_free(explained));
    OK(relocost_scenario_free(of_result));
    OK(relocost_result_free(result));

    relocost_estimate_options known;
    memset(&known, 0, sizeof known);
    known.size = sizeof known;
    known.currency = text_of("USD");
    OK(relocost_estimate(TEXT("112000"), &known, &result, NULL));
    CHECK(figure_is(result, RELOCOST_FIGURE_COST, "112000.00"));
    CHECK(figure_is(result, RELOCOST_FIGURE_CURRENCY, "USD"));
    IS(relocost_result_scenario(result, &of_result, NULL), RELOCOST_NOT_OF_THIS_RESULT);
    all_forms(result);
    read_all(table_of(result, RELOCOST_TABLE_POINTS, 3));
    OK(relocost_result_free(result));
    known.low = text_of("0.5");
    IS(relocost_estimate(TEXT("112000"), &known, &result, NULL), RELOCOST_OUT_OF_RANGE);
    known.low = text_of("");
    IS(relocost_estimate(TEXT("112000"), &known, &result, NULL), RELOCOST_OUT_OF_RANGE);
    known.currency = text_of("XXQ");
    IS(relocost_estimate(TEXT("112000"), &known, &result, NULL), RELOCOST_WRONG_KIND);
    IS(relocost_estimate(TEXT("-1"), NULL, &result, NULL), RELOCOST_OUT_OF_RANGE);
    IS(relocost_estimate(TEXT("much"), NULL, &result, NULL), RELOCOST_BAD_DECIMAL);

    OK(relocost_caseload_text(scenario, HOUSEHOLDS, strlen(HOUSEHOLDS), NULL, &result, NULL));
    OK(relocost_result_integer(result, RELOCOST_FIGURE_HOUSEHOLDS, &integer));
    CHECK(integer == 3);
    read_all(table_of(result, RELOCOST_TABLE_HOUSEHOLDS, 2));
    read_all(table_of(result, RELOCOST_TABLE_ATTRIBUTION, 5));
    read_all(table_of(result, RELOCOST_TABLE_BY_FUND, 0));
    all_forms(result);
    OK(relocost_result_free(result));
    OK(relocost_caseload_text(scenario, TEXT("reference;members\r\nH1;2062-05 34\r\n"), NULL, &result, NULL));
    relocost_error *warnings = NULL;
    OK(relocost_result_warnings(result, &warnings));
    relocost_finding odd;
    OK(relocost_error_finding(warnings, 0, &odd));
    CHECK(odd.number == RELOCOST_NEVER_USED && odd.line == 2);
    OK(relocost_error_free(warnings));
    OK(relocost_result_free(result));
    IS(relocost_caseload_text(scenario, TEXT("reference,members\nH1,\"34"), NULL, &result, NULL), RELOCOST_SYNTAX);
    IS(relocost_caseload_file(scenario, TEXT("/dev/zero"), NULL, &result, NULL), RELOCOST_UNREADABLE);
    IS(relocost_caseload_text(scenario, TEXT("reference,age\nH1,2\n"), NULL, &result, NULL), RELOCOST_UNKNOWN_KEY);
    IS(relocost_caseload_file(scenario, TEXT("/nowhere/none.csv"), NULL, &result, NULL), RELOCOST_UNREADABLE);

    OK(relocost_variants(scenario, NULL, &result, NULL));
    read_all(table_of(result, RELOCOST_TABLE_VARIANTS, 1));
    all_forms(result);
    OK(relocost_result_free(result));
    OK(relocost_expectations(scenario, NULL, &result, NULL));
    CHECK(figure_is(result, RELOCOST_FIGURE_FAILED, "0"));
    OK(relocost_result_free(result));
    OK(relocost_scenario_free(scenario));
}

static void expectations(void) {
    relocost_scenario *scenario = NULL, *variant = NULL;
    relocost_result *result = NULL;
    OK(relocost_scenario_from_text(TEXT(FAMILY "[variants.dear]\nlines.rent.amount = \"2000\"\n"
                                               "[[expect]]\nfigure = \"comparison.premium\"\nat_most = \"0.1\"\n"
                                               "why = \"it cannot be\"\n"),
                                   NULL, &scenario, NULL));
    OK(relocost_expectations(scenario, NULL, &result, NULL));
    CHECK(figure_is(result, RELOCOST_FIGURE_FAILED, "1") && figure_is(result, RELOCOST_FIGURE_PASSED, "0"));
    read_all(table_of(result, RELOCOST_TABLE_EXPECTATIONS, 1));
    char *text = form_of(result, RELOCOST_TEXT_EN);
    CHECK(strstr(text, "FAILED") != NULL && strstr(text, "it cannot be") != NULL);
    free(text);
    IS(relocost_result_write(result, RELOCOST_TEXT_FR, NULL, 0, NULL, NULL), RELOCOST_NOT_OF_THIS_RESULT);
    OK(relocost_result_free(result));
    OK(relocost_scenario_variant(scenario, TEXT("dear"), &variant, NULL));
    OK(relocost_scenario_free(variant));
    IS(relocost_scenario_variant(scenario, TEXT("cheap"), &variant, NULL), RELOCOST_UNKNOWN_NAME);
    OK(relocost_variants(scenario, NULL, &result, NULL));
    relocost_table *rows = table_of(result, RELOCOST_TABLE_VARIANTS, 2);
    relocost_text name;
    OK(relocost_table_text(rows, 0, 0, &name));
    CHECK(name.data == NULL);
    OK(relocost_table_text(rows, 1, 0, &name));
    CHECK(strcmp(name.data, "dear") == 0);
    OK(relocost_table_free(rows));
    OK(relocost_result_free(result));
    OK(relocost_scenario_free(scenario));
}

int main(void) {
    scenarios();
    questions();
    expectations();
    return 0;
}
