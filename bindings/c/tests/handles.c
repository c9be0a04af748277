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
               kind == RELOCOST_INTEGER ? copied : RELOCOST_OTHER_KIND);
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
    relocost_table_free(table);
}

/* Every kind of parameter that a what-if sets and no distribution does: rates, levels, tariffs, shares, times. */
static void what_ifs_set(void) {
    static const char *const given[][2] = {
        {"rates.fx.USD", "0.85"},
        {"rates.fx.USD.2027", "0.95"},
        {"rates.fx.USD.2027-04", "1.05"},
        {"rates.index.general.default", "0.035"},
        {"rates.index.general.2027", "0.055"},
        {"rates.level.aville.housing", "0.75"},
        {"lines.allowance.amounts.2027-04", "735.5"},
        {"lines.programme-support.percentage.share", "0.25"},
        {"start", "2026-09"},
        {"horizon_months", "24"},
    };
    relocost_scenario *scenario = NULL, *changed = NULL;
    relocost_result *before = NULL, *after = NULL;
    char old[64], now[64];
    OK(relocost_scenario_from_text(
        TEXT("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nplaces = [\"aville\"]\n"
             "price_base_year = 2026\nhousehold = { members = [{ age = 41 }] }\n"
             "[rates.fx.USD]\n2027 = \"0.9\"\n\"2027-04\" = \"0.9\"\n[rates.index.general]\n2027 = \"0.02\"\n"
             "[rates.level.aville]\nhousing = \"0.5\"\n"
             "[pathways.there]\nstages = [{ solution = \"temporary\", place = \"aville\" }]\n"
             "[[lines]]\nid = \"programme-support\"\ninherit = true\nvalid = {}\n"
             "[[lines]]\nid = \"allowance\"\ncategory = \"subsistence\"\nlabel = \"Allowance\"\ndriver = \"person\"\n"
             "schedule = \"monthly\"\ncurrency = \"USD\"\namounts = { \"2026-01\" = \"700\", \"2027-04\" = \"720\" }\n"
             "source = \"none\"\n"),
        NULL, &scenario, NULL));
    OK(relocost_ledger(scenario, TEXT("there"), NULL, &before, NULL));
    OK(relocost_result_text(before, RELOCOST_FIGURE_TOTAL, old, sizeof old, NULL));
    for (size_t each = 0; each < sizeof given / sizeof given[0]; each++) {
        const char *path = given[each][0], *value = given[each][1];
        OK(relocost_scenario_with(scenario, path, RELOCOST_ZERO_ENDED, value, RELOCOST_ZERO_ENDED, &changed, NULL));
        OK(relocost_scenario_parameter(changed, path, RELOCOST_ZERO_ENDED, now, sizeof now, NULL, NULL));
        CHECK(strcmp(now, value) == 0);
        OK(relocost_ledger(changed, TEXT("there"), NULL, &after, NULL));
        OK(relocost_result_text(after, RELOCOST_FIGURE_TOTAL, now, sizeof now, NULL));
        CHECK(strcmp(now, old) != 0);
        relocost_result_free(after);
        relocost_scenario_free(changed);
    }
    relocost_result_free(before);
    relocost_scenario_free(scenario);
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

    OK(relocost_scenario_parameter(scenario, TEXT("lines.rent.amount"), buffer, sizeof buffer, &required, NULL));
    CHECK(strlen(buffer) + 1 == required);
    OK(relocost_scenario_with(scenario, TEXT("lines.rent.amount"), TEXT("1000.50"), &changed, NULL));
    OK(relocost_scenario_parameter(changed, TEXT("lines.rent.amount"), buffer, sizeof buffer, NULL, NULL));
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
        relocost_table_free(effects);
        relocost_result_free(diff);
        relocost_scenario_free(again);
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
    relocost_result_free(diff);
    relocost_result_free(before);
    relocost_result_free(after);

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
    relocost_error_free(warnings);

    /* A text over a catalogue that is a text. */
    relocost_load_options over;
    memset(&over, 0, sizeof over);
    over.size = sizeof over;
    over.catalogue = text_of("schema = 1\n");
    IS(relocost_scenario_from_text(TEXT(FAMILY), &over, &again, NULL), RELOCOST_MISSING_KEY);
    relocost_scenario_free(changed);
    relocost_scenario_free(scenario);
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
    CHECK(figure_is(result, RELOCOST_FIGURE_PREMIUM, "0.630343604033"));
    CHECK(figure_is(result, RELOCOST_FIGURE_BAND, "within"));
    CHECK(figure_is(result, RELOCOST_FIGURE_BASE, "permanent"));
    CHECK(figure_is(result, RELOCOST_FIGURE_HORIZON_MONTHS, "60"));
    OK(relocost_result_integer(result, RELOCOST_FIGURE_CHARGED_LINES, &integer));
    CHECK(integer == 16);
    OK(relocost_result_double_for_charts(result, RELOCOST_FIGURE_PREMIUM, &chart));
    CHECK(chart > 0.6302 && chart < 0.6304);
    IS(relocost_result_money(result, RELOCOST_FIGURE_PREMIUM, &money), RELOCOST_OTHER_KIND);
    IS(relocost_result_money(result, RELOCOST_FIGURE_FACTOR, &money), RELOCOST_NOT_OF_THIS_RESULT);
    IS(relocost_result_integer(result, RELOCOST_FIGURE_EXTRA, &integer), RELOCOST_OTHER_KIND);
    IS(relocost_result_double_for_charts(result, RELOCOST_FIGURE_BASE, &chart), RELOCOST_OTHER_KIND);
    for (uint32_t which = RELOCOST_TABLE_PATHWAYS; which <= RELOCOST_TABLE_PATHWAY_LINES; which++) {
        read_all(table_of(result, which, 0));
    }
    all_forms(result);
    OK(relocost_result_scenario(result, &of_result, NULL));
    relocost_scenario_free(of_result);
    relocost_result_free(result);

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
    relocost_result_free(explained);
    selection.month = text_of("never");
    IS(relocost_explain(result, &selection, &explained, NULL), RELOCOST_WRONG_KIND);
    /* Outside the horizon there is no figure of 0. */
    memset(&selection, 0, sizeof selection);
    selection.size = sizeof selection;
    selection.fiscal_year = 2035;
    IS(relocost_explain(result, &selection, &explained, NULL), RELOCOST_OUT_OF_RANGE);
    selection.fiscal_year = 0;
    selection.month = text_of("2035-01");
    IS(relocost_explain(result, &selection, &explained, NULL), RELOCOST_OUT_OF_RANGE);
    CHECK(explained == NULL);
    relocost_result_free(result);

    options.months = 12;
    OK(relocost_delay(scenario, &options, &result, NULL));
    IS(relocost_explain(result, NULL, &explained, NULL), RELOCOST_NOT_OF_THIS_RESULT);
    read_all(table_of(result, RELOCOST_TABLE_WAITS, 13));
    all_forms(result);
    relocost_result_free(result);
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
    relocost_result_free(explained);
    relocost_scenario_free(of_result);
    relocost_result_free(result);

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
    relocost_result_free(result);
    known.low = text_of("0.5");
    IS(relocost_estimate(TEXT("112000"), &known, &result, NULL), RELOCOST_OUT_OF_RANGE);
    known.low = text_of("");
    IS(relocost_estimate(TEXT("112000"), &known, &result, NULL), RELOCOST_OUT_OF_RANGE);
    known.currency = text_of("XXQ");
    IS(relocost_estimate(TEXT("112000"), &known, &result, NULL), RELOCOST_WRONG_KIND);
    IS(relocost_estimate(TEXT("-1"), NULL, &result, NULL), RELOCOST_OUT_OF_RANGE);
    IS(relocost_estimate(TEXT("much"), NULL, &result, NULL), RELOCOST_BAD_DECIMAL);

    OK(relocost_caseload_text(scenario, HOUSEHOLDS, strlen(HOUSEHOLDS), NULL, &result, NULL));
    OK(relocost_result_integer(result, RELOCOST_FIGURE_COUNT, &integer));
    CHECK(integer == 3);
    read_all(table_of(result, RELOCOST_TABLE_HOUSEHOLDS, 2));
    read_all(table_of(result, RELOCOST_TABLE_ATTRIBUTION, 5));
    read_all(table_of(result, RELOCOST_TABLE_BY_FUND, 0));
    all_forms(result);
    relocost_result_free(result);
    OK(relocost_caseload_text(scenario, TEXT("reference;members\r\nH1;2062-05 34\r\n"), NULL, &result, NULL));
    relocost_error *warnings = NULL;
    OK(relocost_result_warnings(result, &warnings));
    relocost_finding odd;
    OK(relocost_error_finding(warnings, 0, &odd));
    CHECK(odd.number == RELOCOST_NEVER_USED && odd.line == 2);
    relocost_error_free(warnings);
    relocost_result_free(result);
    IS(relocost_caseload_text(scenario, TEXT("reference,members\nH1,\"34"), NULL, &result, NULL), RELOCOST_SYNTAX);
    IS(relocost_caseload_file(scenario, TEXT("/dev/zero"), NULL, &result, NULL), RELOCOST_UNREADABLE);
    IS(relocost_caseload_text(scenario, TEXT("reference,age\nH1,2\n"), NULL, &result, NULL), RELOCOST_UNKNOWN_KEY);
    IS(relocost_caseload_file(scenario, TEXT("/nowhere/none.csv"), NULL, &result, NULL), RELOCOST_UNREADABLE);

    OK(relocost_compare_variants(scenario, NULL, &result, NULL));
    read_all(table_of(result, RELOCOST_TABLE_VARIANTS, 1));
    all_forms(result);
    relocost_result_free(result);
    OK(relocost_run_expectations(scenario, NULL, &result, NULL));
    CHECK(figure_is(result, RELOCOST_FIGURE_FAILED, "0"));
    relocost_result_free(result);
    relocost_scenario_free(scenario);
}

