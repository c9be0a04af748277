/* Simulations: values against their JSON, the same bits in any threads and parts, wrong inputs, progress, and draws. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"
#include <math.h>
#include <pthread.h>

/* Fewer rounds than usual: everything takes long. */
#ifdef ROUNDS
#define DRAWS 300
#else
#define DRAWS 2000
#endif
#define EARLY (DRAWS / 3)

#define UNCERTAIN                                                                                                 \
    FAMILY                                                                                                        \
    "[[uncertain]]\nparameter = \"lines.rent.amount\"\n"                                                          \
    "distribution = { pert = { low = \"700\", mode = \"950\", high = \"1500\" } }\n"                              \
    "[[uncertain]]\nparameter = \"lines.subsistence.amount\"\n"                                                   \
    "distribution = { normal = { mean = \"100\", sd = \"90\" } }\n"

/* The permanent solution costs nothing, so that there is no premium. */
#define FREE_BASE                                                                                                 \
    "schema = 1\nstart = \"2026-01\"\nhorizon_months = 2\ncurrency = \"EUR\"\nprice_base_year = 2026\n"            \
    "categories = [\"housing\"]\nfunds = [\"regular_budget\"]\nentitlements = [\"work\"]\n"                        \
    "[household]\nmembers = [{ age = 34 }]\n"                                                                     \
    "[solutions.permanent]\nlabel = \"Permanent\"\nkind = \"permanent\"\nentitlements = [\"work\"]\n"             \
    "[solutions.temporary]\nlabel = \"Temporary\"\nkind = \"temporary\"\nentitlements = []\n"                     \
    "[[lines]]\nid = \"tent\"\ncategory = \"housing\"\nlabel = \"Tent\"\ndriver = \"household\"\n"                \
    "schedule = \"monthly\"\namount = \"100\"\ncurrency = \"EUR\"\nsource = \"none\"\nunless = [\"work\"]\n"       \
    "[[uncertain]]\nparameter = \"lines.tent.amount\"\n"                                                          \
    "distribution = { uniform = { low = \"50\", high = \"150\" } }\n"

static relocost_scenario *read_text(const char *text) {
    relocost_scenario *scenario = NULL;
    relocost_error *error = NULL;
    if (relocost_scenario_from_text(text, RELOCOST_ZERO_ENDED, NULL, &scenario, &error) != RELOCOST_OK) {
        char buffer[4096];
        OK(relocost_error_text(error, buffer, sizeof buffer, NULL));
        fprintf(stderr, "%s\n", buffer);
        exit(1);
    }
    return scenario;
}

static relocost_simulate_options few_draws(void) {
    relocost_simulate_options options;
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.draws = DRAWS;
    options.seed = 7;
    return options;
}

static relocost_simulation *simulated(const relocost_scenario *scenario, const relocost_simulate_options *options) {
    relocost_simulation *simulation = NULL;
    OK(relocost_simulate(scenario, options, &simulation, NULL));
    CHECK(simulation != NULL);
    return simulation;
}

static char *json_of(const relocost_simulation *simulation) {
    size_t required = 0;
    IS(relocost_simulation_write(simulation, RELOCOST_JSON, NULL, 0, &required, NULL), RELOCOST_SHORT_BUFFER);
    char *text = malloc(required);
    CHECK(text != NULL);
    OK(relocost_simulation_write(simulation, RELOCOST_JSON, text, required, NULL, NULL));
    CHECK(strlen(text) + 1 == required);
    return text;
}

/* The number behind the last of some keys, each looked for behind the one before. */
static double number_in(const char *json, const char *const *keys) {
    for (; *keys != NULL; keys++) {
        char quoted[64];
        sprintf(quoted, "\"%s\":", *keys);
        json = strstr(json, quoted);
        CHECK(json != NULL);
        json += strlen(quoted);
    }
    return strtod(json, NULL);
}
#define IN_JSON(json, ...) number_in(json, (const char *const[]){__VA_ARGS__, NULL})

static relocost_statistics statistics_of(const relocost_simulation *simulation, const char *figure, const char *key) {
    relocost_statistics statistics;
    memset(&statistics, 0, sizeof statistics);
    statistics.size = sizeof statistics;
    OK(relocost_simulation_statistics(simulation, figure, strlen(figure), key, RELOCOST_ZERO_ENDED, &statistics));
    CHECK(statistics.size == sizeof statistics);
    return statistics;
}

static void like_json(const relocost_simulation *simulation, const char *json, const char *figure, const char *key,
                      const char *const *path) {
    relocost_statistics found = statistics_of(simulation, figure, key);
    const char *from = json;
    for (; *path != NULL; path++) {
        char quoted[64];
        sprintf(quoted, "\"%s\":", *path);
        from = strstr(from, quoted);
        CHECK(from != NULL);
    }
    CHECK(found.draws == DRAWS);
    CHECK(found.mean == IN_JSON(from, "mean") && found.sd == IN_JSON(from, "sd") && found.se == IN_JSON(from, "se"));
    CHECK(found.least == IN_JSON(from, "least") && found.most == IN_JSON(from, "most"));
    CHECK(found.p5 == IN_JSON(from, "quantiles", "0.05") && found.p10 == IN_JSON(from, "quantiles", "0.1"));
    CHECK(found.p50 == IN_JSON(from, "quantiles", "0.5") && found.p80 == IN_JSON(from, "quantiles", "0.8"));
    CHECK(found.p90 == IN_JSON(from, "quantiles", "0.9") && found.p95 == IN_JSON(from, "quantiles", "0.95"));
    CHECK(found.se_p5 == IN_JSON(from, "quantile_errors", "0.05"));
    CHECK(found.se_p10 == IN_JSON(from, "quantile_errors", "0.1"));
    CHECK(found.se_p50 == IN_JSON(from, "quantile_errors", "0.5"));
    CHECK(found.se_p80 == IN_JSON(from, "quantile_errors", "0.8"));
    CHECK(found.se_p90 == IN_JSON(from, "quantile_errors", "0.9"));
    CHECK(found.se_p95 == IN_JSON(from, "quantile_errors", "0.95"));
    CHECK(found.expected_shortfall_95 == IN_JSON(from, "expected_shortfall", "0.95"));
    CHECK(found.least <= found.p5 && found.p5 <= found.p50 && found.p50 <= found.p95 && found.p95 <= found.most);
    CHECK(found.expected_shortfall_95 >= found.p95 && found.sd > 0);
}
#define LIKE_JSON(figure, key, ...) like_json(simulation, json, figure, key, (const char *const[]){__VA_ARGS__, NULL})

