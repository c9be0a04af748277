/* Postings of ledgers, payments, programmes and caseloads, and the journals that they are written as. */
#include "check.h"

#define PAID                                                                                           \
    "month,line,category,amount,currency\n2026-03,rent,,918,EUR\n2026-04,rent,,936,EUR\n2026-04,,housing,25.50,EUR\n"
#define PROGRAMME                                                                                     \
    "schema = 1\ncatalogue = \"reference\"\nprogramme = { first_fiscal_year = 2026, fiscal_years = 1 }\n" \
    "cases = [{ members = [{ age = 34 }], arrives = \"2026-01\", count = 2 }]\n"
#define HEADS "month,category,line,fund,account,fund_account,model,paid,internal\n"
#define HOUSEHOLDS "reference,members,count\nHH-41,41 39 13 9,3\n"

static const uint32_t JOURNALS[] = {RELOCOST_HLEDGER_EN, RELOCOST_HLEDGER_FR, RELOCOST_BEANCOUNT_EN, RELOCOST_BEANCOUNT_FR};

/* A result in a form, to be freed. */
static char *written(const relocost_result *result, uint32_t form) {
    size_t required = 0;
    IS(relocost_result_write(result, form, NULL, 0, &required, NULL), RELOCOST_SHORT_BUFFER);
    char *text = malloc(required);
    CHECK(text != NULL);
    OK(relocost_result_write(result, form, text, required, NULL, NULL));
    return text;
}

/* The sum of a column of postings, in minor units. */
static int64_t sum(const relocost_result *postings, const char *name) {
    relocost_table *table = NULL;
    size_t rows = 0;
    int64_t total = 0;
    OK(relocost_result_table(postings, RELOCOST_TABLE_POSTINGS, &table));
    OK(relocost_table_rows(table, &rows));
    CHECK(rows > 0);
    int64_t *minor = malloc(rows * sizeof *minor);
    CHECK(minor != NULL);
    OK(relocost_table_fill_minor(table, column(table, name), minor, rows, NULL));
    for (size_t row = 0; row < rows; row++) {
        total += minor[row];
    }
    free(minor);
    relocost_table_free(table);
    return total;
}

/* Each journal says that it is internal, and is another; the accounts are those of the table. */
static void journals(const relocost_result *postings) {
    for (size_t at = 0; at < sizeof JOURNALS / sizeof *JOURNALS; at++) {
        char *text = written(postings, JOURNALS[at]);
        const char *mark = at % 2 == 0 ? " Internal: " : " Interne : ";
        CHECK(text[0] == ';' && strncmp(text + strspn(text, ";"), mark, 8) == 0);
        CHECK(strstr(text, "Expenses:") != NULL && strstr(text, "Equity:Funds:") != NULL);
        CHECK((strstr(text, "\noption \"title\"") != NULL || strstr(text, " open ") != NULL) == (at >= 2));
        free(text);
    }
    char *rows = written(postings, RELOCOST_CSV);
    CHECK(strncmp(rows, HEADS, strlen(HEADS)) == 0);
    free(rows);
    free(written(postings, RELOCOST_JSON));
    free(written(postings, RELOCOST_HTML_FR));
    CHECK(figure_is(postings, RELOCOST_FIGURE_CURRENCY, "EUR"));
}

static void of_scenario(void) {
    relocost_scenario *scenario = family();
    relocost_result *ledger = NULL, *postings = NULL, *many = NULL;
    relocost_money total;
    relocost_options options = no_options();
    OK(relocost_ledger(scenario, TEXT("temporary"), NULL, &ledger, NULL));
    OK(relocost_result_postings(ledger, &postings, NULL));
    OK(relocost_result_money(ledger, RELOCOST_FIGURE_TOTAL, &total));
    journals(postings);
    CHECK(sum(postings, "model") == total.minor && sum(postings, "paid") == 0);
    CHECK(figure_is(postings, RELOCOST_FIGURE_PATHWAY, "temporary"));

    /* Three such households cost three times as much; the scenario itself is one. */
    options.threads = 2;
    OK(relocost_caseload_postings_text(scenario, TEXT(HOUSEHOLDS), TEXT("temporary"), &options, &many, NULL));
    journals(many);
    CHECK(sum(many, "model") == 3 * total.minor);
    /* What they are of may be freed before. */
    relocost_result_free(ledger);
    relocost_scenario_free(scenario);
    journals(postings);
    relocost_result_free(many);
    relocost_result_free(postings);
}

