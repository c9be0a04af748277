/* What may be published of a caseload and of a programme: forms and tables, earlier publications, and what goes wrong. */
#include "check.h"

#define PROGRAMME                                                                                     \
    "schema = 1\ncatalogue = \"reference\"\nprogramme = { first_fiscal_year = 2026, fiscal_years = 2 }\n" \
    "cases = [{ members = [{ age = 34 }], arrives = \"2026-01\", count = 6 },\n"                        \
    "  { members = [{ age = 41 }, { age = 9 }], arrives = \"2026-02\", count = 4 }]\n"
#define HOUSEHOLDS "reference,count,members\nHH-41,5,34\nHH-42,4,41 38 14\n"
#define ONE_MORE HOUSEHOLDS "HH-43,1,29\n"
#define LONG                                                                                    \
    "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-01\"\nhorizon_months = 600\n"         \
    "[household]\nmembers = [{ age = 41 }]\n"

static relocost_publish_options asked(void) {
    relocost_publish_options options;
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    return options;
}

/* A result in a form, to be freed. */
static char *written(const relocost_result *result, uint32_t form) {
    size_t required = 0;
    IS(relocost_result_write(result, form, NULL, 0, &required, NULL), RELOCOST_SHORT_BUFFER);
    char *text = malloc(required);
    CHECK(text != NULL);
    OK(relocost_result_write(result, form, text, required, NULL, NULL));
    return text;
}

/* Nothing of it is internal, and nothing names a household. */
static void is_public(const relocost_result *publication) {
    static const uint32_t FORMS[] = {RELOCOST_JSON,    RELOCOST_CSV,     RELOCOST_CSV_FR, RELOCOST_TEXT_EN,
                                     RELOCOST_TEXT_FR, RELOCOST_HTML_EN, RELOCOST_HTML_FR};
    char head[4096];
    relocost_table *table = NULL;
    relocost_scenario *scenario = NULL;
    relocost_document *document = NULL;
    size_t required = 0;
    for (size_t at = 0; at < sizeof FORMS / sizeof *FORMS; at++) {
        char *text = written(publication, FORMS[at]);
        CHECK(strstr(text, "nternal:") == NULL && strstr(text, "nterne :") == NULL && strstr(text, "HH-4") == NULL);
        CHECK(FORMS[at] != RELOCOST_JSON || strstr(text, "\"internal\":false") != NULL);
        free(text);
    }
    for (uint32_t which = RELOCOST_TABLE_PUBLISHED; which <= RELOCOST_TABLE_AUDIT; which++) {
        OK(relocost_result_table(publication, which, &table));
        OK(relocost_table_head(table, head, sizeof head, NULL));
        CHECK(strstr(head, "\"internal\":false") != NULL);
        relocost_table_free(table);
    }
    CHECK(figure_is(publication, RELOCOST_FIGURE_CURRENCY, "EUR"));
    IS(relocost_result_scenario(publication, &scenario, NULL), RELOCOST_NOT_OF_THIS_RESULT);
    IS(relocost_result_report(publication, RELOCOST_HTML_EN, &document, NULL), RELOCOST_NOT_OF_THIS_RESULT);
    IS(relocost_result_write(publication, RELOCOST_XLSX_EN, NULL, 0, &required, NULL), RELOCOST_UNKNOWN_CHOICE);
    IS(relocost_result_table(publication, RELOCOST_TABLE_HOUSEHOLDS, &table), RELOCOST_NOT_OF_THIS_RESULT);
}

/* The number of cases of the first row, which is the total. */
static int64_t cases(const relocost_result *publication) {
    relocost_table *table = NULL;
    int64_t count = 0;
    OK(relocost_result_table(publication, RELOCOST_TABLE_PUBLISHED, &table));
    OK(relocost_table_integer(table, 0, column(table, "cases"), &count));
    relocost_table_free(table);
    return count;
}

static void of_caseload(void) {
    relocost_scenario *scenario = family();
    relocost_result *publication = NULL, *again = NULL;
    relocost_publish_options options = asked();
    relocost_text tables[2], before;
    OK(relocost_publish_text(scenario, TEXT(HOUSEHOLDS), NULL, &publication, NULL));
    is_public(publication);
    CHECK(cases(publication) == 9);
    CHECK(figure_is(publication, RELOCOST_FIGURE_BASE, "permanent"));
    /* What is left out is what is usual. */
    options.threshold = 3;
    options.threads = 1;
    options.base = text_of("permanent");
    OK(relocost_publish_text(scenario, TEXT(HOUSEHOLDS), &options, &again, NULL));
    char *text = written(publication, RELOCOST_JSON), *other = written(again, RELOCOST_JSON);
    CHECK(strcmp(text, other) == 0);
    free(other);
    relocost_result_free(again);
    relocost_result_free(publication);

    /* Tables of one's own, beside what was published before. */
    tables[0] = text_of("size");
    tables[1] = text_of("fiscal_year,category");
    options = asked();
    options.tables = tables;
    options.table_count = 2;
    before = text_of(text);
    options.beside = &before;
    options.beside_count = 1;
    OK(relocost_publish_text(scenario, TEXT(HOUSEHOLDS), &options, &publication, NULL));
    is_public(publication);
    other = written(publication, RELOCOST_JSON);
    CHECK(strstr(other, "\"tables\":[[\"size\"],[\"fiscal_year\",\"category\"]]") != NULL);
    CHECK(strstr(other, "\"jointly\":1") != NULL);
    free(other);
    relocost_result_free(publication);
    /* The difference of two publications may be one household. */
    IS(relocost_publish_text(scenario, TEXT(ONE_MORE), &options, &publication, NULL), RELOCOST_DISCLOSURE);
    free(text);
    before = text_of("{\"schema\": 1}");
    IS(relocost_publish_text(scenario, TEXT(HOUSEHOLDS), &options, &publication, NULL), RELOCOST_WRONG_KIND);
    CHECK(publication == NULL);
    relocost_scenario_free(scenario);
}