static void values(void) {
    relocost_scenario *scenario = read_text(UNCERTAIN);
    relocost_simulate_options options = few_draws();
    relocost_simulation *simulation = simulated(scenario, &options);
    relocost_band_shares shares;
    relocost_table *table = NULL;
    uint64_t draws = 0, seed = 0;
    double quantile = 0, share = 0;
    size_t rows = 0, required = 0;
    char buffer[256];
    int64_t moved = -1;

    char *json = json_of(simulation);
    LIKE_JSON("permanent", "total", "pathways", "permanent", "total");
    LIKE_JSON("temporary", "2027", "pathways", "temporary", "by_fiscal_year", "2027");
    LIKE_JSON("permanent", "housing", "pathways", "permanent", "by_category", "housing");
    LIKE_JSON("temporary", "by_fund.regular_budget", "pathways", "temporary", "by_fund", "regular_budget");
    LIKE_JSON("extra", "total", "comparison", "extra");
    LIKE_JSON("premium", "total", "comparison", "premium");
    LIKE_JSON("premium", "2028", "comparison", "by_fiscal_year", "2028", "premium");

    OK(relocost_simulation_draws(simulation, &draws));
    OK(relocost_simulation_seed(simulation, &seed));
    CHECK(draws == DRAWS && seed == 7);
    OK(relocost_simulation_text(simulation, RELOCOST_FIGURE_HORIZON_MONTHS, buffer, sizeof buffer, &required));
    CHECK(strcmp(buffer, "60") == 0 && required == 3);
    OK(relocost_simulation_text(simulation, RELOCOST_FIGURE_BASE, buffer, sizeof buffer, NULL));
    CHECK(strcmp(buffer, "permanent") == 0);
    IS(relocost_simulation_text(simulation, RELOCOST_FIGURE_EXTRA, buffer, sizeof buffer, NULL),
       RELOCOST_NOT_OF_THIS_RESULT);
    IS(relocost_simulation_write(simulation, RELOCOST_CSV, NULL, 0, &required, NULL), RELOCOST_SHORT_BUFFER);
    CHECK(required > 100);
    for (uint32_t form = RELOCOST_TEXT_EN; form <= RELOCOST_HTML_FR; form++) {
        IS(relocost_simulation_write(simulation, form, NULL, 0, &required, NULL), RELOCOST_SHORT_BUFFER);
        CHECK(required > 100);
    }
    IS(relocost_simulation_write(simulation, RELOCOST_TOML, NULL, 0, NULL, NULL), RELOCOST_UNKNOWN_CHOICE);

    relocost_statistics total = statistics_of(simulation, "permanent", "total");
    OK(relocost_simulation_quantile(simulation, TEXT("permanent"), TEXT("total"), 0.8, &quantile));
    CHECK(quantile == total.p80);
    OK(relocost_simulation_quantile(simulation, TEXT("permanent"), TEXT("total"), 1, &quantile));
    CHECK(fabs(quantile - total.most) <= total.most / 1024);
    OK(relocost_simulation_exceedance(simulation, TEXT("permanent"), TEXT("total"), total.most, &share));
    CHECK(share == 0);
    OK(relocost_simulation_exceedance(simulation, TEXT("permanent"), TEXT("total"), -INFINITY, &share));
    CHECK(share == 1);
    OK(relocost_simulation_expected_shortfall(simulation, TEXT("permanent"), TEXT("total"), 0.95, &quantile));
    CHECK(quantile == total.expected_shortfall_95);

    memset(&shares, 0, sizeof shares);
    shares.size = sizeof shares;
    OK(relocost_simulation_band(simulation, &shares));
    CHECK(shares.within == IN_JSON(json, "band", "within") && shares.none == 0);
    CHECK(fabs(shares.below + shares.within + shares.above - 1) < 1e-12);

    /* The tables say the same. */
    OK(relocost_simulation_table(simulation, RELOCOST_TABLE_STATISTICS, &table));
    OK(relocost_table_rows(table, &rows));
    size_t of_permanent = SIZE_MAX;
    for (size_t row = 0; row < rows; row++) {
        relocost_text figure, by, key, mean;
        char of_fund[64];
        OK(relocost_table_text(table, row, column(table, "figure"), &figure));
        OK(relocost_table_text(table, row, column(table, "by"), &by));
        OK(relocost_table_text(table, row, column(table, "key"), &key));
        if (strcmp(by.data, "fund") == 0) {
            sprintf(of_fund, "by_fund.%s", key.data);
            key = text_of(of_fund);
        }
        OK(relocost_table_text(table, row, column(table, "mean"), &mean));
        if (mean.data == NULL) {
            /* The premium of a category that the base does not pay for. */
            relocost_statistics none;
            none.size = sizeof none;
            IS(relocost_simulation_statistics(simulation, figure.data, figure.length, key.data, key.length, &none),
               RELOCOST_NO_VALUE);
            CHECK(strcmp(figure.data, "premium") == 0);
            continue;
        }
        relocost_statistics each = statistics_of(simulation, figure.data, key.data);
        OK(relocost_table_double_for_charts(table, row, column(table, "p80"), &quantile));
        CHECK(quantile == each.p80);
        OK(relocost_table_double_for_charts(table, row, column(table, "se_p95"), &quantile));
        CHECK(quantile == each.se_p95);
        if (strcmp(figure.data, "permanent") == 0 && strcmp(key.data, "total") == 0) {
            of_permanent = row;
        }
    }
    CHECK(of_permanent < rows && rows > 20);
    relocost_result *comparison = NULL;
    OK(relocost_compare(scenario, NULL, &comparison, NULL));
    OK(relocost_result_text(comparison, RELOCOST_FIGURE_BASE_TOTAL, buffer, sizeof buffer, NULL));
    relocost_text ledger;
    OK(relocost_table_text(table, of_permanent, column(table, "ledger"), &ledger));
    CHECK(strcmp(ledger.data, buffer) == 0);
    relocost_result_free(comparison);
    char exact[64];
    OK(relocost_simulation_ledger(simulation, TEXT("permanent"), TEXT("total"), 0, exact, sizeof exact, NULL));
    CHECK(strcmp(exact, buffer) == 0);
    IS(relocost_simulation_ledger(simulation, TEXT("permanent"), TEXT("total"), 0, exact, 2, NULL), RELOCOST_SHORT_BUFFER);
    IS(relocost_simulation_ledger(simulation, TEXT("nobody"), TEXT("total"), 0, exact, sizeof exact, NULL),
       RELOCOST_UNKNOWN_FIGURE);
    /* At the means it is what the scenario with every parameter at its mean comes to. */
    relocost_scenario *at_means = NULL;
    OK(relocost_scenario_at_means(scenario, &at_means, NULL));
    OK(relocost_compare(at_means, NULL, &comparison, NULL));
    OK(relocost_result_text(comparison, RELOCOST_FIGURE_BASE_TOTAL, buffer, sizeof buffer, NULL));
    OK(relocost_simulation_ledger(simulation, TEXT("permanent"), TEXT("total"), 1, exact, sizeof exact, NULL));
    CHECK(strcmp(exact, buffer) == 0 && strcmp(exact, ledger.data) != 0);
    relocost_result_free(comparison);
    relocost_scenario_free(at_means);
    IS(relocost_scenario_at_means(NULL, &at_means, NULL), RELOCOST_NULL_POINTER);
    relocost_table_free(table);
    OK(relocost_simulation_table(simulation, RELOCOST_TABLE_MOVED, &table));
    OK(relocost_table_rows(table, &rows));
    CHECK(rows == 2);
    /* An amount below 0 is none: those draws were moved. */
    OK(relocost_table_integer(table, 1, column(table, "moved"), &moved));
    CHECK(moved > 0 && moved < DRAWS);
    relocost_table_free(table);
    IS(relocost_simulation_table(simulation, RELOCOST_TABLE_ENTRIES, &table), RELOCOST_NOT_OF_THIS_RESULT);
    CHECK(table == NULL);
    free(json);
    relocost_simulation_free(simulation);
    relocost_scenario_free(scenario);
}

