/* Programmes: read, run, their tables, forms and expectations, and what goes wrong. */
#include "check.h"

#define HEAD "schema = 1\ncatalogue = \"reference\"\n"
#define PROGRAMME                                                                                        \
    HEAD "programme = { first_fiscal_year = 2026, fiscal_years = 2, run_off_months = 6 }\n"               \
         "cases = [{ members = [{ age = 34 }], reference = \"HH-1\", arrives = \"2025-06\" },\n"           \
         "  { members = [{ age = 41 }, { age = 9 }], arrives = \"2026-02\", count = 2 }]\n"                \
         "agreements = [{ id = \"north\", label = \"North\", grants = [{ month = \"2026-03\", places = 1 }] }]\n" \
         "expect = [{ figure = \"waiting.queued\", equals = 3 }, { figure = \"waiting.given\", equals = 2 }]\n"

static int stop(void *user, uint64_t done, uint64_t total) {
    (void)done;
    (void)total;
    ++*(int *)user;
    return 1;
}

static int64_t sum(const relocost_table *table, const char *name) {
    size_t rows = 0, place = column(table, name);
    int64_t total = 0;
    OK(relocost_table_rows(table, &rows));
    for (size_t row = 0; row < rows; row++) {
        relocost_money money;
        OK(relocost_table_money(table, row, place, &money));
        total += money.minor;
    }
    return total;
}

int main(void) {
    relocost_programme *programme = NULL;
    relocost_result *result = NULL;
    relocost_error *error = NULL;
    relocost_table *table = NULL;
    relocost_money planned, extra;
    static char buffer[262144];
    size_t rows = 0;

    OK(relocost_programme_from_text(TEXT(PROGRAMME), NULL, &programme, &error));
    CHECK(programme != NULL && error == NULL);
    OK(relocost_programme_run(programme, RELOCOST_PROGRAMME_VALUES | RELOCOST_PROGRAMME_CASES, NULL, &result, &error));
    OK(relocost_result_money(result, RELOCOST_FIGURE_TOTAL, &planned));
    OK(relocost_result_money(result, RELOCOST_FIGURE_EXTRA, &extra));
    OK(relocost_result_table(result, RELOCOST_TABLE_BUDGET, &table));
    CHECK(sum(table, "as_planned") == planned.minor && sum(table, "extra") == extra.minor);
    relocost_table_free(table);
    OK(relocost_result_table(result, RELOCOST_TABLE_CASES, &table));
    OK(relocost_table_rows(table, &rows));
    CHECK(rows == 3 && sum(table, "total") == planned.minor);
    relocost_table_free(table);
    for (uint32_t which = RELOCOST_TABLE_BUDGET; which <= RELOCOST_TABLE_MONTHS_AND_FUNDS; which++) {
        OK(relocost_result_table(result, which, &table));
        relocost_table_free(table);
    }
    table = NULL;
    IS(relocost_result_table(result, RELOCOST_TABLE_PATHWAYS, &table), RELOCOST_NOT_OF_THIS_RESULT);
    const char *starts[] = {"{\"schema\":1,\"internal\":true", "figure,value\n", "The programme of 2026 to 2027", "Le programme",
                            "<div", "<div"};
    for (uint32_t form = RELOCOST_JSON; form <= RELOCOST_HTML_FR; form++) {
        OK(relocost_result_write(result, form, buffer, sizeof buffer, NULL, &error));
        CHECK(strncmp(buffer, starts[form], strlen(starts[form])) == 0);
        CHECK(strstr(buffer, "nternal") != NULL || strstr(buffer, "nterne") != NULL || form == RELOCOST_CSV_FR);
    }
    relocost_error *warnings = NULL;
    size_t count = 9;
    OK(relocost_result_warnings(result, &warnings));
    OK(relocost_error_count(warnings, &count));
    CHECK(count == 0);
    relocost_error_free(warnings);
    relocost_scenario *setting = NULL;
    OK(relocost_result_scenario(result, &setting, NULL));
    relocost_scenario_free(setting);
    relocost_result_free(result);

    /* Without the parts there are no rows, and what is alike costs the same on one thread. */
    relocost_options options = no_options();
    options.threads = 1;
    OK(relocost_programme_run(programme, 0, &options, &result, NULL));
    OK(relocost_result_table(result, RELOCOST_TABLE_VALUES, &table));
    OK(relocost_table_rows(table, &rows));
    CHECK(rows == 0);
    relocost_table_free(table);
    relocost_money again;
    OK(relocost_result_money(result, RELOCOST_FIGURE_TOTAL, &again));
    CHECK(again.minor == planned.minor);
    relocost_result_free(result);

    OK(relocost_programme_run_expectations(programme, NULL, &result, NULL));
    int64_t passed = 0, failed = 0;
    OK(relocost_result_integer(result, RELOCOST_FIGURE_PASSED, &passed));
    OK(relocost_result_integer(result, RELOCOST_FIGURE_FAILED, &failed));
    CHECK(passed == 1 && failed == 1);
    relocost_result_free(result);

    /* Followed and cancelled. */
    int told = 0;
    options.progress = stop;
    options.user = &told;
    IS(relocost_programme_run(programme, 0, &options, &result, &error), RELOCOST_INTERRUPTED);
    CHECK(result == NULL && told == 1);
    relocost_error_free(error);
    IS(relocost_programme_run_expectations(programme, &options, &result, NULL), RELOCOST_INTERRUPTED);

    IS(relocost_programme_run(programme, 4, NULL, &result, NULL), RELOCOST_UNKNOWN_CHOICE);
    IS(relocost_programme_run(NULL, 0, NULL, &result, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_programme_run(programme, 0, NULL, NULL, NULL), RELOCOST_NULL_POINTER);
    relocost_scenario *scenario = family();
    IS(relocost_programme_run((relocost_programme *)scenario, 0, NULL, &result, NULL), RELOCOST_WRONG_HANDLE);
    relocost_programme_free((relocost_programme *)scenario);
    relocost_scenario_free(scenario);
    relocost_programme_free(programme);
    relocost_programme_free(NULL);

    /* Errors show no value of a household. */
    const char *wrong = HEAD "programme = { first_fiscal_year = 2026, fiscal_years = 1 }\n"
                             "cases = [{ members = [{ age = 918273645 }], reference = \"HH-77\", arrives = \"2026-01\" }]\n";
    CHECK(relocost_programme_from_text(wrong, strlen(wrong), NULL, &programme, &error) != RELOCOST_OK);
    CHECK(programme == NULL && error != NULL);
    OK(relocost_error_write(error, RELOCOST_TEXT_EN, buffer, sizeof buffer, NULL));
    CHECK(strstr(buffer, "cases[0].members[0].age") != NULL);
    CHECK(strstr(buffer, "918273645") == NULL && strstr(buffer, "HH-77") == NULL);
    relocost_error_free(error);
    IS(relocost_programme_from_file(TEXT("none/no-such-file.toml"), NULL, &programme, &error), RELOCOST_UNREADABLE);
    relocost_error_free(error);
    return 0;
}
