/* A system that gives no more than so many threads: the same answers from those that it gave, or from the caller's own;
 * and what the threads are that it gives. */
#define _GNU_SOURCE
#include "uncertain.h"
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

typedef int (*create_function)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

static int given, most;

/* The library finds this one first. */
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument) {
    create_function create;
    void *found = dlsym(RTLD_NEXT, "pthread_create");
    memcpy(&create, &found, sizeof create);
    return given++ < most ? create(thread, attributes, start, argument) : EAGAIN;
}

static uint64_t before;
static int named;

/* True if a line of a thread's state begins as it must. */
static int says(const char *status, const char *key, const char *value) {
    const char *line = strstr(status, key);
    return line != NULL && strncmp(line + strlen(key), value, strlen(value)) == 0;
}

/* Looks at the threads: all others are the library's, and have blocked what is sent to the process. */
static int tell(void *user, uint64_t done, uint64_t total) {
    char own[32], path[512], status[4096];
    DIR *tasks = opendir("/proc/self/task");
    struct dirent *task;
    (void)user;
    CHECK(before <= done && done <= total);
    before = done;
    sprintf(own, "%ld", (long)getpid());
    CHECK(tasks != NULL);
    while ((task = readdir(tasks)) != NULL) {
        FILE *file;
        size_t length;
        if (task->d_name[0] == '.' || strcmp(task->d_name, own) == 0) {
            continue;
        }
        snprintf(path, sizeof path, "/proc/self/task/%s/status", task->d_name);
        file = fopen(path, "r");
        if (file == NULL) {
            continue; /* it has ended */
        }
        length = fread(status, 1, sizeof status - 1, file);
        fclose(file);
        status[length] = 0;
        if (says(status, "Name:\t", "relocost\n")) {
            unsigned long long blocked = strtoull(strstr(status, "SigBlk:\t") + 8, NULL, 16);
            if (blocked >> (SIGSEGV - 1) & 1) {
                continue; /* as it ends, the system's own code blocks everything */
            }
            CHECK((blocked >> (SIGINT - 1) & 1) && (blocked >> (SIGALRM - 1) & 1));
            named = 1;
        }
    }
    closedir(tasks);
    return 0;
}

int main(void) {
    relocost_scenario *scenario = uncertain();
    char *rows = households(300);
    char *expected = NULL;
    sigset_t mask, after;
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    for (most = 0; most < 5; most++) {
        relocost_options options = no_options();
        relocost_simulate_options simulate = draws(40000, 4);
        relocost_result *result = NULL;
        char *text;
        simulate.progress = most > 0 ? tell : NULL;
        before = 0;
        given = 0;
        text = simulated(scenario, &simulate);
        CHECK(before == (most > 0 ? 40000 : 0));
        if (expected == NULL) {
            expected = text;
        } else {
            CHECK(strcmp(text, expected) == 0);
            free(text);
        }
        options.threads = 4;
        given = 0;
        OK(relocost_caseload_text(scenario, rows, strlen(rows), &options, &result, NULL));
        /* The caller's own is one of the four, and each part of the rows asks no more once it is refused. */
        CHECK((given > most || most >= 3) && given <= most + 2);
        relocost_result_free(result);
        simulate.draws = 256;
        simulate.resamples = 20;
        simulate.progress = NULL;
        given = 0;
        OK(relocost_sobol(scenario, &simulate, &result, NULL));
        relocost_result_free(result);
    }
    CHECK(named);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    CHECK(memcmp(&mask, &after, sizeof mask) == 0);
    free(expected);
    free(rows);
    relocost_scenario_free(scenario);
    return 0;
}
