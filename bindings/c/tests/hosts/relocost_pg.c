/* Functions of a PostgreSQL server: money as numeric, errors with their places, cancellation heard. */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include <relocost.h>

PG_MODULE_MAGIC;

static void free_scenario(void *it) { relocost_scenario_free(it); }
static void free_result(void *it) { relocost_result_free(it); }
static void free_simulation(void *it) { relocost_simulation_free(it); }

/* Freed with the context of the call, also where an error jumps out of it. */
static void own(void (*free_it)(void *), void *it) {
    MemoryContextCallback *callback = MemoryContextAllocZero(CurrentMemoryContext, sizeof *callback);
    callback->func = free_it;
    callback->arg = it;
    MemoryContextRegisterResetCallback(CurrentMemoryContext, callback);
}

static void must(relocost_status status, relocost_error *error) {
    char text[4096] = "";
    if (status == RELOCOST_OK) {
        return;
    }
    if (error != NULL) {
        relocost_error_text(error, text, sizeof text, NULL);
        relocost_error_free(error);
    }
    if (status == RELOCOST_INTERRUPTED) {
        CHECK_FOR_INTERRUPTS();
    }
    ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("relocost: %s", relocost_status_name(status)),
                    text[0] != 0 ? errdetail_internal("%s", text) : 0));
}

static int progress(void *user, uint64_t done, uint64_t total) { return QueryCancelPending || ProcDiePending; }

/* A path, which begins with a slash, or a text. */
static relocost_scenario *scenario_of(text *given) {
    relocost_scenario *scenario = NULL;
    relocost_error *error = NULL;
    char *data = VARDATA_ANY(given);
    size_t length = VARSIZE_ANY_EXHDR(given);
    must(length > 0 && data[0] == '/' ? relocost_scenario_from_file(data, length, NULL, &scenario, &error)
                                      : relocost_scenario_from_text(data, length, NULL, &scenario, &error),
         error);
    own(free_scenario, scenario);
    return scenario;
}

static relocost_text of(text *given) {
    relocost_text it;
    it.data = VARDATA_ANY(given);
    it.length = VARSIZE_ANY_EXHDR(given);
    return it;
}

static Datum figure(FunctionCallInfo fcinfo, relocost_result *result, uint32_t which) {
    char buffer[128];
    relocost_status status;
    own(free_result, result);
    status = relocost_result_text(result, which, buffer, sizeof buffer, NULL);
    if (status == RELOCOST_NO_VALUE) {
        PG_RETURN_NULL();
    }
    must(status, NULL);
    PG_RETURN_DATUM(DirectFunctionCall3(numeric_in, CStringGetDatum(buffer), 0, Int32GetDatum(-1)));
}

/* scenario, base, alternative, figure */
PG_FUNCTION_INFO_V1(relocost_figure);
Datum relocost_figure(PG_FUNCTION_ARGS) {
    relocost_options options = {0};
    relocost_result *result = NULL;
    relocost_error *error = NULL;
    options.size = sizeof options;
    options.base = of(PG_GETARG_TEXT_PP(1));
    options.alternative = of(PG_GETARG_TEXT_PP(2));
    options.progress = progress;
    must(relocost_compare(scenario_of(PG_GETARG_TEXT_PP(0)), &options, &result, &error), error);
    return figure(fcinfo, result, (uint32_t)PG_GETARG_INT32(3));
}

/* scenario, pathway */
PG_FUNCTION_INFO_V1(relocost_total);
Datum relocost_total(PG_FUNCTION_ARGS) {
    relocost_text pathway = of(PG_GETARG_TEXT_PP(1));
    relocost_result *result = NULL;
    relocost_error *error = NULL;
    must(relocost_ledger(scenario_of(PG_GETARG_TEXT_PP(0)), pathway.data, pathway.length, NULL, &result, &error), error);
    return figure(fcinfo, result, RELOCOST_FIGURE_TOTAL);
}

/* scenario, pathway, share, draws, threads */
PG_FUNCTION_INFO_V1(relocost_reserve);
Datum relocost_reserve(PG_FUNCTION_ARGS) {
    relocost_simulate_options options = {0};
    relocost_text pathway = of(PG_GETARG_TEXT_PP(1));
    relocost_simulation *simulation = NULL;
    relocost_error *error = NULL;
    double value = 0;
    options.size = sizeof options;
    options.draws = (uint64_t)PG_GETARG_INT64(3);
    options.seed = 7;
    options.threads = (uint32_t)PG_GETARG_INT32(4);
    options.progress = progress;
    must(relocost_simulate(scenario_of(PG_GETARG_TEXT_PP(0)), &options, &simulation, &error), error);
    own(free_simulation, simulation);
    must(relocost_simulation_quantile(simulation, pathway.data, pathway.length, "total", 5, PG_GETARG_FLOAT8(2), &value),
         NULL);
    PG_RETURN_FLOAT8(value);
}
