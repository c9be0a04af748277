/* Every form and every table of every result says that it is internal. Forms and tables are found by their numbers, so
 * that a new one is among them. */
#include "uncertain.h"

#define LAST_FORM 32
#define LAST_TABLE 200

static unsigned forms, tables;

static void marked(const char *text, const char *what) {
    if (strstr(text, "nternal") == NULL && strstr(text, "nterne") == NULL) {
        fprintf(stderr, "%s has no mark:\n%s\n", what, text);
        exit(1);
    }
}

static void table_is_marked(relocost_table *table, const char *what) {
    char head[4096];
    OK(relocost_table_head(table, head, sizeof head, NULL));
    if (strstr(head, "\"internal\":true") == NULL) {
        fprintf(stderr, "%s: a table's head has no mark: %s\n", what, head);
        exit(1);
    }
    relocost_table_free(table);
    tables++;
}

static void result_is_marked(relocost_result *result, const char *what) {
    relocost_table *table = NULL;
    size_t required = 0;
    for (uint32_t form = 0; form < LAST_FORM; form++) {
        relocost_status status = relocost_result_write(result, form, NULL, 0, &required, NULL);
        if (status == RELOCOST_UNKNOWN_CHOICE || status == RELOCOST_NOT_OF_THIS_RESULT) {
            continue;
        }
        if (form == RELOCOST_TOML) {
            continue; /* a catalogue, which is an input */
        }
        IS(status, RELOCOST_SHORT_BUFFER);
        char *text = malloc(required);
        CHECK(text != NULL);
        OK(relocost_result_write(result, form, text, required, NULL, NULL));
        marked(text, what);
        free(text);
        forms++;
    }
    for (uint32_t which = 0; which < LAST_TABLE; which++) {
        if (relocost_result_table(result, which, &table) == RELOCOST_OK) {
            table_is_marked(table, what);
        }
    }
    relocost_result_free(result);
}

static void simulation_is_marked(relocost_simulation *simulation) {
    relocost_table *table = NULL;
    size_t required = 0;
    for (uint32_t form = 0; form < LAST_FORM; form++) {
        relocost_status status = relocost_simulation_write(simulation, form, NULL, 0, &required, NULL);
        if (status == RELOCOST_UNKNOWN_CHOICE) {
            continue;
        }
        IS(status, RELOCOST_SHORT_BUFFER);
        char *text = malloc(required);
        CHECK(text != NULL);
        OK(relocost_simulation_write(simulation, form, text, required, NULL, NULL));
        marked(text, "a simulation");
        free(text);
        forms++;
    }
    for (uint32_t which = 0; which < LAST_TABLE; which++) {
        if (relocost_simulation_table(simulation, which, &table) == RELOCOST_OK) {
            table_is_marked(table, "a simulation");
        }
    }
    relocost_simulation_free(simulation);
}

/* Of the forms of a document those that are texts; a workbook is an archive, which has its mark within. */
static void document_is_marked(relocost_document *document, const char *what) {
    relocost_text bytes;
    OK(relocost_document_bytes(document, &bytes));
    marked(bytes.data, what);
    relocost_document_free(document);
    forms++;
}

#define MORE                                                                                        \
    "[variants.dearer]\n\"lines.rent.amount\" = \"1045\"\n"                                         \
    "[[expect]]\nfigure = \"pathways.permanent.total\"\nequals = \"1\"\n"

#define NOBODY "schema = 1\ncatalogue = \"reference\"\nprogramme = { first_fiscal_year = 2026, fiscal_years = 1 }\n"

