/* A family whose rent is uncertain, and its simulation as text: for tests of what a host does to the figures. */
#ifndef RELOCOST_TESTS_UNCERTAIN_H
#define RELOCOST_TESTS_UNCERTAIN_H

#include "check.h"

#define UNCERTAIN                                                                                     \
    FAMILY "[[uncertain]]\nparameter = \"lines.rent.amount\"\ndistribution = { normal = { mean = \"950\", sd = \"100\" } }\n" \
           "[[uncertain]]\nparameter = \"lines.subsistence.amount\"\n"                                \
           "distribution = { triangular = { low = \"600\", mode = \"700\", high = \"900\" } }\n"

static inline relocost_scenario *uncertain(void) {
    relocost_scenario *scenario = NULL;
    OK(relocost_scenario_from_text(TEXT(UNCERTAIN), NULL, &scenario, NULL));
    return scenario;
}

static inline relocost_simulate_options draws(uint64_t count, uint32_t threads) {
    relocost_simulate_options options;
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.draws = count;
    options.seed = 7;
    options.threads = threads;
    return options;
}

/* The JSON of a simulation, to be freed. */
static inline char *simulated(const relocost_scenario *scenario, const relocost_simulate_options *options) {
    relocost_simulation *simulation = NULL;
    size_t required = 0;
    OK(relocost_simulate(scenario, options, &simulation, NULL));
    IS(relocost_simulation_write(simulation, RELOCOST_JSON, NULL, 0, &required, NULL), RELOCOST_SHORT_BUFFER);
    char *text = malloc(required);
    CHECK(text != NULL);
    OK(relocost_simulation_write(simulation, RELOCOST_JSON, text, required, NULL, NULL));
    relocost_simulation_free(simulation);
    return text;
}

/* Households for a caseload, so many that several threads have something to do. */
static inline char *households(size_t rows) {
    char *text = malloc(rows * 16 + 64), *end = text;
    CHECK(text != NULL);
    end += sprintf(end, "reference,members\n");
    for (size_t row = 0; row < rows; row++) {
        end += sprintf(end, "R%u,%u 7\n", (unsigned)row, 20 + (unsigned)row % 45);
    }
    return text;
}

#endif
