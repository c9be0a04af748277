/* Payments beside a scenario and a programme, and the prices that they imply: tables and forms, and what goes wrong. */
#include "check.h"

#define PAID                                                                                           \
    "month,line,category,amount,currency\n2026-03,rent,,918,EUR\n2026-04,rent,,936,EUR\n2026-04,,housing,25.50,EUR\n"
#define PROGRAMME                                                                                     \
    "schema = 1\ncatalogue = \"reference\"\nprogramme = { first_fiscal_year = 2026, fiscal_years = 1 }\n" \
    "cases = [{ members = [{ age = 34 }], arrives = \"2026-01\", count = 2 }]\n"

static char buffer[131072];

static const char *cell(const relocost_table *table, size_t row, const char *name) {
    OK(relocost_table_copy_text(table, row, column(table, name), buffer, sizeof buffer, NULL));
    return buffer;
}

static int64_t minor(const relocost_table *table, size_t row, const char *name) {
    relocost_money money;
    OK(relocost_table_money(table, row, column(table, name), &money));
    return money.minor;
}

/* Every form of a result: TOML only of estimates. */
static void forms(const relocost_result *result, int is_catalogue) {
    uint32_t form;
    for (form = RELOCOST_JSON; form <= RELOCOST_CSV_FR; form++) {
        relocost_status expected = form == RELOCOST_TOML && !is_catalogue ? RELOCOST_UNKNOWN_CHOICE : RELOCOST_OK;
        IS(relocost_result_write(result, form, buffer, sizeof buffer, NULL, NULL), expected);
    }
    CHECK(figure_is(result, RELOCOST_FIGURE_CURRENCY, "EUR"));
    IS(relocost_result_text(result, RELOCOST_FIGURE_EXTRA, buffer, sizeof buffer, NULL), RELOCOST_NOT_OF_THIS_RESULT);
    relocost_scenario *scenario = NULL;
    OK(relocost_result_scenario(result, &scenario, NULL));
    relocost_scenario_free(scenario);
}

/* The tables of payments: the parts of each row add up to its difference, and the rows of each table to the total. */
static void tables(const relocost_result *result) {
    static const uint32_t NUMBERS[] = {RELOCOST_TABLE_LINES, RELOCOST_TABLE_BY_CATEGORY, RELOCOST_TABLE_BY_FISCAL_YEAR,
                                       RELOCOST_TABLE_BY_FUND};
    static const char *const PARTS[] = {"exchange", "price", "volume", "timing", "not_paid", "not_planned"};
    relocost_table *whole = NULL, *table = NULL;
    OK(relocost_result_table(result, RELOCOST_TABLE_FIGURES, &whole));
    CHECK(strcmp(cell(whole, 0, "by"), "total") == 0);
    CHECK(minor(whole, 0, "forecast") == minor(whole, 0, "paid") + minor(whole, 0, "rest"));
    for (size_t at = 0; at < sizeof NUMBERS / sizeof *NUMBERS; at++) {
        size_t rows = 0;
        int64_t difference = 0, parts = 0;
        OK(relocost_result_table(result, NUMBERS[at], &table));
        OK(relocost_table_rows(table, &rows));
        for (size_t row = 0; row < rows; row++) {
            difference += minor(table, row, "difference");
            for (size_t part = 0; part < sizeof PARTS / sizeof *PARTS; part++) {
                parts += minor(table, row, PARTS[part]);
            }
        }
        CHECK(rows > 0 && difference == parts && difference == minor(whole, 0, "difference"));
        relocost_table_free(table);
    }
    relocost_table_free(whole);
    table = NULL;
    IS(relocost_result_table(result, RELOCOST_TABLE_ESTIMATES, &table), RELOCOST_NOT_OF_THIS_RESULT);
}

static int stop(void *user, uint64_t done, uint64_t total) {
    (void)done;
    (void)total;
    ++*(int *)user;
    return 1;
}

