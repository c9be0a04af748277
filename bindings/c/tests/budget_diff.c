/* What changed between two programmes and between two caseloads: tables and forms, and what goes wrong. */
#include "check.h"

#define PROGRAMME(month)                                                                                 \
    "schema = 1\ncatalogue = \"reference\"\nprogramme = { first_fiscal_year = 2026, fiscal_years = 2 }\n" \
    "cases = [{ id = \"first\", members = [{ age = 34 }], arrives = \"" month "\" }]\n"

static char buffer[131072];

static int stop(void *user, uint64_t done, uint64_t total) {
    (void)done;
    (void)total;
    ++*(int *)user;
    return 1;
}

static int text_is(const relocost_table *table, size_t row, const char *name, const char *expected) {
    OK(relocost_table_copy_text(table, row, column(table, name), buffer, sizeof buffer, NULL));
    return strcmp(buffer, expected) == 0;
}

/* What `cause` adds to `line` in a table, over its years and funds; -1 if it has no such row. */
static int64_t added(const relocost_result *result, uint32_t which, const char *line, const char *cause) {
    relocost_table *table = NULL;
    size_t rows = 0;
    int64_t sum = 0;
    int found = 0;
    OK(relocost_result_table(result, which, &table));
    OK(relocost_table_rows(table, &rows));
    for (size_t row = 0; row < rows; row++) {
        if (text_is(table, row, "line", line) && text_is(table, row, "cause", cause)) {
            relocost_money money;
            OK(relocost_table_money(table, row, column(table, "amount"), &money));
            sum += money.minor;
            found = 1;
        }
    }
    relocost_table_free(table);
    return found ? sum : -1;
}

/* The old figure and all causes add up to the new one, in every table; every form is there. */
static void foots(const relocost_result *result, const char *line) {
    relocost_table *table = NULL;
    size_t rows = 0;
    for (uint32_t which = RELOCOST_TABLE_BUDGET_CAUSES; which <= RELOCOST_TABLE_BUDGET_CAUSE_YEARS_AND_FUNDS; which++) {
        int64_t causes = 0, before = added(result, which, line, "old"), after = added(result, which, line, "new");
        OK(relocost_result_table(result, which, &table));
        OK(relocost_table_rows(table, &rows));
        for (size_t row = 0; row < rows; row++) {
            relocost_money money;
            if (text_is(table, row, "line", line) && !text_is(table, row, "cause", "new")) {
                OK(relocost_table_money(table, row, column(table, "amount"), &money));
                causes += money.minor;
            }
        }
        CHECK(before > 0 && after > 0 && causes == after && before != after);
        relocost_table_free(table);
    }
    for (uint32_t which = RELOCOST_TABLE_BUDGET_CASES; which <= RELOCOST_TABLE_BUDGET_CHANGES; which++) {
        OK(relocost_result_table(result, which, &table));
        relocost_table_free(table);
    }
    table = NULL;
    IS(relocost_result_table(result, RELOCOST_TABLE_DETAILS, &table), RELOCOST_NOT_OF_THIS_RESULT);
    for (uint32_t form = RELOCOST_JSON; form <= RELOCOST_CSV_FR; form++) {
        relocost_status expected = form == RELOCOST_TOML ? RELOCOST_UNKNOWN_CHOICE : RELOCOST_OK;
        IS(relocost_result_write(result, form, buffer, sizeof buffer, NULL, NULL), expected);
    }
    CHECK(figure_is(result, RELOCOST_FIGURE_CURRENCY, "EUR"));
    IS(relocost_result_text(result, RELOCOST_FIGURE_EXTRA, buffer, sizeof buffer, NULL), RELOCOST_NOT_OF_THIS_RESULT);
    relocost_scenario *scenario = NULL;
    OK(relocost_result_scenario(result, &scenario, NULL));
    relocost_scenario_free(scenario);
}