int main(void) {
    relocost_scenario *scenario = NULL, *changed = NULL;
    relocost_result *result = NULL, *ledger = NULL;
    relocost_simulation *simulation = NULL;
    relocost_table *table = NULL;
    relocost_simulate_options options = draws(200, 1);
    relocost_text line = text_of("short-let");
    size_t required = 0;
    uint32_t which;

    OK(relocost_scenario_from_text(TEXT(UNCERTAIN MORE), NULL, &scenario, NULL));
    OK(relocost_scenario_with(scenario, TEXT("lines.rent.amount"), TEXT("1045"), &changed, NULL));
    for (which = 0; which < LAST_TABLE; which++) {
        if (relocost_scenario_table(scenario, which, &table) == RELOCOST_OK) {
            table_is_marked(table, "a scenario");
        }
    }

    OK(relocost_compare(scenario, NULL, &result, NULL));
    result_is_marked(result, "a comparison");
    OK(relocost_ledger(scenario, TEXT("temporary"), NULL, &ledger, NULL));
    OK(relocost_explain(ledger, NULL, &result, NULL));
    result_is_marked(result, "an explanation");
    OK(relocost_result_postings(ledger, &result, NULL));
    result_is_marked(result, "postings");
    result_is_marked(ledger, "a ledger");
    OK(relocost_delay(scenario, NULL, &result, NULL));
    result_is_marked(result, "a delay");
    OK(relocost_calibrate(scenario, TEXT("0.70"), &line, 1, NULL, &result, NULL));
    result_is_marked(result, "a calibration");
    OK(relocost_estimate(TEXT("112000"), NULL, &result, NULL));
    result_is_marked(result, "an estimate");
    OK(relocost_caseload_text(scenario, TEXT("reference,members\nA,34 6\n"), NULL, &result, NULL));
    result_is_marked(result, "a caseload");
    OK(relocost_compare_variants(scenario, NULL, &result, NULL));
    result_is_marked(result, "variants");
    OK(relocost_what_ifs(scenario, NULL, 0, 0, NULL, &result, NULL));
    result_is_marked(result, "what-ifs");
    OK(relocost_grid(scenario, NULL, 0, NULL, &result, NULL));
    result_is_marked(result, "a grid");
    OK(relocost_diff(scenario, changed, NULL, &result, NULL));
    result_is_marked(result, "a diff");
    OK(relocost_update_prices_text(TEXT("schema = 1\ncurrency = \"EUR\"\n"),
                                   TEXT("id,amount,currency,source\nrent,1,EUR,list\n"), &result, NULL));
    result_is_marked(result, "new prices");
    relocost_payment_options paid = {0};
    relocost_result *payments = NULL;
    paid.size = sizeof paid;
    paid.pathway = text_of("permanent");
    OK(relocost_payments_text(scenario, TEXT("month,line,amount,currency\n2026-03,rent,960,EUR\n"), &paid, &payments, NULL));
    OK(relocost_payments_estimate(payments, 4, &result, NULL));
    result_is_marked(result, "estimates of prices");
    result_is_marked(payments, "payments");
    OK(relocost_diff_caseload_text(scenario, TEXT("reference,members\nA,34 6\n"), changed,
                                   TEXT("reference,members\nA,34 6\nB,41\n"), NULL, &result, NULL));
    result_is_marked(result, "a diff of caseloads");
    OK(relocost_tornado(scenario, NULL, &result, NULL));
    result_is_marked(result, "a tornado");
    OK(relocost_run_expectations(scenario, NULL, &result, NULL));
    result_is_marked(result, "expectations");
    OK(relocost_sobol(scenario, &options, &result, NULL));
    result_is_marked(result, "indices");
    OK(relocost_simulate(scenario, &options, &simulation, NULL));
    simulation_is_marked(simulation);

    relocost_programme *programme = NULL;
    relocost_document *document = NULL;
    OK(relocost_programme_from_text(TEXT(NOBODY), NULL, &programme, NULL));
    OK(relocost_caseload_text(scenario, TEXT("reference,members\nA,34 6\n"), NULL, &result, NULL));
    for (which = 0; which < LAST_FORM; which++) {
        if (which == RELOCOST_DOCX_EN || which == RELOCOST_DOCX_FR) {
            continue; /* an archive, of which the tests of relocost-publish know that each part has its mark */
        }
        if (relocost_report(scenario, which, &options, &document, NULL) == RELOCOST_OK) {
            document_is_marked(document, "a report of a scenario");
        }
        if (relocost_programme_report(programme, which, &options, &document, NULL) == RELOCOST_OK) {
            document_is_marked(document, "a report of a programme");
        }
        if (relocost_result_report(result, which, &document, NULL) == RELOCOST_OK) {
            document_is_marked(document, "a report of a caseload");
        }
    }
    relocost_result_free(result);
    relocost_programme_free(programme);

    for (which = 0; which < LAST_FORM; which++) {
        relocost_status status = relocost_compare_text(TEXT(FAMILY), which, NULL, 0, &required, NULL);
        if (status != RELOCOST_UNKNOWN_CHOICE) {
            IS(status, RELOCOST_SHORT_BUFFER);
            char *text = malloc(required);
            CHECK(text != NULL);
            OK(relocost_compare_text(TEXT(FAMILY), which, text, required, NULL, NULL));
            marked(text, "a comparison of a text");
            free(text);
        }
    }
    printf("%u forms and %u tables are marked\n", forms, tables);
    /* As many as there were when this was written, or more. */
    CHECK(forms >= 137 && tables >= 60);
    relocost_scenario_free(changed);
    relocost_scenario_free(scenario);
    return 0;
}