/* Fewer figures: totals have the same bits, and only parts of the kind asked for are there. */
static void figures(void) {
    relocost_scenario *scenario = read_text(UNCERTAIN);
    relocost_simulate_options options = few_draws();
    relocost_simulation *all = simulated(scenario, &options);
    relocost_statistics whole = statistics_of(all, "permanent", "total"), year = statistics_of(all, "permanent", "2026");
    for (uint32_t wanted = RELOCOST_FIGURES_TOTALS; wanted <= RELOCOST_FIGURES_BY_FUND; wanted++) {
        relocost_statistics found, part;
        options.figures = wanted;
        relocost_simulation *simulation = simulated(scenario, &options);
        found = statistics_of(simulation, "permanent", "total");
        CHECK(memcmp(&found, &whole, sizeof found) == 0);
        memset(&part, 0, sizeof part);
        part.size = sizeof part;
        if (wanted == RELOCOST_FIGURES_BY_FISCAL_YEAR) {
            part = statistics_of(simulation, "permanent", "2026");
            CHECK(memcmp(&part, &year, sizeof part) == 0);
        } else {
            IS(relocost_simulation_statistics(simulation, TEXT("permanent"), TEXT("2026"), &part),
               RELOCOST_UNKNOWN_FIGURE);
        }
        relocost_simulation_free(simulation);
    }
    relocost_simulation_free(all);
    relocost_scenario_free(scenario);
}

