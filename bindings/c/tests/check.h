/* The part that the test programs share: checks that say where they fail, and a family of four. */
#ifndef RELOCOST_TESTS_CHECK_H
#define RELOCOST_TESTS_CHECK_H

#include <relocost.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                         \
    do {                                                                         \
        if (!(condition)) {                                                      \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
            exit(1);                                                             \
        }                                                                        \
    } while (0)

#define IS(call, expected)                                                                        \
    do {                                                                                          \
        relocost_status check_status = (call);                                                    \
        if (check_status != (expected)) {                                                         \
            fprintf(stderr, "%s:%d: %s is %s\n", __FILE__, __LINE__, #call,                        \
                    relocost_status_name(check_status));                                          \
            exit(1);                                                                              \
        }                                                                                         \
    } while (0)

#define OK(call) IS(call, RELOCOST_OK)

#define FAMILY                                                                                  \
    "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\n"          \
    "[household]\nmembers = [{ age = 41 }, { age = 39 }, { age = 13 }, { age = 9 }]\n"

#define TEXT(literal) (literal), (sizeof(literal) - 1)

static inline relocost_text text_of(const char *text) {
    relocost_text of;
    of.data = text;
    of.length = strlen(text);
    return of;
}

static inline relocost_scenario *family(void) {
    relocost_scenario *scenario = NULL;
    OK(relocost_scenario_from_text(TEXT(FAMILY), NULL, &scenario, NULL));
    CHECK(scenario != NULL);
    return scenario;
}

static inline relocost_options no_options(void) {
    relocost_options options;
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    return options;
}

/* The place of a column of a table. */
static inline size_t column(const relocost_table *table, const char *name) {
    size_t place = 0;
    OK(relocost_table_find(table, name, RELOCOST_ZERO_ENDED, &place));
    return place;
}

/* True if a figure of a result is this text. */
static inline int figure_is(const relocost_result *result, uint32_t figure, const char *expected) {
    char buffer[256];
    size_t required = 0;
    OK(relocost_result_text(result, figure, buffer, sizeof buffer, &required));
    CHECK(required == strlen(buffer) + 1);
    return strcmp(buffer, expected) == 0;
}

#endif
