/* Catalogues that are read once, new prices from a list, and published rates: their tables and forms, and what goes wrong. */
#include "check.h"

#define CATALOGUE                                                                                       \
    "# Ours.\nschema = 1\ncurrency = \"EUR\"\nprice_base_year = 2026\ncategories = [\"housing\"]\n"          \
    "[[lines]]\nid = \"rent\"\ncategory = \"housing\"\nlabel = \"Rent\"\ndriver = \"household\"\n"            \
    "schedule = \"monthly\"\namount = \"950\" # by month\ncurrency = \"EUR\"\nsource = \"leases\"\n"
#define LIST "id,amount,currency,from,source\nrent,1010,EUR,2027-01,contract\nrend,1,EUR,,list\n"
#define LEVELS "month,rents\n2025-07,123.9\n2026-07,128.3\n"

static char buffer[65536];

static const char *cell(const relocost_table *table, size_t row, const char *name) {
    OK(relocost_table_copy_text(table, row, column(table, name), buffer, sizeof buffer, NULL));
    return buffer;
}

/* Every form of a result; those that it does not have are refused. */
static void forms(const relocost_result *result, int has_reports) {
    uint32_t form;
    for (form = RELOCOST_JSON; form <= RELOCOST_CSV_FR; form++) {
        int report = form >= RELOCOST_TEXT_EN && form <= RELOCOST_HTML_FR;
        relocost_status expected = report && !has_reports ? RELOCOST_NOT_OF_THIS_RESULT : RELOCOST_OK;
        IS(relocost_result_write(result, form, buffer, sizeof buffer, NULL, NULL), expected);
    }
    CHECK(figure_is(result, RELOCOST_FIGURE_CURRENCY, "EUR"));
    IS(relocost_result_text(result, RELOCOST_FIGURE_EXTRA, buffer, sizeof buffer, NULL), RELOCOST_NOT_OF_THIS_RESULT);
    relocost_scenario *scenario = NULL;
    IS(relocost_result_scenario(result, &scenario, NULL), RELOCOST_NOT_OF_THIS_RESULT);
}