/* Draws in the program's own array: their mean, order and quantiles are those that are told. */
static void draws(void) {
    relocost_scenario *scenario = read_text(UNCERTAIN);
    relocost_simulate_options options = few_draws();
    static double base[DRAWS + 1], alternative[DRAWS], extra[DRAWS], premium[DRAWS];
    size_t required = 0;
    double quantile = 0;

    relocost_simulation *simulation = simulated(scenario, &options);
    IS(relocost_simulation_kept_draws(simulation, TEXT("permanent"), TEXT("total"), base, DRAWS, &required),
       RELOCOST_NOT_OF_THIS_RESULT);
    IS(relocost_simulation_kept_draws(simulation, TEXT("nowhere"), TEXT("total"), base, DRAWS, NULL),
       RELOCOST_UNKNOWN_FIGURE);
    relocost_simulation_free(simulation);

    options.keep = RELOCOST_KEEP_TOTALS;
    simulation = simulated(scenario, &options);
    IS(relocost_simulation_kept_draws(simulation, TEXT("permanent"), TEXT("total"), NULL, 0, &required),
       RELOCOST_SHORT_BUFFER);
    CHECK(required == DRAWS);
    base[0] = -1;
    base[DRAWS] = -1;
    IS(relocost_simulation_kept_draws(simulation, TEXT("permanent"), TEXT("total"), base, DRAWS - 1, &required),
       RELOCOST_SHORT_BUFFER);
    CHECK(base[0] == -1);
    OK(relocost_simulation_kept_draws(simulation, TEXT("permanent"), TEXT("total"), base, DRAWS, NULL));
    CHECK(base[0] > 0 && base[DRAWS] == -1);
    OK(relocost_simulation_kept_draws(simulation, TEXT("temporary"), TEXT("total"), alternative, DRAWS, NULL));
    OK(relocost_simulation_kept_draws(simulation, TEXT("extra"), TEXT("total"), extra, DRAWS, NULL));
    OK(relocost_simulation_kept_draws(simulation, TEXT("premium"), TEXT("total"), premium, DRAWS, NULL));
    double sum = 0;
    size_t below = 0;
    OK(relocost_simulation_quantile(simulation, TEXT("permanent"), TEXT("total"), 0.8, &quantile));
    for (size_t at = 0; at < DRAWS; at++) {
        CHECK(extra[at] == alternative[at] - base[at] && premium[at] == extra[at] / base[at]);
        sum += base[at];
        below += base[at] <= quantile;
    }
    /* Exact, since they are kept. */
    CHECK(below == DRAWS * 4 / 5);
    relocost_statistics total = statistics_of(simulation, "permanent", "total");
    CHECK(fabs(sum / DRAWS - total.mean) < 1e-9 * total.mean);
    IS(relocost_simulation_kept_draws(simulation, TEXT("permanent"), TEXT("2027"), base, DRAWS, NULL),
       RELOCOST_NOT_OF_THIS_RESULT);
    IS(relocost_simulation_kept_draws(simulation, TEXT("permanent"), TEXT("1999"), base, DRAWS, NULL),
       RELOCOST_UNKNOWN_FIGURE);
    IS(relocost_simulation_kept_draws(simulation, TEXT("permanent"), TEXT("total"), (double *)((char *)base + 1), DRAWS, NULL),
       RELOCOST_MISALIGNED);
    relocost_simulation_free(simulation);

    options.keep = RELOCOST_KEEP_EVERYTHING;
    simulation = simulated(scenario, &options);
    OK(relocost_simulation_kept_draws(simulation, TEXT("permanent"), TEXT("2027"), base, DRAWS, NULL));
    OK(relocost_simulation_kept_draws(simulation, TEXT("extra"), TEXT("housing"), extra, DRAWS, &required));
    CHECK(required == DRAWS);
    relocost_simulation_free(simulation);
    relocost_scenario_free(scenario);

    /* A pathway may be called like a figure of the pair. */
    scenario = read_text(UNCERTAIN "[pathways.extra]\nstages = [{ solution = \"permanent\" }]\n");
    simulation = simulated(scenario, &options);
    OK(relocost_simulation_kept_draws(simulation, TEXT("extra"), TEXT("total"), extra, DRAWS, NULL));
    OK(relocost_simulation_kept_draws(simulation, TEXT("pathways.extra"), TEXT("total"), alternative, DRAWS, NULL));
    OK(relocost_simulation_kept_draws(simulation, TEXT("permanent"), TEXT("total"), base, DRAWS, NULL));
    CHECK(memcmp(alternative, base, sizeof alternative) == 0 && extra[0] != base[0]);
    CHECK(statistics_of(simulation, "pathways.extra", "total").mean == statistics_of(simulation, "permanent", "total").mean);
    IS(relocost_simulation_kept_draws(simulation, TEXT("pathways.permanent"), TEXT("total"), base, DRAWS, NULL),
       RELOCOST_UNKNOWN_FIGURE);
    relocost_simulation_free(simulation);
    relocost_scenario_free(scenario);

    /* A draw without a premium has none: NaN, and no statistics. */
    scenario = read_text(FREE_BASE);
    options.keep = RELOCOST_KEEP_TOTALS;
    simulation = simulated(scenario, &options);
    relocost_statistics none;
    memset(&none, 0, sizeof none);
    none.size = sizeof none;
    IS(relocost_simulation_statistics(simulation, TEXT("premium"), TEXT("total"), &none), RELOCOST_NO_VALUE);
    IS(relocost_simulation_quantile(simulation, TEXT("premium"), TEXT("total"), 0.5, &quantile), RELOCOST_NO_VALUE);
    OK(relocost_simulation_kept_draws(simulation, TEXT("premium"), TEXT("total"), premium, DRAWS, NULL));
    CHECK(isnan(premium[0]) && isnan(premium[DRAWS - 1]));
    relocost_band_shares shares;
    shares.size = sizeof shares;
    OK(relocost_simulation_band(simulation, &shares));
    CHECK(shares.none == 1 && shares.within == 0);
    relocost_table *table = NULL;
    OK(relocost_simulation_table(simulation, RELOCOST_TABLE_STATISTICS, &table));
    size_t rows = 0;
    relocost_text mean;
    OK(relocost_table_rows(table, &rows));
    OK(relocost_table_text(table, rows - 1, column(table, "mean"), &mean));
    CHECK(mean.data == NULL);
    relocost_table_free(table);
    relocost_simulation_free(simulation);
    relocost_scenario_free(scenario);
}

/* The bytes of a part; the caller frees them. */
static char *bytes_of(const relocost_part *part, size_t *length) {
    IS(relocost_part_to_bytes(part, NULL, 0, length), RELOCOST_SHORT_BUFFER);
    char *bytes = malloc(*length);
    CHECK(bytes != NULL);
    IS(relocost_part_to_bytes(part, bytes, *length - 1, NULL), RELOCOST_SHORT_BUFFER);
    OK(relocost_part_to_bytes(part, bytes, *length, NULL));
    return bytes;
}

