/* Long questions are followed, and cancelled. */
#include "check.h"

struct told {
    uint64_t times, done, total, stop_after;
    const relocost_scenario *ask;
};

static int tell(void *user, uint64_t done, uint64_t total) {
    struct told *told = user;
    CHECK(done >= told->done && (total == 0 || done <= total));
    told->times++;
    told->done = done;
    told->total = total;
    if (told->ask != NULL) {
        /* It may call the library, whose question is told to nobody. */
        relocost_result *result = NULL;
        OK(relocost_ledger(told->ask, TEXT("permanent"), NULL, &result, NULL));
        relocost_result_free(result);
        told->ask = NULL;
    }
    return told->stop_after != 0 && told->times >= told->stop_after;
}

int main(void) {
    relocost_scenario *scenario = family();
    relocost_result *result = NULL, *explained = NULL;
    relocost_error *error = NULL;
    struct told told = {0, 0, 0, 0, NULL};
    relocost_options options = no_options();
    options.progress = tell;
    options.user = &told;

    told.ask = scenario;
    OK(relocost_compare(scenario, &options, &result, NULL));
    CHECK(told.times > 1 && told.total > 0);
    relocost_result_free(result);

    memset(&told, 0, sizeof told);
    /* A ledger is traced after its question: nobody is told, and the user data is not touched. */
    OK(relocost_ledger(scenario, TEXT("temporary"), &options, &result, NULL));
    uint64_t times = told.times;
    OK(relocost_explain(result, NULL, &explained, NULL));
    CHECK(told.times == times);
    relocost_result_free(explained);
    relocost_result_free(result);

    memset(&told, 0, sizeof told);
    told.stop_after = 2;
    IS(relocost_delay(scenario, &options, &result, &error), RELOCOST_INTERRUPTED);
    CHECK(result == NULL && told.times == 2);
    relocost_error_free(error);
    static char rows[20000];
    strcpy(rows, "reference,members\n");
    for (int row = 0; row < 500; row++) {
        sprintf(rows + strlen(rows), "H%d,41 39 13 9\n", row);
    }
    memset(&told, 0, sizeof told);
    told.stop_after = 1;
    IS(relocost_caseload_text(scenario, rows, strlen(rows), &options, &result, NULL), RELOCOST_INTERRUPTED);
    relocost_scenario_free(scenario);
    return 0;
}
