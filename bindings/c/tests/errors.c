/* Wrong input is answered with a status, and said in an error object. */
#include "check.h"

static relocost_finding only(relocost_error *error) {
    size_t count = 0;
    relocost_finding finding;
    CHECK(error != NULL);
    OK(relocost_error_count(error, &count));
    CHECK(count == 1);
    OK(relocost_error_finding(error, 0, &finding));
    return finding;
}

static void findings(void) {
    relocost_scenario *scenario = (relocost_scenario *)&scenario;
    relocost_error *error = NULL;
    size_t count = 0, more = 9, required = 0;
    relocost_finding finding;
    char buffer[16384];

    /* All at once: the first is the status. */
    IS(relocost_scenario_from_text(TEXT("schema = 1\nstart = \"2026-13\"\n"), NULL, &scenario, &error),
       RELOCOST_MISSING_KEY);
    CHECK(scenario == NULL && error != NULL);
    OK(relocost_error_count(error, &count));
    CHECK(count > 1);
    OK(relocost_error_more(error, &more));
    CHECK(more == 0);
    OK(relocost_error_finding(error, 0, &finding));
    CHECK(finding.number == RELOCOST_MISSING_KEY && strcmp(finding.name.data, "missing_key") == 0);
    size_t at = 0;
    do {
        OK(relocost_error_finding(error, at++, &finding));
    } while (strcmp(finding.key.data, "start") != 0);
    CHECK(finding.number >= 2000 && finding.number < 3000 && finding.line == 2 && finding.column == 9);
    CHECK(strlen(finding.name.data) == finding.name.length);
    CHECK(strcmp(finding.key.data, "start") == 0);
    CHECK(strcmp(finding.file.data, "scenario") == 0);
    CHECK(strstr(finding.message.data, "2026-13") != NULL);
    IS(relocost_error_finding(error, count, &finding), RELOCOST_NO_SUCH_PLACE);
    IS(relocost_error_finding(error, (size_t)-1, &finding), RELOCOST_NO_SUCH_PLACE);
    IS(relocost_error_text(error, buffer, 3, &required), RELOCOST_SHORT_BUFFER);
    CHECK(required > 20 && required <= sizeof buffer);
    OK(relocost_error_text(error, buffer, sizeof buffer, NULL));
    CHECK(strstr(buffer, "scenario:2:9: start: ") != NULL);
    CHECK(strstr(buffer, "expected a month") != NULL);

    /* The same in French, and both in JSON. */
    OK(relocost_error_write(error, RELOCOST_TEXT_FR, buffer, sizeof buffer, NULL));
    CHECK(strstr(buffer, "attendu : un mois") != NULL && strstr(buffer, "expected") == NULL);
    OK(relocost_error_write(error, RELOCOST_JSON, buffer, sizeof buffer, NULL));
    CHECK(strstr(buffer, "\"message\"") != NULL && strstr(buffer, "\"message_fr\"") != NULL);
    IS(relocost_error_write(error, RELOCOST_CSV, buffer, sizeof buffer, NULL), RELOCOST_UNKNOWN_CHOICE);
    relocost_error_free(error);

    /* A call that succeeds leaves no error. */
    OK(relocost_scenario_from_text(TEXT(FAMILY), NULL, &scenario, &error));
    CHECK(error == NULL);

    /* Nothing of a household, no title, no path. */
    IS(relocost_scenario_from_file(TEXT("/nowhere/of-a-witness/none.toml"), NULL, &(relocost_scenario *){NULL}, &error),
       RELOCOST_UNREADABLE);
    OK(relocost_error_text(error, buffer, sizeof buffer, NULL));
    CHECK(strstr(buffer, "witness") == NULL && strstr(buffer, "none.toml") != NULL);
    relocost_error_free(error);

    /* Errors that the question finds. */
    relocost_result *result = NULL;
    IS(relocost_ledger(scenario, TEXT("nowhere"), NULL, &result, &error), RELOCOST_UNKNOWN_PATHWAY);
    CHECK(result == NULL && only(error).number == RELOCOST_UNKNOWN_PATHWAY);
    relocost_error_free(error);
    IS(relocost_scenario_with(scenario, TEXT("lines.none.amount"), TEXT("1"), &(relocost_scenario *){NULL}, NULL),
       RELOCOST_UNKNOWN_NAME);
    IS(relocost_scenario_with(scenario, TEXT("lines.rent.amount"), TEXT("1e9"), &(relocost_scenario *){NULL}, NULL),
       RELOCOST_BAD_DECIMAL);
    relocost_scenario_free(scenario);
    CHECK(strcmp(relocost_status_name(RELOCOST_WRONG_HANDLE), "wrong_handle") == 0);
    CHECK(strcmp(relocost_status_name(7), "unknown") == 0);
}

