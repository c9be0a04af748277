/* Compares two pathways of a scenario, and says what causes the difference and what is spent at which place.
 *
 *   places SCENARIO.toml BASE ALTERNATIVE
 *
 * What it prints is internal: where a household is, is as private as who is in it.
 */
#include <relocost.h>
#include <stdio.h>
#include <string.h>

/* Prints what is wrong, and ends. */
static int fail(relocost_status status, relocost_error *error) {
    char text[8192];
    if (error != NULL && relocost_error_text(error, text, sizeof text, NULL) == RELOCOST_OK) {
        fprintf(stderr, "error: %s\n", text);
    } else {
        fprintf(stderr, "error: %s\n", relocost_status_name(status));
    }
    relocost_error_free(error);
    return 1;
}

/* Prints the rows of a table, each with a name in its column `first` and its amount. */
static relocost_status rows(const relocost_result *comparison, uint32_t which, size_t first) {
    relocost_table *table = NULL;
    size_t count = 0;
    relocost_status status = relocost_result_table(comparison, which, &table);
    if (status == RELOCOST_OK) {
        status = relocost_table_rows(table, &count);
    }
    for (size_t row = 0; status == RELOCOST_OK && row < count; row++) {
        char amount[64], pathway[256] = "";
        relocost_text name;
        status = relocost_table_text(table, row, first, &name);
        if (status == RELOCOST_OK) {
            status = relocost_table_copy_text(table, row, first + 1, amount, sizeof amount, NULL);
        }
        if (status == RELOCOST_OK && first > 0) {
            status = relocost_table_copy_text(table, row, 0, pathway, sizeof pathway, NULL);
        }
        if (status == RELOCOST_OK) {
            printf("  %s%s%s %s\n", pathway, first > 0 ? " " : "", name.data, amount);
        }
    }
    relocost_table_free(table);
    return status;
}

int main(int count, char **arguments) {
    relocost_scenario *scenario = NULL;
    relocost_result *comparison = NULL;
    relocost_error *error = NULL;
    relocost_options options;
    relocost_status status;
    char extra[64];

    if (count != 4) {
        fprintf(stderr, "usage: places SCENARIO.toml BASE ALTERNATIVE\n");
        return 2;
    }
    status = relocost_scenario_from_file(arguments[1], RELOCOST_ZERO_ENDED, NULL, &scenario, &error);
    if (status != RELOCOST_OK) {
        return fail(status, error);
    }
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.base.data = arguments[2];
    options.base.length = strlen(arguments[2]);
    options.alternative.data = arguments[3];
    options.alternative.length = strlen(arguments[3]);
    status = relocost_compare(scenario, &options, &comparison, &error);
    relocost_scenario_free(scenario);
    if (status == RELOCOST_OK) {
        status = relocost_result_text(comparison, RELOCOST_FIGURE_EXTRA, extra, sizeof extra, NULL);
    }
    if (status == RELOCOST_OK) {
        printf("extra %s\n", extra);
        status = rows(comparison, RELOCOST_TABLE_ATTRIBUTION, 0);
    }
    if (status == RELOCOST_OK) {
        printf("by place\n");
        status = rows(comparison, RELOCOST_TABLE_PATHWAY_PLACES, 1);
    }
    relocost_result_free(comparison);
    return status == RELOCOST_OK ? 0 : fail(status, error);
}
