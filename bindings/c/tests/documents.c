/* Reports and workbooks: the bytes of each form, the same for the same question, and what goes wrong. */
#include "uncertain.h"

#define PROGRAMME                                                                                     \
    "schema = 1\ncatalogue = \"reference\"\nprogramme = { first_fiscal_year = 2026, fiscal_years = 1 }\n" \
    "cases = [{ members = [{ age = 34 }], arrives = \"2026-01\", count = 2 }]\n"                        \
    "arrivals = [{ members = [{ age = 9 }], per_year = 2 }]\n"
#define HOUSEHOLDS "reference,members\nHH-41,34 6\nHH-42,51\n"

/* The bytes of a document, which is freed only at the end: two may be looked at together. */
static relocost_text bytes_of(const relocost_document *document) {
    relocost_text bytes = {NULL, 0};
    OK(relocost_document_bytes(document, &bytes));
    CHECK(bytes.data != NULL && bytes.data[bytes.length] == '\0');
    return bytes;
}

static int same(const relocost_document *one, const relocost_document *other) {
    relocost_text first = bytes_of(one), second = bytes_of(other);
    return first.length == second.length && memcmp(first.data, second.data, first.length) == 0;
}

/* A page in its language that says that it is internal. */
static void is_page(const relocost_document *document, const char *language) {
    char head[64];
    relocost_text bytes = bytes_of(document);
    sprintf(head, "<!DOCTYPE html>\n<html lang=\"%s\">", language);
    CHECK(strlen(bytes.data) == bytes.length && strncmp(bytes.data, head, strlen(head)) == 0);
    CHECK(strstr(bytes.data, strcmp(language, "fr") == 0 ? "nterne" : "nternal") != NULL);
    CHECK(strstr(bytes.data, "<svg") != NULL);
}

/* An archive, as every workbook and every Word document is. */
static void is_archive(const relocost_document *document) {
    relocost_text bytes = bytes_of(document);
    CHECK(bytes.length > 3000 && memcmp(bytes.data, "PK", 2) == 0);
}

static int stop(void *user, uint64_t done, uint64_t total) {
    (void)done;
    (void)total;
    return *(int *)user;
}

static void of_scenario(void) {
    relocost_scenario *scenario = uncertain();
    relocost_document *english = NULL, *french = NULL, *again = NULL;
    relocost_simulate_options options = draws(50, 1);
    OK(relocost_report(scenario, RELOCOST_HTML_EN, &options, &english, NULL));
    OK(relocost_report(scenario, RELOCOST_HTML_FR, &options, &french, NULL));
    is_page(english, "en");
    is_page(french, "fr");
    options.threads = 2;
    OK(relocost_report(scenario, RELOCOST_HTML_EN, &options, &again, NULL));
    CHECK(same(english, again));
    relocost_document_free(again);
    /* Each option counts. */
    for (int which = 0; which < 4; which++) {
        options = draws(which == 0 ? 51 : 50, 1);
        options.seed += which == 1;
        options.basis = which == 2 ? RELOCOST_CONSTANT : RELOCOST_NOMINAL;
        if (which == 3) {
            options.base = text_of("temporary");
            options.alternative = text_of("permanent");
        }
        OK(relocost_report(scenario, RELOCOST_HTML_EN, &options, &again, NULL));
        CHECK(!same(english, again));
        relocost_document_free(again);
    }
    relocost_document_free(french);
    /* It stands by itself. */
    relocost_scenario_free(scenario);
    is_page(english, "en");
    relocost_document_free(english);

    /* As a Word document: once, since valgrind takes seconds for each picture. */
    scenario = family();
    OK(relocost_report(scenario, RELOCOST_DOCX_EN, &options, &english, NULL));
    is_archive(english);
    relocost_document_free(english);

    /* What is left out is what the command leaves out. */
    options = draws(10000, 0);
    options.seed = 0;
    OK(relocost_report(scenario, RELOCOST_HTML_EN, NULL, &english, NULL));
    OK(relocost_report(scenario, RELOCOST_HTML_EN, &options, &again, NULL));
    CHECK(same(english, again));
    relocost_document_free(again);
    options.draws = 9999;
    OK(relocost_report(scenario, RELOCOST_HTML_EN, &options, &again, NULL));
    CHECK(!same(english, again));
    relocost_document_free(again);
    relocost_document_free(english);
    relocost_scenario_free(scenario);
}