static void same_bits(void) {
    relocost_scenario *scenario = read_text(UNCERTAIN);
    for (uint32_t sampling = RELOCOST_SAMPLING_RANDOM; sampling <= RELOCOST_SAMPLING_SOBOL; sampling++) {
        relocost_simulate_options options = few_draws();
        options.sampling = sampling;
        options.keep = RELOCOST_KEEP_TOTALS;
        options.threads = 1;
        relocost_simulation *one = simulated(scenario, &options), *two = NULL, *whole = NULL;
        options.threads = 2;
        two = simulated(scenario, &options);
        char *expected = json_of(one), *found = json_of(two);
        CHECK(strcmp(expected, found) == 0);
        free(found);

        /* In parts, of which one went through bytes, merged the other way round. */
        relocost_part *early = NULL, *late = NULL, *read = NULL, *merged = NULL;
        relocost_error *error = NULL;
        uint64_t count = 0;
        size_t length = 0;
        OK(relocost_simulate_range(scenario, 0, EARLY, &options, &early, NULL));
        OK(relocost_simulate_range(scenario, EARLY, DRAWS - EARLY, &options, &late, NULL));
        OK(relocost_part_draws(late, &count));
        CHECK(count == DRAWS - EARLY);
        char *bytes = bytes_of(late, &length);
        OK(relocost_part_from_bytes(bytes, length, &read, NULL));
        IS(relocost_simulation_of_part(scenario, &options, read, &whole, &error), RELOCOST_OUT_OF_RANGE);
        CHECK(whole == NULL);
        relocost_error_free(error);
        OK(relocost_part_merge(read, early, &merged, NULL));
        OK(relocost_simulation_of_part(scenario, &options, merged, &whole, NULL));
        found = json_of(whole);
        CHECK(strcmp(expected, found) == 0);
        static double first[DRAWS], second[DRAWS];
        OK(relocost_simulation_kept_draws(one, TEXT("premium"), TEXT("total"), first, DRAWS, NULL));
        OK(relocost_simulation_kept_draws(whole, TEXT("premium"), TEXT("total"), second, DRAWS, NULL));
        CHECK(memcmp(first, second, sizeof first) == 0);

        relocost_part *none = merged;
        IS(relocost_part_merge(merged, late, &none, &error), RELOCOST_DUPLICATE);
        CHECK(none == NULL);
        relocost_error_free(error);
        options.seed++;
        IS(relocost_simulation_of_part(scenario, &options, merged, &(relocost_simulation *){NULL}, NULL),
           RELOCOST_CONFLICT);
        relocost_part *other = NULL;
        OK(relocost_simulate_range(scenario, 0, EARLY, &options, &other, NULL));
        IS(relocost_part_merge(late, other, &none, NULL), RELOCOST_CONFLICT);
        /* Whatever of it is cut, it is no part. */
        for (size_t cut = 0; cut < length; cut += 1 + length / 64) {
            IS(relocost_part_from_bytes(bytes, cut, &none, NULL), RELOCOST_SYNTAX);
            CHECK(none == NULL);
        }
        free(bytes);
        free(expected);
        free(found);
        relocost_part_free(other);
        relocost_part_free(merged);
        relocost_part_free(read);
        relocost_part_free(late);
        relocost_part_free(early);
        relocost_simulation_free(whole);
        relocost_simulation_free(two);
        relocost_simulation_free(one);
    }
    relocost_scenario_free(scenario);
}

struct told {
    uint64_t times, done, stop_after;
};

static int tell(void *user, uint64_t done, uint64_t total) {
    struct told *told = user;
    CHECK(done >= told->done && (total == 0 || done <= total));
    told->times++;
    told->done = done;
    return told->stop_after != 0 && told->times >= told->stop_after;
}

static void progress(void) {
    relocost_scenario *scenario = read_text(UNCERTAIN);
    relocost_simulation *simulation = NULL;
    relocost_part *part = NULL;
    relocost_result *result = NULL;
    relocost_error *error = NULL;
    relocost_simulate_options options = few_draws();
    relocost_options plain = no_options();
    struct told told = {0, 0, 0};
    plain.progress = options.progress = tell;
    plain.user = options.user = &told;

    OK(relocost_simulate(scenario, &options, &simulation, NULL));
    CHECK(told.times > 1 && told.done == DRAWS);
    relocost_simulation_free(simulation);
    for (uint32_t threads = 1; threads <= 2; threads++) {
        struct told stopped = {0, 0, 3};
        options.threads = threads;
        told = stopped;
        IS(relocost_simulate(scenario, &options, &simulation, &error), RELOCOST_INTERRUPTED);
        CHECK(simulation == NULL && error != NULL && told.times == 3);
        relocost_error_free(error);
        told = stopped;
        IS(relocost_simulate_range(scenario, 0, DRAWS, &options, &part, NULL), RELOCOST_INTERRUPTED);
        CHECK(part == NULL && told.times == 3);
        told = stopped;
        told.stop_after = 1;
        IS(relocost_sobol(scenario, &options, &result, NULL), RELOCOST_INTERRUPTED);
        told.times = told.done = 0;
        IS(relocost_tornado(scenario, &plain, &result, NULL), RELOCOST_INTERRUPTED);
        CHECK(result == NULL && told.times == 1);
    }
    relocost_scenario_free(scenario);
}

#ifndef ROUNDS
/* A precision ends the draws early, at a power of two. */
static void precision(void) {
    relocost_scenario *scenario = read_text(UNCERTAIN);
    relocost_simulate_options options = few_draws();
    uint64_t count = 0;
    options.draws = (uint64_t)1 << 20;
    options.precision = 0.05;
    relocost_simulation *simulation = simulated(scenario, &options);
    OK(relocost_simulation_draws(simulation, &count));
    CHECK(count == 1 << 14);
    relocost_simulation_free(simulation);
    relocost_scenario_free(scenario);
}
#endif