/* The same changes, one by one. */
static void row_is_of(const relocost_table *rows, size_t row, const relocost_scenario *changed) {
    relocost_result *alone = NULL;
    relocost_money ours, theirs;
    const char *names[] = {"base", "alternative", "extra"};
    uint32_t figures[] = {RELOCOST_FIGURE_BASE_TOTAL, RELOCOST_FIGURE_ALTERNATIVE_TOTAL, RELOCOST_FIGURE_EXTRA};
    OK(relocost_compare(changed, NULL, &alone, NULL));
    for (size_t at = 0; at < 3; at++) {
        OK(relocost_table_money(rows, row, column(rows, names[at]), &ours));
        OK(relocost_result_money(alone, figures[at], &theirs));
        CHECK(ours.minor == theirs.minor);
    }
    relocost_result_free(alone);
}

static int cell_is(const relocost_table *table, size_t row, const char *name, const char *expected) {
    char buffer[64];
    OK(relocost_table_copy_text(table, row, column(table, name), buffer, sizeof buffer, NULL));
    return strcmp(buffer, expected) == 0;
}

#define RENT "lines.rent.amount"
#define DOLLAR "rates.fx.USD.factor"

static void what_ifs(void) {
    relocost_scenario *scenario = family(), *dear = NULL, *both = NULL;
    relocost_result *result = NULL;
    relocost_error *error = NULL;
    relocost_finding finding;
    OK(relocost_scenario_with(scenario, TEXT(RENT), TEXT("1400"), &dear, NULL));
    OK(relocost_scenario_with(dear, TEXT(DOLLAR), TEXT("1.1"), &both, NULL));

    /* The second set has no change; the third has two, which need not stand together. */
    relocost_change changes[] = {
        {2, text_of(RENT), text_of("1400")}, {0, text_of(RENT), text_of("1400")}, {2, text_of(DOLLAR), text_of("1.1")}};
    OK(relocost_what_ifs(scenario, changes, 3, 3, NULL, &result, NULL));
    relocost_table *rows = table_of(result, RELOCOST_TABLE_WHAT_IFS, 4);
    CHECK(cell_is(rows, 0, RENT, "950") && cell_is(rows, 1, RENT, "1400") && cell_is(rows, 2, RENT, "950"));
    CHECK(cell_is(rows, 3, RENT, "1400") && cell_is(rows, 3, DOLLAR, "1.1"));
    CHECK(cell_is(rows, 2, "change_of_extra", "0.00") && !cell_is(rows, 1, "change_of_extra", "0.00"));
    row_is_of(rows, 0, scenario);
    row_is_of(rows, 1, dear);
    row_is_of(rows, 2, scenario);
    row_is_of(rows, 3, both);
    read_all(rows);
    all_forms(result);
    relocost_result_free(result);
    /* A yearly increase of 200 per cent is more likely one of two. */
    relocost_change shift = {0, text_of("rates.index.housing.shift"), text_of("2")};
    relocost_error *odd = NULL;
    size_t count = 0;
    OK(relocost_what_ifs(scenario, &shift, 1, 1, NULL, &result, NULL));
    OK(relocost_result_warnings(result, &odd));
    OK(relocost_error_count(odd, &count));
    CHECK(count == 1);
    OK(relocost_error_finding(odd, 0, &finding));
    CHECK(strcmp(finding.key.data, shift.path.data) == 0 && strstr(finding.message.data, "write \"0.02\"") != NULL);
    relocost_error_free(odd);
    relocost_result_free(result);
    OK(relocost_what_ifs(scenario, NULL, 0, 0, NULL, &result, NULL));
    OK(relocost_result_warnings(result, &odd));
    OK(relocost_error_count(odd, &count));
    CHECK(count == 0);
    relocost_error_free(odd);
    relocost_table_free(table_of(result, RELOCOST_TABLE_WHAT_IFS, 1));
    relocost_result_free(result);

    IS(relocost_what_ifs(scenario, changes, 3, 2, NULL, &result, &error), RELOCOST_OUT_OF_RANGE);
    OK(relocost_error_finding(error, 0, &finding));
    CHECK(strcmp(finding.key.data, "changes.set") == 0);
    CHECK(strcmp(finding.message.data, "expected the number of a set, from 0 and below set_count") == 0);
    relocost_error_free(error);
    CHECK(result == NULL);
    IS(relocost_what_ifs(scenario, NULL, 0, SIZE_MAX, NULL, &result, NULL), RELOCOST_TOO_MANY);
    IS(relocost_what_ifs(scenario, NULL, 1, 1, NULL, &result, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_what_ifs(scenario, changes, SIZE_MAX, 3, NULL, &result, NULL), RELOCOST_WRONG_LENGTH);
    IS(relocost_what_ifs(NULL, changes, 3, 3, NULL, &result, NULL), RELOCOST_NULL_POINTER);
    changes[2].path = text_of(RENT);
    IS(relocost_what_ifs(scenario, changes, 3, 3, NULL, &result, NULL), RELOCOST_DUPLICATE);
    changes[2].path = text_of("lines.none.amount");
    IS(relocost_what_ifs(scenario, changes, 3, 3, NULL, &result, &error), RELOCOST_UNKNOWN_NAME);
    OK(relocost_error_finding(error, 0, &finding));
    CHECK(strcmp(finding.key.data, "lines.none.amount") == 0);
    relocost_error_free(error);
    changes[2].value.data = NULL;
    IS(relocost_what_ifs(scenario, changes, 3, 3, NULL, &result, NULL), RELOCOST_NULL_POINTER);
    changes[2].value = text_of("much");
    IS(relocost_what_ifs(scenario, changes, 3, 3, NULL, &result, NULL), RELOCOST_BAD_DECIMAL);

    /* The values of the last axis vary fastest. */
    relocost_text rents[] = {text_of("950"), text_of("1400")}, rates[] = {text_of("0.9"), text_of("1"), text_of("1.1")};
    relocost_axis axes[] = {{text_of(RENT), rents, 2}, {text_of(DOLLAR), rates, 3}};
    OK(relocost_grid(scenario, axes, 2, NULL, &result, NULL));
    rows = table_of(result, RELOCOST_TABLE_WHAT_IFS, 7);
    CHECK(cell_is(rows, 2, RENT, "950") && cell_is(rows, 2, DOLLAR, "1"));
    CHECK(cell_is(rows, 4, RENT, "1400") && cell_is(rows, 4, DOLLAR, "0.9"));
    row_is_of(rows, 6, both);
    read_all(rows);
    all_forms(result);
    relocost_result_free(result);
    axes[1].value_count = 0;
    OK(relocost_grid(scenario, axes, 2, NULL, &result, NULL));
    relocost_table_free(table_of(result, RELOCOST_TABLE_WHAT_IFS, 1));
    relocost_result_free(result);
    relocost_text starts[] = {text_of("2026-03"), text_of("2026-09")}, months[] = {text_of("24"), text_of("60")};
    relocost_axis times[] = {{text_of("start"), starts, 2}, {text_of("horizon_months"), months, 2}};
    OK(relocost_grid(scenario, times, 2, NULL, &result, NULL));
    rows = table_of(result, RELOCOST_TABLE_WHAT_IFS, 5);
    CHECK(cell_is(rows, 3, "start", "2026-09") && cell_is(rows, 3, "horizon_months", "24"));
    relocost_table_free(rows);
    relocost_result_free(result);
    axes[1] = axes[0];
    IS(relocost_grid(scenario, axes, 2, NULL, &result, NULL), RELOCOST_DUPLICATE);
    axes[1].values = NULL;
    IS(relocost_grid(scenario, axes, 2, NULL, &result, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_grid(scenario, NULL, 1, NULL, &result, NULL), RELOCOST_NULL_POINTER);
    relocost_scenario_free(both);
    relocost_scenario_free(dear);
    relocost_scenario_free(scenario);
}

/* Changes of a rate, the start and the horizon, and what cannot be set. */
static void set_and_refused(void) {
    static const struct {
        const char *path, *value;
        relocost_status status;
    } cases[] = {
        {"rates.fx.USD", "0.9", RELOCOST_OK},
        {"rates.fx.USD.2027", "0.95", RELOCOST_OK},
        {"rates.fx.USD.2027-04", "1", RELOCOST_OK},
        {"rates.index.general.default", "0.03", RELOCOST_OK},
        {"start", "2026-09", RELOCOST_OK},
        {"horizon_months", "24", RELOCOST_OK},
        {"rates.fx.USD", "0", RELOCOST_OUT_OF_RANGE},
        {"rates.fx.USD.yearly", "1", RELOCOST_CONFLICT},
        {"rates.index.general", "0.01", RELOCOST_UNKNOWN_NAME},
        {"rates.index.none.2027", "0.01", RELOCOST_UNKNOWN_NAME},
        {"start", "2026", RELOCOST_WRONG_KIND},
        {"horizon_months", "0", RELOCOST_OUT_OF_RANGE},
        {"lines.rent.percentage.share", "0.1", RELOCOST_CONFLICT},
        {"lines.rent.amounts.2027-04", "1", RELOCOST_CONFLICT},
    };
    relocost_scenario *scenario = family();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        relocost_scenario *changed = NULL;
        char value[32];
        IS(relocost_scenario_with(scenario, cases[i].path, strlen(cases[i].path), cases[i].value, strlen(cases[i].value),
                                 &changed, NULL),
           cases[i].status);
        if (cases[i].status == RELOCOST_OK) {
            OK(relocost_scenario_parameter(changed, cases[i].path, strlen(cases[i].path), value, sizeof value, NULL, NULL));
            CHECK(strcmp(value, cases[i].value) == 0);
        }
        relocost_scenario_free(changed);
    }
    relocost_scenario_free(scenario);
}

static void expectations(void) {
    relocost_scenario *scenario = NULL, *variant = NULL;
    relocost_result *result = NULL;
    OK(relocost_scenario_from_text(TEXT(FAMILY "[variants.dear]\nlines.rent.amount = \"2000\"\n"
                                               "[[expect]]\nfigure = \"comparison.premium\"\nat_most = \"0.1\"\n"
                                               "why = \"it cannot be\"\n"),
                                   NULL, &scenario, NULL));
    OK(relocost_run_expectations(scenario, NULL, &result, NULL));
    CHECK(figure_is(result, RELOCOST_FIGURE_FAILED, "1") && figure_is(result, RELOCOST_FIGURE_PASSED, "0"));
    read_all(table_of(result, RELOCOST_TABLE_EXPECTATIONS, 1));
    char *text = form_of(result, RELOCOST_TEXT_EN);
    CHECK(strstr(text, "FAILED") != NULL && strstr(text, "it cannot be") != NULL);
    free(text);
    text = form_of(result, RELOCOST_TEXT_FR);
    CHECK(strstr(text, "\303\211CHEC") != NULL && strstr(text, "it cannot be") != NULL);
    free(text);
    IS(relocost_result_write(result, RELOCOST_HTML_EN, NULL, 0, NULL, NULL), RELOCOST_NOT_OF_THIS_RESULT);
    relocost_result_free(result);
    OK(relocost_scenario_variant(scenario, TEXT("dear"), &variant, NULL));
    relocost_scenario_free(variant);
    IS(relocost_scenario_variant(scenario, TEXT("cheap"), &variant, NULL), RELOCOST_UNKNOWN_NAME);
    OK(relocost_compare_variants(scenario, NULL, &result, NULL));
    relocost_table *rows = table_of(result, RELOCOST_TABLE_VARIANTS, 2);
    relocost_text name;
    OK(relocost_table_text(rows, 0, 0, &name));
    CHECK(name.data == NULL);
    OK(relocost_table_text(rows, 1, 0, &name));
    CHECK(strcmp(name.data, "dear") == 0);
    relocost_table_free(rows);
    relocost_result_free(result);
    relocost_scenario_free(scenario);
}

int main(void) {
    scenarios();
    what_ifs_set();
    questions();
    what_ifs();
    set_and_refused();
    expectations();
    return 0;
}