static void of_scenario(void) {
    relocost_scenario *scenario = family();
    relocost_result *payments = NULL, *result = NULL;
    relocost_table *table = NULL;
    relocost_error *error = NULL;
    relocost_payment_options options;

    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.pathway = text_of("permanent");
    OK(relocost_payments_text(scenario, TEXT(PAID), &options, &payments, &error));
    tables(payments);
    forms(payments, 0);
    CHECK(figure_is(payments, RELOCOST_FIGURE_PATHWAY, "permanent"));
    OK(relocost_result_table(payments, RELOCOST_TABLE_FIGURES, &table));
    CHECK(strcmp(cell(table, 0, "paid"), "1879.50") == 0 && strcmp(cell(table, 0, "not_planned"), "25.50") == 0);
    relocost_table_free(table);

    /* What they imply at a price level of 0.9: two prices, and the catalogue's, which counts for two or for none. */
    OK(relocost_payments_estimate(payments, 2, &result, NULL));
    OK(relocost_result_table(result, RELOCOST_TABLE_ESTIMATES, &table));
    CHECK(strcmp(cell(table, 0, "line"), "rent") == 0 && strcmp(cell(table, 0, "catalogue"), "950") == 0);
    CHECK(strcmp(cell(table, 0, "mean"), "1030") == 0 && strcmp(cell(table, 0, "weight"), "0.5") == 0);
    CHECK(strcmp(cell(table, 0, "amount"), "990") == 0);
    relocost_table_free(table);
    forms(result, 1);
    relocost_result *other = NULL;
    IS(relocost_payments_estimate(result, 2, &other, NULL), RELOCOST_NOT_OF_THIS_RESULT);
    relocost_result_free(result);
    OK(relocost_payments_estimate(payments, 0, &result, NULL));
    OK(relocost_result_write(result, RELOCOST_TOML, buffer, sizeof buffer, NULL, NULL));
    CHECK(strstr(buffer, "id = \"rent\"\ninherit = true\namount = \"1030\"\n") != NULL);
    relocost_result_free(result);
    relocost_result_free(payments);

    /* The months and the window are those that were asked for. */
    OK(relocost_payments_text(scenario, TEXT(PAID), &options, &result, NULL));
    OK(relocost_result_write(result, RELOCOST_JSON, buffer, sizeof buffer, NULL, NULL));
    CHECK(strstr(buffer, "\"from\":\"2026-03\",\"until\":\"2026-04\",\"window\":2,") != NULL);
    relocost_result_free(result);
    options.from = text_of("2026-03");
    options.until = text_of("2026-06");
    options.window = 5;
    OK(relocost_payments_text(scenario, TEXT(PAID), &options, &result, NULL));
    OK(relocost_result_write(result, RELOCOST_JSON, buffer, sizeof buffer, NULL, NULL));
    CHECK(strstr(buffer, "\"from\":\"2026-03\",\"until\":\"2026-06\",\"window\":5,") != NULL);
    relocost_result_free(result);
    options.same_month = 1;
    OK(relocost_payments_text(scenario, TEXT(PAID), &options, &result, NULL));
    OK(relocost_result_write(result, RELOCOST_JSON, buffer, sizeof buffer, NULL, NULL));
    CHECK(strstr(buffer, "\"window\":0,") != NULL);
    relocost_result_free(result);

    /* The function of the options hears of each payment, and can break the reading off. */
    int told = 0;
    options.progress = stop;
    options.user = &told;
    IS(relocost_payments_text(scenario, TEXT(PAID), &options, &result, NULL), RELOCOST_INTERRUPTED);
    CHECK(result == NULL && told == 1);
    options.progress = NULL;

    /* What is wrong is said of the row, without what it has. */
    IS(relocost_payments_text(scenario, TEXT("month,line,amount,currency\n2026-03,rend,1234567,EUR\n"), &options, &result,
                              &error),
       RELOCOST_UNKNOWN_NAME);
    CHECK(result == NULL);
    OK(relocost_error_text(error, buffer, sizeof buffer, NULL));
    CHECK(strncmp(buffer, "payments:2: line: ", 18) == 0 && strstr(buffer, "1234567") == NULL);
    relocost_error_free(error);
    options.until = text_of("2026-03");
    IS(relocost_payments_text(scenario, TEXT(PAID), &options, &result, NULL), RELOCOST_OUT_OF_RANGE);
    options.until = text_of("June");
    IS(relocost_payments_text(scenario, TEXT(PAID), &options, &result, &error), RELOCOST_WRONG_KIND);
    OK(relocost_error_text(error, buffer, sizeof buffer, NULL));
    CHECK(strcmp(buffer, "options.until: expected a month such as 2026-03") == 0);
    relocost_error_free(error);
    options.until = text_of("2026-06");
    options.pathway = text_of("nowhere");
    IS(relocost_payments_text(scenario, TEXT(PAID), &options, &result, NULL), RELOCOST_UNKNOWN_PATHWAY);
    IS(relocost_payments_text(scenario, TEXT(PAID), NULL, &result, NULL), RELOCOST_MISSING_KEY);
    IS(relocost_payments_text(scenario, NULL, 0, &options, &result, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_payments_text(NULL, TEXT(PAID), &options, &result, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_payments_file(scenario, TEXT("no-such.csv"), &options, &result, NULL), RELOCOST_UNREADABLE);
    IS(relocost_payments_estimate(NULL, 4, &result, NULL), RELOCOST_NULL_POINTER);
    options.size = 3;
    IS(relocost_payments_text(scenario, TEXT(PAID), &options, &result, NULL), RELOCOST_WRONG_SIZE);
    OK(relocost_compare(scenario, NULL, &payments, NULL));
    IS(relocost_payments_estimate(payments, 4, &result, NULL), RELOCOST_NOT_OF_THIS_RESULT);
    relocost_result_free(payments);
    relocost_scenario_free(scenario);
}

static void of_programme(void) {
    relocost_programme *programme = NULL;
    relocost_result *payments = NULL, *result = NULL;
    relocost_scenario *scenario = family();
    relocost_table *table = NULL;
    relocost_payment_options options;

    OK(relocost_programme_from_text(TEXT(PROGRAMME), NULL, &programme, NULL));
    OK(relocost_programme_payments_text(programme, TEXT("month,line,amount,currency\n2026-02,short-let,2000,EUR\n"), NULL,
                                        &payments, NULL));
    tables(payments);
    forms(payments, 0);
    IS(relocost_result_text(payments, RELOCOST_FIGURE_PATHWAY, buffer, sizeof buffer, NULL), RELOCOST_NO_VALUE);
    /* What is planned stands beside what was paid: together with the rest it is the budget. */
    relocost_money planned;
    OK(relocost_programme_run(programme, 0, NULL, &result, NULL));
    OK(relocost_result_money(result, RELOCOST_FIGURE_TOTAL, &planned));
    OK(relocost_result_table(payments, RELOCOST_TABLE_FIGURES, &table));
    CHECK(minor(table, 0, "model") + minor(table, 0, "rest") == planned.minor);
    relocost_table_free(table);
    relocost_result_free(result);
    OK(relocost_payments_estimate(payments, 4, &result, NULL));
    forms(result, 1);
    relocost_result_free(result);
    relocost_result_free(payments);

    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.pathway = text_of("temporary");
    IS(relocost_programme_payments_text(programme, TEXT(PAID), &options, &result, NULL), RELOCOST_CONFLICT);
    IS(relocost_programme_payments_file(programme, TEXT("no-such.csv"), NULL, &result, NULL), RELOCOST_UNREADABLE);
    IS(relocost_programme_payments_text((relocost_programme *)scenario, TEXT(PAID), NULL, &result, NULL),
       RELOCOST_WRONG_HANDLE);
    relocost_scenario_free(scenario);
    relocost_programme_free(programme);
}

int main(void) {
    of_scenario();
    of_programme();
    return 0;
}