static void of_payments(void) {
    relocost_scenario *scenario = family();
    relocost_result *payments = NULL, *postings = NULL;
    relocost_payment_options options;
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.pathway = text_of("permanent");
    OK(relocost_payments_text(scenario, TEXT(PAID), &options, &payments, NULL));
    OK(relocost_result_postings(payments, &postings, NULL));
    journals(postings);
    CHECK(sum(postings, "paid") == 187950);
    relocost_result_free(postings);
    relocost_result_free(payments);
    relocost_scenario_free(scenario);
}

static void of_programme(void) {
    relocost_programme *programme = NULL;
    relocost_result *run = NULL, *postings = NULL;
    relocost_money planned;
    OK(relocost_programme_from_text(TEXT(PROGRAMME), NULL, &programme, NULL));
    OK(relocost_programme_run(programme, 0, NULL, &run, NULL));
    OK(relocost_result_money(run, RELOCOST_FIGURE_TOTAL, &planned));
    OK(relocost_programme_postings(programme, NULL, &postings, NULL));
    journals(postings);
    CHECK(sum(postings, "model") == planned.minor);
    char text[64];
    IS(relocost_result_text(postings, RELOCOST_FIGURE_PATHWAY, text, sizeof text, NULL), RELOCOST_NO_VALUE);
    relocost_result_free(postings);
    IS(relocost_result_postings(run, &postings, NULL), RELOCOST_NOT_OF_THIS_RESULT);
    relocost_result_free(run);
    relocost_programme_free(programme);
}

static int stop(void *user, uint64_t done, uint64_t total) {
    (void)user, (void)done, (void)total;
    return 1;
}

static void wrong(void) {
    relocost_scenario *scenario = family();
    relocost_programme *programme = NULL;
    relocost_result *ledger = NULL, *postings = NULL;
    relocost_options options = no_options();
    size_t required = 0;
    OK(relocost_programme_from_text(TEXT(PROGRAMME), NULL, &programme, NULL));
    OK(relocost_ledger(scenario, TEXT("temporary"), NULL, &ledger, NULL));
    for (size_t at = 0; at < sizeof JOURNALS / sizeof *JOURNALS; at++) {
        IS(relocost_result_write(ledger, JOURNALS[at], NULL, 0, &required, NULL), RELOCOST_UNKNOWN_CHOICE);
    }
    OK(relocost_result_postings(ledger, &postings, NULL));
    IS(relocost_result_write(postings, RELOCOST_XLSX_EN, NULL, 0, &required, NULL), RELOCOST_UNKNOWN_CHOICE);
    IS(relocost_result_write(postings, RELOCOST_TOML, NULL, 0, &required, NULL), RELOCOST_UNKNOWN_CHOICE);
    relocost_result_free(postings);
    IS(relocost_result_postings(NULL, &postings, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_result_postings((relocost_result *)scenario, &postings, NULL), RELOCOST_WRONG_HANDLE);
    IS(relocost_result_postings(ledger, NULL, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_programme_postings(NULL, NULL, &postings, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_programme_postings((relocost_programme *)scenario, NULL, &postings, NULL), RELOCOST_WRONG_HANDLE);
    IS(relocost_caseload_postings_text(scenario, TEXT(HOUSEHOLDS), TEXT("nowhere"), NULL, &postings, NULL),
       RELOCOST_UNKNOWN_PATHWAY);
    IS(relocost_caseload_postings_text(scenario, TEXT("reference\nA\n"), TEXT("temporary"), NULL, &postings, NULL),
       RELOCOST_MISSING_KEY);
    IS(relocost_caseload_postings_text(scenario, NULL, 0, TEXT("temporary"), NULL, &postings, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_caseload_postings_text(scenario, TEXT(HOUSEHOLDS), NULL, 0, NULL, &postings, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_caseload_postings_file(scenario, TEXT("no-such.csv"), TEXT("temporary"), NULL, &postings, NULL),
       RELOCOST_UNREADABLE);
    options.progress = stop;
    IS(relocost_programme_postings(programme, &options, &postings, NULL), RELOCOST_INTERRUPTED);
    options.size = 3;
    IS(relocost_programme_postings(programme, &options, &postings, NULL), RELOCOST_WRONG_SIZE);
    CHECK(postings == NULL);
    relocost_result_free(ledger);
    relocost_programme_free(programme);
    relocost_scenario_free(scenario);
}

int main(void) {
    of_scenario();
    of_payments();
    of_programme();
    wrong();
    return 0;
}