static void of_programme(void) {
    relocost_programme *programme = NULL;
    relocost_result *publication = NULL;
    relocost_publish_options options = asked();
    OK(relocost_programme_from_text(TEXT(PROGRAMME), NULL, &programme, NULL));
    OK(relocost_programme_publish(programme, NULL, &publication, NULL));
    is_public(publication);
    CHECK(cases(publication) == 10);
    relocost_result_free(publication);
    options.threshold = 11;
    IS(relocost_programme_publish(programme, &options, &publication, NULL), RELOCOST_DISCLOSURE);
    relocost_programme_free(programme);
}

static int stop(void *user, uint64_t done, uint64_t total) {
    (void)user, (void)done, (void)total;
    return 1;
}

/* A table of names for which `expected` is the answer. */
static void table_is(const relocost_scenario *scenario, const char *names, relocost_status expected) {
    static const char csv[] = HOUSEHOLDS "HH-44,3,58 55\nHH-45,3,36 34 8 3\nHH-46,3,39 35 10 6 2\nHH-47,3,42 39 13 9 5 1\n";
    char buffer[512];
    relocost_publish_options options = asked();
    relocost_text table = text_of(names);
    relocost_result *publication = NULL;
    relocost_error *error = NULL;
    options.tables = &table;
    options.table_count = 1;
    IS(relocost_publish_text(scenario, TEXT(csv), &options, &publication, &error), expected);
    OK(relocost_error_text(error, buffer, sizeof buffer, NULL));
    CHECK(strstr(buffer, "tables: ") != NULL);
    relocost_error_free(error);
}

static void wrong(void) {
    relocost_scenario *scenario = family(), *longer = NULL;
    relocost_programme *programme = NULL;
    relocost_result *publication = NULL;
    relocost_publish_options options = asked();
    OK(relocost_programme_from_text(TEXT(PROGRAMME), NULL, &programme, NULL));
    OK(relocost_scenario_from_text(TEXT(LONG), NULL, &longer, NULL));
    for (options.threshold = 1; options.threshold < 3; options.threshold++) {
        IS(relocost_publish_text(scenario, TEXT(HOUSEHOLDS), &options, &publication, NULL), RELOCOST_OUT_OF_RANGE);
        IS(relocost_programme_publish(programme, &options, &publication, NULL), RELOCOST_OUT_OF_RANGE);
    }
    IS(relocost_publish_text(scenario, TEXT("reference,members\nHH-41,34\n"), NULL, &publication, NULL), RELOCOST_DISCLOSURE);
    table_is(scenario, "place", RELOCOST_OUT_OF_RANGE);
    table_is(scenario, "size,size", RELOCOST_OUT_OF_RANGE);
    table_is(scenario, "", RELOCOST_OUT_OF_RANGE);
    table_is(scenario, "fiscal_year,category,fund,size", RELOCOST_OUT_OF_RANGE);
    table_is(longer, "fiscal_year,category,size", RELOCOST_TOO_MANY);

    options = asked();
    options.alternative = text_of("nowhere");
    IS(relocost_publish_text(scenario, TEXT(HOUSEHOLDS), &options, &publication, NULL), RELOCOST_UNKNOWN_PATHWAY);
    options = asked();
    options.basis = 7;
    IS(relocost_publish_text(scenario, TEXT(HOUSEHOLDS), &options, &publication, NULL), RELOCOST_UNKNOWN_CHOICE);
    options = asked();
    options.table_count = 1;
    IS(relocost_publish_text(scenario, TEXT(HOUSEHOLDS), &options, &publication, NULL), RELOCOST_NULL_POINTER);
    options = asked();
    options.beside_count = 1;
    IS(relocost_programme_publish(programme, &options, &publication, NULL), RELOCOST_NULL_POINTER);
    options = asked();
    options.progress = stop;
    IS(relocost_publish_text(scenario, TEXT(HOUSEHOLDS), &options, &publication, NULL), RELOCOST_INTERRUPTED);
    IS(relocost_programme_publish(programme, &options, &publication, NULL), RELOCOST_INTERRUPTED);
    options.size = 3;
    IS(relocost_programme_publish(programme, &options, &publication, NULL), RELOCOST_WRONG_SIZE);
    IS(relocost_programme_publish((relocost_programme *)scenario, NULL, &publication, NULL), RELOCOST_WRONG_HANDLE);
    IS(relocost_programme_publish(NULL, NULL, &publication, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_programme_publish(programme, NULL, NULL, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_publish_text(NULL, TEXT(HOUSEHOLDS), NULL, &publication, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_publish_text(scenario, NULL, 0, NULL, &publication, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_publish_text(scenario, TEXT("reference\nA\n"), NULL, &publication, NULL), RELOCOST_MISSING_KEY);
    IS(relocost_publish_file(scenario, TEXT("no-such.csv"), NULL, &publication, NULL), RELOCOST_UNREADABLE);
    CHECK(publication == NULL);
    relocost_programme_free(programme);
    relocost_scenario_free(longer);
    relocost_scenario_free(scenario);
}

int main(void) {
    of_caseload();
    of_programme();
    wrong();
    return 0;
}
