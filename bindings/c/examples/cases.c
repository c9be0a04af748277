/* Four cases as they are in practice: two countries and a third, a household that changes, a tariff by date, an
 * overhead. Prints what the example `real_cases` of the library prints in Rust.
 *
 *   cases FOLDER        the folder of two-countries.toml, changing-family.toml, tariff-in-april.toml, trust-fund.toml
 *
 * Its output is internal: where a household is, is as private as who is in it.
 */
#include <relocost.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Ends the program if a call fails, saying why. */
static void done(relocost_status status, relocost_error *error) {
    char text[8192];
    if (status == RELOCOST_OK) {
        return;
    }
    if (error != NULL && relocost_error_text(error, text, sizeof text, NULL) == RELOCOST_OK) {
        fprintf(stderr, "error: %s\n", text);
    } else {
        fprintf(stderr, "error: %s\n", relocost_status_name(status));
    }
    relocost_error_free(error);
    exit(1);
}

static relocost_text named(const char *text) {
    relocost_text name;
    name.data = text;
    name.length = strlen(text);
    return name;
}

static relocost_scenario *load(const char *folder, const char *name) {
    char path[4096];
    relocost_scenario *scenario = NULL;
    relocost_error *error = NULL;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    done(relocost_scenario_from_file(path, RELOCOST_ZERO_ENDED, NULL, &scenario, &error), error);
    return scenario;
}

static relocost_result *compared(const char *folder, const char *name, const char *base, const char *alternative) {
    relocost_scenario *scenario = load(folder, name);
    relocost_result *comparison = NULL;
    relocost_error *error = NULL;
    relocost_options options;
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.base = named(base);
    options.alternative = named(alternative);
    done(relocost_compare(scenario, &options, &comparison, &error), error);
    relocost_scenario_free(scenario);
    return comparison;
}

static relocost_result *charged(const char *folder, const char *name, const char *pathway) {
    relocost_scenario *scenario = load(folder, name);
    relocost_result *ledger = NULL;
    relocost_error *error = NULL;
    done(relocost_ledger(scenario, pathway, RELOCOST_ZERO_ENDED, NULL, &ledger, &error), error);
    relocost_scenario_free(scenario);
    return ledger;
}

static relocost_table *table_of(const relocost_result *result, uint32_t which) {
    relocost_table *table = NULL;
    done(relocost_result_table(result, which, &table), NULL);
    return table;
}

static size_t rows_of(const relocost_table *table) {
    size_t rows = 0;
    done(relocost_table_rows(table, &rows), NULL);
    return rows;
}

/* Copies a cell, found by the name of its column, into `text`, which has room for 256 bytes. */
static const char *cell(const relocost_table *table, size_t row, const char *column, char *text) {
    size_t place = 0;
    done(relocost_table_find(table, column, RELOCOST_ZERO_ENDED, &place), NULL);
    done(relocost_table_copy_text(table, row, place, text, 256, NULL), NULL);
    return text;
}

/* The row in which two columns have these texts. */
static size_t row_with(const relocost_table *table, const char *column, const char *text, const char *other,
                       const char *more) {
    char found[256];
    for (size_t row = 0; row < rows_of(table); row++) {
        if (strcmp(cell(table, row, column, found), text) == 0 && strcmp(cell(table, row, other, found), more) == 0) {
            return row;
        }
    }
    done(RELOCOST_NO_VALUE, NULL);
    return 0;
}

/* The part of the extra cost that the places explain, and the cost of each place. */
static void two_countries(const char *folder) {
    relocost_result *comparison = compared(folder, "two-countries.toml", "settled", "two-countries");
    relocost_table *causes = table_of(comparison, RELOCOST_TABLE_ATTRIBUTION);
    relocost_table *places = table_of(comparison, RELOCOST_TABLE_PATHWAY_PLACES);
    char name[256], amount[256];
    done(relocost_result_text(comparison, RELOCOST_FIGURE_EXTRA, amount, sizeof amount, NULL), NULL);
    printf("two countries first: %s EUR more\n", amount);
    for (size_t row = 0; row < rows_of(causes); row++) {
        printf("  %s: %s\n", cell(causes, row, "entitlement", name), cell(causes, row, "amount", amount));
    }
    done(relocost_result_text(comparison, RELOCOST_FIGURE_RESIDUAL, amount, sizeof amount, NULL), NULL);
    printf("  residual: %s\n", amount);
    for (size_t row = 0; row < rows_of(places); row++) {
        if (strcmp(cell(places, row, "pathway", name), "two-countries") == 0) {
            printf("  spent in the %s country: %s\n", cell(places, row, "place", name),
                   cell(places, row, "amount", amount));
        }
    }
    relocost_table_free(causes);
    relocost_table_free(places);
    relocost_result_free(comparison);
}

