/* Asks about a scenario file and prints every answer twice: as the library's JSON, and figure by figure as its
 * functions give them; same_cents.py compares both with the files of the golden tests.
 *
 *   answers FILE compare BASE ALTERNATIVE | delay MONTHS | calibrate TARGET LINE... | caseload CSV
 */
#include "check.h"

static void cell(const relocost_table *table, size_t row, size_t at) {
    char buffer[4096];
    relocost_status status = relocost_table_copy_text(table, row, at, buffer, sizeof buffer, NULL);
    if (status == RELOCOST_NO_VALUE) {
        strcpy(buffer, "-");
    } else {
        OK(status);
    }
    printf("\t%s", buffer);
}

static void table(const relocost_result *result, const char *name, uint32_t which) {
    relocost_table *found = NULL;
    size_t rows = 0, columns = 0;
    OK(relocost_result_table(result, which, &found));
    OK(relocost_table_rows(found, &rows));
    OK(relocost_table_columns(found, &columns));
    for (size_t row = 0; row < rows; row++) {
        fputs(name, stdout);
        for (size_t at = 0; at < columns; at++) {
            cell(found, row, at);
        }
        putchar('\n');
    }
    relocost_table_free(found);
}

static void figure(const relocost_result *result, const char *name, uint32_t which) {
    char buffer[256];
    relocost_status status = relocost_result_text(result, which, buffer, sizeof buffer, NULL);
    if (status == RELOCOST_NO_VALUE) {
        strcpy(buffer, "-");
    } else {
        OK(status);
    }
    printf("%s\t%s\n", name, buffer);
}

static void json(const relocost_result *result) {
    size_t required = 0;
    IS(relocost_result_write(result, RELOCOST_JSON, NULL, 0, &required, NULL), RELOCOST_SHORT_BUFFER);
    char *text = malloc(required);
    CHECK(text != NULL);
    OK(relocost_result_write(result, RELOCOST_JSON, text, required, NULL, NULL));
    puts(text);
    free(text);
}

/* Each pathway's ledger, summed here from its column. */
static void ledgers(const relocost_scenario *scenario) {
    relocost_table *pathways = NULL;
    size_t count = 0;
    OK(relocost_scenario_table(scenario, RELOCOST_TABLE_PATHWAYS, &pathways));
    OK(relocost_table_rows(pathways, &count));
    for (size_t at = 0; at < count; at++) {
        relocost_text name;
        relocost_result *result = NULL;
        relocost_table *entries = NULL;
        relocost_money zero;
        size_t rows = 0;
        OK(relocost_table_text(pathways, at, 0, &name));
        OK(relocost_ledger(scenario, name.data, name.length, NULL, &result, NULL));
        OK(relocost_result_table(result, RELOCOST_TABLE_ENTRIES, &entries));
        OK(relocost_table_rows(entries, &rows));
        OK(relocost_table_currency(entries, &zero));
        int64_t *minor = malloc((rows + 1) * sizeof *minor), sum = 0;
        CHECK(minor != NULL);
        OK(relocost_table_fill_minor(entries, column(entries, "amount"), minor, rows, NULL));
        for (size_t row = 0; row < rows; row++) {
            sum += minor[row];
        }
        printf("ledger\t%s\t%zu\t%lld\t%u\n", name.data, rows, (long long)sum, (unsigned)zero.decimals);
        free(minor);
        relocost_table_free(entries);
        relocost_result_free(result);
    }
    relocost_table_free(pathways);
}

int main(int count, char **arguments) {
    relocost_scenario *scenario = NULL;
    relocost_result *result = NULL;
    relocost_error *error = NULL;
    relocost_options options = no_options();
    CHECK(count >= 4);
    OK(relocost_scenario_from_file(arguments[1], RELOCOST_ZERO_ENDED, NULL, &scenario, NULL));
    const char *question = arguments[2];
    if (strcmp(question, "compare") == 0) {
        CHECK(count == 5);
        options.base = text_of(arguments[3]);
        options.alternative = text_of(arguments[4]);
        OK(relocost_compare(scenario, &options, &result, NULL));
        json(result);
        figure(result, "extra", RELOCOST_FIGURE_EXTRA);
        figure(result, "premium", RELOCOST_FIGURE_PREMIUM);
        figure(result, "residual", RELOCOST_FIGURE_RESIDUAL);
        table(result, "attribution", RELOCOST_TABLE_ATTRIBUTION);
        table(result, "pathway", RELOCOST_TABLE_PATHWAYS);
        table(result, "by_category", RELOCOST_TABLE_PATHWAY_CATEGORIES);
        table(result, "by_fiscal_year", RELOCOST_TABLE_PATHWAY_FISCAL_YEARS);
        table(result, "by_fund", RELOCOST_TABLE_PATHWAY_FUNDS);
        table(result, "by_line", RELOCOST_TABLE_PATHWAY_LINES);
        table(result, "by_place", RELOCOST_TABLE_PATHWAY_PLACES);
        ledgers(scenario);
    } else if (strcmp(question, "delay") == 0) {
        options.months = (uint32_t)strtoul(arguments[3], NULL, 10);
        OK(relocost_delay(scenario, &options, &result, NULL));
        json(result);
        table(result, "wait", RELOCOST_TABLE_WAITS);
    } else if (strcmp(question, "calibrate") == 0) {
        relocost_text lines[64];
        size_t line_count = (size_t)count - 4;
        CHECK(line_count <= 64);
        for (size_t at = 0; at < line_count; at++) {
            lines[at] = text_of(arguments[4 + at]);
        }
        relocost_status status = relocost_calibrate(scenario, arguments[3], RELOCOST_ZERO_ENDED, lines, line_count,
                                                    &options, &result, &error);
        if (status == RELOCOST_NO_SOLUTION) {
            puts("null");
            relocost_error_free(error);
        } else {
            OK(status);
            json(result);
            figure(result, "factor", RELOCOST_FIGURE_FACTOR);
            figure(result, "premium", RELOCOST_FIGURE_PREMIUM);
        }
    } else {
        CHECK(strcmp(question, "caseload") == 0);
        OK(relocost_caseload_file(scenario, arguments[3], RELOCOST_ZERO_ENDED, &options, &result, NULL));
        json(result);
        figure(result, "extra", RELOCOST_FIGURE_EXTRA);
        figure(result, "premium", RELOCOST_FIGURE_PREMIUM);
    }
    relocost_result_free(result);
    relocost_scenario_free(scenario);
    return 0;
}