static void nulls(void) {
    relocost_scenario *scenario = family();
    relocost_result *result = NULL;
    relocost_table *table = NULL;
    relocost_error *error = NULL;
    size_t number = 0;
    relocost_finding finding;
    relocost_money money;
    char buffer[8];

    IS(relocost_compare(NULL, NULL, &result, &error), RELOCOST_NULL_POINTER);
    finding = only(error);
    CHECK(finding.number == RELOCOST_NULL_POINTER && strcmp(finding.key.data, "scenario") == 0);
    CHECK(finding.file.data == NULL && finding.line == 0);
    relocost_error_free(error);
    IS(relocost_compare(scenario, NULL, NULL, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_scenario_from_text(NULL, 4, NULL, &(relocost_scenario *){NULL}, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_scenario_from_text(TEXT(FAMILY), NULL, NULL, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_scenario_from_file(NULL, 0, NULL, &(relocost_scenario *){NULL}, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_compare_text(NULL, 0, RELOCOST_JSON, buffer, sizeof buffer, NULL, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_scenario_with(scenario, NULL, 0, TEXT("1"), &(relocost_scenario *){NULL}, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_scenario_warnings(scenario, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_calibrate(scenario, TEXT("0.6"), NULL, 3, NULL, &result, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_diff(scenario, NULL, NULL, &result, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_explain(NULL, NULL, &result, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_estimate(NULL, 0, NULL, &result, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_caseload_text(scenario, NULL, 0, NULL, &result, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_result_money(NULL, RELOCOST_FIGURE_EXTRA, &money), RELOCOST_NULL_POINTER);
    IS(relocost_result_table(NULL, RELOCOST_TABLE_ENTRIES, &table), RELOCOST_NULL_POINTER);
    IS(relocost_table_rows(NULL, &number), RELOCOST_NULL_POINTER);
    IS(relocost_error_count(NULL, &number), RELOCOST_NULL_POINTER);
    OK(relocost_compare(scenario, NULL, &result, NULL));
    IS(relocost_result_money(result, RELOCOST_FIGURE_EXTRA, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_result_scenario(result, NULL, NULL), RELOCOST_NULL_POINTER);
    OK(relocost_result_table(result, RELOCOST_TABLE_BY_CATEGORY, &table));
    IS(relocost_table_find(table, NULL, 0, &number), RELOCOST_NULL_POINTER);
    IS(relocost_table_find(table, TEXT("extra"), NULL), RELOCOST_NULL_POINTER);
    IS(relocost_table_rows(table, NULL), RELOCOST_NULL_POINTER);
    relocost_table_free(table);
    relocost_result_free(result);
    relocost_scenario_free(scenario);
    relocost_scenario_free(NULL);
    relocost_result_free(NULL);
    relocost_table_free(NULL);
    relocost_error_free(NULL);
}

static void wrong_handles(void) {
    relocost_scenario *scenario = family();
    relocost_result *result = NULL;
    relocost_table *table = NULL;
    relocost_error *warnings = NULL;
    relocost_result *again = NULL;
    size_t number = 0;
    relocost_money money;
    uint64_t no_handle[4] = {1, 2, 3, 4};

    OK(relocost_compare(scenario, NULL, &result, NULL));
    OK(relocost_result_table(result, RELOCOST_TABLE_ATTRIBUTION, &table));
    OK(relocost_scenario_warnings(scenario, &warnings));
    IS(relocost_compare((relocost_scenario *)result, NULL, &(relocost_result *){NULL}, NULL), RELOCOST_WRONG_HANDLE);
    IS(relocost_compare((relocost_scenario *)no_handle, NULL, &(relocost_result *){NULL}, NULL), RELOCOST_WRONG_HANDLE);
    IS(relocost_compare((relocost_scenario *)((char *)scenario + 1), NULL, &(relocost_result *){NULL}, NULL),
       RELOCOST_WRONG_HANDLE);
    IS(relocost_result_money((relocost_result *)table, RELOCOST_FIGURE_EXTRA, &money), RELOCOST_WRONG_HANDLE);
    IS(relocost_table_rows((relocost_table *)warnings, &number), RELOCOST_WRONG_HANDLE);
    IS(relocost_error_count((relocost_error *)scenario, &number), RELOCOST_WRONG_HANDLE);
    /* Freed as another kind, it is not freed: the functions of its own kind still take it. */
    relocost_result_free((relocost_result *)scenario);
    relocost_scenario_free((relocost_scenario *)warnings);
    OK(relocost_compare(scenario, NULL, &again, NULL));
    OK(relocost_error_count(warnings, &number));
    relocost_result_free(again);
    relocost_error_free(warnings);
    relocost_table_free(table);
    relocost_scenario_free(scenario);
    relocost_result_free(result);
}

/* Whatever is wrong, a program that looks at the handle alone finds none. */
static void no_handle_after_failure(void) {
    relocost_scenario *scenario = family(), *changed = scenario;
    char odd[2 * sizeof(void *)];
    IS(relocost_scenario_with(scenario, TEXT("lines.rent.amount"), TEXT("1"), &changed, (relocost_error **)(odd + 1)),
       RELOCOST_MISALIGNED);
    CHECK(changed == NULL);
    relocost_scenario_free(scenario);
}

static void lengths(void) {
    relocost_scenario *scenario = family();
    relocost_scenario *out = NULL;
    relocost_result *result = NULL;
    relocost_error *error = NULL;
    relocost_text many[1];

    /* Longer than a file may be: said without a look at the memory, which is not there. */
    IS(relocost_scenario_from_text(FAMILY, (size_t)1 << 40, NULL, &out, &error), RELOCOST_TOO_LARGE);
    relocost_error_free(error);
    IS(relocost_scenario_from_text(FAMILY, SIZE_MAX - 1, NULL, &out, NULL), RELOCOST_TOO_LARGE);
    IS(relocost_caseload_text(scenario, "reference", SIZE_MAX - 1, NULL, &result, NULL), RELOCOST_WRONG_LENGTH);
    IS(relocost_scenario_with(scenario, "x", SIZE_MAX / 2, TEXT("1"), &out, NULL), RELOCOST_WRONG_LENGTH);
    IS(relocost_scenario_with(scenario, "x", 5000, TEXT("1"), &out, NULL), RELOCOST_WRONG_LENGTH);
    many[0] = text_of("rent");
    IS(relocost_calibrate(scenario, TEXT("0.6"), many, SIZE_MAX / 8, NULL, &result, NULL), RELOCOST_WRONG_LENGTH);
    many[0].length = (size_t)1 << 50;
    IS(relocost_calibrate(scenario, TEXT("0.6"), many, 1, NULL, &result, NULL), RELOCOST_WRONG_LENGTH);

    /* Shorter than the text: what is passed counts. Beyond its zero byte: zero bytes are no TOML. */
    IS(relocost_scenario_from_text(FAMILY, 0, NULL, &out, NULL), RELOCOST_MISSING_KEY);
    IS(relocost_scenario_from_text(FAMILY, 5, NULL, &out, NULL), RELOCOST_SYNTAX);
    IS(relocost_scenario_from_text(FAMILY, sizeof FAMILY, NULL, &out, NULL), RELOCOST_SYNTAX);
    IS(relocost_ledger(scenario, "permanent", 10, NULL, &result, NULL), RELOCOST_UNKNOWN_PATHWAY);
    IS(relocost_ledger(scenario, "", 0, NULL, &result, NULL), RELOCOST_UNKNOWN_PATHWAY);

    /* Not UTF-8, or a character cut in two. */
    IS(relocost_ledger(scenario, "perman\xff", 7, NULL, &result, NULL), RELOCOST_ARGUMENT_NOT_UTF8);
    IS(relocost_ledger(scenario, "\xc3\xa9", 1, NULL, &result, NULL), RELOCOST_ARGUMENT_NOT_UTF8);
    IS(relocost_scenario_from_text(TEXT("schema = 1\ntitle = \"\xe9\""), NULL, &out, &error), RELOCOST_NOT_UTF8);
    relocost_finding finding = only(error);
    CHECK(finding.line == 2 && finding.column == 10);
    relocost_error_free(error);
    IS(relocost_scenario_from_file("a\xff", 2, NULL, &out, NULL), RELOCOST_ARGUMENT_NOT_UTF8);
    IS(relocost_scenario_from_file("a\0b", 3, NULL, &out, NULL), RELOCOST_UNREADABLE);
    relocost_scenario_free(scenario);

    /* As long as a file may be, and a byte more. */
    size_t most = (size_t)4 << 20;
    char *large = malloc(most + 1);
    CHECK(large != NULL);
    memset(large, '\n', most + 1);
    IS(relocost_scenario_from_text(large, most, NULL, &out, NULL), RELOCOST_MISSING_KEY);
    IS(relocost_scenario_from_text(large, most + 1, NULL, &out, NULL), RELOCOST_TOO_LARGE);
    free(large);
}

static int never(void *user, uint64_t done, uint64_t total) {
    (void)user;
    (void)done;
    (void)total;
    return 1;
}

static void options(void) {
    relocost_scenario *scenario = family();
    relocost_result *result = NULL;
    relocost_options given = no_options();
    struct {
        relocost_options known;
        uint64_t later[4];
    } newer;

    given.size = 0;
    IS(relocost_compare(scenario, &given, &result, NULL), RELOCOST_WRONG_SIZE);
    given.size = 5000;
    IS(relocost_compare(scenario, &given, &result, NULL), RELOCOST_WRONG_SIZE);
    /* No struct of any version ends within a pointer; half of one must not be called. */
    given.size = offsetof(relocost_options, progress) + 4;
    given.progress = never;
    IS(relocost_compare(scenario, &given, &result, NULL), RELOCOST_WRONG_SIZE);
    given = no_options();
    given.basis = 7;
    IS(relocost_compare(scenario, &given, &result, NULL), RELOCOST_UNKNOWN_CHOICE);
    given.basis = RELOCOST_CONSTANT;
    OK(relocost_compare(scenario, &given, &result, NULL));
    CHECK(figure_is(result, RELOCOST_FIGURE_BASIS, "constant"));
    relocost_result_free(result);
    /* An older struct that ends before the basis: what follows is not read. */
    given.size = offsetof(relocost_options, basis);
    OK(relocost_compare(scenario, &given, &result, NULL));
    CHECK(figure_is(result, RELOCOST_FIGURE_BASIS, "nominal"));
    relocost_result_free(result);
    /* A newer one, with nothing set that this version does not know, and with something. */
    memset(&newer, 0, sizeof newer);
    newer.known.size = sizeof newer;
    OK(relocost_compare(scenario, &newer.known, &result, NULL));
    relocost_result_free(result);
    newer.later[3] = 1;
    IS(relocost_compare(scenario, &newer.known, &result, NULL), RELOCOST_WRONG_SIZE);
    given = no_options();
    given.reserved = 7;
    IS(relocost_compare(scenario, &given, &result, NULL), RELOCOST_WRONG_SIZE);
    given = no_options();
    given.alternative = text_of("nowhere");
    IS(relocost_compare(scenario, &given, &result, NULL), RELOCOST_UNKNOWN_PATHWAY);
    relocost_scenario_free(scenario);
}

int main(void) {
    findings();
    nulls();
    wrong_handles();
    no_handle_after_failure();
    lengths();
    options();
    return 0;
}