static void programmes(void) {
    relocost_programme *old = NULL, *changed = NULL;
    relocost_result *result = NULL;
    relocost_options options = no_options();

    OK(relocost_programme_from_text(TEXT(PROGRAMME("2026-01")), NULL, &old, NULL));
    OK(relocost_programme_from_text(TEXT(PROGRAMME("2026-07")), NULL, &changed, NULL));
    options.threads = 1;
    OK(relocost_programme_diff(old, changed, &options, &result, NULL));
    foots(result, "as_planned");
    uint32_t which = RELOCOST_TABLE_BUDGET_CAUSES;
    CHECK(added(result, which, "as_planned", "timing") ==
          added(result, which, "as_planned", "new") - added(result, which, "as_planned", "old"));
    relocost_result_free(result);

    int told = 0;
    options.progress = stop;
    options.user = &told;
    IS(relocost_programme_diff(old, changed, &options, &result, NULL), RELOCOST_INTERRUPTED);
    CHECK(result == NULL && told == 1);
    relocost_scenario *scenario = family();
    IS(relocost_programme_diff(old, (relocost_programme *)scenario, NULL, &result, NULL), RELOCOST_WRONG_HANDLE);
    IS(relocost_programme_diff(old, NULL, NULL, &result, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_programme_diff(NULL, changed, NULL, &result, NULL), RELOCOST_NULL_POINTER);
    options.size = 3;
    IS(relocost_programme_diff(old, changed, &options, &result, NULL), RELOCOST_WRONG_SIZE);
    relocost_scenario_free(scenario);
    relocost_programme_free(changed);
    relocost_programme_free(old);
}

static void caseloads(void) {
#define OLD "reference,members\nA,34 6\nB,41\n"
#define NEW "reference,members\nB,41\nC,29\nD,70\n"
    relocost_scenario *old = family(), *changed = NULL;
    relocost_result *result = NULL;
    relocost_table *table = NULL;
    relocost_error *error = NULL;
    relocost_options options = no_options();

    OK(relocost_scenario_with(old, TEXT("lines.rent.amount"), TEXT("1000"), &changed, NULL));
    OK(relocost_diff_caseload_text(old, TEXT(OLD), changed, TEXT(NEW), NULL, &result, NULL));
    foots(result, "permanent");
    foots(result, "temporary");
    OK(relocost_result_table(result, RELOCOST_TABLE_BUDGET_CASES, &table));
    CHECK(text_is(table, 0, "cause", "cases_gone") && text_is(table, 0, "count", "1"));
    CHECK(text_is(table, 1, "cause", "cases_new") && text_is(table, 1, "count", "2"));
    relocost_table_free(table);
    OK(relocost_result_table(result, RELOCOST_TABLE_BUDGET_CHANGES, &table));
    CHECK(text_is(table, 0, "cause", "prices") && text_is(table, 0, "key", "lines.rent.amount"));
    CHECK(text_is(table, 0, "old", "950") && text_is(table, 0, "new", "1000"));
    relocost_table_free(table);
    relocost_result_free(result);

    /* Both tables are read for what is wrong, each by its own name. */
    IS(relocost_diff_caseload_text(old, TEXT("reference,members\nA,x\n"), changed, TEXT("reference,members\nA,y\n"), NULL,
                                   &result, &error),
       RELOCOST_WRONG_KIND);
    size_t count = 0;
    OK(relocost_error_count(error, &count));
    OK(relocost_error_write(error, RELOCOST_TEXT_EN, buffer, sizeof buffer, NULL));
    CHECK(count == 2 && strstr(buffer, "changed households:2") != NULL);
    relocost_error_free(error);

    int told = 0;
    options.progress = stop;
    options.user = &told;
    IS(relocost_diff_caseload_text(old, TEXT(OLD), changed, TEXT(NEW), &options, &result, NULL), RELOCOST_INTERRUPTED);
    CHECK(result == NULL && told == 1);
    options = no_options();
    options.alternative = text_of("nowhere");
    IS(relocost_diff_caseload_text(old, TEXT(OLD), changed, TEXT(NEW), &options, &result, NULL), RELOCOST_UNKNOWN_PATHWAY);
    IS(relocost_diff_caseload_text(old, NULL, 0, changed, TEXT(NEW), NULL, &result, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_diff_caseload_text(old, TEXT(OLD), NULL, TEXT(NEW), NULL, &result, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_diff_caseload_file(old, TEXT("no-such.csv"), changed, TEXT("no-such.csv"), NULL, &result, NULL),
       RELOCOST_UNREADABLE);
    relocost_scenario_free(changed);
    relocost_scenario_free(old);
}

int main(void) {
    programmes();
    caseloads();
    return 0;
}
