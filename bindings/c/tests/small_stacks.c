/* Every question on a thread with as little stack as the header says is enough, behind a page that none may touch. */
#define _GNU_SOURCE
#include "uncertain.h"
#include <pthread.h>
#include <sys/mman.h>

#ifndef STACK_KIB
#define STACK_KIB 256
#endif

#define PROGRAMME                                                                                     \
    "schema = 1\ncatalogue = \"reference\"\nprogramme = { first_fiscal_year = 2026, fiscal_years = 1 }\n" \
    "cases = [{ members = [{ age = 34 }], arrives = \"2026-01\", count = 2 }]\n"

static char buffer[1 << 22];

static void *every_question(void *nothing) {
    static const char csv[] = "reference,members\nA,34 7\nB,41\n";
    relocost_scenario *scenario = uncertain();
    relocost_scenario *wrong = NULL;
    relocost_text line = text_of("short-let");
    relocost_options options = no_options();
    relocost_simulate_options simulate = draws(2000, 1);
    relocost_result *result = NULL, *explained = NULL;
    relocost_error *error = NULL;
    relocost_programme *programme = NULL;
    relocost_document *document = NULL;
    options.threads = 1;
    OK(relocost_compare(scenario, &options, &result, NULL));
    for (uint32_t form = RELOCOST_JSON; form <= RELOCOST_HTML_FR; form++) {
        OK(relocost_result_write(result, form, buffer, sizeof buffer, NULL, NULL));
    }
    relocost_result_free(result);
    OK(relocost_ledger(scenario, TEXT("temporary"), &options, &result, NULL));
    OK(relocost_explain(result, NULL, &explained, NULL));
    relocost_result_free(explained);
    relocost_result_free(result);
    OK(relocost_delay(scenario, &options, &result, NULL));
    relocost_result_free(result);
    OK(relocost_calibrate(scenario, TEXT("0.60"), &line, 1, &options, &result, NULL));
    relocost_result_free(result);
    OK(relocost_caseload_text(scenario, TEXT(csv), &options, &result, NULL));
    OK(relocost_result_report(result, RELOCOST_HTML_FR, &document, NULL));
    relocost_document_free(document);
    OK(relocost_result_workbook(result, RELOCOST_XLSX_FR, NULL, &document, NULL));
    relocost_document_free(document);
    relocost_result_free(result);
    OK(relocost_compare_variants(scenario, &options, &result, NULL));
    relocost_result_free(result);
    OK(relocost_diff(scenario, scenario, &options, &result, NULL));
    relocost_result_free(result);
    OK(relocost_tornado(scenario, &options, &result, NULL));
    relocost_result_free(result);
    free(simulated(scenario, &simulate));
    simulate.draws = 64;
    simulate.resamples = 20;
    OK(relocost_sobol(scenario, &simulate, &result, NULL));
    relocost_result_free(result);
    OK(relocost_report(scenario, RELOCOST_HTML_EN, &simulate, &document, NULL));
    relocost_document_free(document);
    OK(relocost_workbook(scenario, RELOCOST_XLSX_FR, &options, &document, NULL));
    relocost_document_free(document);
    OK(relocost_programme_from_text(TEXT(PROGRAMME), NULL, &programme, NULL));
    OK(relocost_programme_report(programme, RELOCOST_HTML_EN, &simulate, &document, NULL));
    relocost_document_free(document);
    OK(relocost_programme_workbook(programme, RELOCOST_XLSX_EN, NULL, &document, NULL));
    relocost_document_free(document);
    relocost_programme_free(programme);
    OK(relocost_scenario_write(scenario, RELOCOST_TOML, buffer, sizeof buffer, NULL, NULL));
    relocost_scenario_free(scenario);
    /* Nesting without an end, as TOML and as JSON. */
    for (int of = 0; of < 4; of++) {
        static const char *const opens[] = {"[", "{\"a\":", "{a=", "a."};
        size_t length = 0, one = strlen(opens[of]);
        if (of != 1) {
            length = (size_t)sprintf(buffer, "x = ");
        }
        while (length + one < 100000) {
            memcpy(buffer + length, opens[of], one);
            length += one;
        }
        CHECK(relocost_scenario_from_text(buffer, length, NULL, &wrong, &error) != RELOCOST_OK);
        CHECK(wrong == NULL && error != NULL);
        relocost_error_free(error);
    }
    return nothing;
}

int main(void) {
    size_t page = 65536, size = (size_t)STACK_KIB * 1024;
    pthread_attr_t attributes;
    pthread_t thread;
    char *stack = mmap(NULL, page + size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(stack != MAP_FAILED && mprotect(stack, page, PROT_NONE) == 0);
    CHECK(pthread_attr_init(&attributes) == 0 && pthread_attr_setstack(&attributes, stack + page, size) == 0);
    CHECK(pthread_create(&thread, &attributes, every_question, NULL) == 0 && pthread_join(thread, NULL) == 0);
    return 0;
}
