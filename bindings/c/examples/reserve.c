/* The reserve that suffices in four cases out of five, and the mean of the worst, for each pathway of a scenario with
 * uncertain parameters. Follows the simulation on the standard error output.
 *
 *   reserve SCENARIO.toml [DRAWS]
 */
#include <relocost.h>
#include <stdio.h>
#include <stdlib.h>
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

/* Is told often, and says something once for each tenth. Another answer than 0 would break the simulation off. */
static int tell(void *user, uint64_t done, uint64_t total) {
    unsigned *tenths = user;
    if (total > 0 && 10 * done / total > *tenths) {
        *tenths = (unsigned)(10 * done / total);
        fprintf(stderr, "\r%u0 %%%s", *tenths, *tenths == 10 ? "\n" : "");
    }
    return 0;
}

int main(int count, char **arguments) {
    relocost_scenario *scenario = NULL;
    relocost_simulation *simulation = NULL;
    relocost_table *pathways = NULL;
    relocost_error *error = NULL;
    relocost_simulate_options options;
    relocost_status status;
    unsigned tenths = 0;
    size_t rows = 0;
    char currency[8];

    if (count < 2 || count > 3) {
        fprintf(stderr, "usage: reserve SCENARIO.toml [DRAWS]\n");
        return 2;
    }
    if (relocost_abi_version() != RELOCOST_ABI_VERSION) {
        fprintf(stderr, "error: built for another version of librelocost\n");
        return 1;
    }
    status = relocost_scenario_from_file(arguments[1], RELOCOST_ZERO_ENDED, NULL, &scenario, &error);
    if (status != RELOCOST_OK) {
        return fail(status, error);
    }
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.draws = count == 3 ? strtoull(arguments[2], NULL, 10) : 0; /* 0: as many as are usual */
    options.progress = tell;
    options.user = &tenths;
    status = relocost_simulate(scenario, &options, &simulation, &error);
    if (status == RELOCOST_OK) {
        status = relocost_scenario_table(scenario, RELOCOST_TABLE_PATHWAYS, &pathways);
    }
    relocost_scenario_free(scenario);
    if (status != RELOCOST_OK || relocost_table_rows(pathways, &rows) != RELOCOST_OK ||
        relocost_simulation_text(simulation, RELOCOST_FIGURE_CURRENCY, currency, sizeof currency, NULL) != RELOCOST_OK) {
        relocost_simulation_free(simulation);
        relocost_table_free(pathways);
        return fail(status, error);
    }
    for (size_t row = 0; row < rows; row++) {
        relocost_text name;
        relocost_statistics found;
        found.size = sizeof found;
        if (relocost_table_text(pathways, row, 0, &name) == RELOCOST_OK &&
            relocost_simulation_statistics(simulation, name.data, name.length, "total", RELOCOST_ZERO_ENDED, &found) ==
                RELOCOST_OK) {
            printf("%-12s mean %.0f, P80 %.0f (+/- %.0f), mean of the worst 5 %% %.0f %s\n", name.data, found.mean,
                   found.p80, 2 * found.se_p80, found.expected_shortfall_95, currency);
        }
    }
    relocost_table_free(pathways);
    relocost_simulation_free(simulation);
    return 0;
}