static void sensitivity(void) {
    relocost_scenario *scenario = read_text(UNCERTAIN);
    relocost_result *result = NULL;
    relocost_table *table = NULL;
    relocost_simulate_options options = few_draws();
    relocost_text text;
    size_t rows = 0, required = 0;
    double swing = 0, low = 0, high = 0;

    OK(relocost_tornado(scenario, NULL, &result, NULL));
    CHECK(figure_is(result, RELOCOST_FIGURE_ALTERNATIVE, "temporary"));
    IS(relocost_result_write(result, RELOCOST_JSON, NULL, 0, &required, NULL), RELOCOST_SHORT_BUFFER);
    CHECK(required > 100);
    IS(relocost_result_write(result, RELOCOST_TEXT_FR, NULL, 0, NULL, NULL), RELOCOST_SHORT_BUFFER);
    OK(relocost_result_table(result, RELOCOST_TABLE_TORNADO, &table));
    OK(relocost_table_rows(table, &rows));
    CHECK(rows == 2);
    OK(relocost_table_text(table, 0, column(table, "parameter"), &text));
    CHECK(text.data != NULL);
    OK(relocost_table_text(table, 0, column(table, "low_value"), &text));
    CHECK(text.data != NULL);
    OK(relocost_table_double_for_charts(table, 0, column(table, "swing"), &swing));
    OK(relocost_table_double_for_charts(table, 0, column(table, "low_extra"), &low));
    OK(relocost_table_double_for_charts(table, 0, column(table, "high_extra"), &high));
    CHECK(swing == high - low && swing != 0);
    relocost_table_free(table);
    OK(relocost_result_table(result, RELOCOST_TABLE_STANDING, &table));
    OK(relocost_table_text(table, 0, column(table, "figure"), &text));
    CHECK(strcmp(text.data, "permanent") == 0);
    relocost_table_free(table);
    IS(relocost_result_table(result, RELOCOST_TABLE_INDICES, &table), RELOCOST_NOT_OF_THIS_RESULT);
    relocost_result_free(result);

    options.resamples = 50;
    options.basis = RELOCOST_CONSTANT;
    OK(relocost_sobol(scenario, &options, &result, NULL));
    CHECK(figure_is(result, RELOCOST_FIGURE_BASIS, "constant"));
    for (uint32_t form = RELOCOST_JSON; form <= RELOCOST_HTML_FR; form++) {
        IS(relocost_result_write(result, form, NULL, 0, &required, NULL), RELOCOST_SHORT_BUFFER);
        CHECK(required > 100);
    }
    OK(relocost_result_table(result, RELOCOST_TABLE_INDICES, &table));
    OK(relocost_table_rows(table, &rows));
    CHECK(rows >= 8);
    for (size_t row = 0; row < rows; row++) {
        OK(relocost_table_double_for_charts(table, row, column(table, "total_low"), &low));
        OK(relocost_table_double_for_charts(table, row, column(table, "total_high"), &high));
        CHECK(low <= high);
    }
    relocost_table_free(table);
    OK(relocost_result_table(result, RELOCOST_TABLE_RANKS, &table));
    OK(relocost_table_double_for_charts(table, 0, column(table, "spearman"), &low));
    CHECK(low >= -1 && low <= 1);
    relocost_table_free(table);
    relocost_result_free(result);
    options.draws = 1;
    IS(relocost_sobol(scenario, &options, &result, NULL), RELOCOST_OUT_OF_RANGE);
    options.draws = DRAWS;
    options.resamples = 100001;
    IS(relocost_sobol(scenario, &options, &result, NULL), RELOCOST_OUT_OF_RANGE);
    relocost_scenario_free(scenario);
}