static void of_programme(void) {
    relocost_programme *programme = NULL;
    relocost_document *english = NULL, *french = NULL, *again = NULL;
    relocost_simulate_options options = draws(50, 1);
    OK(relocost_programme_from_text(TEXT(PROGRAMME), NULL, &programme, NULL));
    OK(relocost_programme_report(programme, RELOCOST_HTML_EN, &options, &english, NULL));
    OK(relocost_programme_report(programme, RELOCOST_HTML_FR, &options, &french, NULL));
    OK(relocost_programme_report(programme, RELOCOST_HTML_EN, &options, &again, NULL));
    is_page(english, "en");
    is_page(french, "fr");
    CHECK(same(english, again) && !same(english, french));
    relocost_document_free(again);
    OK(relocost_programme_report(programme, RELOCOST_DOCX_EN, &options, &again, NULL));
    is_archive(again);
    relocost_document_free(again);
    options.seed = 8;
    OK(relocost_programme_report(programme, RELOCOST_HTML_EN, &options, &again, NULL));
    CHECK(!same(english, again));
    relocost_document_free(again);
    relocost_document_free(french);
    relocost_document_free(english);
    relocost_programme_free(programme);
}

static void of_results(void) {
    relocost_scenario *scenario = family();
    relocost_result *results[2] = {NULL, NULL}, *other = NULL;
    relocost_document *document = NULL, *french = NULL;
    relocost_payment_options paid;
    memset(&paid, 0, sizeof paid);
    paid.size = sizeof paid;
    paid.pathway = text_of("permanent");
    OK(relocost_caseload_text(scenario, TEXT(HOUSEHOLDS), NULL, &results[0], NULL));
    OK(relocost_payments_text(scenario, TEXT("month,line,amount,currency\n2026-03,rent,960,EUR\n"), &paid, &results[1], NULL));
    /* A Word document, each in its language. */
    OK(relocost_result_report(results[0], RELOCOST_DOCX_EN, &document, NULL));
    OK(relocost_result_report(results[0], RELOCOST_DOCX_FR, &french, NULL));
    is_archive(document);
    is_archive(french);
    CHECK(!same(document, french));
    relocost_document_free(french);
    relocost_document_free(document);
    for (int at = 0; at < 2; at++) {
        OK(relocost_result_report(results[at], RELOCOST_HTML_EN, &document, NULL));
        is_page(document, "en");
        relocost_document_free(document);
        OK(relocost_result_report(results[at], RELOCOST_HTML_FR, &document, NULL));
        is_page(document, "fr");
        relocost_document_free(document);
        IS(relocost_result_report(results[at], RELOCOST_XLSX_EN, &document, NULL), RELOCOST_UNKNOWN_CHOICE);
        CHECK(document == NULL);
        relocost_result_free(results[at]);
    }
    OK(relocost_compare(scenario, NULL, &other, NULL));
    IS(relocost_result_report(other, RELOCOST_HTML_EN, &document, NULL), RELOCOST_NOT_OF_THIS_RESULT);
    IS(relocost_result_report(other, RELOCOST_DOCX_EN, &document, NULL), RELOCOST_NOT_OF_THIS_RESULT);
    IS(relocost_result_report(NULL, RELOCOST_HTML_EN, &document, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_result_report((relocost_result *)scenario, RELOCOST_HTML_EN, &document, NULL), RELOCOST_WRONG_HANDLE);
    relocost_result_free(other);
    relocost_scenario_free(scenario);
}

static void workbooks(void) {
    relocost_scenario *scenario = family();
    relocost_document *english = NULL, *again = NULL;
    relocost_options options = no_options();
    OK(relocost_workbook(scenario, RELOCOST_XLSX_EN, NULL, &english, NULL));
    CHECK(bytes_of(english).length > 10000 && memcmp(bytes_of(english).data, "PK", 2) == 0);
    OK(relocost_workbook(scenario, RELOCOST_XLSX_EN, &options, &again, NULL));
    CHECK(same(english, again));
    relocost_document_free(again);
    for (int which = 0; which < 3; which++) {
        options = no_options();
        options.basis = which == 0 ? RELOCOST_CONSTANT : RELOCOST_NOMINAL;
        if (which == 1) {
            options.base = text_of("temporary");
            options.alternative = text_of("permanent");
        }
        OK(relocost_workbook(scenario, which == 2 ? RELOCOST_XLSX_FR : RELOCOST_XLSX_EN, &options, &again, NULL));
        CHECK(memcmp(bytes_of(again).data, "PK", 2) == 0 && !same(english, again));
        relocost_document_free(again);
    }
    relocost_document_free(english);
    relocost_scenario_free(scenario);
}

/* The workbooks of a programme, a caseload and payments; a result of another kind has none. */
static relocost_status workbook_of(int which, const void *of, uint32_t form, const relocost_options *options,
                                   relocost_document **document) {
    return which == 0 ? relocost_programme_workbook(of, form, options, document, NULL)
                      : relocost_result_workbook(of, form, options, document, NULL);
}

static void other_workbooks(void) {
    relocost_scenario *scenario = family();
    relocost_programme *programme = NULL;
    relocost_result *caseload = NULL, *payments = NULL, *other = NULL;
    relocost_document *english = NULL, *again = NULL;
    relocost_options options = no_options();
    relocost_payment_options paid;
    int answer = 1;
    memset(&paid, 0, sizeof paid);
    paid.size = sizeof paid;
    paid.pathway = text_of("permanent");
    OK(relocost_programme_from_text(TEXT(PROGRAMME), NULL, &programme, NULL));
    OK(relocost_caseload_text(scenario, TEXT(HOUSEHOLDS), NULL, &caseload, NULL));
    OK(relocost_payments_text(scenario, TEXT("month,line,amount,currency\n2026-03,rent,960,EUR\n"), &paid, &payments, NULL));
    const void *of[] = {programme, caseload, payments};
    for (int which = 0; which < 3; which++) {
        OK(workbook_of(which, of[which], RELOCOST_XLSX_EN, NULL, &english));
        is_archive(english);
        OK(workbook_of(which, of[which], RELOCOST_XLSX_EN, &options, &again));
        CHECK(same(english, again));
        relocost_document_free(again);
        OK(workbook_of(which, of[which], RELOCOST_XLSX_FR, &options, &again));
        CHECK(!same(english, again));
        relocost_document_free(again);
        relocost_document_free(english);
        IS(workbook_of(which, of[which], RELOCOST_HTML_EN, NULL, &again), RELOCOST_UNKNOWN_CHOICE);
        IS(workbook_of(which, NULL, RELOCOST_XLSX_EN, NULL, &again), RELOCOST_NULL_POINTER);
        IS(workbook_of(which, scenario, RELOCOST_XLSX_EN, NULL, &again), RELOCOST_WRONG_HANDLE);
    }
    options.progress = stop;
    options.user = &answer;
    IS(relocost_programme_workbook(programme, RELOCOST_XLSX_EN, &options, &again, NULL), RELOCOST_INTERRUPTED);
    options.size = 3;
    IS(relocost_result_workbook(caseload, RELOCOST_XLSX_EN, &options, &again, NULL), RELOCOST_WRONG_SIZE);
    OK(relocost_compare(scenario, NULL, &other, NULL));
    IS(relocost_result_workbook(other, RELOCOST_XLSX_EN, NULL, &again, NULL), RELOCOST_NOT_OF_THIS_RESULT);
    CHECK(again == NULL);
    relocost_result_free(other);
    relocost_result_free(payments);
    relocost_result_free(caseload);
    relocost_programme_free(programme);
    relocost_scenario_free(scenario);
}

static void wrong(void) {
    char buffer[512];
    int answer = 1;
    relocost_scenario *scenario = uncertain();
    relocost_programme *programme = NULL;
    relocost_document *document = NULL;
    relocost_error *error = NULL;
    relocost_text bytes;
    relocost_options how = no_options();
    relocost_simulate_options options = draws(50, 1);
    static const uint32_t NO_REPORT[] = {RELOCOST_JSON, RELOCOST_CSV, RELOCOST_TEXT_EN, RELOCOST_TOML, RELOCOST_XLSX_EN, 999};
    static const uint32_t NO_WORKBOOK[] = {RELOCOST_JSON, RELOCOST_CSV_FR, RELOCOST_HTML_EN, RELOCOST_DOCX_FR, 999};
    OK(relocost_programme_from_text(TEXT(PROGRAMME), NULL, &programme, NULL));

    for (size_t at = 0; at < sizeof NO_REPORT / sizeof *NO_REPORT; at++) {
        IS(relocost_report(scenario, NO_REPORT[at], &options, &document, NULL), RELOCOST_UNKNOWN_CHOICE);
        IS(relocost_programme_report(programme, NO_REPORT[at], &options, &document, NULL), RELOCOST_UNKNOWN_CHOICE);
        CHECK(document == NULL);
    }
    for (size_t at = 0; at < sizeof NO_WORKBOOK / sizeof *NO_WORKBOOK; at++) {
        IS(relocost_workbook(scenario, NO_WORKBOOK[at], NULL, &document, &error), RELOCOST_UNKNOWN_CHOICE);
        OK(relocost_error_text(error, buffer, sizeof buffer, NULL));
        CHECK(strcmp(buffer, "form: is none of the named numbers") == 0);
        relocost_error_free(error);
    }
    options.base = text_of("nowhere");
    IS(relocost_report(scenario, RELOCOST_HTML_EN, &options, &document, NULL), RELOCOST_UNKNOWN_PATHWAY);
    how.alternative = text_of("nowhere");
    IS(relocost_workbook(scenario, RELOCOST_XLSX_EN, &how, &document, NULL), RELOCOST_UNKNOWN_PATHWAY);
    how = no_options();
    how.basis = 7;
    IS(relocost_workbook(scenario, RELOCOST_XLSX_EN, &how, &document, NULL), RELOCOST_UNKNOWN_CHOICE);
    how.size = 3;
    IS(relocost_workbook(scenario, RELOCOST_XLSX_EN, &how, &document, NULL), RELOCOST_WRONG_SIZE);
    options = draws(((uint64_t)1 << 36) + 1, 1);
    IS(relocost_report(scenario, RELOCOST_HTML_EN, &options, &document, NULL), RELOCOST_OUT_OF_RANGE);
    IS(relocost_programme_report(programme, RELOCOST_HTML_EN, &options, &document, NULL), RELOCOST_OUT_OF_RANGE);
    options = draws(50, 1);
    options.basis = 7;
    IS(relocost_report(scenario, RELOCOST_HTML_EN, &options, &document, NULL), RELOCOST_UNKNOWN_CHOICE);
    options = draws(50, 1);
    options.progress = stop;
    options.user = &answer;
    IS(relocost_report(scenario, RELOCOST_HTML_EN, &options, &document, NULL), RELOCOST_INTERRUPTED);
    IS(relocost_programme_report(programme, RELOCOST_HTML_EN, &options, &document, NULL), RELOCOST_INTERRUPTED);
    CHECK(document == NULL);
    answer = 0;
    OK(relocost_report(scenario, RELOCOST_HTML_EN, &options, &document, NULL));
    relocost_document_free(document);

    IS(relocost_report(NULL, RELOCOST_HTML_EN, NULL, &document, NULL), RELOCOST_NULL_POINTER);
    CHECK(document == NULL);
    IS(relocost_report(scenario, RELOCOST_HTML_EN, NULL, NULL, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_programme_report((relocost_programme *)scenario, RELOCOST_HTML_EN, NULL, &document, NULL),
       RELOCOST_WRONG_HANDLE);
    IS(relocost_workbook((relocost_scenario *)programme, RELOCOST_XLSX_EN, NULL, &document, NULL), RELOCOST_WRONG_HANDLE);
    IS(relocost_workbook(NULL, RELOCOST_XLSX_EN, NULL, &document, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_document_bytes(NULL, &bytes), RELOCOST_NULL_POINTER);
    IS(relocost_document_bytes((relocost_document *)scenario, &bytes), RELOCOST_WRONG_HANDLE);
    OK(relocost_workbook(scenario, RELOCOST_XLSX_EN, NULL, &document, NULL));
    IS(relocost_document_bytes(document, NULL), RELOCOST_NULL_POINTER);
    /* Another kind's function leaves it as it is. */
    relocost_result_free((relocost_result *)document);
    CHECK(bytes_of(document).length > 0);
    relocost_document_free(document);
    relocost_document_free(NULL);
    relocost_programme_free(programme);
    relocost_scenario_free(scenario);
}

int main(void) {
    of_scenario();
    of_programme();
    of_results();
    workbooks();
    other_workbooks();
    wrong();
    return 0;
}
