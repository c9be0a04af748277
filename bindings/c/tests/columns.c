/* A ledger as columns in the program's own arrays, and figures beyond 64 bits. */
#include "check.h"

#define HUGE_AMOUNTS                                                                                             \
    "schema = 1\nstart = \"2026-01\"\nhorizon_months = 2\ncurrency = \"EUR\"\nprice_base_year = 2026\n"            \
    "categories = [\"housing\"]\nfunds = [\"regular_budget\"]\nentitlements = [\"work\"]\n"                        \
    "[household]\nmembers = [{ age = 34 }]\n"                                                                     \
    "[solutions.permanent]\nlabel = \"Permanent\"\nkind = \"permanent\"\nentitlements = [\"work\"]\n"                                    \
    "[solutions.temporary]\nlabel = \"Temporary\"\nkind = \"temporary\"\nentitlements = []\n"                                            \
    "[[lines]]\nid = \"castle\"\ncategory = \"housing\"\nlabel = \"Castle\"\ndriver = \"household\"\n"             \
    "schedule = \"monthly\"\namount = \"999999999999999\"\ncurrency = \"EUR\"\nsource = \"none\"\n"                \
    "[[lines]]\nid = \"moat\"\ncategory = \"housing\"\nlabel = \"Moat\"\ndriver = \"household\"\n"                 \
    "schedule = \"monthly\"\namount = \"999999999999999\"\ncurrency = \"USD\"\nsource = \"none\"\n"                \
    "[rates.fx.USD]\n2026 = \"1000\"\n"

static void ledger(void) {
    relocost_scenario *scenario = family();
    relocost_result *result = NULL;
    relocost_table *table = NULL;
    relocost_money total, cell;
    size_t rows = 0, required = 0;

    OK(relocost_ledger(scenario, TEXT("temporary"), NULL, &result, NULL));
    OK(relocost_result_money(result, RELOCOST_FIGURE_TOTAL, &total));
    OK(relocost_result_table(result, RELOCOST_TABLE_ENTRIES, &table));
    /* The table stands by itself. */
    relocost_result_free(result);
    relocost_scenario_free(scenario);
    OK(relocost_table_rows(table, &rows));
    CHECK(rows > 100);
    size_t amount = column(table, "amount"), month = column(table, "month"), year = column(table, "fiscal_year");

    /* Size query; too short by one, nothing is written. */
    IS(relocost_table_fill_minor(table, amount, NULL, 0, &required), RELOCOST_SHORT_BUFFER);
    CHECK(required == rows);
    int64_t *minor = malloc((rows + 1) * sizeof *minor);
    CHECK(minor != NULL);
    minor[0] = -1;
    minor[rows] = -1;
    IS(relocost_table_fill_minor(table, amount, minor, rows - 1, &required), RELOCOST_SHORT_BUFFER);
    CHECK(minor[0] == -1 && required == rows);
    OK(relocost_table_fill_minor(table, amount, minor, rows, NULL));
    CHECK(minor[rows] == -1);
    int64_t sum = 0;
    for (size_t row = 0; row < rows; row++) {
        OK(relocost_table_money(table, row, amount, &cell));
        CHECK(cell.minor == minor[row]);
        sum += minor[row];
    }
    CHECK(sum == total.minor);

    /* The funds' parts of every entry add up to it. */
    size_t columns = 0;
    OK(relocost_table_columns(table, &columns));
    int64_t *part = malloc(rows * sizeof *part);
    CHECK(part != NULL);
    for (size_t at = 0; at < columns; at++) {
        relocost_text name;
        OK(relocost_table_column_name(table, at, &name));
        if (strncmp(name.data, "fund_", 5) == 0) {
            OK(relocost_table_fill_minor(table, at, part, rows, NULL));
            for (size_t row = 0; row < rows; row++) {
                minor[row] -= part[row];
            }
        }
    }
    for (size_t row = 0; row < rows; row++) {
        CHECK(minor[row] == 0);
    }

    relocost_text *texts = malloc(rows * sizeof *texts);
    CHECK(texts != NULL);
    OK(relocost_table_fill_texts(table, month, texts, rows, &required));
    CHECK(required == rows && strncmp(texts[0].data, "20", 2) == 0 && texts[0].length == 7);
    OK(relocost_table_fill_texts(table, column(table, "unit_price"), texts, rows, NULL));
    OK(relocost_table_fill_integers(table, year, part, rows, NULL));
    CHECK(part[0] == 2026);
    double *chart = malloc(rows * sizeof *chart);
    CHECK(chart != NULL);
    OK(relocost_table_fill_doubles_for_charts(table, amount, chart, rows, NULL));
    CHECK(chart[0] > 0);
    IS(relocost_table_fill_doubles_for_charts(table, month, chart, rows, NULL), RELOCOST_OTHER_KIND);
    IS(relocost_table_fill_minor(table, month, minor, rows, NULL), RELOCOST_OTHER_KIND);
    /* The kind of a column does not depend on the buffer. */
    IS(relocost_table_fill_minor(table, month, minor, 0, NULL), RELOCOST_OTHER_KIND);
    IS(relocost_table_fill_doubles_for_charts(table, month, chart, 0, NULL), RELOCOST_OTHER_KIND);
    IS(relocost_table_fill_integers(table, amount, minor, rows, NULL), RELOCOST_OTHER_KIND);
    IS(relocost_table_fill_texts(table, amount, texts, rows, NULL), RELOCOST_OTHER_KIND);
    IS(relocost_table_fill_minor(table, columns, minor, rows, NULL), RELOCOST_NO_SUCH_PLACE);
    IS(relocost_table_fill_minor(table, amount, (int64_t *)((char *)minor + 1), rows, NULL), RELOCOST_MISALIGNED);
    free(chart);
    free(texts);
    free(part);
    free(minor);
    relocost_table_free(table);
}

static void beyond(void) {
    relocost_scenario *scenario = NULL;
    relocost_result *result = NULL;
    relocost_table *table = NULL;
    relocost_error *error = NULL;
    relocost_money money;
    int64_t minor[4] = {7, 7, 7, 7};
    char buffer[4096];
    double chart = 0;

    if (relocost_scenario_from_text(TEXT(HUGE_AMOUNTS), NULL, &scenario, &error) != RELOCOST_OK) {
        OK(relocost_error_text(error, buffer, sizeof buffer, NULL));
        fprintf(stderr, "%s\n", buffer);
        exit(1);
    }
    OK(relocost_ledger(scenario, TEXT("permanent"), NULL, &result, NULL));
    IS(relocost_result_money(result, RELOCOST_FIGURE_TOTAL, &money), RELOCOST_BEYOND_INT64);
    CHECK(figure_is(result, RELOCOST_FIGURE_TOTAL, "2001999999999997998.00"));
    OK(relocost_result_double_for_charts(result, RELOCOST_FIGURE_TOTAL, &chart));
    CHECK(chart > 2.0e18 && chart < 2.01e18);
    OK(relocost_result_table(result, RELOCOST_TABLE_ENTRIES, &table));
    IS(relocost_table_fill_minor(table, column(table, "amount"), minor, 4, NULL), RELOCOST_BEYOND_INT64);
    CHECK(minor[0] == 7);
    relocost_table_free(table);
    relocost_result_free(result);
    relocost_scenario_free(scenario);
}

int main(void) {
    ledger();
    beyond();
    return 0;
}