static void wrong_options(void) {
    relocost_scenario *scenario = read_text(UNCERTAIN);
    relocost_simulation *simulation = NULL;
    relocost_part *part = NULL;
    relocost_result *result = NULL;
    relocost_error *error = NULL;
    relocost_finding finding;
    struct {
        relocost_simulate_options known;
        uint64_t later[4];
    } newer;

#define REFUSED(member, value, status)                                                       \
    do {                                                                                     \
        relocost_simulate_options given = few_draws();                                       \
        given.member = (value);                                                              \
        IS(relocost_simulate(scenario, &given, &simulation, &error), status);                \
        CHECK(simulation == NULL && error != NULL);                                          \
        OK(relocost_error_finding(error, 0, &finding));                                      \
        CHECK(finding.number == (status) && finding.message.length > 0);                     \
        relocost_error_free(error);                                                      \
        IS(relocost_simulate_range(scenario, 0, 10, &given, &part, NULL), status);           \
        CHECK(part == NULL);                                                                 \
    } while (0)
    REFUSED(size, 0, RELOCOST_WRONG_SIZE);
    REFUSED(size, 4, RELOCOST_WRONG_SIZE);
    REFUSED(size, sizeof(relocost_simulate_options) - 4, RELOCOST_WRONG_SIZE);
    REFUSED(size, 5000, RELOCOST_WRONG_SIZE);
    REFUSED(draws, UINT64_MAX, RELOCOST_OUT_OF_RANGE);
    REFUSED(sampling, 3, RELOCOST_UNKNOWN_CHOICE);
    REFUSED(basis, 2, RELOCOST_UNKNOWN_CHOICE);
    REFUSED(keep, 3, RELOCOST_UNKNOWN_CHOICE);
    REFUSED(figures, 5, RELOCOST_UNKNOWN_CHOICE);
    REFUSED(precision, -1, RELOCOST_OUT_OF_RANGE);
    REFUSED(precision, 1.5, RELOCOST_OUT_OF_RANGE);
    REFUSED(precision, NAN, RELOCOST_OUT_OF_RANGE);
    REFUSED(base, text_of("nowhere"), RELOCOST_UNKNOWN_PATHWAY);
    REFUSED(alternative, text_of("\xff"), RELOCOST_ARGUMENT_NOT_UTF8);
#undef REFUSED

    relocost_simulate_options given = few_draws();
    memset(&newer, 0, sizeof newer);
    newer.known = given;
    newer.known.size = sizeof newer;
    OK(relocost_simulate(scenario, &newer.known, &simulation, NULL));
    relocost_simulation_free(simulation);
    newer.later[2] = 1;
    IS(relocost_simulate(scenario, &newer.known, &simulation, NULL), RELOCOST_WRONG_SIZE);
    /* An older struct, which ends with the number of draws. */
    given.size = offsetof(relocost_simulate_options, seed);
    given.sampling = 99;
    OK(relocost_simulate(scenario, &given, &simulation, NULL));
    relocost_simulation_free(simulation);
    IS(relocost_simulate(scenario, (relocost_simulate_options *)((char *)&newer + 1), &simulation, NULL),
       RELOCOST_MISALIGNED);
    IS(relocost_simulate(NULL, NULL, &simulation, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_simulate(scenario, NULL, NULL, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_simulate((relocost_scenario *)&newer, NULL, &simulation, NULL), RELOCOST_WRONG_HANDLE);
    IS(relocost_sobol(NULL, NULL, &result, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_sobol(scenario, NULL, NULL, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_tornado(NULL, NULL, &result, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_tornado(scenario, NULL, NULL, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_simulate_range(NULL, 0, 1, NULL, &part, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_simulate_range(scenario, 0, 1, NULL, NULL, NULL), RELOCOST_NULL_POINTER);
    given = few_draws();
    IS(relocost_simulate_range(scenario, 0, 0, &given, &part, NULL), RELOCOST_OUT_OF_RANGE);
    IS(relocost_simulate_range(scenario, DRAWS, 1, &given, &part, NULL), RELOCOST_OUT_OF_RANGE);
    IS(relocost_simulate_range(scenario, UINT64_MAX, UINT64_MAX, &given, &part, NULL), RELOCOST_OUT_OF_RANGE);
    relocost_scenario_free(scenario);
}

static void wrong_arguments(void) {
    relocost_scenario *scenario = read_text(UNCERTAIN);
    relocost_simulate_options options = few_draws();
    relocost_simulation *simulation = simulated(scenario, &options), *other = NULL;
    relocost_part *part = NULL, *none = NULL;
    relocost_table *table = NULL;
    relocost_statistics statistics;
    relocost_band_shares shares;
    uint64_t number = 0;
    double value = 0;
    size_t required = 0;
    char odd[sizeof statistics + 8];
    char buffer[8];
    OK(relocost_simulate_range(scenario, 0, 10, &options, &part, NULL));

    memset(&statistics, 0, sizeof statistics);
    statistics.size = sizeof statistics;
#define FIGURE(handle, figure, length, key, key_length, status)                                                    \
    do {                                                                                                           \
        IS(relocost_simulation_statistics(handle, figure, length, key, key_length, &statistics), status);          \
        IS(relocost_simulation_quantile(handle, figure, length, key, key_length, 0.5, &value), status);            \
        IS(relocost_simulation_exceedance(handle, figure, length, key, key_length, 0.5, &value), status);          \
        IS(relocost_simulation_expected_shortfall(handle, figure, length, key, key_length, 0.5, &value), status);           \
        IS(relocost_simulation_kept_draws(handle, figure, length, key, key_length, &value, 1, &required), status);      \
        CHECK(statistics.draws == 0 && value == 0 && required == 0);                                               \
    } while (0)
    FIGURE(simulation, "nowhere", 7, "total", 5, RELOCOST_UNKNOWN_FIGURE);
    FIGURE(simulation, "", 0, "total", 5, RELOCOST_UNKNOWN_FIGURE);
    FIGURE(simulation, "permanent", 9, "", 0, RELOCOST_UNKNOWN_FIGURE);
    FIGURE(simulation, "permanent", 9, "1999", 4, RELOCOST_UNKNOWN_FIGURE);
    FIGURE(simulation, "permanent", 9, "02027", 5, RELOCOST_UNKNOWN_FIGURE);
    FIGURE(simulation, "extra", 5, "no category", 11, RELOCOST_UNKNOWN_FIGURE);
    FIGURE(simulation, NULL, 0, "total", 5, RELOCOST_NULL_POINTER);
    FIGURE(simulation, "permanent", 9, NULL, 0, RELOCOST_NULL_POINTER);
    FIGURE(simulation, "\xff", 1, "total", 5, RELOCOST_ARGUMENT_NOT_UTF8);
    FIGURE(simulation, "permanent", 9, "\xff", 1, RELOCOST_ARGUMENT_NOT_UTF8);
    FIGURE(simulation, "permanent", SIZE_MAX / 2, "total", 5, RELOCOST_WRONG_LENGTH);
    FIGURE(NULL, "permanent", 9, "total", 5, RELOCOST_NULL_POINTER);
    FIGURE((relocost_simulation *)part, "permanent", 9, "total", 5, RELOCOST_WRONG_HANDLE);
    FIGURE((relocost_simulation *)scenario, "permanent", 9, "total", 5, RELOCOST_WRONG_HANDLE);
#undef FIGURE
#define PERMANENT simulation, TEXT("permanent"), TEXT("total")
    IS(relocost_simulation_statistics(PERMANENT, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_simulation_statistics(PERMANENT, (relocost_statistics *)(odd + 1)), RELOCOST_MISALIGNED);
    for (size_t size = 0; size <= 12; size += 4) {
        statistics.size = size;
        statistics.draws = 77;
        IS(relocost_simulation_statistics(PERMANENT, &statistics), size == 8 ? RELOCOST_OK : RELOCOST_WRONG_SIZE);
        CHECK(statistics.draws == 77);
    }
    /* An older struct gets what it has, a newer one zeros in what this version does not know. */
    statistics.size = offsetof(relocost_statistics, sd);
    statistics.sd = -1;
    OK(relocost_simulation_statistics(PERMANENT, &statistics));
    CHECK(statistics.draws == DRAWS && statistics.mean > 0 && statistics.sd == -1);
    struct {
        relocost_statistics known;
        double later, beyond;
    } newer;
    memset(&newer, 0, sizeof newer);
    newer.known.size = sizeof newer - sizeof newer.beyond;
    newer.later = newer.beyond = -1;
    OK(relocost_simulation_statistics(PERMANENT, &newer.known));
    CHECK(newer.known.expected_shortfall_95 > 0 && newer.later == 0 && newer.beyond == -1);
    CHECK(newer.known.size == sizeof newer - sizeof newer.beyond);

    IS(relocost_simulation_quantile(PERMANENT, 0.5, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_simulation_quantile(PERMANENT, 0.5, (double *)(odd + 1)), RELOCOST_MISALIGNED);
    IS(relocost_simulation_quantile(PERMANENT, 1.01, &value), RELOCOST_OUT_OF_RANGE);
    IS(relocost_simulation_quantile(PERMANENT, -0.01, &value), RELOCOST_OUT_OF_RANGE);
    IS(relocost_simulation_quantile(PERMANENT, NAN, &value), RELOCOST_OUT_OF_RANGE);
    IS(relocost_simulation_expected_shortfall(PERMANENT, NAN, &value), RELOCOST_OUT_OF_RANGE);
    IS(relocost_simulation_expected_shortfall(PERMANENT, 0.95, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_simulation_exceedance(PERMANENT, NAN, &value), RELOCOST_OUT_OF_RANGE);
    IS(relocost_simulation_exceedance(PERMANENT, 1, NULL), RELOCOST_NULL_POINTER);
    CHECK(value == 0);
    IS(relocost_simulation_band(NULL, &shares), RELOCOST_NULL_POINTER);
    IS(relocost_simulation_band(simulation, NULL), RELOCOST_NULL_POINTER);
    shares.size = 3;
    IS(relocost_simulation_band(simulation, &shares), RELOCOST_WRONG_SIZE);
    IS(relocost_simulation_draws(NULL, &number), RELOCOST_NULL_POINTER);
    IS(relocost_simulation_draws(simulation, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_simulation_seed(simulation, (uint64_t *)(odd + 1)), RELOCOST_MISALIGNED);
    IS(relocost_simulation_text(NULL, RELOCOST_FIGURE_BASE, buffer, sizeof buffer, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_simulation_text(simulation, RELOCOST_FIGURE_BASE, buffer, sizeof buffer, NULL), RELOCOST_SHORT_BUFFER);
    IS(relocost_simulation_write(NULL, RELOCOST_JSON, NULL, 0, NULL, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_simulation_table(NULL, RELOCOST_TABLE_MOVED, &table), RELOCOST_NULL_POINTER);
    IS(relocost_simulation_table(simulation, RELOCOST_TABLE_MOVED, NULL), RELOCOST_NULL_POINTER);

    IS(relocost_part_merge(NULL, part, &none, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_part_merge(part, NULL, &none, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_part_merge(part, part, NULL, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_part_merge(part, part, &none, NULL), RELOCOST_DUPLICATE);
    IS(relocost_part_merge((relocost_part *)simulation, part, &none, NULL), RELOCOST_WRONG_HANDLE);
    IS(relocost_part_to_bytes(NULL, NULL, 0, &required), RELOCOST_NULL_POINTER);
    IS(relocost_part_draws(part, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_part_from_bytes(NULL, 4, &none, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_part_from_bytes("part", RELOCOST_ZERO_ENDED, &none, NULL), RELOCOST_WRONG_LENGTH);
    IS(relocost_part_from_bytes("part", 4, &none, NULL), RELOCOST_SYNTAX);
    IS(relocost_part_from_bytes("part", 4, NULL, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_simulation_of_part(scenario, &options, NULL, &other, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_simulation_of_part(NULL, &options, part, &other, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_simulation_of_part(scenario, &options, part, NULL, NULL), RELOCOST_NULL_POINTER);
    /* Freed as another kind, they are not freed. */
    relocost_part_free((relocost_part *)simulation);
    relocost_simulation_free((relocost_simulation *)part);
    uint64_t draws = 0;
    OK(relocost_simulation_draws(simulation, &draws));
    OK(relocost_part_draws(part, &draws));
    CHECK(draws > 0);
    relocost_part_free(part);
    relocost_simulation_free(simulation);
    relocost_part_free(NULL);
    relocost_simulation_free(NULL);
    relocost_scenario_free(scenario);
}

/* One scenario and one simulation, used by two threads at once. */
static relocost_scenario *together;
static relocost_simulation *shared;
static char *expected;

static void *work(void *nothing) {
    relocost_simulate_options options = few_draws();
    options.threads = 2;
    relocost_simulation *simulation = simulated(together, &options);
    char *found = json_of(simulation), *again = json_of(shared);
    CHECK(strcmp(found, expected) == 0 && strcmp(again, expected) == 0);
    free(found);
    free(again);
    relocost_simulation_free(simulation);
    return nothing;
}

static void in_threads(void) {
    pthread_t threads[2];
    relocost_simulate_options options = few_draws();
    together = read_text(UNCERTAIN);
    shared = simulated(together, &options);
    expected = json_of(shared);
    for (int at = 0; at < 2; at++) {
        CHECK(pthread_create(&threads[at], NULL, work, NULL) == 0);
    }
    for (int at = 0; at < 2; at++) {
        CHECK(pthread_join(threads[at], NULL) == 0);
    }
    free(expected);
    relocost_simulation_free(shared);
    relocost_scenario_free(together);
}

int main(void) {
    values();
    figures();
    draws();
    same_bits();
    progress();
#ifndef ROUNDS
    precision();
#endif
    sensitivity();
    wrong_options();
    wrong_arguments();
    in_threads();
    return 0;
}