static void prices(void) {
    relocost_result *result = NULL, *again = NULL;
    relocost_table *table = NULL;
    relocost_error *error = NULL;
    size_t rows = 0;

    OK(relocost_update_prices_text(TEXT(CATALOGUE), TEXT(LIST), &result, &error));
    OK(relocost_result_table(result, RELOCOST_TABLE_PRICES, &table));
    OK(relocost_table_rows(table, &rows));
    CHECK(rows == 2);
    CHECK(strcmp(cell(table, 0, "status"), "changed") == 0 && strcmp(cell(table, 0, "old"), "950") == 0);
    CHECK(strcmp(cell(table, 0, "new"), "1010") == 0 && strcmp(cell(table, 0, "tariff"), "2027-01") == 0);
    CHECK(strcmp(cell(table, 1, "status"), "unknown") == 0);
    relocost_table_free(table);
    forms(result, 1);

    /* What is written is a catalogue, with its comments. */
    OK(relocost_result_write(result, RELOCOST_TOML, buffer, sizeof buffer, NULL, NULL));
    CHECK(strncmp(buffer, "# Ours.\n", 8) == 0);
    CHECK(strstr(buffer, "amounts = { \"2026-01\" = \"950\", \"2027-01\" = \"1010\" } # by month\n") != NULL);
    OK(relocost_update_prices_text(buffer, RELOCOST_ZERO_ENDED, TEXT(LIST), &again, NULL));
    OK(relocost_result_table(again, RELOCOST_TABLE_PRICES, &table));
    CHECK(strcmp(cell(table, 0, "status"), "confirmed") == 0);
    relocost_table_free(table);
    relocost_result_free(again);
    relocost_result_free(result);

    IS(relocost_update_prices_text(TEXT(CATALOGUE), TEXT("id,amount,currency,source\nrent,-1,EUR,x\n"), &result, &error),
       RELOCOST_OUT_OF_RANGE);
    CHECK(result == NULL);
    OK(relocost_error_text(error, buffer, sizeof buffer, NULL));
    CHECK(strcmp(buffer, "prices:2: amount: is negative, but the line is a charge") == 0);
    relocost_error_free(error);
    IS(relocost_update_prices_text(TEXT("schema = 2"), TEXT(LIST), &result, NULL), RELOCOST_OUT_OF_RANGE);
    IS(relocost_update_prices_text(NULL, 0, TEXT(LIST), &result, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_update_prices_text(TEXT(CATALOGUE), NULL, 0, &result, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_update_prices_file(TEXT("no-such.toml"), TEXT("no-such.csv"), &result, NULL), RELOCOST_UNREADABLE);
}

#define HOUSEHOLD                                                                                         \
    "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 12\nfunds = [\"us\"]\n"        \
    "household = { members = [{ age = 34 }] }\n"                                                          \
    "[solutions.permanent]\nlabel = \"House\"\nkind = \"permanent\"\nentitlements = []\n"

static void once_read(void) {
    relocost_catalogue *catalogue = NULL, *other = NULL;
    relocost_scenario *scenario = NULL, *replaced = NULL;
    relocost_error *error = NULL;
    relocost_load_options options;
    size_t most = (size_t)4 << 20;
    int turn;
    char again[65536];

    OK(relocost_catalogue_from_text(TEXT(CATALOGUE), &catalogue, &error));
    CHECK(error == NULL);
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.catalogue = text_of(CATALOGUE);
    OK(relocost_scenario_from_text(TEXT(HOUSEHOLD), &options, &replaced, NULL));
    OK(relocost_scenario_write(replaced, RELOCOST_TOML, buffer, sizeof buffer, NULL, NULL));
    relocost_scenario_free(replaced);
    /* What the option gives by the catalogue's text, and as often as one likes. */
    for (turn = 0; turn < 3; turn++) {
        OK(relocost_scenario_over(catalogue, TEXT(HOUSEHOLD), NULL, &scenario, &error));
        OK(relocost_scenario_write(scenario, RELOCOST_TOML, again, sizeof again, NULL, NULL));
        CHECK(strcmp(again, buffer) == 0 && strstr(again, "950") != NULL);
        relocost_scenario_free(scenario);
    }

    /* The options that it has no use for. */
    OK(relocost_scenario_over(catalogue, TEXT(HOUSEHOLD), &options, &scenario, NULL));
    relocost_scenario_free(scenario);
    options.size = 3;
    IS(relocost_scenario_over(catalogue, TEXT(HOUSEHOLD), &options, &scenario, NULL), RELOCOST_WRONG_SIZE);
    IS(relocost_scenario_over(catalogue, TEXT("schema = 1\n"), NULL, &scenario, NULL), RELOCOST_CATALOGUE);
    IS(relocost_scenario_over(catalogue, TEXT(HOUSEHOLD "[[lines]]\nid = \"rent\"\ninherit = 1\n"), NULL, &scenario, &error),
       RELOCOST_WRONG_KIND);
    CHECK(scenario == NULL);
    relocost_error_free(error);
    IS(relocost_scenario_over(catalogue, HOUSEHOLD, most + 1, NULL, &scenario, NULL), RELOCOST_TOO_LARGE);
    IS(relocost_scenario_over(catalogue, NULL, 1, NULL, &scenario, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_scenario_over(catalogue, TEXT(HOUSEHOLD), NULL, NULL, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_scenario_over(NULL, TEXT(HOUSEHOLD), NULL, &scenario, NULL), RELOCOST_NULL_POINTER);

    /* A scenario outlives its catalogue; handles of other kinds are told apart. */
    OK(relocost_scenario_over(catalogue, TEXT(HOUSEHOLD), NULL, &scenario, NULL));
    IS(relocost_scenario_over((const relocost_catalogue *)(const void *)scenario, TEXT(HOUSEHOLD), NULL, &replaced, NULL),
       RELOCOST_WRONG_HANDLE);
    relocost_catalogue_free((relocost_catalogue *)(void *)scenario); /* stays */
    relocost_catalogue_free(catalogue);
    relocost_catalogue_free(NULL);
    OK(relocost_scenario_write(scenario, RELOCOST_TOML, again, sizeof again, NULL, NULL));
    CHECK(strcmp(again, buffer) == 0);
    relocost_scenario_free(scenario);

    IS(relocost_catalogue_from_text(TEXT("schema = 2"), &other, &error), RELOCOST_OUT_OF_RANGE);
    CHECK(other == NULL);
    relocost_error_free(error);
    IS(relocost_catalogue_from_text(TEXT("schema = \"\xe9\""), &other, NULL), RELOCOST_ARGUMENT_NOT_UTF8);
    IS(relocost_catalogue_from_text(NULL, 0, &other, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_catalogue_from_text(TEXT(CATALOGUE), NULL, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_catalogue_from_file(TEXT("no-such.toml"), &other, NULL), RELOCOST_UNREADABLE);
    CHECK(other == NULL);
}

static void rates(void) {
    relocost_result *result = NULL;
    relocost_table *table = NULL;
    relocost_rate_options options;
    relocost_text column_wanted = text_of("rents=housing"), missing = text_of("no-such.csv");
    int64_t month = 0;

    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.of = text_of("month");
    options.month = 7;
    options.columns = &column_wanted;
    options.column_count = 1;
    OK(relocost_rates_text(TEXT("csv"), TEXT(LEVELS), &options, &result, NULL));
    OK(relocost_result_table(result, RELOCOST_TABLE_RATES, &table));
    CHECK(strcmp(cell(table, 0, "key"), "index.housing") == 0 && strcmp(cell(table, 0, "period"), "2026") == 0);
    CHECK(strcmp(cell(table, 0, "rate"), "0.035512510089") == 0);
    OK(relocost_table_integer(table, 0, column(table, "increase_month"), &month));
    CHECK(month == 7);
    relocost_table_free(table);
    OK(relocost_result_write(result, RELOCOST_TOML, buffer, sizeof buffer, NULL, NULL));
    CHECK(strncmp(buffer, "[rates.index.housing]\nmonth = 7\n2026 = \"0.035512510089\"\n", 56) == 0);
    forms(result, 0);
    relocost_result_free(result);

    IS(relocost_rates_text(TEXT("bank"), TEXT(LEVELS), NULL, &result, NULL), RELOCOST_UNKNOWN_NAME);
    IS(relocost_rates_text(TEXT("eurostat"), TEXT(LEVELS), NULL, &result, NULL), RELOCOST_SYNTAX);
    IS(relocost_rates_files(TEXT("csv"), &missing, 1, &options, &result, NULL), RELOCOST_UNREADABLE);
    IS(relocost_rates_files(TEXT("csv"), NULL, 0, &options, &result, NULL), RELOCOST_MISSING_KEY);
    options.filters = &missing;
    options.filter_count = 1;
    IS(relocost_rates_text(TEXT("csv"), TEXT(LEVELS), &options, &result, NULL), RELOCOST_WRONG_KIND);
    options.filter_count = 0;
    options.first_year = 2030;
    IS(relocost_rates_text(TEXT("csv"), TEXT(LEVELS), &options, &result, NULL), RELOCOST_MISSING_RATE);
    options.of = text_of("mean");
    IS(relocost_rates_text(TEXT("csv"), TEXT(LEVELS), &options, &result, NULL), RELOCOST_UNKNOWN_NAME);
    options.of = text_of("month");
    options.currency = text_of("euro");
    IS(relocost_rates_text(TEXT("csv"), TEXT(LEVELS), &options, &result, NULL), RELOCOST_WRONG_KIND);
    options.size = 3;
    IS(relocost_rates_text(TEXT("csv"), TEXT(LEVELS), &options, &result, NULL), RELOCOST_WRONG_SIZE);
}

int main(void) {
    once_read();
    prices();
    rates();
    return 0;
}
