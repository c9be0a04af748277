/* One scenario, one result and one table, used by eight threads at once. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"
#include <pthread.h>

#define THREADS 8
#ifndef ROUNDS
#define ROUNDS 20
#endif

static relocost_scenario *scenario;
static relocost_result *ledger;
static relocost_table *entries;

static void *work(void *number) {
    for (int round = 0; round < ROUNDS; round++) {
        relocost_result *result = NULL;
        relocost_scenario *changed = NULL;
        relocost_error *error = NULL;
        relocost_money money;
        char value[16];
        int64_t minor[2000];
        size_t required = 0;

        OK(relocost_compare(scenario, NULL, &result, &error));
        CHECK(figure_is(result, RELOCOST_FIGURE_PREMIUM, "0.630343604033"));
        relocost_result_free(result);
        /* Columns are made when they are first asked for, by whichever thread comes first. */
        OK(relocost_table_fill_minor(entries, column(entries, "amount"), minor, 2000, &required));
        int64_t sum = 0;
        for (size_t row = 0; row < required; row++) {
            sum += minor[row];
        }
        OK(relocost_result_money(ledger, RELOCOST_FIGURE_TOTAL, &money));
        CHECK(sum == money.minor);
        sprintf(value, "%d", 900 + *(const int *)number);
        OK(relocost_scenario_with(scenario, TEXT("lines.rent.amount"), value, strlen(value), &changed, NULL));
        relocost_scenario_free(changed);
        IS(relocost_ledger(scenario, TEXT("none"), NULL, &result, &error), RELOCOST_UNKNOWN_PATHWAY);
        relocost_error_free(error);
    }
    return NULL;
}

int main(void) {
    pthread_t threads[THREADS];
    int numbers[THREADS];
    scenario = family();
    OK(relocost_ledger(scenario, TEXT("temporary"), NULL, &ledger, NULL));
    OK(relocost_result_table(ledger, RELOCOST_TABLE_ENTRIES, &entries));
    for (int at = 0; at < THREADS; at++) {
        numbers[at] = at;
        CHECK(pthread_create(&threads[at], NULL, work, &numbers[at]) == 0);
    }
    for (int at = 0; at < THREADS; at++) {
        CHECK(pthread_join(threads[at], NULL) == 0);
    }
    relocost_table_free(entries);
    relocost_result_free(ledger);
    relocost_scenario_free(scenario);
    return 0;
}
