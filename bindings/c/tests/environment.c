/* Hosts that trap floating-point exceptions or round otherwise: every question answers, with the same bits, and the host
 * finds its environment as it left it, also in its progress function. */
#define _GNU_SOURCE
#include "uncertain.h"
#include <fenv.h>

#define EVERY_TRAP (FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW | FE_UNDERFLOW | FE_INEXACT)

static int traps, rounding, raised;
static relocost_document *expected_page;
static unsigned long told;

static void is_the_hosts(void) {
    CHECK(fegetexcept() == traps);
    CHECK(fegetround() == rounding);
    CHECK(fetestexcept(FE_ALL_EXCEPT) == raised);
}

static int tell(void *user, uint64_t done, uint64_t total) {
    (void)user, (void)done, (void)total;
    told++;
    is_the_hosts();
    return 0;
}

/* A page, whose charts are drawn in floating point. */
static relocost_document *page(const relocost_scenario *scenario, uint32_t threads, relocost_progress progress) {
    relocost_simulate_options options = draws(200, threads);
    relocost_document *document = NULL;
    options.progress = progress;
    OK(relocost_report(scenario, RELOCOST_HTML_EN, &options, &document, NULL));
    return document;
}

static void is_the_page(relocost_document *document) {
    relocost_text found, expected;
    OK(relocost_document_bytes(document, &found));
    OK(relocost_document_bytes(expected_page, &expected));
    CHECK(strcmp(found.data, expected.data) == 0);
    relocost_document_free(document);
}

static void every_question(const relocost_scenario *scenario, const char *expected) {
    static const char csv[] = "reference,members\nA,34 7\nB,41\n";
    relocost_text line = text_of("short-let");
    relocost_options options = no_options();
    relocost_result *result = NULL;
    options.progress = tell;
    OK(relocost_compare(scenario, &options, &result, NULL));
    is_the_hosts();
    relocost_result_free(result);
    OK(relocost_delay(scenario, &options, &result, NULL));
    relocost_result_free(result);
    OK(relocost_calibrate(scenario, TEXT("0.60"), &line, 1, &options, &result, NULL));
    relocost_result_free(result);
    OK(relocost_tornado(scenario, &options, &result, NULL));
    relocost_result_free(result);
    is_the_page(page(scenario, 2, tell));
    is_the_hosts();
    for (uint32_t threads = 1; threads <= 3; threads++) {
        relocost_simulate_options simulate = draws(5000, threads);
        char *text = NULL;
        options.threads = threads;
        OK(relocost_caseload_text(scenario, TEXT(csv), &options, &result, NULL));
        relocost_result_free(result);
        simulate.progress = tell;
        text = simulated(scenario, &simulate);
        CHECK(strcmp(text, expected) == 0);
        free(text);
        simulate.draws = 64;
        simulate.resamples = 20;
        OK(relocost_sobol(scenario, &simulate, &result, NULL));
        relocost_result_free(result);
        is_the_hosts();
    }
}

int main(void) {
    static const int modes[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
    relocost_scenario *scenario = uncertain();
    relocost_simulate_options options = draws(5000, 1);
    char *expected = simulated(scenario, &options);
    expected_page = page(scenario, 1, NULL);
    feclearexcept(FE_ALL_EXCEPT);
    for (size_t at = 0; at < sizeof modes / sizeof *modes; at++) {
        rounding = modes[at];
        CHECK(fesetround(rounding) == 0);
        every_question(scenario, expected);
    }
    rounding = FE_TONEAREST;
    fesetround(rounding);
    traps = EVERY_TRAP;
    /* Where the processor has no traps, there is nothing to hold. */
    if (feenableexcept(traps) != -1) {
        every_question(scenario, expected);
        fedisableexcept(FE_ALL_EXCEPT);
        traps = 0;
    }
    CHECK(told > 100);
    /* What was raised before a call is raised after it, and in its progress function. */
    feclearexcept(FE_ALL_EXCEPT);
    feraiseexcept(raised = FE_DIVBYZERO);
    every_question(scenario, expected);
    free(expected);
    relocost_document_free(expected_page);
    relocost_scenario_free(scenario);
    return 0;
}