/* Who is paid for changes with the household. */
static void changing_family(const char *folder) {
    static const char *const lines[] = {"care-of-the-elderly", "start-in-life", "joining-travel"};
    relocost_result *ledger = charged(folder, "changing-family.toml", "temporary");
    for (size_t each = 0; each < sizeof lines / sizeof lines[0]; each++) {
        relocost_result *traced = NULL;
        relocost_error *error = NULL;
        relocost_selection selection;
        relocost_table *entries;
        char total[256], month[256];
        memset(&selection, 0, sizeof selection);
        selection.size = sizeof selection;
        selection.line = named(lines[each]);
        done(relocost_explain(ledger, &selection, &traced, &error), error);
        done(relocost_result_text(traced, RELOCOST_FIGURE_TOTAL, total, sizeof total, NULL), NULL);
        entries = table_of(traced, RELOCOST_TABLE_ENTRIES);
        printf("%s: %s in %zu months from %s\n", lines[each], total, rows_of(entries), cell(entries, 0, "month", month));
        relocost_table_free(entries);
        relocost_result_free(traced);
    }
    relocost_result_free(ledger);
}

/* The tariff in force in each month, and the index on it. */
static void tariff_in_april(const char *folder) {
    relocost_result *ledger = charged(folder, "tariff-in-april.toml", "permanent");
    relocost_table *entries = table_of(ledger, RELOCOST_TABLE_ENTRIES);
    char before[512] = "", now[512], line[256], month[256], price[256], tariff[256], index[256];
    for (size_t row = 0; row < rows_of(entries); row++) {
        if (strcmp(cell(entries, row, "line", line), "subsistence") != 0) {
            continue;
        }
        snprintf(now, sizeof now, "(tariff of %s) x %s", cell(entries, row, "tariff", tariff),
                 cell(entries, row, "index_factor", index));
        if (strcmp(now, before) != 0) {
            printf("subsistence from %s: %s %s\n", cell(entries, row, "month", month),
                   cell(entries, row, "unit_price", price), now);
        }
        strcpy(before, now);
    }
    relocost_table_free(entries);
    relocost_result_free(ledger);
}

/* The payments of the trust fund, and its programme support. */
static void trust_fund(const char *folder) {
    static const char *const pathways[] = {"permanent", "temporary"};
    relocost_result *comparison = compared(folder, "trust-fund.toml", "permanent", "temporary");
    relocost_table *funds = table_of(comparison, RELOCOST_TABLE_PATHWAY_FUNDS);
    relocost_table *lines = table_of(comparison, RELOCOST_TABLE_PATHWAY_LINES);
    for (size_t each = 0; each < sizeof pathways / sizeof pathways[0]; each++) {
        char fund[256], support[256];
        size_t paid = row_with(funds, "pathway", pathways[each], "fund", "special_fund_for_relocations");
        size_t charge = row_with(lines, "pathway", pathways[each], "line", "programme-support");
        printf("%s: the trust fund pays %s, of which programme support %s\n", pathways[each],
               cell(funds, paid, "amount", fund), cell(lines, charge, "amount", support));
    }
    relocost_table_free(funds);
    relocost_table_free(lines);
    relocost_result_free(comparison);
}

int main(int count, char **arguments) {
    if (count != 2) {
        fprintf(stderr, "usage: cases FOLDER\n");
        return 2;
    }
    two_countries(arguments[1]);
    changing_family(arguments[1]);
    tariff_in_april(arguments[1]);
    trust_fund(arguments[1]);
    return 0;
}
