/* Children of a process whose other threads are in the library: each asks, on threads of its own too, and ends. */
#define _GNU_SOURCE
#include "uncertain.h"
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define FORKS 40

static relocost_scenario *scenario;
static volatile sig_atomic_t stop;

static double reserve(uint32_t threads) {
    relocost_simulate_options options = draws(4000, threads);
    relocost_simulation *simulation = NULL;
    double value = 0;
    OK(relocost_simulate(scenario, &options, &simulation, NULL));
    OK(relocost_simulation_quantile(simulation, TEXT("permanent"), TEXT("total"), 0.8, &value));
    relocost_simulation_free(simulation);
    return value;
}

static void *busy(void *nothing) {
    while (!stop) {
        reserve(2);
    }
    return nothing;
}

int main(void) {
    pthread_t threads[3];
    double expected;
    scenario = uncertain();
    expected = reserve(0);
    for (int at = 0; at < 3; at++) {
        CHECK(pthread_create(&threads[at], NULL, busy, NULL) == 0);
    }
    for (int at = 0; at < FORKS; at++) {
        int status = 0;
        pid_t child = fork();
        CHECK(child >= 0);
        if (child == 0) {
            relocost_result *result = NULL;
            relocost_scenario *own;
            alarm(60); /* a child that waits for a thread that it has not ends here */
            OK(relocost_compare(scenario, NULL, &result, NULL));
            relocost_result_free(result);
            own = uncertain();
            relocost_scenario_free(own);
            CHECK(reserve(2) == expected && reserve(1) == expected);
            if (at % 2) {
                exit(0);
            }
            _exit(0);
        }
        CHECK(waitpid(child, &status, 0) == child);
        CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    stop = 1;
    for (int at = 0; at < 3; at++) {
        CHECK(pthread_join(threads[at], NULL) == 0);
    }
    relocost_scenario_free(scenario);
    return 0;
}
