/* Stands between the extension and the library in its tests: says when a scenario is read and how a question ends, and
 * with OVERHEAR_INTERRUPT set presses Ctrl-C, as it were, when a question begins. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <relocost.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

/* The library's own function of a name; POSIX wants the cast like this. */
static void find(void *function, const char *name) {
    *(void **)function = dlsym(RTLD_NEXT, name);
    if (*(void **)function == NULL) {
        fprintf(stderr, "overhear: the library has no %s\n", name);
        abort();
    }
}

static void begins(void) {
    if (getenv("OVERHEAR_INTERRUPT") != NULL) {
        raise(SIGINT);
    }
}

static relocost_status ends(const char *question, relocost_status status) {
    fprintf(stderr, "%s: %s\n", question, relocost_status_name(status));
    return status;
}

relocost_status relocost_scenario_from_text(const char *text, size_t length, const relocost_load_options *options,
                                            relocost_scenario **scenario, relocost_error **error) {
    relocost_status (*read)(const char *, size_t, const relocost_load_options *, relocost_scenario **, relocost_error **);
    find(&read, "relocost_scenario_from_text");
    return ends("read", read(text, length, options, scenario, error));
}

relocost_status relocost_compare(const relocost_scenario *scenario, const relocost_options *options,
                                 relocost_result **result, relocost_error **error) {
    relocost_status (*compare)(const relocost_scenario *, const relocost_options *, relocost_result **, relocost_error **);
    find(&compare, "relocost_compare");
    begins();
    return ends("compare", compare(scenario, options, result, error));
}

relocost_status relocost_ledger(const relocost_scenario *scenario, const char *pathway, size_t length,
                                const relocost_options *options, relocost_result **result, relocost_error **error) {
    relocost_status (*ledger)(const relocost_scenario *, const char *, size_t, const relocost_options *,
                              relocost_result **, relocost_error **);
    find(&ledger, "relocost_ledger");
    begins();
    return ends("ledger", ledger(scenario, pathway, length, options, result, error));
}

relocost_status relocost_programme_simulate(const relocost_programme *programme, const relocost_simulate_options *options,
                                            relocost_simulation **simulation, relocost_error **error) {
    relocost_status (*simulate)(const relocost_programme *, const relocost_simulate_options *, relocost_simulation **,
                                relocost_error **);
    find(&simulate, "relocost_programme_simulate");
    begins();
    return ends("simulate", simulate(programme, options, simulation, error));
}

relocost_status relocost_simulate(const relocost_scenario *scenario, const relocost_simulate_options *options,
                                  relocost_simulation **simulation, relocost_error **error) {
    relocost_status (*simulate)(const relocost_scenario *, const relocost_simulate_options *, relocost_simulation **,
                                relocost_error **);
    find(&simulate, "relocost_simulate");
    begins();
    return ends("simulate", simulate(scenario, options, simulation, error));
}
